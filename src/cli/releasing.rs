//! What letting go of targets comes to: which downtimes end or are cancelled, and what still holds the targets.

use std::collections::BTreeSet;

use super::changing::Made;
use super::holders::Holders;
use super::session::Session;
use super::shown;
use crate::clock::Instant;
use crate::downtime::cover;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::operation::Effect;
use crate::downtime::record::Downtime;
use crate::downtime::series::Series;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::render::text::printable;
use crate::render::time;

/// At most so many lines tell what still holds a target; the rest is summed up.
const HELD_LINES: usize = 20;

/// A release told.
pub struct Told {
    /// For people.
    pub lines: Vec<String>,
    /// Of each target, whether another downtime still holds it.
    pub held: Vec<String>,
}

/// Something let go of.
struct Released<'m> {
    kept: &'m Kept,
    targets: Vec<Target>,
    /// As if it had never been.
    retroactive: bool,
}

/// Tells of releases upon the state that follows from them all: what goes with them holds nothing any more.
pub fn tell(session: &Session, effects: &[Effect], made: &Made) -> Outcome<Told> {
    let kept = |id: &DowntimeId| made.changed.iter().find(|kept| kept.id() == id);
    let released: Vec<Released<'_>> = effects
        .iter()
        .filter_map(|effect| {
            let kept = kept(effect.id())?;
            Some(match effect {
                Effect::Release { targets, .. } => Released { kept, targets: targets.clone(), retroactive: false },
                Effect::Rewrite { from, to, .. } => Released { kept, targets: from.given_up(to), retroactive: true },
                Effect::Stop { .. } => Released { kept, targets: Vec::new(), retroactive: false },
                _ => return None,
            })
        })
        .collect();
    let hosts = released.iter().flat_map(|it| &it.targets).map(|target| target.host.as_str()).collect();
    let starts = released.iter().map(|it| start(it.kept, session.clock.now));
    let last = starts.max().unwrap_or(session.clock.now);
    let objects: BTreeSet<Target> = released.iter().flat_map(|it| it.targets.iter().cloned()).collect();
    let now = session.clock.now;
    let agenda = made.agenda();
    let holders = if last > now {
        Interval::new(now, last + HELD_AHEAD).map(|range| Holders::of(agenda, &hosts, range)).transpose()?
    } else {
        Some(Holders::reaching(agenda, &objects, &hosts, now)?)
    };
    let mut held = Vec::new();
    for released in &released {
        // Now, or when the one that was taken back would begin; of a series as a whole, nothing is said.
        let instant = start(released.kept, now);
        let targets = released.targets.iter().filter(|_| matches!(released.kept, Kept::Downtime(_)));
        let holders = |target: &Target| holders.as_ref().map_or(&[][..], |holders| holders.on(&target.host));
        held.push(targets.map(|target| hold(session, holders(target), target, instant)).collect::<Vec<Held>>());
    }
    let mut limit = Limit::new(held.iter().flatten());
    let mut lines = Vec::new();
    for (released, held) in released.iter().zip(&held) {
        lines.push(match released.kept {
            Kept::Downtime(downtime) if released.retroactive => {
                format!(
                    "Took back downtime {}, as if never scheduled: {}",
                    downtime.id,
                    shown::names(&released.targets, 6)
                )
            }
            Kept::Downtime(downtime) => head(session, downtime, &released.targets),
            Kept::Series(series) => whole_head(session, series, &released.targets),
            Kept::Rule(rule) => {
                format!("Stopped rule {}: it makes no more occurrences, whatever rules.toml says", rule.id)
            }
        });
        lines.extend(held.iter().filter(|held| limit.admits(held)).map(|held| format!("  {}", held.text)));
    }
    lines.extend(limit.rest());
    Ok(Told { lines, held: held.into_iter().flatten().map(|held| held.text).collect() })
}

/// How far beyond the start of what was taken back is looked at for what else holds its targets: a month.
const HELD_AHEAD: i64 = 31 * 86_400;

/// Now, or when it would begin.
fn start(kept: &Kept, now: Instant) -> Instant {
    match kept {
        Kept::Downtime(downtime) => now.max(downtime.window.start()),
        Kept::Series(_) | Kept::Rule(_) => now,
    }
}

fn whole_head(session: &Session, series: &Series, targets: &[Target]) -> String {
    let names = shown::names(targets, 6);
    if series.ended().is_none() {
        return format!("Series {} lets go of {names} from now on", series.id());
    }
    match series.running(session.clock.now) {
        Some(running) => {
            let until = time::local(session.zone, running.window.end());
            format!("Ended series {}: {names}; {} is running until {until}", series.id(), running.id)
        }
        None => format!("Ended series {}: {names}", series.id()),
    }
}

fn head(session: &Session, after: &Downtime, targets: &[Target]) -> String {
    let names = shown::names(targets, 6);
    match after.state(session.clock.now) {
        state if state.is_open() => format!("Downtime {} lets go of {names}", after.id),
        State::Completed => format!("Ended downtime {}: {names}", after.id),
        _ => format!("Cancelled downtime {}: {names}", after.id),
    }
}

/// Whether another downtime holds a target.
struct Held {
    text: String,
    still: bool,
}

/// What holds a target at `instant`.
fn hold(session: &Session, downtimes: &[Downtime], target: &Target, instant: Instant) -> Held {
    let cover = cover::cover(target, instant, downtimes);
    let target = target.to_string();
    let target = printable(&target);
    if !cover.in_downtime() {
        return Held { text: format!("{target} is in no other downtime"), still: false };
    }
    let ids: Vec<&str> = cover.holds.iter().map(|hold| hold.id.as_str()).collect();
    let until = cover
        .until
        .map_or("for more than ten years".to_owned(), |end| format!("until {}", time::local(session.zone, end)));
    Held { text: format!("{target} is still held by downtime {} {until}", ids.join(", ")), still: true }
}

/// Which of many lines are shown: what is still held before what is not.
struct Limit {
    still: usize,
    free: usize,
    left_out: [usize; 2],
}

impl Limit {
    fn new<'h>(held: impl Iterator<Item = &'h Held>) -> Self {
        let (mut still, mut free) = (0, 0);
        for held in held {
            *if held.still { &mut still } else { &mut free } += 1;
        }
        let shown = still.min(HELD_LINES);
        let shown_free = free.min(HELD_LINES - shown);
        Self { still: shown, free: shown_free, left_out: [still - shown, free - shown_free] }
    }

    fn admits(&mut self, held: &Held) -> bool {
        let left = if held.still { &mut self.still } else { &mut self.free };
        let admits = *left > 0;
        *left -= usize::from(admits);
        admits
    }

    /// What was left out, in a line.
    fn rest(&self) -> Option<String> {
        let (held, free) = ("still held by another downtime", "in no other downtime");
        match self.left_out {
            [0, 0] => None,
            [still, 0] => Some(format!("  and {still} more are {held}")),
            [0, rest] => Some(format!("  and {rest} more are {free}")),
            [still, rest] => Some(format!("  and {} more: {still} {held}, {rest} {free}", still + rest)),
        }
    }
}
