//! What was written down of starts and ends: each once, however often and whenever somebody looks.
//!
//! No answer depends on it: readers work out for themselves what is due.

use serde::{Deserialize, Serialize};

use super::id::DowntimeId;
use super::operation::{Effect, Entry, Operation};
use super::settle::Transition;
use crate::clock::Instant;

/// More transitions than this go on several lines of the journal, of some 500 kB each.
pub const MOST_ON_A_LINE: usize = 8192;

/// That a downtime started or ended for some of its targets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// When it was due.
    pub time: Instant,
    /// Start or end.
    pub event: Transition,
    /// The downtime.
    pub id: DowntimeId,
    /// For how many of its targets.
    pub targets: usize,
}

impl Turn {
    /// What it is told by, once.
    pub fn name(&self) -> Name {
        (self.time, self.event, self.id.clone())
    }
}

/// What tells one turn from all others.
pub type Name = (Instant, Transition, DowntimeId);

/// One line of what was due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// Everything due by then is written down …
    pub through: Instant,
    /// … but for some of what was due from this instant on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<Instant>,
    /// What was due, in order of time; at one instant ends come first.
    pub transitions: Vec<Turn>,
}

/// Up to where the journal tells what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The operation that told last.
    pub sequence: u64,
    /// Everything due by then is told …
    pub through: Instant,
    /// … but perhaps for some of what was due from this instant on, because the past has changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<Instant>,
}

impl Mark {
    /// The first instant about which there may be something left to tell.
    pub fn since(mark: Option<&Self>) -> Instant {
        mark.map_or(Instant::BEGINNING, |mark| mark.behind.unwrap_or(mark.through + 1))
    }

    /// Moves on by an operation.
    pub fn follow(mark: &mut Option<Self>, entry: &Entry) {
        match (&entry.operation, mark) {
            (Operation::Settle(Settled { through, behind, .. }), mark) => {
                *mark = Some(Self { sequence: entry.sequence, through: *through, behind: *behind });
            }
            (operation, Some(mark)) => {
                let changed = changed_from(operation, entry.due).filter(|from| *from <= mark.through);
                mark.behind = mark.behind.into_iter().chain(changed).min();
            }
            (_, None) => {}
        }
    }
}

/// The earliest instant at which something may be due that was not before this operation, or no longer.
fn changed_from(operation: &Operation, due: Instant) -> Option<Instant> {
    match operation {
        Operation::Schedule(downtime) => Some(downtime.window.start()),
        Operation::ScheduleSeries(series) => Some(series.beginning()),
        Operation::InventoryRevision(revision) | Operation::RulesRevision(revision) => Some(revision.since),
        Operation::Settle(_) | Operation::Import(_) => None,
        _ => operation.effects().iter().map(|effect| effect_from(effect, due)).min(),
    }
}

fn effect_from(effect: &Effect, due: Instant) -> Instant {
    match effect {
        Effect::Rewrite { to, .. } => {
            let spans = to.holdings.iter().flat_map(|holding| &holding.spans);
            spans.map(|span| span.start()).fold(due, Instant::min)
        }
        _ => due,
    }
}

/// The turns told by an operation.
pub fn told(operation: &Operation) -> &[Turn] {
    match operation {
        Operation::Settle(settled) => &settled.transitions,
        _ => &[],
    }
}

/// The lines that tell at `now` what is due and was not told, which may come after others.
pub fn lines(turns: &[Turn], mark: Option<&Mark>, now: Instant, most: usize) -> Vec<Settled> {
    let through = mark.map_or(Instant::BEGINNING, |mark| mark.through);
    let line = |part: &[Turn]| {
        // What follows on the next line may be due at this very second, and before what was told earlier.
        let reached = part.last().map_or(through, |turn| turn.time);
        Settled { through: reached.max(through), behind: Some(reached), transitions: part.to_vec() }
    };
    let mut lines: Vec<Settled> = turns.chunks(most).map(line).collect();
    if let Some(last) = lines.last_mut() {
        last.through = now.max(through);
        // Where the clock went back, what was due after now may have changed since it was told.
        last.behind = (now < through).then_some(now);
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::downtime::fixture::downtime;
    use crate::downtime::kept::Kept;
    use crate::downtime::ledger::{Head, Ledger, Nothing};
    use crate::downtime::record::Downtime;
    use crate::downtime::settle::due_since;
    use crate::downtime::target::Target;

    /// Something that happens, so many seconds after what came before it.
    #[derive(Debug, Clone)]
    enum Deed {
        Schedule {
            start: i64,
            length: i64,
        },
        Extend {
            id: prop::sample::Index,
            to: i64,
        },
        LetGo {
            id: prop::sample::Index,
            target: &'static str,
        },
        TakeBack {
            id: prop::sample::Index,
        },
        HoldAfterwards {
            id: prop::sample::Index,
        },
        EditRules {
            ago: i64,
        },
        /// A tick that is killed after so many lines.
        Tick {
            killed_after: usize,
        },
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let id = any::<prop::sample::Index>;
        prop_oneof![
            4 => (-40_i64..60, 1_i64..80).prop_map(|(start, length)| Deed::Schedule { start, length }),
            2 => (id(), 0_i64..90).prop_map(|(id, to)| Deed::Extend { id, to }),
            2 => (id(), prop::sample::select(vec!["a", "b"])).prop_map(|(id, target)| Deed::LetGo { id, target }),
            1 => id().prop_map(|id| Deed::TakeBack { id }),
            1 => id().prop_map(|id| Deed::HoldAfterwards { id }),
            1 => (0_i64..60).prop_map(|ago| Deed::EditRules { ago }),
            6 => prop_oneof![3 => Just(usize::MAX), 1 => 0_usize..3].prop_map(|killed_after| Deed::Tick { killed_after }),
        ]
    }

    struct Site {
        ledger: Ledger<Nothing>,
        told: Vec<Turn>,
    }

    impl Site {
        fn new() -> Self {
            Self { ledger: Ledger::new(Head::default(), Nothing), told: Vec::new() }
        }

        fn happen(&mut self, operation: Operation, now: Instant) {
            let sequence = self.ledger.head.sequence + 1;
            let author = "ops".to_owned();
            let entry = Entry { sequence, due: now, written: now, author, pretended: false, operation };
            self.ledger.apply(entry).unwrap();
        }

        fn all(&self) -> Vec<Downtime> {
            self.ledger.all().unwrap().into_iter().filter_map(Kept::into_downtime).collect()
        }

        fn due(&self, since: Instant, now: Instant, told: &BTreeSet<Name>) -> Vec<Turn> {
            due_since(&self.all(), since, now, told)
        }

        fn tick(&mut self, now: Instant, killed_after: usize) {
            let mark = self.ledger.head.settled;
            let told = match mark.and_then(|mark| mark.behind) {
                Some(behind) => self.told.iter().filter(|turn| turn.time >= behind).map(Turn::name).collect(),
                None => BTreeSet::new(),
            };
            let due = self.due(Mark::since(mark.as_ref()), now, &told);
            for line in lines(&due, mark.as_ref(), now, 2).into_iter().take(killed_after) {
                self.told.extend(line.transitions.clone());
                self.happen(Operation::Settle(line), now);
            }
        }

        fn act(&mut self, deed: &Deed, now: Instant) {
            let pick = |id: &prop::sample::Index| -> Option<Downtime> {
                let all = self.all();
                (!all.is_empty()).then(|| all[id.index(all.len())].clone())
            };
            let operation = match deed {
                Deed::Tick { killed_after } => return self.tick(now, *killed_after),
                Deed::Schedule { start, length } => {
                    let id = self.ledger.head.last_id + 1;
                    Some(Operation::Schedule(Box::new(downtime(
                        id,
                        &["a", "b"],
                        now.0 + start,
                        now.0 + start + length,
                    ))))
                }
                Deed::Extend { id, to } => pick(id).filter(|had| had.state(now).is_open()).map(|had| {
                    let (from, to) = (had.window.end(), (now + *to).max(had.window.start() + 1));
                    Operation::Extend(vec![Effect::MoveEnd { id: had.id, from, from_civil: None, to, to_civil: None }])
                }),
                Deed::LetGo { id, target } => pick(id).map(|had| {
                    Operation::Delete(vec![Effect::Release { id: had.id, targets: vec![Target::host(*target)] }])
                }),
                Deed::TakeBack { id } => pick(id).map(|had| {
                    let to = had.as_if_never_holding(&[Target::host("a")], now, "ops");
                    Operation::Delete(vec![Effect::Rewrite { id: had.id.clone(), from: had.course(), to }])
                }),
                Deed::HoldAfterwards { id } => pick(id).map(|had| {
                    let to = had.as_if_holding(&[Target::host("c")], now);
                    Operation::Edit(vec![Effect::Rewrite { id: had.id.clone(), from: had.course(), to }])
                }),
                Deed::EditRules { ago } => Some(Operation::RulesRevision(super::super::operation::Revision {
                    content: "x".into(),
                    since: now - *ago,
                    longest: None,
                    timezone: None,
                })),
            };
            if let Some(operation) = operation {
                self.happen(operation, now);
            }
        }
    }

    fn names(turns: &[Turn]) -> BTreeSet<Name> {
        turns.iter().map(Turn::name).collect()
    }

    proptest! {
        #[test]
        fn all_that_is_due_is_told_and_nothing_twice(
            deeds in prop::collection::vec((prop_oneof![2 => Just(0_i64), 6 => 1_i64..40, 1 => -30_i64..0], deed()), 1..60)
        ) {
            let mut site = Site::new();
            let mut now = Instant(1000);
            for (later, deed) in &deeds {
                now = now + *later;
                site.act(deed, now);
                prop_assert_eq!(names(&site.told).len(), site.told.len(), "told twice: {:?}", site.told);
                prop_assert!(site.told.iter().all(|turn| site.ledger.head.settled.unwrap().through >= turn.time));
                if matches!(deed, Deed::Tick { killed_after: usize::MAX }) {
                    let left = site.due(Instant::BEGINNING, now, &names(&site.told));
                    prop_assert_eq!(left, vec![], "at {}", now);
                }
            }
            site.tick(now + 1000, usize::MAX);
            prop_assert_eq!(names(&site.told).len(), site.told.len());
            prop_assert_eq!(site.due(Instant::BEGINNING, now + 1000, &names(&site.told)), vec![]);
        }

        #[test]
        fn many_ticks_tell_what_one_does(
            windows in prop::collection::vec((0_i64..500, 1_i64..200), 1..20),
            ticks in prop::collection::vec(0_i64..700, 0..20),
        ) {
            let site = |ticks: &[i64]| {
                let mut site = Site::new();
                for (start, length) in &windows {
                    site.act(&Deed::Schedule { start: *start, length: *length }, Instant(0));
                }
                for at in ticks {
                    site.tick(Instant(*at), usize::MAX);
                }
                site.tick(Instant(700), usize::MAX);
                site
            };
            let mut ticks = ticks;
            ticks.sort_unstable();
            let (many, one) = (site(&ticks), site(&[]));
            prop_assert_eq!(many.told, one.told, "in the same order, too");
        }
    }

    #[test]
    fn what_is_told_in_time_needs_no_look_back() {
        let mut site = Site::new();
        site.act(&Deed::Schedule { start: 0, length: 10 }, Instant(0));
        site.tick(Instant(5), usize::MAX);
        site.act(&Deed::Schedule { start: 1, length: 10 }, Instant(6));
        let mark = site.ledger.head.settled.unwrap();
        assert_eq!((mark.through, mark.behind, Mark::since(Some(&mark))), (Instant(5), None, Instant(6)));
        site.act(&Deed::Schedule { start: -2, length: 10 }, Instant(6));
        assert_eq!(Mark::since(site.ledger.head.settled.as_ref()), Instant(4));
    }
}
