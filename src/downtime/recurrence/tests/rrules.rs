//! Recurrence rules of RFC 5545.

use super::super::*;
use super::fixture::{all, berlin, dates, nominals, recurrence, rrule};
use crate::failure::Kind;

fn ruled(start: &str, rule: &str) -> Recurrence {
    recurrence("Europe/Berlin", start, 3600, rrule(rule))
}

fn refused(rule: &str) -> String {
    let failure = Rrule::parse(rule).unwrap_err();
    assert_eq!(failure.kind, Kind::Recurrence);
    failure.message()
}

#[test]
fn a_rule_is_read_in_any_case_with_or_without_its_name() {
    for text in ["FREQ=WEEKLY;BYDAY=MO", "RRULE:FREQ=WEEKLY;BYDAY=MO", " rrule:freq=weekly;byday=mo; "] {
        assert_eq!(Rrule::parse(text).unwrap().as_str(), "FREQ=WEEKLY;BYDAY=MO");
    }
}

#[test]
fn what_the_rfc_does_not_allow_is_refused_with_the_part() {
    for (rule, why) in [
        ("", "its parts are written NAME=VALUE"),
        ("weekly", "its parts are written NAME=VALUE"),
        ("BYDAY=MO", "it has no FREQ"),
        ("FREQ=FORTNIGHTLY", "there is no FREQ=FORTNIGHTLY"),
        ("FREQ=HOURLY", "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY here"),
        ("FREQ=DAILY;FREQ=DAILY", "it has FREQ twice"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL takes numbers from 1 to 65535"),
        ("FREQ=DAILY;COUNT=0", "COUNT takes a number from 1"),
        ("FREQ=DAILY;COUNT=-1", "COUNT takes a number from 1"),
        ("FREQ=DAILY;UNTIL=2026-12-24", "UNTIL is written as in 20261224"),
        ("FREQ=DAILY;UNTIL=20261324", "UNTIL is written as in 20261224"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH takes numbers from 1 to 12"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY takes numbers from 1 to 31 or -31 to -1"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY takes numbers from 1 to 31 or -31 to -1"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY goes with FREQ=DAILY, MONTHLY or YEARLY only"),
        ("FREQ=MONTHLY;BYYEARDAY=3", "BYYEARDAY goes with FREQ=YEARLY only"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO goes with FREQ=YEARLY only"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY with a number goes with FREQ=MONTHLY or YEARLY only"),
        ("FREQ=MONTHLY;BYDAY=6MO", "BYDAY numbers the weekdays of a month from 1 to 5"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", "BYDAY with a number does not go with BYWEEKNO"),
        ("FREQ=WEEKLY;BYDAY=XX", "XX is none of the weekdays MO TU WE TH FR SA SU"),
        ("FREQ=WEEKLY;BYDAY=", " is none of the weekdays MO TU WE TH FR SA SU"),
        ("FREQ=DAILY;BYEASTER=0", "RFC 5545 has no part BYEASTER"),
        ("DTSTART:20261120T220000\nRRULE:FREQ=DAILY", "it takes no DTSTART"),
    ] {
        assert!(refused(rule).contains(why), "{rule}: {}", refused(rule));
    }
    assert_eq!(Rrule::parse("FREQ=HOURLY").unwrap_err().hints, ["for every hour give --repeat hourly"]);
}

#[test]
fn its_own_count_and_end_hold_and_so_do_those_of_the_recurrence() {
    let mut daily = ruled("2026-11-20T22:00", "FREQ=DAILY;COUNT=3");
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-21", "2026-11-22"]);
    assert_eq!(daily.end(), Some(berlin("2026-11-22T23:00")));
    daily.count = Some(2);
    assert_eq!(dates(&daily, 9), ["2026-11-20", "2026-11-21"]);
    for (until, last) in [
        ("20261122", "2026-11-22"),
        ("20261122T220000", "2026-11-22"),
        ("20261122T215959", "2026-11-21"),
        ("20261122T210000Z", "2026-11-22"),
        ("20261122T205959Z", "2026-11-21"),
    ] {
        let daily = ruled("2026-11-20T22:00", &format!("FREQ=DAILY;UNTIL={until}"));
        assert_eq!(dates(&daily, 9).last().unwrap(), last, "{until}");
    }
}

/// They start in the order of the clock, though the clocks skip 02:15 and 02:30: those two are 03:15 and 03:30.
#[test]
fn several_a_day_come_in_order_and_once_each_on_the_day_of_a_gap() {
    let often = ruled("2026-03-28T02:15", "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,20,30");
    let of_the_day = |day: &str| -> Vec<String> {
        nominals(&often, 18).into_iter().filter(|nominal| nominal.starts_with(day)).collect()
    };
    assert_eq!(of_the_day("2026-03-28").len(), 6);
    assert_eq!(of_the_day("2026-03-29"), ["2026-03-29T02:15", "2026-03-29T02:20", "2026-03-29T02:30"]);
    let uneven = ruled("2026-03-29T01:00", "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,40");
    assert_eq!(nominals(&uneven, 4), ["2026-03-29T01:00", "2026-03-29T01:40", "2026-03-29T02:00", "2026-03-29T02:40"]);
    let crossing = ruled("2026-03-29T01:30", "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=30;BYSETPOS=1,2,3");
    let starts: Vec<Instant> = all(&crossing, 3).iter().map(|it| it.window.start()).collect();
    assert_eq!(starts, ["2026-03-29T01:30", "2026-03-29T03:30", "2026-03-30T01:30"].map(berlin));
}

#[test]
fn the_fifth_weekday_from_the_end_is_found() {
    let fridays = ruled("2026-01-02T22:00", "FREQ=MONTHLY;BYDAY=-5FR");
    assert_eq!(dates(&fridays, 3), ["2026-01-02", "2026-05-01", "2026-07-03"]);
    let both = ruled("2026-01-02T22:00", "FREQ=MONTHLY;BYDAY=-5FR,-1FR,1FR");
    assert_eq!(dates(&both, 4), ["2026-01-02", "2026-01-30", "2026-02-06", "2026-02-27"]);
    let yearly = ruled("2026-01-01T22:00", "FREQ=YEARLY;BYDAY=-53TH");
    assert_eq!(dates(&yearly, 2), ["2026-01-01", "2032-01-01"]);
}

/// The dates are those of python-dateutil.
#[test]
fn the_fifth_weekday_from_the_end_goes_with_every_other_part() {
    for (start, rule, found) in [
        ("2026-04-01", "FREQ=MONTHLY;BYDAY=-5WE;BYSETPOS=-1", ["2026-04-01", "2026-07-01", "2026-09-02"]),
        ("2026-05-03", "FREQ=MONTHLY;BYMONTHDAY=-30,-29;BYDAY=-5SU,-4SU", ["2026-05-03", "2026-08-02", "2026-11-01"]),
        ("2026-01-30", "FREQ=MONTHLY;BYDAY=-1FR,-5FR;BYSETPOS=-1", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("2026-06-01", "FREQ=MONTHLY;BYDAY=-5MO;BYMONTHDAY=1", ["2026-06-01", "2027-03-01", "2027-11-01"]),
        ("2026-01-01", "FREQ=YEARLY;BYDAY=-53MO,-53TH;BYSETPOS=1", ["2026-01-01", "2029-01-01", "2032-01-01"]),
    ] {
        assert_eq!(dates(&ruled(&format!("{start}T22:00"), rule), 3), found, "{rule}");
    }
}

#[test]
fn weekdays_with_and_without_a_number_are_a_list() {
    let mixed = ruled("2026-11-02T22:00", "FREQ=MONTHLY;BYDAY=MO,1FR");
    assert_eq!(dates(&mixed, 6), ["2026-11-02", "2026-11-06", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"]);
}

#[test]
fn one_that_never_happens_ends_at_once() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=3",
    ] {
        let never = ruled("2026-11-02T22:00", rule);
        assert_eq!(all(&never, 1), [], "{rule}");
        assert_eq!(never.first_named(), None, "{rule}");
    }
}
