//! Named modes: their days, limits, exceptions and ends.

use super::super::*;
use super::fixture::{all, berlin, dates, ending, every, local, nominals, recurrence};
use crate::downtime::interval::Interval;

const TWO_HOURS: i64 = 7200;

fn repeated(start: &str, interval: u32, mode: &str) -> Recurrence {
    recurrence("Europe/Berlin", start, TWO_HOURS, every(interval, mode))
}

#[test]
fn an_interval_multiplies_and_counts_from_the_first_start() {
    assert_eq!(
        nominals(&repeated("2026-11-20T22:00", 3, "hourly"), 3),
        ["2026-11-20T21:00Z", "2026-11-21T00:00Z", "2026-11-21T03:00Z"]
    );
    assert_eq!(dates(&repeated("2026-01-30T22:00", 2, "daily"), 3), ["2026-01-30", "2026-02-01", "2026-02-03"]);
    assert_eq!(dates(&repeated("2026-01-30T22:00", 2, "weekly"), 3), ["2026-01-30", "2026-02-13", "2026-02-27"]);
    assert_eq!(dates(&repeated("2026-01-30T22:00", 2, "biweekly"), 3), ["2026-01-30", "2026-02-27", "2026-03-27"]);
    assert_eq!(dates(&repeated("2026-01-30T22:00", 1, "four-weekly"), 3), ["2026-01-30", "2026-02-27", "2026-03-27"]);
    assert_eq!(dates(&repeated("2026-01-12T22:00", 3, "nth-weekday"), 3), ["2026-01-12", "2026-04-13", "2026-07-13"]);
    assert_eq!(
        dates(&repeated("2026-02-28T22:00", 6, "last-day-of-month"), 3),
        ["2026-02-28", "2026-08-31", "2027-02-28"]
    );
}

/// February is the second of every second month from December on, and stays so.
#[test]
fn skipped_months_count_for_the_interval_but_are_no_occurrences() {
    let monthly = repeated("2025-12-31T22:00", 2, "monthly");
    assert_eq!(dates(&monthly, 4), ["2025-12-31", "2026-08-31", "2026-10-31", "2026-12-31"]);
    let numbers: Vec<u64> = all(&monthly, 4).iter().map(|occurrence| monthly.number(occurrence.nominal)).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[test]
fn weekdays_leave_out_weekends() {
    assert_eq!(
        dates(&repeated("2026-11-19T18:00", 1, "weekdays"), 4),
        ["2026-11-19", "2026-11-20", "2026-11-23", "2026-11-24"]
    );
}

#[test]
fn months_without_a_fifth_weekday_are_left_out() {
    assert_eq!(dates(&repeated("2026-01-30T22:00", 1, "nth-weekday"), 3), ["2026-01-30", "2026-05-29", "2026-07-31"]);
    assert_eq!(
        dates(&repeated("2026-01-02T22:00", 1, "nth-weekday-from-end"), 3),
        ["2026-01-02", "2026-05-01", "2026-07-03"]
    );
}

#[test]
fn the_29th_of_february_comes_in_leap_years_only() {
    let yearly = repeated("2096-02-29T22:00", 1, "yearly");
    assert_eq!(dates(&yearly, 3), ["2096-02-29", "2104-02-29", "2108-02-29"]);
    assert_eq!(yearly.number(Nominal::Local(local("2108-02-29T22:00"))), 3);
}

#[test]
fn a_last_date_is_nominal_and_a_last_instant_is_inclusive() {
    let mut daily = recurrence("Europe/Berlin", "2026-11-20T23:30", TWO_HOURS, every(1, "daily"));
    daily.until = Some(Until::Date("2026-11-22".parse().unwrap()));
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-21", "2026-11-22"]);
    daily.until = Some(Until::Instant(berlin("2026-11-22T23:30")));
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-21", "2026-11-22"]);
    daily.until = Some(Until::Instant(berlin("2026-11-22T23:30") - 1));
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-21"]);
    assert_eq!(daily.end(), Some(berlin("2026-11-22T01:30")));
}

/// On 29 March the clocks skip 02:30, and 03:30 is meant.
#[test]
fn a_gap_moves_the_start_but_not_what_it_is_compared_by() {
    let mut daily = repeated("2026-03-28T02:30", 1, "daily");
    daily.until = Some(Until::Instant(berlin("2026-03-29T03:15")));
    assert_eq!(nominals(&daily, 9), ["2026-03-28T02:30"]);
    daily.until = Some(Until::Instant(berlin("2026-03-29T03:30")));
    assert_eq!(nominals(&daily, 9), ["2026-03-28T02:30", "2026-03-29T02:30"]);
    assert_eq!(all(&daily, 9)[1].window.start(), berlin("2026-03-29T03:30"));
    daily.except = vec![Except::Local(local("2026-03-29T02:30"))];
    assert_eq!(nominals(&daily, 9), ["2026-03-28T02:30"]);
}

#[test]
fn whichever_of_count_and_last_date_is_reached_first_ends_it() {
    let mut daily = repeated("2026-11-20T22:00", 1, "daily");
    (daily.count, daily.until) = (Some(2), Some(Until::Date("2026-11-23".parse().unwrap())));
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-21"]);
    daily.count = Some(9);
    assert_eq!(dates(&daily, 9).len(), 4);
}

#[test]
fn exceptions_are_counted_and_keep_their_numbers() {
    let mut daily = repeated("2026-11-20T22:00", 1, "daily");
    daily.count = Some(4);
    daily.except = vec![
        Except::Date("2026-11-21".parse().unwrap()),
        Except::Local(local("2026-11-22T21:00")),
        Except::Start(berlin("2026-11-23T22:00")),
    ];
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-22"]);
    assert_eq!(all(&daily, 9).iter().map(|it| daily.number(it.nominal)).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(daily.at(Nominal::Local(local("2026-11-21T22:00"))), None);
    assert_eq!(daily.end(), Some(berlin("2026-11-23T00:00")));
}

#[test]
fn an_exception_of_a_date_leaves_out_all_of_its_hours() {
    let mut hourly = repeated("2026-11-20T22:30", 1, "hourly");
    hourly.except = vec![Except::Date("2026-11-21".parse().unwrap()), Except::Local(local("2026-11-22T01:30"))];
    assert_eq!(
        nominals(&hourly, 4),
        ["2026-11-20T21:30Z", "2026-11-20T22:30Z", "2026-11-21T23:30Z", "2026-11-22T01:30Z"]
    );
}

/// 30 December 2011 did not happen in Samoa: that occurrence is the one of the 31st.
#[test]
fn equal_starts_are_one_and_the_next_takes_the_place_of_one_left_out() {
    let mut daily = recurrence("Pacific/Apia", "2011-12-29T12:00", 3600, every(1, "daily"));
    daily.count = Some(3);
    assert_eq!(nominals(&daily, 9), ["2011-12-29T12:00", "2011-12-30T12:00"]);
    daily.except = vec![Except::Date("2011-12-30".parse().unwrap())];
    assert_eq!(nominals(&daily, 9), ["2011-12-29T12:00", "2011-12-31T12:00"]);
}

/// 25 October: the hour from 02:00 comes twice.
#[test]
fn the_first_window_stays_in_the_second_pass_of_a_repeated_hour() {
    let mut daily = repeated("2026-10-25T02:30", 1, "daily");
    let second = daily.first.start() + 3600;
    daily.first.interval = Interval::new(second, second + TWO_HOURS).unwrap();
    let found = all(&daily, 2);
    assert_eq!(found[0].window, daily.first);
    assert_eq!(found[1].window.start(), berlin("2026-10-26T02:30"));
    assert_eq!(daily.at(found[0].nominal), Some(found[0]));
}

#[test]
fn occurrences_that_end_on_the_clock_are_as_long_as_the_night_is() {
    let nightly = ending(repeated("2026-03-27T22:00", 1, "daily"), "06:00", 0);
    let hours: Vec<i64> = all(&nightly, 3).iter().map(|it| it.window.interval.seconds() / 3600).collect();
    assert_eq!(hours, [8, 7, 8]);
}

#[test]
fn a_first_window_that_stays_comes_before_what_the_pattern_names() {
    let mut weekdays = repeated("2026-11-21T18:00", 1, "weekdays");
    assert_eq!(dates(&weekdays, 2), ["2026-11-23", "2026-11-24"]);
    weekdays.first_stays = true;
    weekdays.count = Some(3);
    assert_eq!(dates(&weekdays, 9), ["2026-11-21", "2026-11-23", "2026-11-24"]);
    assert_eq!(all(&weekdays, 9).iter().map(|it| weekdays.number(it.nominal)).collect::<Vec<_>>(), [1, 2, 3]);
    let mut month_ends = repeated("2026-11-10T18:00", 2, "last-day-of-month");
    month_ends.first_stays = true;
    assert_eq!(dates(&month_ends, 3), ["2026-11-10", "2026-11-30", "2027-01-31"]);
    let mut daily = repeated("2026-11-10T18:00", 1, "daily");
    daily.first_stays = true;
    daily.count = Some(2);
    assert_eq!(dates(&daily, 9), ["2026-11-10", "2026-11-11"]);
}

#[test]
fn a_stretch_of_time_holds_the_windows_that_overlap_it() {
    let long = recurrence("Europe/Berlin", "2026-11-02T00:00", 10 * 86_400, every(1, "weekly"));
    let range = Interval::new(berlin("2026-11-20T00:00"), berlin("2026-11-23T00:00")).unwrap();
    let found: Vec<String> = long.overlapping(range).iter().map(|it| it.nominal.to_string()).collect();
    assert_eq!(found, ["2026-11-16T00:00"]);
    let range = Interval::new(berlin("2026-11-18T00:00"), berlin("2026-11-23T00:00") + 1).unwrap();
    let found: Vec<String> = long.overlapping(range).iter().map(|it| it.nominal.to_string()).collect();
    assert_eq!(found, ["2026-11-09T00:00", "2026-11-16T00:00", "2026-11-23T00:00"]);
}

#[test]
fn what_has_no_limit_has_no_end_and_what_is_left_out_wholly_ends_where_it_would_begin() {
    let mut yearly = repeated("2026-11-20T22:00", 1, "yearly");
    assert_eq!(yearly.end(), None);
    yearly.count = Some(5);
    assert_eq!(yearly.end(), Some(berlin("2030-11-21T00:00")));
    yearly.count = Some(1);
    yearly.except = vec![Except::Date("2026-11-20".parse().unwrap())];
    assert_eq!(yearly.end(), Some(yearly.first.start()));
}

#[test]
fn it_is_written_and_read_back() {
    let mut weekly = ending(repeated("2026-11-22T22:00", 2, "weekly"), "24:00", 1);
    weekly.until = Some(Until::Date("2027-01-01".parse().unwrap()));
    weekly.except = vec![Except::Date("2026-12-06".parse().unwrap())];
    let text = serde_json::to_string(&weekly).unwrap();
    assert_eq!(serde_json::from_str::<Recurrence>(&text).unwrap(), weekly, "{text}");
}
