//! `show`.

use insta::assert_snapshot;

use crate::common::Site;

#[test]
fn everything_about_one_downtime_is_told() {
    let mut site = Site::new();
    site.ok(
        "schedule web01 db01/Backup -m 'kernel update' --for 2h --name patchday --ticket CHG-4711 --suspend-monitoring",
    );
    site.at("2026-10-24T18:30:00Z");
    site.act_as("kim");
    site.ok("extend 1 --by 30m");
    site.ok("delete 1 --target db01/Backup");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("show 1"), @"
    Downtime 1: active
      comment     kernel update
      name        patchday
      ticket      CHG-4711
      start       Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      end         Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)
      planned     Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      length      2h 30m
      zone        Europe/Berlin
      kind        fixed
      author      ops, Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      options     monitoring suspended
    Targets
      completed   db01/Backup
                  in effect Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 20:30 CEST
                  let go of Sat 2026-10-24 20:30 CEST by kim
      active      web01
                  in effect Sat 2026-10-24 20:00 CEST to now
    Changes
      schedule    Sat 2026-10-24 20:00 CEST  by ops  (operation 1)
      extend      Sat 2026-10-24 20:30 CEST  by kim  (operation 2)  end Sat 2026-10-24 22:30 CEST instead of Sat 2026-10-24 22:00 CEST
      delete      Sat 2026-10-24 20:30 CEST  by kim  (operation 3)  without db01/Backup
    ");
    site.at("2026-10-24T21:00:00Z");
    assert_snapshot!(site.run("show 1"), @"
    Downtime 1: completed
      comment     kernel update
      name        patchday
      ticket      CHG-4711
      start       Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      end         Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)
      planned     Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      ended       Sat 2026-10-24 22:30 CEST  (2026-10-24T20:30:00Z)
      length      2h 30m
      zone        Europe/Berlin
      kind        fixed
      author      ops, Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      options     monitoring suspended
    Targets
      completed   db01/Backup
                  in effect Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 20:30 CEST
                  let go of Sat 2026-10-24 20:30 CEST by kim
      completed   web01
                  in effect Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:30 CEST
    Changes
      schedule    Sat 2026-10-24 20:00 CEST  by ops  (operation 1)
      extend      Sat 2026-10-24 20:30 CEST  by kim  (operation 2)  end Sat 2026-10-24 22:30 CEST instead of Sat 2026-10-24 22:00 CEST
      delete      Sat 2026-10-24 20:30 CEST  by kim  (operation 3)  without db01/Backup
    ");
}

#[test]
fn an_unknown_id_says_which_there_are() {
    let site = Site::new();
    site.ok("init");
    assert_snapshot!(site.run("show 1"), @"
    ! error: there is no downtime `1`
    ! hint: none was ever scheduled here; `downtime -v list` tells which store is used
    exit 4
    ");
    site.ok("schedule web01 -m a --for 1h");
    assert_snapshot!(site.run("show 12"), @"
    ! error: there is no downtime `12`
    ! hint: ids go from 1 to 1; see `downtime list --all`
    exit 4
    ");
    assert_snapshot!(site.run("show ' 1 ' -o csv"), @"
    ! error: this command has no rows to print as CSV
    ! hint: use -o json
    exit 2
    ");
    assert_eq!(site.run("show ' 1 '").code, 0, "blanks around an id do not matter");
}

#[test]
fn quiet_tells_the_state_alone() {
    let mut site = Site::new();
    site.ok("schedule web01 -m a --for 1h");
    assert_snapshot!(site.run("show 1 -q"), @"active");
    site.at("2026-10-24T19:00:00Z");
    assert_snapshot!(site.run("show 1 -q"), @"completed");
    assert_eq!(site.ok("show 1 -q -o json"), site.ok("show 1 -o json"), "JSON is whole");
}
