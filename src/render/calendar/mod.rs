//! Downtimes on the days of a calendar: as a grid of weeks, as an agenda, as JSON and CSV.
//!
//! A downtime is on the days on which it is in effect, or would have been if it never was. Days are those of the zone
//! shown: 23 or 25 h long where the clocks are changed, and not there at all where the calendar leaves one out.

pub mod agenda;
mod cell;
pub mod document;
pub mod grid;
mod marks;
mod notes;
mod paint;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};

use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::{self, Interval};
use crate::downtime::overlap::Overlap;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::policy::conflict::Conflict;
use crate::when::zone::Zone;

/// A freeze, as far as a calendar tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// What it is called.
    pub name: String,
    /// When it is.
    pub interval: Interval,
    /// Whether it is for every object.
    pub everything: bool,
}

/// What is shown.
#[derive(Debug)]
pub struct Calendar<'a> {
    /// Whose days.
    pub zone: Zone,
    /// The present.
    pub now: Instant,
    /// The days, at least one, in order.
    pub days: Vec<Day<'a>>,
    /// Freezes on those days, by start.
    pub freezes: Vec<Frozen>,
    /// Overlaps on those days, in order of time.
    pub overlaps: Vec<Overlap>,
    /// What lies in a freeze on those days, in order of time.
    pub conflicts: Vec<Conflict>,
}

/// A day.
#[derive(Debug)]
pub struct Day<'a> {
    /// Its date.
    pub date: NaiveDate,
    /// Its first second.
    start: Instant,
    /// The first second after it; the same for a date that the zone's calendar leaves out.
    end: Instant,
    /// What is in effect on it: what began before it first, then by start.
    pub entries: Vec<Entry<'a>>,
}

/// A downtime on a day.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The downtime, with the targets that are meant.
    pub downtime: &'a Downtime,
    /// Where it stands at present.
    pub state: State,
    /// From when to when it is in effect for any of its targets, before and after the day too.
    pub span: Interval,
    /// The downtimes that it overlaps with on that day.
    pub overlaps: Vec<DowntimeId>,
    /// The freezes that it lies in on that day with no reason given.
    pub conflicts: Vec<String>,
}

impl<'a> Calendar<'a> {
    /// The calendar of the days from `first` to `last`, both in it, with nothing on them yet.
    pub fn new(zone: Zone, now: Instant, (first, last): (NaiveDate, NaiveDate)) -> Self {
        let midnight = |date: NaiveDate| zone.place(date.and_time(NaiveTime::MIN)).instant;
        let dates = first.iter_days().take_while(|date| *date <= last);
        let day = |date: NaiveDate| {
            let end = date.succ_opt().map_or(Instant::END, midnight);
            Day { date, start: midnight(date), end, entries: Vec::new() }
        };
        let days = dates.map(day).collect();
        Self { zone, now, days, freezes: Vec::new(), overlaps: Vec::new(), conflicts: Vec::new() }
    }

    /// From the first second of its first day to the end of its last; `None` if the zone's calendar leaves all of them out.
    pub fn range(&self) -> Option<Interval> {
        Interval::new(self.days.first()?.start, self.days.last()?.end)
    }

    /// Puts downtimes on the days, after overlaps and conflicts are known.
    pub fn fill(&mut self, downtimes: impl IntoIterator<Item = &'a Downtime>) {
        let Some(range) = self.range() else { return };
        for downtime in downtimes {
            let state = downtime.state(self.now);
            for span in spans(downtime).into_iter().filter(|span| span.overlaps(range)) {
                let first = self.days.partition_point(|day| day.end <= span.start());
                let days = self.days[first..].iter_mut().take_while(|day| day.start < span.end());
                for day in days.filter(|day| day.start < day.end) {
                    let (overlaps, conflicts) = (Vec::new(), Vec::new());
                    day.entries.push(Entry { downtime, state, span, overlaps, conflicts });
                }
            }
        }
        for day in &mut self.days {
            day.entries.sort_by(|one, other| one.order().cmp(&other.order()));
        }
        self.mark();
    }

    /// Tells each entry what it overlaps with and lies in on its day.
    fn mark(&mut self) {
        let mut overlaps: BTreeMap<&DowntimeId, Vec<(&DowntimeId, &Overlap)>> = BTreeMap::new();
        for overlap in &self.overlaps {
            let [one, other] = &overlap.ids;
            overlaps.entry(one).or_default().push((other, overlap));
            overlaps.entry(other).or_default().push((one, overlap));
        }
        let mut conflicts: BTreeMap<&DowntimeId, Vec<&Conflict>> = BTreeMap::new();
        for conflict in self.conflicts.iter().filter(|conflict| conflict.lifted_by.is_none()) {
            conflicts.entry(&conflict.id).or_default().push(conflict);
        }
        for day in &mut self.days {
            let Some(interval) = day.interval() else { continue };
            for entry in &mut day.entries {
                let Some(here) = entry.span.intersection(interval) else { continue };
                let is_here = |spans: &[Interval]| spans.iter().any(|span| span.overlaps(here));
                let with = overlaps.get(&entry.downtime.id).into_iter().flatten();
                let with = with.filter(|(_, overlap)| is_here(&overlap.spans)).map(|(id, _)| (*id).clone());
                entry.overlaps = with.collect();
                entry.overlaps.sort_unstable();
                let within = conflicts.get(&entry.downtime.id).into_iter().flatten();
                let within = within.filter(|conflict| is_here(&conflict.spans));
                entry.conflicts = within.map(|conflict| conflict.freeze.clone()).collect();
            }
        }
    }

    /// Whether nothing is on any of its days.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(|day| day.entries.is_empty())
    }

    /// The freezes on a day.
    fn freezes_on(&self, day: &Day<'_>) -> impl Iterator<Item = &Frozen> {
        let interval = day.interval();
        self.freezes.iter().filter(move |freeze| interval.is_some_and(|interval| interval.overlaps(freeze.interval)))
    }

    /// Whether a day is the present one.
    fn is_today(&self, day: &Day<'_>) -> bool {
        day.start <= self.now && self.now < day.end
    }

    /// Which days are shown: `November 2026`, or `Mon 2026-11-16 to Sun 2026-11-29`.
    pub fn title(&self) -> String {
        self.named().1
    }

    /// The same in a sentence: `in November 2026`.
    pub fn when(&self) -> String {
        let (preposition, title) = self.named();
        format!("{preposition} {title}")
    }

    fn named(&self) -> (&'static str, String) {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return Default::default() };
        let (first, last) = (first.date, last.date);
        if first.day() == 1 && last.checked_add_days(Days::new(1)) == first.checked_add_months(Months::new(1)) {
            ("in", first.format("%B %Y").to_string())
        } else if first == last {
            ("on", first.format("%a %Y-%m-%d").to_string())
        } else {
            ("from", format!("{} to {}", first.format("%a %Y-%m-%d"), last.format("%a %Y-%m-%d")))
        }
    }
}

/// When a downtime is in effect for any of its targets; its window if it never was.
fn spans(downtime: &Downtime) -> Vec<Interval> {
    let spans = interval::union(downtime.holdings.iter().flat_map(|holding| holding.spans.iter().copied()));
    if spans.is_empty() { vec![downtime.window.interval] } else { spans }
}

impl Day<'_> {
    /// When it is; `None` for a date that the zone's calendar leaves out.
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.start, self.end)
    }
}

impl Entry<'_> {
    /// What began before others comes before them.
    fn order(&self) -> (Interval, &DowntimeId) {
        (self.span, &self.downtime.id)
    }

    /// The targets for which it is in effect within a day, or all if it never was.
    fn targets(&self, day: Interval) -> Vec<&Target> {
        let within = |holding: &&Holding| holding.spans.iter().any(|span| span.overlaps(day));
        let held = self.downtime.holdings.iter().filter(within).map(|holding| &holding.target).collect::<Vec<_>>();
        if held.is_empty() { self.downtime.targets().collect() } else { held }
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
