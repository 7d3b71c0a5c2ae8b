//! A calendar for machines. A promise to scripts: keys are only ever added.

use serde::Serialize;

use super::{Calendar, Day, Entry};
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::{self, Interval};
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::render::csv;
use crate::render::downtime_json::DowntimeJson;
use crate::when::zone::Zone;

/// All of a calendar.
#[derive(Debug, Serialize)]
pub struct CalendarJson<'a> {
    #[serde(flatten)]
    range: RangeJson,
    days: Vec<DayJson<'a>>,
    downtimes: Vec<DowntimeJson<'a>>,
    freezes: Vec<FreezeJson<'a>>,
    overlaps: Vec<OverlapJson<'a>>,
    conflicts: Vec<ConflictJson<'a>>,
}

/// One line of a calendar.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineJson<'a> {
    /// Which days; the first line.
    Calendar(RangeJson),
    /// A day.
    Day(DayJson<'a>),
    /// A downtime that is on any of them.
    Downtime {
        /// As in `list`; it has a `kind` of its own.
        downtime: Box<DowntimeJson<'a>>,
    },
    /// A freeze.
    Freeze(FreezeJson<'a>),
    /// Two downtimes that overlap.
    Overlap(OverlapJson<'a>),
    /// A downtime in a freeze.
    Conflict(ConflictJson<'a>),
}

/// Which days are shown.
#[derive(Debug, Serialize)]
pub struct RangeJson {
    from: Option<String>,
    until: Option<String>,
    timezone: String,
}

/// A day.
#[derive(Debug, Serialize)]
pub struct DayJson<'a> {
    date: String,
    start: String,
    end: String,
    freezes: Vec<&'a str>,
    downtimes: Vec<EntryJson<'a>>,
}

#[derive(Debug, Serialize)]
struct EntryJson<'a> {
    id: &'a str,
    state: &'static str,
    start: String,
    end: String,
    overlaps: Vec<&'a str>,
    conflicts: Vec<&'a str>,
}

/// A freeze.
#[derive(Debug, Serialize)]
pub struct FreezeJson<'a> {
    name: &'a str,
    start: String,
    end: String,
    everything: bool,
}

/// Two downtimes that overlap.
#[derive(Debug, Serialize)]
pub struct OverlapJson<'a> {
    ids: [&'a str; 2],
    start: Option<String>,
    end: Option<String>,
    seconds: i64,
    targets: Vec<ObjectJson<'a>>,
}

/// A downtime in a freeze.
#[derive(Debug, Serialize)]
pub struct ConflictJson<'a> {
    id: &'a str,
    freeze: &'a str,
    start: Option<String>,
    end: Option<String>,
    seconds: i64,
    targets: Vec<ObjectJson<'a>>,
    r#override: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ObjectJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
}

impl<'a> CalendarJson<'a> {
    /// A calendar with the downtimes on it.
    pub fn new(calendar: &'a Calendar<'a>, downtimes: Vec<DowntimeJson<'a>>) -> Self {
        let zone = calendar.zone;
        Self {
            range: RangeJson {
                from: calendar.range().map(|range| zone.rfc3339(range.start())),
                until: calendar.range().map(|range| zone.rfc3339(range.end())),
                timezone: zone.name(),
            },
            days: calendar.days.iter().filter_map(|day| self::day(calendar, day)).collect(),
            downtimes,
            freezes: calendar
                .freezes
                .iter()
                .map(|freeze| FreezeJson {
                    name: &freeze.name,
                    start: zone.rfc3339(freeze.interval.start()),
                    end: zone.rfc3339(freeze.interval.end()),
                    everything: freeze.everything,
                })
                .collect(),
            overlaps: calendar
                .overlaps
                .iter()
                .map(|overlap| {
                    let Time { start, end, seconds } = Time::of(&overlap.spans, zone);
                    let ids = overlap.ids.each_ref().map(DowntimeId::as_str);
                    OverlapJson { ids, start, end, seconds, targets: objects(&overlap.targets) }
                })
                .collect(),
            conflicts: calendar
                .conflicts
                .iter()
                .map(|conflict| {
                    let Time { start, end, seconds } = Time::of(&conflict.spans, zone);
                    ConflictJson {
                        id: conflict.id.as_str(),
                        freeze: &conflict.freeze,
                        start,
                        end,
                        seconds,
                        targets: objects(&conflict.targets),
                        r#override: conflict.lifted_by.as_deref(),
                    }
                })
                .collect(),
        }
    }

    /// The same in lines.
    pub fn lines(self) -> Vec<LineJson<'a>> {
        let mut lines = vec![LineJson::Calendar(self.range)];
        lines.extend(self.days.into_iter().map(LineJson::Day));
        lines.extend(self.downtimes.into_iter().map(|downtime| LineJson::Downtime { downtime: Box::new(downtime) }));
        lines.extend(self.freezes.into_iter().map(LineJson::Freeze));
        lines.extend(self.overlaps.into_iter().map(LineJson::Overlap));
        lines.extend(self.conflicts.into_iter().map(LineJson::Conflict));
        lines
    }
}

/// The time that spans take: from the first to the last, and seconds within.
struct Time {
    start: Option<String>,
    end: Option<String>,
    seconds: i64,
}

impl Time {
    fn of(spans: &[Interval], zone: Zone) -> Self {
        Self {
            start: spans.first().map(|span| zone.rfc3339(span.start())),
            end: spans.last().map(|span| zone.rfc3339(span.end())),
            seconds: interval::total(spans),
        }
    }
}

fn day<'a>(calendar: &'a Calendar<'a>, day: &'a Day<'a>) -> Option<DayJson<'a>> {
    let interval = day.interval()?;
    Some(DayJson {
        date: day.date.to_string(),
        start: calendar.zone.rfc3339(interval.start()),
        end: calendar.zone.rfc3339(interval.end()),
        freezes: calendar.freezes_on(day).map(|freeze| freeze.name.as_str()).collect(),
        downtimes: day.entries.iter().map(|entry| self::entry(calendar, entry)).collect(),
    })
}

fn entry<'a>(calendar: &Calendar<'_>, entry: &'a Entry<'a>) -> EntryJson<'a> {
    EntryJson {
        id: entry.downtime.id.as_str(),
        state: entry.state.name(),
        start: calendar.zone.rfc3339(entry.span.start()),
        end: calendar.zone.rfc3339(entry.span.end()),
        overlaps: entry.overlaps.iter().map(DowntimeId::as_str).collect(),
        conflicts: entry.conflicts.iter().map(String::as_str).collect(),
    }
}

fn objects(targets: &[Target]) -> Vec<ObjectJson<'_>> {
    targets.iter().map(|target| ObjectJson { host: &target.host, service: target.service.as_deref() }).collect()
}

/// One row for each downtime on each day.
pub fn csv(calendar: &Calendar<'_>) -> Outcome<String> {
    let header =
        ["date", "id", "state", "start", "end", "targets", "author", "name", "comment", "overlaps", "conflicts"];
    let zone = calendar.zone;
    let days = calendar.days.iter().filter_map(|day| Some((day, day.interval()?)));
    let rows = days.flat_map(|(day, interval)| {
        day.entries.iter().map(move |entry| {
            let names = |names: Vec<String>| names.join(", ");
            vec![
                day.date.to_string(),
                entry.downtime.id.to_string(),
                entry.state.name().to_owned(),
                zone.rfc3339(entry.span.start()),
                zone.rfc3339(entry.span.end()),
                names(entry.targets(interval).iter().map(ToString::to_string).collect()),
                entry.downtime.author.clone(),
                entry.downtime.terms.name.clone().unwrap_or_default(),
                entry.downtime.terms.comment.clone(),
                names(entry.overlaps.iter().map(ToString::to_string).collect()),
                names(entry.conflicts.clone()),
            ]
        })
    });
    csv::document(&header, rows)
}
