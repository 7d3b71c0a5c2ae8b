//! `delete` by filters: what it asks, and where.

use insta::assert_snapshot;

use crate::common::Site;
use crate::terminal::{self, Asked};

fn site() -> Site {
    let mut site = Site::new();
    site.ok("schedule web01 web02 db01 -m 'kernel update' --for 2h");
    site.ok("schedule web01 -m 'storage move' --start 23:00 --for 2h");
    site.at("2026-10-24T18:30:00Z");
    site
}

#[test]
fn nothing_is_asked_without_a_terminal() {
    let site = site();
    let before = site.fingerprint();
    assert_snapshot!(site.run("delete --host web01"), @"
    ! error: there is no terminal to ask on
    ! hint: add --yes; --dry-run shows what would be deleted
    exit 2
    ");
    assert_eq!(site.fingerprint(), before);
}

#[test]
fn ids_are_not_asked_about() {
    assert_eq!(site().run("delete 1").code, 0);
}

#[test]
fn on_a_terminal_it_lists_what_matched_and_asks() {
    let site = site();
    let before = site.fingerprint();
    if !terminal::is_there() {
        return;
    }
    assert_snapshot!(terminal::answered(&site, "delete --host web01", "n"), @"
    id  state      targets         start (CEST)          end                   left       author  comment
    1   active     web01 (1 of 3)  Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  1h 30m     ops     kernel update
    2   scheduled  web01           Sat 2026-10-24 23:00  Sun 2026-10-25 01:00  in 2h 30m  ops     storage move
    Let go of these 2 targets? [y/N] n
    error: nothing was deleted
    hint: answer y, or add --yes
    exit 3
    ");
    assert_snapshot!(Asked::begin(&site, "delete --host web01 --whole").until_asked(), @"
    id  state      targets                 start (CEST)          end                   left       author  comment
    1   active     db01, web01 and 1 more  Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  1h 30m     ops     kernel update
    2   scheduled  web01                   Sat 2026-10-24 23:00  Sun 2026-10-25 01:00  in 2h 30m  ops     storage move
    Delete these 2 downtimes? [y/N]
    ");
    assert_snapshot!(Asked::begin(&site, "delete --host web02").until_asked(), @"
    id  state   targets         start (CEST)          end                   left    author  comment
    1   active  web02 (1 of 3)  Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  1h 30m  ops     kernel update
    Let go of this target? [y/N]
    ");
    assert_snapshot!(Asked::begin(&site, "delete --comment storage").until_asked(), @"
    id  state      targets  start (CEST)          end                   left       author  comment
    2   scheduled  web01    Sat 2026-10-24 23:00  Sun 2026-10-25 01:00  in 2h 30m  ops     storage move
    Delete this downtime? [y/N]
    ");
    assert_eq!(site.fingerprint(), before);
    let yes = terminal::answered(&site, "delete --host web01", "yes");
    assert_eq!(yes.code, 0, "{yes}");
    assert!(yes.stdout.contains("Cancelled downtime 2: web01"), "{yes}");
}

#[test]
fn what_has_changed_while_somebody_thought_is_shown_and_asked_again() {
    let site = site();
    if !terminal::is_there() {
        return;
    }
    let mut asked = Asked::begin(&site, "delete --host web01");
    asked.until_asked();
    site.ok("--no-wait schedule web01 -m 'one more' --for 1h");
    asked.type_line("y");
    assert_snapshot!(asked.until_asked(), @"
    y
    note: what matches has changed meanwhile
    id  state      targets         start (CEST)          end                   left       author  comment
    3   active     web01           Sat 2026-10-24 20:30  Sat 2026-10-24 21:30  1h         ops     one more
    1   active     web01 (1 of 3)  Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  1h 30m     ops     kernel update
    2   scheduled  web01           Sat 2026-10-24 23:00  Sun 2026-10-25 01:00  in 2h 30m  ops     storage move
    Let go of these 3 targets? [y/N]
    ");
    let done = asked.answer("y");
    assert_eq!(done.code, 0, "{done}");
    assert_eq!(site.ok("list -q --host web01"), "");
}

#[test]
fn what_changed_elsewhere_does_not_matter() {
    let site = site();
    if !terminal::is_there() {
        return;
    }
    let mut asked = Asked::begin(&site, "delete --host web01");
    asked.until_asked();
    site.ok("--no-wait schedule web02 -m 'one more' --for 1h");
    let done = asked.answer("y");
    assert_eq!(done.code, 0, "{done}");
}
