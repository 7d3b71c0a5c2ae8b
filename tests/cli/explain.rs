//! `explain`.

use insta::assert_snapshot;

use crate::common::Site;

/// A switch with two hosts behind it, and a clock at 20:00.
fn site() -> Site {
    let site = Site::new();
    site.inventory(
        "[hosts.sw1]\n[hosts.web01]\nparents = ['sw1']\nservices = ['HTTP', 'CPU']\n\
         [hosts.web02]\nparents = ['sw1']\n[hosts.db01]\n",
    );
    site
}

#[test]
fn what_holds_an_object_is_told_and_what_keeps_it_until_the_end() {
    let mut site = site();
    site.ok("schedule web01 -m 'kernel update' --for 2h --suspend-monitoring");
    site.ok("schedule web01/HTTP -m certificate --start 21:30 --for 90m");
    site.ok("schedule web01 -m 'storage move' --start '2026-10-26 22:00' --for 1h");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("explain web01/HTTP"), @"
    web01/HTTP is in downtime until Sat 2026-10-24 23:00 CEST (2h left), and monitoring is suspended
    Why
      downtime 1 of its host web01  Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST  by ops: kernel update
    Until then
      downtime 1 until Sat 2026-10-24 22:00 CEST, then downtime 2 until Sat 2026-10-24 23:00 CEST
    Next
      downtime 3 of its host web01  Mon 2026-10-26 22:00 CET to Mon 2026-10-26 23:00 CET, in 2d 2h  by ops: storage move
    Last
      it never was before
    ");
    assert_snapshot!(site.run("explain web01"), @"
    web01 is in downtime until Sat 2026-10-24 22:00 CEST (1h left), and monitoring is suspended
    Why
      downtime 1  Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST  by ops: kernel update
    Next
      downtime 3  Mon 2026-10-26 22:00 CET to Mon 2026-10-26 23:00 CET, in 2d 2h  by ops: storage move
    Last
      it never was before
    ");
    assert!(
        site.ok("explain web01 --at 22:00").contains("downtime 1 ended just then, Sat 2026-10-24 22:00 CEST: kernel")
    );
    assert_snapshot!(site.run("explain web01 --at 'mon 22:30'"), @"
    At Mon 2026-10-26 22:30 CET  (2026-10-26T21:30:00Z):
    web01 is in downtime until Mon 2026-10-26 23:00 CET (30m left)
    Why
      downtime 3  Mon 2026-10-26 22:00 CET to Mon 2026-10-26 23:00 CET  by ops: storage move
    Next
      nothing is scheduled
    Last
      downtime 1  Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST, 2d 1h ago  by ops: kernel update
    ");
}

#[test]
fn what_is_over_what_was_let_go_of_and_what_is_to_come_are_told_the_nearest_first() {
    let mut site = site();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("schedule web01 -m 'storage move' --for 4h");
    site.ok("schedule web01/HTTP web01/CPU -m 'new probe' --start 23:00 --for 1h");
    site.ok("schedule web01 -m 'new firewall' --start 22:00 --for 2h");
    site.ok("schedule web01 -m 'by mistake' --start 22:00 --for 3h");
    site.ok("undo -y");
    site.act_as("kim");
    site.ok("delete 4");
    site.at("2026-10-24T19:15:00Z");
    site.ok("extend 1 --to now");
    site.at("2026-10-24T19:30:00Z");
    site.ok("delete 2");
    site.at("2026-10-24T20:00:00Z");
    assert_snapshot!(site.run("explain web01/HTTP"), @"
    web01/HTTP is not in downtime
    Why not
      downtime 5 of web01 was taken back (undo) by ops 2h ago, Sat 2026-10-24 20:00 CEST; it would have been from Sat 2026-10-24 22:00 CEST to Sun 2026-10-25 01:00 CEST: by mistake
      downtime 4 of web01 was cancelled by kim 2h ago, Sat 2026-10-24 20:00 CEST; it would have been from Sat 2026-10-24 22:00 CEST to Sun 2026-10-25 00:00 CEST: new firewall
      downtime 2 of web01 was ended by kim 30m ago, Sat 2026-10-24 21:30 CEST; it would have been from Sat 2026-10-24 20:00 CEST to Sun 2026-10-25 00:00 CEST: storage move
      downtime 1 of web01 ended 45m ago, Sat 2026-10-24 21:15 CEST, first planned until Sat 2026-10-24 22:00 CEST: kernel update
      downtime 3 starts in 1h, Sat 2026-10-24 23:00 CEST: new probe
    Next
      downtime 3  Sat 2026-10-24 23:00 CEST to Sun 2026-10-25 00:00 CEST, in 1h  by ops: new probe
    Last
      downtime 2 of its host web01  Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 21:30 CEST, 30m ago  by ops: storage move
    ");
    assert_snapshot!(site.run("explain web01 --at 23:10"), @"
    At Sat 2026-10-24 23:10 CEST  (2026-10-24T21:10:00Z):
    web01 is not in downtime
    Why not
      downtime 5 was taken back (undo) by ops 3h 10m ago, Sat 2026-10-24 20:00 CEST; it would have been from Sat 2026-10-24 22:00 CEST to Sun 2026-10-25 01:00 CEST: by mistake
      downtime 4 was cancelled by kim 3h 10m ago, Sat 2026-10-24 20:00 CEST; it would have been from Sat 2026-10-24 22:00 CEST to Sun 2026-10-25 00:00 CEST: new firewall
      downtime 2 was ended by kim 1h 40m ago, Sat 2026-10-24 21:30 CEST; it would have been from Sat 2026-10-24 20:00 CEST to Sun 2026-10-25 00:00 CEST: storage move
      downtime 3 is in effect for web01/CPU, web01/HTTP only: a service's downtime does not touch its host: new probe
      downtime 1 ended 1h 55m ago, Sat 2026-10-24 21:15 CEST, first planned until Sat 2026-10-24 22:00 CEST: kernel update
    Next
      nothing is scheduled
    Last
      downtime 2  Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 21:30 CEST, 1h 40m ago  by ops: storage move
    ");
}

#[test]
fn what_is_in_effect_close_by_is_told_with_what_it_does_not_reach() {
    let site = site();
    site.ok("schedule web01/HTTP web01/CPU -m certificate --for 2h");
    site.ok("schedule sw1 -m 'switch replaced' --for 1h");
    site.ok("schedule WEB01 web02.example.com -m 'kernel update' --for 1h --unknown-ok");
    assert_snapshot!(site.run("explain web01"), @"
    web01 is not in downtime
    Why not
      downtime 3 is in effect for WEB01, which is another name than web01: kernel update
      downtime 1 is in effect for web01/CPU, web01/HTTP only: a service's downtime does not touch its host: certificate
      downtime 2 is in effect for sw1, which it hangs off, without the children: switch replaced
        hint: what hangs off it, too: downtime schedule sw1 --children --recursive
    Next
      nothing is scheduled
    Last
      it never was
    ");
    assert_snapshot!(site.run("explain web01/http"), @"
    web01/http is not in downtime
    Why not
      downtime 3 is in effect for WEB01, which is another name than web01/http: kernel update
      downtime 1 is in effect for web01/HTTP, which is another name than web01/http: certificate
      downtime 2 is in effect for sw1, which it hangs off, without the children: switch replaced
        hint: what hangs off it, too: downtime schedule sw1 --children --recursive
    Next
      nothing is scheduled
    Last
      it never was
    ! note: `web01/http` is not declared in the inventory; it is judged by its host
    ");
    assert_snapshot!(site.run("explain web02"), @"
    web02 is not in downtime
    Why not
      downtime 3 is in effect for web02.example.com, which is another name than web02: kernel update
      downtime 2 is in effect for sw1, which it hangs off, without the children: switch replaced
        hint: what hangs off it, too: downtime schedule sw1 --children --recursive
    Next
      nothing is scheduled
    Last
      it never was
    ");
}

#[test]
fn an_object_that_never_was_in_downtime_is_told_so() {
    let site = site();
    site.ok("schedule db01 -m a --for 1h");
    assert_snapshot!(site.run("explain web02"), @"
    web02 is not in downtime
    Why not
      nothing was ever scheduled for it, and nothing in effect comes close
    Next
      nothing is scheduled
    Last
      it never was
    ");
    let explained = site.json("explain web02 -o json");
    assert_eq!((explained["next"].as_str(), explained["near_misses"].as_array().unwrap().len()), (None, 0));
}

#[test]
fn ten_near_misses_are_told_and_all_if_asked() {
    let mut site = site();
    for _ in 0..13 {
        site.ok("schedule web01 -m 'kernel update' --for 1h -q");
    }
    site.at("2026-10-25T18:00:00Z");
    let told = site.ok("explain web01");
    assert_eq!(told.matches("ended 22h ago").count(), 0, "{told}");
    assert_eq!(told.matches(" ended ").count(), 10, "{told}");
    assert!(told.contains("  and 3 that are further off; -v tells them\n"), "{told}");
    assert_eq!(site.ok("explain web01 -v").matches(" ended ").count(), 13);
    assert_eq!(site.json("explain web01 -o json")["near_misses"].as_array().unwrap().len(), 13);
}

#[test]
fn an_unknown_service_is_judged_by_its_host_and_an_unknown_host_is_refused() {
    let site = site();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    assert_snapshot!(site.run("explain web01/new"), @"
    web01/new is in downtime until Sat 2026-10-24 22:00 CEST (2h left)
    Why
      downtime 1 of its host web01  Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST  by ops: kernel update
    Next
      nothing is scheduled
    Last
      it never was before
    ! note: `web01/new` is not declared in the inventory; it is judged by its host
    ");
    assert_snapshot!(site.run("explain wbe01"), @"
    ! error: there is no host `wbe01`
    ! hint: did you mean web01? to take it all the same, add --unknown-ok
    exit 4
    ");
    assert_eq!(site.run("explain wbe01 --unknown-ok").code, 0, "it could be explained");
    assert_eq!(site.run("explain 'mail*'").code, 4);
    assert_eq!(site.run("explain").code, 2);
}

#[test]
fn it_says_what_check_says() {
    let mut site = site();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    site.ok("schedule web02 -m 'new firewall' --start 23:00 --for 1h");
    site.at("2026-10-24T19:00:00Z");
    for object in ["web01", "web01/HTTP", "web02", "db01"] {
        for at in ["", "--at 23:30", "--at 2026-10-24T20:00:00Z"] {
            let checked = site.json(&format!("check {object} {at} -o json"));
            let explained = site.json(&format!("explain {object} {at} -o json"));
            for (key, value) in checked.as_object().unwrap() {
                assert_eq!(explained[key], *value, "{object} {at}: {key}");
            }
        }
    }
    assert_eq!(site.json("explain 'web*' -o json").as_array().unwrap().len(), 2);
    assert_eq!(site.run("explain 'web*' -o jsonl").stdout.lines().count(), 2);
    assert_eq!(site.run("explain web01 -o csv").code, 2);
}

#[test]
fn nothing_is_locked_and_nothing_written() {
    let site = site();
    site.ok("schedule web01 -m 'kernel update' --for 2h");
    let before = site.fingerprint();
    let lock = std::fs::File::open(site.store().join("lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(site.run("--no-wait explain web02").code, 0);
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn what_was_last_is_told_of_a_series_that_is_running() {
    let mut site = site();
    site.ok("schedule db01 -m 'nightly' --start 22:00 --for 2h --repeat daily");
    site.at("2026-10-27T21:30:00Z");
    assert_snapshot!(site.run("explain db01"), @"
    db01 is in downtime until Wed 2026-10-28 00:00 CET (1h 30m left)
    Why
      downtime 1@2026-10-27T22:00  Tue 2026-10-27 22:00 CET to Wed 2026-10-28 00:00 CET  by ops: nightly
    Next
      downtime 1@2026-10-28T22:00  Wed 2026-10-28 22:00 CET to Thu 2026-10-29 00:00 CET, in 23h 30m  by ops: nightly
    Last
      downtime 1@2026-10-26T22:00  Mon 2026-10-26 22:00 CET to Tue 2026-10-27 00:00 CET, 22h 30m ago  by ops: nightly
    ");
}
