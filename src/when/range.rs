//! The named ranges of reports: `yesterday`, `last-month`, `last-24h` …

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};

use super::Present;
use super::refusal::quoted;
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome, nearest};

/// A range of time known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// A day, week, month or year of the local calendar, so many before the present one.
    Calendar(Unit, u32),
    /// So many seconds up to now.
    Last(i64),
}

/// A unit of the local calendar; weeks start on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// From midnight to midnight, 23 or 25 h long where the clocks are changed.
    Day,
    /// From Monday to Monday.
    Week,
    /// From the first to the first of the next.
    Month,
    /// From 1 January to 1 January.
    Year,
}

/// Every name and what it stands for, in the order of the manual.
pub const NAMES: [(&str, Range); 12] = [
    ("today", Range::Calendar(Unit::Day, 0)),
    ("yesterday", Range::Calendar(Unit::Day, 1)),
    ("this-week", Range::Calendar(Unit::Week, 0)),
    ("last-week", Range::Calendar(Unit::Week, 1)),
    ("this-month", Range::Calendar(Unit::Month, 0)),
    ("last-month", Range::Calendar(Unit::Month, 1)),
    ("this-year", Range::Calendar(Unit::Year, 0)),
    ("last-year", Range::Calendar(Unit::Year, 1)),
    ("last-24h", Range::Last(86_400)),
    ("last-7d", Range::Last(7 * 86_400)),
    ("last-31d", Range::Last(31 * 86_400)),
    ("last-365d", Range::Last(365 * 86_400)),
];

/// The first and the last instant of what a name stands for, the last outside of it and after the first; calendar ranges
/// run to their natural end, even past now.
///
/// # Errors
/// [`Kind::Time`] for an unknown name, and for a day that the zone's calendar leaves out.
pub fn named(name: &str, present: &Present) -> Outcome<(Instant, Instant)> {
    Range::parse(name)?.bounds(present)
}

impl Range {
    /// The range of that name, case-insensitive.
    ///
    /// # Errors
    /// [`Kind::Time`] for an unknown name.
    pub fn parse(name: &str) -> Outcome<Self> {
        let name = name.trim_ascii().to_ascii_lowercase();
        if let Some((_, range)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Ok(*range);
        }
        let failure = Failure::new(Kind::Time, format!("there is no range {}", quoted(&name)));
        Err(match nearest(&name, NAMES.map(|(known, _)| known)) {
            Some(known) => failure.hint(format!("did you mean {known}?")),
            None => failure.hint(format!("ranges are {}", NAMES.map(|(known, _)| known).join(" "))),
        })
    }

    /// Its bounds as of now, in the zone in force: the first instant in it, and the first after it.
    ///
    /// # Errors
    /// [`Kind::Time`] for a day that the zone's calendar leaves out.
    pub fn bounds(self, present: &Present) -> Outcome<(Instant, Instant)> {
        let (start, end) = match self {
            Self::Last(seconds) => (Some(present.now - seconds), Some(present.now)),
            Self::Calendar(unit, back) => {
                let first = unit.first(present.zone.date(present.now)).and_then(|date| unit.before(date, back));
                let midnight = |date: NaiveDate| present.zone.place(date.and_time(NaiveTime::MIN)).instant;
                (first.map(midnight), first.and_then(|date| unit.after(date)).map(midnight))
            }
        };
        start.zip(end).filter(|(start, end)| start < end).ok_or_else(|| {
            Failure::new(
                Kind::Time,
                format!("that range is empty in {}, whose calendar leaves the day out", present.zone),
            )
            .hint("give --from and --until")
        })
    }
}

impl Unit {
    /// The first day of the unit that holds a date.
    fn first(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(date),
            Self::Week => date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into())),
            Self::Month => date.with_day(1),
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1),
        }
    }

    /// The first day of the unit so many before the one that begins on `first`.
    fn before(self, first: NaiveDate, count: u32) -> Option<NaiveDate> {
        match self {
            Self::Day => first.checked_sub_days(Days::new(count.into())),
            Self::Week => first.checked_sub_days(Days::new(7 * u64::from(count))),
            Self::Month => first.checked_sub_months(Months::new(count)),
            Self::Year => first.checked_sub_months(Months::new(count.checked_mul(12)?)),
        }
    }

    /// The first day of the next unit.
    fn after(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => first.succ_opt(),
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
            Self::Year => first.checked_add_months(Months::new(12)),
        }
    }
}
