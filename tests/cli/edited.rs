//! The files that people edit: read, kept in revisions, and never believed when they cannot be read.

use insta::assert_snapshot;

use crate::common::Site;

#[test]
fn a_bad_inventory_with_no_good_one_before_stops_everything() {
    let site = Site::new();
    site.inventory("[hosts.web01]\nalias = 'front'\n[hosts.web02\n");
    let before = site.fingerprint();
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @"
    ! error: inventory.toml:3:13: unclosed table, expected `]`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h --dry-run"), @"
    ! error: inventory.toml:3:13: unclosed table, expected `]`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_snapshot!(site.run("init"), @"
    ! error: inventory.toml:3:13: unclosed table, expected `]`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    assert_eq!(site.fingerprint(), before, "not even a store was begun");
}

#[test]
fn a_bad_inventory_after_a_good_one_leaves_that_in_force_with_a_warning_on_every_command() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n[hosts.db01]\n");
    site.ok("schedule web01 -m a --for 2h");
    site.inventory("[hosts.web01]\nallias = 'x'\n");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 22:00  a
    ! warning: inventory.toml:2:1: unknown key `allias` of host `web01`; the last good revision stays in force
    ");
    assert_snapshot!(site.run("check web02"), @"
    ! warning: inventory.toml:2:1: unknown key `allias` of host `web01`; the last good revision stays in force
    ! error: there is no host `web02`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("schedule db01 -m a --for 1h"), @"
    Scheduled downtime 2: db01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! warning: inventory.toml:2:1: unknown key `allias` of host `web01`; the last good revision stays in force
    ");
    for line in ["list", "show 1", "history", "extend 1 --by 1h", "delete 2", "undo -y", "check db01 -q", "list -q"] {
        let run = site.run(line);
        assert!(run.stderr.starts_with("warning: inventory.toml:2:1: "), "{line}: {run}");
    }
    assert_eq!(site.run("doctor").code, 0, "warnings do not count");
    site.inventory("[hosts.web01]\nalias = 'x'\n");
    assert_snapshot!(site.run("schedule db01 -m a --for 1h"), @"
    ! error: there is no host `db01`
    ! hint: to take it all the same, add --unknown-ok
    exit 4
    ");
}

#[test]
fn a_bad_config_always_stops_everything() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 2h");
    site.write("config.toml", "timezone = 'Europe/Berlin'\ntimezon = 'x'\n");
    assert_snapshot!(site.run("list"), @"
    ! error: config.toml:2:1: unknown field `timezon`, expected one of `timezone`, `limits`, `freeze`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    for line in ["check web01", "schedule web01 -m a --for 1h", "--tz UTC list", "doctor", "init"] {
        assert_eq!(site.run(line).code, 5, "{line}");
    }
    site.write("config.toml", "timezone = 'Europe/Berln'\n");
    assert_snapshot!(site.run("list"), @"
    ! error: config.toml:1:12: there is no time zone `Europe/Berln`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    site.write("config.toml", "timezone = 'Europe/Berlin'\n");
    assert_eq!(site.run("list").code, 0);
}

#[test]
fn files_beside_the_inventory_add_to_it() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    site.write("inventory.d/20-db.toml", "[hosts.db01.services.'Backup']\ngroups = ['nightly']\n");
    site.write("inventory.d/10-mail.toml", "[hosts.mail01]\nservices = ['SMTP']\n");
    site.write("inventory.d/readme.txt", "not read");
    assert_snapshot!(site.run("schedule '*' -m a --for 1h --everything"), @"
    Scheduled downtime 1: db01, mail01, web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    assert_eq!(site.run("check db01/Backup mail01/SMTP").code, 0);
    site.write("inventory.d/30-twice.toml", "[hosts.web01]\n");
    assert_snapshot!(site.run("check mail01"), @"
    mail01 is in downtime until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  a
    ! warning: inventory.d/30-twice.toml:1:8: host `web01` is declared at inventory.toml:1:8 already; the last good revision stays in force
    ");
}

#[test]
fn an_edit_shows_in_history_and_its_hosts_are_known_at_once() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    site.ok("schedule web01 -m a --for 1h");
    site.inventory("[hosts.web01]\n[hosts.web02]\n");
    assert_eq!(site.run("check web02").code, 1, "known before anything was written down");
    site.ok("schedule web02 -m b --for 1h");
    assert_snapshot!(site.run("history"), @"
    time (CEST)           op  event             id  target  author  what
    Sat 2026-10-24 20:00  1   inventory_edited              ops
    Sat 2026-10-24 20:00  2   scheduled         1           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 21:00 CEST: a
    Sat 2026-10-24 20:00      started           1   web01   ops     a
    Sat 2026-10-24 20:00  3   inventory_edited              ops
    Sat 2026-10-24 20:00  4   scheduled         2           ops     Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 21:00 CEST: b
    Sat 2026-10-24 20:00      started           2   web02   ops     b
    ");
}

const RULE: &str = "[[rule]]\nname = 'weekly'\ncomment = 'restart'\nstart = '2026-11-22 22:00'\nduration = '10m'\n\
                    repeat = 'weekly'\nmatch = { hosts = 'win*' }\n";

#[test]
fn bad_rules_are_treated_as_a_bad_inventory_is() {
    let site = Site::new();
    site.write("rules.toml", "[[rule]\n");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @"
    ! error: rules.toml:1:8: unclosed array table, expected `]`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
    site.write("rules.toml", "[[rule]]\nname = 'weekly'\n");
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @r#"
    ! error: rules.toml:1:1: rule `weekly` has no `comment`
    ! hint: write why, as in comment = "weekly restart"
    ! hint: `downtime rules check` tells of 4 more
    ! hint: correct it; the store's directory is STORE
    exit 5
    "#);
    site.write("rules.toml", RULE);
    site.ok("schedule web01 -m a --for 1h");
    site.write("rules.toml", "[[rule]\n");
    assert_snapshot!(site.run("check web01"), @"
    web01 is in downtime until Sat 2026-10-24 21:00 CEST (1h left)
      downtime 1 (own)  Sat 2026-10-24 20:00 to Sat 2026-10-24 21:00  a
    ! warning: rules.toml:1:8: unclosed array table, expected `]`; the last good revision stays in force
    ");
}

#[test]
fn a_file_that_holds_only_comments_says_nothing_that_could_stay_in_force() {
    let site = Site::new();
    site.ok("init");
    site.inventory("[hosts.web01\n");
    assert_snapshot!(site.run("check web01"), @"
    ! error: inventory.toml:1:13: unclosed table, expected `]`
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
}

#[test]
fn an_edited_file_that_is_not_text_is_named() {
    let site = Site::new();
    std::fs::create_dir(site.store()).unwrap();
    std::fs::write(site.store().join("inventory.toml"), b"[hosts.\xff]\n").unwrap();
    assert_snapshot!(site.run("schedule web01 -m a --for 1h"), @"
    ! error: inventory.toml is not UTF-8 after byte 7
    ! hint: correct it; the store's directory is STORE
    exit 5
    ");
}
