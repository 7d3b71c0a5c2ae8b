//! The cases of `tests/data/conformance/`, typed on the command line and read from its JSON.

use chrono::DateTime;
use serde_json::Value;

use crate::common::Site;

fn cases(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn seconds(time: &Value) -> i64 {
    DateTime::parse_from_rfc3339(time.as_str().unwrap()).unwrap().timestamp()
}

/// What a time text comes to: the instant or length that it means, or `refuse`.
fn meaning(site: &Site, case: &Value) -> Value {
    let text = |key: &str| case[key].as_str().unwrap().to_owned();
    let now = seconds(&case["now"]);
    let role = text("role");
    let (start, end) = match role.as_str() {
        "start" => (text("text"), ("--for", "1h".to_owned())),
        "end" => (text("start"), ("--end", text("text"))),
        _ => ("now".to_owned(), ("--for", text("text"))),
    };
    let began = match role.as_str() {
        "start" => &case["expect"],
        "end" => &case["start"],
        _ => &case["now"],
    };
    let past =
        DateTime::parse_from_rfc3339(began.as_str().unwrap_or_default()).is_ok_and(|at| at.timestamp() < now - 300);
    let mut command = site.command("schedule h -m x --dry-run -o json --start").arg(&start).arg(end.0).arg(&end.1);
    command = command.arg("--now").arg(&text("now")).arg("--tz").arg(&text("tz"));
    if past {
        command = command.arg("--retroactive");
    }
    let run = command.run();
    match run.code {
        0 => {
            let downtime: Value = serde_json::from_str(&run.stdout).unwrap();
            let (start, end) = (seconds(&downtime["start"]), seconds(&downtime["end"]));
            let utc = |at: i64| {
                Value::from(DateTime::from_timestamp(at, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string())
            };
            match role.as_str() {
                "start" => utc(start),
                "end" => utc(end),
                _ => (end - start).into(),
            }
        }
        2 | 3 => {
            assert!(run.stderr.contains("\"hint\":\""), "{case}: {run}");
            assert!(run.code == 2 || role == "end", "only an end not after its start is 3: {case}: {run}");
            "refuse".into()
        }
        _ => panic!("{case}: {run}"),
    }
}

#[test]
fn every_time_text_means_what_it_should() {
    let mut site = Site::new();
    for name in ["DOWNTIME_NOW", "DOWNTIME_TZ"] {
        site.unset(name);
    }
    let cases = cases(include_str!("../data/conformance/when.jsonl"));
    assert_eq!(cases.len(), 178);
    for case in cases {
        assert_eq!(meaning(&site, &case), case["expect"], "{case}");
    }
    assert!(!site.store().exists(), "dry runs all");
}

/// What `report` and `timeline` tell of a case's log.
fn assessed(case: &Value) -> (Value, Value) {
    let mut site = Site::new();
    site.at("2026-02-01T00:00:00Z");
    site.set("DOWNTIME_TZ", "UTC");
    let strings =
        |key: &str| case[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect::<Vec<_>>();
    let log = strings("log").join("\n") + "\n";
    let imported = site.command("import -").stdin(&log).run();
    assert_eq!(imported.code, 0, "{case}: {imported}");
    let tell = |command: &str| {
        let mut command = site.command(command).arg("--from").arg(case["from"].as_str().unwrap());
        command = command.arg("--until").arg(case["until"].as_str().unwrap()).arg("-o").arg("json");
        for word in strings("args") {
            command = command.arg(word);
        }
        let run = command.run();
        serde_json::from_str::<Value>(&run.stdout).unwrap_or_else(|_| panic!("{case}: {run}"))
    };
    (tell("report"), tell("timeline"))
}

#[test]
fn every_log_is_assessed_as_it_should() {
    let cases = cases(include_str!("../data/conformance/availability.jsonl"));
    assert_eq!(cases.len(), 78);
    for case in cases {
        let name = &case["name"];
        let (report, timeline) = assessed(&case);
        let from = seconds(&case["from"]);
        let find = |told: &Value, wanted: &Value| {
            let same = |object: &&Value| object["host"] == wanted["host"] && object["service"] == wanted["service"];
            told.as_array().unwrap().iter().find(same).cloned().unwrap_or_else(|| panic!("{name} lacks {wanted}"))
        };
        for expected in case["expected"].as_array().unwrap() {
            let object = find(&report["objects"], expected);
            for key in ["total", "considered", "seconds"] {
                assert_eq!(object[key], expected[key], "{name}: {key} of {}/{}", expected["host"], expected["service"]);
            }
            let spans = find(&timeline, expected)["spans"].clone();
            let span = |span: &Value| {
                let at = |key: &str| Value::from(seconds(&span[key]) - from);
                Value::from(vec![at("from"), at("until"), span["class"].clone()])
            };
            let spans: Vec<Value> = spans.as_array().unwrap().iter().map(span).collect();
            assert_eq!(Value::from(spans), expected["timeline"], "{name}: timeline of {expected}");
        }
    }
}

/// The windows that a recurrence case comes to, in seconds UTC, one line for each.
fn windows(site: &mut Site, case: &Value) -> Vec<(i64, i64)> {
    let text = |key: &str| case[key].as_str().map(str::to_owned);
    let start = text("start_local").unwrap();
    let zone = text("tz").unwrap();
    let civil = chrono::NaiveDateTime::parse_from_str(&start, "%Y-%m-%dT%H:%M").unwrap();
    site.at(&format!("{}Z", (civil - chrono::TimeDelta::days(1)).format("%Y-%m-%dT%H:%M")));
    let number = |key: &str| case[key].as_u64().map(|number| number.to_string());
    let mode = text("mode").filter(|mode| mode != "once");
    let mut options = vec![
        ("--for", text("duration")),
        ("--wall-end", text("end_local_time")),
        ("--wall-days", number("end_extra_days")),
        ("--repeat", mode.clone()),
        ("--interval", number("interval")),
        ("--count", number("count")),
        ("--repeat-until", text("until")),
    ];
    let exceptions = case["exdates"].as_array().into_iter().flatten();
    options.extend(exceptions.map(|except| ("--except", except.as_str().map(str::to_owned))));
    let mut command = site.command("schedule h -m x -q --tz").arg(&zone).arg("--start").arg(&start);
    for (name, value) in options {
        if let Some(value) = value {
            command = command.arg(name).arg(&value);
        }
    }
    let run = command.run();
    assert_eq!(run.code, 0, "{case}: {run}");
    let id = run.stdout.trim().to_owned();
    let told = match mode {
        Some(_) => site.json(&format!("next {id} -n 100 -o json")),
        None => Value::Array(vec![site.json(&format!("show {id} -o json"))]),
    };
    let window = |told: &Value| (seconds(&told["start"]), seconds(&told["end"]));
    told.as_array().unwrap().iter().map(window).collect()
}

#[test]
fn every_recurrence_happens_when_it_should() {
    let cases = cases(include_str!("../data/conformance/recurrence.jsonl"));
    assert_eq!(cases.len(), 38);
    let mut site = Site::new();
    for case in &cases {
        let expected = case["expected"].as_array().unwrap().iter();
        let expected: Vec<(i64, i64)> =
            expected.map(|window| (seconds(&window["start_utc"]), seconds(&window["end_utc"]))).collect();
        assert_eq!(windows(&mut site, case), expected, "{case}");
    }
}
