//! The report: every object's spans and figures over a range.

use std::collections::BTreeMap;

use super::class::ObjectKind;
use super::classify::{self, ClassSpan};
use super::figures::{Figures, Summary};
use super::history::core::CoreHistory;
use super::history::spans::Sweep;
use super::history::{HostShadow, ObjectHistory, Planned, either};
use super::options::Options;
use crate::clock::Instant;
use crate::downtime::interval::{Interval, total};
use crate::downtime::target::Target;
use crate::events::event::Event;
use crate::events::log::EventLog;
use crate::when::zone::Zone;

/// A downtime that the log starts and never stops is pointed out when it is older than this many seconds: seven days.
const LONG_OPEN: i64 = 7 * 86_400;

/// An object to report on, with its periods: the intervals inside of them, sorted, without overlaps, at least over the
/// range; `None` where it has none.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Which object.
    pub target: &'a Target,
    /// Its service period.
    pub service_period: Option<&'a [Interval]>,
    /// Its notification period.
    pub notification_period: Option<&'a [Interval]>,
}

/// One object's part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectReport<'a> {
    /// Which object.
    pub target: Target,
    /// What its spans add up to.
    pub figures: Figures,
    /// Its considered time, by time.
    pub spans: Vec<ClassSpan<'a>>,
    /// When it was in downtime, its own or its host's, whatever that counted as.
    pub downtimes: Vec<Interval>,
}

/// A downtime that the log starts and never stops, and that is more than a week old.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDowntime {
    /// Whose.
    pub target: Target,
    /// Since when.
    pub since: Instant,
}

impl OpenDowntime {
    /// The note of it in a report.
    pub fn note(&self, zone: Zone) -> String {
        format!("{}: in downtime since {} by the log, which never ends it", self.target, zone.rfc3339(self.since))
    }
}

/// A report over a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<'a> {
    /// The time reported on.
    pub range: Interval,
    /// The objects, sorted.
    pub objects: Vec<ObjectReport<'a>>,
    /// What the hosts among them come to.
    pub hosts: Option<Summary>,
    /// What the services among them come to.
    pub services: Option<Summary>,
    /// To be named in the report's notes.
    pub open_downtimes: Vec<OpenDowntime>,
}

/// Reports on `subjects` over `range`.
///
/// `log` and `planned` hold the events and the store's downtimes of the subjects and of their hosts; a host's downtimes
/// need not be repeated for its services. `now` tells which downtimes have been open for long.
pub fn assess<'a>(
    mut subjects: Vec<Subject<'_>>,
    log: &'a EventLog,
    planned: &BTreeMap<Target, Vec<Planned>>,
    range: Interval,
    now: Instant,
    options: &Options,
) -> Report<'a> {
    subjects.sort_unstable_by_key(|subject| subject.target);
    subjects.dedup_by_key(|subject| subject.target);
    let assessor = Assessor { log, planned, core: CoreHistory::new(log), range, options };
    let mut objects = Vec::with_capacity(subjects.len());
    let mut open = Vec::new();
    for group in subjects.chunk_by(|left, right| left.target.host == right.target.host) {
        assessor.host_group(group, &mut objects, &mut open);
    }
    open.retain(|downtime| downtime.since < range.end() && now - downtime.since > LONG_OPEN);
    let summary = |kind| Summary::of(kind, objects.iter().map(|object| &object.figures));
    Report {
        range,
        hosts: summary(ObjectKind::Host),
        services: summary(ObjectKind::Service),
        objects,
        open_downtimes: open,
    }
}

/// What stays the same from object to object.
struct Assessor<'s, 'a> {
    log: &'a EventLog,
    planned: &'s BTreeMap<Target, Vec<Planned>>,
    core: CoreHistory,
    range: Interval,
    options: &'s Options,
}

impl<'a> Assessor<'_, 'a> {
    /// Reports on a host, its services, or both: the host's history is looked at once.
    fn host_group(&self, group: &[Subject<'_>], objects: &mut Vec<ObjectReport<'a>>, open: &mut Vec<OpenDowntime>) {
        let Some(first) = group.first() else { return };
        let host = first.target.own_host();
        let host_history = self.history(&host);
        let shadow = HostShadow::of(&host_history, self.range);
        open.extend(host_history.open_since.map(|since| OpenDowntime { target: host, since }));
        for subject in group {
            if subject.target.service.is_none() {
                objects.push(self.object(subject, &host_history, &HostShadow::default()));
            } else {
                let history = self.history(subject.target);
                open.extend(history.open_since.map(|since| OpenDowntime { target: subject.target.clone(), since }));
                objects.push(self.object(subject, &history, &shadow));
            }
        }
    }

    fn history(&self, target: &Target) -> ObjectHistory<'a> {
        let objects = &self.log.objects;
        let events: &'a [Event] = objects
            .binary_search_by(|object| object.target.cmp(target))
            .map_or(&[], |position| objects[position].events.as_slice());
        let planned = self.planned.get(target).map_or(&[][..], Vec::as_slice);
        ObjectHistory::new(ObjectKind::of(target), events, planned, &self.core, self.range, self.options)
    }

    fn object(&self, subject: &Subject<'_>, history: &ObjectHistory<'a>, host: &HostShadow) -> ObjectReport<'a> {
        let kind = ObjectKind::of(subject.target);
        let sweep = Sweep::new(self.range, history, host, subject.service_period, subject.notification_period);
        let mut known = 0;
        let watched = sweep.inspect(|span| {
            if span.conditions.state.is_some() {
                known += span.interval.seconds();
            }
        });
        let spans = classify::spans(watched, kind, self.options);
        let either = |own: &[Interval], of_host: &[Interval]| either(own, of_host, self.range);
        let mut figures = Figures::of(kind, self.range.seconds(), &spans, &self.options.outage_classes);
        figures.known = known;
        figures.suspended = total(&either(&history.suspended, &host.suspended));
        figures.retroactive = total(&either(&history.retroactive, &host.retroactive));
        let downtimes = either(&history.downtime, &host.downtime);
        ObjectReport { target: subject.target.clone(), figures, spans, downtimes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::class::Class;
    use crate::availability::logbook::{interval, range, read, report};
    use crate::availability::options::{DowntimeSource, DowntimeUse, RetroactiveDowntimes};

    fn bare(target: &Target) -> Subject<'_> {
        Subject { target, service_period: None, notification_period: None }
    }

    #[test]
    fn an_object_with_no_entry_at_all_is_unmonitored_throughout_whatever_is_assumed() {
        let (log, new) = (read([]), Target::service("h", "new"));
        let options = Options { assume_initial: Some("ok".parse().unwrap()), ..Options::default() };
        let report = assess(vec![bare(&new)], &log, &BTreeMap::new(), range(), range().end(), &options);
        assert_eq!(report.objects[0].figures.seconds[Class::Unmonitored], 10_000);
        assert_eq!(report.objects[0].figures.coverage().percent(), Some(0.0));
    }

    #[test]
    fn a_service_is_judged_by_its_host_even_where_the_host_is_not_reported() {
        let log = read(["[-9] HOST ALERT: h;DOWN;HARD;1;", "[-9] SERVICE ALERT: h;s;OK;HARD;1;"]);
        let service = Target::service("h", "s");
        let report = assess(vec![bare(&service)], &log, &BTreeMap::new(), range(), range().end(), &Options::default());
        assert_eq!(report.objects.len(), 1);
        assert_eq!(report.objects[0].figures.seconds[Class::HostDown], 10_000);
        assert_eq!(report.hosts, None);
    }

    #[test]
    fn objects_are_reported_once_in_order_the_host_before_its_services() {
        let targets = ["b/x", "a/z", "b", "a/z", "a b"].map(Target::parse);
        let log = read([]);
        let subjects = targets.iter().map(bare).collect();
        let report = assess(subjects, &log, &BTreeMap::new(), range(), range().end(), &Options::default());
        let order: Vec<String> = report.objects.iter().map(|object| object.target.to_string()).collect();
        assert_eq!(order, ["a/z", "a b", "b", "b/x"]);
        assert_eq!((report.hosts.unwrap().objects, report.services.unwrap().objects), (2, 2));
    }

    #[test]
    fn coverage_counts_time_with_a_known_state_considered_or_not() {
        let log = read([
            "[2000] SERVICE ALERT: h;s;OK;HARD;1;",
            "[3000] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[4000] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
        ]);
        let options = Options { downtimes: DowntimeUse::Exclude, ..Options::default() };
        let figures = report(&log, &BTreeMap::new(), range(), &options).objects[0].figures;
        assert_eq!((figures.total, figures.considered, figures.known), (10_000, 9000, 8000));
    }

    fn store(planned: &[(&str, i64, i64)], suspended: bool, retroactive: bool) -> BTreeMap<Target, Vec<Planned>> {
        let mut by_target: BTreeMap<Target, Vec<Planned>> = BTreeMap::new();
        for &(target, start, end) in planned {
            let planned = Planned { interval: interval(start, end), suspended, retroactive };
            by_target.entry(Target::parse(target)).or_default().push(planned);
        }
        by_target
    }

    #[test]
    fn suspended_and_retroactive_seconds_are_a_union_within_the_range() {
        let log = read(["[-9] SERVICE ALERT: h;s;OK;HARD;1;"]);
        let planned = store(&[("h/s", -50, 100), ("h", 80, 150), ("h/s", 9900, 20_000)], true, true);
        let figures = report(&log, &planned, range(), &Options::default()).objects[0].figures;
        assert_eq!((figures.suspended, figures.retroactive), (250, 250));
        assert_eq!(figures.seconds[Class::InDowntime], 250);
    }

    #[test]
    fn retroactive_seconds_are_told_even_where_they_do_not_count() {
        let log = read(["[-9] SERVICE ALERT: h;s;OK;HARD;1;"]);
        let planned = store(&[("h/s", 0, 100)], true, true);
        for options in [
            Options { retroactive_downtimes: RetroactiveDowntimes::Ignore, ..Options::default() },
            Options { downtime_source: DowntimeSource::Log, ..Options::default() },
        ] {
            let figures = report(&log, &planned, range(), &options).objects[0].figures;
            assert_eq!((figures.suspended, figures.retroactive, figures.seconds[Class::InDowntime]), (0, 100, 0));
        }
    }

    #[test]
    fn downtimes_are_told_whatever_they_count_as() {
        let log = read(["[-9] SERVICE ALERT: h;s;OK;HARD;1;"]);
        let options = Options { downtimes: DowntimeUse::Ignore, ..Options::default() };
        let report = report(&log, &store(&[("h/s", 0, 100), ("h", 100, 200)], false, false), range(), &options);
        assert_eq!(report.objects[0].downtimes, [interval(0, 200)]);
    }

    fn noted(lines: &[&str], now: i64, options: &Options) -> Vec<String> {
        let log = read(lines.iter().copied());
        let subjects = log.objects.iter().map(|object| bare(&object.target)).collect();
        let report = assess(subjects, &log, &BTreeMap::new(), range(), Instant(now), options);
        report.open_downtimes.iter().map(|open| open.note(Zone::UTC)).collect()
    }

    #[test]
    fn a_downtime_that_the_log_never_ends_is_named_once_it_is_older_than_seven_days() {
        let lines = ["[60] HOST DOWNTIME ALERT: h;STARTED; ", "[90] HOST DOWNTIME ALERT: h;STARTED; "];
        let week = 7 * 86_400;
        assert_eq!(noted(&lines, 60 + week, &Options::default()), [""; 0]);
        assert_eq!(
            noted(&lines, 61 + week, &Options::default()),
            ["h: in downtime since 1970-01-01T00:01:00Z by the log, which never ends it"]
        );
        let store_only = Options { downtime_source: DowntimeSource::Store, ..Options::default() };
        assert_eq!(noted(&lines, 61 + week, &store_only), [""; 0]);
        let ended = [lines[0], "[20000] HOST DOWNTIME ALERT: h;CANCELLED; "];
        assert_eq!(noted(&ended, 61 + week, &Options::default()), [""; 0]);
    }

    #[test]
    fn a_downtime_never_ended_is_named_for_the_host_of_a_reported_service_too() {
        let log = read(["[60] HOST DOWNTIME ALERT: h;STARTED; "]);
        let service = Target::service("h", "s");
        let now = Instant(60 + 8 * 86_400);
        let report = assess(vec![bare(&service)], &log, &BTreeMap::new(), range(), now, &Options::default());
        assert_eq!(report.open_downtimes[0].target, Target::host("h"));
    }
}
