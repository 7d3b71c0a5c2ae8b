//! `report` and `timeline`.

use insta::assert_snapshot;

use crate::common::{Site, golden};
use crate::import::LOG;

/// A day's log (02:00 to 02:00 in Berlin), with a downtime entered afterwards for half of the outage.
fn site() -> Site {
    let site = Site::new();
    let imported = site.command("import - -q").stdin(LOG).run();
    assert_eq!(imported.code, 0, "{imported}");
    site.ok("schedule web01/HTTP -m 'late' --start '2026-10-24 03:30' --for 1h --retroactive -q");
    site
}

#[test]
fn figures_are_told_for_each_object_and_together() {
    assert_snapshot!(site().run("report --range today"), @"
    Sat 2026-10-24 00:00 CEST to Sat 2026-10-24 20:00 CEST  20h

    host            availability        slo  unmonitored  outages  longest  mttr
    web01               90.0000%  100.0000%           2h        ·        ·     ·
    mean of 1 host      90.0000%                      2h        ·        ·

    service            availability       slo  crit  in downtime  unmonitored  outages  longest  mttr
    web01/HTTP             82.5000%  97.0588%   30m           1h           2h        1      30m   30m
    mean of 1 service      82.5000%             30m           1h           2h        1      30m
    ! note: cut off at now, 2026-10-24T20:00:00+02:00
    ");
    assert_snapshot!(site().run("report web01/HTTP --from '2026-10-24 02:00' --until '2026-10-24 06:00'"), @"
    Sat 2026-10-24 02:00 CEST to Sat 2026-10-24 06:00 CEST  4h

    service            availability       slo  crit  in downtime  outages  longest  mttr
    web01/HTTP             62.5000%  83.3333%   30m           1h        1      30m   30m
    mean of 1 service      62.5000%             30m           1h        1      30m
    ");
}

#[test]
fn spans_are_told_for_each_object() {
    assert_snapshot!(site().run("timeline web01/HTTP --range today"), @"
    web01/HTTP
    from (Europe/Berlin)  until                 length   class        output
    Sat 2026-10-24 00:00  Sat 2026-10-24 02:00  2h       unmonitored
    Sat 2026-10-24 02:00  Sat 2026-10-24 03:00  1h       ok
    Sat 2026-10-24 03:00  Sat 2026-10-24 03:30  30m      crit         connection refused
    Sat 2026-10-24 03:30  Sat 2026-10-24 04:30  1h       in_downtime  connection refused
    Sat 2026-10-24 04:30  Sat 2026-10-24 20:00  15h 30m  ok
    ! note: cut off at now, 2026-10-24T20:00:00+02:00
    ");
}

#[test]
fn downtimes_count_as_asked() {
    let site = site();
    let seconds = |how: &str| {
        let report =
            site.json(&format!("report web01/HTTP --from '2026-10-24 02:00' --until '2026-10-24 06:00' -o json {how}"));
        let object = &report["objects"][0];
        ["ok", "crit", "in_downtime"]
            .map(|class| object["seconds"][class].as_i64().unwrap())
            .map(|seconds| seconds / 60)
    };
    assert_eq!(seconds(""), [150, 30, 60]);
    assert_eq!(seconds("--downtimes honor"), [150, 30, 60]);
    assert_eq!(seconds("--downtimes exclude"), [150, 30, 0]);
    assert_eq!(seconds("--downtimes ignore"), [180, 60, 0]);
    assert_eq!(seconds("--ok-as-non-downtime"), [180, 30, 30]);
    assert_eq!(seconds("--retroactive-downtimes ignore"), [180, 60, 0]);
    assert_eq!(seconds("--downtime-source log"), [180, 60, 0]);
    assert_eq!(seconds("--downtime-source store"), [150, 30, 60]);
}

#[test]
fn a_range_that_reaches_past_now_is_cut_off_there_and_that_is_said() {
    let run = site().run("report web01 --from '2026-10-24 12:00' --until '2026-10-25 12:00'");
    assert_snapshot!(run.stderr, @"note: cut off at now, 2026-10-24T20:00:00+02:00");
    let report = site().json("report web01 --from '2026-10-24 12:00' --until '2026-10-25 12:00' -o json");
    assert_eq!(report["range"]["until"], "2026-10-24T20:00:00+02:00");
    assert_eq!(report["range"]["seconds"], 8 * 3600);
}

#[test]
fn the_documents_are_as_promised() {
    let site = site();
    golden("report", &site.ok("report --range today -o json"));
    golden("timeline", &site.ok("timeline --range today -o json"));
    let lines = site.ok("timeline --range today -o jsonl");
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(site.json("timeline --range today -o json"), serde_json::Value::from(lines));
    assert_snapshot!(site.run("report web01/HTTP --range today -o jsonl"), @r#"
    {"kind":"report","range":{"from":"2026-10-24T00:00:00+02:00","until":"2026-10-24T20:00:00+02:00","seconds":72000},"options":{"downtimes":"honor","ok_as_non_downtime":false,"downtime_source":"both","retroactive_downtimes":"count","ignore":[],"map":{},"short_intervals":null,"no_merge":false,"hard_only":false,"assume_initial":null,"core_stopped":"keep","service_period":null,"service_period_mode":"honor","notification_period":null,"notification_period_mode":"ignore","outage_classes":["crit","unknown","down","unreach","host_down"]},"basis":{"sequence":2,"events":"b25af981c96cb8bd0a08248e68b78588","newest_event":"2026-10-24T04:00:00+02:00","tzdata":"2025b"},"notes":["cut off at now, 2026-10-24T20:00:00+02:00"]}
    {"kind":"object","host":"web01","service":"HTTP","total":72000,"considered":72000,"seconds":{"ok":59400,"warn":0,"crit":1800,"unknown":0,"flapping":0,"host_down":0,"in_downtime":3600,"outof_notification_period":0,"unmonitored":7200},"percent":{"ok":82.5,"warn":0.0,"crit":2.5,"unknown":0.0,"flapping":0.0,"host_down":0.0,"in_downtime":5.0,"outof_notification_period":0.0,"unmonitored":10.0},"phases":{"ok":{"count":2,"shortest":3600,"longest":55800,"mean":29700},"warn":{"count":0,"shortest":null,"longest":null,"mean":null},"crit":{"count":1,"shortest":1800,"longest":1800,"mean":1800},"unknown":{"count":0,"shortest":null,"longest":null,"mean":null},"flapping":{"count":0,"shortest":null,"longest":null,"mean":null},"host_down":{"count":0,"shortest":null,"longest":null,"mean":null},"in_downtime":{"count":1,"shortest":3600,"longest":3600,"mean":3600},"outof_notification_period":{"count":0,"shortest":null,"longest":null,"mean":null},"unmonitored":{"count":1,"shortest":7200,"longest":7200,"mean":7200}},"availability":82.5,"coverage":90.0,"slo":97.0588,"suspended":0,"retroactive":3600,"outages":{"count":1,"shortest":1800,"longest":1800,"mean":1800},"mtbf":59400,"mttr":1800}
    {"kind":"summary","hosts":null,"services":{"objects":1,"availability":82.5,"percent":{"ok":82.5,"warn":0.0,"crit":2.5,"unknown":0.0,"flapping":0.0,"host_down":0.0,"in_downtime":5.0,"outof_notification_period":0.0,"unmonitored":10.0},"seconds":{"ok":59400,"warn":0,"crit":1800,"unknown":0,"flapping":0,"host_down":0,"in_downtime":3600,"outof_notification_period":0,"unmonitored":7200}}}
    ! note: cut off at now, 2026-10-24T20:00:00+02:00
    "#);
    assert_snapshot!(site.run("report web01/HTTP --range today -o csv"), @"
    host,service,total,considered,availability,coverage,slo,suspended,retroactive,outages,outage_shortest,outage_longest,outage_mean,outage_total,mtbf,mttr,ok_seconds,warn_seconds,crit_seconds,unknown_seconds,up_seconds,down_seconds,unreach_seconds,flapping_seconds,host_down_seconds,in_downtime_seconds,outof_notification_period_seconds,unmonitored_seconds,ok_percent,warn_percent,crit_percent,unknown_percent,up_percent,down_percent,unreach_percent,flapping_percent,host_down_percent,in_downtime_percent,outof_notification_period_percent,unmonitored_percent
    web01,HTTP,72000,72000,82.5000,90.0000,97.0588,0,3600,1,1800,1800,1800,1800,59400,1800,59400,0,1800,0,,,,0,0,3600,0,7200,82.5000,0.0000,2.5000,0.0000,,,,0.0000,0.0000,5.0000,0.0000,10.0000
    ! note: cut off at now, 2026-10-24T20:00:00+02:00
    ");
    assert_snapshot!(site.run("timeline web01/HTTP --range today -o csv"), @"
    host,service,from,until,seconds,class,output
    web01,HTTP,2026-10-24T00:00:00+02:00,2026-10-24T02:00:00+02:00,7200,unmonitored,
    web01,HTTP,2026-10-24T02:00:00+02:00,2026-10-24T03:00:00+02:00,3600,ok,
    web01,HTTP,2026-10-24T03:00:00+02:00,2026-10-24T03:30:00+02:00,1800,crit,connection refused
    web01,HTTP,2026-10-24T03:30:00+02:00,2026-10-24T04:30:00+02:00,3600,in_downtime,connection refused
    web01,HTTP,2026-10-24T04:30:00+02:00,2026-10-24T20:00:00+02:00,55800,ok,
    ! note: cut off at now, 2026-10-24T20:00:00+02:00
    ");
}

#[test]
fn what_cannot_be_reported_is_refused() {
    let site = site();
    let before = site.fingerprint();
    for (line, code, kind) in [
        ("report --range lastweek", 2, "time"),
        ("report --range today --from 10:00", 2, "usage"),
        ("report --from tomorrow", 3, "window"),
        ("report --from '2026-10-24 12:00' --until '2026-10-24 11:00'", 3, "window"),
        ("report nobody", 4, "unknown_host"),
        ("report 'db*'", 4, "empty_selection"),
        ("report --service-period office", 4, "unknown_period"),
        ("report --downtimes honour", 2, "usage"),
        ("report --map warn", 2, "usage"),
        ("report --map ok=purple", 2, "usage"),
        ("report --ignore weather", 2, "usage"),
        ("report --short-intervals 0s", 2, "usage"),
        ("timeline nobody", 4, "unknown_host"),
        ("timeline --assume-initial asleep", 2, "usage"),
    ] {
        let run = site.run(&format!("{line} -o json"));
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{line}: {run}");
        let told: serde_json::Value = serde_json::from_str(&run.stderr).unwrap_or_else(|_| panic!("{line}: {run}"));
        assert_eq!(told["error"]["kind"], kind, "{line}: {run}");
        assert!(told["error"]["hint"].is_string(), "{line}: {run}");
    }
    assert_eq!(site.fingerprint(), before);
    assert_eq!(Site::new().run("report").code, 5, "there is no store");
}

#[test]
fn a_store_without_objects_has_nothing_to_report_on() {
    let site = Site::new();
    site.ok("init");
    assert_snapshot!(site.run("report"), @"
    ! error: there is no host or service to report on
    ! hint: import a log with `downtime import FILE`, or declare hosts in inventory.toml
    exit 4
    ");
}

#[test]
fn reports_read_and_nothing_else() {
    let site = site();
    let before = site.fingerprint();
    let lock = std::fs::File::open(site.store().join("lock")).unwrap();
    lock.lock().unwrap();
    for line in ["report", "timeline", "availability"] {
        assert_eq!(site.run(&format!("--no-wait {line}")).code, 0, "{line}");
    }
    assert_eq!(site.fingerprint(), before);
}
