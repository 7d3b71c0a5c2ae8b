//! A recurrence as if it had begun earlier: what it would have been, had somebody thought of it then.

use chrono::{Datelike, Days, Months, NaiveDateTime};

use super::{Mode, Pattern, Recurrence, Rrule, Until};
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::window::Window;
use crate::when::Local;

/// By what a first start may be moved back and the pattern stays what it is from then on.
#[derive(Debug, Clone, Copy)]
enum Step {
    Seconds(i64),
    Days(u64),
    /// Weekdays, days of months and leap years come back after 28 of them, from 1901 to 2099.
    Years(u32),
}

/// After so many years the calendar is the same.
const CYCLE: u32 = 28;
/// The first year in which that is so: 1900 was no leap year.
const FIRST_YEAR: i32 = 1901;

impl Recurrence {
    /// The same, as if it had begun at `time` or before, up to its own last start; as it is, where it had, or where the
    /// calendar does not go back so far in the same way.
    #[must_use]
    pub fn begun_by(&self, time: Instant) -> Self {
        let Some(first) = self.moved_back(time) else { return self.clone() };
        let last = self.end().and_then(|end| self.starting(end - self.longest()).last());
        let until = last.map(|last| Until::Instant(last.window.start()));
        let mut earlier = Self { first, until, count: None, ..self.clone() };
        if let Pattern::Rrule(rule) = &self.pattern {
            let limits = ["COUNT=", "UNTIL="];
            let parts = rule.as_str().split(';').filter(|part| !limits.iter().any(|limit| part.starts_with(limit)));
            if let Ok(endless) = Rrule::parse(&parts.collect::<Vec<_>>().join(";")) {
                earlier.pattern = Pattern::Rrule(endless);
            }
        }
        earlier
    }

    /// The first window moved back as far as is needed.
    fn moved_back(&self, time: Instant) -> Option<Window> {
        let ahead = u64::try_from(self.first.start() - time).ok().filter(|ahead| *ahead > 0)?;
        let length = self.first.interval.seconds();
        let days = ahead.div_ceil(86_400) + 1;
        let local = self.first_local();
        let moved = match self.step() {
            Step::Seconds(step) => {
                let back = ahead.div_ceil(step.unsigned_abs()).checked_mul(step.unsigned_abs())?;
                let start = self.first.start() - i64::try_from(back).ok()?;
                return Interval::new(start, start + length).map(Window::exact);
            }
            Step::Days(step) => local.checked_sub_days(Days::new(days.div_ceil(step).checked_mul(step)?))?,
            Step::Years(step) => {
                let years = u32::try_from(days.div_ceil(365)).ok()?.div_ceil(step).checked_mul(step)?;
                local.checked_sub_months(Months::new(years.checked_mul(12)?))?
            }
        };
        (moved.year() >= FIRST_YEAR).then(|| self.window_at(moved)).flatten()
    }

    fn window_at(&self, local: NaiveDateTime) -> Option<Window> {
        let zone = self.timezone;
        let instant = zone.place(local).instant;
        if let Some(wall_end) = self.wall_end {
            return wall_end.window(local, instant, zone);
        }
        let interval = Interval::new(instant, instant + self.first.interval.seconds())?;
        Some(Window { interval, start_civil: Some(Local { time: local, zone }), end_civil: None })
    }

    fn step(&self) -> Step {
        let (mode, interval) = match &self.pattern {
            Pattern::Every { mode, interval } => (*mode, (*interval).max(1)),
            Pattern::Rrule(rule) => return step_of(rule),
        };
        let days = |days: u64| Step::Days(days * u64::from(interval));
        match mode {
            Mode::Hourly => Step::Seconds(3600 * i64::from(interval)),
            Mode::Daily => days(1),
            Mode::Weekdays => Step::Days(7),
            Mode::Weekly => days(7),
            Mode::Biweekly => days(14),
            Mode::FourWeekly => days(28),
            Mode::NthWeekday | Mode::NthWeekdayFromEnd | Mode::Monthly | Mode::LastDayOfMonth => {
                Step::Years(aligned(12, interval))
            }
            Mode::Yearly => Step::Years(CYCLE),
        }
    }
}

fn step_of(rule: &Rrule) -> Step {
    let part = |name: &str| rule.as_str().split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let interval = part("INTERVAL").and_then(|interval| interval.parse().ok()).unwrap_or(1_u32).max(1);
    match part("FREQ") {
        Some("DAILY") => Step::Days(u64::from(interval)),
        Some("WEEKLY") => Step::Days(7 * u64::from(interval)),
        Some("MONTHLY") => Step::Years(aligned(12, interval)),
        _ => Step::Years(aligned(1, interval)),
    }
}

/// The fewest whole cycles, in years, after which an interval of months (`in_year` 12) or years (1) comes round too.
fn aligned(in_year: u32, interval: u32) -> u32 {
    (1..=interval)
        .find(|cycles| (CYCLE * in_year).saturating_mul(*cycles).is_multiple_of(interval))
        .map_or(CYCLE, |cycles| cycles.saturating_mul(CYCLE))
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::{berlin, ending, every, recurrence, rrule};
    use super::*;

    #[test]
    fn whatever_the_pattern_the_occurrences_from_the_first_on_stay_what_they_are() {
        let modes = [
            "hourly",
            "daily",
            "weekdays",
            "weekly",
            "biweekly",
            "four-weekly",
            "nth-weekday",
            "nth-weekday-from-end",
            "monthly",
            "yearly",
        ];
        let named = modes.into_iter().flat_map(|mode| [1, 2, 3, 12].map(|interval| (mode, interval)));
        let named = named.filter(|(mode, interval)| *interval == 1 || !["weekdays", "yearly"].contains(mode));
        let rules = [
            "FREQ=DAILY;INTERVAL=5",
            "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2",
            "FREQ=MONTHLY;BYDAY=-1TU;INTERVAL=4",
            "FREQ=MONTHLY",
            "FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU",
            "FREQ=WEEKLY;BYDAY=SU;BYHOUR=6,22;COUNT=9",
        ];
        let patterns: Vec<Pattern> =
            named.map(|(mode, interval)| every(interval, mode)).chain(rules.map(rrule)).collect();
        let (then, long_before) = (berlin("2026-10-23T22:00"), berlin("2026-01-10T00:00"));
        for pattern in patterns {
            // A Friday in the last week of summer time.
            let plain = recurrence("Europe/Berlin", "2026-10-23T22:00", 7200, pattern);
            let is_hourly = matches!(plain.pattern, Pattern::Every { mode: Mode::Hourly, .. });
            let on_clock = (!is_hourly).then(|| ending(plain.clone(), "06:00", 0));
            for written in [Some(plain), on_clock].into_iter().flatten() {
                let endless = written.begun_by(then);
                let earlier = written.begun_by(long_before);
                assert!(earlier.first.start() <= long_before, "{:?}", written.pattern);
                let from = endless.starting(then).next().unwrap().window.start();
                let starts = |recurrence: &Recurrence| -> Vec<_> {
                    recurrence.starting(from).take(40).map(|it| (it.nominal, it.window.interval)).collect()
                };
                assert_eq!(starts(&earlier), starts(&endless), "{:?}", written.pattern);
                assert!(earlier.starting(earlier.first.start()).next().unwrap().window.start() < from);
            }
        }
    }

    #[test]
    fn what_comes_round_in_more_years_than_the_calendar_does_stays_as_it_is() {
        let every_fifth = recurrence("Europe/Berlin", "2026-10-23T22:00", 7200, every(5, "monthly"));
        assert_eq!(every_fifth.begun_by(berlin("2026-01-10T00:00")), every_fifth);
    }

    #[test]
    fn what_has_begun_by_then_stays_as_it_is() {
        let mut nightly = recurrence("Europe/Berlin", "2026-10-23T22:00", 7200, every(1, "daily"));
        nightly.count = Some(3);
        assert_eq!(nightly.begun_by(berlin("2026-11-01T00:00")), nightly);
    }

    #[test]
    fn what_ends_does_not_go_on_for_having_begun_earlier() {
        let mut nightly = recurrence("Europe/Berlin", "2026-10-23T22:00", 7200, every(1, "daily"));
        nightly.count = Some(3);
        let earlier = nightly.begun_by(berlin("2026-10-20T00:00"));
        let starts: Vec<_> = earlier.starting(berlin("2026-10-22T00:00")).map(|it| it.nominal.to_string()).collect();
        assert_eq!(starts, ["2026-10-22T22:00", "2026-10-23T22:00", "2026-10-24T22:00", "2026-10-25T22:00"]);
        let rule = recurrence("Europe/Berlin", "2026-10-23T22:00", 7200, rrule("FREQ=DAILY;COUNT=3"));
        assert_eq!(rule.begun_by(berlin("2026-10-20T00:00")).starting(berlin("2026-10-22T00:00")).count(), 4);
    }
}
