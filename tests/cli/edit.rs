//! `edit`.

use insta::assert_snapshot;

use crate::common::Site;

/// Sat 2026-10-24 21:00 in Berlin: downtime 1 runs from 20:00 to 22:00, downtime 2 is to come on Monday.
fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 web02 -m 'kernel update' --for 2h --name patch --ticket CHG-1");
    site.ok("schedule db01 -m 'storage move' --start '2026-10-26 10:00' --for 2h");
    site.at("2026-10-24T19:00:00Z");
    site
}

#[test]
fn words_are_replaced_and_an_empty_one_takes_them_away() {
    let site = site();
    assert_snapshot!(site.run("edit 1 -m 'kernel update, second try' --name '' --ticket CHG-2"), @"
    Edited downtime 1: web01, web02
      comment `kernel update, second try` instead of `kernel update`
      name none instead of `patch`
      ticket `CHG-2` instead of `CHG-1`
    ");
    let downtime = site.json("show 1 -o json");
    assert_eq!(
        (&downtime["comment"], &downtime["name"]),
        (&"kernel update, second try".into(), &serde_json::Value::Null)
    );
    assert_snapshot!(site.run("edit 1 --ticket CHG-2"), @"Unchanged: downtime 1: web01, web02");
    assert_snapshot!(site.run("edit 1 --comment ' '"), @"
    ! error: the comment is empty
    ! hint: say why with -m 'kernel update'
    exit 3
    ");
    assert_snapshot!(site.run("edit 1"), @"
    ! error: there is nothing to change
    ! hint: say what, as in --comment 'second try' or --end 06:00; see `downtime edit --help`
    exit 2
    ");
}

#[test]
fn monitoring_is_suspended_and_taken_up_again() {
    let site = site();
    assert_snapshot!(site.run("edit 1 --suspend-monitoring"), @"
    Edited downtime 1: web01, web02
      suspend monitoring yes instead of no
    ");
    assert_eq!(site.run("check web01 --monitoring").code, 0);
    assert_snapshot!(site.run("edit 1 --suspend-monitoring=false"), @"
    Edited downtime 1: web01, web02
      suspend monitoring no instead of yes
    ");
    assert_eq!(site.run("check web01 --monitoring").code, 1);
}

#[test]
fn a_window_to_come_moves_whole_and_keeps_its_end_unless_that_is_given() {
    let site = site();
    assert_snapshot!(site.run("edit 2 --start '2026-10-26 11:30'"), @"
    Edited downtime 2: db01
      start Mon 2026-10-26 11:30 CET instead of Mon 2026-10-26 10:00 CET
      it is Mon 2026-10-26 11:30 CET to Mon 2026-10-26 12:00 CET  30m
    ");
    assert_snapshot!(site.run("edit 2 --start '2026-10-27 10:00'"), @"
    ! error: the end, Mon 2026-10-26 12:00 CET, is not after the start, Tue 2026-10-27 10:00 CET
    ! hint: name the day of the end, as in --end 'sat 06:00', or give --for 2h
    exit 3
    ");
    assert_snapshot!(site.run("edit 2 --start '2026-10-27 10:00' --for 2h"), @"
    Edited downtime 2: db01
      start Tue 2026-10-27 10:00 CET instead of Mon 2026-10-26 11:30 CET
      end Tue 2026-10-27 12:00 CET instead of Mon 2026-10-26 12:00 CET
      it is Tue 2026-10-27 10:00 CET to Tue 2026-10-27 12:00 CET  2h
    ");
    assert_eq!(site.run("check db01 --at '2026-10-26 11:00'").code, 1);
    assert_eq!(site.run("check db01 --at '2026-10-27 11:00'").code, 0);
}

#[test]
fn a_running_window_moves_and_what_was_in_effect_stays() {
    let mut site = site();
    assert_snapshot!(site.run("edit 1 --start 23:00 --end 23:30"), @"
    Edited downtime 1: web01, web02
      start Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 20:00 CEST
      end Sat 2026-10-24 23:30 CEST instead of Sat 2026-10-24 22:00 CEST
      it is Sat 2026-10-24 23:00 CEST to Sat 2026-10-24 23:30 CEST  30m
    ");
    assert_eq!(site.run("check web01").code, 1);
    assert_eq!(site.run("check web01 --at '2026-10-24 20:30'").code, 0);
    site.at("2026-10-24T21:10:00Z");
    assert_eq!(site.run("check web01").code, 0);
    assert_snapshot!(site.ok("history web01"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  1   scheduled  1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01   ops     kernel update
    Sat 2026-10-24 21:00  3   edited     1           ops     start Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 20:00 CEST; end Sat 2026-10-24 23:30 CEST instead of Sat 2026-10-24 22:00 CEST
    Sat 2026-10-24 21:00  3   ended      1   web01   ops     kernel update
    Sat 2026-10-24 23:00      started    1   web01   ops     kernel update
    ");
}

#[test]
fn an_end_moves_as_with_extend() {
    let site = site();
    assert_snapshot!(site.run("edit 1 --end 23:00"), @"
    Edited downtime 1: web01, web02
      end Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 22:00 CEST
      it is Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 23:00 CEST  3h
    ");
    assert_snapshot!(site.run("edit 1 --end 20:30"), @"
    ! error: downtime 1 would end Sat 2026-10-24 20:30 CEST, which is not after now
    ! hint: to end it now: downtime delete 1; to change what has been, add --retroactive
    exit 3
    ");
}

#[test]
fn a_past_start_needs_retroactive() {
    let site = site();
    assert_snapshot!(site.run("edit 1 --start 2026-10-24T19:00"), @"
    ! error: the start, Sat 2026-10-24 19:00 CEST, is past
    ! hint: to change what has been, add --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("edit 2 --start 2026-10-24T19:00"), @"
    ! error: the start, Sat 2026-10-24 19:00 CEST, is past
    ! hint: to change what has been, add --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("edit 1 --start 19:00 --retroactive"), @"
    Edited downtime 1: web01, web02
      start Sat 2026-10-24 19:00 CEST instead of Sat 2026-10-24 20:00 CEST
      it is Sat 2026-10-24 19:00 CEST to Sat 2026-10-24 22:00 CEST  3h
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 19:30'").code, 0);
    assert_eq!(site.json("show 1 -o json")["retroactive"], true);
}

#[test]
fn times_of_a_completed_one_need_retroactive_and_its_words_do_not() {
    let mut site = site();
    site.at("2026-10-24T21:00:00Z");
    assert_snapshot!(site.run("edit 1 --end 22:30"), @"
    ! error: downtime 1 ended Sat 2026-10-24 22:00 CEST
    ! hint: to change what has been, add --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("edit 1 --comment 'took longer'"), @"
    Edited downtime 1: web01, web02
      comment `took longer` instead of `kernel update`
    ");
    assert_snapshot!(site.run("edit 1 --end 22:30 --retroactive"), @"
    Edited downtime 1: web01, web02
      end Sat 2026-10-24 22:30 CEST instead of Sat 2026-10-24 22:00 CEST
      it is Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:30 CEST  2h 30m
    ");
    assert_eq!(site.run("check web01 --at '2026-10-24 22:15'").code, 0);
    site.ok("delete 2");
    assert_snapshot!(site.run("edit 2 --end '2026-10-26 13:00' --retroactive"), @"
    ! error: downtime 2 was cancelled Sat 2026-10-24 23:00 CEST
    ! hint: schedule a new one with `downtime schedule`
    exit 3
    ");
}

#[test]
fn targets_are_added_and_let_go_of_from_now_on() {
    let site = site();
    assert_snapshot!(site.run("edit 1 --add-target web03 --remove-target web02"), @"
    Edited downtime 1: web01, web03
      with web03
      without web02
    ");
    assert_eq!(site.run("check web02").code, 1);
    assert_eq!(site.run("check web03").code, 0);
    assert_eq!(site.run("check web03 --at '2026-10-24 20:30'").code, 1, "only from now on");
    assert_snapshot!(site.run("edit 1 --add-target web02 web03"), @"
    ! error: there is no downtime `web03`
    ! hint: to see its downtimes and their ids: downtime list --host web03
    exit 4
    ");
    assert_snapshot!(site.run("edit 1 --add-target web02"), @"
    Edited downtime 1: web01, web02, web03
      with web02
    ");
    assert_snapshot!(site.run("edit 1 --add-target web02"), @"Unchanged: downtime 1: web01, web02, web03");
    assert_snapshot!(site.run("edit 1 --remove-target db01"), @"
    ! error: `db01` is no target of downtime 1
    ! hint: see `downtime show 1`
    exit 4
    ");
    assert_snapshot!(site.run("edit 1 --remove-target 'web*'"), @"
    ! error: that would leave downtime 1 without a target
    ! hint: to end it, or take it back: downtime delete 1
    exit 2
    ");
}

#[test]
fn retroactively_added_targets_are_held_from_the_beginning_and_removed_ones_never_were() {
    let site = site();
    assert_snapshot!(site.run("edit 1 --add-target web03 --remove-target web02 --retroactive"), @"
    Edited downtime 1: web01, web03
      with web03
      without web02
    ");
    assert_eq!(site.run("check web03 --at '2026-10-24 20:30'").code, 0);
    assert_eq!(site.run("check web02 --at '2026-10-24 20:30'").code, 1);
    assert_snapshot!(site.ok("history --id 1"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  1   scheduled  1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01   ops     kernel update
    Sat 2026-10-24 20:00      started    1   web02   ops     kernel update
    Sat 2026-10-24 21:00  3   edited     1           ops     with web03; without web02, afterwards
    Sat 2026-10-24 21:00  3   ended      1   web02   ops     kernel update
    Sat 2026-10-24 21:00  3   cancelled  1   web02   ops     as if never scheduled: kernel update
    Sat 2026-10-24 21:00  3   started    1   web03   ops     kernel update
    ");
}

#[test]
fn several_are_edited_together_or_not_at_all() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("edit 1 2 7 --comment x"), @"
    ! error: there is no downtime `7`
    ! hint: ids go from 1 to 2; see `downtime list --all`
    exit 4
    ");
    assert_snapshot!(site.run("edit 2 1 --end 20:30"), @"
    ! error: downtime 1 would end Sat 2026-10-24 20:30 CEST, which is not after now
    ! hint: to end it now: downtime delete 1; to change what has been, add --retroactive
    exit 3
    ");
    assert_eq!(site.fingerprint(), before);
    assert_snapshot!(site.run("edit 1 2 --ticket CHG-1"), @"
    Unchanged: downtime 1: web01, web02
    Edited downtime 2: db01
      ticket `CHG-1` instead of none
    ");
}

#[test]
fn a_dry_run_tells_the_same_and_changes_nothing() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("edit 1 --end 23:00 --dry-run"), @"
    Would have made this change, and did not:
    Edited downtime 1: web01, web02
      end Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 22:00 CEST
      it is Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 23:00 CEST  3h
    ");
    let tried = site.json("edit 1 --end 23:00 --dry-run -o json");
    assert_eq!(
        (&tried["operation"], &tried["changed"][0]["end"]),
        (&serde_json::Value::Null, &"2026-10-24T23:00:00+02:00".into())
    );
    assert_eq!(site.fingerprint(), before);
    let done = site.json("edit 1 --end 23:00 -o json");
    assert_eq!(done["changed"], tried["changed"]);
}

#[test]
fn an_edit_is_taken_back_whole() {
    let site = site();
    let before = site.json("show 1 -o json");
    site.ok("edit 1 --comment x --end 23:30 --add-target web03 --remove-target web02");
    site.ok("undo --yes");
    let mut after = site.json("show 1 -o json");
    assert_eq!(after["targets"][2]["state"], "cancelled", "web03 stays on record");
    after["targets"].as_array_mut().unwrap().pop();
    assert_eq!(after["targets"], before["targets"]);
    for field in ["comment", "end", "state"] {
        assert_eq!(after[field], before[field], "{field}");
    }
}

#[test]
fn what_was_changed_about_the_past_can_be_taken_back() {
    let mut site = site();
    site.ok("edit 1 --start 19:00 --retroactive");
    site.at("2026-10-24T19:30:00Z");
    site.ok("undo --yes");
    assert_eq!(site.run("check web01 --at '2026-10-24 19:30'").code, 1);
    assert_eq!(site.run("check web01 --at '2026-10-24 20:30'").code, 0);
    assert_eq!(site.run("check web01").code, 0);
}
