//! `repeat`: let a downtime repeat, a series repeat otherwise, or stop.

use clap::Args;

use super::edit::point_out_given_up;
use super::guarding;
use super::repeating::{Beginning, Limits, Typed, WallEnds};
use super::session::Session;
use super::shown::{self, Change};
use super::{changing, mistaken, picking, whole};
use crate::clock::Instant;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::{Recurrence, Until};
use crate::downtime::series::Series;
use crate::downtime::state::State;
use crate::failure::{Failure, Kind, Outcome};

/// Let a downtime repeat from now on, a series repeat otherwise, or stop repeating
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime repeat 12 --every weekly
  downtime repeat 12 --every monthly --repeat-until 2027-12-31
  downtime repeat 15 --rrule 'FREQ=WEEKLY;BYDAY=SU,WE'
  downtime repeat 15 --stop                  # what is running finishes

What is not given again stays, as --count and --except; '' takes it off. A series that has come to its end goes on without
the --count and --repeat-until that ended it.

Modes: hourly, daily, weekdays, weekly, biweekly, four-weekly, nth-weekday, nth-weekday-from-end, monthly,
last-day-of-month, yearly. All derive from the first start. A downtime that did not repeat is the first occurrence,
whatever the pattern.")]
pub struct Repeat {
    /// Id of a downtime or series, or key:KEY
    #[arg(value_name = "ID")]
    id: String,
    /// How it repeats from now on
    #[arg(long, alias = "repeat", value_name = "MODE", conflicts_with_all = ["rrule", "stop"], help_heading = "Repetition")]
    every: Option<String>,
    /// The same, by a rule of RFC 5545
    #[arg(long, value_name = "RRULE", conflicts_with = "stop", help_heading = "Repetition")]
    rrule: Option<String>,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    wall_ends: WallEndsOfSeries,
    /// No further occurrence begins
    #[arg(long)]
    stop: bool,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// The clock at which each ends, where no other end can be given.
#[derive(Debug, Args)]
struct WallEndsOfSeries {
    /// When each ends on the clock
    #[arg(long, value_name = "HH:MM")]
    wall_end: Option<String>,
    /// So many days later still
    #[arg(long, value_name = "N", requires = "wall_end")]
    wall_days: Option<u32>,
}

impl Repeat {
    /// Changes how it repeats.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let now = session.clock.now;
        let mut notes = Vec::new();
        let made = changing::make(session, self.dry_run, |ground| {
            let kept = picking::one(&self.id, ground.agenda(), now)
                .map_err(|failure| mistaken::id(failure, "repeat", std::slice::from_ref(&self.id), ground.state))?;
            let (id, from, to) = match &kept {
                Kept::Rule(rule) => return Err(refused_rule(rule.id.as_str())),
                Kept::Downtime(downtime) => (downtime.id.clone(), None, Some(self.begun_by(session, downtime)?)),
                Kept::Series(series) => {
                    let from = series.plan().recurrence.clone();
                    let to = if self.stop { stopped(series, now)? } else { Some(self.changed(session, series)?) };
                    if to.as_ref() == Some(&from) {
                        return Ok(None);
                    }
                    (series.id().clone(), Some(Box::new(from)), to)
                }
            };
            let effect = Effect::Repeat { id, from, to: to.map(Box::new) };
            let mut after = kept.clone();
            after.perform(&crate::downtime::touched::Change { effect: effect.clone(), at: now, by: session.author() });
            if let (Kept::Series(before), Kept::Series(after)) = (&kept, &after) {
                point_out_given_up(session, before, after);
            }
            if let Kept::Series(series) = &after {
                let shown = series.whole(now).shown;
                let change = guarding::Change { before: Some(&shown), after: &shown, reason: None };
                notes.extend(guarding::allow_series(session, ground, &change, series)?);
            }
            Ok(Some(Operation::Repeat(vec![effect])))
        })?;
        let lines: Vec<String> = match made.changed.as_slice() {
            [] => vec![format!("Unchanged: it repeats like that already: {}", self.id)],
            changed => changed.iter().map(|kept| line(kept, session)).collect(),
        };
        shown::change(session, &Change { lines, notes: &notes, ..Change::of(&made, self.dry_run) })
    }

    fn typed(&self) -> Outcome<Typed<'_>> {
        Typed::either(self.every.as_ref(), self.rrule.as_ref()).ok_or_else(|| {
            Failure::new(Kind::Usage, "it is not said how it is to repeat")
                .hint("give --every weekly or another mode, --rrule RULE, or --stop")
        })
    }

    fn wall_end(&self) -> Outcome<Option<crate::downtime::recurrence::WallEnd>> {
        let WallEndsOfSeries { wall_end, wall_days } = &self.wall_ends;
        WallEnds::given(wall_end.clone(), *wall_days).parse()
    }

    /// How a downtime repeats of which it is the first occurrence.
    fn begun_by(&self, session: &Session, downtime: &Downtime) -> Outcome<Recurrence> {
        let id = &downtime.id;
        if let Some(parent) = id.parent() {
            return Err(Failure::new(Kind::Usage, format!("{id} is one occurrence of {parent}"))
                .hint(format!("name the series: downtime repeat {parent} \u{2026}")));
        }
        if self.stop {
            return Err(Failure::new(Kind::Ended, format!("downtime {id} does not repeat"))
                .hint(format!("to end it: downtime delete {id}")));
        }
        if downtime.state(session.clock.now) == State::Cancelled {
            let over = shown::over(downtime, session).unwrap_or_default();
            return Err(
                Failure::new(Kind::Ended, over).hint("schedule a series with `downtime schedule --repeat MODE`")
            );
        }
        let beginning = Beginning {
            first: downtime.window,
            timezone: downtime.timezone,
            wall_end: self.wall_end()?,
            first_stays: true,
            until: None,
            count: None,
        };
        self.limits.recurrence(session, self.typed()?, beginning)
    }

    /// How a series repeats from now on; what is not given again stays.
    fn changed(&self, session: &Session, series: &Series) -> Outcome<Recurrence> {
        if let Some(release) = series.ended() {
            let ended = crate::render::time::local(session.zone, release.at);
            let what = format!("series {} was ended {ended} by {}", series.id(), release.by);
            return Err(
                Failure::new(Kind::Ended, what).hint("schedule a new one with `downtime schedule --repeat MODE`")
            );
        }
        let own = series.plan().recurrence.clone();
        let wall_end = self.wall_end()?.or(own.wall_end);
        self.limits.again(session, self.typed()?, series, &Recurrence { wall_end, ..own })
    }
}

/// No further occurrence begins.
fn stopped(series: &Series, now: Instant) -> Outcome<Option<Recurrence>> {
    if series.next(now).is_none() {
        return Err(Failure::new(Kind::Ended, format!("series {} has no more occurrences to come", series.id()))
            .hint(format!("to let it go on: downtime repeat {} --every weekly", series.id())));
    }
    let own = series.plan().recurrence.clone();
    Ok(Some(Recurrence { until: Some(Until::Instant(now)), ..own }))
}

fn refused_rule(id: &str) -> Failure {
    Failure::new(Kind::Usage, format!("how rule {id} repeats is said in rules.toml"))
        .hint("edit `repeat` there; it counts from then on, and downtime rules check tells whether it can be read")
}

fn line(kept: &Kept, session: &Session) -> String {
    match kept {
        Kept::Series(series) => {
            let whole = series.whole(session.clock.now);
            let targets = shown::names(series.held(), 6);
            let how = if whole.next.is_some() { "repeats" } else { "repeats no more" };
            format!("Downtime {} ({targets}) {how}\n  {}", series.id(), whole::sentence(&whole, session))
        }
        _ => shown::standing_of(kept, session),
    }
}
