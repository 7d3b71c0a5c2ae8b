//! What a month and an agenda look like.

use insta::assert_snapshot;

use super::fixture::{at, calendar, date, downtime, november, zone};
use super::{Calendar, agenda, grid};
use crate::downtime::record::Downtime;

fn plain_grid(calendar: &Calendar<'_>, width: usize) -> String {
    let text = grid::text(calendar, width, false, false);
    let too_wide = text.lines().find(|line| unicode_width::UnicodeWidthStr::width(*line) > width);
    assert_eq!(too_wide, None, "at {width} columns");
    text
}

/// A calendar of these downtimes in a zone, looked at before all of them.
fn of<'a>(downtimes: &'a [Downtime], zone_name: &str, first: &str, last: &str) -> Calendar<'a> {
    let zone = zone(zone_name);
    let mut calendar = Calendar::new(zone, at(zone, "2000-01-01 00:00"), (date(first), date(last)));
    calendar.fill(downtimes);
    calendar
}

#[test]
fn a_month_at_80_columns() {
    let downtimes = november();
    assert_snapshot!(plain_grid(&calendar(&downtimes, "2026-11-01", "2026-11-30"), 80), @"
    November 2026 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                                                      1 ────────
                                                                      →→ 1
                                                                       sw-ams-1
    2 ──────── 3 ──────── 4 ──────── 5 ──────── 6 ──────── 7 ──────── 8 ────────
    →06:00 1   22:00 2                                                22:00
     sw-ams-1   web01/HT…                                              windows-…
    9 ──────── 10 ─────── 11 ─────── 12 ─────── 13 ─────── 14 ─────── 15 ───────
                                                                      22:00
                                                                       windows-…
    16 ─────── 17 ─────── 18 ─────── 19 ─────── 20 today ─ 21 ─────── 22 ───────
                                                15:00 *& 3 →→ 4       →→ 4
                                                 patchday   db01/… +1  db01/… +1
                                                16:00→ & 4
                                                 db01/… +1
    23 ─────── 24 ─────── 25 ─────── 26 ─────── 27 ─────── 28 ─────── 29 ───────
    →06:00 4              20:00→ 10… →02:00 10… ░ black f… ░ black f… ░ black f…
     db01/… +1             node10 +7  node10 +7            22:00→ ! 5 →→ ! 5
                                                            10.0.0.1   10.0.0.1
    30 ───────
    →→ 5
     10.0.0.1

    * active  ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      black friday  Fri 2026-11-27 00:00 CET to Sun 2026-11-29 18:00 CET  some obje…

    Overlaps
      & 3 and 4  Fri 2026-11-20 16:00 CET, 1h 30m  db01/Backup

    In a freeze
      ! 5  black friday  Sat 2026-11-28 22:00 CET, 20h  10.0.0.1
    ");
}

#[test]
fn a_month_at_120_columns() {
    let downtimes = november();
    assert_snapshot!(plain_grid(&calendar(&downtimes, "2026-11-01", "2026-11-30"), 120), @"
    November 2026 (Europe/Berlin)
    Mon              Tue              Wed              Thu              Fri              Sat              Sun
                                                                                                          1 ──────────────
                                                                                                          →→ 1
                                                                                                           sw-ams-1 new s…
    2 ────────────── 3 ────────────── 4 ────────────── 5 ────────────── 6 ────────────── 7 ────────────── 8 ──────────────
    →06:00 1         22:00 2                                                                              22:00
     sw-ams-1 new s…  web01/HTTP                                                                           windows-restart
    9 ────────────── 10 ───────────── 11 ───────────── 12 ───────────── 13 ───────────── 14 ───────────── 15 ─────────────
                                                                                                          22:00
                                                                                                           windows-restart
    16 ───────────── 17 ───────────── 18 ───────────── 19 ───────────── 20 today ─────── 21 ───────────── 22 ─────────────
                                                                        15:00 *& 3       →→ 4             →→ 4
                                                                         patchday kerne…  db01/Backup +1   db01/Backup +1
                                                                        16:00→ & 4
                                                                         db01/Backup +1
    23 ───────────── 24 ───────────── 25 ───────────── 26 ───────────── 27 ───────────── 28 ───────────── 29 ─────────────
    →06:00 4                          20:00→ 10…       →02:00 10…       ░ black friday ░ ░ black friday ░ ░ black friday ░
     db01/Backup +1                    node10 +7        node10 +7                        22:00→ ! 5       →→ ! 5
                                                                                          10.0.0.1 new c…  10.0.0.1 new c…
    30 ─────────────
    →→ 5
     10.0.0.1 new c…

    * active  ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      black friday  Fri 2026-11-27 00:00 CET to Sun 2026-11-29 18:00 CET  some objects

    Overlaps
      & 3 and 4  Fri 2026-11-20 16:00 CET, 1h 30m  db01/Backup

    In a freeze
      ! 5  black friday  Sat 2026-11-28 22:00 CET, 20h  10.0.0.1
    ");
}

#[test]
fn weeks_of_two_months_on_a_wide_screen() {
    let downtimes = november();
    assert_snapshot!(plain_grid(&calendar(&downtimes, "2026-11-23", "2026-12-06"), 220), @"
    Mon 2026-11-23 to Sun 2026-12-06 (Europe/Berlin)
    Mon                            Tue                            Wed                            Thu                            Fri                            Sat                            Sun
    11-23 ──────────────────────── 24 ─────────────────────────── 25 ─────────────────────────── 26 ─────────────────────────── 27 ─────────────────────────── 28 ─────────────────────────── 29 ───────────────────────────
    →06:00 4 db01/Backup +1 stora…                                20:00→ 10… node10 +7 firmware  →02:00 10… node10 +7 firmware  ░ black friday ░░░░░░░░░░░░░░░ ░ black friday ░░░░░░░░░░░░░░░ ░ black friday ░░░░░░░░░░░░░░░
                                                                                                                                                               22:00→ ! 5 10.0.0.1 new cabli… →→     ! 5 10.0.0.1 new cabli…
    30 ─────────────────────────── 12-01 ──────────────────────── 2 ──────────────────────────── 3 ──────────────────────────── 4 ──────────────────────────── 5 ──────────────────────────── 6 ────────────────────────────
    →→     5 10.0.0.1 new cabling  →24:00 5 10.0.0.1 new cabling

    ! in a freeze  → from the day before, or into the next

    Freezes
      black friday  Fri 2026-11-27 00:00 CET to Sun 2026-11-29 18:00 CET  some objects

    In a freeze
      ! 5  black friday  Sat 2026-11-28 22:00 CET, 20h  10.0.0.1
    ");
}

#[test]
fn a_grid_is_never_wider_than_the_terminal() {
    let downtimes = november();
    let calendar = calendar(&downtimes, "2026-11-01", "2026-11-30");
    for width in 80..250 {
        plain_grid(&calendar, width);
    }
}

#[test]
fn an_agenda() {
    let downtimes = november();
    let calendar = calendar(&downtimes, "2026-11-20", "2026-12-03");
    assert_snapshot!(agenda::text(&calendar, None, false, false), @"
    Fri 2026-11-20 to Thu 2026-12-03 (Europe/Berlin)
    Fri 2026-11-20  today
      15:00-17:30  3   active &     db01                patchday  kernel update
      16:00→       4   scheduled &  db01/Backup, web02            storage move
    Sat 2026-11-21
      →all day→    4   scheduled    db01/Backup, web02            storage move
    Sun 2026-11-22
      →all day→    4   scheduled    db01/Backup, web02            storage move
    Mon 2026-11-23
      →06:00       4   scheduled    db01/Backup, web02            storage move
    Wed 2026-11-25
      20:00→       10  scheduled    node10                        firmware
      20:00→       11  scheduled    node11                        firmware
      20:00→       12  scheduled    node12                        firmware
      20:00→       13  scheduled    node13                        firmware
      20:00→       14  scheduled    node14                        firmware
      20:00→       15  scheduled    node15                        firmware
      20:00→       16  scheduled    node16                        firmware
      20:00→       17  scheduled    node17                        firmware
    Thu 2026-11-26
      →02:00       10  scheduled    node10                        firmware
      →02:00       11  scheduled    node11                        firmware
      →02:00       12  scheduled    node12                        firmware
      →02:00       13  scheduled    node13                        firmware
      →02:00       14  scheduled    node14                        firmware
      →02:00       15  scheduled    node15                        firmware
      →02:00       16  scheduled    node16                        firmware
      →02:00       17  scheduled    node17                        firmware
    Fri 2026-11-27  ░ freeze black friday
    Sat 2026-11-28  ░ freeze black friday
      22:00→       5   scheduled !  10.0.0.1                      new cabling
    Sun 2026-11-29  ░ freeze black friday
      →all day→    5   scheduled !  10.0.0.1                      new cabling
    Mon 2026-11-30
      →all day→    5   scheduled    10.0.0.1                      new cabling
    Tue 2026-12-01
      →24:00       5   scheduled    10.0.0.1                      new cabling

    ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      black friday  Fri 2026-11-27 00:00 CET to Sun 2026-11-29 18:00 CET  some objects

    Overlaps
      & 3 and 4  Fri 2026-11-20 16:00 CET, 1h 30m  db01/Backup

    In a freeze
      ! 5  black friday  Sat 2026-11-28 22:00 CET, 20h  10.0.0.1
    ");
}

#[test]
fn an_agenda_on_a_narrow_terminal_has_comments_below() {
    let mut downtimes = november();
    downtimes[3].terms.comment =
        "storage move, see https://wiki.example/storage for what is to be done before, ".repeat(2);
    let calendar = calendar(&downtimes, "2026-11-20", "2026-11-21");
    assert_snapshot!(agenda::text(&calendar, Some(90), false, true), @"
    Fri 2026-11-20  today
      15:00-17:30  3  active &     db01                patchday  kernel update
      16:00→       4  scheduled &  db01/Backup, web02            storage move, see
                                                                 https://wiki.example/storage…
    Sat 2026-11-21
      →all day→    4  scheduled    db01/Backup, web02            storage move, see
                                                                 https://wiki.example/storage…
    ");
    assert_snapshot!(agenda::text(&calendar, Some(60), false, true), @"
    Fri 2026-11-20  today
      15:00-17:30  3  active &     db01                patchday
        kernel update
      16:00→       4  scheduled &  db01/Backup, web02
        storage move, see https://wiki.example/storage for what
        is to be done before, storage move, see …
    Sat 2026-11-21
      →all day→    4  scheduled    db01/Backup, web02
        storage move, see https://wiki.example/storage for what
        is to be done before, storage move, see …
    ");
}

#[test]
fn what_goes_on_over_midnight_is_on_each_day_and_what_ends_at_midnight_is_not_on_the_next() {
    let downtimes = november();
    let days = |id: &str| -> Vec<String> {
        let calendar = calendar(&downtimes, "2026-11-01", "2026-12-31");
        let on = calendar.days.iter().filter(|day| day.entries.iter().any(|entry| entry.downtime.id.as_str() == id));
        on.map(|day| day.date.format("%m-%d").to_string()).collect()
    };
    assert_eq!(days("1"), ["11-01", "11-02"], "begun before");
    assert_eq!(days("2"), ["11-03"], "until midnight");
    assert_eq!(days("4"), ["11-20", "11-21", "11-22", "11-23"]);
    assert_eq!(days("5"), ["11-28", "11-29", "11-30", "12-01"], "over the end of the month, until midnight");
}

#[test]
fn days_are_as_long_as_the_clocks_make_them() {
    let berlin = zone("Europe/Berlin");
    let night = |id, day: &str| {
        downtime(id, &["web01"], berlin, &format!("{day} 01:30"), &format!("{day} 03:30"), "night shift")
    };
    let (autumn, spring) = ([night(1, "2026-10-25")], [night(2, "2026-03-29")]);
    assert_snapshot!(plain_grid(&of(&autumn, "Europe/Berlin", "2026-10-24", "2026-10-26"), 80), @"
    Sat 2026-10-24 to Mon 2026-10-26 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                                           24 ─────── 25 25h ───
                                                                      01:30 1
                                                                       web01
    26 ───────
    ");
    assert_snapshot!(agenda::text(&of(&autumn, "Europe/Berlin", "2026-10-24", "2026-10-26"), None, false, false), @"
    Sat 2026-10-24 to Mon 2026-10-26 (Europe/Berlin)
    Sun 2026-10-25  25h long
      01:30 CEST-03:30 CET  1  scheduled  web01  night shift
    ");
    assert_snapshot!(agenda::text(&of(&spring, "Europe/Berlin", "2026-03-29", "2026-03-29"), None, false, false), @"
    Sun 2026-03-29 (Europe/Berlin)
    Sun 2026-03-29  23h long
      01:30 CET-03:30 CEST  2  scheduled  web01  night shift
    ");
    assert_snapshot!(plain_grid(&of(&[], "Australia/Lord_Howe", "2026-10-04", "2026-10-04"), 80), @"
    Sun 2026-10-04 (Australia/Lord_Howe)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                                                      4 23h30 ──
    ");
}

#[test]
fn a_day_that_a_calendar_leaves_out_holds_nothing() {
    let apia = zone("Pacific/Apia");
    let downtimes = [downtime(1, &["web01"], apia, "2011-12-29 22:00", "2011-12-31 02:00", "date line")];
    let calendar = of(&downtimes, "Pacific/Apia", "2011-12-26", "2012-01-01");
    assert_snapshot!(plain_grid(&calendar, 80), @"
    Mon 2011-12-26 to Sun 2012-01-01 (Pacific/Apia)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
    12-26 ──── 27 ─────── 28 ─────── 29 ─────── 30 none ── 31 ─────── 01-01 ────
                                     22:00→ 1              →02:00 1
                                      web01                 web01

    → from the day before, or into the next
    ");
    assert_snapshot!(agenda::text(&calendar, None, false, false), @"
    Mon 2011-12-26 to Sun 2012-01-01 (Pacific/Apia)
    Thu 2011-12-29
      22:00→  1  scheduled  web01  date line
    Sat 2011-12-31
      →02:00  1  scheduled  web01  date line

    → from the day before, or into the next
    ");
}

/// There the clocks are turned back from 00:01 to 23:01 of the day before.
#[test]
fn a_day_that_begins_twice_begins_when_it_first_does() {
    let st_johns = zone("America/St_Johns");
    let calendar = of(&[], "America/St_Johns", "2010-11-06", "2010-11-07");
    let lengths: Vec<i64> = calendar.days.iter().map(|day| day.interval().unwrap().seconds()).collect();
    assert_eq!(lengths, [86_400, 90_000]);
    assert_eq!(calendar.range().unwrap().start(), at(st_johns, "2010-11-06 00:00"));
}

#[test]
fn a_full_day_shows_what_matters_most_in_order_of_time() {
    let berlin = zone("Europe/Berlin");
    let one = |id: u64, start: &str, end: &str| {
        downtime(id, &[&format!("web{id:02}")], berlin, start, end, &format!("work {id}"))
    };
    let downtimes = [
        one(1, "2026-11-20 01:00", "2026-11-20 02:00"),
        one(2, "2026-11-20 03:00", "2026-11-20 04:00"),
        one(3, "2026-11-20 15:00", "2026-11-20 16:00"),
        one(4, "2026-11-20 05:00", "2026-11-20 16:00"),
        one(5, "2026-11-20 18:00", "2026-11-20 19:00"),
    ];
    assert_snapshot!(plain_grid(&calendar(&downtimes, "2026-11-20", "2026-11-20"), 80), @"
    Fri 2026-11-20 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                                20 today ─
                                                05:00 * 4
                                                 web04
                                                15:00 * 3
                                                 web03
                                                18:00 5
                                                 web05
                                                +2 more

    * active
    ");
}

#[test]
fn what_does_not_fit_into_the_head_of_a_day_is_left_out() {
    let berlin = zone("Europe/Berlin");
    let head = |first: &str, last: &str, now: &str| {
        let calendar = Calendar::new(berlin, at(berlin, now), (date(first), date(last)));
        let text = plain_grid(&calendar, 80);
        text.lines().nth(2).unwrap().trim_start().to_owned()
    };
    assert_eq!(
        head("2026-12-01", "2027-01-03", "2026-12-01 12:00"),
        "1 today ── 2 ──────── 3 ──────── 4 ──────── 5 ──────── 6 ────────"
    );
    assert_eq!(head("2026-10-25", "2026-11-03", "2026-01-01 12:00"), "10-25 25h");
    assert_eq!(head("2026-10-25", "2026-11-03", "2026-10-25 12:00"), "25 today ─");
    assert_eq!(head("2026-10-30", "2026-11-01", "2026-10-30 12:00"), "30 today ─ 31 ─────── 11-01 ────");
}

#[test]
fn names_are_cut_by_columns_and_nothing_in_them_moves_the_cursor() {
    let berlin = zone("Europe/Berlin");
    let mut wide = downtime(1, &["ウェブサーバー/HTTP"], berlin, "2026-11-20 18:00", "2026-11-20 19:00", "更新");
    let mut hostile =
        downtime(2, &["a\u{1b}[2J", "b\u{202e}"], berlin, "2026-11-20 20:00", "2026-11-20 21:00", "\u{9b}31m\nx");
    wide.author = "\u{1b}".into();
    hostile.terms.override_reason = Some("\u{7}".into());
    let downtimes = [wide, hostile];
    let calendar = calendar(&downtimes, "2026-11-20", "2026-11-20");
    assert_snapshot!(plain_grid(&calendar, 80), @r"
    Fri 2026-11-20 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                                20 today ─
                                                18:00 1
                                                 ウェブサ…
                                                20:00 2
                                                 a\u{1… +1
    ");
    assert_snapshot!(agenda::text(&calendar, Some(60), false, false), @r"
    Fri 2026-11-20 (Europe/Berlin)
    Fri 2026-11-20  today
      18:00-19:00  1  scheduled  ウェブサーバー/HT…  更新
      20:00-21:00  2  scheduled  a\u{1b}[2J, b\u{2…  \u{9b}31m x
    ");
}

#[test]
fn colour_tells_nothing_that_is_not_written_too() {
    let downtimes = november();
    let calendar = calendar(&downtimes, "2026-11-01", "2026-11-30");
    let stripped = |text: &str| {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
    };
    let coloured = grid::text(&calendar, 100, true, false);
    assert_ne!(coloured, grid::text(&calendar, 100, false, false));
    assert_eq!(stripped(&coloured), grid::text(&calendar, 100, false, false));
    let coloured = agenda::text(&calendar, Some(100), true, false);
    assert_eq!(stripped(&coloured), agenda::text(&calendar, Some(100), false, false));
}
