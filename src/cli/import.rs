//! `import`: take events from monitoring logs.

use std::fs::File;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::output::{print, print_json, told};
use super::session::Session;
use crate::downtime::operation::{Imported, Operation};
use crate::events::format::{self, Format};
use crate::events::gather::{Counts, Parsed};
use crate::failure::{Failure, Kind, Outcome};
use crate::render::text::printable;

/// How many rejected lines of a file people are shown.
const REJECTED_SHOWN: usize = 10;

/// Take events from monitoring logs, in any order and any pieces
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime import nagios.log
  downtime import archives/nagios-*.log
  zcat archives/*.gz | downtime import -
  downtime import nagios.log --strict -o json

Lines that are there already count once. A bad line never stops the rest; with --strict it makes exit code 6, and
nothing is taken.")]
pub struct Import {
    /// Log files; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What the files hold: auto, nagios (also Naemon, Icinga 1, Checkmk)
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Auto, hide_default_value = true)]
    format: Format,
    /// Take nothing if any line is rejected
    #[arg(long)]
    strict: bool,
}

/// What one file came to.
struct Taken {
    file: String,
    counts: Counts,
    events: u64,
    duplicates: u64,
}

impl Import {
    /// Takes the events of all files, or of none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let parsed = self.files.iter().map(|file| self.read(file)).collect::<Outcome<Vec<(String, Parsed)>>>()?;
        let rejected: usize = parsed.iter().map(|(_, parsed)| parsed.counts.rejected.len()).sum();
        let refused = self.strict && rejected > 0;
        let (operation, taken) = if refused {
            let untaken =
                |(file, parsed): (String, Parsed)| Taken { file, counts: parsed.counts, events: 0, duplicates: 0 };
            (None, parsed.into_iter().map(untaken).collect())
        } else {
            keep(session, parsed)?
        };
        told(if machine {
            print_json(&ImportJson::new(operation, &taken))
        } else if session.globals.quiet {
            Ok(())
        } else {
            print(&taken.iter().map(|taken| tell(taken, refused)).collect::<String>())
        });
        if refused {
            return Err(Failure::new(Kind::Rejected, format!("{rejected} lines were rejected, so nothing was taken"))
                .hint("without --strict the others are taken"));
        }
        Ok(())
    }

    fn read(&self, file: &str) -> Outcome<(String, Parsed)> {
        if file == "-" {
            let name = "standard input".to_owned();
            return format::read(std::io::stdin().lock(), &name, self.format).map(|parsed| (name, parsed));
        }
        let open = |path: &Path| {
            let opened = File::open(path)?;
            if opened.metadata()?.is_dir() {
                return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
            }
            Ok(opened)
        };
        let opened = open(Path::new(file)).map_err(|error| {
            Failure { kind: Kind::Usage, ..Failure::io("read", file, error) }.hint("nothing was taken from any file")
        })?;
        format::read(opened, file, self.format).map(|parsed| (file.to_owned(), parsed))
    }
}

/// Keeps what is new; the number of the operation, if there was anything new.
fn keep(session: &Session, files: Vec<(String, Parsed)>) -> Outcome<(Option<u64>, Vec<Taken>)> {
    let mut writer = session.writer()?;
    let mut events = writer.store.events(&writer.state.head);
    let mut imports = Vec::new();
    let mut taken = Vec::new();
    for (number, (file, parsed)) in files.into_iter().enumerate() {
        let imported = events.import(&parsed)?;
        let segment = match imported.segment {
            Some(bytes) => {
                let name = format!("{:012}-{number}.events", writer.state.head.sequence + 1);
                writer.keep(&writer.store.events_path(&name), &bytes)?;
                events.push(name.clone(), bytes)?;
                Some(name)
            }
            None => None,
        };
        imports.push(Imported {
            source: file.clone(),
            segment,
            lines: parsed.counts.lines,
            events: imported.events,
            duplicates: imported.duplicates,
        });
        taken.push(Taken { file, counts: parsed.counts, events: imported.events, duplicates: imported.duplicates });
    }
    let anything = imports.iter().any(|import| import.segment.is_some());
    let operation = if anything { Some(writer.commit(Operation::Import(imports))?) } else { None };
    Ok((operation, taken))
}

fn tell(taken: &Taken, refused: bool) -> String {
    let counts = &taken.counts;
    let ignored: u64 = counts.ignored.values().sum();
    let file = printable(&taken.file);
    let accepted = if refused {
        format!("{} events, none taken", counts.accepted)
    } else {
        format!("{} events, {} duplicates", taken.events, taken.duplicates)
    };
    let rejected = counts.rejected.len();
    let mut text = format!("{file}: {} lines: {accepted}, {ignored} ignored, {rejected} rejected", counts.lines);
    text += &if counts.blank > 0 { format!(", {} blank\n", counts.blank) } else { "\n".to_owned() };
    if !counts.ignored.is_empty() {
        let mut kinds: Vec<(&str, u64)> = counts.ignored.iter().map(|(kind, count)| (*kind, *count)).collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        text += &format!("  ignored: {}\n", kinds.join(", "));
    }
    for rejected in counts.rejected.iter().take(REJECTED_SHOWN) {
        text += &format!("  {file}:{}: {}: {}\n", rejected.line, rejected.reason, printable(&rejected.excerpt));
    }
    if rejected > REJECTED_SHOWN {
        text += &format!("  and {} more rejected; -o json names them all\n", rejected - REJECTED_SHOWN);
    }
    text
}

#[derive(Serialize)]
struct ImportJson<'a> {
    operation: Option<u64>,
    changed: [&'a str; 0],
    unchanged: [&'a str; 0],
    lines: u64,
    events: u64,
    duplicates: u64,
    files: Vec<FileJson<'a>>,
    rejected: Vec<RejectedJson<'a>>,
    notes: [&'a str; 0],
}

#[derive(Serialize)]
struct FileJson<'a> {
    file: &'a str,
    lines: u64,
    events: u64,
    duplicates: u64,
    blank: u64,
    ignored: &'a std::collections::BTreeMap<&'static str, u64>,
    rejected: usize,
}

#[derive(Serialize)]
struct RejectedJson<'a> {
    file: &'a str,
    line: u64,
    reason: String,
    excerpt: &'a str,
}

impl<'a> ImportJson<'a> {
    fn new(operation: Option<u64>, taken: &'a [Taken]) -> Self {
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
                    lines: taken.counts.lines,
                    events: taken.events,
                    duplicates: taken.duplicates,
                    blank: taken.counts.blank,
                    ignored: &taken.counts.ignored,
                    rejected: taken.counts.rejected.len(),
                })
                .collect(),
            rejected: (taken.iter())
                .flat_map(|taken| taken.counts.rejected.iter().map(|rejected| (&taken.file, rejected)))
                .map(|(file, rejected)| RejectedJson {
                    file,
                    line: rejected.line,
                    reason: rejected.reason.to_string(),
                    excerpt: &rejected.excerpt,
                })
                .collect(),
            notes: [],
        }
    }
}
