//! A row of history as JSON. A promise to scripts: keys are only ever added.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::series_json::RepeatJson;
use crate::clock::Instant;
use crate::downtime::story::{Changed, Changes, Row, Said};
use crate::downtime::target::Target;
use crate::when::zone::Zone;

/// The object, in its order of keys.
#[derive(Debug, Serialize)]
pub struct HistoryJson<'a> {
    seq: Option<u64>,
    time: String,
    written: Option<String>,
    event: &'static str,
    id: Option<&'a str>,
    host: Option<&'a str>,
    service: Option<&'a str>,
    author: Option<&'a str>,
    comment: Option<&'a str>,
    detail: Map<String, Value>,
}

impl<'a> HistoryJson<'a> {
    /// A row, times in `zone`.
    pub fn new(row: &'a Row, zone: Zone) -> Self {
        Self {
            seq: row.sequence,
            time: zone.rfc3339(row.time),
            written: row.written.map(|written| zone.rfc3339(written)),
            event: row.happening.name(),
            id: row.id.as_ref().map(crate::downtime::id::DowntimeId::as_str),
            host: row.target.as_ref().map(|target| target.host.as_str()),
            service: row.target.as_ref().and_then(|target| target.service.as_deref()),
            author: Some(row.author.as_str()).filter(|author| !author.is_empty()),
            comment: row.comment.as_deref(),
            detail: detail(row, zone),
        }
    }
}

fn detail(row: &Row, zone: Zone) -> Map<String, Value> {
    let mut detail = Map::new();
    let mut put = |key: &str, value: Option<Value>| detail.extend(value.map(|value| (key.to_owned(), value)));
    let time = |instant: Option<Instant>| instant.map(|instant| Value::from(zone.rfc3339(instant)));
    put("start", time(row.detail.start));
    put("end", time(row.detail.end));
    put("from", time(row.detail.from));
    put("targets", row.detail.targets.map(Value::from));
    let Changes { fields, added, removed } = &row.detail.changes;
    let names = |targets: &[Target]| targets.iter().map(ToString::to_string).collect::<Value>();
    put("changes", (!fields.is_empty()).then(|| changes(fields, zone)));
    put("added", (!added.is_empty()).then(|| names(added)));
    put("removed", (!removed.is_empty()).then(|| names(removed)));
    put("rule", row.detail.rule.map(Value::from));
    put("retroactive", row.detail.retroactive.then_some(Value::Bool(true)));
    put("override", row.detail.override_reason.clone().map(Value::from));
    put("undoes", row.detail.undoes.map(Value::from));
    put("sources", (!row.detail.sources.is_empty()).then(|| Value::from(row.detail.sources.clone())));
    put("source", row.detail.from_log.then(|| Value::from("log")));
    put("events", row.detail.events.map(Value::from));
    detail
}

/// Each field that an edit changed, with what it was and what it is.
fn changes(fields: &[Changed], zone: Zone) -> Value {
    let said = |said: &Said| match said {
        Said::Nothing => Value::Null,
        Said::Text(text) => Value::from(text.as_str()),
        Said::Time(time) => Value::from(zone.rfc3339(*time)),
        Said::Flag(flag) => Value::Bool(*flag),
        Said::Repetition(recurrence) => recurrence.as_ref().map_or(Value::Null, |it| json!(RepeatJson::new(it))),
    };
    let change =
        |change: &Changed| (change.field.to_owned(), json!({"from": said(&change.from), "to": said(&change.to)}));
    Value::Object(fields.iter().map(change).collect())
}
