//! `extend`.

use insta::assert_snapshot;

use crate::common::Site;

fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("schedule db01 -m 'storage move' --start '2026-10-26 10:00' --for 2h");
    site.at("2026-10-24T19:00:00Z");
    site
}

#[test]
fn the_end_moves_later_and_earlier_and_the_id_stays() {
    let site = site();
    assert_snapshot!(site.run("extend 1 --by 30m"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)  30m later
    ");
    assert_snapshot!(site.run("extend 1 --by -45m"), @"
    Shortened downtime 1: web01
      until Sat 2026-10-24 21:45 CEST  (2026-10-24T19:45:00Z)  45m earlier
    ");
    assert_snapshot!(site.run("extend 1 --by +1h"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 22:45 CEST  (2026-10-24T20:45:00Z)  1h later
    ");
    let downtime = site.json("show 1 -o json");
    assert_eq!(downtime["planned_end"], "2026-10-24T22:00:00+02:00", "the end first given stays");
    assert_eq!(downtime["end"], "2026-10-24T22:45:00+02:00");
}

#[test]
fn a_bare_clock_is_the_next_one_after_now_or_after_a_start_to_come() {
    let site = site();
    assert_snapshot!(site.run("extend 1 --to 23:30"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 23:30 CEST  (2026-10-24T21:30:00Z)  1h 30m later
    ");
    assert_snapshot!(site.run("extend 1 --to 20:30"), @"
    Extended downtime 1: web01
      until Sun 2026-10-25 20:30 CET  (2026-10-25T19:30:00Z)  22h later
    ");
    assert_snapshot!(site.run("extend 2 --to 11:00"), @"
    Shortened downtime 2: db01
      until Mon 2026-10-26 11:00 CET  (2026-10-26T10:00:00Z)  1h earlier
    ");
    assert_snapshot!(site.run("extend 2 --to 09:00"), @"
    Extended downtime 2: db01
      until Tue 2026-10-27 09:00 CET  (2026-10-27T08:00:00Z)  22h later
    ");
}

#[test]
fn plus_an_hour_counts_from_now() {
    assert_snapshot!(site().run("extend 1 --to +90m"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)  30m later
    ");
    assert_snapshot!(site().run("extend 1 --to 'in 3h'"), @"
    Extended downtime 1: web01
      until Sun 2026-10-25 00:00 CEST  (2026-10-24T22:00:00Z)  2h later
    ");
}

#[test]
fn to_now_ends_what_is_running() {
    let site = site();
    assert_snapshot!(site.run("extend 1 --to now"), @"
    Shortened downtime 1: web01
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h earlier
    ");
    assert_eq!(site.json("show 1 -o json")["state"], "completed");
    assert_eq!(site.run("check web01").code, 1);
}

#[test]
fn an_end_that_is_not_after_now_or_the_start_is_refused() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("extend 1 --by -1h30m"), @"
    ! error: downtime 1 would end Sat 2026-10-24 20:30 CEST, which is not after now
    ! hint: to end it now: downtime extend 1 --to now, or downtime delete 1
    exit 3
    ");
    assert_snapshot!(site.run("extend 1 --to '2026-10-24 20:30'"), @"
    ! error: downtime 1 would end Sat 2026-10-24 20:30 CEST, which is not after now
    ! hint: to end it now: downtime extend 1 --to now, or downtime delete 1
    exit 3
    ");
    assert_snapshot!(site.run("extend 2 --to now"), @"
    ! error: downtime 2 would end Sat 2026-10-24 21:00 CEST, which is not after its start, Mon 2026-10-26 10:00 CET
    ! hint: to take it back: downtime delete 2
    exit 3
    ");
    assert_snapshot!(site.run("extend 2 --by -2h"), @"
    ! error: downtime 2 would end Mon 2026-10-26 10:00 CET, which is not after its start, Mon 2026-10-26 10:00 CET
    ! hint: to take it back: downtime delete 2
    exit 3
    ");
    assert_snapshot!(site.run("extend 2 --by -3h"), @"
    ! error: downtime 2 would end Mon 2026-10-26 09:00 CET, which is not after its start, Mon 2026-10-26 10:00 CET
    ! hint: to take it back: downtime delete 2
    exit 3
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_completed_downtime_is_not_extended() {
    let mut site = site();
    site.at("2026-10-24T20:00:00Z");
    assert_snapshot!(site.run("extend 1 --by 1h"), @"
    ! error: downtime 1 ended Sat 2026-10-24 22:00 CEST
    ! hint: schedule a new one with `downtime schedule`
    ! hint: to change what has been, add --retroactive
    exit 3
    ");
    site.ok("delete 2");
    assert_snapshot!(site.run("extend 2 --by 1h"), @"
    ! error: downtime 2 was cancelled Sat 2026-10-24 22:00 CEST
    ! hint: schedule a new one with `downtime schedule`
    exit 3
    ");
}

#[test]
fn several_ids_are_all_extended_or_none() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("extend 1 7 --by 1h"), @"
    ! error: there is no downtime `7`
    ! hint: ids go from 1 to 2; see `downtime list --all`
    exit 4
    ");
    assert_eq!(site.fingerprint(), before);
    assert_snapshot!(site.run("extend 2 1 2 --by 1h"), @"
    Extended downtime 2: db01
      until Mon 2026-10-26 13:00 CET  (2026-10-26T12:00:00Z)  1h later
    Extended downtime 1: web01
      until Sat 2026-10-24 23:00 CEST  (2026-10-24T21:00:00Z)  1h later
    ");
    assert_eq!(site.json("history --event extended -o json").as_array().unwrap().len(), 2);
}

#[test]
fn an_end_that_does_not_move_is_said_and_not_written_down() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("extend 1 --to 22:00"), @"
    Unchanged: downtime 1: web01
      until Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
    ");
    assert_eq!(site.fingerprint(), before);
    let told = site.json("extend 1 --to 22:00 -o json");
    assert_eq!(told["operation"], serde_json::Value::Null);
    assert_eq!((told["changed"].as_array().unwrap().len(), told["unchanged"][0]["id"].as_str()), (0, Some("1")));
    let told = site.json("extend 1 2 --to '2026-10-26 12:00' -o json");
    assert_eq!((told["changed"][0]["id"].as_str(), told["unchanged"][0]["id"].as_str()), (Some("1"), Some("2")));
}

#[test]
fn quiet_says_nothing() {
    assert_snapshot!(site().run("extend 1 --by 1h -q"), @"");
}

#[test]
fn an_end_that_comes_twice_is_pointed_out() {
    assert_snapshot!(site().run("extend 1 --to 02:30"), @"
    Extended downtime 1: web01
      until Sun 2026-10-25 02:30 CEST  (2026-10-25T00:30:00Z)  4h 30m later
    ! note: 2026-10-25 02:30 comes twice in Europe/Berlin: the first is taken, 2026-10-25T02:30:00+02:00
    ");
}

#[test]
fn what_is_missing_or_contradicts_is_said() {
    let site = site();
    assert_snapshot!(site.run("extend 1"), @"
    ! error: no new end is given
    ! hint: add --by 30m or --to TIME
    exit 2
    ");
    assert_snapshot!(site.run("extend 1 --by 1h --to 22:00"), @"
    ! error: the argument '--by <DURATION>' cannot be used with '--to <TIME>'
    ! hint: see `downtime extend --help`
    exit 2
    ");
    assert_snapshot!(site.run("extend 1 --by 0s"), @"
    ! error: cannot read `0s` as a duration: a length of zero is none
    ! hint: durations are written as in 2h, 90m, 1h30m, 1d, 1w or PT2H
    exit 2
    ");
    assert_snapshot!(site.run("extend 1 --to 2h"), @r#"
    ! error: cannot read `2h` as a time: it is a length of time
    ! hint: to move the end by that: --by "2h"; to count from now: --to "+2h"
    exit 2
    "#);
}

#[test]
fn a_completed_downtime_is_extended_afterwards_when_that_is_meant() {
    let mut site = site();
    site.at("2026-10-24T21:30:00Z");
    assert_snapshot!(site.run("extend 1 --by 30m --retroactive"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)  30m later
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 22:15'").code, 0);
    assert_snapshot!(site.run("extend 1 --to 23:00 --retroactive"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 23:00 CEST  (2026-10-24T21:00:00Z)  30m later
    ");
    assert_snapshot!(site.run("extend 1 --to +1h --retroactive"), @"
    Extended downtime 1: web01
      until Sun 2026-10-25 00:30 CEST  (2026-10-24T22:30:00Z)  1h 30m later
    ");
    assert_eq!(site.run("check web01").code, 0, "it goes on");
    assert_snapshot!(site.ok("history --id 1"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  1   scheduled  1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01   ops     kernel update
    Sat 2026-10-24 22:00      ended      1   web01   ops     kernel update
    Sat 2026-10-24 23:30  3   extended   1           ops     end Sat 2026-10-24 22:30 CEST instead of Sat 2026-10-24 22:00 CEST, afterwards
    Sat 2026-10-24 23:30  4   extended   1           ops     end Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 22:30 CEST, afterwards
    Sat 2026-10-24 23:30  5   extended   1           ops     end Sun 2026-10-25 00:30 CEST instead of Sat 2026-10-24 23:00 CEST, afterwards
    Sat 2026-10-24 23:30  5   started    1   web01   ops     kernel update
    ");
}

#[test]
fn a_running_downtime_that_was_over_earlier_is_shortened_afterwards() {
    let site = site();
    assert_snapshot!(site.run("extend 1 --to 20:30 --retroactive"), @"
    Shortened downtime 1: web01
      until Sat 2026-10-24 20:30 CEST  (2026-10-24T18:30:00Z)  1h 30m earlier
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 20:45'").code, 1);
    site.ok("undo --yes");
    assert_eq!(site.run("check web01 --at '2026-10-24 20:45'").code, 0);
    assert_eq!(site.run("check web01").code, 0);
}

#[test]
fn a_dry_run_moves_nothing() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("extend 1 --by 30m --dry-run"), @"
    Would have made this change, and did not:
    Extended downtime 1: web01
      until Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)  30m later
    ");
    assert_eq!(site.json("extend 1 --by 30m --dry-run -o json")["operation"], serde_json::Value::Null);
    assert_eq!(site.fingerprint(), before);
}
