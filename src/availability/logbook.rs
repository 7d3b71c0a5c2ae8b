//! What the tests of this room share: a reader of well-formed Nagios log lines, and short ways to a report on them.

use std::collections::BTreeMap;

use super::assess::{Report, Subject, assess};
use super::history::Planned;
use super::options::Options;
use super::period;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::target::Target;
use crate::events::event::{Core, Event, Mark, State, Telling, Transition, What};
use crate::events::log::{CoreEvent, EventLog, ObjectEvents};

/// Seconds 0 to 10,000.
pub(crate) fn range() -> Interval {
    interval(0, 10_000)
}

/// The interval between two seconds.
pub(crate) fn interval(start: i64, end: i64) -> Interval {
    Interval::new(Instant(start), Instant(end)).expect("start before end")
}

/// A report on every object in the log, its periods by the names in the options and the transitions in the log.
pub(crate) fn report<'a>(
    log: &'a EventLog,
    planned: &BTreeMap<Target, Vec<Planned>>,
    range: Interval,
    options: &Options,
) -> Report<'a> {
    let resolve = |name: &Option<String>| name.as_ref().map(|name| period::inside(&log.periods[name], range));
    let (service, notification) = (resolve(&options.service_period), resolve(&options.notification_period));
    let subjects = log
        .objects
        .iter()
        .map(|object| Subject {
            target: &object.target,
            service_period: service.as_deref(),
            notification_period: notification.as_deref(),
        })
        .collect();
    assess(subjects, log, planned, range, range.end(), options)
}

/// The spans of one object over [`range`], by log lines and downtimes of the store.
pub(crate) fn timeline_with(
    object: &str,
    lines: &[&str],
    planned: &[(&str, Planned)],
    options: &Options,
) -> Vec<(i64, i64, &'static str)> {
    let log = read(lines.iter().copied());
    let mut by_target: BTreeMap<Target, Vec<Planned>> = BTreeMap::new();
    for &(target, planned) in planned {
        by_target.entry(Target::parse(target)).or_default().push(planned);
    }
    let report = report(&log, &by_target, range(), options);
    let object =
        report.objects.iter().find(|known| known.target == Target::parse(object)).expect("an object in the log");
    object.spans.iter().map(|span| (span.interval.start().0, span.interval.end().0, span.class.name())).collect()
}

/// The spans of one object over [`range`], by log lines.
pub(crate) fn timeline(object: &str, lines: &[&str], options: &Options) -> Vec<(i64, i64, &'static str)> {
    timeline_with(object, lines, &[], options)
}

#[derive(Default)]
struct Reader {
    objects: BTreeMap<Target, Vec<Event>>,
    log: EventLog,
    block: Option<Instant>,
    second: Option<Instant>,
    ordinal: u32,
}

/// The log of these lines, in order of time.
pub(crate) fn read<'l>(lines: impl IntoIterator<Item = &'l str>) -> EventLog {
    let mut lines: Vec<(Instant, &str)> = lines
        .into_iter()
        .map(|line| {
            let (seconds, text) = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")).expect("[epoch] text");
            (Instant(seconds.parse().expect("epoch seconds")), text)
        })
        .collect();
    lines.sort_by_key(|&(time, _)| time);
    let mut reader = Reader::default();
    for (time, text) in lines {
        reader.line(time, text);
    }
    let mut log = reader.log;
    log.objects = reader.objects.into_iter().map(|(target, events)| ObjectEvents { target, events }).collect();
    log
}

impl Reader {
    fn line(&mut self, time: Instant, text: &str) {
        self.ordinal = if self.second == Some(time) { self.ordinal + 1 } else { 0 };
        self.second = Some(time);
        self.log.first.get_or_insert(time);
        self.log.newest = Some(time);
        let core = |core| CoreEvent { time, ordinal: self.ordinal, core };
        match text {
            "logging initial states" => {
                self.log.core.push(core(Core::InitialStates));
                self.block = Some(time);
                return;
            }
            "core start" => self.log.core.push(core(Core::Start)),
            "core stop" => self.log.core.push(core(Core::Stop)),
            _ => {
                let (kind, fields) = text.split_once(": ").expect("KIND: fields");
                if kind.starts_with("INITIAL") {
                    return self.object(time, kind, fields);
                }
                self.block = None;
                if kind == "TIMEPERIOD TRANSITION" {
                    let fields: Vec<&str> = fields.split(';').collect();
                    let number = |text: &str| text.parse::<i8>().expect("-1, 0 or 1");
                    let (from, to) = (number(fields[1]), number(fields[2]));
                    let transition = Transition { time, ordinal: self.ordinal, from, to };
                    return self.log.periods.entry(fields[0].to_owned()).or_default().push(transition);
                }
                return self.object(time, kind, fields);
            }
        }
        self.block = None;
    }

    fn object(&mut self, time: Instant, kind: &str, fields: &str) {
        let mut fields = fields.split(';');
        let host = fields.next().expect("a host");
        let target = if kind.contains("SERVICE") {
            Target::service(host, fields.next().expect("a service"))
        } else {
            Target::host(host)
        };
        let value = fields.next().expect("a state or mark");
        let mark = || match value {
            "STARTED" => Mark::Started,
            "STOPPED" => Mark::Stopped,
            "CANCELLED" | "DISABLED" => Mark::Withdrawn,
            other => panic!("no mark: {other}"),
        };
        let mut output = None;
        let what = if kind.contains("DOWNTIME") {
            What::Downtime(mark())
        } else if kind.contains("FLAPPING") {
            What::Flapping(mark())
        } else {
            let hard = fields.next().expect("SOFT or HARD") == "HARD";
            output = fields.nth(1).filter(|text| !text.is_empty()).map(Box::from);
            What::State { telling: self.telling(time, kind), state: state(value), hard }
        };
        if matches!(what, What::State { state, .. } if state.is_good()) {
            output = None;
        }
        self.objects.entry(target).or_default().push(Event { time, ordinal: self.ordinal, what, output });
    }

    fn telling(&self, time: Instant, kind: &str) -> Telling {
        if kind.starts_with("INITIAL") {
            let since_header = self.block.map(|header| u32::try_from(time - header).expect("a block in order"));
            Telling::Initial { since_header }
        } else if kind.starts_with("CURRENT") {
            Telling::Current
        } else {
            Telling::Alert
        }
    }
}

fn state(text: &str) -> State {
    match text {
        "OK" => State::Ok,
        "WARNING" => State::Warn,
        "CRITICAL" => State::Crit,
        "UNKNOWN" => State::Unknown,
        "UP" => State::Up,
        "DOWN" => State::Down,
        "UNREACHABLE" => State::Unreach,
        other => panic!("no state: {other}"),
    }
}
