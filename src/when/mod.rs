//! What people type as a time, and the one function that turns civil time into an instant.
//!
//! A text is read into an [`Expression`], which says what was typed; the [`Role`] it was typed in and the [`Present`]
//! then tell which instant it means. The grammar is ours and small: no regular expression, no locale, no guessing. What
//! it refuses, it refuses with a text that it would accept.

mod calendar;
mod cursor;
pub mod duration;
mod expression;
pub mod month;
pub mod range;
mod refusal;
mod resolve;
mod suggestion;
#[cfg(test)]
mod tests;
mod time_of_day;
pub mod written;
pub mod zone;

pub use expression::{Civil, Day, Expression, Period};
pub use resolve::{Local, Resolved, Role, Shape};
pub use time_of_day::TimeOfDay;
use zone::Zone;

use crate::clock::Instant;
use crate::failure::Outcome;

/// The moment and the place in which something is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// The present, real or pretended.
    pub now: Instant,
    /// The zone in force.
    pub zone: Zone,
}

/// The instant that a text means, and how it came about.
///
/// ```
/// use downtime::clock::Instant;
/// use downtime::when::{self, Present, Role, zone::Zone};
///
/// // Friday 2026-11-20 15:30 in Berlin
/// let present = Present { now: Instant(1_795_185_000), zone: Zone::parse("Europe/Berlin")? };
/// let start = when::point("sat 22:00", Role::Start, &present)?.instant;
/// assert_eq!(start.to_string(), "2026-11-21T21:00:00Z");
/// let end = when::point("06:00", Role::End { start }, &present)?.instant;
/// assert_eq!(end.to_string(), "2026-11-22T05:00:00Z");
/// # Ok::<(), downtime::failure::Failure>(())
/// ```
///
/// # Errors
/// [`Kind::Time`](crate::failure::Kind::Time) for texts that are not read and instants outside the years 1970 to 9998.
pub fn point(text: &str, role: Role, present: &Present) -> Outcome<Resolved> {
    let resolved = Expression::parse(text)?.resolve(role, present);
    resolved.map_err(|failure| failure.context(format!("cannot read {} as a time", refusal::quoted(text))))
}
