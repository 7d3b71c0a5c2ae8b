//! A report as JSON (the contract's section 7). A promise to scripts: keys are only ever added.
//!
//! JSON Lines: a line of kind `report` (range, options, basis, notes), one of kind `object` for each object, and one of
//! kind `summary`; their keys are those of the document.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::availability::assess::{ObjectReport, Report};
use crate::availability::class::{Class, ObjectKind, PerClass};
use crate::availability::figures::{Lengths, Summary, four_decimals};
use crate::availability::options::Options;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::render::json;
use crate::when::zone::Zone;

/// What a report stands on: the same basis and options give the same figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The journal's sequence number; `None` without a journal.
    pub sequence: Option<u64>,
    /// A hash of the accepted events.
    pub events: String,
    /// The newest event.
    pub newest_event: Option<Instant>,
    /// The release of the time zone database.
    pub tzdata: String,
}

/// A report with all that its document holds.
#[derive(Debug, Clone, Copy)]
pub struct Document<'d> {
    /// The report.
    pub report: &'d Report<'d>,
    /// The options in effect.
    pub options: &'d Options,
    /// What it stands on.
    pub basis: &'d Basis,
    /// What its reader should know.
    pub notes: &'d [String],
    /// The zone of its times.
    pub zone: Zone,
}

/// Writes the one document and a newline.
pub fn write(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    let whole = Whole { head: document.head(), objects: Objects(document.report), summary: document.summary() };
    line(&whole, out)
}

/// Writes JSON Lines.
pub fn write_lines(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    line(&Kind { kind: "report", body: document.head() }, out)?;
    for object in &document.report.objects {
        line(&Kind { kind: "object", body: ObjectJson::new(object) }, out)?;
    }
    line(&Kind { kind: "summary", body: document.summary() }, out)
}

fn line(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    json::write(value, out)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Kind<T> {
    kind: &'static str,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct Whole<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    objects: Objects<'d>,
    summary: SummaryJson,
}

#[derive(Serialize)]
struct Head<'d> {
    range: RangeJson,
    options: &'d Options,
    basis: BasisJson<'d>,
    notes: &'d [String],
}

#[derive(Serialize)]
struct RangeJson {
    from: String,
    until: String,
    seconds: i64,
}

#[derive(Serialize)]
struct BasisJson<'d> {
    sequence: Option<u64>,
    events: &'d str,
    newest_event: Option<String>,
    tzdata: &'d str,
}

impl<'d> Document<'d> {
    fn head(&self) -> Head<'d> {
        Head {
            range: range(self.report.range, self.zone),
            options: self.options,
            basis: BasisJson {
                sequence: self.basis.sequence,
                events: &self.basis.events,
                newest_event: self.basis.newest_event.map(|newest| self.zone.rfc3339(newest)),
                tzdata: &self.basis.tzdata,
            },
            notes: self.notes,
        }
    }

    fn summary(&self) -> SummaryJson {
        SummaryJson {
            hosts: self.report.hosts.as_ref().map(KindSummary::new),
            services: self.report.services.as_ref().map(KindSummary::new),
        }
    }
}

fn range(range: Interval, zone: Zone) -> RangeJson {
    RangeJson { from: zone.rfc3339(range.start()), until: zone.rfc3339(range.end()), seconds: range.seconds() }
}

struct Objects<'d>(&'d Report<'d>);

impl Serialize for Objects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.objects.iter().map(ObjectJson::new))
    }
}

#[derive(Serialize)]
struct ObjectJson<'d> {
    host: &'d str,
    service: Option<&'d str>,
    total: i64,
    considered: i64,
    seconds: ByClass<i64>,
    percent: ByClass<Option<f64>>,
    phases: ByClass<LengthsJson>,
    availability: Option<f64>,
    coverage: Option<f64>,
    slo: Option<f64>,
    suspended: i64,
    retroactive: i64,
    outages: LengthsJson,
    mtbf: Option<i64>,
    mttr: Option<i64>,
}

impl<'d> ObjectJson<'d> {
    fn new(object: &'d ObjectReport<'_>) -> Self {
        let figures = &object.figures;
        let kind = figures.kind;
        Self {
            host: &object.target.host,
            service: object.target.service.as_deref(),
            total: figures.total,
            considered: figures.considered,
            seconds: ByClass::of(kind, |class| figures.seconds[class]),
            percent: ByClass::of(kind, |class| figures.share(class).percent()),
            phases: ByClass::of(kind, |class| (&figures.phases[class]).into()),
            availability: figures.availability().percent(),
            coverage: figures.coverage().percent(),
            slo: figures.slo().percent(),
            suspended: figures.suspended,
            retroactive: figures.retroactive,
            outages: (&figures.outages).into(),
            mtbf: figures.mtbf(),
            mttr: figures.mttr(),
        }
    }
}

/// An object with a key for each class of a kind of object.
struct ByClass<T> {
    kind: ObjectKind,
    values: PerClass<T>,
}

impl<T: Copy + Default> ByClass<T> {
    fn of(kind: ObjectKind, value: impl Fn(Class) -> T) -> Self {
        let mut values = PerClass::default();
        for &class in kind.classes() {
            values[class] = value(class);
        }
        Self { kind, values }
    }
}

impl<T: Serialize> Serialize for ByClass<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let classes = self.kind.classes();
        let mut map = serializer.serialize_map(Some(classes.len()))?;
        for &class in classes {
            map.serialize_entry(class.name(), &self.values[class])?;
        }
        map.end()
    }
}

#[derive(Clone, Copy, Default, Serialize)]
struct LengthsJson {
    count: i64,
    shortest: Option<i64>,
    longest: Option<i64>,
    mean: Option<i64>,
}

impl From<&Lengths> for LengthsJson {
    fn from(lengths: &Lengths) -> Self {
        Self { count: lengths.count, shortest: lengths.shortest, longest: lengths.longest, mean: lengths.mean() }
    }
}

#[derive(Serialize)]
struct SummaryJson {
    hosts: Option<KindSummary>,
    services: Option<KindSummary>,
}

#[derive(Serialize)]
struct KindSummary {
    objects: usize,
    availability: Option<f64>,
    percent: ByClass<Option<f64>>,
    seconds: ByClass<i64>,
}

impl KindSummary {
    fn new(summary: &Summary) -> Self {
        Self {
            objects: summary.objects,
            availability: summary.availability.map(four_decimals),
            percent: ByClass::of(summary.kind, |class| summary.percent[class].map(four_decimals)),
            seconds: ByClass::of(summary.kind, |class| summary.seconds[class]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::report_fixture::{basis, berlin, log, report};

    fn written(write: impl Fn(&Document<'_>, &mut Vec<u8>) -> io::Result<()>) -> String {
        let (log, options) = (log(), Options::default());
        let report = report(&log, &options);
        let notes = ["the log ends before the range does".to_owned()];
        let document = Document { report: &report, options: &options, basis: &basis(), notes: &notes, zone: berlin() };
        let mut out = Vec::new();
        write(&document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_documents_keys_come_in_the_contracts_order() {
        let text = written(write);
        let keys = ["range", "options", "basis", "notes", "objects", "summary"];
        let places: Vec<usize> = keys.iter().map(|key| text.find(&format!(r#""{key}":"#)).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
        assert!(text.starts_with(
            r#"{"range":{"from":"2026-11-01T00:00:00+01:00","until":"2026-11-02T00:00:00+01:00","seconds":86400},"#
        ));
        assert!(text.contains(
            r#""basis":{"sequence":71,"events":"5f2c","newest_event":"2026-11-02T00:00:00+01:00","tzdata":"2025b"},"#
        ));
        assert!(text.contains(r#""notes":["the log ends before the range does"],"#));
    }

    #[test]
    fn an_object_has_the_contracts_keys_in_their_order_and_every_class_of_its_kind() {
        let log = log();
        let report = report(&log, &Options::default());
        let text = serde_json::to_string(&ObjectJson::new(&report.objects[2])).unwrap();
        let none = r#"{"count":0,"shortest":null,"longest":null,"mean":null}"#;
        insta::assert_snapshot!(text.replace(none, "NONE").replace(",\"", ",\n\""), @r#"
        {"host":"web01",
        "service":"HTTP",
        "total":86400,
        "considered":86400,
        "seconds":{"ok":72000,
        "warn":0,
        "crit":3600,
        "unknown":0,
        "flapping":0,
        "host_down":0,
        "in_downtime":10800,
        "outof_notification_period":0,
        "unmonitored":0},
        "percent":{"ok":83.3333,
        "warn":0.0,
        "crit":4.1667,
        "unknown":0.0,
        "flapping":0.0,
        "host_down":0.0,
        "in_downtime":12.5,
        "outof_notification_period":0.0,
        "unmonitored":0.0},
        "phases":{"ok":{"count":2,
        "shortest":36000,
        "longest":36000,
        "mean":36000},
        "warn":NONE,
        "crit":{"count":1,
        "shortest":3600,
        "longest":3600,
        "mean":3600},
        "unknown":NONE,
        "flapping":NONE,
        "host_down":NONE,
        "in_downtime":{"count":1,
        "shortest":10800,
        "longest":10800,
        "mean":10800},
        "outof_notification_period":NONE,
        "unmonitored":NONE},
        "availability":83.3333,
        "coverage":100.0,
        "slo":95.2381,
        "suspended":0,
        "retroactive":0,
        "outages":{"count":1,
        "shortest":3600,
        "longest":3600,
        "mean":3600},
        "mtbf":72000,
        "mttr":3600}
        "#);
    }

    #[test]
    fn json_lines_have_a_head_a_line_for_each_object_and_a_summary() {
        let lines: Vec<serde_json::Value> =
            written(write_lines).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let kinds: Vec<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["report", "object", "object", "object", "object", "summary"]);
        assert_eq!(lines[0]["range"]["seconds"], 86_400);
        assert_eq!(lines[3]["service"], "HTTP");
        assert_eq!(lines[5]["services"]["objects"], 3);
    }

    #[test]
    fn nothing_considered_is_null_throughout() {
        let document: serde_json::Value = serde_json::from_str(&written(write)).unwrap();
        let idle = &document["objects"][3];
        assert_eq!((&idle["service"], &idle["considered"]), (&"idle".into(), &0.into()));
        for figure in ["availability", "slo", "mtbf", "mttr"] {
            assert!(idle[figure].is_null(), "{figure}");
        }
        assert!(idle["percent"].as_object().unwrap().values().all(serde_json::Value::is_null));
        assert_eq!(idle["coverage"], 0.0);
    }

    #[test]
    fn kinds_without_objects_have_no_summary() {
        let log = log();
        let options = Options::default();
        let mut report = report(&log, &options);
        report.hosts = None;
        let document = Document { report: &report, options: &options, basis: &basis(), notes: &[], zone: berlin() };
        let mut out = Vec::new();
        write(&document, &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains(r#""summary":{"hosts":null,"services":{"#));
    }
}
