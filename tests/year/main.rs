//! A year of 200 series and rules, with inventory and rules edited in between, in three worlds: with `tick` every minute,
//! once a day, and never. Every command answers the same in each, whatever was written down when.
//!
//! A run ticks every minute of the hours around changes of clocks, or on the first three days of each month, and not in
//! between; with `DOWNTIME_TEST_FULL=1`, every minute of the weeks around changes of clocks, and every day; with
//! `DOWNTIME_TEST_FULL=year`, every minute of the year, in some eight minutes in release.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod chance;
#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "what other tests need")]
mod common;
mod files;
#[path = "../../benches/common/mod.rs"]
mod hasty;
mod plan;
mod world;

use std::thread;

use plan::{DAY, Size, Step, Whom, YEAR, Year};
use world::{Answer, Ticks, World};

/// Nights on which clocks are changed, in UTC: New York and Berlin in spring and autumn, Lord Howe in both.
const CHANGES: [i64; 6] = [1_772_953_200, 1_774_746_000, 1_775_314_800, 1_791_041_400, 1_792_890_000, 1_793_512_800];

fn is_full() -> bool {
    std::env::var_os("DOWNTIME_TEST_FULL").is_some()
}

/// The year that is simulated, of any number of them.
fn seed() -> u64 {
    let given = std::env::var("DOWNTIME_TEST_SEED").ok();
    given.map_or(26, |seed| seed.parse().expect("DOWNTIME_TEST_SEED is a whole number"))
}

fn each_minute() -> Ticks {
    if std::env::var("DOWNTIME_TEST_FULL").is_ok_and(|full| full == "year") {
        return Ticks::EachMinute(vec![YEAR]);
    }
    let around = if is_full() { 3 * DAY } else { DAY / 12 };
    Ticks::EachMinute(CHANGES.map(|at| (at - around, at + around)).to_vec())
}

/// The ids of what a command lists.
fn ids(answer: &Answer) -> Vec<String> {
    let ids = answer.value.as_array().into_iter().flatten().filter_map(|value| value["id"].as_str());
    ids.map(str::to_owned).collect()
}

/// The worlds, side by side.
struct Worlds {
    each: Vec<World>,
    /// Series and downtimes that were scheduled, and rules.
    known: Vec<String>,
    looked: i64,
    answers: usize,
}

impl Worlds {
    fn new(year: &Year) -> Self {
        let (site, series) = world::begun(year);
        let courses = [
            ("never", Ticks::Never),
            ("daily", Ticks::Daily(if is_full() { 31 } else { 3 })),
            ("every minute", each_minute()),
        ];
        let worlds = courses.map(|(name, ticks)| World::like(&site, name, ticks));
        let known = series.into_iter().chain(year.some_rules.iter().cloned()).collect();
        Self { each: worlds.into(), known, looked: YEAR.0, answers: 0 }
    }

    fn advance(&mut self, to: i64) {
        thread::scope(|scope| {
            for world in &mut self.each {
                scope.spawn(move || world.advance(to));
            }
        });
    }

    /// Types a command in each world; what it came to, in all of them.
    fn everywhere(&mut self, at: i64, line: &str) -> Answer {
        let mut answers: Vec<(&str, Answer)> = thread::scope(|scope| {
            let started: Vec<_> =
                self.each.iter().map(|world| scope.spawn(move || (world.name, world.run(line)))).collect();
            started.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let (first, answer) = answers.remove(0);
        for (name, other) in &answers {
            if let Some(difference) = answer.difference(other) {
                panic!("at @{at} `downtime {line}` with tick {first} and {name}:\n{difference}");
            }
        }
        self.answers += 1;
        answer
    }

    fn step(&mut self, at: i64, step: &Step, year: &Year) {
        match step {
            Step::Edit(file, text) => self.each.iter().for_each(|world| world.site.write(file, text)),
            Step::Type(line) => self.typed(at, line),
            Step::About(whom, line, pick) => {
                if let Some(line) = self.about(at, *whom, line, *pick) {
                    self.typed(at, &line);
                }
            }
            Step::Look => self.look(at, year),
        }
    }

    fn typed(&mut self, at: i64, line: &str) {
        let answer = self.everywhere(at, &format!("{line} -o json"));
        assert!([0, 1, 3, 4].contains(&answer.code), "at @{at} `downtime {line}`: {answer:?}");
        if line.contains(" schedule ") {
            self.known.extend(answer.value["id"].as_str().map(str::to_owned));
        }
    }

    /// The command about what is there at that moment, if there is any.
    fn about(&mut self, at: i64, whom: Whom, line: &str, pick: usize) -> Option<String> {
        let series = self.known[pick % self.known.len()].clone();
        // How a rule repeats and what it says is in its file.
        if matches!(whom, Whom::Series) && series.starts_with("rule-") && !line.starts_with("skip") {
            return None;
        }
        let ids = match whom {
            Whom::Series => vec![series],
            Whom::Coming => ids(&self.everywhere(at, &format!("next {series} -n 6 -o json"))),
            Whom::Running => {
                let active = ids(&self.everywhere(at, "list --state active --from now --until +1s -o json"));
                active.into_iter().filter(|id| id.contains('@')).collect()
            }
        };
        let id = ids.get(pick % ids.len().max(1))?;
        let (series, nominal) = id.split_once('@').unwrap_or((id, ""));
        let date = nominal.split('T').next().unwrap_or_default();
        Some(line.replace("{id}", id).replace("{series}", series).replace("{date}", date))
    }

    /// Asks for everything that is and was since the last look.
    fn look(&mut self, at: i64, year: &Year) {
        let since = if is_full() { self.looked } else { self.looked.max(at - 3 * DAY) };
        let soon = at + 2 * DAY;
        let targets: Vec<String> = year.targets.iter().map(|target| format!("'{target}'")).collect();
        let targets = targets.join(" ");
        let one = &targets.split(' ').next().unwrap().to_owned();
        let lines = [
            "list -o json".to_owned(),
            "list --all -o json".to_owned(),
            format!("list --from @{since} --until @{soon} -o json"),
            format!("history --from @{since} -o json"),
            format!("check {targets} -o json"),
            format!("check {targets} --at @{} -o json", since.midpoint(at)),
            format!("check {targets} --at @{soon} -o json"),
            format!("report {targets} --from @{since} --until @{at} -o json"),
        ];
        let more =
            [format!("explain {one} -o json"), format!("calendar --from @{} --until @{soon} -o json", at - 2 * DAY)];
        for line in lines.into_iter().chain(more.into_iter().filter(|_| is_full())) {
            let answer = self.everywhere(at, &line);
            assert!([0, 1].contains(&answer.code), "at @{at} `downtime {line}`: {answer:?}");
        }
        self.looked = at;
    }
}

#[test]
fn every_answer_is_the_same_however_often_it_ticks() {
    let size = if is_full() {
        Size { hosts: 60, series: 140, rules: 60, changes: 300, edits: 40, looks: 20 }
    } else {
        Size { hosts: 60, series: 140, rules: 60, changes: 50, edits: 6, looks: 2 }
    };
    let year = Year::of(seed(), &size);
    let mut worlds = Worlds::new(&year);
    for (at, steps) in &year.steps {
        worlds.advance(*at);
        for step in steps {
            worlds.step(*at, step, &year);
        }
    }
    let (told, least) = if is_full() { (YEAR.0, 10_000) } else { (YEAR.1 - 3 * DAY, 20) };
    let history = worlds.everywhere(YEAR.1, &format!("history --from @{told} -o json"));
    let of = |event: &str| {
        let rows = history.value.as_array().unwrap().iter();
        rows.filter(|row| row["event"].as_str() == Some(event)).count()
    };
    assert!(of("started") > least && of("ended") > least, "{} started, {} ended", of("started"), of("ended"));
    if is_full() {
        assert!(of("inventory_edited") > size.edits / 2 && of("rules_edited") > size.edits / 2);
    }
    worlds.everywhere(YEAR.1, &format!("report --from @{told} --until @{} -o json", YEAR.1));
    for world in &worlds.each {
        let run = world.site.run("doctor");
        assert_eq!(run.code, 0, "tick {}\n{run}", world.name);
    }
    let ticks: Vec<usize> = worlds.each.iter().map(|world| world.count).collect();
    assert_eq!(ticks[..2], [0, if is_full() { 366 } else { 36 }]);
    assert!(ticks[2] > 20, "{ticks:?}");
    assert!(worlds.answers > size.series / 5 + size.changes, "{}", worlds.answers);
}
