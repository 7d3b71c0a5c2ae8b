//! `skip` and `unskip`: leave single occurrences out, and let them take place after all.

use clap::Args;

use super::changing::Ground;
use super::session::Session;
use super::shown::{self, Change};
use super::{changing, mistaken, picking};
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::{Except, Nominal, Recurrence};
use crate::downtime::state::State;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::time;
use crate::when::Present;

/// Leave out single occurrences of a series or rule
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime skip 15 2026-12-27
  downtime skip 15 --next
  downtime skip 15@2026-12-27T22:00

A date leaves out all that start on it on the clocks of the series. What has begun is ended with `downtime delete`.")]
pub struct Skip {
    /// Id of a series, name of a rule, key:KEY, or id of an occurrence
    #[arg(value_name = "ID")]
    id: String,
    /// A date, or a date and time
    #[arg(value_name = "DATE")]
    dates: Vec<String>,
    /// The next one
    #[arg(long, conflicts_with = "dates")]
    next: bool,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Let occurrences that were left out take place after all
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime unskip 15 2026-12-20
  downtime unskip 15@2026-12-20T22:00")]
pub struct Unskip {
    /// Id of a series, name of a rule, key:KEY, or id of an occurrence
    #[arg(value_name = "ID")]
    id: String,
    /// A date, or a date and time
    #[arg(value_name = "DATE")]
    dates: Vec<String>,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Skip {
    /// Leaves them out, all or none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let now = session.clock.now;
        let mut unchanged = Vec::new();
        let made = changing::make(session, self.dry_run, |ground| {
            let kept = named(session, ground, &self.id, "skip")?;
            let found = match &kept {
                Kept::Downtime(occurrence) => vec![(**occurrence).clone()],
                whole if self.next => {
                    let next = ground.agenda().coming(whole.id(), now, 1)?;
                    if next.is_empty() {
                        let is_declared = ground.agenda().plan_at(whole.id(), now)?.is_some();
                        let none = if is_declared { none_to_come } else { picking::declared_no_more };
                        return Err(none(whole.id()));
                    }
                    next
                }
                whole => on_dates(session, ground, whole.id(), &self.dates, "skip")?,
            };
            let (mut effects, mut passed) = (Vec::new(), None);
            for occurrence in found {
                match occurrence.state(now) {
                    State::Scheduled => effects.push(Effect::Skip { id: occurrence.id }),
                    State::Skipped => unchanged.push(Kept::from(occurrence)),
                    // Of a day, what has begun stays.
                    _ if self.dates.iter().any(|date| is_day(date, &occurrence, session)) => passed = Some(occurrence),
                    _ => return Err(begun(session, &occurrence)),
                }
            }
            if let (true, Some(passed)) = (effects.is_empty() && unchanged.is_empty(), passed) {
                return Err(begun(session, &passed));
            }
            Ok((!effects.is_empty()).then_some(Operation::Skip(effects)))
        })?;
        let mut lines: Vec<String> = made.changed.iter().map(|kept| line("Left out", kept, session)).collect();
        lines.extend(unchanged.iter().map(|kept| line("Unchanged, left out already:", kept, session)));
        shown::change(session, &Change { unchanged: &unchanged, lines, ..Change::of(&made, self.dry_run) })
    }
}

impl Unskip {
    /// Lets them take place, all or none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let now = session.clock.now;
        let mut unchanged = Vec::new();
        let made = changing::make(session, self.dry_run, |ground| {
            let kept = named(session, ground, &self.id, "unskip")?;
            let (mut effects, mut passed) = (Vec::new(), None);
            let found = match &kept {
                Kept::Downtime(occurrence) => vec![(**occurrence).clone()],
                whole => {
                    let (own, dates) = self.among_exceptions(session, whole)?;
                    effects.extend(own);
                    if dates.is_empty() && !effects.is_empty() {
                        Vec::new()
                    } else {
                        on_dates(session, ground, whole.id(), &dates, "unskip")?
                    }
                }
            };
            for occurrence in found {
                match occurrence.state(now) {
                    State::Skipped if occurrence.window.end() > now => {
                        effects.push(Effect::Unskip { id: occurrence.id });
                    }
                    State::Skipped => passed = Some(occurrence),
                    State::Completed if self.dates.iter().any(|date| is_day(date, &occurrence, session)) => {}
                    State::Cancelled => {
                        let what = format!("{} was deleted, and not left out", occurrence.id);
                        return Err(Failure::new(Kind::Ended, what).hint("take that back with `downtime undo`"));
                    }
                    _ => unchanged.push(Kept::from(occurrence)),
                }
            }
            if let (true, Some(passed)) = (effects.is_empty() && unchanged.is_empty(), passed) {
                let what = format!("{} was left out, and its time is over", passed.id);
                return Err(Failure::new(Kind::Ended, what).hint("schedule a new one with `downtime schedule`"));
            }
            Ok((!effects.is_empty()).then_some(Operation::Unskip(effects)))
        })?;
        let mut lines: Vec<String> = made.changed.iter().map(|kept| line("Takes place", kept, session)).collect();
        lines.extend(unchanged.iter().map(|kept| line("Unchanged, not left out:", kept, session)));
        shown::change(session, &Change { unchanged: &unchanged, lines, ..Change::of(&made, self.dry_run) })
    }

    /// The change of a series that had these dates among its exceptions from the beginning, and the dates that it had not.
    fn among_exceptions(&self, session: &Session, kept: &Kept) -> Outcome<(Option<Effect>, Vec<String>)> {
        let Kept::Series(series) = kept else { return Ok((None, self.dates.clone())) };
        let own = &series.plan().recurrence;
        let present = Present { now: session.clock.now, zone: own.timezone };
        let (mut except, mut others) = (own.except.clone(), Vec::new());
        for date in &self.dates {
            let named = Except::typed(date, &present)?;
            let before = except.len();
            except.retain(|except| !is_same(*except, named, own));
            if except.len() == before {
                others.push(date.clone());
            }
        }
        if except.len() == own.except.len() {
            return Ok((None, others));
        }
        let to = Recurrence { except, ..own.clone() };
        let (from, to) = (Some(Box::new(own.clone())), Some(Box::new(to)));
        Ok((Some(Effect::Repeat { id: series.id().clone(), from, to }), others))
    }
}

/// Whether an exception is what was named: the same, or the occurrence on the day that was named.
fn is_same(except: Except, named: Except, recurrence: &Recurrence) -> bool {
    let local = |except: Except| match except {
        Except::Date(date) => (date, None),
        Except::Local(time) => (time.date(), Some(time.time())),
        Except::Start(instant) => {
            let time = recurrence.timezone.civil(instant);
            (time.date(), Some(time.time()))
        }
    };
    let ((day, time), (named_day, named_time)) = (local(except), local(named));
    day == named_day && (time == named_time || named_time.is_none() || time.is_none())
}

/// The series, rule or occurrence.
fn named(session: &Session, ground: &Ground<'_>, id: &str, verb: &str) -> Outcome<Kept> {
    let kept = picking::one(id, ground.agenda(), session.clock.now)
        .map_err(|failure| mistaken::id(failure, verb, &[id.to_owned()], ground.state))?;
    match &kept {
        Kept::Downtime(downtime) if downtime.id.parent().is_none() => {
            Err(Failure::new(Kind::Usage, format!("downtime {} does not repeat", downtime.id))
                .hint(format!("to take it back: downtime delete {}", downtime.id)))
        }
        _ => Ok(kept),
    }
}

/// The occurrences that start on these dates, or at these dates and times.
fn on_dates(
    session: &Session,
    ground: &Ground<'_>,
    id: &DowntimeId,
    dates: &[String],
    verb: &str,
) -> Outcome<Vec<Downtime>> {
    if dates.is_empty() {
        let next = if verb == "skip" { ", or --next" } else { "" };
        return Err(Failure::new(Kind::Usage, "it is not said which occurrence is meant")
            .hint(format!("name its date, as in downtime {verb} {id} 2026-12-24{next}")));
    }
    let now = session.clock.now;
    let Some(plan) = ground.agenda().plan_at(id, now)? else { return Err(picking::declared_no_more(id)) };
    let zone = plan.recurrence.timezone;
    let mut found = Vec::new();
    for date in dates {
        let except = Except::typed(date, &Present { now, zone })?;
        let centre = match except {
            Except::Date(date) => zone.place(date.and_time(chrono::NaiveTime::MIN)).instant,
            Except::Local(time) => zone.place(time).instant,
            Except::Start(instant) => instant,
        };
        // No day is longer than two, gaps and all; one that was moved is named by the day on which it was to be.
        let range = Interval::new(centre - 2 * DAY, centre + 2 * DAY);
        let mut meant = range.map(|range| ground.agenda().occurrences(id, range)).transpose()?.unwrap_or_default();
        meant.extend(ground.agenda().touched(id)?);
        meant.retain(|occurrence| is_meant(occurrence, except));
        if meant.is_empty() {
            let coming = ground.agenda().coming(id, now, 3)?;
            let ids: Vec<&str> = coming.iter().map(|occurrence| occurrence.id.as_str()).collect();
            let failure = Failure::new(Kind::UnknownId, format!("{id} has no occurrence on {date}"));
            return Err(match ids.as_slice() {
                [] => failure.hint(format!("see `downtime show {id}`")),
                ids => failure.hint(format!("the next are {}", ids.join(", "))),
            });
        }
        found.extend(meant);
    }
    found.sort_by(|left, right| left.id.cmp(&right.id));
    found.dedup_by(|left, right| left.id == right.id);
    Ok(found)
}

/// A day in seconds.
const DAY: i64 = 86_400;

/// Whether an occurrence is the one, or one of those, that was named.
fn is_meant(occurrence: &Downtime, except: Except) -> bool {
    let Some(nominal) = occurrence.id.nominal() else { return false };
    let local = match nominal {
        Nominal::Local(local) => local,
        Nominal::Utc(instant) => occurrence.timezone.civil(instant),
    };
    match except {
        Except::Date(date) => local.date() == date,
        Except::Local(time) => local == time,
        Except::Start(instant) => occurrence.window.start() == instant,
    }
}

/// Whether a whole day was named, of which some may have begun.
fn is_day(text: &str, occurrence: &Downtime, session: &Session) -> bool {
    let present = Present { now: session.clock.now, zone: occurrence.timezone };
    matches!(Except::typed(text, &present), Ok(Except::Date(_)))
}

fn none_to_come(id: &DowntimeId) -> Failure {
    let show = if id.is_of_rule() { "rules show" } else { "show" };
    Failure::new(Kind::Ended, format!("{id} has no occurrence to come")).hint(format!("see `downtime {show} {id}`"))
}

fn begun(session: &Session, occurrence: &Downtime) -> Failure {
    let (id, start) = (&occurrence.id, occurrence.window.start());
    if occurrence.state(session.clock.now) == State::Active {
        let what = format!("{id} has begun, {}", time::local(session.zone, start));
        return Failure::new(Kind::Ended, what).hint(format!("to end it now: downtime delete {id}"));
    }
    Failure::new(Kind::Ended, format!("{id} is {}", occurrence.state(session.clock.now).name()))
        .hint("what is over stays as it was")
}

fn line(head: &str, kept: &Kept, session: &Session) -> String {
    match kept {
        Kept::Downtime(occurrence) => {
            format!("{head} {}: {}", occurrence.id, shown::range(occurrence.window.interval, session.zone))
        }
        other => shown::standing_of(other, session),
    }
}
