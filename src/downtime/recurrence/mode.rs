//! The named modes, as they are typed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, Kind, Outcome, nearest};

/// The named modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Every 3600 elapsed seconds.
    Hourly,
    /// The same local time each day.
    Daily,
    /// Monday to Friday.
    Weekdays,
    /// Every seven days.
    Weekly,
    /// Every 14 days.
    Biweekly,
    /// Every 28 days.
    FourWeekly,
    /// The same weekday of the month, counted from its beginning.
    NthWeekday,
    /// The same weekday of the month, counted from its end.
    NthWeekdayFromEnd,
    /// The same day of the month, where there is one.
    Monthly,
    /// The last day of each month.
    LastDayOfMonth,
    /// The same month and day, where there is one.
    Yearly,
}

/// The mode's name, and the other one by which some know it.
const NAMES: [(Mode, &str, Option<&str>); 11] = [
    (Mode::Hourly, "hourly", Some("hour")),
    (Mode::Daily, "daily", Some("day")),
    (Mode::Weekdays, "weekdays", None),
    (Mode::Weekly, "weekly", Some("week")),
    (Mode::Biweekly, "biweekly", Some("second-week")),
    (Mode::FourWeekly, "four-weekly", Some("fourth-week")),
    (Mode::NthWeekday, "nth-weekday", Some("weekday-start")),
    (Mode::NthWeekdayFromEnd, "nth-weekday-from-end", Some("weekday-end")),
    (Mode::Monthly, "monthly", Some("day-of-month")),
    (Mode::LastDayOfMonth, "last-day-of-month", None),
    (Mode::Yearly, "yearly", None),
];

/// What people also call it, in words that a name may hold.
const WORDS: &[(&[&str], &str)] = &[
    (&["fortnight"], "biweekly"),
    (&["workday"], "weekdays"),
    (&["business"], "weekdays"),
    (&["quarter"], "monthly with --interval 3"),
    (&["annual"], "yearly"),
    (&["month", "end"], "last-day-of-month"),
];

/// The weekdays, by which `second-tuesday` is known from `mondays`.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What was probably meant by words that are no name.
fn in_other_words(text: &str) -> Option<&'static str> {
    let holds = |words: &&[&str]| words.iter().all(|word| text.contains(word));
    let weekday = DAYS.iter().find_map(|day| text.find(day));
    match weekday {
        Some(_) if text.contains("last") => Some("nth-weekday-from-end, which follows the first start"),
        Some(0) => Some("weekly"),
        Some(_) if text.starts_with("every") => Some("weekly"),
        Some(_) => Some("nth-weekday, which follows the first start"),
        None => WORDS.iter().find(|(words, _)| holds(words)).map(|(_, meant)| *meant),
    }
}

impl Mode {
    /// A name or alias of a mode, case-insensitive, `_` for `-` too.
    ///
    /// # Errors
    /// [`Kind::Recurrence`] for every other text, with the name that was probably meant.
    pub fn parse(text: &str) -> Outcome<Self> {
        let name = text.trim().to_ascii_lowercase().replace('_', "-");
        let found = NAMES.iter().find(|(_, known, alias)| name == *known || Some(name.as_str()) == *alias);
        found.map(|(mode, ..)| *mode).ok_or_else(|| {
            let failure = Failure::new(Kind::Recurrence, format!("there is no repetition `{}`", text.escape_debug()));
            let aliases = || NAMES.iter().filter_map(|(_, _, alias)| *alias);
            let like = || nearest(&name, Self::names()).or_else(|| nearest(&name, aliases()));
            match in_other_words(&name).or_else(like) {
                Some(known) => failure.hint(format!("did you mean {known}?")),
                None => failure.hint(format!("one of {}", Self::names().collect::<Vec<_>>().join(", "))),
            }
        })
    }

    /// The names of all modes, without aliases.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(_, name, _)| *name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(mode, ..)| *mode == self).map_or("", |(_, name, _)| name)
    }

    /// Whether an interval multiplies it.
    pub const fn takes_interval(self) -> bool {
        !matches!(self, Self::Weekdays | Self::Yearly)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_are_read_in_any_case_and_with_either_dash() {
        for (mode, name, alias) in NAMES {
            for text in [Some(name), alias].into_iter().flatten() {
                for text in [text.to_owned(), text.to_uppercase(), text.replace('-', "_"), format!(" {text} ")] {
                    assert_eq!(Mode::parse(&text).unwrap(), mode, "{text}");
                }
            }
            assert_eq!(serde_json::to_string(&mode).unwrap(), format!("\"{name}\""));
            assert_eq!(mode.to_string(), name);
        }
    }

    #[test]
    fn what_is_no_mode_is_refused_with_the_one_that_was_probably_meant() {
        let hint = |text: &str| Mode::parse(text).unwrap_err().hints.concat();
        assert_eq!(hint("weekley"), "did you mean weekly?");
        assert_eq!(hint("dayly"), "did you mean daily?");
        assert_eq!(hint("last-day"), "did you mean last-day-of-month?");
        assert_eq!(hint("fortnightly"), "did you mean biweekly?");
        assert_eq!(hint("second-tuesday"), "did you mean nth-weekday, which follows the first start?");
        assert_eq!(hint("last Friday"), "did you mean nth-weekday-from-end, which follows the first start?");
        assert_eq!(hint("mondays"), "did you mean weekly?");
        assert_eq!(hint("end-of-month"), "did you mean last-day-of-month?");
        assert!(hint("often").starts_with("one of hourly, daily, "), "{}", hint("often"));
    }
}
