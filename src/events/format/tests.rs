use super::*;

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
        assert!(read(log.as_bytes(), "log", Format::Auto).is_ok(), "{log:?}");
    }
}

#[test]
fn what_no_format_fits_is_refused_unless_the_format_is_named() {
    let csv = "time,host,service,state\n2026-01-01T00:00:00Z,web,,DOWN\n";
    let failure = read(csv.as_bytes(), "events.csv", Format::Auto).unwrap_err();
    assert_eq!(failure.kind, Kind::Usage);
    assert_eq!(failure.message(), "cannot tell the log format of events.csv: no line begins with `[epoch] `");
    assert_eq!(read(csv.as_bytes(), "events.csv", Format::Nagios).unwrap().counts.rejected.len(), 2);
}

#[test]
fn a_compressed_file_is_refused_with_what_unpacks_it() {
    for (head, hint) in [
        (&[0x1f, 0x8b, 8, 0][..], "unpack it on the way: zcat a.gz | downtime import -"),
        (&[0x28, 0xb5, 0x2f, 0xfd][..], "unpack it on the way: zstdcat a.gz | downtime import -"),
    ] {
        for format in Format::ALL {
            assert_eq!(read(head, "a.gz", format).unwrap_err().hints, [hint]);
        }
    }
}

#[test]
fn a_format_is_named_as_it_is_typed() {
    for format in Format::ALL {
        assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
    }
    assert_eq!("icinga".parse::<Format>().unwrap_err().hints, ["formats are auto, nagios"]);
}

#[test]
fn a_file_that_cannot_be_read_is_said_so() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk on fire"))
        }
    }
    let failure = read(Broken, "nagios.log", Format::Nagios).unwrap_err();
    assert_eq!(failure.message(), "cannot read nagios.log: disk on fire");
}

#[test]
fn no_line_of_the_conformance_logs_is_rejected() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/conformance/availability.jsonl");
    let mut logs = 0;
    for case in std::fs::read_to_string(path).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(case).unwrap();
        let lines: Vec<&str> = case["log"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let parsed = read(lines.join("\n").as_bytes(), "log", Format::Auto).unwrap();
        assert_eq!(
            (parsed.counts.lines, &parsed.counts.rejected),
            (lines.len() as u64, &Vec::new()),
            "{}",
            case["name"]
        );
        logs += 1;
    }
    assert_eq!(logs, 78);
}
