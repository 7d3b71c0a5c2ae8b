//! `cargo bench --bench import`: whole processes over a generated log of a million lines, plain, packed, and its
//! states as tables, against a plain text search.
//!
//! Prints medians of several runs and the ratio to `rg -c ALERT` (`grep` where that is not installed) on the same file,
//! taken in turns, so that a noisy machine slows both. `LINES=20000000 cargo bench --bench import` takes more lines.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

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

/// The same log packed, and its lines with states as tables, each beside it.
fn variants(log: &Path) -> [(&'static str, PathBuf); 4] {
    let bytes = std::fs::read(log).unwrap();
    let keep = |ending: &str, bytes: &[u8]| {
        let path = log.with_extension(ending);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bytes).unwrap();
    let zstd = ruzstd::encoding::compress_to_vec(&bytes[..], ruzstd::encoding::CompressionLevel::Fastest);
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["time", "host", "service", "state", "type", "output"]).unwrap();
    let mut jsonl = String::new();
    for line in std::str::from_utf8(&bytes).unwrap().lines() {
        let (stamp, text) = line[1..].split_once("] ").unwrap();
        let Some((kind, fields)) = text.split_once(": ") else { continue };
        let mut fields = fields.splitn(if kind.contains("SERVICE") { 6 } else { 5 }, ';');
        let mut next = || fields.next().unwrap_or_default();
        let (host, service) = match kind {
            "HOST ALERT" | "CURRENT HOST STATE" => (next(), ""),
            "SERVICE ALERT" | "CURRENT SERVICE STATE" => (next(), next()),
            _ => continue,
        };
        let (state, hardness, _attempt, output) = (next(), next(), next(), next());
        let time = downtime::clock::Instant(stamp.parse().unwrap()).to_string();
        csv.write_record([&time, host, service, state, hardness, output]).unwrap();
        let object = serde_json::json!({
            "time": time, "host": host, "service": service, "state": state, "type": hardness, "output": output
        });
        jsonl += &format!("{object}\n");
    }
    [
        ("import, packed by gzip", keep("gz", &gzip.finish().unwrap())),
        ("import, packed by zstd", keep("zst", &zstd)),
        ("import of its states as CSV", keep("csv", &csv.into_inner().unwrap())),
        ("import of its states as JSON Lines", keep("jsonl", jsonl.as_bytes())),
    ]
}

fn main() {
    let lines = std::env::var("LINES").unwrap_or_else(|_| "1000000".to_owned());
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("nagios.log");
    generate(&lines, &log);
    let variants = variants(&log);
    let search = if Command::new("rg").arg("--version").output().is_ok() { "rg" } else { "grep" };
    let (store, other) = (dir.path().join("store"), dir.path().join("other"));
    let import = |store: &Path, log: &Path| {
        let mut command = downtime(store);
        command.arg("import").arg(log);
        command
    };
    let report = |arguments: &[&str]| {
        let mut command = downtime(&store);
        command.args(arguments).args(["--from", "1970-01-01", "-o", "json"]);
        command
    };
    let mut counts = Vec::new();
    let mut rows = vec![
        ("import", import(&store, &log)),
        ("import again, all duplicates", import(&store, &log)),
        ("report on all objects, as JSON", report(&["report"])),
        ("report on one host, as JSON", report(&["report", "host0035"])),
    ];
    let of_one_store = rows.len();
    rows.extend(variants.iter().map(|(what, path)| (*what, import(&other, path))));
    let mut times = vec![Vec::new(); rows.len()];
    for _ in 0..RUNS {
        counts.push(timed(Command::new(search).args(["-c", "ALERT"]).arg(&log)));
        for (number, (_, command)) in rows.iter_mut().enumerate() {
            times[number].push(timed(command));
            if number >= of_one_store {
                std::fs::remove_dir_all(&other).unwrap();
            }
        }
        std::fs::remove_dir_all(&store).unwrap();
    }
    let count = median(counts);
    println!(
        "{lines} lines; medians of {RUNS} runs of whole processes, and their ratio to `{search} -c ALERT`, {count:.3} s"
    );
    for ((what, _), times) in rows.iter().zip(times) {
        let time = median(times);
        println!("{what:<36} {time:>8.3} s  {:>6.2} x", time / count);
    }
}
