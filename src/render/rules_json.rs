//! Rules as JSON. A promise to scripts: keys are only ever added.

use serde::Serialize;

use super::series_json::RepeatJson;
use crate::downtime::holding::Release;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::rules::Declared;
use crate::when::zone::Zone;

/// A rule, with what it covers now.
#[derive(Debug, Serialize)]
pub struct RuleJson<'a> {
    name: &'a str,
    disabled: bool,
    comment: &'a str,
    ticket: Option<&'a str>,
    suspend_monitoring: bool,
    repeats: String,
    repeat: RepeatJson,
    start: String,
    end: String,
    r#match: String,
    hosts: usize,
    services: usize,
    next: Option<NextJson<'a>>,
    declared: PlaceJson<'a>,
    stopped: Option<StoppedJson<'a>>,
}

/// That somebody stopped a rule: `delete RULE`.
#[derive(Debug, Serialize)]
struct StoppedJson<'a> {
    at: String,
    by: &'a str,
}

/// A rule with its targets now and its coming windows.
#[derive(Debug, Serialize)]
pub struct WholeRuleJson<'a> {
    #[serde(flatten)]
    rule: RuleJson<'a>,
    targets: Vec<ObjectJson<'a>>,
    running: Vec<NextJson<'a>>,
    windows: Vec<NextJson<'a>>,
}

/// What a rule would hold at a time.
#[derive(Debug, Serialize)]
pub struct PreviewJson<'a> {
    rule: &'a str,
    at: String,
    disabled: bool,
    targets: Vec<ObjectJson<'a>>,
    running: Vec<NextJson<'a>>,
    windows: Vec<NextJson<'a>>,
}

/// A host or service.
#[derive(Debug, Serialize)]
pub struct ObjectJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
}

/// An occurrence, as far as it is told where a rule is.
#[derive(Debug, Serialize)]
pub struct NextJson<'a> {
    id: &'a str,
    start: String,
    end: String,
}

#[derive(Debug, Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> NextJson<'a> {
    /// An occurrence, times in `zone`.
    pub fn new(occurrence: &'a Downtime, zone: Zone) -> Self {
        Self {
            id: occurrence.id.as_str(),
            start: zone.rfc3339(occurrence.window.start()),
            end: zone.rfc3339(occurrence.window.end()),
        }
    }
}

impl<'a> RuleJson<'a> {
    /// A rule with its next occurrence, who stopped it, and how many hosts and services it covers now, times in `zone`.
    pub fn new(
        declared: &'a Declared,
        next: Option<&'a Downtime>,
        stopped: Option<&'a Release>,
        (hosts, services): (usize, usize),
        zone: Zone,
    ) -> Self {
        let Declared { rule, matching, disabled, place } = declared;
        let recurrence = &rule.plan.recurrence;
        Self {
            name: &rule.name,
            disabled: *disabled,
            comment: &rule.plan.terms.comment,
            ticket: rule.plan.terms.ticket.as_deref(),
            suspend_monitoring: rule.plan.terms.suspend_monitoring,
            repeats: recurrence.sentence(),
            repeat: RepeatJson::new(recurrence),
            start: zone.rfc3339(recurrence.first.start()),
            end: zone.rfc3339(recurrence.first.end()),
            r#match: matching.to_string(),
            hosts,
            services,
            next: next.map(|next| NextJson::new(next, zone)),
            declared: PlaceJson { file: &place.file, line: place.line, column: place.column },
            stopped: stopped.map(|release| StoppedJson { at: zone.rfc3339(release.at), by: &release.by }),
        }
    }
}

impl<'a> WholeRuleJson<'a> {
    /// A rule that covers these targets now, with the windows in effect and to come, times in `zone`.
    pub fn new(
        declared: &'a Declared,
        targets: &'a [Target],
        (running, windows): (&'a [Downtime], &'a [Downtime]),
        stopped: Option<&'a Release>,
        zone: Zone,
    ) -> Self {
        let services = targets.iter().filter(|target| target.service.is_some()).count();
        Self {
            rule: RuleJson::new(declared, windows.first(), stopped, (targets.len() - services, services), zone),
            targets: objects(targets),
            running: running.iter().map(|window| NextJson::new(window, zone)).collect(),
            windows: windows.iter().map(|window| NextJson::new(window, zone)).collect(),
        }
    }
}

impl<'a> PreviewJson<'a> {
    /// A rule that covers these targets at a time, with the windows in effect and to come then, times in `zone`.
    pub fn new(
        declared: &'a Declared,
        at: String,
        targets: &'a [Target],
        (running, windows): (&'a [Downtime], &'a [Downtime]),
        zone: Zone,
    ) -> Self {
        Self {
            rule: &declared.rule.name,
            at,
            disabled: declared.disabled,
            targets: objects(targets),
            running: running.iter().map(|window| NextJson::new(window, zone)).collect(),
            windows: windows.iter().map(|window| NextJson::new(window, zone)).collect(),
        }
    }
}

fn objects(targets: &[Target]) -> Vec<ObjectJson<'_>> {
    targets.iter().map(|target| ObjectJson { host: &target.host, service: target.service.as_deref() }).collect()
}
