//! Recurrences in few words, and their occurrences as text.

use chrono::NaiveDateTime;

use super::super::*;
use crate::downtime::interval::Interval;
use crate::when::{Local, TimeOfDay};

pub fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

/// `2026-11-22T22:00`.
pub fn local(text: &str) -> NaiveDateTime {
    let Some(Nominal::Local(local)) = Nominal::parse(text) else { panic!("{text}") };
    local
}

/// That civil time in Berlin.
pub fn berlin(text: &str) -> Instant {
    zone("Europe/Berlin").place(local(text)).instant
}

/// A recurrence whose first window starts at `start` on the clocks of `zone` and lasts that many seconds.
pub fn recurrence(timezone: &str, start: &str, seconds: i64, pattern: Pattern) -> Recurrence {
    let timezone = zone(timezone);
    let instant = timezone.place(local(start)).instant;
    let first = Window {
        interval: Interval::new(instant, instant + seconds).unwrap(),
        start_civil: Some(Local { time: local(start), zone: timezone }),
        end_civil: None,
    };
    Recurrence {
        timezone,
        first,
        pattern,
        until: None,
        count: None,
        except: Vec::new(),
        wall_end: None,
        first_stays: false,
    }
}

pub fn every(interval: u32, mode: &str) -> Pattern {
    Pattern::Every { mode: Mode::parse(mode).unwrap(), interval }
}

pub fn rrule(text: &str) -> Pattern {
    Pattern::Rrule(Rrule::parse(text).unwrap())
}

/// The same, ending on the clock, the first window too.
pub fn ending(mut recurrence: Recurrence, at: &str, days: u32) -> Recurrence {
    let wall_end = WallEnd { at: TimeOfDay::parse(at).unwrap(), days };
    recurrence.wall_end = Some(wall_end);
    let first = recurrence.first_local();
    recurrence.first = wall_end.window(first, recurrence.first.start(), recurrence.timezone).unwrap();
    recurrence
}

pub fn all(recurrence: &Recurrence, most: usize) -> Vec<Occurrence> {
    recurrence.starting(Instant::BEGINNING).take(most).collect()
}

/// What the first `most` occurrences are known by.
pub fn nominals(recurrence: &Recurrence, most: usize) -> Vec<String> {
    all(recurrence, most).iter().map(|occurrence| occurrence.nominal.to_string()).collect()
}

/// The dates of the first `most` occurrences.
pub fn dates(recurrence: &Recurrence, most: usize) -> Vec<String> {
    nominals(recurrence, most).into_iter().map(|nominal| nominal.split('T').next().unwrap().to_owned()).collect()
}
