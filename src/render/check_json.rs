//! Whether an object is in downtime, as JSON. A promise to scripts: keys are only ever added.

use serde::Serialize;

use crate::clock::Instant;
use crate::downtime::cover::{Cover, Hold};
use crate::downtime::target::Target;
use crate::when::zone::Zone;

/// The object, in its order of keys.
#[derive(Debug, Serialize)]
pub struct CheckJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
    at: String,
    in_downtime: bool,
    until: Option<String>,
    monitoring_suspended: bool,
    downtimes: Vec<HoldJson<'a>>,
}

/// One downtime that holds it, for one activation.
#[derive(Debug, Serialize)]
pub struct HoldJson<'a> {
    id: &'a str,
    via: &'static str,
    kind: &'static str,
    start: String,
    end: String,
    comment: &'a str,
}

impl<'a> CheckJson<'a> {
    /// What is known of an object at an instant, times in `zone`.
    pub fn new(object: &'a Target, cover: &'a Cover, at: Instant, zone: Zone) -> Self {
        Self {
            host: &object.host,
            service: object.service.as_deref(),
            at: zone.rfc3339(at),
            in_downtime: cover.in_downtime(),
            until: cover.until.map(|until| zone.rfc3339(until)),
            monitoring_suspended: cover.monitoring_suspended(),
            downtimes: cover.holds.iter().map(|hold| HoldJson::new(hold, zone)).collect(),
        }
    }
}

impl<'a> HoldJson<'a> {
    /// One activation, times in `zone`.
    pub fn new(hold: &'a Hold, zone: Zone) -> Self {
        Self {
            id: hold.id.as_str(),
            via: hold.via.name(),
            kind: hold.kind.name(),
            start: zone.rfc3339(hold.span.start()),
            end: zone.rfc3339(hold.span.end()),
            comment: &hold.comment,
        }
    }
}
