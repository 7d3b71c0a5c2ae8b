//! `schedule`.

use insta::assert_snapshot;

use crate::common::Site;

#[test]
fn the_window_is_told_in_local_time_and_utc() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m 'kernel update' --for 2h"), @"
    Scheduled downtime 1: web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)  2h
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule web01/HTTP db01 -m 'CHG-4711 storage move' --start 22:00 --end 'sun 06:00'"), @"
    Scheduled downtime 2: db01, web01/HTTP
      from  Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      until Sun 2026-10-25 06:00 CET  (2026-10-25T05:00:00Z)  9h
    ");
}

#[test]
fn quiet_prints_the_id_alone() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m a --for 1h -q"), @"1");
    assert_snapshot!(site.run("-q schedule web02 -m a --for 1h"), @"2");
}

#[test]
fn verbose_tells_which_store_is_used_and_what_named_it() {
    let site = Site::new();
    assert_snapshot!(site.run("-v schedule web01 -m a --for 1h"), @"
    Scheduled downtime 1: web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! store STORE (--store or DOWNTIME_STORE)
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn a_window_across_the_end_of_summer_time_keeps_its_length() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m a --start 'tomorrow 01:00' --for 3h"), @"
    Scheduled downtime 1: web01
      from  Sun 2026-10-25 01:00 CEST  (2026-10-24T23:00:00Z)
      until Sun 2026-10-25 03:00 CET  (2026-10-25T02:00:00Z)  3h
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule web01 -m a --start 'tomorrow 01:00' --end 04:00"), @"
    Scheduled downtime 2: web01
      from  Sun 2026-10-25 01:00 CEST  (2026-10-24T23:00:00Z)
      until Sun 2026-10-25 04:00 CET  (2026-10-25T03:00:00Z)  4h
    ! note: overlaps with downtime 1
    ");
    assert_snapshot!(site.run("schedule web01 -m a --start 'tomorrow 02:30' --for 1h"), @"
    Scheduled downtime 3: web01
      from  Sun 2026-10-25 02:30 CEST  (2026-10-25T00:30:00Z)
      until Sun 2026-10-25 02:30 CET  (2026-10-25T01:30:00Z)  1h
    ! note: 2026-10-25 02:30 comes twice in Europe/Berlin: the first is taken, 2026-10-25T02:30:00+02:00
    ! note: overlaps with downtime 1, 2
    ");
}

#[test]
fn a_start_in_a_spring_gap_is_moved_and_that_is_said() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m a --start '2027-03-28 02:30' --for 1h"), @"
    Scheduled downtime 1: web01
      from  Sun 2027-03-28 03:30 CEST  (2027-03-28T01:30:00Z)
      until Sun 2027-03-28 04:30 CEST  (2027-03-28T02:30:00Z)  1h
    ! note: 2027-03-28 02:30 does not exist in Europe/Berlin, where the clocks skip it: 2027-03-28T03:30:00+02:00 is taken
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn a_start_just_missed_that_rolls_to_tomorrow_is_pointed_out() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m a --start 19:30 --for 1h"), @"
    Scheduled downtime 1: web01
      from  Sun 2026-10-25 19:30 CET  (2026-10-25T18:30:00Z)
      until Sun 2026-10-25 20:30 CET  (2026-10-25T19:30:00Z)  1h
    ! note: 19:30:00 was 30m ago; the next one is taken, 2026-10-25T19:30:00+01:00 (for the one missed add --retroactive)
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule web02 -m a --start 18:30 --for 1h"), @"
    Scheduled downtime 2: web02
      from  Sun 2026-10-25 18:30 CET  (2026-10-25T17:30:00Z)
      until Sun 2026-10-25 19:30 CET  (2026-10-25T18:30:00Z)  1h
    ");
}

#[test]
fn a_zone_typed_with_a_time_is_the_zone_of_the_downtime() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m a --start '2026-10-26 22:00 America/New_York' --for 1h"), @"
    Scheduled downtime 1: web01
      from  Tue 2026-10-27 03:00 CET  (2026-10-27T02:00:00Z)
      until Tue 2026-10-27 04:00 CET  (2026-10-27T03:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    assert_eq!(site.json("show 1 -o json")["timezone"], "America/New_York");
    assert_eq!(site.json("show 1 -o json")["start"], "2026-10-27T03:00:00+01:00");
}

#[test]
fn an_overlap_is_pointed_out_and_never_refused() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 2h");
    assert_snapshot!(site.run("schedule web01 web02 -m b --start 21:00 --for 2h"), @"
    Scheduled downtime 2: web01, web02
      from  Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)
      until Sat 2026-10-24 23:00 CEST  (2026-10-24T21:00:00Z)  2h
    ! note: overlaps with downtime 1
    ");
    assert_snapshot!(site.run("schedule web01 -m 'back to back' --start 23:00 --for 1h"), @"
    Scheduled downtime 3: web01
      from  Sat 2026-10-24 23:00 CEST  (2026-10-24T21:00:00Z)
      until Sun 2026-10-25 00:00 CEST  (2026-10-24T22:00:00Z)  1h
    ");
}

#[test]
fn a_dry_run_shows_the_downtime_and_writes_nothing_not_even_a_store() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 db01/Backup -m a --for 2h --dry-run"), @"
    Would schedule, and did not:
      db01/Backup
      web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)  2h
    ");
    assert!(!site.store().exists());
    site.ok("schedule web01 -m a --for 2h");
    let before = site.fingerprint();
    assert_snapshot!(site.run("schedule web01 -m a --for 2h --dry-run"), @"
    Would schedule, and did not:
      web01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)  2h
    ! note: overlaps with downtime 1
    ");
    assert_eq!(site.json("schedule web01 -m a --for 2h --dry-run -o json")["id"], serde_json::Value::Null);
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn a_start_up_to_five_minutes_ago_needs_no_word_and_an_earlier_one_does() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m a --start -5m --for 1h"), @"
    Scheduled downtime 1: web01
      from  Sat 2026-10-24 19:55 CEST  (2026-10-24T17:55:00Z)
      until Sat 2026-10-24 20:55 CEST  (2026-10-24T18:55:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule web01 -m a --start -5m1s --for 1h"), @"
    ! error: the start, Sat 2026-10-24 19:54:59 CEST, was 5m 1s ago
    ! hint: to enter what has been, add --retroactive
    exit 3
    ");
    assert_snapshot!(site.run("schedule web01 -m a --start -5m1s --for 1h --retroactive"), @"
    Scheduled downtime 2: web01
      from  Sat 2026-10-24 19:54:59 CEST  (2026-10-24T17:54:59Z)
      until Sat 2026-10-24 20:54:59 CEST  (2026-10-24T18:54:59Z)  1h
    ! note: overlaps with downtime 1
    ");
}

#[test]
fn retroactive_times_of_day_look_back() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web01 -m 'forgot to tell' --start 14:00 --end 16:30 --retroactive"), @"
    Scheduled downtime 1: web01
      from  Sat 2026-10-24 14:00 CEST  (2026-10-24T12:00:00Z)
      until Sat 2026-10-24 16:30 CEST  (2026-10-24T14:30:00Z)  2h 30m
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule web01 -m 'forgot to tell' --start fri --end now --retroactive"), @"
    Scheduled downtime 2: web01
      from  Fri 2026-10-23 00:00 CEST  (2026-10-22T22:00:00Z)
      until Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)  1d 20h
    ! note: overlaps with downtime 1
    ");
    let downtime = site.json("show 1 -o json");
    assert_eq!((&downtime["state"], &downtime["retroactive"]), (&"completed".into(), &true.into()));
}

#[test]
fn a_target_is_named_once_however_often_it_was_typed() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule web02 web01 web02 web01/HTTP -m a --for 1h"), @"
    Scheduled downtime 1: web01, web01/HTTP, web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn many_targets_are_counted_rather_than_named() {
    let site = Site::new();
    assert_snapshot!(site.run("schedule a b c d e f g h -m a --for 1h"), @"
    Scheduled downtime 1: a, b, c, d, e, f and 2 more
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn name_ticket_and_suspended_monitoring_are_kept() {
    let site = Site::new();
    site.ok("schedule web01 -m a --for 1h --name patchday --ticket CHG-4711 --suspend-monitoring");
    let downtime = site.json("show 1 -o json");
    assert_eq!(downtime["name"], "patchday");
    assert_eq!(downtime["ticket"], "CHG-4711");
    assert_eq!(downtime["suspend_monitoring"], true);
    site.ok("schedule web01 -m a --for 1h --name '' --ticket ' '");
    let downtime = site.json("show 2 -o json");
    assert_eq!((&downtime["name"], &downtime["ticket"]), (&serde_json::Value::Null, &serde_json::Value::Null));
}

#[test]
fn names_may_look_like_anything() {
    let site = Site::new();
    site.inventory("[hosts.win7]\nservices = ['Disk [C:\\]', 'Disk *', '~x', 'a/b: c', 'größe ✓']\n");
    assert_snapshot!(site.run(r"schedule 'win7/Disk [C:\]' -m a --for 1h"), @r"
    Scheduled downtime 1: win7/Disk [C:\]
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule 'win7/Disk *' -m a --for 1h"), @"
    Scheduled downtime 2: win7/Disk *
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ");
    assert_snapshot!(site.run("schedule 'win7/Disk*' -m a --for 1h"), @r"
    Scheduled downtime 3: win7/Disk *, win7/Disk [C:\]
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: overlaps with downtime 1, 2
    ");
    assert_snapshot!(site.run("schedule 'win7/~x' -m a --for 1h"), @"
    Scheduled downtime 4: win7/~x
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ");
    assert_snapshot!(site.run("schedule 'win7/a/b: c' 'win7/größe ✓' -m a --for 1h"), @"
    Scheduled downtime 5: win7/a/b: c, win7/größe ✓
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ");
}

#[test]
fn patterns_pick_from_the_inventory() {
    let site = Site::new();
    site.inventory("[hosts.web01]\nservices=['HTTP','HTTPS']\n[hosts.web02]\nservices=['HTTP']\n[hosts.db01]\n");
    assert_snapshot!(site.run("schedule 'web*' -m a --for 1h"), @"
    Scheduled downtime 1: web01, web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
    assert_snapshot!(site.run("schedule 'web0[12]/HTTP' -m a --for 1h"), @"
    Scheduled downtime 2: web01/HTTP, web02/HTTP
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: overlaps with downtime 1
    ");
    assert_snapshot!(site.run("schedule '~^db|02$' -m a --for 1h"), @"
    Scheduled downtime 3: db01, web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: overlaps with downtime 1, 2
    ");
    assert_snapshot!(site.run("schedule 'web01/~S$' db01 -m a --for 1h"), @"
    Scheduled downtime 4: db01, web01/HTTPS
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: overlaps with downtime 1, 3
    ");
    assert_snapshot!(site.run("schedule 'mail*' -m a --for 1h"), @"
    ! error: `mail*` matches no known host or service
    ! hint: patterns match what is in inventory.toml or in an imported log; a plain name needs neither
    exit 4
    ");
}

#[test]
fn every_host_of_the_inventory_needs_a_word_more() {
    let site = Site::new();
    site.inventory("[hosts.web01]\n[hosts.web02]\n");
    assert_snapshot!(site.run("schedule '*' -m a --for 1h"), @"
    ! error: that is every one of the 2 hosts of the inventory
    ! hint: if that is what you mean, add --everything
    exit 3
    ");
    assert_snapshot!(site.run("schedule '*' -m a --for 1h --everything"), @"
    Scheduled downtime 1: web01, web02
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn an_unknown_name_is_refused_with_a_suggestion_and_taken_if_asked() {
    let site = Site::new();
    site.inventory("[hosts.web01]\nservices=['HTTP']\n");
    assert_snapshot!(site.run("schedule wbe01 -m a --for 1h"), @"
    ! error: there is no host `wbe01`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("schedule zzz -m a --for 1h"), @"
    ! error: there is no host `zzz`
    ! hint: to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("schedule web01/HTPP -m a --for 1h"), @"
    ! error: host `web01` has no service `HTPP`
    ! hint: did you mean web01/HTTP? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_snapshot!(site.run("schedule wbe01 -m a --for 1h --unknown-ok"), @"
    Scheduled downtime 1: wbe01
      from  Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      until Sat 2026-10-24 21:00 CEST  (2026-10-24T19:00:00Z)  1h
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn a_comment_may_begin_with_a_dash_and_hold_anything() {
    let site = Site::new();
    assert_eq!(site.command("schedule web01 --for 1h -m").arg("-f\n\u{1b}[31mred\u{202e}").run().code, 0);
    assert_snapshot!(site.run("list"), @r"
    id  state   targets  start (CEST)          end                   left  author  comment
    1   active  web01    Sat 2026-10-24 20:00  Sat 2026-10-24 21:00  1h    ops     -f \u{1b}[31mred\u{202e}
    ");
    assert_eq!(site.json("show 1 -o json")["comment"], "-f\n\u{1b}[31mred\u{202e}");
}

#[test]
fn the_author_is_who_is_named() {
    let mut site = Site::new();
    site.ok("schedule a -m a --for 1h");
    site.ok("--as kim schedule a -m a --for 1h");
    site.unset("DOWNTIME_AUTHOR");
    site.set("SUDO_USER", "lee");
    site.ok("schedule a -m a --for 1h");
    let author = |id: u8| site.json(&format!("show {id} -o json"))["author"].as_str().unwrap().to_owned();
    assert_eq!([author(1), author(2)], ["ops", "kim"]);
    let expected = if rustix::process::geteuid().is_root() { "lee".to_owned() } else { whoami::username().unwrap() };
    assert_eq!(author(3), expected);
}
