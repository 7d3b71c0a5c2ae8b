//! What one accepted log line says, free of its format.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;

/// The state of a host or service. `Ok` and `Up` are the good ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Service: fine.
    Ok = 0,
    /// Service: degraded.
    Warn = 1,
    /// Service: failed.
    Crit = 2,
    /// Service: the check could not tell.
    Unknown = 3,
    /// Host: fine.
    Up = 4,
    /// Host: failed.
    Down = 5,
    /// Host: behind a failed parent.
    Unreach = 6,
}

impl State {
    /// Whether this is the good state of its kind of object.
    pub const fn is_good(self) -> bool {
        matches!(self, Self::Ok | Self::Up)
    }

    /// Whether it is a state of hosts, not of services.
    pub const fn of_host(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::Unreach)
    }

    /// The state that people call so, in any case, long or short; `None` for names of no state.
    pub fn named(name: &str) -> Option<Self> {
        const NAMES: [(&str, State); 10] = [
            ("OK", State::Ok),
            ("WARNING", State::Warn),
            ("WARN", State::Warn),
            ("CRITICAL", State::Crit),
            ("CRIT", State::Crit),
            ("UNKNOWN", State::Unknown),
            ("UP", State::Up),
            ("DOWN", State::Down),
            ("UNREACHABLE", State::Unreach),
            ("UNREACH", State::Unreach),
        ];
        NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, state)| state)
    }
}

/// Which kind of line told a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Telling {
    /// `… ALERT`: it changed.
    Alert,
    /// `CURRENT … STATE`: written after a log rotation.
    Current,
    /// `INITIAL … STATE`: written at core start. Within a block headed by `logging initial states`: seconds since that header.
    Initial {
        /// Seconds since the header of the block; `None` outside of one.
        since_header: Option<u32>,
    },
}

/// A start or an end, of a downtime or of flapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// `STARTED`
    Started,
    /// `STOPPED`
    Stopped,
    /// `CANCELLED` (downtime) or `DISABLED` (flapping)
    Withdrawn,
}

/// What happened to one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A line with the object's state.
    State {
        /// Which kind of line.
        telling: Telling,
        /// The state told.
        state: State,
        /// Whether it is HARD; SOFT while retries are under way.
        hard: bool,
    },
    /// A DOWNTIME ALERT.
    Downtime(Mark),
    /// A FLAPPING ALERT.
    Flapping(Mark),
}

/// One accepted line about one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, in seconds UTC.
    pub time: Instant,
    /// Position among all accepted lines of its file in the same second, from 0; where lines of several files stand in
    /// one second, among those loaded. Orders events of one second.
    pub ordinal: u32,
    /// What happened.
    pub what: What,
    /// Plugin output of a line that tells a state other than OK or UP, at most 240 bytes of UTF-8.
    pub output: Option<Box<str>>,
}

/// A line about the monitoring core itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Core {
    /// It started or restarted.
    Start,
    /// It stopped.
    Stop,
    /// `logging initial states`: a block of INITIAL lines follows.
    InitialStates,
}

/// `TIMEPERIOD TRANSITION`, as the line gives it: -1 unknown, 0 outside, 1 inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transition {
    /// When, in seconds UTC.
    pub time: Instant,
    /// Position among the accepted lines of its file in the same second.
    pub ordinal: u32,
    /// The period's state before.
    pub from: i8,
    /// The period's state from now on.
    pub to: i8,
}
