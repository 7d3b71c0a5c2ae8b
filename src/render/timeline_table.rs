//! Timelines as tables for a terminal: what each object was, from when to when.

use super::duration;
use super::plain_table::PlainTable;
use super::text::printable;
use super::time::day_and_time;
use crate::availability::assess::ObjectReport;
use crate::when::zone::Zone;

/// A table for each object under its name, with a blank line between them; `width` is the terminal's, if it has one.
pub fn text(objects: &[ObjectReport<'_>], zone: Zone, width: Option<u16>) -> String {
    objects.iter().map(|object| table(object, zone, width)).collect::<Vec<String>>().join("\n")
}

fn table(object: &ObjectReport<'_>, zone: Zone, width: Option<u16>) -> String {
    let name = object.target.to_string();
    let heading = printable(&name);
    if object.spans.is_empty() {
        return format!("{heading}\nnothing considered\n");
    }
    let from = format!("from ({zone})");
    let mut table = PlainTable::new(&[&from, "until", "length", "class", "output"], usize::MAX, width)
        .wrapping()
        .narrowing(&[], ["length"]);
    for span in &object.spans {
        table.row([
            day_and_time(zone, span.interval.start()).as_str(),
            day_and_time(zone, span.interval.end()).as_str(),
            duration::format(span.interval.seconds()).as_str(),
            span.class.name(),
            span.output.unwrap_or_default(),
        ]);
    }
    format!("{heading}\n{}", table.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::options::Options;
    use crate::render::report_fixture::{berlin, log, report};

    fn shown(width: Option<u16>) -> String {
        let log = log();
        text(&report(&log, &Options::default()).objects, berlin(), width)
    }

    #[test]
    fn every_object_has_a_table_of_its_spans() {
        insta::assert_snapshot!(shown(None), @r#"
        web01
        from (Europe/Berlin)  until                 length  class  output
        Sun 2026-11-01 00:00  Mon 2026-11-02 00:00  1d      up

        web01/=\u{1b}[2J
        from (Europe/Berlin)     until                    length       class  output
        Sun 2026-11-01 00:00     Sun 2026-11-01 23:58:59  23h 58m 59s  ok
        Sun 2026-11-01 23:58:59  Mon 2026-11-02 00:00     1m 1s        warn   -1 \u{202e}left

        web01/HTTP
        from (Europe/Berlin)  until                 length  class        output
        Sun 2026-11-01 00:00  Sun 2026-11-01 10:00  10h     ok
        Sun 2026-11-01 10:00  Sun 2026-11-01 11:00  1h      crit         connection refused
        Sun 2026-11-01 11:00  Sun 2026-11-01 14:00  3h      in_downtime  connection refused
        Sun 2026-11-01 14:00  Mon 2026-11-02 00:00  10h     ok

        web01/idle
        nothing considered
        "#);
    }

    #[test]
    fn no_control_character_of_a_name_or_output_reaches_the_terminal() {
        assert!(
            shown(Some(80))
                .chars()
                .all(|character| { character == '\n' || !(character.is_control() || character == '\u{202e}') })
        );
    }
}
