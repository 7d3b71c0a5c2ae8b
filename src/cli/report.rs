//! `report`: availability of hosts and services over a time.

use std::io::Write;

use clap::Args;

use super::assessing::{Assessed, Assessing};
use super::output::{Format, csv_io, print_with};
use super::session::Session;
use super::{shown, tables};
use crate::failure::Outcome;
use crate::render::report_json::{Basis, Document};
use crate::render::{report_csv, report_json, report_table};

/// Report the availability of hosts and services, with planned downtime honoured, excluded or ignored
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime report --range last-month
  downtime report web01 'web01/*' --from 2026-11-01 --until 2026-11-30 --downtimes exclude
  downtime report --range yesterday --map warn=ok,unknown=crit --short-intervals 2m
  downtime report --range last-7d -o csv")]
pub struct Report {
    #[command(flatten)]
    assessing: Assessing,
}

impl Report {
    /// Prints the report.
    pub fn run(&self, session: &Session) -> Outcome<()> {
        self.assessing.run(session, |assessed| show(session, assessed))
    }
}

fn show(session: &Session, assessed: &Assessed<'_>) -> Outcome<()> {
    let basis = Basis {
        sequence: Some(assessed.sequence),
        events: assessed.basis.events.clone(),
        newest_event: assessed.basis.newest,
        tzdata: chrono_tz::IANA_TZDB_VERSION.to_owned(),
    };
    let document = Document {
        report: &assessed.report,
        options: &assessed.options,
        basis: &basis,
        notes: &assessed.notes,
        zone: session.zone,
    };
    assessed.notes.iter().for_each(|note| session.note(note));
    print_with(|out| match session.globals.output {
        Format::Json => report_json::write(&document, out),
        Format::Jsonl => report_json::write_lines(&document, out),
        Format::Csv => report_csv::write(&assessed.report, out).map_err(csv_io),
        Format::Table => {
            let range = shown::range(assessed.report.range, session.zone);
            let table = report_table::text(&assessed.report, tables::width());
            write!(out, "{range}\n\n{table}")
        }
    })
}
