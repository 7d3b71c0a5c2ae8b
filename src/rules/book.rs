//! The occurrences of all versions of the rules, each by the versions of rules and inventory that count when it starts.
//!
//! Nothing is walked that cannot matter: versions that end too early to reach the time asked for are not even read.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::epochs::{Epoch, Epochs};
use super::{Declared, Rule, Rules, changes};
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::operation::Revision;
use crate::downtime::plan::Source;
use crate::downtime::record::{Downtime, Kind, Origin};
use crate::downtime::recurrence::{Nominal, Occurrence, Recurrence};
use crate::downtime::story::RuleChange;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;
use crate::inventory::matching::Index;

/// A rule, and its targets on some hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covering {
    /// The rule.
    pub rule: Rule,
    /// Sorted, each once, never empty.
    pub targets: Vec<Target>,
}

/// Where versions are fetched from.
pub trait Shelf {
    /// The rules of a version.
    fn rules(&self, version: &Epoch) -> Outcome<Arc<Rules>>;

    /// The inventory of a version.
    fn inventory(&self, version: &Epoch) -> Outcome<Arc<Inventory>>;

    /// The index of the inventory of a version.
    fn index(&self, version: &Epoch) -> Outcome<Arc<Index>> {
        Ok(Arc::new(Index::of(&self.inventory(version)?)))
    }

    /// The rules that cover any of these hosts and are not disabled, with their targets there alone; those none of whose
    /// occurrences lasts as long as `least` seconds may be left out.
    fn covering(&self, rules: &Epoch, inventory: &Epoch, hosts: &BTreeSet<&str>, least: i64) -> Outcome<Vec<Covering>> {
        Ok(covering(&*self.rules(rules)?, &*self.inventory(inventory)?, hosts, least))
    }

    /// The rule of that name in a version, if it is not disabled.
    fn rule(&self, version: &Epoch, name: &str) -> Outcome<Option<Rule>> {
        let rules = self.rules(version)?;
        Ok(rules.get(name).filter(|declared| !declared.disabled).map(|declared| declared.rule.clone()))
    }
}

/// The rules of `rules` that cover any of these hosts by `inventory`, as [`Shelf::covering`] tells them.
pub fn covering(rules: &Rules, inventory: &Inventory, hosts: &BTreeSet<&str>, least: i64) -> Vec<Covering> {
    let covering = |declared: &Declared| {
        let targets = hosts.iter().flat_map(|host| declared.matching.targets_on(host, inventory));
        let targets: Vec<Target> = targets.collect();
        (!targets.is_empty()).then(|| Covering { rule: declared.rule.clone(), targets })
    };
    let long = rules.enabled().filter(|declared| declared.rule.plan.recurrence.longest() >= least);
    long.filter_map(covering).collect()
}

/// The versions of rules and inventory, and where they are fetched from.
#[derive(Debug)]
pub struct Book<S> {
    shelf: S,
    rules: Epochs,
    inventories: Epochs,
}

/// A time in which one version of the rules and one of the inventory count.
#[derive(Debug, Clone, Copy)]
struct Stretch<'b> {
    rules: &'b Epoch,
    inventory: &'b Epoch,
    /// Occurrences that start in it are asked for.
    starts: Interval,
}

/// What one nominal local start means in two zones, or before and after a gap, does not lie further apart: offsets go from
/// -18:00 to +18:00, and gaps up to a day.
const APART: i64 = 3 * 86_400;

impl<S: Shelf> Book<S> {
    /// The book of these versions.
    pub const fn new(shelf: S, rules: Epochs, inventories: Epochs) -> Self {
        Self { shelf, rules, inventories }
    }

    /// Where versions are fetched from.
    pub const fn shelf(&self) -> &S {
        &self.shelf
    }

    /// The occurrences that overlap `range` and hold something on this host, with their targets on it alone, by id.
    pub fn on_host(&self, host: &str, range: Interval) -> Outcome<Vec<Downtime>> {
        self.on_hosts(&BTreeSet::from([host]), range)
    }

    /// The occurrences that overlap `range` and hold something on these hosts, with their targets on them alone, by id.
    pub fn on_hosts(&self, hosts: &BTreeSet<&str>, range: Interval) -> Outcome<Vec<Downtime>> {
        let mut found = Vec::new();
        for stretch in self.stretches(range)? {
            let least = range.start() - stretch.starts.end() + 2;
            for Covering { rule, targets } in self.shelf.covering(stretch.rules, stretch.inventory, hosts, least)? {
                for occurrence in self.within(&rule, &stretch, range)? {
                    found.push(downtime(&rule, stretch.rules, &occurrence, &targets));
                }
            }
        }
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// The occurrences that overlap `range`, with all their targets, by id; those that hold nothing are left out.
    pub fn all(&self, range: Interval) -> Outcome<Vec<Downtime>> {
        let mut found = Vec::new();
        for stretch in self.stretches(range)? {
            for declared in self.shelf.rules(stretch.rules)?.enabled() {
                let occurrences = self.within(&declared.rule, &stretch, range)?;
                if occurrences.is_empty() {
                    continue;
                }
                let targets = self.shelf.index(stretch.inventory)?.targets(&declared.matching);
                let downtimes =
                    occurrences.iter().map(|occurrence| downtime(&declared.rule, stretch.rules, occurrence, &targets));
                found.extend(downtimes.filter(|downtime| !downtime.holdings.is_empty()));
            }
        }
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// The occurrences of one rule that overlap `range`, with all their targets, by id.
    pub fn of(&self, name: &str, range: Interval) -> Outcome<Vec<Downtime>> {
        let mut found = Vec::new();
        for stretch in self.stretches(range)? {
            let rules = self.shelf.rules(stretch.rules)?;
            let Some(declared) = rules.get(name).filter(|declared| !declared.disabled) else { continue };
            let occurrences = self.within(&declared.rule, &stretch, range)?;
            if !occurrences.is_empty() {
                let targets = self.shelf.index(stretch.inventory)?.targets(&declared.matching);
                let downtimes =
                    occurrences.iter().map(|occurrence| downtime(&declared.rule, stretch.rules, occurrence, &targets));
                found.extend(downtimes.filter(|downtime| !downtime.holdings.is_empty()));
            }
        }
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// The occurrence of a rule with that nominal start, with all its targets, which may be none; `None` if no version
    /// that counts then has it. Then is when it begins: at `moved`, if it was moved.
    pub fn occurrence(&self, name: &str, nominal: Nominal, moved: Option<Instant>) -> Outcome<Option<Downtime>> {
        let about = match nominal {
            Nominal::Utc(instant) => instant,
            Nominal::Local(local) => Instant(local.and_utc().timestamp()),
        };
        let around = match moved {
            Some(start) => Interval::new(start, start + 1),
            None => Interval::new(about - APART, about + APART),
        };
        let Some(around) = around else { return Ok(None) };
        for version in self.rules.within(around) {
            let rules = self.shelf.rules(version)?;
            let Some(declared) = rules.get(name).filter(|declared| !declared.disabled) else { continue };
            let Some(occurrence) = declared.rule.plan.recurrence.at(nominal) else { continue };
            let start = moved.unwrap_or(occurrence.window.start());
            if version.span.contains(start) {
                let targets = self.targets_at(declared, start)?;
                return Ok(Some(downtime(&declared.rule, version, &occurrence, &targets)));
            }
        }
        Ok(None)
    }

    /// The occurrences of a rule that start at `from` or later, in order, at most so many, with all their targets: by
    /// today's rules and inventory as far as they lie ahead.
    pub fn coming(&self, name: &str, from: Instant, most: usize) -> Outcome<Vec<Downtime>> {
        let mut coming = Vec::new();
        let Some(range) = Interval::new(from, Instant::END) else { return Ok(coming) };
        for version in self.rules.within(range) {
            let rules = self.shelf.rules(version)?;
            let Some(declared) = rules.get(name).filter(|declared| !declared.disabled) else { continue };
            let Some(starts) = version.span.intersection(range) else { continue };
            for occurrence in starting(&declared.rule.plan.recurrence, starts) {
                if coming.len() == most {
                    return Ok(coming);
                }
                if self.is_first(&declared.rule, version, &occurrence)? {
                    let targets = self.targets_at(declared, occurrence.window.start())?;
                    coming.push(downtime(&declared.rule, version, &occurrence, &targets));
                }
            }
        }
        Ok(coming)
    }

    /// The first occurrence after `time` of each rule that counts now, with all its targets, in the order of the files.
    pub fn next(&self, time: Instant) -> Outcome<Vec<Downtime>> {
        let Some(version) = self.rules.last() else { return Ok(Vec::new()) };
        let rules = self.shelf.rules(version)?;
        let mut next = Vec::new();
        for declared in rules.enabled() {
            next.extend(self.coming(&declared.rule.name, (time + 1).max(version.span.start()), 1)?);
        }
        Ok(next)
    }

    /// The rules that count at a time; none before there were any.
    pub fn rules(&self, time: Instant) -> Outcome<Arc<Rules>> {
        self.rules.at(time).map_or_else(|| Ok(Arc::default()), |version| self.shelf.rules(version))
    }

    /// The rule of that name that counts at a time, disabled or not.
    pub fn rule(&self, name: &str, time: Instant) -> Outcome<Option<Declared>> {
        Ok(self.rules(time)?.get(name).cloned())
    }

    /// What became of each rule by a revision, by name.
    pub fn changes(&self, before: Option<&Revision>, after: &Revision) -> Outcome<Vec<RuleChange>> {
        let rules = |revision: &Revision| {
            let span = Interval::new(revision.since, Instant::END);
            span.map_or_else(|| Ok(Arc::default()), |span| self.shelf.rules(&Epoch::of(revision, span)))
        };
        let before = before.map_or_else(|| Ok(Arc::default()), rules)?;
        Ok(changes::changes(&before, &*rules(after)?))
    }

    /// The rules that are for any of these hosts at a time and not disabled, with their targets there alone.
    pub fn covering(&self, hosts: &BTreeSet<&str>, at: Instant) -> Outcome<Vec<Covering>> {
        let (Some(rules), Some(inventory)) = (self.rules.at(at), self.inventories.at(at)) else {
            return Ok(Vec::new());
        };
        self.shelf.covering(rules, inventory, hosts, 0)
    }

    /// From when on the newest version of the rules counts.
    pub fn newest(&self) -> Option<Instant> {
        self.rules.last().map(|version| version.span.start())
    }

    /// Whether any version has a rule of that name.
    pub fn ever(&self, name: &str) -> Outcome<bool> {
        for version in self.rules.all() {
            if self.shelf.rules(version)?.get(name).is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The names of the rules that count at a time, in the order of the files.
    pub fn names(&self, time: Instant) -> Outcome<Vec<String>> {
        Ok(self.rules(time)?.all().iter().map(|declared| declared.rule.name.clone()).collect())
    }

    /// The inventory that counts at a time; nothing is declared before the first.
    pub fn inventory(&self, time: Instant) -> Outcome<Arc<Inventory>> {
        self.inventories.at(time).map_or_else(|| Ok(Arc::default()), |version| self.shelf.inventory(version))
    }

    /// What a rule would hold if it began at a time, sorted.
    pub fn targets_at(&self, declared: &Declared, time: Instant) -> Outcome<Vec<Target>> {
        let version = self.inventories.at(time);
        version.map_or_else(|| Ok(Vec::new()), |version| Ok(self.shelf.index(version)?.targets(&declared.matching)))
    }

    /// The times in which an occurrence that overlaps `range` may start, each with what counts then.
    fn stretches(&self, range: Interval) -> Outcome<Vec<Stretch<'_>>> {
        let mut stretches = Vec::new();
        for rules in self.rules.reaching(range) {
            let longest = match rules.longest {
                Some(longest) => longest,
                None => self.shelf.rules(rules)?.longest(),
            };
            let starts = Interval::new(range.start() - (longest - 1), range.end());
            let Some(starts) = starts.and_then(|starts| starts.intersection(rules.span)) else { continue };
            for inventory in self.inventories.within(starts) {
                let starts = inventory.span.intersection(starts);
                stretches.extend(starts.map(|starts| Stretch { rules, inventory, starts }));
            }
        }
        Ok(stretches)
    }

    /// The occurrences of a rule that start in a stretch and overlap `range`.
    fn within(&self, rule: &Rule, stretch: &Stretch<'_>, range: Interval) -> Outcome<Vec<Occurrence>> {
        let recurrence = &rule.plan.recurrence;
        let Some(starts) = stretch.starts.from(range.start() - (recurrence.longest() - 1)) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for occurrence in starting(recurrence, starts) {
            if occurrence.window.interval.overlaps(range) && self.is_first(rule, stretch.rules, &occurrence)? {
                found.push(occurrence);
            }
        }
        Ok(found)
    }

    /// Whether no earlier version had an occurrence of the same nominal start that began: with another zone it may have.
    fn is_first(&self, rule: &Rule, version: &Epoch, occurrence: &Occurrence) -> Outcome<bool> {
        let (Nominal::Local(_), since) = (occurrence.nominal, version.span.start()) else { return Ok(true) };
        let Some(before) = Interval::new(occurrence.window.start() - APART, since) else { return Ok(true) };
        for earlier in self.rules.within(before) {
            let same = self.shelf.rule(earlier, &rule.name)?;
            let began = same.and_then(|same| same.plan.recurrence.at(occurrence.nominal));
            if began.is_some_and(|began| earlier.span.contains(began.window.start())) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The occurrences that start in `starts`.
fn starting(recurrence: &Recurrence, starts: Interval) -> impl Iterator<Item = Occurrence> {
    let from = starts.start().max(recurrence.first.start());
    recurrence.starting(from).take_while(move |occurrence| occurrence.window.start() < starts.end())
}

/// The downtime that an occurrence of a rule is: entered when the version came to count, by its file.
fn downtime(rule: &Rule, version: &Epoch, occurrence: &Occurrence, targets: &[Target]) -> Downtime {
    let since = version.span.start();
    let source = Source {
        id: DowntimeId::of_rule(&rule.name),
        kind: Kind::Fixed,
        origin: Origin::Rule,
        author: rule.file.clone(),
        entry_time: if since < Instant::EARLIEST { occurrence.window.start() } else { since },
    };
    rule.plan.downtime(&source, occurrence, targets)
}
