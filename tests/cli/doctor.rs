//! `doctor`.

use insta::assert_snapshot;

use crate::common::Site;

#[test]
fn a_sound_store_is_told_part_by_part() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    site.ok("schedule web01 -m a --for 1h");
    assert_snapshot!(site.run("doctor"), @"
    sound    journal    2 operations, 1 downtimes
    sound    inventory  1 revisions
    sound    zones      rules 2025b are built in
    ");
}

#[test]
fn a_revision_that_is_gone_or_changed_is_damage() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    site.ok("schedule web01 -m a --for 1h");
    let dir = site.store().join("revisions");
    let revision = std::fs::read_dir(&dir).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&revision).unwrap();
    std::fs::write(&revision, [bytes.as_slice(), b" "].concat()).unwrap();
    let run = site.run("doctor");
    assert_eq!(run.code, 5, "{run}");
    assert!(run.stdout.contains("damaged") && run.stdout.contains("is not what was recorded"), "{run}");
    std::fs::remove_file(&revision).unwrap();
    let run = site.run("doctor");
    assert_eq!(run.code, 5, "{run}");
    assert!(run.stdout.contains("is missing, but the journal names it"), "{run}");
}

#[test]
fn caches_may_be_deleted_at_any_time() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    site.ok("schedule web01 -m a --for 1h");
    let list = site.ok("list -o json");
    std::fs::remove_dir_all(site.store().join("cache")).unwrap();
    assert_eq!(site.ok("list -o json"), list);
    assert_eq!(site.run("doctor").code, 0);
    site.ok("extend 1 --by 1h");
    assert_eq!(site.run("doctor").code, 0);
}

#[test]
fn quiet_tells_only_what_is_not_sound() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    site.ok("schedule web01 -m a --for 1h");
    assert_snapshot!(site.run("doctor -q"), @"");
    site.inventory("[hosts.web01]\nparents = ['nobody']\n");
    assert_snapshot!(site.run("doctor -q"), @"warning  inventory  the parent `nobody` of host `web01` is not declared");
}
