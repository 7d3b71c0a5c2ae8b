//! Which instant an [`Expression`] means, by the role it was typed in.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Present;
use super::calendar::Calendar;
use super::expression::Expression;
use super::time_of_day::TimeOfDay;
use super::zone::Zone;
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome};

/// What a time is asked for, which decides where a clock or a weekday is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A start, or any other time to come: the next one strictly after now; a day is its 00:00.
    Start,
    /// The end of what begins at `start`: the first one after it; `+2h` counts from it; a day is its 24:00.
    End {
        /// Where it begins.
        start: Instant,
    },
    /// The new end of a window (`extend --to`): the first one after both now and `start`; `+2h` counts from now; a day
    /// is its 24:00.
    Extension {
        /// Where the window begins, which may be in the past.
        start: Instant,
    },
    /// The same for what may be over (`extend --to --retroactive`): the first one after `start`, past or not.
    LateExtension {
        /// Where the window begins.
        start: Instant,
    },
    /// What has been (`--from` of queries, `--retroactive` starts): the last one up to and with now; a day is its 00:00.
    LookingBack,
    /// The end of a stretch of the past that has no start: as [`Role::LookingBack`], but a day is its 24:00, and a weekday
    /// the last that has begun.
    EndLookingBack,
    /// `check --at`: a time of day is today's, a weekday the next one, today included; a day is its 00:00.
    CheckAt,
}

/// What was typed, as far as a caller may have to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `now`, `+2h`, `in 2h`, `now+90m`, `-30m`.
    Relative,
    /// An instant with its offset, or seconds since 1970.
    Exact,
    /// A time of day alone.
    Clock,
    /// A day alone: this one, in the zone that was meant.
    Day(NaiveDate),
    /// Civil time in any other form.
    Civil,
}

/// Civil time as it was meant, before a gap moved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    /// What the clock would have read; 24:00 is 00:00 of the day after.
    pub time: NaiveDateTime,
    /// On the clocks of which zone.
    pub zone: Zone,
}

/// An instant and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The instant.
    pub instant: Instant,
    /// The civil time that was meant, for texts that name civil time.
    pub local: Option<Local>,
    /// What was typed.
    pub shape: Shape,
    /// What the operator should know: a gap, a repeated hour, a start just missed. One line each.
    pub notes: Vec<String>,
}

/// On which side of what a recurring reading is looked for.
#[derive(Clone, Copy)]
pub(super) enum Search {
    /// The first one after it.
    After(Instant),
    /// The last one up to and with it.
    UpTo(Instant),
    /// Today's, wherever now is.
    Today,
}

impl Role {
    /// Where a recurring reading is looked for.
    pub(super) fn search(self, now: Instant) -> Search {
        match self {
            Self::Start => Search::After(now),
            Self::End { start } | Self::LateExtension { start } => Search::After(start),
            Self::Extension { start } => Search::After(start.max(now)),
            Self::LookingBack | Self::EndLookingBack => Search::UpTo(now),
            Self::CheckAt => Search::Today,
        }
    }

    /// The time of day that stands for a day.
    pub(super) const fn edge(self) -> TimeOfDay {
        match self {
            Self::End { .. } | Self::Extension { .. } | Self::LateExtension { .. } | Self::EndLookingBack => {
                TimeOfDay::EndOfDay
            }
            Self::Start | Self::LookingBack | Self::CheckAt => TimeOfDay::At(NaiveTime::MIN),
        }
    }
}

impl Expression {
    /// The instant that was meant in `role`.
    ///
    /// # Errors
    /// [`Kind::Time`] for instants outside the years 1970 to 9998.
    pub fn resolve(self, role: Role, present: &Present) -> Outcome<Resolved> {
        let plain = |instant, shape| Resolved { instant, local: None, shape, notes: Vec::new() };
        let resolved = match self {
            Self::Now => plain(present.now, Shape::Relative),
            Self::FromNow(seconds) => plain(present.now + seconds, Shape::Relative),
            Self::Ahead(seconds) => {
                let base = if let Role::End { start } = role { start } else { present.now };
                plain(base + seconds, Shape::Relative)
            }
            Self::Exact(instant) => plain(instant, Shape::Exact),
            Self::Civil { civil, zone } => {
                let calendar = Calendar { zone: zone.unwrap_or(present.zone), now: present.now };
                calendar.resolve(civil, role).ok_or_else(out_of_range)?
            }
        };
        if (Instant::EARLIEST..=Instant::LATEST).contains(&resolved.instant) {
            Ok(resolved)
        } else {
            Err(out_of_range())
        }
    }
}

fn out_of_range() -> Failure {
    Failure::new(Kind::Time, "it lies outside the years 1970 to 9998")
        .hint("write the year with four digits, as in 2026-12-24")
}
