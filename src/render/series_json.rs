//! A series or rule as JSON: the keys of a downtime, how it repeats, and its running and next occurrence.

use serde::Serialize;

use super::downtime_json::DowntimeJson;
use crate::clock::Instant;
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::{Except, Pattern, Recurrence, Until};
use crate::downtime::whole::Whole;
use crate::when::zone::Zone;

/// How something repeats.
#[derive(Debug, Serialize)]
pub struct RepeatJson {
    mode: Option<&'static str>,
    rrule: Option<String>,
    interval: u32,
    until: Option<String>,
    count: Option<u64>,
    except: Vec<String>,
    timezone: String,
    wall_end: Option<String>,
    wall_days: u32,
}

impl RepeatJson {
    /// A recurrence; instants in its own zone.
    pub fn new(recurrence: &Recurrence) -> Self {
        let (mode, rrule, interval) = match &recurrence.pattern {
            Pattern::Every { mode, interval } => (Some(mode.name()), None, *interval),
            Pattern::Rrule(rule) => (None, Some(rule.as_str().to_owned()), 1),
        };
        let zone = recurrence.timezone;
        Self {
            mode,
            rrule,
            interval,
            until: recurrence.until.map(|until| match until {
                Until::Date(date) => date.to_string(),
                Until::Instant(instant) => zone.rfc3339(instant),
            }),
            count: recurrence.count,
            except: recurrence
                .except
                .iter()
                .map(|except| match except {
                    Except::Date(date) => date.to_string(),
                    Except::Local(time) => crate::downtime::recurrence::Nominal::Local(*time).to_string(),
                    Except::Start(instant) => zone.rfc3339(*instant),
                })
                .collect(),
            timezone: zone.name(),
            wall_end: recurrence.wall_end.map(|wall| wall.at.to_string()),
            wall_days: recurrence.wall_end.map_or(0, |wall| wall.days),
        }
    }
}

/// An occurrence in short.
#[derive(Debug, Serialize)]
pub struct OccurrenceJson {
    id: String,
    start: String,
    end: String,
}

impl OccurrenceJson {
    fn new(occurrence: &Downtime, zone: Zone) -> Self {
        Self {
            id: occurrence.id.to_string(),
            start: zone.rfc3339(occurrence.window.start()),
            end: zone.rfc3339(occurrence.window.end()),
        }
    }
}

/// A series or rule.
#[derive(Debug, Serialize)]
pub struct SeriesJson<'a> {
    #[serde(flatten)]
    shown: DowntimeJson<'a>,
    repeat: RepeatJson,
    running: Option<OccurrenceJson>,
    next: Option<OccurrenceJson>,
}

impl<'a> SeriesJson<'a> {
    /// It as it stands at `now`, times in `zone`; targets and activations are those of the occurrence that stands for it.
    pub fn new(whole: &'a Whole, now: Instant, zone: Zone) -> Self {
        Self {
            shown: DowntimeJson::new(&whole.shown, now, zone).standing_for(whole, zone),
            repeat: RepeatJson::new(&whole.plan.recurrence),
            running: whole.running.as_ref().map(|occurrence| OccurrenceJson::new(occurrence, zone)),
            next: whole.next.as_ref().map(|occurrence| OccurrenceJson::new(occurrence, zone)),
        }
    }
}

impl SeriesJson<'_> {
    /// The same without an id: a series that was not made.
    #[must_use]
    pub fn not_made(mut self) -> Self {
        self.shown = self.shown.not_made();
        self
    }
}

/// What people did to the occurrences of a rule.
#[derive(Debug, Serialize)]
pub struct ExceptionsJson<'a> {
    id: &'a str,
    r#type: &'static str,
    state: &'static str,
    stopped_at: Option<String>,
    stopped_by: Option<&'a str>,
}

/// Anything that a change may touch.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum KeptJson<'a> {
    /// A downtime or occurrence.
    Downtime(Box<DowntimeJson<'a>>),
    /// A series.
    Series(Box<SeriesJson<'a>>),
    /// A rule.
    Rule(ExceptionsJson<'a>),
}

impl<'a> KeptJson<'a> {
    /// It as it stands at `now`; `whole` is the series as a whole, if it is one.
    pub fn new(kept: &'a Kept, whole: Option<&'a Whole>, now: Instant, zone: Zone) -> Self {
        match (kept, whole) {
            (Kept::Downtime(downtime), _) => Self::Downtime(Box::new(DowntimeJson::new(downtime, now, zone))),
            (_, Some(whole)) => Self::Series(Box::new(SeriesJson::new(whole, now, zone))),
            (kept, None) => {
                let stopped = match kept {
                    Kept::Rule(rule) => rule.stopped(),
                    _ => None,
                };
                Self::Rule(ExceptionsJson {
                    id: kept.id().as_str(),
                    r#type: "rule",
                    state: if stopped.is_some() { "stopped" } else { "in_force" },
                    stopped_at: stopped.map(|release| zone.rfc3339(release.at)),
                    stopped_by: stopped.map(|release| release.by.as_str()),
                })
            }
        }
    }
}
