//! Dates and times in rules, which stay where they are whenever they are read.

use chrono::{NaiveDateTime, NaiveTime};
use toml::de::DeValue;

use super::entry::refuse;
use crate::clock::Instant;
use crate::inventory::reading::{Noting, Value};
use crate::when::{Civil, Day, Expression};

/// What to write.
pub(super) const HINT: &str = "write a date, as in \"2026-12-20\", or a date and a time, as in \"2026-12-20 22:00\"";

/// The text of a time: one in quotes, or one of TOML's own dates and times.
pub(super) fn text(value: &Value<'_>, what: &str, noting: &mut Noting<'_, '_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(datetime) if datetime.date.is_some() => Some(datetime.to_string()),
        DeValue::Datetime(_) => {
            noting.error_with(value.span().start, format!("{what} names no date"), HINT);
            None
        }
        _ => {
            noting.misfit(value, what, "a date, or a date and a time, in quotes");
            None
        }
    }
}

/// When the first occurrence starts, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A date and a time of day, on the clocks of the rule's zone.
    Local(NaiveDateTime),
    /// With its offset from UTC.
    Exact(Instant),
}

impl Moment {
    /// The point in time that a value is.
    pub fn read(value: &Value<'_>, what: &str, noting: &mut Noting<'_, '_>) -> Option<Self> {
        let offset = value.span().start;
        let text = text(value, what, noting)?;
        let (civil, zone) = match Expression::parse(&text) {
            Ok(Expression::Exact(instant)) => return Some(Self::Exact(instant)),
            Ok(Expression::Civil { civil, zone }) => (Some(civil), zone),
            Ok(_) => (None, None),
            Err(failure) => {
                refuse(noting, offset, what, &failure, Some(HINT));
                return None;
            }
        };
        let local = match civil {
            Some(Civil::Day(Day::Date(date))) => date.and_time(NaiveTime::MIN),
            Some(Civil::DayAndClock(Day::Date(date), time)) => time.on(date)?,
            _ => {
                let why = format!("{what}: `{text}` moves with the present, and a rule stays where it is");
                noting.error_with(offset, why, HINT);
                return None;
            }
        };
        if let Some(zone) = zone {
            let why = format!("{what} names a zone of its own");
            noting.error_with(
                offset,
                why,
                format!("write timezone = \"{zone}\" instead: it holds for all of the rule"),
            );
            return None;
        }
        Some(Self::Local(local))
    }
}
