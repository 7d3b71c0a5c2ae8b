//! The cases of `tests/data/conformance/availability.jsonl`, on the library: an independent implementation's answers.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::assess::ObjectReport;
use super::class::ObjectKind;
use super::logbook;
use super::options::{ClassMap, Ignored, Options};
use crate::clock::Instant;
use crate::downtime::interval::Interval;

const CASES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/conformance/availability.jsonl"));

#[derive(Deserialize)]
struct Case {
    name: String,
    from: String,
    until: String,
    args: Vec<String>,
    log: Vec<String>,
    expected: Vec<Expected>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Expected {
    host: String,
    service: Option<String>,
    total: i64,
    considered: i64,
    seconds: BTreeMap<String, i64>,
    timeline: Vec<(i64, i64, String)>,
}

/// The options that the cases use.
fn options(args: &[String]) -> Options {
    let mut options = Options::default();
    let mut args = args.iter().map(String::as_str);
    while let Some(name) = args.next() {
        let mut value = || args.next().expect("a value");
        match name {
            "--ok-as-non-downtime" => options.ok_as_non_downtime = true,
            "--no-merge" => options.no_merge = true,
            "--downtimes" => options.downtimes = value().parse().unwrap(),
            "--ignore" => options.ignore = Ignored::gather([value()]).unwrap(),
            "--map" => options.map = ClassMap::gather([value()]).unwrap(),
            "--short-intervals" => {
                options.short_intervals = Some(value().strip_suffix('s').unwrap().parse().unwrap());
            }
            "--service-period" => options.service_period = Some(value().to_owned()),
            "--service-period-mode" => options.service_period_mode = value().parse().unwrap(),
            "--notification-period" => options.notification_period = Some(value().to_owned()),
            "--notification-period-mode" => options.notification_period_mode = value().parse().unwrap(),
            other => panic!("an option that no case had: {other}"),
        }
    }
    options
}

fn instant(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}

fn outcome(case: &Case) -> Vec<Expected> {
    let log = logbook::read(case.log.iter().map(String::as_str));
    let range = Interval::new(instant(&case.from), instant(&case.until)).unwrap();
    let options = options(&case.args);
    let report = logbook::report(&log, &BTreeMap::new(), range, &options);
    report.objects.iter().map(|object| as_expected(object, range.start())).collect()
}

fn as_expected(object: &ObjectReport<'_>, from: Instant) -> Expected {
    let figures = &object.figures;
    Expected {
        host: object.target.host.clone(),
        service: object.target.service.clone(),
        total: figures.total,
        considered: figures.considered,
        seconds: ObjectKind::of(&object.target)
            .classes()
            .iter()
            .map(|&class| (class.name().to_owned(), figures.seconds[class]))
            .collect(),
        timeline: object
            .spans
            .iter()
            .map(|span| (span.interval.start() - from, span.interval.end() - from, span.class.name().to_owned()))
            .collect(),
    }
}

#[test]
fn every_conformance_case_gives_the_expected_seconds_and_spans() {
    let mut count = 0;
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        assert_eq!(outcome(&case), case.expected, "{}", case.name);
        count += 1;
    }
    assert_eq!(count, 78);
}
