//! What readers of events see, whatever keeps them.

use super::log::EventLog;
use crate::clock::Instant;
use crate::downtime::target::Target;
use crate::failure::Outcome;

/// What a report stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// A name for the accepted events, 32 hexadecimal digits: depends on them alone, not on how they were imported.
    pub events: String,
    /// Time of the first accepted line of any kind.
    pub first: Option<Instant>,
    /// Time of the newest accepted line of any kind.
    pub newest: Option<Instant>,
}

/// Accepted events, duplicates resolved.
pub trait EventSource {
    /// All hosts and services that have a line of their own, sorted.
    fn objects(&self) -> Outcome<Vec<Target>>;

    /// Whether a line names the object; a host is also named by its services' lines.
    fn knows(&self, object: &Target) -> Outcome<bool>;

    /// The events of the objects `wanted`, all lines about the core and all transitions of time periods.
    fn load(&self, wanted: &dyn Fn(&Target) -> bool) -> Outcome<EventLog>;

    /// What the whole of it is.
    fn basis(&self) -> Outcome<Basis>;
}
