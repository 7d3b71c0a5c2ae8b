//! `delete` by filters.

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::Site;

/// At 20:30: 1 of ops on web01, web01/HTTP and db01; 2 of ops on web01, from 23:00; 3 of kim on web02 and db01/Backup; 4
/// over.
fn site() -> Site {
    let mut site = Site::new();
    site.inventory(
        "[hosts.web01]\ngroups = ['web']\nservices = ['HTTP']\n[hosts.web02]\ngroups = ['web']\n\
         [hosts.db01]\nservices = ['Backup']\n[hosts.mail01]\n",
    );
    site.ok("schedule web01 web01/HTTP db01 -m 'kernel update' --for 2h");
    site.ok("schedule web01 -m 'storage move' --start 23:00 --for 2h --name move --key move-it");
    site.ok("--as kim schedule web02 db01/Backup -m 'kernel again' --for 3h");
    site.ok("schedule mail01 -m 'short one' --for 10m");
    site.at("2026-10-24T18:30:00Z");
    site
}

/// `id:state` of each downtime, and the targets still open.
fn standing(site: &Site) -> Vec<String> {
    let open = |target: &&Value| ["active", "scheduled"].contains(&target["state"].as_str().unwrap());
    let name = |target: &Value| match target["service"].as_str() {
        Some(service) => format!("{}/{service}", target["host"].as_str().unwrap()),
        None => target["host"].as_str().unwrap().to_owned(),
    };
    let row = |downtime: &Value| {
        let targets: Vec<String> = downtime["targets"].as_array().unwrap().iter().filter(open).map(name).collect();
        let text = format!(
            "{} {} {}",
            downtime["id"].as_str().unwrap(),
            downtime["state"].as_str().unwrap(),
            targets.join(" ")
        );
        text.trim_end().to_owned()
    };
    let mut rows: Vec<String> = site.json("list --all -o json").as_array().unwrap().iter().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn by_host_downtimes_let_go_of_the_host_and_its_services_alone() {
    let site = site();
    assert_snapshot!(site.run("delete --host web01 --yes"), @"
    Downtime 1 lets go of web01, web01/HTTP
      web01 is in no other downtime
      web01/HTTP is in no other downtime
    Cancelled downtime 2: web01
      web01 is in no other downtime
    ");
    assert_eq!(
        standing(&site),
        ["1 active db01", "2 cancelled", "3 active db01/Backup web02", "4 completed"],
        "one that has none left is cancelled, or ended"
    );
}

#[test]
fn by_service_downtimes_let_go_of_the_matching_services_alone() {
    let site = site();
    assert_snapshot!(site.run("delete --service HTTP --service 'Back*' -y"), @"
    Downtime 1 lets go of web01/HTTP
      web01/HTTP is still held by downtime 1 until Sat 2026-10-24 22:00 CEST
    Downtime 3 lets go of db01/Backup
      db01/Backup is still held by downtime 1 until Sat 2026-10-24 22:00 CEST
    ");
    assert_eq!(standing(&site), ["1 active db01 web01", "2 scheduled web01", "3 active web02", "4 completed"]);
}

#[test]
fn by_selector_downtimes_let_go_of_what_is_selected_alone() {
    let site = site();
    site.ok("delete --group web -y");
    assert_eq!(standing(&site), ["1 active db01", "2 cancelled", "3 active db01/Backup", "4 completed"]);
}

#[test]
fn whole_takes_the_whole_downtimes() {
    let site = site();
    site.ok("delete --host web01 --whole -y");
    assert_eq!(standing(&site), ["1 completed", "2 cancelled", "3 active db01/Backup web02", "4 completed"]);
}

#[test]
fn filters_are_a_conjunction() {
    let site = site();
    site.ok("delete --host web01 --host db01 --comment KERNEL --author kim -y");
    assert_eq!(
        standing(&site),
        ["1 active db01 web01 web01/HTTP", "2 scheduled web01", "3 active web02", "4 completed"]
    );
}

#[test]
fn filters_that_look_at_no_target_are_filters_enough() {
    for (filter, left) in [
        ("--mine", "3"),
        ("--author kim", "1 2"),
        ("--comment storage", "1 3"),
        ("--name move", "1 3"),
        ("--key move-it", "1 3"),
        ("--state scheduled", "1 3"),
        ("--within 3h", "1 3"),
        ("--from 23:30 --until 23:31", "1 3"),
    ] {
        let site = site();
        site.ok(&format!("delete {filter} -y"));
        let mut ids: Vec<String> = site.ok("list -q").lines().map(str::to_owned).collect();
        ids.sort();
        assert_eq!(ids.join(" "), left, "{filter}");
    }
}

#[test]
fn a_filter_that_matches_nothing_is_a_no() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("delete --host mail02 --yes"), @"
    ! error: no open downtime matches
    ! hint: did you mean --host mail01?
    exit 1
    ");
    assert_snapshot!(site.run("delete --author nobody -y -o json"), @r#"
    ! {"error":{"exit":1,"kind":"nothing_matched","message":"no open downtime matches","hint":"see `downtime list`, which takes the same filters"}}
    exit 1
    "#);
    assert_snapshot!(site.run("delete --group nobody -y"), @"
    ! note: there is no group `nobody`; groups are web
    ! error: no open downtime matches
    ! hint: see `downtime list`, which takes the same filters
    exit 1
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn only_what_is_open_matches() {
    let site = site();
    assert_snapshot!(site.run("delete --comment short -y"), @"
    ! error: no open downtime matches
    ! hint: what matches is over already; see `downtime list --all`, which takes the same filters
    exit 1
    ");
    assert_eq!(site.run("delete --state ended -y").code, 1);
    assert_eq!(site.run("delete --ended-within 1h -y").code, 1);
    site.ok("delete 1 --target web01");
    site.ok("delete --host web01 --comment kernel -y");
    assert_eq!(standing(&site)[0], "1 active db01", "web01 is not let go of twice");
}

#[test]
fn nothing_given_or_every_host_needs_to_be_meant() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("delete -y"), @"
    ! error: no id and no filter is given
    ! hint: name an id, or a filter such as --host web01; add --everything if you mean every downtime
    exit 3
    ");
    assert_snapshot!(site.run("delete --host '*' -y"), @"
    ! error: that is every one of the 4 hosts of the inventory
    ! hint: if that is what you mean, add --everything
    exit 3
    ");
    assert_snapshot!(site.run("delete --host '~' -o json"), @r#"
    ! {"error":{"exit":3,"kind":"everything","message":"that is every one of the 4 hosts of the inventory","hint":"if that is what you mean, add --everything"}}
    exit 3
    "#);
    assert_eq!(site.run("delete --inherited -y").code, 3, "which filters nothing");
    assert_eq!(site.run("delete --tag os!=plan9 -y").code, 3);
    assert_eq!(site.run("delete --host '*' --dry-run").code, 3, "as it would be");
    assert_eq!(site.fingerprint(), before);
    site.ok("delete --host '*' --service HTTP -y");
    assert_eq!(standing(&site)[0], "1 active db01 web01", "services are not hosts");
    site.ok("delete --host '*' --everything --author kim -y");
    assert_eq!(standing(&site)[2], "3 completed");
    site.ok("delete --everything --yes");
    assert_eq!(site.ok("list -q"), "");
}

#[test]
fn without_an_inventory_any_host_at_all_needs_to_be_meant() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    assert_eq!(site.run("delete --host '*' -y").code, 3);
    assert_eq!(site.run("delete --host 'web*' --dry-run").code, 0);
    site.inventory("[hosts.web01]\n");
    assert_eq!(site.run("delete --host 'web*' --dry-run").code, 3);
    assert_eq!(site.run("delete --host web01 --dry-run").code, 0, "named in full");
}

#[test]
fn what_is_over_already_is_no_error_if_so_asked() {
    let site = site();
    assert_snapshot!(site.run("delete 4 --if-open"), @"Unchanged: downtime 4 ended Sat 2026-10-24 20:10 CEST");
    let told = site.json("delete 4 3 --if-open -o json");
    assert_eq!((told["changed"][0]["id"].as_str(), told["unchanged"][0]["id"].as_str()), (Some("3"), Some("4")));
    assert_eq!(site.json("delete 4 --if-open -o json")["operation"], Value::Null);
    site.ok("delete 1 --target web01");
    assert_snapshot!(site.run("delete 1 --target web01 --if-open"), @"Unchanged: downtime 1 no longer holds web01");
    assert_snapshot!(site.run("delete --comment short --if-open -y"), @"Unchanged: downtime 4 ended Sat 2026-10-24 20:10 CEST");
    assert_snapshot!(site.run("delete --host web01 --comment kernel --if-open -y"), @"
    Downtime 1 lets go of web01/HTTP
      web01/HTTP is in no other downtime
    ");
    assert_snapshot!(site.run("delete --host web01 --comment kernel --if-open -y"), @"Unchanged: downtime 1 no longer holds web01, web01/HTTP");
    assert_eq!(site.run("delete --comment nowhere --if-open -y").code, 1);
    assert_eq!(site.run("delete 9 --if-open").code, 4);
}

#[test]
fn what_goes_in_the_same_command_holds_nothing_any_more() {
    let site = site();
    site.ok("schedule web01 -m 'a third' --for 1h");
    assert_snapshot!(site.run("delete 1 5"), @"
    Ended downtime 1: db01, web01, web01/HTTP
      db01 is in no other downtime
      web01 is in no other downtime
      web01/HTTP is in no other downtime
    Cancelled downtime 5: web01
      web01 is in no other downtime
    ");
    site.ok("undo -y");
    assert_snapshot!(site.run("delete 1"), @"
    Ended downtime 1: db01, web01, web01/HTTP
      db01 is in no other downtime
      web01 is still held by downtime 5 until Sat 2026-10-24 21:30 CEST
      web01/HTTP is still held by downtime 5 until Sat 2026-10-24 21:30 CEST
    ");
}

#[test]
fn a_dry_run_shows_exactly_what_would_happen_and_does_nothing() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("delete --host web01 --dry-run"), @"
    Would have made this change, and did not:
    Downtime 1 lets go of web01, web01/HTTP
      web01 is in no other downtime
      web01/HTTP is in no other downtime
    Cancelled downtime 2: web01
      web01 is in no other downtime
    ");
    assert_snapshot!(site.run("delete 2 3 --dry-run"), @"
    Would have made this change, and did not:
    Cancelled downtime 2: web01
      web01 is in no other downtime
    Ended downtime 3: db01/Backup, web02
      db01/Backup is still held by downtime 1 until Sat 2026-10-24 22:00 CEST
      web02 is in no other downtime
    ");
    let would = site.json("delete --host web01 --dry-run -o json");
    assert_eq!(site.run("delete 4 --dry-run").code, 3);
    assert_eq!(site.fingerprint(), before);
    let mut did = site.json("delete --host web01 -y -o json");
    assert!(did["operation"].is_u64());
    did["operation"] = Value::Null;
    assert_eq!(would, did);
}

#[test]
fn a_dry_run_may_pretend_another_time() {
    let site = Site::real();
    site.ok("schedule web01 -m a --start 2090-01-01 --for 1d");
    let would = site.json("--now '2090-01-01 12:00' delete 1 --dry-run -o json");
    assert_eq!(would["changed"][0]["state"], "completed");
    assert_eq!(site.run("--now '2090-01-01 12:00' delete 1").code, 3);
}

#[test]
fn all_that_matches_is_one_operation_that_can_be_undone() {
    let site = site();
    let before = standing(&site);
    site.ok("delete --host web01 -y");
    site.ok("undo -y");
    assert_eq!(standing(&site), before);
}

#[test]
fn ids_and_filters_do_not_go_together() {
    let site = site();
    assert_snapshot!(site.run("delete 1 --host web01"), @"
    ! error: ids and filters do not go together
    ! hint: leave out either; to let go of some targets of a downtime: downtime delete ID --target web01
    exit 2
    ");
    assert_snapshot!(site.run("delete --target web01"), @"
    ! error: --target is for downtimes named by id
    ! hint: to let go of a host in all downtimes: downtime delete --host web01
    exit 2
    ");
    assert_eq!(site.run("delete 1 --target web01 --whole").code, 2);
}

#[test]
fn many_targets_are_summed_up_and_what_is_still_held_comes_first() {
    let site = Site::new();
    let hosts: Vec<String> = (0..100).map(|number| format!("h{number:02}")).collect();
    site.ok(&format!("schedule {} -m 'a rack' --for 2h -q", hosts.join(" ")));
    site.ok("schedule h97 h98 -m 'two of them' --for 1h -q");
    assert_snapshot!(site.run("delete 1 --dry-run"), @"
    Would have made this change, and did not:
    Cancelled downtime 1: h00, h01, h02, h03, h04, h05 and 94 more
      h00 is in no other downtime
      h01 is in no other downtime
      h02 is in no other downtime
      h03 is in no other downtime
      h04 is in no other downtime
      h05 is in no other downtime
      h06 is in no other downtime
      h07 is in no other downtime
      h08 is in no other downtime
      h09 is in no other downtime
      h10 is in no other downtime
      h11 is in no other downtime
      h12 is in no other downtime
      h13 is in no other downtime
      h14 is in no other downtime
      h15 is in no other downtime
      h16 is in no other downtime
      h17 is in no other downtime
      h97 is still held by downtime 2 until Sat 2026-10-24 21:00 CEST
      h98 is still held by downtime 2 until Sat 2026-10-24 21:00 CEST
      and 80 more are in no other downtime
    ");
    assert_eq!(site.json("delete 1 -o json")["notes"].as_array().unwrap().len(), 100, "JSON has all");
}

#[test]
fn every_host_needs_to_be_meant_beside_other_filters_too() {
    let site = Site::new();
    site.inventory("[hosts.a]\n[hosts.b]\n");
    site.ok("schedule a b -m move --for 2h --everything");
    assert_eq!(site.run("delete --host '*' --mine --yes").code, 3);
    assert_eq!(site.run("delete --mine --yes").code, 0);
}
