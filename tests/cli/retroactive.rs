//! Changes of the past upon changes made before: what is told, what is in effect and what is held stay the same thing.

use insta::assert_snapshot;

use crate::common::Site;

/// Sat 2026-10-24 20:00 in Berlin, one downtime of `a` and `b` for four hours.
fn site() -> Site {
    let site = Site::new();
    site.ok("schedule a b -m move --for 4h");
    site
}

#[test]
fn a_target_taken_up_again_afterwards_is_held() {
    let mut site = site();
    site.at("2026-10-24T18:10:00Z");
    site.ok("delete 1 --target a");
    site.at("2026-10-24T18:20:00Z");
    assert_snapshot!(site.run("edit 1 --add-target a --retroactive"), @"
    Edited downtime 1: a, b
      with a
    ");
    assert_snapshot!(site.run("edit 1 --add-target a --retroactive"), @"Unchanged: downtime 1: a, b");
    assert_eq!(site.run("check a --at '2026-10-24 20:15'").code, 0);
    site.ok("extend 1 --to now");
    assert_eq!(site.run("check a").code, 1);
}

#[test]
fn a_window_moved_away_and_back_leaves_no_hole() {
    let mut site = site();
    site.at("2026-10-24T18:30:00Z");
    site.ok("edit 1 --start 22:00 --end 23:00");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("edit 1 --start 20:00 --retroactive"), @"
    Edited downtime 1: a, b
      start Sat 2026-10-24 20:00 CEST instead of Sat 2026-10-24 22:00 CEST
      it is Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 23:00 CEST  3h
    ");
    assert_eq!(site.run("check a b").code, 0);
    assert_eq!(site.run("check a --at '2026-10-24 21:45'").code, 0);
}

#[test]
fn a_downtime_that_all_let_go_of_is_not_extended_for_anybody() {
    let mut site = site();
    site.at("2026-10-24T18:10:00Z");
    site.ok("delete 1");
    site.at("2026-10-24T18:30:00Z");
    assert_snapshot!(site.run("extend 1 --by 1h --retroactive"), @"
    ! error: downtime 1 was let go of by all its targets, so its window means nothing for them
    ! hint: to hold one again: downtime edit 1 --add-target HOST --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("edit 1 --end 23:30 --retroactive"), @"
    ! error: downtime 1 was let go of by all its targets, so its window means nothing for them
    ! hint: to hold one again: downtime edit 1 --add-target HOST --retroactive
    exit 3
    ");
}

#[test]
fn a_target_that_joined_late_has_the_window_that_is_left_for_it() {
    let mut site = site();
    site.at("2026-10-24T18:30:00Z");
    site.ok("edit 1 --add-target c");
    site.ok("edit 1 --end 20:20 --retroactive");
    site.ok("extend 1 --to 22:00 --retroactive");
    assert_eq!(site.run("check a b c").code, 0);
}

#[test]
fn what_was_redone_ended_when_it_ended() {
    let mut site = site();
    site.at("2026-10-24T18:30:00Z");
    site.ok("delete 1 --retroactive");
    site.at("2026-10-24T18:40:00Z");
    site.ok("undo --yes");
    site.at("2026-10-24T18:50:00Z");
    site.ok("undo 3 --yes");
    site.at("2026-10-24T19:00:00Z");
    assert_eq!(site.json("show 1 -o json")["ended_at"], "2026-10-24T20:50:00+02:00");
    assert_eq!(site.ok("list --ended-within 15m -q"), "1\n");
}

#[test]
fn undos_are_taken_back_in_their_order() {
    let site = site();
    site.ok("extend 1 --by 1h");
    site.ok("extend 1 --by 1h");
    site.ok("undo 3 --yes");
    site.ok("undo 2 --yes");
    assert_snapshot!(site.run("undo 4 --yes"), @"
    ! error: operation 5 (undo) changed downtime 1 later
    ! hint: take that back first: downtime undo 5
    exit 3
    ");
    site.ok("undo 5 --yes");
    site.ok("undo 4 --yes");
    assert_eq!(site.json("show 1 -o json")["end"], "2026-10-25T02:00:00+02:00", "both extensions are in force again");
}

#[test]
fn a_start_just_missed_is_now() {
    let site = Site::new();
    site.ok("schedule a -m move --start 22:00 --for 2h");
    site.ok("edit 1 --start 2026-10-24T19:57");
    let downtime = site.json("show 1 -o json");
    assert_eq!(downtime["start"], downtime["activations"][0]["start"]);
}
