//! `rules backtest`: what a rule would have withheld and hidden, by the imported log.

use std::collections::BTreeSet;

use clap::Args;
use comfy_table::Cell;

use super::{covers, named};
use crate::availability::withheld::{Trouble, Withheld};
use crate::cli::output::{Format, print, print_json, print_jsonl};
use crate::cli::session::Session;
use crate::cli::{shown, tables};
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::target::Target;
use crate::events::source::EventSource;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::backtest_json::{BacktestJson, WindowJson};
use crate::render::text::printable;
use crate::render::{csv, duration, time};
use crate::rules::Declared;
use crate::when::{self, Role};

/// Tell from the imported log which problem notifications a rule would have withheld, and which outages it would have hidden
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules backtest windows-sunday-restart --from 2026-11-01
  downtime rules backtest windows-sunday-restart --from 2026-11-01 --until 2026-11-15
  downtime rules backtest windows-sunday-restart --from 2026-11-01 -o json

The rule is taken as it is declared now, for the hosts and services that it covers now, disabled or not, and as if it had
begun by then: a rule is tried before its first start. Recoveries are not withheld, and a host in downtime covers its
services.")]
pub struct Backtest {
    /// Name of a rule
    #[arg(value_name = "NAME")]
    name: String,
    /// Beginning of the time tried
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: String,
    /// End of the time tried [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
}

/// A window, and what it alone would have taken away.
struct Tried<'a> {
    window: Interval,
    withheld: Withheld<'a>,
}

impl Backtest {
    /// Prints what each window and all of them would have taken away.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let range = self.range(session)?;
        let reading = session.reading()?;
        let rules = reading.book.rules(session.clock.now)?;
        let declared = named(&rules, &self.name)?;
        let targets = reading.book.targets_at(declared, session.clock.now)?;
        let covered: BTreeSet<&Target> = targets.iter().collect();
        let is_covered = |object: &Target| covered.contains(object) || covered.contains(&object.own_host());
        let hosts: BTreeSet<&str> = targets.iter().map(|target| target.host.as_str()).collect();
        let events = reading.store.events(&reading.view.state.head);
        // A service is judged with its host, whose outage is its own.
        let log = events.load(&|object| hosts.contains(object.host.as_str()))?;
        if log.newest.is_none() {
            return Err(Failure::new(Kind::EmptySelection, "no log has been imported")
                .hint("import one with `downtime import FILE`"));
        }
        let recurrence =
            declared.rule.plan.recurrence.begun_by(range.start() - declared.rule.plan.recurrence.longest());
        if recurrence.first.start() > range.start() {
            let first = time::local(session.zone, recurrence.first.start());
            session.note(&format!("it is tried from {first} on: such an interval cannot be carried back"));
        }
        let windows = recurrence.overlapping(range);
        let windows: Vec<Interval> =
            windows.iter().filter_map(|window| window.window.interval.intersection(range)).collect();
        let trouble = Trouble::over(range, &log);
        let tried = |window: &Interval| Tried { window: *window, withheld: trouble.within(&[*window], &is_covered) };
        let tried: Vec<Tried<'_>> = windows.iter().map(tried).collect();
        let sum = trouble.within(&windows, &is_covered);
        silence(session, &targets, log.newest, range);
        let json = || tried.iter().map(|it| WindowJson::new(it.window, &it.withheld, session.zone)).collect::<Vec<_>>();
        match session.globals.output {
            Format::Json => print_json(&BacktestJson::new(&self.name, range, &targets, json(), &sum, session.zone)),
            Format::Jsonl => print_jsonl(&json()),
            Format::Csv => print(&as_csv(&tried, session)?),
            Format::Table if session.globals.quiet => print(&total(&tried, &sum)),
            Format::Table => {
                print(&(head(declared, &targets, range, session) + &table(&tried, session) + &total(&tried, &sum)))
            }
        }
    }

    fn range(&self, session: &Session) -> Outcome<Interval> {
        let present = session.present();
        let from = when::point(&self.from, Role::LookingBack, &present)?;
        let until = match &self.until {
            Some(until) => when::point(until, Role::End { start: from.instant }, &present)?,
            None => when::point("now", Role::Start, &present)?,
        };
        from.notes.iter().chain(&until.notes).for_each(|note| session.note(note));
        let until = until.instant.min(present.now);
        Interval::new(from.instant, until).ok_or_else(|| {
            let show = |instant| time::local(session.zone, instant);
            let what = format!("the time tried would end {}, not after {}", show(until), show(from.instant));
            Failure::new(Kind::Window, what)
                .hint("a log tells of what has been: give --from and --until with their dates")
        })
    }
}

/// What the figures do not rest on.
fn silence(session: &Session, targets: &[Target], newest: Option<Instant>, range: Interval) {
    if targets.is_empty() {
        session.note("no declared object is meant by its match");
    }
    if let Some(newest) = newest.filter(|newest| *newest < range.start()) {
        let newest = time::local(session.zone, newest);
        session.note(&format!("the newest imported event is of {newest}; states are carried on from there"));
    }
}

fn head(declared: &Declared, targets: &[Target], range: Interval, session: &Session) -> String {
    let range = shown::range(range, session.zone);
    format!(
        "Rule {}: {}\n{range}, {}\n\n",
        declared.rule.name,
        declared.rule.plan.recurrence.sentence(),
        covers(targets)
    )
}

/// The windows in which there was anything.
fn table(tried: &[Tried<'_>], session: &Session) -> String {
    let found = || tried.iter().filter(|it| !it.withheld.is_empty());
    let start = time::head("window", session.zone, found().map(|it| it.window.start()));
    let mut table = tables::table(session, &[&start, "notifications", "outages", "hidden", "problems withheld"]);
    let mut any = false;
    for Tried { window, withheld } in found() {
        any = true;
        let problems: BTreeSet<&Target> = withheld.problems.iter().map(|problem| problem.target).collect();
        table.cells(vec![
            Cell::new(time::day_and_time(session.zone, window.start())),
            Cell::new(withheld.problems.len()),
            Cell::new(withheld.outages.len()),
            Cell::new(duration::format(withheld.hidden())),
            Cell::new(printable(&shown::names(problems, 4))),
        ]);
    }
    if any { table.text() + "\n" } else { String::new() }
}

fn total(tried: &[Tried<'_>], sum: &Withheld<'_>) -> String {
    let count = super::count;
    format!(
        "{}: {} withheld, {} hidden for {} in all\n",
        count(tried.len(), "window"),
        count(sum.problems.len(), "problem notification"),
        count(sum.outages.len(), "outage"),
        duration::format(sum.hidden())
    )
}

fn as_csv(tried: &[Tried<'_>], session: &Session) -> Outcome<String> {
    let rows = tried.iter().map(|Tried { window, withheld }| {
        vec![
            session.zone.rfc3339(window.start()),
            session.zone.rfc3339(window.end()),
            withheld.problems.len().to_string(),
            withheld.outages.len().to_string(),
            withheld.hidden().to_string(),
        ]
    });
    csv::document(&["start", "end", "withheld", "outages", "hidden"], rows)
}
