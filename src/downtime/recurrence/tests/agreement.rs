//! Every way to ask for occurrences gives those of the list from the beginning.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::fixture::{ending, every, recurrence, rrule};
use crate::downtime::interval::Interval;

const YEAR: i64 = 365 * 86_400;

const RULES: [&str; 14] = [
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,20,45",
    "FREQ=DAILY;INTERVAL=2;BYHOUR=2,3;BYMINUTE=15,30;COUNT=40",
    "FREQ=DAILY;BYMONTH=3,10;BYDAY=SU",
    "FREQ=WEEKLY;INTERVAL=3;WKST=SU;BYDAY=SA,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;BYSETPOS=-1;BYHOUR=2,22",
    "FREQ=WEEKLY;BYMONTH=12,1;BYDAY=TU,TH;COUNT=25",
    "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1,31",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2,1",
    "FREQ=MONTHLY;BYDAY=-5SU,2MO",
    "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1,53;BYDAY=MO,SU",
    "FREQ=YEARLY;BYDAY=20MO,-1SU;UNTIL=20300601",
    "FREQ=YEARLY;BYYEARDAY=1,-1,366",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
];

const MODES: [&str; 6] = ["hourly", "daily", "weekdays", "nth-weekday", "nth-weekday-from-end", "monthly"];

fn any_recurrence() -> impl Strategy<Value = Recurrence> {
    let pattern = prop_oneof![
        (1..5_u32, select(&MODES[..])).prop_map(|(interval, mode)| every(interval, mode)),
        select(&RULES[..]).prop_map(rrule),
    ];
    let zone = select(&["Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo", "Australia/Lord_Howe", "+05:45"][..]);
    let start = (1_293_840_000..1_900_000_000_i64, select(&["00:00", "02:30", "22:00"][..]));
    let limits = (proptest::option::of(1..60_u64), proptest::option::of(0..3 * YEAR), any::<bool>());
    let except = proptest::collection::vec(0..300_u64, 0..3);
    let length = (1..300_000_i64, proptest::option::of(0..3_u32));
    (zone, start, pattern, limits, except, length).prop_map(
        |(zone, (seconds, time), pattern, (count, until, first_stays), except, (length, days))| {
            let date = Instant(seconds).utc().date_naive();
            let mut any = recurrence(zone, &format!("{date}T{time}"), length, pattern);
            (any.count, any.first_stays) = (count, first_stays);
            any.until = until.map(|after| Until::Instant(any.first.start() + after));
            let dates = except.into_iter().map(|days| Except::Date(date + chrono::Days::new(days)));
            any.except = Except::sorted(dates.collect());
            match (days, &any.pattern) {
                (None, _) | (_, Pattern::Every { mode: Mode::Hourly, .. }) => any,
                (Some(days), _) => ending(any, "06:00", days),
            }
        },
    )
}

/// The occurrences of the first four years, from the beginning.
fn list(recurrence: &Recurrence) -> Vec<Occurrence> {
    let horizon = recurrence.first.start() + 4 * YEAR;
    recurrence.starting(Instant::BEGINNING).take_while(|occurrence| occurrence.window.start() < horizon).collect()
}

proptest! {
    #[test]
    fn what_starts_from_an_instant_is_the_rest_of_the_list(any in any_recurrence(), after in -YEAR..4 * YEAR) {
        let (list, from) = (list(&any), any.first.start() + after);
        let rest: Vec<Occurrence> = list.iter().copied().filter(|it| it.window.start() >= from).collect();
        let found: Vec<Occurrence> = any.starting(from).take(rest.len()).collect();
        prop_assert_eq!(found, rest);
    }

    #[test]
    fn what_overlaps_a_stretch_is_what_the_list_says(any in any_recurrence(), after in -YEAR..3 * YEAR, days in 1..40_i64) {
        let from = any.first.start() + after;
        let range = Interval::new(from, from + days * 86_400).unwrap();
        let overlapping: Vec<Occurrence> =
            list(&any).into_iter().filter(|it| it.window.interval.overlaps(range)).collect();
        prop_assert_eq!(any.overlapping(range), overlapping);
    }

    #[test]
    fn each_is_found_by_its_name_and_none_lasts_longer_than_the_longest(any in any_recurrence()) {
        let list = list(&any);
        for occurrence in list.iter().step_by(list.len().div_ceil(20).max(1)) {
            prop_assert_eq!(any.at(occurrence.nominal), Some(*occurrence));
            let Nominal::Local(local) = occurrence.nominal else { continue };
            prop_assert_eq!(any.at(Nominal::Local(local + chrono::TimeDelta::seconds(1))), None);
        }
        prop_assert!(list.iter().all(|it| it.window.interval.seconds() <= any.longest()));
    }

    #[test]
    fn each_has_its_number_exceptions_and_equal_starts_counted(any in any_recurrence()) {
        let mut whole = any.clone();
        // An offset has neither gaps nor folds, so that no two starts are equal.
        whole.timezone = Zone::parse("+01:00").unwrap();
        whole.first.start_civil = None;
        whole.except = Vec::new();
        let numbers: Vec<u64> = list(&whole).iter().take(150).map(|it| whole.number(it.nominal)).collect();
        prop_assert_eq!(&numbers, &(1..=numbers.len() as u64).collect::<Vec<_>>());
        let mut names: Vec<Nominal> = list(&any).iter().take(150).map(|it| it.nominal).collect();
        names.sort_unstable();
        let numbers: Vec<u64> = names.into_iter().map(|nominal| any.number(nominal)).collect();
        prop_assert!(numbers.is_sorted_by(|one, next| one < next), "{:?}", numbers);
    }

    #[test]
    fn it_ends_when_the_last_one_does(any in any_recurrence()) {
        let rule_ends = any.rrule().is_some_and(|rule| rule.as_str().contains("COUNT") || rule.as_str().contains("UNTIL"));
        let is_limited = any.count.is_some() || any.until.is_some() || rule_ends;
        prop_assert_eq!(any.end().is_some(), is_limited);
        if is_limited {
            let last = any.starting(Instant::BEGINNING).map(|it| it.window.end()).max();
            prop_assert_eq!(any.end(), Some(last.unwrap_or(any.first.start())));
        }
    }
}
