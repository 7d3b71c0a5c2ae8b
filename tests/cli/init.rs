//! `init`.

use insta::assert_snapshot;

use crate::common::Site;

#[test]
fn it_makes_the_store_and_files_to_edit() {
    let site = Site::new();
    assert_snapshot!(site.run("init"), @"
    Made config.toml, inventory.toml, rules.toml in STORE
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("init"), @"Nothing to make: STORE is complete");
    for name in ["config.toml", "inventory.toml", "rules.toml"] {
        let text = std::fs::read_to_string(site.store().join(name)).unwrap();
        assert!(text.starts_with("# "), "{name} explains itself");
    }
    assert_snapshot!(site.run("list"), @"No downtime is active or to come.");
}

#[test]
fn what_people_wrote_is_left_alone() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n");
    assert_snapshot!(site.run("init"), @"
    Made config.toml, rules.toml in STORE
    ! note: began a store of pretended time in STORE
    ");
    assert_eq!(std::fs::read_to_string(site.store().join("inventory.toml")).unwrap(), "[hosts.web01]\n");
    assert_eq!(site.run("check wbe01").code, 4);
}

#[test]
fn what_it_says_in_comments_is_read_once_the_marks_are_gone() {
    let site = Site::new();
    site.ok("init");
    for name in ["config.toml", "inventory.toml"] {
        let text = std::fs::read_to_string(site.store().join(name)).unwrap();
        let settings =
            |line: &&str| line.strip_prefix("# ").is_some_and(|rest| rest.contains(" = ") || rest.starts_with('['));
        let enabled: Vec<&str> = text.lines().filter(settings).filter_map(|line| line.strip_prefix("# ")).collect();
        assert!(!enabled.is_empty(), "{name}");
        site.write(name, &(enabled.join("\n") + "\n"));
    }
    assert_eq!(site.run("check web01/HTTP").code, 1);
    assert_eq!(site.run("check web02").code, 4);
}
