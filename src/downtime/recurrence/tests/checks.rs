//! What is refused, and what is pointed out.

use super::super::*;
use super::fixture::{dates, ending, every, local, recurrence, rrule};
use crate::failure::Kind;

const HOUR: i64 = 3600;

fn repeated(start: &str, hours: i64, pattern: Pattern) -> Recurrence {
    recurrence("Europe/Berlin", start, hours * HOUR, pattern)
}

fn refused(recurrence: &Recurrence) -> [String; 2] {
    let failure = recurrence.check().unwrap_err();
    assert_eq!(failure.kind, Kind::Recurrence);
    [failure.message(), failure.hints.concat()]
}

fn cautions(start: &str, hours: i64, interval: u32, mode: &str) -> Vec<String> {
    repeated(start, hours, every(interval, mode)).check().unwrap()
}

#[test]
fn a_first_start_that_does_not_match_is_refused_with_the_first_match() {
    let weekdays = repeated("2026-11-21T18:00", 2, every(1, "weekdays"));
    assert_eq!(
        refused(&weekdays),
        [
            "Sat 2026-11-21 18:00 does not match `weekdays`: the first match is Mon 2026-11-23 18:00",
            "to begin there, add --start-at-match"
        ]
    );
    let month_end = repeated("2026-11-21T18:00", 2, every(1, "last-day-of-month"));
    assert!(refused(&month_end)[0].ends_with("the first match is Mon 2026-11-30 18:00"));
    let rule = repeated("2026-11-21T18:00", 2, rrule("FREQ=MONTHLY;BYDAY=2MO"));
    assert!(
        refused(&rule)[0].ends_with("does not match `FREQ=MONTHLY;BYDAY=2MO`: the first match is Mon 2026-12-14 18:00")
    );
    for mut stays in [weekdays, month_end, rule] {
        stays.first_stays = true;
        assert!(stays.check().is_ok());
    }
}

#[test]
fn it_can_begin_at_its_first_match() {
    let weekdays = repeated("2026-11-21T18:00", 2, every(1, "weekdays"));
    let (moved, word) = weekdays.starting_at_match().unwrap();
    assert_eq!(dates(&moved, 2), ["2026-11-23", "2026-11-24"]);
    assert_eq!(moved.first.interval.seconds(), 2 * HOUR);
    assert!(moved.check().unwrap().is_empty());
    assert!(word.unwrap().ends_with("the first match is Mon 2026-11-23 18:00, where it begins"));
    assert_eq!(moved.starting_at_match().unwrap(), (moved.clone(), None));
    let nightly = ending(repeated("2026-11-21T22:00", 2, every(1, "weekdays")), "06:00", 0);
    let (moved, _) = nightly.starting_at_match().unwrap();
    assert_eq!(moved.first.end().to_string(), "2026-11-24T05:00:00Z");
}

#[test]
fn what_never_happens_is_refused() {
    let never = repeated("2026-11-21T18:00", 2, rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"));
    assert_eq!(refused(&never)[0], "`FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` never happens");
    let mut left_out = repeated("2026-11-21T18:00", 2, every(1, "daily"));
    left_out.count = Some(1);
    left_out.except = vec![Except::Date("2026-11-21".parse().unwrap())];
    assert_eq!(refused(&left_out)[0], "it never happens: the exceptions leave nothing over");
}

#[test]
fn an_end_before_the_beginning_is_refused() {
    let mut daily = repeated("2026-11-21T18:00", 2, every(1, "daily"));
    daily.until = Some(Until::Date("2026-11-20".parse().unwrap()));
    assert_eq!(refused(&daily)[0], "the last start, 2026-11-20, is before the first, Sat 2026-11-21 18:00");
    daily.until = Some(Until::Instant(daily.first.start()));
    assert!(daily.check().is_ok());
    daily.until = Some(Until::Instant(daily.first.start() - 1));
    assert!(refused(&daily)[0].starts_with("the last start, Sat 2026-11-21 17:59:59, is before"));
    let rule = repeated("2026-11-21T18:00", 2, rrule("FREQ=DAILY;UNTIL=20261121T175959"));
    assert!(refused(&rule)[0].starts_with("the last start, Sat 2026-11-21 17:59:59, is before"));
}

#[test]
fn an_hourly_repetition_does_not_end_on_the_clock() {
    let mut hourly = repeated("2026-11-21T18:00", 1, every(1, "hourly"));
    hourly.wall_end = Some(WallEnd::parse("18:30", None).unwrap());
    assert_eq!(refused(&hourly)[0], "an hourly repetition does not end at a time of day");
}

#[test]
fn months_and_years_without_the_day_are_named() {
    let one = |caution: &str| vec![caution.to_owned()];
    assert_eq!(cautions("2026-12-31T22:00", 1, 1, "monthly"), one("no 31st in Feb, Apr, Jun, Sep, Nov: skipped"));
    assert_eq!(cautions("2027-01-31T22:00", 1, 2, "monthly"), one("no 31st in Sep, Nov: skipped"));
    assert_eq!(cautions("2026-12-30T22:00", 1, 1, "monthly"), one("no 30th in Feb: skipped"));
    assert_eq!(cautions("2026-12-29T22:00", 1, 1, "monthly"), one("no 29th in Feb but in leap years: skipped"));
    let mut thrice = repeated("2026-01-31T22:00", 1, every(1, "monthly"));
    thrice.count = Some(3);
    assert_eq!(thrice.check().unwrap(), ["no 31st in Feb, Apr: skipped"]);
    assert!(cautions("2026-12-31T22:00", 1, 12, "monthly").is_empty());
    assert!(cautions("2026-12-29T22:00", 1, 12, "monthly").is_empty());
    assert!(cautions("2026-12-28T22:00", 1, 1, "monthly").is_empty());
    assert_eq!(
        cautions("2028-02-29T22:00", 1, 1, "yearly"),
        one("no 29 February but in leap years: the others are skipped")
    );
    assert_eq!(cautions("2026-10-30T22:00", 1, 1, "nth-weekday"), one("months without a fifth Friday are skipped"));
    assert_eq!(
        cautions("2026-10-02T22:00", 1, 1, "nth-weekday-from-end"),
        one("months without a fifth Friday are skipped")
    );
    assert!(cautions("2026-10-23T22:00", 1, 1, "nth-weekday").is_empty());
}

#[test]
fn occurrences_that_overlap_are_pointed_out() {
    let overlap = "occurrences overlap: one lasts 1d 2h, and the next begins 1d after it did";
    assert_eq!(cautions("2026-11-20T22:00", 26, 1, "daily"), [overlap]);
    assert!(cautions("2026-11-20T22:00", 26, 2, "daily").is_empty());
    assert_eq!(cautions("2026-11-20T22:00", 2, 1, "hourly").len(), 1);
    // A day of 23 hours is too short for one of 23.5 hours.
    let mut long = repeated("2026-11-20T22:00", 24, every(1, "daily"));
    assert!(long.check().unwrap()[0].contains("the next begins 23h after it did"));
    long.until = Some(Until::Date("2027-03-01".parse().unwrap()));
    assert!(long.check().unwrap().is_empty());
}

#[test]
fn each_exception_that_leaves_nothing_out_is_named() {
    let mut weekly = repeated("2026-11-22T22:00", 2, every(1, "weekly"));
    weekly.count = Some(4);
    weekly.except = Except::sorted(vec![
        Except::Date("2026-11-29".parse().unwrap()),
        Except::Date("2026-11-30".parse().unwrap()),
        Except::Date("2026-12-20".parse().unwrap()),
        Except::Local(local("2026-12-06T22:00")),
        Except::Local(local("2026-12-06T21:00")),
        Except::Start(weekly.first.start() + 1),
    ]);
    assert_eq!(
        weekly.check().unwrap(),
        [
            "the exception 2026-11-30 matches no occurrence",
            "the exception 2026-12-20 matches no occurrence",
            "the exception 2026-12-06 21:00 matches no occurrence",
            "the exception 2026-11-22T22:00:01+01:00 matches no occurrence",
        ]
    );
}

#[test]
fn an_offset_follows_no_daylight_saving_time() {
    let fixed = recurrence("+01:00", "2026-11-22T22:00", HOUR, every(1, "weekly"));
    assert!(fixed.check().unwrap()[0].starts_with("+01:00 follows no daylight saving time"));
    let utc = recurrence("UTC", "2026-11-22T22:00", HOUR, every(1, "weekly"));
    assert!(utc.check().unwrap().is_empty());
}
