//! `cargo bench --bench import`: whole processes over a generated log of a million lines, against a plain text search.
//!
//! Prints medians of several runs and the ratio to `rg -c ALERT` (`grep` where that is not installed) on the same file,
//! taken in turns, so that a noisy machine slows both. `LINES=20000000 cargo bench --bench import` takes more lines.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 7;

fn timed(command: &mut Command) -> Duration {
    let since = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
    since.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn downtime(store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_downtime"));
    command.env_clear().env("HOME", store).arg("--store").arg(store).args(["--tz", "UTC"]);
    command
}

fn generate(lines: &str, log: &Path) {
    let (hosts, services) = if lines.len() > 7 { ("1000", "20") } else { ("50", "20") };
    let status = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--example", "generate_log", "--", "--lines", lines])
        .args(["--hosts", hosts, "--services", services, "--days", "90", "--seed", "1"])
        .stdout(std::fs::File::create(log).unwrap())
        .status();
    assert!(status.unwrap().success(), "the log cannot be generated");
}

fn main() {
    let lines = std::env::var("LINES").unwrap_or_else(|_| "1000000".to_owned());
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("nagios.log");
    generate(&lines, &log);
    let search = if Command::new("rg").arg("--version").output().is_ok() { "rg" } else { "grep" };
    let store = dir.path().join("store");
    let all = ["report", "--from", "1970-01-01", "-o", "json"];
    let one = ["report", "host0035", "--from", "1970-01-01", "-o", "json"];
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..RUNS {
        times[0].push(timed(Command::new(search).args(["-c", "ALERT"]).arg(&log)));
        times[1].push(timed(downtime(&store).arg("import").arg(&log)));
        times[2].push(timed(downtime(&store).arg("import").arg(&log)));
        times[3].push(timed(downtime(&store).args(all)));
        times[4].push(timed(downtime(&store).args(one)));
        std::fs::remove_dir_all(&store).unwrap();
    }
    let [count, import, again, report, host] = times.map(median);
    println!(
        "{lines} lines; medians of {RUNS} runs of whole processes, and their ratio to `{search} -c ALERT`, {count:.3} s"
    );
    for (what, time) in [
        ("import", import),
        ("import again, all duplicates", again),
        ("report on all objects, as JSON", report),
        ("report on one host, as JSON", host),
    ] {
        println!("{what:<32} {time:>8.3} s  {:>6.2} x", time / count);
    }
}
