//! The state of a store: a fold over its journal, starting from whatever was folded before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::id::DowntimeId;
use super::operation::{Effect, Entry, Imported, Operation, Reversal, Revision};
use super::record::Downtime;
use super::settled::Mark;
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome};

/// Downtimes folded earlier, fetched one by one, so that a look-up does not read them all.
pub trait Base {
    /// The downtime with this id.
    fn get(&self, id: &DowntimeId) -> Outcome<Option<Downtime>>;
    /// Every downtime with a target on one of these hosts (itself or its services) that
    /// [lasts beyond](Downtime::lasts_beyond) `since`, each once.
    fn on_hosts(&self, hosts: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Downtime>>;
    /// Every downtime with a target on this host that lasts beyond `since`, with its targets there alone: so that one of
    /// ten thousand targets is not read whole for the sake of one.
    fn parts_on(&self, host: &str, since: Instant) -> Outcome<Vec<Downtime>> {
        let whole = self.on_hosts(&BTreeSet::from([host]), since)?;
        Ok(whole.iter().map(|downtime| downtime.part_on(host)).collect())
    }
    /// Every downtime with this key.
    fn with_key(&self, key: &str) -> Outcome<Vec<Downtime>>;
    /// Every downtime.
    fn all(&self) -> Outcome<Vec<Downtime>>;
}

/// A store in which nothing has happened yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Base for Nothing {
    fn get(&self, _: &DowntimeId) -> Outcome<Option<Downtime>> {
        Ok(None)
    }
    fn on_hosts(&self, _: &BTreeSet<&str>, _: Instant) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
    fn with_key(&self, _: &str) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
    fn all(&self) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
}

/// What a fold carries besides the downtimes: small, and always at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The sequence number of the last operation folded; 0 for none.
    pub sequence: u64,
    /// How many ids have been given.
    pub last_id: u64,
    /// Revisions of the inventory, oldest first.
    pub inventory: Vec<Revision>,
    /// Revisions of the rules, oldest first.
    pub rules: Vec<Revision>,
    /// Imports whose events count, oldest first.
    pub imports: Vec<Imported>,
    /// Up to where starts and ends are written down; `None` if none ever was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Mark>,
}

/// The state of a store.
#[derive(Debug, Clone)]
pub struct Ledger<B> {
    /// Numbers, revisions and imports.
    pub head: Head,
    base: B,
    touched: BTreeMap<DowntimeId, Downtime>,
    /// What happened to downtimes folded earlier, which are fetched only when they are asked for.
    pending: BTreeMap<DowntimeId, Vec<Change>>,
}

/// An effect, when it came about, and who brought it about.
#[derive(Debug, Clone)]
struct Change {
    effect: Effect,
    at: Instant,
    by: String,
}

impl<B: Base> Ledger<B> {
    /// The state as folded before.
    pub const fn new(head: Head, base: B) -> Self {
        Self { head, base, touched: BTreeMap::new(), pending: BTreeMap::new() }
    }

    /// Lets one more operation happen. Operations come in order, none left out.
    ///
    /// # Errors
    /// `Damaged` where the operation does not fit the state: a gap in the numbers, an id given twice, or one not given.
    pub fn apply(&mut self, entry: Entry) -> Outcome<()> {
        let misfit = |what: String| Failure::new(Kind::Damaged, format!("operation {}: {what}", entry.sequence));
        if entry.sequence != self.head.sequence + 1 {
            return Err(misfit(format!("it follows operation {}", self.head.sequence)));
        }
        Mark::follow(&mut self.head.settled, &entry);
        match entry.operation {
            Operation::Schedule(downtime) => {
                let next = self.head.last_id + 1;
                if downtime.id != DowntimeId::numbered(next) {
                    return Err(misfit(format!("it makes downtime {} where {next} is next", downtime.id)));
                }
                self.head.last_id = next;
                self.touched.insert(downtime.id.clone(), *downtime);
            }
            Operation::InventoryRevision(revision) => self.head.inventory.push(revision),
            Operation::RulesRevision(revision) => self.head.rules.push(revision),
            Operation::Import(imports) => self.head.imports.extend(imports),
            Operation::Settle(_) => {}
            Operation::Extend(effects)
            | Operation::Edit(effects)
            | Operation::Delete(effects)
            | Operation::Undo(Reversal { effects, .. }) => {
                for effect in effects {
                    let id = effect.id().clone();
                    let change = Change { effect, at: entry.due, by: entry.author.clone() };
                    if let Some(downtime) = self.touched.get_mut(&id) {
                        change.effect.perform(downtime, change.at, &change.by);
                    } else if id.is_among(self.head.last_id) {
                        self.pending.entry(id).or_default().push(change);
                    } else {
                        return Err(misfit(format!("it changes downtime {id}, which was never made")));
                    }
                }
            }
        }
        self.head.sequence = entry.sequence;
        Ok(())
    }

    /// A downtime folded earlier, as it is now.
    fn brought_up(&self, mut downtime: Downtime) -> Downtime {
        for change in self.pending.get(&downtime.id).into_iter().flatten() {
            change.effect.perform(&mut downtime, change.at, &change.by);
        }
        downtime
    }

    /// The downtime with this id.
    pub fn get(&self, id: &DowntimeId) -> Outcome<Option<Downtime>> {
        match self.touched.get(id) {
            Some(downtime) => Ok(Some(downtime.clone())),
            None => Ok(self.base.get(id)?.map(|downtime| self.brought_up(downtime))),
        }
    }

    /// Every downtime with a target on this host (itself or its services) that [lasts beyond](Downtime::lasts_beyond)
    /// `since`.
    pub fn on_host(&self, host: &str, since: Instant) -> Outcome<Vec<Downtime>> {
        self.on_hosts(&BTreeSet::from([host]), since)
    }

    /// Every downtime with a target on one of these hosts (itself or its services) that
    /// [lasts beyond](Downtime::lasts_beyond) `since`, each once, by id.
    pub fn on_hosts(&self, hosts: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Downtime>> {
        let mut folded = self.base.on_hosts(hosts, since)?;
        self.add_revived(&mut folded, since)?;
        let concerns = |downtime: &Downtime| downtime.is_on(hosts) && downtime.lasts_beyond(since);
        let mut found: Vec<Downtime> = folded.into_iter().map(|downtime| self.brought_up(downtime)).collect();
        found.retain(concerns);
        found.extend(self.touched.values().filter(|downtime| concerns(downtime)).cloned());
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Every downtime with a target on this host that lasts beyond `since` there, with its targets on it alone, by id.
    pub fn parts_on(&self, host: &str, since: Instant) -> Outcome<Vec<Downtime>> {
        let mut folded = self.base.parts_on(host, since)?;
        self.add_revived(&mut folded, since)?;
        let folded = folded.into_iter().map(|downtime| self.brought_up(downtime).part_on(host));
        let fresh = self.touched.values().map(|downtime| downtime.part_on(host));
        let lasts = |part: &Downtime| !part.holdings.is_empty() && part.lasts_beyond(since);
        let mut found: Vec<Downtime> = folded.chain(fresh).filter(lasts).collect();
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Adds what was over when it was folded, or not on the host asked for, and may no longer be.
    fn add_revived(&self, folded: &mut Vec<Downtime>, since: Instant) -> Outcome<()> {
        for (id, changes) in &self.pending {
            if changes.iter().any(|change| change.effect.may_revive(since))
                && folded.iter().all(|found| found.id != *id)
            {
                folded.extend(self.base.get(id)?);
            }
        }
        Ok(())
    }

    /// Every downtime with this key, by id. A key never changes.
    pub fn with_key(&self, key: &str) -> Outcome<Vec<Downtime>> {
        let folded = self.base.with_key(key)?.into_iter().map(|downtime| self.brought_up(downtime));
        let fresh = self.touched.values().filter(|downtime| downtime.terms.key.as_deref() == Some(key)).cloned();
        let mut found: Vec<Downtime> = folded.chain(fresh).collect();
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Every downtime, by id.
    pub fn all(&self) -> Outcome<Vec<Downtime>> {
        let mut all: Vec<Downtime> = self.base.all()?.into_iter().map(|downtime| self.brought_up(downtime)).collect();
        all.extend(self.touched.values().cloned());
        all.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(all)
    }

    /// What was folded before.
    pub const fn base(&self) -> &B {
        &self.base
    }

    /// The downtimes that differ from what was folded before, by id.
    pub fn changed(&self) -> Outcome<Vec<Downtime>> {
        let mut changed: Vec<Downtime> = self.touched.values().cloned().collect();
        for id in self.pending.keys() {
            changed.extend(self.get(id)?);
        }
        changed.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    /// One downtime of `a` in `[0, 100)`, folded earlier.
    #[derive(Debug)]
    struct One;

    impl Base for One {
        fn get(&self, id: &DowntimeId) -> Outcome<Option<Downtime>> {
            Ok(Some(downtime(1, &["a"], 0, 100)).filter(|downtime| downtime.id == *id))
        }
        fn on_hosts(&self, _: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Downtime>> {
            Ok(self.all()?.into_iter().filter(|downtime| downtime.lasts_beyond(since)).collect())
        }
        fn with_key(&self, _: &str) -> Outcome<Vec<Downtime>> {
            Ok(Vec::new())
        }
        fn all(&self) -> Outcome<Vec<Downtime>> {
            Ok(vec![downtime(1, &["a"], 0, 100)])
        }
    }

    fn extended(id: u64) -> Outcome<Ledger<One>> {
        let mut ledger = Ledger::new(Head { sequence: 7, last_id: 1, ..Head::default() }, One);
        let effect = Effect::MoveEnd {
            id: DowntimeId::numbered(id),
            from: Instant(100),
            from_civil: None,
            to: Instant(300),
            to_civil: None,
        };
        let entry = Entry {
            sequence: 8,
            due: Instant(50),
            written: Instant(50),
            author: "ops".into(),
            pretended: false,
            operation: Operation::Extend(vec![effect]),
        };
        ledger.apply(entry).map(|()| ledger)
    }

    #[test]
    fn what_was_over_when_it_was_folded_may_go_on_by_now() {
        let ledger = extended(1).unwrap();
        let now = downtime(1, &["a"], 0, 300);
        for since in [Instant::BEGINNING, Instant(99), Instant(100), Instant(299)] {
            let found = ledger.on_host("a", since).unwrap();
            assert_eq!(found.iter().map(Downtime::latest_end).collect::<Vec<_>>(), [now.latest_end()], "{since}");
        }
        assert_eq!(ledger.on_host("a", Instant(300)).unwrap(), []);
        assert_eq!(ledger.on_host("b", Instant(200)).unwrap(), []);
        assert_eq!(ledger.get(&now.id).unwrap(), ledger.all().unwrap().pop());
        assert_eq!(ledger.changed().unwrap(), ledger.all().unwrap());
    }

    #[test]
    fn what_was_never_made_cannot_change() {
        assert_eq!(extended(2).unwrap_err().kind, Kind::Damaged);
    }
}
