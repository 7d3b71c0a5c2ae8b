//! What a rule would have taken away, as JSON. A promise to scripts: keys are only ever added.

use serde::Serialize;

use crate::availability::withheld::{Hidden, Problem, Withheld};
use crate::downtime::interval::Interval;
use crate::downtime::target::Target;
use crate::events::event::State;
use crate::when::zone::Zone;

/// All windows, and their sum.
#[derive(Debug, Serialize)]
pub struct BacktestJson<'a> {
    rule: &'a str,
    from: String,
    until: String,
    hosts: usize,
    services: usize,
    windows: Vec<WindowJson<'a>>,
    sum: SumJson,
}

/// One window.
#[derive(Debug, Serialize)]
pub struct WindowJson<'a> {
    start: String,
    end: String,
    withheld: Vec<ProblemJson<'a>>,
    outages: Vec<HiddenJson<'a>>,
    hidden: i64,
}

#[derive(Debug, Serialize)]
struct ProblemJson<'a> {
    time: String,
    host: &'a str,
    service: Option<&'a str>,
    state: State,
    output: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct HiddenJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
    start: String,
    end: String,
    class: &'static str,
    hidden: i64,
}

#[derive(Debug, Serialize)]
struct SumJson {
    windows: usize,
    withheld: usize,
    outages: usize,
    hidden: i64,
}

impl<'a> BacktestJson<'a> {
    /// The windows of a rule for these targets, and what they come to together, times in `zone`.
    pub fn new(
        rule: &'a str,
        range: Interval,
        targets: &[Target],
        windows: Vec<WindowJson<'a>>,
        sum: &Withheld<'_>,
        zone: Zone,
    ) -> Self {
        let services = targets.iter().filter(|target| target.service.is_some()).count();
        Self {
            rule,
            from: zone.rfc3339(range.start()),
            until: zone.rfc3339(range.end()),
            hosts: targets.len() - services,
            services,
            sum: SumJson {
                windows: windows.len(),
                withheld: sum.problems.len(),
                outages: sum.outages.len(),
                hidden: sum.hidden(),
            },
            windows,
        }
    }
}

impl<'a> WindowJson<'a> {
    /// A window, and what it alone takes away, times in `zone`.
    pub fn new(window: Interval, withheld: &Withheld<'a>, zone: Zone) -> Self {
        Self {
            start: zone.rfc3339(window.start()),
            end: zone.rfc3339(window.end()),
            withheld: withheld.problems.iter().map(|problem| of_problem(problem, zone)).collect(),
            outages: withheld.outages.iter().map(|outage| of_outage(outage, zone)).collect(),
            hidden: withheld.hidden(),
        }
    }
}

fn of_problem<'a>(problem: &Problem<'a>, zone: Zone) -> ProblemJson<'a> {
    ProblemJson {
        time: zone.rfc3339(problem.time),
        host: &problem.target.host,
        service: problem.target.service.as_deref(),
        state: problem.state,
        output: problem.output,
    }
}

fn of_outage<'a>(outage: &Hidden<'a>, zone: Zone) -> HiddenJson<'a> {
    HiddenJson {
        host: &outage.target.host,
        service: outage.target.service.as_deref(),
        start: zone.rfc3339(outage.interval.start()),
        end: zone.rfc3339(outage.interval.end()),
        class: outage.cause.name(),
        hidden: outage.seconds,
    }
}
