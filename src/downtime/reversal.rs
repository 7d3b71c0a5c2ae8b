//! Taking operations back: which one, whether it can be, and what that comes to now.

use std::collections::{BTreeMap, BTreeSet};

use super::id::DowntimeId;
use super::kept::Kept;
use super::operation::{Effect, Entry, Operation};
use super::record::Downtime;
use super::series::Series;
use super::target::Target;
use super::touched::Change;
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
        .find_map(|later| {
            let in_the_way = |id: &&DowntimeId| touched.iter().any(|touched| touched.concerns(id));
            later.operation.touches().into_iter().find(in_the_way).map(|id| (later, id))
        })
}

/// What it comes to that `by` takes an operation back at `now`: its inverse, less what is over already. `find` gives the
/// downtimes, an occurrence as one, and the series.
pub fn effects(
    entry: &Entry,
    now: Instant,
    by: &str,
    find: impl Fn(&DowntimeId) -> Outcome<Option<Kept>>,
) -> Outcome<Vec<Effect>> {
    // An effect may only be possible once the one before it has happened, so they happen here to copies.
    let mut standing: BTreeMap<DowntimeId, Kept> = BTreeMap::new();
    let mut effects = Vec::new();
    let mut inverses = Vec::new();
    for inverse in entry.operation.inverse() {
        // What was done to a downtime that was repeated later is taken back from it, and from the series that it became.
        let first = match find(inverse.id())? {
            Some(Kept::Series(series)) => series.first_before(entry.due).map(|first| first.id.clone()),
            _ => None,
        };
        let of_first = first.map(|first| inverse.clone().of(first));
        inverses.extend([Some(inverse), of_first].into_iter().flatten());
    }
    for inverse in inverses {
        let id = inverse.id().clone();
        if !standing.contains_key(&id) {
            standing.extend(find(&id)?.map(|kept| (id.clone(), kept)));
        }
        let Some(kept) = standing.get_mut(&id) else { continue };
        let effect = match kept {
            Kept::Downtime(downtime) => possible(inverse, entry.due, downtime, now, by),
            Kept::Series(series) => possible_of_series(inverse, series),
            Kept::Rule(rule) => match inverse {
                Effect::Stop { .. } if rule.stopped().is_none() => Some(inverse),
                Effect::Resume { .. } if rule.stopped().is_some() => Some(inverse),
                _ => None,
            },
        };
        if let Some(effect) = effect {
            kept.perform(&Change { effect: effect.clone(), at: now, by: by.to_owned() });
            effects.push(effect);
        }
    }
    // A series that was never meant to be ends with its running occurrence.
    if let Operation::ScheduleSeries(made) = &entry.operation
        && let Some(Kept::Series(series)) = find(made.id())?
        && let Some(running) = series.running(now)
    {
        effects.extend(releasing_open(running.id.clone(), &running, now));
    }
    Ok(effects)
}

/// What is left of an inverse for a series as a whole.
fn possible_of_series(inverse: Effect, series: &Series) -> Option<Effect> {
    let held: BTreeSet<&Target> = series.held().collect();
    match inverse {
        Effect::Describe { id, to, .. } => {
            let terms = &series.plan().terms;
            (*to != *terms).then(|| Effect::Describe { id, from: Box::new(terms.clone()), to })
        }
        Effect::Repeat { id, to, .. } => {
            Some(Effect::Repeat { id, from: Some(Box::new(series.plan().recurrence.clone())), to })
        }
        Effect::Release { id, mut targets } => {
            targets.retain(|target| held.contains(target));
            (!targets.is_empty()).then_some(Effect::Release { id, targets })
        }
        Effect::Reopen { id, mut targets } => {
            targets.retain(|target| !held.contains(target));
            (!targets.is_empty()).then_some(Effect::Reopen { id, targets })
        }
        _ => None,
    }
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
        Effect::Skip { .. } if downtime.window.start() > now => downtime.held().next().is_some().then_some(inverse),
        // The window that it had is over, so nothing is left to hold; or what was to be left out has begun meanwhile.
        Effect::MoveWindow { id, .. } | Effect::Skip { id } => releasing_open(id, downtime, now),
        Effect::Unskip { .. } => {
            let skipped = downtime.holdings.iter().any(super::holding::Holding::is_skipped);
            (skipped && downtime.window.end() > now).then_some(inverse)
        }
        // No effect on a downtime has one of these as its inverse.
        Effect::Hold { .. } | Effect::Repeat { .. } | Effect::Stop { .. } | Effect::Resume { .. } => None,
    }
}

/// Letting go of what is not over, if there is any.
fn releasing_open(id: DowntimeId, downtime: &Downtime, now: Instant) -> Option<Effect> {
    let open = downtime.holdings.iter().filter(|holding| holding.open_span(now).is_some());
    let targets: Vec<Target> = open.map(|holding| holding.target.clone()).collect();
    (!targets.is_empty()).then_some(Effect::Release { id, targets })
}
