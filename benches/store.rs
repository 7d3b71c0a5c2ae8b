//! `cargo bench --bench store`: whole processes upon a store of 100,000 open downtimes.
//!
//! Prints medians, 99th percentiles and the highest (among them the write that takes a snapshot), and ratios to
//! `--version` of the same binary or to the same command upon an empty store, taken in turns, so that a noisy machine
//! slows both. `DOWNTIMES=10000 RUNS=50 cargo bench --bench store` is shorter.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

mod common;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use downtime::clock::Clock;
use downtime::downtime::holding::Holding;
use downtime::downtime::id::DowntimeId;
use downtime::downtime::interval::Interval;
use downtime::downtime::operation::Operation;
use downtime::downtime::record::{Downtime, Kind, Origin, Terms};
use downtime::downtime::target::Target;
use downtime::downtime::window::Window;
use downtime::store::writer::{Hand, LINES_PER_SEGMENT, Writer};
use downtime::when::zone::Zone;

use common::{Hasty, Site, percentile, setting};

/// As many as leave the journal's last segment nearly full after a first tick, which is when readers have most to fold.
const COUNT: u64 = 100_000 / LINES_PER_SEGMENT as u64 * LINES_PER_SEGMENT as u64 + LINES_PER_SEGMENT as u64 - 2;

/// Downtimes on each host: what `list --host` shows.
const ON_EACH_HOST: u64 = 20;

/// Writes the store as `schedule` would, downtime by downtime.
fn build(dir: &Path, count: u64) {
    let clock = Clock::system();
    let hand = Hand { clock, author: "ops".into(), patience: Duration::from_secs(10) };
    let mut writer = Writer::open(Arc::new(Hasty), dir, hand, &mut |_| ()).unwrap();
    for number in 1..=count {
        let start = clock.now + i64::try_from(number % 1000).unwrap() * 60;
        let window = Interval::new(start, start + 30 * 86_400).unwrap();
        let target = Target::service(format!("host{:05}", number % (count / ON_EACH_HOST)), "Filesystem /var");
        let downtime = Downtime {
            id: DowntimeId::numbered(number),
            kind: Kind::Fixed,
            origin: Origin::Command,
            terms: Terms { comment: "kernel update, CHG-4711".into(), ..Terms::default() },
            author: "ops".into(),
            entry_time: clock.now,
            timezone: Zone::parse("Europe/Berlin").unwrap(),
            window: Window::exact(window),
            planned_end: window.end(),
            holdings: vec![Holding::of(target, window)],
        };
        writer.commit(Operation::Schedule(Box::new(downtime))).unwrap();
    }
}

/// Two syncs as a commit needs them: a line appended, a record overwritten.
fn synced(path: &Path) -> Duration {
    let mut file = File::options().append(true).create(true).open(path).unwrap();
    let since = Stopwatch::now();
    for _ in 0..2 {
        file.write_all(&[b'x'; 300]).unwrap();
        file.sync_data().unwrap();
    }
    since.elapsed()
}

fn line(name: &str, times: &[Duration], against: &[Duration]) {
    let [median, high, highest] = [50, 99, 100].map(|hundredth| percentile(times, hundredth));
    let ratio = median / percentile(against, 50);
    println!("{name:<34} {median:>9.2} ms {high:>9.2} ms {highest:>9.2} ms {ratio:>8.2}×");
}

fn main() {
    let (count, runs) = (setting("DOWNTIMES", COUNT), setting("RUNS", 300));
    let dir = tempfile::tempdir().unwrap();
    let (full, empty) = (Site { store: dir.path().join("full") }, Site { store: dir.path().join("empty") });
    let since = Stopwatch::now();
    build(&full.store, count);
    build(&empty.store, 0);
    println!("built {count} downtimes in {:.1} s", since.elapsed().as_secs_f64());
    println!("{:<34} {:>12} {:>12} {:>12} {:>9}", "", "median", "99 %", "highest", "ratio");
    let schedule = ["schedule", "host00007", "-m", "kernel update", "--for", "2h"];
    let mut times: [Vec<Duration>; 8] = Default::default();
    let since = Stopwatch::now();
    full.timed(&["tick"]);
    println!("the first tick takes {:.2} s", since.elapsed().as_secs_f64());
    for _ in 0..runs {
        times[0].push(full.timed(&["--version"]));
        times[1].push(full.timed(&["check", "host00042/Filesystem /var"]));
        times[2].push(empty.timed(&["check", "host00042/Filesystem /var"]));
        times[3].push(full.timed(&["list", "--host", "host00042"]));
        times[7].push(full.timed(&["tick"]));
    }
    for _ in 0..runs {
        times[4].push(synced(&dir.path().join("synced")));
        times[5].push(full.timed(&schedule));
        times[6].push(empty.timed(&schedule));
    }
    line("--version", &times[0], &times[0]);
    line("check SERVICE", &times[1], &times[0]);
    line("check SERVICE, empty store", &times[2], &times[0]);
    line("list --host, 20 rows", &times[3], &times[0]);
    line("tick, hardly anything due", &times[7], &times[0]);
    line("two appends with fdatasync", &times[4], &times[6]);
    line("schedule", &times[5], &times[6]);
    line("schedule, empty store", &times[6], &times[6]);
}
