//! `import`.

use insta::assert_snapshot;

use crate::common::{Site, golden};

/// Events of one day in UTC: a host, and a service that was critical from 01:00 to 02:00.
pub const LOG: &str = "\
[1792800000] HOST ALERT: web01;UP;HARD;1;fine
[1792800000] SERVICE ALERT: web01;HTTP;OK;HARD;1;fine
[1792803600] SERVICE ALERT: web01;HTTP;CRITICAL;HARD;3;connection refused
[1792803600] EXTERNAL COMMAND: ACKNOWLEDGE_SVC_PROBLEM;web01;HTTP
[1792807200] SERVICE ALERT: web01;HTTP;OK;HARD;3;back
";

fn site() -> Site {
    let site = Site::new();
    std::fs::write(site.root().join("nagios.log"), LOG).unwrap();
    let bad = "no time at all\n[1792807200] SERVICE ALERT: web01;HTTP;PURPLE;HARD;3;x\n\n[1792807201] HOST ALERT: web02;UP;HARD;1;x\n";
    std::fs::write(site.root().join("bad.log"), bad).unwrap();
    site
}

#[test]
fn what_a_file_came_to_is_told() {
    let site = site();
    assert_snapshot!(site.run("import nagios.log"), @"
    nagios.log: 5 lines: 4 events, 0 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("import nagios.log"), @"
    nagios.log: 5 lines: 0 events, 4 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    ");
    assert_snapshot!(site.run("import bad.log nagios.log"), @"
    bad.log: 4 lines: 1 events, 0 duplicates, 0 ignored, 2 rejected, 1 blank
      bad.log:1: does not begin with `[epoch] `: no time at all
      bad.log:2: unknown STATE: [1792807200] SERVICE ALERT: web01;HTTP;PURPLE;HARD;3;x
    nagios.log: 5 lines: 0 events, 4 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    ");
    assert_snapshot!(site.run("history"), @"
    time (CEST)           op  event     id  target  author  what
    Sat 2026-10-24 20:00  1   imported              ops     4 events from nagios.log
    Sat 2026-10-24 20:00  2   imported              ops     1 events from bad.log, nagios.log
    ");
    golden("import", &site.run("import bad.log nagios.log -o json").stdout);
    assert_eq!(site.run("import nagios.log -q").to_string(), "");
}

#[test]
fn rejected_lines_are_a_failure_only_if_that_was_asked_for() {
    let site = site();
    assert_snapshot!(site.run("import bad.log nagios.log --strict"), @"
    bad.log: 4 lines: 1 events, none taken, 0 ignored, 2 rejected, 1 blank
      bad.log:1: does not begin with `[epoch] `: no time at all
      bad.log:2: unknown STATE: [1792807200] SERVICE ALERT: web01;HTTP;PURPLE;HARD;3;x
    nagios.log: 5 lines: 4 events, none taken, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    ! error: 2 lines were rejected, so nothing was taken
    ! hint: without --strict the others are taken
    exit 6
    ");
    assert!(!site.store().exists(), "nothing was written");
    site.ok("import nagios.log");
    let before = site.fingerprint();
    assert_eq!(site.run("import bad.log --strict").code, 6);
    assert_eq!(site.fingerprint(), before);
    assert_eq!(site.run("import nagios.log --strict").code, 0);
}

#[test]
fn standard_input_is_read_and_its_events_are_the_same() {
    let (read, piped) = (site(), site());
    read.ok("import nagios.log");
    assert_snapshot!(piped.command("import -").stdin(LOG).run(), @"
    standard input: 5 lines: 4 events, 0 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    ! note: began a store of pretended time in STORE
    ");
    let report = |site: &Site| site.json("report -o json");
    assert_eq!(report(&read), report(&piped), "however it was imported");
}

#[test]
fn pieces_in_any_order_come_to_the_same() {
    let (whole, pieces) = (site(), site());
    whole.ok("import nagios.log");
    for line in LOG.lines().rev() {
        assert_eq!(pieces.command("import -").stdin(format!("{line}\n")).run().code, 0);
    }
    let told = |site: &Site| {
        let mut report = site.json("report -o json");
        report["basis"]["sequence"].take();
        report
    };
    assert_eq!(told(&whole), told(&pieces));
    assert_eq!(whole.ok("timeline web01/HTTP"), pieces.ok("timeline web01/HTTP"));
}

#[test]
fn a_file_that_cannot_be_read_stops_all_of_them() {
    let site = site();
    assert_snapshot!(site.run("import nagios.log nowhere.log"), @"
    ! error: cannot read nowhere.log: No such file or directory (os error 2)
    ! hint: check the path
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import ."), @"
    ! error: cannot read .: is a directory
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import nagios.log --format nagois"), @r#"
    ! error: invalid value 'nagois' for '--format <FORMAT>': no log format is called "nagois"
    ! hint: formats are auto, nagios, csv, jsonl
    exit 2
    "#);
    assert!(!site.store().exists());
}

#[test]
fn what_is_in_a_log_is_known() {
    let site = site();
    site.inventory("[hosts.db01]\n");
    site.ok("import nagios.log");
    assert_eq!(site.run("check web01/HTTP db01").code, 1);
    assert_eq!(site.run("check 'web*/*'").code, 1);
    assert_snapshot!(site.run("check web01/HTPP"), @"
    web01/HTPP is not in downtime
    ! note: `web01/HTPP` is not declared in the inventory; it is judged by its host
    exit 1
    ");
    assert_snapshot!(site.run("schedule web01/HTPP -m a --for 1h"), @"
    ! error: host `web01` has no service `HTPP`
    ! hint: did you mean web01/HTTP? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("schedule wbe01 -m a --for 1h"), @"
    ! error: there is no host `wbe01`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
}

#[test]
fn an_import_is_not_taken_back() {
    let site = site();
    site.ok("import nagios.log");
    assert_snapshot!(site.run("undo 1 -y"), @"
    ! error: operation 1 (import) cannot be taken back
    ! hint: only what somebody typed can be: what was scheduled, repeated, extended, edited, skipped, deleted or undone
    exit 2
    ");
    assert_eq!(site.run("undo -y").code, 1);
}

#[test]
fn what_a_log_holds_does_not_harm_the_terminal() {
    let site = site();
    let log =
        "[1792800000] SERVICE ALERT: web01;\u{1b}[31mred;CRITICAL;HARD;1;\u{1b}]0;title\u{7} \u{202e}\nju\u{1b}[2Jnk\n";
    let harmful = |text: &str| text.contains(['\u{1b}', '\u{7}', '\u{202e}']);
    let run = site.command("import -").stdin(log).run();
    assert!(!harmful(&run.to_string()), "{run:?}");
    for line in [
        "report",
        "report -o json",
        "report -o csv",
        "timeline",
        "timeline -o json",
        "timeline -o jsonl",
        "timeline -o csv",
    ] {
        let run = site.run(line);
        assert_eq!(run.code, 0, "{line}: {run}");
        assert!(run.stdout.contains("red") && !harmful(&run.to_string()), "{line}: {run:?}");
    }
}
