//! What happened, in the order in which it was due: the rows of `history`.

mod changes;
mod consequences;
mod edited_rules;
mod lent;
mod teller;

use std::collections::BTreeMap;

use super::agenda::Rules;
use super::id::DowntimeId;
use super::operation::Entry;
use super::target::Target;
use crate::clock::Instant;
use crate::failure::Outcome;
pub use changes::{Changed, Changes, Said};
pub use edited_rules::{Fate, RuleChange};
use teller::Teller;

/// What a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// A downtime was made.
    Scheduled,
    /// Its end was moved.
    Extended,
    /// What is said about it, its window or its targets changed.
    Edited,
    /// A target was let go of before the downtime had begun for it.
    Cancelled,
    /// The downtime was over for a target: on time, or because somebody let go of it.
    Ended,
    /// The downtime began for a target.
    Started,
    /// A downtime or series repeats in another way.
    Repeated,
    /// An occurrence was left out.
    Skipped,
    /// An occurrence that was left out takes place after all.
    Unskipped,
    /// Targets are held again after an undone deletion.
    Reopened,
    /// An operation was taken back.
    Undone,
    /// Logs were read.
    Imported,
    /// The inventory was edited.
    InventoryEdited,
    /// The rules were edited.
    RulesEdited,
}

impl Happening {
    /// Every one, by its word.
    pub const ALL: [Self; 14] = [
        Self::Scheduled,
        Self::Started,
        Self::Ended,
        Self::Cancelled,
        Self::Extended,
        Self::Edited,
        Self::Repeated,
        Self::Skipped,
        Self::Unskipped,
        Self::Reopened,
        Self::Undone,
        Self::Imported,
        Self::InventoryEdited,
        Self::RulesEdited,
    ];

    /// The word for it, everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Extended => "extended",
            Self::Edited => "edited",
            Self::Repeated => "repeated",
            Self::Skipped => "skipped",
            Self::Unskipped => "unskipped",
            Self::Cancelled => "cancelled",
            Self::Ended => "ended",
            Self::Started => "started",
            Self::Reopened => "reopened",
            Self::Undone => "undone",
            Self::Imported => "imported",
            Self::InventoryEdited => "inventory_edited",
            Self::RulesEdited => "rules_edited",
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The operation that did it, or for what followed from the time alone, that wrote it down; `None` if none did yet.
    pub sequence: Option<u64>,
    /// When it was due.
    pub time: Instant,
    /// When it was written down; `None` if it was not yet.
    pub written: Option<Instant>,
    /// What happened.
    pub happening: Happening,
    /// The downtime.
    pub id: Option<DowntimeId>,
    /// The object, for rows about one.
    pub target: Option<Target>,
    /// Who did it; for what followed from the time alone, who scheduled it.
    pub author: String,
    /// The downtime's comment.
    pub comment: Option<String>,
    /// What else there is to say.
    pub detail: Detail,
}

/// What else there is to say about a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// The window at scheduling.
    pub start: Option<Instant>,
    /// The end at scheduling, or after a move.
    pub end: Option<Instant>,
    /// The end before a move.
    pub from: Option<Instant>,
    /// What an edit changed.
    pub changes: Changes,
    /// What became of a rule by an edit of the rules: the word for it.
    pub rule: Option<&'static str>,
    /// Whether the past changed.
    pub retroactive: bool,
    /// Why freezes and limits did not count.
    pub override_reason: Option<String>,
    /// The operation that was taken back.
    pub undoes: Option<u64>,
    /// How many targets are meant.
    pub targets: Option<usize>,
    /// Files imported.
    pub sources: Vec<String>,
    /// Events taken.
    pub events: Option<u64>,
    /// An imported log tells it, and not the store.
    pub from_log: bool,
}

/// The rows up to `now`: what was typed, and what followed from it at the time. What is told once stays told: a downtime
/// that was rewritten keeps the starts and ends that it had.
///
/// Of the occurrences of series and rules, those over before `from` may be left out.
pub fn tell(entries: &[Entry], rules: &dyn Rules, from: Instant, now: Instant) -> Outcome<Vec<Row>> {
    let mut teller = Teller::new(from, now, rules);
    for entry in entries {
        teller.typed(entry)?;
    }
    let mut rows = teller.finish()?;
    let mut causes: BTreeMap<(DowntimeId, Instant, Happening), u64> = BTreeMap::new();
    for row in &rows {
        let follows = match row.happening {
            Happening::Scheduled | Happening::Reopened => Happening::Started,
            Happening::Extended => Happening::Ended,
            _ => continue,
        };
        if let (Some(id), Some(sequence)) = (&row.id, row.sequence) {
            causes.insert((id.root(), row.time, follows), sequence);
        }
    }
    // What follows from the time alone comes before what was typed at the same second, but after what it follows from.
    rows.sort_by_cached_key(|row| {
        let cause = || causes.get(&(row.id.as_ref()?.root(), row.time, row.happening)).copied();
        (row.time, row.sequence.or_else(cause).unwrap_or(0), row.sequence.is_none())
    });
    lent::lend(&mut rows, entries);
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::agenda::NoRules;

    use crate::downtime::fixture::downtime;
    use crate::downtime::operation::{Effect, Operation};

    fn told(entries: &[Entry], now: i64) -> Vec<Row> {
        tell(entries, &NoRules, Instant::BEGINNING, Instant(now)).unwrap()
    }

    #[test]
    fn a_start_follows_its_scheduling_and_precedes_what_was_typed_later_in_the_same_second() {
        let made = downtime(1, &["a"], 100, 200);
        let entry = |sequence, due, operation| Entry {
            sequence,
            due: Instant(due),
            written: Instant(due),
            author: "ops".into(),
            pretended: false,
            operation,
        };
        let moved = Effect::MoveEnd {
            id: made.id.clone(),
            from: Instant(200),
            from_civil: None,
            to: Instant(300),
            to_civil: None,
        };
        let entries =
            [entry(1, 100, Operation::Schedule(Box::new(made.clone()))), entry(2, 100, Operation::Extend(vec![moved]))];
        let words = |rows: &[Row]| rows.iter().map(|row| row.happening.name()).collect::<Vec<_>>();
        let rows = told(&entries, 300);
        assert_eq!(words(&rows), ["scheduled", "started", "extended", "ended"]);
        assert_eq!(words(&told(&entries[..1], 150)), ["scheduled", "started"]);
    }

    #[test]
    fn what_was_rewritten_keeps_the_starts_and_ends_that_it_had() {
        let made = downtime(1, &["a"], 100, 200);
        let by = |sequence, due, operation| Entry {
            sequence,
            due: Instant(due),
            written: Instant(due),
            author: "ops".into(),
            pretended: false,
            operation,
        };
        let never = Effect::Rewrite {
            id: made.id.clone(),
            from: made.course(),
            to: made.as_if_never_holding(&[Target::host("a")], Instant(250), "ops"),
        };
        let entries = [by(1, 90, Operation::Schedule(Box::new(made))), by(2, 250, Operation::Delete(vec![never]))];
        let rows: Vec<_> =
            told(&entries, 300).iter().map(|row| (row.time.0, row.happening.name(), row.detail.retroactive)).collect();
        assert_eq!(
            rows,
            [(90, "scheduled", false), (100, "started", false), (200, "ended", false), (250, "cancelled", true)]
        );
    }
}
