//! `delete`: end running downtimes now, take back future ones.

use clap::Args;

use super::picking;
use super::session::Session;
use super::shown::{self, Change};
use crate::downtime::cover::{self, Cover};
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::text::printable;
use crate::render::time;
use crate::store;

/// End running downtimes now, and take back future ones
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime delete 12
  downtime delete 12 13
  downtime delete 12 --target web01     # let go of one target only")]
pub struct Delete {
    /// Ids of downtimes
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Let go of this target only (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(long, value_name = "TARGET")]
    target: Vec<String>,
}

impl Delete {
    /// Lets go of all that is named, or of nothing.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let mut writer = session.change()?;
        let before = picking::downtimes(&self.ids, &writer.state, session.clock.now)?;
        let effects = before.iter().map(|downtime| self.effect(session, downtime)).collect::<Outcome<Vec<Effect>>>()?;
        let operation = writer.commit(Operation::Delete(effects.clone()))?;
        let after = picking::downtimes(&self.ids, &writer.state, session.clock.now)?;
        let mut lines = Vec::new();
        let mut notes = Vec::new();
        for (after, effect) in after.iter().zip(&effects) {
            if let Effect::Release { targets, .. } = effect {
                lines.push(line(session, after, targets));
                for target in targets {
                    let held = held(session, target, after, &writer.state)?;
                    lines.push(format!("  {held}"));
                    notes.push(held);
                }
            }
        }
        drop(writer);
        let notes = if session.globals.document()? { notes } else { Vec::new() };
        let change = Change {
            operation: Some(operation),
            dry_run: false,
            changed: &after,
            unchanged: &[],
            lines,
            notes: &notes,
        };
        shown::change(session, &change)
    }

    fn effect(&self, session: &Session, downtime: &Downtime) -> Outcome<Effect> {
        let now = session.clock.now;
        let named = picking::targets_of(downtime, &self.target)?;
        let open = downtime.holdings.iter().filter(|holding| holding.open_span(now).is_some());
        let targets: Vec<Target> = open
            .map(|holding| holding.target.clone())
            .filter(|target| self.target.is_empty() || named.contains(target))
            .collect();
        if targets.is_empty() {
            let what = shown::over(downtime, session)
                .unwrap_or_else(|| format!("downtime {} no longer holds {}", downtime.id, self.target.join(", ")));
            return Err(Failure::new(Kind::Ended, what).hint("there is nothing left to end or take back"));
        }
        Ok(Effect::Release { id: downtime.id.clone(), targets })
    }
}

fn line(session: &Session, after: &Downtime, targets: &[Target]) -> String {
    let names: Vec<String> = targets.iter().take(6).map(|target| printable(&target.to_string()).into_owned()).collect();
    let more = if targets.len() > 6 { format!(" and {} more", targets.len() - 6) } else { String::new() };
    match after.state(session.clock.now) {
        state if state.is_open() => format!("Downtime {} lets go of {}{more}", after.id, names.join(", ")),
        State::Completed => format!("Ended downtime {}: {}{more}", after.id, names.join(", ")),
        _ => format!("Cancelled downtime {}: {}{more}", after.id, names.join(", ")),
    }
}

/// Whether another downtime holds a target that was let go of: now, or when the one that was taken back would begin.
fn held(session: &Session, target: &Target, downtime: &Downtime, state: &store::State) -> Outcome<String> {
    let instant = session.clock.now.max(downtime.window.start());
    let cover: Cover = cover::cover(target, instant, &state.on_host(&target.host, instant)?);
    let target = target.to_string();
    let target = printable(&target);
    if !cover.in_downtime() {
        return Ok(format!("{target} is in no other downtime"));
    }
    let ids: Vec<&str> = cover.holds.iter().map(|hold| hold.id.as_str()).collect();
    let until = cover
        .until
        .map_or("for more than ten years".to_owned(), |end| format!("until {}", time::local(session.zone, end)));
    Ok(format!("{target} is still held by downtime {} {until}", ids.join(", ")))
}
