//! Downtimes that repeat: made, shown and changed as a whole.

use insta::assert_snapshot;

use crate::common::Site;

/// A store on Friday 2026-11-20 15:30 in Berlin with a weekly series on Sundays at 22:00.
pub fn site() -> Site {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 db01 -m 'weekly restart' --start 'sun 22:00' --for 10m --repeat weekly");
    site
}

#[test]
fn a_series_is_told_in_a_plain_sentence() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    assert_snapshot!(site.run("schedule web01 -m 'patch day' --start '2026-12-14 22:00' --for 2h --repeat nth-weekday"), @"
    Scheduled downtime 1: web01
      from  Mon 2026-12-14 22:00 CET  (2026-12-14T21:00:00Z)
      until Tue 2026-12-15 00:00 CET  (2026-12-14T23:00:00Z)  2h
      every second Monday of the month at 22:00 Europe/Berlin, 2 h; next Mon 2026-12-14
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule db01 -m 'night run' --start 22:00 --wall-end 06:00 --repeat weekdays --except 2026-12-25 --dry-run"), @"
    Would schedule, and did not:
      db01
      from  Fri 2026-11-20 22:00 CET  (2026-11-20T21:00:00Z)
      until Sat 2026-11-21 06:00 CET  (2026-11-21T05:00:00Z)  8h
      Monday to Friday at 22:00 Europe/Berlin, to 06:00 the next day, but for 2026-12-25; next Fri 2026-11-20
    ");
    assert_snapshot!(site.run("schedule db01 -m 'quarter' --start '2027-01-31 22:00' --for 2h --repeat monthly --count 4"), @"
    Scheduled downtime 2: db01
      from  Sun 2027-01-31 22:00 CET  (2027-01-31T21:00:00Z)
      until Mon 2027-02-01 00:00 CET  (2027-01-31T23:00:00Z)  2h
      on day 31 of every month that has one at 22:00 Europe/Berlin, 2 h, 4 times; next Sun 2027-01-31
    ! warning: no 31st in Feb, Apr, Jun: skipped
    ");
}

#[test]
fn a_series_is_one_row_and_its_occurrences_show_in_a_time() {
    let mut site = site();
    site.ok("schedule web02 -m 'kernel update' --for 2h");
    assert_snapshot!(site.run("list"), @"
    id  state      targets      start (CET)           end                   left      author  repeats  comment
    2   active     web02        Fri 2026-11-20 15:30  Fri 2026-11-20 17:30  2h        ops              kernel update
    1   scheduled  db01, web01  Sun 2026-11-22 22:00  Sun 2026-11-22 22:10  in 2d 6h  ops     weekly   weekly restart
    ");
    assert_snapshot!(site.run("list --within 10d"), @"
    id                  state      targets      start (CET)           end                   left      author  comment
    2                   active     web02        Fri 2026-11-20 15:30  Fri 2026-11-20 17:30  2h        ops     kernel update
    1@2026-11-22T22:00  scheduled  db01, web01  Sun 2026-11-22 22:00  Sun 2026-11-22 22:10  in 2d 6h  ops     weekly restart
    1@2026-11-29T22:00  scheduled  db01, web01  Sun 2026-11-29 22:00  Sun 2026-11-29 22:10  in 9d 6h  ops     weekly restart
    ");
    assert_snapshot!(site.run("list --series 1 --from 2026-12-01 --until 2026-12-31 -q"), @"
    1@2026-12-06T22:00
    1@2026-12-13T22:00
    1@2026-12-20T22:00
    1@2026-12-27T22:00
    ");
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(site.run("list --series 1"), @"
    id  state   targets      start (CET)           end                   left  author  repeats  comment
    1   active  db01, web01  Sun 2026-11-22 22:00  Sun 2026-11-22 22:10  5m    ops     weekly   weekly restart
    ");
    assert_snapshot!(site.run("show 1"), @"
    Series 1: active
      comment     weekly restart
      name        -
      ticket      -
      repeats     every Sunday at 22:00 Europe/Berlin, 10 min
      first       Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET  10m
      zone        Europe/Berlin
      kind        fixed
      author      ops, Fri 2026-11-20 15:30 CET  (2026-11-20T14:30:00Z)
    Targets
      db01
      web01
    Running
      1@2026-11-22T22:00        Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET  10m
    Next
      1@2026-11-29T22:00        Sun 2026-11-29 22:00 CET to Sun 2026-11-29 22:10 CET  10m
      1@2026-12-06T22:00        Sun 2026-12-06 22:00 CET to Sun 2026-12-06 22:10 CET  10m
      1@2026-12-13T22:00        Sun 2026-12-13 22:00 CET to Sun 2026-12-13 22:10 CET  10m
      1@2026-12-20T22:00        Sun 2026-12-20 22:00 CET to Sun 2026-12-20 22:10 CET  10m
      1@2026-12-27T22:00        Sun 2026-12-27 22:00 CET to Sun 2026-12-27 22:10 CET  10m
    Changes
      schedule    Fri 2026-11-20 15:30 CET  by ops  (operation 1)
    ");
}

#[test]
fn a_downtime_becomes_the_first_of_a_series() {
    let mut site = Site::new();
    site.at("2026-11-21T14:30:00Z");
    site.ok("schedule web01 -m 'saturday work' --for 2h");
    assert_snapshot!(site.run("repeat 1 --every weekdays"), @"
    Downtime 1 (web01) repeats
      Monday to Friday at 15:30 Europe/Berlin, 2 h; next Mon 2026-11-23 15:30 (in 2d)
    ");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sat 2026-11-21 17:30 CET (2h left)
      downtime 1@2026-11-21T15:30 (own)  Sat 2026-11-21 15:30 to Sat 2026-11-21 17:30  saturday work
    ");
    assert_snapshot!(site.run("next 1 -n 2"), @"
    n  id                  start (Europe/Berlin)     end                       start (UTC)           end
    2  1@2026-11-23T15:30  Mon 2026-11-23 15:30 CET  Mon 2026-11-23 17:30 CET  Mon 2026-11-23 14:30  Mon 2026-11-23 16:30
    3  1@2026-11-24T15:30  Tue 2026-11-24 15:30 CET  Tue 2026-11-24 17:30 CET  Tue 2026-11-24 14:30  Tue 2026-11-24 16:30
    ");
    assert_snapshot!(site.run("repeat 1 --every daily --count 3"), @"
    Downtime 1 (web01) repeats
      every day at 15:30 Europe/Berlin, 2 h, 3 times; next Sun 2026-11-22 15:30 (in 1d)
    ");
    site.at("2026-11-22T15:00:00Z");
    assert_snapshot!(site.run("repeat 1 --stop"), @"
    Downtime 1 (web01) repeats no more
      every day at 15:30 Europe/Berlin, 2 h, until Sun 2026-11-22 16:00, 3 times; no more to come
    ");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sun 2026-11-22 17:30 CET (1h 30m left)
      downtime 1@2026-11-22T15:30 (own)  Sun 2026-11-22 15:30 to Sun 2026-11-22 17:30  saturday work
    ");
    assert_snapshot!(site.run("next 1"), @"1 has no occurrence to come.");
    assert_snapshot!(site.run("repeat 1 --stop"), @"
    ! error: series 1 has no more occurrences to come
    ! hint: to let it go on: downtime repeat 1 --every weekly
    exit 3
    ");
    assert_snapshot!(site.run("history"), @"
    time (CET)            op  event      id                  target  author  what
    Sat 2026-11-21 15:30  1   scheduled  1                           ops     Sat 2026-11-21 15:30 CET to Sat 2026-11-21 17:30 CET: saturday work
    Sat 2026-11-21 15:30      started    1@2026-11-21T15:30  web01   ops     saturday work
    Sat 2026-11-21 15:30  2   repeated   1                           ops     repeat Monday to Friday at 15:30 Europe/Berlin, 2 h instead of once
    Sat 2026-11-21 15:30  3   repeated   1                           ops     repeat every day at 15:30 Europe/Berlin, 2 h, 3 times instead of Monday to Friday at 15:30 Europe/Berlin, 2 h
    Sat 2026-11-21 17:30      ended      1@2026-11-21T15:30  web01   ops     saturday work
    Sun 2026-11-22 15:30      started    1@2026-11-22T15:30  web01   ops     saturday work
    Sun 2026-11-22 16:00  4   repeated   1                           ops     repeat every day at 15:30 Europe/Berlin, 2 h, until Sun 2026-11-22 16:00, 3 times instead of every day at 15:30 Europe/Berlin, 2 h, 3 times
    ");
}

#[test]
fn a_filter_lets_go_of_the_targets_of_a_series_from_now_on() {
    let site = site();
    assert_snapshot!(site.run("delete --host db01 --yes"), @"Series 1 lets go of db01 from now on");
    assert_snapshot!(site.run("show 1"), @"
    Series 1: scheduled
      comment     weekly restart
      name        -
      ticket      -
      repeats     every Sunday at 22:00 Europe/Berlin, 10 min
      first       Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET  10m
      zone        Europe/Berlin
      kind        fixed
      author      ops, Fri 2026-11-20 15:30 CET  (2026-11-20T14:30:00Z)
    Targets
      db01
                  let go of Fri 2026-11-20 15:30 CET by ops
      web01
    Next
      1@2026-11-22T22:00        Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET  10m
      1@2026-11-29T22:00        Sun 2026-11-29 22:00 CET to Sun 2026-11-29 22:10 CET  10m
      1@2026-12-06T22:00        Sun 2026-12-06 22:00 CET to Sun 2026-12-06 22:10 CET  10m
      1@2026-12-13T22:00        Sun 2026-12-13 22:00 CET to Sun 2026-12-13 22:10 CET  10m
      1@2026-12-20T22:00        Sun 2026-12-20 22:00 CET to Sun 2026-12-20 22:10 CET  10m
    Changes
      schedule    Fri 2026-11-20 15:30 CET  by ops  (operation 1)
      delete      Fri 2026-11-20 15:30 CET  by ops  (operation 2)  without db01
    ");
}

#[test]
fn undoing_takes_the_series_back_with_what_is_running() {
    let mut site = site();
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(site.run("undo --yes"), @"
    Took back operation 1: schedule of downtime 1, by ops on Fri 2026-11-20 15:30 CET
      series 1 (db01, web01): every Sunday at 22:00 Europe/Berlin, 10 min; no more to come
      downtime 1@2026-11-22T22:00 (db01, web01) is completed
    ");
    assert_snapshot!(site.run("check web01"), @"
    web01 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.run("history"), @"
    time (CET)            op  event      id                  target  author  what
    Fri 2026-11-20 15:30  1   scheduled  1                           ops     Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET: weekly restart
    Sun 2026-11-22 22:00      started    1@2026-11-22T22:00  db01    ops     weekly restart
    Sun 2026-11-22 22:00      started    1@2026-11-22T22:00  web01   ops     weekly restart
    Sun 2026-11-22 22:05  2   undone     1                           ops     operation 1: weekly restart
    Sun 2026-11-22 22:05  2   undone     1@2026-11-22T22:00          ops     operation 1: weekly restart
    Sun 2026-11-22 22:05  2   cancelled  1                   db01    ops     weekly restart
    Sun 2026-11-22 22:05  2   cancelled  1                   web01   ops     weekly restart
    Sun 2026-11-22 22:05  2   ended      1@2026-11-22T22:00  db01    ops     weekly restart
    Sun 2026-11-22 22:05  2   ended      1@2026-11-22T22:00  web01   ops     weekly restart
    ");
}

#[test]
fn a_key_names_one_series() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    let line = "schedule web01 -m 'weekly restart' --start 'sun 22:00' --repeat weekly --key restart --for";
    site.ok(&format!("{line} 10m"));
    assert_snapshot!(site.run(&format!("{line} 10m")), @"
    Unchanged: downtime 1: web01
      from  Sun 2026-11-22 22:00 CET  (2026-11-22T21:00:00Z)
      until Sun 2026-11-22 22:10 CET  (2026-11-22T21:10:00Z)  10m
      every Sunday at 22:00 Europe/Berlin, 10 min; next Sun 2026-11-22
    ");
    assert_snapshot!(site.run(&format!("{line} 20m")), @"
    Changed downtime 1: web01
      from  Sun 2026-11-22 22:00 CET  (2026-11-22T21:00:00Z)
      until Sun 2026-11-22 22:20 CET  (2026-11-22T21:20:00Z)  20m
      every Sunday at 22:00 Europe/Berlin, 20 min; next Sun 2026-11-22
    ");
    assert_snapshot!(site.run("schedule web01 -m 'weekly restart' --for 2h --key restart"), @"
    ! error: the key `restart` names series 1, which goes on
    ! hint: say how it is to repeat, change it with downtime edit 1, or take another key
    exit 3
    ");
    assert_snapshot!(site.run("next key:restart -n 1 -q"), @"1@2026-11-22T22:00");
    assert_snapshot!(site.run("show key:restart@2026-11-22 -q"), @"scheduled");
}

/// What is refused, and what is taken with a warning.
const SURPRISING: [&str; 15] = [
    "--start '2026-11-21 22:00' --for 1h --repeat weekdays",
    "--start '2026-11-21 22:00' --for 1h --repeat weekdays --start-at-match",
    "--start '2026-12-31 22:00' --for 1h --repeat monthly",
    "--start 22:00 --for 30h --repeat daily",
    "--start 22:00 --for 1h --repeat daily --repeat-until 2026-11-01",
    "--start 22:00 --for 1h --rrule 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'",
    "--start 22:00 --for 1h --rrule 'FREQ=HOURLY'",
    "--start 22:00 --for 1h --repeat daily --except 2026-11-01",
    "--start 22:00 --for 1h --repeat dayly",
    "--start 22:00 --for 1h --repeat yearly --interval 2",
    "--start 22:00 --for 1h --repeat daily --tz Europe/Berlni",
    "--start 22:00 --for 1h --repeat daily --tz +01:00",
    "--start 22:00 --wall-end 23:00 --repeat hourly",
    "--start 22:00 --for 1h --count 3",
    "--start '2027-03-27 22:00' --end '2027-03-28 06:00' --repeat weekly",
];

#[test]
fn what_cannot_be_is_refused_and_what_may_surprise_is_said() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    let mut told = String::new();
    for options in SURPRISING {
        let line = format!("schedule web01 -m x --dry-run {options}");
        told += &format!("$ {options}\n{}\n", site.run(&line));
    }
    assert_snapshot!(told, @"
    $ --start '2026-11-21 22:00' --for 1h --repeat weekdays
    ! error: Sat 2026-11-21 22:00 does not match `weekdays`: the first match is Mon 2026-11-23 22:00
    ! hint: to begin there, add --start-at-match
    exit 2

    $ --start '2026-11-21 22:00' --for 1h --repeat weekdays --start-at-match
    Would schedule, and did not:
      web01
      from  Mon 2026-11-23 22:00 CET  (2026-11-23T21:00:00Z)
      until Mon 2026-11-23 23:00 CET  (2026-11-23T22:00:00Z)  1h
      Monday to Friday at 22:00 Europe/Berlin, 1 h; next Mon 2026-11-23
    ! note: Sat 2026-11-21 22:00 does not match `weekdays`: the first match is Mon 2026-11-23 22:00, where it begins

    $ --start '2026-12-31 22:00' --for 1h --repeat monthly
    Would schedule, and did not:
      web01
      from  Thu 2026-12-31 22:00 CET  (2026-12-31T21:00:00Z)
      until Thu 2026-12-31 23:00 CET  (2026-12-31T22:00:00Z)  1h
      on day 31 of every month that has one at 22:00 Europe/Berlin, 1 h; next Thu 2026-12-31
    ! warning: no 31st in Feb, Apr, Jun, Sep, Nov: skipped

    $ --start 22:00 --for 30h --repeat daily
    Would schedule, and did not:
      web01
      from  Fri 2026-11-20 22:00 CET  (2026-11-20T21:00:00Z)
      until Sun 2026-11-22 04:00 CET  (2026-11-22T03:00:00Z)  1d 6h
      every day at 22:00 Europe/Berlin, 1 d 6 h; next Fri 2026-11-20
    ! warning: occurrences overlap: one lasts 1d 6h, and the next begins 1d after it did

    $ --start 22:00 --for 1h --repeat daily --repeat-until 2026-11-01
    ! error: the last start, 2026-11-01, is before the first, Fri 2026-11-20 22:00
    ! hint: give a later --repeat-until, or leave it out
    exit 2

    $ --start 22:00 --for 1h --rrule 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'
    ! error: `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` never happens
    ! hint: look whether the days that it names exist
    exit 2

    $ --start 22:00 --for 1h --rrule 'FREQ=HOURLY'
    ! error: cannot repeat by `FREQ=HOURLY`: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY here
    ! hint: for every hour give --repeat hourly
    exit 2

    $ --start 22:00 --for 1h --repeat daily --except 2026-11-01
    Would schedule, and did not:
      web01
      from  Fri 2026-11-20 22:00 CET  (2026-11-20T21:00:00Z)
      until Fri 2026-11-20 23:00 CET  (2026-11-20T22:00:00Z)  1h
      every day at 22:00 Europe/Berlin, 1 h, but for 2026-11-01; next Fri 2026-11-20
    ! warning: the exception 2026-11-01 matches no occurrence

    $ --start 22:00 --for 1h --repeat dayly
    ! error: there is no repetition `dayly`
    ! hint: did you mean daily?
    exit 2

    $ --start 22:00 --for 1h --repeat yearly --interval 2
    ! error: yearly takes no interval
    ! hint: for every second year give --rrule 'FREQ=YEARLY;INTERVAL=2'
    exit 2

    $ --start 22:00 --for 1h --repeat daily --tz Europe/Berlni
    ! error: --tz or DOWNTIME_TZ: there is no time zone `Europe/Berlni`
    ! hint: did you mean Europe/Berlin?
    exit 2

    $ --start 22:00 --for 1h --repeat daily --tz +01:00
    Would schedule, and did not:
      web01
      from  Fri 2026-11-20 22:00 +01:00  (2026-11-20T21:00:00Z)
      until Fri 2026-11-20 23:00 +01:00  (2026-11-20T22:00:00Z)  1h
      every day at 22:00 +01:00, 1 h; next Fri 2026-11-20
    ! warning: +01:00 follows no daylight saving time: to keep the time of day, name a place, as in Europe/Berlin

    $ --start 22:00 --wall-end 23:00 --repeat hourly
    ! error: an hourly repetition does not end at a time of day
    ! hint: give the length of each with --for
    exit 2

    $ --start 22:00 --for 1h --count 3
    ! error: --interval, --repeat-until, --count, --except and --start-at-match are about what repeats
    ! hint: say how: --repeat weekly, or another mode of `downtime schedule --help`
    exit 2

    $ --start '2027-03-27 22:00' --end '2027-03-28 06:00' --repeat weekly
    Would schedule, and did not:
      web01
      from  Sat 2027-03-27 22:00 CET  (2027-03-27T21:00:00Z)
      until Sun 2027-03-28 06:00 CEST  (2027-03-28T04:00:00Z)  7h
      every Saturday at 22:00 Europe/Berlin, 7 h; next Sat 2027-03-27
    ! warning: the clock changes between the first start and end: each lasts 7h exactly; to end at the same time on the clock each time, give --wall-end
    ");
}

#[test]
fn a_series_as_json_tells_how_it_repeats_and_what_comes_next() {
    let mut site = site();
    let mut told = site.json("show 1 -o json");
    told["entry_time"] = "".into();
    assert_snapshot!(serde_json::to_string_pretty(&told).unwrap(), @r#"
    {
      "activations": [],
      "author": "ops",
      "comment": "weekly restart",
      "duration": null,
      "end": "2026-11-22T22:10:00+01:00",
      "ended_at": null,
      "ended_by": null,
      "entry_time": "",
      "id": "1",
      "key": null,
      "kind": "fixed",
      "name": null,
      "next": {
        "end": "2026-11-22T22:10:00+01:00",
        "id": "1@2026-11-22T22:00",
        "start": "2026-11-22T22:00:00+01:00"
      },
      "occurrence": null,
      "origin": "command",
      "override": null,
      "planned_end": "2026-11-22T22:10:00+01:00",
      "repeat": {
        "count": null,
        "except": [],
        "interval": 1,
        "mode": "weekly",
        "rrule": null,
        "timezone": "Europe/Berlin",
        "until": null,
        "wall_days": 0,
        "wall_end": null
      },
      "retroactive": false,
      "rule": null,
      "running": null,
      "series": null,
      "start": "2026-11-22T22:00:00+01:00",
      "state": "scheduled",
      "suspend_monitoring": false,
      "targets": [
        {
          "host": "db01",
          "service": null,
          "state": "scheduled"
        },
        {
          "host": "web01",
          "service": null,
          "state": "scheduled"
        }
      ],
      "ticket": null,
      "timezone": "Europe/Berlin",
      "type": "series",
      "until_ok": false
    }
    "#);
    assert_eq!(site.json("list -o json")[0]["type"], "series");
    let occurrence = site.json("show 1@2026-11-22 -o json");
    assert_eq!((&occurrence["series"], &occurrence["occurrence"]), (&"1".into(), &"2026-11-22T22:00".into()));
    site.at("2026-11-22T21:05:00Z");
    assert_eq!(site.json("show 1 -o json")["running"]["id"], "1@2026-11-22T22:00");
}

#[test]
fn what_holds_the_same_within_a_month_is_pointed_out_for_a_series() {
    let site = site();
    site.ok("schedule web01 -m 'kernel update' --start '2026-12-06 21:00' --for 2h");
    site.ok("schedule web01/HTTP -m 'certificate' --start '2026-12-08 03:30' --for 2h --repeat daily");
    site.ok("schedule web01 -m 'far off' --start '2027-02-07 22:00' --for 2h");
    site.ok("schedule db01 -m 'another host' --start '2026-11-22 22:00' --for 2h");
    let told = |arguments: &str| {
        let run = site.run(&format!("schedule web01 -m nightly --for 8h --dry-run {arguments}"));
        run.stderr.lines().filter(|line| line.contains("overlaps")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(told("--start 'sun 22:00' --repeat weekly"), @"note: overlaps with downtime 1@2026-11-22T22:00, 2, 3@2026-12-14T03:30 within a month");
    assert_snapshot!(told("--start 'sun 22:00'"), @"note: overlaps with downtime 1@2026-11-22T22:00");
    assert_snapshot!(told("--start '2027-01-31 22:00' --repeat weekly"), @"note: overlaps with downtime 1@2027-01-31T22:00, 3@2027-02-01T03:30, 4 within a month");
    assert_snapshot!(told("--start '2026-12-13 22:00' --repeat monthly --count 1"), @"note: overlaps with downtime 1@2026-12-13T22:00, 3@2026-12-14T03:30");
}
