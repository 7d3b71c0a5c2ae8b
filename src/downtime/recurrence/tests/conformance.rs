//! The cases of `tests/data/conformance/recurrence.jsonl`: computed with python-dateutil and zoneinfo.

use serde::Deserialize;

use super::super::*;
use super::fixture::{all, ending, local, recurrence};
use crate::when::duration;

const CASES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/conformance/recurrence.jsonl"));

#[derive(Deserialize)]
struct Case {
    name: String,
    tz: String,
    start_local: String,
    mode: String,
    duration: Option<String>,
    end_local_time: Option<String>,
    #[serde(default)]
    end_extra_days: u32,
    interval: Option<u32>,
    count: Option<u64>,
    until: Option<String>,
    #[serde(default)]
    exdates: Vec<String>,
    expected: Vec<Expected>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Expected {
    start_utc: String,
    end_utc: String,
}

impl Case {
    fn recurrence(&self) -> Recurrence {
        // One that does not repeat is the first of one that does.
        let (mode, count) = match self.mode.as_str() {
            "once" => (Mode::Daily, Some(1)),
            mode => (Mode::parse(mode).unwrap(), self.count),
        };
        let seconds = self.duration.as_deref().map_or(1, |text| duration::parse(text).unwrap());
        let pattern = Pattern::Every { mode, interval: self.interval.unwrap_or(1) };
        let mut repeated = recurrence(&self.tz, &self.start_local, seconds, pattern);
        repeated.count = count;
        repeated.until = self.until.as_deref().map(|text| match text.parse() {
            Ok(date) => Until::Date(date),
            Err(_) => Until::Instant(repeated.timezone.place(local(text)).instant),
        });
        repeated.except = self.exdates.iter().map(|text| Except::Local(local(text))).collect();
        match &self.end_local_time {
            Some(at) => ending(repeated, at, self.end_extra_days),
            None => repeated,
        }
    }
}

#[test]
fn every_case_has_the_windows_expected() {
    let cases: Vec<Case> = CASES.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 38);
    for case in cases {
        let found: Vec<Expected> = all(&case.recurrence(), case.expected.len() + usize::from(case.count.is_some()))
            .iter()
            .map(|it| Expected { start_utc: it.window.start().to_string(), end_utc: it.window.end().to_string() })
            .collect();
        assert_eq!(found, case.expected, "{}", case.name);
    }
}
