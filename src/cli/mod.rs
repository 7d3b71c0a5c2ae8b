//! The commands: what was typed becomes a typed request, the rooms below answer it, and the answer is shown.
//!
//! One command, one file: its arguments, then `run`. Only this room knows the command line and the terminal.

mod asking;
mod assessing;
mod calendar;
mod changing;
mod check;
pub mod complaint;
mod completions;
mod delete;
mod doctor;
mod edit;
mod explain;
mod extend;
mod filtering;
mod findings;
pub mod generated;
mod globals;
mod guarding;
mod history;
mod holders;
mod import;
mod init;
mod inventory;
mod list;
mod listing;
mod logged;
mod man;
mod mistaken;
mod narrowing;
mod next;
mod occurrence;
mod output;
mod picking;
mod progress;
mod releasing;
mod repeat;
mod repeating;
mod report;
mod rules;
mod schedule;
mod selecting;
mod session;
mod show;
mod shown;
mod skip;
mod stretch;
mod tables;
mod taken;
mod tick;
mod timeline;
mod undo;
mod unknown_option;
mod whole;
mod window;

use clap::{Parser, Subcommand};

use crate::failure::{Outcome, exit};
use globals::Globals;
use session::Session;

/// Schedule, list, extend and delete downtimes of hosts and services; ask whether one is in downtime now; report
/// availability from monitoring logs.
#[derive(Debug, Parser)]
#[command(
    name = "downtime",
    version,
    long_version = version(),
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "Examples:
  downtime schedule web01 -m 'kernel update' --for 2h
  downtime list
  downtime extend 1 --by 30m
  downtime check web01 && echo 'planned, do not page'
  downtime import nagios.log && downtime report --range last-month

Exit codes: 0 done or yes, 1 no, 2 usage, 3 refused, 4 unknown, 5 store, 6 rejected lines, 7 busy."
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// The version, and that of the time zone rules built in.
fn version() -> String {
    format!("{} (time zone rules {})", env!("CARGO_PKG_VERSION"), chrono_tz::IANA_TZDB_VERSION)
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    Init(init::Init),
    Schedule(schedule::Schedule),
    List(list::List),
    Next(next::Next),
    Show(show::Show),
    Extend(extend::Extend),
    Edit(edit::Edit),
    Delete(delete::Delete),
    Repeat(repeat::Repeat),
    Skip(skip::Skip),
    Unskip(skip::Unskip),
    Undo(undo::Undo),
    History(history::History),
    Check(check::Check),
    Explain(explain::Explain),
    Calendar(calendar::Calendar),
    Import(import::Import),
    #[command(visible_alias = "expand")]
    Tick(tick::Tick),
    Inventory(inventory::Inventory),
    Rules(rules::Rules),
    #[command(visible_alias = "availability")]
    Report(report::Report),
    Timeline(timeline::Timeline),
    Doctor(doctor::Doctor),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Cli {
    /// Runs the command; the exit code of an answer that is not a failure.
    pub fn run(self) -> Outcome<u8> {
        match self.command {
            Command::Completions(completions) => return completions.run().map(|()| exit::DONE),
            Command::Man(man) => return man.run().map(|()| exit::DONE),
            _ => {}
        }
        let session = Session::begin(self.globals)?;
        let done = |outcome: Outcome<()>| outcome.map(|()| exit::DONE);
        match self.command {
            Command::Check(check) => check.run(&session),
            Command::Init(init) => done(init.run(&session)),
            Command::Schedule(schedule) => done(schedule.run(&session)),
            Command::List(list) => done(list.run(&session)),
            Command::Next(next) => done(next.run(&session)),
            Command::Repeat(repeat) => done(repeat.run(&session)),
            Command::Skip(skip) => done(skip.run(&session)),
            Command::Unskip(unskip) => done(unskip.run(&session)),
            Command::Show(show) => done(show.run(&session)),
            Command::Extend(extend) => done(extend.run(&session)),
            Command::Edit(edit) => done(edit.run(&session)),
            Command::Delete(delete) => done(delete.run(&session)),
            Command::Undo(undo) => done(undo.run(&session)),
            Command::Explain(explain) => done(explain.run(&session)),
            Command::Calendar(calendar) => done(calendar.run(&session)),
            Command::History(history) => done(history.run(&session)),
            Command::Inventory(inventory) => done(inventory.run(&session)),
            Command::Rules(rules) => done(rules.run(&session)),
            Command::Import(import) => done(import.run(&session)),
            Command::Tick(tick::Tick {}) => done(tick::run(&session)),
            Command::Report(report) => done(report.run(&session)),
            Command::Timeline(timeline) => done(timeline.run(&session)),
            Command::Doctor(doctor) => done(doctor.run(&session)),
            Command::Completions(_) | Command::Man(_) => Ok(exit::DONE),
        }
    }
}
