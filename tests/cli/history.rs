//! `history`.

use insta::assert_snapshot;

use crate::common::Site;

fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 web01/HTTP -m 'kernel update' --for 2h");
    site.ok("schedule db01 -m 'storage move' --start 23:00 --for 2h");
    site.at("2026-10-24T18:30:00Z");
    site.act_as("kim");
    site.ok("extend 1 --by 30m");
    site.ok("delete 2");
    site.at("2026-10-24T19:00:00Z");
    site.ok("delete 1 --target web01/HTTP");
    site.at("2026-10-24T21:00:00Z");
    site
}

#[test]
fn what_was_typed_and_what_followed_from_it_are_told_in_order() {
    assert_snapshot!(site().run("history"), @"
    time (CEST)           op  event      id  target      author  what
    Sat 2026-10-24 20:00  1   scheduled  1               ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01       ops     kernel update
    Sat 2026-10-24 20:00      started    1   web01/HTTP  ops     kernel update
    Sat 2026-10-24 20:00  2   scheduled  2               ops     Sat 2026-10-24 23:00 CEST to Sun 2026-10-25 01:00 CEST: storage move
    Sat 2026-10-24 20:30  3   extended   1               kim     end Sat 2026-10-24 22:30 CEST instead of Sat 2026-10-24 22:00 CEST
    Sat 2026-10-24 20:30  4   cancelled  2   db01        kim     storage move
    Sat 2026-10-24 21:00  5   ended      1   web01/HTTP  kim     kernel update
    Sat 2026-10-24 22:30      ended      1   web01       ops     kernel update
    ");
}

#[test]
fn filters_are_a_conjunction_and_repeats_alternatives() {
    let site = site();
    let rows = |filter: &str| {
        let rows = site.json(&format!("history -o json {filter}"));
        let row =
            |row: &serde_json::Value| format!("{}:{}", row["event"].as_str().unwrap(), row["id"].as_str().unwrap());
        rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rows("--event started"), "started:1 started:1");
    assert_eq!(rows("--event cancelled --event extended"), "extended:1 cancelled:2");
    assert_eq!(rows("--id 2"), "scheduled:2 cancelled:2");
    assert_eq!(rows("--id 1 --event scheduled --id 2"), "scheduled:1 scheduled:2");
    assert_eq!(rows("web01/HTTP"), "scheduled:1 started:1 extended:1 ended:1");
    assert_eq!(rows("db01"), "scheduled:2 cancelled:2");
    assert_eq!(rows("--host web01 --event ended"), "ended:1 ended:1");
    assert_eq!(rows("'web*' --event ended"), "ended:1");
    assert_eq!(rows("--from 20:15 --until 20:45"), "extended:1 cancelled:2");
    assert_eq!(rows("--from 20:15 --until 20:14"), "extended:1 cancelled:2 ended:1 ended:1", "tomorrow's");
    assert_eq!(rows("--from '2026-10-24 22:30'"), "ended:1");
    assert_eq!(rows("--until '2026-10-24 20:00'"), "", "the end is outside");
    assert_eq!(rows("--until yesterday"), "");
}

#[test]
fn nothing_that_matches_is_said() {
    assert_snapshot!(site().run("history nobody"), @"Nothing happened that matches.");
    assert_snapshot!(site().run("history --id 9"), @"
    ! error: there is no downtime `9`
    ! hint: ids go from 1 to 2; see `downtime list --all`
    exit 4
    ");
    assert_snapshot!(site().run("history --event strated"), @"
    ! error: invalid value 'strated' for '--event <EVENT>': there is no event `strated`; events are scheduled, started, ended, cancelled, extended, edited, repeated, skipped, unskipped, reopened, undone, imported, inventory_edited, rules_edited
    ! hint: did you mean started?
    exit 2
    ");
}

#[test]
fn csv_has_a_header() {
    assert_snapshot!(site().run("history --event scheduled --event ended -o csv"), @"
    seq,time,written,event,id,host,service,author,comment
    1,2026-10-24T20:00:00+02:00,2026-10-24T20:00:00+02:00,scheduled,1,,,ops,kernel update
    2,2026-10-24T20:00:00+02:00,2026-10-24T20:00:00+02:00,scheduled,2,,,ops,storage move
    5,2026-10-24T21:00:00+02:00,2026-10-24T21:00:00+02:00,ended,1,web01,HTTP,kim,kernel update
    ,2026-10-24T22:30:00+02:00,,ended,1,web01,,ops,kernel update
    ");
}

#[test]
fn json_lines_are_the_objects_of_the_array() {
    let site = site();
    let lines = site.ok("history -o jsonl");
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(site.json("history -o json"), serde_json::Value::from(lines));
}

#[test]
fn rows_that_lie_ahead_are_not_told() {
    let site = site();
    assert_eq!(site.json("--now '2026-10-24 21:30' history --event ended -o json").as_array().unwrap().len(), 1);
}
