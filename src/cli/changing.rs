//! Making a change, or trying what it would come to: one path for both.

use super::picking;
use super::session::{Reading, Session};
use crate::downtime::id::DowntimeId;
use crate::downtime::operation::{Entry, Operation};
use crate::downtime::record::Downtime;
use crate::failure::{Failure, Kind, Outcome};
use crate::store::in_force::InForce;
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

/// Works a change of what is there out by `plan`, tries it in memory, and makes it, unless `dry_run`.
///
/// # Errors
/// `Missing` if no store was begun, `Superseded` if two open downtimes would have one key, and whatever `plan` refuses; then
/// nothing has changed.
pub fn make(
    session: &Session,
    dry_run: bool,
    plan: impl FnOnce(&Ground<'_>) -> Outcome<Option<Operation>>,
) -> Outcome<Made> {
    if dry_run {
        let reading = session.reading()?;
        let planned = plan(&(&reading).into())?;
        return tried(session, &reading.view.state, planned);
    }
    let mut writer = session.change()?;
    let planned = plan(&Ground { store: &writer.store, state: &writer.state, inventory: &writer.inventory })?;
    let tried = tried(session, &writer.state, planned.clone())?;
    let operation = planned.map(|operation| writer.commit(operation)).transpose()?;
    Ok(Made { operation, ..tried })
}

/// What an operation comes to upon a state.
fn tried(session: &Session, state: &State, planned: Option<Operation>) -> Outcome<Made> {
    let mut state = state.clone();
    let touched = planned.as_ref().map(ids).unwrap_or_default();
    if let Some(operation) = planned {
        state.apply(Entry {
            sequence: state.head.sequence + 1,
            due: session.clock.now,
            written: session.clock.now,
            author: session.author(),
            pretended: session.clock.pretended,
            operation,
        })?;
    }
    let changed = picking::by_ids(&touched, &state)?;
    for downtime in &changed {
        refuse_a_second_of_its_key(session, downtime, &state)?;
    }
    Ok(Made { operation: None, changed, state })
}

/// A downtime that comes back must not share its key with one that was made since.
fn refuse_a_second_of_its_key(session: &Session, downtime: &Downtime, state: &State) -> Outcome<()> {
    let now = session.clock.now;
    let (Some(key), true) = (&downtime.terms.key, downtime.state(now).is_open()) else { return Ok(()) };
    let others = state.with_key(key)?;
    let Some(other) = others.iter().find(|other| other.id != downtime.id && other.state(now).is_open()) else {
        return Ok(());
    };
    let what =
        format!("downtime {} would be open again, and downtime {} has its key `{key}` now", downtime.id, other.id);
    Err(Failure::new(Kind::Superseded, what).hint(format!("end that first: downtime delete {}", other.id)))
}

fn ids(operation: &Operation) -> Vec<DowntimeId> {
    operation.touches().into_iter().cloned().collect()
}
