//! `tick`: write down what is due, for cron and systemd timers.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::output::{print, print_json, told};
use super::session::Session;
use super::shown;
use crate::downtime::record::Downtime;
use crate::downtime::settle::turning;
use crate::downtime::settled::Turn;
use crate::effects::tick::{Ticked, tick};
use crate::failure::Outcome;
use crate::render::downtime_json::DowntimeJson;
use crate::render::text::printable;
use crate::render::time;
use crate::store::Store;
use crate::store::edited::Edited;
use crate::store::files::Disk;

/// Write down what has started and ended, for cron and systemd timers
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime tick
  downtime tick --wait 30s -v
  downtime tick -o json

Nothing waits for it: check, list and report are right whether it runs or not. Each start and end is written once, in \
order of time, however seldom or often it runs, and by however many at once. It prints nothing; -v tells what it wrote.")]
pub struct Tick {}

/// Writes down what is due.
pub fn run(session: &Session) -> Outcome<()> {
    let machine = session.globals.document()?;
    refuse_nothing_to_look_after(session)?;
    let ticked = tick(&mut session.writer()?)?;
    if machine {
        told(print_json(&TickedJson::new(&ticked, session)));
    } else if session.globals.verbose {
        told(print(&ticked.turns.iter().map(|(_, turn)| line(turn, &ticked, session)).collect::<String>()));
    }
    Ok(())
}

/// A timer that looks at the wrong directory must not begin a store there and be content with it.
fn refuse_nothing_to_look_after(session: &Session) -> Outcome<()> {
    if session.begun()?.is_some() {
        return Ok(());
    }
    let unbegun = Store::unbegun(Arc::new(Disk), session.dir());
    let written = Edited::ALL.iter().map(|edited| unbegun.sources(edited.stem()).map(|sources| !sources.is_empty()));
    if written.collect::<Outcome<Vec<bool>>>()?.contains(&true) { Ok(()) } else { Err(session.missing()) }
}

/// `Sat 2026-10-24 22:00 CEST  started  12  web01, web01/HTTP: kernel update`
fn line(turn: &Turn, ticked: &Ticked, session: &Session) -> String {
    let about = |downtime: &Downtime| {
        let names = shown::first_names(turning(downtime, turn), turn.targets, TARGETS_NAMED);
        format!("  {names}: {}", printable(&downtime.terms.comment))
    };
    let about = ticked.downtimes.get(&turn.id).map(about).unwrap_or_default();
    format!("{}  {:<7}  {}{about}\n", time::local(session.zone, turn.time), turn.event.name(), turn.id)
}

/// So many targets are named on a line.
const TARGETS_NAMED: usize = 3;

/// For machines.
#[derive(Serialize)]
struct TickedJson<'a> {
    operation: Option<u64>,
    changed: Vec<DowntimeJson<'a>>,
    unchanged: [&'a str; 0],
    notes: [&'a str; 0],
    transitions: Vec<TurnJson<'a>>,
}

#[derive(Serialize)]
struct TurnJson<'a> {
    seq: u64,
    time: String,
    event: &'static str,
    id: &'a str,
    targets: usize,
}

impl<'a> TickedJson<'a> {
    fn new(ticked: &'a Ticked, session: &Session) -> Self {
        let (now, zone) = (session.clock.now, session.zone);
        let turn = |(seq, turn): &'a (u64, Turn)| TurnJson {
            seq: *seq,
            time: zone.rfc3339(turn.time),
            event: turn.event.name(),
            id: turn.id.as_str(),
            targets: turn.targets,
        };
        Self {
            operation: ticked.turns.last().map(|(sequence, _)| *sequence),
            changed: ticked.downtimes.values().map(|downtime| DowntimeJson::new(downtime, now, zone)).collect(),
            unchanged: [],
            notes: [],
            transitions: ticked.turns.iter().map(turn).collect(),
        }
    }
}
