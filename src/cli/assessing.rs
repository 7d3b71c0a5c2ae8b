//! What `report` and `timeline` share: which time, which objects, what counts, and the report itself.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::changing::Ground;
use super::selecting::Selecting;
use super::session::{Reading, Session};
use crate::availability::assess::{ObjectReport, Report, Subject, assess};
use crate::availability::class::Class;
use crate::availability::history::Planned;
use crate::availability::options::{
    Assumed, ClassMap, CoreStopped, DowntimeSource, DowntimeUse, Ignored, Options, OutageClasses, PeriodMode,
    RetroactiveDowntimes,
};
use crate::availability::period;
use crate::downtime::interval::{self, Interval};
use crate::downtime::target::Target;
use crate::events::log::EventLog;
use crate::events::source::{Basis, EventSource};
use crate::failure::{Failure, Kind, Outcome, nearest};
use crate::inventory::declared::Inventory;
use crate::inventory::selection::{Known, Unknown};
use crate::store::known::Objects;
use crate::when::{self, Role, duration, range};

/// Which objects and which time, and what counts as what.
#[derive(Debug, Args)]
pub struct Assessing {
    #[command(flatten)]
    selecting: Selecting,
    /// Time reported on, by name: today, yesterday, this-week, last-week, this-month, last-month, this-year, last-year,
    /// last-24h, last-7d, last-31d, last-365d [default: last-24h]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["from", "until"])]
    range: Option<String>,
    /// Beginning of the time reported on
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// End of the time reported on [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, requires = "from")]
    until: Option<String>,
    /// How time in downtime counts: honor (a class of its own), exclude (not at all), ignore (as without it)
    #[arg(long, value_name = "HOW", default_value = "honor")]
    downtimes: DowntimeUse,
    /// Count OK and UP within a downtime as OK and UP
    #[arg(long)]
    ok_as_non_downtime: bool,
    /// Where downtimes come from: both, store, log
    #[arg(long, value_name = "SOURCE", default_value = "both")]
    downtime_source: DowntimeSource,
    /// Downtimes that were entered afterwards: count, ignore
    #[arg(long, value_name = "HOW", default_value = "count")]
    retroactive_downtimes: RetroactiveDowntimes,
    /// Do without these classes (comma list, repeatable): unmonitored, host-down, flapping
    #[arg(long, value_name = "CLASSES")]
    ignore: Vec<String>,
    /// Count one class as another (comma list, repeatable), as in warn=ok,unknown=crit
    #[arg(long, value_name = "FROM=TO")]
    map: Vec<String>,
    /// Melt inner spans up to this long into what is around them
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    short_intervals: Option<i64>,
    /// Leave touching spans of one class apart
    #[arg(long)]
    no_merge: bool,
    /// Pass over SOFT states
    #[arg(long)]
    hard_only: bool,
    /// State of an object before it is first seen: a state, or unmonitored
    #[arg(long, value_name = "STATE")]
    assume_initial: Option<Assumed>,
    /// Time in which the monitoring core was stopped: keep (the state goes on), unmonitored
    #[arg(long, value_name = "HOW", default_value = "keep")]
    core_stopped: CoreStopped,
    /// Service period of all objects [default: each object's own]
    #[arg(long, value_name = "NAME")]
    service_period: Option<String>,
    /// How the service period counts: honor, ignore, exclude
    #[arg(long, value_name = "HOW", default_value = "honor")]
    service_period_mode: PeriodMode,
    /// Notification period of all objects [default: each object's own]
    #[arg(long, value_name = "NAME")]
    notification_period: Option<String>,
    /// How the notification period counts: ignore, honor, exclude
    #[arg(long, value_name = "HOW", default_value = "ignore")]
    notification_period_mode: PeriodMode,
    /// What an outage is made of (comma list, repeatable) [default: crit, unknown, host-down, down,
    /// unreach]
    #[arg(long, value_name = "CLASSES")]
    outage_classes: Vec<String>,
}

/// A report, and what it stands on.
pub struct Assessed<'a> {
    /// The report.
    pub report: Report<'a>,
    /// What counted.
    pub options: Options,
    /// The accepted events.
    pub basis: Basis,
    /// Sequence number of the last operation.
    pub sequence: u64,
    /// What its reader should know.
    pub notes: Vec<String>,
}

impl Assessing {
    /// Works the report out and hands it on.
    pub fn run(&self, session: &Session, show: impl FnOnce(&Assessed<'_>) -> Outcome<()>) -> Outcome<()> {
        let options = self.options()?;
        let mut notes = Vec::new();
        let range = self.range(session, &mut notes)?;
        let reading = session.reading()?;
        let state = &reading.view.state;
        // What was declared when the time ended: an edit made since must not move figures told before.
        let then = reading.store.inventory_before(range.end(), &state.head, &reading.inventory)?;
        let then = then.map(|inventory| reading.inventory.with(inventory));
        let known = reading.store.objects(then.as_ref().unwrap_or(&reading.inventory), &state.head);
        let objects = self.objects(session, &known)?;
        let hosts: BTreeSet<&str> = objects.iter().map(|object| object.host.as_str()).collect();
        let all = self.selecting.is_empty();
        let log = known.events.load(&|target| {
            all || objects.contains(target) || (target.service.is_none() && hosts.contains(target.host.as_str()))
        })?;
        let planned = planned(&reading, &hosts, all, range)?;
        let periods = Periods::new(&options, known.inventory()?, &log, range, &objects, &mut notes)?;
        let subjects = objects.iter().map(|object| periods.subject(object)).collect();
        let report = assess(subjects, &log, &planned, range, session.clock.now, &options);
        notes.extend(report.open_downtimes.iter().map(|open| open.note(session.zone)));
        let basis = known.events.basis()?;
        notes.extend(silence(session, &basis, &report));
        show(&Assessed { report, options, basis, sequence: state.head.sequence, notes })
    }

    fn options(&self) -> Outcome<Options> {
        Ok(Options {
            downtimes: self.downtimes,
            ok_as_non_downtime: self.ok_as_non_downtime,
            downtime_source: self.downtime_source,
            retroactive_downtimes: self.retroactive_downtimes,
            ignore: Ignored::gather(self.ignore.iter().map(String::as_str))?,
            map: ClassMap::gather(self.map.iter().map(String::as_str))?,
            short_intervals: self.short_intervals,
            no_merge: self.no_merge,
            hard_only: self.hard_only,
            assume_initial: self.assume_initial,
            core_stopped: self.core_stopped,
            service_period: self.service_period.clone(),
            service_period_mode: self.service_period_mode,
            notification_period: self.notification_period.clone(),
            notification_period_mode: self.notification_period_mode,
            outage_classes: if self.outage_classes.is_empty() {
                OutageClasses::default()
            } else {
                OutageClasses::gather(self.outage_classes.iter().map(String::as_str))?
            },
        })
    }

    fn range(&self, session: &Session, notes: &mut Vec<String>) -> Outcome<Interval> {
        let present = session.present();
        let (from, until) = match (&self.range, &self.from) {
            (_, Some(from)) => {
                let from = when::point(from, Role::LookingBack, &present)?;
                let until = match &self.until {
                    Some(until) => when::point(until, Role::End { start: from.instant }, &present)?,
                    None => when::point("now", Role::Start, &present)?,
                };
                notes.extend(from.notes.into_iter().chain(until.notes));
                (from.instant, until.instant)
            }
            (name, None) => range::named(name.as_deref().unwrap_or("last-24h"), &present)?,
        };
        let whole = Interval::new(from, until).ok_or_else(|| {
            let show = |instant| crate::render::time::local(session.zone, instant);
            let what = format!("the time reported on would end {}, not after {}", show(until), show(from));
            Failure::new(Kind::Window, what).hint("give --from and --until with their dates")
        })?;
        if whole.end() <= present.now {
            return Ok(whole);
        }
        let past = Interval::new(whole.start(), present.now).ok_or_else(|| {
            Failure::new(Kind::Window, "the time reported on lies in the future").hint("reports are about what was")
        })?;
        notes.push(format!("cut off at now, {}", session.zone.rfc3339(present.now)));
        Ok(past)
    }

    /// The objects reported on: those named, or all there are.
    fn objects(&self, session: &Session, known: &Objects<'_>) -> Outcome<BTreeSet<Target>> {
        if self.selecting.is_empty() {
            let all = known.objects()?;
            if all.is_empty() {
                return Err(Failure::new(Kind::EmptySelection, "there is no host or service to report on")
                    .hint("import a log with `downtime import FILE`, or declare hosts in inventory.toml"));
            }
            return Ok(all);
        }
        let selected = self.selecting.objects(known, Unknown::Never)?;
        self.selecting.by.point_out_misses(session, known)?;
        for object in &selected {
            if !known.contains(object)? {
                let all = known.objects()?;
                let names: Vec<String> = all.iter().map(Target::to_string).collect();
                let what = format!("`{object}` is neither in the inventory nor in an imported log");
                let failure = Failure::new(Kind::UnknownHost, what);
                return Err(match nearest(&object.to_string(), names.iter().map(String::as_str)) {
                    Some(near) => failure.hint(format!("did you mean {near}?")),
                    None => failure.hint("import a log with `downtime import FILE`"),
                });
            }
        }
        Ok(selected)
    }
}

/// A newest event this much older than the end of the range is pointed out: a log is rotated daily.
const STALE: i64 = 86_400;

/// What the figures do not rest on: no log about some objects, or none as new as the range.
fn silence(session: &Session, basis: &Basis, report: &Report<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(newest) = basis.newest.filter(|newest| report.range.end() - *newest > STALE) {
        let newest = crate::render::time::local(session.zone, newest);
        notes.push(format!("the newest imported event is of {newest}; states are carried on from there"));
    }
    let unknown = |object: &&ObjectReport<'_>| object.figures.seconds[Class::Unmonitored] == report.range.seconds();
    match report.objects.iter().filter(unknown).count() {
        0 => {}
        count => notes.push(format!(
            "no imported log tells a state of {count} of {} objects in this time: unmonitored throughout",
            report.objects.len()
        )),
    }
    notes
}

/// The store's downtimes of these hosts and their services within the range.
fn planned(
    reading: &Reading,
    hosts: &BTreeSet<&str>,
    all: bool,
    range: Interval,
) -> Outcome<BTreeMap<Target, Vec<Planned>>> {
    let agenda = Ground::from(reading).agenda();
    let downtimes = if all { agenda.all(range)? } else { agenda.on_hosts(hosts, range)? };
    let mut planned: BTreeMap<Target, Vec<Planned>> = BTreeMap::new();
    for downtime in &downtimes {
        for holding in &downtime.holdings {
            let late = if downtime.terms.retroactive { &holding.spans } else { &holding.afterwards };
            let on_time = interval::subtraction(&holding.spans, late);
            let parts = late.iter().map(|span| (*span, true)).chain(on_time.iter().map(|span| (*span, false)));
            let within = parts.filter_map(|(span, retroactive)| {
                let suspended = downtime.terms.suspend_monitoring;
                Some(Planned { interval: span.intersection(range)?, suspended, retroactive })
            });
            planned.entry(holding.target.clone()).or_default().extend(within);
        }
    }
    Ok(planned)
}

/// The time periods that count, as intervals inside of them.
struct Periods {
    inside: BTreeMap<String, Vec<Interval>>,
    service: BTreeMap<Target, String>,
    notification: BTreeMap<Target, String>,
}

impl Periods {
    fn new(
        options: &Options,
        inventory: &Inventory,
        log: &EventLog,
        range: Interval,
        objects: &BTreeSet<Target>,
        notes: &mut Vec<String>,
    ) -> Outcome<Self> {
        let of_all = |name: &Option<String>| name.clone();
        let mut periods = Self { inside: BTreeMap::new(), service: BTreeMap::new(), notification: BTreeMap::new() };
        for object in objects {
            let own = inventory.periods(object);
            let service = of_all(&options.service_period).or(own.0.map(str::to_owned));
            let notification = of_all(&options.notification_period).or(own.1.map(str::to_owned));
            periods.service.extend(service.map(|name| (object.clone(), name)));
            periods.notification.extend(notification.map(|name| (object.clone(), name)));
        }
        let names: BTreeSet<String> = periods.service.values().chain(periods.notification.values()).cloned().collect();
        for name in names {
            if let Some(transitions) = log.periods.get(&name) {
                periods.inside.insert(name, period::inside(transitions, range));
            } else if [&options.service_period, &options.notification_period].contains(&&Some(name.clone())) {
                let failure = Failure::new(Kind::UnknownPeriod, format!("there is no time period `{name}`"));
                return Err(match nearest(&name, log.periods.keys().map(String::as_str)) {
                    Some(near) => failure.hint(format!("did you mean {near}?")),
                    None => failure.hint("time periods are those of the imported logs' TIMEPERIOD TRANSITION lines"),
                });
            } else {
                notes.push(format!("time period `{name}` of the inventory is in no imported log, and does not count"));
            }
        }
        Ok(periods)
    }

    fn subject<'a>(&'a self, target: &'a Target) -> Subject<'a> {
        let inside = |names: &BTreeMap<Target, String>| {
            names.get(target).and_then(|name| self.inside.get(name)).map(Vec::as_slice)
        };
        Subject { target, service_period: inside(&self.service), notification_period: inside(&self.notification) }
    }
}
