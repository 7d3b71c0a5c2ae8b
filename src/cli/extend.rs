//! `extend`: move the end of downtimes.

use clap::Args;

use super::guarding::{self, Overriding};
use super::session::Session;
use super::shown::{self, Change};
use super::{changing, mistaken, picking};
use crate::clock::Instant;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::{Downtime, Terms};
use crate::downtime::state::State;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::{duration, time};
use crate::when::{self, Local, Role};

/// Move the end of downtimes, later or earlier
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime extend 12 --by 30m
  downtime extend 12 13 --to 06:00
  downtime extend 12 --by -30m          # ends half an hour earlier
  downtime extend 12 --to now           # ends at once
  downtime extend key:deploy --by 1h
  downtime extend 12 --by 4h --override 'restore takes longer, CAB told'
  downtime extend 12 --by 30m --dry-run")]
pub struct Extend {
    /// Ids of downtimes, or key:KEY
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// How much later; -30m is earlier
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, conflicts_with = "to")]
    by: Option<String>,
    /// When it ends; +1h is an hour from now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// Allow an end in the past, and one that is over already; it counts as if it had been so
    #[arg(long)]
    retroactive: bool,
    #[command(flatten)]
    overriding: Overriding,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Extend {
    /// Moves all the ends, or none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let reason = self.overriding.reason()?;
        let mut before = Vec::new();
        let mut unchanged = Vec::new();
        let mut notes = Vec::new();
        let made = changing::make(session, self.dry_run, |ground| {
            let mut effects = Vec::new();
            let named = picking::all(&self.ids, ground.agenda(), session.clock.now)
                .map_err(|failure| mistaken::id(failure, "extend", &self.ids, ground.state))?;
            for kept in named {
                let downtime = picking::running(kept, ground.agenda(), session.clock.now, "extended")?;
                let (to, local) = self.end(session, &downtime, &mut notes)?;
                let effect = self.effect(session, &downtime, to, local)?;
                if to == downtime.window.end() {
                    unchanged.push(downtime);
                } else {
                    let moved: Vec<Effect> =
                        std::iter::once(effect).chain(reason.map(|reason| overridden(&downtime, reason))).collect();
                    let after = guarding::Change::performed(&downtime, &moved, session);
                    let change = guarding::Change { before: Some(&downtime), after: &after, reason };
                    notes.extend(guarding::allow(session, ground, &change)?);
                    effects.extend(moved);
                    before.push(downtime);
                }
            }
            Ok((!effects.is_empty()).then_some(Operation::Extend(effects)))
        })?;
        notes.dedup();
        let both = before.iter().zip(&made.changed);
        let told = |(before, after): (&Downtime, &Kept)| match after {
            Kept::Downtime(after) => line(session, Some(before), after),
            Kept::Series(_) | Kept::Rule(_) => shown::standing_of(after, session),
        };
        let mut lines: Vec<String> = both.map(told).collect();
        lines.extend(unchanged.iter().map(|same| line(session, None, same)));
        let unchanged: Vec<Kept> = unchanged.into_iter().map(Kept::from).collect();
        let change = Change { unchanged: &unchanged, lines, notes: &notes, ..Change::of(&made, self.dry_run) };
        shown::change(session, &change)
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
                let start = downtime.window.start();
                let role = if self.retroactive { Role::LateExtension { start } } else { Role::Extension { start } };
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
        let state = downtime.state(now);
        if !(self.retroactive && state == State::Completed)
            && let Some(over) = shown::refused_as_over(downtime, session)
        {
            return Err(match state {
                State::Completed => over
                    .hint("schedule a new one with `downtime schedule`")
                    .hint("to change what has been, add --retroactive"),
                _ => over,
            });
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
        if to <= now && !ends_now && !self.retroactive {
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
        if self.retroactive && (to <= now || !state.is_open()) {
            let window = downtime.window.ending(to, local).unwrap_or(downtime.window);
            let (from, to) = (downtime.course(), downtime.as_if_within(window, now));
            if from.holdings == to.holdings && from.window.interval != to.window.interval {
                return Err(held_by_none(downtime));
            }
            return Ok(Effect::Rewrite { id: id.clone(), from, to });
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

/// That a reason is on record from now on.
fn overridden(downtime: &Downtime, reason: &str) -> Effect {
    let terms = &downtime.terms;
    Effect::Describe {
        id: downtime.id.clone(),
        from: Box::new(terms.clone()),
        to: Box::new(Terms { override_reason: Some(reason.to_owned()), ..terms.clone() }),
    }
}

/// That a change of the time would change nothing for any target.
pub(super) fn held_by_none(downtime: &Downtime) -> Failure {
    let what =
        format!("downtime {} was let go of by all its targets, so its window means nothing for them", downtime.id);
    let hint = format!("to hold one again: downtime edit {} --add-target HOST --retroactive", downtime.id);
    Failure::new(Kind::Ended, what).hint(hint)
}

/// For a length typed as a time: the option that takes lengths here.
fn instead(text: &str, failure: Failure) -> Failure {
    if when::duration::parse(text).is_err() {
        return failure;
    }
    let hint = format!("to move the end by that: --by {text:?}; to count from now: --to {:?}", format!("+{text}"));
    Failure { hints: vec![hint], ..failure }
}

fn line(session: &Session, before: Option<&Downtime>, after: &Downtime) -> String {
    let end = after.window.end();
    let (word, by) = match before.map(|before| end - before.window.end()) {
        None => ("Unchanged:", String::new()),
        Some(later) if later > 0 => ("Extended", format!("  {} later", duration::format(later))),
        Some(earlier) => ("Shortened", format!("  {} earlier", duration::format(-earlier))),
    };
    let targets = shown::targets(after, 6);
    format!("{word} downtime {}: {targets}\n  until {}{by}", after.id, shown::moment(session.zone, end))
}
