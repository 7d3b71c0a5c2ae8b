//! Making a change, or trying what it would come to: one path for both.

use std::rc::Rc;

use super::picking;
use super::session::{Reading, Session};
use crate::downtime;
use crate::downtime::agenda::{Agenda, Rules};
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Entry, Operation};
use crate::failure::{Failure, Kind, Outcome};
use crate::store::folded::Folded;
use crate::store::in_force::InForce;
use crate::store::known::Objects;
use crate::store::rulebook::RuleBook;
use crate::store::writer::Writer;
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
    /// The occurrences of rules.
    pub rules: &'a dyn Rules,
}

impl<'a> Ground<'a> {
    /// The known objects.
    pub fn objects(self) -> Objects<'a> {
        self.store.objects(self.inventory, &self.state.head)
    }

    /// Everything that holds objects, occurrences included.
    pub const fn agenda(self) -> Agenda<'a, Folded> {
        Agenda::new(self.state, self.rules)
    }
}

impl<'a> From<&'a Reading> for Ground<'a> {
    fn from(reading: &'a Reading) -> Self {
        Self { store: &reading.store, state: &reading.view.state, inventory: &reading.inventory, rules: &*reading.book }
    }
}

impl<'a> From<&'a Writer> for Ground<'a> {
    fn from(writer: &'a Writer) -> Self {
        Self { store: &writer.store, state: &writer.state, inventory: &writer.inventory, rules: &*writer.book }
    }
}

/// A change that was made, or tried.
pub struct Made {
    /// Its number in the journal; `None` if there was nothing to do, or if it was only tried.
    pub operation: Option<u64>,
    /// What it changed, as it stands after it: downtimes, occurrences as such, series, exceptions from rules.
    pub changed: Vec<Kept>,
    /// The state after it.
    pub state: State,
    book: Rc<RuleBook>,
}

impl Made {
    /// Everything that holds objects after it.
    pub fn agenda(&self) -> Agenda<'_, Folded> {
        Agenda::new(&self.state, &*self.book)
    }
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
        return tried(session, &reading.view.state, &reading.book, planned);
    }
    let mut writer = session.change()?;
    let planned = plan(&Ground::from(&writer))?;
    let tried = tried(session, &writer.state, &writer.book, planned.clone())?;
    let operation = planned.map(|operation| writer.commit(operation)).transpose()?;
    Ok(Made { operation, ..tried })
}

/// What an operation comes to upon a state.
fn tried(session: &Session, state: &State, book: &Rc<RuleBook>, planned: Option<Operation>) -> Outcome<Made> {
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
    let changed = picking::by_ids(&touched, Agenda::new(&state, &**book))?;
    for kept in &changed {
        refuse_a_second_of_its_key(session, kept, &state)?;
    }
    Ok(Made { operation: None, changed, state, book: Rc::clone(book) })
}

/// A downtime that comes back must not share its key with one that was made since.
fn refuse_a_second_of_its_key(session: &Session, changed: &Kept, state: &State) -> Outcome<()> {
    let is_open = |kept: &Kept| kept.state(session.clock.now).is_some_and(downtime::state::State::is_open);
    let (Some(key), true) = (changed.key(), is_open(changed)) else { return Ok(()) };
    let (id, others) = (changed.id().root(), state.with_key(key)?);
    let Some(other) = others.iter().map(Kept::id).zip(&others).find(|(other, kept)| **other != id && is_open(kept))
    else {
        return Ok(());
    };
    let other = other.0;
    let what = format!("downtime {id} would be open again, and downtime {other} has its key `{key}` now");
    Err(Failure::new(Kind::Superseded, what).hint(format!("end that first: downtime delete {other}")))
}

fn ids(operation: &Operation) -> Vec<DowntimeId> {
    operation.touches().into_iter().cloned().collect()
}
