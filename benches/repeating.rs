//! `cargo bench --bench repeating`: whole processes upon 10,000 series that are five years old and 1,000 rules, over 10,000
//! hosts with 10 services each.
//!
//! Prints medians and the highest of several runs, and ratios to `--version` of the same binary, taken in turns, so that a
//! noisy machine slows both. `HOSTS=1000 SERIES=1000 RULES=100 RUNS=10 cargo bench --bench repeating` is shorter.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use downtime::clock::{Clock, Instant};
use downtime::downtime::id::DowntimeId;
use downtime::downtime::interval::Interval;
use downtime::downtime::operation::Operation;
use downtime::downtime::plan::{Plan, Source};
use downtime::downtime::record::{Kind, Origin, Terms};
use downtime::downtime::recurrence::{Mode, Pattern, Recurrence};
use downtime::downtime::series::Series;
use downtime::downtime::settled::Settled;
use downtime::downtime::target::Target;
use downtime::downtime::window::Window;
use downtime::store::writer::{Hand, Writer};
use downtime::when::Local;
use downtime::when::zone::Zone;

use common::{Hasty, Site, generate, percentile, setting};

const DAY: i64 = 86_400;

const MODES: [Mode; 8] = [
    Mode::Weekly,
    Mode::Daily,
    Mode::NthWeekday,
    Mode::Monthly,
    Mode::Weekly,
    Mode::NthWeekdayFromEnd,
    Mode::FourWeekly,
    Mode::Weekdays,
];

/// One series as `schedule --repeat` would have made it five years ago.
fn series(number: usize, hosts: &[String], now: Instant) -> Series {
    let zone = Zone::parse(["Europe/Berlin", "America/New_York", "UTC"][number % 3]).unwrap();
    // A Monday, so that weekdays may begin on it.
    let days = (now.0 / DAY - 5 * 365 - i64::try_from(number % 4).unwrap() * 7).div_euclid(7) * 7 + 4;
    let start = Instant(days * DAY + i64::try_from(number * 517 % 1440).unwrap() * 60);
    let civil = zone.civil(start);
    let interval = Interval::new(start, start + 1800 + i64::try_from(number % 7).unwrap() * 1800).unwrap();
    let window = Window { interval, start_civil: Some(Local { time: civil, zone }), end_civil: None };
    let mode = MODES[number % MODES.len()];
    let recurrence = Recurrence {
        timezone: zone,
        first: window,
        pattern: Pattern::Every { mode, interval: 1 },
        until: None,
        count: None,
        except: Vec::new(),
        wall_end: None,
        first_stays: true,
    };
    let source = Source {
        id: DowntimeId::numbered(number as u64),
        kind: Kind::Fixed,
        origin: Origin::Command,
        author: "ops".into(),
        entry_time: start - DAY,
    };
    let plan = Plan { terms: Terms { comment: "backup, CHG-4711".into(), ..Terms::default() }, recurrence };
    let host = &hosts[number % hosts.len()];
    Series::new(source, plan, [Target::host(host)])
}

/// Adds the series to a store, as if a tick had seen to the past.
fn build(dir: &Path, count: u64, hosts: &[String]) {
    let clock = Clock::system();
    let hand = Hand { clock, author: "ops".into(), patience: Duration::from_secs(10) };
    let mut writer = Writer::open(Arc::new(Hasty), dir, hand, &mut |_| ()).unwrap();
    for number in 1..=count {
        writer
            .commit(Operation::ScheduleSeries(Box::new(series(usize::try_from(number).unwrap(), hosts, clock.now))))
            .unwrap();
    }
    writer.commit(Operation::Settle(Settled { through: clock.now, behind: None, transitions: Vec::new() })).unwrap();
}

/// The hosts that an inventory declares.
fn hosts_of(inventory: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(inventory).unwrap();
    let name = |line: &str| Some(line.strip_prefix("[hosts.")?.strip_suffix(']')?.to_owned());
    text.lines().filter_map(name).filter(|name| !name.contains('.')).collect()
}

fn main() {
    let [count, rules, runs] =
        [("SERIES", 10_000), ("RULES", 1000), ("RUNS", 30)].map(|(name, usual)| setting(name, usual));
    let hosts = setting("HOSTS", 10_000).to_string();
    let dir = tempfile::tempdir().unwrap();
    let (inventory, declared) = (dir.path().join("inventory.toml"), dir.path().join("rules.toml"));
    generate("generate_inventory", &["--hosts", &hosts], &inventory);
    generate("generate_rules", &["--rules", &rules.to_string()], &declared);
    let names = hosts_of(&inventory);
    let since = Stopwatch::now();
    let [plain, edited, ticking, empty] = ["plain", "edited", "ticking", "empty"].map(|name| {
        let files: &[&Path] = if name == "empty" { &[] } else { &[&inventory, &declared] };
        let site = Site::with(dir.path().join(name), files);
        build(&site.store, if name == "empty" { 0 } else { count }, &names);
        site
    });
    println!("built in {:.1} s", since.elapsed().as_secs_f64());
    let mut cases = vec![
        ("--version", &plain, "--version"),
        ("check HOST, empty store", &empty, "check ams-srv00001"),
        ("check HOST", &plain, "check ams-srv00001"),
        ("check SERVICE", &plain, "check ams-srv00013/SSH"),
        ("check HOST right after an edit of the rules", &edited, "check ams-srv00001"),
        ("explain HOST", &plain, "explain ams-srv00001"),
        ("next SERIES -n 5", &plain, "next 4711 -n 5"),
        ("next RULE -n 5", &plain, "next rule-0010 -n 5"),
        ("list --host HOST", &plain, "list --host ams-srv00001"),
        ("list", &plain, "list"),
        ("list --within 1d", &plain, "list --within 1d"),
        ("tick", &ticking, "tick"),
    ];
    cases.retain(|(name, ..)| rules > 0 || !name.contains("RULE"));
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); cases.len()];
    for _ in 0..runs {
        for ((_, site, line), times) in cases.iter().zip(&mut times) {
            if site.store == edited.store {
                site.edit("rules.toml");
            }
            times.push(site.timed(&line.split(' ').collect::<Vec<_>>()));
        }
    }
    println!(
        "{count} series, {rules} rules, {hosts} hosts; {:<17} {:>12} {:>12} {:>9}",
        "", "median", "highest", "ratio"
    );
    let yardstick = percentile(&times[0], 50);
    for ((name, ..), times) in cases.iter().zip(&times) {
        let (median, highest) = (percentile(times, 50), percentile(times, 100));
        println!("{name:<49} {median:>9.2} ms {highest:>9.2} ms {:>8.1}×", median / yardstick);
    }
}
