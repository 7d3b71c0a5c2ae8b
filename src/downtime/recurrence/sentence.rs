//! What a recurrence was understood to be, in a plain sentence.

use chrono::{Datelike, NaiveDateTime, Timelike};

use super::days::{Cycle, WEEKDAYS, weeks_after, weeks_before};
use super::words::{self, ordinal};
use super::{Mode, Nominal, Pattern, Recurrence, Until, WallEnd};
use crate::clock::Instant;

/// So many exceptions are named.
const NAMED: usize = 3;

impl Recurrence {
    /// `every second Monday of the month at 22:00 Europe/Berlin, 2 h, 10 times`.
    pub fn sentence(&self) -> String {
        let first = self.first_local();
        let once = self.count == Some(1);
        let mut sentence = if once {
            format!("once, {} {}", words::day_and_time(first), self.timezone)
        } else {
            self.pattern_words(first)
        };
        sentence += &match self.wall_end {
            Some(wall_end) => format!(", {}", wall_end_words(wall_end, first)),
            None => format!(", {}", words::length(self.first.interval.seconds())),
        };
        sentence += &match self.until.filter(|_| !once) {
            Some(Until::Date(date)) => format!(", until {date}"),
            Some(Until::Instant(instant)) => format!(", until {}", words::day_and_time(self.timezone.civil(instant))),
            None => String::new(),
        };
        sentence += &match self.count {
            Some(count) if !once => format!(", {count} times"),
            _ => String::new(),
        };
        let mut except: Vec<String> =
            self.except.iter().take(NAMED).map(|except| words::exception(*except, self.timezone)).collect();
        if self.except.len() > NAMED {
            except.push(format!("{} more", self.except.len() - NAMED));
        }
        if !except.is_empty() {
            sentence += &format!(", but for {}", except.join(", "));
        }
        sentence
    }

    /// `next Mon 2026-12-14`, with the time where that is another than the sentence tells; `None` if none starts at
    /// `now` or later.
    pub fn next_words(&self, now: Instant) -> Option<String> {
        let next = self.starting(now).next()?;
        let reads = self.timezone.civil(next.window.start());
        let told = matches!(next.nominal, Nominal::Local(_)) && reads.time() == self.first_local().time();
        Some(if told {
            format!("next {}", reads.format("%a %Y-%m-%d"))
        } else {
            format!("next {}", words::day_and_time(reads))
        })
    }

    fn pattern_words(&self, first: NaiveDateTime) -> String {
        let (time, zone) = (words::time(first), self.timezone);
        let days = self.days().map_or_else(String::new, |days| days_words(days.cycle, first));
        match &self.pattern {
            Pattern::Every { mode: Mode::Hourly, interval: 1 } => {
                format!("every hour at {} {zone}", past_the_hour(first))
            }
            Pattern::Every { mode: Mode::Hourly, interval } => {
                format!("every {interval} hours at {} {zone}", past_the_hour(first))
            }
            Pattern::Every { .. } => format!("{days} at {time} {zone}"),
            Pattern::Rrule(rule) if !days.is_empty() => format!("{days} at {time} {zone} ({rule})"),
            Pattern::Rrule(rule) if rule.names_times() => format!("by RRULE {rule}, {zone}"),
            Pattern::Rrule(rule) => format!("by RRULE {rule} at {time} {zone}"),
        }
    }
}

fn days_words(cycle: Cycle, first: NaiveDateTime) -> String {
    let (date, weekday) = (first.date(), first.format("%A"));
    let day = date.day();
    let month = |months: i64| match months {
        1 => "every month".to_owned(),
        _ => format!("every {} month", ordinal(months)),
    };
    // `every second Monday of the month`, `the second Monday of every 3rd month`.
    let of_month = |nth: &str, months: i64| match months {
        1 => format!("every {nth} {weekday} of the month"),
        _ if months % 12 == 0 => format!("{} on the {nth} {weekday} of {}", years(months), first.format("%B")),
        _ => format!("the {nth} {weekday} of {}", month(months)),
    };
    match cycle {
        Cycle::Days(1) => "every day".to_owned(),
        Cycle::Days(7) => format!("every {weekday}"),
        Cycle::Days(days) if days % 7 == 0 => format!("every {} weeks on {weekday}", days / 7),
        Cycle::Days(days) => format!("every {days} days"),
        Cycle::Week { days: WEEKDAYS, weeks: 1, .. } => "Monday to Friday".to_owned(),
        Cycle::Week { days, starts, weeks } => {
            let names: Vec<&str> = days.iter(starts).map(words::weekday).collect();
            match weeks {
                1 => format!("every {}", words::list(&names)),
                _ => format!("every {weeks} weeks on {}", words::list(&names)),
            }
        }
        Cycle::NthWeekday(months) => {
            const NTH: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
            of_month(NTH[weeks_before(date).min(4) as usize], months)
        }
        Cycle::NthWeekdayFromEnd(months) => {
            const NTH: [&str; 5] = ["last", "second to last", "third to last", "fourth to last", "fifth to last"];
            of_month(NTH[weeks_after(date).min(4) as usize], months)
        }
        Cycle::DayOfMonth(months) if day > 28 => format!("on day {day} of {} that has one", month(months)),
        Cycle::DayOfMonth(months) => format!("on day {day} of {}", month(months)),
        Cycle::EndOfMonth(months) if months % 12 == 0 => {
            format!("{} on the last day of {}", years(months), first.format("%B"))
        }
        Cycle::EndOfMonth(months) => format!("on the last day of {}", month(months)),
        Cycle::Year(1) if (date.month(), day) == (2, 29) => "on 29 February of leap years".to_owned(),
        Cycle::Year(1) => format!("every year on {}", date.format("%-d %B")),
        Cycle::Year(years) => format!("every {years} years on {}", date.format("%-d %B")),
    }
}

/// So many months as years.
fn years(months: i64) -> String {
    match months / 12 {
        1 => "every year".to_owned(),
        years => format!("every {years} years"),
    }
}

/// `:30`.
fn past_the_hour(local: NaiveDateTime) -> String {
    let seconds = if local.second() == 0 { "" } else { ":%S" };
    local.format(&format!(":%M{seconds}")).to_string()
}

/// `to 24:00`, `to 06:00 the next day`, `to 06:00 3 days later`.
fn wall_end_words(wall_end: WallEnd, start: NaiveDateTime) -> String {
    let tomorrow = i64::from(wall_end.at.on(start.date()).is_none_or(|end| end <= start));
    match tomorrow + i64::from(wall_end.days) {
        0 => format!("to {}", wall_end.at),
        1 => format!("to {} the next day", wall_end.at),
        days => format!("to {} {days} days later", wall_end.at),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::{berlin, ending, every, local, recurrence, rrule};
    use super::super::{Except, Pattern};
    use super::*;

    fn said(start: &str, pattern: Pattern) -> String {
        recurrence("Europe/Berlin", start, 7200, pattern).sentence()
    }

    #[test]
    fn every_mode_is_said_in_plain_words() {
        let cases = [
            ("2026-11-20T22:30", 1, "hourly", "every hour at :30"),
            ("2026-11-20T22:05", 6, "hourly", "every 6 hours at :05"),
            ("2026-11-20T22:00", 1, "daily", "every day at 22:00"),
            ("2026-11-20T22:00", 3, "daily", "every 3 days at 22:00"),
            ("2026-11-20T18:00", 1, "weekdays", "Monday to Friday at 18:00"),
            ("2026-11-22T22:00", 1, "weekly", "every Sunday at 22:00"),
            ("2026-11-22T22:00", 3, "weekly", "every 3 weeks on Sunday at 22:00"),
            ("2026-11-22T22:00", 1, "biweekly", "every 2 weeks on Sunday at 22:00"),
            ("2026-11-22T22:00", 2, "biweekly", "every 4 weeks on Sunday at 22:00"),
            ("2026-11-22T22:00", 1, "four-weekly", "every 4 weeks on Sunday at 22:00"),
            ("2026-12-14T22:00", 1, "nth-weekday", "every second Monday of the month at 22:00"),
            ("2026-12-14T22:00", 3, "nth-weekday", "the second Monday of every 3rd month at 22:00"),
            ("2026-10-30T22:00", 1, "nth-weekday", "every fifth Friday of the month at 22:00"),
            ("2026-11-27T22:00", 1, "nth-weekday-from-end", "every last Friday of the month at 22:00"),
            ("2026-11-20T22:00", 1, "nth-weekday-from-end", "every second to last Friday of the month at 22:00"),
            ("2026-11-27T22:00", 2, "nth-weekday-from-end", "the last Friday of every 2nd month at 22:00"),
            ("2026-11-15T22:00", 1, "monthly", "on day 15 of every month at 22:00"),
            ("2026-12-31T22:00", 1, "monthly", "on day 31 of every month that has one at 22:00"),
            ("2026-12-31T22:00", 2, "monthly", "on day 31 of every 2nd month that has one at 22:00"),
            ("2026-11-30T22:00", 1, "last-day-of-month", "on the last day of every month at 22:00"),
            ("2026-11-30T22:00", 3, "last-day-of-month", "on the last day of every 3rd month at 22:00"),
            ("2026-11-20T22:00:30", 1, "yearly", "every year on 20 November at 22:00:30"),
            ("2028-02-29T22:00", 1, "yearly", "on 29 February of leap years at 22:00"),
        ];
        for (start, interval, mode, words) in cases {
            assert_eq!(said(start, every(interval, mode)), format!("{words} Europe/Berlin, 2 h"));
        }
    }

    #[test]
    fn a_rule_is_said_in_its_own_words() {
        let positions = rrule("freq=monthly;byday=mo,we;bysetpos=-1");
        let words = "by RRULE FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=-1 at 22:00 Europe/Berlin, 2 h";
        assert_eq!(said("2026-11-23T22:00", positions), words);
        let often = rrule("FREQ=DAILY;BYHOUR=6,18");
        assert_eq!(said("2026-11-23T18:00", often), "by RRULE FREQ=DAILY;BYHOUR=6,18, Europe/Berlin, 2 h");
    }

    #[test]
    fn a_rule_that_has_plain_words_is_said_in_them_too() {
        for (rule, words) in [
            ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "every 2 weeks on Sunday and Monday"),
            ("FREQ=MONTHLY;BYDAY=4MO", "every fourth Monday of the month"),
            ("FREQ=DAILY;INTERVAL=7", "every Monday"),
            ("FREQ=YEARLY;INTERVAL=2", "every 2 years on 23 November"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4MO", "every year on the fourth Monday of November"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=-2MO;INTERVAL=4", "every 4 years on the second to last Monday of November"),
        ] {
            let expected = format!("{words} at 22:00 Europe/Berlin ({rule}), 2 h");
            assert_eq!(said("2026-11-23T22:00", rrule(rule)), expected);
        }
    }

    #[test]
    fn limits_exceptions_and_ends_on_the_clock_follow() {
        let mut nightly = recurrence("Europe/Berlin", "2026-11-20T22:00", 7200, every(1, "daily"));
        nightly.until = Some(Until::Date("2027-01-01".parse().unwrap()));
        nightly.count = Some(10);
        nightly.except = vec![Except::Date("2026-12-25".parse().unwrap())];
        let words = "every day at 22:00 Europe/Berlin, 2 h, until 2027-01-01, 10 times, but for 2026-12-25";
        assert_eq!(nightly.sentence(), words);
        nightly.except = (1..=5).map(|day| Except::Local(local(&format!("2026-12-0{day}T22:00")))).collect();
        nightly.until = Some(Until::Instant(berlin("2027-01-01T06:00")));
        nightly.count = None;
        let words = "every day at 22:00 Europe/Berlin, 2 h, until Fri 2027-01-01 06:00, but for 2026-12-01 22:00, \
            2026-12-02 22:00, 2026-12-03 22:00, 2 more";
        assert_eq!(nightly.sentence(), words);
        nightly.except.clear();
        nightly.count = Some(1);
        assert_eq!(nightly.sentence(), "once, Fri 2026-11-20 22:00 Europe/Berlin, 2 h");
        let ends = |at: &str, days: u32| {
            let nightly = recurrence("+01:00", "2026-11-20T22:00", 7200, every(1, "daily"));
            ending(nightly, at, days).sentence().replace("every day at 22:00 +01:00, ", "")
        };
        assert_eq!(ends("23:30", 0), "to 23:30");
        assert_eq!(ends("24:00", 0), "to 24:00");
        assert_eq!(ends("06:00", 0), "to 06:00 the next day");
        assert_eq!(ends("06:00", 2), "to 06:00 3 days later");
    }

    #[test]
    fn the_next_one_is_told_by_its_day_and_by_its_time_where_a_gap_moves_it() {
        let mut nightly = recurrence("Europe/Berlin", "2026-03-27T02:30", 7200, every(1, "daily"));
        nightly.count = Some(3);
        let next = |now: &str| nightly.next_words(berlin(now));
        assert_eq!(next("2026-03-01T00:00").unwrap(), "next Fri 2026-03-27");
        assert_eq!(next("2026-03-27T02:31").unwrap(), "next Sat 2026-03-28");
        assert_eq!(next("2026-03-28T12:00").unwrap(), "next Sun 2026-03-29 03:30");
        assert_eq!(next("2026-03-29T12:00"), None);
        let hourly = recurrence("Europe/Berlin", "2026-03-27T02:30", 600, every(1, "hourly"));
        assert_eq!(hourly.next_words(berlin("2026-03-28T12:00")).unwrap(), "next Sat 2026-03-28 12:30");
    }
}
