//! Instants, and the clock that is read once in `main` and passed down.

use std::fmt;
use std::ops::{Add, Sub};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A point in time in whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// 1970-01-01T00:00:00Z, the earliest instant that people can type.
    pub const EARLIEST: Self = Self(0);
    /// 9998-12-31T23:59:59Z, the latest instant that people can type; a year is left for zones and durations.
    pub const LATEST: Self = Self(253_370_764_799);
    /// Before every event that a log can hold.
    pub const BEGINNING: Self = Self(i64::MIN / 4);
    /// After every event that a log can hold.
    pub const END: Self = Self(i64::MAX / 4);

    /// The instant as chrono's UTC date-time, clamped to what chrono can hold.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp())
    }
}

/// Seconds later.
impl Add<i64> for Instant {
    type Output = Self;
    fn add(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// Seconds earlier.
impl Sub<i64> for Instant {
    type Output = Self;
    fn sub(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds))
    }
}

/// Seconds from `earlier` to `self`.
impl Sub for Instant {
    type Output = i64;
    fn sub(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// RFC 3339 in UTC with whole seconds: `2026-11-20T14:30:00Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// What time it is, as far as this run is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The present, real or pretended.
    pub now: Instant,
    /// Whether `--now` or `DOWNTIME_NOW` set it.
    pub pretended: bool,
}

impl Clock {
    /// The operating system's time; the only place that asks for it.
    pub fn system() -> Self {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self {
            now: Instant(since_epoch.map_or(0, |elapsed| i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))),
            pretended: false,
        }
    }

    /// A pretended present.
    pub const fn pretend(now: Instant) -> Self {
        Self { now, pretended: true }
    }
}
