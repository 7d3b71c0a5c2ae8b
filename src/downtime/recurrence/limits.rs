//! Where a recurrence ends, and what it leaves out.

use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::start::Start;
use crate::clock::Instant;

/// The last start that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// A nominal local date.
    Date(NaiveDate),
    /// An instant.
    Instant(Instant),
}

/// An occurrence left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Except {
    /// All of a nominal local date.
    Date(NaiveDate),
    /// That with this nominal local start.
    Local(NaiveDateTime),
    /// That which starts at this instant.
    Start(Instant),
}

/// The last start that may be, as an option or an RRULE says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// A nominal local date.
    Date(NaiveDate),
    /// A nominal local start.
    Local(NaiveDateTime),
    /// An instant.
    Instant(Instant),
}

impl From<Until> for Last {
    fn from(until: Until) -> Self {
        match until {
            Until::Date(date) => Self::Date(date),
            Until::Instant(instant) => Self::Instant(instant),
        }
    }
}

impl Last {
    /// Whether the start is none too late.
    pub(super) fn allows(self, start: &Start) -> bool {
        match self {
            Self::Date(date) => start.local.date() <= date,
            Self::Local(local) => start.local <= local,
            Self::Instant(instant) => start.instant <= instant,
        }
    }

    /// Whether all later starts in nominal order are too late as well: none is placed more than a day from it.
    pub(super) fn is_long_past(self, start: &Start) -> bool {
        const DAYS: u64 = 2;
        let before = start.local.checked_sub_days(Days::new(DAYS));
        let earlier = Start { local: before.unwrap_or(start.local), instant: start.instant - 86_400 * 2, ..*start };
        !self.allows(&earlier)
    }
}

impl Except {
    /// Whether it is this start that is left out.
    pub(super) fn matches(self, start: &Start) -> bool {
        match self {
            Self::Date(date) => start.local.date() == date,
            Self::Local(local) => start.local == local,
            Self::Start(instant) => start.instant == instant,
        }
    }
}
