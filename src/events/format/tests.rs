use proptest::prelude::*;

use super::*;
use crate::events::set::SegmentSet;
use crate::events::source::EventSource;

#[test]
fn a_nagios_log_is_told_by_its_content() {
    for log in [
        "[5] HOST ALERT: h;UP;HARD\n",
        "cut line;OK;HARD\n[5] LOG VERSION: 2.0",
        "\n\0\0\0[5] x\r\n",
        "",
        "\n\r\n",
        "\0\0",
    ] {
        assert!(read(log.as_bytes(), "log", &Options::of(Format::Auto)).is_ok(), "{log:?}");
    }
}

#[test]
fn a_table_is_told_by_its_header_and_json_lines_by_an_object() {
    let told = |text: &str| read(text.as_bytes(), "file", &Options::of(Format::Auto)).map(|content| content.format);
    for csv in [
        "time,host,service,state\n",
        "\n\nhost, STATE ,time,service\r\n",
        "\u{feff}\"time\",\"host\",\"service\",\"state\"\n",
        "time,host,service,state,output\n5,h,,DOWN,\"[5] LOG VERSION: 2.0\n[6] x\"\n",
    ] {
        assert_eq!(told(csv).unwrap(), Format::Csv, "{csv}");
    }
    for jsonl in ["{\"time\":5}\n", "\n {}", "{\"half\n{}\n", "\u{feff}{\"host\":\"[5] x\"}"] {
        assert_eq!(told(jsonl).unwrap(), Format::Jsonl, "{jsonl}");
    }
    for nagios in [
        "{ cut\n[5] LOG VERSION: 2.0\n{}\n",
        "[5] HOST ALERT: x;host;state;time\n",
        "\u{feff}[5] LOG VERSION: 2.0\n",
        "",
    ] {
        assert_eq!(told(nagios).unwrap(), Format::Nagios, "{nagios}");
    }
}

#[test]
fn what_no_format_fits_is_refused_unless_the_format_is_named() {
    let text = "Nov 22 01:00:00 web01 nagios: SERVICE ALERT\n";
    let failure = read(text.as_bytes(), "syslog", &Options::of(Format::Auto)).unwrap_err();
    assert_eq!(failure.kind, Kind::Usage);
    assert_eq!(
        failure.message(),
        "cannot tell the log format of syslog: no line begins with `[epoch] `, none is a JSON object, and the first is no CSV header"
    );
    assert_eq!(failure.hints, ["if it is a Nagios log all the same, add --format nagios"]);
    for format in [Format::Nagios, Format::Jsonl] {
        let counts = read(text.as_bytes(), "syslog", &Options::of(format)).unwrap().parsed.counts;
        assert_eq!((counts.lines, counts.rejected), (1, 1));
    }
    let array = read(&b"[\n  {\"time\": 5},\n"[..], "a.json", &Options::of(Format::Auto)).unwrap_err();
    assert_eq!(array.hints, ["if it is one JSON array: jq -c '.[]' a.json | downtime import -"]);
}

#[test]
fn what_is_no_text_is_refused_with_what_makes_text_of_it() {
    for (head, message, hint) in [
        (&b"BZh91AY"[..], "a.log is packed with bzip2", "unpack it on the way: bzcat a.log | downtime import -"),
        (b"\xfd7zXZ\0", "a.log is packed with xz", "unpack it on the way: xzcat a.log | downtime import -"),
        (b"PK\x03\x04", "a.log is a zip archive", "unpack it on the way: unzip -p a.log | downtime import -"),
        (
            b"\xff\xfet\0",
            "a.log is UTF-16",
            "convert it on the way: iconv -f UTF-16 -t UTF-8 a.log | downtime import -",
        ),
    ] {
        for format in Format::ALL {
            let failure = read(head, "a.log", &Options::of(format)).unwrap_err();
            assert_eq!((failure.message().as_str(), &failure.hints[..]), (message, &[hint.to_owned()][..]));
        }
    }
    let failure = read(&b"BZh9"[..], "it's old.log", &Options::of(Format::Auto)).unwrap_err();
    assert_eq!(failure.hints, [r"unpack it on the way: bzcat 'it'\''s old.log' | downtime import -"]);
    let failure = read(&b"BZh9"[..], STANDARD_INPUT, &Options::of(Format::Auto)).unwrap_err();
    assert_eq!(failure.hints, ["unpack it on the way: … | bzcat | downtime import -"]);
}

#[test]
fn a_format_is_named_as_it_is_typed() {
    for format in Format::ALL {
        assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
    }
    assert_eq!("icinga".parse::<Format>().unwrap_err().hints, ["formats are auto, nagios, csv, jsonl"]);
}

#[test]
fn a_file_that_cannot_be_read_is_said_so() {
    struct OnFire;
    impl Read for OnFire {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk on fire"))
        }
    }
    let failure = read(OnFire, "nagios.log", &Options::of(Format::Nagios)).unwrap_err();
    assert_eq!((failure.kind, failure.message().as_str()), (Kind::Usage, "cannot read nagios.log: disk on fire"));
}

#[test]
fn no_line_of_the_conformance_logs_is_rejected() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/conformance/availability.jsonl");
    let mut logs = 0;
    for case in std::fs::read_to_string(path).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(case).unwrap();
        let lines: Vec<&str> = case["log"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let parsed = read(lines.join("\n").as_bytes(), "log", &Options::of(Format::Auto)).unwrap().parsed;
        assert_eq!(
            (parsed.counts.lines, &parsed.counts.rejections),
            (lines.len() as u64, &Vec::new()),
            "{}",
            case["name"]
        );
        logs += 1;
    }
    assert_eq!(logs, 78);
}

/// A state of a host or service, as each format writes it.
#[derive(Debug, Clone)]
struct Told {
    time: i64,
    host: String,
    service: Option<String>,
    state: &'static str,
    hard: bool,
    output: String,
}

impl Told {
    fn any() -> impl Strategy<Value = Self> {
        let host = prop::sample::select(vec!["web01", "db, the \"big\" one", "größe"]);
        let service = prop::option::of(prop::sample::select(vec!["HTTP", r"Disk C:\ usage", "a,b", "it's"]));
        (0_i64..20, host, service, 0..4_usize, any::<bool>(), "[a-c;, \"é{}\\[\\]]{0,9}").prop_map(
            |(time, host, service, state, hard, output)| {
                let states = if service.is_some() {
                    ["OK", "WARNING", "CRITICAL", "UNKNOWN"]
                } else {
                    ["UP", "DOWN", "UNREACHABLE", "UP"]
                };
                let (host, service) = (host.to_owned(), service.map(str::to_owned));
                Self { time, host, service, state: states[state], hard, output }
            },
        )
    }

    const fn hardness(&self) -> &'static str {
        if self.hard { "HARD" } else { "SOFT" }
    }

    fn nagios(&self) -> String {
        let Self { time, host, state, output, .. } = self;
        let (kind, name) = match &self.service {
            None => ("HOST ALERT", host.clone()),
            Some(service) => ("SERVICE ALERT", format!("{host};{service}")),
        };
        format!("[{time}] {kind}: {name};{state};{};1;{output}\n", self.hardness())
    }

    fn jsonl(&self) -> String {
        let Self { time, host, service, state, output, .. } = self;
        let hardness = self.hardness();
        let object = serde_json::json!({
            "time": time, "host": host, "service": service, "state": state, "type": hardness, "output": output
        });
        format!("{object}\n")
    }
}

fn nagios(told: &[Told]) -> String {
    told.iter().map(Told::nagios).collect()
}

fn jsonl(told: &[Told]) -> String {
    told.iter().map(Told::jsonl).collect()
}

fn table(told: &[Told]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(["output", "time", "state", "host", "service", "type"]).unwrap();
    for told in told {
        let time = crate::clock::Instant(told.time).to_string();
        let service = told.service.as_deref().unwrap_or_default();
        writer.write_record([&told.output, &time, told.state, &told.host, service, told.hardness()]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The events of a store into which those files are imported, whatever their formats.
fn imported(files: &[String]) -> (crate::events::source::Basis, crate::events::log::EventLog) {
    let none = |name: &str| Err(Failure::new(Kind::Missing, name));
    let mut set = SegmentSet::new([], none);
    for (number, file) in files.iter().enumerate() {
        let content = read(file.as_bytes(), "file", &Options::of(Format::Auto)).unwrap();
        assert_eq!(content.parsed.counts.rejections, [], "{file}");
        let imported = set.import(&content.parsed).unwrap();
        if let Some(segment) = imported.segment {
            set.push(number.to_string(), segment).unwrap();
        }
    }
    (set.basis().unwrap(), set.load(&|_| true).unwrap())
}

proptest! {
    #[test]
    fn the_same_events_are_the_same_in_every_format_in_any_order_and_mixture(
        told in prop::collection::vec(Told::any(), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let expected = imported(&[nagios(&told)]);
        for file in [table(&told), jsonl(&told)] {
            prop_assert_eq!(&imported(&[file]), &expected);
        }
        let mixture = [table(&told), nagios(&told), jsonl(&told)];
        prop_assert_eq!(&imported(&mixture), &expected);
        // Cut between two seconds: within one, the order of files is that of happening.
        let mut sorted = told;
        sorted.sort_by_key(|told| told.time);
        let expected = imported(&[nagios(&sorted)]);
        let cut = cut.index(sorted.len());
        let cut = sorted.partition_point(|told| told.time < sorted[cut].time);
        let (first, second) = sorted.split_at(cut);
        prop_assert_eq!(&imported(&[jsonl(second), table(first), nagios(second)]), &expected);
    }
}
