//! Why an object is in downtime or is not, as JSON. A promise to scripts: keys are only ever added.

use serde::Serialize;

use super::check_json::{CheckJson, HoldJson};
use crate::clock::Instant;
use crate::downtime::explain::{Explanation, Idle};
use crate::downtime::id::DowntimeId;
use crate::downtime::near_miss::{NearMiss, Reason};
use crate::downtime::target::Target;
use crate::when::zone::Zone;

/// The object of `check`, and what explains it.
#[derive(Debug, Serialize)]
pub struct ExplainJson<'a> {
    #[serde(flatten)]
    check: CheckJson<'a>,
    chain: Vec<LinkJson<'a>>,
    near_misses: Vec<NearMissJson<'a>>,
    next: Option<HoldJson<'a>>,
    last: Option<HoldJson<'a>>,
    idle: Vec<IdleJson<'a>>,
}

/// A rule that is for the object and makes no occurrences.
#[derive(Debug, Serialize)]
struct IdleJson<'a> {
    rule: &'a str,
    reason: &'static str,
    stopped_at: Option<String>,
    stopped_by: Option<&'a str>,
    comment: &'a str,
}

#[derive(Debug, Serialize)]
struct LinkJson<'a> {
    id: &'a str,
    until: String,
}

#[derive(Debug, Serialize)]
struct NearMissJson<'a> {
    id: &'a str,
    reason: &'static str,
    targets: Vec<TargetJson<'a>>,
    start: String,
    end: String,
    seconds: i64,
    planned_end: Option<String>,
    released_at: Option<String>,
    released_by: Option<&'a str>,
    condition: Option<&'a str>,
    instead: Option<&'a str>,
    comment: &'a str,
}

#[derive(Debug, Serialize)]
struct TargetJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
}

impl<'a> ExplainJson<'a> {
    /// The explanation for an object at an instant, times in `zone`.
    pub fn new(object: &'a Target, explanation: &'a Explanation, at: Instant, zone: Zone) -> Self {
        let link = |(id, until): &'a (DowntimeId, Instant)| LinkJson { id: id.as_str(), until: zone.rfc3339(*until) };
        Self {
            check: CheckJson::new(object, &explanation.cover, at, zone),
            chain: explanation.chain.iter().map(link).collect(),
            near_misses: explanation.near_misses.iter().map(|miss| near_miss(miss, zone)).collect(),
            next: explanation.next.as_ref().map(|hold| HoldJson::new(hold, zone)),
            last: explanation.last.as_ref().map(|hold| HoldJson::new(hold, zone)),
            idle: explanation.idle.iter().map(|idle| IdleJson::new(idle, zone)).collect(),
        }
    }
}

impl<'a> IdleJson<'a> {
    fn new(Idle { rule, stopped, comment }: &'a Idle, zone: Zone) -> Self {
        Self {
            rule: rule.as_str(),
            reason: if stopped.is_some() { "stopped" } else { "disabled" },
            stopped_at: stopped.as_ref().map(|release| zone.rfc3339(release.at)),
            stopped_by: stopped.as_ref().map(|release| release.by.as_str()),
            comment,
        }
    }
}

fn near_miss(miss: &NearMiss, zone: Zone) -> NearMissJson<'_> {
    let release = miss.reason.release();
    let planned = match &miss.reason {
        Reason::Ended { planned } => *planned,
        _ => None,
    };
    let (condition, instead) = match &miss.reason {
        Reason::Unmet { condition, instead } => (Some(condition.as_str()), instead.as_deref()),
        _ => (None, None),
    };
    NearMissJson {
        id: miss.id.as_str(),
        reason: miss.reason.name(),
        targets: (miss.targets.iter())
            .map(|target| TargetJson { host: &target.host, service: target.service.as_deref() })
            .collect(),
        start: zone.rfc3339(miss.span.start()),
        end: zone.rfc3339(miss.span.end()),
        seconds: miss.seconds,
        planned_end: planned.map(|planned| zone.rfc3339(planned)),
        released_at: release.map(|release| zone.rfc3339(release.at)),
        released_by: release.map(|release| release.by.as_str()),
        condition,
        instead,
        comment: &miss.comment,
    }
}
