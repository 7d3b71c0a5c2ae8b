//! `delete`.

use insta::assert_snapshot;

use crate::common::Site;

fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 web02 db01/Backup -m 'kernel update' --for 2h");
    site.ok("schedule mail01 -m 'storage move' --start 23:00 --for 2h");
    site.at("2026-10-24T18:30:00Z");
    site
}

#[test]
fn what_runs_ends_now_and_what_is_to_come_is_cancelled() {
    let site = site();
    assert_snapshot!(site.run("delete 1"), @"
    Ended downtime 1: db01/Backup, web01, web02
      db01/Backup is in no other downtime
      web01 is in no other downtime
      web02 is in no other downtime
    ");
    assert_snapshot!(site.run("delete 2"), @"
    Cancelled downtime 2: mail01
      mail01 is in no other downtime
    ");
    assert_snapshot!(site.run("list --all"), @"
    id  state      targets                        start (CEST)          end                   left  author  comment
    1   completed  db01/Backup, web01 and 1 more  Sat 2026-10-24 20:00  Sat 2026-10-24 20:30        ops     kernel update
    2   cancelled  mail01                         Sat 2026-10-24 23:00  Sun 2026-10-25 01:00        ops     storage move
    ");
    let ended = site.json("show 1 -o json");
    assert_eq!(ended["ended_at"], "2026-10-24T20:30:00+02:00");
    assert_eq!(ended["ended_by"], "ops");
    assert_eq!(ended["end"], "2026-10-24T22:00:00+02:00", "the window as it was");
}

#[test]
fn what_has_just_begun_is_cancelled_as_its_record_says() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 2h");
    assert_snapshot!(site.run("delete 1"), @"
    Cancelled downtime 1: web01
      web01 is in no other downtime
    ");
    assert_eq!(site.json("show 1 -o json")["state"], "cancelled");
}

#[test]
fn each_target_that_another_downtime_still_holds_is_named() {
    let site = site();
    site.ok("schedule web01 -m 'second' --for 1h");
    site.ok("schedule db01 -m 'third' --for 3h");
    site.ok("schedule db01/Backup -m 'back to back' --start 23:30 --for 1h");
    assert_snapshot!(site.run("delete 1"), @"
    Ended downtime 1: db01/Backup, web01, web02
      db01/Backup is still held by downtime 4 until Sun 2026-10-25 00:30 CEST
      web01 is still held by downtime 3 until Sat 2026-10-24 21:30 CEST
      web02 is in no other downtime
    ");
}

#[test]
fn only_the_targets_named_are_let_go_of() {
    let site = site();
    assert_snapshot!(site.run("delete 1 --target web01"), @"
    Downtime 1 lets go of web01
      web01 is in no other downtime
    ");
    assert_snapshot!(site.run("check web01 web02"), @"
    web01 is not in downtime
    web02 is in downtime until Sat 2026-10-24 22:00 CEST (1h 30m left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    exit 1
    ");
    assert_snapshot!(site.run("delete 1 --target web01"), @"
    ! error: downtime 1 no longer holds web01
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    exit 3
    ");
    assert_snapshot!(site.run("delete 1 --target 'web*' --target '*/Back*'"), @"
    Ended downtime 1: db01/Backup, web02
      db01/Backup is in no other downtime
      web02 is in no other downtime
    ");
    assert_eq!(site.json("show 1 -o json")["state"], "completed");
}

#[test]
fn a_target_that_the_downtime_never_had_is_refused() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("delete 1 --target web03"), @"
    ! error: `web03` is no target of downtime 1
    ! hint: did you mean web01?
    exit 4
    ");
    assert_snapshot!(site.run("delete 1 --target db01"), @"
    ! error: `db01` is no target of downtime 1
    ! hint: did you mean db01/Backup?
    exit 4
    ");
    assert_snapshot!(site.run("delete 1 2 --target web01"), @"
    ! error: `web01` is no target of downtime 2
    ! hint: see `downtime show 2`
    exit 4
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_downtime_that_is_over_is_refused() {
    let mut site = site();
    site.ok("delete 2");
    assert_snapshot!(site.run("delete 2"), @"
    ! error: downtime 2 was cancelled Sat 2026-10-24 20:30 CEST
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    exit 3
    ");
    site.at("2026-10-24T20:00:00Z");
    assert_snapshot!(site.run("delete 1"), @"
    ! error: downtime 1 ended Sat 2026-10-24 22:00 CEST
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    ! hint: to take it back as if it had never been scheduled, add --retroactive
    exit 3
    ");
}

#[test]
fn several_ids_are_all_deleted_or_none() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("delete 1 2 3"), @"
    ! error: there is no downtime `3`
    ! hint: ids go from 1 to 2; see `downtime list --all`
    exit 4
    ");
    assert_eq!(site.fingerprint(), before);
    assert_snapshot!(site.run("delete 1 2"), @"
    Ended downtime 1: db01/Backup, web01, web02
      db01/Backup is in no other downtime
      web01 is in no other downtime
      web02 is in no other downtime
    Cancelled downtime 2: mail01
      mail01 is in no other downtime
    ");
}

#[test]
fn an_id_is_never_given_twice() {
    let site = site();
    site.ok("delete 1 2");
    assert_eq!(site.ok("schedule web01 -m a --for 1h -q"), "3\n");
}

#[test]
fn nothing_named_is_nothing_deleted() {
    assert_snapshot!(site().run("delete"), @"
    ! error: no id and no filter is given
    ! hint: name an id, or a filter such as --host web01; add --everything if you mean every downtime
    exit 3
    ");
    assert_snapshot!(site().run("delete 1 -q"), @"");
}

#[test]
fn what_is_completed_is_taken_back_as_if_never_scheduled_and_history_keeps_it() {
    let mut site = site();
    site.at("2026-10-24T21:00:00Z");
    assert_snapshot!(site.run("delete 1"), @"
    ! error: downtime 1 ended Sat 2026-10-24 22:00 CEST
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    ! hint: to take it back as if it had never been scheduled, add --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("delete 1 --retroactive --dry-run"), @"
    Would have made this change, and did not:
    Took back downtime 1, as if never scheduled: db01/Backup, web01, web02
      db01/Backup is in no other downtime
      web01 is in no other downtime
      web02 is in no other downtime
    ");
    assert_snapshot!(site.run("delete 1 --retroactive"), @"
    Took back downtime 1, as if never scheduled: db01/Backup, web01, web02
      db01/Backup is in no other downtime
      web01 is in no other downtime
      web02 is in no other downtime
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 20:30'").code, 1);
    assert_eq!(site.json("show 1 -o json")["state"], "cancelled");
    assert_snapshot!(site.ok("history --id 1 --host web01"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  1   scheduled  1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01   ops     kernel update
    Sat 2026-10-24 22:00      ended      1   web01   ops     kernel update
    Sat 2026-10-24 23:00  3   cancelled  1   web01   ops     as if never scheduled: kernel update
    ");
    assert_snapshot!(site.run("delete 1 --retroactive"), @"
    ! error: downtime 1 was cancelled Sat 2026-10-24 23:00 CEST
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    exit 3
    ");
    site.ok("undo --yes");
    assert_eq!(site.run("check web01 --at '2026-10-24 20:30'").code, 0, "taken back as it was");
}

#[test]
fn one_target_of_what_is_running_never_was_in_downtime() {
    let mut site = site();
    site.at("2026-10-24T18:30:00Z");
    assert_snapshot!(site.run("delete 1 --target web01 --retroactive"), @"
    Took back downtime 1, as if never scheduled: web01
      web01 is in no other downtime
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 20:10'").code, 1);
    assert_eq!(site.run("check web02 --at '2026-10-24 20:10'").code, 0);
    assert_snapshot!(site.run("delete --host web02 --retroactive --yes"), @"
    ! error: --retroactive is for downtimes named by id
    ! hint: see `downtime list --all` for ids, and name them: downtime delete 12 --retroactive
    exit 2
    ");
}
