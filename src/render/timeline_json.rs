//! Timelines as JSON (the contract's section 7): an array with an object for each host or service; as JSON Lines, a line
//! for each. A promise to scripts: keys are only ever added.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::availability::assess::ObjectReport;
use crate::availability::class::Class;
use crate::availability::classify::ClassSpan;
use crate::render::json;
use crate::when::zone::Zone;

/// Writes the one document and a newline.
pub fn write(objects: &[ObjectReport<'_>], zone: Zone, out: &mut impl Write) -> io::Result<()> {
    json::serializer(&mut *out).collect_seq(objects.iter().map(|object| TimelineJson::new(object, zone)))?;
    out.write_all(b"\n")
}

/// Writes JSON Lines.
pub fn write_lines(objects: &[ObjectReport<'_>], zone: Zone, out: &mut impl Write) -> io::Result<()> {
    for object in objects {
        json::write(&TimelineJson::new(object, zone), out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct TimelineJson<'d> {
    host: &'d str,
    service: Option<&'d str>,
    spans: Spans<'d>,
}

impl<'d> TimelineJson<'d> {
    fn new(object: &'d ObjectReport<'_>, zone: Zone) -> Self {
        Self {
            host: &object.target.host,
            service: object.target.service.as_deref(),
            spans: Spans { spans: &object.spans, zone },
        }
    }
}

struct Spans<'d> {
    spans: &'d [ClassSpan<'d>],
    zone: Zone,
}

impl Serialize for Spans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.spans.iter().map(|span| SpanJson {
            from: self.zone.rfc3339(span.interval.start()),
            until: self.zone.rfc3339(span.interval.end()),
            class: span.class,
            output: span.output,
        }))
    }
}

#[derive(Serialize)]
struct SpanJson<'d> {
    from: String,
    until: String,
    class: Class,
    output: Option<&'d str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::options::Options;
    use crate::render::report_fixture::{berlin, log, report};

    #[test]
    fn every_object_has_its_spans_with_what_the_plugin_said() {
        let log = log();
        let report = report(&log, &Options::default());
        let mut out = Vec::new();
        write(&report.objects[2..], berlin(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        insta::assert_snapshot!(text.replace("{\"from\"", "\n{\"from\""), @r#"
        [{"host":"web01","service":"HTTP","spans":[
        {"from":"2026-11-01T00:00:00+01:00","until":"2026-11-01T10:00:00+01:00","class":"ok","output":null},
        {"from":"2026-11-01T10:00:00+01:00","until":"2026-11-01T11:00:00+01:00","class":"crit","output":"connection\nrefused"},
        {"from":"2026-11-01T11:00:00+01:00","until":"2026-11-01T14:00:00+01:00","class":"in_downtime","output":"connection\nrefused"},
        {"from":"2026-11-01T14:00:00+01:00","until":"2026-11-02T00:00:00+01:00","class":"ok","output":null}]},{"host":"web01","service":"idle","spans":[]}]
        "#);
    }

    #[test]
    fn json_lines_hold_the_elements_of_the_array() {
        let log = log();
        let report = report(&log, &Options::default());
        let (mut array, mut lines) = (Vec::new(), Vec::new());
        write(&report.objects, berlin(), &mut array).unwrap();
        write_lines(&report.objects, berlin(), &mut lines).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        assert_eq!(lines.lines().count(), 4);
        let array: Vec<serde_json::Value> = serde_json::from_slice(&array).unwrap();
        let each: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(array, each);
    }
}
