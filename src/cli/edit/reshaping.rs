//! Editing a series: what is given counts for the occurrences that begin from now on.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use super::super::changing::Ground;
use super::super::repeating::Typed;
use super::super::session::{Session, warn};
use super::super::window::{self, Ends};
use super::super::{picking, shown, whole};
use super::Edit;
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::operation::Effect;
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::{Except, Nominal, Recurrence};
use crate::downtime::series::Series;
use crate::downtime::state::State;
use crate::downtime::story::Changes;
use crate::downtime::target::Target;
use crate::downtime::window::Window;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::text::printable;
use crate::when::zone::Zone;
use crate::when::{self, Present, Resolved, Role, Shape};

impl Edit {
    /// The effects that make a series what is wanted.
    pub(super) fn reshaped(&self, session: &Session, ground: &Ground<'_>, series: &Series) -> Outcome<Vec<Effect>> {
        let id = series.id();
        if self.retroactive {
            return Err(Failure::new(Kind::Usage, format!("{id} is more than one downtime; --retroactive is for one"))
                .hint(format!("name the occurrence: `downtime next {id} --from TIME` shows the ids")));
        }
        if let Some(release) = series.ended().filter(|_| self.add_target.is_empty()) {
            let ended = crate::render::time::local(session.zone, release.at);
            return Err(Failure::new(Kind::Ended, format!("series {id} was ended {ended} by {}", release.by))
                .hint("schedule a new one with `downtime schedule --repeat MODE`"));
        }
        let held: BTreeSet<&Target> = series.held().collect();
        let add: Vec<Target> = self.to_add(ground)?.into_iter().filter(|target| !held.contains(target)).collect();
        let named = picking::targets_of(&Kept::from(series.clone()), &self.remove_target)?;
        let remove: Vec<Target> = named.into_iter().filter(|target| held.contains(target)).collect();
        if remove.len() == held.len() && add.is_empty() && !remove.is_empty() {
            return Err(Failure::new(Kind::Usage, format!("that would leave series {id} without a target"))
                .hint(format!("to end it: downtime delete {id}")));
        }
        let terms = self.terms(&series.plan().terms)?;
        let recurrence = self.recurrence(session, series)?;
        Ok(Effect::reshaping(series, terms, recurrence, &add, &remove))
    }

    /// How it repeats from now on.
    fn recurrence(&self, session: &Session, series: &Series) -> Outcome<Recurrence> {
        let own = &series.plan().recurrence;
        let moves = self.start.is_some() || self.end.is_some() || self.length.is_some() || self.wall_ends.is_given();
        let mut changed = if moves { self.moved(session, series)? } else { own.clone() };
        if let Some(typed) = Typed::either(self.repeat.as_ref(), self.rrule.as_ref()) {
            return self.limits.again(session, typed, series, &changed);
        }
        if moves || !self.limits.is_empty() {
            changed = self.limits.changed(session, changed)?;
        }
        Ok(changed)
    }

    /// The same pattern with other times: the next occurrence gets them, and is what the others follow from.
    fn moved(&self, session: &Session, series: &Series) -> Outcome<Recurrence> {
        let (now, own) = (session.clock.now, &series.plan().recurrence);
        let Some(next) = own.starting(now).next() else {
            return Err(Failure::new(Kind::Ended, format!("series {} has no occurrence to come", series.id()))
                .hint(format!("to let it go on: downtime repeat {} --every weekly", series.id())));
        };
        let zone = own.timezone;
        let present = Present { now, zone };
        let (start, civil) = match &self.start {
            Some(text) => {
                let mut resolved = when::point(text, Role::Start, &present)?;
                if resolved.shape == Shape::Clock {
                    // A time of day alone is that of the day on which it begins.
                    resolved = on_its_day(text, next.window.start(), zone)?;
                }
                resolved.notes.iter().for_each(|note| session.note(note));
                (resolved.instant, resolved.local)
            }
            None => (next.window.start(), next.window.start_civil),
        };
        if start < now {
            let what = format!("the start, {}, is past", crate::render::time::local(session.zone, start));
            return Err(Failure::new(Kind::Past, what).hint("name the start of an occurrence to come"));
        }
        let wall_end = self.wall_ends.parse()?.or(own.wall_end);
        let ends = Ends { end: self.end.as_deref(), length: self.length.as_deref() };
        let given = ends.resolve(start, &present)?;
        let first = match (given, wall_end) {
            (Some(end), _) => {
                end.notes.iter().for_each(|note| session.note(note));
                let interval = window::interval(session, start, end.instant)?;
                Window { interval, start_civil: civil, end_civil: end.local }
            }
            (None, Some(wall_end)) => {
                let nominal = civil.map_or_else(|| zone.civil(start), |local| local.time);
                wall_end.window(nominal, start, zone).ok_or_else(|| {
                    Failure::new(Kind::Time, "the end lies after the year 9998").hint("name an earlier start")
                })?
            }
            (None, None) => {
                let interval = window::interval(session, start, start + own.first.interval.seconds())?;
                Window { interval, start_civil: civil, end_civil: None }
            }
        };
        // Those that there were by now have been counted.
        let count = own.count.map(|count| count.saturating_sub(own.number(next.nominal) - 1));
        let wall_end = wall_end.filter(|_| self.end.is_none() && self.length.is_none());
        let except = if first.start() == next.window.start() { own.except.clone() } else { left_out(session, series) };
        Ok(Recurrence { except, first, count, wall_end, first_stays: false, ..own.clone() })
    }
}

/// A time of day on the day on which something starts.
pub(super) fn on_its_day(text: &str, start: Instant, zone: Zone) -> Outcome<Resolved> {
    let midnight = zone.date(start).and_time(NaiveTime::MIN);
    let eve = Present { now: zone.place(midnight).instant - 1, zone };
    let resolved = when::point(text, Role::Start, &eve)?;
    Ok(Resolved { notes: Vec::new(), ..resolved })
}

/// The exceptions of a series whose start moves: the days that were left out stay so.
fn left_out(session: &Session, series: &Series) -> Vec<Except> {
    let (now, own) = (session.clock.now, &series.plan().recurrence);
    let mut except = own.except.clone();
    for nominal in series.touched.ids().filter_map(DowntimeId::nominal) {
        let (Some(occurrence), Nominal::Local(local)) = (series.occurrence(nominal), nominal) else { continue };
        let to_come = occurrence.window.start() > now;
        if to_come && matches!(occurrence.state(now), State::Skipped | State::Cancelled) {
            except.push(Except::Date(local.date()));
        }
    }
    Except::sorted(except)
}

/// Points out what was done to single occurrences to come that are none of the series any more.
pub(in crate::cli) fn point_out_given_up(session: &Session, before: &Series, after: &Series) {
    for occurrence in before.given_up(after, session.clock.now) {
        warn(&format!(
            "what was changed on {} alone is given up: {}",
            occurrence.id,
            shown::range(occurrence.window.interval, session.zone)
        ));
    }
}

/// What is told of the changes of a series.
pub(super) fn told(session: &Session, after: &Kept, effects: &[Effect]) -> Vec<String> {
    let Kept::Series(series) = after else { return Vec::new() };
    let (id, targets) = (series.id(), shown::names(series.held(), 6));
    if effects.is_empty() {
        return vec![format!("Unchanged: downtime {id}: {targets}")];
    }
    let whole = series.whole(session.clock.now);
    let mut lines = vec![format!("Edited downtime {id}: {targets}")];
    for effect in effects {
        let phrases = shown::phrases(&Changes::of(effect), session.zone);
        lines.extend(phrases.iter().map(|phrase| format!("  {}", printable(phrase))));
    }
    lines.push(format!("  {}", whole::sentence(&whole, session)));
    if let Some(running) = &whole.running {
        lines.push(running_goes_on(running, session));
    }
    lines
}

fn running_goes_on(running: &Downtime, session: &Session) -> String {
    format!(
        "  {} goes on as it is until {}",
        running.id,
        crate::render::time::local(session.zone, running.window.end())
    )
}
