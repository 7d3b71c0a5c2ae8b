//! `cargo bench --bench site`: whole processes upon an inventory of 10,000 hosts with 10 services each.
//!
//! Prints medians and the highest of several runs, and ratios to `--version` of the same binary, taken in turns, so that a
//! noisy machine slows both. `HOSTS=1000 RUNS=10 cargo bench --bench site` is shorter.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

mod common;

use std::time::Duration;

use common::{Site, generate, percentile, setting};

fn main() {
    let (hosts, runs) = (setting("HOSTS", 10_000).to_string(), setting("RUNS", 30));
    let dir = tempfile::tempdir().unwrap();
    let inventory = dir.path().join("inventory.toml");
    generate("generate_inventory", &["--hosts", &hosts], &inventory);
    let [plain, filling, edited] =
        ["plain", "filling", "edited"].map(|name| Site::with(dir.path().join(name), &[&inventory]));
    // Four sites of ten, whole: what hangs off the productive hosts of each, its core switch among them.
    let four = "--tag criticality=prod --folder /ams --folder /ber --folder /cdg --folder /dub --children --recursive";
    let one = "schedule ams-srv00001 -m a --for 1h";
    let many = |start: u64| format!("schedule {four} -m a --start +{start}h --for 1h");
    let cases = [
        ("--version", &plain, "--version".to_owned()),
        ("check HOST", &plain, "check ams-srv00001".to_owned()),
        ("schedule HOST", &plain, one.to_owned()),
        ("schedule 4,000 hosts by selectors", &filling, String::new()),
        ("the same with --dry-run", &plain, many(1) + " --dry-run"),
        (
            "schedule 1,000 services, --dry-run",
            &plain,
            "schedule --service SSH --folder /zrh -m a --for 1h --dry-run".to_owned(),
        ),
        ("check 4,000 hosts by selectors", &plain, format!("check {four}")),
        ("inventory list -q", &plain, "inventory list -q".to_owned()),
        ("inventory tree", &plain, "inventory tree".to_owned()),
        ("inventory check", &plain, "inventory check".to_owned()),
        ("check HOST right after an edit", &edited, "check ams-srv00001".to_owned()),
        ("schedule HOST right after an edit", &edited, one.to_owned()),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); cases.len()];
    for run in 0..runs {
        for ((_, site, line), times) in cases.iter().zip(&mut times) {
            if site.store == edited.store {
                site.edit("inventory.toml");
            }
            // Each in a window of its own, or all would be read to point out overlaps.
            let line = if line.is_empty() { many(2 * run + 1) } else { line.clone() };
            times.push(site.timed(&line.split(' ').collect::<Vec<_>>()));
        }
    }
    println!("{hosts} hosts; {:<36} {:>12} {:>12} {:>9}", "", "median", "highest", "ratio");
    let yardstick = percentile(&times[0], 50);
    for ((name, ..), times) in cases.iter().zip(&times) {
        let (median, highest) = (percentile(times, 50), percentile(times, 100));
        println!("{name:<49} {median:>9.2} ms {highest:>9.2} ms {:>8.1}×", median / yardstick);
    }
}
