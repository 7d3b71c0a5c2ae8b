//! Patterns, limits and exceptions, as people write them.

use super::{Except, Mode, Pattern, Rrule, Until, WallEnd};
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome};
use crate::when::zone::Zone;
use crate::when::{Civil, Day, Expression, Present, Role, Shape, TimeOfDay};

impl Pattern {
    /// A named mode, every `interval`-th time if one is given.
    ///
    /// # Errors
    /// [`Kind::Recurrence`] for a mode that there is not, an interval of 0, and any with `weekdays` or `yearly`.
    pub fn named(mode: &str, interval: Option<u32>) -> Outcome<Self> {
        let mode = Mode::parse(mode)?;
        match interval {
            Some(0) => Err(Failure::new(Kind::Recurrence, "an interval of 0 never comes to a second occurrence")
                .hint("leave --interval out to repeat each time")),
            Some(_) if !mode.takes_interval() => {
                Err(Failure::new(Kind::Recurrence, format!("{mode} takes no interval")).hint(match mode {
                    Mode::Yearly => "for every second year give --rrule 'FREQ=YEARLY;INTERVAL=2'",
                    _ => "for some weekdays of every second week give --rrule 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE'",
                }))
            }
            interval => Ok(Self::Every { mode, interval: interval.unwrap_or(1) }),
        }
    }

    /// A recurrence rule.
    ///
    /// # Errors
    /// [`Kind::Recurrence`] for what [`Rrule::parse`] refuses, and for an interval beside it.
    pub fn rrule(rule: &str, interval: Option<u32>) -> Outcome<Self> {
        let rule = Rrule::parse(rule)?;
        match interval {
            None => Ok(Self::Rrule(rule)),
            Some(interval) => Err(Failure::new(Kind::Recurrence, "an RRULE takes no interval beside it")
                .hint(format!("write INTERVAL={interval} into the rule"))),
        }
    }
}

impl WallEnd {
    /// `06:00`, `24:00`, and so many days after the first such reading.
    ///
    /// # Errors
    /// [`Kind::Time`] for what is no time of day.
    pub fn parse(at: &str, days: Option<u32>) -> Outcome<Self> {
        Ok(Self { at: TimeOfDay::parse(at)?, days: days.unwrap_or(0) })
    }
}

impl Until {
    /// The last start that may be, as written in a file: a date or a date and time on the clocks of `zone`, or an
    /// instant with its offset.
    ///
    /// # Errors
    /// [`Kind::Time`] for what is no time, and for what depends on when it is read.
    pub fn parse(text: &str, zone: Zone) -> Outcome<Self> {
        dated(text)?;
        Self::typed(text, Instant::EARLIEST, &Present { now: Instant::EARLIEST, zone })
    }

    /// The same as typed: `sat` and `22:00` are the first after the first start, `+90d` counts from that.
    ///
    /// # Errors
    /// [`Kind::Time`] for what is no time.
    pub fn typed(text: &str, start: Instant, present: &Present) -> Outcome<Self> {
        let resolved = crate::when::point(text, Role::End { start }, present)?;
        Ok(match resolved.shape {
            Shape::Day(date) if resolved.local.is_none_or(|local| local.zone == present.zone) => Self::Date(date),
            // 24:00 of a day elsewhere, which belongs to the day after.
            Shape::Day(_) => Self::Instant(resolved.instant - 1),
            _ => Self::Instant(resolved.instant),
        })
    }
}

impl Except {
    /// An exception as written in a file: a date or a date and time on the clocks of `zone`, or an instant with its
    /// offset.
    ///
    /// # Errors
    /// [`Kind::Time`] for what is no time, and for what depends on when it is read.
    pub fn parse(text: &str, zone: Zone) -> Outcome<Self> {
        dated(text)?;
        Self::typed(text, &Present { now: Instant::EARLIEST, zone })
    }

    /// The same as typed, where `tomorrow` and `sat 22:00` do as well.
    ///
    /// # Errors
    /// [`Kind::Time`] for what is no time.
    pub fn typed(text: &str, present: &Present) -> Outcome<Self> {
        let resolved = crate::when::point(text, Role::Start, present)?;
        let local = resolved.local.filter(|local| local.zone == present.zone);
        Ok(match (resolved.shape, local) {
            (Shape::Day(date), Some(_)) => Self::Date(date),
            (_, Some(local)) => Self::Local(local.time),
            (_, None) => Self::Start(resolved.instant),
        })
    }

    /// The file that `@FILE` names; `None` for seconds since 1970 (`@1798142400`) and everything else.
    pub fn file(text: &str) -> Option<&str> {
        let name = text.trim().strip_prefix('@')?;
        name.bytes().any(|byte| !byte.is_ascii_digit()).then_some(name)
    }

    /// The exceptions that the text of a file lists, one a line; blank lines and what follows a `#` say nothing.
    ///
    /// # Errors
    /// What [`Except::parse`] refuses, with `file` and the line.
    pub fn listed(text: &str, file: &str, zone: Zone) -> Outcome<Vec<Self>> {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).zip(1..);
        lines
            .filter(|(line, _)| !line.is_empty())
            .map(|(line, number)| {
                Self::parse(line, zone).map_err(|failure| failure.context(format!("{file}:{number}")))
            })
            .collect()
    }

    /// The same, sorted and each once, as a recurrence keeps them.
    pub fn sorted(mut exceptions: Vec<Self>) -> Vec<Self> {
        exceptions.sort_unstable();
        exceptions.dedup();
        exceptions
    }
}

/// Refuses a time whose meaning depends on when it is read.
fn dated(text: &str) -> Outcome<()> {
    match Expression::parse(text)? {
        Expression::Exact(_)
        | Expression::Civil { civil: Civil::Day(Day::Date(_)) | Civil::DayAndClock(Day::Date(_), _), .. } => Ok(()),
        _ => Err(Failure::new(Kind::Time, format!("`{}` depends on when it is read", text.trim().escape_debug()))
            .hint("write a date, as in 2026-12-24 or 2026-12-24 22:00")),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    const BERLIN: Zone = Zone::Named(chrono_tz::Europe::Berlin);
    /// Friday 2026-11-20 15:30 in Berlin.
    const PRESENT: Present = Present { now: Instant(1_795_185_000), zone: BERLIN };

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    #[test]
    fn intervals_are_refused_where_nothing_is_multiplied() {
        assert_eq!(Pattern::named("Day", Some(3)).unwrap(), Pattern::Every { mode: Mode::Daily, interval: 3 });
        assert_eq!(Pattern::named("yearly", None).unwrap(), Pattern::Every { mode: Mode::Yearly, interval: 1 });
        let refused = |pattern: Outcome<Pattern>| pattern.unwrap_err().message();
        assert_eq!(refused(Pattern::named("weekdays", Some(1))), "weekdays takes no interval");
        assert_eq!(refused(Pattern::named("yearly", Some(2))), "yearly takes no interval");
        assert_eq!(refused(Pattern::named("daily", Some(0))), "an interval of 0 never comes to a second occurrence");
        let rule = Pattern::rrule("FREQ=DAILY", Some(2)).unwrap_err();
        assert_eq!(
            (rule.message().as_str(), rule.hints.concat().as_str()),
            ("an RRULE takes no interval beside it", "write INTERVAL=2 into the rule")
        );
    }

    #[test]
    fn a_day_is_a_nominal_date_and_a_time_an_instant() {
        assert_eq!(Until::parse("2026-12-24", BERLIN).unwrap(), Until::Date(date(24)));
        let instant = |text: &str| {
            Until::parse(text, BERLIN).map(|until| match until {
                Until::Instant(instant) => instant.to_string(),
                Until::Date(date) => date.to_string(),
            })
        };
        assert_eq!(instant("2026-12-24 22:00").unwrap(), "2026-12-24T21:00:00Z");
        assert_eq!(instant("2026-12-24T22:00-05:00").unwrap(), "2026-12-25T03:00:00Z");
        assert_eq!(instant("2026-12-24 America/New_York").unwrap(), "2026-12-25T04:59:59Z");
        assert_eq!(instant("tomorrow").unwrap_err().message(), "`tomorrow` depends on when it is read");
    }

    #[test]
    fn what_is_typed_as_the_last_start_counts_from_the_first() {
        let start = Instant(1_796_000_000); // Mon 2026-11-30 01:53:20 in Berlin
        assert_eq!(Until::typed("sat", start, &PRESENT).unwrap(), Until::Date(date(5)));
        assert_eq!(Until::typed("+7d", start, &PRESENT).unwrap(), Until::Instant(start + 7 * 86_400));
    }

    #[test]
    fn exceptions_are_dates_local_times_or_instants() {
        let parse = |text: &str| Except::parse(text, BERLIN).unwrap();
        let evening = date(24).and_hms_opt(22, 0, 0).unwrap();
        assert_eq!(parse("2026-12-24"), Except::Date(date(24)));
        assert_eq!(parse("2026-12-24T22:00"), Except::Local(evening));
        assert_eq!(parse("2026-12-24 22:00 europe/berlin"), Except::Local(evening));
        assert_eq!(parse("2026-12-24T22:00+01:00"), Except::Start(Instant(1_798_146_000)));
        assert_eq!(parse("2026-12-24 21:00 UTC"), Except::Start(Instant(1_798_146_000)));
        assert!(Except::parse("22:00", BERLIN).is_err());
        assert_eq!(Except::typed("tomorrow", &PRESENT).unwrap(), Except::Date("2026-11-21".parse().unwrap()));
    }

    #[test]
    fn a_file_lists_one_a_line_and_errors_say_which() {
        let text = "# holidays\n2026-12-25\n\n  2026-12-26 # Boxing Day\n2026-12-24 22:00\n";
        let found = Except::listed(text, "days.txt", BERLIN).unwrap();
        assert_eq!(
            Except::sorted(found),
            [Except::Date(date(25)), Except::Date(date(26)), Except::Local(date(24).and_hms_opt(22, 0, 0).unwrap())]
        );
        let failure = Except::listed("2026-12-25\n2026-12-32\n", "days.txt", BERLIN).unwrap_err();
        assert!(failure.message().starts_with("days.txt:2: "), "{}", failure.message());
        assert_eq!(failure.kind, Kind::Time);
        assert_eq!(Except::file("@days.txt"), Some("days.txt"));
        assert_eq!(Except::file("@1798142400"), None);
        assert_eq!(Except::file("2026-12-25"), None);
    }
}
