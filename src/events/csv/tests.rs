use proptest::prelude::*;

use super::*;
use crate::events::format::{Content, Format, Options, read};

fn table(text: &str) -> Content {
    read(text.as_bytes(), "t.csv", &Options::of(Format::Csv)).unwrap()
}

/// The outputs of all events, by object, in the order of their names.
fn events(content: &Content) -> Vec<String> {
    let of_object = |(target, told): (&crate::downtime::target::Target, Vec<crate::events::told::Told<'_>>)| {
        told.into_iter().map(|told| format!("{} {target} {:?}", told.time.0, told.output)).collect::<Vec<_>>()
    };
    content.parsed.objects().flat_map(of_object).collect()
}

fn rejected(content: &Content) -> Vec<String> {
    content
        .parsed
        .counts
        .rejections
        .iter()
        .map(|bad| format!("{}: {}: {}", bad.line, bad.reason, bad.excerpt))
        .collect()
}

fn refused(text: &str) -> String {
    let failure = read(text.as_bytes(), "t.csv", &Options::of(Format::Csv)).unwrap_err();
    assert_eq!((failure.kind, failure.hints.len()), (Kind::Usage, 1));
    format!("{failure} ({})", failure.hints[0])
}

#[test]
fn columns_come_in_any_order_and_case_and_others_do_not_count() {
    let content = table("Output,STATE,zone,Service,host,time\nx,down,eu,,web,5\ny,crit,eu,http,web,6\n");
    assert_eq!(events(&content), ["5 web Some(\"x\")", "6 web/http Some(\"y\")"]);
    assert_eq!(content.notes, ["t.csv: columns that do not count: `zone`"]);
    let counts = &content.parsed.counts;
    assert_eq!((counts.lines, counts.ignored[HEADER], counts.accepted, counts.rejected), (3, 1, 2, 0));
}

#[test]
fn many_other_columns_are_not_all_named() {
    let others: Vec<String> = (0..20).map(|number| format!("c{number}")).collect();
    let content = table(&format!("time,host,service,state,{}\n", others.join(",")));
    assert_eq!(
        content.notes,
        ["t.csv: columns that do not count: `c0`, `c1`, `c2`, `c3`, `c4`, `c5`, `c6`, `c7` and others"]
    );
}

#[test]
fn a_header_that_does_not_name_what_it_should_is_refused_with_its_line() {
    let hint = "(name the columns in the first line: time,host,service,state, and type and output if there are such)";
    for (text, why) in [
        ("\n\ntime,host,state\n", "t.csv:3: the header lacks `service`"),
        ("timestamp,host,service,state\n", "t.csv:1: the header lacks `time`"),
        ("host,type\n", "t.csv:1: the header lacks `time`, `service`, `state`"),
        ("2026-01-01T00:00:00Z,web,,DOWN\n", "t.csv:1: the first line is no header"),
        ("time\n", "t.csv:1: the first line is no header"),
        ("\"time,host\nservice,state\n", "t.csv:1: the header has no end"),
    ] {
        assert_eq!(refused(text), format!("{why} {hint}"));
    }
    assert_eq!(
        refused("time;host;service;state\n"),
        "t.csv:1: semicolons separate the columns (write the table with commas between them)"
    );
    assert_eq!(
        refused("time,host,service,state,Host\n"),
        "t.csv:1: the header names `host` twice (name each column once)"
    );
}

#[test]
fn a_table_without_rows_and_one_without_anything_are_empty() {
    assert_eq!(table("time,host,service,state").parsed.counts.lines, 1);
    let nothing = table("\n\r\n").parsed.counts;
    assert_eq!((nothing.lines, nothing.blank), (2, 2));
}

#[test]
fn quotes_hold_commas_quotes_and_line_ends() {
    let text = "time,host,service,state,output\r\n5,web,\"a, b\",CRIT,\"say \"\"no\"\"\"\r\n6,web,,DOWN,\"first\r\nsecond\r\n\"\r\n7,web,,UP,\"\"\r\n";
    let content = table(text);
    assert_eq!(
        events(&content),
        ["6 web Some(\"first\\nsecond\\n\")", "7 web None", "5 web/a, b Some(\"say \\\"no\\\"\")"]
    );
    assert_eq!((rejected(&content).len(), content.parsed.counts.lines), (0, 4));
}

#[test]
fn a_bad_row_is_told_with_the_line_on_which_it_begins_and_stops_no_other() {
    let text = "time,host,service,state,output\n\
        5,web,,DOWN,\"two\nlines\"\n\
        6,web,,DOWN\n\
        6,web,,DOWN,\"too\nmany\",x\n\
        then,web,,DOWN,x\n\
        9999999999999,web,,DOWN,x\n\
        7,web,http,DOWN,x\n\
        \n\
        8,web,,DOWN,x";
    let content = table(text);
    assert_eq!(
        rejected(&content),
        [
            "4: not as many fields as the header has columns: 6,web,,DOWN",
            "5: not as many fields as the header has columns: 6,web,,DOWN,\"too\nmany\",x",
            "7: time is neither RFC 3339 nor a date with a time of day nor seconds since 1970: then,web,,DOWN,x",
            "8: time is outside of the years 1970 to 9998: 9999999999999,web,,DOWN,x",
            "9: a service is OK, WARNING, CRITICAL or UNKNOWN: 7,web,http,DOWN,x",
        ]
    );
    assert_eq!(events(&content), ["5 web Some(\"two\\nlines\")", "8 web Some(\"x\")"]);
    assert_eq!((content.parsed.counts.lines, content.parsed.counts.blank), (9, 1));
}

#[test]
fn a_quote_that_nobody_closes_costs_its_own_line_alone() {
    let rows: String = (6..3000).map(|time| format!("{time},web,,UP,x\n")).collect();
    let content = table(&format!("time,host,service,state,output\n5,web,,DOWN,\"oops\n{rows}"));
    assert_eq!(rejected(&content), ["2: a quote is opened and not closed: 5,web,,DOWN,\"oops"]);
    assert_eq!(content.parsed.counts.accepted, 2994);
    let half = table("time,host,service,state,output\n5,web,,UP,x\n6,web,,DOWN,\"half wri");
    assert_eq!(rejected(&half), ["3: a quote is opened and not closed: 6,web,,DOWN,\"half wri"]);
}

#[test]
fn a_row_longer_than_a_block_is_rejected_and_the_next_is_read() {
    let long = "x".repeat(3 << 20);
    let content = table(&format!("time,host,service,state,output\n5,web,,DOWN,{long}\n6,web,,DOWN,y\n"));
    assert_eq!(rejected(&content), [format!("2: longer than 1 MiB: 5,web,,DOWN,{}", "x".repeat(108))]);
    assert_eq!(events(&content), ["6 web Some(\"y\")"]);
}

#[test]
fn a_last_row_without_a_line_feed_may_have_more_to_say() {
    let content = table("time,host,service,state,output\n5,web,,DOWN,conn");
    let (_, told) = content.parsed.objects().next().unwrap();
    assert!(told[0].unfinished);
}

#[test]
fn bytes_that_are_not_utf8_are_latin1_as_in_logs() {
    let bytes = b"time,host,service,state,output\n5,web,T\xfcr,CRIT,zu\n6,web,T\xc3\xbcr,CRIT,zu\n";
    let content = read(&bytes[..], "t.csv", &Options::of(Format::Csv)).unwrap();
    assert_eq!(events(&content), ["5 web/Tür Some(\"zu\")", "6 web/Tür Some(\"zu\")"]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_every_record_is_counted(
        rows in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            "[\",x5 \r]{0,12}|[0-9]{1,3},web,(http)?,(UP|CRIT),\"?x{0,3}\"?".prop_map(String::into_bytes),
        ], 0..30),
        with_header in any::<bool>(),
    ) {
        let header = if with_header { &b"time,host,service,state,output\n"[..] } else { b"" };
        let bytes = [header, &rows.join(&b'\n')].concat();
        if let Ok(content) = read(&bytes[..], "t.csv", &Options::of(Format::Csv)) {
            let counts = content.parsed.counts;
            let ignored: u64 = counts.ignored.values().sum();
            prop_assert_eq!(counts.lines, counts.blank + ignored + counts.rejected + counts.accepted);
            prop_assert!(ignored <= 1);
        } else {
            prop_assert!(!with_header);
        }
        drop(read(&bytes[..], "any", &Options::of(Format::Auto)));
    }

    #[test]
    fn what_a_csv_writer_writes_is_read_back(fields in prop::collection::vec("[a\",\n ;é]{1,8}", 1..5)) {
        let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(["time", "host", "service", "state", "output"]).unwrap();
        for field in &fields {
            writer.write_record(["5", "web", "", "DOWN", field]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let content = table(&text);
        let (_, told) = content.parsed.objects().next().unwrap();
        prop_assert_eq!(told.iter().map(|told| told.output.unwrap().to_owned()).collect::<Vec<_>>(), fields);
    }
}
