//! What holds for any log and any options.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::assess::Report;
use super::class::{Class, ObjectKind};
use super::history::Planned;
use super::logbook::{interval, read, report};
use super::options::{ClassMap, CoreStopped, DowntimeUse, Ignored, Options, PeriodMode};
use crate::downtime::interval::Interval;
use crate::downtime::target::Target;

const LINES: [&str; 30] = [
    "HOST ALERT: h;UP;HARD;1;",
    "HOST ALERT: h;UP;SOFT;1;",
    "HOST ALERT: h;DOWN;SOFT;1;",
    "HOST ALERT: h;DOWN;HARD;1;",
    "HOST ALERT: h;UNREACHABLE;HARD;1;",
    "INITIAL HOST STATE: h;UP;HARD;1;",
    "SERVICE ALERT: h;s;OK;HARD;1;",
    "SERVICE ALERT: h;s;OK;SOFT;1;",
    "SERVICE ALERT: h;s;WARNING;SOFT;1;",
    "SERVICE ALERT: h;s;CRITICAL;SOFT;1;",
    "SERVICE ALERT: h;s;CRITICAL;HARD;1;",
    "SERVICE ALERT: h;s;UNKNOWN;HARD;1;",
    "CURRENT SERVICE STATE: h;s;WARNING;HARD;1;",
    "INITIAL SERVICE STATE: h;s;OK;HARD;1;",
    "INITIAL SERVICE STATE: h;s;CRITICAL;SOFT;1;",
    "HOST DOWNTIME ALERT: h;STARTED; ",
    "HOST DOWNTIME ALERT: h;STOPPED; ",
    "SERVICE DOWNTIME ALERT: h;s;STARTED; ",
    "SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
    "SERVICE DOWNTIME ALERT: h;s;CANCELLED; ",
    "SERVICE FLAPPING ALERT: h;s;STARTED; ",
    "SERVICE FLAPPING ALERT: h;s;STOPPED; ",
    "TIMEPERIOD TRANSITION: wh;-1;0",
    "TIMEPERIOD TRANSITION: wh;0;1",
    "TIMEPERIOD TRANSITION: np;1;0",
    "TIMEPERIOD TRANSITION: np;0;1",
    "core start",
    "core stop",
    "logging initial states",
    "logging initial states",
];

/// Times lie on both sides of the range's ends and of the 600 s of grace.
fn any_log() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec((-300_i64..1300, select(&LINES)), 0..40).prop_map(|lines| {
        // Both objects and both periods occur in every log.
        let fixed = ["[-400] TIMEPERIOD TRANSITION: wh;-1;1", "[-400] TIMEPERIOD TRANSITION: np;-1;1"];
        let seen = ["[1301] HOST FLAPPING ALERT: h;STOPPED; ", "[1301] SERVICE FLAPPING ALERT: h;s;STOPPED; "];
        let lines = lines.into_iter().map(|(time, text)| format!("[{time}] {text}"));
        fixed.into_iter().chain(seen).map(str::to_owned).chain(lines).collect()
    })
}

fn any_planned() -> impl Strategy<Value = BTreeMap<Target, Vec<Planned>>> {
    let one = (select(&["h", "h/s"]), -100_i64..1000, 1_i64..400, any::<bool>(), any::<bool>());
    prop::collection::vec(one, 0..4).prop_map(|all| {
        let mut planned: BTreeMap<Target, Vec<Planned>> = BTreeMap::new();
        for (target, start, length, suspended, retroactive) in all {
            let one = Planned { interval: interval(start, start + length), suspended, retroactive };
            planned.entry(Target::parse(target)).or_default().push(one);
        }
        planned
    })
}

fn any_mode() -> impl Strategy<Value = PeriodMode> {
    select(&[PeriodMode::Honor, PeriodMode::Ignore, PeriodMode::Exclude])
}

fn any_options() -> impl Strategy<Value = Options> {
    const MAPS: [&str; 5] = ["warn=ok", "unknown=crit", "host_down=crit", "unreach=down", "in_downtime=ok"];
    let counting = (
        select(&[DowntimeUse::Honor, DowntimeUse::Exclude, DowntimeUse::Ignore]),
        subsequence(&["unmonitored", "host-down", "flapping"], 0..=3),
        subsequence(&MAPS, 0..=5),
        prop::option::of(1_i64..200),
    );
    let periods = (any_mode(), any_mode(), any::<[bool; 2]>());
    let initial = prop::option::of(select(&["ok", "crit", "down", "unmonitored"]));
    (counting, periods, initial, any::<[bool; 4]>()).prop_map(
        |((downtimes, ignore, map, short_intervals), (service, notification, given), initial, flags)| Options {
            downtimes,
            ok_as_non_downtime: flags[0],
            no_merge: flags[1],
            hard_only: flags[2],
            core_stopped: if flags[3] { CoreStopped::Unmonitored } else { CoreStopped::Keep },
            ignore: Ignored::gather(ignore).unwrap(),
            map: ClassMap::gather(map).unwrap(),
            short_intervals,
            service_period: given[0].then(|| "wh".to_owned()),
            service_period_mode: service,
            notification_period: given[1].then(|| "np".to_owned()),
            notification_period_mode: notification,
            assume_initial: initial.map(|state| state.parse().unwrap()),
            ..Options::default()
        },
    )
}

/// Seconds of each class in a report, object by object.
fn seconds(report: &Report<'_>) -> Vec<Vec<i64>> {
    report
        .objects
        .iter()
        .map(|object| Class::ALL.into_iter().map(|class| object.figures.seconds[class]).collect())
        .collect()
}

fn gaps(spans: impl Iterator<Item = Interval>, range: Interval) -> i64 {
    let (mut reached, mut gaps) = (range.start(), 0);
    for span in spans {
        assert!(span.start() >= reached, "spans in order");
        gaps += span.start() - reached;
        reached = span.end();
    }
    assert!(reached <= range.end(), "spans within the range");
    gaps + (range.end() - reached)
}

proptest! {
    #[test]
    fn classes_add_up_to_considered_time_and_that_with_the_gaps_to_the_range(
        lines in any_log(), planned in any_planned(), options in any_options(),
    ) {
        let log = read(lines.iter().map(String::as_str));
        let range = interval(0, 1000);
        let report = report(&log, &planned, range, &options);
        prop_assert_eq!(report.objects.len(), 2);
        for object in &report.objects {
            let figures = &object.figures;
            let kind = ObjectKind::of(&object.target);
            let sum: i64 = kind.classes().iter().map(|&class| figures.seconds[class]).sum();
            prop_assert_eq!(sum, figures.considered);
            prop_assert_eq!(figures.considered + gaps(object.spans.iter().map(|span| span.interval), range), 1000);
            for &class in kind.classes() {
                prop_assert_eq!(figures.phases[class].total, figures.seconds[class]);
            }
            prop_assert!(figures.outages.total <= figures.considered);
            prop_assert!((0..=1000).contains(&figures.known));
        }
    }

    #[test]
    fn merged_spans_of_one_class_never_touch(
        lines in any_log(), planned in any_planned(), options in any_options(),
    ) {
        let log = read(lines.iter().map(String::as_str));
        let options = Options { no_merge: false, ..options };
        for object in report(&log, &planned, interval(0, 1000), &options).objects {
            for pair in object.spans.windows(2) {
                prop_assert!(pair[0].class != pair[1].class || pair[0].interval.end() < pair[1].interval.start());
            }
        }
    }

    #[test]
    fn merging_moves_no_second_from_class_to_class(
        lines in any_log(), planned in any_planned(), options in any_options(),
    ) {
        let log = read(lines.iter().map(String::as_str));
        let merged = Options { no_merge: false, short_intervals: None, ..options };
        let apart = Options { no_merge: true, ..merged.clone() };
        let of = |options| seconds(&report(&log, &planned, interval(0, 1000), options));
        prop_assert_eq!(of(&merged), of(&apart));
    }

    #[test]
    fn a_range_adds_up_from_its_parts_for_objects_seen_before_it(
        mut lines in any_log(), planned in any_planned(), options in any_options(), middle in 1_i64..1000,
    ) {
        lines.push("[-500] HOST ALERT: h;UP;HARD;1;".to_owned());
        lines.push("[-500] SERVICE ALERT: h;s;OK;HARD;1;".to_owned());
        let log = read(lines.iter().map(String::as_str));
        let options = Options { short_intervals: None, ..options };
        let of = |start, end| seconds(&report(&log, &planned, interval(start, end), &options));
        let parts: Vec<Vec<i64>> = of(0, middle)
            .into_iter()
            .zip(of(middle, 1000))
            .map(|(first, second)| first.iter().zip(&second).map(|(a, b)| a + b).collect())
            .collect();
        prop_assert_eq!(of(0, 1000), parts);
    }
}
