//! What downtimes would have withheld and hidden, had they been: problems told in their windows, and outages within.

use std::collections::BTreeMap;

use super::assess::{Subject, assess};
use super::class::Class;
use super::options::{DowntimeUse, Ignored, Options, OutageClasses};
use super::outage::outages;
use crate::clock::Instant;
use crate::downtime::interval::{Interval, intersection, total, union};
use crate::downtime::target::Target;
use crate::events::event::{Event, State, Telling, What};
use crate::events::log::EventLog;

/// A HARD alert that tells of a problem, and not of one that was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem<'a> {
    /// When.
    pub time: Instant,
    /// Whose.
    pub target: &'a Target,
    /// The state told, never a good one.
    pub state: State,
    /// What the check said, where kept.
    pub output: Option<&'a str>,
}

/// An outage, and how much of it lies in some windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden<'a> {
    /// Whose.
    pub target: &'a Target,
    /// The whole outage.
    pub interval: Interval,
    /// What it began with.
    pub cause: Class,
    /// Seconds of it within the windows.
    pub seconds: i64,
}

/// What windows take away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld<'a> {
    /// Problem notifications, by time. Recoveries are sent all the same.
    pub problems: Vec<Problem<'a>>,
    /// Outages of which a part is hidden, by time.
    pub outages: Vec<Hidden<'a>>,
}

impl Withheld<'_> {
    /// Seconds of outages that are hidden, all objects added up.
    pub fn hidden(&self) -> i64 {
        self.outages.iter().map(|outage| outage.seconds).sum()
    }

    /// Whether nothing is.
    pub const fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.outages.is_empty()
    }
}

/// What the imported log tells of some objects over a range, as if no downtime had ever been.
#[derive(Debug)]
pub struct Trouble<'a> {
    problems: Vec<Problem<'a>>,
    outages: Vec<(&'a Target, Interval, Class)>,
}

impl<'a> Trouble<'a> {
    /// Looks for problems and outages of every object in the log.
    pub fn over(range: Interval, log: &'a EventLog) -> Self {
        let targets: BTreeMap<&Target, &'a Target> =
            log.objects.iter().map(|object| (&object.target, &object.target)).collect();
        let subject = |target: &&'a Target| Subject { target, service_period: None, notification_period: None };
        // A host's outage is told once, as its own.
        let ignore = Ignored { unmonitored: false, host_down: true, flapping: true };
        let options = Options { downtimes: DowntimeUse::Ignore, ignore, ..Options::default() };
        let report =
            assess(targets.values().map(subject).collect(), log, &BTreeMap::new(), range, range.end(), &options);
        let mut found = Vec::new();
        for object in &report.objects {
            let Some(target) = targets.get(&object.target) else { continue };
            let outages = outages(&object.spans, &OutageClasses::default());
            found.extend(outages.into_iter().map(|outage| (*target, outage.interval, outage.cause)));
        }
        found.sort_by_key(|(target, interval, _)| (interval.start(), *target));
        let mut problems: Vec<Problem<'a>> = log
            .objects
            .iter()
            .flat_map(|object| problems(&object.target, &object.events))
            .filter(|problem| range.contains(problem.time))
            .collect();
        problems.sort_by_key(|problem| (problem.time, problem.target));
        Self { problems, outages: found }
    }

    /// What these windows of the objects that `covered` tells would have taken away.
    pub fn within(&self, windows: &[Interval], covered: &dyn Fn(&Target) -> bool) -> Withheld<'a> {
        let windows = union(windows.iter().copied());
        let is_within = |time: Instant| windows.iter().any(|window| window.contains(time));
        let hidden = |(target, interval, cause): &(&'a Target, Interval, Class)| {
            let seconds = total(&intersection(&[*interval], &windows));
            (seconds > 0).then_some(Hidden { target, interval: *interval, cause: *cause, seconds })
        };
        let problems = self.problems.iter().filter(|problem| is_within(problem.time) && covered(problem.target));
        let outages = self.outages.iter().filter(|(target, ..)| covered(target));
        Withheld { problems: problems.copied().collect(), outages: outages.filter_map(hidden).collect() }
    }
}

/// What was notified of an object: each HARD state that is not good and another than the one before.
fn problems<'a>(target: &'a Target, events: &'a [Event]) -> Vec<Problem<'a>> {
    let mut before = None;
    let problem = |event: &'a Event| match event.what {
        What::State { telling: Telling::Alert, state, hard: true } => {
            let is_news = before.replace(state) != Some(state) && !state.is_good();
            is_news.then_some(Problem { time: event.time, target, state, output: event.output.as_deref() })
        }
        _ => None,
    };
    events.iter().filter_map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::super::logbook::{interval, range, read};
    use super::*;

    const LINES: [&str; 10] = [
        "[0] HOST ALERT: a;UP;HARD;1;",
        "[0] SERVICE ALERT: a;x;OK;HARD;1;",
        "[100] SERVICE ALERT: a;x;CRITICAL;SOFT;1;",
        "[160] SERVICE ALERT: a;x;CRITICAL;HARD;3;",
        "[200] SERVICE ALERT: a;x;CRITICAL;HARD;3;",
        "[400] SERVICE ALERT: a;x;OK;HARD;3;",
        "[500] SERVICE ALERT: a;x;WARNING;HARD;3;",
        "[600] SERVICE ALERT: a;x;OK;HARD;3;",
        "[0] HOST ALERT: b;UP;HARD;1;",
        "[390] HOST ALERT: b;DOWN;HARD;1;",
    ];

    fn told(windows: &[Interval], covered: &str) -> (Vec<String>, Vec<(String, i64)>) {
        let log = read(LINES);
        let trouble = Trouble::over(range(), &log);
        let covered = Target::parse(covered);
        let withheld = trouble.within(windows, &|target| covered.covers(target));
        let problems = withheld.problems.iter().map(|it| format!("{} {} {:?}", it.time.0, it.target, it.state));
        let outages = withheld.outages.iter().map(|it| (it.target.to_string(), it.seconds));
        (problems.collect(), outages.collect())
    }

    #[test]
    fn hard_problems_within_a_window_are_withheld_and_outages_hidden_as_far_as_it_goes() {
        let window = [interval(150, 300)];
        assert_eq!(told(&window, "a"), (vec!["160 a/x Crit".into()], vec![("a/x".into(), 150)]));
        assert_eq!(told(&[interval(300, 450)], "a"), (vec![], vec![("a/x".into(), 100)]), "a recovery is sent");
        assert_eq!(told(&[interval(450, 650)], "a/x").0, ["500 a/x Warn"], "a warning is a problem and no outage");
        assert_eq!(told(&window, "b"), (vec![], vec![]), "before it was down");
        assert_eq!(told(&[interval(0, 10_000)], "b"), (vec!["390 b Down".into()], vec![("b".into(), 9610)]));
    }

    #[test]
    fn windows_that_overlap_hide_a_second_once_and_one_outage_once() {
        let windows = [interval(150, 300), interval(200, 350), interval(360, 370)];
        assert_eq!(told(&windows, "a").1, [("a/x".into(), 210)]);
    }
}
