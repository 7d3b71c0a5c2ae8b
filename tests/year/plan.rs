//! A year at a site, made up from a seed: who types what when, and which file is edited to what.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate};

use crate::chance::Chance;
use crate::files::{CLOCKS, ENDS, Inventory, LENGTHS, MODES, Rules, ZONES};

/// 2026-01-01T00:00:00Z, and a year later.
pub const YEAR: (i64, i64) = (1_767_225_600, 1_798_761_600);
pub const DAY: i64 = 86_400;

/// How many there are of everything.
pub struct Size {
    pub hosts: usize,
    pub series: usize,
    pub rules: usize,
    /// Changes of series, occurrences and downtimes.
    pub changes: usize,
    /// Edits of the inventory, and as many of the rules.
    pub edits: usize,
    /// How often the worlds are compared.
    pub looks: usize,
}

/// What somebody does.
#[derive(Debug, Clone)]
pub enum Step {
    /// Edits a file; a command that takes the lock follows at once.
    Edit(&'static str, String),
    /// Types a command.
    Type(String),
    /// Types a command about something that is only known then.
    About(Whom, &'static str, usize),
    /// Asks for everything.
    Look,
}

/// What a command is about: `{id}` in its text, and of an occurrence `{series}` and `{date}`.
#[derive(Debug, Clone, Copy)]
pub enum Whom {
    /// A series, or a downtime by itself.
    Series,
    /// An occurrence to come of a series or rule.
    Coming,
    /// An occurrence in effect.
    Running,
}

const ABOUT: [(Whom, &str); 14] = [
    (Whom::Series, "edit {id} --comment 'new words'"),
    (Whom::Series, "repeat {id} --every weekly"),
    (Whom::Series, "repeat {id} --stop"),
    (Whom::Series, "skip {id} --next"),
    (Whom::Series, "delete {id}"),
    (Whom::Series, "delete {id} --running"),
    (Whom::Coming, "skip {series} {date}"),
    (Whom::Coming, "unskip {series} {date}"),
    (Whom::Coming, "extend {id} --by 30m"),
    (Whom::Coming, "edit {id} --comment 'this once'"),
    (Whom::Coming, "delete {id}"),
    (Whom::Running, "extend {id} --by 20m"),
    (Whom::Running, "extend {id} --by -5m"),
    (Whom::Running, "delete {id}"),
];

/// A year.
pub struct Year {
    /// The files that it begins with, and what was logged before.
    pub inventory: String,
    pub rules: String,
    pub events: String,
    /// The series that are scheduled on the day before: most, so that the year is full.
    pub series: Vec<String>,
    /// What happens, in order of time; several at one moment in their order.
    pub steps: BTreeMap<i64, Vec<Step>>,
    /// Objects to ask about.
    pub targets: Vec<String>,
    /// Some of the rules that there are at the beginning.
    pub some_rules: Vec<String>,
}

impl Year {
    /// The year of a seed.
    pub fn of(seed: u64, size: &Size) -> Self {
        let mut chance = Chance::of(seed);
        let mut inventory = Inventory::of(size.hosts, &mut chance);
        let mut rules = Rules::of(size.rules, date(YEAR.0), &mut chance);
        let targets: Vec<String> = inventory.targets().step_by(3).take(16).collect();
        let (first_inventory, first_rules) = (inventory.text(), rules.text());
        let some_rules = rules.names().step_by(3).map(str::to_owned).collect();
        let mut steps: BTreeMap<i64, Vec<Step>> = BTreeMap::new();
        let mut moments: Vec<(i64, Moment)> = Vec::new();
        let series: Vec<String> =
            (0..size.series * 4 / 5).map(|_| schedule(YEAR.0 - DAY, &inventory, &mut chance)).collect();
        let mut scatter = |count: usize, (from, until): (i64, i64), moment: Moment| {
            moments.extend((0..count).map(|_| (minute(chance.second(from, until), &mut chance), moment)));
        };
        scatter(size.series - series.len(), YEAR, Moment::Schedule);
        scatter(size.changes, (YEAR.0 + 7 * DAY, YEAR.1), Moment::Change);
        scatter(size.edits, (YEAR.0 + DAY, YEAR.1), Moment::EditInventory);
        scatter(size.edits, (YEAR.0 + DAY, YEAR.1), Moment::EditRules);
        scatter(size.looks, (YEAR.0 + DAY, YEAR.1), Moment::Look);
        moments.sort_unstable();
        for (at, moment) in moments {
            let here = steps.entry(at).or_default();
            match moment {
                Moment::Schedule => here.push(Step::Type(schedule(at, &inventory, &mut chance))),
                Moment::Change => here.push(change(&inventory, &mut chance)),
                Moment::EditInventory => {
                    inventory.edit(&mut chance);
                    here.extend([Step::Edit("inventory.toml", inventory.text()), locking(&mut chance)]);
                }
                Moment::EditRules => {
                    rules.edit(date(at), &mut chance);
                    here.extend([Step::Edit("rules.toml", rules.text()), locking(&mut chance)]);
                }
                Moment::Look => here.push(Step::Look),
            }
        }
        steps.entry(YEAR.1).or_default().push(Step::Look);
        let events = events(&targets, &mut chance);
        Self { inventory: first_inventory, rules: first_rules, events, series, steps, targets, some_rules }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    EditInventory,
    EditRules,
    Schedule,
    Change,
    Look,
}

/// Most things are done at some second, some at a full quarter of an hour, when much begins and ends.
fn minute(second: i64, chance: &mut Chance) -> i64 {
    if chance.is(30) { second - second % 900 } else { second }
}

/// The date in UTC.
pub fn date(second: i64) -> NaiveDate {
    DateTime::from_timestamp(second, 0).unwrap().date_naive()
}

/// A command that takes the lock.
fn locking(chance: &mut Chance) -> Step {
    Step::Type(match chance.below(3) {
        0 => "schedule lab99 --unknown-ok -m 'after an edit' --for 5m".to_owned(),
        1 => "schedule lab98 lab99 --unknown-ok -m 'after an edit' --start +1h --for 90m".to_owned(),
        _ => "undo -y --any-author".to_owned(),
    })
}

fn schedule(now: i64, inventory: &Inventory, chance: &mut Chance) -> String {
    let targets: Vec<String> = (0..=chance.below(3)).map(|_| inventory.any_target(chance)).collect();
    let targets: Vec<String> = targets.iter().map(|target| format!("'{target}'")).collect();
    // Of one in ten, the first start is now.
    let start = if chance.is(10) {
        "now".to_owned()
    } else {
        let date = date(now) + Days::new(2 + chance.below(20) as u64);
        format!("'{date} {}'", chance.one(&CLOCKS))
    };
    let lasts = match chance.below(8) {
        0 => format!("--wall-end {}", chance.one(&ENDS)),
        _ => format!("--for {}", chance.one(&LENGTHS)),
    };
    let repeats = match chance.below(12) {
        0 if !lasts.starts_with("--wall") => "--repeat hourly --count 60".to_owned(),
        0 | 1 => "--rrule 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' --start-at-match".to_owned(),
        2 => "--rrule 'FREQ=WEEKLY;BYDAY=TU,SA;INTERVAL=2' --start-at-match".to_owned(),
        _ => format!("--repeat {} --start-at-match", chance.one(&MODES)),
    };
    let limits = match chance.below(6) {
        0 if !repeats.contains("--count") => format!(" --count {}", 3 + chance.below(20)),
        1 => format!(" --repeat-until {}", date(now) + Days::new(60 + chance.below(200) as u64)),
        _ => String::new(),
    };
    let tz = chance.one(&ZONES);
    format!("--tz {tz} schedule {} -m 'series work' --start {start} {lasts} {repeats}{limits}", targets.join(" "))
}

fn change(inventory: &Inventory, chance: &mut Chance) -> Step {
    match chance.below(10) {
        0 => Step::Type("undo -y".to_owned()),
        1 => Step::Type(format!("schedule '{}' -m 'by itself' --for 2h", inventory.any_target(chance))),
        2 => Step::Type(format!("delete --host {} -y", inventory.any_target(chance).split('/').next().unwrap())),
        _ => {
            let (whom, line) = ABOUT[chance.below(ABOUT.len())];
            Step::About(whom, line, chance.below(1 << 20))
        }
    }
}

/// States of the objects asked about: good at first, with outages all year.
fn events(targets: &[String], chance: &mut Chance) -> String {
    let mut rows: Vec<(i64, String)> = Vec::new();
    for target in targets {
        let (host, service) = target.split_once('/').unwrap_or((target, ""));
        let (good, bad) = if service.is_empty() { ("UP", "DOWN") } else { ("OK", "CRITICAL") };
        rows.push((YEAR.0 - DAY, format!("{host},{service},{good}")));
        for _ in 0..40 {
            let from = chance.second(YEAR.0, YEAR.1 - DAY);
            rows.push((from, format!("{host},{service},{bad}")));
            rows.push((from + chance.second(60, DAY), format!("{host},{service},{good}")));
        }
    }
    rows.sort();
    let row = |(time, rest): (i64, String)| format!("@{time},{rest}\n");
    "time,host,service,state\n".to_owned() + &rows.into_iter().map(row).collect::<String>()
}
