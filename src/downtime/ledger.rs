//! The state of a store: a fold over its journal, starting from whatever was folded before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::exceptional::Exceptional;
use super::id::DowntimeId;
use super::kept::Kept;
use super::operation::{Entry, Imported, Operation, Reversal, Revision};
use super::settled::Mark;
use super::touched::Change;
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome};

/// Downtimes and series folded earlier, fetched one by one, so that a look-up does not read them all.
pub trait Base {
    /// What is kept under this id: of a downtime or series, or of a rule.
    fn get(&self, id: &DowntimeId) -> Outcome<Option<Kept>>;
    /// Every downtime or series with a target on one of these hosts (itself or its services) that
    /// [lasts beyond](Kept::lasts_beyond) `since`, each once.
    fn on_hosts(&self, hosts: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Kept>>;
    /// Every downtime or series with a target on this host that lasts beyond `since`, with its targets there alone: so that one of
    /// ten thousand targets is not read whole for the sake of one.
    fn parts_on(&self, host: &str, since: Instant) -> Outcome<Vec<Kept>> {
        let whole = self.on_hosts(&BTreeSet::from([host]), since)?;
        Ok(whole.iter().map(|kept| kept.part_on(host)).collect())
    }
    /// Every downtime and series with this key.
    fn with_key(&self, key: &str) -> Outcome<Vec<Kept>>;
    /// Every downtime that starts or ends for a target from `first` to `last`, both included, and every series.
    fn turning(&self, first: Instant, last: Instant) -> Outcome<Vec<Kept>>;
    /// Everything that is kept, exceptions from rules included.
    fn all(&self) -> Outcome<Vec<Kept>>;
}

/// A store in which nothing has happened yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Base for Nothing {
    fn get(&self, _: &DowntimeId) -> Outcome<Option<Kept>> {
        Ok(None)
    }
    fn on_hosts(&self, _: &BTreeSet<&str>, _: Instant) -> Outcome<Vec<Kept>> {
        Ok(Vec::new())
    }
    fn with_key(&self, _: &str) -> Outcome<Vec<Kept>> {
        Ok(Vec::new())
    }
    fn turning(&self, _: Instant, _: Instant) -> Outcome<Vec<Kept>> {
        Ok(Vec::new())
    }
    fn all(&self) -> Outcome<Vec<Kept>> {
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
    /// Rules of which occurrences were changed, and the last end that such a change names: an occurrence that was made
    /// longer is found though its rule may be gone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub excepted: BTreeMap<DowntimeId, Instant>,
}

/// The state of a store.
#[derive(Debug, Clone)]
pub struct Ledger<B> {
    /// Numbers, revisions and imports.
    pub head: Head,
    base: B,
    touched: BTreeMap<DowntimeId, Kept>,
    /// What happened to downtimes folded earlier, which are fetched only when they are asked for.
    pending: BTreeMap<DowntimeId, Vec<Change>>,
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
            Operation::Schedule(downtime) => self.make(Kept::Downtime(downtime)).map_err(misfit)?,
            Operation::ScheduleSeries(series) => self.make(Kept::Series(series)).map_err(misfit)?,
            Operation::InventoryRevision(revision) => self.head.inventory.push(revision),
            Operation::RulesRevision(revision) => self.head.rules.push(revision),
            Operation::Import(imports) => self.head.imports.extend(imports),
            Operation::Settle(_) => {}
            Operation::Extend(effects)
            | Operation::Edit(effects)
            | Operation::Delete(effects)
            | Operation::Repeat(effects)
            | Operation::Skip(effects)
            | Operation::Unskip(effects)
            | Operation::Undo(Reversal { effects, .. }) => {
                for effect in effects {
                    let change = Change { effect, at: entry.due, by: entry.author.clone() };
                    self.change(change).map_err(misfit)?;
                }
            }
        }
        self.head.sequence = entry.sequence;
        Ok(())
    }

    /// Keeps what was made under the next id.
    fn make(&mut self, kept: Kept) -> Result<(), String> {
        let next = self.head.last_id + 1;
        if *kept.id() != DowntimeId::numbered(next) {
            return Err(format!("it makes downtime {} where {next} is next", kept.id()));
        }
        self.head.last_id = next;
        self.touched.insert(kept.id().clone(), kept);
        Ok(())
    }

    /// Lets a change happen, or puts it by until what it changes is fetched.
    fn change(&mut self, change: Change) -> Result<(), String> {
        let root = change.effect.id().root();
        if let Some(kept) = self.touched.get_mut(&root) {
            kept.perform(&change);
        } else if root.is_of_rule() {
            let latest = self.head.excepted.entry(root.clone()).or_insert(Instant::BEGINNING);
            // What is held besides what the rule covers is found nowhere else.
            let reach = match change.effect {
                Effect::Hold { .. } => Some(Instant::END),
                _ => change.effect.names_end(),
            };
            *latest = reach.map_or(*latest, |end| end.max(*latest));
            self.pending.entry(root).or_default().push(change);
        } else if root.is_among(self.head.last_id) {
            self.pending.entry(root).or_default().push(change);
        } else {
            return Err(format!("it changes downtime {root}, which was never made"));
        }
        Ok(())
    }

    /// What was folded earlier, as it is now.
    fn brought_up(&self, mut kept: Kept) -> Kept {
        for change in self.pending.get(kept.id()).into_iter().flatten() {
            kept.perform(change);
        }
        kept
    }

    /// What was folded earlier under this id; the first exception from a rule makes its record.
    fn folded(&self, id: &DowntimeId) -> Outcome<Option<Kept>> {
        let none = || Kept::Rule(Box::new(Exceptional::none(id.clone())));
        let found = self.base.get(id)?;
        Ok(found.or_else(|| (id.is_of_rule() && self.pending.contains_key(id)).then(none)))
    }

    /// What is kept under this id: a downtime, a series, or exceptions from a rule.
    pub fn get(&self, id: &DowntimeId) -> Outcome<Option<Kept>> {
        match self.touched.get(id) {
            Some(kept) => Ok(Some(kept.clone())),
            None => Ok(self.folded(id)?.map(|kept| self.brought_up(kept))),
        }
    }

    /// The exceptions from a rule.
    pub fn exceptions(&self, rule: &DowntimeId) -> Outcome<Exceptional> {
        let none = || Exceptional::none(rule.clone());
        if !self.head.excepted.contains_key(rule) {
            return Ok(none());
        }
        Ok(match self.get(rule)? {
            Some(Kept::Rule(exceptions)) => *exceptions,
            _ => none(),
        })
    }

    /// Every downtime or series with a target on this host (itself or its services) that [lasts beyond](Kept::lasts_beyond)
    /// `since`.
    pub fn on_host(&self, host: &str, since: Instant) -> Outcome<Vec<Kept>> {
        self.on_hosts(&BTreeSet::from([host]), since)
    }

    /// Every downtime or series with a target on one of these hosts (itself or its services) that
    /// [lasts beyond](Kept::lasts_beyond) `since`, each once, by id.
    pub fn on_hosts(&self, hosts: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Kept>> {
        let mut folded = self.base.on_hosts(hosts, since)?;
        self.add_revived(&mut folded, since)?;
        let concerns = |kept: &Kept| kept.is_on(hosts) && kept.lasts_beyond(since);
        let mut found: Vec<Kept> = folded.into_iter().map(|kept| self.brought_up(kept)).collect();
        found.retain(concerns);
        found.extend(self.touched.values().filter(|kept| concerns(kept)).cloned());
        found.sort_unstable_by(|left, right| left.id().cmp(right.id()));
        Ok(found)
    }

    /// Every downtime or series with a target on this host that lasts beyond `since` there, with its targets on it alone, by id.
    pub fn parts_on(&self, host: &str, since: Instant) -> Outcome<Vec<Kept>> {
        let mut folded = self.base.parts_on(host, since)?;
        self.add_revived(&mut folded, since)?;
        let folded = folded.into_iter().map(|kept| self.brought_up(kept).part_on(host));
        let fresh = self.touched.values().map(|kept| kept.part_on(host));
        let on = BTreeSet::from([host]);
        let lasts = |part: &Kept| part.is_on(&on) && part.lasts_beyond(since);
        let mut found: Vec<Kept> = folded.chain(fresh).filter(lasts).collect();
        found.sort_unstable_by(|left, right| left.id().cmp(right.id()));
        Ok(found)
    }

    /// Adds what was over when it was folded, or not on the host asked for, and may no longer be.
    fn add_revived(&self, folded: &mut Vec<Kept>, since: Instant) -> Outcome<()> {
        for (id, changes) in &self.pending {
            if changes.iter().any(|change| change.effect.may_revive(since))
                && folded.iter().all(|found| found.id() != id)
            {
                folded.extend(self.folded(id)?);
            }
        }
        Ok(())
    }

    /// Every downtime and series with this key, by id. A key never changes.
    pub fn with_key(&self, key: &str) -> Outcome<Vec<Kept>> {
        let folded = self.base.with_key(key)?.into_iter().map(|kept| self.brought_up(kept));
        let fresh = self.touched.values().filter(|kept| kept.key() == Some(key)).cloned();
        let mut found: Vec<Kept> = folded.chain(fresh).collect();
        found.sort_unstable_by(|left, right| left.id().cmp(right.id()));
        Ok(found)
    }

    /// Every downtime that starts or ends for a target from `first` to `last`, both included, and every series, by id.
    pub fn turning(&self, first: Instant, last: Instant) -> Outcome<Vec<Kept>> {
        let folded = self.base.turning(first, last)?;
        let mut found: Vec<Kept> = folded.into_iter().filter(|kept| !self.pending.contains_key(kept.id())).collect();
        found.extend(self.changed()?);
        found.retain(|kept| kept.turns(first, last));
        found.sort_unstable_by(|left, right| left.id().cmp(right.id()));
        Ok(found)
    }

    /// Everything that is kept, exceptions from rules included, by id.
    pub fn all(&self) -> Outcome<Vec<Kept>> {
        let mut all: Vec<Kept> = self.base.all()?.into_iter().map(|kept| self.brought_up(kept)).collect();
        let folded: BTreeSet<&DowntimeId> = all.iter().map(Kept::id).collect();
        // The first exception from a rule made its record: see `folded`.
        let fresh: Vec<&DowntimeId> = self.pending.keys().filter(|id| !folded.contains(id)).collect();
        for id in fresh {
            all.extend(self.get(id)?);
        }
        all.extend(self.touched.values().cloned());
        all.sort_unstable_by(|left, right| left.id().cmp(right.id()));
        Ok(all)
    }

    /// What was folded before.
    pub const fn base(&self) -> &B {
        &self.base
    }

    /// What differs from what was folded before, by id.
    pub fn changed(&self) -> Outcome<Vec<Kept>> {
        let mut changed: Vec<Kept> = self.touched.values().cloned().collect();
        for id in self.pending.keys() {
            changed.extend(self.get(id)?);
        }
        changed.sort_unstable_by(|left, right| left.id().cmp(right.id()));
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;
    use crate::downtime::operation::Effect;

    /// One downtime of `a` in `[0, 100)`, folded earlier.
    #[derive(Debug)]
    struct One;

    impl Base for One {
        fn get(&self, id: &DowntimeId) -> Outcome<Option<Kept>> {
            Ok(Some(Kept::from(downtime(1, &["a"], 0, 100))).filter(|kept| kept.id() == id))
        }
        fn on_hosts(&self, _: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Kept>> {
            Ok(self.all()?.into_iter().filter(|kept| kept.lasts_beyond(since)).collect())
        }
        fn with_key(&self, _: &str) -> Outcome<Vec<Kept>> {
            Ok(Vec::new())
        }
        fn turning(&self, first: Instant, last: Instant) -> Outcome<Vec<Kept>> {
            Ok(self.all()?.into_iter().filter(|kept| kept.turns(first, last)).collect())
        }
        fn all(&self) -> Outcome<Vec<Kept>> {
            Ok(vec![downtime(1, &["a"], 0, 100).into()])
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
        let now = Kept::from(downtime(1, &["a"], 0, 300));
        for since in [Instant::BEGINNING, Instant(99), Instant(100), Instant(299)] {
            let found = ledger.on_host("a", since).unwrap();
            assert_eq!(found.iter().map(Kept::latest_end).collect::<Vec<_>>(), [now.latest_end()], "{since}");
        }
        assert_eq!(ledger.on_host("a", Instant(300)).unwrap(), []);
        assert_eq!(ledger.on_host("b", Instant(200)).unwrap(), []);
        assert_eq!(ledger.get(now.id()).unwrap(), ledger.all().unwrap().pop());
        assert_eq!(ledger.changed().unwrap(), ledger.all().unwrap());
    }

    #[test]
    fn the_first_exception_from_a_rule_is_among_all_that_is_kept_before_it_is_folded() {
        let mut ledger = Ledger::new(Head::default(), Nothing);
        let skipped = Effect::Skip { id: DowntimeId::parse("rule@2026-11-22T22:00") };
        let entry = Entry {
            sequence: 1,
            due: Instant(50),
            written: Instant(50),
            author: "ops".into(),
            pretended: false,
            operation: Operation::Skip(vec![skipped]),
        };
        ledger.apply(entry).unwrap();
        let all = ledger.all().unwrap();
        assert_eq!(all.iter().map(|kept| kept.id().as_str()).collect::<Vec<_>>(), ["rule"]);
        assert_eq!(all, ledger.changed().unwrap());
    }

    #[test]
    fn what_was_never_made_cannot_change() {
        assert_eq!(extended(2).unwrap_err().kind, Kind::Damaged);
    }
}
