//! `schedule`: make a downtime.

use std::collections::BTreeSet;

use clap::Args;

use super::globals::Globals;
use super::output::{print, print_json, told};
use super::selecting::Selecting;
use super::session::Session;
use super::shown::{self, window_lines};
use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::operation::Operation;
use crate::downtime::record::{Downtime, Kind as DowntimeKind, Origin, Terms};
use crate::downtime::target::Target;
use crate::downtime::window::Window;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::selection::Unknown;
use crate::render::downtime_json::DowntimeJson;
use crate::render::duration;
use crate::store::edited::InForce;
use crate::store::{State, Store};
use crate::when::{self, Resolved, Role};

/// A start this much before now is no mistake: typing takes time.
const GRACE: i64 = 300;

/// Put hosts and services in downtime
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = "Examples:
  downtime schedule web01 -m 'kernel update' --for 2h
  downtime schedule web01 db01/Backup -m 'storage move' --start 'sat 22:00' --end 'sun 06:00'
  downtime schedule 'web*' -m 'new firewall' --start 2026-12-24T22:00 --for 90m --dry-run
  downtime schedule --tag os=windows --folder /ams -m 'monthly patches' --start 'sat 22:00' --for 4h
  downtime schedule sw-ams-1 --children --recursive -m 'switch replaced' --for 30m
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
    /// Ask pollers not to check the targets meanwhile
    #[arg(long)]
    suspend_monitoring: bool,
    /// Allow a start in the past; times of day look back
    #[arg(long)]
    retroactive: bool,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
    /// Allow what comes to every host of the inventory
    #[arg(long)]
    everything: bool,
    /// Show what would be made, and make nothing
    #[arg(long)]
    dry_run: bool,
}

impl Schedule {
    /// Makes the downtime, or shows what it would be.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let terms = self.terms()?;
        let window = self.window(session)?;
        let compose = |store: &Store, state: &State, inventory: &InForce| {
            let targets = self.select(store, inventory, state)?;
            Ok(Self::compose(session, &terms, window, targets, state.head.last_id + 1))
        };
        // What is refused must leave nothing behind, not even a store.
        if self.dry_run || session.begun()?.is_none() {
            let reading = session.reading_or_empty()?;
            let downtime = compose(&reading.store, &reading.view.state, &reading.inventory)?;
            if self.dry_run {
                point_out_overlaps(session, &downtime, &reading.view.state)?;
                let view = DowntimeJson::new(&downtime, session.clock.now, session.zone).not_made();
                return if machine { print_json(&view) } else { show_dry(&downtime, session) };
            }
        }
        let mut writer = session.writer()?;
        let downtime = compose(&writer.store, &writer.state, &writer.inventory)?;
        point_out_overlaps(session, &downtime, &writer.state)?;
        writer.commit(Operation::Schedule(Box::new(downtime.clone())))?;
        drop(writer);
        told(if machine {
            print_json(&DowntimeJson::new(&downtime, session.clock.now, session.zone))
        } else if session.globals.quiet {
            print(&format!("{}\n", downtime.id))
        } else {
            let head = format!("Scheduled downtime {}: {}\n", downtime.id, shown::targets(&downtime, 6));
            print(&(head + &window_lines(downtime.window.interval, session.zone)))
        });
        Ok(())
    }

    fn terms(&self) -> Outcome<Terms> {
        if self.comment.trim().is_empty() {
            return Err(Failure::new(Kind::Comment, "the comment is empty").hint("say why with -m 'kernel update'"));
        }
        Ok(Terms {
            comment: self.comment.trim().to_owned(),
            name: Globals::given(self.name.as_ref()).map(str::to_owned),
            ticket: Globals::given(self.ticket.as_ref()).map(str::to_owned),
            key: None,
            suspend_monitoring: self.suspend_monitoring,
            retroactive: false,
        })
    }

    fn window(&self, session: &Session) -> Outcome<Window> {
        let present = session.present();
        let role = if self.retroactive { Role::LookingBack } else { Role::Start };
        let start = when::point(&self.start, role, &present)?;
        let begin = start.instant;
        let end = match (&self.end, &self.length) {
            (Some(text), _) => when::point(text, Role::End { start: begin }, &present)?,
            (None, Some(text)) => Resolved {
                instant: begin + when::duration::parse(text)?,
                local: None,
                shape: when::Shape::Relative,
                notes: Vec::new(),
            },
            (None, None) => return Err(Failure::new(Kind::Usage, "there is no end").hint("add --for 2h or --end TIME")),
        };
        for note in start.notes.iter().chain(&end.notes) {
            session.note(note);
        }
        let show = |instant| crate::render::time::local(session.zone, instant);
        if begin < present.now - GRACE && !self.retroactive {
            let ago = duration::format(present.now - begin);
            return Err(Failure::new(Kind::Past, format!("the start, {}, was {ago} ago", show(begin)))
                .hint("to enter what has been, add --retroactive"));
        }
        if end.instant > Instant::LATEST {
            return Err(
                Failure::new(Kind::Time, "the end lies after the year 9998").hint("name an end before 9999-01-01")
            );
        }
        let interval = Interval::new(begin, end.instant).ok_or_else(|| {
            Failure::new(
                Kind::Window,
                format!("the end, {}, is not after the start, {}", show(end.instant), show(begin)),
            )
            .hint("name the day of the end, as in --end 'sat 06:00', or give --for 2h")
        })?;
        if interval.end() <= present.now && !self.retroactive {
            return Err(Failure::new(Kind::Past, format!("the window is over since {}", show(interval.end())))
                .hint("to enter what has been, add --retroactive"));
        }
        Ok(Window { interval, start_civil: start.local, end_civil: end.local })
    }

    fn select(&self, store: &Store, inventory: &InForce, state: &State) -> Outcome<BTreeSet<Target>> {
        let known = store.objects(inventory, &state.head);
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        self.selecting.to_change(&known, unknown, self.everything)
    }

    fn compose(session: &Session, terms: &Terms, window: Window, targets: BTreeSet<Target>, number: u64) -> Downtime {
        Downtime {
            id: DowntimeId::numbered(number),
            kind: DowntimeKind::Fixed,
            origin: Origin::Command,
            terms: Terms { retroactive: window.start() < session.clock.now - GRACE, ..terms.clone() },
            author: session.author(),
            entry_time: session.clock.now,
            timezone: window.start_civil.map_or(session.zone, |civil| civil.zone),
            window,
            planned_end: window.end(),
            holdings: targets.into_iter().map(|target| Holding::of(target, window.interval)).collect(),
        }
    }
}

fn show_dry(downtime: &Downtime, session: &Session) -> Outcome<()> {
    let mut text = "Would schedule, and did not:\n".to_owned();
    for target in downtime.targets() {
        text += &format!("  {}\n", crate::render::text::printable(&target.to_string()));
    }
    print(&(text + &window_lines(downtime.window.interval, session.zone)))
}

/// How many hosts are looked up for overlaps; beyond, pointing them out would say nothing.
const OVERLAPS_LOOKED_FOR: usize = 200;

/// Points out what else holds one of the targets in the same window.
fn point_out_overlaps(session: &Session, downtime: &Downtime, state: &State) -> Outcome<()> {
    let hosts: BTreeSet<&str> = downtime.targets().map(|target| target.host.as_str()).collect();
    let mut others = BTreeSet::new();
    for host in hosts.iter().take(OVERLAPS_LOOKED_FOR) {
        for other in state.on_host(host, downtime.window.start())? {
            let same = |holding: &Holding| {
                downtime.targets().any(|target| target.covers(&holding.target) || holding.target.covers(target))
                    && holding.spans.iter().any(|span| span.overlaps(downtime.window.interval))
            };
            if other.holdings.iter().any(same) {
                others.insert(other.id);
            }
        }
    }
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
