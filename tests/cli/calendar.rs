//! `calendar`: a month as a grid, and day after day; overlaps and what lies in a freeze; formats, filters, refusals.

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::{Site, golden};
use crate::terminal;

const CONFIG: &str = "\
[[freeze]]
name = 'all saints'
start = 2026-10-31
end = 2026-11-01
match = { hosts = ['web*', 'db*'] }
";

/// Downtimes around a freeze, seen on the eve of the day on which the clocks go back.
fn site() -> Site {
    let mut site = Site::new();
    site.ok("init");
    site.ok("schedule mail01 -m 'mail queue' --for 30m -q");
    site.ok("schedule mail02 -m 'taken back' --start 23:00 --for 1h -q");
    site.ok("schedule web01 -m 'kernel update' --start 21:30 --for 12h -q");
    site.ok("schedule web01/HTTP web02 -m certificate --start 22:00 --for 1h --name cert -q");
    site.ok("schedule web01 db01 -m 'disk swap' --start '2026-10-31 22:00' --end '2026-11-02 06:00' -q");
    site.ok("schedule lab01 -m 'power off' --start '2026-10-31 08:00' --for 4h -q");
    site.write("config.toml", CONFIG);
    site.ok("schedule web02 -m 'security fix' --start '2026-11-01 10:00' --for 1h --override 'agreed with CAB' -q");
    site.ok("delete 2 -q");
    site.at("2026-10-24T19:00:00Z");
    site.act_as("kim");
    site.ok("schedule db02 -m 'index rebuild' --start '2026-10-28 23:30' --for 1h -q");
    site
}

#[test]
fn a_month_with_freezes_overlaps_and_conflicts() {
    assert_snapshot!(site().run("calendar"), @"
    October 2026 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                     1 ──────── 2 ──────── 3 ──────── 4 ────────
    5 ──────── 6 ──────── 7 ──────── 8 ──────── 9 ──────── 10 ─────── 11 ───────
    12 ─────── 13 ─────── 14 ─────── 15 ─────── 16 ─────── 17 ─────── 18 ───────
    19 ─────── 20 ─────── 21 ─────── 22 ─────── 23 ─────── 24 today ─ 25 25h ───
                                                           20:00 1    →08:30 3
                                                            mail01     web01
                                                           21:30→ & 3
                                                            web01
                                                           22:00 & 4
                                                            cert
    26 ─────── 27 ─────── 28 ─────── 29 ─────── 30 ─────── 31 ───────
                          23:30→ 8   →00:30 8              ░ all sai…
                           db02       db02                 08:00 6
                                                            lab01
                                                           22:00→ ! 5
                                                            db01 +1

    ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    Overlaps
      & 3 and 4  Sat 2026-10-24 22:00 CEST, 1h  web01/HTTP

    In a freeze
      ! 5  all saints  Sat 2026-10-31 22:00 CET, 1d 2h  db01, web01
    ");
}

#[test]
fn another_month_is_named_or_counted() {
    let site = site();
    assert_snapshot!(site.run("calendar --month +1"), @"
    November 2026 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                                                      1 ────────
                                                                      ░ all sai…
                                                                      →→ ! 5
                                                                       db01 +1
                                                                      10:00 7
                                                                       web02
    2 ──────── 3 ──────── 4 ──────── 5 ──────── 6 ──────── 7 ──────── 8 ────────
    →06:00 5
     db01 +1
    9 ──────── 10 ─────── 11 ─────── 12 ─────── 13 ─────── 14 ─────── 15 ───────
    16 ─────── 17 ─────── 18 ─────── 19 ─────── 20 ─────── 21 ─────── 22 ───────
    23 ─────── 24 ─────── 25 ─────── 26 ─────── 27 ─────── 28 ─────── 29 ───────
    30 ───────

    ! in a freeze  → from the day before, or into the next

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    In a freeze
      ! 5  all saints  Sat 2026-10-31 22:00 CET, 1d 2h  db01, web01
        7  all saints  Sun 2026-11-01 10:00 CET, 1h  web02  override: agreed with C…
    ");
    assert_eq!(site.ok("calendar --month 2026-11"), site.ok("calendar --month +1"));
    assert_eq!(site.ok("calendar --month 2026-10"), site.ok("calendar"));
    assert_snapshot!(site.run("calendar --month -1"), @"No downtime in September 2026 (Europe/Berlin).");
    assert_snapshot!(site.run("calendar --month dec"), @"
    ! error: cannot read `dec` as a month: months are written as in 2026-12, +1 or -1
    ! hint: write `2026-12`
    exit 2
    ");
}

#[test]
fn an_agenda_is_as_many_days_as_its_duration_has() {
    let site = site();
    assert_snapshot!(site.run("calendar --agenda"), @"
    Sat 2026-10-24 to Fri 2026-11-06 (Europe/Berlin)
    Sat 2026-10-24  today
      20:00-20:30  1  completed    mail01                   mail queue
      21:30→       3  scheduled &  web01                    kernel update
      22:00-23:00  4  scheduled &  web01/HTTP, web02  cert  certificate
    Sun 2026-10-25  25h long
      →08:30 CET   3  scheduled    web01                    kernel update
    Wed 2026-10-28
      23:30→       8  scheduled    db02                     index rebuild
    Thu 2026-10-29
      →00:30       8  scheduled    db02                     index rebuild
    Sat 2026-10-31  ░ freeze all saints
      08:00-12:00  6  scheduled    lab01                    power off
      22:00→       5  scheduled !  db01, web01              disk swap
    Sun 2026-11-01  ░ freeze all saints
      →all day→    5  scheduled !  db01, web01              disk swap
      10:00-11:00  7  scheduled    web02                    security fix
    Mon 2026-11-02
      →06:00       5  scheduled    db01, web01              disk swap

    ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    Overlaps
      & 3 and 4  Sat 2026-10-24 22:00 CEST, 1h  web01/HTTP

    In a freeze
      ! 5  all saints  Sat 2026-10-31 22:00 CET, 1d 2h  db01, web01
        7  all saints  Sun 2026-11-01 10:00 CET, 1h  web02  override: agreed with CAB
    ");
    let days = |line: &str| site.json(&format!("{line} -o json"))["days"].as_array().unwrap().len();
    assert_eq!(days("calendar --agenda"), 14);
    assert_eq!(days("calendar --agenda 1w"), 7, "though one of them has 25 hours");
    assert_eq!(days("calendar --agenda 36h"), 2);
    assert_eq!(days("calendar --agenda 5m"), 1);
    assert_eq!(days("calendar --agenda --month 2027-02"), 28);
    assert_eq!(days("calendar --agenda 3d --from 2026-10-30"), 3);
    assert_snapshot!(site.run("calendar --agenda 2d -q"), @"
    Sat 2026-10-24  today
      20:00-20:30  1  completed    mail01                   mail queue
      21:30→       3  scheduled &  web01                    kernel update
      22:00-23:00  4  scheduled &  web01/HTTP, web02  cert  certificate
    Sun 2026-10-25  25h long
      →08:30 CET   3  scheduled    web01                    kernel update
    ");
}

#[test]
fn days_are_given_by_their_first_and_last() {
    let site = site();
    assert_snapshot!(site.run("calendar --from 2026-10-29 --until 2026-11-03"), @"
    Thu 2026-10-29 to Tue 2026-11-03 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                     10-29 ──── 30 ─────── 31 ─────── 11-01 ────
                                     →00:30 8              ░ all sai… ░ all sai…
                                      db02                 08:00 6    →→ ! 5
                                                            lab01      db01 +1
                                                           22:00→ ! 5 10:00 7
                                                            db01 +1    web02
    2 ──────── 3 ────────
    →06:00 5
     db01 +1

    ! in a freeze  → from the day before, or into the next

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    In a freeze
      ! 5  all saints  Sat 2026-10-31 22:00 CET, 1d 2h  db01, web01
        7  all saints  Sun 2026-11-01 10:00 CET, 1h  web02  override: agreed with C…
    ! note: from Thu 2026-10-29 00:00 CET  (2026-10-28T23:00:00Z)
    ! note: until Wed 2026-11-04 00:00 CET  (2026-11-03T23:00:00Z)
    ");
    let days = |line: &str| site.json(&format!("{line} -o json"))["days"].as_array().unwrap().len();
    assert_eq!(days("calendar --from 2026-10-29"), 28);
    assert_eq!(days("calendar --until 2026-10-26"), 3, "from today on");
    assert_eq!(days("calendar --from '2026-10-25 01:00' --until '2026-10-26 00:00'"), 1, "up to midnight");
}

#[test]
fn a_terminal_decides_how_wide_it_is_and_whether_it_is_a_grid() {
    if !terminal::is_there() {
        return;
    }
    let site = site();
    assert_snapshot!(terminal::shown(&site, "calendar --from 2026-10-24 --until 2026-11-01", 120), @"
    note: from Sat 2026-10-24 00:00 CEST  (2026-10-23T22:00:00Z)
    note: until Mon 2026-11-02 00:00 CET  (2026-11-01T23:00:00Z)
    Sat 2026-10-24 to Sun 2026-11-01 (Europe/Berlin)
    Mon              Tue              Wed              Thu              Fri              Sat              Sun
                                                                                         10-24 today ──── 25 25h ─────────
                                                                                         20:00 1          →08:30 3
                                                                                          mail01 mail qu…  web01 kernel u…
                                                                                         21:30→ & 3
                                                                                          web01 kernel u…
                                                                                         22:00 & 4
                                                                                          cert certifica…
    26 ───────────── 27 ───────────── 28 ───────────── 29 ───────────── 30 ───────────── 31 ───────────── 11-01 ──────────
                                      23:30→ 8         →00:30 8                          ░ all saints ░░░ ░ all saints ░░░
                                       db02 index reb…  db02 index reb…                  08:00 6          →→ ! 5
                                                                                          lab01 power off  db01 +1 disk s…
                                                                                         22:00→ ! 5       10:00 7
                                                                                          db01 +1 disk s…  web02 security…

    ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    Overlaps
      & 3 and 4  Sat 2026-10-24 22:00 CEST, 1h  web01/HTTP

    In a freeze
      ! 5  all saints  Sat 2026-10-31 22:00 CET, 1d 2h  db01, web01
        7  all saints  Sun 2026-11-01 10:00 CET, 1h  web02  override: agreed with CAB
    ");
    assert_snapshot!(terminal::shown(&site, "calendar --from 2026-10-24 --until 2026-11-01", 79), @"
    note: from Sat 2026-10-24 00:00 CEST  (2026-10-23T22:00:00Z)
    note: until Mon 2026-11-02 00:00 CET  (2026-11-01T23:00:00Z)
    Sat 2026-10-24 to Sun 2026-11-01 (Europe/Berlin)
    Sat 2026-10-24  today
      20:00-20:30  1  completed    mail01                   mail queue
      21:30→       3  scheduled &  web01                    kernel update
      22:00-23:00  4  scheduled &  web01/HTTP, web02  cert  certificate
    Sun 2026-10-25  25h long
      →08:30 CET   3  scheduled    web01                    kernel update
    Wed 2026-10-28
      23:30→       8  scheduled    db02                     index rebuild
    Thu 2026-10-29
      →00:30       8  scheduled    db02                     index rebuild
    Sat 2026-10-31  ░ freeze all saints
      08:00-12:00  6  scheduled    lab01                    power off
      22:00→       5  scheduled !  db01, web01              disk swap
    Sun 2026-11-01  ░ freeze all saints
      →all day→    5  scheduled !  db01, web01              disk swap
      10:00-11:00  7  scheduled    web02                    security fix

    ! in a freeze  & overlaps  → from the day before, or into the next

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objec…

    Overlaps
      & 3 and 4  Sat 2026-10-24 22:00 CEST, 1h  web01/HTTP

    In a freeze
      ! 5  all saints  Sat 2026-10-31 22:00 CET, 1d 2h  db01, web01
        7  all saints  Sun 2026-11-01 10:00 CET, 1h  web02  override: agreed with …
    ");
}

#[test]
fn filters_narrow_what_is_shown_and_overlaps_with_others_are_still_told() {
    let site = site();
    let ids = |filter: &str| -> Vec<String> {
        let document = site.json(&format!("calendar --from 2026-10-24 --until 2026-11-30 -o json {filter}"));
        document["downtimes"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(""), ["1", "3", "4", "5", "6", "7", "8"], "what was cancelled is not shown");
    assert_eq!(ids("--state cancelled"), ["2"]);
    assert_eq!(ids("--state completed"), ["1"]);
    assert_eq!(ids("--mine"), ["8"]);
    assert_eq!(ids("--name cert"), ["4"]);
    assert_eq!(ids("--host web01"), ["3", "4", "5"]);
    assert_eq!(ids("web01/HTTP"), ["4"]);
    assert_eq!(ids("web01/HTTP --inherited"), ["3", "4", "5"]);
    assert_eq!(ids("'db*'"), ["5", "8"]);
    assert_snapshot!(site.run("calendar web01/HTTP --agenda 2d"), @"
    Sat 2026-10-24 to Sun 2026-10-25 (Europe/Berlin)
    Sat 2026-10-24  today
      22:00-23:00  4  scheduled &  web01/HTTP  cert  certificate

    & overlaps

    Overlaps
      & 3 and 4  Sat 2026-10-24 22:00 CEST, 1h  web01/HTTP
    ");
    assert_snapshot!(site.run("calendar nothing"), @"
    October 2026 (Europe/Berlin)
    Mon        Tue        Wed        Thu        Fri        Sat        Sun
                                     1 ──────── 2 ──────── 3 ──────── 4 ────────
    5 ──────── 6 ──────── 7 ──────── 8 ──────── 9 ──────── 10 ─────── 11 ───────
    12 ─────── 13 ─────── 14 ─────── 15 ─────── 16 ─────── 17 ─────── 18 ───────
    19 ─────── 20 ─────── 21 ─────── 22 ─────── 23 ─────── 24 today ─ 25 25h ───
    26 ─────── 27 ─────── 28 ─────── 29 ─────── 30 ─────── 31 ───────
                                                           ░ all sai…

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    No downtime that matches in October 2026 (Europe/Berlin).
    ");
    assert_eq!(site.ok("calendar nothing -q"), "");
}

#[test]
fn an_empty_month_says_so() {
    let site = Site::new();
    site.ok("init");
    assert_snapshot!(site.run("calendar"), @"No downtime in October 2026 (Europe/Berlin).");
    assert_snapshot!(site.run("calendar --agenda"), @"No downtime from Sat 2026-10-24 to Fri 2026-11-06 (Europe/Berlin).");
    assert_snapshot!(site.run("calendar --agenda 1h"), @"No downtime on Sat 2026-10-24 (Europe/Berlin).");
    site.write("config.toml", CONFIG);
    assert_snapshot!(site.run("calendar --agenda"), @"
    Sat 2026-10-24 to Fri 2026-11-06 (Europe/Berlin)
    Sat 2026-10-31  ░ freeze all saints
    Sun 2026-11-01  ░ freeze all saints

    Freezes
      all saints  Sat 2026-10-31 00:00 CET to Mon 2026-11-02 00:00 CET  some objects

    No downtime from Sat 2026-10-24 to Fri 2026-11-06 (Europe/Berlin).
    ");
}

#[test]
fn a_document_has_each_day_with_what_is_on_it() {
    let site = site();
    let run = site.run("calendar --from 2026-10-31 --until 2026-11-02 -o json");
    golden("calendar", &run.stdout);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    let lines = site.ok("calendar --from 2026-10-31 --until 2026-11-02 -o jsonl");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["calendar", "day", "day", "day", "downtime", "downtime", "downtime", "freeze", "conflict", "conflict"]
    );
    assert_eq!(lines[4]["downtime"], document["downtimes"][0]);
    assert_snapshot!(site.run("calendar --from 2026-10-31 --until 2026-11-02 -o csv"), @r#"
    date,id,state,start,end,targets,author,name,comment,overlaps,conflicts
    2026-10-31,6,scheduled,2026-10-31T08:00:00+01:00,2026-10-31T12:00:00+01:00,lab01,ops,,power off,,
    2026-10-31,5,scheduled,2026-10-31T22:00:00+01:00,2026-11-02T06:00:00+01:00,"db01, web01",ops,,disk swap,,all saints
    2026-11-01,5,scheduled,2026-10-31T22:00:00+01:00,2026-11-02T06:00:00+01:00,"db01, web01",ops,,disk swap,,all saints
    2026-11-01,7,scheduled,2026-11-01T10:00:00+01:00,2026-11-01T11:00:00+01:00,web02,ops,,security fix,,
    2026-11-02,5,scheduled,2026-10-31T22:00:00+01:00,2026-11-02T06:00:00+01:00,"db01, web01",ops,,disk swap,,
    ! note: from Sat 2026-10-31 00:00 CET  (2026-10-30T23:00:00Z)
    ! note: until Tue 2026-11-03 00:00 CET  (2026-11-02T23:00:00Z)
    "#);
}

#[test]
fn days_are_those_of_the_zone_asked_for() {
    let site = site();
    let on = |zone: &str| -> Vec<String> {
        let document = site.json(&format!("--tz {zone} calendar --name cert -o json"));
        let days = document["days"].as_array().unwrap().iter();
        let on = days.filter(|day| day["downtimes"].as_array().is_some_and(|downtimes| !downtimes.is_empty()));
        on.map(|day| day["date"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(on("Europe/Berlin"), ["2026-10-24"]);
    assert_eq!(on("Asia/Tokyo"), ["2026-10-25"]);
    assert_eq!(on("+02:30"), ["2026-10-24"]);
    assert_eq!(on("+03:30"), ["2026-10-24", "2026-10-25"]);
}

#[test]
fn what_was_let_go_of_is_shown_as_long_as_it_was_in_effect() {
    let mut site = Site::new();
    site.ok("schedule web01 web02 -m move --for 3d -q");
    site.at("2026-10-25T18:00:00Z");
    site.ok("delete 1 --target web01 -q");
    assert_snapshot!(site.run("calendar --from 2026-10-24 --agenda 4d"), @"
    Sat 2026-10-24 to Tue 2026-10-27 (Europe/Berlin)
    Sat 2026-10-24
      20:00→     1  active  web01, web02  move
    Sun 2026-10-25  today  25h long
      →all day→  1  active  web01, web02  move
    Mon 2026-10-26
      →all day→  1  active  web02         move
    Tue 2026-10-27
      →19:00     1  active  web02         move

    → from the day before, or into the next
    ! note: from Sat 2026-10-24 00:00 CEST  (2026-10-23T22:00:00Z)
    ");
}

#[test]
fn what_cannot_be_shown_is_refused() {
    let site = site();
    assert_snapshot!(site.run("calendar --agenda web01"), @"
    ! error: --agenda: cannot read `web01` as a duration: `web01` is not a number and a unit
    ! hint: durations are written as in 2h, 90m, 1h30m, 1d, 1w or PT2H
    ! hint: if that is a target, put it first, or say how long: --agenda 14d web01
    exit 2
    ");
    assert_snapshot!(site.run("calendar --agenda 3d --month 2026-12"), @"
    ! error: both --agenda with a length and --month say which days
    ! hint: give --agenda without a length, or leave --month out
    exit 2
    ");
    assert_snapshot!(site.run("calendar --agenda 3d --until 2026-12-01"), @"
    ! error: both --agenda with a length and --until say which days
    ! hint: give --agenda without a length, or leave --until out
    exit 2
    ");
    assert_snapshot!(site.run("calendar --until 2026-10-01"), @"
    ! note: until Fri 2026-10-02 00:00 CEST  (2026-10-01T22:00:00Z)
    ! error: 2026-10-01 is before 2026-10-24
    ! hint: give --from, too
    exit 3
    ");
    assert_snapshot!(site.run("calendar --from 2026-10-01 --until 2036-12-31"), @"
    ! note: from Thu 2026-10-01 00:00 CEST  (2026-09-30T22:00:00Z)
    ! note: until Thu 2037-01-01 00:00 CET  (2036-12-31T23:00:00Z)
    ! error: these are 3745 days, and a calendar shows at most 3660
    ! hint: give an earlier --until, or `downtime list --from … --until …`
    exit 2
    ");
    assert_eq!(site.run("calendar --month 2026-12 --from 2026-12-01").code, 2);
    assert_eq!(site.run("calendar --month 2026-13").code, 2);
    assert_eq!(Site::new().run("calendar").code, 5);
    let before = site.fingerprint();
    site.ok("calendar");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_comment_cannot_harm_the_terminal_and_colour_is_only_where_it_is_wanted() {
    let site = Site::new();
    site.command("schedule web01 --for 1h -m").arg("\u{1b}[31m \u{202e} x").run();
    for line in ["calendar", "calendar --agenda", "calendar -o json", "calendar -o csv"] {
        assert!(!site.ok(line).contains(['\u{1b}', '\u{202e}']), "{line}");
    }
    assert!(site.ok("--color always calendar").contains("\u{1b}[33m"));
    assert!(!site.command("calendar").env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").run().stdout.contains('\u{1b}'));
}
