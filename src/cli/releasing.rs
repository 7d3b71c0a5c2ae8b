//! What letting go of targets comes to: which downtimes end or are cancelled, and what still holds the targets.

use super::changing::Made;
use super::holders::Holders;
use super::session::Session;
use super::shown;
use crate::clock::Instant;
use crate::downtime::cover;
use crate::downtime::operation::Effect;
use crate::downtime::record::Downtime;
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

/// Tells of releases upon the state that follows from them all: what goes with them holds nothing any more.
pub fn tell(session: &Session, effects: &[Effect], made: &Made) -> Outcome<Told> {
    let released: Vec<(&Downtime, Vec<Target>, bool)> = (made.changed.iter().zip(effects))
        .filter_map(|(downtime, effect)| match effect {
            Effect::Release { targets, .. } => Some((downtime, targets.clone(), false)),
            Effect::Rewrite { from, to, .. } => Some((downtime, from.given_up(to), true)),
            _ => None,
        })
        .collect();
    let hosts = released.iter().flat_map(|(_, targets, _)| targets).map(|target| target.host.as_str()).collect();
    let holders = Holders::of(&made.state, &hosts, session.clock.now)?;
    let mut held = Vec::new();
    for (downtime, targets, _) in &released {
        // Now, or when the one that was taken back would begin.
        let instant = session.clock.now.max(downtime.window.start());
        held.push(targets.iter().map(|target| hold(session, &holders, target, instant)).collect::<Vec<Held>>());
    }
    let mut limit = Limit::new(held.iter().flatten());
    let mut lines = Vec::new();
    for ((downtime, targets, retroactive), held) in released.iter().zip(&held) {
        lines.push(if *retroactive {
            format!("Took back downtime {}, as if never scheduled: {}", downtime.id, shown::names(targets, 6))
        } else {
            head(session, downtime, targets)
        });
        lines.extend(held.iter().filter(|held| limit.admits(held)).map(|held| format!("  {}", held.text)));
    }
    lines.extend(limit.rest());
    Ok(Told { lines, held: held.into_iter().flatten().map(|held| held.text).collect() })
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
fn hold(session: &Session, holders: &Holders, target: &Target, instant: Instant) -> Held {
    let cover = cover::cover(target, instant, holders.on(&target.host));
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
