//! Timelines as CSV (RFC 4180): `host`, `service` (empty for hosts), `from`, `until`, `seconds`, `class`, `output`; a row
//! for each span.

use std::io::Write;

use super::csv_cell::harmless;
use crate::availability::assess::ObjectReport;
use crate::when::zone::Zone;

/// Writes the header and a row for each span of each object.
pub fn write(objects: &[ObjectReport<'_>], zone: Zone, out: &mut impl Write) -> csv::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(["host", "service", "from", "until", "seconds", "class", "output"])?;
    for object in objects {
        let host = harmless(&object.target.host);
        let service = harmless(object.target.service.as_deref().unwrap_or_default());
        for span in &object.spans {
            let interval = span.interval;
            csv.write_record([
                host.as_ref(),
                service.as_ref(),
                &zone.rfc3339(interval.start()),
                &zone.rfc3339(interval.end()),
                &interval.seconds().to_string(),
                span.class.name(),
                harmless(span.output.unwrap_or_default()).as_ref(),
            ])?;
        }
    }
    csv.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::options::Options;
    use crate::render::report_fixture::{berlin, log, report};

    #[test]
    fn every_span_has_a_row_and_formulas_are_harmless() {
        let log = log();
        let report = report(&log, &Options::default());
        let mut out = Vec::new();
        write(&report.objects[1..2], berlin(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(rows[0], "host,service,from,until,seconds,class,output");
        assert_eq!(rows[1], "web01,'=\\u{1b}[2J,2026-11-01T00:00:00+01:00,2026-11-01T23:58:59+01:00,86339,ok,");
        assert_eq!(
            rows[2],
            "web01,'=\\u{1b}[2J,2026-11-01T23:58:59+01:00,2026-11-02T00:00:00+01:00,61,warn,'-1 \\u{202e}left"
        );
    }
}
