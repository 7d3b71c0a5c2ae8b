//! Rules and series that nearly hold an object, as `explain` tells of them.

use insta::assert_snapshot;

use crate::common::Site;

/// A store on Sunday 2026-11-22 20:00 in Berlin.
fn site() -> Site {
    let mut site = Site::new();
    site.at("2026-11-22T19:00:00Z");
    site.inventory(
        "[hosts.win1]\ntags = { os = 'windows', stage = 'prod' }\n\
         [hosts.win2]\ntags = { os = 'windows', stage = 'test' }\n\
         [hosts.win3]\ntags = { os = 'windows' }\n\
         [hosts.lab1]\ntags = { os = 'windows', stage = 'prod' }\n\
         [hosts.web1]\ntags = { os = 'linux', stage = 'test' }\nservices = ['HTTP']\n",
    );
    site.write(
        "rules.toml",
        "[[rule]]\nname = 'restart'\ncomment = 'weekly restart'\nstart = '2026-11-22 22:00'\nduration = '10m'\n\
         repeat = 'weekly'\ntimezone = 'Europe/Berlin'\nexcept = ['2026-11-29']\n\
         match = { tags = { os = 'windows', stage = 'prod' }, not = { hosts = ['lab*'] } }\n",
    );
    site.ok("tick");
    site
}

fn why_not(site: &Site, arguments: &str) -> String {
    let told = site.ok(&format!("explain {arguments}"));
    let reasons = told.lines().skip_while(|line| *line != "Why not").skip(1).take_while(|line| *line != "Next");
    reasons.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_one_condition_of_a_rule_in_effect_that_an_object_does_not_meet_is_told() {
    let mut site = site();
    site.at("2026-11-22T21:05:00Z");
    assert_eq!(site.run("check win1").code, 0);
    assert_snapshot!(why_not(&site, "win2"), @"  downtime restart@2026-11-22T22:00 is in effect, but win2 does not meet its condition tag stage=prod (it has tag stage=test): weekly restart");
    assert_snapshot!(why_not(&site, "win3"), @"  downtime restart@2026-11-22T22:00 is in effect, but win3 does not meet its condition tag stage=prod (it has no tag stage): weekly restart");
    assert_snapshot!(why_not(&site, "lab1"), @"  downtime restart@2026-11-22T22:00 is in effect, but lab1 does not meet its condition not (host lab*): weekly restart");
    assert_snapshot!(why_not(&site, "web1/HTTP"), @"  nothing was ever scheduled for it or its host, and nothing in effect comes close");
    let miss = &site.json("explain win2 -o json")["near_misses"][0];
    assert_eq!(miss["reason"], "unmet_condition");
    assert_eq!((&miss["condition"], &miss["instead"]), (&"tag stage=prod".into(), &"tag stage=test".into()));
    site.ok("delete restart@2026-11-22");
    assert_snapshot!(why_not(&site, "win2"), @"  nothing was ever scheduled for it, and nothing in effect comes close");
}

#[test]
fn an_object_is_judged_by_what_was_declared_at_the_time_and_a_service_by_its_host() {
    let mut site = site();
    let declared = std::fs::read_to_string(site.store().join("inventory.toml")).unwrap();
    let own = "services = { HTTP = { tags = { stage = 'prod', os = 'windows' } } }";
    site.inventory(&declared.replace("services = ['HTTP']", own).replace("os = 'linux'", "os = 'windows'"));
    site.ok("tick");
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(why_not(&site, "web1/HTTP"), @"  downtime restart@2026-11-22T22:00 is in effect, but web1 does not meet its condition tag stage=prod (it has tag stage=test): weekly restart");
    site.at("2026-11-23T21:05:00Z");
    site.inventory(&declared.replace("stage = 'test'", "stage = 'prod'"));
    site.ok("tick");
    assert_snapshot!(why_not(&site, "win2 --at '2026-11-22 22:05'"), @"
    downtime restart@2026-11-22T22:00 is in effect, but win2 does not meet its condition tag stage=prod (it has tag stage=test): weekly restart
    downtime restart@2026-12-06T22:00 starts in 13d 23h, Sun 2026-12-06 22:00 CET: weekly restart
    ");
}

#[test]
fn a_rule_that_covers_nobody_and_one_that_was_extended_are_told_while_they_would_be_in_effect() {
    let mut site = site();
    let rules = "[[rule]]\nname = 'restart'\ncomment = 'weekly restart'\nstart = '2026-11-22 22:00'\nduration = '10m'\n\
                 repeat = 'weekly'\ntimezone = 'Europe/Berlin'\nmatch = { tags = { os = 'windows', stage = 'prd' } }\n";
    site.write("rules.toml", rules);
    site.ok("tick");
    site.at("2026-11-22T21:05:00Z");
    assert_snapshot!(why_not(&site, "win1"), @"  downtime restart@2026-11-22T22:00 is in effect, but win1 does not meet its condition tag stage=prd (it has tag stage=prod): weekly restart");
    site.at("2026-11-23T10:00:00Z");
    site.write("rules.toml", &rules.replace("prd", "prod").replace("weekly'", "daily'"));
    site.ok("tick");
    site.at("2026-11-23T21:05:00Z");
    site.ok("extend restart --by 2h");
    site.at("2026-11-23T22:30:00Z");
    assert_eq!(site.run("check win1").code, 0);
    assert_snapshot!(why_not(&site, "win2"), @"  downtime restart@2026-11-23T22:00 is in effect, but win2 does not meet its condition tag stage=prod (it has tag stage=test): weekly restart");
}

#[test]
fn a_host_declared_while_its_rule_is_in_effect_is_told_when_it_is_covered() {
    let mut site = site();
    site.at("2026-11-22T21:02:00Z");
    let declared = std::fs::read_to_string(site.store().join("inventory.toml")).unwrap();
    site.inventory(&(declared + "[hosts.win9]\ntags = { os = 'windows', stage = 'prod' }\n"));
    site.ok("tick");
    site.at("2026-11-22T21:05:00Z");
    assert_eq!(site.run("check win9").code, 1);
    assert_snapshot!(site.run("explain win9"), @"
    win9 is not in downtime
    Why not
      downtime restart@2026-11-22T22:00 is in effect, but began before its rule was for win9: weekly restart
      downtime restart@2026-12-06T22:00 starts in 13d 23h, Sun 2026-12-06 22:00 CET: weekly restart
    Next
      downtime restart@2026-12-06T22:00  Sun 2026-12-06 22:00 CET to Sun 2026-12-06 22:10 CET, in 13d 23h  by rules.toml: weekly restart
    Last
      it never was
    ");
    assert_eq!(site.json("explain win9 -o json")["near_misses"][0]["reason"], "not_yet");
}

#[test]
fn a_day_that_an_exception_leaves_out_is_told() {
    let mut site = site();
    site.ok("schedule web1 -m 'log rotation' --start 22:00 --for 2h --repeat daily --except 2026-11-29");
    site.at("2026-11-29T21:05:00Z");
    assert_snapshot!(site.run("explain web1/HTTP"), @"
    web1/HTTP is not in downtime
    Why not
      downtime 1@2026-11-29T22:00 of web1 is left out by an exception; it would have been from Sun 2026-11-29 22:00 CET to Mon 2026-11-30 00:00 CET: log rotation
      downtime 1@2026-11-28T22:00 of web1 ended 22h 5m ago, Sun 2026-11-29 00:00 CET: log rotation
      downtime 1@2026-11-30T22:00 of web1 starts in 23h 55m, Mon 2026-11-30 22:00 CET: log rotation
    Next
      downtime 1@2026-11-30T22:00 of its host web1  Mon 2026-11-30 22:00 CET to Tue 2026-12-01 00:00 CET, in 23h 55m  by ops: log rotation
    Last
      downtime 1@2026-11-28T22:00 of its host web1  Sat 2026-11-28 22:00 CET to Sun 2026-11-29 00:00 CET, 22h 5m ago  by ops: log rotation
    ");
    assert_snapshot!(why_not(&site, "win1"), @"
    downtime restart@2026-11-29T22:00 is left out by an exception; it would have been from Sun 2026-11-29 22:00 CET to Sun 2026-11-29 22:10 CET: weekly restart
    downtime restart@2026-12-06T22:00 starts in 6d 23h, Sun 2026-12-06 22:00 CET: weekly restart
    downtime restart@2026-11-22T22:00 ended 6d 23h ago, Sun 2026-11-22 22:10 CET: weekly restart
    ");
    assert_snapshot!(why_not(&site, "win2"), @"  nothing was ever scheduled for it, and nothing in effect comes close");
    assert_eq!(site.json("explain win1 -o json")["near_misses"][0]["reason"], "excepted");
    site.ok("delete restart");
    assert_snapshot!(why_not(&site, "win1"), @"
    rule restart is for it and was stopped by ops just then: weekly restart
    downtime restart@2026-11-22T22:00 ended 6d 23h ago, Sun 2026-11-22 22:10 CET: weekly restart
    ");
}
