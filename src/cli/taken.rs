//! What an import came to, for people and for machines.

use serde::Serialize;

use crate::events::format::{Content, Format};
use crate::events::gather::Counts;
use crate::render::text::printable;

/// How many rejected lines of a file people are shown.
pub const REJECTED_SHOWN: usize = 10;

/// What one file came to.
pub struct Taken {
    /// Its name.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// What became of its lines.
    pub counts: Counts,
    /// By how many events the store grew.
    pub events: u64,
    /// Accepted lines beyond that.
    pub duplicates: u64,
    /// What else is good to know about it.
    pub notes: Vec<String>,
}

impl Taken {
    /// A file that was read, and nothing taken of it.
    pub fn nothing(file: String, content: Content) -> Self {
        let Content { format, parsed, notes } = content;
        Self { file, format, counts: parsed.counts, events: 0, duplicates: 0, notes }
    }
}

/// For people; `refused`: nothing was taken because of rejected lines.
pub fn tell(taken: &Taken, refused: bool) -> String {
    let counts = &taken.counts;
    let ignored: u64 = counts.ignored.values().sum();
    let file = printable(&taken.file);
    let accepted = if refused {
        format!("{} events, none taken", counts.accepted)
    } else {
        format!("{} events, {} duplicates", taken.events, taken.duplicates)
    };
    let rejected = counts.rejected;
    let mut text = format!("{file}: {} lines: {accepted}, {ignored} ignored, {rejected} rejected", counts.lines);
    text += &if counts.blank > 0 { format!(", {} blank\n", counts.blank) } else { "\n".to_owned() };
    if !counts.ignored.is_empty() {
        let mut kinds: Vec<(&str, u64)> = counts.ignored.iter().map(|(kind, count)| (*kind, *count)).collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        text += &format!("  ignored: {}\n", kinds.join(", "));
    }
    for rejected in counts.rejections.iter().take(REJECTED_SHOWN) {
        text += &format!("  {file}:{}: {}: {}\n", rejected.line, rejected.reason, printable(&rejected.excerpt));
    }
    if rejected > REJECTED_SHOWN as u64 {
        text += &format!("  and {} more rejected; -o json names them all\n", rejected - REJECTED_SHOWN as u64);
    }
    text
}

/// For machines.
#[derive(Serialize)]
pub struct TakenJson<'a> {
    operation: Option<u64>,
    changed: [&'a str; 0],
    unchanged: [&'a str; 0],
    lines: u64,
    events: u64,
    duplicates: u64,
    files: Vec<FileJson<'a>>,
    rejected: Vec<RejectedJson<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    file: &'a str,
    format: &'a str,
    lines: u64,
    events: u64,
    duplicates: u64,
    blank: u64,
    ignored: &'a std::collections::BTreeMap<&'static str, u64>,
    rejected: u64,
}

#[derive(Serialize)]
struct RejectedJson<'a> {
    file: &'a str,
    line: u64,
    reason: String,
    excerpt: &'a str,
}

impl<'a> TakenJson<'a> {
    /// All that was taken, by the operation of that number.
    pub fn new(operation: Option<u64>, taken: &'a [Taken]) -> Self {
        let sum = |count: fn(&Taken) -> u64| taken.iter().map(count).sum();
        Self {
            operation,
            changed: [],
            unchanged: [],
            lines: sum(|taken| taken.counts.lines),
            events: sum(|taken| taken.events),
            duplicates: sum(|taken| taken.duplicates),
            files: (taken.iter())
                .map(|taken| FileJson {
                    file: &taken.file,
                    format: taken.format.name(),
                    lines: taken.counts.lines,
                    events: taken.events,
                    duplicates: taken.duplicates,
                    blank: taken.counts.blank,
                    ignored: &taken.counts.ignored,
                    rejected: taken.counts.rejected,
                })
                .collect(),
            rejected: (taken.iter())
                .flat_map(|taken| taken.counts.rejections.iter().map(|rejected| (&taken.file, rejected)))
                .map(|(file, rejected)| RejectedJson {
                    file,
                    line: rejected.line,
                    reason: rejected.reason.to_string(),
                    excerpt: &rejected.excerpt,
                })
                .collect(),
            notes: taken.iter().flat_map(|taken| &taken.notes).map(String::as_str).collect(),
        }
    }
}
