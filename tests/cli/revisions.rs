//! Edits of the inventory between commands: what is past or running does not move.

use serde_json::Value;

use crate::common::Site;

const DECLARED: &str = "[hosts.web01]\ntags = { os = 'linux' }\nservice_period = 'office'\n\
                        [hosts.web02]\ntags = { os = 'linux' }\n[hosts.db01]\ntags = { os = 'aix' }\n";

/// Friday in Berlin: `office` from 08:00 to 16:00, web01 down from 15:00 on.
const LOG: &str = "[1792706400] LOG VERSION: 2.0\n\
    [1792706460] TIMEPERIOD TRANSITION: office;-1;0\n\
    [1792706520] HOST ALERT: web01;UP;HARD;1;fine\n\
    [1792735200] TIMEPERIOD TRANSITION: office;0;1\n\
    [1792760400] HOST ALERT: web01;DOWN;HARD;1;gone\n\
    [1792764000] TIMEPERIOD TRANSITION: office;1;0\n";

fn site() -> Site {
    let site = Site::new();
    site.inventory(DECLARED);
    site.ok("schedule --tag os=linux -m 'kernel update' --for 2h");
    let imported = site.command("import - -q").stdin(LOG).run();
    assert_eq!(imported.code, 0, "{imported}");
    site
}

/// Seconds of web01 that are considered in a report.
fn considered(site: &Site, range: &str) -> Value {
    site.json(&format!("report web01 {range} -o json"))["objects"][0]["considered"].clone()
}

#[test]
fn a_report_on_the_past_is_the_same_after_an_edit_and_a_later_one_is_not() {
    let mut site = site();
    let before = considered(&site, "--range yesterday");
    assert!(before.as_i64().unwrap() < 86_400, "the period counts: {before}");
    site.at("2026-10-25T18:00:00Z");
    site.inventory(&DECLARED.replace("service_period = 'office'\n", ""));
    assert_eq!(considered(&site, "--from 2026-10-23 --until 2026-10-24"), before, "before anything is written down");
    site.ok("schedule db01 -m 'so that the edit is recorded' --for 1h");
    assert_eq!(considered(&site, "--from 2026-10-23 --until 2026-10-24"), before);
    site.at("2026-10-26T18:00:00Z");
    assert_eq!(considered(&site, "--from 2026-10-26T00:00 --until 2026-10-26T12:00"), 43_200, "no period any more");
}

#[test]
fn a_running_downtime_keeps_its_targets_when_its_hosts_change() {
    let mut site = site();
    site.inventory("[hosts.web01]\ntags = { os = 'windows' }\n[hosts.web03]\ntags = { os = 'linux' }\n[hosts.db01]\n");
    site.at("2026-10-24T18:30:00Z");
    site.ok("schedule db01 -m 'so that the edit is recorded' --for 1h");
    assert_eq!(site.run("check web01").code, 0);
    assert_eq!(site.run("check web03").code, 1, "it was not there when the downtime was scheduled");
    assert_eq!(site.run("check web02 --unknown-ok").code, 0, "no longer declared, still a target");
    let targets = site.json("show 1 -o json")["targets"].clone();
    assert_eq!(targets.as_array().unwrap().len(), 2);
    assert_eq!(site.ok("list web02 -q"), "1\n");
}

#[test]
fn an_edit_that_cannot_be_read_changes_no_report_and_no_answer() {
    let mut site = site();
    let before = considered(&site, "--range yesterday");
    site.inventory("[hosts.web01\n");
    site.at("2026-10-24T18:10:00Z");
    let report = site.run("report web01 --range yesterday -o json");
    assert!(report.stderr.contains("the last good revision stays in force"), "{report}");
    assert_eq!(considered(&site, "--range yesterday"), before);
    assert_eq!(site.run("check web02").code, 0);
}

#[test]
fn a_report_on_the_past_is_about_the_hosts_that_were_declared_then() {
    let mut site = site();
    let names = |site: &Site| -> Vec<String> {
        let report = site.json("report --from 2026-10-23 --until 2026-10-24 -o json");
        let objects = report["objects"].as_array().unwrap().clone();
        objects.iter().map(|object| object["host"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&site), ["db01", "web01", "web02"]);
    site.at("2026-10-25T18:00:00Z");
    site.inventory("[hosts.web01]\n[hosts.mail01]\n");
    site.ok("schedule mail01 -m 'so that the edit is recorded' --for 1h");
    assert_eq!(names(&site), ["db01", "web01", "web02"]);
}
