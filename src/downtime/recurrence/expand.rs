//! From a recurrence to its occurrences.

use std::iter;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::days::{Cycle, Days};
use super::limits::Last;
use super::start::{InOrder, Start};
use super::{Mode, Nominal, Occurrence, Pattern, Recurrence, Rrule};
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::window::Window;
use crate::when::Local;
use crate::when::zone::Reading;

/// Seconds between the occurrences of an hourly recurrence.
const HOUR: i64 = 3600;

/// No gap or fold is longer: the offsets in use lie this far apart, from -12:00 to +14:00.
const WIDEST: i64 = 26 * HOUR;

/// How nominal dates are found.
enum Course<'a> {
    /// In closed form.
    Days(Days),
    /// By the rule.
    Rule(&'a Rrule),
}

impl Recurrence {
    /// The occurrences that start at `from` or later, in order, exceptions and equal starts left out.
    pub fn starting(&self, from: Instant) -> impl Iterator<Item = Occurrence> + '_ {
        let named = self.named(from).filter(|start| !self.except.iter().any(|except| except.matches(start)));
        InOrder::new(named).skip_while(move |start| start.instant < from).map_while(|start| self.occurrence(&start))
    }

    /// The occurrences whose windows overlap `range`, in order of their starts.
    pub fn overlapping(&self, range: Interval) -> Vec<Occurrence> {
        self.starting(range.start() - self.longest())
            .take_while(|occurrence| occurrence.window.start() < range.end())
            .filter(|occurrence| occurrence.window.interval.overlaps(range))
            .collect()
    }

    /// The occurrences whose windows would overlap `range`, but for an exception.
    pub fn left_out(&self, range: Interval) -> Vec<Occurrence> {
        if self.except.is_empty() {
            return Vec::new();
        }
        let mut all = Self { except: Vec::new(), ..self.clone() }.overlapping(range);
        all.retain(|occurrence| self.at(occurrence.nominal).is_none());
        all
    }

    /// The occurrence of that nominal start, if there is one.
    pub fn at(&self, nominal: Nominal) -> Option<Occurrence> {
        let instant = match nominal {
            Nominal::Local(local) => self.place(local).instant,
            Nominal::Utc(instant) => instant,
        };
        let mut starting = self.starting(instant).take_while(|occurrence| occurrence.window.start() == instant);
        starting.find(|occurrence| occurrence.nominal == nominal)
    }

    /// The position of the occurrence with that nominal start, the first being 1, before exceptions.
    pub fn number(&self, nominal: Nominal) -> u64 {
        let first = self.first_local();
        let extra = u64::from(self.is_first_extra());
        let local = match nominal {
            Nominal::Utc(instant) => return self.hours_before(instant) + 1,
            Nominal::Local(local) => local,
        };
        let before = match self.course() {
            Course::Days(days) => {
                let period = days.period_at(local.date());
                let within = days.from(period).take_while(|date| *date < local.date()).count();
                days.before(period) + within as u64
            }
            Course::Rule(rule) => rule.dates(first, first.date()).take_while(|date| *date < local).count() as u64,
        };
        if local == first { 1 } else { before + extra + 1 }
    }

    /// When the last of them ends, exclusive; `None` if they go on for ever, and the start of the first window if there
    /// is none at all.
    pub fn end(&self) -> Option<Instant> {
        // Days that the first look back from the last possible start spans; each further one spans four times as many.
        const DAYS: i64 = 2;
        let bound = self.last_start()?;
        let mut reach = self.longest().saturating_add(DAYS * 24 * HOUR);
        loop {
            let from = bound - reach;
            let end = self.starting(from).map(|occurrence| occurrence.window.end()).max();
            if end.is_some() || from < self.first.start() {
                return Some(end.unwrap_or(self.first.start()));
            }
            reach = reach.saturating_mul(4);
        }
    }

    /// No occurrence lasts longer than this: seconds.
    pub fn longest(&self) -> i64 {
        let first = self.first.interval.seconds();
        let local = self.first_local();
        let on_clock = self.wall_end.and_then(|wall_end| Some((wall_end.local(local)? - local).num_seconds() + WIDEST));
        // An RRULE may name other times of day than the first.
        on_clock.map_or(first, |seconds| first.max(seconds + 24 * HOUR))
    }

    /// The nominal start of the first window on the clocks of the zone.
    pub(super) fn first_local(&self) -> NaiveDateTime {
        let typed = self.first.start_civil.filter(|local| local.zone == self.timezone);
        typed.map_or_else(|| self.timezone.civil(self.first.start()), |local| local.time)
    }

    /// The starts at `from` or later and some before, in nominal order, within the limits.
    pub(super) fn named(&self, from: Instant) -> impl Iterator<Item = Start> + '_ {
        let lasts = self.lasts();
        self.starts(from)
            .take_while(move |start| !lasts.iter().flatten().any(|last| last.is_long_past(start)))
            .filter(move |start| lasts.iter().flatten().all(|last| last.allows(start)))
            // What is named after a first start in the second pass of a fold may be placed before it.
            .filter(|start| start.instant >= self.first.start())
    }

    pub(super) fn lasts(&self) -> [Option<Last>; 2] {
        [self.until.map(Last::from), self.rrule().and_then(|rule| rule.until)]
    }

    /// How many occurrences there may be.
    fn most(&self) -> Option<u64> {
        let counts = [self.count, self.rrule().and_then(|rule| rule.count)];
        counts.into_iter().flatten().min()
    }

    /// The starts at `from` or later and some before, in nominal order, as far as they are counted.
    fn starts(&self, from: Instant) -> Box<dyn Iterator<Item = Start> + '_> {
        if let Pattern::Every { mode: Mode::Hourly, interval } = self.pattern {
            return Box::new(self.hours(interval, from));
        }
        let from = from.clamp(self.first.start(), Instant::LATEST) - WIDEST;
        Box::new(self.locals(self.timezone.date(from)).map(|local| self.place(local)))
    }

    fn hours(&self, interval: u32, from: Instant) -> impl Iterator<Item = Start> + '_ {
        let step = HOUR * i64::from(interval.max(1));
        let first = self.first.start();
        let skipped = self.hours_before(from);
        let counted = self.most().map_or(usize::MAX, |most| clamped(most.saturating_sub(skipped)));
        let hours = (i64::try_from(skipped).unwrap_or(i64::MAX)..).map(move |hour| first + step.saturating_mul(hour));
        hours.take_while(|instant| *instant <= Instant::LATEST).take(counted).map(|instant| {
            let local = self.timezone.civil(instant);
            Start { nominal: Nominal::Utc(instant), local, instant, reads: local }
        })
    }

    /// How many hourly starts lie before `instant`.
    fn hours_before(&self, instant: Instant) -> u64 {
        let Pattern::Every { interval, .. } = self.pattern else { return 0 };
        let step = HOUR * i64::from(interval.max(1));
        let passed = (instant - self.first.start()).max(0);
        u64::try_from(passed / step + i64::from(passed % step > 0)).unwrap_or(0)
    }

    /// The nominal starts on `from` or later and some before, as far as they are counted.
    fn locals(&self, from: NaiveDate) -> Box<dyn Iterator<Item = NaiveDateTime> + '_> {
        let first = self.first_local();
        let extra = self.is_first_extra();
        let most = self.most().map(|most| most.saturating_sub(u64::from(extra)));
        let left = |before: u64| most.map_or(usize::MAX, |most| clamped(most.saturating_sub(before)));
        let pattern: Box<dyn Iterator<Item = NaiveDateTime>> = match self.course() {
            Course::Days(days) => {
                let period = days.period_at(from);
                let before = if most.is_some() { days.before(period) } else { 0 };
                Box::new(days.from(period).take(left(before)).map(move |date| date.and_time(first.time())))
            }
            // What is counted has to be gone through from the beginning.
            Course::Rule(rule) if most.is_some() => Box::new(rule.dates(first, first.date()).take(left(0))),
            Course::Rule(rule) => Box::new(rule.dates(first, from)),
        };
        if extra && from <= first.date() && self.most() != Some(0) {
            Box::new(iter::once(first).chain(pattern))
        } else {
            pattern
        }
    }

    /// Whether the first one happens and the pattern does not name it.
    fn is_first_extra(&self) -> bool {
        self.first_stays && !self.first_matches()
    }

    /// Whether the pattern names the first start.
    pub(super) fn first_matches(&self) -> bool {
        self.first_named() == Some(self.first_local())
    }

    /// The first start at or after the first window's that the pattern names, limits set aside.
    pub(super) fn first_named(&self) -> Option<NaiveDateTime> {
        let first = self.first_local();
        match self.course() {
            Course::Days(days) => Some(days.nth(1)?.and_time(first.time())),
            Course::Rule(rule) => rule.dates(first, first.date()).next(),
        }
    }

    /// How the nominal dates are found.
    fn course(&self) -> Course<'_> {
        let first = self.first_local().date();
        match &self.pattern {
            Pattern::Every { mode, interval } => Course::Days(Cycle::of(*mode, *interval).upon(first)),
            Pattern::Rrule(rule) => match rule.cycle(first) {
                Some(cycle) => Course::Days(cycle.upon(first)),
                None => Course::Rule(rule),
            },
        }
    }

    /// The days of its cycle, where it has one.
    pub(super) fn days(&self) -> Option<Days> {
        match self.course() {
            Course::Days(days) => Some(days),
            Course::Rule(_) => None,
        }
    }

    pub(super) fn place(&self, local: NaiveDateTime) -> Start {
        let nominal = Nominal::Local(local);
        if local == self.first_local() {
            let instant = self.first.start();
            return Start { nominal, local, instant, reads: self.timezone.civil(instant) };
        }
        let placed = self.timezone.place(local);
        let reads = if placed.reading == Reading::Never { self.timezone.civil(placed.instant) } else { local };
        Start { nominal, local, instant: placed.instant, reads }
    }

    /// `None` past the end of the calendar.
    pub(super) fn occurrence(&self, start: &Start) -> Option<Occurrence> {
        let Start { nominal, local, instant, .. } = *start;
        let zone = self.timezone;
        let window = if instant == self.first.start() {
            self.first
        } else if let Some(wall_end) = self.wall_end {
            wall_end.window(local, instant, zone)?
        } else {
            let start_civil = matches!(nominal, Nominal::Local(_)).then_some(Local { time: local, zone });
            let interval = Interval::new(instant, instant + self.first.interval.seconds())?;
            Window { interval, start_civil, end_civil: None }
        };
        Some(Occurrence { nominal, window })
    }

    /// No occurrence starts later; `None` if they go on for ever.
    pub(super) fn last_start(&self) -> Option<Instant> {
        let counted = self.most().map(|most| self.counted_to(most).unwrap_or(Instant::LATEST));
        let lasts = self.lasts().into_iter().flatten().map(|last| match last {
            Last::Instant(instant) => instant,
            Last::Local(local) => self.timezone.place(local).instant + WIDEST,
            Last::Date(date) => self.timezone.place(date.and_time(NaiveTime::MIN)).instant + 24 * HOUR + WIDEST,
        });
        lasts.chain(counted).min()
    }

    /// When the last of `most` starts; `None` if the calendar ends before, or there is none.
    fn counted_to(&self, most: u64) -> Option<Instant> {
        let first = self.first_local();
        if let Pattern::Every { mode: Mode::Hourly, interval } = self.pattern {
            let hours = i64::try_from(most).ok()?.checked_mul(i64::from(interval))?;
            return Some(self.first.start() + hours.checked_mul(HOUR)?);
        }
        let local = match self.course() {
            Course::Days(days) => days.nth(most)?.and_time(first.time()),
            Course::Rule(_) => self.locals(first.date()).last()?,
        };
        Some(self.timezone.place(local).instant.max(self.first.start()) + WIDEST)
    }
}

fn clamped(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
