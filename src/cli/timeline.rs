//! `timeline`: what each object was, span by span.

use std::io::Write;

use clap::Args;

use super::assessing::{Assessed, Assessing};
use super::output::{Format, csv_io, print_with};
use super::session::Session;
use super::tables;
use crate::failure::Outcome;
use crate::render::{timeline_csv, timeline_json, timeline_table};

/// Tell what each host and service was, span by span
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime timeline web01 --range yesterday
  downtime timeline 'web*/HTTP' --from 2026-11-01 --until 2026-11-07 -o json")]
pub struct Timeline {
    #[command(flatten)]
    assessing: Assessing,
}

impl Timeline {
    /// Prints the spans.
    pub fn run(&self, session: &Session) -> Outcome<()> {
        self.assessing.run(session, |assessed| show(session, assessed))
    }
}

fn show(session: &Session, assessed: &Assessed<'_>) -> Outcome<()> {
    let (objects, zone) = (&assessed.report.objects, session.zone);
    assessed.notes.iter().for_each(|note| session.note(note));
    print_with(|out| match session.globals.output {
        Format::Json => timeline_json::write(objects, zone, out),
        Format::Jsonl => timeline_json::write_lines(objects, zone, out),
        Format::Csv => timeline_csv::write(objects, zone, out).map_err(csv_io),
        Format::Table => out.write_all(timeline_table::text(objects, zone, tables::width()).as_bytes()),
    })
}
