//! Who wrote down, and when, what followed from the time alone. Lent to rows that are in order already, so that neither
//! their order nor what they say depends on it.

use std::collections::BTreeMap;

use super::{Happening, Row};
use crate::clock::Instant;
use crate::downtime::operation::Entry;
use crate::downtime::settle::Transition;
use crate::downtime::settled::{Name, told};

/// Gives rows that no operation brought about the number of the one that wrote them down, and when that was.
pub(super) fn lend(rows: &mut [Row], entries: &[Entry]) {
    let mut written: BTreeMap<Name, (u64, Instant)> = BTreeMap::new();
    for entry in entries {
        written.extend(told(&entry.operation).iter().map(|turn| (turn.name(), (entry.sequence, entry.written))));
    }
    for row in rows.iter_mut().filter(|row| row.sequence.is_none()) {
        let event = match row.happening {
            Happening::Started => Transition::Started,
            Happening::Ended => Transition::Ended,
            _ => continue,
        };
        let found = row.id.clone().and_then(|id| written.get(&(row.time, event, id)));
        (row.sequence, row.written) = found.map(|(sequence, written)| (*sequence, *written)).unzip();
    }
}
