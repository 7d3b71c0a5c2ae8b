//! What held for one object at every instant of a range: state, downtimes, flapping, periods.
//!
//! An [`ObjectHistory`] keeps each of them on its own; [`spans::Sweep`] walks them together and yields spans in which
//! nothing changes. A service also needs what its host went through, which a [`HostShadow`] computes once a host.

pub mod core;
mod flags;
pub mod spans;
mod states;

use self::core::CoreHistory;
use super::class::ObjectKind;
use super::options::{DowntimeSource, Options, RetroactiveDowntimes};
use crate::clock::Instant;
use crate::downtime::interval::{Interval, intersection, union};
use crate::events::event::{Event, State};

pub use states::Told;

/// A time in which a downtime of the store was in effect for one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// From when to when, activations of flexible downtimes included.
    pub interval: Interval,
    /// Whether checks were suspended meanwhile.
    pub suspended: bool,
    /// Whether it was entered after the fact.
    pub retroactive: bool,
}

/// What happened to one object, each strand on its own; intervals are sorted, without overlaps, and within the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectHistory<'a> {
    /// The states told, the first at the start of the range.
    pub states: Vec<Told<'a>>,
    /// In downtime of its own, by store or log as the options say.
    pub downtime: Vec<Interval>,
    /// Monitoring suspended by a downtime of its own that counts.
    pub suspended: Vec<Interval>,
    /// In a downtime of its own that was entered after the fact, counted or not.
    pub retroactive: Vec<Interval>,
    /// Flapping.
    pub flapping: Vec<Interval>,
    /// Start of a downtime that the log never ends.
    pub open_since: Option<Instant>,
}

impl<'a> ObjectHistory<'a> {
    /// The history of an object over `range` from its events, sorted as in the log, and its downtimes in the store.
    pub fn new(
        kind: ObjectKind,
        events: &'a [Event],
        planned: &[Planned],
        core: &CoreHistory,
        range: Interval,
        options: &Options,
    ) -> Self {
        let clip =
            |intervals: Vec<Interval>| union(intervals.into_iter().filter_map(|interval| interval.intersection(range)));
        let from_store = options.downtime_source != DowntimeSource::Log;
        let counted = || {
            planned.iter().filter(move |planned| {
                from_store && !(planned.retroactive && options.retroactive_downtimes == RetroactiveDowntimes::Ignore)
            })
        };
        let logged = if options.downtime_source == DowntimeSource::Store {
            flags::LoggedDowntimes::default()
        } else {
            flags::downtimes(events, core)
        };
        Self {
            states: states::told(kind, events, core, range, options),
            downtime: clip(counted().map(|planned| planned.interval).chain(logged.intervals).collect()),
            suspended: clip(counted().filter(|planned| planned.suspended).map(|planned| planned.interval).collect()),
            retroactive: clip(planned.iter().filter(|planned| planned.retroactive).map(|p| p.interval).collect()),
            flapping: clip(flags::flapping(events)),
            open_since: logged.open_since,
        }
    }
}

/// What a host puts on its services.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostShadow {
    /// The host was DOWN or UNREACHABLE.
    pub down: Vec<Interval>,
    /// The host was in downtime.
    pub downtime: Vec<Interval>,
    /// Monitoring of the host was suspended.
    pub suspended: Vec<Interval>,
    /// The host was in a downtime that was entered after the fact.
    pub retroactive: Vec<Interval>,
}

impl HostShadow {
    /// The shadow of a host by its history over `range`.
    pub fn of(host: &ObjectHistory<'_>, range: Interval) -> Self {
        let ends = host.states.iter().skip(1).map(|told| told.since).chain([range.end()]);
        let down = host
            .states
            .iter()
            .zip(ends)
            .filter(|(told, _)| matches!(told.state, Some(State::Down | State::Unreach)))
            .filter_map(|(told, end)| Interval::new(told.since, end));
        Self {
            down: union(down),
            downtime: host.downtime.clone(),
            suspended: host.suspended.clone(),
            retroactive: host.retroactive.clone(),
        }
    }
}

/// Either of two lists of intervals within `range`.
pub fn either(left: &[Interval], right: &[Interval], range: Interval) -> Vec<Interval> {
    intersection(&union(left.iter().chain(right).copied()), &[range])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::logbook::{interval, timeline_with};
    use crate::availability::options::DowntimeUse;

    const LINES: [&str; 5] = [
        "[-90] HOST ALERT: h;UP;HARD;1;",
        "[-90] SERVICE ALERT: h;s;OK;HARD;1;",
        "[-90] SERVICE ALERT: h;other;OK;HARD;1;",
        "[50] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
        "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
    ];

    fn planned(start: i64, end: i64) -> Planned {
        Planned { interval: interval(start, end), suspended: false, retroactive: false }
    }

    fn with(planned: &[(&str, Planned)], options: &Options) -> Vec<(i64, i64, &'static str)> {
        timeline_with("h/s", &LINES, planned, options)
    }

    #[test]
    fn downtimes_of_store_and_log_are_a_union() {
        let spans = with(&[("h/s", planned(60, 90)), ("h", planned(90, 95))], &Options::default());
        assert_eq!(spans, [(0, 50, "ok"), (50, 95, "in_downtime"), (95, 10_000, "ok")]);
    }

    #[test]
    fn either_source_can_be_taken_alone() {
        let of = |source| Options { downtime_source: source, ..Options::default() };
        let store = with(&[("h/s", planned(60, 90))], &of(DowntimeSource::Store));
        assert_eq!(store, [(0, 60, "ok"), (60, 90, "in_downtime"), (90, 10_000, "ok")]);
        let log = with(&[("h/s", planned(60, 90))], &of(DowntimeSource::Log));
        assert_eq!(log, [(0, 50, "ok"), (50, 70, "in_downtime"), (70, 10_000, "ok")]);
    }

    #[test]
    fn a_downtime_of_one_service_leaves_its_host_and_the_others_alone() {
        let of = |object| timeline_with(object, &LINES, &[("h/s", planned(60, 90))], &Options::default());
        assert_eq!(of("h"), [(0, 10_000, "up")]);
        assert_eq!(of("h/other"), [(0, 10_000, "ok")]);
    }

    #[test]
    fn a_retroactive_downtime_counts_unless_told_otherwise() {
        let late = Planned { retroactive: true, ..planned(200, 300) };
        let spans = with(&[("h/s", late)], &Options::default());
        assert!(spans.contains(&(200, 300, "in_downtime")), "{spans:?}");
        let ignoring = Options { retroactive_downtimes: RetroactiveDowntimes::Ignore, ..Options::default() };
        assert_eq!(with(&[("h/s", late)], &ignoring), with(&[], &ignoring));
    }

    #[test]
    fn an_object_without_checks_is_in_downtime_whatever_its_state() {
        let options = Options { ok_as_non_downtime: true, downtimes: DowntimeUse::Honor, ..Options::default() };
        assert_eq!(with(&[("h", planned(200, 300))], &options), [(0, 10_000, "ok")]);
        let suspended = Planned { suspended: true, ..planned(200, 300) };
        for of in ["h", "h/s"] {
            let spans = with(&[(of, suspended)], &options);
            assert_eq!(spans, [(0, 200, "ok"), (200, 300, "in_downtime"), (300, 10_000, "ok")]);
        }
    }
}
