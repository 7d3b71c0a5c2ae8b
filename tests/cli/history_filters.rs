//! `history`: which rows, and who tells.

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::Site;

/// Until 23:00: 1 of ops on web01 and web01/HTTP, extended by kim; 2 of ops on db01, cancelled by kim; 3 of kim on web02.
fn site() -> Site {
    let mut site = Site::new();
    site.inventory(
        "[hosts.web01]\ngroups = ['web']\nservices = ['HTTP']\n[hosts.web02]\ngroups = ['web']\n[hosts.db01]\nparents = ['web02']\n",
    );
    site.ok("schedule web01 web01/HTTP -m 'kernel update' --for 2h");
    site.ok("schedule db01 -m 'storage move' --start 23:00 --for 2h");
    site.at("2026-10-24T18:30:00Z");
    site.act_as("kim");
    site.ok("extend 1 --by 30m");
    site.ok("delete 2");
    site.ok("schedule web02 -m 'kernel again' --for 4h --name cert");
    site.act_as("ops");
    site.at("2026-10-24T21:00:00Z");
    site
}

/// `event:id:target` of each row.
fn rows(site: &Site, filter: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = |row: &Value| {
        let parts = [text(&row["event"]), text(&row["id"]), text(&row["host"]), text(&row["service"])];
        parts.join(":").trim_end_matches(':').to_owned()
    };
    site.json(&format!("history -o json {filter}")).as_array().unwrap().iter().map(row).collect()
}

#[test]
fn started_ended_and_cancelled_have_a_row_for_each_target() {
    let site = site();
    assert_eq!(rows(&site, "--event started --id 1"), ["started:1:web01", "started:1:web01:HTTP"]);
    assert_eq!(rows(&site, "--event ended --id 1"), ["ended:1:web01", "ended:1:web01:HTTP"]);
    assert_eq!(rows(&site, "--event cancelled"), ["cancelled:2:db01"]);
}

#[test]
fn author_and_mine_ask_who_did_what_a_row_tells() {
    let site = site();
    assert_eq!(rows(&site, "--author kim --id 1"), ["extended:1"]);
    assert_eq!(rows(&site, "--author 'k*' --event scheduled"), ["scheduled:3"]);
    assert_eq!(rows(&site, "--mine --event scheduled"), ["scheduled:1", "scheduled:2"]);
    assert_eq!(rows(&site, "--mine --as kim --event cancelled"), ["cancelled:2:db01"]);
    assert_eq!(rows(&site, "--mine")[0], "inventory_edited", "which is about no downtime");
}

#[test]
fn a_key_is_that_of_the_downtime_and_stands_for_an_id() {
    let site = site();
    site.ok("schedule web01 -m deployment --for 1h --key deploy");
    site.ok("delete key:deploy");
    site.ok("schedule web02 -m deployment --for 1h --key deploy");
    assert_eq!(rows(&site, "--key deploy --event scheduled"), ["scheduled:4", "scheduled:5"]);
    assert_eq!(rows(&site, "--id key:deploy --event scheduled"), ["scheduled:5"], "the open one");
    assert_eq!(site.run("history --id key:nothing").code, 4);
}

#[test]
fn comment_name_and_state_are_those_of_the_downtime() {
    let site = site();
    assert_eq!(rows(&site, "--comment KERNEL --event scheduled"), ["scheduled:1", "scheduled:3"]);
    assert_eq!(rows(&site, "--name cert --event started"), ["started:3:web02"]);
    assert_eq!(rows(&site, "--state cancelled"), ["scheduled:2", "cancelled:2:db01"]);
    assert_eq!(rows(&site, "--state active --event scheduled"), ["scheduled:3"]);
}

#[test]
fn hosts_services_and_selectors_filter_rows() {
    let site = site();
    assert_eq!(rows(&site, "--host web01 --event ended"), ["ended:1:web01", "ended:1:web01:HTTP"]);
    assert_eq!(rows(&site, "--service HTTP --event ended"), ["ended:1:web01:HTTP"]);
    assert_eq!(rows(&site, "web01/HTTP --inherited --event ended"), ["ended:1:web01", "ended:1:web01:HTTP"]);
    assert_eq!(rows(&site, "--group web --event scheduled"), ["scheduled:1", "scheduled:3"]);
    assert_eq!(rows(&site, "web02 --children --event scheduled"), ["scheduled:2", "scheduled:3"]);
    assert_eq!(site.run("history --group nobody").code, 4);
}

#[test]
fn quiet_leaves_out_the_header_and_that_there_is_nothing() {
    assert_snapshot!(site().run("history --id 2 -q"), @"
    Sat 2026-10-24 20:00  3   scheduled  2           ops     Sat 2026-10-24 23:00 CEST to Sun 2026-10-25 01:00 CEST: storage move
    Sat 2026-10-24 20:30  5   cancelled  2   db01    kim     storage move
    ");
    assert_snapshot!(site().run("history --id 9 -q"), @"
    ! error: there is no downtime `9`
    ! hint: ids go from 1 to 3; see `downtime list --all`
    exit 4
    ");
}

const LOG: &str = "\
[1792864800] HOST DOWNTIME ALERT: web01;STARTED; Host has entered a period of scheduled downtime
[1792864800] HOST ALERT: web01;DOWN;HARD;3;no answer
[1792866600] HOST DOWNTIME ALERT: web01;STOPPED; Host has exited from a period of scheduled downtime
[1792866600] SERVICE DOWNTIME ALERT: web01;HTTP;STARTED; Service has entered a period of scheduled downtime
[1792868400] SERVICE DOWNTIME ALERT: web01;HTTP;CANCELLED; Scheduled downtime for service has been cancelled.
[1792870200] HOST DOWNTIME ALERT: old01;STARTED; Host has entered a period of scheduled downtime
[1792881000] HOST DOWNTIME ALERT: web01;STARTED; Host has entered a period of scheduled downtime
";

/// With a log that tells of downtimes from 20:00 on, the last of them at 00:30.
fn logged() -> Site {
    let site = site();
    std::fs::write(site.root().join("nagios.log"), LOG).unwrap();
    site.ok("import nagios.log");
    site
}

#[test]
fn the_store_tells_unless_the_log_is_asked_for() {
    let site = logged();
    assert_eq!(rows(&site, "--event started"), rows(&site, "--event started --source store"));
    assert!(rows(&site, "").iter().all(|row| !row.contains("old01")));
}

#[test]
fn downtime_alerts_of_imported_logs_are_rows() {
    let site = logged();
    assert_snapshot!(site.run("history --source log"), @"
    time (CEST)           op  event      id  target      author  what
    Sat 2026-10-24 20:00      started        web01               by the log
    Sat 2026-10-24 20:30      ended          web01               by the log
    Sat 2026-10-24 20:30      started        web01/HTTP          by the log
    Sat 2026-10-24 21:00      cancelled      web01/HTTP          by the log
    Sat 2026-10-24 21:30      started        old01               by the log
    ");
    assert_snapshot!(site.run("history --source log --service HTTP -o json"), @r#"[{"seq":null,"time":"2026-10-24T20:30:00+02:00","written":null,"event":"started","id":null,"host":"web01","service":"HTTP","author":null,"comment":null,"detail":{"source":"log"}},{"seq":null,"time":"2026-10-24T21:00:00+02:00","written":null,"event":"cancelled","id":null,"host":"web01","service":"HTTP","author":null,"comment":null,"detail":{"source":"log"}}]"#);
    assert_snapshot!(site.run("history --source log --event cancelled -o csv"), @"
    seq,time,written,event,id,host,service,author,comment
    ,2026-10-24T21:00:00+02:00,,cancelled,,web01,HTTP,,
    ");
}

#[test]
fn rows_of_the_log_stand_among_those_of_the_store_in_order_of_time() {
    let site = logged();
    assert_snapshot!(site.run("history --source both --host web01 --until '2026-10-24 21:00'"), @"
    time (CEST)           op  event      id  target      author  what
    Sat 2026-10-24 20:00  2   scheduled  1               ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: kernel update
    Sat 2026-10-24 20:00      started    1   web01       ops     kernel update
    Sat 2026-10-24 20:00      started    1   web01/HTTP  ops     kernel update
    Sat 2026-10-24 20:00      started        web01               by the log
    Sat 2026-10-24 20:30  4   extended   1               kim     end Sat 2026-10-24 22:30 CEST instead of Sat 2026-10-24 22:00 CEST
    Sat 2026-10-24 20:30      ended          web01               by the log
    Sat 2026-10-24 20:30      started        web01/HTTP          by the log
    ! note: until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)
    ");
}

#[test]
fn filters_apply_to_rows_of_the_log() {
    let site = logged();
    assert_eq!(rows(&site, "--source log web01"), ["started::web01", "ended::web01"]);
    assert_eq!(rows(&site, "--source log --host old01"), ["started::old01"]);
    assert_eq!(rows(&site, "--source log --group web --event cancelled"), ["cancelled::web01:HTTP"]);
    assert_eq!(rows(&site, "--source log --from 20:30 --until 20:31"), ["ended::web01", "started::web01:HTTP"]);
    for unknown_to_a_log in
        ["--id 1", "--key k", "--mine", "--author kim", "--comment kernel", "--name cert", "--state active"]
    {
        assert_eq!(rows(&site, &format!("--source log {unknown_to_a_log}")), [""; 0], "{unknown_to_a_log}");
    }
}
