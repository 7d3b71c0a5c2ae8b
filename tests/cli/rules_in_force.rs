//! Rules that people edit, stop and make exceptions from.

use insta::assert_snapshot;

use crate::common::Site;

const RULE: &str = "[[rule]]\nname = 'a'\ncomment = 'nightly run'\nstart = '2026-11-20 22:00'\nduration = '2h'\n\
                    repeat = 'daily'\ntimezone = 'Europe/Berlin'\nmatch = { hosts = ['win*'] }\n";

/// A store on Friday 2026-11-20 15:30 in Berlin with a rule.
fn site() -> Site {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.inventory("[hosts.win1]\n[hosts.win2]\n[hosts.db1]\n");
    site.write("rules.toml", RULE);
    site.ok("tick");
    site
}

#[test]
fn what_runs_of_a_rule_that_is_gone_is_listed_and_can_be_ended() {
    let mut site = site();
    site.at("2026-11-20T21:30:00Z");
    site.write("rules.toml", "");
    site.ok("tick");
    assert_eq!(site.run("check win1").code, 0);
    assert!(site.ok("list").contains("a@2026-11-20T22:00"));
    site.ok("delete a --running");
    assert_eq!(site.run("check win1").code, 1);
    assert_snapshot!(site.run("show a"), @"
    ! error: rule a is declared no more
    ! hint: for what it did: downtime history --id a
    exit 4
    ");
    for refused in ["next a", "extend a --by 1h", "skip a --next", "skip a 2026-11-24"] {
        let run = site.run(refused);
        assert_eq!((run.code, run.stderr.lines().next()), (4, Some("error: rule a is declared no more")), "{refused}");
    }
    assert_eq!(site.run("next a --from 2026-11-20").code, 0, "that was while it was declared");
    assert_snapshot!(site.run("delete a"), @"
    ! error: rule a is declared no more
    ! hint: there is nothing left to take back; --if-open passes over what is over
    exit 3
    ");
    assert_eq!(site.run("show b").code, 4);
}

#[test]
fn history_tells_what_became_of_each_rule() {
    let mut site = site();
    site.at("2026-11-21T10:00:00Z");
    let disabled = RULE.replace("'2h'", "'3h'") + "disabled = true\n";
    site.write("rules.toml", &(disabled + &RULE.replace("'a'", "'b'").replace("nightly", "weekly")));
    site.ok("tick");
    site.at("2026-11-22T10:00:00Z");
    site.write("rules.toml", RULE);
    site.ok("tick");
    assert_snapshot!(site.run("history --event rules_edited"), @"
    time (CET)            op  event         id  target  author  what
    Fri 2026-11-20 15:30  2   rules_edited              ops
    Fri 2026-11-20 15:30  2   rules_edited  a           ops     added: nightly run
    Sat 2026-11-21 11:00  3   rules_edited              ops
    Sat 2026-11-21 11:00  3   rules_edited  a           ops     duration `3h` instead of `2h`
    Sat 2026-11-21 11:00  3   rules_edited  a           ops     disabled: nightly run
    Sat 2026-11-21 11:00  3   rules_edited  b           ops     added: weekly run
    Sun 2026-11-22 11:00  5   rules_edited              ops
    Sun 2026-11-22 11:00  5   rules_edited  a           ops     duration `2h` instead of `3h`
    Sun 2026-11-22 11:00  5   rules_edited  a           ops     enabled: nightly run
    Sun 2026-11-22 11:00  5   rules_edited  b           ops     removed: weekly run
    ");
    assert_snapshot!(site.run("history --id b"), @"
    time (CET)            op  event         id                  target  author      what
    Sat 2026-11-21 11:00  3   rules_edited  b                           ops         added: weekly run
    Sat 2026-11-21 22:00  6   started       b@2026-11-21T22:00  win1    rules.toml  weekly run (written Sun 2026-11-22 11:00 CET)
    Sat 2026-11-21 22:00  6   started       b@2026-11-21T22:00  win2    rules.toml  weekly run (written Sun 2026-11-22 11:00 CET)
    Sun 2026-11-22 00:00  6   ended         b@2026-11-21T22:00  win1    rules.toml  weekly run (written Sun 2026-11-22 11:00 CET)
    Sun 2026-11-22 00:00  6   ended         b@2026-11-21T22:00  win2    rules.toml  weekly run (written Sun 2026-11-22 11:00 CET)
    Sun 2026-11-22 11:00  5   rules_edited  b                           ops         removed: weekly run
    ");
    assert_eq!(site.json("history --event rules_edited --from 2026-11-22 -o json")[2]["detail"]["rule"], "enabled");
}

#[test]
fn a_rule_that_was_stopped_says_so_everywhere() {
    let site = site();
    site.ok("delete a");
    assert_snapshot!(site.run("rules list"), @"
    name  next     covers now  repeats                                comment
    a     stopped  2 hosts     every day at 22:00 Europe/Berlin, 2 h  nightly run
    ");
    assert_snapshot!(site.run("rules show a"), @"
    Rule a
      comment     nightly run
      repeats     every day at 22:00 Europe/Berlin, 2 h
      first       Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET  2h
      for         host win*
      declared    rules.toml:1:1
      covers now  2 hosts: win1, win2
    Next
      none: it was stopped Fri 2026-11-20 15:30 CET by ops
    ");
    assert_snapshot!(site.run("rules check"), @"
    rules.toml:1:1: warning: rule `a` was stopped Fri 2026-11-20 15:30 CET by ops: nothing of it is to come; to let it go on, take that back with `downtime undo`
    1 rule, 0 disabled, in 1 file, 1 warning
    ");
    assert_snapshot!(site.run("check win1 --at '2026-11-21 22:30'"), @"
    At Sat 2026-11-21 22:30 CET  (2026-11-21T21:30:00Z):
    win1 is not in downtime
    exit 1
    ");
    site.ok("undo -y");
    assert_snapshot!(site.run("rules list"), @"
    name  next (CET)            covers now  repeats                                comment
    a     Fri 2026-11-20 22:00  2 hosts     every day at 22:00 Europe/Berlin, 2 h  nightly run
    ");
    assert_snapshot!(site.run("history --id a"), @"
    time (CET)            op  event         id  target  author  what
    Fri 2026-11-20 15:30  2   rules_edited  a           ops     added: nightly run
    Fri 2026-11-20 15:30  3   cancelled     a           ops     nothing of it is to come
    Fri 2026-11-20 15:30  4   undone        a           ops     operation 3
    Fri 2026-11-20 15:30  4   reopened      a           ops     it goes on
    ");
}

#[test]
fn an_occurrence_that_was_moved_goes_by_the_rules_of_the_time_it_begins() {
    let mut site = site();
    site.ok("edit a@2026-11-20 --start '2026-11-21 01:00' --end '2026-11-21 03:00'");
    site.at("2026-11-20T22:00:00Z");
    site.write("rules.toml", &RULE.replace("win*", "db*"));
    site.ok("tick");
    assert_eq!(site.run("check win1 --at '2026-11-21 01:30'").code, 1, "the rule is for others by then");
    assert_eq!(site.run("check db1 --at '2026-11-21 01:30'").code, 0);
    assert_eq!(site.run("check db1 --at '2026-11-20 22:30'").code, 1, "it was moved");
    site.at("2026-11-21T00:30:00Z");
    assert_snapshot!(site.run("history --from 2026-11-20 --event started"), @"
    time (CET)            op  event    id                  target  author      what
    Sat 2026-11-21 01:00      started  a@2026-11-20T22:00  db1     rules.toml  nightly run
    ! note: from Fri 2026-11-20 00:00 CET  (2026-11-19T23:00:00Z)
    ");
    assert_snapshot!(site.run("list --host db1"), @"
    id  state   targets  start (CET)           end                   left    author      repeats  comment
    a   active  db1      Sat 2026-11-21 01:00  Sat 2026-11-21 03:00  1h 30m  rules.toml  daily    nightly run
    ");
}

#[test]
fn a_host_cannot_be_taken_out_of_a_rule_from_here() {
    let mut site = site();
    assert_snapshot!(site.run("delete --host win1 -y"), @"
    ! error: rule a goes on for all that its `match` in rules.toml says
    ! hint: leave the target out of it there; to leave an occurrence out: downtime skip a --next
    exit 1
    ");
    site.at("2026-11-20T21:30:00Z");
    assert_snapshot!(site.run("delete --host win1 --running -y"), @"
    Downtime a@2026-11-20T22:00 lets go of win1
      win1 is in no other downtime
    ! note: rule a goes on for all that its `match` in rules.toml says
    ");
    assert_eq!(site.run("check win1").code, 1);
    assert_eq!(site.run("check win2").code, 0);
}

#[test]
fn coming_occurrences_are_told_from_any_time_whatever_the_rules_were_then() {
    let mut site = site();
    site.at("2026-11-23T12:00:00Z");
    site.write("rules.toml", &RULE.replace("'daily'", "'weekly'"));
    site.ok("tick");
    let ids = |line: &str| site.ok(line).lines().map(str::to_owned).collect::<Vec<_>>().join(" ");
    let wanted = "a@2026-11-21T22:00 a@2026-11-22T22:00 a@2026-11-27T22:00 a@2026-12-04T22:00";
    assert_eq!(ids("next a --from 2026-11-21 -n 4 -q"), wanted);
    site.ok("delete a");
    assert_eq!(ids("next a --from 2026-11-21 -n 4 -q"), "a@2026-11-21T22:00 a@2026-11-22T22:00");
}

#[test]
fn what_was_done_to_an_occurrence_that_is_no_more_stays_in_history_and_is_pointed_out() {
    let mut site = site();
    site.ok("skip a 2026-11-22");
    site.ok("extend a@2026-11-23 --by 30m");
    site.ok("delete a@2026-11-24 --target win1");
    site.at("2026-11-20T15:00:00Z");
    site.write("rules.toml", &RULE.replace("22:00", "22:30"));
    site.ok("tick");
    assert_snapshot!(site.run("history --id a"), @"
    time (CET)            op  event         id                  target  author  what
    Fri 2026-11-20 15:30  2   rules_edited  a                           ops     added: nightly run
    Fri 2026-11-20 15:30  3   skipped       a@2026-11-22T22:00          ops
    Fri 2026-11-20 15:30  4   extended      a@2026-11-23T22:00          ops     end Tue 2026-11-24 00:30 CET instead of Tue 2026-11-24 00:00 CET
    Fri 2026-11-20 15:30  5   cancelled     a@2026-11-24T22:00  win1    ops
    Fri 2026-11-20 16:00  6   rules_edited  a                           ops     start `2026-11-20 22:30` instead of `2026-11-20 22:00`
    ");
    assert_snapshot!(site.run("rules check"), @"
    rules.toml:1:1: warning: what was changed on a@2026-11-22T22:00 alone counts no more: there is no such occurrence; if another takes its place, see `downtime next a` and change that
    rules.toml:1:1: warning: what was changed on a@2026-11-23T22:00 alone counts no more: there is no such occurrence; if another takes its place, see `downtime next a` and change that
    rules.toml:1:1: warning: what was changed on a@2026-11-24T22:00 alone counts no more: there is no such occurrence; if another takes its place, see `downtime next a` and change that
    1 rule, 0 disabled, in 1 file, 3 warnings
    ");
}

#[test]
fn a_rule_that_covers_nothing_is_odd() {
    let site = site();
    site.write("rules.toml", &RULE.replace("win*", "wni*"));
    assert_snapshot!(site.run("rules check"), @"
    rules.toml:1:1: warning: rule `a` covers nothing that is declared: host wni*; see `downtime inventory list` for names, tags and groups
    1 rule, 0 disabled, in 1 file, 1 warning
    ");
    assert_snapshot!(site.run("rules list"), @"
    name  next            covers now  repeats                                comment
    a     covers nothing  0 hosts     every day at 22:00 Europe/Berlin, 2 h  nightly run
    ");
}

/// A store of the real clock, with a rule in a file of its own that has been running for days, all of it made long ago.
fn real() -> Site {
    let mut site = Site::new();
    site.unset("DOWNTIME_NOW");
    site.inventory("[hosts.win1]\n");
    site.write("rules.toml", "");
    let running = RULE.replace("2026-11-20 22:00", "2020-01-01 00:00").replace("'2h'", "'48h'");
    site.write("rules.d/a.toml", &running);
    for file in ["inventory.toml", "rules.toml", "rules.d/a.toml"] {
        modified(&site, file, -3);
    }
    site.ok("tick");
    assert_eq!(site.run("check win1").code, 0);
    site
}

/// Gives a file another time of modification, so many days from now.
fn modified(site: &Site, file: &str, days: i64) {
    let day = std::time::Duration::from_hours(24) * u32::try_from(days.abs()).unwrap();
    let now = std::time::SystemTime::now();
    let time = if days < 0 { now - day } else { now + day };
    std::fs::File::options().append(true).open(site.store().join(file)).unwrap().set_modified(time).unwrap();
}

#[test]
fn a_rule_whose_file_was_removed_lets_finish_what_is_running() {
    let site = real();
    std::fs::remove_file(site.store().join("rules.d/a.toml")).unwrap();
    assert_eq!(site.run("check win1").code, 0, "it began before the file went");
    assert_eq!(site.run("check win1 --at -1d").code, 0);
    assert_eq!(site.run("check win1 --at +3d").code, 1, "and none comes after it");
    site.ok("tick");
    assert_eq!(site.run("check win1").code, 0);
    assert_eq!(site.run("check win1 --at +3d").code, 1);
}

#[test]
fn a_preview_of_a_time_before_a_rule_was_declared_says_so() {
    let mut site = site();
    site.at("2026-11-21T10:00:00Z");
    site.write("rules.toml", &(RULE.to_owned() + &RULE.replace("'a'", "'b'")));
    site.ok("tick");
    assert_snapshot!(site.run("rules preview b --at '2026-11-20 22:30'"), @"
    ! error: rule `b` was not declared Fri 2026-11-20 22:30 CET: an edit counts from when it was made
    ! hint: to try it on earlier times: downtime rules backtest b --from TIME
    exit 4
    ");
    assert_eq!(site.run("rules preview b --at '2026-11-21 22:30'").code, 0);
}

#[test]
fn a_file_of_the_future_counts_at_once_and_keeps_no_later_edit_from_counting() {
    let site = real();
    site.write("rules.d/a.toml", &RULE.replace("win*", "db*"));
    modified(&site, "rules.d/a.toml", 300);
    site.ok("tick");
    assert_eq!(site.run("check win1 --at +3d").code, 1);
    site.write("rules.d/a.toml", &RULE.replace("2026-11-20 22:00", "2020-01-01 00:00").replace("'2h'", "'48h'"));
    site.ok("tick");
    assert_eq!(site.run("check win1 --at +3d").code, 0);
}

#[test]
fn what_runs_of_a_rule_is_shown_with_it() {
    let mut site = site();
    site.at("2026-11-20T21:30:00Z");
    assert_snapshot!(site.run("rules show a"), @"
    Rule a
      comment     nightly run
      repeats     every day at 22:00 Europe/Berlin, 2 h
      first       Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET  2h
      for         host win*
      declared    rules.toml:1:1
      covers now  2 hosts: win1, win2
    Running
      a@2026-11-20T22:00  Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET  2h
    Next
      a@2026-11-21T22:00  Sat 2026-11-21 22:00 CET to Sun 2026-11-22 00:00 CET  2h
      a@2026-11-22T22:00  Sun 2026-11-22 22:00 CET to Mon 2026-11-23 00:00 CET  2h
      a@2026-11-23T22:00  Mon 2026-11-23 22:00 CET to Tue 2026-11-24 00:00 CET  2h
      a@2026-11-24T22:00  Tue 2026-11-24 22:00 CET to Wed 2026-11-25 00:00 CET  2h
      a@2026-11-25T22:00  Wed 2026-11-25 22:00 CET to Thu 2026-11-26 00:00 CET  2h
    ");
    assert_eq!(site.json("rules show a -o json")["running"][0]["id"], "a@2026-11-20T22:00");
    assert_snapshot!(site.run("rules preview a --at '2026-11-21 22:00'"), @"
    Rule a would hold 2 hosts Sat 2026-11-21 22:00 CET
      win1
      win2
    Running
      a@2026-11-21T22:00  Sat 2026-11-21 22:00 CET to Sun 2026-11-22 00:00 CET  2h
    Next
      a@2026-11-22T22:00  Sun 2026-11-22 22:00 CET to Mon 2026-11-23 00:00 CET  2h
      a@2026-11-23T22:00  Mon 2026-11-23 22:00 CET to Tue 2026-11-24 00:00 CET  2h
      a@2026-11-24T22:00  Tue 2026-11-24 22:00 CET to Wed 2026-11-25 00:00 CET  2h
      a@2026-11-25T22:00  Wed 2026-11-25 22:00 CET to Thu 2026-11-26 00:00 CET  2h
      a@2026-11-26T22:00  Thu 2026-11-26 22:00 CET to Fri 2026-11-27 00:00 CET  2h
    ");
    assert_eq!(site.json("rules preview a --at 2026-11-21 -o json")["running"].as_array().unwrap().len(), 0);
}

#[test]
fn an_edit_that_gives_a_rule_other_starts_warns_of_what_was_changed_on_single_ones() {
    let mut site = site();
    site.ok("skip a 2026-11-24");
    site.ok("skip a 2026-11-25");
    site.ok("unskip a 2026-11-25");
    site.write("rules.toml", &RULE.replace("22:00", "21:00"));
    site.at("2026-11-20T15:00:00Z");
    assert_snapshot!(site.run("tick"), @"! warning: what was changed on a@2026-11-24T22:00 alone counts no more: rule a has other starts now");
    assert_snapshot!(site.run("tick"), @"");
}

#[test]
fn a_preview_of_a_time_at_which_it_is_left_out_says_so() {
    let site = site();
    site.write("rules.toml", &RULE.replace("match", "except = ['2026-11-25']\nmatch"));
    site.ok("skip a 2026-11-24");
    assert_snapshot!(site.run("rules preview a --at '2026-11-24 22:05'"), @"
    Rule a is for 2 hosts Tue 2026-11-24 22:05 CET, and has no window then
      win1
      win2
    Left out
      a@2026-11-24T22:00  Tue 2026-11-24 22:00 CET to Wed 2026-11-25 00:00 CET  2h
    Next
      a@2026-11-26T22:00  Thu 2026-11-26 22:00 CET to Fri 2026-11-27 00:00 CET  2h
      a@2026-11-27T22:00  Fri 2026-11-27 22:00 CET to Sat 2026-11-28 00:00 CET  2h
      a@2026-11-28T22:00  Sat 2026-11-28 22:00 CET to Sun 2026-11-29 00:00 CET  2h
      a@2026-11-29T22:00  Sun 2026-11-29 22:00 CET to Mon 2026-11-30 00:00 CET  2h
      a@2026-11-30T22:00  Mon 2026-11-30 22:00 CET to Tue 2026-12-01 00:00 CET  2h
    ");
    assert_snapshot!(site.run("rules preview a --at '2026-11-25 22:05'"), @"
    Rule a is for 2 hosts Wed 2026-11-25 22:05 CET, and has no window then
      win1
      win2
    Left out
      a@2026-11-25T22:00  Wed 2026-11-25 22:00 CET to Thu 2026-11-26 00:00 CET  2h
    Next
      a@2026-11-26T22:00  Thu 2026-11-26 22:00 CET to Fri 2026-11-27 00:00 CET  2h
      a@2026-11-27T22:00  Fri 2026-11-27 22:00 CET to Sat 2026-11-28 00:00 CET  2h
      a@2026-11-28T22:00  Sat 2026-11-28 22:00 CET to Sun 2026-11-29 00:00 CET  2h
      a@2026-11-29T22:00  Sun 2026-11-29 22:00 CET to Mon 2026-11-30 00:00 CET  2h
      a@2026-11-30T22:00  Mon 2026-11-30 22:00 CET to Tue 2026-12-01 00:00 CET  2h
    ");
}

#[test]
fn a_disabled_rule_is_shown_as_one() {
    let site = site();
    site.write("rules.toml", &(RULE.to_owned() + "disabled = true\n"));
    site.ok("tick");
    assert_snapshot!(site.run("show a"), @"
    Rule a: disabled
      comment     nightly run
      name        -
      ticket      -
      repeats     every day at 22:00 Europe/Berlin, 2 h
      first       Fri 2026-11-20 22:00 CET to Sat 2026-11-21 00:00 CET  2h
      zone        Europe/Berlin
      kind        fixed
    Targets
    Next
      none: it is disabled in rules.toml:1:1
    Changes
    ");
    assert_snapshot!(site.run("next a"), @"a has no occurrence to come: it is disabled in rules.toml:1:1.");
    assert_snapshot!(site.run("skip a --next"), @"
    ! error: a has no occurrence to come
    ! hint: see `downtime rules show a`
    exit 3
    ");
}

#[test]
fn a_rule_that_makes_no_occurrence_is_named_where_a_host_is_in_no_downtime() {
    let site = site();
    site.ok("delete a");
    assert_snapshot!(site.run("explain win1 --at '2026-11-21 22:30'"), @"
    At Sat 2026-11-21 22:30 CET  (2026-11-21T21:30:00Z):
    win1 is not in downtime
    Why not
      rule a is for it and was stopped by ops 1d 7h ago: nightly run
    Next
      nothing is scheduled
    Last
      it never was
    ");
    site.write("rules.toml", &(RULE.to_owned() + "disabled = true\n"));
    assert_snapshot!(site.run("explain win1"), @"
    win1 is not in downtime
    Why not
      rule a is for it and is disabled: nightly run
    Next
      nothing is scheduled
    Last
      it never was
    ");
    assert_eq!(site.json("explain win1 -o json")["idle"][0]["reason"], "disabled");
    assert_eq!(site.json("explain db1 -o json")["idle"].as_array().unwrap().len(), 0);
}
