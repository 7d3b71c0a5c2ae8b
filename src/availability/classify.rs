//! What each span counts as, and which spans become one.

use super::class::{Class, ObjectKind};
use super::history::spans::{Conditions, Elementary};
use super::options::{DowntimeUse, Options, PeriodMode};
use super::short_intervals;
use crate::downtime::interval::Interval;

/// A span of considered time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassSpan<'a> {
    /// From when to when.
    pub interval: Interval,
    /// What it counts as.
    pub class: Class,
    /// The first plugin output within it, where kept.
    pub output: Option<&'a str>,
}

/// What time under these conditions counts as, or `None` where it is not considered: the first of the contract's seven
/// rules that matches, then `--map`.
pub fn class_of(conditions: Conditions, kind: ObjectKind, options: &Options) -> Option<Class> {
    let class = unmapped(conditions, options)?;
    Some(options.map.apply(class, kind))
}

fn unmapped(conditions: Conditions, options: &Options) -> Option<Class> {
    let left_out = match options.service_period_mode {
        PeriodMode::Honor => conditions.in_service_period == Some(false),
        PeriodMode::Exclude => conditions.in_service_period == Some(true),
        PeriodMode::Ignore => false,
    };
    if left_out {
        return None;
    }
    let Some(state) = conditions.state else {
        return (!options.ignore.unmonitored).then_some(Class::Unmonitored);
    };
    if conditions.in_notification_period == Some(false) {
        match options.notification_period_mode {
            PeriodMode::Exclude => return None,
            PeriodMode::Honor => return Some(Class::OutofNotificationPeriod),
            PeriodMode::Ignore => {}
        }
    }
    let excused = options.ok_as_non_downtime && state.is_good() && !conditions.suspended;
    if (conditions.downtime || conditions.host_downtime) && !excused {
        match options.downtimes {
            DowntimeUse::Honor => return Some(Class::InDowntime),
            DowntimeUse::Exclude => return None,
            DowntimeUse::Ignore => {}
        }
    }
    if conditions.host_down && !options.ignore.host_down {
        return Some(Class::HostDown);
    }
    if conditions.flapping && !options.ignore.flapping {
        return Some(Class::Flapping);
    }
    Some(state.into())
}

/// The considered spans of an object, classed and merged as the options say; not considered time leaves gaps.
pub fn spans<'a>(
    elementary: impl Iterator<Item = Elementary<'a>>,
    kind: ObjectKind,
    options: &Options,
) -> Vec<ClassSpan<'a>> {
    let mut spans: Vec<ClassSpan<'a>> = Vec::new();
    let mut before: Option<Conditions> = None;
    for Elementary { interval, conditions, output } in elementary {
        let continues = before.is_some_and(|before| before.continue_as(conditions));
        before = Some(conditions);
        let Some(class) = class_of(conditions, kind, options) else { continue };
        let next = ClassSpan { interval, class, output };
        match spans.last_mut() {
            Some(last) if !options.no_merge || continues => {
                if !last.absorb(&next) {
                    spans.push(next);
                }
            }
            _ => spans.push(next),
        }
    }
    if let Some(limit) = options.short_intervals {
        short_intervals::melt(&mut spans, limit, !options.no_merge);
    }
    spans
}

impl ClassSpan<'_> {
    /// Takes in the next span if the two touch and are of one class.
    pub(super) fn absorb(&mut self, next: &Self) -> bool {
        match Interval::new(self.interval.start(), next.interval.end()) {
            Some(joined) if self.class == next.class && self.interval.end() == next.interval.start() => {
                self.interval = joined;
                self.output = self.output.or(next.output);
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::logbook::timeline;
    use crate::availability::options::{ClassMap, Ignored};
    use crate::events::event::State;

    /// A service to which every rule applies at once, outside of both periods.
    const EVERYTHING: Conditions = Conditions {
        state: Some(State::Crit),
        downtime: true,
        host_downtime: true,
        suspended: false,
        host_down: true,
        flapping: true,
        in_service_period: Some(false),
        in_notification_period: Some(false),
    };

    fn service(conditions: Conditions, options: &Options) -> Option<Class> {
        class_of(conditions, ObjectKind::Service, options)
    }

    fn ignoring(list: &str) -> Options {
        Options { ignore: Ignored::gather([list]).unwrap(), ..Options::default() }
    }

    #[test]
    fn the_service_period_comes_first() {
        let outside = EVERYTHING;
        let inside = Conditions { in_service_period: Some(true), ..EVERYTHING };
        let unknown = Conditions { state: None, ..EVERYTHING };
        let mode = |mode| Options { service_period_mode: mode, ..Options::default() };
        assert_eq!(service(outside, &mode(PeriodMode::Honor)), None);
        assert_eq!(service(unknown, &mode(PeriodMode::Honor)), None);
        assert_eq!(service(inside, &mode(PeriodMode::Honor)), Some(Class::InDowntime));
        assert_eq!(service(outside, &mode(PeriodMode::Exclude)), Some(Class::InDowntime));
        assert_eq!(service(inside, &mode(PeriodMode::Exclude)), None);
        assert_eq!(service(outside, &mode(PeriodMode::Ignore)), Some(Class::InDowntime));
    }

    #[test]
    fn a_mode_without_a_period_does_nothing() {
        let none = Conditions { in_service_period: None, in_notification_period: None, ..EVERYTHING };
        let options = Options {
            service_period_mode: PeriodMode::Exclude,
            notification_period_mode: PeriodMode::Exclude,
            ..Options::default()
        };
        assert_eq!(service(none, &options), Some(Class::InDowntime));
    }

    #[test]
    fn an_unknown_state_comes_before_all_but_the_service_period() {
        let unknown = Conditions { state: None, in_service_period: Some(true), ..EVERYTHING };
        let excluding = Options { notification_period_mode: PeriodMode::Exclude, ..Options::default() };
        assert_eq!(service(unknown, &excluding), Some(Class::Unmonitored));
        assert_eq!(service(unknown, &ignoring("unmonitored")), None);
    }

    #[test]
    fn the_notification_period_comes_before_downtimes() {
        let outside = Conditions { in_service_period: None, ..EVERYTHING };
        let mode = |mode| Options { notification_period_mode: mode, ..Options::default() };
        assert_eq!(service(outside, &mode(PeriodMode::Honor)), Some(Class::OutofNotificationPeriod));
        assert_eq!(service(outside, &mode(PeriodMode::Exclude)), None);
        assert_eq!(service(outside, &mode(PeriodMode::Ignore)), Some(Class::InDowntime));
        let inside = Conditions { in_notification_period: Some(true), ..outside };
        assert_eq!(service(inside, &mode(PeriodMode::Exclude)), Some(Class::InDowntime));
    }

    #[test]
    fn downtimes_are_honored_excluded_or_ignored() {
        let own = Conditions { in_service_period: None, host_downtime: false, ..EVERYTHING };
        let of_host = Conditions { downtime: false, host_downtime: true, ..own };
        for conditions in [own, of_host] {
            let using = |downtimes| service(conditions, &Options { downtimes, ..Options::default() });
            assert_eq!(using(DowntimeUse::Honor), Some(Class::InDowntime));
            assert_eq!(using(DowntimeUse::Exclude), None);
            assert_eq!(using(DowntimeUse::Ignore), Some(Class::HostDown));
        }
    }

    #[test]
    fn ok_as_non_downtime_lets_ok_fall_through_to_the_rules_after_downtimes() {
        let options = Options { ok_as_non_downtime: true, downtimes: DowntimeUse::Exclude, ..Options::default() };
        let fine = Conditions { state: Some(State::Ok), in_service_period: None, ..EVERYTHING };
        assert_eq!(service(fine, &options), Some(Class::HostDown));
        assert_eq!(service(Conditions { host_down: false, flapping: false, ..fine }, &options), Some(Class::Ok));
        assert_eq!(service(Conditions { state: Some(State::Warn), ..fine }, &options), None);
        assert_eq!(service(Conditions { suspended: true, ..fine }, &options), None);
        let host = Conditions { state: Some(State::Up), host_down: false, flapping: false, ..fine };
        assert_eq!(class_of(host, ObjectKind::Host, &options), Some(Class::Up));
    }

    #[test]
    fn a_host_that_is_down_comes_before_flapping_and_flapping_before_the_state() {
        let awake = Conditions { in_service_period: None, downtime: false, host_downtime: false, ..EVERYTHING };
        assert_eq!(service(awake, &Options::default()), Some(Class::HostDown));
        assert_eq!(service(awake, &ignoring("host-down")), Some(Class::Flapping));
        assert_eq!(service(awake, &ignoring("host-down,flapping")), Some(Class::Crit));
        assert_eq!(service(awake, &ignoring("flapping")), Some(Class::HostDown));
    }

    #[test]
    fn mapping_is_one_step_for_all_pairs() {
        let options = Options { map: ClassMap::gather(["host_down=crit,crit=warn"]).unwrap(), ..Options::default() };
        let host_down = Conditions { in_service_period: None, downtime: false, host_downtime: false, ..EVERYTHING };
        assert_eq!(service(host_down, &options), Some(Class::Crit));
        let crit = Conditions { host_down: false, flapping: false, ..host_down };
        assert_eq!(service(crit, &options), Some(Class::Warn));
    }

    const STATES: [&str; 6] = [
        "[-9] HOST ALERT: h;UP;HARD;1;",
        "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
        "[10] SERVICE ALERT: h;s;WARNING;HARD;1;",
        "[20] HOST ALERT: h;UNREACHABLE;HARD;1;",
        "[30] SERVICE ALERT: h;s;CRITICAL;HARD;1;",
        "[40] HOST ALERT: h;UP;HARD;1;",
    ];

    #[test]
    fn spans_merge_after_mapping() {
        let options = Options { map: "warn=ok,host_down=crit".parse().unwrap(), ..Options::default() };
        assert_eq!(timeline("h/s", &STATES, &options), [(0, 20, "ok"), (20, 10_000, "crit")]);
    }

    #[test]
    fn spans_do_not_merge_across_a_gap() {
        let lines = [
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
            "[10] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[20] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
        ];
        for no_merge in [false, true] {
            let options = Options { downtimes: DowntimeUse::Exclude, no_merge, ..Options::default() };
            assert_eq!(timeline("h/s", &lines, &options), [(0, 10, "ok"), (20, 10_000, "ok")]);
        }
    }

    fn unmerged() -> Options {
        Options { no_merge: true, ..Options::default() }
    }

    #[test]
    fn without_merging_every_change_of_state_or_host_begins_a_span() {
        let options =
            Options { ignore: Ignored::gather(["host-down"]).unwrap(), map: "warn=ok".parse().unwrap(), ..unmerged() };
        let spans = timeline("h/s", &STATES, &options);
        assert_eq!(spans, [(0, 10, "ok"), (10, 20, "ok"), (20, 30, "ok"), (30, 40, "crit"), (40, 10_000, "crit")]);
    }

    #[test]
    fn without_merging_a_repeated_state_begins_no_span() {
        let lines = [
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
            "[10] CURRENT SERVICE STATE: h;s;OK;HARD;1;",
            "[20] SERVICE ALERT: h;s;OK;SOFT;1;",
        ];
        assert_eq!(timeline("h/s", &lines, &unmerged()), [(0, 10_000, "ok")]);
    }

    #[test]
    fn without_merging_own_and_host_downtime_and_flapping_begin_spans() {
        let lines = [
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
            "[10] HOST DOWNTIME ALERT: h;STARTED; ",
            "[20] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[30] SERVICE FLAPPING ALERT: h;s;STARTED; ",
            "[40] HOST DOWNTIME ALERT: h;STOPPED; ",
        ];
        assert_eq!(
            timeline("h/s", &lines, &unmerged()),
            [
                (0, 10, "ok"),
                (10, 20, "in_downtime"),
                (20, 30, "in_downtime"),
                (30, 40, "in_downtime"),
                (40, 10_000, "in_downtime")
            ]
        );
    }

    #[test]
    fn without_merging_a_period_given_begins_spans_even_where_it_does_not_count() {
        let lines = [
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
            "[10] TIMEPERIOD TRANSITION: np;1;0",
            "[20] TIMEPERIOD TRANSITION: wh;1;0",
        ];
        let options = Options {
            service_period: Some("wh".to_owned()),
            service_period_mode: PeriodMode::Ignore,
            notification_period: Some("np".to_owned()),
            ..unmerged()
        };
        assert_eq!(timeline("h/s", &lines, &options), [(0, 10, "ok"), (10, 20, "ok"), (20, 10_000, "ok")]);
        assert_eq!(timeline("h/s", &lines, &unmerged()), [(0, 10_000, "ok")]);
    }

    #[test]
    fn without_merging_only_the_service_period_splits_time_without_a_known_state() {
        let lines = [
            "[5000] SERVICE ALERT: h;s;OK;HARD;1;",
            "[10] TIMEPERIOD TRANSITION: np;1;0",
            "[20] TIMEPERIOD TRANSITION: wh;1;0",
            "[30] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[40] HOST ALERT: h;DOWN;HARD;1;",
        ];
        let options = Options {
            service_period: Some("wh".to_owned()),
            service_period_mode: PeriodMode::Ignore,
            notification_period: Some("np".to_owned()),
            ..unmerged()
        };
        let spans = timeline("h/s", &lines, &options);
        assert_eq!(spans, [(0, 20, "unmonitored"), (20, 5000, "unmonitored"), (5000, 10_000, "in_downtime")]);
    }

    #[test]
    fn a_span_tells_the_first_plugin_output_within_it() {
        let log = crate::availability::logbook::read([
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;fine",
            "[10] SERVICE ALERT: h;s;CRITICAL;SOFT;1;no answer",
            "[20] SERVICE ALERT: h;s;CRITICAL;HARD;3;still none",
        ]);
        let range = crate::availability::logbook::range();
        let report = crate::availability::logbook::report(&log, &[].into(), range, &Options::default());
        let outputs: Vec<_> = report.objects[0].spans.iter().map(|span| span.output).collect();
        assert_eq!(outputs, [None, Some("no answer")]);
    }
}
