//! `list`.

use insta::assert_snapshot;

use crate::common::Site;

/// One downtime in each state, seen at 21:00.
fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("schedule web02 web03 db01/Backup -m 'new firewall' --start 22:00 --for 3h");
    site.ok("schedule mail01 -m 'short one' --for 30m");
    site.ok("schedule mail02 -m 'taken back' --start 23:00 --for 1h");
    site.act_as("kim");
    site.ok("schedule web01/HTTP -m 'certificate' --for 90m --name cert");
    site.ok("delete 4");
    site.at("2026-10-24T19:00:00Z");
    site
}

#[test]
fn what_is_active_comes_first_then_what_is_to_come_then_how_much_ended_lately() {
    assert_snapshot!(site().run("list"), @"
    id  state      targets                        start (CEST)          end                   left   author  name  comment
    5   active     web01/HTTP                     Sat 2026-10-24 20:00  Sat 2026-10-24 21:30  30m    kim     cert  certificate
    1   active     web01                          Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  1h     ops           kernel update
    2   scheduled  db01/Backup, web02 and 1 more  Sat 2026-10-24 22:00  Sun 2026-10-25 01:00  in 1h  ops           new firewall
    2 ended in the last 24 h
    ");
}

#[test]
fn a_column_for_names_shows_only_where_there_are_any() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 2h");
    assert_snapshot!(site.run("list"), @"
    id  state   targets  start (CEST)          end                   left  author  comment
    1   active  web01    Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  2h    ops     a
    ");
}

#[test]
fn all_adds_those_that_are_over_latest_first() {
    assert_snapshot!(site().run("list --all"), @"
    id  state      targets                        start (CEST)          end                   left   author  name  comment
    5   active     web01/HTTP                     Sat 2026-10-24 20:00  Sat 2026-10-24 21:30  30m    kim     cert  certificate
    1   active     web01                          Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  1h     ops           kernel update
    2   scheduled  db01/Backup, web02 and 1 more  Sat 2026-10-24 22:00  Sun 2026-10-25 01:00  in 1h  ops           new firewall
    3   completed  mail01                         Sat 2026-10-24 20:00  Sat 2026-10-24 20:30         ops           short one
    4   cancelled  mail02                         Sat 2026-10-24 23:00  Sun 2026-10-25 00:00         ops           taken back
    ");
}

#[test]
fn nothing_to_list_is_said() {
    let site = Site::new();
    site.ok("init");
    assert_snapshot!(site.run("list"), @"No downtime is active or to come.");
    assert_snapshot!(site.run("list --all"), @"No downtime matches.");
    assert_snapshot!(site.run("list web01"), @"No downtime that matches is active or to come.");
    assert_snapshot!(site.run("list -o json"), @"[]");
    assert_snapshot!(site.run("list -o jsonl"), @"");
    assert_snapshot!(site.run("list -o csv"), @"id,state,targets,start,end,left,author,repeats,name,comment,ended_at");
}

#[test]
fn states_are_alternatives_and_have_words_for_several() {
    let site = site();
    let ids = |filter: &str| site.ok(&format!("list -q {filter}")).lines().collect::<Vec<_>>().join(" ");
    assert_eq!(ids("--state active"), "5 1");
    assert_eq!(ids("--state in-progress"), "5 1");
    assert_eq!(ids("--state scheduled"), "2");
    assert_eq!(ids("--state soon"), "2");
    assert_eq!(ids("--state completed"), "3");
    assert_eq!(ids("--state cancelled"), "4");
    assert_eq!(ids("--state ended"), "3 4");
    assert_eq!(ids("--state completed --state soon"), "2 3");
    assert_eq!(ids("--state standby"), "");
    assert_eq!(ids("--all"), "5 1 2 3 4");
    assert_eq!(ids(""), "5 1 2");
}

#[test]
fn targets_and_hosts_filter() {
    let site = site();
    let ids = |filter: &str| site.ok(&format!("list -q {filter}")).lines().collect::<Vec<_>>().join(" ");
    assert_eq!(ids("web01"), "1", "the host itself, not its service");
    assert_eq!(ids("web01/HTTP"), "5");
    assert_eq!(ids("'web*'"), "1 2");
    assert_eq!(ids("'*/*'"), "5 2");
    assert_eq!(ids("'~^web0[12]$' db01/Backup"), "1 2");
    assert_eq!(ids("--host web01"), "5 1", "services included");
    assert_eq!(ids("--host db01 --host 'mail*' --all"), "2 3 4");
    assert_eq!(ids("--host web01 --state active web01/HTTP"), "5");
    assert_eq!(ids("nothing"), "");
}

#[test]
fn quiet_lists_ids_alone() {
    assert_snapshot!(site().run("list -q"), @"
    5
    1
    2
    ");
}

#[test]
fn csv_has_a_header_and_times_with_offset() {
    assert_snapshot!(site().run("list --all -o csv"), @r#"
    id,state,targets,start,end,left,author,repeats,name,comment,ended_at
    5,active,web01/HTTP,2026-10-24T20:00:00+02:00,2026-10-24T21:30:00+02:00,30m,kim,,cert,certificate,
    1,active,web01,2026-10-24T20:00:00+02:00,2026-10-24T22:00:00+02:00,1h,ops,,,kernel update,
    2,scheduled,"db01/Backup, web02, web03",2026-10-24T22:00:00+02:00,2026-10-25T01:00:00+02:00,in 1h,ops,,,new firewall,
    3,completed,mail01,2026-10-24T20:00:00+02:00,2026-10-24T20:30:00+02:00,,ops,,,short one,2026-10-24T20:30:00+02:00
    4,cancelled,mail02,2026-10-24T23:00:00+02:00,2026-10-25T00:00:00+02:00,,ops,,,taken back,2026-10-24T20:00:00+02:00
    "#);
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_made_harmless() {
    let site = Site::new();
    site.command("schedule web01 --for 1h -m").arg("=HYPERLINK(\"x\")").run();
    site.command("schedule web01 --for 1h -m").arg("two\nlines, and a comma").run();
    assert_snapshot!(site.run("list -o csv"), @r#"
    id,state,targets,start,end,left,author,repeats,name,comment,ended_at
    1,active,web01,2026-10-24T20:00:00+02:00,2026-10-24T21:00:00+02:00,1h,ops,,,"'=HYPERLINK(""x"")",
    2,active,web01,2026-10-24T20:00:00+02:00,2026-10-24T21:00:00+02:00,1h,ops,,,"two
    lines, and a comma",
    "#);
}

#[test]
fn json_lines_are_the_objects_of_the_array() {
    let site = site();
    let array = site.json("list --all -o json");
    let lines = site.ok("list --all -o jsonl");
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, serde_json::Value::from(lines));
    assert_eq!(array.as_array().unwrap().len(), 5);
}

#[test]
fn colour_is_only_where_it_is_wanted() {
    let site = site();
    let coloured = |run: crate::common::Run| run.stdout.contains('\u{1b}');
    assert!(!coloured(site.run("list")), "a pipe is no terminal");
    assert!(coloured(site.run("--color always list")));
    assert!(coloured(site.command("list").env("CLICOLOR_FORCE", "1").run()));
    assert!(!coloured(site.command("list").env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").run()));
    assert!(!coloured(site.command("--color never list").env("CLICOLOR_FORCE", "1").run()));
}

#[test]
fn times_show_in_the_zone_asked_for() {
    let site = site();
    assert_snapshot!(site.run("--tz america/new_york list web01"), @"
    id  state   targets  start (EDT)           end                   left  author  comment
    1   active  web01    Sat 2026-10-24 14:00  Sat 2026-10-24 16:00  1h    ops     kernel update
    ");
    assert_snapshot!(site.run("--tz +05:45 list web01"), @"
    id  state   targets  start (+05:45)        end                   left  author  comment
    1   active  web01    Sat 2026-10-24 23:45  Sun 2026-10-25 01:45  1h    ops     kernel update
    ");
    assert_snapshot!(site.run("--tz -03:00 list web01"), @"
    id  state   targets  start (-03:00)        end                   left  author  comment
    1   active  web01    Sat 2026-10-24 15:00  Sat 2026-10-24 17:00  1h    ops     kernel update
    ");
}

#[test]
fn a_look_at_another_time_changes_nothing() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("--now '2026-10-24 22:30' list"), @"
    id  state   targets                        start (CEST)          end                   left    author  comment
    2   active  db01/Backup, web02 and 1 more  Sat 2026-10-24 22:00  Sun 2026-10-25 01:00  2h 30m  ops     new firewall
    4 ended in the last 24 h
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_slip_in_a_name_is_pointed_out_where_names_are_known() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n[hosts.gone01]\n[hosts.db01]\n");
    site.ok("schedule gone01 -m a --for 1h");
    site.inventory("[hosts.web01]\n[hosts.db01]\n");
    assert_snapshot!(site.run("list wbe01"), @"
    ! error: there is no host `wbe01`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("history wbe01"), @"
    ! error: there is no host `wbe01`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("list 'mail*'"), @"
    ! error: `mail*` matches no known host or service
    ! hint: patterns match what is in inventory.toml or in an imported log; a plain name needs neither
    exit 4
    ");
    assert_eq!(site.run("list wbe01 --unknown-ok").code, 0);
    assert_eq!(site.run("history wbe01 --unknown-ok").code, 0);
    assert_eq!(site.ok("list gone01 -q"), "1\n", "what a downtime has as a target is known");
    assert_eq!(site.ok("list 'gone*' -q"), "1\n");
    assert_eq!(site.ok("list db01 'gone*' -q"), "1\n");
    assert_eq!(site.ok("list db01 -q"), "");
}

#[test]
fn a_target_that_looks_like_a_pattern_is_that_target_alone() {
    let site = Site::new();
    site.inventory("[hosts.win7]\nservices = ['Disk [C:\\]', 'Disk *', '[odd']\n");
    site.ok(r"schedule 'win7/Disk [C:\]' -m a --for 1h");
    site.ok("schedule 'win7/Disk *' -m b --for 1h");
    site.ok("schedule 'win7/[odd' -m c --for 1h");
    assert_eq!(site.ok("list 'win7/Disk *' -q"), "2\n");
    assert_eq!(site.ok(r"list 'win7/Disk [C:\]' -q"), "1\n");
    assert_eq!(site.ok("list 'win7/[odd' -q"), "3\n");
    assert_eq!(site.ok("list 'win7/Disk?*' -q"), "1\n2\n");
    assert_eq!(site.json("history 'win7/Disk *' --event started -o json").as_array().unwrap().len(), 1);
}
