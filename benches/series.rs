//! `cargo bench --bench series`: the next occurrence of series that have gone on for years, in one process.
//!
//! For each kind of pattern, 10,000 series of five years, each with a start of its own, are asked for what comes next.
//! `SERIES=1000 RUNS=5 cargo bench --bench series` is shorter.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on fails")]

use std::hint::black_box;
use std::time::Instant as Stopwatch;

use downtime::clock::Instant;
use downtime::downtime::interval::Interval;
use downtime::downtime::recurrence::{Pattern, Recurrence, Rrule};
use downtime::downtime::window::Window;
use downtime::when::zone::Zone;

const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"];
const YEARS: i64 = 5;
const YEAR: i64 = 365 * 86_400;

/// 2026-11-20T14:30:00Z.
const NOW: Instant = Instant(1_795_185_000);

fn named(mode: &str) -> Pattern {
    Pattern::named(mode, None).unwrap()
}

fn rule(text: &str) -> Pattern {
    Pattern::Rrule(Rrule::parse(text).unwrap())
}

/// The `number`-th series of a pattern, which began about five years ago.
fn series(number: usize, pattern: &Pattern) -> Recurrence {
    // Starts are 101 minutes apart, so that they fall on all times of day, days of the month and weekdays.
    let start = NOW - YEARS * YEAR - 101 * 60 * i64::try_from(number).unwrap();
    let series = Recurrence {
        timezone: Zone::parse(ZONES[number % ZONES.len()]).unwrap(),
        first: Window::exact(Interval::new(start, start + 7200).unwrap()),
        pattern: pattern.clone(),
        until: None,
        count: None,
        except: Vec::new(),
        wall_end: None,
        first_stays: false,
    };
    series.starting_at_match().map_or(series, |(series, _)| series)
}

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

fn main() {
    let (count, runs) = (setting("SERIES", 10_000), setting("RUNS", 15));
    let modes = ["hourly", "daily", "weekdays", "weekly", "nth-weekday", "nth-weekday-from-end", "monthly", "yearly"];
    let rules = [
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=MONTHLY;BYDAY=2MO",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=4,10;BYDAY=1SU",
        "FREQ=WEEKLY;COUNT=1000",
        "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=1000",
    ];
    let patterns: Vec<(&str, Pattern)> =
        modes.map(|mode| (mode, named(mode))).into_iter().chain(rules.map(|text| (text, rule(text)))).collect();
    let all = |patterns: &[(&str, Pattern)]| -> Vec<Recurrence> {
        (0..count).map(|number| series(number, &patterns[number % patterns.len()].1)).collect()
    };
    println!("{count} series of {YEARS} years; {:<32} {:>10} {:>10}", "", "median", "highest");
    let report = |name: &str, series: &[Recurrence]| {
        let mut times: Vec<f64> = (0..runs)
            .map(|_| {
                let watch = Stopwatch::now();
                for recurrence in series {
                    black_box(black_box(recurrence).starting(NOW).next());
                }
                watch.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_unstable_by(f64::total_cmp);
        println!("{name:<57} {:>7.2} ms {:>7.2} ms", times[runs / 2], times[runs - 1]);
    };
    report("all named modes, mixed", &all(&patterns[..modes.len()]));
    report("named modes and rules, mixed", &all(&patterns));
    for pattern in patterns.chunks(1) {
        report(pattern[0].0, &all(pattern));
    }
    // Given up when no later year can bring it.
    let never = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
    report(&format!("one {never}"), &[series(0, &rule(never))]);
}
