//! `list`: the filters on downtimes.

use insta::assert_snapshot;

use crate::common::Site;

/// At 21:00: 1 active until 22:00; 2 from 22:00; 3 ended 20:30; 4 cancelled at 20:00; 5 of kim, active until 21:30; 6 of
/// kim, let go of at 20:15.
fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 -m 'Kernel update' --for 2h");
    site.ok("schedule web02 db01/Backup -m 'new firewall' --start 22:00 --for 3h");
    site.ok("schedule mail01 -m 'short one' --for 30m");
    site.ok("schedule mail02 -m 'taken back' --start 23:00 --for 1h");
    site.ok("delete 4");
    site.act_as("kim");
    site.ok("schedule web01/HTTP -m 'certificate CHG-12%' --for 90m --name cert");
    site.ok("schedule mail03 -m 'kernel again' --for 2h --name 'cert*'");
    site.at("2026-10-24T18:15:00Z");
    site.ok("delete 6");
    site.act_as("ops");
    site.at("2026-10-24T19:00:00Z");
    site
}

fn ids(site: &Site, filter: &str) -> String {
    site.ok(&format!("list -q {filter}")).lines().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_open_shows_by_default() {
    assert_eq!(ids(&site(), ""), "5 1 2");
}

#[test]
fn all_means_every_state() {
    assert_eq!(ids(&site(), "--all"), "5 1 2 3 6 4");
    assert_eq!(ids(&site(), "--all --author kim"), "5 6");
    assert_eq!(ids(&site(), "--all --state active"), "5 1", "unless states are named");
}

#[test]
fn filters_are_a_conjunction_and_repeats_alternatives() {
    let site = site();
    assert_eq!(ids(&site, "--author kim --comment certificate --state active"), "5");
    assert_eq!(ids(&site, "--author kim --comment firewall"), "");
    assert_eq!(ids(&site, "--author kim --author ops"), "5 1 2");
    assert_eq!(ids(&site, "--comment firewall --comment certificate --host 'web*'"), "5 2");
}

#[test]
fn an_author_is_a_name_a_glob_or_a_regex() {
    let site = site();
    assert_eq!(ids(&site, "--author kim"), "5");
    assert_eq!(ids(&site, "--author 'k*'"), "5");
    assert_eq!(ids(&site, "--author '~^(ops|root)$'"), "1 2");
    assert_eq!(ids(&site, "--author Kim"), "", "names are case-sensitive");
    assert_eq!(site.run("list --author '~('").code, 2);
}

#[test]
fn mine_means_whoever_acts() {
    let site = site();
    assert_eq!(ids(&site, "--mine"), "1 2");
    assert_eq!(ids(&site, "--mine --as kim"), "5");
    assert_eq!(ids(&site, "--mine --author kim"), "");
}

#[test]
fn a_name_is_a_name_a_glob_or_a_regex() {
    let site = site();
    assert_eq!(ids(&site, "--name cert"), "5");
    assert_eq!(ids(&site, "--name '~^c' --all"), "5 6");
    assert_eq!(ids(&site, "--name 'cert*' --all"), "5 6");
    assert_eq!(ids(&site, "--name other"), "");
}

#[test]
fn a_key_is_meant_exactly() {
    let site = site();
    site.ok("schedule web05 -m deployment --for 1h --key deploy-web");
    site.ok("schedule db05 -m deployment --for 1h --key deploy-db");
    assert_eq!(ids(&site, "--key deploy-web"), "7");
    assert_eq!(ids(&site, "--key deploy-web --key deploy-db"), "7 8");
    assert_eq!(ids(&site, "--key 'deploy*'"), "", "no pattern");
    assert_eq!(ids(&site, "--key deploy-web --host db05"), "");
    site.ok("delete key:deploy-db");
    assert_eq!(ids(&site, "--key deploy-db"), "");
    assert_eq!(ids(&site, "--key deploy-db --all"), "8");
}

#[test]
fn a_comment_is_text_contained_in_capitals_or_not() {
    let site = site();
    assert_eq!(ids(&site, "--comment KERNEL"), "1");
    assert_eq!(ids(&site, "--comment 'update'"), "1");
    assert_eq!(ids(&site, "--comment 'chg-12%'"), "5", "no pattern");
    assert_eq!(ids(&site, "--comment 'k*'"), "");
    assert_snapshot!(site.run("list --comment ' '"), @"
    ! error: --comment is empty, and every comment holds that
    ! hint: name some text of the comment, or leave --comment out
    exit 2
    ");
}

#[test]
fn within_means_what_starts_within_that_time_from_now() {
    let site = site();
    assert_eq!(ids(&site, "--within 2h"), "2");
    assert_eq!(ids(&site, "--within 1h"), "", "the end is outside");
    assert_eq!(ids(&site, "--within 3601s"), "2");
    assert_eq!(ids(&site, "--now 2026-10-24T22:00 --within 1m"), "2", "what starts now");
    assert_eq!(ids(&site, "--within 1d --all"), "2 4");
    assert_eq!(site.run("list --within soon").code, 2);
}

#[test]
fn ended_within_means_what_is_over_for_less_than_that_time() {
    let site = site();
    assert_eq!(ids(&site, "--ended-within 2h"), "3 6 4");
    assert_eq!(ids(&site, "--ended-within 1h"), "3 6", "a cancelled one ended when it was cancelled");
    assert_eq!(ids(&site, "--ended-within 30m"), "", "half an hour ago is not within it");
    assert_eq!(ids(&site, "--ended-within 31m"), "3");
    assert_eq!(ids(&site, "--ended-within 2h --state cancelled"), "4");
    assert_eq!(ids(&site, "--ended-within 2h --state active"), "");
}

#[test]
fn from_and_until_mean_what_was_or_will_be_in_effect_then() {
    let site = site();
    let day = |filter: &str| ids(&site, &filter.replace('@', "2026-10-24T"));
    assert_eq!(day("--from @20:00 --until @20:10"), "5 1 3 6", "over or not");
    assert_eq!(day("--from @20:15 --until @20:30"), "5 1 3", "let go of at 20:15");
    assert_eq!(day("--from @20:30 --until @20:31"), "5 1", "the end is outside");
    assert_eq!(day("--from @23:00"), "2", "not what was cancelled");
    assert_eq!(day("--from @23:00 --all"), "2 4", "which shows by its window");
    assert_eq!(day("--from @23:00 --state cancelled"), "4");
    assert_eq!(day("--until @20:00"), "");
    assert_eq!(day("--from 22:00 --until 22:01"), "2", "the next 22:00");
    assert_eq!(day("--from yesterday --until today"), "5 1 2 3 6");
    assert_eq!(day("--from @20:00 --until @20:10 --ended-within 40m"), "3");
    assert_snapshot!(site.run("list --from 22:00 --until '2026-10-24 21:00'"), @"
    ! error: Sat 2026-10-24 21:00 CEST is not after Sat 2026-10-24 22:00 CEST
    ! hint: give --from and --until with their dates
    exit 3
    ");
    assert_snapshot!(site.run("list --from tomorrow --until 'mon 6:00' --host nobody"), @"
    No downtime matches.
    ! note: from Sun 2026-10-25 00:00 CEST  (2026-10-24T22:00:00Z)
    ! note: until Mon 2026-10-26 06:00 CET  (2026-10-26T05:00:00Z)
    ");
}

#[test]
fn what_a_downtime_let_go_of_was_in_effect_only_until_then() {
    let mut site = Site::new();
    site.ok("schedule web01 web02 -m a --for 4h");
    site.at("2026-10-24T19:00:00Z");
    site.ok("delete 1 --target web01");
    assert_eq!(ids(&site, "--from 21:30 --until 21:31"), "1");
    assert_eq!(ids(&site, "--from 21:30 --until 21:31 --host web01"), "");
    assert_eq!(ids(&site, "--from '2026-10-24 20:30' --until '2026-10-24 20:31' --host web01"), "1");
}

#[test]
fn the_count_of_what_ended_lately_is_of_what_the_filters_leave() {
    let site = site();
    let last = |line: &str| site.ok(line).lines().last().unwrap_or_default().to_owned();
    assert_eq!(last("list"), "3 ended in the last 24 h");
    assert_eq!(last("list --author kim"), "1 ended in the last 24 h");
    assert_eq!(last("list --host 'mail*' --mine"), "2 ended in the last 24 h");
    assert_eq!(last("list --comment short mail01"), "1 ended in the last 24 h");
    assert_snapshot!(site.run("list --host mail02"), @"
    No downtime that matches is active or to come.
    1 ended in the last 24 h
    ");
    assert!(!site.ok("list --host 'web*'").contains("ended"));
    for other_view in ["--all", "--state active", "--ended-within 2h", "--from today", "--within 2h"] {
        assert!(!site.ok(&format!("list {other_view}")).contains("ended in the last"), "{other_view}");
    }
}
