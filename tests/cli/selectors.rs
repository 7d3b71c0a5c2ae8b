//! Selectors: `--tag`, `--label`, `--group`, `--folder`, `--service`, `--on-host`, `--children`, `--recursive`.

use insta::assert_snapshot;

use crate::common::Site;

const INVENTORY: &str = r#"
    [hosts.sw1]
    [hosts.web01]
    folder = "/ams/dmz"
    tags = { os = "linux", criticality = "prod" }
    labels = { team = "shop" }
    groups = ["web"]
    parents = ["sw1"]
    services = ["HTTP", "CPU"]
    [hosts.win01]
    folder = "/ams"
    tags = { os = "windows", criticality = "prod" }
    parents = ["web01"]
    services = ["CPU"]
"#;

fn site() -> Site {
    let site = Site::new();
    site.inventory(INVENTORY);
    site
}

/// The targets that a selection comes to.
fn selected(site: &Site, selection: &str) -> Vec<String> {
    let downtime = site.json(&format!("schedule {selection} -m a --for 1h --dry-run -o json"));
    let name = |target: &serde_json::Value| match target["service"].as_str() {
        Some(service) => format!("{}/{service}", target["host"].as_str().unwrap()),
        None => target["host"].as_str().unwrap().to_owned(),
    };
    downtime["targets"].as_array().unwrap().iter().map(name).collect()
}

#[test]
fn selectors_narrow_every_host_or_the_targets_named() {
    let site = site();
    assert_eq!(selected(&site, "--tag criticality=prod --tag os!=windows"), ["web01"]);
    assert_eq!(selected(&site, "--folder /ams"), ["web01", "win01"]);
    assert_eq!(selected(&site, "'w*' --label team=shop --group web"), ["web01"]);
    assert_eq!(selected(&site, "--tag os=linux,windows --service CPU"), ["web01/CPU", "win01/CPU"]);
    assert_eq!(selected(&site, "'*/HTTP' --on-host"), ["web01"]);
    assert_eq!(selected(&site, "sw1 --children"), ["sw1", "web01"]);
    assert_eq!(selected(&site, "web01 --children --recursive"), ["web01", "win01"]);
}

#[test]
fn what_comes_to_every_host_needs_to_be_meant() {
    let site = site();
    assert_snapshot!(site.run("schedule -m a --for 1h"), @"
    ! error: no target and no selector is given
    ! hint: name a host, or add --everything if you mean every host of the inventory
    exit 3
    ");
    assert_snapshot!(site.run("schedule sw1 --children --recursive -m a --for 1h"), @"
    ! error: that is every one of the 3 hosts of the inventory
    ! hint: if that is what you mean, add --everything
    exit 3
    ");
    assert_eq!(selected(&site, "--everything"), ["sw1", "web01", "win01"]);
}

#[test]
fn a_selection_that_leaves_nothing_is_refused() {
    let site = site();
    for line in ["schedule --tag os=plan9 -m a --for 1h", "check --group nobody", "report --folder /nowhere"] {
        assert_eq!(site.run(line).code, if line.starts_with("schedule") { 4 } else { 5 }, "{line}: no store yet");
    }
    site.ok("schedule web01 -m a --for 1h");
    for line in ["check --group nobody", "report --folder /nowhere --range today"] {
        assert_eq!(site.run(line).code, 4, "{line}");
    }
    assert_eq!(site.run("schedule --tag os -m a --for 1h").code, 2);
    assert_eq!(site.run("schedule web01 --recursive -m a --for 1h").code, 2, "of what?");
}

#[test]
fn check_and_report_take_them_too() {
    let site = site();
    site.ok("schedule --tag criticality=prod -m a --for 1h");
    assert_eq!(site.run("check --tag criticality=prod -q").code, 0);
    assert_eq!(site.run("check --folder /ams --children -q").code, 0);
    assert_eq!(site.run("check sw1 --children -q").code, 1);
    assert!(site.run("check").to_string().contains("no target and no selector is given"));
    let report = site.json("report --folder /ams --service CPU --range last-24h -o json");
    assert_eq!(report["objects"].as_array().unwrap().len(), 2);
}

#[test]
fn doctor_points_out_odd_parents_and_they_stay_usable() {
    let site = Site::new();
    site.inventory(
        "[hosts.a]\nparents = ['b']\n[hosts.b]\nparents = ['a']\n[hosts.sw1]\n[hosts.c]\nparents = ['sw2']\n",
    );
    site.ok("schedule a --children --recursive -m 'a ring' --for 1h");
    let doctor = site.ok("doctor");
    assert!(doctor.contains("the parent `sw2` of host `c` is not declared; did you mean `sw1`?"), "{doctor}");
    assert!(doctor.contains("hosts are their own ancestors: a, b"), "{doctor}");
}

const OWN: &str = r#"
    [hosts.db01]
    folder = "/ams"
    tags = { criticality = "prod" }
    [hosts.db01.services.SQL]
    [hosts.db01.services.Backup]
    groups = ["nightly"]
    folder = "/backup"
    tags = { criticality = "test" }
    [hosts.web01]
    tags = { criticality = "prod" }
    services = ["HTTP"]
"#;

#[test]
fn a_service_that_sets_its_own_is_meant_by_that_and_its_host_is_not() {
    let site = Site::new();
    site.inventory(OWN);
    assert_snapshot!(site.run("schedule --group nightly -m 'new tape library' --for 1h"), @"
    Scheduled downtime 1: db01/Backup
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    for selection in ["--tag criticality=test", "--folder /backup", "--group nightly --service 'B*'"] {
        assert_eq!(selected(&site, selection), ["db01/Backup"], "{selection}");
    }
    assert_eq!(selected(&site, "--group nightly --on-host"), ["db01"]);
    assert_eq!(selected(&site, "--tag criticality=prod --everything"), ["db01", "web01"]);
    assert_eq!(selected(&site, "--tag criticality=prod --service '*'"), ["db01/SQL", "web01/HTTP"]);
    assert_eq!(site.run("check --group nightly -q").code, 0);
    assert_eq!(site.run("check --tag criticality=prod -q").code, 1);
    assert!(site.ok("list --group nightly").contains("db01/Backup"));
}

#[test]
fn a_selector_that_fits_nothing_declared_is_told_with_what_may_be_meant() {
    let site = site();
    for (selection, expected) in [
        ("--tag critcality=prod", "nothing has a tag `critcality`"),
        ("--tag os=linus", "nothing has the tag os=linus"),
        ("--label os=linux", "nothing has a label `os`"),
        ("--group wbe", "there is no group `wbe`"),
        ("--folder /asm", "there is no folder `/asm`"),
    ] {
        let run = site.run(&format!("schedule {selection} -m a --for 1h"));
        assert!(run.code == 4 && run.stderr.contains(expected), "{run}");
    }
    assert_snapshot!(site.run("schedule --tag os=linus,widnows --folder /asm -m a --for 1h"), @"
    ! error: nothing has the tag os=linus,widnows; there is no folder `/asm`
    ! hint: did you mean --tag os=linux,windows?
    ! hint: the top folders are /ams
    exit 4
    ");
    assert_snapshot!(site.run("schedule 'w*' --tag crit!=prod --tag os=linux,widnows -m a --for 1h --dry-run"), @"
    Would schedule, and did not:
      web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: nothing has a tag `crit`; did you mean --tag 'criticality!=prod'?
    ! note: nothing has the tag os=widnows; did you mean --tag os=linux,windows?
    ");
    site.ok("schedule web01 -m a --for 1h");
    for (line, code) in [("list", 4), ("history", 4), ("check", 4), ("report", 4), ("delete -y", 1)] {
        let run = site.run(&format!("{line} --group wbe"));
        assert!(run.code == code && run.stderr.contains("there is no group `wbe`"), "{line}: {run}");
    }
    assert_snapshot!(site.run("list --label team!=mail"), @"
    id  state   targets  start (CEST)          end                   left  author  comment
    1   active  web01    Sat 2026-10-24 20:00  Sat 2026-10-24 21:00  1h    ops     a
    ! note: nothing has the label team=mail; values of the label `team` are shop
    ");
}
