//! The report of a log that a real Nagios 4.5.12 wrote, explained object by object.

use std::collections::BTreeMap;
use std::process::Command;

/// From the first state line, 1795289379, for 80 seconds; times below are the last three digits of the log's.
const FROM: i64 = 1_795_289_379;

/// An object, its seconds in each class that occurs, how many outages, and why.
type Explained = (&'static str, &'static [(&'static str, i64)], u64, &'static str);

const EXPECTED: [Explained; 20] = [
    ("h1", &[("up", 31), ("in_downtime", 49)], 0, "fixed 385–395; fixed 406–445, started again after each restart"),
    ("h1/svc", &[("ok", 31), ("in_downtime", 49)], 0, "by its host"),
    (
        "h2",
        &[("up", 73), ("in_downtime", 7)],
        0,
        "flexible, triggered by DOWN, 388–393; by hostgroup, cancelled, 427–429",
    ),
    (
        "h2/svc",
        &[("ok", 66), ("in_downtime", 14)],
        0,
        "by its host 388–393; its own 427–436, which outlives the host's",
    ),
    (
        "h3",
        &[("up", 29), ("down", 21), ("in_downtime", 30)],
        1,
        "never triggered: none; flexible 408–438, DOWN from 408 on",
    ),
    ("h3/svc", &[("ok", 29), ("host_down", 21), ("in_downtime", 30)], 1, "by its host; then its host is DOWN"),
    (
        "h4",
        &[("up", 34), ("down", 23), ("in_downtime", 23)],
        1,
        "two nested, stopped once, 384–398; flexible 427–436, DOWN",
    ),
    ("h4/svc", &[("ok", 34), ("host_down", 23), ("in_downtime", 23)], 1, "by its host; then its host is DOWN"),
    (
        "h5",
        &[("up", 72), ("in_downtime", 8)],
        0,
        "cancelled 384–392; started and stopped in one second after a restart",
    ),
    ("h5/svc", &[("ok", 72), ("in_downtime", 8)], 0, "by its host"),
    ("h6", &[("up", 63), ("in_downtime", 17)], 0, "406 until stopped at the restart, 423"),
    (
        "h6/svc",
        &[("ok", 5), ("crit", 48), ("in_downtime", 27)],
        2,
        "own 384–394, CRITICAL from 388 on; by its host 406–423",
    ),
    (
        "par1",
        &[("up", 9), ("down", 58), ("in_downtime", 13)],
        2,
        "triggers the family's 388–397; flexible on DOWN 430–434",
    ),
    ("par1/svc", &[("ok", 9), ("host_down", 58), ("in_downtime", 13)], 2, "by its host; else its host is DOWN"),
    ("child1", &[("up", 70), ("in_downtime", 10)], 0, "propagated and triggered 388–398"),
    ("child1/svc", &[("ok", 70), ("in_downtime", 10)], 0, "by its host"),
    ("child2", &[("up", 71), ("in_downtime", 9)], 0, "propagated and triggered 388–397"),
    ("child2/svc", &[("ok", 71), ("in_downtime", 9)], 0, "by its host"),
    ("grand1", &[("up", 71), ("in_downtime", 9)], 0, "propagated and triggered 388–397"),
    ("grand1/svc", &[("ok", 71), ("in_downtime", 9)], 0, "by its host"),
];

#[test]
fn every_downtime_that_nagios_wrote_down_is_accounted_for() {
    let store = tempfile::tempdir().unwrap();
    let log = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/logs/nagios-4.5.12-daemon.log");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_downtime"));
        command.env_clear().env("HOME", store.path()).arg("--store").arg(store.path()).args(["--tz", "UTC"]);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    run(&["import", log]);
    let (from, until) = (format!("@{FROM}"), format!("@{}", FROM + 80));
    let report = run(&["report", "--from", &from, "--until", &until, "--now", "@1795300000", "-o", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let mut reported: BTreeMap<String, &serde_json::Value> = BTreeMap::new();
    for object in report["objects"].as_array().unwrap() {
        let service = object["service"].as_str().map(|service| format!("/{service}")).unwrap_or_default();
        reported.insert(object["host"].as_str().unwrap().to_owned() + &service, object);
    }
    assert_eq!(reported.len(), EXPECTED.len());
    for (name, seconds, outages, why) in EXPECTED {
        let object = reported[name];
        let told: BTreeMap<&str, i64> = (object["seconds"].as_object().unwrap().iter())
            .map(|(class, seconds)| (class.as_str(), seconds.as_i64().unwrap()))
            .filter(|(_, seconds)| *seconds > 0)
            .collect();
        assert_eq!(told, seconds.iter().copied().collect(), "{name}: {why}");
        assert_eq!(object["outages"]["count"], outages, "{name}: {why}");
    }
}
