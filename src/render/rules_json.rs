//! Rules as JSON. A promise to scripts: keys are only ever added.

use serde::Serialize;

use crate::downtime::record::Downtime;
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
    timezone: String,
    start: String,
    end: String,
    r#match: String,
    hosts: usize,
    services: usize,
    next: Option<NextJson<'a>>,
    declared: PlaceJson<'a>,
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
    /// A rule with its next occurrence and how many hosts and services it covers now, times in `zone`.
    pub fn new(declared: &'a Declared, next: Option<&'a Downtime>, hosts: usize, services: usize, zone: Zone) -> Self {
        let Declared { rule, matching, disabled, place } = declared;
        let recurrence = &rule.plan.recurrence;
        Self {
            name: &rule.name,
            disabled: *disabled,
            comment: &rule.plan.terms.comment,
            ticket: rule.plan.terms.ticket.as_deref(),
            suspend_monitoring: rule.plan.terms.suspend_monitoring,
            repeats: recurrence.sentence(),
            timezone: recurrence.timezone.name(),
            start: zone.rfc3339(recurrence.first.start()),
            end: zone.rfc3339(recurrence.first.end()),
            r#match: matching.to_string(),
            hosts,
            services,
            next: next.map(|next| NextJson::new(next, zone)),
            declared: PlaceJson { file: &place.file, line: place.line, column: place.column },
        }
    }
}
