//! Which zone counts, and that the machine's matters only where nothing else is set.

use insta::assert_snapshot;

use crate::common::Site;

fn zone_of(site: &Site, line: &str) -> String {
    let downtime = site.json(&format!("{line} schedule web01 -m a --for 1h --dry-run -o json"));
    downtime["timezone"].as_str().unwrap().to_owned()
}

#[test]
fn the_zone_set_first_counts() {
    let mut site = Site::new();
    site.set("TZ", "Asia/Tokyo");
    std::fs::create_dir_all(site.root().join("home/.config/downtime")).unwrap();
    std::fs::write(site.root().join("home/.config/downtime/config.toml"), "timezone = 'America/Lima'\n").unwrap();
    site.write("config.toml", "timezone = 'Africa/Cairo'\n");
    assert_eq!(zone_of(&site, "--tz australia/sydney"), "Australia/Sydney");
    assert_eq!(zone_of(&site, ""), "Europe/Berlin", "DOWNTIME_TZ");
    site.unset("DOWNTIME_TZ");
    assert_eq!(zone_of(&site, ""), "Africa/Cairo", "the store's config");
    std::fs::remove_file(site.store().join("config.toml")).unwrap();
    assert_eq!(zone_of(&site, ""), "America/Lima", "the user's config");
    std::fs::remove_file(site.root().join("home/.config/downtime/config.toml")).unwrap();
    assert_eq!(zone_of(&site, ""), "Asia/Tokyo", "TZ");
    site.set("TZ", ":America/New_York");
    assert_eq!(zone_of(&site, ""), "America/New_York");
    site.set("TZ", "UTC");
    assert_eq!(zone_of(&site, ""), "UTC");
}

#[test]
fn the_machines_zone_changes_nothing_once_a_zone_is_set() {
    let mut site = Site::new();
    site.ok("schedule web01 -m a --start 'tomorrow 01:30' --end 'tomorrow 03:30'");
    let lines = ["list", "show 1 -o json", "history -o csv", "check web01 --at 'tomorrow 02:30'"];
    let told = |site: &Site| lines.map(|line| site.run(line));
    site.unset("TZ");
    let unset = told(&site);
    assert_snapshot!(unset[3], @"
    At Sun 2026-10-25 02:30 CEST  (2026-10-25T00:30:00Z):
    web01 is in downtime until Sun 2026-10-25 03:30 CET (2h left)
      downtime 1 (own)  Sun 2026-10-25 01:30 to Sun 2026-10-25 03:30  a
    ! note: 2026-10-25 02:30 comes twice in Europe/Berlin: the first is taken, 2026-10-25T02:30:00+02:00
    ");
    for zone in
        ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "EST5EDT,M3.2.0,M11.1.0", "no such zone", ""]
    {
        site.set("TZ", zone);
        assert_eq!(told(&site), unset, "under TZ={zone:?}");
    }
}

#[test]
fn empty_settings_count_as_not_set() {
    let mut site = Site::new();
    site.set("DOWNTIME_TZ", "");
    site.set("TZ", "Asia/Tokyo");
    assert_eq!(zone_of(&site, ""), "Asia/Tokyo");
    site.set("DOWNTIME_AUTHOR", "");
    assert_eq!(site.run("schedule web01 -m a --for 1h").code, 0);
    let mut real = Site::real();
    real.set("DOWNTIME_NOW", "");
    assert!(!real.run("init").stderr.contains("pretended"));
}
