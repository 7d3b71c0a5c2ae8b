//! `extend`: move the end of downtimes.

use clap::Args;

use super::session::Session;
use super::{picking, shown};
use crate::clock::Instant;
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
    #[arg(
        long,
        value_name = "DURATION",
        allow_hyphen_values = true,
        required_unless_present = "to",
        conflicts_with = "to"
    )]
    by: Option<String>,
    /// When it ends; +1h is an hour from now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
}

impl Extend {
    /// Moves all the ends, or none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let by = self.by.as_deref().map(when::duration::parse_signed).transpose()?;
        let mut writer = session.change()?;
        let before = picking::downtimes(&self.ids, &writer.state)?;
        let mut effects = Vec::new();
        let mut notes = Vec::new();
        for downtime in &before {
            let (to, local) = match (by, &self.to) {
                (Some(seconds), _) => (downtime.window.end() + seconds, None),
                (None, Some(text)) => {
                    let role = Role::Extension { start: downtime.window.start() };
                    let resolved = when::point(text, role, &session.present())?;
                    notes.extend(resolved.notes);
                    (resolved.instant, resolved.local)
                }
                (None, None) => {
                    return Err(Failure::new(Kind::Usage, "no new end is given").hint("add --by 30m or --to TIME"));
                }
            };
            effects.push(effect(session, downtime, to, local)?);
        }
        notes.dedup();
        let operation = writer.commit(Operation::Extend(effects))?;
        let after = picking::downtimes(&self.ids, &writer.state)?;
        drop(writer);
        let lines: Vec<String> =
            before.iter().zip(&after).map(|(before, after)| line(session, before, after)).collect();
        shown::change(session, operation, &after, &lines, &notes)
    }
}

fn effect(session: &Session, downtime: &Downtime, to: Instant, local: Option<Local>) -> Outcome<Effect> {
    let now = session.clock.now;
    let id = &downtime.id;
    let show = |instant| time::local(session.zone, instant);
    if let Some((ended, _)) = downtime.ended(now) {
        return Err(Failure::new(Kind::Ended, format!("downtime {id} ended {}", show(ended)))
            .hint("schedule a new one with `downtime schedule`"));
    }
    let ends_now = to == now && downtime.window.start() < now;
    if to <= now && !ends_now {
        return Err(Failure::new(
            Kind::Window,
            format!("downtime {id} would end {}, which is not after now", show(to)),
        )
        .hint(format!("to end it now: downtime delete {id}, or --to now")));
    }
    if to <= downtime.window.start() {
        let start = show(downtime.window.start());
        return Err(Failure::new(
            Kind::Window,
            format!("downtime {id} would end {}, which is not after its start, {start}", show(to)),
        )
        .hint(format!("to take it back: downtime delete {id}")));
    }
    if to > Instant::LATEST {
        return Err(Failure::new(Kind::Time, "the end lies after the year 9998"));
    }
    Ok(Effect::MoveEnd {
        id: id.clone(),
        from: downtime.window.end(),
        from_civil: downtime.window.end_civil,
        to,
        to_civil: local,
    })
}

fn line(session: &Session, before: &Downtime, after: &Downtime) -> String {
    let moved = after.window.end() - before.window.end();
    let by = match moved {
        0 => "unchanged".to_owned(),
        later if later > 0 => format!("{} later", duration::format(later)),
        earlier => format!("{} earlier", duration::format(-earlier)),
    };
    format!(
        "Extended downtime {}: {}\n  until {}  ({})  {by}",
        after.id,
        shown::targets(after, 6),
        time::local(session.zone, after.window.end()),
        after.window.end()
    )
}
