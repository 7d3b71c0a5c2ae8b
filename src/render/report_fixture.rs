//! The report that the tests of its renderers share.

use std::collections::BTreeMap;

use super::report_json::Basis;
use crate::availability::assess::{Report, Subject, assess};
use crate::availability::options::Options;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::target::Target;
use crate::events::event::{Event, Mark, State, Telling, What};
use crate::events::log::{EventLog, ObjectEvents};
use crate::when::zone::Zone;

/// 1 November 2026, 00:00 in Berlin.
pub(super) const DAY: Instant = Instant(1_793_487_600);

/// Berlin.
pub(super) fn berlin() -> Zone {
    Zone::parse("Europe/Berlin").unwrap()
}

/// What the report stands on.
pub(super) fn basis() -> Basis {
    Basis {
        sequence: Some(71),
        events: "5f2c".to_owned(),
        newest_event: Some(DAY + 86_400),
        tzdata: "2025b".to_owned(),
    }
}

fn event(after: i64, what: What, output: Option<&str>) -> Event {
    Event { time: DAY + after, ordinal: 0, what, output: output.map(Box::from) }
}

fn state(after: i64, state: State, output: Option<&str>) -> Event {
    event(after, What::State { telling: Telling::Alert, state, hard: true }, output)
}

/// The log of the contract's example, a service named to do harm, and a host never seen down.
pub(super) fn log() -> EventLog {
    let objects = vec![
        ObjectEvents { target: Target::host("web01"), events: vec![state(-9, State::Up, None)] },
        ObjectEvents {
            target: Target::service("web01", "=\u{1b}[2J"),
            events: vec![state(-9, State::Ok, None), state(86_400 - 61, State::Warn, Some("-1 \u{202e}left"))],
        },
        ObjectEvents {
            target: Target::service("web01", "HTTP"),
            events: vec![
                state(-9, State::Ok, None),
                state(36_000, State::Crit, Some("connection\nrefused")),
                event(39_600, What::Downtime(Mark::Started), None),
                state(43_200, State::Ok, None),
                event(50_400, What::Downtime(Mark::Stopped), None),
            ],
        },
    ];
    EventLog { objects, first: Some(DAY - 9), newest: Some(DAY + 86_339), ..EventLog::default() }
}

/// The report on that day, with a service that nothing is considered of.
pub(super) fn report<'a>(log: &'a EventLog, options: &Options) -> Report<'a> {
    let idle = Target::service("web01", "idle");
    let subject = |target| Subject { target, service_period: None, notification_period: None };
    let mut subjects: Vec<Subject<'_>> = log.objects.iter().map(|object| subject(&object.target)).collect();
    subjects.push(Subject { service_period: Some(&[]), ..subject(&idle) });
    let range = Interval::new(DAY, DAY + 86_400).unwrap();
    assess(subjects, log, &BTreeMap::new(), range, DAY + 86_400, options)
}
