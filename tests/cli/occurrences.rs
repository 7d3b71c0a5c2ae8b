//! Single occurrences of downtimes that repeat: named, changed, left out and counted.

use insta::assert_snapshot;

use crate::common::Site;
use crate::series::site;

#[test]
fn the_next_ones_are_told_in_their_zone_and_in_utc() {
    let site = site();
    assert_snapshot!(site.run("next 1 -n 2"), @"
    n  id                  start (Europe/Berlin)     end                       start (UTC)           end
    1  1@2026-11-22T22:00  Sun 2026-11-22 22:00 CET  Sun 2026-11-22 22:10 CET  Sun 2026-11-22 21:00  Sun 2026-11-22 21:10
    2  1@2026-11-29T22:00  Sun 2026-11-29 22:00 CET  Sun 2026-11-29 22:10 CET  Sun 2026-11-29 21:00  Sun 2026-11-29 21:10
    ");
    assert_snapshot!(site.run("next 1 -n 1 --from 2027-03-28 -o json"), @r#"[{"id":"1@2027-03-28T22:00","n":19,"start":"2027-03-28T20:00:00Z","end":"2027-03-28T20:10:00Z","start_local":"2027-03-28T22:00:00+02:00","end_local":"2027-03-28T22:10:00+02:00","freezes":[]}]"#);
    assert_snapshot!(site.run("next 1 -n 2 -o csv"), @"
    id,n,start,end,start_local,end_local,freezes
    1@2026-11-22T22:00,1,2026-11-22T21:00:00Z,2026-11-22T21:10:00Z,2026-11-22T22:00:00+01:00,2026-11-22T22:10:00+01:00,
    1@2026-11-29T22:00,2,2026-11-29T21:00:00Z,2026-11-29T21:10:00Z,2026-11-29T22:00:00+01:00,2026-11-29T22:10:00+01:00,
    ");
    assert_snapshot!(site.run("next 1@2026-11-22"), @"
    ! error: downtime 1@2026-11-22T22:00 does not repeat
    ! hint: it is one of several: downtime next 1
    exit 2
    ");
}

#[test]
fn an_occurrence_is_named_by_any_part_of_its_start_that_fits_one() {
    let site = site();
    assert_snapshot!(site.run("show 1@2026-11-22 -q"), @"scheduled");
    assert_snapshot!(site.run("show 1@2026-11"), @"
    ! error: `1@2026-11` fits 2 occurrences
    ! hint: name one: 1@2026-11-22T22:00, 1@2026-11-29T22:00
    exit 2
    ");
    assert_snapshot!(site.run("show 1@2026-11-23"), @"
    ! error: series 1 has no occurrence `1@2026-11-23`
    ! hint: see `downtime next 1`, or with --from for earlier ones
    exit 4
    ");
    assert_snapshot!(site.run("show 1@soon"), @"
    ! error: `soon` is not the start of an occurrence of series 1
    ! hint: occurrences are named as in 1@2026-11-22T22:00; see `downtime next 1`
    exit 4
    ");
    assert_snapshot!(site.run("show 2@2026-11-22"), @"
    ! error: there is no series `2`
    ! hint: see `downtime list` for the series there are
    exit 4
    ");
}

#[test]
fn what_is_changed_on_one_occurrence_does_not_carry_over() {
    let mut site = site();
    assert_snapshot!(site.run("extend 1@2026-11-22 --by 1h"), @"
    Extended downtime 1@2026-11-22T22:00: db01, web01
      until Sun 2026-11-22 23:10 CET  (2026-11-22T22:10:00Z)  1h later
    ");
    assert_snapshot!(site.run("edit 1@2026-11-29 --comment 'longer' --start 21:00 --remove-target db01"), @"
    Edited downtime 1@2026-11-29T22:00: web01
      comment `longer` instead of `weekly restart`
      start Sun 2026-11-29 21:00 CET instead of Sun 2026-11-29 22:00 CET
      without db01
      it is Sun 2026-11-29 21:00 CET to Sun 2026-11-29 22:10 CET  1h 10m
    ");
    assert_snapshot!(site.run("delete 1@2026-12-06"), @"
    Cancelled downtime 1@2026-12-06T22:00: db01, web01
      db01 is in no other downtime
      web01 is in no other downtime
    ");
    assert_snapshot!(site.run("list --from now --until +25d"), @"
    id                  state      targets      start (CET)           end                   left       author  comment
    1@2026-11-22T22:00  scheduled  db01, web01  Sun 2026-11-22 22:00  Sun 2026-11-22 23:10  in 2d 6h   ops     weekly restart
    1@2026-11-29T22:00  scheduled  web01        Sun 2026-11-29 21:00  Sun 2026-11-29 22:10  in 9d 5h   ops     longer
    1@2026-12-13T22:00  scheduled  db01, web01  Sun 2026-12-13 22:00  Sun 2026-12-13 22:10  in 23d 6h  ops     weekly restart
    ! note: from Fri 2026-11-20 15:30 CET  (2026-11-20T14:30:00Z)
    ! note: until Tue 2026-12-15 15:30 CET  (2026-12-15T14:30:00Z)
    ");
    site.at("2026-11-22T22:00:00Z");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sun 2026-11-22 23:10 CET (10m left)
      downtime 1@2026-11-22T22:00 (own)  Sun 2026-11-22 22:00 to Sun 2026-11-22 23:10  weekly restart
    ");
    assert_snapshot!(site.run("extend 1 --by 5m"), @"
    Extended downtime 1@2026-11-22T22:00: db01, web01
      until Sun 2026-11-22 23:15 CET  (2026-11-22T22:15:00Z)  5m later
    ");
    site.at("2026-12-06T21:05:00Z");
    assert_snapshot!(site.run("check web01"), @"
    web01 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.run("extend 1 --by 5m"), @"
    ! error: no occurrence of series 1 is running that could be extended
    ! hint: one to come is named by its id: see `downtime next 1`
    ! hint: to change all to come: downtime edit 1 --for DURATION
    exit 3
    ");
    assert_snapshot!(site.run("history --id 1"), @"
    time (CET)            op  event      id                  target  author  what
    Fri 2026-11-20 15:30  1   scheduled  1                           ops     Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET: weekly restart
    Fri 2026-11-20 15:30  2   extended   1@2026-11-22T22:00          ops     end Sun 2026-11-22 23:10 CET instead of Sun 2026-11-22 22:10 CET
    Fri 2026-11-20 15:30  3   edited     1@2026-11-29T22:00          ops     comment `longer` instead of `weekly restart`; start Sun 2026-11-29 21:00 CET instead of Sun 2026-11-29 22:00 CET; without db01
    Fri 2026-11-20 15:30  3   cancelled  1@2026-11-29T22:00  db01    ops     longer
    Fri 2026-11-20 15:30  4   cancelled  1@2026-12-06T22:00  db01    ops     weekly restart
    Fri 2026-11-20 15:30  4   cancelled  1@2026-12-06T22:00  web01   ops     weekly restart
    Sun 2026-11-22 22:00      started    1@2026-11-22T22:00  db01    ops     weekly restart
    Sun 2026-11-22 22:00      started    1@2026-11-22T22:00  web01   ops     weekly restart
    Sun 2026-11-22 23:00  5   extended   1@2026-11-22T22:00          ops     end Sun 2026-11-22 23:15 CET instead of Sun 2026-11-22 23:10 CET
    Sun 2026-11-22 23:15      ended      1@2026-11-22T22:00  db01    ops     weekly restart
    Sun 2026-11-22 23:15      ended      1@2026-11-22T22:00  web01   ops     weekly restart
    Sun 2026-11-29 21:00      started    1@2026-11-29T22:00  web01   ops     longer
    Sun 2026-11-29 22:10      ended      1@2026-11-29T22:00  web01   ops     longer
    ");
}

#[test]
fn an_occurrence_takes_what_counts_at_its_start() {
    let mut site = site();
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(site.run("edit 1 --comment 'restart and patch' --for 30m --add-target web02 --remove-target db01"), @"
    Edited downtime 1: web01, web02
      comment `restart and patch` instead of `weekly restart`
      repeat every Sunday at 22:00 Europe/Berlin, 30 min instead of every Sunday at 22:00 Europe/Berlin, 10 min
      with web02
      without db01
      every Sunday at 22:00 Europe/Berlin, 30 min; next Sun 2026-11-29 22:00 (in 6d 23h)
      1@2026-11-22T22:00 goes on as it is until Sun 2026-11-22 22:10 CET
    ");
    assert_snapshot!(site.run("list --from now --until +8d"), @"
    id                  state      targets       start (CET)           end                   left       author  comment
    1@2026-11-22T22:00  active     db01, web01   Sun 2026-11-22 22:00  Sun 2026-11-22 22:10  5m         ops     weekly restart
    1@2026-11-29T22:00  scheduled  web01, web02  Sun 2026-11-29 22:00  Sun 2026-11-29 22:30  in 6d 23h  ops     restart and patch
    ! note: from Sun 2026-11-22 22:05 CET  (2026-11-22T21:05:00Z)
    ! note: until Mon 2026-11-30 22:05 CET  (2026-11-30T21:05:00Z)
    ");
    site.at("2026-11-29T21:15:00Z");
    assert_snapshot!(site.run("check web01 web02 db01"), @"
    db01 is not in downtime
    web01 is in downtime until Sun 2026-11-29 22:30 CET (15m left)
      downtime 1@2026-11-29T22:00 (own)  Sun 2026-11-29 22:00 to Sun 2026-11-29 22:30  restart and patch
    web02 is in downtime until Sun 2026-11-29 22:30 CET (15m left)
      downtime 1@2026-11-29T22:00 (own)  Sun 2026-11-29 22:00 to Sun 2026-11-29 22:30  restart and patch
    exit 1
    ");
}

#[test]
fn single_ones_are_left_out_and_take_place_after_all() {
    let mut site = site();
    assert_snapshot!(site.run("skip 1 2026-11-29"), @"Left out 1@2026-11-29T22:00: Sun 2026-11-29 22:00 CET to Sun 2026-11-29 22:10 CET  10m");
    assert_snapshot!(site.run("skip 1 --next --dry-run"), @"
    Would have made this change, and did not:
    Left out 1@2026-11-22T22:00: Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET  10m
    ");
    assert_snapshot!(site.run("skip 1 2026-11-28"), @"
    ! error: 1 has no occurrence on 2026-11-28
    ! hint: the next are 1@2026-11-22T22:00, 1@2026-12-06T22:00, 1@2026-12-13T22:00
    exit 4
    ");
    assert_snapshot!(site.run("next 1 -n 2 -q"), @"
    1@2026-11-22T22:00
    1@2026-12-06T22:00
    ");
    assert_snapshot!(site.run("list --state skipped"), @"
    id                  state    targets      start (CET)           end                   left  author  comment
    1@2026-11-29T22:00  skipped  db01, web01  Sun 2026-11-29 22:00  Sun 2026-11-29 22:10        ops     weekly restart
    ");
    assert_eq!(site.ok("list --state scheduled --state cancelled -q"), "1\n");
    assert_snapshot!(site.run("list --series 1 --state skipped --from now --until +20d"), @"
    id                  state    targets      start (CET)           end                   left  author  comment
    1@2026-11-29T22:00  skipped  db01, web01  Sun 2026-11-29 22:00  Sun 2026-11-29 22:10        ops     weekly restart
    ! note: from Fri 2026-11-20 15:30 CET  (2026-11-20T14:30:00Z)
    ! note: until Thu 2026-12-10 15:30 CET  (2026-12-10T14:30:00Z)
    ");
    assert_snapshot!(site.run("unskip 1 2026-11-29"), @"Takes place 1@2026-11-29T22:00: Sun 2026-11-29 22:00 CET to Sun 2026-11-29 22:10 CET  10m");
    assert_snapshot!(site.run("undo --yes"), @"
    Took back operation 3: unskip of downtime 1@2026-11-29T22:00, by ops on Fri 2026-11-20 15:30 CET
      downtime 1@2026-11-29T22:00 (db01, web01) is skipped
    ");
    assert_snapshot!(site.run("next 1 -n 2 -q"), @"
    1@2026-11-22T22:00
    1@2026-12-06T22:00
    ");
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(site.run("skip 1 2026-11-22"), @"
    ! error: 1@2026-11-22T22:00 has begun, Sun 2026-11-22 22:00 CET
    ! hint: to end it now: downtime delete 1@2026-11-22T22:00
    exit 3
    ");
    assert_snapshot!(site.run("history --event skipped --event unskipped --event undone"), @"
    time (CET)            op  event      id                  target  author  what
    Fri 2026-11-20 15:30  2   skipped    1@2026-11-29T22:00          ops     weekly restart
    Fri 2026-11-20 15:30  3   unskipped  1@2026-11-29T22:00          ops     weekly restart
    Fri 2026-11-20 15:30  4   undone     1@2026-11-29T22:00          ops     operation 3: weekly restart
    Fri 2026-11-20 15:30  4   skipped    1@2026-11-29T22:00          ops     weekly restart
    ");
}

#[test]
fn all_of_a_date_is_left_out_of_an_hourly_series() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m 'sync' --start 2026-11-20T16:30 --for 10m --repeat hourly");
    site.ok("skip 1 2026-11-21");
    assert_snapshot!(site.run("next 1 -n 9 -q"), @"
    1@2026-11-20T15:30Z
    1@2026-11-20T16:30Z
    1@2026-11-20T17:30Z
    1@2026-11-20T18:30Z
    1@2026-11-20T19:30Z
    1@2026-11-20T20:30Z
    1@2026-11-20T21:30Z
    1@2026-11-20T22:30Z
    1@2026-11-21T23:30Z
    ");
}

#[test]
fn deleting_a_series_lets_the_running_one_finish_unless_that_is_meant() {
    let mut site = site();
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(site.run("delete 1 --dry-run"), @"
    Would have made this change, and did not:
    Ended series 1: db01, web01; 1@2026-11-22T22:00 is running until Sun 2026-11-22 22:10 CET
    ! note: 1@2026-11-22T22:00 is running until Sun 2026-11-22 22:10 CET and finishes; add --running to end it, too: downtime delete 1@2026-11-22T22:00
    ");
    assert_snapshot!(site.run("delete 1"), @"
    Ended series 1: db01, web01; 1@2026-11-22T22:00 is running until Sun 2026-11-22 22:10 CET
    ! note: 1@2026-11-22T22:00 is running until Sun 2026-11-22 22:10 CET and finishes; add --running to end it, too: downtime delete 1@2026-11-22T22:00
    ");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sun 2026-11-22 22:10 CET (5m left)
      downtime 1@2026-11-22T22:00 (own)  Sun 2026-11-22 22:00 to Sun 2026-11-22 22:10  weekly restart
    ");
    assert_snapshot!(site.run("next 1"), @"1 has no occurrence to come.");
    assert_snapshot!(site.run("delete 1"), @"
    ! error: series 1 has no more occurrences to come
    ! hint: there is nothing left to take back; --if-open passes over what is over
    exit 3
    ");
    assert_snapshot!(site.run("undo --yes"), @"
    Took back operation 2: delete of downtime 1, by ops on Sun 2026-11-22 22:05 CET
      series 1 (db01, web01): every Sunday at 22:00 Europe/Berlin, 10 min; next Sun 2026-11-29 22:00 (in 6d 23h)
    ");
    assert_snapshot!(site.run("delete 1 --running"), @"
    Ended series 1: db01, web01
    Ended downtime 1@2026-11-22T22:00: db01, web01
      db01 is in no other downtime
      web01 is in no other downtime
    ");
    assert_snapshot!(site.run("check web01"), @"
    web01 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.run("list --all"), @"
    id  state      targets      start (CET)           end                   left  author  repeats  comment
    1   completed  db01, web01  Sun 2026-11-22 22:00  Sun 2026-11-22 22:05        ops     weekly   weekly restart
    ");
}

#[test]
fn reports_count_the_occurrences_that_were() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m 'nightly' --start 22:00 --for 1h --repeat daily --unknown-ok");
    site.at("2026-11-24T12:00:00Z");
    site.write("nagios.log", "[1795100000] HOST ALERT: web01;UP;HARD;1;fine\n");
    site.ok(&format!("import {}/nagios.log", site.store().display()));
    let report = site.json("report web01 --from 2026-11-20 --until 2026-11-24 -o json");
    assert_eq!(report["objects"][0]["seconds"]["in_downtime"], 4 * 3600);
}

#[test]
fn occurrences_without_a_gap_are_one_time_in_downtime() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m 'all day' --start 2026-11-20 --for 24h --repeat daily --count 40 --retroactive");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Wed 2026-12-30 00:00 CET (39d 8h left)
      downtime 1@2026-11-20T00:00 (own)  Fri 2026-11-20 00:00 to Sat 2026-11-21 00:00  all day
    ");
    site.ok("schedule web02 -m 'for ever' --start now --for 1h --repeat hourly");
    assert_snapshot!(site.run("check web02"), @"
    web02 is in downtime for more than ten years
      downtime 2@2026-11-20T14:30Z (own)  Fri 2026-11-20 15:30 to Fri 2026-11-20 16:30  for ever
    ");
}
