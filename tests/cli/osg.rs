//! The 2,256 real maintenances of `tests/data/osg/`, one command each: in a real store, afterwards; and in a pretend store
//! as seen from before the first of them, where they are also extended, deleted and undone.
//!
//! A run takes a sample; with `DOWNTIME_TEST_FULL=1`, all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use serde::Deserialize;
use serde_json::Value;

use crate::common::Site;

#[derive(Deserialize)]
struct Maintenance {
    host: String,
    services: Vec<String>,
    start: i64,
    end: i64,
    comment: String,
}

impl Maintenance {
    fn targets(&self) -> BTreeSet<String> {
        self.services.iter().map(|service| format!("{}/{service}", self.host)).collect()
    }

    fn has_length(&self) -> bool {
        self.start < self.end
    }
}

fn maintenances() -> Vec<Maintenance> {
    let text = include_str!("../data/osg/downtimes.jsonl");
    let all: Vec<Maintenance> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(all.len(), 2256);
    assert_eq!(all.iter().filter(|maintenance| !maintenance.has_length()).count(), 12);
    let full = std::env::var_os("DOWNTIME_TEST_FULL").is_some();
    let chosen = |(number, maintenance): &(usize, Maintenance)| full || number % 16 == 0 || !maintenance.has_length();
    all.into_iter().enumerate().filter(chosen).map(|(_, maintenance)| maintenance).collect()
}

/// Schedules each; gives those that were, the n-th with id n + 1.
fn scheduled(site: &Site, options: &str) -> Vec<Maintenance> {
    let mut kept = Vec::new();
    for maintenance in maintenances() {
        let mut command = site.command(&format!("schedule -q {options}"));
        command = command.arg("--start").arg(&format!("@{}", maintenance.start));
        command = command.arg("--end").arg(&format!("@{}", maintenance.end)).arg("-m").arg(&maintenance.comment);
        for target in maintenance.targets() {
            command = command.arg(&target);
        }
        let run = command.run();
        if maintenance.has_length() {
            kept.push(maintenance);
            assert_eq!((run.code, run.stdout.as_str()), (0, format!("{}\n", kept.len()).as_str()), "{run}");
        } else {
            assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{run}");
            assert!(run.stderr.contains("is not after the start"), "{run}");
        }
    }
    kept
}

fn instant(value: &Value) -> i64 {
    DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap().timestamp()
}

fn targets(downtime: &Value) -> BTreeSet<String> {
    let name = |target: &Value| format!("{}/{}", target["host"].as_str().unwrap(), target["service"].as_str().unwrap());
    downtime["targets"].as_array().unwrap().iter().map(name).collect()
}

fn events(site: &Site) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in site.json("history -o json").as_array().unwrap() {
        *counts.entry(row["event"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

fn counts(rows: &[(&str, usize)]) -> BTreeMap<String, usize> {
    rows.iter().filter(|(_, count)| *count > 0).map(|(event, count)| ((*event).to_owned(), *count)).collect()
}

#[test]
fn real_maintenances_are_entered_afterwards_and_all_told() {
    let mut site = Site::real();
    site.set("DOWNTIME_TZ", "UTC");
    let kept = scheduled(&site, "--retroactive");
    let listed = site.json("list --all -o json");
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), kept.len());
    for downtime in listed {
        let id = downtime["id"].as_str().unwrap();
        let maintenance = &kept[id.parse::<usize>().unwrap() - 1];
        assert_eq!((instant(&downtime["start"]), instant(&downtime["end"])), (maintenance.start, maintenance.end));
        assert_eq!(downtime["comment"].as_str().unwrap(), maintenance.comment.trim());
        assert_eq!(targets(downtime), maintenance.targets());
        assert_eq!((&downtime["state"], &downtime["retroactive"]), (&"completed".into(), &true.into()));
    }
    for (number, maintenance) in kept.iter().enumerate().step_by(13) {
        let id = (number + 1).to_string();
        let shown = site.json(&format!("show {id} -o json"));
        assert_eq!(listed.iter().find(|downtime| downtime["id"] == shown["id"]), Some(&shown));
        let target = maintenance.targets().pop_first().unwrap();
        let found = site.command("list --all -q").arg(&target).run();
        let expected: BTreeSet<usize> = kept
            .iter()
            .enumerate()
            .filter(|(_, other)| other.targets().contains(&target))
            .map(|(at, _)| at + 1)
            .collect();
        let found: BTreeSet<usize> = found.stdout.lines().map(|id| id.parse().unwrap()).collect();
        assert_eq!(found, expected, "{target}");
    }
    let rows: usize = kept.iter().map(|maintenance| maintenance.services.len()).sum();
    assert_eq!(events(&site), counts(&[("scheduled", kept.len()), ("started", rows), ("ended", rows)]));
    assert_eq!(site.run("doctor").code, 0);
}

#[test]
fn maintenances_to_come_are_extended_deleted_and_undone_and_history_tells_it_all() {
    let mut site = Site::new();
    site.set("DOWNTIME_TZ", "UTC");
    site.at("2016-01-01T00:00:00Z");
    let kept = scheduled(&site, "");
    assert_eq!(site.json("list --state scheduled -o json").as_array().unwrap().len(), kept.len());
    let (mut extended, mut deleted, mut undone, mut reopened, mut cancelled) = (0, 0, 0, 0, 0);
    for (number, maintenance) in kept.iter().enumerate() {
        let (id, rows) = (number + 1, maintenance.services.len());
        if number % 2 == 0 {
            site.ok(&format!("extend {id} --by 1h -q"));
            extended += 1;
        } else {
            site.ok(&format!("delete {id} -q"));
            deleted += rows;
            cancelled += rows;
        }
        if number % 4 >= 2 {
            site.ok("undo -y -q");
            undone += 1;
            if number % 2 == 0 {
                extended += 1;
            } else {
                reopened += rows;
                deleted -= rows;
            }
        }
    }
    let ends: BTreeMap<String, i64> = site
        .json("list --state scheduled -o json")
        .as_array()
        .unwrap()
        .iter()
        .map(|downtime| (downtime["id"].as_str().unwrap().to_owned(), instant(&downtime["end"])))
        .collect();
    for (number, maintenance) in kept.iter().enumerate() {
        let expected = match number % 4 {
            0 => Some(maintenance.end + 3600),
            1 => None,
            _ => Some(maintenance.end),
        };
        assert_eq!(ends.get(&(number + 1).to_string()).copied(), expected, "downtime {}", number + 1);
    }
    site.at("2030-01-01T00:00:00Z");
    let rows = kept.iter().map(|maintenance| maintenance.services.len()).sum::<usize>() - deleted;
    let expected = [
        ("scheduled", kept.len()),
        ("started", rows),
        ("ended", rows),
        ("extended", extended),
        ("cancelled", cancelled),
        ("undone", undone),
        ("reopened", reopened),
    ];
    assert_eq!(events(&site), counts(&expected));
    assert_eq!(site.run("doctor").code, 0);
}

#[path = "../../examples/osg_inventory.rs"]
#[expect(dead_code, reason = "its `main` is for whoever runs the example")]
mod osg_inventory;

#[test]
fn the_hosts_of_the_grid_are_declared_by_the_example_and_scheduled_by_selector() {
    let site = Site::new();
    let json = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/osg/resources.json")).unwrap();
    site.inventory(&osg_inventory::inventory(&json).unwrap());
    assert_eq!(site.ok("inventory check"), "1100 hosts, 1215 services in 1 file, 0 warnings\n");
    let resources: Vec<Value> = serde_json::from_str(&json).unwrap();
    let wanted: BTreeSet<String> = (resources.iter())
        .filter(|resource| resource["facility"] == "University of Chicago")
        .filter(|resource| resource["services"].as_array().unwrap().contains(&Value::from("CE")))
        .map(|resource| format!("{}/CE", resource["host"].as_str().unwrap()))
        .collect();
    assert!(wanted.len() > 10);
    site.ok("schedule --folder '/University of Chicago' --service CE -m 'condor update' --for 2h");
    let downtime = site.json("show 1 -o json");
    let targets = downtime["targets"].as_array().unwrap().iter();
    let name = |target: &Value| format!("{}/{}", target["host"].as_str().unwrap(), target["service"].as_str().unwrap());
    assert_eq!(targets.map(name).collect::<BTreeSet<_>>(), wanted);
    site.ok("schedule --group OSPool --label 'support=Self Supported' -m 'pool drained' --for 1h");
    assert!(site.json("show 2 -o json")["targets"].as_array().unwrap().len() > 40);
}
