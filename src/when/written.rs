//! Times that machines and tables wrote down: they name a date, so that reading them again gives the same instant.

use std::borrow::Cow;

use super::expression::{self, Civil, Day, Expression};
use super::time_of_day::TimeOfDay;
use super::zone::{Reading, Zone};
use crate::clock::Instant;

/// A time that was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The instant, the second's fraction cut off.
    pub instant: Instant,
    /// Of a civil time without a zone of its own, how often the clocks of the zone in force read it that day.
    pub civil: Option<Reading>,
}

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is in none of the forms.
    Form,
    /// It lies outside the years 1970 to 9998.
    Bounds,
}

/// Reads RFC 3339 (`2026-12-24T22:00:00Z`, `…+01:00`), a civil date and time of the time grammar in `zone` or in the
/// zone that it names (`2026-12-24 22:00`, `2026-12-24 22:00 Europe/Berlin`; a date alone is its 00:00, as spreadsheets
/// write midnight), or seconds since 1970 (`@1798142400`, `1798142400`).
///
/// What depends on when it is read (`now`, `22:00`, `sat`) is in none of the forms.
///
/// ```
/// use downtime::when::{written, zone::Zone};
///
/// let berlin = Zone::parse("Europe/Berlin")?;
/// for text in ["2026-12-24T21:00:00.25Z", "2026-12-24 22:00", "@1798146000"] {
///     assert_eq!(written::read(text, berlin).unwrap().instant.to_string(), "2026-12-24T21:00:00Z");
/// }
/// # Ok::<(), downtime::failure::Failure>(())
/// ```
pub fn read(text: &str, zone: Zone) -> Result<Written, Unread> {
    let text = text.trim_ascii();
    let written = match epoch(text.strip_prefix('@').unwrap_or(text)) {
        Some(instant) => Written { instant, civil: None },
        None => dated(&without_fraction(text), zone)?,
    };
    let bounds = Instant::EARLIEST..=Instant::LATEST;
    bounds.contains(&written.instant).then_some(written).ok_or(Unread::Bounds)
}

/// Whole seconds since 1970, with a fraction or without; what no number holds is the end of time.
fn epoch(text: &str) -> Option<Instant> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(seconds) && digits(fraction)).then(|| seconds.parse().map_or(Instant::END, Instant))
}

/// The text without the fraction behind `HH:MM:SS`: RFC 3339 has a point there, ISO 8601 a comma too.
fn without_fraction(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find(['.', ',']) else { return Cow::Borrowed(text) };
    let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    let behind_seconds = matches!(text.as_bytes()[..at], [.., b':', a, b, b':', c, d]
        if [a, b, c, d].iter().all(u8::is_ascii_digit));
    if digits == 0 || !behind_seconds {
        return Cow::Borrowed(text);
    }
    Cow::Owned([&text[..at], &text[at + 1 + digits..]].concat())
}

fn dated(text: &str, zone: Zone) -> Result<Written, Unread> {
    let (date, time, own) = match expression::read(text) {
        Ok(Expression::Exact(instant)) => return Ok(Written { instant, civil: None }),
        Ok(Expression::Civil { civil: Civil::DayAndClock(Day::Date(date), time), zone }) => (date, time, zone),
        Ok(Expression::Civil { civil: Civil::Day(Day::Date(date)), zone }) => {
            (date, TimeOfDay::At(chrono::NaiveTime::MIN), zone)
        }
        _ => return Err(Unread::Form),
    };
    let placed = own.unwrap_or(zone).place(time.on(date).ok_or(Unread::Bounds)?);
    Ok(Written { instant: placed.instant, civil: own.is_none().then_some(placed.reading) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn berlin() -> Zone {
        Zone::parse("Europe/Berlin").unwrap()
    }

    fn instant(text: &str) -> String {
        read(text, berlin()).map_or_else(|unread| format!("{unread:?}"), |written| written.instant.to_string())
    }

    #[test]
    fn rfc_3339_is_read_whatever_the_zone_in_force() {
        for text in [
            "2026-12-24T22:00:00+01:00",
            "2026-12-24T21:00:00Z",
            "2026-12-24t21:00:00z",
            "2026-12-24 21:00:00Z",
            "2026-12-24T21:00:00.000Z",
            "2026-12-24T22:00:00.999999+01:00",
            "2026-12-24T16:00:00-05:00",
            "2026-12-24T21:00Z",
        ] {
            assert_eq!(instant(text), "2026-12-24T21:00:00Z", "{text}");
            assert_eq!(read(text, berlin()).unwrap().civil, None, "{text}");
        }
    }

    #[test]
    fn civil_times_are_those_of_the_zone_in_force_or_of_the_one_named() {
        for text in ["2026-12-24 22:00", "2026-12-24T22:00:00", " 2026-12-24 22:00:00,123 ", "2026-12-24 10pm"] {
            assert_eq!(instant(text), "2026-12-24T21:00:00Z", "{text}");
            assert_eq!(read(text, berlin()).unwrap().civil, Some(Reading::Once), "{text}");
        }
        assert_eq!(instant("2026-12-24 22:00 America/New_York"), "2026-12-25T03:00:00Z");
        assert_eq!(read("2026-12-24 22:00 UTC", berlin()).unwrap().civil, None);
        assert_eq!(instant("2026-12-24"), "2026-12-23T23:00:00Z");
        assert_eq!(instant("2026-12-24 24:00"), "2026-12-24T23:00:00Z");
    }

    /// RFC 5545 §3.3.5, as everywhere.
    #[test]
    fn a_gap_takes_the_offset_before_it_and_a_repeated_hour_is_the_first() {
        let written = |text: &str| {
            let written = read(text, berlin()).unwrap();
            (written.instant.to_string(), written.civil)
        };
        assert_eq!(written("2026-03-29 02:30"), ("2026-03-29T01:30:00Z".into(), Some(Reading::Never)));
        assert_eq!(written("2026-10-25 02:30"), ("2026-10-25T00:30:00Z".into(), Some(Reading::Twice)));
    }

    #[test]
    fn seconds_since_1970_are_read_with_and_without_the_sign() {
        for text in ["@1798146000", "1798146000", "1798146000.75", "0001798146000"] {
            assert_eq!(instant(text), "2026-12-24T21:00:00Z", "{text}");
        }
        assert_eq!(instant("0"), "1970-01-01T00:00:00Z");
        assert_eq!(instant("253370764799"), "9998-12-31T23:59:59Z");
    }

    #[test]
    fn what_depends_on_the_present_or_on_a_guess_is_not_read() {
        for text in [
            "",
            "now",
            "-30m",
            "+2h",
            "in 2h",
            "22:00",
            "sat",
            "sat 22:00",
            "yesterday 22:00",
            "eod",
            "-5",
            "1e9",
            "1.",
            ".5",
            "@",
            "24.12.2026 22:00",
            "12/24/26 22:00",
            "2026-12-24 22:00 CET",
            "2026-12-24T22:00:00+1",
            "2026-12-24 22.00",
            "2026-02-30 00:00",
            "2026-12-24 25:00",
        ] {
            assert_eq!(instant(text), "Form", "{text}");
        }
        for text in ["253370764800", "1798146000000", "99999999999999999999", "1969-12-31 22:00", "9999-06-01"] {
            assert_eq!(instant(text), "Bounds", "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}", like in "[@0-9TZ:., +-]{0,30}") {
            let _ = (read(&text, berlin()), read(&like, berlin()));
        }

        #[test]
        fn what_is_written_down_is_read_back(seconds in 0..=Instant::LATEST.0) {
            let instant = Instant(seconds);
            for text in [instant.to_string(), seconds.to_string(), berlin().rfc3339(instant)] {
                prop_assert_eq!(read(&text, Zone::UTC), Ok(Written { instant, civil: None }));
            }
        }
    }
}
