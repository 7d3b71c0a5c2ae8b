//! Taking operations back: which one, whether it can be, and what that comes to now.

use std::collections::{BTreeMap, BTreeSet};

use super::id::DowntimeId;
use super::operation::{Effect, Entry, Operation};
use super::record::Downtime;
use super::target::Target;
use crate::clock::Instant;
use crate::failure::Outcome;

/// The operations that are taken back at present; an undone undo puts its operation in force again.
pub fn undone(entries: &[Entry]) -> BTreeSet<u64> {
    let mut undone = BTreeSet::new();
    // An undo comes after what it takes back, so whether it is in force itself is known when it is met from behind.
    for entry in entries.iter().rev() {
        if let Operation::Undo(reversal) = &entry.operation
            && !undone.contains(&entry.sequence)
        {
            undone.insert(reversal.undoes);
        }
    }
    undone
}

/// The newest operation that `author` (or anybody) typed and that is in force; an undo is not taken back unasked.
pub fn newest<'a>(entries: &'a [Entry], author: Option<&str>) -> Option<&'a Entry> {
    let undone = undone(entries);
    entries.iter().rev().find(|entry| {
        entry.operation.is_typed()
            && !matches!(entry.operation, Operation::Undo(_))
            && !undone.contains(&entry.sequence)
            && author.is_none_or(|author| author == entry.author)
    })
}

/// A later operation in force that changes one of the same downtimes, and which of them. A later undo of something later
/// still leaves nothing of either; one of something earlier stands upon this operation as any other change does.
pub fn stands_upon<'a>(entries: &'a [Entry], entry: &'a Entry) -> Option<(&'a Entry, &'a DowntimeId)> {
    let undone = undone(entries);
    let touched = entry.operation.touches();
    let later = entries.iter().filter(|later| later.sequence > entry.sequence && !undone.contains(&later.sequence));
    later
        .filter(|later| match &later.operation {
            Operation::Undo(reversal) => reversal.undoes < entry.sequence,
            _ => true,
        })
        .find_map(|later| later.operation.touches().into_iter().find(|id| touched.contains(id)).map(|id| (later, id)))
}

/// What it comes to that `by` takes an operation back at `now`: its inverse, less what is over already. `find` gives the
/// downtimes.
pub fn effects(
    entry: &Entry,
    now: Instant,
    by: &str,
    find: impl Fn(&DowntimeId) -> Outcome<Option<Downtime>>,
) -> Outcome<Vec<Effect>> {
    // An effect may only be possible once the one before it has happened, so they happen here to copies.
    let mut standing: BTreeMap<DowntimeId, Downtime> = BTreeMap::new();
    let mut effects = Vec::new();
    for inverse in entry.operation.inverse() {
        let id = inverse.id().clone();
        if !standing.contains_key(&id) {
            standing.extend(find(&id)?.map(|downtime| (id.clone(), downtime)));
        }
        let Some(downtime) = standing.get_mut(&id) else { continue };
        if let Some(effect) = possible(inverse, entry.due, downtime, now, by) {
            effect.perform(downtime, now, by);
            effects.push(effect);
        }
    }
    Ok(effects)
}

/// What is left of an inverse at `now`, for what happened to this downtime at `done`.
fn possible(inverse: Effect, done: Instant, downtime: &Downtime, now: Instant, by: &str) -> Option<Effect> {
    let held = |target: &Target| downtime.holdings.iter().find(|holding| holding.target == *target);
    match inverse {
        Effect::MoveEnd { id, to, to_civil, .. } => {
            let window = downtime.window;
            let begun = window.start() < now;
            let (to, to_civil) = if begun && to < now { (now, None) } else { (to, to_civil) };
            let something_left = downtime.state(now).is_open() || to > now;
            (something_left && to > window.start()).then_some(Effect::MoveEnd {
                id,
                from: window.end(),
                from_civil: window.end_civil,
                to,
                to_civil,
            })
        }
        Effect::MoveWindow { id, to, .. } if to.end() > now => {
            Some(Effect::MoveWindow { id, from: downtime.window, to })
        }
        // The window that it had is over, so nothing is left to hold.
        Effect::MoveWindow { id, .. } => {
            let open = downtime.holdings.iter().filter(|holding| holding.open_span(now).is_some());
            let targets: Vec<Target> = open.map(|holding| holding.target.clone()).collect();
            (!targets.is_empty()).then_some(Effect::Release { id, targets })
        }
        Effect::Describe { id, to, .. } => {
            (*to != downtime.terms).then(|| Effect::Describe { id, from: Box::new(downtime.terms.clone()), to })
        }
        Effect::Release { id, mut targets } => {
            targets.retain(|target| held(target).is_some_and(|holding| holding.open_span(now).is_some()));
            (!targets.is_empty()).then_some(Effect::Release { id, targets })
        }
        Effect::Reopen { id, mut targets } => {
            targets.retain(|target| held(target).is_some_and(|holding| holding.released.is_some()));
            (!targets.is_empty() && downtime.window.end() > now).then_some(Effect::Reopen { id, targets })
        }
        Effect::Rewrite { id, to, .. } => {
            let restored = downtime.as_before(&to, done, now, by);
            let course = downtime.course();
            (restored != course).then_some(Effect::Rewrite { id, from: course, to: restored })
        }
        // No effect has this one as its inverse.
        Effect::Hold { .. } => None,
    }
}
