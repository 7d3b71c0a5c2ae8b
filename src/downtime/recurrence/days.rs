//! The days of the named modes, in closed form: each follows from the day of the first start and the number of a period.

use chrono::{Datelike, Days as Span, NaiveDate, Weekday};

use super::Mode;

/// The last year in which anything may happen, as everywhere in the time grammar.
pub(super) const LAST_YEAR: i32 = 9998;

/// The days of a named mode: at most one a period, periods counted from that of the first start, which is 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    mode: Mode,
    interval: i64,
    first: NaiveDate,
}

/// What one period is.
enum Period {
    Days(i64),
    Weekday,
    Months(i64),
    Years(i64),
}

impl Days {
    /// Those of a mode whose first start is on `first`, every `interval`-th; weekdays know
    /// no interval.
    pub(super) fn new(mode: Mode, interval: u32, first: NaiveDate) -> Self {
        Self { mode, interval: i64::from(interval.max(1)), first }
    }

    fn period(&self) -> Period {
        match self.mode {
            Mode::Hourly | Mode::Daily => Period::Days(self.interval),
            Mode::Weekly => Period::Days(7 * self.interval),
            Mode::Biweekly => Period::Days(14 * self.interval),
            Mode::FourWeekly => Period::Days(28 * self.interval),
            Mode::Weekdays => Period::Weekday,
            Mode::NthWeekday | Mode::NthWeekdayFromEnd | Mode::Monthly | Mode::LastDayOfMonth => {
                Period::Months(self.interval)
            }
            Mode::Yearly => Period::Years(self.interval),
        }
    }

    /// The days of the `period`-th period and all later ones, to the end of the calendar.
    pub(super) fn from(self, period: i64) -> impl Iterator<Item = NaiveDate> {
        (period..).map_while(move |period| self.beginning(period).map(|_| self.day(period))).flatten()
    }

    /// The day of the `period`-th period; `None` where it has none, or past the end of the calendar.
    pub(super) fn day(&self, period: i64) -> Option<NaiveDate> {
        let beginning = self.beginning(period)?;
        match self.mode {
            Mode::Monthly => beginning.with_day(self.first.day()),
            Mode::LastDayOfMonth => Some(last_of_month(beginning)),
            Mode::NthWeekday => {
                let day = nth_weekday(beginning, self.first.weekday(), weeks_before(self.first))?;
                same_month(day, beginning)
            }
            Mode::NthWeekdayFromEnd => {
                let last = last_of_month(beginning);
                let back = last.weekday().days_since(self.first.weekday()) + 7 * weeks_after(self.first);
                same_month(last.checked_sub_days(Span::new(u64::from(back)))?, beginning)
            }
            Mode::Yearly => beginning.with_month(self.first.month())?.with_day(self.first.day()),
            _ => Some(beginning),
        }
    }

    /// The first day that a period's day may be; `None` past the end of the calendar.
    pub(super) fn beginning(&self, period: i64) -> Option<NaiveDate> {
        let date = match self.period() {
            Period::Days(days) => later(self.first, days.checked_mul(period)?)?,
            Period::Weekday => {
                let weekdays = self.weekdays_before().checked_add(period)?;
                later(monday(self.first)?, weekdays / 5 * 7 + weekdays % 5)?
            }
            Period::Months(months) => {
                let months = month(self.first).checked_add(months.checked_mul(period)?)?;
                let of_year = u32::try_from(months.rem_euclid(12)).ok()?;
                NaiveDate::from_ymd_opt(i32::try_from(months.div_euclid(12)).ok()?, of_year + 1, 1)?
            }
            Period::Years(years) => {
                let year = i64::from(self.first.year()).checked_add(years.checked_mul(period)?)?;
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)?
            }
        };
        (date.year() <= LAST_YEAR).then_some(date)
    }

    /// A period such that the days of all earlier ones lie before `date`; at least 0.
    pub(super) fn period_at(&self, date: NaiveDate) -> i64 {
        let days_since = |day: NaiveDate| (date - day).num_days();
        let period = match self.period() {
            Period::Days(days) => days_since(self.first).div_euclid(days),
            Period::Weekday => {
                let days = monday(self.first).map_or(0, days_since);
                days.div_euclid(7) * 5 + days.rem_euclid(7).min(5) - self.weekdays_before()
            }
            Period::Months(months) => (month(date) - month(self.first)).div_euclid(months),
            Period::Years(years) => i64::from(date.year() - self.first.year()).div_euclid(years),
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
    fn is_in_every_period(&self) -> bool {
        match self.mode {
            Mode::Monthly => self.first.day() <= 28,
            Mode::NthWeekday => weeks_before(self.first) < 4,
            Mode::NthWeekdayFromEnd => weeks_after(self.first) < 4,
            Mode::Yearly => (self.first.month(), self.first.day()) != (2, 29),
            _ => true,
        }
    }

    /// Weekdays of the first start's week before it; all five for a weekend.
    fn weekdays_before(&self) -> i64 {
        i64::from(self.first.weekday().num_days_from_monday().min(5))
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

fn nth_weekday(first_of_month: NaiveDate, weekday: Weekday, weeks: u32) -> Option<NaiveDate> {
    let days = weekday.days_since(first_of_month.weekday()) + 7 * weeks;
    first_of_month.checked_add_days(Span::new(u64::from(days)))
}

fn same_month(date: NaiveDate, beginning: NaiveDate) -> Option<NaiveDate> {
    (date.month() == beginning.month()).then_some(date)
}

fn last_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(u32::from(date.num_days_in_month())).unwrap_or(date)
}

fn monday(date: NaiveDate) -> Option<NaiveDate> {
    date.checked_sub_days(Span::new(u64::from(date.weekday().num_days_from_monday())))
}

/// Months since the year 0.
fn month(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

fn later(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    date.checked_add_days(Span::new(u64::try_from(days).ok()?))
}
