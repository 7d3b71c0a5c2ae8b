//! `list` on terminals of several widths.

use insta::assert_snapshot;

use crate::common::Site;
use crate::terminal;

fn site() -> Site {
    let site = Site::new();
    site.ok(
        "schedule web01.ams.example.com web02.ams.example.com -m 'kernel update, CHG-4711' --for 2h --name patchday",
    );
    site.ok("schedule db01 -m 'storage move' --start 22:00 --for 90m");
    site
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    if !terminal::is_there() {
        return;
    }
    let site = site();
    assert_snapshot!(terminal::shown(&site, "list", 80), @"
    id  state      targets             when (CEST)                 comment
    1   active     web01.ams.example…  until Sat 2026-10-24 22:00  kernel update, CHG-4711
    2   scheduled  db01                from Sat 2026-10-24 22:00   storage move
    ");
    assert_snapshot!(terminal::shown(&site, "list", 100), @"
    id  state      targets                    when (CEST)                 left   comment
    1   active     web01.ams.example.com, w…  until Sat 2026-10-24 22:00  2h     kernel update, CHG-4711
    2   scheduled  db01                       from Sat 2026-10-24 22:00   in 2h  storage move
    ");
    assert_snapshot!(terminal::shown(&site, "list", 140), @"
    id  state      targets                          start (CEST)          end                   left   author  name      comment
    1   active     web01.ams.example.com, web02.a…  Sat 2026-10-24 20:00  Sat 2026-10-24 22:00  2h     ops     patchday  kernel update, CHG-4711
    2   scheduled  db01                             Sat 2026-10-24 22:00  Sat 2026-10-24 23:30  in 2h  ops               storage move
    ");
}
