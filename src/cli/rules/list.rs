//! `rules list`: a row for each rule.

use clap::Args;
use comfy_table::{Cell, Color};

use super::named;
use crate::cli::changing::Ground;
use crate::cli::findings::count;
use crate::cli::output::{Format, print, print_json, print_jsonl};
use crate::cli::session::Session;
use crate::cli::tables;
use crate::downtime::holding::Release;
use crate::downtime::id::DowntimeId;
use crate::downtime::record::Downtime;
use crate::failure::Outcome;
use crate::render::rules_json::RuleJson;
use crate::render::text::printable;
use crate::render::{csv, time};
use crate::rules::Declared;

/// List the rules: when each repeats, when it is next, and how many hosts and services it covers now
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules list
  downtime rules list windows-sunday-restart
  downtime rules list -q        # names alone
  downtime rules list -o json")]
pub struct List {
    /// Only these
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// A rule, and what follows from it now.
struct Row {
    declared: Declared,
    next: Option<Downtime>,
    stopped: Option<Release>,
    hosts: usize,
    services: usize,
}

impl List {
    /// Prints the rules that count now, in the order of the files.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let reading = session.reading_or_empty()?;
        let (book, agenda, now) = (&reading.book, Ground::from(&reading).agenda(), session.clock.now);
        let mut rows = Vec::new();
        let rules = book.rules(now)?;
        self.names.iter().try_for_each(|name| named(&rules, name).map(drop))?;
        let is_asked = |name: &String| self.names.is_empty() || self.names.contains(name);
        for declared in rules.all().iter().filter(|declared| is_asked(&declared.rule.name)) {
            let targets = book.targets_at(declared, now)?;
            let services = targets.iter().filter(|target| target.service.is_some()).count();
            let hosts = targets.len() - services;
            let id = DowntimeId::of_rule(&declared.rule.name);
            let (next, stopped) = (agenda.coming(&id, now, 1)?.pop(), agenda.stopped(&id)?);
            rows.push(Row { declared: declared.clone(), next, stopped, hosts, services });
        }
        let json = || -> Vec<RuleJson<'_>> {
            rows.iter()
                .map(|row| {
                    let covers = (row.hosts, row.services);
                    RuleJson::new(&row.declared, row.next.as_ref(), row.stopped.as_ref(), covers, session.zone)
                })
                .collect()
        };
        match session.globals.output {
            Format::Json => print_json(&json()),
            Format::Jsonl => print_jsonl(&json()),
            Format::Csv => print(&as_csv(&rows, session)?),
            Format::Table if session.globals.quiet => {
                print(&rows.iter().map(|row| format!("{}\n", row.declared.rule.name)).collect::<String>())
            }
            Format::Table if rows.is_empty() => print("No rule is declared; declare one in rules.toml as [[rule]].\n"),
            Format::Table => print(&table(&rows, session)),
        }
    }
}

fn as_csv(rows: &[Row], session: &Session) -> Outcome<String> {
    let header = ["name", "disabled", "repeats", "next", "hosts", "services", "match", "comment", "declared"];
    csv::document(
        &header,
        rows.iter().map(|row| {
            let Declared { rule, matching, disabled, place } = &row.declared;
            vec![
                rule.name.clone(),
                disabled.to_string(),
                rule.plan.recurrence.sentence(),
                row.next.as_ref().map(|next| session.zone.rfc3339(next.window.start())).unwrap_or_default(),
                row.hosts.to_string(),
                row.services.to_string(),
                matching.to_string(),
                rule.plan.terms.comment.clone(),
                place.to_string(),
            ]
        }),
    )
}

fn table(rows: &[Row], session: &Session) -> String {
    let starts = rows.iter().filter_map(|row| row.next.as_ref()).map(|next| next.window.start());
    let next = time::head("next", session.zone, starts);
    let header = ["name", &next, "covers now", "repeats", "comment"];
    let mut table = tables::table(session, &header).narrowing(&["name"], ["repeats", "covers now"]);
    for row in rows {
        let next = match &row.next {
            _ if row.declared.disabled => Cell::new("disabled").fg(Color::DarkGrey),
            None if row.stopped.is_some() => Cell::new("stopped").fg(Color::DarkGrey),
            None if row.hosts + row.services == 0 => Cell::new("covers nothing").fg(Color::DarkGrey),
            None => Cell::new("never again").fg(Color::DarkGrey),
            Some(next) => Cell::new(time::day_and_time(session.zone, next.window.start())),
        };
        let covers = match row.services {
            0 => count(row.hosts, "host"),
            services => count(services, "service"),
        };
        table.cells(vec![
            Cell::new(&row.declared.rule.name),
            next,
            Cell::new(covers),
            Cell::new(row.declared.rule.plan.recurrence.sentence()),
            Cell::new(printable(&row.declared.rule.plan.terms.comment)),
        ]);
    }
    table.text()
}
