//! Days in closed form: each follows from the day of the first start and the number of a period; none is walked to.

use chrono::{Datelike, Days as Span, NaiveDate, Weekday, WeekdaySet};

use super::Mode;

/// The last year in which anything may happen, as everywhere in the time grammar.
pub(super) const LAST_YEAR: i32 = 9998;

/// Which days are named, and after how many days, weeks, months or years the next are; how often is at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cycle {
    /// Every so many days.
    Days(i64),
    /// These days of every so many weeks, which start on a weekday.
    Week { days: WeekdaySet, starts: Weekday, weeks: i64 },
    /// The weekday of the first start, counted from the beginning of the month.
    NthWeekday(i64),
    /// The same, counted from its end.
    NthWeekdayFromEnd(i64),
    /// The day of the month.
    DayOfMonth(i64),
    /// The last day of the month.
    EndOfMonth(i64),
    /// The day of the year, by month and day.
    Year(i64),
}

/// Monday to Friday.
pub(super) const WEEKDAYS: WeekdaySet =
    WeekdaySet::from_array([Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]);

impl Cycle {
    /// The cycle of a mode, every `interval`-th time, which says nothing to weekdays.
    pub(super) fn of(mode: Mode, interval: u32) -> Self {
        let interval = i64::from(interval.max(1));
        match mode {
            Mode::Hourly | Mode::Daily => Self::Days(interval),
            Mode::Weekdays => Self::Week { days: WEEKDAYS, starts: Weekday::Mon, weeks: 1 },
            Mode::Weekly => Self::Days(7 * interval),
            Mode::Biweekly => Self::Days(14 * interval),
            Mode::FourWeekly => Self::Days(28 * interval),
            Mode::NthWeekday => Self::NthWeekday(interval),
            Mode::NthWeekdayFromEnd => Self::NthWeekdayFromEnd(interval),
            Mode::Monthly => Self::DayOfMonth(interval),
            Mode::LastDayOfMonth => Self::EndOfMonth(interval),
            Mode::Yearly => Self::Year(interval),
        }
    }

    /// Its days upon that first start.
    pub(super) fn upon(self, first: NaiveDate) -> Days {
        Days { cycle: self, first }
    }
}

/// The days of a cycle upon a first start: at most one a period, periods counted from that of the first start, which
/// is 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) cycle: Cycle,
    first: NaiveDate,
}

impl Days {
    /// The days of the `period`-th period and all later ones, to the end of the calendar.
    pub(super) fn from(self, period: i64) -> impl Iterator<Item = NaiveDate> {
        (period..).map_while(move |period| self.beginning(period).map(|_| self.day(period))).flatten()
    }

    /// The day of the `period`-th period; `None` where it has none, or past the end of the calendar.
    pub(super) fn day(&self, period: i64) -> Option<NaiveDate> {
        let beginning = self.beginning(period)?;
        let of_month = |day: NaiveDate| (day.month() == beginning.month()).then_some(day);
        match self.cycle {
            Cycle::Days(_) | Cycle::Week { .. } => Some(beginning),
            Cycle::NthWeekday(_) => {
                let into_week = self.first.weekday().days_since(beginning.weekday());
                of_month(later(beginning, i64::from(into_week + 7 * weeks_before(self.first)))?)
            }
            Cycle::NthWeekdayFromEnd(_) => {
                let last = last_of_month(beginning);
                let back = last.weekday().days_since(self.first.weekday()) + 7 * weeks_after(self.first);
                of_month(earlier(last, back)?)
            }
            Cycle::DayOfMonth(_) => beginning.with_day(self.first.day()),
            Cycle::EndOfMonth(_) => Some(last_of_month(beginning)),
            Cycle::Year(_) => beginning.with_month(self.first.month())?.with_day(self.first.day()),
        }
    }

    /// The first day that a period's day may be; `None` past the end of the calendar.
    pub(super) fn beginning(&self, period: i64) -> Option<NaiveDate> {
        let date = match self.cycle {
            Cycle::Days(days) => later(self.first, days.checked_mul(period)?)?,
            Cycle::Week { days, starts, weeks } => {
                let a_week = i64::from(days.len());
                let number = named_before(days, starts, self.first.weekday()).checked_add(period)?;
                let nth = usize::try_from(number.rem_euclid(a_week)).ok()?;
                let into_week = days.iter(starts).nth(nth)?.days_since(starts);
                let passed = number.div_euclid(a_week).checked_mul(7 * weeks)?;
                later(start_of_week(self.first, starts)?, passed.checked_add(i64::from(into_week))?)?
            }
            Cycle::NthWeekday(months)
            | Cycle::NthWeekdayFromEnd(months)
            | Cycle::DayOfMonth(months)
            | Cycle::EndOfMonth(months) => {
                let month = month(self.first).checked_add(months.checked_mul(period)?)?;
                let of_year = u32::try_from(month.rem_euclid(12)).ok()?;
                NaiveDate::from_ymd_opt(i32::try_from(month.div_euclid(12)).ok()?, of_year + 1, 1)?
            }
            Cycle::Year(years) => {
                let year = i64::from(self.first.year()).checked_add(years.checked_mul(period)?)?;
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)?
            }
        };
        (date.year() <= LAST_YEAR).then_some(date)
    }

    /// A period such that the days of all earlier ones lie before `date`; at least 0.
    pub(super) fn period_at(&self, date: NaiveDate) -> i64 {
        let days_since = |day: NaiveDate| (date - day).num_days();
        let period = match self.cycle {
            Cycle::Days(days) => days_since(self.first).div_euclid(days),
            Cycle::Week { days, starts, weeks } => {
                let passed = start_of_week(self.first, starts).map_or(0, days_since).div_euclid(7);
                let of_week = match passed.rem_euclid(weeks) {
                    0 => named_before(days, starts, date.weekday()),
                    _ => i64::from(days.len()),
                };
                let before_first = named_before(days, starts, self.first.weekday());
                passed.div_euclid(weeks) * i64::from(days.len()) + of_week - before_first
            }
            Cycle::NthWeekday(months)
            | Cycle::NthWeekdayFromEnd(months)
            | Cycle::DayOfMonth(months)
            | Cycle::EndOfMonth(months) => (month(date) - month(self.first)).div_euclid(months),
            Cycle::Year(years) => i64::from(date.year() - self.first.year()).div_euclid(years),
        };
        period.max(0)
    }

    /// How many days the periods before this one have.
    pub(super) fn before(&self, period: i64) -> u64 {
        if self.is_in_every_period() {
            u64::try_from(period).unwrap_or(0)
        } else {
            (0..period).filter(|&period| self.day(period).is_some()).count() as u64
        }
    }

    /// The `number`-th day, the first being 1; `None` if the calendar ends before.
    pub(super) fn nth(&self, number: u64) -> Option<NaiveDate> {
        let before = number.checked_sub(1)?;
        if self.is_in_every_period() {
            self.day(i64::try_from(before).ok()?)
        } else {
            self.from(0).nth(usize::try_from(before).ok()?)
        }
    }

    /// Whether no period lacks its day.
    pub(super) fn is_in_every_period(&self) -> bool {
        match self.cycle {
            Cycle::NthWeekday(_) => weeks_before(self.first) < 4,
            Cycle::NthWeekdayFromEnd(_) => weeks_after(self.first) < 4,
            Cycle::DayOfMonth(_) => self.first.day() <= 28,
            Cycle::Year(_) => (self.first.month(), self.first.day()) != (2, 29),
            Cycle::Days(_) | Cycle::Week { .. } | Cycle::EndOfMonth(_) => true,
        }
    }
}

/// How many of its weekday come before it in its month.
pub(super) fn weeks_before(date: NaiveDate) -> u32 {
    date.day0() / 7
}

/// How many of its weekday come after it in its month.
pub(super) fn weeks_after(date: NaiveDate) -> u32 {
    (u32::from(date.num_days_in_month()) - date.day()) / 7
}

/// How many of these days come before `weekday` in a week.
fn named_before(days: WeekdaySet, starts: Weekday, weekday: Weekday) -> i64 {
    let before = days.iter(starts).take_while(|day| day.days_since(starts) < weekday.days_since(starts));
    before.map(|_| 1).sum()
}

fn start_of_week(date: NaiveDate, starts: Weekday) -> Option<NaiveDate> {
    earlier(date, date.weekday().days_since(starts))
}

fn last_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(u32::from(date.num_days_in_month())).unwrap_or(date)
}

/// Months since the year 0.
fn month(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

fn later(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    date.checked_add_days(Span::new(u64::try_from(days).ok()?))
}

fn earlier(date: NaiveDate, days: u32) -> Option<NaiveDate> {
    date.checked_sub_days(Span::new(u64::from(days)))
}
