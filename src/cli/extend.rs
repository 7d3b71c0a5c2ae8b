//! `extend`: move the end of downtimes.

use clap::Args;

use super::picking;
use super::session::Session;
use super::shown::{self, Change};
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::Downtime;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::{duration, time};
use crate::when::{self, Local, Role};

/// Move the end of downtimes, later or earlier
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime extend 12 --by 30m
  downtime extend 12 13 --to 06:00
  downtime extend 12 --by -30m          # ends half an hour earlier
  downtime extend 12 --to now           # ends at once")]
pub struct Extend {
    /// Ids of downtimes
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// How much later; -30m is earlier
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, conflicts_with = "to")]
    by: Option<String>,
    /// When it ends; +1h is an hour from now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
}

impl Extend {
    /// Moves all the ends, or none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let mut writer = session.change()?;
        let before = picking::downtimes(&self.ids, &writer.state)?;
        let mut effects = Vec::new();
        let mut unchanged = Vec::new();
        let mut notes = Vec::new();
        for downtime in &before {
            let (to, local) = self.end(session, downtime, &mut notes)?;
            match self.effect(session, downtime, to, local)? {
                Effect::MoveEnd { from, to, .. } if from == to => unchanged.push(downtime.clone()),
                moved => effects.push(moved),
            }
        }
        notes.dedup();
        let ids: Vec<String> = effects.iter().map(|effect: &Effect| effect.id().to_string()).collect();
        let operation = if effects.is_empty() { None } else { Some(writer.commit(Operation::Extend(effects))?) };
        let changed = picking::downtimes(&ids, &writer.state)?;
        drop(writer);
        let was = |id: &DowntimeId| before.iter().find(|before| before.id == *id).map(|before| before.window.end());
        let mut lines: Vec<String> = changed.iter().map(|after| line(session, was(&after.id), after)).collect();
        lines.extend(unchanged.iter().map(|same| line(session, None, same)));
        shown::change(session, &Change { operation, changed: &changed, unchanged: &unchanged, lines, notes: &notes })
    }

    /// The end that a downtime is to have.
    fn end(
        &self,
        session: &Session,
        downtime: &Downtime,
        notes: &mut Vec<String>,
    ) -> Outcome<(Instant, Option<Local>)> {
        match (&self.by, &self.to) {
            (Some(text), _) => Ok((downtime.window.end() + when::duration::parse_signed(text)?, None)),
            (None, Some(text)) => {
                let role = Role::Extension { start: downtime.window.start() };
                let resolved = when::point(text, role, &session.present()).map_err(|failure| instead(text, failure))?;
                notes.extend(resolved.notes);
                Ok((resolved.instant, resolved.local))
            }
            (None, None) => Err(Failure::new(Kind::Usage, "no new end is given").hint("add --by 30m or --to TIME")),
        }
    }

    fn effect(&self, session: &Session, downtime: &Downtime, to: Instant, local: Option<Local>) -> Outcome<Effect> {
        let now = session.clock.now;
        let id = &downtime.id;
        let show = |instant| time::local(session.zone, instant);
        if let Some(over) = shown::over(downtime, session) {
            return Err(Failure::new(Kind::Ended, over).hint("schedule a new one with `downtime schedule`"));
        }
        if to <= downtime.window.start() {
            let start = show(downtime.window.start());
            return Err(Failure::new(
                Kind::Window,
                format!("downtime {id} would end {}, which is not after its start, {start}", show(to)),
            )
            .hint(format!("to take it back: downtime delete {id}")));
        }
        let ends_now = self.to.is_some() && to == now;
        if to <= now && !ends_now {
            return Err(Failure::new(
                Kind::Window,
                format!("downtime {id} would end {}, which is not after now", show(to)),
            )
            .hint(format!("to end it now: downtime extend {id} --to now, or downtime delete {id}")));
        }
        if to > Instant::LATEST {
            return Err(
                Failure::new(Kind::Time, "the end lies after the year 9998").hint("name an end before 9999-01-01")
            );
        }
        Ok(Effect::MoveEnd {
            id: id.clone(),
            from: downtime.window.end(),
            from_civil: downtime.window.end_civil,
            to,
            to_civil: local,
        })
    }
}

/// For a length typed as a time: the option that takes lengths here.
fn instead(text: &str, failure: Failure) -> Failure {
    if when::duration::parse(text).is_err() {
        return failure;
    }
    let hint = format!("to move the end by that: --by {text:?}; to count from now: --to {:?}", format!("+{text}"));
    Failure { hints: vec![hint], ..failure }
}

fn line(session: &Session, was: Option<Instant>, after: &Downtime) -> String {
    let end = after.window.end();
    let (word, by) = match was.map(|was| end - was) {
        None => ("Unchanged:", String::new()),
        Some(later) if later > 0 => ("Extended", format!("  {} later", duration::format(later))),
        Some(earlier) => ("Shortened", format!("  {} earlier", duration::format(-earlier))),
    };
    let targets = shown::targets(after, 6);
    format!("{word} downtime {}: {targets}\n  until {}{by}", after.id, shown::moment(session.zone, end))
}
