//! Which objects TARGETs, `--host` and the selectors mean where downtimes are looked for.
//!
//! Unlike what is put in downtime, what is looked for need not be known any more: TARGETs and `--host` find the targets of
//! downtimes whatever became of them. Selectors look at today's inventory, and of a host that they select, the
//! downtimes of its services count as well.

use std::collections::BTreeSet;

use super::changing::Ground;
use super::filtering::Candidate;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::Inventory;
use crate::inventory::pattern::Pattern;
use crate::inventory::selection::{self, Known, Matcher, Unknown};
use crate::inventory::selectors::Selectors;

/// What TARGETs mean: known objects, and targets of downtimes.
pub struct Named {
    exact: BTreeSet<Target>,
    patterns: Vec<Matcher>,
}

impl Named {
    /// Reads the TARGETs; none of them means every object.
    ///
    /// # Errors
    /// `Usage`, `UnknownHost`, `UnknownService` and `EmptySelection` as [`selection::select`], but not for what some
    /// downtime has as a target.
    fn parse(texts: &[String], ground: Ground<'_>, unknown: Unknown) -> Outcome<Self> {
        let known = ground.objects();
        let mut named = Self { exact: BTreeSet::new(), patterns: Vec::new() };
        for text in texts {
            let literal = Target::parse(text);
            let held = ground.state.on_host(&literal.host, Instant::BEGINNING)?;
            if known.contains(&literal)? || held.iter().any(|kept| kept.targets().any(|it| *it == literal)) {
                named.exact.insert(literal);
                continue;
            }
            let selected = selection::select(std::slice::from_ref(text), &known, unknown);
            let matcher = Matcher::parse(text)?;
            if let Err(failure) = selected {
                let targeted = |kept: &Kept| kept.targets().any(|target| matcher.matches(target));
                if failure.kind != Kind::EmptySelection || !ground.state.all()?.iter().any(targeted) {
                    return Err(failure);
                }
            }
            named.patterns.push(matcher);
        }
        Ok(named)
    }

    fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.patterns.is_empty()
    }

    fn admits(&self, target: &Target) -> bool {
        self.is_empty() || self.exact.contains(target) || self.patterns.iter().any(|pattern| pattern.matches(target))
    }

    /// The hosts that can be meant, if they can be named.
    fn hosts(&self) -> Option<Vec<&str>> {
        let exact = self.exact.iter().map(|target| Some(target.host.as_str()));
        exact.chain(self.patterns.iter().map(Matcher::only_host)).collect()
    }

    /// The objects that are named in full.
    fn literals(&self) -> impl Iterator<Item = Target> {
        self.exact.iter().cloned().chain(self.patterns.iter().filter_map(Matcher::only))
    }
}

/// TARGETs, hosts and selectors, read; an object must be meant by each.
pub struct Narrowing<'a> {
    ground: Ground<'a>,
    named: Named,
    hosts: Vec<Pattern>,
    selectors: Selectors,
    inherited: bool,
}

impl<'a> Narrowing<'a> {
    /// Reads them. `inherited`: of services, the downtimes of their hosts count too.
    ///
    /// # Errors
    /// As for TARGETs everywhere; `Usage` for a pattern that cannot be read.
    pub fn parse(
        ground: Ground<'a>,
        (targets, unknown): (&[String], Unknown),
        hosts: &[String],
        selectors: Selectors,
        inherited: bool,
    ) -> Outcome<Self> {
        let hosts = hosts.iter().map(|text| Pattern::parse(text)).collect::<Outcome<_>>()?;
        Ok(Self { ground, named: Named::parse(targets, ground, unknown)?, hosts, selectors, inherited })
    }

    /// What may be meant, without reading the rest where hosts are named in full, or `keys`: downtimes by themselves, with
    /// either the occurrences that overlap a time, or each series and rule as a whole as it stands at `now`.
    pub fn candidates(&self, keys: &[String], occurrences: Option<Interval>, now: Instant) -> Outcome<Vec<Candidate>> {
        let (state, agenda) = (self.ground.state, self.ground.agenda());
        let hosts: Option<BTreeSet<&str>> = self.literal_hosts().map(|hosts| hosts.into_iter().collect());
        if let Some(range) = occurrences {
            let keyed = |downtime: &Downtime| {
                keys.is_empty() || downtime.terms.key.as_ref().is_some_and(|key| keys.contains(key))
            };
            let found = agenda.around(hosts.as_ref(), range)?;
            return Ok(found.into_iter().filter(keyed).map(Candidate::from).collect());
        }
        let kept = match (&hosts, keys) {
            (Some(hosts), _) => state.on_hosts(hosts, Instant::BEGINNING)?,
            (None, []) => state.all()?,
            (None, keys) => {
                let keys: BTreeSet<&String> = keys.iter().collect();
                let mut found = keys.into_iter().map(|key| state.with_key(key)).collect::<Outcome<Vec<_>>>()?.concat();
                found.sort_unstable_by(|left, right| left.id().cmp(right.id()));
                found
            }
        };
        let mut candidates: Vec<Candidate> = kept
            .into_iter()
            .filter_map(|kept| match kept {
                Kept::Downtime(downtime) => Some(Candidate::from(*downtime)),
                Kept::Series(series) => Some(Candidate::from(series.whole(now))),
                Kept::Rule(_) => None,
            })
            .collect();
        // A rule has no key.
        if keys.is_empty() {
            for rule in &agenda.rules_on(hosts.as_ref(), now)? {
                candidates.extend(agenda.whole(rule, now)?.map(Candidate::from));
            }
            let rules = agenda.rules.names(now)?;
            // What runs of a rule that is declared no more goes on.
            let present = Interval::new(now, now + 1);
            let running = present.map(|present| agenda.all_of_rules(present)).transpose()?.unwrap_or_default();
            candidates.extend(running.into_iter().filter(|it| !rules.contains(&it.id.root())).map(Candidate::from));
        }
        Ok(candidates)
    }

    /// The occurrences of those series and rules that somebody left out or cancelled by themselves.
    pub fn taken_out(&self, of: &[Candidate], now: Instant) -> Outcome<Vec<Candidate>> {
        let mut found = Vec::new();
        for whole in of.iter().filter_map(|candidate| candidate.whole.as_ref()) {
            let touched = self.ground.agenda().touched(&whole.id)?;
            found.extend(touched.into_iter().filter(|it| matches!(it.state(now), State::Skipped | State::Cancelled)));
        }
        Ok(found.into_iter().map(Candidate::from).collect())
    }

    /// The hosts on which everything meant is, if they are named in full.
    fn literal_hosts(&self) -> Option<Vec<&str>> {
        let by_option = || self.hosts.iter().map(Pattern::literal).collect::<Option<Vec<_>>>();
        match (self.hosts.is_empty(), self.named.is_empty()) {
            // Children are on hosts that nobody named.
            _ if self.selectors.children.is_some() => None,
            (true, true) => None,
            (true, false) => self.named.hosts(),
            (false, true) => by_option(),
            (false, false) => by_option().or_else(|| self.named.hosts()),
        }
    }

    /// The services that TARGETs name in full, if nothing but TARGETs narrows: each may be covered by its host.
    pub fn literal_services(&self) -> Vec<Target> {
        let plain = self.hosts.is_empty() && self.selectors.is_empty() && !self.inherited;
        let services = self.named.literals().filter(|target| plain && target.service.is_some());
        services.collect()
    }

    /// Works out what is meant among the targets of downtimes.
    pub fn meant<'t>(self, targets: impl IntoIterator<Item = &'t Target>) -> Outcome<Meant<'a>> {
        let chosen = if self.selectors.is_empty() && !self.inherited {
            None
        } else {
            let targets: BTreeSet<&Target> = targets.into_iter().collect();
            Some(self.choose(targets.into_iter().cloned().collect(), true)?)
        };
        Ok(Meant { narrowing: self, chosen })
    }

    /// What the selectors leave of `targets` and, where more than these can matter, of all known objects.
    fn choose(&self, targets: BTreeSet<Target>, by_host: bool) -> Outcome<Chosen> {
        let selectors = &self.selectors;
        let known = self.ground.objects();
        let asks_more = selectors.has_conditions() || selectors.on_host || selectors.children.is_some();
        let (mut objects, nothing) = (targets, Inventory::default());
        objects.extend(self.named.literals());
        let mut inventory = &nothing;
        if asks_more || self.inherited || !by_host {
            objects.extend(known.objects()?);
            inventory = known.inventory()?;
        }
        let own_hosts: Vec<Target> = objects.iter().map(Target::own_host).collect();
        objects.extend(own_hosts);
        // Unless it is named, an object that is not declared is not what conditions on the inventory ask for.
        let declared = |object: &Target| !self.named.is_empty() || inventory.hosts.contains_key(&object.host);
        let base: BTreeSet<Target> = objects
            .iter()
            .filter(|object| self.named.admits(object) && (!by_host || self.admits_host(&object.host)))
            .filter(|object| !selectors.has_conditions() || declared(object))
            .cloned()
            .collect();
        let by_themselves = Selectors { children: None, ..selectors.clone() };
        let whole_hosts = self.named.is_empty() && selectors.services.is_empty() && !selectors.on_host;
        let mut children = BTreeSet::new();
        let chosen = selectors.apply(Some(base.clone()), inventory, &objects);
        if whole_hosts && selectors.children.is_some() {
            let before = by_themselves.apply(Some(base), inventory, &objects);
            let added = chosen.difference(&before).filter(|object| object.service.is_none());
            children.extend(added.map(|host| host.host.clone()));
        }
        let services = chosen.iter().filter(|object| self.inherited && object.service.is_some());
        let covering = services.map(|service| service.host.clone()).collect();
        Ok(Chosen { objects: chosen, children, covering })
    }

    fn admits_host(&self, host: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|pattern| pattern.matches(host))
    }
}

/// What selectors come to.
struct Chosen {
    objects: BTreeSet<Target>,
    /// Hosts that came in as children, with their services.
    children: BTreeSet<String>,
    /// Hosts of services that are meant, whose downtimes cover these.
    covering: BTreeSet<String>,
}

/// Which objects are meant.
pub struct Meant<'a> {
    narrowing: Narrowing<'a>,
    chosen: Option<Chosen>,
}

impl Meant<'_> {
    /// Whether an object is meant.
    pub fn admits(&self, target: &Target) -> bool {
        match &self.chosen {
            None => self.narrowing.named.admits(target) && self.narrowing.admits_host(&target.host),
            Some(chosen) => {
                chosen.objects.contains(target)
                    || chosen.children.contains(&target.host)
                    || (target.service.is_none() && chosen.covering.contains(&target.host))
            }
        }
    }

    /// Refuses selectors that select no object at all, known or target of a downtime: a slip, most likely.
    ///
    /// # Errors
    /// `EmptySelection`.
    pub fn refuse_no_object(&self) -> Outcome<()> {
        let nothing = self.chosen.as_ref().is_some_and(|chosen| chosen.objects.is_empty());
        if nothing
            && !self.narrowing.selectors.is_empty()
            && self.narrowing.choose(BTreeSet::new(), false)?.objects.is_empty()
        {
            let Narrowing { ground, named, selectors, .. } = &self.narrowing;
            let named = (!named.is_empty()).then(|| named.literals().collect());
            return Err(selectors.nothing_left(named, ground.objects().inventory()?));
        }
        Ok(())
    }

    /// Refuses what comes to every declared host, or to any host at all where none is declared, unless each is named in
    /// full: a slip must not end everything.
    ///
    /// # Errors
    /// `Everything`.
    pub fn refuse_everything(&self) -> Outcome<()> {
        let Narrowing { ground, hosts, selectors, .. } = &self.narrowing;
        if self.narrowing.literal_hosts().is_some() {
            return Ok(());
        }
        let declared = ground.objects().declared_hosts()?;
        // No host has this name: it ends in a code point that will never be a character (Unicode 23.7).
        let every_name = |pattern: &Pattern| pattern.matches("\u{10ffff}");
        let (every, what) = if declared.is_empty() {
            (selectors.is_empty() && hosts.iter().any(every_name), "that is every host there is".to_owned())
        } else {
            let all = declared.iter().all(|host| self.admits(&Target::host(host)));
            (all, format!("that is every one of the {} hosts of the inventory", declared.len()))
        };
        if every {
            return Err(Failure::new(Kind::Everything, what).hint("if that is what you mean, add --everything"));
        }
        Ok(())
    }
}
