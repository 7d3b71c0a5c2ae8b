//! `cargo bench --bench site`: whole processes upon an inventory of 10,000 hosts with 10 services each.
//!
//! Prints medians and the highest of several runs, and ratios to `--version` of the same binary, taken in turns, so that a
//! noisy machine slows both. `HOSTS=1000 RUNS=10 cargo bench --bench site` is shorter.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

struct Site {
    store: PathBuf,
}

impl Site {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_downtime"));
        command.env_clear().env("HOME", &self.store).env("DOWNTIME_STORE", &self.store).env("DOWNTIME_TZ", "UTC");
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn timed(&self, arguments: &[&str]) -> Duration {
        let mut command = self.command(arguments);
        let since = Instant::now();
        let status = command.status().unwrap();
        let elapsed = since.elapsed();
        assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?}: {status}");
        elapsed
    }

    /// A store begun in that directory, whose inventory is recorded.
    fn with(inventory: &Path, store: PathBuf) -> Self {
        fs::create_dir(&store).unwrap();
        fs::copy(inventory, store.join("inventory.toml")).unwrap();
        let site = Self { store };
        site.settle();
        site
    }

    /// An edit that changes nothing but the file's content.
    fn edit(&self) {
        let inventory = self.store.join("inventory.toml");
        File::options().append(true).open(inventory).unwrap().write_all(b"# looked over\n").unwrap();
    }

    /// Records what was edited, and waits until it is trusted to stay.
    fn settle(&self) {
        for _ in 0..2 {
            sleep(Duration::from_millis(300));
            self.timed(&["schedule", "sw-ams", "-m", "settled", "--for", "1s"]);
        }
    }
}

fn generate(hosts: &str, inventory: &Path) {
    let status = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--example", "generate_inventory", "--", "--hosts", hosts])
        .stdout(File::create(inventory).unwrap())
        .status();
    assert!(status.unwrap().success(), "the inventory cannot be generated");
}

fn milliseconds(times: &mut [Duration], hundredth: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() * hundredth / 100).min(times.len() - 1)].as_secs_f64() * 1e3
}

fn setting(name: &str, usual: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| usual.to_owned())
}

fn main() {
    let (hosts, runs) = (setting("HOSTS", "10000"), setting("RUNS", "30").parse::<usize>().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let inventory = dir.path().join("inventory.toml");
    generate(&hosts, &inventory);
    let [plain, filling, edited] =
        ["plain", "filling", "edited"].map(|name| Site::with(&inventory, dir.path().join(name)));
    // Four sites of ten, whole: what hangs off the productive hosts of each, its core switch among them.
    let four = "--tag criticality=prod --folder /ams --folder /ber --folder /cdg --folder /dub --children --recursive";
    let one = "schedule ams-srv00001 -m a --for 1h";
    let many = |start: usize| format!("schedule {four} -m a --start +{start}h --for 1h");
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
                site.edit();
            }
            // Each in a window of its own, or all would be read to point out overlaps.
            let line = if line.is_empty() { many(2 * run + 1) } else { line.clone() };
            times.push(site.timed(&line.split(' ').collect::<Vec<_>>()));
        }
    }
    println!("{hosts} hosts; {:<36} {:>12} {:>12} {:>9}", "", "median", "highest", "ratio");
    let yardstick = milliseconds(&mut times[0], 50);
    for ((name, ..), times) in cases.iter().zip(&mut times) {
        let (median, highest) = (milliseconds(times, 50), milliseconds(times, 100));
        println!("{name:<49} {median:>9.2} ms {highest:>9.2} ms {:>8.1}×", median / yardstick);
    }
}
