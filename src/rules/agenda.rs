//! The book of the rules as the agenda of a store asks it.

use std::collections::BTreeSet;

use super::book::{Book, Shelf};
use crate::clock::Instant;
use crate::downtime::agenda::Rules;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::operation::Revision;
use crate::downtime::plan::Plan;
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::Nominal;
use crate::downtime::story::RuleChange;
use crate::failure::Outcome;

impl<S: Shelf> Rules for Book<S> {
    fn on_hosts(&self, hosts: &BTreeSet<&str>, range: Interval) -> Outcome<Vec<Downtime>> {
        self.on_hosts(hosts, range)
    }

    fn all(&self, range: Interval) -> Outcome<Vec<Downtime>> {
        self.all(range)
    }

    fn occurrence(&self, rule: &DowntimeId, nominal: Nominal, moved: Option<Instant>) -> Outcome<Option<Downtime>> {
        let found = self.occurrence(rule.as_str(), nominal, moved)?;
        Ok(found.filter(|occurrence| !occurrence.holdings.is_empty()))
    }

    fn of(&self, rule: &DowntimeId, range: Interval) -> Outcome<Vec<Downtime>> {
        self.of(rule.as_str(), range)
    }

    fn plan(&self, rule: &DowntimeId, at: Instant) -> Outcome<Option<Plan>> {
        Ok(self.rule(rule.as_str(), at)?.map(|declared| declared.rule.plan))
    }

    fn covering(&self, hosts: &BTreeSet<&str>, at: Instant) -> Outcome<Vec<DowntimeId>> {
        let mut rules: Vec<DowntimeId> =
            self.covering(hosts, at)?.iter().map(|covering| DowntimeId::of_rule(&covering.rule.name)).collect();
        rules.sort_unstable();
        Ok(rules)
    }

    fn newest(&self) -> Option<Instant> {
        self.newest()
    }

    fn ever(&self, rule: &DowntimeId) -> Outcome<bool> {
        self.ever(rule.as_str())
    }

    fn changes(&self, before: Option<&Revision>, after: &Revision) -> Outcome<Vec<RuleChange>> {
        self.changes(before, after)
    }

    fn names(&self, at: Instant) -> Outcome<Vec<DowntimeId>> {
        let mut names: Vec<DowntimeId> = self.names(at)?.iter().map(|name| DowntimeId::of_rule(name)).collect();
        names.sort_unstable();
        Ok(names)
    }
}
