//! Named modes against another implementation: a walk over all days, each tried by the definition of its mode, upon
//! jiff's reading of the time zone database.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::fixture::{all, ending, every, recurrence};

/// Gaps and folds at midnight, by half an hour, by a day, twice a year for Ramadan, and none at all.
const ZONES: [&str; 12] = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Europe/Dublin",
    "America/St_Johns",
    "Asia/Tehran",
    "Pacific/Chatham",
    "Africa/Cairo",
];

/// Within these years both releases of the database agree on these zones, which a test below holds; jiff's is the newer
/// one, and knows of Morocco's change of 2026.
const YEARS: std::ops::Range<i16> = 1985..2026;

/// So many days are walked from the first start.
const DAYS: i32 = 900;

const MODES: [&str; 11] = [
    "hourly",
    "daily",
    "weekdays",
    "weekly",
    "biweekly",
    "four-weekly",
    "nth-weekday",
    "nth-weekday-from-end",
    "monthly",
    "last-day-of-month",
    "yearly",
];

/// What is asked of both.
#[derive(Debug, Clone)]
struct Question {
    zone: &'static str,
    start: DateTime,
    mode: &'static str,
    interval: u32,
    seconds: i64,
    count: Option<u64>,
    until: Option<Limit>,
    /// Which occurrences are left out: days from the first start, and how they are named.
    except: Vec<(i32, u8)>,
    wall_end: Option<(i8, i8, u32)>,
}

/// The last start, by days after the first.
#[derive(Debug, Clone, Copy)]
enum Limit {
    Date(i32),
    Instant(i64),
}

fn date_of(date: Date) -> NaiveDate {
    date.to_string().parse().unwrap()
}

fn local_of(time: DateTime) -> NaiveDateTime {
    time.to_string().parse().unwrap()
}

/// RFC 5545 §3.3.5 is what jiff calls compatible.
fn placed(zone: &TimeZone, time: DateTime) -> i64 {
    zone.to_ambiguous_timestamp(time).compatible().unwrap().as_second()
}

impl Question {
    fn zone(&self) -> TimeZone {
        TimeZone::get(self.zone).unwrap()
    }

    /// The exception of a day, by its date, by its local start or by its instant.
    fn except(&self, days: i32, kind: u8) -> Except {
        let time = self.start.checked_add(days.days()).unwrap();
        match kind {
            0 => Except::Date(date_of(time.date())),
            1 => Except::Local(local_of(time)),
            _ => Except::Start(Instant(placed(&self.zone(), time))),
        }
    }

    fn until(&self) -> Option<Until> {
        self.until.map(|limit| match limit {
            Limit::Date(days) => Until::Date(date_of(self.start.date().checked_add(days.days()).unwrap())),
            Limit::Instant(seconds) => Until::Instant(Instant(placed(&self.zone(), self.start) + seconds)),
        })
    }

    fn recurrence(&self) -> Recurrence {
        let start = local_of(self.start).format("%Y-%m-%dT%H:%M:%S").to_string();
        let mut asked = recurrence(self.zone, &start, self.seconds, every(self.interval, self.mode));
        asked.count = self.count;
        asked.until = self.until();
        asked.except = Except::sorted(self.except.iter().map(|(days, kind)| self.except(*days, *kind)).collect());
        match self.wall_end {
            Some((hour, minute, days)) if self.mode != "hourly" => {
                ending(asked, &format!("{hour:02}:{minute:02}"), days)
            }
            _ => asked,
        }
    }

    /// Whether a day is one of the mode, by what the contract says of it.
    fn names(&self, date: Date) -> bool {
        let first = self.start.date();
        let days = (date - first).get_days();
        let months = (i32::from(date.year()) - i32::from(first.year())) * 12 + i32::from(date.month())
            - i32::from(first.month());
        let interval = i32::try_from(self.interval).unwrap();
        let nth = |date: Date| (date.weekday(), (date.day() - 1) / 7);
        let nth_from_end = |date: Date| (date.weekday(), (date.days_in_month() - date.day()) / 7);
        match self.mode {
            "daily" => days % interval == 0,
            "weekdays" => !matches!(date.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday),
            "weekly" => days % (7 * interval) == 0,
            "biweekly" => days % (14 * interval) == 0,
            "four-weekly" => days % (28 * interval) == 0,
            "nth-weekday" => nth(date) == nth(first) && months % interval == 0,
            "nth-weekday-from-end" => nth_from_end(date) == nth_from_end(first) && months % interval == 0,
            "monthly" => date.day() == first.day() && months % interval == 0,
            "last-day-of-month" => date.tomorrow().unwrap().day() == 1 && months % interval == 0,
            "yearly" => (date.month(), date.day()) == (first.month(), first.day()),
            other => panic!("{other}"),
        }
    }

    /// Nominal local starts with their instants, limits set aside.
    fn named(&self) -> Vec<(DateTime, i64)> {
        let zone = self.zone();
        if self.mode == "hourly" {
            let first = placed(&zone, self.start);
            let starts = (0..).map(|hour| first + hour * 3600 * i64::from(self.interval));
            let within = starts.take_while(|start| *start < first + 86_400 * i64::from(DAYS) / 20);
            return within.map(|start| (zone.to_datetime(Timestamp::from_second(start).unwrap()), start)).collect();
        }
        let days = (0..DAYS).map(|days| self.start.date().checked_add(days.days()).unwrap());
        let times = days.filter(|date| self.names(*date)).map(|date| date.to_datetime(self.start.time()));
        times.map(|time| (time, placed(&zone, time))).collect()
    }

    fn end(&self, local: DateTime, start: i64) -> i64 {
        let Some((hour, minute, days)) = self.wall_end.filter(|_| self.mode != "hourly") else {
            return start + self.seconds;
        };
        let mut date = local.date();
        let mut end = if hour == 24 {
            date.tomorrow().unwrap().to_datetime(Time::midnight())
        } else {
            date.at(hour, minute, 0, 0)
        };
        while end <= local {
            date = date.tomorrow().unwrap();
            end = date.at(hour, minute, 0, 0);
        }
        end = end.checked_add(i64::from(days).days()).unwrap();
        let placed = placed(&self.zone(), end);
        if placed > start { placed } else { start + local.duration_until(end).as_secs() }
    }

    /// Count and last start, then exceptions, then equal starts.
    fn answer(&self) -> Vec<(i64, i64)> {
        let is_late = |local: DateTime, start: i64| match self.until() {
            Some(Until::Date(date)) => local_of(local).date() > date,
            Some(Until::Instant(instant)) => start > instant.0,
            None => false,
        };
        let mut answer: Vec<(i64, i64)> = Vec::new();
        for (number, (local, start)) in (1..).zip(self.named()) {
            if self.count.is_some_and(|count| number > count) || is_late(local, start) {
                break;
            }
            let left_out = self.except.iter().any(|(days, kind)| match self.except(*days, *kind) {
                Except::Date(date) => local_of(local).date() == date,
                Except::Local(time) => local_of(local) == time,
                Except::Start(instant) => instant.0 == start,
            });
            if !left_out && answer.last().is_none_or(|(last, _)| *last != start) {
                answer.push((start, self.end(local, start)));
            }
        }
        answer
    }
}

/// Starts on the days around a change of the clocks, mostly in the hours that it skips or repeats.
fn start(zone: &'static str) -> impl Strategy<Value = DateTime> {
    let changes: Vec<Timestamp> = {
        let from = DateTime::constant(YEARS.start, 1, 1, 0, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        let until = DateTime::constant(YEARS.end - 4, 1, 1, 0, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        let zone = TimeZone::get(zone).unwrap();
        zone.following(from).map(|change| change.timestamp()).take_while(|time| *time < until).collect()
    };
    // Quarters of an hour about the change; days, weeks and months before it.
    let before = prop_oneof![Just(0), 0..3_i64, Just(7), Just(28), Just(30), Just(31), Just(61), Just(365)];
    (select(changes), -12..12_i64, before, any::<bool>()).prop_map(move |(change, quarters, days, second)| {
        let about = TimeZone::get(zone).unwrap().to_datetime(change);
        let about = about.checked_add((quarters * 15).minutes()).unwrap().checked_sub(days.days()).unwrap();
        about.with().second(if second { 30 } else { 0 }).build().unwrap()
    })
}

fn question() -> impl Strategy<Value = Question> {
    let limit = prop_oneof![(0..DAYS).prop_map(Limit::Date), (0..86_400 * i64::from(DAYS)).prop_map(Limit::Instant)];
    let except = proptest::collection::vec((0..120, 0..3_u8), 0..4);
    let wall_end = (0..=24_i8, select(vec![0, 15, 30, 45_i8]), 0..3_u32)
        .prop_map(|(hour, minute, days)| (hour, if hour == 24 { 0 } else { minute }, days));
    let what = (select(&MODES[..]), 1..5_u32, 1..200_000_i64);
    let limits = (proptest::option::of(0..40_u64), proptest::option::of(limit), except, proptest::option::of(wall_end));
    let whence = select(&ZONES[..]).prop_flat_map(|zone| (Just(zone), start(zone)));
    (whence, what, limits).prop_map(|((zone, start), (mode, interval, seconds), (count, until, except, wall_end))| {
        let interval = if Mode::parse(mode).unwrap().takes_interval() { interval } else { 1 };
        Question { zone, start, mode, interval, seconds, count, until, except, wall_end }
    })
}

/// Whether the first start is one of its mode; the others have tests of their own.
fn fits(question: &Question) -> bool {
    question.mode == "hourly" || question.names(question.start.date())
}

proptest! {
    #[test]
    fn occurrences_are_those_of_a_walk_over_all_days(question in question().prop_filter("its first start", fits)) {
        let answer = question.answer();
        let horizon = question.named().last().map_or(0, |(_, start)| *start);
        let found: Vec<(i64, i64)> = all(&question.recurrence(), answer.len() + 1)
            .iter()
            .map(|occurrence| (occurrence.window.start().0, occurrence.window.end().0))
            .take_while(|(start, _)| *start <= horizon)
            .collect();
        prop_assert_eq!(found, answer);
    }
}

/// What the comparison rests on: the two releases of the time zone database say the same there.
#[test]
fn both_readings_of_the_database_agree_on_the_zones_compared() {
    for name in ZONES {
        let (ours, theirs) = (Zone::parse(name).unwrap(), TimeZone::get(name).unwrap());
        let from = DateTime::constant(YEARS.start, 1, 1, 0, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
        for change in theirs.following(from).take_while(|change| {
            let year = change.timestamp().to_zoned(TimeZone::UTC).year();
            YEARS.contains(&year)
        }) {
            for second in [change.timestamp().as_second() - 1, change.timestamp().as_second()] {
                let theirs = theirs.to_datetime(Timestamp::from_second(second).unwrap());
                assert_eq!(ours.civil(Instant(second)), local_of(theirs), "{name} {second}");
            }
        }
        let noons = (0..).map(|day| from.as_second() + day * 86_400 + 43_200);
        for noon in noons.take_while(|noon| ours.civil(Instant(*noon)).year() < i32::from(YEARS.end)).step_by(7) {
            let theirs = theirs.to_datetime(Timestamp::from_second(noon).unwrap());
            assert_eq!(
                ours.civil(Instant(noon)).num_seconds_from_midnight(),
                local_of(theirs).num_seconds_from_midnight()
            );
        }
    }
}
