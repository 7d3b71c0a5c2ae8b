//! What happened, in the order in which it was due: the rows of `history`.

use std::collections::{BTreeMap, BTreeSet};

use super::id::DowntimeId;
use super::operation::{Effect, Entry, Operation};
use super::record::Downtime;
use super::settle::{Transition, settle};
use super::target::Target;
use crate::clock::Instant;

/// What a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    /// A downtime was made.
    Scheduled,
    /// Its end was moved.
    Extended,
    /// A target was let go of before the downtime had begun for it.
    Cancelled,
    /// The downtime was over for a target: on time, or because somebody let go of it.
    Ended,
    /// The downtime began for a target.
    Started,
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
    pub const ALL: [Self; 10] = [
        Self::Scheduled,
        Self::Started,
        Self::Ended,
        Self::Cancelled,
        Self::Extended,
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
    /// The operation that did it; `None` for what followed from the time alone.
    pub sequence: Option<u64>,
    /// When it was due.
    pub time: Instant,
    /// When it was written down; `None` for what followed from the time alone.
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
    /// The operation that was taken back.
    pub undoes: Option<u64>,
    /// How many targets are meant.
    pub targets: Option<usize>,
    /// Files imported.
    pub sources: Vec<String>,
    /// Events taken.
    pub events: Option<u64>,
}

/// The rows up to `now`: what was typed, and what followed from it. `downtimes` are as they stand after all entries.
pub fn tell(entries: &[Entry], downtimes: &[Downtime], now: Instant) -> Vec<Row> {
    let find =
        |id: &DowntimeId| downtimes.binary_search_by(|downtime| downtime.id.cmp(id)).ok().map(|at| &downtimes[at]);
    let mut rows: Vec<Row> = Vec::new();
    let mut by_hand = ByHand::default();
    for entry in entries {
        typed(entry, &find, &mut rows, &mut by_hand);
    }
    for due in settle(downtimes, now) {
        let happening = match due.transition {
            Transition::Started => Happening::Started,
            Transition::Ended => Happening::Ended,
        };
        let key = (happening, due.time, due.id, due.target);
        if by_hand.brought_about.contains(&key) {
            continue;
        }
        let (_, time, id, target) = key;
        let downtime = find(&id);
        rows.push(Row {
            sequence: None,
            time,
            written: None,
            happening,
            author: downtime.map(|downtime| downtime.author.clone()).unwrap_or_default(),
            comment: downtime.map(|downtime| downtime.terms.comment.clone()),
            id: Some(id),
            target: Some(target),
            detail: Detail::default(),
        });
    }
    let mut causes: BTreeMap<(DowntimeId, Instant, Happening), u64> = BTreeMap::new();
    for row in &rows {
        let follows = match row.happening {
            Happening::Scheduled | Happening::Reopened => Happening::Started,
            Happening::Extended => Happening::Ended,
            _ => continue,
        };
        if let (Some(id), Some(sequence)) = (&row.id, row.sequence) {
            causes.insert((id.clone(), row.time, follows), sequence);
        }
    }
    // What follows from the time alone comes before what was typed at the same second, but after what it follows from.
    rows.sort_by_cached_key(|row| {
        let cause = || causes.get(&(row.id.clone()?, row.time, row.happening)).copied();
        (row.time, row.sequence.or_else(cause).unwrap_or(0), row.sequence.is_none())
    });
    rows
}

/// Starts and ends that somebody brought about, and when.
type BroughtAbout = BTreeSet<(Happening, Instant, DowntimeId, Target)>;

/// What the rows so far say that the records do not.
#[derive(Default)]
struct ByHand {
    brought_about: BroughtAbout,
    /// Downtimes that were over and go on because their end was moved back, and when: what is let go of in the same second
    /// did not go on for any time.
    went_on: BTreeSet<(DowntimeId, Instant)>,
}

fn typed<'a>(
    entry: &Entry,
    find: &dyn Fn(&DowntimeId) -> Option<&'a Downtime>,
    rows: &mut Vec<Row>,
    by_hand: &mut ByHand,
) {
    let row = |happening, id: Option<&DowntimeId>, target, detail| Row {
        sequence: Some(entry.sequence),
        time: entry.due,
        written: Some(entry.written),
        happening,
        comment: id.and_then(find).map(|downtime| downtime.terms.comment.clone()),
        id: id.cloned(),
        target,
        author: entry.author.clone(),
        detail,
    };
    match &entry.operation {
        Operation::Schedule(downtime) => {
            let detail = Detail {
                start: Some(downtime.window.start()),
                end: Some(downtime.window.end()),
                targets: Some(downtime.holdings.len()),
                ..Detail::default()
            };
            rows.push(row(Happening::Scheduled, Some(&downtime.id), None, detail));
        }
        Operation::Undo(reversal) => {
            let ids: BTreeSet<&DowntimeId> = reversal.effects.iter().map(Effect::id).collect();
            for id in ids {
                let detail = Detail { undoes: Some(reversal.undoes), ..Detail::default() };
                rows.push(row(Happening::Undone, Some(id), None, detail));
            }
        }
        Operation::InventoryRevision(_) => rows.push(row(Happening::InventoryEdited, None, None, Detail::default())),
        Operation::RulesRevision(_) => rows.push(row(Happening::RulesEdited, None, None, Detail::default())),
        Operation::Import(imports) => {
            let detail = Detail {
                sources: imports.iter().map(|import| import.source.clone()).collect(),
                events: Some(imports.iter().map(|import| import.events).sum()),
                ..Detail::default()
            };
            rows.push(row(Happening::Imported, None, None, detail));
        }
        Operation::Extend(_) | Operation::Delete(_) => {}
    }
    for effect in entry.operation.effects() {
        match effect {
            Effect::MoveEnd { id, from, to, .. } => {
                let detail = Detail { from: Some(*from), end: Some(*to), ..Detail::default() };
                rows.push(row(Happening::Extended, Some(id), None, detail));
                if *from <= entry.due && *to > entry.due {
                    by_hand.went_on.insert((id.clone(), entry.due));
                }
                if *to <= entry.due {
                    // What was taken hold of again in this very second leaves no trace in the record.
                    for target in just_started(rows, id, entry.due) {
                        by_hand.brought_about.insert((Happening::Ended, entry.due, id.clone(), target.clone()));
                        rows.push(row(Happening::Ended, Some(id), Some(target), Detail::default()));
                    }
                }
            }
            Effect::Release { id, targets } => {
                for target in targets {
                    let key = |happening| (happening, entry.due, id.clone(), target.clone());
                    // What is let go of was open; it was running if its window had begun.
                    let begun = find(id).is_some_and(|downtime| downtime.window.start() < entry.due)
                        && !by_hand.went_on.contains(&(id.clone(), entry.due));
                    let happening = if begun || by_hand.brought_about.contains(&key(Happening::Started)) {
                        by_hand.brought_about.insert(key(Happening::Ended));
                        Happening::Ended
                    } else {
                        Happening::Cancelled
                    };
                    rows.push(row(happening, Some(id), Some(target.clone()), Detail::default()));
                }
            }
            Effect::Reopen { id, targets } => {
                let begun = find(id).is_some_and(|downtime| downtime.window.start() <= entry.due);
                for target in targets {
                    rows.push(row(Happening::Reopened, Some(id), Some(target.clone()), Detail::default()));
                    if begun {
                        by_hand.brought_about.insert((Happening::Started, entry.due, id.clone(), target.clone()));
                        rows.push(row(Happening::Started, Some(id), Some(target.clone()), Detail::default()));
                    }
                }
            }
        }
    }
}

/// The targets of a downtime that an operation of this very second started, and none since ended.
fn just_started(rows: &[Row], id: &DowntimeId, time: Instant) -> BTreeSet<Target> {
    let mut started = BTreeSet::new();
    for row in rows.iter().filter(|row| row.time == time && row.id.as_ref() == Some(id)) {
        match (row.happening, &row.target) {
            (Happening::Started, Some(target)) => _ = started.insert(target.clone()),
            (Happening::Ended, Some(target)) => _ = started.remove(target),
            _ => {}
        }
    }
    started
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

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
        let rows = tell(&entries, &[downtime(1, &["a"], 100, 300)], Instant(300));
        assert_eq!(words(&rows), ["scheduled", "started", "extended", "ended"]);
        assert_eq!(words(&tell(&entries, &[made], Instant(150))), ["scheduled", "started", "extended"]);
    }
}
