//! `inventory list|show|check|tree`.

use insta::assert_snapshot;

use crate::common::{Site, golden};

const DECLARED: &str = r#"
[hosts.sw-ams-1]
folder = "/ams"

[hosts.web01]
alias = "shop front end"
folder = "/ams/dmz"
tags = { criticality = "prod", os = "linux" }
labels = { team = "shop" }
groups = ["web"]
parents = ["sw-ams-1"]
service_period = "office"
services = ["HTTP", "Filesystem /var"]

[hosts.db01]
folder = "/ams"
tags = { os = "aix", criticality = "prod" }
groups = ["db"]
parents = ["sw-ams-1", "sw-ams-2"]

[hosts.db01.services."Backup"]
tags = { criticality = "test" }
groups = ["nightly"]
"#;

fn site() -> Site {
    let site = Site::new();
    site.inventory(DECLARED);
    site
}

#[test]
fn hosts_are_listed_with_what_is_declared_about_them() {
    let site = site();
    assert_snapshot!(site.run("inventory list"), @"
    host      alias           folder    tags                        labels     groups  parents             services
    db01                      /ams      criticality=prod, os=aix               db      sw-ams-1, sw-ams-2  1
    sw-ams-1                  /ams                                                                         0
    web01     shop front end  /ams/dmz  criticality=prod, os=linux  team=shop  web     sw-ams-1            2
    ");
    assert_snapshot!(site.run("inventory list --tag criticality=prod -q"), @"
    db01
    web01
    ");
    assert_snapshot!(site.run("inventory list --group nightly"), @"
    object       folder  tags                      groups
    db01/Backup  /ams    criticality=test, os=aix  nightly, db
    ");
    assert_snapshot!(site.run("inventory list 'web*/*' -o csv"), @r#"
    host,service,alias,folder,tags,labels,groups,parents,services
    web01,Filesystem /var,,/ams/dmz,"criticality=prod, os=linux",team=shop,web,,
    web01,HTTP,,/ams/dmz,"criticality=prod, os=linux",team=shop,web,,
    "#);
    golden("inventory-list", &site.ok("inventory list web01 db01/Backup -o json"));
    assert_eq!(site.fingerprint().len(), 1, "not even a store was begun");
    assert_snapshot!(site.run("inventory list web02"), @"
    ! error: there is no host `web02`
    ! hint: did you mean web01?
    exit 4
    ");
    assert_snapshot!(Site::new().run("inventory list"), @"No host is declared; declare one in inventory.toml as [hosts.web01].");
}

#[test]
fn an_object_is_shown_with_what_it_has_from_its_host_and_where_it_is_declared() {
    let site = site();
    assert_snapshot!(site.run("inventory show web01"), @"
    Host web01
      alias                shop front end
      folder               /ams/dmz
      tags                 criticality=prod, os=linux
      labels               team=shop
      groups               web
      parents              sw-ams-1
      service period       office
      services             HTTP, Filesystem /var
      declared at          inventory.toml:5:8
    ");
    assert_snapshot!(site.run("inventory show db01/Backup"), @"
    Service db01/Backup
      folder               /ams  (from its host)
      tags                 criticality=test
      tags                 os=aix  (from its host)
      groups               nightly
      groups               db  (from its host)
      declared at          inventory.toml:21:22
    ");
    golden("inventory-show", &site.ok("inventory show db01/Backup -o json"));
    assert_snapshot!(site.run("inventory show db01/Bakcup"), @"
    ! error: `db01/Bakcup` is not declared in the inventory
    ! hint: did you mean db01/Backup?
    exit 4
    ");
    assert_snapshot!(site.run("inventory show sw-ams-2"), @"
    ! error: `sw-ams-2` is not declared in the inventory
    ! hint: did you mean sw-ams-1?
    exit 4
    ");
}

#[test]
fn the_tree_of_parents_is_drawn() {
    let site = site();
    assert_snapshot!(site.run("inventory tree"), @"
    sw-ams-1
    ├── db01
    └── web01
    sw-ams-2  (not declared)
    └── db01  (see above)
    ");
    assert_snapshot!(site.run("inventory tree db01"), @"db01");
    golden("inventory-tree", &site.ok("inventory tree sw-ams-1 -o json"));
    site.inventory("[hosts.a]\nparents = ['c']\n[hosts.b]\nparents = ['a']\n[hosts.c]\nparents = ['b']\n[hosts.d]\nparents = ['d']\n");
    assert_snapshot!(site.run("inventory tree"), @"
    a
    └── b
        └── c
            └── a  (a ring)
    d
    └── d  (a ring)
    ");
    assert_snapshot!(Site::new().run("inventory tree"), @"No host is declared; declare one in inventory.toml as [hosts.web01].");
}

#[test]
fn a_sound_inventory_is_counted_and_what_is_odd_pointed_out() {
    let site = site();
    assert_snapshot!(site.run("inventory check"), @"
    inventory.toml:19:24: warning: the parent `sw-ams-2` of host `db01` is not declared; did you mean `sw-ams-1`?
    3 hosts, 3 services in 1 file, 1 warning
    ");
    assert_snapshot!(site.run("inventory check -q"), @"");
    golden("inventory-check", &site.ok("inventory check -o json"));
    assert_snapshot!(Site::new().run("inventory check"), @"
    ! error: there is no store in STORE
    ! hint: begin one with `downtime init`, or name another with --store DIR
    exit 5
    ");
}

#[test]
fn every_mistake_is_told_with_its_place_even_where_an_earlier_revision_is_in_force() {
    let site = site();
    site.ok("schedule web01 -m 'so that there is a good revision' --for 1h");
    site.inventory(
        "[hosts.web01]\nfoldr = '/ams'\nservices = 3\n\n[hosts.'a/b']\n[hosts.web02]\nparents = ['web02']\n",
    );
    site.write("inventory.d/more.toml", "[hosts.web02]\ntags = { os = 1 }\n");
    let run = site.run("inventory check");
    assert_eq!(run.code, 5);
    assert_snapshot!(run, @"
    inventory.toml:2:1: error: unknown key `foldr` of host `web01`; did you mean `folder`?
    inventory.toml:3:12: error: `services` of host `web01` is an integer, not a list of names or a table with an entry for each
    inventory.toml:5:8: error: a host's name holds no `/`, and `a/b` does
    inventory.d/more.toml:1:8: error: host `web02` is declared at inventory.toml:6:8 already
    inventory.d/more.toml:2:15: error: `tags.os` of host `web02` is an integer, not a text in quotes
    ! error: there are 5 mistakes in the inventory
    ! hint: until it is corrected, the last good revision stays in force, if there is one
    exit 5
    ");
    let json: serde_json::Value = serde_json::from_str(&site.run("inventory check -o json").stdout).unwrap();
    assert_eq!(json["errors"].as_array().unwrap().len(), 5);
    site.write("new.toml", "[hosts.web09]\n");
    let path = site.store().join("new.toml").display().to_string();
    assert_snapshot!(site.run(&format!("inventory check '{path}'")), @"1 host, 0 services in 1 file, 0 warnings");
    assert_snapshot!(site.run("inventory check nothing.toml"), @"
    ! error: cannot read nothing.toml: No such file or directory (os error 2)
    ! hint: check the path
    exit 5
    ");
}

#[test]
fn what_only_a_log_names_is_not_declared() {
    let site = site();
    let log = "[1793487600] HOST ALERT: web77;UP;HARD;1;fine\n";
    std::fs::write(site.root().join("nagios.log"), log).unwrap();
    site.ok("import nagios.log -q");
    assert_eq!(site.ok("inventory list 'web*' -q"), "web01\n");
    assert_eq!(site.run("inventory list web77").code, 4);
    assert_eq!(site.run("inventory show web77").code, 4);
    assert_eq!(site.run("inventory tree web77").code, 4);
}

#[test]
fn the_examples_in_the_file_that_init_makes_are_good_ones() {
    let site = Site::new();
    site.ok("init");
    let made = std::fs::read_to_string(site.store().join("inventory.toml")).unwrap();
    let examples = made.lines().skip(2).map(|line| line.trim_start_matches("# ").to_owned() + "\n");
    site.inventory(&examples.collect::<String>());
    assert_snapshot!(site.run("inventory check"), @"
    inventory.toml:8:12: warning: the parent `sw-ams-1` of host `web01` is not declared
    3 hosts, 4 services in 1 file, 1 warning
    ");
}
