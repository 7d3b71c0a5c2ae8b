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
