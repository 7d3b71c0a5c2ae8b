//! A downtime as JSON (SPEC: "JSON of a downtime"). A promise to scripts: keys are only ever added.

use serde::Serialize;

use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::record::Downtime;
use crate::downtime::whole::Whole;
use crate::when::zone::Zone;

/// The object, in its order of keys.
#[derive(Debug, Serialize)]
pub struct DowntimeJson<'a> {
    id: Option<&'a str>,
    r#type: &'static str,
    state: &'static str,
    kind: &'static str,
    duration: Option<i64>,
    targets: Vec<TargetJson<'a>>,
    start: String,
    end: String,
    timezone: String,
    planned_end: String,
    ended_at: Option<String>,
    ended_by: Option<&'a str>,
    comment: &'a str,
    name: Option<&'a str>,
    ticket: Option<&'a str>,
    key: Option<&'a str>,
    author: &'a str,
    entry_time: String,
    origin: &'static str,
    series: Option<&'a str>,
    rule: Option<&'a str>,
    occurrence: Option<&'a str>,
    suspend_monitoring: bool,
    until_ok: bool,
    retroactive: bool,
    r#override: Option<&'a str>,
    activations: Vec<ActivationJson<'a>>,
}

#[derive(Debug, Serialize)]
struct TargetJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct ActivationJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
    start: String,
    end: Option<String>,
}

impl<'a> DowntimeJson<'a> {
    /// A downtime as it stands at `now`, times in `zone`.
    pub fn new(downtime: &'a Downtime, now: Instant, zone: Zone) -> Self {
        let ended = downtime.ended(now);
        let parent = downtime.id.as_str().split_once('@').map(|(parent, _)| parent);
        let of_rule = downtime.id.is_of_rule();
        Self {
            id: Some(downtime.id.as_str()),
            r#type: "downtime",
            state: downtime.state(now).name(),
            kind: downtime.kind.name(),
            duration: None,
            targets: downtime.holdings.iter().map(|holding| target(holding, now)).collect(),
            start: zone.rfc3339(downtime.window.start()),
            end: zone.rfc3339(downtime.window.end()),
            timezone: downtime.timezone.name(),
            planned_end: zone.rfc3339(downtime.planned_end),
            ended_at: ended.map(|(at, _)| zone.rfc3339(at)),
            ended_by: ended.and_then(|(_, by)| by),
            comment: &downtime.terms.comment,
            name: downtime.terms.name.as_deref(),
            ticket: downtime.terms.ticket.as_deref(),
            key: downtime.terms.key.as_deref(),
            author: &downtime.author,
            entry_time: zone.rfc3339(downtime.entry_time),
            origin: downtime.origin.name(),
            series: parent.filter(|_| !of_rule),
            rule: parent.filter(|_| of_rule),
            occurrence: downtime.id.as_str().split_once('@').map(|(_, nominal)| nominal),
            suspend_monitoring: downtime.terms.suspend_monitoring,
            until_ok: false,
            retroactive: downtime.was_entered_afterwards(),
            r#override: downtime.terms.override_reason.as_deref(),
            activations: downtime.holdings.iter().flat_map(|holding| activations(holding, now, zone)).collect(),
        }
    }

    /// The series or rule that the occurrence stands for, with the window of its first one.
    #[must_use]
    pub fn standing_for(mut self, whole: &'a Whole, zone: Zone) -> Self {
        let (terms, first) = (&whole.plan.terms, whole.plan.recurrence.first);
        self.id = Some(whole.id.as_str());
        self.r#type = if whole.is_rule() { "rule" } else { "series" };
        (self.start, self.end) = (zone.rfc3339(first.start()), zone.rfc3339(first.end()));
        self.planned_end.clone_from(&self.end);
        (self.series, self.occurrence) = (None, None);
        self.rule = whole.is_rule().then_some(whole.id.as_str());
        (self.comment, self.name) = (&terms.comment, terms.name.as_deref());
        (self.ticket, self.key) = (terms.ticket.as_deref(), terms.key.as_deref());
        self.suspend_monitoring = terms.suspend_monitoring;
        self.r#override = terms.override_reason.as_deref();
        self.timezone = whole.plan.recurrence.timezone.name();
        self
    }

    /// The same without an id: a downtime that was not made.
    #[must_use]
    pub fn not_made(mut self) -> Self {
        self.id = None;
        self
    }
}

fn target(holding: &Holding, now: Instant) -> TargetJson<'_> {
    TargetJson {
        host: &holding.target.host,
        service: holding.target.service.as_deref(),
        state: holding.state(now).name(),
    }
}

fn activations(holding: &Holding, now: Instant, zone: Zone) -> impl Iterator<Item = ActivationJson<'_>> {
    holding.spans.iter().filter(move |span| span.start() <= now).map(move |span| ActivationJson {
        host: &holding.target.host,
        service: holding.target.service.as_deref(),
        start: zone.rfc3339(span.start()),
        end: (span.end() <= now).then(|| zone.rfc3339(span.end())),
    })
}
