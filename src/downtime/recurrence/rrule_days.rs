//! Recurrence rules whose days have a closed form, so that nothing has to be walked.

use chrono::{Datelike, NaiveDate, WeekdaySet};
use rrule::{Frequency, NWeekday};

use super::Rrule;
use super::days::{Cycle, WEEKDAYS, weeks_after, weeks_before};

impl Rrule {
    /// Its cycle upon that first start, COUNT and UNTIL set aside, where it has one and names one time of day.
    pub(super) fn cycle(&self, first: NaiveDate) -> Option<Cycle> {
        let Self { rule, .. } = self;
        let others = [rule.get_by_set_pos().len(), rule.get_by_year_day().len(), rule.get_by_week_no().len()];
        if self.names_times() || self.sieve.is_some() || others != [0; 3] {
            return None;
        }
        let interval = i64::from(rule.get_interval());
        let week = |days| Cycle::Week { days, starts: rule.get_week_start(), weeks: interval };
        match (rule.get_freq(), rule.get_by_month(), rule.get_by_month_day(), rule.get_by_weekday()) {
            (Frequency::Daily, [], [], []) => Some(Cycle::Days(interval)),
            (Frequency::Daily, [], [], days) if interval == 1 && set(days) == WEEKDAYS => Some(week(WEEKDAYS)),
            (Frequency::Weekly, [], [], []) => Some(Cycle::Days(7 * interval)),
            (Frequency::Weekly, [], [], days) if set(days) == WeekdaySet::single(first.weekday()) => {
                Some(Cycle::Days(7 * interval))
            }
            (Frequency::Weekly, [], [], days) => Some(week(set(days))),
            (Frequency::Monthly, [], [], []) => Some(Cycle::DayOfMonth(interval)),
            (Frequency::Monthly, [], [-1], []) => Some(Cycle::EndOfMonth(interval)),
            (Frequency::Monthly, [], [day], []) => {
                (u32::try_from(*day) == Ok(first.day())).then_some(Cycle::DayOfMonth(interval))
            }
            (Frequency::Monthly, [], [], [day]) => nth_weekday(*day, first, interval),
            (Frequency::Yearly, [], [], []) => Some(Cycle::Year(interval)),
            (Frequency::Yearly, [month], [], []) => {
                (u32::from(*month) == first.month()).then_some(Cycle::Year(interval))
            }
            (Frequency::Yearly, [month], [], [day]) if u32::from(*month) == first.month() => {
                nth_weekday(*day, first, 12 * interval)
            }
            (Frequency::Yearly, [month], [-1], []) => {
                (u32::from(*month) == first.month()).then_some(Cycle::EndOfMonth(12 * interval))
            }
            (Frequency::Yearly, [month], [day], []) => {
                let date = (u32::from(*month), u32::try_from(*day).ok()?);
                (date == (first.month(), first.day())).then_some(Cycle::Year(interval))
            }
            _ => None,
        }
    }
}

/// The numbered weekday of every so many months, where the first start is one.
fn nth_weekday(day: NWeekday, first: NaiveDate, months: i64) -> Option<Cycle> {
    match day {
        NWeekday::Nth(_, day) if day != first.weekday() => None,
        NWeekday::Nth(number, _) if number == nth(weeks_before(first)) => Some(Cycle::NthWeekday(months)),
        NWeekday::Nth(number, _) if number == -nth(weeks_after(first)) => Some(Cycle::NthWeekdayFromEnd(months)),
        NWeekday::Nth(..) | NWeekday::Every(_) => None,
    }
}

/// The weekdays of a rule that gives them no numbers.
fn set(days: &[NWeekday]) -> WeekdaySet {
    days.iter().map(|(NWeekday::Every(day) | NWeekday::Nth(_, day))| *day).collect()
}

/// The number that RFC 5545 gives a weekday with so many of its name before it.
fn nth(weeks: u32) -> i16 {
    i16::try_from(weeks + 1).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const RULES: [&str; 28] = [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=7",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=3;WKST=SU",
        "FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,SU,WE;WKST=FR",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=5",
        "FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=5WE;INTERVAL=2",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=-4TU",
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=12",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=5SU;INTERVAL=2",
        "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO;INTERVAL=4",
    ];

    proptest! {
        #[test]
        fn the_closed_form_names_the_days_of_the_rule(rule in select(&RULES[..]), day in 0..20_000_u64) {
            let first = NaiveDate::from_ymd_opt(1996, 1, 1).unwrap() + chrono::Days::new(day);
            let rule = Rrule::parse(rule).unwrap();
            // A day that the rule names, so that it has a cycle upon it.
            let named = rule.dates(first.and_time(chrono::NaiveTime::MIN), first).next();
            let first = named.map_or(first, |named| named.date());
            if let Some(cycle) = rule.cycle(first) {
                let days = cycle.upon(first);
                let walked: Vec<NaiveDate> =
                    rule.dates(first.and_time(chrono::NaiveTime::MIN), first).map(|local| local.date()).take(40).collect();
                prop_assert_eq!(days.from(0).take(40).collect::<Vec<_>>(), &walked[..]);
                // A jump lands no later than at the first day that is not before the date.
                for (number, date) in walked.iter().enumerate() {
                    for date in [*date, date.pred_opt().unwrap()].into_iter().filter(|date| *date >= first) {
                        let period = days.period_at(date);
                        let skipped = days.from(0).take_while(|day| *day < date).count();
                        prop_assert!(days.before(period) <= skipped as u64);
                        prop_assert!(days.before(period + 2) > skipped as u64 || !days.is_in_every_period());
                    }
                    prop_assert_eq!(days.nth(number as u64 + 1), Some(*date));
                }
            }
        }
    }

    #[test]
    fn each_of_these_rules_has_a_closed_form_upon_some_first_start() {
        let days = || NaiveDate::from_ymd_opt(1996, 1, 1).unwrap().iter_days().take(1500);
        for rule in RULES {
            let parsed = Rrule::parse(rule).unwrap();
            assert!(days().any(|first| parsed.cycle(first).is_some()), "{rule}");
        }
        for rule in [
            "FREQ=WEEKLY;BYDAY=MO,WE;BYMONTH=6",
            "FREQ=DAILY;BYHOUR=6",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
            "FREQ=MONTHLY;BYDAY=MO",
        ] {
            let parsed = Rrule::parse(rule).unwrap();
            assert!(days().all(|first| parsed.cycle(first).is_none()), "{rule}");
        }
    }
}
