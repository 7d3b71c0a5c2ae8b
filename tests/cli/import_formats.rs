//! `import`: every format, packed and not, and what cannot be read.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use insta::assert_snapshot;

use crate::common::{Run, Site};
use crate::import::LOG;

/// The events of [`LOG`] as tables, and its host's zone in civil times.
const CSV: &str = "\
time,host,service,state,type,output
2026-10-24T00:00:00Z,web01,,UP,HARD,fine
2026-10-24T02:00:00+02:00,web01,HTTP,OK,,fine
2026-10-24 03:00,web01,HTTP,crit,hard,connection refused
@1792807200,web01,HTTP,ok,HARD,back
";
const JSONL: &str = r#"{"time":1792800000,"host":"web01","state":"UP"}
{"time":"2026-10-24T00:00:00Z","host":"web01","service":"HTTP","state":"OK","output":"fine"}
{"time":"2026-10-24 03:00","host":"web01","service":"HTTP","state":"CRITICAL","type":"HARD","output":"connection refused"}
{"time":1792807200.5,"host":"web01","service":"HTTP","state":"OK","type":null,"output":null}
"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn site() -> Site {
    let site = Site::new();
    let write = |name: &str, bytes: &[u8]| std::fs::write(site.root().join(name), bytes).unwrap();
    write("nagios.log", LOG.as_bytes());
    write("events.csv", CSV.as_bytes());
    write("events.jsonl", JSONL.as_bytes());
    site
}

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name).display().to_string()
}

/// Imports what is read from standard input.
fn piped(site: &Site, input: impl AsRef<[u8]>) -> Run {
    site.command("import -").stdin(input).run()
}

/// What a report tells that does not depend on how often something was imported.
fn report(site: &Site) -> serde_json::Value {
    let mut report = site.json("report --from 2026-10-24 --until 2026-10-24 -o json");
    report["basis"]["sequence"].take();
    report
}

#[test]
fn a_table_is_read_as_it_says_and_its_rows_are_the_lines_of_a_log() {
    let site = site();
    assert_snapshot!(site.run("import events.csv"), @"
    events.csv: 5 lines: 4 events, 0 duplicates, 1 ignored, 0 rejected
      ignored: header 1
    ! note: began a store of pretended time in STORE
    ! note: events.csv: times without an offset are taken as those of Europe/Berlin
    ");
    assert_snapshot!(site.run("import events.jsonl nagios.log events.csv"), @"
    events.jsonl: 4 lines: 0 events, 4 duplicates, 0 ignored, 0 rejected
    nagios.log: 5 lines: 0 events, 4 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    events.csv: 5 lines: 0 events, 4 duplicates, 1 ignored, 0 rejected
      ignored: header 1
    ! note: events.jsonl: times without an offset are taken as those of Europe/Berlin
    ! note: events.csv: times without an offset are taken as those of Europe/Berlin
    ");
    assert_snapshot!(site.run("history"), @"
    time (CEST)           op  event     id  target  author  what
    Sat 2026-10-24 20:00  1   imported              ops     4 events from events.csv
    ");
}

#[test]
fn every_format_packed_or_not_in_any_order_comes_to_the_same_report() {
    let expected = {
        let site = site();
        site.ok("import nagios.log");
        report(&site)
    };
    assert_eq!(expected["objects"].as_array().unwrap().len(), 2);
    let zstd = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    let rows: Vec<&str> = CSV.split_inclusive('\n').collect();
    let (header, first, last) = (rows[0], rows[1..3].concat(), rows[3..].concat());
    let in_two_members = [gzip(header.as_bytes()), gzip((first.clone() + &last).as_bytes())].concat();
    for (how, inputs) in [
        ("csv", vec![CSV.as_bytes().to_vec()]),
        ("jsonl", vec![JSONL.as_bytes().to_vec()]),
        ("gzip", vec![gzip(LOG.as_bytes())]),
        ("zstd", vec![zstd(CSV.as_bytes())]),
        ("members", vec![in_two_members]),
        ("frames", vec![[zstd(&JSONL.as_bytes()[..40]), zstd(&JSONL.as_bytes()[40..])].concat()]),
        ("all of them", vec![zstd(JSONL.as_bytes()), LOG.as_bytes().to_vec(), gzip(CSV.as_bytes())]),
        (
            "pieces backwards",
            vec![
                format!("{header}{last}").into_bytes(),
                gzip(JSONL.lines().next().unwrap().as_bytes()),
                format!("{header}{first}").into_bytes(),
            ],
        ),
    ] {
        let site = site();
        for input in inputs {
            let run = piped(&site, input);
            assert_eq!(run.code, 0, "{how}: {run}");
            assert!(run.stdout.contains(" 0 rejected"), "{how}: {run}");
        }
        assert_eq!(report(&site), expected, "{how}");
    }
}

#[test]
fn what_is_packed_is_told_by_what_it_holds_not_by_its_name() {
    let site = site();
    std::fs::write(site.root().join("plain.gz"), LOG).unwrap();
    std::fs::write(site.root().join("packed.log"), gzip(LOG.as_bytes())).unwrap();
    assert_snapshot!(site.run("import plain.gz packed.log"), @"
    plain.gz: 5 lines: 4 events, 0 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    packed.log: 5 lines: 0 events, 4 duplicates, 1 ignored, 0 rejected
      ignored: EXTERNAL COMMAND 1
    ! note: began a store of pretended time in STORE
    ");
}

#[test]
fn real_files_of_real_packers_are_read() {
    let site = site();
    let files = [
        "logs/nagios-4.5.12-daemon.log.zst",
        "logs/nagios-4.5.12-daemon.log.gz",
        "tables/alerts.csv",
        "tables/alerts.csv.gz",
        "tables/alerts.jsonl",
    ];
    let run = files.iter().fold(site.command("import -o json"), |command, file| command.arg(&data(file))).run();
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let told: Vec<String> = told["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| format!("{} {} {} {}", file["format"], file["lines"], file["events"], file["duplicates"]))
        .collect();
    assert_eq!(
        told,
        ["\"nagios\" 217 115 0", "\"nagios\" 217 0 115", "\"csv\" 10 0 9", "\"csv\" 10 0 9", "\"jsonl\" 9 0 9"]
    );
}

#[test]
fn a_bad_row_stops_no_other_and_is_told_with_its_line() {
    let site = site();
    let table = "host,time,state,service,output,zone\n\
        web01,2026-10-24T00:00:00Z,PURPLE,HTTP,x,eu\n\
        web01,2026-10-24T00:00:00Z,DOWN,,\"two\nlines\",eu\n\
        web01,2026-10-24T00:00:01Z,OK,,a host is not OK,eu\n\
        web01,24.10.2026,DOWN,,x,eu\n\
        web01,2026-10-24T00:00:02Z,DOWN,,commas, not quoted,eu\n\
        ,2026-10-24T00:00:02Z,DOWN,,x,eu\n\
        web01,2026-10-25 02:30,DOWN,,x,eu\n\
        web01,2026-03-29 02:30,UP,,x,eu\n\
        web01,2026-10-24T00:00:02Z,DOWN,,\"never closed,eu\n";
    std::fs::write(site.root().join("t.csv"), table).unwrap();
    assert_snapshot!(site.run("import t.csv"), @r#"
    t.csv: 10 lines: 3 events, 0 duplicates, 1 ignored, 6 rejected
      ignored: header 1
      t.csv:2: a service is OK, WARNING, CRITICAL or UNKNOWN: web01,2026-10-24T00:00:00Z,PURPLE,HTTP,x,eu
      t.csv:5: a host is UP, DOWN or UNREACHABLE: web01,2026-10-24T00:00:01Z,OK,,a host is not OK,eu
      t.csv:6: time is neither RFC 3339 nor a date with a time of day nor seconds since 1970: web01,24.10.2026,DOWN,,x,eu
      t.csv:7: not as many fields as the header has columns: web01,2026-10-24T00:00:02Z,DOWN,,commas, not quoted,eu
      t.csv:8: host name is empty: ,2026-10-24T00:00:02Z,DOWN,,x,eu
      t.csv:11: a quote is opened and not closed: web01,2026-10-24T00:00:02Z,DOWN,,"never closed,eu
    ! note: began a store of pretended time in STORE
    ! note: t.csv: columns that do not count: `zone`
    ! note: t.csv: times without an offset are taken as those of Europe/Berlin
    ! note: t.csv: 1 time (line 9) comes twice in Europe/Berlin: the first is taken; with an offset there would be no doubt
    ! note: t.csv: 1 time (line 10) does not exist in Europe/Berlin, where the clocks skip it: the offset before is taken
    "#);
    let told = site.json("import t.csv -o json");
    assert_eq!(told["notes"].as_array().unwrap().len(), 4, "{told}");
    assert_eq!(told["rejected"].as_array().unwrap().len(), 6, "{told}");
    assert_snapshot!(site.run("import t.csv events.jsonl --strict -q"), @"
    ! error: 6 lines were rejected, so nothing was taken
    ! hint: without --strict the others are taken
    exit 6
    ");
    let lines = "{\"time\":1792800000,\"host\":\"web01\",\"state\":\"DOWN\",\"msg\":\"x\"}\n{\"time\":1792800000,\"host\":\"web01\"}\n{\"time\":17928\nnonsense\n";
    assert_snapshot!(piped(&site, lines), @r#"
    standard input: 4 lines: 1 events, 0 duplicates, 0 ignored, 3 rejected
      standard input:2: lacks `time`, `host` or `state`: {"time":1792800000,"host":"web01"}
      standard input:3: not a JSON object: {"time":17928
      standard input:4: not a JSON object: nonsense
    ! note: standard input: keys that do not count: `msg`
    "#);
}

#[test]
fn only_the_first_ten_rejected_lines_are_shown() {
    let site = site();
    let table = format!("time,host,service,state\n{}", "x,web01,,UP\n".repeat(12));
    let run = piped(&site, &table);
    assert_snapshot!(run.stdout.lines().last().unwrap(), @"  and 2 more rejected; -o json names them all");
    let run = site.command("import - -o json").stdin(&table).run();
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["rejected"].as_array().unwrap().len(), 12);
    assert_eq!(told["rejected"][11]["line"], 13);
}

#[test]
fn a_table_without_its_header_is_refused_as_a_whole() {
    let site = site();
    let write = |name: &str, text: &str| std::fs::write(site.root().join(name), text).unwrap();
    write("headless.csv", CSV.split_once('\n').unwrap().1);
    write("short.csv", "time,host,state\n2026-10-24T00:00:00Z,web01,DOWN\n");
    write("german.csv", "time;host;service;state\n");
    write("list.json", "[\n  {\n    \"time\": 1792800000,\n    \"host\": \"web01\",\n    \"state\": \"UP\"\n  }\n]\n");
    write("prose.txt", "Dear all,\nweb01 was down.\n");
    assert_snapshot!(site.run("import nagios.log headless.csv"), @"
    ! error: headless.csv:1: the first line is no header
    ! hint: name the columns in the first line: time,host,service,state, and type and output if there are such
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import headless.csv --format csv"), @"
    ! error: headless.csv:1: the first line is no header
    ! hint: name the columns in the first line: time,host,service,state, and type and output if there are such
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import short.csv"), @"
    ! error: short.csv:1: the header lacks `service`
    ! hint: name the columns in the first line: time,host,service,state, and type and output if there are such
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import german.csv"), @"
    ! error: german.csv:1: semicolons separate the columns
    ! hint: write the table with commas between them
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import list.json"), @"
    ! error: cannot tell the log format of list.json: no line begins with `[epoch] `, none is a JSON object, and the first is no CSV header
    ! hint: if it is one JSON array: jq -c '.[]' list.json | downtime import -
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import prose.txt -o json"), @r#"
    ! {"error":{"exit":2,"kind":"usage","message":"cannot tell the log format of prose.txt: no line begins with `[epoch] `, none is a JSON object, and the first is no CSV header","hint":"if it is a Nagios log all the same, add --format nagios; nothing was taken from any file"}}
    exit 2
    "#);
    assert!(!site.store().exists());
}

#[test]
fn a_packed_file_that_is_broken_is_refused_as_a_whole() {
    let site = site();
    let write = |name: &str, bytes: &[u8]| std::fs::write(site.root().join(name), bytes).unwrap();
    let gzipped = gzip(LOG.as_bytes());
    write("cut.gz", &gzipped[..gzipped.len() - 4]);
    let mut damaged = gzipped.clone();
    damaged[gzipped.len() - 8] ^= 1;
    write("damaged.gz", &damaged);
    write("bad.zst", b"\x28\xb5\x2f\xfd garbage");
    write("twice.gz", &gzip(&gzipped));
    write("other.xz", b"\xfd7zXZ\0\0");
    for packed in ["cut.gz", "damaged.gz", "bad.zst", "twice.gz", "other.xz"] {
        let run = site.run(&format!("import nagios.log {packed} --format nagios -o json"));
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{packed}: {run}");
        assert!(run.stderr.contains(r#""kind":"usage""#), "{packed}: {run}");
    }
    assert_snapshot!(site.run("import nagios.log cut.gz"), @"
    ! error: cannot unpack cut.gz: its gzip data ends too early
    ! hint: copy it again, or take what there is: zcat cut.gz | downtime import -
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import damaged.gz"), @"
    ! error: cannot unpack damaged.gz: its gzip data cannot be decoded (corrupt gzip stream does not have a matching checksum)
    ! hint: copy it again
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import bad.zst"), @"
    ! error: cannot unpack bad.zst: its zstd data cannot be decoded (Failed to parse/decode block body: Error getting block content size: Blocksize was bigger than the absolute maximum 131072 (128kb). Is: 806476)
    ! hint: copy it again
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import twice.gz"), @"
    ! error: twice.gz is packed more than once
    ! hint: unpack it on the way: zcat twice.gz | downtime import -
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(site.run("import other.xz"), @"
    ! error: other.xz is packed with xz
    ! hint: unpack it on the way: xzcat other.xz | downtime import -
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert_snapshot!(piped(&site, &gzipped[..30]), @"
    ! error: cannot unpack standard input: its gzip data ends too early
    ! hint: copy it again, or take what there is: … | zcat | downtime import -
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert!(!site.store().exists(), "nothing was written");
}

/// A frame of RFC 8878 §3.1.1.2.3: 4 bytes for each block of 128 KiB, which is one byte over and over.
fn bomb(blocks: u32) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3];
    for number in 1..=blocks {
        let header = (128 << 10) << 3 | 1 << 1 | u32::from(number == blocks);
        frame.extend(&header.to_le_bytes()[..3]);
        frame.push(b'x');
    }
    frame
}

#[test]
fn what_expands_beyond_all_measure_is_refused() {
    let site = site();
    // A gibibyte in 32 KiB.
    std::fs::write(site.root().join("bomb.zst"), bomb(8192)).unwrap();
    assert_snapshot!(site.run("import bomb.zst --format nagios"), @"
    ! error: cannot unpack bomb.zst: its zstd data expands to more than 1000 times its size
    ! hint: if that is right: zstdcat bomb.zst | downtime import -
    ! hint: nothing was taken from any file
    exit 2
    ");
    assert!(!site.store().exists());
}

#[test]
fn a_line_that_is_too_long_is_rejected_and_the_next_is_read() {
    let site = site();
    let line = |output: &str| {
        format!("{{\"time\":1792800000,\"host\":\"web01\",\"state\":\"DOWN\",\"output\":\"{output}\"}}\n")
    };
    let input = line("short") + &line(&"x".repeat(3 << 20)) + &line("short again");
    assert_snapshot!(piped(&site, input), @r#"
    standard input: 3 lines: 2 events, 0 duplicates, 0 ignored, 1 rejected
      standard input:2: longer than 1 MiB: {"time":1792800000,"host":"web01","state":"DOWN","output":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    ! note: began a store of pretended time in STORE
    "#);
}

#[test]
fn civil_times_are_those_of_the_zone_in_force() {
    let site = site();
    let row = "time,host,service,state\n2026-10-24 00:00,web01,,DOWN\n";
    let first = |zone: &str| {
        let site = self::site();
        assert_eq!(site.command("import -").arg("--tz").arg(zone).stdin(row).run().code, 0);
        site.json("report -o json --tz UTC")["basis"]["newest_event"].as_str().unwrap().to_owned()
    };
    assert_eq!(first("Europe/Berlin"), "2026-10-23T22:00:00Z");
    assert_eq!(first("America/New_York"), "2026-10-24T04:00:00Z");
    assert_eq!(first("+05:45"), "2026-10-23T18:15:00Z");
    assert_snapshot!(piped(&site, row), @"
    standard input: 2 lines: 1 events, 0 duplicates, 1 ignored, 0 rejected
      ignored: header 1
    ! note: began a store of pretended time in STORE
    ! note: standard input: times without an offset are taken as those of Europe/Berlin
    ");
}

#[test]
fn what_a_table_holds_does_not_harm_the_terminal() {
    let site = site();
    let table = "time,host,service,state,output,\u{1b}[31mx\n@1792800000,web01,\u{1b}[31mred,CRIT,\"\u{1b}]0;title\u{7} \u{202e}\nx\",\n\u{1b}[2J,,,,,\n";
    let harmful = |text: &str| text.contains(['\u{1b}', '\u{7}', '\u{202e}']);
    let run = piped(&site, table);
    assert!(run.stdout.contains("1 events") && !harmful(&run.to_string()), "{run:?}");
    let run = site.command("import - -o json").stdin(table).run();
    assert!(run.stdout.contains("u001b") && !harmful(&run.to_string()), "{run:?}");
    let run = site.run("timeline -o json");
    assert!(run.stdout.contains("\\u0007 ") && run.stdout.contains("\\nx") && !harmful(&run.to_string()), "{run:?}");
}
