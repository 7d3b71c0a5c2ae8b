//! Freezes and limits: what `config.toml` stands against, and `--override`.

use insta::assert_snapshot;

use crate::common::Site;

const INVENTORY: &str = r#"
    [hosts.sw1]
    [hosts.web01]
    tags = { criticality = "prod" }
    parents = ["sw1"]
    services = ["HTTP", "CPU"]
    [hosts.web02]
    tags = { criticality = "prod" }
    [hosts.lab01]
    tags = { criticality = "prod" }
    [hosts.db01]
    services = ["Backup"]
"#;

const FREEZE: &str = r#"
    timezone = "Europe/Berlin"
    [[freeze]]
    name = "year end"
    start = "2026-12-20"
    end = "2027-01-03"
    match = { tags = { criticality = "prod" }, not = { hosts = ["lab*"] } }
"#;

const LIMITS: &str = "[limits]\nmax_duration = \"8h\"\nmax_targets = 2\nrequire_ticket = true\n";

fn site(config: &str) -> Site {
    let site = Site::new();
    site.inventory(INVENTORY);
    site.write("config.toml", config);
    site
}

fn code(site: &Site, targets: &str, start: &str, end: &str) -> i32 {
    site.run(&format!("schedule {targets} -m a --start '{start}' --end '{end}'")).code
}

#[test]
fn a_window_that_overlaps_a_freeze_is_refused_and_leaves_nothing_behind() {
    let site = site(FREEZE);
    let before = site.fingerprint();
    assert_snapshot!(site.run("schedule web01 web02 db01 lab01 -m patches --start '2026-12-19 22:00' --for 4h"), @"
    ! error: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the window (Sat 2026-12-19 22:00 CET to Sun 2026-12-20 02:00 CET) by 2h for 2 of 4 targets: web01, web02
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_snapshot!(site.run("schedule web01 -m patches --start '2026-12-24 22:00' --for 4h --dry-run"), @"
    ! error: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the window (Thu 2026-12-24 22:00 CET to Fri 2026-12-25 02:00 CET) by 4h for web01
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_snapshot!(site.run("schedule web01 -m patches --start '2026-12-24 22:00' --for 4h -o json"), @r#"
    ! {"error":{"exit":3,"kind":"freeze","message":"freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the window (Thu 2026-12-24 22:00 CET to Fri 2026-12-25 02:00 CET) by 4h for web01","hint":"if it must be, say why: --override 'REASON'"}}
    exit 3
    "#);
    assert_eq!(site.fingerprint(), before, "not even a store was begun");
}

#[test]
fn a_freeze_is_half_open_and_its_last_day_is_frozen_to_its_end() {
    let site = site(FREEZE);
    assert_eq!(code(&site, "web01", "2026-12-19 22:00", "2026-12-20 00:00"), 0, "up to its start");
    assert_eq!(code(&site, "web01", "2026-12-19 22:00", "2026-12-20 00:00:01"), 3);
    assert_eq!(code(&site, "web01", "2027-01-03 23:59:59", "2027-01-04 01:00"), 3);
    assert_eq!(code(&site, "web01", "2027-01-04 00:00", "2027-01-04 01:00"), 0, "from its end on");
    assert_eq!(code(&site, "web01", "2026-12-01", "2027-02-01"), 3, "around it");
}

#[test]
fn only_what_matches_is_frozen_and_a_host_with_a_frozen_service_is() {
    let in_it = |site: &Site, target: &str| code(site, target, "2026-12-24 10:00", "2026-12-24 11:00");
    let by_tag = site(FREEZE);
    for (target, expected) in [("web01", 3), ("web01/HTTP", 3), ("lab01", 0), ("db01", 0), ("db01/Backup", 0)] {
        assert_eq!(in_it(&by_tag, target), expected, "{target}");
    }
    let freeze = "[[freeze]]\nname = 'a'\nstart = 2026-12-24\nend = 2026-12-24\n";
    let by_service = site(&format!("{freeze}match = {{ services = ['HTTP'] }}\n"));
    for (target, expected) in [("web01/HTTP", 3), ("web01", 3), ("web01/CPU", 0), ("db01", 0)] {
        assert_eq!(in_it(&by_service, target), expected, "{target}");
    }
    assert_eq!(in_it(&by_service, "elsewhere/HTTP --unknown-ok"), 3, "by its name alone");
    let by_children = site(&format!("{freeze}match = {{ hosts = ['sw1'], children = true }}\n"));
    for (target, expected) in [("sw1", 3), ("web01", 3), ("web01/CPU", 3), ("web02", 0)] {
        assert_eq!(in_it(&by_children, target), expected, "{target}");
    }
    let all = site(freeze);
    assert_eq!((in_it(&all, "db01/Backup"), in_it(&all, "elsewhere --unknown-ok")), (3, 3));
}

#[test]
fn a_freeze_may_be_written_as_text_or_as_toml_writes_times() {
    for (start, end) in [
        ("'2026-12-24 18:00'", "'2026-12-24 20:00'"),
        ("'2026-12-24 12:00 America/New_York'", "'2026-12-24T20:00 Europe/Berlin'"),
        ("'2026-12-24T17:00Z'", "@END"),
        ("2026-12-24T18:00:00", "2026-12-24 20:00:00"),
        ("2026-12-24T17:00:00Z", "2026-12-24T20:00:00+01:00"),
    ] {
        let end = end.replace("@END", "'@1798138800'");
        let site = site(&format!("timezone = 'Europe/Berlin'\n[[freeze]]\nname = 'a'\nstart = {start}\nend = {end}\n"));
        assert_eq!(code(&site, "db01", "2026-12-24 17:00", "2026-12-24 18:00"), 0, "{start}");
        assert_eq!(code(&site, "db01", "2026-12-24 18:00", "2026-12-24 18:00:01"), 3, "{start}");
        assert_eq!(code(&site, "db01", "2026-12-24 19:59:59", "2026-12-24 20:01"), 3, "{end}");
        assert_eq!(code(&site, "db01", "2026-12-24 20:00", "2026-12-24 21:00"), 0, "{end}");
    }
}

#[test]
fn civil_times_of_a_freeze_are_the_stores_whatever_the_zone_shown() {
    let site = site("timezone = 'Asia/Tokyo'\n[[freeze]]\nname = 'a'\nstart = 2026-12-24\nend = 2026-12-24\n");
    assert_eq!(code(&site, "db01 --tz UTC", "2026-12-23 14:00", "2026-12-23 15:00"), 0);
    assert_eq!(code(&site, "db01 --tz UTC", "2026-12-23 15:00", "2026-12-23 16:00"), 3);
    site.write("config.toml", "[[freeze]]\nname = 'a'\nstart = 2026-12-24\nend = 2026-12-24\n");
    assert_eq!(code(&site, "db01 --tz UTC", "2026-12-23 15:00", "2026-12-23 16:00"), 0, "else the zone in force");
    assert_eq!(code(&site, "db01 --tz UTC", "2026-12-24 00:00", "2026-12-24 01:00"), 3);
}

#[test]
fn limits_are_refusals_of_their_own() {
    let site = site(LIMITS);
    assert_snapshot!(site.run("schedule web01 web02 db01 -m patches --for 10h"), @"
    ! error: the window is 10h long, and max_duration in config.toml is 8h; there are 3 targets, and max_targets in config.toml is 2; there is no ticket, and require_ticket in config.toml asks for one
    ! hint: name the change that it belongs to: --ticket TICKET
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_snapshot!(site.run("schedule web01 -m patches --for 1h"), @"
    ! error: there is no ticket, and require_ticket in config.toml asks for one
    ! hint: name the change that it belongs to: --ticket TICKET
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_snapshot!(site.run("schedule web01 -m patches --for 9h --ticket CHG-1 -o json"), @r#"
    ! {"error":{"exit":3,"kind":"limits","message":"the window is 9h long, and max_duration in config.toml is 8h","hint":"if it must be, say why: --override 'REASON'"}}
    exit 3
    "#);
    assert_eq!(site.run("schedule web01 db01 -m patches --for 8h --ticket CHG-1").code, 0);
}

#[test]
fn a_freeze_and_a_limit_are_told_together() {
    let site = site(&format!("{FREEZE}{LIMITS}"));
    assert_snapshot!(site.run("schedule web01 -m patches --start 2026-12-24 --for 9h --ticket CHG-1"), @"
    ! error: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the window (Thu 2026-12-24 00:00 CET to Thu 2026-12-24 09:00 CET) by 9h for web01; the window is 9h long, and max_duration in config.toml is 8h
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
}

#[test]
fn a_reason_lifts_both_and_is_recorded_shown_and_told() {
    let site = site(&format!("{FREEZE}{LIMITS}"));
    let line = "schedule web01 -m 'security fix' --start '2026-12-24 22:00' --for 9h --override 'CAB agreed by phone'";
    assert_snapshot!(site.run(&format!("{line} --dry-run")), @"
    Would schedule, and did not:
      web01
      from  Thu 2026-12-24 22:00 CET  (2026-12-24T21:00:00Z)
      until Fri 2026-12-25 07:00 CET  (2026-12-25T06:00:00Z)  9h
    ! note: lifted by --override: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the window (Thu 2026-12-24 22:00 CET to Fri 2026-12-25 07:00 CET) by 9h for web01
    ! note: lifted by --override: the window is 9h long, and max_duration in config.toml is 8h
    ! note: lifted by --override: there is no ticket, and require_ticket in config.toml asks for one
    ");
    assert_snapshot!(site.run(line), @"
    Scheduled downtime 1: web01
      from  Thu 2026-12-24 22:00 CET  (2026-12-24T21:00:00Z)
      until Fri 2026-12-25 07:00 CET  (2026-12-25T06:00:00Z)  9h
    ! note: lifted by --override: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the window (Thu 2026-12-24 22:00 CET to Fri 2026-12-25 07:00 CET) by 9h for web01
    ! note: lifted by --override: the window is 9h long, and max_duration in config.toml is 8h
    ! note: lifted by --override: there is no ticket, and require_ticket in config.toml asks for one
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("show 1"), @"
    Downtime 1: scheduled
      comment     security fix
      name        -
      ticket      -
      start       Thu 2026-12-24 22:00 CET  (2026-12-24T21:00:00Z)
      end         Fri 2026-12-25 07:00 CET  (2026-12-25T06:00:00Z)
      length      9h
      zone        Europe/Berlin
      kind        fixed
      author      ops, Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      override    CAB agreed by phone
    Targets
      scheduled   web01
    Changes
      schedule    Sat 2026-10-24 20:00 CEST  by ops  (operation 2)
    ");
    assert_eq!(site.json("show 1 -o json")["override"], "CAB agreed by phone");
    assert_snapshot!(site.run("history --event scheduled"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  2   scheduled  1           ops     Thu 2026-12-24 22:00 CET to Fri 2026-12-25 07:00 CET: security fix (override: CAB agreed by phone)
    ");
    assert_eq!(site.json("history --event scheduled -o json")[0]["detail"]["override"], "CAB agreed by phone");
}

#[test]
fn a_reason_says_something_and_is_kept_even_if_nothing_stood_against_it() {
    let site = site("");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h --override ' '"), @"
    ! error: the reason of --override is empty
    ! hint: say why it must be, as in --override 'security fix, agreed with CAB'
    exit 3
    ");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h --override 'as agreed'"), @"
    Scheduled downtime 1: web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: nothing stood against it; the reason of --override is kept all the same
    ! note: began a store of pretended time in STORE
    ");
    assert_eq!(site.json("show 1 -o json")["override"], "as agreed");
}

#[test]
fn what_is_running_is_extended_into_a_freeze_with_a_note() {
    let mut site = site(
        "[limits]\nmax_duration = \"8h\"\n[[freeze]]\nname = \"tonight\"\nstart = \"2026-10-24 23:00\"\nend = \"2026-10-25\"\n",
    );
    site.ok("schedule web01 -m patches --for 2h");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("extend 1 --by 30m"), @"
    Extended downtime 1: web01
      until Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)  30m later
    ");
    assert_snapshot!(site.run("extend 1 --by 6h30m"), @"
    Extended downtime 1: web01
      until Sun 2026-10-25 04:00 CET  (2026-10-25T03:00:00Z)  6h 30m later
    ! note: downtime 1: freeze `tonight` (Sat 2026-10-24 23:00 CEST to Mon 2026-10-26 00:00 CET) overlaps the time added (Sat 2026-10-24 22:30 CEST to Sun 2026-10-25 04:00 CET) by 6h for web01; it is running, so that is allowed
    ! note: downtime 1: the window is 9h long, and max_duration in config.toml is 8h; it is running, so that is allowed
    ");
    let told = site.json("extend 1 --by 1h -o json");
    assert_eq!(told["notes"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(site.run("extend 1 --by -6h").stderr, "", "less of it is no trouble");
}

#[test]
fn what_is_to_come_is_extended_into_a_freeze_only_for_a_reason() {
    let site = site(FREEZE);
    site.ok("schedule web01 db01 -m patches --start '2026-12-19 20:00' --for 2h");
    site.ok("schedule db01 -m patches --start '2026-12-19 20:00' --for 2h");
    let before = site.fingerprint();
    assert_snapshot!(site.run("extend 2 1 --by 3h"), @"
    ! error: downtime 1: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Sat 2026-12-19 22:00 CET to Sun 2026-12-20 01:00 CET) by 1h for 1 of 2 targets: web01
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_eq!(site.fingerprint(), before, "all or none");
    assert_eq!(site.run("extend 1 --by 2h").code, 0, "up to its start");
    assert_eq!(site.run("extend 1 --by 1h --override ''").code, 3);
    assert_snapshot!(site.run("extend 1 --by 1h --override 'CAB agreed by phone'"), @"
    Extended downtime 1: db01, web01
      until Sun 2026-12-20 01:00 CET  (2026-12-20T00:00:00Z)  1h later
    ! note: downtime 1: lifted by --override: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Sun 2026-12-20 00:00 CET to Sun 2026-12-20 01:00 CET) by 1h for 1 of 2 targets: web01
    ");
    assert_eq!(site.json("show 1 -o json")["override"], "CAB agreed by phone");
    assert_snapshot!(site.run("history --event extended"), @"
    time (CEST)           op  event     id  target  author  what
    Sat 2026-10-24 20:00  4   extended  1           ops     end Sun 2026-12-20 00:00 CET instead of Sat 2026-12-19 22:00 CET
    Sat 2026-10-24 20:00  5   extended  1           ops     end Sun 2026-12-20 01:00 CET instead of Sun 2026-12-20 00:00 CET (override: CAB agreed by phone)
    ");
    assert_eq!(site.json("history --event extended -o json")[1]["detail"]["override"], "CAB agreed by phone");
    site.ok("undo -y");
    assert_eq!(site.json("show 1 -o json")["override"], serde_json::Value::Null, "as it was");
    site.ok("extend 1 --by 1h --override 'CAB agreed by phone'");
    site.ok("delete 1 --target web01");
    assert_eq!(site.run("extend 1 --by 1h").code, 0, "what is frozen was let go of");
}

#[test]
fn an_edit_is_judged_by_what_it_adds() {
    let mut site = site(&format!("{FREEZE}{LIMITS}"));
    site.ok("schedule db01 web01 -m patches --ticket CHG-1 --start '2026-12-19 20:00' --for 2h");
    site.ok("schedule db01 -m patches --ticket CHG-1 --start '2026-12-24 20:00' --for 2h");
    assert_snapshot!(site.run("edit 1 --start '2026-12-20 20:00' --for 2h"), @"
    ! error: downtime 1: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Sun 2026-12-20 20:00 CET to Sun 2026-12-20 22:00 CET) by 2h for 1 of 2 targets: web01
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_snapshot!(site.run("edit 2 --add-target web02"), @"
    ! error: downtime 2: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Thu 2026-12-24 20:00 CET to Thu 2026-12-24 22:00 CET) by 2h for web02
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_snapshot!(site.run("edit 1 --add-target lab01 --ticket '' --for 9h"), @"
    ! error: downtime 1: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Sat 2026-12-19 22:00 CET to Sun 2026-12-20 05:00 CET) by 5h for 1 of 3 targets: web01; the window is 9h long, and max_duration in config.toml is 8h; there are 3 targets, and max_targets in config.toml is 2; there is no ticket, and require_ticket in config.toml asks for one
    ! hint: name the change that it belongs to: --ticket TICKET
    ! hint: if it must be, say why: --override 'REASON'
    exit 3
    ");
    assert_eq!(site.run("edit 1 --comment 'second try' --for 1h").code, 0);
    assert_snapshot!(site.run("edit 2 --add-target web02 --override 'CAB agreed by phone'"), @"
    Edited downtime 2: db01, web02
      override `CAB agreed by phone` instead of none
      with web02
    ! note: downtime 2: lifted by --override: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Thu 2026-12-24 20:00 CET to Thu 2026-12-24 22:00 CET) by 2h for web02
    ");
    assert_eq!(site.json("show 2 -o json")["override"], "CAB agreed by phone");
    assert_eq!(site.run("edit 2 --comment 'third try'").stderr, "", "what was lifted stays lifted");
    site.at("2026-12-24T19:30:00Z");
    assert_eq!(site.run("edit 2 --add-target web01 --remove-target db01").code, 3, "web01 is not running");
    assert_snapshot!(site.run("edit 2 --end 23:00"), @"
    Edited downtime 2: db01, web02
      end Thu 2026-12-24 23:00 CET instead of Thu 2026-12-24 22:00 CET
      it is Thu 2026-12-24 20:00 CET to Thu 2026-12-24 23:00 CET  3h
    ! note: downtime 2: freeze `year end` (Sun 2026-12-20 00:00 CET to Mon 2027-01-04 00:00 CET) overlaps the time added (Thu 2026-12-24 22:00 CET to Thu 2026-12-24 23:00 CET) by 1h for 1 of 2 targets: web02; it is running, so that is allowed
    ");
}

#[test]
fn a_key_given_again_is_judged_by_what_it_adds() {
    let mut site = site("[limits]\nmax_duration = \"2h\"\n");
    let again = "schedule web01 -m release --key deploy";
    site.ok(&format!("{again} --for 2h"));
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run(&format!("{again} --for 2h")), @"
    Moved the end of downtime 1: web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 23:00 CEST  (2026-10-24T21:00:00Z)  3h
    ! note: downtime 1: the window is 3h long, and max_duration in config.toml is 2h; it is running, so that is allowed
    ");
    site.ok("schedule web02 -m release --key later --start 23:00 --for 2h");
    assert_eq!(site.run("schedule web02 -m release --key later --start 23:00 --for 3h").code, 3);
    assert_eq!(site.run("schedule web02 -m release --key later --start 23:00 --for 3h --override 'as agreed'").code, 0);
    assert_eq!(site.json("show 2 -o json")["override"], "as agreed");
}

#[test]
fn a_slip_in_a_freeze_or_limit_stops_every_command() {
    let refusal = |config: &str| site(config).run("list").to_string();
    let freeze = |rest: &str| refusal(&format!("[[freeze]]\nname = \"year end\"\n{rest}"));
    assert_snapshot!(freeze("start = 2026-12-20\n"), @"
    ! error: config.toml:1:1: missing field `end`
    ! hint: a freeze has a `name`, a `start` and an `end`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(refusal("[[freeze]]\nstart = 2026-12-20\nend = 2026-12-24\n"), @"
    ! error: config.toml:1:1: missing field `name`
    ! hint: a freeze has a `name`, a `start` and an `end`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(refusal("[[freeze]]\nname = \" \"\nstart = 2026-12-20\nend = 2026-12-24\n"), @r#"
    ! error: config.toml:2:8: the freeze has no name
    ! hint: name it, as in name = "year end": it is told to whoever schedules into it
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    assert_snapshot!(refusal("[freeze]\nname = \"a\"\nstart = 2026-12-20\nend = 2026-12-24\n"), @"
    ! error: config.toml:1:1: invalid type: map, expected a sequence
    ! hint: a freeze is written with two pairs of brackets: [[freeze]]
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(freeze("start = 2026-12-20\nend = 2026-12-19\n"), @"
    ! error: config.toml:4:7: freeze `year end` ends 2026-12-19, which is not after its start, 2026-12-20
    ! hint: a day as an end is its 24:00
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(freeze("start = \"2026-12-20 18:00\"\nend = \"2026-12-20 18:00\"\n"), @"
    ! error: config.toml:4:7: freeze `year end` ends 2026-12-20 18:00, which is not after its start, 2026-12-20 18:00
    ! hint: a day as an end is its 24:00
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(freeze("start = \"tomorrow\"\nend = 2026-12-24\n"), @r#"
    ! error: config.toml:3:9: `tomorrow` moves with the present, and a freeze stays where it is
    ! hint: write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 18:00"
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    assert_snapshot!(freeze("start = \"+2h\"\nend = 2026-12-24\n"), @r#"
    ! error: config.toml:3:9: `+2h` moves with the present, and a freeze stays where it is
    ! hint: write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 18:00"
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    assert_snapshot!(freeze("start = 18:00:00\nend = 2026-12-24\n"), @r#"
    ! error: config.toml:3:9: `18:00:00` moves with the present, and a freeze stays where it is
    ! hint: write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 18:00"
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    assert_snapshot!(freeze("start = \"24.12.2026\"\nend = 2026-12-24\n"), @r#"
    ! error: config.toml:3:9: cannot read `24.12.2026` as a time: `24.12.2026` is not written year first
    ! hint: write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 18:00"
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    assert_snapshot!(freeze("start = 2026\nend = 2026-12-24\n"), @"
    ! error: config.toml:3:9: invalid type: integer `2026`, expected a date, or a date and a time
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(freeze("start = 2026-12-20\nend = 2026-12-24\nends = 3\n"), @"
    ! error: config.toml:5:1: unknown field `ends`, expected one of `name`, `start`, `end`, `match`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(freeze("start = 2026-12-20\nend = 2026-12-24\nmatch = { host = \"a\" }\n"), @"
    ! error: config.toml:5:11: unknown field `host`, expected one of `tags`, `labels`, `groups`, `hosts`, `folder`, `services`, `children`, `recursive`, `on_host`, `everything`, `not`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(refusal("[limits]\nmax_duration = \"8\"\n"), @r#"
    ! error: config.toml:2:16: cannot read `8` as a duration: 8 has no unit
    ! hint: write a length of time, as in max_duration = "8h"
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    assert_snapshot!(refusal("[limits]\nmax_targets = 0\n"), @"
    ! error: config.toml:2:15: `max_targets` is at least 1
    ! hint: leave it out if any number of targets will do
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(refusal("[limits]\nmax_target = 3\n"), @"
    ! error: config.toml:2:1: unknown field `max_target`, expected one of `max_duration`, `max_targets`, `require_ticket`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(refusal("[limit]\nmax_targets = 3\n"), @"
    ! error: config.toml:1:2: unknown field `limit`, expected one of `timezone`, `limits`, `freeze`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
}

#[test]
fn a_pattern_is_looked_at_by_what_needs_it() {
    let site =
        site("[[freeze]]\nname = \"a\"\nstart = 2026-12-20\nend = 2026-12-24\nmatch = { hosts = [\"~web(\"] }\n");
    assert_eq!(code(&site, "web01", "2026-12-01", "2026-12-02"), 0);
    assert_snapshot!(site.run("schedule web01 -m a --start 2026-12-20 --for 1h"), @r"
    ! error: config.toml:5:20: `~web(` is not a regular expression: unclosed group
    ! hint: the syntax is that of https://docs.rs/regex; put a `\` before what is meant as it is
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_eq!(site.run("doctor").code, 5);
    assert_eq!(site.run("check web01").code, 1);
}

#[test]
fn files_beside_add_freezes_and_may_not_set_a_limit_twice() {
    let site = site("[limits]\nmax_targets = 2\n[[freeze]]\nname = 'a'\nstart = 2026-12-20\nend = 2026-12-20\n");
    site.write(
        "config.d/b.toml",
        "[limits]\nmax_duration = '2h'\n[[freeze]]\nname = 'b'\nstart = 2026-12-22\nend = 2026-12-22\n",
    );
    for (start, expected) in [("2026-12-20", 3), ("2026-12-21", 0), ("2026-12-22", 3)] {
        assert_eq!(site.run(&format!("schedule db01 -m a --start {start} --for 1h")).code, expected, "{start}");
    }
    assert_eq!(site.run("schedule db01 -m a --for 3h").code, 3);
    assert_eq!(site.run("schedule db01 web01 web02 -m a --for 1h").code, 3);
    site.write("config.d/c.toml", "\n[limits]\nmax_targets = 2\n");
    assert_snapshot!(site.run("list"), @"
    ! error: config.d/c.toml:3:15: `max_targets` is set in another file already
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
}

#[test]
fn doctor_counts_them_and_warns_of_freezes_that_nothing_declared_is_frozen_by() {
    let freeze = |name: &str, end: &str, hosts: &str| {
        format!("[[freeze]]\nname = '{name}'\nstart = 2026-01-01\nend = {end}\nmatch = {{ hosts = ['{hosts}'] }}\n")
    };
    let freezes = [
        freeze("a", "2026-12-24", "web*"),
        freeze("b", "2026-12-24", "mail*"),
        freeze("long over", "2026-02-01", "mail*"),
    ];
    let site = site(&format!("{LIMITS}{}", freezes.concat()));
    site.ok("init");
    assert_snapshot!(site.run("doctor"), @"
    sound    journal    1 operations, 0 downtimes
    sound    inventory  1 revisions
    sound    config     3 freezes, 3 limits
    warning  config     the `match` of freeze `b` means nothing that is declared today
    sound    zones      rules 2025b are built in
    ");
}
