//! Recurrence rules that are a named mode in other words, so that nothing has to be walked.

use chrono::{Datelike, NaiveDate, Weekday};
use rrule::{Frequency, NWeekday, RRule, Unvalidated};

use super::days::{Days, weeks_after, weeks_before};
use super::{Mode, Rrule};

const MONDAY_TO_FRIDAY: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

impl Rrule {
    /// Its days in closed form, COUNT and UNTIL set aside, where with that first start it is what a named mode is.
    pub(super) fn days(&self, first: NaiveDate) -> Option<Days> {
        let [rule] = &self.rules[..] else { return None };
        let mode = mode(rule, first).filter(|_| !self.names_times())?;
        Some(Days::new(mode, u32::from(rule.get_interval()), first))
    }
}

fn mode(rule: &RRule<Unvalidated>, first: NaiveDate) -> Option<Mode> {
    if !(rule.get_by_set_pos().is_empty() && rule.get_by_year_day().is_empty() && rule.get_by_week_no().is_empty()) {
        return None;
    }
    let is_monday_to_friday = |days: &[NWeekday]| {
        let every = MONDAY_TO_FRIDAY.map(NWeekday::Every);
        rule.get_interval() == 1 && days.len() == every.len() && every.iter().all(|day| days.contains(day))
    };
    let (nth, nth_from_end) = (nth(weeks_before(first)), nth(weeks_after(first)));
    match (rule.get_freq(), rule.get_by_month(), rule.get_by_month_day(), rule.get_by_weekday()) {
        (Frequency::Daily, [], [], []) => Some(Mode::Daily),
        (Frequency::Daily | Frequency::Weekly, [], [], days) if is_monday_to_friday(days) => Some(Mode::Weekdays),
        (Frequency::Weekly, [], [], []) => Some(Mode::Weekly),
        (Frequency::Weekly, [], [], [NWeekday::Every(day)]) => (*day == first.weekday()).then_some(Mode::Weekly),
        (Frequency::Monthly, [], [], []) => Some(Mode::Monthly),
        (Frequency::Monthly, [], [-1], []) => Some(Mode::LastDayOfMonth),
        (Frequency::Monthly, [], [day], []) => (u32::try_from(*day) == Ok(first.day())).then_some(Mode::Monthly),
        (Frequency::Monthly, [], [], [NWeekday::Nth(number, day)]) if *day == first.weekday() => match *number {
            number if number == nth => Some(Mode::NthWeekday),
            number if number == -nth_from_end => Some(Mode::NthWeekdayFromEnd),
            _ => None,
        },
        (Frequency::Yearly, [], [], []) => Some(Mode::Yearly),
        (Frequency::Yearly, [month], [], []) => (u32::from(*month) == first.month()).then_some(Mode::Yearly),
        (Frequency::Yearly, [month], [day], []) => {
            let date = (u32::from(*month), u32::try_from(*day).ok()?);
            (date == (first.month(), first.day())).then_some(Mode::Yearly)
        }
        _ => None,
    }
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

    const RULES: [&str; 20] = [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=7",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=3;WKST=SU",
        "FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
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
    ];

    proptest! {
        #[test]
        fn the_closed_form_names_the_days_of_the_rule(rule in select(&RULES[..]), day in 0..20_000_u64) {
            let first = NaiveDate::from_ymd_opt(1996, 1, 1).unwrap() + chrono::Days::new(day);
            let rule = Rrule::parse(rule).unwrap();
            if let Some(days) = rule.days(first) {
                let walked: Vec<NaiveDate> =
                    rule.dates(first.and_time(chrono::NaiveTime::MIN), first).map(|local| local.date()).take(40).collect();
                prop_assert_eq!(days.from(0).take(40).collect::<Vec<_>>(), walked);
            }
        }
    }

    #[test]
    fn each_of_these_rules_has_a_closed_form_upon_some_first_start() {
        let days = || NaiveDate::from_ymd_opt(1996, 1, 1).unwrap().iter_days().take(1500);
        for rule in RULES {
            let parsed = Rrule::parse(rule).unwrap();
            assert!(days().any(|first| parsed.days(first).is_some()), "{rule}");
        }
        for rule in ["FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY;BYHOUR=6", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1"] {
            let parsed = Rrule::parse(rule).unwrap();
            assert!(days().all(|first| parsed.days(first).is_none()), "{rule}");
        }
    }
}
