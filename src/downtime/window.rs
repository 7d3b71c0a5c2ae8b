//! The window of a downtime: instants, and the civil times that people typed.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use crate::clock::Instant;
use crate::when::Local;

/// `[start, end)`, with the civil times that were typed for it kept beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The instants, which decide.
    pub interval: Interval,
    /// What was typed for the start, if it was civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_civil: Option<Local>,
    /// What was typed for the end, if it was civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_civil: Option<Local>,
}

impl Window {
    /// A window of which only the instants are known.
    pub const fn exact(interval: Interval) -> Self {
        Self { interval, start_civil: None, end_civil: None }
    }

    /// When it begins.
    pub const fn start(&self) -> Instant {
        self.interval.start()
    }

    /// When it ends.
    pub const fn end(&self) -> Instant {
        self.interval.end()
    }

    /// The same window ending at `end`; `None` where it would be empty.
    pub fn ending(&self, end: Instant, end_civil: Option<Local>) -> Option<Self> {
        Some(Self { interval: Interval::new(self.start(), end)?, start_civil: self.start_civil, end_civil })
    }
}
