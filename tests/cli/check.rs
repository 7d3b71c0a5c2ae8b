//! `check`.

use insta::assert_snapshot;

use crate::common::Site;

fn site() -> Site {
    let site = Site::new();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("schedule db01/Backup -m 'storage move' --for 1h --suspend-monitoring");
    site
}

#[test]
fn the_exit_code_is_the_answer() {
    let site = site();
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    ");
    assert_snapshot!(site.run("check db01"), @"
    db01 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.run("check web01 db01"), @"
    db01 is not in downtime
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    exit 1
    ");
    assert_snapshot!(site.run("check -q web01"), @"");
    assert_snapshot!(site.run("check -q db01"), @"exit 1");
}

#[test]
fn a_host_downtime_covers_its_services_and_a_service_downtime_not_its_host() {
    let site = site();
    assert_snapshot!(site.run("check web01/HTTP web01/anything db01/Backup db01"), @"
    db01 is not in downtime
    db01/Backup is in downtime until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 2 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  storage move
    web01/HTTP is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (host)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    web01/anything is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (host)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    exit 1
    ");
}

#[test]
fn the_end_is_outside_and_the_start_inside() {
    let site = site();
    let code = |at: &str| site.run(&format!("check web01 --at {at}")).code;
    assert_eq!(code("2026-10-24T17:59:59Z"), 1);
    assert_eq!(code("2026-10-24T18:00:00Z"), 0);
    assert_eq!(code("2026-10-24T19:59:59Z"), 0);
    assert_eq!(code("2026-10-24T20:00:00Z"), 1);
}

#[test]
fn another_time_may_be_asked_about_and_a_time_of_day_is_todays() {
    let site = site();
    assert_snapshot!(site.run("check web01 --at 21:00"), @"
    At Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z):
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (1h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    ");
    assert_snapshot!(site.run("check web01 --at 19:00"), @"
    At Sat 2026-10-24 19:00 CEST  (2026-10-24T17:00:00Z):
    web01 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.run("check web01 --at 'sun 21:00'"), @"
    At Sun 2026-10-25 21:00 CET  (2026-10-25T20:00:00Z):
    web01 is not in downtime
    exit 1
    ");
}

#[test]
fn until_takes_overlaps_and_back_to_back_windows_together() {
    let site = site();
    site.ok("schedule web01 -m second --start 21:30 --for 1h");
    site.ok("schedule web01/HTTP -m third --start 22:30 --for 30m");
    site.ok("schedule web01 -m fourth --start 23:30 --for 30m");
    assert_snapshot!(site.run("check web01 web01/HTTP"), @"
    web01 is in downtime until Sat 2026-10-24 22:30 CEST (2h 30m left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    web01/HTTP is in downtime until Sat 2026-10-24 23:00 CEST (3h left)
      downtime 1 (host)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    ");
}

#[test]
fn an_end_more_than_ten_years_off_is_not_told() {
    let site = site();
    site.ok("schedule old01 -m retired --end 2040-01-01");
    assert_snapshot!(site.run("check old01"), @"
    old01 is in downtime for more than ten years
      downtime 3 (own)  Sat 2026-10-24 20:00 to Mon 2040-01-02 00:00  retired
    ");
    assert_eq!(site.json("check old01 -o json")["until"], serde_json::Value::Null);
}

#[test]
fn targets_are_read_from_standard_input() {
    let site = site();
    assert_snapshot!(site.command("check -").stdin("web01\r\n\ndb01/Backup").run(), @"
    db01/Backup is in downtime until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 2 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  storage move
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    ");
    assert_snapshot!(site.command("check - web02").stdin("web01\n").run(), @"
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    web02 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.command("check -").stdin("").run(), @"
    ! error: standard input names no target
    ! hint: write one target a line
    exit 4
    ");
    let one = site.command("check - -o json").stdin("web01\n").run();
    assert!(one.stdout.starts_with("[{"), "a list is a list however short");
}

#[test]
fn a_known_name_that_looks_like_a_pattern_is_one_object() {
    let site = Site::new();
    site.inventory("[hosts.win7]\nservices = ['Disk [C:\\]', 'Disk *']\n");
    site.ok("schedule 'win7/Disk *' -m a --for 1h");
    assert!(site.run(r"check 'win7/Disk [C:\]' -o json").stdout.starts_with('{'));
    assert!(site.run("check 'win7/Disk?*' -o json").stdout.starts_with('['));
    assert_snapshot!(site.run("check 'win7/Disk *'"), @"
    win7/Disk * is in downtime until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  a
    ");
}

#[test]
fn an_unknown_service_is_judged_by_its_host_and_an_unknown_host_is_refused() {
    let site = site();
    site.inventory("[hosts.web01]\nservices=['HTTP']\n[hosts.db01]\n");
    assert_snapshot!(site.run("check web01/new"), @"
    web01/new is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (host)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    ! note: `web01/new` is not declared in the inventory; it is judged by its host
    ");
    assert_snapshot!(site.run("check db01/new"), @"
    db01/new is not in downtime
    ! note: `db01/new` is not declared in the inventory; it is judged by its host
    exit 1
    ");
    assert_snapshot!(site.run("check wbe01"), @"
    ! error: there is no host `wbe01`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("check wbe01 --unknown-ok"), @"
    wbe01 is not in downtime
    exit 1
    ");
    assert_snapshot!(site.run("check 'mail*'"), @"
    ! error: `mail*` matches no known host or service
    ! hint: patterns match what is in inventory.toml or in an imported log; a plain name needs neither
    exit 4
    ");
}

#[test]
fn notifications_and_monitoring_are_questions_of_their_own() {
    let site = site();
    assert_snapshot!(site.run("check web01 --notification"), @"
    web01: problem notifications are withheld until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    ");
    assert_snapshot!(site.run("check db01 --notification"), @"
    db01: problem notifications are sent
    exit 1
    ");
    assert_snapshot!(site.run("check db01/Backup --monitoring"), @"
    db01/Backup: monitoring is suspended until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 2 (own, suspends monitoring)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  storage move
    ");
    assert_snapshot!(site.run("check web01 --monitoring"), @"
    web01: monitoring goes on, although in downtime
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  kernel update
    exit 1
    ");
    assert_snapshot!(site.run("check db01 --monitoring"), @"
    db01: monitoring goes on
    exit 1
    ");
    assert_snapshot!(site.run("check db01 --monitoring --notification"), @"
    ! error: the argument '--monitoring' cannot be used with '--notification'
    ! hint: see `downtime check --help`
    exit 2
    ");
}

#[test]
fn csv_tells_one_object_a_line() {
    assert_snapshot!(site().run("check web01 web01/HTTP db01 -o csv"), @"
    host,service,at,in_downtime,until,monitoring_suspended,downtimes
    db01,,2026-10-24T20:00:00+02:00,false,,false,
    web01,,2026-10-24T20:00:00+02:00,true,2026-10-24T22:00:00+02:00,false,1
    web01,HTTP,2026-10-24T20:00:00+02:00,true,2026-10-24T22:00:00+02:00,false,1
    exit 1
    ");
}

#[test]
fn nothing_is_locked_and_nothing_written() {
    let site = site();
    let before = site.fingerprint();
    let lock = std::fs::File::open(site.store().join("lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(site.run("--no-wait check web01").code, 0);
    assert_eq!(site.fingerprint(), before);
}
