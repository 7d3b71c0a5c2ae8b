//! `schedule`: make a downtime.

mod notes;
mod overlaps;
mod planned;

use std::collections::BTreeSet;

use clap::Args;

use self::planned::Planned;
use super::changing::Ground;
use super::globals::Globals;
use super::guarding::{self, Change, Overriding};
use super::output::{print, print_json, told};
use super::repeating::{Beginning, Limits, Typed, WallEnds};
use super::selecting::Selecting;
use super::session::Session;
use super::shown::{self, window_lines};
use super::window::{self, Ends};
use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::keyed::{self, Again};
use crate::downtime::operation::Effect;
use crate::downtime::plan::{GRACE, Source};
use crate::downtime::record::{Downtime, Kind as DowntimeKind, Origin, Terms};
use crate::downtime::recurrence::Recurrence;
use crate::downtime::series::Series;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::downtime::window::Window;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::selection::Unknown;
use crate::render::downtime_json::DowntimeJson;
use crate::render::duration;
use crate::render::series_json::SeriesJson;
use crate::when::zone::Zone;
use crate::when::{self, Present, Resolved, Role, Shape};

/// Put hosts and services in downtime
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = "Examples:
  downtime schedule web01 -m 'kernel update' --for 2h
  downtime schedule web01 db01/Backup -m 'storage move' --start 'sat 22:00' --end 'sun 06:00'
  downtime schedule 'web*' -m 'new firewall' --start 2026-12-24T22:00 --for 90m --dry-run
  downtime schedule --tag os=windows --folder /ams -m 'monthly patches' --start 'sat 22:00' --for 4h
  downtime schedule sw-ams-1 --children --recursive -m 'switch replaced' --for 30m
  downtime schedule web01 -m 'shop release' --for 30m --key deploy-shop
  downtime schedule web01 -m 'weekly restart' --start 'sun 22:00' --for 10m --repeat weekly
  downtime schedule db01/Backup -m 'night run' --start 22:00 --wall-end 06:00 --repeat weekdays
  downtime schedule web01 -m 'patches' --start 22:00 --for 2h --rrule 'FREQ=WEEKLY;BYDAY=FR'
  downtime schedule web01 -m 'emergency fix' --for 30m --override 'CAB agreed by phone'
  downtime schedule web01 -m 'forgot to tell' --start 14:00 --end now --retroactive

Times: 22:00, 'sat 22:00', 'tomorrow 6:00', 2026-12-24, '2026-12-24 22:00 America/New_York',
2026-12-24T22:00Z, @1798142400, now, +2h, eod, eow, eom. A day is its 00:00 as a start and its 24:00 as an end.
Durations: 2h, 90m, 1h30m, 1d.")]
pub struct Schedule {
    #[command(flatten)]
    selecting: Selecting,
    /// Why; told wherever the downtime shows
    #[arg(short = 'm', long, value_name = "COMMENT", required = true, allow_hyphen_values = true)]
    comment: String,
    /// When it begins
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    start: String,
    /// When it ends
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, conflicts_with = "length")]
    end: Option<String>,
    /// How long it lasts, exactly: 1d is 24 h
    #[arg(long = "for", id = "length", value_name = "DURATION", allow_hyphen_values = true)]
    length: Option<String>,
    #[command(flatten)]
    wall_ends: WallEnds,
    /// Repeat it: hourly, daily, weekdays, weekly, biweekly, four-weekly, nth-weekday, nth-weekday-from-end, monthly,
    /// last-day-of-month, yearly
    #[arg(long, alias = "every", value_name = "MODE", conflicts_with = "rrule", help_heading = "Repetition")]
    repeat: Option<String>,
    /// Repeat it by a rule of RFC 5545, as in 'FREQ=MONTHLY;BYDAY=2SA'
    #[arg(long, value_name = "RRULE", help_heading = "Repetition")]
    rrule: Option<String>,
    #[command(flatten)]
    limits: Limits,
    /// A short name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The change or incident that it belongs to
    #[arg(long, value_name = "TICKET")]
    ticket: Option<String>,
    /// Names at most one open downtime; given again, it is extended or changed, and nothing is made twice
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Whether pollers are asked not to check the targets meanwhile
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    suspend_monitoring: Option<bool>,
    /// Allow a start in the past; times of day look back
    #[arg(long)]
    retroactive: bool,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
    /// Allow what comes to every host of the inventory
    #[arg(long)]
    everything: bool,
    #[command(flatten)]
    overriding: Overriding,
    /// Show what would be made, and make nothing
    #[arg(long)]
    dry_run: bool,
}

impl Schedule {
    /// Makes the downtime or series, or shows what it would be.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let terms = self.terms()?;
        let start = self.start(session)?;
        let plan = |ground: &Ground<'_>| {
            let planned = self.plan(session, &terms, &start, ground)?;
            judge(session, ground, &planned, terms.override_reason.as_deref())?;
            Ok(planned)
        };
        // What is refused must leave nothing behind, not even a store.
        if self.dry_run || session.begun()?.is_none() {
            let reading = session.reading_or_empty()?;
            let ground = Ground::from(&reading);
            let planned = plan(&ground)?;
            if self.dry_run {
                notes::point_out(session, &start, &planned, ground.agenda())?;
                return show_dry(&planned, session, machine);
            }
        }
        let mut writer = session.writer()?;
        let ground = Ground::from(&writer);
        let planned = plan(&ground)?;
        notes::point_out(session, &start, &planned, ground.agenda())?;
        planned.operation().map(|operation| writer.commit(operation)).transpose()?;
        drop(writer);
        told(tell(&planned, session, machine));
        Ok(())
    }

    fn terms(&self) -> Outcome<Terms> {
        if self.comment.trim().is_empty() {
            return Err(Failure::new(Kind::Comment, "the comment is empty").hint("say why with -m 'kernel update'"));
        }
        let key = self.key.as_ref().map(|key| key.trim().to_owned());
        if key.as_ref().is_some_and(|key| key.is_empty() || key.chars().any(char::is_control)) {
            return Err(Failure::new(Kind::Usage, "a key is not empty and holds no control characters")
                .hint("name it after what it is for, as in --key deploy-shop"));
        }
        Ok(Terms {
            comment: self.comment.trim().to_owned(),
            name: Globals::given(self.name.as_ref()).map(str::to_owned),
            ticket: Globals::given(self.ticket.as_ref()).map(str::to_owned),
            key,
            suspend_monitoring: self.suspend_monitoring.unwrap_or_default(),
            retroactive: false,
            override_reason: self.overriding.reason()?.map(str::to_owned),
        })
    }

    fn start(&self, session: &Session) -> Outcome<Resolved> {
        let role = if self.retroactive { Role::LookingBack } else { Role::Start };
        let start = when::point(&self.start, role, &session.present())?;
        start.notes.iter().for_each(|note| session.note(note));
        Ok(start)
    }

    fn end(&self, start: Instant, session: &Session) -> Outcome<Resolved> {
        let ends = Ends { end: self.end.as_deref(), length: self.length.as_deref() };
        ends.resolve(start, &session.present())?
            .ok_or_else(|| Failure::new(Kind::Usage, "there is no end").hint("add --for 2h or --end TIME"))
    }

    fn plan(&self, session: &Session, terms: &Terms, start: &Resolved, ground: &Ground<'_>) -> Outcome<Planned> {
        let open = match &terms.key {
            Some(key) => {
                let with_key = ground.state.with_key(key)?;
                with_key.into_iter().find(|kept| kept.state(session.clock.now).is_some_and(State::is_open))
            }
            None => None,
        };
        match open {
            Some(Kept::Downtime(open)) => {
                if let Some(typed) = self.typed() {
                    return Err(refused_to_repeat(&open, typed));
                }
                self.limits.refuse_without_pattern()?;
                let effects = self.again(session, terms, start, &open, ground)?;
                Ok(Planned::Again(Kept::Downtime(open), effects))
            }
            Some(Kept::Series(open)) => {
                let effects = self.series_again(session, terms, start, &open, ground)?;
                Ok(Planned::Again(Kept::Series(open), effects))
            }
            Some(Kept::Rule(_)) | None => self.made(session, terms, start, ground).map(Planned::New),
        }
    }

    fn typed(&self) -> Option<Typed<'_>> {
        Typed::either(self.repeat.as_ref(), self.rrule.as_ref())
    }

    /// A downtime or series that is not there yet.
    fn made(&self, session: &Session, terms: &Terms, start: &Resolved, ground: &Ground<'_>) -> Outcome<Kept> {
        let window = self.window(session, start)?;
        let timezone = window.start_civil.map_or(session.zone, |civil| civil.zone);
        let source = Source {
            id: DowntimeId::numbered(ground.state.head.last_id + 1),
            kind: DowntimeKind::Fixed,
            origin: Origin::Command,
            author: session.author(),
            entry_time: session.clock.now,
        };
        let Some(typed) = self.typed() else {
            self.limits.refuse_without_pattern()?;
            let hold = |target| Holding::of(target, window.interval);
            let holdings = self.select(session, ground)?.into_iter().map(hold).collect();
            return Ok(Kept::from(Downtime {
                id: source.id,
                kind: source.kind,
                origin: source.origin,
                terms: Terms { retroactive: window.start() < session.clock.now - GRACE, ..terms.clone() },
                author: source.author,
                entry_time: source.entry_time,
                timezone,
                window,
                planned_end: window.end(),
                holdings,
            }));
        };
        let recurrence = self.recurrence(session, typed, window, timezone)?;
        if !self.selecting.by.is_empty() {
            session.note("a series keeps these targets; a rule in rules.toml covers what is added later, too");
        }
        if window.start_civil.is_none() && !session.zone_chosen {
            session.note(&format!(
                "it repeats on the clocks of {timezone}, the zone of this machine; --tz ZONE for another"
            ));
        }
        let targets = self.select(session, ground)?;
        Ok(Series::new(source, crate::downtime::plan::Plan { terms: terms.clone(), recurrence }, targets).into())
    }

    fn recurrence(&self, session: &Session, typed: Typed<'_>, first: Window, timezone: Zone) -> Outcome<Recurrence> {
        let wall_end = self.wall_ends.parse()?;
        if wall_end.is_none() {
            notes::point_out_clock_changes(session, &first, timezone);
        }
        let beginning = Beginning { first, timezone, wall_end, first_stays: false, until: None, count: None };
        self.limits.recurrence(session, typed, beginning)
    }

    /// What changes about the open series with the same key: all that is given counts from now on, but its start stays.
    fn series_again(
        &self,
        session: &Session,
        terms: &Terms,
        start: &Resolved,
        open: &Series,
        ground: &Ground<'_>,
    ) -> Outcome<Vec<Effect>> {
        let Some(typed) = self.typed() else {
            let (id, key) = (open.id(), terms.key.as_deref().unwrap_or_default());
            return Err(Failure::new(Kind::Superseded, format!("the key `{key}` names series {id}, which goes on"))
                .hint(format!("say how it is to repeat, change it with downtime edit {id}, or take another key")));
        };
        let plan = open.plan();
        let given = self.window(session, start)?;
        let length = given.interval.seconds();
        let own = plan.recurrence.first;
        let first =
            if length == own.interval.seconds() { own } else { own.ending(own.start() + length, None).unwrap_or(own) };
        let recurrence = self.recurrence(session, typed, first, plan.recurrence.timezone)?;
        let terms = Terms {
            suspend_monitoring: self.suspend_monitoring.unwrap_or(plan.terms.suspend_monitoring),
            name: terms.name.clone().or_else(|| plan.terms.name.clone()),
            ticket: terms.ticket.clone().or_else(|| plan.terms.ticket.clone()),
            override_reason: terms.override_reason.clone().or_else(|| plan.terms.override_reason.clone()),
            ..terms.clone()
        };
        let targets = self.select(session, ground)?;
        let held: BTreeSet<&Target> = open.held().collect();
        let add: Vec<Target> = targets.iter().filter(|target| !held.contains(target)).cloned().collect();
        let remove: Vec<Target> = held.into_iter().filter(|target| !targets.contains(*target)).cloned().collect();
        Ok(Effect::reshaping(open, terms, recurrence, &add, &remove))
    }

    /// What changes about the open downtime with the same key. Its start stays, and an end counts from there if the start
    /// was typed as before; else from what was typed.
    fn again(
        &self,
        session: &Session,
        terms: &Terms,
        start: &Resolved,
        open: &Downtime,
        ground: &Ground<'_>,
    ) -> Outcome<Vec<Effect>> {
        let relative = self.end(start.instant, session)?.shape == Shape::Relative;
        let base = if self.starts_as(open, start, session)? { open.window.start() } else { start.instant };
        let end = self.end(base, session)?;
        end.notes.iter().for_each(|note| session.note(note));
        let keeps = relative && end.instant <= open.window.end();
        if end.instant <= session.clock.now && !keeps {
            let show = crate::render::time::local(session.zone, end.instant);
            return Err(Failure::new(
                Kind::Window,
                format!("downtime {} would end {show}, which is not after now", open.id),
            )
            .hint(format!("to end it now: downtime delete {}", open.id)));
        }
        if !keeps {
            window::interval(session, open.window.start(), end.instant)?;
        }
        let given = Again {
            end: end.instant,
            end_civil: end.local,
            relative,
            terms: terms.clone(),
            suspend_monitoring: self.suspend_monitoring,
            targets: self.select(session, ground)?,
        };
        Ok(keyed::again(open, &given))
    }

    /// Whether the start was typed as when the downtime was made, though a clock may mean another day by now.
    fn starts_as(&self, open: &Downtime, start: &Resolved, session: &Session) -> Outcome<bool> {
        if start.shape == Shape::Relative {
            return Ok(false);
        }
        let role = if self.retroactive { Role::LookingBack } else { Role::Start };
        let then = when::point(&self.start, role, &Present { now: open.entry_time, zone: session.zone })?;
        let clock = |local: Option<crate::when::Local>| local.map(|local| local.time.time());
        let same_clock = start.shape == Shape::Clock && clock(start.local) == clock(open.window.start_civil);
        Ok(then.instant == open.window.start() || same_clock)
    }

    fn window(&self, session: &Session, start: &Resolved) -> Outcome<Window> {
        let begin = start.instant;
        if let Some(wall_end) = self.wall_ends.parse()? {
            let zone = start.local.map_or(session.zone, |local| local.zone);
            let nominal = start.local.map_or_else(|| zone.civil(begin), |local| local.time);
            let window = wall_end.window(nominal, begin, zone).ok_or_else(|| {
                Failure::new(Kind::Time, "the end lies after the year 9998").hint("name an end before 9999-01-01")
            })?;
            return self.refuse_the_past(session, window.interval).map(|()| window);
        }
        let end = self.end(begin, session)?;
        end.notes.iter().for_each(|note| session.note(note));
        let interval = window::interval(session, begin, end.instant)?;
        self.refuse_the_past(session, interval)?;
        Ok(Window { interval, start_civil: start.local, end_civil: end.local })
    }

    /// Refuses a start long past, and what is over, unless that is meant.
    fn refuse_the_past(&self, session: &Session, interval: Interval) -> Outcome<()> {
        let now = session.clock.now;
        let show = |instant| crate::render::time::local(session.zone, instant);
        let begin = interval.start();
        if begin < now - GRACE && !self.retroactive {
            let ago = duration::format(now - begin);
            return Err(Failure::new(Kind::Past, format!("the start, {}, was {ago} ago", show(begin)))
                .hint("to enter what has been, add --retroactive"));
        }
        if interval.end() <= now && !self.retroactive {
            return Err(Failure::new(Kind::Past, format!("the window is over since {}", show(interval.end())))
                .hint("to enter what has been, add --retroactive"));
        }
        Ok(())
    }

    fn select(&self, session: &Session, ground: &Ground<'_>) -> Outcome<BTreeSet<Target>> {
        let known = ground.objects();
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let selected = self.selecting.to_change(&known, unknown, self.everything)?;
        self.selecting.by.point_out_misses(session, &known)?;
        Ok(selected)
    }
}

/// That something by itself has the key under which something is to repeat.
fn refused_to_repeat(open: &Downtime, typed: Typed<'_>) -> Failure {
    let (id, key) = (&open.id, open.terms.key.as_deref().unwrap_or_default());
    let how = match typed {
        Typed::Mode(mode) => format!("--every {mode}"),
        Typed::Rrule(rule) => format!("--rrule '{rule}'"),
    };
    Failure::new(Kind::Superseded, format!("the key `{key}` names downtime {id}, which does not repeat"))
        .hint(format!("to let it repeat: downtime repeat {id} {how}"))
}

/// Judges it by freezes and limits. Occurrences of a series that lie in a freeze are pointed out, and not refused.
fn judge(session: &Session, ground: &Ground<'_>, planned: &Planned, reason: Option<&str>) -> Outcome<()> {
    let after = planned.kept(session);
    let before = planned.before().and_then(|kept| planned::standing_for(kept, session));
    let Some(standing) = planned::standing_for(&after, session) else { return Ok(()) };
    let change = Change { before: before.as_ref(), after: &standing, reason };
    let notes = match &after {
        Kept::Series(series) => guarding::allow_series(session, ground, &change, series)?,
        Kept::Downtime(_) | Kept::Rule(_) => guarding::allow(session, ground, &change)?,
    };
    for note in &notes {
        session.note(note);
    }
    Ok(())
}

/// What was made, for people or machines.
fn tell(planned: &Planned, session: &Session, machine: bool) -> Outcome<()> {
    let (kept, now) = (planned.kept(session), session.clock.now);
    match &kept {
        Kept::Downtime(downtime) if machine => print_json(&DowntimeJson::new(downtime, now, session.zone)),
        Kept::Series(series) if machine => print_json(&SeriesJson::new(&series.whole(now), now, session.zone)),
        kept if session.globals.quiet => print(&format!("{}\n", kept.id())),
        Kept::Downtime(downtime) => {
            let head = format!("{} downtime {}: {}\n", planned.head(), downtime.id, shown::targets(downtime, 6));
            print(&(head + &window_lines(downtime.window.interval, session.zone)))
        }
        Kept::Series(series) => {
            let head = format!("{} downtime {}: {}\n", planned.head(), series.id(), shown::names(series.held(), 6));
            print(&(head + &series_lines(series, session)))
        }
        Kept::Rule(_) => Ok(()),
    }
}

/// The first window, and how it repeats.
fn series_lines(series: &Series, session: &Session) -> String {
    let recurrence = &series.plan().recurrence;
    let sentence = recurrence.sentence();
    let next = recurrence.next_words(session.clock.now).map(|next| format!("; {next}")).unwrap_or_default();
    window_lines(recurrence.first.interval, session.zone) + &format!("  {sentence}{next}\n")
}

fn show_dry(planned: &Planned, session: &Session, machine: bool) -> Outcome<()> {
    let (kept, now) = (planned.kept(session), session.clock.now);
    let is_new = matches!(planned, Planned::New(_));
    match &kept {
        Kept::Downtime(downtime) if machine => {
            let view = DowntimeJson::new(downtime, now, session.zone);
            return print_json(&if is_new { view.not_made() } else { view });
        }
        Kept::Series(series) if machine => {
            let whole = series.whole(now);
            let view = SeriesJson::new(&whole, now, session.zone);
            return print_json(&if is_new { view.not_made() } else { view });
        }
        _ => {}
    }
    let mut text = match planned {
        Planned::New(_) => "Would schedule, and did not:\n".to_owned(),
        Planned::Again(_, effects) if effects.is_empty() => format!("Would leave downtime {} as it is:\n", kept.id()),
        Planned::Again(..) => format!("Would change downtime {}, and did not:\n", kept.id()),
    };
    let target = |target: &Target| format!("  {}\n", crate::render::text::printable(&target.to_string()));
    text += &match &kept {
        Kept::Downtime(downtime) => {
            let targets: String = downtime.held().map(target).collect();
            targets + &window_lines(downtime.window.interval, session.zone)
        }
        Kept::Series(series) => series.held().map(target).collect::<String>() + &series_lines(series, session),
        Kept::Rule(_) => String::new(),
    };
    print(&text)
}
