//! A report as CSV (RFC 4180): a header, then a row for each object.
//!
//! Columns: `host`, `service` (empty for hosts), then figures as in JSON; seconds and per cent of every class of hosts
//! and services, empty where the object cannot have it. What is `null` in JSON is an empty cell.

use std::io::Write;

use super::csv_cell::harmless;
use crate::availability::assess::{ObjectReport, Report};
use crate::availability::class::Class;

const FIGURES: [&str; 16] = [
    "host",
    "service",
    "total",
    "considered",
    "availability",
    "coverage",
    "slo",
    "suspended",
    "retroactive",
    "outages",
    "outage_shortest",
    "outage_longest",
    "outage_mean",
    "outage_total",
    "mtbf",
    "mttr",
];

/// Writes the header and a row for each object.
pub fn write(report: &Report<'_>, out: &mut impl Write) -> csv::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let by_class =
        ["seconds", "percent"].into_iter().flat_map(|unit| Class::ALL.map(|class| format!("{class}_{unit}")));
    csv.write_record(FIGURES.map(str::to_owned).into_iter().chain(by_class))?;
    for object in &report.objects {
        csv.write_record(record(object))?;
    }
    csv.flush()?;
    Ok(())
}

fn record(object: &ObjectReport<'_>) -> Vec<String> {
    let figures = &object.figures;
    let mut cells = vec![
        harmless(&object.target.host).into_owned(),
        harmless(object.target.service.as_deref().unwrap_or_default()).into_owned(),
        figures.total.to_string(),
        figures.considered.to_string(),
        percent(figures.availability().percent()),
        percent(figures.coverage().percent()),
        percent(figures.slo().percent()),
        figures.suspended.to_string(),
        figures.retroactive.to_string(),
        figures.outages.count.to_string(),
        seconds(figures.outages.shortest),
        seconds(figures.outages.longest),
        seconds(figures.outages.mean()),
        figures.outages.total.to_string(),
        seconds(figures.mtbf()),
        seconds(figures.mttr()),
    ];
    let of_kind = |class: &Class| class.applies_to(figures.kind);
    cells.extend(
        Class::ALL.map(|class| {
            Some(class).filter(of_kind).map_or_else(String::new, |class| figures.seconds[class].to_string())
        }),
    );
    cells.extend(
        Class::ALL.map(|class| percent(Some(class).filter(of_kind).and_then(|class| figures.share(class).percent()))),
    );
    cells
}

fn seconds(value: Option<i64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn percent(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.4}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::options::Options;
    use crate::render::report_fixture;

    fn rows() -> Vec<Vec<(String, String)>> {
        let log = report_fixture::log();
        let mut out = Vec::new();
        write(&report_fixture::report(&log, &Options::default()), &mut out).unwrap();
        let mut csv = csv::Reader::from_reader(out.as_slice());
        let header = csv.headers().unwrap().clone();
        csv.records()
            .map(|row| header.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect())
            .collect()
    }

    fn cell<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
        row.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str()).unwrap()
    }

    #[test]
    fn every_object_has_a_row_with_its_figures() {
        let rows = rows();
        assert_eq!(rows.len(), 4);
        let http = &rows[2];
        assert_eq!((cell(http, "host"), cell(http, "service")), ("web01", "HTTP"));
        assert_eq!((cell(http, "availability"), cell(http, "slo")), ("83.3333", "95.2381"));
        assert_eq!((cell(http, "crit_seconds"), cell(http, "crit_percent")), ("3600", "4.1667"));
        assert_eq!((cell(http, "outages"), cell(http, "mttr")), ("1", "3600"));
    }

    #[test]
    fn what_is_unknown_or_cannot_be_is_an_empty_cell() {
        let rows = rows();
        assert_eq!(
            (cell(&rows[0], "service"), cell(&rows[0], "crit_seconds"), cell(&rows[0], "up_seconds")),
            ("", "", "86400")
        );
        assert_eq!(
            (cell(&rows[3], "availability"), cell(&rows[3], "ok_percent"), cell(&rows[3], "ok_seconds")),
            ("", "", "0")
        );
    }

    #[test]
    fn a_name_that_is_a_formula_is_made_harmless() {
        assert!(cell(&rows()[1], "service").starts_with("'="));
    }
}
