//! The cases of `tests/data/conformance/when.jsonl`.

use serde::Deserialize;

use super::super::{Role, duration, point};
use super::{instant, present};
use crate::clock::Instant;

#[derive(Deserialize)]
struct Case {
    text: String,
    now: String,
    tz: String,
    role: Kind,
    start: Option<String>,
    expect: Expectation,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Start,
    End,
    Duration,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Expectation {
    Seconds(i64),
    Text(String),
}

impl Case {
    fn answer(&self) -> Expectation {
        let present = present(&self.now, &self.tz);
        let start = self.start.as_deref().map(instant);
        let answer = match (&self.role, start) {
            (Kind::Duration, _) => return duration::parse(&self.text).map_or(refused(), Expectation::Seconds),
            (Kind::Start, _) => point(&self.text, self.start_role(present.now), &present).map(|it| it.instant),
            (Kind::End, Some(start)) => point(&self.text, Role::End { start }, &present).map(|it| it.instant),
            (Kind::End, None) => panic!("an end needs its start: {}", self.text),
        };
        match answer {
            Ok(instant) if start.is_none_or(|start| start < instant) => Expectation::Text(instant.to_string()),
            _ => refused(),
        }
    }

    /// Only starts more than five minutes before now are typed with `--retroactive`.
    fn start_role(&self, now: Instant) -> Role {
        match &self.expect {
            Expectation::Text(text) if text != "refuse" && instant(text) < now - 300 => Role::LookingBack,
            _ => Role::Start,
        }
    }
}

fn refused() -> Expectation {
    Expectation::Text("refuse".into())
}

#[test]
fn every_case_has_the_expected_answer() {
    let cases = include_str!("../../../tests/data/conformance/when.jsonl");
    let cases: Vec<Case> = cases.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 178);
    for case in cases {
        assert_eq!(case.answer(), case.expect, "`{}` at {} in {}", case.text, case.now, case.tz);
    }
}
