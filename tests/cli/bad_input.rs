//! Bad input gets one line with what, where and why, a hint, the exit code of its kind, and changes nothing.

use std::process::Stdio;

use insta::assert_snapshot;

use crate::common::{Run, Site};

/// A store with an active downtime (1), one that is over (2) and one to come (3), seen at 21:00.
fn site() -> Site {
    let mut site = Site::new();
    site.inventory("[hosts.web01]\nservices = ['HTTP']\n[hosts.web02]\n[hosts.db01]\n");
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("schedule web02 -m 'short one' --for 30m");
    site.ok("schedule db01 -m 'storage move' --start 23:00 --for 2h");
    site.at("2026-10-24T19:00:00Z");
    site
}

/// Asserts the shape that every refusal has, and gives its message.
fn message(run: &Run, code: i32) -> String {
    assert_eq!(run.code, code, "{run}");
    assert_eq!(run.stdout, "", "{run}");
    let mut lines = run.stderr.lines();
    let message = lines.next().and_then(|line| line.strip_prefix("error: ")).unwrap_or_else(|| panic!("{run}"));
    let hints: Vec<&str> = lines.collect();
    assert!(!hints.is_empty() && hints.iter().all(|hint| hint.starts_with("hint: ")), "{run}");
    message.to_owned()
}

/// Runs a line as people and as scripts would: refused with `code` and `kind`, and the store is as it was.
fn refused(site: &Site, line: &str, code: i32, kind: &str) {
    let before = site.fingerprint();
    let message = message(&site.run(line), code);
    let run = site.run(&format!("{line} -o json"));
    assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{line}: {run}");
    let told: serde_json::Value = serde_json::from_str(&run.stderr).unwrap_or_else(|_| panic!("{line}: {run}"));
    let error = &told["error"];
    assert_eq!((error["exit"].as_i64(), error["kind"].as_str()), (Some(code.into()), Some(kind)), "{line}");
    assert_eq!(error["message"], message.as_str(), "{line}");
    assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{line}");
    assert_eq!(site.fingerprint(), before, "{line}");
}

#[test]
fn usage_is_refused_with_2() {
    let site = site();
    for line in [
        "frobnicate",
        "schedule",
        "schedule web01 --for 1h",
        "schedule web01 -m a",
        "schedule web01 -m a --for 1h --end 22:00",
        "schedule web01 -m a --for 1h --frobnicate",
        "schedule https://web01:8443/x -m a --for 1h",
        "schedule '' -m a --for 1h",
        "schedule /HTTP -m a --for 1h",
        "schedule web01/ -m a --for 1h",
        "schedule ' ' -m a --for 1h",
        "check 'web01/ '",
        "schedule '~(' -m a --for 1h",
        "schedule 'web[' -m a --for 1h",
        "extend",
        "extend 1",
        "extend 1 --by 1h --to 22:00",
        "delete --host web01",
        "delete 1 --mine",
        "delete --target web01",
        "delete 1 --target web01 --whole",
        "show",
        "show 1 2",
        "undo one -y",
        "undo",
        "check",
        "check http://web01",
        "check web01 --notification --monitoring",
        "list --state asleep",
        "list '~('",
        "list --host '~('",
        "list --author '~('",
        "list --comment ''",
        "list --within soon",
        "list --ended-within 0s",
        "list --recursive",
        "history --source nowhere",
        "history --event exploded",
        "completions tcsh",
        "--color purple list",
        "--wait 1h --no-wait list",
        "--wait ages list",
    ] {
        refused(&site, line, 2, "usage");
    }
}

#[test]
fn times_that_cannot_be_read_are_refused_with_2() {
    let site = site();
    for line in [
        "schedule web01 -m a --start gestern --for 1h",
        "schedule web01 -m a --end 2h",
        "schedule web01 -m a --for 90",
        "schedule web01 -m a --for 0s",
        "schedule web01 -m a --for -1h",
        "schedule web01 -m a --for 1.5h",
        "schedule web01 -m a --start 3/4/26 --for 1h",
        "schedule web01 -m a --start '32:00' --for 1h",
        "schedule web01 -m a --for 999999999w",
        "schedule web01 -m a --start 9998-12-31 --for 2d",
        "extend 1 --by 1 --wait 1s",
        "extend 1 --to 2h",
        "extend 1 --by 417000w",
        "schedule web01 -m a --start '22:00 CET' --for 1h",
        "check web01 --at later",
        "history --from soon",
    ] {
        refused(&site, line, 2, "time");
    }
    for line in ["--tz CET list", "--tz Mars/Phobos list", "--tz +25:00 list"] {
        refused(&site, line, 2, "zone");
    }
    refused(&site, "--now yesteryear list", 2, "time");
}

#[test]
fn what_must_not_be_is_refused_with_3() {
    let site = site();
    for (line, kind) in [
        ("schedule web01 -m '' --for 1h", "comment"),
        ("schedule web01 -m ' ' --for 1h", "comment"),
        ("schedule web01 -m a --end now", "window"),
        ("schedule web01 -m a --start 22:00 --end '2026-10-24 21:30'", "window"),
        ("schedule web01 -m a --start '2026-10-24 20:00' --for 2h", "past"),
        ("schedule web01 -m a --start -4m --end -1m", "past"),
        ("schedule '*' -m a --for 1h", "everything"),
        ("schedule '~.' -m a --for 1h", "everything"),
        ("schedule 'web*' db01 -m a --for 1h", "everything"),
        ("history --from '2026-10-24 12:00' --until '2026-10-24 11:00'", "window"),
        ("extend 1 --by -3h", "window"),
        ("extend 2 --by 1h", "ended"),
        ("extend 3 --by -2h", "window"),
        ("delete 2", "ended"),
        ("delete 1 2", "ended"),
        ("delete", "everything"),
        ("delete -y --inherited", "everything"),
        ("delete --host '*' -y", "everything"),
        ("list --from '2026-10-24 12:00' --until '2026-10-24 11:00'", "window"),
        ("undo 3 -y", "ended"),
    ] {
        refused(&site, line, 3, kind);
    }
}

#[test]
fn what_is_not_there_is_refused_with_4() {
    let site = site();
    for (line, kind) in [
        ("schedule wbe01 -m a --for 1h", "unknown_host"),
        ("schedule web01 wbe02 -m a --for 1h", "unknown_host"),
        ("schedule web01/HTPP -m a --for 1h", "unknown_service"),
        ("schedule 'mail*' -m a --for 1h", "empty_selection"),
        ("schedule 'web*/~^Z' -m a --for 1h", "empty_selection"),
        ("check wbe01", "unknown_host"),
        ("check 'mail*'", "empty_selection"),
        ("check -", "empty_selection"),
        ("show 9", "unknown_id"),
        ("show web01", "unknown_id"),
        ("extend 9 --by 1h", "unknown_id"),
        ("extend 1 9 --by 1h", "unknown_id"),
        ("delete 9", "unknown_id"),
        ("delete 1 --target web02", "unknown_host"),
        ("delete 1 --target web01/HTTP", "unknown_service"),
        ("undo 99 -y", "unknown_operation"),
        ("list --tag os=plan9", "empty_selection"),
        ("history --group nobody", "empty_selection"),
    ] {
        refused(&site, line, 4, kind);
    }
}

#[test]
fn nothing_to_change_is_1_and_only_a_query_else_says_no() {
    let mut site = site();
    refused(&site, "delete --host nobody -y", 1, "nothing_matched");
    refused(&site, "delete --host web02 -y", 1, "nothing_matched");
    site.act_as("kim");
    refused(&site, "delete --mine -y", 1, "nothing_matched");
    refused(&site, "undo -y", 1, "nothing_matched");
}

#[test]
fn every_refusal_before_a_store_is_begun_begins_none() {
    let site = Site::new();
    for line in [
        "schedule web01 -m ' ' --for 1h",
        "schedule 'web*' -m a --for 1h",
        "schedule web01 -m a --end now",
        "extend 1 --by 1h",
        "delete 1",
        "undo -y",
        "list",
        "show 1",
        "history",
        "check web01",
        "doctor",
    ] {
        message(&site.run(line), site.run(line).code);
        assert!(!site.store().exists(), "{line}");
    }
}

#[test]
fn a_reader_that_has_gone_away_has_seen_enough() {
    let site = site();
    for line in
        ["list", "show 1", "history -o json", "check web01", "--help", "help schedule", "completions bash", "doctor"]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = site.command(line).process().stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).spawn();
        let output = child.unwrap().wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{line}");
    }
}

#[test]
fn standard_output_that_cannot_be_written_is_told() {
    if !std::path::Path::new("/dev/full").exists() {
        return eprintln!("skipped: there is no /dev/full");
    }
    let site = site();
    let full = |line: &str| site.shell(&format!("downtime {line} > /dev/full"), site.root());
    assert_snapshot!(full("list"), @"
    ! error: cannot write to standard output: No space left on device (os error 28)
    ! hint: nothing was changed; make room on the file system and try again
    exit 5
    ");
    assert_snapshot!(full("show 1 -o json"), @r#"
    ! {"error":{"exit":5,"kind":"io","message":"cannot write to standard output: No space left on device (os error 28)","hint":"nothing was changed; make room on the file system and try again"}}
    exit 5
    "#);
    let before = site.fingerprint();
    assert_snapshot!(full("schedule web01 -m a --for 1h"), @"
    ! note: overlaps with downtime 1
    ! warning: done, but cannot write to standard output: No space left on device (os error 28)
    ");
    assert_ne!(site.fingerprint(), before, "what is done is done, and the exit code says so");
    assert_snapshot!(full("delete 4"), @"! warning: done, but cannot write to standard output: No space left on device (os error 28)");
}

#[test]
fn what_is_not_text_is_refused_and_not_a_panic() {
    use std::os::unix::ffi::OsStrExt;
    let site = site();
    let before = site.fingerprint();
    for line in [
        "schedule -m a --for 1h",
        "show",
        "check",
        "list --host",
        "schedule web01 --for 1h -m",
        "frobnicate",
        "-o json show",
    ] {
        let mut process = site.command(line).process();
        process.arg(std::ffi::OsStr::from_bytes(b"web\xff"));
        let output = process.stdin(Stdio::null()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}: {told}");
        assert!(told.contains("UTF-8") || told.contains("frobnicate"), "{line}: {told}");
        assert!(told.contains("hint"), "{line}: {told}");
    }
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn standard_input_that_is_not_text_is_named_by_its_line() {
    let site = site();
    assert_snapshot!(site.shell("printf 'web01\\nweb\\377\\n' | downtime check -", site.root()), @"
    ! error: standard input:2: is not UTF-8
    ! hint: write one target a line, in UTF-8
    exit 2
    ");
}

#[test]
fn no_argument_at_all_shows_the_help() {
    let site = Site::new();
    let mut command = site.command("").process();
    command.env_clear();
    let output = command.output().unwrap();
    let help = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(help.contains("Usage: downtime") && help.contains("schedule") && !help.contains("error:"), "{help}");
}

#[test]
fn hints_lead_to_the_command_that_was_meant() {
    let site = site();
    assert_snapshot!(site.run("schedul web01"), @"
    ! error: unrecognized subcommand 'schedul'
    ! hint: a similar subcommand exists: 'schedule'
    exit 2
    ");
    assert_snapshot!(site.run("schedule web01 -m a --fro 1h"), @"
    ! error: unexpected argument '--fro' found
    ! hint: did you mean --start?
    exit 2
    ");
    assert_snapshot!(site.run("list --state actve"), @"
    ! error: invalid value 'actve' for '--state <STATE>' [possible values: active, standby, scheduled, completed, skipped, cancelled, soon, in-progress, ended]
    ! hint: a similar value exists: 'active'
    exit 2
    ");
    assert_snapshot!(site.run("list --wait 90"), @"
    ! error: invalid value '90' for '--wait <DURATION>': cannot read `90` as a duration: 90 has no unit
    ! hint: write `90m`
    exit 2
    ");
    assert_snapshot!(site.run("--now gestern list"), @"
    ! error: --now or DOWNTIME_NOW: cannot read `gestern` as a time: it is none of the forms that are read
    ! hint: times are written as in 22:00, sat 22:00, tomorrow, +2h or 2026-12-24T22:00
    exit 2
    ");
    assert_snapshot!(site.command("list").env("DOWNTIME_TZ", "Mars/Phobos").run(), @"
    ! error: --tz or DOWNTIME_TZ: there is no time zone `Mars/Phobos`
    ! hint: name a place, as in Europe/Berlin, or an offset, as in +01:00
    exit 2
    ");
    assert_snapshot!(site.run("schedule web01 -m a"), @"
    ! error: there is no end
    ! hint: add --for 2h or --end TIME
    exit 2
    ");
    assert_snapshot!(site.run("check https://user@web01:8443/x"), @"
    ! error: `https://user@web01:8443/x` is a URL, not a host
    ! hint: name the host: web01
    exit 2
    ");
    assert_snapshot!(site.run("check '~('"), @r"
    ! error: `~(` is not a regular expression: unclosed group
    ! hint: the syntax is that of https://docs.rs/regex; put a `\` before what is meant as it is
    exit 2
    ");
}

#[test]
fn control_characters_in_what_was_typed_do_not_reach_the_terminal() {
    let site = site();
    let run = site.command("check").arg("web\u{1b}[31m01\u{202e}\n").run();
    assert_snapshot!(run, @r"
    ! error: `web\u{1b}[31m01\u{202e} ` is not a pattern: unclosed character class; missing ']'
    ! hint: a name that holds `[` is taken as it is once the object is known
    exit 2
    ");
    let run = site.command("check -o json").arg("web\u{1b}[31m01\u{202e}\n").run();
    assert_snapshot!(run, @r#"
    ! {"error":{"exit":2,"kind":"usage","message":"`web\u001b[31m01\u202e\n` is not a pattern: unclosed character class; missing ']'","hint":"a name that holds `[` is taken as it is once the object is known"}}
    exit 2
    "#);
    let run = site.command("schedule --for 1h -m a --start").arg("22:00\u{1b}[31m").arg("web01").run();
    assert_snapshot!(run, @r"
    ! error: cannot read `22:00\u{1b}[31m` as a time: `22:00` is understood, `\u{1b}[31m` is not
    ! hint: write `22:00`
    exit 2
    ");
}

#[test]
fn an_option_of_another_command_or_tool_is_answered_with_the_one_of_this_command() {
    let hint = |arguments: &str| {
        let told = Site::new().run(arguments);
        assert_eq!(told.code, 2, "{arguments}");
        let hints: Vec<&str> = told.stderr.lines().filter_map(|line| line.strip_prefix("hint: ")).collect();
        hints.join("; ")
    };
    assert_eq!(hint("schedule web01 -m a --until 18:00"), "did you mean --end or --repeat-until?");
    assert_eq!(hint("schedule web01 -m a --untill 18:00"), "did you mean --end or --repeat-until?");
    assert_eq!(hint("schedule web01 -m a --duration 2h"), "did you mean --for?");
    assert_eq!(hint("schedule web01 -m a --exept 2026-12-24"), "did you mean --except?");
    assert_eq!(hint("extend 1 --until 18:00"), "did you mean --to?");
    assert_eq!(hint("extend 1 --for 2h"), "did you mean --by?");
    assert_eq!(hint("rules backtest a --since 3d"), "did you mean --from?");
    assert_eq!(hint("list --xyzzy"), "see `downtime list --help`");
    assert_eq!(hint("schedule web01 -x"), "see `downtime schedule --help`");
    assert_eq!(hint("--as list schedule web01 --duration 2h"), "did you mean --for?");
    assert_eq!(hint("--as list schedule web01 -m"), "see `downtime schedule --help`");
}
