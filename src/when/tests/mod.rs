//! The time grammar as a whole: what it promises, row by row, and where clocks are changed.

mod clocks;
mod conformance;
mod promises;
mod properties;

use super::{Present, Resolved, Role, point, zone::Zone};
use crate::clock::Instant;
use crate::failure::Outcome;

fn instant(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}

fn present(now: &str, zone: &str) -> Present {
    Present { now: instant(now), zone: Zone::parse(zone).unwrap() }
}

/// Friday 2026-11-20 15:30 in Berlin, the present of the manual.
fn friday() -> Present {
    present("2026-11-20T14:30:00Z", "Europe/Berlin")
}

fn read(text: &str, role: Role, present: &Present) -> Resolved {
    point(text, role, present).unwrap_or_else(|failure| panic!("{text}: {failure}"))
}

/// What a text means, as RFC 3339 in the zone in force.
fn local(text: &str, role: Role, present: &Present) -> String {
    present.zone.rfc3339(read(text, role, present).instant)
}

fn message<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    let failure = outcome.unwrap_err();
    assert_eq!(failure.kind.exit(), crate::failure::exit::USAGE, "{failure}");
    assert!(!failure.hints.is_empty(), "no hint: {failure}");
    failure.message()
}
