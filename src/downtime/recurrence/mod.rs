//! How a downtime repeats: from its first window, the pattern and the limits to each occurrence, computed and never
//! chained.
//!
//! Everything is worked out on the nominal civil date of an occurrence in the zone of the recurrence and each is placed
//! alone, so that no gap, fold or missed run moves the next one.

mod check;
mod days;
mod earlier;
mod expand;
mod limits;
mod mode;
mod reading;
mod rrule;
mod rrule_days;
mod rrule_parts;
mod rrule_sieve;
mod sentence;
mod start;
#[cfg(test)]
mod tests;
mod wall_end;
mod words;

use std::fmt;

use chrono::{NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};

pub use self::limits::{Except, Until};
pub use self::mode::Mode;
pub use self::rrule::Rrule;
pub use self::wall_end::WallEnd;
use crate::clock::Instant;
use crate::downtime::window::Window;
use crate::when::zone::Zone;

/// A first window, and how it repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    /// On whose clocks.
    pub timezone: Zone,
    /// The first occurrence, exactly.
    pub first: Window,
    /// In which pattern.
    pub pattern: Pattern,
    /// The last start that may be, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Until>,
    /// How many there may be, exceptions included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Those left out, sorted, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Except>,
    /// Where each ends on the clock; without it each lasts as long as the first, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_end: Option<WallEnd>,
    /// Whether the first one happens though it does not match the pattern: it was there before the pattern was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_stays: bool,
}

/// The pattern of a recurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pattern {
    /// A named mode, every `interval`-th time.
    Every {
        /// The mode.
        mode: Mode,
        /// 1 for each time.
        interval: u32,
    },
    /// A recurrence rule of RFC 5545 §3.3.10, FREQ=DAILY or coarser.
    Rrule(Rrule),
}

/// What an occurrence is known by: its nominal start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nominal {
    /// What the clock would read, gaps aside.
    Local(NaiveDateTime),
    /// The instant, for hourly ones.
    Utc(Instant),
}

/// `2026-11-22T22:00`, seconds only if there are any; with a `Z` for instants.
impl fmt::Display for Nominal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (time, zulu) = match self {
            Self::Local(time) => (*time, ""),
            Self::Utc(instant) => (instant.utc().naive_utc(), "Z"),
        };
        let seconds = if time.second() == 0 { "" } else { ":%S" };
        write!(f, "{}{zulu}", time.format(&format!("%Y-%m-%dT%H:%M{seconds}")))
    }
}

impl Nominal {
    /// Reads what [`Display`](fmt::Display) writes; `None` for everything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (time, zulu) = text.strip_suffix('Z').map_or((text, false), |time| (time, true));
        let read = |format| NaiveDateTime::parse_from_str(time, format).ok();
        let time = read("%Y-%m-%dT%H:%M").or_else(|| read("%Y-%m-%dT%H:%M:%S"))?;
        Some(if zulu { Self::Utc(Instant(time.and_utc().timestamp())) } else { Self::Local(time) })
    }
}

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// What it is known by.
    pub nominal: Nominal,
    /// Its window.
    pub window: Window,
}

impl Recurrence {
    /// What the first occurrence is known by.
    pub fn first_nominal(&self) -> Nominal {
        let start = self.first.start();
        match self.pattern {
            Pattern::Every { mode: Mode::Hourly, .. } => Nominal::Utc(start),
            _ => Nominal::Local(self.first.start_civil.map_or_else(|| self.timezone.civil(start), |local| local.time)),
        }
    }

    /// The rule that it repeats by, if that is no named mode.
    pub fn rrule(&self) -> Option<&Rrule> {
        match &self.pattern {
            Pattern::Rrule(rule) => Some(rule),
            Pattern::Every { .. } => None,
        }
    }
}

impl Recurrence {
    /// How it repeats, for a column: the mode, or the rule.
    pub fn brief(&self) -> String {
        match &self.pattern {
            _ if self.count == Some(1) => "once".to_owned(),
            Pattern::Every { mode, interval: 1 } => mode.name().to_owned(),
            Pattern::Every { mode, interval } => format!("{mode}, interval {interval}"),
            Pattern::Rrule(rule) => rule.to_string(),
        }
    }
}
