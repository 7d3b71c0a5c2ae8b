use proptest::prelude::*;

use super::*;
use crate::events::format::{Content, Format, Options, read};

fn objects(text: &str) -> Content {
    read(text.as_bytes(), "t.jsonl", &Options::of(Format::Jsonl)).unwrap()
}

/// Why the one line of a text is rejected, or its event.
fn told(line: &str) -> String {
    let content = objects(line);
    if let [rejected] = &content.parsed.counts.rejections[..] {
        return rejected.reason.to_string();
    }
    let (target, told) = content.parsed.objects().next().unwrap();
    format!("{} {target} {:?} {:?}", told[0].time.0, told[0].what, told[0].output)
}

#[test]
fn an_object_is_an_event() {
    assert_eq!(
        told(
            r#"{"time":"2026-01-01T00:00:00Z","host":"web","service":"http","state":"crit","type":"SOFT","output":"a \"b\"\n"}"#
        ),
        r#"1767225600 web/http State { telling: Alert, state: Crit, hard: false } Some("a \"b\"\n")"#
    );
    let host = "5 web State { telling: Alert, state: Down, hard: true } None";
    for line in [
        r#"{"time":5,"host":"web","state":"DOWN"}"#,
        r#"{"time":"@5","host":"web","service":null,"state":"DOWN","type":null,"output":null}"#,
        r#"{"time":5.75,"host":"web","service":"","state":"down","output":""}"#,
        r#" { "state" : "DOWN" , "host" : "w\u0065b" , "time" : "5" } "#,
        r#"{"time":1,"time":5,"host":"web","state":"DOWN"}"#,
    ] {
        assert_eq!(told(line), host, "{line}");
    }
}

#[test]
fn a_bad_line_is_told_with_its_number_and_reason() {
    for (line, reason) in [
        (r#"{"time":5,"host":"web","state":"DOWN""#, "not a JSON object"),
        (r#"{"time":5,"host":"web","state":"DOWN"} x"#, "not a JSON object"),
        (r#"["time"]"#, "not a JSON object"),
        ("x", "not a JSON object"),
        (r#"{"host":"web","state":"DOWN"}"#, "lacks `time`, `host` or `state`"),
        (r#"{"time":null,"host":"web","state":"DOWN"}"#, "lacks `time`, `host` or `state`"),
        (r#"{"time":5,"host":["web"],"state":"DOWN"}"#, "a value is neither text nor a number"),
        (r#"{"time":5,"host":"web","state":true}"#, "a value is neither text nor a number"),
        (r#"{"time":5,"host":" ","state":"DOWN"}"#, "host name is empty"),
        (r#"{"time":5,"host":"web","service":"http","state":"DOWN"}"#, "a service is OK, WARNING, CRITICAL or UNKNOWN"),
        (r#"{"time":5,"host":"web","state":"DOWN","type":"FIRM"}"#, "TYPE is neither SOFT nor HARD"),
        (
            r#"{"time":-5,"host":"web","state":"DOWN"}"#,
            "time is neither RFC 3339 nor a date with a time of day nor seconds since 1970",
        ),
        (r#"{"time":1e300,"host":"web","state":"DOWN"}"#, "time is outside of the years 1970 to 9998"),
    ] {
        assert_eq!(told(line), reason, "{line}");
    }
    let content = objects(
        "{\"time\":5,\"host\":\"web\",\"state\":\"UP\"}\r\n\n{}\n{\"time\":6,\"host\":\"web\",\"state\":\"UP\"}",
    );
    let counts = content.parsed.counts;
    assert_eq!((counts.lines, counts.blank, counts.accepted, counts.rejections[0].line), (4, 1, 2, 3));
}

#[test]
fn nothing_of_a_line_is_left_for_the_next() {
    let content = objects(
        "{\"time\":5,\"host\":\"web\",\"service\":\"http\",\"state\":\"CRIT\",\"type\":\"SOFT\",\"output\":\"x\"}\n{\"time\":6,\"host\":\"web\",\"state\":\"DOWN\"}\n",
    );
    let (target, told) = content.parsed.objects().next().unwrap();
    assert_eq!((target.to_string().as_str(), told[0].output), ("web", None));
    assert!(format!("{:?}", told[0].what).contains("hard: true"));
}

#[test]
fn other_keys_are_pointed_out_once() {
    let line = r#"{"time":5,"host":"web","state":"UP","a":{"time":[1]},"b":null}"#;
    assert_eq!(objects(&format!("{line}\n{line}\n")).notes, ["t.jsonl: keys that do not count: `a`, `b`"]);
}

#[test]
fn a_line_longer_than_a_block_is_rejected_and_the_next_is_read() {
    let line = |output: &str| format!("{{\"time\":5,\"host\":\"web\",\"state\":\"DOWN\",\"output\":\"{output}\"}}\n");
    let counts = objects(&format!("{}{}", line(&"x".repeat(2 << 20)), line("y"))).parsed.counts;
    assert_eq!((counts.accepted, counts.rejections[0].reason), (1, Reason::TooLong));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_every_line_is_counted(
        lines in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            r#"\{("(time|host|state|x)":(5|"web"|"UP"|null|\[1\]|\{"a":1\}),?){0,5}\}"#.prop_map(String::into_bytes),
        ], 0..30)
    ) {
        let counts = read(&lines.join(&b'\n')[..], "t.jsonl", &Options::of(Format::Jsonl)).unwrap().parsed.counts;
        prop_assert_eq!(counts.lines, counts.blank + counts.rejected + counts.accepted);
    }

    #[test]
    fn what_serde_writes_is_read_back(host in "\\PC{1,20}", output in "[\\PC\n\"\\\\]{1,40}") {
        prop_assume!(!host.trim_ascii().is_empty());
        let line = serde_json::json!({"time": 5, "host": host, "state": "DOWN", "output": output}).to_string();
        let content = objects(&line);
        let (target, told) = content.parsed.objects().next().unwrap();
        prop_assert_eq!(&target.host, host.trim_ascii());
        prop_assert_eq!(told[0].output, Some(output.as_str()));
    }
}
