//! What stands against a request.

use crate::downtime::interval::Interval;
use crate::downtime::target::Target;

/// One thing that stands against a downtime. Durations are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// Time in downtime would be frozen.
    Freeze {
        /// The freeze's name.
        name: String,
        /// The freeze.
        interval: Interval,
        /// From when to when the frozen targets would be in downtime.
        asked: Interval,
        /// How much of that is frozen.
        seconds: i64,
        /// The targets that are frozen, sorted.
        targets: Vec<Target>,
        /// How many targets there are.
        of: usize,
    },
    /// The window is too long.
    TooLong {
        /// How long it is.
        seconds: i64,
        /// `max_duration`
        most: i64,
    },
    /// There are too many targets.
    TooMany {
        /// How many there are.
        targets: usize,
        /// `max_targets`
        most: usize,
    },
    /// There is no ticket, and `require_ticket` asks for one.
    NoTicket,
}
