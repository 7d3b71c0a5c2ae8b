//! One course of the year: the same commands, with `tick` more or less often.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::Datelike;
use downtime::clock::{Clock, Instant};
use downtime::downtime::agenda::Agenda;
use downtime::downtime::settled::Turn;
use downtime::effects::tick::tick;
use downtime::store::writer::{Hand, Writer};
use serde_json::Value;

use crate::common::{Run, Site};
use crate::hasty::Hasty;
use crate::plan::{DAY, YEAR, Year, date};

/// How often `tick` runs.
#[derive(Debug, Clone)]
pub enum Ticks {
    /// Never.
    Never,
    /// Once a day, up to this day of each month.
    Daily(u32),
    /// Every minute of these stretches of time, and not in between.
    EachMinute(Vec<(i64, i64)>),
}

/// How far ahead it is looked at once for minutes in which something is due: six hours.
const AHEAD: i64 = 6 * 3600;

/// A site, as far as it has come.
pub struct World {
    pub name: &'static str,
    pub site: Site,
    ticks: Ticks,
    ticked: i64,
    /// How often it was ticked, minutes in which nothing was due left out.
    pub count: usize,
}

impl World {
    /// A site like this one, as far as it has come.
    pub fn like(begun: &Site, name: &'static str, ticks: Ticks) -> Self {
        let site = Site::new();
        copy(&begun.store(), &site.store());
        Self { name, site, ticks, ticked: YEAR.0 - DAY, count: 0 }
    }

    /// Lets time pass, ticking, in which nobody types anything.
    pub fn advance(&mut self, to: i64) {
        match self.ticks.clone() {
            Ticks::Never => {}
            // At some second of the day.
            Ticks::Daily(last) => {
                let days = (self.ticked + 1..=to).filter(|at| at.rem_euclid(DAY) == 11_217);
                days.filter(|at| date(*at).day() <= last).for_each(|at| drop(self.tick(at)));
            }
            Ticks::EachMinute(stretches) => {
                for (since, until) in stretches {
                    self.tick_each_minute(since.max(self.ticked), until.min(to));
                }
            }
        }
        self.ticked = to;
        self.site.at(&format!("@{to}"));
    }

    /// Ticks every minute from one moment to another.
    fn tick_each_minute(&mut self, since: i64, until: i64) {
        let mut last = None;
        for from in (since..until).filter(|at| (at - since) % AHEAD == 0) {
            // In other minutes a tick leaves everything as it was, and costs some milliseconds.
            for at in minutes(&self.site.store(), from, until.min(from + AHEAD)) {
                let turns = self.tick(at);
                let late = turns.iter().find(|turn| last.is_some() && turn.time.0 <= at - 60);
                assert_eq!(late, None, "due before the minute that ends at @{at}");
                last = Some(at);
            }
        }
    }

    /// What a tick writes down, if it is known.
    fn tick(&mut self, at: i64) -> Vec<Turn> {
        self.count += 1;
        if !self.count.is_multiple_of(50) {
            let ticked = tick(&mut writer(&self.site.store(), at)).unwrap();
            return ticked.turns.into_iter().map(|(_, turn)| turn).collect();
        }
        // The command itself once in a while: a process for each takes an hour.
        self.site.at(&format!("@{at}"));
        let run = self.site.run("tick -q");
        assert_eq!(run.code, 0, "tick at {at}: {run}");
        Vec::new()
    }

    /// Types a command.
    pub fn run(&self, line: &str) -> Answer {
        Answer::of(&self.site.run(line))
    }
}

/// A site on the day before the year, with all that is there then; the ids of its series.
pub fn begun(year: &Year) -> (Site, Vec<String>) {
    let mut site = Site::new();
    site.at(&format!("@{}", YEAR.0 - DAY));
    site.write("inventory.toml", &year.inventory);
    site.write("rules.toml", &year.rules);
    site.ok("init -q");
    let run = site.command("import -q -").stdin(&year.events).run();
    assert_eq!(run.code, 0, "{run}");
    let series = year.series.iter().map(|line| site.ok(&format!("-q {line}")).trim().to_owned()).collect();
    (site, series)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The store, locked, at a moment, without waiting for the disk.
fn writer(store: &Path, at: i64) -> Writer {
    let hand =
        Hand { clock: Clock::pretend(Instant(at)), author: "cron".to_owned(), patience: Duration::from_secs(10) };
    Writer::open(Arc::new(Hasty), store, hand, &mut |note| panic!("{note}")).unwrap()
}

/// The full minutes after `from`, up to `to`, by which something has become due that was not a minute before.
fn minutes(store: &Path, from: i64, to: i64) -> BTreeSet<i64> {
    let writer = writer(store, from);
    let found = Agenda::new(&writer.state, &*writer.book).turning(Instant(from - 59), Instant(to)).unwrap();
    let spans = found.iter().flat_map(|downtime| &downtime.holdings).flat_map(|holding| &holding.spans);
    let times = spans.flat_map(|span| [span.start().0, span.end().0]);
    times.map(|time| time + (-time).rem_euclid(60)).filter(|minute| (from + 1..=to).contains(minute)).collect()
}

/// What a command came to, without what tells in which order it was written down, and when.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub code: i32,
    pub value: Value,
    told: String,
}

impl Answer {
    fn of(run: &Run) -> Self {
        let mut value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| Value::from(run.stdout.as_str()));
        strip(&mut value);
        Self { code: run.code, value, told: masked(&run.stderr) }
    }

    /// Where two differ, and in what.
    pub fn difference(&self, other: &Self) -> Option<String> {
        if (self.code, &self.told) != (other.code, &other.told) {
            return Some(format!("exit {}\n{}\nexit {}\n{}", self.code, self.told, other.code, other.told));
        }
        difference(&self.value, &other.value, "")
    }
}

/// Numbers of operations, which `tick` takes part in, and when things were written.
fn strip(value: &mut Value) {
    match value {
        Value::Object(keys) => {
            keys.retain(|key, _| !["seq", "written", "sequence", "operation", "undoes"].contains(&key.as_str()));
            keys.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The text with a `#` for the number of any operation.
fn masked(text: &str) -> String {
    ["operation ", "downtime undo "].into_iter().fold(text.to_owned(), |text, word| {
        let mut parts = text.split(word);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            let rest = part.trim_start_matches(|character: char| character.is_ascii_digit());
            text + word + if rest.len() < part.len() { "#" } else { "" } + rest
        })
    })
}

/// The first place at which two values differ.
fn difference(one: &Value, other: &Value, place: &str) -> Option<String> {
    match (one, other) {
        (Value::Array(ones), Value::Array(others)) => {
            let pairs = ones.iter().zip(others).enumerate();
            let within = pairs.filter_map(|(at, (one, other))| difference(one, other, &format!("{place}[{at}]")));
            let more = |longer: &Vec<Value>, length: usize| longer.get(length).map(|value| format!("more: {value}"));
            within.into_iter().next().or_else(|| {
                let more = more(ones, others.len()).or_else(|| more(others, ones.len()))?;
                Some(format!("{place}: {} and {} items, {more}", ones.len(), others.len()))
            })
        }
        (Value::Object(ones), Value::Object(others)) if ones.keys().eq(others.keys()) => {
            ones.iter().find_map(|(key, one)| difference(one, &others[key], &format!("{place}.{key}")))
        }
        _ if one == other => None,
        _ => Some(format!("{place}: {one}\n{place}: {other}")),
    }
}
