//! Everything that holds objects: downtimes, and the occurrences of series and rules, whoever keeps them.

use std::collections::{BTreeMap, BTreeSet};

use super::exceptional::Exceptional;
use super::holding::Release;
use super::id::DowntimeId;
use super::interval::Interval;
use super::kept::Kept;
use super::ledger::{Base, Ledger};
use super::operation::Revision;
use super::plan::{Plan, Source};
use super::record::{Downtime, Kind, Origin};
use super::recurrence::{Nominal, Occurrence};
use super::state::State;
use super::story::RuleChange;
use super::whole::Whole;
use crate::clock::Instant;
use crate::failure::Outcome;

/// The occurrences of rules, each by the revisions that count at its start, as if nobody had touched one.
pub trait Rules {
    /// Those that overlap `range` and hold one of these hosts or a service of one, with their targets there alone.
    fn on_hosts(&self, hosts: &BTreeSet<&str>, range: Interval) -> Outcome<Vec<Downtime>>;
    /// Those that overlap `range`, whole.
    fn all(&self, range: Interval) -> Outcome<Vec<Downtime>>;
    /// That of a rule with this nominal start, by what counts when it begins: at `moved`, if it was moved.
    fn occurrence(&self, rule: &DowntimeId, nominal: Nominal, moved: Option<Instant>) -> Outcome<Option<Downtime>>;
    /// Those of one rule that overlap `range`, whole.
    fn of(&self, rule: &DowntimeId, range: Interval) -> Outcome<Vec<Downtime>>;
    /// What a rule says at a time; `None` if there is none of this name then.
    fn plan(&self, rule: &DowntimeId, at: Instant) -> Outcome<Option<Plan>>;
    /// The rules that there are at a time, disabled ones included, sorted.
    fn names(&self, at: Instant) -> Outcome<Vec<DowntimeId>>;
    /// The rules that are for one of these hosts, or for a service of one, at a time, sorted; some more may be among them.
    fn covering(&self, hosts: &BTreeSet<&str>, at: Instant) -> Outcome<Vec<DowntimeId>>;
    /// From when on the newest version of the rules counts; `None` if there never was one.
    fn newest(&self) -> Option<Instant>;
    /// Whether there ever was a rule of this name.
    fn ever(&self, rule: &DowntimeId) -> Outcome<bool>;
    /// What became of each rule by an edit that was recorded, by name; `before` is the revision before.
    fn changes(&self, before: Option<&Revision>, after: &Revision) -> Outcome<Vec<RuleChange>>;
}

/// No rules at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRules;

impl Rules for NoRules {
    fn on_hosts(&self, _: &BTreeSet<&str>, _: Interval) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
    fn all(&self, _: Interval) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
    fn occurrence(&self, _: &DowntimeId, _: Nominal, _: Option<Instant>) -> Outcome<Option<Downtime>> {
        Ok(None)
    }
    fn of(&self, _: &DowntimeId, _: Interval) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
    fn plan(&self, _: &DowntimeId, _: Instant) -> Outcome<Option<Plan>> {
        Ok(None)
    }
    fn names(&self, _: Instant) -> Outcome<Vec<DowntimeId>> {
        Ok(Vec::new())
    }
    fn covering(&self, _: &BTreeSet<&str>, _: Instant) -> Outcome<Vec<DowntimeId>> {
        Ok(Vec::new())
    }
    fn newest(&self) -> Option<Instant> {
        None
    }
    fn ever(&self, _: &DowntimeId) -> Outcome<bool> {
        Ok(false)
    }
    fn changes(&self, _: Option<&Revision>, _: &Revision) -> Outcome<Vec<RuleChange>> {
        Ok(Vec::new())
    }
}

/// How far around a moment occurrences of a rule are looked for at first: 40 days, for what repeats monthly.
const AROUND: i64 = 40 * 86_400;

/// The downtimes of a store, occurrences included.
pub struct Agenda<'a, B> {
    /// What is kept.
    pub ledger: &'a Ledger<B>,
    /// What follows from the rules.
    pub rules: &'a dyn Rules,
}

impl<B> Clone for Agenda<'_, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Agenda<'_, B> {}

impl<'a, B: Base> Agenda<'a, B> {
    /// What is kept, and what follows from the rules.
    pub const fn new(ledger: &'a Ledger<B>, rules: &'a dyn Rules) -> Self {
        Self { ledger, rules }
    }

    /// The downtime or occurrence with this id; `None` for none, and for a series or rule as a whole.
    pub fn get(&self, id: &DowntimeId) -> Outcome<Option<Downtime>> {
        let Some(parent) = id.parent() else {
            return Ok(match self.ledger.get(id)? {
                Some(Kept::Downtime(downtime)) => Some(*downtime),
                _ => None,
            });
        };
        let Some(nominal) = id.nominal() else { return Ok(None) };
        if parent.is_of_rule() {
            let exceptions = self.ledger.exceptions(&parent)?;
            return exceptions.occurrence(nominal, self.rules);
        }
        Ok(match self.ledger.get(&parent)? {
            Some(Kept::Series(series)) => series.occurrence(nominal),
            _ => None,
        })
    }

    /// Every downtime on one of these hosts that may overlap `range`, occurrences that do included, by id.
    pub fn on_hosts(&self, hosts: &BTreeSet<&str>, range: Interval) -> Outcome<Vec<Downtime>> {
        let kept = self.ledger.on_hosts(hosts, range.start())?;
        let mut found: Vec<Downtime> = kept.iter().flat_map(|kept| kept.downtimes(range)).collect();
        found.retain(|downtime| downtime.is_on(hosts));
        found.extend(self.of_rules(self.rules.on_hosts(hosts, range)?, Some(hosts), range)?);
        found.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// The same on one host, with their targets there alone.
    pub fn parts_on(&self, host: &str, range: Interval) -> Outcome<Vec<Downtime>> {
        let hosts = BTreeSet::from([host]);
        let kept = self.ledger.parts_on(host, range.start())?;
        let mut found: Vec<Downtime> = kept.iter().flat_map(|kept| kept.downtimes(range)).collect();
        found.extend(self.of_rules(self.rules.on_hosts(&hosts, range)?, Some(&hosts), range)?);
        for downtime in &mut found {
            downtime.holdings.retain(|holding| holding.target.host == host);
        }
        found.retain(|downtime| !downtime.holdings.is_empty());
        found.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Every downtime that may overlap `range`, occurrences that do included, by id.
    pub fn all(&self, range: Interval) -> Outcome<Vec<Downtime>> {
        let mut found: Vec<Downtime> = self
            .ledger
            .all()?
            .iter()
            .filter(|kept| kept.lasts_beyond(range.start()))
            .flat_map(|kept| kept.downtimes(range))
            .collect();
        found.extend(self.of_rules(self.rules.all(range)?, None, range)?);
        found.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Every downtime and occurrence that may start or end for a target from `first` to `last`, both included, by id.
    pub fn turning(&self, first: Instant, last: Instant) -> Outcome<Vec<Downtime>> {
        let Some(range) = Interval::new(first - 1, last + 1) else { return Ok(Vec::new()) };
        let kept = self.ledger.turning(first, last)?;
        let mut found: Vec<Downtime> = kept.iter().flat_map(|kept| kept.downtimes(range)).collect();
        found.extend(self.of_rules(self.rules.all(range)?, None, range)?);
        found.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Every downtime by itself there ever was, on these hosts if any are named, and the occurrences that overlap `near`.
    pub fn around(&self, hosts: Option<&BTreeSet<&str>>, near: Interval) -> Outcome<Vec<Downtime>> {
        let (kept, rules) = match hosts {
            Some(hosts) => (self.ledger.on_hosts(hosts, Instant::BEGINNING)?, self.rules.on_hosts(hosts, near)?),
            None => (self.ledger.all()?, self.rules.all(near)?),
        };
        let mut found: Vec<Downtime> = kept.iter().flat_map(|kept| kept.downtimes(near)).collect();
        found.extend(self.of_rules(rules, hosts, near)?);
        found.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// A series or rule as a whole; `None` if there is none of this id.
    pub fn whole(&self, id: &DowntimeId, now: Instant) -> Outcome<Option<Whole>> {
        if !id.is_of_rule() {
            return Ok(match self.ledger.get(id)? {
                Some(Kept::Series(series)) => Some(series.whole(now)),
                _ => None,
            });
        }
        let Some(plan) = self.rules.plan(id, now)? else { return Ok(None) };
        let (running, next) = (self.running(id, now)?.pop(), self.coming(id, now, 1)?.pop());
        let (mut last, mut back) = (None, AROUND);
        while running.is_none() && next.is_none() && last.is_none() && now - back / 4 > plan.recurrence.first.start() {
            let past = self.of_rule(id, now - back, now)?;
            last = past.into_iter().rfind(|occurrence| occurrence.state(now) == State::Completed);
            back *= 4;
        }
        let shown = running.clone().or_else(|| next.clone()).or(last);
        let shown = shown.unwrap_or_else(|| {
            let recurrence = &plan.recurrence;
            let source = Source {
                id: id.clone(),
                kind: Kind::Fixed,
                origin: Origin::Rule,
                author: String::new(),
                entry_time: recurrence.first.start(),
            };
            let first = Occurrence { nominal: recurrence.first_nominal(), window: recurrence.first };
            plan.downtime(&source, &first, &[])
        });
        Ok(Some(Whole { id: id.clone(), plan, running, next, shown }))
    }

    /// The occurrences of a series or rule that are running, whether the rule is still declared or not.
    pub fn running(&self, id: &DowntimeId, now: Instant) -> Outcome<Vec<Downtime>> {
        let Some(range) = Interval::new(now, now + 1) else { return Ok(Vec::new()) };
        let mut found = self.occurrences(id, range)?;
        found.retain(|occurrence| matches!(occurrence.state(now), State::Active | State::Standby));
        Ok(found)
    }

    /// Occurrences of a series or rule that start after `time`, nearest first, but those left out or cancelled.
    pub fn coming(&self, id: &DowntimeId, time: Instant, count: usize) -> Outcome<Vec<Downtime>> {
        if !id.is_of_rule() {
            return Ok(match self.ledger.get(id)? {
                Some(Kept::Series(series)) => series.coming(time, count),
                _ => Vec::new(),
            });
        }
        let mut found = Vec::new();
        let between = |after: Instant, before: Instant| -> Outcome<Vec<Downtime>> {
            let mut found = self.of_rule(id, after, before)?;
            let is_between = |start: Instant| start > after && start < before;
            found.retain(|occurrence| is_between(occurrence.window.start()) && occurrence.state(time).is_open());
            Ok(found)
        };
        let newest = self.rules.newest().unwrap_or(time);
        let (mut after, mut ahead) = (time, AROUND);
        // By the versions that count before the newest does.
        while after + 1 < newest && found.len() < count {
            let before = newest.min(after + ahead);
            found.extend(between(after, before)?);
            (after, ahead) = (before - 1, ahead * 4);
        }
        if found.len() < count
            && let Some(plan) = self.rules.plan(id, after + 1)?
        {
            // Of so many, enough are left when all that was ever touched is not.
            let enough = count + self.ledger.exceptions(id)?.touched.ids().count();
            if let Some(last) = plan.recurrence.starting(after + 1).take(enough).last() {
                found.extend(between(after, last.window.start() + 1)?);
            }
        }
        found.truncate(count);
        Ok(found)
    }

    /// The occurrences of a series or rule that overlap `range`, by their starts, those left out or cancelled included.
    pub fn occurrences(&self, id: &DowntimeId, range: Interval) -> Outcome<Vec<Downtime>> {
        if id.is_of_rule() {
            return self.of_rule(id, range.start(), range.end());
        }
        Ok(match self.ledger.get(id)? {
            Some(Kept::Series(series)) => series.occurrences(range),
            _ => Vec::new(),
        })
    }

    /// Who stopped a rule, and when, if it is stopped.
    pub fn stopped(&self, rule: &DowntimeId) -> Outcome<Option<Release>> {
        Ok(self.ledger.exceptions(rule)?.stopped().cloned())
    }

    /// The occurrences of a rule that were changed alone, are nominally to come, and are none any more.
    pub fn lost(&self, rule: &DowntimeId, now: Instant) -> Outcome<Vec<DowntimeId>> {
        let mut lost = Vec::new();
        let exceptions = self.ledger.exceptions(rule)?;
        for id in exceptions.touched.ids().filter(|id| exceptions.touched.stands(id)) {
            let is_to_come = match id.nominal() {
                Some(Nominal::Local(local)) => Instant(local.and_utc().timestamp()) > now,
                Some(Nominal::Utc(instant)) => instant > now,
                None => false,
            };
            if is_to_come && self.get(id)?.is_none() {
                lost.push(id.clone());
            }
        }
        Ok(lost)
    }

    /// The occurrences of a series or rule that were changed by themselves.
    pub fn touched(&self, id: &DowntimeId) -> Outcome<Vec<Downtime>> {
        let ids: Vec<DowntimeId> = if id.is_of_rule() {
            self.ledger.exceptions(id)?.touched.ids().cloned().collect()
        } else {
            match self.ledger.get(id)? {
                Some(Kept::Series(series)) => series.touched.ids().cloned().collect(),
                _ => Vec::new(),
            }
        };
        ids.iter().filter_map(|id| self.get(id).transpose()).collect()
    }

    /// The plan by which an occurrence of a series or rule goes that starts at `start`.
    pub fn plan_at(&self, id: &DowntimeId, start: Instant) -> Outcome<Option<Plan>> {
        if id.is_of_rule() {
            return self.rules.plan(id, start);
        }
        Ok(match self.ledger.get(id)? {
            Some(Kept::Series(series)) => Some(series.plan_at(start).clone()),
            _ => None,
        })
    }

    /// The rules that there are at `now`: those alone, if hosts are named, that may hold one of these or a service of one.
    pub fn rules_on(&self, hosts: Option<&BTreeSet<&str>>, now: Instant) -> Outcome<BTreeSet<DowntimeId>> {
        let all: BTreeSet<DowntimeId> = self.rules.names(now)?.into_iter().collect();
        let Some(hosts) = hosts else { return Ok(all) };
        let present = Interval::new(now, now + 1);
        let running = present.map(|present| self.rules.on_hosts(hosts, present)).transpose()?.unwrap_or_default();
        // An occurrence may have been given a host that its rule is not for.
        let excepted = self.ledger.head.excepted.keys().cloned();
        let named = self.rules.covering(hosts, now)?.into_iter().chain(excepted);
        Ok(named.chain(running.iter().map(|it| it.id.root())).filter(|rule| all.contains(rule)).collect())
    }

    /// The occurrences of all rules that overlap `range`, after all that was done to single ones.
    pub fn all_of_rules(&self, range: Interval) -> Outcome<Vec<Downtime>> {
        self.of_rules(self.rules.all(range)?, None, range)
    }

    /// The occurrences of a rule in a time, by their starts, after all that was done to single ones.
    pub fn of_rule(&self, rule: &DowntimeId, since: Instant, until: Instant) -> Outcome<Vec<Downtime>> {
        let Some(range) = Interval::new(since, until) else { return Ok(Vec::new()) };
        let mut found = self.of_rules(self.rules.of(rule, range)?, None, range)?;
        found.retain(|occurrence| occurrence.id.root() == *rule);
        found.sort_by_key(|occurrence| occurrence.window.start());
        Ok(found)
    }

    /// What follows from rules after all that was done to single occurrences.
    fn of_rules(&self, base: Vec<Downtime>, hosts: Option<&BTreeSet<&str>>, range: Interval) -> Outcome<Vec<Downtime>> {
        let head = &self.ledger.head;
        if head.excepted.is_empty() {
            return Ok(base);
        }
        let mut exceptions: BTreeMap<DowntimeId, Exceptional> = BTreeMap::new();
        let mut computed: BTreeSet<DowntimeId> = base.iter().map(|occurrence| occurrence.id.clone()).collect();
        let reaching =
            head.excepted.iter().filter(|(_, latest)| **latest > range.start()).map(|(rule, _)| rule.clone());
        for rule in computed.iter().map(DowntimeId::root).chain(reaching) {
            if !exceptions.contains_key(&rule) {
                exceptions.insert(rule.clone(), self.ledger.exceptions(&rule)?);
            }
        }
        // What was moved goes by what counts when it begins.
        let moved = |id: &DowntimeId| exceptions.get(&id.root()).and_then(|it| it.touched.start_of(id)).is_some();
        computed.retain(|id| !moved(id));
        let applied = |occurrence: Downtime| {
            let exceptions = exceptions.get(&occurrence.id.root())?;
            exceptions.applied(occurrence).filter(|occurrence| computed.contains(&occurrence.id))
        };
        let mut found: Vec<Downtime> = base.into_iter().filter_map(applied).collect();
        for exceptions in exceptions.values() {
            for id in exceptions.touched.ids().filter(|id| !computed.contains(*id)) {
                let Some(nominal) = id.nominal() else { continue };
                found.extend(exceptions.occurrence(nominal, self.rules)?);
            }
        }
        if let Some(hosts) = hosts {
            for occurrence in &mut found {
                occurrence.holdings.retain(|holding| hosts.contains(holding.target.host.as_str()));
            }
        }
        found.retain(|occurrence| !occurrence.holdings.is_empty() && occurrence.overlaps(range));
        Ok(found)
    }
}
