//! What the `rrule` crate cannot say of weekdays, picked from more dates than are meant.
//!
//! The crate numbers weekdays down to -4 in a month and -52 in a year, and takes weekdays with and without a number as
//! conditions that hold both; in RFC 5545 §3.3.10 the fifth and the 53rd from the end count too, and BYDAY is a list.

use std::iter;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rrule::NWeekday;

/// A BYDAY that the crate does not take, with the BYSETPOS that picks from what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sieve {
    /// The weekdays, any of which will do.
    pub(super) days: Vec<NWeekday>,
    /// Numbers count in the month, not in the year.
    pub(super) in_month: bool,
    /// Periods are months, not years.
    pub(super) monthly: bool,
    /// The places in a period, from 1 or from -1; all if there are none.
    pub(super) places: Vec<i32>,
}

impl Sieve {
    /// The weekdays that the crate is to name: those of the sieve, whatever their number.
    pub(super) fn unnumbered(&self) -> Vec<NWeekday> {
        self.days.iter().map(|(NWeekday::Every(day) | NWeekday::Nth(_, day))| NWeekday::Every(*day)).collect()
    }

    /// Those dates that are meant, of dates in order that begin with a period.
    pub(super) fn pick(
        self,
        dates: impl Iterator<Item = NaiveDateTime> + 'static,
    ) -> Box<dyn Iterator<Item = NaiveDateTime>> {
        let picked = self.clone();
        let mut dates = dates.filter(move |date| picked.admits(date.date())).peekable();
        if self.places.is_empty() {
            return Box::new(dates);
        }
        let periods = iter::from_fn(move || {
            let period = self.period(*dates.peek()?);
            let all: Vec<NaiveDateTime> =
                iter::from_fn(|| dates.next_if(|date| self.period(*date) == period)).collect();
            Some(self.placed(&all))
        });
        Box::new(periods.flatten())
    }

    /// Those at its places, of all in a period.
    fn placed(&self, all: &[NaiveDateTime]) -> Vec<NaiveDateTime> {
        let is_placed = |index: usize| {
            let (from_start, from_end) = (index + 1, all.len() - index);
            self.places.iter().any(|place| {
                let counted = if *place < 0 { from_end } else { from_start };
                usize::try_from(place.unsigned_abs()) == Ok(counted)
            })
        };
        all.iter().enumerate().filter(|(index, _)| is_placed(*index)).map(|(_, date)| *date).collect()
    }

    /// Whether it is one of the weekdays.
    fn admits(&self, date: NaiveDate) -> bool {
        let (day, last) = if self.in_month {
            (date.day(), u32::from(date.num_days_in_month()))
        } else {
            (date.ordinal(), if date.leap_year() { 366 } else { 365 })
        };
        let (from_start, from_end) = ((day - 1) / 7 + 1, (last - day) / 7 + 1);
        self.days.iter().any(|wanted| match *wanted {
            NWeekday::Every(weekday) => weekday == date.weekday(),
            NWeekday::Nth(nth, weekday) => {
                let counted = if nth < 0 { from_end } else { from_start };
                weekday == date.weekday() && u32::from(nth.unsigned_abs()) == counted
            }
        })
    }

    /// The month or year of a date.
    fn period(&self, date: NaiveDateTime) -> (i32, u32) {
        (date.year(), if self.monthly { date.month() } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveTime, Weekday};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::Rrule;
    use super::*;

    const WEEKDAYS: [(&str, Weekday); 3] = [("MO", Weekday::Mon), ("FR", Weekday::Fri), ("SU", Weekday::Sun)];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Where the crate takes a rule, picking from the dates of all its weekdays comes to the same.
        #[test]
        fn it_picks_what_the_crate_names(
            freq in select(&["MONTHLY", "YEARLY", "YEARLY;BYMONTH=2,3"][..]),
            days in vec((select(&[1_i16, 2, 5, -1, -4][..]), select(&WEEKDAYS[..])), 1..4),
            places in vec(select(&[1, 2, -1, -2][..]), 0..3),
            day in 0..20_000_u64,
        ) {
            let first = NaiveDate::from_ymd_opt(1996, 1, 1).unwrap() + Days::new(day);
            let names: Vec<String> = days.iter().map(|(nth, (name, _))| format!("{nth}{name}")).collect();
            let texts: Vec<String> = places.iter().map(i32::to_string).collect();
            let set_pos = if places.is_empty() { String::new() } else { format!(";BYSETPOS={}", texts.join(",")) };
            let plain = Rrule::parse(&format!("FREQ={freq};BYDAY={}{set_pos}", names.join(","))).unwrap();
            prop_assert!(plain.sieve.is_none());
            let sieve = Sieve {
                days: days.iter().map(|(nth, (_, weekday))| NWeekday::Nth(*nth, *weekday)).collect(),
                in_month: freq != "YEARLY",
                monthly: freq == "MONTHLY",
                places,
            };
            let mut sieved = plain.clone();
            *sieved.rule = (*plain.rule).clone().by_set_pos(Vec::new()).by_weekday(sieve.unnumbered());
            sieved.sieve = Some(sieve);
            let dates = |rule: &Rrule| -> Vec<NaiveDateTime> {
                rule.dates(first.and_time(NaiveTime::MIN), first).take(12).collect()
            };
            prop_assert_eq!(dates(&sieved), dates(&plain));
        }
    }
}
