//! Civil time on the calendar of one zone: which day, which reading of the clock, which of two passes.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::duration;
use super::expression::{Civil, Day, Period};
use super::resolve::{Local, Resolved, Role, Search, Shape};
use super::time_of_day::TimeOfDay;
use super::zone::{Reading, Zone};
use crate::clock::Instant;

/// The calendar of a zone, opened at now.
pub(super) struct Calendar {
    /// Whose clocks are meant.
    pub(super) zone: Zone,
    /// The present.
    pub(super) now: Instant,
}

/// A civil time and an instant at which the clock reads it.
#[derive(Clone, Copy)]
struct Landing {
    local: NaiveDateTime,
    instant: Instant,
    pass: Pass,
}

/// Which reading of the clock a landing is.
#[derive(Clone, Copy)]
enum Pass {
    Only,
    First,
    Second,
    /// The clock skips it; the landing is after the gap.
    Skipped,
}

impl Calendar {
    /// The instant that a civil time means in a role; `None` past the ends of the calendar.
    pub(super) fn resolve(&self, civil: Civil, role: Role) -> Option<Resolved> {
        let today = self.zone.date(self.now);
        let (landing, shape) = match civil {
            Civil::Clock(time) => (self.recurring(None, time, role.search(self.now))?, Shape::Clock),
            Civil::DayAndClock(Day::Weekday(weekday), time) => {
                (self.recurring(Some(weekday), time, role.search(self.now))?, Shape::Civil)
            }
            Civil::DayAndClock(Day::FromToday(days), time) => (self.land(time.on(shift(today, days)?)?), Shape::Civil),
            Civil::DayAndClock(Day::Date(date), time) => (self.land(time.on(date)?), Shape::Civil),
            Civil::Day(day) => {
                let date = match day {
                    Day::FromToday(days) => shift(today, days)?,
                    Day::Date(date) => date,
                    Day::Weekday(weekday) => self.weekday(weekday, role)?,
                };
                (self.land(role.edge().on(date)?), Shape::Day(date))
            }
            Civil::EndOf(period) => (self.land(end_of(period, today)?.and_time(NaiveTime::MIN)), Shape::Civil),
        };
        let missed = match (role, civil) {
            (Role::Start, Civil::Clock(time)) => self.missed(None, time, &landing),
            (Role::Start, Civil::DayAndClock(Day::Weekday(weekday), time)) => {
                self.missed(Some(weekday), time, &landing)
            }
            _ => None,
        };
        Some(Resolved {
            instant: landing.instant,
            local: Some(Local { time: landing.local, zone: self.zone }),
            shape,
            notes: self.note(&landing).into_iter().chain(missed).collect(),
        })
    }

    /// Where a civil time lands; the first pass of two.
    fn land(&self, local: NaiveDateTime) -> Landing {
        let placed = self.zone.place(local);
        let pass = match placed.reading {
            Reading::Once => Pass::Only,
            Reading::Twice => Pass::First,
            Reading::Never => Pass::Skipped,
        };
        Landing { local, instant: placed.instant, pass }
    }

    /// The reading of a time of day, on one weekday or on any, that a search finds.
    fn recurring(&self, weekday: Option<Weekday>, time: TimeOfDay, search: Search) -> Option<Landing> {
        match search {
            Search::After(origin) => {
                let landings = self.readings(weekday, time, origin).into_iter();
                landings.filter(|it| it.instant > origin).min_by_key(|it| it.instant)
            }
            Search::UpTo(origin) => {
                let landings = self.readings(weekday, time, origin).into_iter();
                landings.filter(|it| it.instant <= origin).max_by_key(|it| it.instant)
            }
            Search::Today => {
                let today = self.zone.date(self.now);
                let date = weekday.map_or(Some(today), |weekday| this_or_next(today, weekday))?;
                Some(self.land(time.on(date)?))
            }
        }
    }

    /// Every instant around `origin` at which the clock reads `time`, or skips it.
    fn readings(&self, weekday: Option<Weekday>, time: TimeOfDay, origin: Instant) -> Vec<Landing> {
        let mut landings = Vec::new();
        for local in self.days(origin, weekday).filter_map(|date| time.on(date)) {
            landings.push(self.land(local));
            // A weekday ends when it first ends, be the clock turned back over that or not.
            if weekday.is_none() || time != TimeOfDay::EndOfDay {
                let again = self.zone.second_pass(local);
                landings.extend(again.map(|instant| Landing { local, instant, pass: Pass::Second }));
            }
        }
        landings
    }

    /// The dates around `origin` that a search may have to look at: a clock shows every time within two days even where
    /// a date is left out, and every weekday within eight.
    fn days(&self, origin: Instant, weekday: Option<Weekday>) -> impl DoubleEndedIterator<Item = NaiveDate> {
        let today = self.zone.date(origin);
        let reach = if weekday.is_some() { 8 } else { 2 };
        let wanted = move |date: &NaiveDate| weekday.is_none_or(|weekday| weekday == date.weekday());
        (-reach..=reach).filter_map(move |days| shift(today, days)).filter(wanted)
    }

    /// The date that a weekday alone means.
    fn weekday(&self, weekday: Weekday, role: Role) -> Option<NaiveDate> {
        let edge = |edge: TimeOfDay, date: NaiveDate| edge.on(date).map(|local| self.land(local).instant);
        match role.search(self.now) {
            Search::After(origin) => self
                .days(origin, Some(weekday))
                .find(|&date| edge(role.edge(), date).is_some_and(|instant| instant > origin)),
            Search::UpTo(origin) => self
                .days(origin, Some(weekday))
                .rfind(|&date| edge(TimeOfDay::At(NaiveTime::MIN), date).is_some_and(|instant| instant <= origin)),
            Search::Today => this_or_next(self.zone.date(self.now), weekday),
        }
    }

    /// What is worth telling about a gap or a repeated hour.
    fn note(&self, landing: &Landing) -> Option<String> {
        let Landing { local, instant, pass } = *landing;
        let (taken, zone) = (self.zone.rfc3339(instant), self.zone);
        let typed = match local.second() {
            0 => local.format("%Y-%m-%d %H:%M"),
            _ => local.format("%Y-%m-%d %H:%M:%S"),
        };
        Some(match pass {
            Pass::Only => return None,
            Pass::Skipped => format!("{typed} does not exist in {zone}, where the clocks skip it: {taken} is taken"),
            Pass::First => format!("{typed} comes twice in {zone}: the first is taken, {taken}"),
            Pass::Second => format!("{typed} comes twice in {zone}: the second is taken, {taken}"),
        })
    }

    /// A start that has passed within the last hour and is taken for one of another day.
    fn missed(&self, weekday: Option<Weekday>, time: TimeOfDay, next: &Landing) -> Option<String> {
        const SOON: i64 = 3600;
        let last = self.recurring(weekday, time, Search::UpTo(self.now))?;
        let ago = self.now - last.instant;
        (ago < SOON && last.local.date() != next.local.date()).then(|| {
            let when = if ago == 0 { "is now".to_owned() } else { format!("was {} ago", duration::format(ago)) };
            let (typed, taken) = (last.local.format("%H:%M:%S"), self.zone.rfc3339(next.instant));
            format!("{typed} {when}; the next one is taken, {taken} (for the one missed add --retroactive)")
        })
    }
}

fn shift(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(count) } else { date.checked_add_days(count) }
}

fn this_or_next(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    shift(today, i64::from(weekday.days_since(today.weekday())))
}

/// The day after the last of a period.
fn end_of(period: Period, today: NaiveDate) -> Option<NaiveDate> {
    match period {
        Period::Day => today.succ_opt(),
        Period::Week => shift(today, 7 - i64::from(today.weekday().num_days_from_monday())),
        Period::Month => today.with_day(1)?.checked_add_months(Months::new(1)),
        Period::Year => NaiveDate::from_ymd_opt(today.year().checked_add(1)?, 1, 1),
    }
}
