//! Words where ids are wanted.

use insta::assert_snapshot;

use crate::common::Site;

fn site() -> Site {
    let site = Site::new();
    site.ok("schedule web01 'web01/Disk C:' -m a --for 1h");
    site.ok("schedule db01 -m b --for 1h");
    site
}

#[test]
fn ids_with_commas_are_told_apart() {
    assert_snapshot!(site().run("delete 1,2"), @"
    ! error: there is no downtime `1,2`
    ! hint: ids have blanks between: downtime delete 1 2
    exit 4
    ");
    assert_snapshot!(site().run("extend 1, 2 --by 1h"), @"
    ! error: there is no downtime `1,`
    ! hint: ids have blanks between: downtime extend 1 2
    exit 4
    ");
}

#[test]
fn a_length_or_a_time_behind_ids_is_an_end() {
    assert_snapshot!(site().run("extend 1 30m"), @"
    ! error: there is no downtime `30m`
    ! hint: to move the end: downtime extend 1 --by 30m
    exit 4
    ");
    assert_snapshot!(site().run("extend 1 2 -- -30m"), @"
    ! error: there is no downtime `-30m`
    ! hint: to move the end: downtime extend 1 2 --by -30m
    exit 4
    ");
    assert_snapshot!(site().run("extend 1 'sat 22:00'"), @"
    ! error: there is no downtime `sat 22:00`
    ! hint: to move the end: downtime extend 1 --to 'sat 22:00'
    exit 4
    ");
    assert_snapshot!(site().run("delete 1 30m"), @"
    ! error: there is no downtime `30m`
    ! hint: ids go from 1 to 2; see `downtime list --all`
    exit 4
    ");
}

#[test]
fn a_host_or_service_is_looked_for_by_filters() {
    assert_snapshot!(site().run("delete web01"), @"
    ! error: there is no downtime `web01`
    ! hint: to let go of it in all downtimes: downtime delete --host web01
    exit 4
    ");
    assert_snapshot!(site().run("delete 'web01/Disk C:'"), @"
    ! error: there is no downtime `web01/Disk C:`
    ! hint: to let go of it in all downtimes: downtime delete --host web01 --service 'Disk C:'
    exit 4
    ");
    assert_snapshot!(site().run("delete 'web*'"), @"
    ! error: there is no downtime `web*`
    ! hint: to let go of it in all downtimes: downtime delete --host 'web*'
    exit 4
    ");
    assert_snapshot!(site().run("extend web01 --by 1h"), @"
    ! error: there is no downtime `web01`
    ! hint: to see its downtimes and their ids: downtime list --host web01
    exit 4
    ");
    assert_snapshot!(site().run("show web01"), @"
    ! error: there is no downtime `web01`
    ! hint: to see its downtimes and their ids: downtime list --host web01
    exit 4
    ");
    assert_snapshot!(site().run("delete web02"), @"
    ! error: there is no downtime `web02`
    ! hint: ids go from 1 to 2; see `downtime list --all`
    exit 4
    ");
}

#[test]
fn targets_let_go_of_are_not_suggested() {
    let site = site();
    site.ok("delete 1 --target web01");
    assert_snapshot!(site.run("delete 1 --target web02"), @"
    ! error: `web02` is no target of downtime 1
    ! hint: did you mean web01/Disk C:?
    exit 4
    ");
}
