//! The examples of RFC 5545 §3.8.5.3, daily and coarser: the dates that it lists in its `==>` lines.

use super::super::*;
use super::fixture::{all, dates, nominals, recurrence, rrule};

/// The `most` first dates of a rule that begins at 09:00 of a day in New York, as `1997-09-02`.
fn listed(start: &str, rule: &str, most: usize) -> Vec<String> {
    dates(&repeated(start, rule), most)
}

fn repeated(start: &str, rule: &str) -> Recurrence {
    recurrence("America/New_York", &format!("{start}T09:00"), 3600, rrule(rule))
}

/// Months with their days: `1997-09:2,9 1997-10:7`.
fn expected(text: &str) -> Vec<String> {
    let months = text.split_whitespace().map(|month| month.split_once(':').unwrap());
    months.flat_map(|(month, days)| days.split(',').map(move |day| format!("{month}-{day:0>2}"))).collect()
}

#[test]
fn rules_with_an_end_have_the_dates_that_the_rfc_lists() {
    let weekly = "1997-09:2,9,16,23,30 1997-10:7,14,21,28 1997-11:4";
    let tuesdays_and_thursdays = "1997-09:2,4,9,11,16,18,23,25,30 1997-10:2";
    let every_other_week = "1997-09:1,3,5,15,17,19,29 1997-10:1,3,13,15,17,27,29,31 1997-11:10,12,14,24,26,28 \
        1997-12:8,10,12,22";
    let first_fridays = "1997-09:5 1997-10:3 1997-11:7 1997-12:5 1998-01:2 1998-02:6 1998-03:6 1998-04:3 1998-05:1 \
        1998-06:5";
    let first_and_last_days = "1997-09:30 1997-10:1,31 1997-11:1,30 1997-12:1,31 1998-01:1,31 1998-02:1";
    let june_and_july = "1997-06:10 1997-07:10 1998-06:10 1998-07:10 1999-06:10 1999-07:10 2000-06:10 2000-07:10 \
        2001-06:10 2001-07:10";
    let every_other_year = "1997-03:10 1999-01:10 1999-02:10 1999-03:10 2001-01:10 2001-02:10 2001-03:10 2003-01:10 \
        2003-02:10 2003-03:10";
    let every_third_year = "1997-01:1 1997-04:10 1997-07:19 2000-01:1 2000-04:9 2000-07:18 2003-01:1 2003-04:10 \
        2003-07:19 2006-01:1";
    for (start, rule, days) in [
        ("1997-09-02", "FREQ=DAILY;COUNT=10", "1997-09:2,3,4,5,6,7,8,9,10,11"),
        ("1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09:2,12,22 1997-10:2,12"),
        ("1997-09-02", "FREQ=WEEKLY;COUNT=10", weekly),
        ("1997-09-02", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", tuesdays_and_thursdays),
        ("1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", tuesdays_and_thursdays),
        ("1997-09-01", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", every_other_week),
        ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09:2,4,16,18,30 1997-10:2,14,16"),
        ("1997-09-05", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", first_fridays),
        ("1997-09-05", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09:5 1997-10:3 1997-11:7 1997-12:5"),
        (
            "1997-09-07",
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "1997-09:7,28 1997-11:2,30 1998-01:4,25 1998-03:1,29 1998-05:3,31",
        ),
        (
            "1997-09-22",
            "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
            "1997-09:22 1997-10:20 1997-11:17 1997-12:22 1998-01:19 1998-02:16",
        ),
        (
            "1997-09-02",
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            "1997-09:2,15 1997-10:2,15 1997-11:2,15 1997-12:2,15 1998-01:2,15",
        ),
        ("1997-09-30", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", first_and_last_days),
        (
            "1997-09-10",
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09:10,11,12,13,14,15 1999-03:10,11,12,13",
        ),
        ("1997-06-10", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", june_and_july),
        ("1997-03-10", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", every_other_year),
        ("1997-01-01", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", every_third_year),
        ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09:4 1997-10:7 1997-11:6"),
        ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08:5,10,19,24"),
        ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08:5,17,19,31"),
        ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01:15,30 2007-02:15 2007-03:15,30"),
    ] {
        assert_eq!(listed(start, rule, 99), expected(days), "{rule}");
    }
}

#[test]
fn rules_without_an_end_begin_with_the_dates_that_the_rfc_lists() {
    let fortnightly = "1997-09:2,16,30 1997-10:14,28 1997-11:11,25 1997-12:9,23 1998-01:6,20";
    let tuesdays = "1997-09:2,9,16,23,30 1997-11:4,11,18,25 1998-01:6,13,20,27 1998-03:3,10,17,24,31";
    let summer = "1997-06:5,12,19,26 1997-07:3,10,17,24,31 1997-08:7,14,21,28 1998-06:4,11,18,25 1998-07:2,9,16,23,30 \
        1998-08:6,13,20,27 1999-06:3,10,17,24 1999-07:1,8,15,22,29 1999-08:5,12,19,26";
    let saturdays = "1997-09:13 1997-10:11 1997-11:8 1997-12:13 1998-01:10 1998-02:7 1998-03:7 1998-04:11 1998-05:9 \
        1998-06:13";
    for (start, rule, days) in [
        ("1997-09-02", "FREQ=DAILY;INTERVAL=2", "1997-09:2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 1997-10:2,4"),
        ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", fortnightly),
        (
            "1997-09-28",
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "1997-09:28 1997-10:29 1997-11:28 1997-12:29 1998-01:29 1998-02:26",
        ),
        ("1997-09-02", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", tuesdays),
        ("1997-05-19", "FREQ=YEARLY;BYDAY=20MO", "1997-05:19 1998-05:18 1999-05:17"),
        ("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05:12 1998-05:11 1999-05:17"),
        ("1997-03-13", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03:13,20,27 1998-03:5,12,19,26 1999-03:4,11,18,25"),
        ("1997-06-05", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", summer),
        ("1997-09-02", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02:13 1998-03:13 1998-11:13 1999-08:13 2000-10:13"),
        ("1997-09-13", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", saturdays),
        (
            "1996-11-05",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11:5 2000-11:7 2004-11:2",
        ),
        (
            "1997-09-29",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "1997-09:29 1997-10:30 1997-11:27 1997-12:30 1998-01:29 1998-02:26 1998-03:30",
        ),
    ] {
        let days = expected(days);
        assert_eq!(listed(start, rule, days.len()), days, "{rule}");
    }
}

#[test]
fn long_lists_have_the_ends_that_the_rfc_gives() {
    let autumn = listed("1997-09-02", "FREQ=DAILY;UNTIL=19971224T000000Z", 999);
    assert_eq!((autumn.len(), autumn.last().unwrap().as_str()), (113, "1997-12-23"));
    let weekly = listed("1997-09-02", "FREQ=WEEKLY;UNTIL=19971224T000000Z", 999);
    assert_eq!((weekly.len(), weekly.last().unwrap().as_str()), (17, "1997-12-23"));
    let yearly = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA";
    let januaries = listed("1998-01-01", yearly, 999);
    assert_eq!((januaries.len(), januaries.last().unwrap().as_str()), (93, "2000-01-31"));
    assert_eq!(listed("1998-01-01", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", 999), januaries);
}

#[test]
fn times_of_day_come_every_twenty_minutes_where_the_rfc_has_them() {
    let rule = "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40";
    let found = nominals(&repeated("1997-09-02", rule), 25);
    assert_eq!(found[..3], ["1997-09-02T09:00", "1997-09-02T09:20", "1997-09-02T09:40"]);
    assert_eq!(found[23..], ["1997-09-02T16:40", "1997-09-03T09:00"]);
}

/// "… (1997 9:00 AM EDT) … (1997 9:00 AM EST)".
#[test]
fn the_time_of_day_stays_across_the_change_of_october_1997() {
    let weekly = repeated("1997-09-02", "FREQ=WEEKLY;COUNT=10");
    let starts: Vec<String> = all(&weekly, 10).iter().map(|it| it.window.start().to_string()).collect();
    assert_eq!(starts[7..9], ["1997-10-21T13:00:00Z", "1997-10-28T14:00:00Z"]);
}
