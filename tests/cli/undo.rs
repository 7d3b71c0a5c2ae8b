//! `undo`.

use insta::assert_snapshot;

use crate::common::Site;
use crate::terminal::{self, Asked};

fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.at("2026-10-24T18:30:00Z");
    site
}

fn state(site: &Site, id: u8) -> String {
    site.json(&format!("show {id} -o json"))["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_schedule_is_taken_back() {
    let site = site();
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 1: schedule of downtime 1, by ops on Sat 2026-10-24 20:00 CEST
      downtime 1 (web01) is completed
    ");
    assert_eq!(state(&site, 1), "completed", "what was in effect until now stays");
    assert_eq!(site.run("check web01").code, 1);
    assert_snapshot!(site.run("undo -y"), @"
    ! error: ops has nothing to take back
    ! hint: see `downtime history`; --any-author takes back what somebody else did
    exit 1
    ");
}

#[test]
fn an_extension_is_taken_back() {
    let site = site();
    site.ok("extend 1 --by 1h");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 2: extend of downtime 1, by ops on Sat 2026-10-24 20:30 CEST
      downtime 1 (web01) is active until Sat 2026-10-24 22:00 CEST
    ");
    assert_eq!(site.json("show 1 -o json")["end"], "2026-10-24T22:00:00+02:00");
}

#[test]
fn an_extension_taken_back_after_the_old_end_ends_the_downtime_now() {
    let mut site = site();
    site.ok("extend 1 --by 1h");
    site.at("2026-10-24T20:30:00Z");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 2: extend of downtime 1, by ops on Sat 2026-10-24 20:30 CEST
      downtime 1 (web01) is completed
    ");
    assert_eq!(state(&site, 1), "completed");
    assert_eq!(site.json("show 1 -o json")["activations"][0]["end"], "2026-10-24T22:30:00+02:00");
}

#[test]
fn a_deletion_is_taken_back_from_now_on() {
    let mut site = site();
    site.ok("delete 1");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 2: delete of downtime 1, by ops on Sat 2026-10-24 20:30 CEST
      downtime 1 (web01) is active until Sat 2026-10-24 22:00 CEST
    ");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (1h left)
      downtime 1 (own)  Sat 2026-10-24 21:00 to Sat 2026-10-24 22:00  kernel update
    ");
    assert_snapshot!(site.run("show 1"), @"
    Downtime 1: active
      comment     kernel update
      name        -
      ticket      -
      start       Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      end         Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      length      2h
      zone        Europe/Berlin
      kind        fixed
      author      ops, Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
    Targets
      active      web01
                  in effect Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 20:30 CEST
                  in effect Sat 2026-10-24 21:00 CEST to now
    Changes
      schedule    Sat 2026-10-24 20:00 CEST  by ops  (operation 1)
      delete      Sat 2026-10-24 20:30 CEST  by ops  (operation 2)  without web01
      undo        Sat 2026-10-24 21:00 CEST  by ops  (operation 3)  with web01
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 20:45'").code, 1, "it was out of downtime in between");
    assert_snapshot!(site.run("history"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  1   scheduled  1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01   ops     kernel update
    Sat 2026-10-24 20:30  2   ended      1   web01   ops     kernel update
    Sat 2026-10-24 21:00  3   undone     1           ops     operation 2: kernel update
    Sat 2026-10-24 21:00  3   reopened   1   web01   ops     kernel update
    Sat 2026-10-24 21:00  3   started    1   web01   ops     kernel update
    ");
}

#[test]
fn a_deletion_taken_back_at_once_ends_and_starts_the_downtime_in_one_second() {
    let site = site();
    site.ok("delete 1");
    site.ok("undo -y");
    assert_snapshot!(site.run("history"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  1   scheduled  1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01   ops     kernel update
    Sat 2026-10-24 20:30  2   ended      1   web01   ops     kernel update
    Sat 2026-10-24 20:30  3   undone     1           ops     operation 2: kernel update
    Sat 2026-10-24 20:30  3   reopened   1   web01   ops     kernel update
    Sat 2026-10-24 20:30  3   started    1   web01   ops     kernel update
    ");
}

#[test]
fn an_undo_is_taken_back_by_its_number() {
    let site = site();
    site.ok("undo -y");
    assert_snapshot!(site.run("undo 2 -y"), @"
    Took back operation 2: undo of downtime 1, by ops on Sat 2026-10-24 20:30 CEST
      downtime 1 (web01) is active until Sat 2026-10-24 22:00 CEST
    ");
    assert_eq!(state(&site, 1), "active");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 1: schedule of downtime 1, by ops on Sat 2026-10-24 20:00 CEST
      downtime 1 (web01) is completed
    ");
    assert_eq!(state(&site, 1), "completed");
}

#[test]
fn somebody_elses_operation_needs_a_word_more() {
    let mut site = site();
    site.act_as("kim");
    assert_snapshot!(site.run("undo -y"), @"
    ! error: kim has nothing to take back
    ! hint: see `downtime history`; --any-author takes back what somebody else did
    exit 1
    ");
    assert_snapshot!(site.run("undo 1 -y"), @"
    ! error: operation 1 was made by ops, not by kim
    ! hint: to take it back all the same, add --any-author
    exit 3
    ");
    assert_snapshot!(site.run("undo -y --any-author"), @"
    Took back operation 1: schedule of downtime 1, by ops on Sat 2026-10-24 20:00 CEST
      downtime 1 (web01) is completed
    ");
}

#[test]
fn own_operations_are_found_below_those_of_others() {
    let mut site = site();
    site.act_as("kim");
    site.ok("schedule web02 -m b --for 1h");
    site.act_as("ops");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 1: schedule of downtime 1, by ops on Sat 2026-10-24 20:00 CEST
      downtime 1 (web01) is completed
    ");
    assert_eq!(state(&site, 2), "active");
}

#[test]
fn a_later_change_of_the_same_downtime_stands_in_the_way() {
    let site = site();
    site.ok("extend 1 --by 1h");
    let before = site.fingerprint();
    assert_snapshot!(site.run("undo 1 -y"), @"
    ! error: operation 2 (extend) changed downtime 1 later
    ! hint: take that back first: downtime undo 2
    exit 3
    ");
    assert_eq!(site.fingerprint(), before);
    site.ok("undo 2 -y");
    assert_snapshot!(site.run("undo 1 -y"), @"
    Took back operation 1: schedule of downtime 1, by ops on Sat 2026-10-24 20:00 CEST
      downtime 1 (web01) is completed
    ");
}

#[test]
fn a_later_change_by_somebody_else_stands_in_the_way_too() {
    let mut site = site();
    site.act_as("kim");
    site.ok("extend 1 --by 1h");
    site.act_as("ops");
    assert_snapshot!(site.run("undo -y"), @"
    ! error: operation 2 (extend) changed downtime 1 later
    ! hint: take that back first: downtime undo 2 --any-author
    exit 3
    ");
}

#[test]
fn what_is_over_cannot_be_taken_back() {
    let mut site = site();
    site.at("2026-10-24T20:00:00Z");
    assert_snapshot!(site.run("undo -y"), @"
    ! error: nothing is left to take back of operation 1: schedule of downtime 1, by ops on Sat 2026-10-24 20:00 CEST
    ! hint: what is over stays as it was
    ! hint: as if never scheduled: downtime delete 1 --retroactive
    exit 3
    ");
}

#[test]
fn an_operation_is_taken_back_once() {
    let site = site();
    site.ok("undo -y");
    assert_snapshot!(site.run("undo 1 -y"), @"
    ! error: operation 1 was taken back already
    ! hint: `downtime show` tells the operations of a downtime; to do it again, take the undo back
    exit 3
    ");
    assert_snapshot!(site.run("undo 9 -y"), @"
    ! error: there is no operation 9
    ! hint: operations go from 1 to 2; see `downtime history`
    exit 4
    ");
    assert_snapshot!(site.run("undo 0 -y"), @"
    ! error: there is no operation 0
    ! hint: operations go from 1 to 2; see `downtime history`
    exit 4
    ");
}

#[test]
fn nothing_is_asked_without_a_terminal() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("undo"), @"
    ! error: there is no terminal to ask on
    ! hint: add --yes
    exit 2
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn on_a_terminal_it_shows_what_it_would_take_back_and_asks() {
    let site = site();
    let before = site.fingerprint();
    if !terminal::is_there() {
        return;
    }
    let no = terminal::answered(&site, "undo", "n");
    assert_eq!(no.code, 3, "{no}");
    assert!(no.stdout.contains("Take back operation 1: schedule of downtime 1, by ops on Sat"), "{no}");
    assert!(no.stdout.contains("error: nothing was taken back"), "{no}");
    assert_eq!(site.fingerprint(), before);
    let yes = terminal::answered(&site, "undo", "y");
    assert_eq!(yes.code, 0, "{yes}");
    assert!(yes.stdout.contains("Took back operation 1"), "{yes}");
    assert_eq!(state(&site, 1), "completed");
}

#[test]
fn nobody_waits_for_the_lock_while_somebody_is_asked() {
    let site = site();
    if !terminal::is_there() {
        return;
    }
    let mut asked = Asked::begin(&site, "undo");
    asked.until_asked();
    site.ok("--no-wait extend 1 --by 1h");
    let rest = asked.answer("y");
    assert_eq!(rest.code, 3, "{rest}");
    assert!(
        rest.stdout.contains("operation 2 (extend) changed downtime 1 later"),
        "what was agreed to is not what there is: {rest}"
    );
}

#[test]
fn an_edit_of_the_inventory_is_not_taken_back() {
    let site = site();
    site.inventory("[hosts.web01]\n");
    site.ok("extend 1 --by 1h");
    assert_snapshot!(site.run("undo 2 -y"), @"
    ! error: operation 2 (inventory_revision) cannot be taken back
    ! hint: only what somebody typed can be: what was scheduled, repeated, extended, edited, skipped, deleted or undone
    exit 2
    ");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 3: extend of downtime 1, by ops on Sat 2026-10-24 20:30 CEST
      downtime 1 (web01) is active until Sat 2026-10-24 22:00 CEST
    ");
}

#[test]
fn all_downtimes_of_one_operation_are_taken_back_together() {
    let site = site();
    site.ok("schedule web02 -m b --start 22:00 --for 1h");
    site.ok("extend 1 2 --by 15m");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 3: extend of downtime 1, 2, by ops on Sat 2026-10-24 20:30 CEST
      downtime 2 (web02) is scheduled, Sat 2026-10-24 22:00 CEST to Sat 2026-10-24 23:00 CEST
      downtime 1 (web01) is active until Sat 2026-10-24 22:00 CEST
    ");
    assert_eq!(site.json("show 1 -o json")["end"], "2026-10-24T22:00:00+02:00");
    assert_eq!(site.json("show 2 -o json")["end"], "2026-10-24T23:00:00+02:00");
}

#[test]
fn an_end_moved_to_now_by_mistake_is_taken_back_for_what_is_left() {
    let mut site = site();
    site.ok("extend 1 --to now");
    site.at("2026-10-24T18:31:00Z");
    assert_eq!(site.run("check web01").code, 1);
    site.ok("undo --yes");
    site.at("2026-10-24T18:32:00Z");
    assert_eq!(site.run("check web01").code, 0);
    assert_eq!(site.run("check web01 --at 2026-10-24T18:30:30Z").code, 1, "what was out of downtime stays so");
}

#[test]
fn where_nothing_is_left_of_the_newest_the_one_before_it_is_named() {
    let mut site = Site::new();
    site.ok("schedule web01 -m a --for 5h");
    site.ok("schedule web02 -m b --for 10m");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("undo --yes"), @"
    ! error: nothing is left to take back of operation 2: schedule of downtime 2, by ops on Sat 2026-10-24 20:00 CEST
    ! hint: what is over stays as it was
    ! hint: as if never scheduled: downtime delete 2 --retroactive
    ! hint: the one before it: downtime undo 1
    exit 3
    ");
    assert_eq!(site.run("undo 1 --yes").code, 0);
}
