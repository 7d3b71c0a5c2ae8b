//! Every JSON document, compared with `tests/golden/`: a promise to scripts, whose keys are only ever added.

use serde_json::Value;

use crate::common::{Site, golden};

/// Downtimes in all their states, seen at 21:00.
fn site() -> Site {
    let mut site = Site::new();
    site.inventory("[hosts.web01]\nservices = ['HTTP']\n[hosts.web02]\n[hosts.db01]\nservices = ['Backup']\n");
    site.ok("schedule web01 db01/Backup -m 'kernel update' --for 2h --name patchday --ticket CHG-4711");
    site.ok("schedule web02 -m 'new firewall' --start 23:00 --for 3h --suspend-monitoring");
    site.ok("schedule db01 -m 'forgot to tell' --start 18:00 --end 19:00 --retroactive");
    site.at("2026-10-24T18:30:00Z");
    site.act_as("kim");
    site.ok("extend 1 --by 30m");
    site.ok("delete 1 --target db01/Backup");
    site.at("2026-10-24T19:00:00Z");
    site
}

fn document(site: &Site, name: &str, line: &str, code: i32) {
    let run = site.run(line);
    assert_eq!(run.code, code, "{line}\n{run}");
    let written = if run.stdout.is_empty() { &run.stderr } else { &run.stdout };
    golden(name, written);
    assert!(!written.trim_end().contains('\n'), "one document, one line: {line}");
}

#[test]
fn a_downtime() {
    document(&site(), "downtime", "show 1 -o json", 0);
    document(&site(), "schedule", "schedule web01/HTTP -m 'certificate' --for 1h -o json", 0);
    document(&site(), "dry-run", "schedule web01/HTTP -m 'certificate' --start 22:00 --for 1h --dry-run -o json", 0);
}

#[test]
fn a_list() {
    document(&site(), "list", "list --all -o json", 0);
}

#[test]
fn a_history() {
    let site = site();
    site.ok("undo -y");
    document(&site, "history", "history -o json", 0);
}

#[test]
fn a_check_of_one_and_of_several() {
    document(&site(), "check-one", "check web01/HTTP -o json", 0);
    document(&site(), "check-several", "check web01 db01 --at 22:45 -o json", 1);
}

#[test]
fn an_explanation() {
    document(&site(), "explain-in-downtime", "explain web01/HTTP -o json", 0);
    document(&site(), "explain-not", "explain db01/Backup --at 23:30 -o json", 0);
}

#[test]
fn a_change() {
    document(&site(), "extend", "extend 1 2 --to '2026-10-25 03:00' -o json", 0);
    document(&site(), "delete", "delete 2 -o json", 0);
    document(&site(), "undo", "undo -y -o json", 0);
}

#[test]
fn a_doctors_findings_and_what_was_made() {
    document(&site(), "doctor", "doctor -o json", 0);
    document(&Site::new(), "init", "init -o json", 0);
}

#[test]
fn an_error() {
    document(&site(), "error", "schedule wbe01 -m a --for 1h -o json", 4);
}

#[test]
fn json_lines_of_one_thing_are_that_thing() {
    let site = site();
    assert_eq!(site.ok("show 1 -o jsonl"), site.ok("show 1 -o json"));
    assert_eq!(site.run("check web01 db01 -o jsonl").stdout.lines().count(), 2);
}

#[test]
fn every_downtime_has_the_keys_of_the_contract_in_every_command() {
    let contract = [
        "id",
        "type",
        "state",
        "kind",
        "duration",
        "targets",
        "start",
        "end",
        "timezone",
        "planned_end",
        "ended_at",
        "ended_by",
        "comment",
        "name",
        "ticket",
        "key",
        "author",
        "entry_time",
        "origin",
        "series",
        "rule",
        "occurrence",
        "suspend_monitoring",
        "until_ok",
        "retroactive",
        "override",
        "activations",
    ];
    let holds = |value: &Value, what: &str| {
        let object = value.as_object().unwrap_or_else(|| panic!("{what}: {value}"));
        let missing: Vec<&&str> = contract.iter().filter(|key| !object.contains_key(**key)).collect();
        assert!(missing.is_empty(), "{what} lacks {missing:?}");
    };
    let site = site();
    holds(&site.json("show 1 -o json"), "show");
    holds(&site.json("list -o json")[0], "list");
    holds(&site.json("schedule web01 -m a --for 1h -o json"), "schedule");
    holds(&site.json("schedule web01 -m a --for 1h -o json --dry-run"), "dry run");
    holds(&site.json("extend 4 --by 1h -o json")["changed"][0], "extend");
    holds(&site.json("undo -y -o json")["changed"][0], "undo");
    holds(&site.json("delete 4 -o json")["changed"][0], "delete");
}

#[test]
fn bytes_that_would_harm_a_terminal_are_escaped_and_read_back_the_same() {
    let site = Site::new();
    let comment = "\u{1b}[31m \u{9b} \u{7f} \u{202e} \u{2066} \n\t ü✓";
    site.command("schedule web01 --for 1h -m").arg(comment).run();
    for line in ["list -o json", "list -o jsonl", "history -o json", "check web01 -o json", "show 1 -o json"] {
        let out = site.ok(line);
        let harmful =
            |character: &char| character.is_control() && *character != '\n' || "\u{202e}\u{2066}".contains(*character);
        assert!(!out.chars().any(|character| harmful(&character)), "{line}: {out:?}");
    }
    assert_eq!(site.json("show 1 -o json")["comment"], comment.trim());
    let csv = site.ok("list -o csv");
    assert!(!csv.contains(['\u{1b}', '\u{9b}', '\u{202e}']) && csv.contains(r"\u{1b}[31m"), "{csv:?}");
}

#[test]
fn csv_ends_its_lines_as_rfc_4180_says() {
    let site = site();
    let mut lines = 0;
    for line in ["list --all -o csv", "history -o csv", "check web01 db01 -o csv"] {
        let out = site.run(line).stdout;
        assert!(out.ends_with("\r\n"), "{line}");
        lines += out.matches("\r\n").count();
    }
    assert!(lines > 10);
}
