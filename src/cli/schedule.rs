//! `schedule`: make a downtime.

use std::collections::BTreeSet;

use clap::Args;

use super::changing::Ground;
use super::globals::Globals;
use super::guarding::{self, Change, Overriding};
use super::output::{print, print_json, told};
use super::selecting::Selecting;
use super::session::{Reading, Session};
use super::shown::{self, window_lines};
use super::window::{self, Ends, GRACE};
use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::keyed::{self, Again};
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::{Downtime, Kind as DowntimeKind, Origin, Terms};
use crate::downtime::target::Target;
use crate::downtime::window::Window;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::selection::Unknown;
use crate::render::downtime_json::DowntimeJson;
use crate::render::duration;
use crate::store::State;
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

/// What the command comes to.
enum Planned {
    /// A downtime that is not there yet.
    New(Box<Downtime>),
    /// The open downtime with the same key, and what changes about it.
    Again(Box<Downtime>, Vec<Effect>),
}

impl Planned {
    fn operation(&self) -> Option<Operation> {
        match self {
            Self::New(downtime) => Some(Operation::Schedule(downtime.clone())),
            Self::Again(_, effects) if effects.is_empty() => None,
            Self::Again(_, effects) => Some(Operation::Edit(effects.clone())),
        }
    }

    /// The downtime as it will be.
    fn downtime(&self, session: &Session) -> Downtime {
        match self {
            Self::New(downtime) => (**downtime).clone(),
            Self::Again(open, effects) => Change::performed(open, effects, session),
        }
    }

    /// The downtime as it is, if it is there.
    fn before(&self) -> Option<&Downtime> {
        match self {
            Self::New(_) => None,
            Self::Again(open, _) => Some(open),
        }
    }

    fn head(&self) -> &'static str {
        match self {
            Self::New(_) => "Scheduled",
            Self::Again(_, effects) if effects.is_empty() => "Unchanged:",
            Self::Again(_, effects) if matches!(effects.as_slice(), [Effect::MoveEnd { .. }]) => "Moved the end of",
            Self::Again(..) => "Changed",
        }
    }
}

impl Schedule {
    /// Makes the downtime, or shows what it would be.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let terms = self.terms()?;
        let start = self.start(session)?;
        let plan = |ground: &Ground<'_>| {
            let planned = self.plan(session, &terms, &start, ground)?;
            let after = planned.downtime(session);
            let change = Change { before: planned.before(), after: &after, reason: terms.override_reason.as_deref() };
            guarding::allow(session, ground, &change)?.iter().for_each(|note| session.note(note));
            Ok(planned)
        };
        // What is refused must leave nothing behind, not even a store.
        if self.dry_run || session.begun()?.is_none() {
            let Reading { store, view, inventory, .. } = session.reading_or_empty()?;
            let planned = plan(&Ground { store: &store, state: &view.state, inventory: &inventory })?;
            if self.dry_run {
                Self::point_out(session, &start, &planned, &view.state)?;
                let downtime = planned.downtime(session);
                let view = DowntimeJson::new(&downtime, session.clock.now, session.zone);
                return match planned {
                    Planned::New(_) if machine => print_json(&view.not_made()),
                    Planned::Again(..) if machine => print_json(&view),
                    planned => show_dry(&planned, &downtime, session),
                };
            }
        }
        let mut writer = session.writer()?;
        let ground = Ground { store: &writer.store, state: &writer.state, inventory: &writer.inventory };
        let planned = plan(&ground)?;
        Self::point_out(session, &start, &planned, &writer.state)?;
        planned.operation().map(|operation| writer.commit(operation)).transpose()?;
        drop(writer);
        let downtime = planned.downtime(session);
        told(if machine {
            print_json(&DowntimeJson::new(&downtime, session.clock.now, session.zone))
        } else if session.globals.quiet {
            print(&format!("{}\n", downtime.id))
        } else {
            let targets = shown::targets(&downtime, 6);
            let head = format!("{} downtime {}: {targets}\n", planned.head(), downtime.id);
            print(&(head + &window_lines(downtime.window.interval, session.zone)))
        });
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
                with_key.into_iter().find(|downtime| downtime.state(session.clock.now).is_open())
            }
            None => None,
        };
        if let Some(open) = open {
            let effects = self.again(session, terms, start, &open, ground)?;
            return Ok(Planned::Again(Box::new(open), effects));
        }
        let window = self.window(session, start)?;
        let holdings =
            self.select(session, ground)?.into_iter().map(|target| Holding::of(target, window.interval)).collect();
        Ok(Planned::New(Box::new(Downtime {
            id: DowntimeId::numbered(ground.state.head.last_id + 1),
            kind: DowntimeKind::Fixed,
            origin: Origin::Command,
            terms: Terms { retroactive: window.start() < session.clock.now - GRACE, ..terms.clone() },
            author: session.author(),
            entry_time: session.clock.now,
            timezone: window.start_civil.map_or(session.zone, |civil| civil.zone),
            window,
            planned_end: window.end(),
            holdings,
        })))
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
        let now = session.clock.now;
        let begin = start.instant;
        let end = self.end(begin, session)?;
        end.notes.iter().for_each(|note| session.note(note));
        let show = |instant| crate::render::time::local(session.zone, instant);
        if begin < now - GRACE && !self.retroactive {
            let ago = duration::format(now - begin);
            return Err(Failure::new(Kind::Past, format!("the start, {}, was {ago} ago", show(begin)))
                .hint("to enter what has been, add --retroactive"));
        }
        let interval = window::interval(session, begin, end.instant)?;
        if interval.end() <= now && !self.retroactive {
            return Err(Failure::new(Kind::Past, format!("the window is over since {}", show(interval.end())))
                .hint("to enter what has been, add --retroactive"));
        }
        Ok(Window { interval, start_civil: start.local, end_civil: end.local })
    }

    fn select(&self, session: &Session, ground: &Ground<'_>) -> Outcome<BTreeSet<Target>> {
        let known = ground.objects();
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let selected = self.selecting.to_change(&known, unknown, self.everything)?;
        self.selecting.by.point_out_misses(session, &known)?;
        Ok(selected)
    }

    /// Says what is good to know about what was typed and what else there is.
    fn point_out(session: &Session, start: &Resolved, planned: &Planned, state: &State) -> Outcome<()> {
        match planned {
            Planned::New(downtime) => point_out_overlaps(session, downtime, state),
            Planned::Again(open, _) => {
                let is_ahead = open.window.start() > session.clock.now;
                if (start.shape != Shape::Relative || is_ahead) && start.instant != open.window.start() {
                    let stays = crate::render::time::local(session.zone, open.window.start());
                    session.note(&format!(
                        "the start of downtime {} stays {stays}; to move it: downtime edit {} --start TIME",
                        open.id, open.id
                    ));
                }
                Ok(())
            }
        }
    }
}

fn show_dry(planned: &Planned, downtime: &Downtime, session: &Session) -> Outcome<()> {
    let mut text = match planned {
        Planned::New(_) => "Would schedule, and did not:\n".to_owned(),
        Planned::Again(_, effects) if effects.is_empty() => format!("Would leave downtime {} as it is:\n", downtime.id),
        Planned::Again(..) => format!("Would change downtime {}, and did not:\n", downtime.id),
    };
    for target in downtime.held() {
        text += &format!("  {}\n", crate::render::text::printable(&target.to_string()));
    }
    print(&(text + &window_lines(downtime.window.interval, session.zone)))
}

/// How many hosts are looked up for overlaps; beyond, pointing them out would say nothing.
const OVERLAPS_LOOKED_FOR: usize = 200;

/// Points out what else holds one of the targets in the same window.
fn point_out_overlaps(session: &Session, downtime: &Downtime, state: &State) -> Outcome<()> {
    let hosts: BTreeSet<&str> = downtime.targets().map(|target| target.host.as_str()).collect();
    let whole: BTreeSet<&str> =
        downtime.targets().filter(|target| target.service.is_none()).map(|target| target.host.as_str()).collect();
    let targets: BTreeSet<&Target> = downtime.targets().collect();
    let same = |holding: &Holding| {
        let Target { host, service } = &holding.target;
        let held = match service {
            None => hosts.contains(host.as_str()),
            Some(_) => whole.contains(host.as_str()) || targets.contains(&holding.target),
        };
        held && holding.spans.iter().any(|span| span.overlaps(downtime.window.interval))
    };
    let looked_for = hosts.iter().copied().take(OVERLAPS_LOOKED_FOR).collect();
    let others: BTreeSet<DowntimeId> = (state.on_hosts(&looked_for, downtime.window.start())?.into_iter())
        .filter(|other| other.holdings.iter().any(same))
        .map(|other| other.id)
        .collect();
    if !others.is_empty() {
        let ids: Vec<&str> = others.iter().take(5).map(DowntimeId::as_str).collect();
        let more = if others.len() > 5 { format!(" and {} more", others.len() - 5) } else { String::new() };
        session.note(&format!("overlaps with downtime {}{more}", ids.join(", ")));
    }
    if hosts.len() > OVERLAPS_LOOKED_FOR {
        session.note(&format!("overlaps were looked for on the first {OVERLAPS_LOOKED_FOR} hosts only"));
    }
    Ok(())
}
