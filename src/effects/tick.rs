//! Writing down what is due, once each, in order of time.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::id::DowntimeId;
use crate::downtime::operation::Operation;
use crate::downtime::record::Downtime;
use crate::downtime::settle::due_since;
use crate::downtime::settled::{MOST_ON_A_LINE, Mark, Name, Settled, Turn, lines, told};
use crate::failure::Outcome;
use crate::store::Store;
use crate::store::writer::Writer;

/// What was written down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticked {
    /// Each with the operation that tells it, in order of time.
    pub turns: Vec<(u64, Turn)>,
    /// The downtimes that they are about.
    pub downtimes: BTreeMap<DowntimeId, Downtime>,
}

/// Writes down what is due by now and was not before; nothing, if nothing is.
///
/// Killed at any moment, it leaves lines written whole or not at all, and the next one goes on from there. The lock, which
/// the writer has, keeps two from writing the same.
pub fn tick(writer: &mut Writer) -> Outcome<Ticked> {
    tick_in_lines(writer, MOST_ON_A_LINE)
}

/// The same with at most so many starts and ends on a line.
pub fn tick_in_lines(writer: &mut Writer, most: usize) -> Outcome<Ticked> {
    let (now, mark) = (writer.now(), writer.state.head.settled);
    let since = Mark::since(mark.as_ref());
    if since > now {
        return Ok(Ticked::default());
    }
    let told = match mark.and_then(|mark| mark.behind) {
        Some(behind) => told_since(&writer.store, behind)?,
        None => BTreeSet::new(),
    };
    let downtimes = Agenda::new(&writer.state, &*writer.book).turning(since, now)?;
    let due = due_since(&downtimes, since, now, &told);
    let mut turns = Vec::with_capacity(due.len());
    for settled in lines(&due, mark.as_ref(), now, most) {
        let Settled { transitions, .. } = settled.clone();
        let sequence = writer.commit(Operation::Settle(settled))?;
        turns.extend(transitions.into_iter().map(|turn| (sequence, turn)));
    }
    let turned: BTreeSet<&DowntimeId> = turns.iter().map(|(_, turn)| &turn.id).collect();
    let downtimes = downtimes.into_iter().filter(|downtime| turned.contains(&downtime.id));
    let downtimes = downtimes.map(|downtime| (downtime.id.clone(), downtime)).collect();
    Ok(Ticked { turns, downtimes })
}

/// The names of what the journal tells about `since` and later.
fn told_since(store: &Store, since: Instant) -> Outcome<BTreeSet<Name>> {
    let mut names = BTreeSet::new();
    store.replay(|entry| {
        names.extend(told(&entry.operation).iter().filter(|turn| turn.time >= since).map(Turn::name));
        Ok(())
    })?;
    Ok(names)
}
