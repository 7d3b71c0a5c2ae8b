//! The accepted events of some objects, as every reader of them sees it, whatever keeps them.

use std::collections::BTreeMap;

use super::event::{Core, Event, Transition};
use crate::clock::Instant;
use crate::downtime::target::Target;

/// One object's accepted events, by time, within a second in order of happening; duplicates resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectEvents {
    /// Whose events.
    pub target: Target,
    /// Sorted by `(time, ordinal)`.
    pub events: Vec<Event>,
}

/// A line about the monitoring core, with its place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CoreEvent {
    /// When, in seconds UTC.
    pub time: Instant,
    /// Position among the accepted lines of its file in the same second.
    pub ordinal: u32,
    /// What the core did.
    pub core: Core,
}

/// Events of the objects asked for, and what concerns them all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventLog {
    /// Sorted by target; an object without events does not occur.
    pub objects: Vec<ObjectEvents>,
    /// Starts, stops and headers of initial states, sorted; one of a kind a second.
    pub core: Vec<CoreEvent>,
    /// Transitions of each time period by its name, sorted.
    pub periods: BTreeMap<String, Vec<Transition>>,
    /// Time of the first accepted line of any kind in the whole store.
    pub first: Option<Instant>,
    /// Time of the newest accepted line of any kind in the whole store.
    pub newest: Option<Instant>,
}
