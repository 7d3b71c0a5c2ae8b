//! Days on which clocks are changed: the rules of RFC 5545 §3.3.5, with the second pass of a repeated hour counted.

use super::super::{Role, range};
use super::{instant, message, present, read};

fn utc(text: &str, role: Role, now: &str, zone: &str) -> String {
    read(text, role, &present(now, zone)).instant.to_string()
}

fn starts(rows: &[(&str, &str, &str, &str)]) {
    for (zone, now, text, expected) in rows {
        assert_eq!(utc(text, Role::Start, now, zone), *expected, "{text} at {now} in {zone}");
    }
}

fn ends(rows: &[(&str, &str, &str, &str)]) {
    for (zone, start, text, expected) in rows {
        let role = Role::End { start: instant(start) };
        assert_eq!(utc(text, role, start, zone), *expected, "{text} from {start} in {zone}");
    }
}

#[test]
fn the_second_pass_of_a_repeated_hour_is_a_next_one() {
    starts(&[
        // 02:45 summer time, and 02:45 winter time an hour later.
        ("Europe/Berlin", "2026-10-25T00:45:00Z", "02:30", "2026-10-25T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T01:45:00Z", "02:30", "2026-10-26T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T00:15:00Z", "02:30", "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", "2026-10-25T00:45:00Z", "sun 02:30", "2026-10-25T01:30:00Z"),
        // `today` names the day; its 02:30 is the first.
        ("Europe/Berlin", "2026-10-25T00:45:00Z", "today 02:30", "2026-10-25T00:30:00Z"),
        // Half an hour only: 01:30 to 02:00 comes twice.
        ("Australia/Lord_Howe", "2027-04-03T14:50:00Z", "01:45", "2027-04-03T15:15:00Z"),
        ("Australia/Lord_Howe", "2027-04-03T14:50:00Z", "01:15", "2027-04-04T14:45:00Z"),
        // 00:00 to 01:00 comes twice, so midnight does.
        ("America/Havana", "2024-11-03T04:30:00Z", "midnight", "2024-11-03T05:00:00Z"),
        ("America/Havana", "2024-11-03T04:30:00Z", "24:00", "2024-11-03T05:00:00Z"),
        ("America/Havana", "2024-11-02T16:00:00Z", "eod", "2024-11-03T04:00:00Z"),
        ("America/Havana", "2024-11-03T05:30:00Z", "00:30", "2024-11-04T05:30:00Z"),
        // Saturday 23:00 to 24:00 comes twice, and only then is it Sunday.
        ("America/Sao_Paulo", "2018-02-18T01:30:00Z", "23:15", "2018-02-18T02:15:00Z"),
        ("America/Sao_Paulo", "2018-02-18T01:30:00Z", "eod", "2018-02-18T03:00:00Z"),
        ("America/Sao_Paulo", "2018-02-18T01:30:00Z", "tomorrow", "2018-02-18T03:00:00Z"),
        // From 00:01 back to 23:01 of the day before.
        ("America/St_Johns", "2010-11-07T02:00:00Z", "eod", "2010-11-07T02:30:00Z"),
        ("America/St_Johns", "2010-11-07T02:45:00Z", "00:00", "2010-11-07T03:30:00Z"),
        ("America/St_Johns", "2010-11-07T02:15:00Z", "sun", "2010-11-07T02:30:00Z"),
        ("America/St_Johns", "2010-11-07T02:45:00Z", "sun", "2010-11-14T03:30:00Z"),
        // Ramadan: summer time ends and comes back within weeks.
        ("Africa/Casablanca", "2026-02-15T01:30:00Z", "02:15", "2026-02-15T02:15:00Z"),
    ]);
    ends(&[
        ("Europe/Berlin", "2026-10-25T00:45:00Z", "02:30", "2026-10-25T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T00:30:00Z", "02:30", "2026-10-25T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T01:30:00Z", "02:30", "2026-10-26T01:30:00Z"),
        ("Australia/Lord_Howe", "2027-04-03T14:45:00Z", "01:45", "2027-04-03T15:15:00Z"),
        ("America/Havana", "2024-11-03T04:30:00Z", "sat", "2024-11-10T05:00:00Z"),
        ("America/Havana", "2024-11-03T03:30:00Z", "sat 24:00", "2024-11-03T04:00:00Z"),
        ("America/Havana", "2024-11-03T04:15:00Z", "sun 00:10", "2024-11-03T05:10:00Z"),
    ]);
}

#[test]
fn a_day_whose_gap_swallows_the_time_counts_after_the_gap() {
    starts(&[
        ("Europe/Berlin", "2026-03-28T19:00:00Z", "02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29T01:10:00Z", "02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29T01:30:00Z", "02:30", "2026-03-30T00:30:00Z"),
        ("Europe/Berlin", "2026-03-29T00:10:00Z", "03:30", "2026-03-29T01:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T12:00:00Z", "02:15", "2026-10-03T15:45:00Z"),
        ("America/Havana", "2024-03-09T12:00:00Z", "midnight", "2024-03-10T05:00:00Z"),
        ("America/Havana", "2024-03-09T12:00:00Z", "eod", "2024-03-10T05:00:00Z"),
        ("America/Havana", "2024-03-09T12:00:00Z", "sun 00:15", "2024-03-10T05:15:00Z"),
        ("Africa/Cairo", "2024-04-25T10:00:00Z", "eod", "2024-04-25T22:00:00Z"),
        ("Africa/Cairo", "2024-04-25T10:00:00Z", "fri", "2024-04-25T22:00:00Z"),
        ("Africa/Casablanca", "2026-03-21T12:00:00Z", "02:30", "2026-03-22T02:30:00Z"),
        ("America/St_Johns", "2010-03-13T12:00:00Z", "00:30", "2010-03-14T04:00:00Z"),
    ]);
    ends(&[
        ("Africa/Cairo", "2024-04-25T10:00:00Z", "thu", "2024-04-25T22:00:00Z"),
        ("America/Havana", "2024-03-10T04:00:00Z", "24:00", "2024-03-10T05:00:00Z"),
    ]);
}

/// Samoa left out Friday 30 December 2011: its times are those of the 31st.
#[test]
fn a_day_left_out_counts_as_the_one_after() {
    starts(&[
        ("Pacific/Apia", "2011-12-30T06:00:00Z", "12:00", "2011-12-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-30T06:00:00Z", "fri 12:00", "2011-12-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-30T06:00:00Z", "sat 12:00", "2011-12-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-30T06:00:00Z", "21:00", "2011-12-30T07:00:00Z"),
        ("Pacific/Apia", "2011-12-30T06:00:00Z", "eow", "2012-01-01T10:00:00Z"),
        ("Pacific/Apia", "2011-12-30T06:00:00Z", "tomorrow", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-30T12:00:00Z", "yesterday", "2011-12-30T10:00:00Z"),
    ]);
}

#[test]
fn looking_back_mirrors_the_rules() {
    for (zone, now, text, expected) in [
        ("Europe/Berlin", "2026-10-25T01:15:00Z", "02:30", "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", "2026-10-25T01:45:00Z", "02:30", "2026-10-25T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T09:00:00Z", "sun 02:30", "2026-10-25T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29T08:00:00Z", "02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29T01:10:00Z", "02:30", "2026-03-28T01:30:00Z"),
        ("America/Havana", "2024-11-03T12:00:00Z", "sun", "2024-11-03T04:00:00Z"),
        ("America/Havana", "2024-03-10T12:00:00Z", "sun", "2024-03-10T05:00:00Z"),
    ] {
        assert_eq!(utc(text, Role::LookingBack, now, zone), expected, "{text} at {now} in {zone}");
    }
}

#[test]
fn notes_tell_of_gaps_and_repeated_hours() {
    let notes = |text, now| read(text, Role::Start, &present(now, "Europe/Berlin")).notes;
    assert_eq!(
        notes("tomorrow 02:30", "2026-03-28T19:00:00Z"),
        [
            "2026-03-29 02:30 does not exist in Europe/Berlin, where the clocks skip it: 2026-03-29T03:30:00+02:00 is taken"
        ]
    );
    assert_eq!(
        notes("tomorrow 02:30", "2026-10-24T18:00:00Z"),
        ["2026-10-25 02:30 comes twice in Europe/Berlin: the first is taken, 2026-10-25T02:30:00+02:00"]
    );
    assert_eq!(
        notes("02:30", "2026-10-25T00:45:00Z"),
        ["2026-10-25 02:30 comes twice in Europe/Berlin: the second is taken, 2026-10-25T02:30:00+01:00"]
    );
    assert!(notes("tomorrow 04:30", "2026-03-28T19:00:00Z").is_empty());
}

/// A series that begins in a gap goes on at the time that was typed.
#[test]
fn the_civil_time_is_kept_as_it_was_meant() {
    let start = read("tomorrow 02:30", Role::Start, &present("2026-03-28T19:00:00Z", "Europe/Berlin"));
    assert_eq!(start.local.unwrap().time.to_string(), "2026-03-29 02:30:00");
}

#[test]
fn named_ranges_follow_the_local_calendar() {
    for (name, zone, now, start, end) in [
        ("today", "Europe/Berlin", "2026-03-29T10:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("yesterday", "Europe/Berlin", "2026-10-26T10:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        ("This-Week", "Europe/Berlin", "2026-11-22T14:30:00Z", "2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z"),
        ("last-week", "Europe/Berlin", "2026-11-20T14:30:00Z", "2026-11-08T23:00:00Z", "2026-11-15T23:00:00Z"),
        ("this-month", "Europe/Berlin", "2026-12-31T23:30:00Z", "2026-12-31T23:00:00Z", "2027-01-31T23:00:00Z"),
        ("last-month", "Europe/Berlin", "2026-03-31T10:00:00Z", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z"),
        ("this-year", "Europe/Berlin", "2026-11-20T14:30:00Z", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"),
        ("last-year", "UTC", "2028-02-29T10:00:00Z", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"),
        ("last-24h", "Europe/Berlin", "2026-03-29T10:00:00Z", "2026-03-28T10:00:00Z", "2026-03-29T10:00:00Z"),
        ("last-7d", "UTC", "2026-11-20T14:30:00Z", "2026-11-13T14:30:00Z", "2026-11-20T14:30:00Z"),
        ("last-31d", "UTC", "2026-11-20T14:30:00Z", "2026-10-20T14:30:00Z", "2026-11-20T14:30:00Z"),
        ("last-365d", "UTC", "2026-11-20T14:30:00Z", "2025-11-20T14:30:00Z", "2026-11-20T14:30:00Z"),
        ("today", "America/Havana", "2024-03-10T12:00:00Z", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"),
    ] {
        let (from, until) = range::named(name, &present(now, zone)).unwrap();
        assert_eq!((from.to_string(), until.to_string()), (start.into(), end.into()), "{name} {zone}");
    }
}

#[test]
fn unknown_ranges_and_days_left_out_are_refused() {
    let now = present("2011-12-30T12:00:00Z", "Pacific/Apia");
    assert!(message(range::named("yesterday", &now)).contains("leaves the day out"));
    assert_eq!(range::named("lastweek", &now).unwrap_err().hints, ["did you mean last-week?"]);
    assert!(range::named("banana", &now).unwrap_err().hints[0].starts_with("ranges are today yesterday"));
}
