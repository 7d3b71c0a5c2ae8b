//! `rules`: what is declared, for whom and when, and what it would have taken away.

use insta::assert_snapshot;

use crate::common::Site;

const INVENTORY: &str = "[hosts.win01]\ntags = { criticality = 'prod', os = 'windows' }\nservices = ['HTTP', 'Update 1']\n\
                         [hosts.win02]\ntags = { criticality = 'prod', os = 'windows' }\n\
                         [hosts.win-lab1]\ntags = { criticality = 'test', os = 'windows' }\n\
                         [hosts.db01]\ntags = { criticality = 'prod', os = 'linux' }\n";

const RULES: &str = r#"
[[rule]]
name = "windows-sunday-restart"
comment = "weekly automatic restart, https://wiki.example/restart"
start = "2026-11-01 22:00"
duration = "10m"
repeat = "weekly"
timezone = "Europe/Berlin"
[rule.match]
tags = { criticality = "prod", os = "windows" }

[[rule]]
name = "updates"
comment = "patches"
ticket = "CHG-7"
start = "2026-10-13 22:00"
wall_end = "06:00"
repeat = "nth-weekday"
timezone = "America/New_York"
suspend_monitoring = true
[rule.match]
services = "~^Update"
not = { hosts = "win-lab*" }

[[rule]]
name = "lab"
comment = "whatever the lab does"
start = "2026-11-01 00:00"
duration = "1d"
repeat = "daily"
disabled = true
match = { hosts = "win-lab*" }
"#;

/// Saturday 2026-10-24 20:00 in Berlin.
fn site() -> Site {
    let site = Site::new();
    site.inventory(INVENTORY);
    site.write("rules.toml", RULES);
    site
}

#[test]
fn rules_are_listed_with_what_they_cover_and_when_they_are_next() {
    let site = site();
    assert_snapshot!(site.run("rules list"), @"
    name                    next (CET)            covers now  repeats                                                                             comment
    windows-sunday-restart  Sun 2026-11-01 22:00  2 hosts     every Sunday at 22:00 Europe/Berlin, 10 min                                         weekly automatic restart, https://wiki.example/restart
    updates                 Wed 2026-11-11 04:00  1 service   every second Tuesday of the month at 22:00 America/New_York, to 06:00 the next day  patches
    lab                     disabled              1 host      every day at 00:00 UTC, 1 d                                                         whatever the lab does
    ");
    assert_snapshot!(site.run("rules list updates -o csv"), @r#"
    name,disabled,repeats,next,hosts,services,match,comment,declared
    updates,false,"every second Tuesday of the month at 22:00 America/New_York, to 06:00 the next day",2026-11-11T04:00:00+01:00,0,1,"service ~^Update, not (host win-lab*)",patches,rules.toml:12:1
    "#);
    assert_eq!(site.ok("rules list -q"), "windows-sunday-restart\nupdates\nlab\n");
    assert_eq!(site.json("rules list -o json")[0]["next"]["id"], "windows-sunday-restart@2026-11-01T22:00");
    assert_snapshot!(Site::new().run("rules list"), @"No rule is declared; declare one in rules.toml as [[rule]].");
}

#[test]
fn one_is_shown_with_all_that_it_declares() {
    let site = site();
    assert_snapshot!(site.run("rules show updates"), @"
    Rule updates
      comment     patches
      ticket      CHG-7
      repeats     every second Tuesday of the month at 22:00 America/New_York, to 06:00 the next day
      first       Wed 2026-10-14 04:00 CEST to Wed 2026-10-14 12:00 CEST  8h
      for         service ~^Update, not (host win-lab*)
      options     monitoring suspended
      declared    rules.toml:12:1
      covers now  1 service: win01/Update 1
    Next
      updates@2026-11-10T22:00  Wed 2026-11-11 04:00 CET to Wed 2026-11-11 12:00 CET  8h
      updates@2026-12-08T22:00  Wed 2026-12-09 04:00 CET to Wed 2026-12-09 12:00 CET  8h
      updates@2027-01-12T22:00  Wed 2027-01-13 04:00 CET to Wed 2027-01-13 12:00 CET  8h
      updates@2027-02-09T22:00  Wed 2027-02-10 04:00 CET to Wed 2027-02-10 12:00 CET  8h
      updates@2027-03-09T22:00  Wed 2027-03-10 04:00 CET to Wed 2027-03-10 12:00 CET  8h
    ");
    assert_snapshot!(site.run("rules show lab"), @"
    Rule lab: disabled
      comment     whatever the lab does
      repeats     every day at 00:00 UTC, 1 d
      first       Sun 2026-11-01 01:00 CET to Mon 2026-11-02 01:00 CET  1d
      for         host win-lab*
      declared    rules.toml:25:1
      covers now  1 host: win-lab1
    Next
      none: it is disabled
    ");
    crate::common::golden("rules-show", &site.ok("rules show windows-sunday-restart -o json"));
}

#[test]
fn a_rule_that_there_is_not_may_be_another() {
    let site = site();
    assert_snapshot!(site.run("rules show update"), @"
    ! error: there is no rule `update`
    ! hint: did you mean updates?
    exit 4
    ");
    assert_snapshot!(site.run("rules preview nothing-like-it"), @"
    ! error: there is no rule `nothing-like-it`
    ! hint: see `downtime rules list`
    exit 4
    ");
    assert_eq!(site.run("rules list lap").code, 4);
}

#[test]
fn a_preview_names_targets_and_windows_of_a_time() {
    let site = site();
    assert_snapshot!(site.run("rules preview windows-sunday-restart --at '2026-11-08 22:00'"), @"
    Rule windows-sunday-restart would hold 2 hosts Sun 2026-11-08 22:00 CET
      win01
      win02
    Running
      windows-sunday-restart@2026-11-08T22:00  Sun 2026-11-08 22:00 CET to Sun 2026-11-08 22:10 CET  10m
    Next
      windows-sunday-restart@2026-11-15T22:00  Sun 2026-11-15 22:00 CET to Sun 2026-11-15 22:10 CET  10m
      windows-sunday-restart@2026-11-22T22:00  Sun 2026-11-22 22:00 CET to Sun 2026-11-22 22:10 CET  10m
      windows-sunday-restart@2026-11-29T22:00  Sun 2026-11-29 22:00 CET to Sun 2026-11-29 22:10 CET  10m
      windows-sunday-restart@2026-12-06T22:00  Sun 2026-12-06 22:00 CET to Sun 2026-12-06 22:10 CET  10m
      windows-sunday-restart@2026-12-13T22:00  Sun 2026-12-13 22:00 CET to Sun 2026-12-13 22:10 CET  10m
    ");
    assert_snapshot!(site.run("rules preview lab"), @"
    Rule lab is for 1 host Sat 2026-10-24 20:00 CEST, and has no window then
      win-lab1
    Next
      none: it is disabled
    ");
    assert_eq!(site.ok("rules preview updates -q"), "win01/Update 1\n");
    crate::common::golden("rules-preview", &site.ok("rules preview updates -o json"));
}

#[test]
fn a_preview_goes_by_what_counts_at_the_time() {
    let mut site = site();
    site.ok("tick");
    site.at("2026-11-03T12:00:00Z");
    site.inventory(&format!("{INVENTORY}[hosts.win03]\ntags = {{ criticality = 'prod', os = 'windows' }}\n"));
    site.ok("tick");
    let preview = |at: &str| site.ok(&format!("rules preview windows-sunday-restart -q --at '{at}'"));
    assert_eq!(preview("2026-11-01 22:00"), "win01\nwin02\n");
    assert_eq!(preview("2026-11-08 22:00"), "win01\nwin02\nwin03\n");
}

#[test]
fn files_are_checked_with_every_mistake_and_what_is_odd() {
    let site = site();
    assert_snapshot!(site.run("rules check"), @"3 rules, 1 disabled, in 1 file, 0 warnings");
    site.write("rules.d/more.toml", "[[rule]]\nname = 'lab'\ncoment = 'x'\nstart = 'sun'\nrepeat = 'weekley'\n");
    assert_snapshot!(site.run("rules check"), @r#"
    rules.d/more.toml:1:1: error: rule `lab` has no `comment`; write why, as in comment = "weekly restart"
    rules.d/more.toml:1:1: error: rule `lab` has neither `duration` nor `wall_end`; say how long each one is, as in duration = "10m", or when it ends, as in wall_end = "06:00"
    rules.d/more.toml:1:1: error: rule `lab` has no `match`; say for whom it is, as in [rule.match] with tags = { os = "windows" }; for every host, everything = true
    rules.d/more.toml:2:8: error: rule `lab` is declared at rules.toml:26:8 already
    rules.d/more.toml:3:1: error: unknown key `coment` of rule `lab`; did you mean `comment`?
    rules.d/more.toml:4:9: error: `start` of rule `lab`: `sun` moves with the present, and a rule stays where it is; write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 22:00"
    rules.d/more.toml:5:10: error: `repeat` of rule `lab`: there is no repetition `weekley`; did you mean weekly?
    ! error: there are 7 mistakes in the rules
    ! hint: until it is corrected, the last good revision stays in force, if there is one
    exit 5
    "#);
    assert_eq!(site.run("rules check -o json").code, 5);
    site.write("rules.d/more.toml", &RULES.replace("windows-sunday-restart", "more").replace("updates", "other"));
    std::fs::write(site.root().join("new.toml"), RULES.replace("duration = \"1d\"", "duration = \"25h\"")).unwrap();
    assert_snapshot!(site.run("rules check new.toml"), @"
    new.toml:25:1: warning: rule `lab`: occurrences overlap: one lasts 1d 1h, and the next begins 1d after it did
    3 rules, 1 disabled, in 1 file, 1 warning
    ");
    crate::common::golden("rules-check", &site.ok("rules check new.toml -o json"));
}

#[test]
fn what_is_odd_is_told_once_by_the_command_that_records_the_edit() {
    let site = Site::new();
    site.inventory(INVENTORY);
    site.write("rules.toml", &RULES.replace("22:00\"\nduration", "22:00\"\nexcept = [\"2020-01-01\"]\nduration"));
    assert_snapshot!(site.run("tick"), @"
    ! note: began a store of pretended time in STORE
    ! warning: rules.toml:2:1: rule `windows-sunday-restart`: the exception 2020-01-01 matches no occurrence
    ");
    assert_snapshot!(site.run("tick"), @"");
}

/// Sundays in Berlin: the first of November 2026 and the two before it.
const LOG: &str = "[1792000000] HOST ALERT: win01;UP;HARD;1;fine\n\
    [1792000000] HOST ALERT: win02;UP;HARD;1;fine\n\
    [1792000000] HOST ALERT: db01;UP;HARD;1;fine\n\
    [1792000000] SERVICE ALERT: win01;HTTP;OK;HARD;1;fine\n\
    [1792353720] HOST ALERT: win01;DOWN;HARD;3;restarting\n\
    [1792353720] HOST ALERT: db01;DOWN;HARD;3;by chance\n\
    [1792353900] HOST ALERT: win01;UP;HARD;1;back\n\
    [1792354200] HOST ALERT: db01;UP;HARD;1;back\n\
    [1792962300] SERVICE ALERT: win01;HTTP;CRITICAL;SOFT;1;not yet\n\
    [1792962360] SERVICE ALERT: win01;HTTP;CRITICAL;HARD;3;refused\n\
    [1792963500] SERVICE ALERT: win01;HTTP;OK;HARD;3;fine\n";

fn tried() -> Site {
    let mut site = site();
    site.at("2026-10-30T12:00:00Z");
    let imported = site.command("import - -q").stdin(LOG).run();
    assert_eq!(imported.code, 0, "{imported}");
    site
}

#[test]
fn a_rule_is_tried_on_the_log_before_its_first_start() {
    let site = tried();
    assert_snapshot!(site.run("rules backtest windows-sunday-restart --from 2026-10-15"), @"
    Rule windows-sunday-restart: every Sunday at 22:00 Europe/Berlin, 10 min
    Thu 2026-10-15 00:00 CEST to Fri 2026-10-30 13:00 CET  15d 14h, 2 hosts

    window (Europe/Berlin)  notifications  outages  hidden  problems withheld
    Sun 2026-10-18 22:00    1              1        3m      win01
    Sun 2026-10-25 22:00    1              1        5m      win01/HTTP

    2 windows: 2 problem notifications withheld, 2 outages hidden for 8m in all
    ");
    assert_snapshot!(site.run("rules backtest windows-sunday-restart --from 2026-10-15 -o csv"), @"
    start,end,withheld,outages,hidden
    2026-10-18T22:00:00+02:00,2026-10-18T22:10:00+02:00,1,1,180
    2026-10-25T22:00:00+01:00,2026-10-25T22:10:00+01:00,1,1,300
    ");
    crate::common::golden(
        "rules-backtest",
        &site.ok("rules backtest windows-sunday-restart --from 2026-10-15 -o json"),
    );
    let quiet = site.ok("rules backtest windows-sunday-restart --from 2026-10-15 --until 2026-10-20 -q");
    assert_eq!(quiet, "1 window: 1 problem notification withheld, 1 outage hidden for 3m in all\n");
}

#[test]
fn what_cannot_be_tried_says_why() {
    assert_snapshot!(tried().run("rules backtest updates --from 2026-10-29 --until 2026-10-01"), @"
    ! error: the time tried would end Fri 2026-10-02 00:00 CEST, not after Thu 2026-10-29 00:00 CET
    ! hint: a log tells of what has been: give --from and --until with their dates
    exit 3
    ");
    let site = site();
    site.ok("tick");
    assert_snapshot!(site.run("rules backtest updates --from 2026-10-01"), @"
    ! error: no log has been imported
    ! hint: import one with `downtime import FILE`
    exit 4
    ");
}
