//! Every row of the manual's table of times, at its present: Friday 2026-11-20 15:30 in Berlin.

use super::super::{Expression, Role, Shape, TimeOfDay, duration, point};
use super::{friday, instant, local, message, present, read};

const SATURDAY_22: &str = "2026-11-21T21:00:00Z";

fn starts(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(local(text, Role::Start, &friday()), *expected, "{text}");
    }
}

fn ends(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(local(text, Role::End { start: instant(SATURDAY_22) }, &friday()), *expected, "{text}");
    }
}

/// "`now`, `+2h`, `in 2h`, `now+90m`, `now - 30m`, `-30m`: relative to now; but as an end `+2h` and `in 2h` count from
/// the start".
#[test]
fn distances_count_from_now_and_as_an_end_from_the_start() {
    starts(&[
        ("now", "2026-11-20T15:30:00+01:00"),
        ("+2h", "2026-11-20T17:30:00+01:00"),
        ("in 2h", "2026-11-20T17:30:00+01:00"),
        ("IN2HOURS", "2026-11-20T17:30:00+01:00"),
        ("+ 1h 30m", "2026-11-20T17:00:00+01:00"),
        ("now+90m", "2026-11-20T17:00:00+01:00"),
        ("now - 30m", "2026-11-20T15:00:00+01:00"),
        ("-30m", "2026-11-20T15:00:00+01:00"),
        ("+PT2H", "2026-11-20T17:30:00+01:00"),
    ]);
    ends(&[
        ("+2h", "2026-11-22T00:00:00+01:00"),
        ("in 2h", "2026-11-22T00:00:00+01:00"),
        ("now+90m", "2026-11-20T17:00:00+01:00"),
        ("-30m", "2026-11-20T15:00:00+01:00"),
        ("now", "2026-11-20T15:30:00+01:00"),
    ]);
}

/// "`2h`, `90m`, `1h30m`, `1h 30m`, `2 hours`, `90min`, `1d`, `1w`, `PT2H`: durations".
#[test]
fn durations_are_whole_units_in_falling_order() {
    for (text, seconds) in [
        ("2h", 7200),
        ("90m", 5400),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        (" 1 H 30 M ", 5400),
        ("2 hours", 7200),
        ("90min", 5400),
        ("1d", 86_400),
        ("1w", 604_800),
        ("PT2H", 7200),
        ("p1dt12h", 129_600),
        ("P1W", 604_800),
        ("1w2d3h4m5s", 788_645),
        ("1h0m", 3600),
    ] {
        assert_eq!(duration::parse(text).unwrap(), seconds, "{text}");
    }
}

/// "bare numbers, fractions, zero, months and years are refused".
#[test]
fn refused_durations_name_what_to_write() {
    for (text, hint) in [
        ("90", "write `90m`"),
        ("1h 30", "write `1h 30m`"),
        ("1.5h", "write `1h 30m`"),
        ("0,5d", "write `12h`"),
        ("30m1h", "write `1h 30m`"),
        ("1h1h", "write `2h`"),
        ("1:30", "write `1h30m`"),
        ("-2h", "write `2h`"),
        ("P90M", "write `PT90M`"),
        ("P2H", "write `PT2H`"),
        ("2h later", "write `2h`"),
        ("1mo", "give days"),
        ("2 months", "give days"),
        ("P1Y", "give days"),
        ("PT1D", "durations are written"),
        ("P", "durations are written"),
        ("PT", "durations are written"),
        ("P1DT", "durations are written"),
        ("0h", "durations are written"),
        ("PT0S", "durations are written"),
        ("2x", "durations are written"),
        ("h", "durations are written"),
        ("", "durations are written"),
        ("1.55555s", "durations are written"),
        ("99999999999999999999w", "durations are written"),
        ("9999999w", "durations are written"),
        ("tomorrow 22:00", "for a point in time give --end \"tomorrow 22:00\""),
        ("2h\u{a0}30m", "write `2h`"),
        ("99999999999999999999", "durations are written"),
        ("24:00:00", "write `24h00m`"),
    ] {
        let failure = duration::parse(text).unwrap_err();
        assert!(failure.hints[0].starts_with(hint), "{text}: {:?}", failure.hints);
    }
}

#[test]
fn a_signed_duration_moves_both_ways() {
    assert_eq!(duration::parse_signed("-30m").unwrap(), -1800);
    assert_eq!(duration::parse_signed("+ 1h 30m").unwrap(), 5400);
    assert_eq!(duration::parse_signed("30m").unwrap(), 1800);
    assert_eq!(duration::parse_signed("-90").unwrap_err().hints[0], "write `-90m`");
    assert!(duration::parse_signed("--30m").is_err() && duration::parse_signed("-").is_err());
}

/// "`22:00`, `9:00`, `10pm`, `22:00:30`: the next one strictly after now".
#[test]
fn a_time_of_day_is_the_next_one() {
    starts(&[
        ("22:00", "2026-11-20T22:00:00+01:00"),
        ("9:00", "2026-11-21T09:00:00+01:00"),
        ("10pm", "2026-11-20T22:00:00+01:00"),
        ("10 PM", "2026-11-20T22:00:00+01:00"),
        ("9:30am", "2026-11-21T09:30:00+01:00"),
        ("12am", "2026-11-21T00:00:00+01:00"),
        ("12:30am", "2026-11-21T00:30:00+01:00"),
        ("12pm", "2026-11-21T12:00:00+01:00"),
        ("22:00:30", "2026-11-20T22:00:30+01:00"),
        ("22 : 00", "2026-11-20T22:00:00+01:00"),
        ("15:30", "2026-11-21T15:30:00+01:00"),
        ("15:30:01", "2026-11-20T15:30:01+01:00"),
    ]);
}

/// "`sat 22:00`, `22:00 saturday`, `tomorrow 22:00`, `22:00 tomorrow`: the next one (today included if still ahead)".
#[test]
fn a_weekday_or_day_with_a_time_is_the_next_one() {
    starts(&[
        ("sat 22:00", "2026-11-21T22:00:00+01:00"),
        ("22:00 saturday", "2026-11-21T22:00:00+01:00"),
        ("sat22:00", "2026-11-21T22:00:00+01:00"),
        ("tomorrow 22:00", "2026-11-21T22:00:00+01:00"),
        ("22:00 tomorrow", "2026-11-21T22:00:00+01:00"),
        ("fri 15:31", "2026-11-20T15:31:00+01:00"),
        ("fri 15:30", "2026-11-27T15:30:00+01:00"),
        ("yesterday 22:00", "2026-11-19T22:00:00+01:00"),
        ("today 8:00", "2026-11-20T08:00:00+01:00"),
        ("10pm sun", "2026-11-22T22:00:00+01:00"),
    ]);
}

/// "`sat`, `today`, `tomorrow`, `yesterday`, `2026-12-24`: a day: 00:00 as a start, 24:00 as an end".
#[test]
fn a_day_begins_a_start_and_finishes_an_end() {
    starts(&[
        ("sat", "2026-11-21T00:00:00+01:00"),
        ("fri", "2026-11-27T00:00:00+01:00"),
        ("today", "2026-11-20T00:00:00+01:00"),
        ("tomorrow", "2026-11-21T00:00:00+01:00"),
        ("yesterday", "2026-11-19T00:00:00+01:00"),
        ("2026-12-24", "2026-12-24T00:00:00+01:00"),
    ]);
    ends(&[
        ("sat", "2026-11-22T00:00:00+01:00"),
        ("sun", "2026-11-23T00:00:00+01:00"),
        ("fri", "2026-11-28T00:00:00+01:00"),
        ("today", "2026-11-21T00:00:00+01:00"),
        ("tomorrow", "2026-11-22T00:00:00+01:00"),
        ("yesterday", "2026-11-20T00:00:00+01:00"),
        ("2026-12-24", "2026-12-25T00:00:00+01:00"),
    ]);
    let end_of_saturday = Role::End { start: instant("2026-11-21T23:00:00Z") };
    assert_eq!(local("sat", end_of_saturday, &friday()), "2026-11-29T00:00:00+01:00");
}

/// "as an end: a time of day or a weekday is the first after the start".
#[test]
fn an_end_is_the_first_after_the_start() {
    ends(&[
        ("22:00", "2026-11-22T22:00:00+01:00"),
        ("06:00", "2026-11-22T06:00:00+01:00"),
        ("24:00", "2026-11-22T00:00:00+01:00"),
        ("sat 22:00", "2026-11-28T22:00:00+01:00"),
        ("sat 24:00", "2026-11-22T00:00:00+01:00"),
        ("fri 22:00", "2026-11-27T22:00:00+01:00"),
    ]);
}

/// "looking back: a time of day or a weekday is the last one".
#[test]
fn looking_back_finds_the_last_one_now_included() {
    for (text, expected) in [
        ("22:00", "2026-11-19T22:00:00+01:00"),
        ("15:30", "2026-11-20T15:30:00+01:00"),
        ("15:31", "2026-11-19T15:31:00+01:00"),
        ("24:00", "2026-11-20T00:00:00+01:00"),
        ("fri", "2026-11-20T00:00:00+01:00"),
        ("sat", "2026-11-14T00:00:00+01:00"),
        ("fri 22:00", "2026-11-13T22:00:00+01:00"),
        ("fri 8:00", "2026-11-20T08:00:00+01:00"),
        ("yesterday 22:00", "2026-11-19T22:00:00+01:00"),
        ("-30m", "2026-11-20T15:00:00+01:00"),
        ("2026-12-24", "2026-12-24T00:00:00+01:00"),
    ] {
        assert_eq!(local(text, Role::LookingBack, &friday()), expected, "{text}");
    }
    for (text, expected) in [
        ("15:00", "2026-11-20T15:00:00+01:00"),
        ("thu", "2026-11-20T00:00:00+01:00"),
        ("fri", "2026-11-21T00:00:00+01:00"),
        ("yesterday", "2026-11-20T00:00:00+01:00"),
    ] {
        assert_eq!(local(text, Role::EndLookingBack, &friday()), expected, "{text}");
    }
}

/// "`check --at`: today's".
#[test]
fn a_check_is_made_at_todays_time_of_day() {
    for (text, expected) in [
        ("08:00", "2026-11-20T08:00:00+01:00"),
        ("22:00", "2026-11-20T22:00:00+01:00"),
        ("24:00", "2026-11-21T00:00:00+01:00"),
        ("fri 08:00", "2026-11-20T08:00:00+01:00"),
        ("thu 08:00", "2026-11-26T08:00:00+01:00"),
        ("fri", "2026-11-20T00:00:00+01:00"),
        ("tomorrow 08:00", "2026-11-21T08:00:00+01:00"),
    ] {
        assert_eq!(local(text, Role::CheckAt, &friday()), expected, "{text}");
    }
}

/// "A bare clock in `--to` is the next one after now (for a future window: after its start), `+1h` is now+1h."
#[test]
fn an_extension_counts_from_now_and_not_before_the_start() {
    let running = Role::Extension { start: instant("2026-11-20T13:00:00Z") };
    let future = Role::Extension { start: instant(SATURDAY_22) };
    for (text, role, expected) in [
        ("22:00", running, "2026-11-20T22:00:00+01:00"),
        ("15:00", running, "2026-11-21T15:00:00+01:00"),
        ("21:00", future, "2026-11-22T21:00:00+01:00"),
        ("23:00", future, "2026-11-21T23:00:00+01:00"),
        ("+1h", running, "2026-11-20T16:30:00+01:00"),
        ("+1h", future, "2026-11-20T16:30:00+01:00"),
        ("now", running, "2026-11-20T15:30:00+01:00"),
        ("today", running, "2026-11-21T00:00:00+01:00"),
        ("sat", running, "2026-11-22T00:00:00+01:00"),
    ] {
        assert_eq!(local(text, role, &friday()), expected, "{text}");
    }
}

/// "`eod`, `eow`, `eom`, `eoy`: 24:00 today, next Monday 00:00, first of next month 00:00, 1 January 00:00".
#[test]
fn periods_end_where_the_next_begins() {
    let rows = [
        ("eod", "2026-11-21T00:00:00+01:00"),
        ("EOW", "2026-11-23T00:00:00+01:00"),
        ("eom", "2026-12-01T00:00:00+01:00"),
        ("eoy", "2027-01-01T00:00:00+01:00"),
    ];
    starts(&rows);
    ends(&rows);
}

/// "`noon`, `midnight`, `24:00`: like `12:00`, `00:00`, `00:00`; with a day, `24:00` is its end and `midnight` is
/// refused".
#[test]
fn noon_and_midnight_are_times_of_day() {
    starts(&[
        ("noon", "2026-11-21T12:00:00+01:00"),
        ("midnight", "2026-11-21T00:00:00+01:00"),
        ("24:00", "2026-11-21T00:00:00+01:00"),
        ("tomorrow 24:00", "2026-11-22T00:00:00+01:00"),
        ("tomorrow noon", "2026-11-21T12:00:00+01:00"),
        ("2026-12-31 24:00", "2027-01-01T00:00:00+01:00"),
        ("24:00 sat", "2026-11-22T00:00:00+01:00"),
    ]);
    for text in ["tomorrow midnight", "midnight sat", "midnight 2026-12-24", "sat midnight UTC"] {
        assert!(message(Expression::parse(text)).contains("may be its beginning or its end"), "{text}");
    }
}

/// "civil time in the zone in force, or the named IANA zone (after any civil form; case-insensitive)"; "exact instants".
#[test]
fn dates_with_times_are_civil_and_with_offsets_exact() {
    starts(&[
        ("2026-12-24 22:00", "2026-12-24T22:00:00+01:00"),
        ("2026-12-24T22:00", "2026-12-24T22:00:00+01:00"),
        ("22:00 2026-12-24", "2026-12-24T22:00:00+01:00"),
        ("2026-12-24 22:00 america/new_york", "2026-12-25T04:00:00+01:00"),
        ("22:00 UTC", "2026-11-20T23:00:00+01:00"),
        ("tomorrow Asia/Tokyo", "2026-11-20T16:00:00+01:00"),
        ("eod America/New_York", "2026-11-21T06:00:00+01:00"),
        ("10pm etc/gmt+5", "2026-11-21T04:00:00+01:00"),
        ("22:00Z", "2026-11-20T23:00:00+01:00"),
        ("2026-12-24T22:00Z", "2026-12-24T23:00:00+01:00"),
        ("2026-12-24 22:00:15 -05:00", "2026-12-25T04:00:15+01:00"),
        ("2026-12-24T22:00:15+0100", "2026-12-24T22:00:15+01:00"),
        ("2026-12-24T24:00Z", "2026-12-25T01:00:00+01:00"),
        ("@1798142400", "2026-12-24T21:00:00+01:00"),
        ("@ 0", "1970-01-01T01:00:00+01:00"),
    ]);
}

/// "years 1970 to 9998".
#[test]
fn instants_outside_the_years_are_refused() {
    let present = present("2026-11-20T14:30:00Z", "UTC");
    assert_eq!(local("9998-12-31 23:59:59", Role::Start, &present), "9998-12-31T23:59:59Z");
    assert_eq!(local("1970-01-01", Role::Start, &present), "1970-01-01T00:00:00Z");
    let end = Role::End { start: present.now };
    for (text, role) in [
        ("9999-01-01", Role::Start),
        ("9998-12-31", end),
        ("1969-12-31 23:59:59", Role::Start),
        ("1970-01-01T00:00+01:00", Role::Start),
        ("0000-01-01", Role::Start),
        ("+2920000d", Role::Start),
        ("-57y", Role::Start),
        ("-3000w", Role::Start),
        ("now+99999999999h", Role::Start),
        ("@253370764800", Role::Start),
        ("@99999999999999999999999", Role::Start),
    ] {
        message(point(text, role, &present));
    }
}

/// "`next fri`, `last fri`, `3/4/26`, `24.12.2026`, `90`, `2200`, `32:00`, `2026-W52-4`, `22:00 CET`, `tues`: refused,
/// with a suggestion"; "a duration as a time (`--end 2h`) too (hint `--for 2h`)".
#[test]
fn refused_times_come_with_what_to_write() {
    for (text, hint) in [
        ("next fri", "write `fri`"),
        ("last fri", "write `fri`"),
        ("next monday 22:00", "write `monday 22:00`"),
        ("next week", "name the day, as in fri or 2026-12-24"),
        ("3/4/26", "write `2026-04-03` or `2026-03-04`"),
        ("3/4/2026 22:00", "write `2026-04-03 22:00` or `2026-03-04 22:00`"),
        ("24/12/2026", "write `2026-12-24`"),
        ("2026/12/24", "write `2026-12-24`"),
        ("24.12.2026", "write `2026-12-24`"),
        ("24.12.26 22:00", "write `2026-12-24 22:00`"),
        ("2027-1-5", "write `2027-01-05`"),
        ("24-12-2026", "write `2026-12-24`"),
        ("20261224", "write `2026-12-24`"),
        ("2026-W52-4", "write `2026-12-24`"),
        ("2026-358", "write `2026-12-24`"),
        ("90", "write `+90m`"),
        ("2", "write `2:00` or `+2m`"),
        ("2200", "write `22:00`"),
        ("tomorrow 930", "write `tomorrow 9:30`"),
        ("1798142400", "write `@1798142400`"),
        ("@1798142400000", "write `@1798142400`"),
        ("@", "write whole seconds"),
        ("@-5", "write whole seconds"),
        ("@1 UTC", "write whole seconds"),
        ("22.30", "write `22:30`"),
        ("22h30", "write `22:30`"),
        ("22:00:00.5", "write `22:00:00`"),
        ("2026-12-24T22:00:00.123Z", "write `2026-12-24t22:00:00z`"),
        ("32:00", "for 08:00 on the day after"),
        ("tomorrow 32:00", "for 08:00 on the day after"),
        ("24:01", "for 00:01 on the day after"),
        ("22:60", "write it as in 22:00"),
        ("22:00pm", "leave am or pm off"),
        ("13pm", "leave am or pm off"),
        ("0am", "leave am or pm off"),
        ("22:00 CET", "name a place"),
        ("22:00 PST", "name a place"),
        ("22:00 Europe/Berln", "did you mean Europe/Berlin?"),
        ("22:00+01:00", "name a zone instead"),
        ("22:00-06:00", "name a zone instead"),
        ("tues", "write `tue`"),
        ("22:00 Thurs", "write `22:00 thu`"),
        ("sut 22:00", "write `sat 22:00` or `sun 22:00`"),
        ("tomorow 22:00", "write `tomorrow 22:00`"),
        ("tomorrow at 22:00", "write `tomorrow 22:00`"),
        ("2h", "for a length give --for 2h; for a point in time write +2h"),
        ("2h ago", "write `-2h`"),
        ("1 month", "give days"),
        ("+1mo", "give days"),
        ("in 90", "write `in 90m`"),
        ("now+90", "write `now+90m`"),
        ("+1.5h", "write `+1h 30m`"),
        ("-+2h", "write `-2h`"),
        ("+0m", "durations are written"),
        ("in", "durations are written"),
        ("+", "durations are written"),
        ("24 dec 2026", "dates are written"),
        ("2027-02-29", "dates are written"),
        ("2026-13-01", "dates are written"),
        ("tomorrow 22:00 please", "name a place"),
        ("2026-12-24 tomorrow", "write `2026-12-24`"),
        ("22:00 23:00", "write `22:00` or `23:00`"),
        ("22:00 -30m", "write `22:00`"),
        ("fri 2026-12-25 22:00", "write `fri` or `2026-12-25 22:00`"),
        ("2026-12-24T22:00+01", "write offsets as in"),
        ("now 22:00", "write `now`"),
        ("2026-12-24T", "write `2026-12-24`"),
        ("eod tomorrow", "for another day's end"),
        ("Europe/Berlin", "write it after a time: 22:00 Europe/Berlin"),
        ("demain", "times are written"),
        ("   ", "times are written"),
        ("mañana", "times are written"),
        ("22\u{a0}00", "times are written"),
    ] {
        let failure = point(text, Role::Start, &friday()).unwrap_err();
        assert!(failure.hints.first().is_some_and(|it| it.starts_with(hint)), "{text}: {failure} {:?}", failure.hints);
    }
}

#[test]
fn a_refusal_says_what_was_understood() {
    let refused = |text| message(point(text, Role::Start, &friday()));
    assert_eq!(
        refused("22:00 23:00"),
        "cannot read `22:00 23:00` as a time: `22:00` is understood, `23:00` does not fit after it"
    );
    assert_eq!(
        refused("tomorrow 22:00 please"),
        "cannot read `tomorrow 22:00 please` as a time: `tomorrow 22:00` is understood, but there is no time zone `please`"
    );
    assert_eq!(refused("now+90"), "cannot read `now+90` as a time: 90 has no unit");
    assert_eq!(refused("\u{1b}[2J"), "cannot read `\\u{1b}[2J` as a time: it is none of the forms that are read");
}

#[test]
fn the_shape_of_what_was_typed_is_kept() {
    let shape = |text| read(text, Role::Start, &friday()).shape;
    for text in ["now", "+2h", "in 2h", "now+90m", "-30m"] {
        assert_eq!(shape(text), Shape::Relative, "{text}");
    }
    assert_eq!(shape("22:00"), Shape::Clock);
    assert_eq!(shape("noon"), Shape::Clock);
    assert_eq!(shape("sat"), Shape::Day("2026-11-21".parse().unwrap()));
    assert_eq!(shape("sat 22:00"), Shape::Civil);
    assert_eq!(shape("@0"), Shape::Exact);
    assert_eq!(shape("2026-12-24T22:00Z"), Shape::Exact);
    assert_eq!(shape("2026-12-24T22:00 UTC"), Shape::Civil);
    let end = read("2026-12-24 America/New_York", Role::End { start: friday().now }, &friday());
    assert_eq!(
        end.local.map(|it| (it.time.to_string(), it.zone.name())).unwrap(),
        ("2026-12-25 00:00:00".into(), "America/New_York".into())
    );
    assert_eq!(read("+2h", Role::Start, &friday()).local, None);
    assert_eq!(read("2026-12-24T22:00+01:00", Role::Start, &friday()).local, None);
}

/// "A start missed by less than an hour that rolls to tomorrow is pointed out."
#[test]
fn a_start_just_missed_is_pointed_out() {
    let notes = |text, role| read(text, role, &friday()).notes;
    assert_eq!(
        notes("15:18", Role::Start),
        [
            "15:18:00 was 12m ago; the next one is taken, 2026-11-21T15:18:00+01:00 (for the one missed add --retroactive)"
        ]
    );
    assert!(notes("15:30", Role::Start)[0].starts_with("15:30:00 is now"));
    assert!(notes("fri 15:00", Role::Start)[0].contains("2026-11-27T15:00:00+01:00"));
    assert!(notes("14:30", Role::Start).is_empty());
    assert!(notes("15:18", Role::LookingBack).is_empty());
    assert!(notes("15:18", Role::End { start: friday().now }).is_empty());
}

#[test]
fn a_time_of_day_is_read_on_its_own_too() {
    assert_eq!(TimeOfDay::parse("24:00").unwrap(), TimeOfDay::EndOfDay);
    assert_eq!(TimeOfDay::parse(" 10 pm ").unwrap(), TimeOfDay::parse("22:00").unwrap());
    assert_eq!(TimeOfDay::parse("noon").unwrap(), TimeOfDay::parse("12:00:00").unwrap());
    for refused in ["", "22", "25:00", "22:00 tomorrow", "tomorrow", "-1:00", "22:0"] {
        message(TimeOfDay::parse(refused));
    }
}
