//! A downtime that repeats: one record, from which its occurrences are computed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::holding::{Holding, Release};
use super::id::DowntimeId;
use super::interval::{self, Interval};
use super::plan::{Plan, Source};
use super::record::{self, Downtime};
use super::recurrence::{Nominal, Occurrence, Recurrence, Until};
use super::state::State;
use super::target::Target;
use super::touched::{Change, Touched};
use super::whole::Whole;
use crate::clock::Instant;

/// A downtime that repeats.
///
/// An occurrence takes what counts at its start: the plan of the newest version of that time, and the targets that the
/// series holds then. What was done to a single one is kept apart, and does not carry over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Where it comes from.
    pub source: Source,
    /// What counts from when on, oldest first; never empty.
    pub versions: Vec<Version>,
    /// The first occurrence, if it was a downtime by itself before it was repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Box<Downtime>>,
    /// What was done to single occurrences.
    #[serde(default, skip_serializing_if = "Touched::is_empty")]
    pub touched: Touched,
    /// Of a part of it, when it holds what is not in this part.
    #[serde(skip)]
    pub elsewhere: Vec<Interval>,
    /// Its targets, sorted, each once, with the time in which occurrences that begin take them.
    pub holdings: Vec<Holding>,
}

/// A plan, and the first start that it counts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Occurrences that start at this instant or later, and before the next version, go by it.
    pub since: Instant,
    /// The plan.
    pub plan: Plan,
}

/// For ever, as far as a series goes.
const FOREVER: (Instant, Instant) = (Instant::BEGINNING, Instant::END);

impl Series {
    /// A series that was never anything else.
    pub fn new(source: Source, plan: Plan, targets: impl IntoIterator<Item = Target>) -> Self {
        let always = Interval::new(FOREVER.0, FOREVER.1);
        Self {
            source,
            versions: vec![Version { since: Instant::BEGINNING, plan }],
            first: None,
            touched: Touched::default(),
            elsewhere: Vec::new(),
            holdings: targets.into_iter().map(|target| Holding::of(target, always)).collect(),
        }
    }

    /// The series of which this downtime is the first occurrence from now on.
    pub fn begun_by(downtime: &Downtime, recurrence: Recurrence, now: Instant) -> Self {
        let source = Source {
            id: downtime.id.clone(),
            kind: downtime.kind,
            origin: downtime.origin,
            author: downtime.author.clone(),
            entry_time: downtime.entry_time,
        };
        let always = Interval::new(FOREVER.0, FOREVER.1);
        let member = |holding: &Holding| Holding {
            released: holding.released.clone(),
            ..Holding::of(holding.target.clone(), always.filter(|_| holding.released.is_none()))
        };
        let id = downtime.id.occurrence(recurrence.first_nominal());
        // One that has not begun goes by what counts when it does, as all others.
        let first = (downtime.window.start() < now).then(|| Box::new(Downtime { id, ..downtime.clone() }));
        Self {
            source,
            versions: vec![Version { since: now, plan: Plan { terms: downtime.terms.clone(), recurrence } }],
            first,
            touched: Touched::default(),
            elsewhere: Vec::new(),
            holdings: downtime.holdings.iter().map(member).collect(),
        }
    }

    /// Its id.
    pub const fn id(&self) -> &DowntimeId {
        &self.source.id
    }

    /// The first occurrence, if it was a downtime by itself at `time` still.
    pub fn first_before(&self, time: Instant) -> Option<&Downtime> {
        self.first.as_deref().filter(|_| time <= self.versions[0].since)
    }

    /// The plan that counts now.
    pub fn plan(&self) -> &Plan {
        // There is always one.
        &self.versions[self.versions.len() - 1].plan
    }

    /// The plan that counts for occurrences that start at `start`.
    pub fn plan_at(&self, start: Instant) -> &Plan {
        let version = self.versions.iter().rfind(|version| version.since <= start).unwrap_or(&self.versions[0]);
        &version.plan
    }

    /// The targets, past ones included.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.holdings.iter().map(|holding| &holding.target)
    }

    /// The targets that occurrences to come take.
    pub fn held(&self) -> impl Iterator<Item = &Target> {
        self.holdings.iter().filter(|holding| holding.released.is_none()).map(|holding| &holding.target)
    }

    /// Who took the last target away, and when, if none is left.
    pub fn ended(&self) -> Option<&Release> {
        let releases = || self.holdings.iter().map(|holding| holding.released.as_ref());
        releases().all(|release| release.is_some()).then(|| releases().flatten().max_by_key(|release| release.at))?
    }

    /// The same with its targets on one host alone.
    #[must_use]
    pub fn part_on(&self, host: &str) -> Self {
        let (holdings, others): (Vec<Holding>, Vec<Holding>) =
            self.holdings.iter().cloned().partition(|holding| holding.target.host == host);
        let first = self.first.as_ref().map(|first| Box::new(first.part_on(host)));
        let elsewhere = self.elsewhere.iter().copied().chain(others.into_iter().flat_map(|other| other.spans));
        Self { first, elsewhere: interval::union(elsewhere), holdings, ..self.clone() }
    }

    /// Whether a target of it, or of one of its occurrences, is one of these hosts or a service of one.
    pub fn is_on(&self, hosts: &BTreeSet<&str>) -> bool {
        self.hosts().iter().any(|host| hosts.contains(host))
    }

    /// The hosts of all targets that it or one of its occurrences ever had.
    pub fn hosts(&self) -> BTreeSet<&str> {
        let own = self.targets().map(|target| target.host.as_str());
        let first = self.first.iter().flat_map(|first| first.targets()).map(|target| target.host.as_str());
        own.chain(first).chain(self.touched.hosts()).collect()
    }

    /// No occurrence ends later than this: for an index that leaves out what is over.
    pub fn latest_end(&self) -> Instant {
        let held_until = |holding: &Holding| holding.spans.last().map_or(Instant::BEGINNING, |span| span.end());
        let last_start = self.holdings.iter().map(held_until).max().unwrap_or(Instant::BEGINNING);
        let ends = self.versions.iter().map(|version| {
            let recurrence = &version.plan.recurrence;
            let by_target = last_start + recurrence.longest();
            recurrence.end().map_or(by_target, |end| end.min(by_target))
        });
        let first = self.first.as_ref().map(|first| first.latest_end().max(first.window.end()));
        ends.chain(first).chain(self.touched.latest_end()).max().unwrap_or(Instant::BEGINNING)
    }

    /// The starts that the version at `place` counts for.
    fn reign(&self, place: usize) -> Option<Interval> {
        let next = self.versions.get(place + 1).map_or(Instant::END, |next| next.since);
        Interval::new(self.versions[place].since, next)
    }

    /// The occurrence of that nominal start that a version at or before `place` makes: the one that starts first is it.
    fn made(&self, nominal: Nominal, places: std::ops::Range<usize>) -> Option<(usize, Occurrence)> {
        places.into_iter().find_map(|place| {
            let occurrence = self.versions[place].plan.recurrence.at(nominal)?;
            self.reign(place)?.contains(self.start_of(&occurrence)).then_some((place, occurrence))
        })
    }

    /// When an occurrence begins, which may have been moved.
    fn start_of(&self, occurrence: &Occurrence) -> Instant {
        let computed = occurrence.window.start();
        if self.touched.is_empty() {
            return computed;
        }
        self.touched.start_of(&self.id().occurrence(occurrence.nominal)).unwrap_or(computed)
    }

    /// An occurrence after all that was done to it, unless nothing was held when it began.
    fn downtime(&self, place: usize, occurrence: &Occurrence) -> Option<Downtime> {
        let start = self.start_of(occurrence);
        let base = self.base(place, occurrence, start);
        let is_held = !base.holdings.is_empty() || self.elsewhere.iter().any(|span| span.contains(start));
        Some(self.touched.applied(base)).filter(|made| is_held && !made.holdings.is_empty())
    }

    /// An occurrence as it would be if nothing had been done to it but that it begins at `start`.
    fn base(&self, place: usize, occurrence: &Occurrence, start: Instant) -> Downtime {
        let held = |holding: &&Holding| holding.spans.iter().any(|span| span.contains(start));
        let targets: Vec<Target> = self.holdings.iter().filter(held).map(|holding| holding.target.clone()).collect();
        self.versions[place].plan.downtime(&self.source, occurrence, &targets)
    }

    /// The occurrence with this nominal start, after all that was done to it; `None` if there is none.
    pub fn occurrence(&self, nominal: Nominal) -> Option<Downtime> {
        let id = self.id().occurrence(nominal);
        if let Some(first) = self.first.as_ref().filter(|first| first.id == id) {
            return Some(self.touched.applied((**first).clone()));
        }
        let (place, occurrence) = self.made(nominal, 0..self.versions.len())?;
        self.downtime(place, &occurrence)
    }

    /// The occurrences whose window, or anything that they hold, overlaps `range`, by their starts; left out and
    /// cancelled ones included.
    pub fn occurrences(&self, range: Interval) -> Vec<Downtime> {
        let mut found: Vec<Downtime> = Vec::new();
        for place in 0..self.versions.len() {
            let recurrence = &self.versions[place].plan.recurrence;
            let reach = self.reign(place).and_then(|reign| {
                Interval::new(reign.start(), reign.end() + recurrence.longest())?.intersection(range)
            });
            let Some(reach) = reach else { continue };
            let reign = self.reign(place);
            for occurrence in recurrence.overlapping(reach) {
                let reigns = reign.is_some_and(|reign| reign.contains(self.start_of(&occurrence)));
                if reigns && self.made(occurrence.nominal, 0..place).is_none() {
                    found.extend(self.downtime(place, &occurrence));
                }
            }
        }
        if let Some(first) = &self.first {
            found.retain(|occurrence| occurrence.id != first.id);
            found.push(self.touched.applied((**first).clone()));
        }
        if !self.touched.is_empty() {
            let computed: BTreeSet<DowntimeId> = found.iter().map(|occurrence| occurrence.id.clone()).collect();
            // One that was moved may overlap what it did not.
            let moved = self.touched.ids().filter(|id| !computed.contains(*id));
            found.extend(moved.filter_map(|id| self.occurrence(id.nominal()?)));
        }
        found.retain(|occurrence| occurrence.overlaps(range));
        found.sort_by_key(|occurrence| occurrence.window.start());
        found
    }

    /// What would be the occurrences whose windows overlap `range`, but for an exception.
    pub fn left_out(&self, range: Interval) -> Vec<Downtime> {
        let mut found = Vec::new();
        for place in 0..self.versions.len() {
            for occurrence in self.versions[place].plan.recurrence.left_out(range) {
                let start = occurrence.window.start();
                if self.reign(place).is_some_and(|reign| reign.contains(start)) {
                    found.push(self.base(place, &occurrence, start));
                }
            }
        }
        found
    }

    /// Occurrences that start after `time`, nearest first, but those left out or cancelled.
    pub fn coming(&self, time: Instant, count: usize) -> Vec<Downtime> {
        let mut ahead = AHEAD;
        loop {
            let horizon = time + ahead;
            let mut found = Interval::new(time, horizon).map(|range| self.occurrences(range)).unwrap_or_default();
            found.retain(|occurrence| {
                let start = occurrence.window.start();
                start > time && start < horizon && occurrence.state(time).is_open()
            });
            if found.len() >= count || horizon >= Instant::LATEST || horizon >= self.latest_end() {
                found.truncate(count);
                return found;
            }
            ahead *= 4;
        }
    }

    /// The next occurrence after `time`.
    pub fn next(&self, time: Instant) -> Option<Downtime> {
        let last = self.versions.last()?;
        if self.touched.is_empty() && self.first.is_none() && last.since <= time && self.ended().is_none() {
            let occurrence = last.plan.recurrence.starting(time + 1).next()?;
            let collides = self.made(occurrence.nominal, 0..self.versions.len() - 1).is_some();
            if !collides {
                return self.downtime(self.versions.len() - 1, &occurrence);
            }
        }
        self.coming(time, 1).pop()
    }

    /// The occurrence that is running at `now`; of several, the one that began last.
    pub fn running(&self, now: Instant) -> Option<Downtime> {
        let mut found = Interval::new(now, now + 1).map(|range| self.occurrences(range)).unwrap_or_default();
        found.retain(|occurrence| matches!(occurrence.state(now), State::Active | State::Standby));
        found.pop()
    }

    /// The last occurrence that began before `now`.
    fn last(&self, now: Instant) -> Option<Downtime> {
        let (beginning, mut back) = (self.beginning(), AHEAD);
        loop {
            let since = (now - back).max(beginning - 1);
            let mut found = Interval::new(since, now).map(|range| self.occurrences(range)).unwrap_or_default();
            found.retain(|occurrence| occurrence.window.start() < now && occurrence.state(now) == State::Completed);
            if !found.is_empty() || since < beginning {
                return found.pop();
            }
            back *= 4;
        }
    }

    /// The occurrences to come that were changed by themselves and are none of `after`, which this series became.
    pub fn given_up(&self, after: &Self, now: Instant) -> Vec<Downtime> {
        let untouched = Self { touched: Touched::default(), ..self.clone() };
        let to_come = |id: &DowntimeId| {
            let nominal = id.nominal()?;
            let occurrence =
                self.occurrence(nominal).filter(|it| untouched.occurrence(nominal).as_ref() != Some(it))?;
            (occurrence.window.start() > now && occurrence.state(now).is_open() && after.occurrence(nominal).is_none())
                .then_some(occurrence)
        };
        self.touched.ids().filter_map(to_come).collect()
    }

    /// It as a whole, as it stands at `now`.
    pub fn whole(&self, now: Instant) -> Whole {
        let (running, next) = (self.running(now), self.next(now));
        let shown = running.clone().or_else(|| next.clone()).or_else(|| self.last(now)).unwrap_or_else(|| self.never());
        Whole { id: self.id().clone(), plan: self.plan().clone(), running, next, shown }
    }

    /// Its first occurrence, which never was.
    fn never(&self) -> Downtime {
        let recurrence = &self.plan().recurrence;
        let first = Occurrence { nominal: recurrence.first_nominal(), window: recurrence.first };
        let targets: Vec<Target> = self.targets().cloned().collect();
        let mut never = self.plan().downtime(&self.source, &first, &targets);
        for (never, own) in never.holdings.iter_mut().zip(&self.holdings) {
            *never = Holding { released: own.released.clone(), ..Holding::of(own.target.clone(), None) };
        }
        never
    }

    /// Before this, there was no occurrence.
    pub(super) fn beginning(&self) -> Instant {
        let firsts = self.versions.iter().map(|version| version.plan.recurrence.first.start());
        firsts.chain(self.first.as_ref().map(|first| first.window.start())).min().unwrap_or(Instant::BEGINNING)
    }

    /// Where it stands: as its running occurrence, or its next one, or as what it was.
    pub fn state(&self, now: Instant) -> State {
        self.whole(now).shown.state(now)
    }

    /// Lets a change happen: to it as a whole, or to one of its occurrences.
    pub(super) fn perform(&mut self, change: &Change) {
        let at = change.at;
        if change.effect.id() != self.id() {
            self.touched.note(change.clone());
            return;
        }
        match &change.effect {
            Effect::Describe { to, .. } => {
                self.versions.push(Version { since: at, plan: Plan { terms: (**to).clone(), ..self.plan().clone() } });
            }
            Effect::Repeat { to, .. } => {
                let recurrence = match to {
                    Some(to) => (**to).clone(),
                    None => ended_after_its_first(&self.plan().recurrence),
                };
                self.versions.push(Version { since: at, plan: Plan { recurrence, ..self.plan().clone() } });
            }
            Effect::Hold { targets, .. } => self.hold(at, targets),
            Effect::Release { targets, .. } => {
                for holding in record::among(&mut self.holdings, targets) {
                    holding.release(at, &change.by);
                }
            }
            Effect::Reopen { targets, .. } => {
                let always = Interval::new(FOREVER.0, FOREVER.1);
                for holding in record::among(&mut self.holdings, targets) {
                    if let Some(always) = always {
                        holding.reopen(at, always);
                    }
                }
            }
            Effect::MoveEnd { .. }
            | Effect::MoveWindow { .. }
            | Effect::Rewrite { .. }
            | Effect::Skip { .. }
            | Effect::Unskip { .. }
            | Effect::Stop { .. }
            | Effect::Resume { .. } => {}
        }
    }

    fn hold(&mut self, at: Instant, targets: &[Target]) {
        for target in targets {
            if let Err(place) = self.holdings.binary_search_by(|holding| holding.target.cmp(target)) {
                self.holdings.insert(place, Holding::of(target.clone(), Interval::new(at, FOREVER.1)));
            }
        }
    }
}

/// How far ahead is looked at first: 40 days, so that what repeats monthly is found at once.
const AHEAD: i64 = 40 * 86_400;

/// The same, happening once only.
fn ended_after_its_first(recurrence: &Recurrence) -> Recurrence {
    let start = recurrence.first.start();
    Recurrence { until: Some(Until::Instant(start)), count: Some(1), ..recurrence.clone() }
}
