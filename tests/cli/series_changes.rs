//! What one change of a series does to another, and what undoing either leaves.

use insta::assert_snapshot;

use crate::common::Site;

/// A store on Friday 2026-11-20 15:30 in Berlin with a daily series at 22:00.
fn site() -> Site {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 web02 -m 'nightly run' --start '2026-11-20 22:00' --for 2h --repeat daily");
    site
}

#[test]
fn what_was_moved_is_judged_by_when_it_begins() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m x --start '2026-11-20 22:00' --for 2h --repeat daily");
    site.ok("edit 1@2026-11-20 --start '2026-11-20 20:00' --end '2026-11-21 00:00' --add-target web07");
    site.ok("edit 1@2026-11-21 --start '2026-11-21 23:00' --end '2026-11-22 02:00'");
    site.at("2026-11-20T20:00:00Z");
    site.ok("delete 1");
    assert_eq!(site.run("check web01 web07").code, 0, "it began before the series was deleted");
    assert_eq!(site.run("check web01 --at '2026-11-22 00:30'").code, 1, "that one had not begun");
}

#[test]
fn a_downtime_repeated_before_it_begins_goes_by_its_series() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 web02 -m x --start '2026-11-21 15:30' --for 2h");
    site.ok("repeat 1 --every daily");
    site.ok("edit 1 --remove-target web02");
    assert_eq!(site.run("check web02 --at '2026-11-21 16:00'").code, 1);
    assert_eq!(site.run("check web01 --at '2026-11-21 16:00'").code, 0);
    site.ok("delete 1");
    assert_eq!(site.run("check web01 --at '2026-11-21 16:00'").code, 1);
}

#[test]
fn undoing_what_was_done_before_it_was_repeated_changes_what_runs() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 web02 -m x --for 2h");
    site.ok("edit 1 --remove-target web02");
    site.ok("repeat 1 --every daily");
    site.ok("undo -y");
    assert_snapshot!(site.run("list"), @"
    id  state   targets  start (CET)           end                   left  author  repeats  comment
    1   active  web01    Fri 2026-11-20 15:30  Fri 2026-11-20 17:30  2h    ops     once     x
    ");
    assert_snapshot!(site.run("undo -y"), @"
    Took back operation 2: edit of downtime 1, by ops on Fri 2026-11-20 15:30 CET
      series 1 (web01, web02): once, Fri 2026-11-20 15:30 Europe/Berlin, 2 h; no more to come
    ");
    assert_eq!(site.run("check web02").code, 0);
    assert_eq!(site.run("check web02 --at '2026-11-21 16:00'").code, 1, "it repeats no more");
}

#[test]
fn undoing_an_unskip_ends_what_runs_of_it() {
    let mut site = site();
    site.ok("skip 1 2026-11-20");
    site.ok("unskip 1 2026-11-20");
    site.at("2026-11-20T21:30:00Z");
    assert_eq!(site.run("check web01").code, 0);
    site.ok("undo -y");
    assert_eq!(site.run("check web01").code, 1);
}

#[test]
fn an_exception_that_is_taken_back_is_told_in_history() {
    let site = site();
    site.ok("repeat 1 --every daily --except 2026-11-21");
    site.ok("unskip 1 2026-11-21");
    assert_snapshot!(site.run("history --event unskipped"), @"
    time (CET)            op  event      id  target  author  what
    Fri 2026-11-20 15:30  3   unskipped  1           ops     repeat every day at 22:00 Europe/Berlin, 2 h instead of every day at 22:00 Europe/Berlin, 2 h, but for 2026-11-21
    ");
}

#[test]
fn what_was_changed_by_itself_and_falls_away_is_pointed_out() {
    let site = site();
    site.ok("extend 1@2026-11-24 --by 1h");
    assert_snapshot!(site.run("edit 1 --repeat-until 2026-11-22 --dry-run"), @"
    Would have made this change, and did not:
    Edited downtime 1: web01, web02
      repeat every day at 22:00 Europe/Berlin, 2 h, until 2026-11-22 instead of every day at 22:00 Europe/Berlin, 2 h
      every day at 22:00 Europe/Berlin, 2 h, until 2026-11-22; next Fri 2026-11-20 22:00 (in 6h 30m)
    ! warning: what was changed on 1@2026-11-24T22:00 alone is given up: Tue 2026-11-24 22:00 CET to Wed 2026-11-25 01:00 CET  3h
    ");
    assert_snapshot!(site.run("repeat 1 --every weekly --dry-run"), @"
    Would have made this change, and did not:
    Downtime 1 (web01, web02) repeats
      every Friday at 22:00 Europe/Berlin, 2 h; next Fri 2026-11-20 22:00 (in 6h 30m)
    ! warning: what was changed on 1@2026-11-24T22:00 alone is given up: Tue 2026-11-24 22:00 CET to Wed 2026-11-25 01:00 CET  3h
    ");
    assert_snapshot!(site.run("edit 1 --for 3h --dry-run"), @"
    Would have made this change, and did not:
    Edited downtime 1: web01, web02
      repeat every day at 22:00 Europe/Berlin, 3 h instead of every day at 22:00 Europe/Berlin, 2 h
      every day at 22:00 Europe/Berlin, 3 h; next Fri 2026-11-20 22:00 (in 6h 30m)
    ");
}

#[test]
fn an_occurrence_moved_far_is_left_out_by_the_day_it_was_to_be() {
    let site = site();
    site.ok("edit 1@2026-11-24 --start '2026-11-29 12:00' --end '2026-11-29 13:00'");
    assert_snapshot!(site.run("skip 1 2026-11-24"), @"Left out 1@2026-11-24T22:00: Sun 2026-11-29 12:00 CET to Sun 2026-11-29 13:00 CET  1h");
}

#[test]
fn what_was_left_out_can_take_place_after_all() {
    let site = site();
    site.ok("skip 1 2026-11-21");
    assert_snapshot!(site.run("extend 1@2026-11-21 --by 1h"), @"
    ! error: downtime 1@2026-11-21T22:00 was left out Fri 2026-11-20 15:30 CET
    ! hint: to let it take place after all: downtime unskip 1@2026-11-21T22:00
    exit 3
    ");
    assert_snapshot!(site.run("delete 1@2026-11-21"), @"
    ! error: downtime 1@2026-11-21T22:00 was left out Fri 2026-11-20 15:30 CET
    ! hint: there is nothing left to end or take back; --if-open passes over what is over
    ! hint: to let it take place after all: downtime unskip 1@2026-11-21T22:00
    exit 3
    ");
    assert_snapshot!(site.run("edit 1@2026-11-21 -m other"), @"
    Edited downtime 1@2026-11-21T22:00: web01, web02
      comment `other` instead of `nightly run`
    ");
    assert_snapshot!(site.run("explain web01 --at '2026-11-21 22:30'"), @"
    At Sat 2026-11-21 22:30 CET  (2026-11-21T21:30:00Z):
    web01 is not in downtime
    Why not
      downtime 1@2026-11-21T22:00 was left out by ops 1d 7h ago, Fri 2026-11-20 15:30 CET; it would have been from Sat 2026-11-21 22:00 CET to Sun 2026-11-22 00:00 CET: other
      downtime 1@2026-11-20T22:00 ended 22h 30m ago, Sat 2026-11-21 00:00 CET: nightly run
      downtime 1@2026-11-22T22:00 starts in 23h 30m, Sun 2026-11-22 22:00 CET: nightly run
    Next
      downtime 1@2026-11-22T22:00  Sun 2026-11-22 22:00 CET to Mon 2026-11-23 00:00 CET, in 23h 30m  by ops: nightly run
    Last
      downtime 1@2026-11-20T22:00  Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET, 22h 30m ago  by ops: nightly run
    ");
}

#[test]
fn a_host_is_found_in_any_occurrence_that_holds_it() {
    let mut site = site();
    site.at("2026-11-20T21:30:00Z");
    site.ok("edit 1 --add-target web03 --remove-target web02 --unknown-ok");
    assert_snapshot!(site.run("list --host web03"), @"
    id  state      targets           start (CET)           end                   left        author  repeats  comment
    1   scheduled  web03 and 1 more  Sat 2026-11-21 22:00  Sun 2026-11-22 00:00  in 23h 30m  ops     daily    nightly run
    ");
    assert_snapshot!(site.run("list --host web02"), @"
    id  state   targets           start (CET)           end                   left    author  repeats  comment
    1   active  web02 and 1 more  Fri 2026-11-20 22:00  Sat 2026-11-21 00:00  1h 30m  ops     daily    nightly run
    ");
    assert_snapshot!(site.run("delete --host web02 -y"), @"
    ! error: 1@2026-11-20T22:00 is running until Sat 2026-11-21 00:00 CET and finishes; add --running to end it, too: downtime delete 1@2026-11-20T22:00
    exit 1
    ");
    assert_snapshot!(site.run("delete --host web02 --running -y"), @"
    Downtime 1@2026-11-20T22:00 lets go of web02
      web02 is in no other downtime
    ");
    assert_eq!(site.run("check web02").code, 1);
    assert_eq!(site.run("check web01").code, 0);
}

#[test]
fn a_series_or_rule_that_there_is_not_is_a_mistake_in_a_filter() {
    let site = site();
    site.ok("schedule web09 -m x --for 1h --unknown-ok");
    for line in ["list --series 7", "list --series 2", "list --rule 1", "list --rule nightly", "history --series 7"] {
        assert_eq!(site.run(line).code, 4, "{line}");
    }
    assert_snapshot!(site.run("list --rule nightly"), @"
    ! error: there is no rule `nightly`
    ! hint: see `downtime rules list`
    exit 4
    ");
    assert_snapshot!(site.run("list --rule 1"), @"
    ! error: there is no rule `1`
    ! hint: see `downtime rules list`; a series is named with --series 1
    exit 4
    ");
}

#[test]
fn part_of_a_start_is_all_that_it_may_go_on_as() {
    let mut site = Site::new();
    site.at("2026-11-10T12:00:00Z");
    site.ok("schedule web01 -m x --start '2026-11-12 22:00' --for 1h --repeat weekly");
    assert_snapshot!(site.run("delete 1@2026-11-1"), @"
    ! error: `1@2026-11-1` fits 2 occurrences
    ! hint: name one: 1@2026-11-12T22:00, 1@2026-11-19T22:00
    exit 2
    ");
    assert!(site.ok("show 1@2026-11-2").contains("1@2026-11-26T22:00"));
    assert_snapshot!(site.run("show 1@2026-1"), @"
    ! error: `1@2026-1` fits 8 occurrences
    ! hint: name one: 1@2026-11-12T22:00, 1@2026-11-19T22:00, 1@2026-11-26T22:00, 1@2026-12-03T22:00, …
    exit 2
    ");
    assert_eq!(site.run("show 1@2027-02-30").code, 4);
}

#[test]
fn of_an_hourly_series_a_day_is_left_out_as_far_as_it_lies_ahead() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m x --start '2026-11-20 16:00' --for 10m --repeat hourly");
    site.at("2026-11-20T20:05:00Z");
    assert_snapshot!(site.run("skip 1 2026-11-20"), @"
    Left out 1@2026-11-20T21:00Z: Fri 2026-11-20 22:00 CET to Fri 2026-11-20 22:10 CET  10m
    Left out 1@2026-11-20T22:00Z: Fri 2026-11-20 23:00 CET to Fri 2026-11-20 23:10 CET  10m
    ");
    site.at("2026-11-20T21:30:00Z");
    assert_snapshot!(site.run("unskip 1 2026-11-20"), @"Takes place 1@2026-11-20T22:00Z: Fri 2026-11-20 23:00 CET to Fri 2026-11-20 23:10 CET  10m");
    site.at("2026-11-20T23:30:00Z");
    assert_snapshot!(site.run("skip 1 2026-11-20"), @"Unchanged, left out already: 1@2026-11-20T21:00Z: Fri 2026-11-20 22:00 CET to Fri 2026-11-20 22:10 CET  10m");
}

#[test]
fn a_series_keeps_its_limits_when_it_repeats_otherwise() {
    let site = site();
    site.ok("repeat 1 --every daily --count 20 --repeat-until 2027-01-31");
    assert_snapshot!(site.run("repeat 1 --every weekly"), @"
    Downtime 1 (web01, web02) repeats
      every Friday at 22:00 Europe/Berlin, 2 h, until 2027-01-31, 20 times; next Fri 2026-11-20 22:00 (in 6h 30m)
    ");
    assert_snapshot!(site.run("repeat 1 --stop"), @"
    Downtime 1 (web01, web02) repeats no more
      every Friday at 22:00 Europe/Berlin, 2 h, until Fri 2026-11-20 15:30, 20 times; no more to come
    ");
    assert_snapshot!(site.run("repeat 1 --every daily"), @"
    Downtime 1 (web01, web02) repeats
      every day at 22:00 Europe/Berlin, 2 h; next Fri 2026-11-20 22:00 (in 6h 30m)
    ");
}

#[test]
fn what_was_taken_back_is_not_given_up() {
    let site = site();
    site.ok("extend 1@2026-11-24 --by 1h");
    site.ok("undo -y");
    assert_snapshot!(site.run("repeat 1 --every weekly"), @"
    Downtime 1 (web01, web02) repeats
      every Friday at 22:00 Europe/Berlin, 2 h; next Fri 2026-11-20 22:00 (in 6h 30m)
    ");
}

#[test]
fn what_is_left_out_is_shown_with_the_series() {
    let site = site();
    site.ok("skip 1 2026-11-24");
    site.ok("delete 1@2026-11-30");
    assert_snapshot!(site.run("show 1"), @"
    Series 1: scheduled
      comment     nightly run
      name        -
      ticket      -
      repeats     every day at 22:00 Europe/Berlin, 2 h
      first       Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET  2h
      zone        Europe/Berlin
      kind        fixed
      author      ops, Fri 2026-11-20 15:30 CET  (2026-11-20T14:30:00Z)
    Targets
      web01
      web02
    Next
      1@2026-11-20T22:00        Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET  2h
      1@2026-11-21T22:00        Sat 2026-11-21 22:00 CET to Sun 2026-11-22 00:00 CET  2h
      1@2026-11-22T22:00        Sun 2026-11-22 22:00 CET to Mon 2026-11-23 00:00 CET  2h
      1@2026-11-23T22:00        Mon 2026-11-23 22:00 CET to Tue 2026-11-24 00:00 CET  2h
      1@2026-11-25T22:00        Wed 2026-11-25 22:00 CET to Thu 2026-11-26 00:00 CET  2h
    Left out
      1@2026-11-24T22:00        Tue 2026-11-24 22:00 CET to Wed 2026-11-25 00:00 CET  2h
      1@2026-11-30T22:00        Mon 2026-11-30 22:00 CET to Tue 2026-12-01 00:00 CET  2h
    Changes
      schedule    Fri 2026-11-20 15:30 CET  by ops  (operation 1)
      skip        Fri 2026-11-20 15:30 CET  by ops  (operation 2)  1@2026-11-24T22:00
      delete      Fri 2026-11-20 15:30 CET  by ops  (operation 3)  1@2026-11-30T22:00  without web01, web02
    ");
}

#[test]
fn what_limits_a_series_is_taken_off_it() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m a --start 22:00 --for 1h --repeat daily --count 3 --repeat-until 2026-12-24 --except 2026-11-21");
    let how = || site.json("show 1 -o json")["repeat"].clone();
    site.ok("repeat 1 --every weekdays --count 5");
    assert_eq!((&how()["count"], &how()["until"]), (&5.into(), &"2026-12-24".into()));
    assert_eq!(how()["except"].as_array().unwrap().len(), 1);
    assert_snapshot!(site.run("edit 1 --count ''"), @"
    Edited downtime 1: web01
      repeat Monday to Friday at 22:00 Europe/Berlin, 1 h, until 2026-12-24, but for 2026-11-21 instead of Monday to Friday at 22:00 Europe/Berlin, 1 h, until 2026-12-24, 5 times, but for 2026-11-21
      Monday to Friday at 22:00 Europe/Berlin, 1 h, until 2026-12-24, but for 2026-11-21; next Fri 2026-11-20 22:00 (in 6h 30m)
    ! warning: the exception 2026-11-21 matches no occurrence
    ");
    assert_snapshot!(site.run("edit 1 --repeat-until '' --except ''"), @"
    Edited downtime 1: web01
      repeat Monday to Friday at 22:00 Europe/Berlin, 1 h instead of Monday to Friday at 22:00 Europe/Berlin, 1 h, until 2026-12-24, but for 2026-11-21
      Monday to Friday at 22:00 Europe/Berlin, 1 h; next Fri 2026-11-20 22:00 (in 6h 30m)
    ");
    site.ok("edit 1 --except 2026-11-24");
    assert_snapshot!(site.run("repeat 1 --every daily --except '' --except 2026-11-25"), @"
    Downtime 1 (web01) repeats
      every day at 22:00 Europe/Berlin, 1 h, but for 2026-11-25; next Fri 2026-11-20 22:00 (in 6h 30m)
    ");
    assert_snapshot!(site.run("edit 1 --count many"), @"
    ! error: invalid value 'many' for '--count <N>': give a whole number, or '' for no end
    ! hint: see `downtime edit --help`
    exit 2
    ");
}

#[test]
fn a_series_that_begins_later_is_told_by_its_first_start() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m a --start 22:00 --wall-end 06:00 --repeat daily --repeat-until 2026-12-01");
    assert_snapshot!(site.run("edit 1 --start '2026-11-25 22:00'"), @"
    Edited downtime 1: web01
      start Wed 2026-11-25 22:00 CET instead of Fri 2026-11-20 22:00 CET
      every day at 22:00 Europe/Berlin, to 06:00 the next day, until 2026-12-01; next Wed 2026-11-25 22:00 (in 5d 6h)
    ");
    assert_snapshot!(site.run("history --event edited"), @"
    time (CET)            op  event   id  target  author  what
    Fri 2026-11-20 15:30  2   edited  1           ops     start Wed 2026-11-25 22:00 CET instead of Fri 2026-11-20 22:00 CET
    ");
    site.ok("edit 1 --start '2026-11-27 22:30' --repeat-until ''");
    site.ok("edit 1 --for 2h");
    assert_snapshot!(site.run("history --event edited --from 2026-11-20"), @"
    time (CET)            op  event   id  target  author  what
    Fri 2026-11-20 15:30  2   edited  1           ops     start Wed 2026-11-25 22:00 CET instead of Fri 2026-11-20 22:00 CET
    Fri 2026-11-20 15:30  3   edited  1           ops     repeat every day at 22:30 Europe/Berlin, to 06:00 the next day instead of every day at 22:00 Europe/Berlin, to 06:00 the next day, until 2026-12-01; start Fri 2026-11-27 22:30 CET instead of Wed 2026-11-25 22:00 CET
    Fri 2026-11-20 15:30  4   edited  1           ops     repeat every day at 22:30 Europe/Berlin, 2 h instead of every day at 22:30 Europe/Berlin, to 06:00 the next day
    ! note: from Fri 2026-11-20 00:00 CET  (2026-11-19T23:00:00Z)
    ");
    assert_snapshot!(site.run("repeat 1 --rrule FREQ=WEEKLY;BYDAY=SU"), @"
    ! error: Fri 2026-11-27 22:30 does not match `FREQ=WEEKLY;BYDAY=SU`: the first match is Sun 2026-11-29 22:30
    ! hint: to begin there, add --start-at-match
    exit 2
    ");
}

#[test]
fn what_a_rule_says_itself_is_not_taken_off_and_nothing_is_left_that_never_happens() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m a --start 22:00 --for 1h --rrule FREQ=DAILY;COUNT=3");
    assert_snapshot!(site.run("edit 1 --count ''"), @"
    ! error: the COUNT is part of the rule `FREQ=DAILY;COUNT=3`
    ! hint: give the rule without COUNT, as --rrule
    exit 2
    ");
    assert_eq!(site.run("edit 1 --repeat-until ''").stdout, "Unchanged: downtime 1: web01\n");
    site.ok("schedule web01 -m a --start '2026-11-21 22:00' --for 1h --repeat daily --count 3 --except 2026-11-21");
    assert_snapshot!(site.run("repeat 2 --every weekly --count 1"), @"
    ! error: it never happens: the exceptions leave nothing over
    ! hint: leave an exception out, or give a later end
    exit 2
    ");
}

#[test]
fn what_is_said_of_a_series_under_its_key_names_what_stays() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.ok("schedule web01 -m a --start 23:00 --for 1h --repeat daily --key k");
    assert_snapshot!(site.run("schedule web01 -m a --start 22:00 --for 1h --repeat daily --key k"), @"
    Unchanged: downtime 1: web01
      from  Fri 2026-11-20 23:00 CET  (2026-11-20T22:00:00Z)
      until Sat 2026-11-21 00:00 CET  (2026-11-20T23:00:00Z)  1h
      every day at 23:00 Europe/Berlin, 1 h; next Fri 2026-11-20
    ! note: the start of series 1 stays; to move it: downtime edit 1 --start TIME
    ");
    assert_eq!(site.run("schedule web01 -m a --start 23:00 --for 1h --repeat daily --key k").stderr, "");
    site.ok("skip 1 2026-11-22");
    site.ok("edit 1@2026-11-23 --comment other");
    let shown = site.ok("show 1");
    let changes: Vec<&str> = shown.lines().skip_while(|line| *line != "Changes").collect();
    assert_snapshot!(changes.join("\n"), @"
    Changes
      schedule    Fri 2026-11-20 15:30 CET  by ops  (operation 1)
      skip        Fri 2026-11-20 15:30 CET  by ops  (operation 2)  1@2026-11-22T23:00
      edit        Fri 2026-11-20 15:30 CET  by ops  (operation 3)  1@2026-11-23T23:00  comment `other` instead of `a`
    ");
}

#[test]
fn an_end_on_the_clock_of_what_repeats_is_told_to_be_a_length() {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    let notes = |options: &str| {
        site.run(&format!("schedule web01 -m a --start 22:00 --repeat daily --dry-run {options}")).stderr
    };
    assert_snapshot!(notes("--end 06:00"), @"note: each lasts 8h exactly; to end at the same time when the clock changes, too: --wall-end 06:00");
    assert_snapshot!(notes("--end 06:00 --tz UTC"), @"");
    assert_snapshot!(notes("--wall-end 06:00"), @"");
}
