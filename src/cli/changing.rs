//! Making a change, or trying what it would come to: one path for both.

use super::picking;
use super::session::{Reading, Session};
use crate::downtime::id::DowntimeId;
use crate::downtime::operation::{Entry, Operation};
use crate::downtime::record::Downtime;
use crate::failure::Outcome;
use crate::store::edited::InForce;
use crate::store::known::Objects;
use crate::store::{State, Store};

/// What a change or a search is worked out upon.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The store, for what is known besides its state.
    pub store: &'a Store,
    /// The state; the newest there is, and under the lock if it is to be changed.
    pub state: &'a State,
    /// The inventory that counts.
    pub inventory: &'a InForce,
}

impl<'a> Ground<'a> {
    /// The known objects.
    pub fn objects(self) -> Objects<'a> {
        self.store.objects(self.inventory, &self.state.head)
    }
}

impl<'a> From<&'a Reading> for Ground<'a> {
    fn from(reading: &'a Reading) -> Self {
        Self { store: &reading.store, state: &reading.view.state, inventory: &reading.inventory }
    }
}

/// A change that was made, or tried.
pub struct Made {
    /// Its number in the journal; `None` if there was nothing to do, or if it was only tried.
    pub operation: Option<u64>,
    /// The downtimes that it changed, as they stand after it.
    pub changed: Vec<Downtime>,
    /// The state after it.
    pub state: State,
}

/// Works a change of what is there out by `plan`, and makes it; with `dry_run` only in memory.
///
/// # Errors
/// `Missing` if no store was begun, and whatever `plan` refuses; then nothing has changed.
pub fn make(
    session: &Session,
    dry_run: bool,
    plan: impl FnOnce(&Ground<'_>) -> Outcome<Option<Operation>>,
) -> Outcome<Made> {
    if dry_run {
        let reading = session.reading()?;
        let mut state = reading.view.state;
        let planned = plan(&Ground { store: &reading.store, state: &state, inventory: &reading.inventory })?;
        let entry = |operation| Entry {
            sequence: state.head.sequence + 1,
            due: session.clock.now,
            written: session.clock.now,
            author: session.author(),
            pretended: session.clock.pretended,
            operation,
        };
        let entry = planned.map(entry);
        let touched = entry.as_ref().map(|entry| ids(&entry.operation)).unwrap_or_default();
        entry.into_iter().try_for_each(|entry| state.apply(entry))?;
        return Ok(Made { operation: None, changed: picking::by_ids(&touched, &state)?, state });
    }
    let mut writer = session.change()?;
    let planned = plan(&Ground { store: &writer.store, state: &writer.state, inventory: &writer.inventory })?;
    let touched = planned.as_ref().map(ids).unwrap_or_default();
    let operation = planned.map(|operation| writer.commit(operation)).transpose()?;
    Ok(Made { operation, changed: picking::by_ids(&touched, &writer.state)?, state: writer.state })
}

fn ids(operation: &Operation) -> Vec<DowntimeId> {
    operation.touches().into_iter().cloned().collect()
}
