//! A night of two and a half people.

use insta::assert_snapshot;

use crate::common::Site;

#[test]
fn one_schedules_by_group_another_extends_a_third_lets_go_and_the_second_takes_back() {
    let mut site = Site::new();
    site.inventory(
        "[hosts.web01]\ngroups = ['web']\nservices = ['HTTP']\n[hosts.web02]\ngroups = ['web']\n[hosts.db01]\n",
    );
    site.act_as("anna");
    site.ok("schedule --group web -m 'CHG-4711 new certificates' --for 2h");
    site.at("2026-10-24T19:30:00Z");
    site.act_as("ben");
    site.ok("extend 1 --by 1h");
    site.at("2026-10-24T19:45:00Z");
    site.act_as("carla");
    site.ok("delete --host web02 --yes");
    site.at("2026-10-24T19:50:00Z");
    site.act_as("ben");
    assert_snapshot!(site.run("undo --yes"), @"
    ! error: operation 4 (delete) changed downtime 1 later
    ! hint: take that back first: downtime undo 4 --any-author
    exit 3
    ");
    assert_snapshot!(site.run("undo 4 --yes"), @"
    ! error: operation 4 was made by carla, not by ben
    ! hint: to take it back all the same, add --any-author
    exit 3
    ");
    assert_snapshot!(site.run("undo 4 --any-author --yes"), @"
    Took back operation 4: delete of downtime 1, by carla on Sat 2026-10-24 21:45 CEST
      downtime 1 (web01, web02) is active until Sat 2026-10-24 23:00 CEST
    ");
    assert_snapshot!(site.run("undo --yes"), @"
    Took back operation 3: extend of downtime 1, by ben on Sat 2026-10-24 21:30 CEST
      downtime 1 (web01, web02) is active until Sat 2026-10-24 22:00 CEST
    ");
    assert_eq!(site.run("check web01/HTTP web02").code, 0);
    assert_snapshot!(site.ok("history --id 1"), @"
    time (CEST)           op  event      id  target  author  what
    Sat 2026-10-24 20:00  2   scheduled  1           anna    Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 22:00 CEST: CHG-4711 new certificates
    Sat 2026-10-24 20:00      started    1   web01   anna    CHG-4711 new certificates
    Sat 2026-10-24 20:00      started    1   web02   anna    CHG-4711 new certificates
    Sat 2026-10-24 21:30  3   extended   1           ben     end Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 22:00 CEST
    Sat 2026-10-24 21:45  4   ended      1   web02   carla   CHG-4711 new certificates
    Sat 2026-10-24 21:50  5   undone     1           ben     operation 4: CHG-4711 new certificates
    Sat 2026-10-24 21:50  5   reopened   1   web02   ben     CHG-4711 new certificates
    Sat 2026-10-24 21:50  5   started    1   web02   ben     CHG-4711 new certificates
    Sat 2026-10-24 21:50  6   undone     1           ben     operation 3: CHG-4711 new certificates
    Sat 2026-10-24 21:50  6   extended   1           ben     end Sat 2026-10-24 22:00 CEST instead of Sat 2026-10-24 23:00 CEST
    ");
    assert_snapshot!(site.ok("show 1"), @"
    Downtime 1: active
      comment     CHG-4711 new certificates
      name        -
      ticket      -
      start       Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
      end         Sat 2026-10-24 22:00 CEST  (2026-10-24T20:00:00Z)
      length      2h
      zone        Europe/Berlin
      kind        fixed
      author      anna, Sat 2026-10-24 20:00 CEST  (2026-10-24T18:00:00Z)
    Targets
      active      web01
                  in effect Sat 2026-10-24 20:00 CEST to now
      active      web02
                  in effect Sat 2026-10-24 20:00 CEST to Sat 2026-10-24 21:45 CEST
                  in effect Sat 2026-10-24 21:50 CEST to now
    Changes
      schedule    Sat 2026-10-24 20:00 CEST  by anna  (operation 2)
      extend      Sat 2026-10-24 21:30 CEST  by ben  (operation 3)  end Sat 2026-10-24 23:00 CEST instead of Sat 2026-10-24 22:00 CEST
      delete      Sat 2026-10-24 21:45 CEST  by carla  (operation 4)  without web02
      undo        Sat 2026-10-24 21:50 CEST  by ben  (operation 5)  with web02
      undo        Sat 2026-10-24 21:50 CEST  by ben  (operation 6)  end Sat 2026-10-24 22:00 CEST instead of Sat 2026-10-24 23:00 CEST
    ");
}
