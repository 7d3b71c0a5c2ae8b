//! `schedule --key`, and `key:KEY` wherever an id stands.

use insta::assert_snapshot;

use crate::common::Site;

/// A downtime under a key, from 20:00 to 22:00 in Berlin; it is 20:00.
fn site() -> Site {
    let site = Site::new();
    site.ok("schedule web01 web02 -m 'shop release' --for 2h --key deploy");
    site
}

#[test]
fn a_relative_end_given_again_becomes_the_later_of_both_and_the_start_stays() {
    let mut site = site();
    site.at("2026-10-24T18:30:00Z");
    assert_snapshot!(site.run("schedule web01 web02 -m 'shop release' --for 1h --key deploy"), @"
    Unchanged: downtime 1: web01, web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)  2h
    ");
    assert_snapshot!(site.run("schedule web01 web02 -m 'shop release' --for 2h --key deploy"), @"
    Moved the end of downtime 1: web01, web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)  2h 30m
    ");
    assert_snapshot!(site.run("schedule web01 web02 -m 'shop release' --end +3h --key deploy -q"), @"1");
    let downtime = site.json("show 1 -o json");
    assert_eq!(
        (&downtime["start"], &downtime["end"]),
        (&"2026-10-24T20:00:00+02:00".into(), &"2026-10-24T23:30:00+02:00".into())
    );
}

#[test]
fn absolute_values_replace() {
    let site = site();
    assert_snapshot!(site.run("schedule web01 web03 -m 'second try' --end 21:00 --ticket CHG-2 --key deploy"), @"
    Changed downtime 1: web01, web03
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ");
    let downtime = site.json("show key:deploy -o json");
    assert_eq!((&downtime["comment"], &downtime["ticket"]), (&"second try".into(), &"CHG-2".into()));
    assert_eq!(site.run("check web02").code, 1);
    assert_eq!(site.run("check web03").code, 0);
    assert_snapshot!(site.run("schedule web01 web03 -m 'second try' --end 2026-10-24T19:00 --key deploy"), @"
    ! error: downtime 1 would end Sat 2026-10-24 19:00 CEST, which is not after now
    ! hint: to end it now: downtime delete 1
    exit 3
    ");
}

#[test]
fn the_same_command_again_changes_nothing_while_its_downtime_is_open() {
    let mut site = Site::new();
    for command in [
        "--start 22:00 --for 2h --key a",
        "--start 22:00 --end 06:00 --key b",
        "--start 2026-10-24T22:00 --end 2026-10-25T06:00 --key c",
    ] {
        site.at("2026-10-24T18:00:00Z");
        let command = format!("schedule web01 -m move {command}");
        let id = site.ok(&format!("{command} -q"));
        for now in ["2026-10-24T18:00:00Z", "2026-10-24T21:00:00Z"] {
            site.at(now);
            let before = site.fingerprint();
            let again = site.run(&format!("{command} -q"));
            assert_eq!((again.code, again.stdout.as_str()), (0, id.as_str()), "{command} at {now}");
            assert_eq!(site.fingerprint(), before, "{command} at {now}");
        }
    }
}

#[test]
fn another_start_does_not_move_it_and_that_is_said() {
    let site = Site::new();
    site.ok("schedule web01 -m move --start 22:00 --for 2h --key deploy");
    assert_snapshot!(site.run("schedule web01 -m move --start 23:00 --for 2h --key deploy"), @"
    Moved the end of downtime 1: web01
      from  Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      until Sun 2026-10-25 01:00 CEST  (2026-10-24T23:00:00Z)  3h
    ! note: the start of downtime 1 stays Sat 2026-10-24 22:00 CEST; to move it: downtime edit 1 --start TIME
    ");
}

#[test]
fn after_the_one_before_was_completed_or_cancelled_a_new_one_is_made() {
    let mut site = site();
    site.at("2026-10-24T20:30:00Z");
    assert_eq!(site.ok("schedule web01 -m 'shop release' --for 2h --key deploy -q"), "2\n");
    site.ok("delete key:deploy");
    assert_eq!(site.ok("schedule web01 -m 'shop release' --for 2h --key deploy -q"), "3\n");
    assert_eq!(site.json("show key:deploy -o json")["id"], "3", "the open one");
}

#[test]
fn a_key_stands_wherever_an_id_does() {
    let site = site();
    for command in ["extend key:deploy --by 1h", "edit key:deploy --comment x", "show key:deploy", "delete key:deploy"]
    {
        assert_eq!(site.run(command).code, 0, "{command}");
    }
    assert_snapshot!(site.run("show key:nope"), @"
    ! error: there is no downtime with the key `nope`
    ! hint: see `downtime list --all`; a key is given with schedule --key
    exit 4
    ");
}

#[test]
fn a_key_that_fits_a_completed_downtime_alone_is_refused_where_it_is_to_change() {
    let mut site = site();
    site.at("2026-10-24T20:30:00Z");
    assert_snapshot!(site.run("extend key:deploy --by 1h"), @"
    ! error: downtime 1 ended Sat 2026-10-24 22:00 CEST
    ! hint: schedule a new one with `downtime schedule`
    ! hint: to change what has been, add --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("delete key:deploy"), @"
    ! error: downtime 1 ended Sat 2026-10-24 22:00 CEST
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    ! hint: to take it back as if it had never been scheduled, add --retroactive
    exit 3
    ");
    assert_eq!(site.run("show key:deploy").code, 0);
}

#[test]
fn a_key_is_no_blank() {
    assert_snapshot!(Site::new().run("schedule web01 -m move --for 2h --key ' '"), @"
    ! error: a key is not empty and holds no control characters
    ! hint: name it after what it is for, as in --key deploy-shop
    exit 2
    ");
}

#[test]
fn a_dry_run_tells_what_would_change() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("schedule web01 -m 'shop release' --for 3h --key deploy --dry-run"), @"
    Would change downtime 1, and did not:
      web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 23:00 CEST  (2026-10-24T21:00:00Z)  3h
    ");
    assert_snapshot!(site.run("schedule web01 web02 -m 'shop release' --for 1h --key deploy --dry-run"), @"
    Would leave downtime 1 as it is:
      web01
      web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)  2h
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_key_is_found_after_a_snapshot_was_taken() {
    let site = site();
    for _ in 0..130 {
        site.ok("extend 1 --by 1s -q");
    }
    assert_eq!(site.ok("schedule web01 web02 -m 'shop release' --for 1h --key deploy -q"), "1\n");
}

#[test]
fn what_comes_back_does_not_share_its_key_with_what_was_made_since() {
    let mut site = site();
    site.ok("delete 1");
    site.at("2026-10-24T18:30:00Z");
    site.ok("schedule web01 -m 'shop release' --for 2h --key deploy");
    assert_snapshot!(site.run("undo 2 --yes"), @"
    ! error: downtime 1 would be open again, and downtime 2 has its key `deploy` now
    ! hint: end that first: downtime delete 2
    exit 3
    ");
    site.ok("delete 2");
    assert_eq!(site.run("undo 2 --yes").code, 0);
    assert_eq!(site.json("show key:deploy -o json")["id"], "1");
}

#[test]
fn one_that_has_not_begun_keeps_its_start_and_that_is_said() {
    let site = Site::new();
    site.ok("schedule web01 -m move --start 22:00 --for 2h --key deploy");
    assert_snapshot!(site.run("schedule web01 -m move --for 10m --key deploy"), @"
    Unchanged: downtime 1: web01
      from  Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      until Sun 2026-10-25 00:00 CEST  (2026-10-24T22:00:00Z)  2h
    ! note: the start of downtime 1 stays Sat 2026-10-24 22:00 CEST; to move it: downtime edit 1 --start TIME
    ");
}

#[test]
fn an_end_typed_with_another_start_is_that_of_the_other_start() {
    let site = Site::new();
    site.ok("schedule a -m move --start 'tomorrow 20:00' --for 2h --key k");
    assert_snapshot!(site.run("schedule a -m move --end 22:00 --key k"), @"
    ! error: the end, Sat 2026-10-24 22:00 CEST, is not after the start, Sun 2026-10-25 20:00 CET
    ! hint: name the day of the end, as in --end 'sat 06:00', or give --for 2h
    exit 3
    ");
    site.ok("schedule b -m move --start 22:00 --for 2h --key other");
    assert_snapshot!(site.run("schedule b -m move --start 20:30 --end 21:30 --key other"), @"
    ! error: the end, Sat 2026-10-24 21:30 CEST, is not after the start, Sat 2026-10-24 22:00 CEST
    ! hint: name the day of the end, as in --end 'sat 06:00', or give --for 2h
    exit 3
    ");
}
