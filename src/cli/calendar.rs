//! `calendar`: downtimes on the days of a month, or day after day.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use clap::Args;

use super::changing::Ground;
use super::filtering::{Candidate, Filters, Found, Times};
use super::narrowing::Narrowing;
use super::output::{Format, print, print_json, print_jsonl};
use super::session::Session;
use super::stretch::{Looking, Stretch};
use super::tables;
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::overlap;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::selection::Unknown;
use crate::policy::freeze::Freeze;
use crate::render::calendar::document::{self, CalendarJson};
use crate::render::calendar::{self, Frozen, agenda, grid};
use crate::render::downtime_json::DowntimeJson;
use crate::when::{duration, month};

const DAY: i64 = 86_400;
/// Days of an agenda that says nothing else.
const AGENDA: i64 = 14 * DAY;
/// Days of a grid that has a beginning and no end.
const FOUR_WEEKS: u64 = 28;
/// Ten years.
const MOST: i64 = 3660;

/// Show downtimes on the days of a month, or day after day, with freezes, overlaps and conflicts
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime calendar
  downtime calendar --month 2026-12
  downtime calendar --month +1 --tag criticality=prod
  downtime calendar --agenda
  downtime calendar --agenda 2d 'web*' db01/Backup
  downtime calendar --from 2026-11-16 --until 2026-12-13
  downtime calendar --agenda 30d --mine -o json

A month is a grid of weeks on 80 columns or more, and an agenda on fewer. Overlaps are those with any other downtime, shown
or not. A downtime in a freeze is marked unless it was made with --override. Days are those of the zone in force (--tz).")]
pub struct Calendar {
    /// Only downtimes of these targets: HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// The month shown, instead of the present one: 2026-12, +1 for the next, -1 for the last
    #[arg(long, value_name = "MONTH", allow_hyphen_values = true, conflicts_with_all = ["from", "until"])]
    month: Option<String>,
    /// Day after day instead of a grid, for so many days [default: 14d]
    #[arg(long, value_name = "DURATION", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "not given, given without a length, and given with one")]
    agenda: Option<Option<String>>,
    /// The first day shown; without --until, for four weeks, or the days of --agenda
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Up to when; without --from, from today on
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    #[command(flatten)]
    filters: Filters,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
}

impl Calendar {
    /// Prints the days with what is on them.
    pub fn run(&self, session: &Session) -> Outcome<()> {
        let mut calendar = calendar::Calendar::new(session.zone, session.clock.now, self.days(session)?);
        let range = calendar.range().ok_or_else(|| {
            Failure::new(Kind::Time, format!("the calendar of {} leaves these days out", session.zone))
        })?;
        let reading = session.reading()?;
        let ground = Ground::from(&reading);
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let narrowing = self.filters.narrowing(ground, &self.targets, unknown)?;
        let downtimes = downtimes(&narrowing, range, session.clock.now)?;
        let meant = narrowing.meant(downtimes.iter().flat_map(Downtime::targets))?;
        meant.refuse_no_object()?;
        self.filters.point_out_misses(session, ground)?;
        let sought = self.filters.sought(session, &Times::default())?;
        let in_effect = |state: State| state.is_open() || state == State::Completed;
        let shows = |state| if sought.asks_for_states() { sought.admits_state(state) } else { in_effect(state) };
        let mut found = sought.among(downtimes.iter().cloned().map(Candidate::from).collect(), &meant);
        found.retain(|found| is_on(found.meant(), range) && shows(found.meant().state(session.clock.now)));

        let ids: BTreeSet<&DowntimeId> = found.iter().map(|found| &found.downtime.id).collect();
        calendar.overlaps = overlap::overlaps(&downtimes, range, |id, target| ids.contains(id) && meant.admits(target));
        let parts: Vec<&Downtime> = found.iter().map(Found::meant).collect();
        let known = ground.objects();
        let conflicts = session.policy.conflicts(&parts, range, || known.inventory());
        calendar.conflicts = conflicts.map_err(|failure| session.where_it_is(failure))?;
        let freezes = session.policy.freezes.iter().filter(|freeze| freeze.interval.overlaps(range));
        calendar.freezes = freezes.map(frozen).collect();
        calendar.freezes.sort_by_key(|freeze| freeze.interval);
        calendar.fill(parts);
        self.show(session, &calendar, &found)
    }

    fn show(&self, session: &Session, calendar: &calendar::Calendar<'_>, found: &[Found]) -> Outcome<()> {
        let json = || {
            let one = |found| DowntimeJson::new(found, session.clock.now, session.zone);
            CalendarJson::new(calendar, found.iter().map(|found| one(&found.downtime)).collect())
        };
        match session.globals.output {
            Format::Json => print_json(&json()),
            Format::Jsonl => print_jsonl(&json().lines()),
            Format::Csv => print(&document::csv(calendar)?),
            Format::Table => print(&tables::linked(self.text(session, calendar))),
        }
    }

    fn text(&self, session: &Session, calendar: &calendar::Calendar<'_>) -> String {
        let (width, quiet) = (tables::width().map(usize::from), session.globals.quiet);
        let coloured = tables::coloured(session);
        let mut text = String::new();
        if !calendar.is_empty() || !(calendar.freezes.is_empty() || quiet) {
            let narrow = width.is_some_and(|width| width < grid::NARROWEST);
            text += &if self.agenda.is_some() || narrow {
                agenda::text(calendar, width, coloured, quiet)
            } else {
                grid::text(calendar, width.unwrap_or(grid::NARROWEST), coloured, quiet)
            };
        }
        if calendar.is_empty() && !quiet {
            let narrowed = !self.targets.is_empty() || !self.filters.is_empty();
            let what = if narrowed { "No downtime that matches" } else { "No downtime" };
            let gap = if text.is_empty() { "" } else { "\n" };
            text += &format!("{gap}{what} {} ({}).\n", calendar.when(), session.zone);
        }
        text
    }

    /// The first and the last day shown.
    fn days(&self, session: &Session) -> Outcome<(NaiveDate, NaiveDate)> {
        let length = self.agenda.as_ref().map(|length| length.as_deref().map(agenda_length).transpose()).transpose()?;
        let (present, given) = (session.present(), length.flatten());
        if given.is_some() && (self.month.is_some() || self.until.is_some()) {
            let other = if self.month.is_some() { "--month" } else { "--until" };
            return Err(Failure::new(Kind::Usage, format!("both --agenda with a length and {other} say which days"))
                .hint(format!("give --agenda without a length, or leave {other} out")));
        }
        if let Some(text) = &self.month {
            return month::parse(text, &present);
        }
        let today = session.zone.date(session.clock.now);
        if self.from.is_none() && self.until.is_none() && self.agenda.is_none() {
            return Ok(month::of(today));
        }
        let stretch = Stretch::parse(session, self.from.as_deref(), self.until.as_deref(), Looking::Ahead)?;
        let first = stretch.from().map_or(today, |from| session.zone.date(from));
        let last = match stretch.until() {
            Some(until) => session.zone.date(until - 1),
            None if self.agenda.is_some() => {
                let days = given.unwrap_or(AGENDA).unsigned_abs().div_ceil(DAY.unsigned_abs());
                first.checked_add_days(Days::new(days - 1)).unwrap_or(NaiveDate::MAX)
            }
            None => first.checked_add_days(Days::new(FOUR_WEEKS - 1)).unwrap_or(NaiveDate::MAX),
        };
        if last < first {
            return Err(Failure::new(Kind::Window, format!("{last} is before {first}")).hint("give --from, too"));
        }
        let count = (last - first).num_days() + 1;
        if count > MOST {
            return Err(Failure::new(
                Kind::Usage,
                format!("these are {count} days, and a calendar shows at most {MOST}"),
            )
            .hint("give an earlier --until, or `downtime list --from … --until …`"));
        }
        Ok((first, last))
    }
}

/// The downtimes that may be meant and are on these days.
fn downtimes(narrowing: &Narrowing<'_>, range: Interval, now: Instant) -> Outcome<Vec<Downtime>> {
    let candidates = narrowing.candidates(&[], Some(range), now)?;
    let mut downtimes: Vec<Downtime> = candidates.into_iter().map(|candidate| candidate.downtime).collect();
    downtimes.retain(|downtime| is_on(downtime, range));
    Ok(downtimes)
}

/// Whether a downtime is in effect within a range, or would have been if it never was.
fn is_on(downtime: &Downtime, range: Interval) -> bool {
    let mut spans = downtime.holdings.iter().flat_map(|holding| &holding.spans).peekable();
    match spans.peek() {
        None => downtime.window.interval.overlaps(range),
        Some(_) => spans.any(|span| span.overlaps(range)),
    }
}

fn frozen(freeze: &Freeze) -> Frozen {
    Frozen { name: freeze.name.clone(), interval: freeze.interval, everything: freeze.is_for_all() }
}

/// How long an agenda is, in seconds. A TARGET behind a bare `--agenda` is taken for its length.
fn agenda_length(text: &str) -> Outcome<i64> {
    duration::parse(text).map_err(|failure| {
        failure
            .context("--agenda")
            .hint(format!("if that is a target, put it first, or say how long: --agenda 14d {text}"))
    })
}
