//! Dates and lengths in sentences.

use chrono::{NaiveDateTime, Timelike, Weekday};

use super::Except;
use crate::when::zone::Zone;

/// `Mon 2026-12-14 22:00`; seconds only where there are any.
pub(super) fn day_and_time(local: NaiveDateTime) -> String {
    local.format(if local.second() == 0 { "%a %Y-%m-%d %H:%M" } else { "%a %Y-%m-%d %H:%M:%S" }).to_string()
}

/// `22:00`; seconds only where there are any.
pub(super) fn time(local: NaiveDateTime) -> String {
    local.format(if local.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// `2026-12-25`, `2026-12-25 22:00`, `2026-12-25T22:00:00+01:00`.
pub(super) fn exception(except: Except, zone: Zone) -> String {
    match except {
        Except::Date(date) => date.to_string(),
        Except::Local(local) => format!("{} {}", local.date(), time(local)),
        Except::Start(instant) => zone.rfc3339(instant),
    }
}

/// `2 h`, `1 d 30 min`.
pub(super) fn length(seconds: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds;
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        if left >= unit {
            parts.push(format!("{} {name}", left / unit));
            left %= unit;
        }
    }
    parts.join(" ")
}

/// `1st`, `22nd`, `13th`.
pub(super) fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `Monday`.
pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// `Monday, Wednesday and Friday`.
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [names @ .., last] if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_their_units() {
        assert_eq!(length(7200), "2 h");
        assert_eq!(length(90 * 60), "1 h 30 min");
        assert_eq!(length(86_400 + 61), "1 d 1 min 1 s");
    }

    #[test]
    fn ordinals_end_as_they_are_spoken() {
        let spoken = [1, 2, 3, 4, 11, 12, 13, 21, 22, 112].map(ordinal);
        assert_eq!(spoken, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "112th"]);
    }
}
