//! A report as tables for a terminal: one for hosts, one for services, worst figures side by side.

use super::duration::brief;
use super::plain_table::PlainTable;
use crate::availability::assess::{ObjectReport, Report};
use crate::availability::class::{Class, ObjectKind};
use crate::availability::figures::{Summary, four_decimals};

/// The tables, with a blank line between them; `width` is the terminal's, if it has one.
///
/// Of the classes only those that occur have a column; durations show two units, as exact ones are for machines.
pub fn text(report: &Report<'_>, width: Option<u16>) -> String {
    let tables = [&report.hosts, &report.services].into_iter().flatten().map(|summary| table(report, summary, width));
    tables.collect::<Vec<String>>().join("\n")
}

fn table(report: &Report<'_>, summary: &Summary, width: Option<u16>) -> String {
    let kind = summary.kind;
    let classes: Vec<Class> = kind
        .classes()
        .iter()
        .copied()
        .filter(|&class| class != kind.good_class() && summary.seconds[class] > 0)
        .collect();
    let headings: Vec<String> = classes.iter().map(|class| class.name().replace('_', " ")).collect();
    let name = match kind {
        ObjectKind::Host => "host",
        ObjectKind::Service => "service",
    };
    let mut columns = vec![name, "availability", "slo"];
    columns.extend(headings.iter().map(String::as_str));
    columns.extend(["outages", "longest", "mttr"]);
    let sacrificed =
        ["mttr", "longest"].into_iter().chain(headings.iter().rev().map(String::as_str)).chain(["outages"]);
    let mut table = PlainTable::new(&columns, 1, width).narrowing(&[name], sacrificed);
    for object in report.objects.iter().filter(|object| object.figures.kind == kind) {
        table.row(object_cells(object, &classes));
    }
    table.row(summary_cells(report, summary, &classes));
    table.text()
}

fn object_cells(object: &ObjectReport<'_>, classes: &[Class]) -> Vec<String> {
    let figures = &object.figures;
    let mut cells =
        vec![object.target.to_string(), percent(figures.availability().percent()), percent(figures.slo().percent())];
    cells.extend(classes.iter().map(|&class| length(Some(figures.seconds[class]))));
    cells.push(count(figures.outages.count));
    cells.push(length(figures.outages.longest));
    cells.push(length(figures.mttr()));
    cells
}

fn summary_cells(report: &Report<'_>, summary: &Summary, classes: &[Class]) -> Vec<String> {
    let outages = report
        .objects
        .iter()
        .map(|object| &object.figures)
        .filter(|figures| figures.kind == summary.kind)
        .map(|figures| figures.outages);
    let name = match summary.kind {
        ObjectKind::Host => "host",
        ObjectKind::Service => "service",
    };
    let plural = if summary.objects == 1 { "" } else { "s" };
    let mut cells = vec![
        format!("mean of {} {name}{plural}", summary.objects),
        percent(summary.availability.map(four_decimals)),
        String::new(),
    ];
    cells.extend(classes.iter().map(|&class| length(Some(summary.seconds[class]))));
    cells.push(count(outages.clone().map(|outages| outages.count).sum()));
    cells.push(length(outages.filter_map(|outages| outages.longest).max()));
    cells.push(String::new());
    cells
}

fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |value| format!("{value:.4}%"))
}

/// Zeros are dots, so that what happened stands out.
fn length(seconds: Option<i64>) -> String {
    match seconds {
        None | Some(0) => "·".to_owned(),
        Some(seconds) => brief(seconds),
    }
}

fn count(count: i64) -> String {
    if count == 0 { "·".to_owned() } else { count.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::options::Options;
    use crate::render::report_fixture;

    fn shown(width: Option<u16>) -> String {
        let log = report_fixture::log();
        text(&report_fixture::report(&log, &Options::default()), width)
    }

    #[test]
    fn hosts_and_services_have_a_table_each_and_only_the_classes_that_occur() {
        insta::assert_snapshot!(shown(None), @r#"
        host            availability        slo  outages  longest  mttr
        web01              100.0000%  100.0000%        ·        ·     ·
        mean of 1 host     100.0000%                   ·        ·

        service             availability        slo   warn  crit  in downtime  outages  longest  mttr
        web01/=\u{1b}[2J        99.9294%  100.0000%  1m 1s     ·            ·        ·        ·     ·
        web01/HTTP              83.3333%   95.2381%      ·    1h           3h        1       1h    1h
        web01/idle                   n/a        n/a      ·     ·            ·        ·        ·     ·
        mean of 3 services      91.6314%             1m 1s    1h           3h        1       1h
        "#);
    }

    #[test]
    fn lines_stay_within_the_width_of_the_terminal() {
        for width in [80, 120] {
            let shown = shown(Some(width));
            assert!(
                shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= usize::from(width)),
                "{shown}"
            );
        }
    }

    #[test]
    fn no_control_character_of_a_name_reaches_the_terminal() {
        assert!(shown(None).chars().all(|character| character == '\n' || !character.is_control()));
    }
}
