//! The rules of python-dateutil's own tests, `tests/data/ics/dateutil-rrule-cases.json`.
//!
//! Left out are cases that are no whole rule in themselves, and rules that RFC 5545 does not allow; those have to be
//! refused.

use serde::Deserialize;

use super::super::*;
use super::fixture::{nominals, recurrence};

const CASES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ics/dateutil-rrule-cases.json"));

#[derive(Deserialize)]
struct Case {
    test: String,
    rule: String,
    expected: Vec<String>,
}

impl Case {
    /// `19970902T090000` as `1997-09-02T09:00`, and the rule.
    fn parts(&self) -> (String, &str) {
        let (start, rule) = self.rule.strip_prefix("DTSTART:").unwrap().split_once("\nRRULE:").unwrap();
        let start = chrono::NaiveDateTime::parse_from_str(start, "%Y%m%dT%H%M%S").unwrap();
        (start.format("%Y-%m-%dT%H:%M").to_string(), rule)
    }

    /// Why the dates expected are not those of the rule as it stands.
    fn is_no_whole_rule(&self) -> Option<&'static str> {
        let (_, rule) = self.parts();
        if !rule.contains("COUNT=") && !rule.contains("UNTIL=") {
            return Some("a part of what goes on for ever");
        }
        match self.test.as_str() {
            "testGetItemSliceStep" => Some("every second one, backwards"),
            "testStrUntilWithTZ" => Some("the capture lost the zone of UNTIL"),
            test if test.starts_with("testStrSet") => Some("one rule of a set with further dates and exceptions"),
            _ => None,
        }
    }

    /// The part or combination of parts that RFC 5545 does not have.
    fn is_not_allowed(&self) -> Option<&'static str> {
        let (_, rule) = self.parts();
        let has = |part: &str| rule.split(';').any(|other| other.split('=').next() == Some(part));
        let frequency = |names: &[&str]| names.iter().any(|name| rule.contains(&format!("FREQ={name}")));
        if frequency(&["HOURLY", "MINUTELY", "SECONDLY"]) {
            Some("finer than daily")
        } else if has("BYEASTER") {
            Some("BYEASTER is dateutil's own")
        } else if has("BYWEEKNO") && !frequency(&["YEARLY"]) {
            Some("BYWEEKNO MUST NOT be used when the FREQ rule part is set to anything other than YEARLY")
        } else if has("BYYEARDAY") && !frequency(&["YEARLY"]) {
            Some("BYYEARDAY MUST NOT be specified when the FREQ rule part is set to DAILY, WEEKLY, or MONTHLY")
        } else if has("BYMONTHDAY") && frequency(&["WEEKLY"]) {
            Some("BYMONTHDAY MUST NOT be specified when the FREQ rule part is set to WEEKLY")
        } else {
            None
        }
    }
}

#[test]
fn whole_rules_that_the_rfc_allows_have_the_dates_expected() {
    let cases: Vec<Case> = serde_json::from_str(CASES).unwrap();
    let mut passed = 0;
    for case in cases.iter().filter(|case| case.is_no_whole_rule().is_none() && case.is_not_allowed().is_none()) {
        let (start, rule) = case.parts();
        let repeated = recurrence("UTC", &start, 60, Pattern::Rrule(Rrule::parse(rule).unwrap()));
        // Some were taken in a zone: the local time is compared.
        let local = |text: &String| text[..19].trim_end_matches(":00").to_owned();
        let expected: Vec<String> = case.expected.iter().map(local).collect();
        let found: Vec<String> =
            nominals(&repeated, 99).iter().map(|nominal| nominal.trim_end_matches(":00").to_owned()).collect();
        assert_eq!(found, expected, "{}: {rule}", case.test);
        passed += 1;
    }
    assert_eq!(passed, 116);
}

#[test]
fn rules_that_the_rfc_does_not_allow_are_refused() {
    let cases: Vec<Case> = serde_json::from_str(CASES).unwrap();
    for case in &cases {
        let (_, rule) = case.parts();
        let reason = case.is_not_allowed();
        assert_eq!(Rrule::parse(rule).is_err(), reason.is_some(), "{}: {rule}: {reason:?}", case.test);
    }
}
