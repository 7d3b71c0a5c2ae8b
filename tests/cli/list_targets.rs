//! `list`: the filters on targets.

use insta::assert_snapshot;

use crate::common::Site;

const INVENTORY: &str = r#"
    [hosts.sw1]
    services = ["PING"]
    [hosts.web01]
    folder = "/ams/dmz"
    tags = { os = "linux", criticality = "prod" }
    labels = { team = "shop" }
    groups = ["web"]
    parents = ["sw1"]
    services = ["HTTP", "CPU"]
    [hosts.web02]
    folder = "/ams"
    tags = { os = "windows", criticality = "test" }
    groups = ["web"]
    parents = ["web01"]
    services = ["HTTP", "Update Windows"]
"#;

/// Downtimes of 1: web01 and web02, 2: web01/HTTP, 3: web02/HTTP and web02/Update Windows, 4: sw1.
fn site() -> Site {
    let site = Site::new();
    site.inventory(INVENTORY);
    site.ok("schedule web01 web02 -m 'kernel update' --for 2h");
    site.ok("schedule web01/HTTP -m certificate --for 1h");
    site.ok("schedule 'web02/*' -m patches --for 1h");
    site.ok("schedule sw1 -m 'new switch' --for 1h");
    site
}

/// The ids that a line lists, in order of number.
fn ids(site: &Site, filter: &str) -> Vec<String> {
    let mut ids: Vec<String> = site.ok(&format!("list -q {filter}")).lines().map(str::to_owned).collect();
    ids.sort();
    ids
}

#[test]
fn a_host_is_meant_with_its_services() {
    let site = site();
    assert_eq!(ids(&site, "--host web01"), ["1", "2"]);
    assert_eq!(ids(&site, "--host 'web*'"), ["1", "2", "3"]);
    assert_eq!(ids(&site, "--host '~^(sw|web02)'"), ["1", "3", "4"]);
    assert_eq!(ids(&site, "--host web02 --host sw1"), ["1", "3", "4"], "repeats are alternatives");
}

#[test]
fn service_is_a_pattern_of_service_names() {
    let site = site();
    assert_eq!(ids(&site, "--service HTTP"), ["2", "3"]);
    assert_eq!(ids(&site, "--service 'Update*' --service PING"), ["3"]);
    assert_eq!(ids(&site, "--service HTTP --host web01"), ["2"]);
    assert_eq!(ids(&site, "web02 --service HTTP"), ["3"], "of the host named");
}

#[test]
fn filters_on_targets_must_hold_for_one_target_together() {
    let site = site();
    assert_eq!(ids(&site, "web01 --host web02"), [""; 0], "although downtime 1 has both");
    assert_eq!(ids(&site, "'web02/*' --host web02"), ["3"]);
}

#[test]
fn inherited_adds_the_downtimes_of_the_hosts_of_services() {
    let site = site();
    assert_eq!(ids(&site, "web01/HTTP"), ["2"]);
    assert_eq!(ids(&site, "web01/HTTP --inherited"), ["1", "2"]);
    assert_eq!(ids(&site, "'*/PING' --inherited"), ["4"], "although no downtime is of a service PING");
    assert_eq!(ids(&site, "--service 'Update*' --inherited"), ["1", "3"]);
    assert_eq!(ids(&site, "--service PING --inherited"), ["4"]);
    assert_eq!(ids(&site, "web01 --inherited"), ["1"], "a host inherits nothing");
    let bare = Site::new();
    bare.ok("schedule web01 -m a --for 1h");
    assert_eq!(ids(&bare, "web01/HTTP --inherited"), ["1"], "without an inventory too");
}

#[test]
fn a_service_that_its_host_covers_is_pointed_out() {
    let site = site();
    site.ok("schedule web02 -m 'yet another' --start 22:00 --for 1h");
    assert_snapshot!(site.run("list web01/HTTP"), @"
    id  state   targets     start (CEST)          end                   left  author  comment
    2   active  web01/HTTP  Sat 2026-10-24 20:00  Sat 2026-10-24 21:00  1h    ops     certificate
    ! note: downtime 1 of web01 covers it; add --inherited
    ");
    assert_snapshot!(site.run("list web02/HTTP web01/CPU -o csv"), @r#"
    id,state,targets,start,end,left,author,repeats,name,comment,ended_at
    3,active,"web02/HTTP, web02/Update Windows",2026-10-24T20:00:00+02:00,2026-10-24T21:00:00+02:00,1h,ops,,,patches,
    ! note: downtime 1 of web01 covers web01/CPU; add --inherited
    ! note: downtimes 1, 5 of web02 cover web02/HTTP; add --inherited
    "#);
    assert_eq!(site.run("list web01/HTTP --inherited").stderr, "");
    assert_eq!(site.run("list web01/HTTP -q").stderr, "");
    assert_eq!(site.run("list web01/HTTP --comment certificate").stderr, "", "not what is filtered out");
    site.ok("delete 1");
    assert_eq!(site.run("list web01/HTTP").stderr, "", "not what is over");
}

#[test]
fn selectors_look_at_what_is_declared_of_hosts_and_services() {
    let site = site();
    assert_eq!(ids(&site, "--tag criticality=prod"), ["1", "2"], "with the services of the host");
    assert_eq!(ids(&site, "--tag os!=linux"), ["1", "3", "4"]);
    assert_eq!(ids(&site, "--label team=shop"), ["1", "2"]);
    assert_eq!(ids(&site, "--group web"), ["1", "2", "3"]);
    assert_eq!(ids(&site, "--folder /ams --tag os=windows"), ["1", "3"]);
    assert_eq!(ids(&site, "--tag os=windows --service HTTP"), ["3"]);
    assert_eq!(ids(&site, "--group web --host sw1"), [""; 0]);
    assert_eq!(ids(&site, "'web*' --tag os=windows"), ["1"], "of the hosts named, not their services");
}

#[test]
fn on_host_means_the_hosts_of_the_services() {
    let site = site();
    assert_eq!(ids(&site, "--service PING --on-host"), ["4"]);
    assert_eq!(ids(&site, "web01/HTTP --on-host"), ["1"]);
}

#[test]
fn children_are_added_to_the_hosts_that_are_meant() {
    let site = site();
    assert_eq!(ids(&site, "sw1 --children"), ["1", "4"]);
    assert_eq!(ids(&site, "--host sw1 --children"), ["1", "2", "4"], "with services, as --host means them");
    assert_eq!(ids(&site, "--host sw1 --children --recursive"), ["1", "2", "3", "4"]);
    assert_eq!(ids(&site, "sw1 --children --recursive --service 'Update*'"), ["3"]);
    assert_eq!(site.run("list --recursive").code, 2);
}

#[test]
fn what_is_no_longer_declared_is_found_by_name_and_not_by_selectors() {
    let site = site();
    site.ok("schedule gone01 -m 'to be scrapped' --for 1h --unknown-ok");
    assert_eq!(ids(&site, "gone01"), ["5"]);
    assert_eq!(ids(&site, "--host gone01"), ["5"]);
    assert_eq!(ids(&site, "--host 'gone*'"), ["5"]);
    assert_eq!(ids(&site, "--tag os!=linux"), ["1", "3", "4"]);
}

#[test]
fn selectors_that_select_no_object_are_refused() {
    let site = site();
    for filter in ["--tag os=plan9", "--group nobody", "--folder /nowhere", "--service http", "web01 --service PING"] {
        let run = site.run(&format!("list {filter}"));
        assert_eq!(run.code, 4, "{filter}: {run}");
    }
    site.ok("delete 4");
    assert_snapshot!(site.run("list --service PING"), @"No downtime that matches is active or to come.");
    assert_snapshot!(site.run("list --group nobody"), @"
    ! error: there is no group `nobody`
    ! hint: groups are web
    exit 4
    ");
}

#[test]
fn states_are_those_of_the_targets_that_are_meant() {
    let site = site();
    site.ok("delete 1 --target web01");
    assert_eq!(ids(&site, "--host web01"), ["2"], "downtime 1 goes on without it");
    assert_eq!(ids(&site, "--host web02"), ["1", "3"]);
    assert_eq!(ids(&site, "--host web01 --state ended"), ["1"]);
    assert_eq!(ids(&site, "--host web01 --state active"), ["2"]);
    assert_eq!(ids(&site, "--state active"), ["1", "2", "3", "4"]);
}

#[test]
fn targets_that_are_meant_are_named_first() {
    let site = Site::new();
    site.ok("schedule a b c d -m 'all of them' --for 1h");
    assert_snapshot!(site.run("list --host d"), @"
    id  state   targets       start (CEST)          end                   left  author  comment
    1   active  d and 3 more  Sat 2026-10-24 20:00  Sat 2026-10-24 21:00  1h    ops     all of them
    ");
}
