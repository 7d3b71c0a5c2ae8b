//! `tick`: what is due is written down once, and no answer waits for it.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::Site;

/// Two downtimes in one night, one of them let go of in part.
fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 web01/HTTP -m 'kernel update' --for 2h");
    site.ok("schedule db01 -m 'storage move' --start 23:00 --for 2h");
    site.at("2026-10-24T19:00:00Z");
    site.act_as("kim");
    site.ok("delete 1 --target web01/HTTP");
    site.act_as("cron");
    site
}

/// The history without what `tick` lends to it.
fn happened(site: &Site) -> Vec<Value> {
    let mut rows = site.json("history -o json").as_array().unwrap().clone();
    for row in &mut rows {
        let row = row.as_object_mut().unwrap();
        row.remove("seq");
        row.remove("written");
    }
    rows
}

/// Each transition that the journal holds, and how often.
pub fn written(site: &Site) -> BTreeMap<String, usize> {
    let mut written = BTreeMap::new();
    for file in std::fs::read_dir(site.store().join("journal")).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_none() {
            continue;
        }
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            for turn in line["body"]["transitions"].as_array().into_iter().flatten() {
                *written.entry(format!("{} {} {}", turn["time"], turn["event"], turn["id"])).or_default() += 1;
            }
        }
    }
    written
}

#[test]
fn a_tick_is_silent_and_tells_if_asked() {
    let mut site = site();
    assert_snapshot!(site.run("tick"), @"");
    site.at("2026-10-24T21:00:00Z");
    assert_snapshot!(site.run("tick -v"), @"
    Sat 2026-10-24 22:00 CEST  ended    1  web01: kernel update
    Sat 2026-10-24 23:00 CEST  started  2  db01: storage move
    ! store STORE (--store or DOWNTIME_STORE)
    ");
    assert_snapshot!(site.run("tick -v"), @"! store STORE (--store or DOWNTIME_STORE)");
    site.at("2026-10-25T06:00:00Z");
    assert_snapshot!(site.run("expand -v"), @"
    Sun 2026-10-25 01:00 CEST  ended    2  db01: storage move
    ! store STORE (--store or DOWNTIME_STORE)
    ");
    assert_snapshot!(site.run("tick -v"), @"! store STORE (--store or DOWNTIME_STORE)");
}

#[test]
fn nothing_is_written_where_nothing_is_due() {
    let site = site();
    site.ok("tick");
    let before = site.fingerprint();
    site.ok("tick");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn machines_are_told_what_was_written_and_how_the_downtimes_stand() {
    let mut site = site();
    site.ok("tick");
    site.at("2026-10-24T21:00:00Z");
    let told = site.json("tick -o json");
    assert_snapshot!(serde_json::to_string_pretty(&told["transitions"]).unwrap(), @r#"
    [
      {
        "event": "ended",
        "id": "1",
        "seq": 5,
        "targets": 1,
        "time": "2026-10-24T22:00:00+02:00"
      },
      {
        "event": "started",
        "id": "2",
        "seq": 5,
        "targets": 1,
        "time": "2026-10-24T23:00:00+02:00"
      }
    ]
    "#);
    assert_eq!(told["operation"], 5);
    let stand = |told: &Value| -> Vec<String> {
        let changed = told["changed"].as_array().unwrap();
        changed.iter().map(|downtime| format!("{} {}", downtime["id"], downtime["state"])).collect()
    };
    assert_eq!(stand(&told), ["\"1\" \"completed\"", "\"2\" \"active\""]);
    assert_snapshot!(site.run("tick -o json"), @r#"{"operation":null,"changed":[],"unchanged":[],"notes":[],"transitions":[]}"#);
    assert_snapshot!(site.run("tick -o csv"), @"
    ! error: this command has no rows to print as CSV
    ! hint: use -o json
    exit 2
    ");
}

#[test]
fn history_says_when_a_thing_was_due_and_when_it_was_written() {
    let mut site = site();
    site.ok("tick");
    site.at("2026-10-24T21:00:30Z");
    site.ok("tick");
    site.at("2026-10-25T06:00:00Z");
    site.ok("tick");
    assert_snapshot!(site.run("history"), @"
    time (CEST)           op  event      id  target      author  what
    Sat 2026-10-24 20:00  1   scheduled  1               ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00  4   started    1   web01       ops     kernel update (written Sat 2026-10-24 21:00 CEST)
    Sat 2026-10-24 20:00  4   started    1   web01/HTTP  ops     kernel update (written Sat 2026-10-24 21:00 CEST)
    Sat 2026-10-24 20:00  2   scheduled  2               ops     Sat 2026-10-24 23:00 CEST to Sun 2026-10-25 01:00 CEST: storage move
    Sat 2026-10-24 21:00  3   ended      1   web01/HTTP  kim     kernel update
    Sat 2026-10-24 22:00  5   ended      1   web01       ops     kernel update (written Sat 2026-10-24 23:00:30 CEST)
    Sat 2026-10-24 23:00  5   started    2   db01        ops     storage move
    Sun 2026-10-25 01:00  6   ended      2   db01        ops     storage move (written Sun 2026-10-25 07:00 CET)
    ");
    assert_snapshot!(site.ok("history -v --id 2 --event started"), @"
    time (CEST)           op  event    id  target  author  what
    Sat 2026-10-24 23:00  5   started  2   db01    ops     storage move (written Sat 2026-10-24 23:00:30 CEST)
    ");
    assert_snapshot!(site.ok("history --event ended -o csv"), @"
    seq,time,written,event,id,host,service,author,comment
    3,2026-10-24T21:00:00+02:00,2026-10-24T21:00:00+02:00,ended,1,web01,HTTP,kim,kernel update
    5,2026-10-24T22:00:00+02:00,2026-10-24T23:00:30+02:00,ended,1,web01,,ops,kernel update
    6,2026-10-25T01:00:00+02:00,2026-10-25T07:00:00+01:00,ended,2,db01,,ops,storage move
    ");
}

#[test]
fn no_answer_depends_on_whether_it_ran() {
    let (mut never, mut often) = (site(), site());
    for hour in 19..24 {
        for minute in (0..60).step_by(20) {
            let now = format!("2026-10-24T{hour}:{minute:02}:00Z");
            never.at(&now);
            often.at(&now);
            often.ok("tick");
            for question in ["list --all -o json", "check web01 web01/HTTP db01 -o json", "explain db01"] {
                assert_eq!(never.run(question), often.run(question), "{now}: {question}");
            }
            assert_eq!(happened(&never), happened(&often), "{now}");
        }
    }
    assert_eq!(written(&often).len(), 5);
}

#[test]
fn days_without_a_run_are_caught_up_in_order() {
    let mut site = Site::new();
    for day in ["mon", "wed", "thu"] {
        site.ok(&format!("schedule db01 -m 'backup test' --start '{day} 10:00' --for 4h"));
    }
    site.ok("schedule web01 -m 'rack move' --start 'wed 12:00' --for 24h");
    site.at("2026-10-30T08:00:00Z");
    assert_snapshot!(site.ok("tick -v"), @"
    Mon 2026-10-26 10:00 CET  started  1  db01: backup test
    Mon 2026-10-26 14:00 CET  ended    1  db01: backup test
    Wed 2026-10-28 10:00 CET  started  2  db01: backup test
    Wed 2026-10-28 12:00 CET  started  4  web01: rack move
    Wed 2026-10-28 14:00 CET  ended    2  db01: backup test
    Thu 2026-10-29 10:00 CET  started  3  db01: backup test
    Thu 2026-10-29 12:00 CET  ended    4  web01: rack move
    Thu 2026-10-29 14:00 CET  ended    3  db01: backup test
    ");
    assert!(written(&site).values().all(|times| *times == 1));
}

#[test]
fn what_is_made_for_the_past_is_written_by_the_next_tick_and_not_twice() {
    let mut site = Site::new();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("tick");
    // In the very second of a tick, and before it.
    site.ok("schedule db01 -m 'storage move' --for 2h");
    site.ok("schedule db02 -m 'forgotten' --start 12:00 --for 2h --retroactive");
    assert_snapshot!(site.ok("tick -v"), @"
    Sat 2026-10-24 12:00 CEST  started  3  db02: forgotten
    Sat 2026-10-24 14:00 CEST  ended    3  db02: forgotten
    Sat 2026-10-24 20:00 CEST  started  2  db01: storage move
    ");
    site.at("2026-10-24T22:00:00Z");
    site.ok("edit 1 --add-target web02 --retroactive");
    assert_snapshot!(site.ok("tick -v"), @"
    Sat 2026-10-24 22:00 CEST  ended    1  web01, web02: kernel update
    Sat 2026-10-24 22:00 CEST  ended    2  db01: storage move
    ");
    assert!(written(&site).values().all(|times| *times == 1), "{:?}", written(&site));
}

#[test]
fn an_undo_passes_over_it() {
    let site = site();
    site.ok("tick");
    assert_snapshot!(site.run("undo --as kim --yes"), @"
    Took back operation 3: delete of downtime 1, by kim on Sat 2026-10-24 21:00 CEST
      downtime 1 (web01, web01/HTTP) is active until Sat 2026-10-24 22:00 CEST
    ");
    assert_snapshot!(site.run("undo 4 --any-author --yes"), @"
    ! error: operation 4 (settle) cannot be taken back
    ! hint: only what somebody typed can be: what was scheduled, repeated, extended, edited, skipped, deleted or undone
    exit 2
    ");
}

#[test]
fn edited_files_are_recorded_though_nothing_is_due() {
    let site = site();
    site.ok("tick");
    site.inventory("[hosts.web01]\n");
    assert_snapshot!(site.run("tick -v"), @"! store STORE (--store or DOWNTIME_STORE)");
    assert_snapshot!(site.ok("history --event inventory_edited"), @"
    time (CEST)           op  event             id  target  author  what
    Sat 2026-10-24 21:00  5   inventory_edited              cron
    ");
}

#[test]
fn a_place_where_there_is_nothing_is_not_looked_after() {
    let site = Site::new();
    assert_snapshot!(site.run("tick"), @"
    ! error: there is no store in STORE
    ! hint: begin one with `downtime init`, or name another with --store DIR
    exit 5
    ");
    assert!(!site.store().exists());
    site.write("rules.toml", "");
    assert_snapshot!(site.run("tick"), @"! note: began a store of pretended time in STORE");
    assert_snapshot!(site.run("tick"), @"");
}
