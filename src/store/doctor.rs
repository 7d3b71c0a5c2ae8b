//! Looking the whole store over: every line, every kept content, and whether the caches agree with them.

use super::acknowledged::Acknowledged;
use super::edited::Edited;
use super::files::UNFINISHED;
use super::folded::Folded;
use super::{Store, journal};
use crate::downtime::ledger::{Head, Ledger, Nothing};
use crate::failure::Outcome;
use crate::inventory::family::{Oddity, oddities};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As it should be.
    Sound,
    /// Worth knowing; no answer is wrong for it.
    Warning,
    /// Something that was acknowledged cannot be trusted.
    Damaged,
}

impl Grade {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Warning => "warning",
            Self::Damaged => "damaged",
        }
    }
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub part: &'static str,
    /// How grave.
    pub grade: Grade,
    /// On one line.
    pub detail: String,
}

impl Finding {
    fn new(part: &'static str, grade: Grade, detail: impl Into<String>) -> Self {
        Self { part, grade, detail: detail.into() }
    }
}

/// Looks everything over, going on after damage as far as that makes sense.
pub fn examine(store: &Store) -> Vec<Finding> {
    let mut findings = Vec::new();
    match journal(store, &mut findings) {
        Ok((acknowledged, ledger)) => {
            revisions(store, &ledger.head, &mut findings);
            caches(store, &acknowledged, &ledger, &mut findings);
            events(store, &ledger.head, &mut findings);
            edits(store, &ledger.head, &mut findings);
        }
        Err(failure) => findings.push(Finding::new("journal", Grade::Damaged, failure.message())),
    }
    leftovers(store, &mut findings);
    findings
}

fn journal(store: &Store, findings: &mut Vec<Finding>) -> Outcome<(Acknowledged, Ledger<Nothing>)> {
    let (acknowledged, both) = journal::acknowledged(store.files(), store.layout())?;
    let mut ledger = Ledger::new(Head::default(), Nothing);
    journal::replay(store.files(), store.layout(), &acknowledged, |entry| ledger.apply(entry))?;
    let current = journal::current(store.files(), store.layout(), &acknowledged)?;
    let operations = ledger.head.sequence;
    findings.push(Finding::new(
        "journal",
        Grade::Sound,
        format!("{operations} operations, {} downtimes", ledger.head.last_id),
    ));
    if !both {
        let detail = "one of two records of the last acknowledged operation is torn; the next change writes it anew";
        findings.push(Finding::new("journal", Grade::Warning, detail));
    }
    if !current.residue.is_empty() {
        let detail = format!(
            "{} bytes that a crash left behind the last operation; the next change sets them aside",
            current.residue.len()
        );
        findings.push(Finding::new("journal", Grade::Warning, detail));
    }
    Ok((acknowledged, ledger))
}

fn revisions(store: &Store, head: &Head, findings: &mut Vec<Finding>) {
    for edited in Edited::ALL {
        let revisions = edited.revisions(head);
        let failures: Vec<String> = revisions
            .iter()
            .filter_map(|revision| store.revision(&revision.content).err())
            .map(|failure| failure.message())
            .collect();
        if failures.is_empty() && !revisions.is_empty() {
            findings.push(Finding::new(edited.stem(), Grade::Sound, format!("{} revisions", revisions.len())));
        }
        findings.extend(failures.into_iter().map(|detail| Finding::new(edited.stem(), Grade::Damaged, detail)));
    }
}

fn events(store: &Store, head: &Head, findings: &mut Vec<Finding>) {
    let segments = head.imports.iter().filter(|import| import.segment.is_some()).count();
    findings.push(match store.events(head).verify() {
        Ok(()) if segments == 0 => return,
        Ok(()) => Finding::new("events", Grade::Sound, format!("{segments} segments")),
        Err(failure) => Finding::new("events", Grade::Damaged, failure.message()),
    });
}

/// A cache that cannot be read is passed over by every command; one that reads well and says something else is damage.
///
/// Other processes may write meanwhile: what came after the operations in `ledger` is left out.
fn caches(store: &Store, acknowledged: &Acknowledged, ledger: &Ledger<Nothing>, findings: &mut Vec<Finding>) {
    if acknowledged.segment == 1 {
        return;
    }
    let Some((head, folded)) = Folded::open(std::sync::Arc::clone(&store.files), store.layout(), acknowledged.segment)
    else {
        let detail = "the snapshot is missing or cannot be read; commands are slower until the next one is taken";
        findings.push(Finding::new("cache", Grade::Warning, detail));
        return;
    };
    let mut folded = Ledger::new(head, folded);
    let agrees = journal::current(store.files(), store.layout(), acknowledged)
        .and_then(|segment| {
            let known = segment.entries.into_iter().filter(|entry| entry.sequence <= ledger.head.sequence);
            known.into_iter().try_for_each(|entry| folded.apply(entry))
        })
        .and_then(|()| Ok(folded.all()? == ledger.all()? && folded.head == ledger.head));
    let readable = folded.base().snapshot().is_some_and(|snapshot| snapshot.verify().is_ok());
    findings.push(match agrees {
        Ok(true) if readable => Finding::new("cache", Grade::Sound, "the snapshot agrees with the journal"),
        Ok(true) => Finding::new(
            "cache",
            Grade::Warning,
            "the snapshot is damaged and passed over; delete the directory `cache`",
        ),
        Ok(false) => {
            Finding::new("cache", Grade::Damaged, "the snapshot differs from the journal; delete the directory `cache`")
        }
        Err(failure) => Finding::new("cache", Grade::Damaged, failure.message()),
    });
}

fn edits(store: &Store, head: &Head, findings: &mut Vec<Finding>) {
    let notes = store.notes();
    for edited in Edited::ALL {
        match store.in_force(edited, head, &notes) {
            Ok(in_force) => {
                if edited == Edited::Inventory {
                    // Content that cannot be read is told of as a damaged revision.
                    let known = store.objects(&in_force, head);
                    let odd = known.inventory().map(oddities).unwrap_or_default();
                    let warning = |odd: &Oddity<'_>| Finding::new(edited.stem(), Grade::Warning, odd.to_string());
                    findings.extend(odd.iter().map(warning));
                }
                findings.extend(in_force.warning.map(|detail| Finding::new(edited.stem(), Grade::Warning, detail)));
            }
            Err(failure) => findings.push(Finding::new(edited.stem(), Grade::Damaged, failure.message())),
        }
    }
}

fn leftovers(store: &Store, findings: &mut Vec<Finding>) {
    let mut unfinished = 0;
    let layout = store.layout();
    for dir in [
        layout.root().to_owned(),
        layout.journal(),
        layout.cache(),
        layout.root().join("revisions"),
        layout.root().join("events"),
    ] {
        let names = store.files().list(&dir).unwrap_or_default();
        unfinished += names.iter().filter(|name| name.ends_with(UNFINISHED)).count();
    }
    if unfinished > 0 {
        let detail = format!("{unfinished} unfinished files that a crash left; they do no harm and may be deleted");
        findings.push(Finding::new("files", Grade::Warning, detail));
    }
}
