use proptest::prelude::*;

use super::*;

/// The line's kind of outcome in a few words.
fn told(text: &str) -> String {
    match parse(text.as_bytes()) {
        Line::Blank => "blank".into(),
        Line::Ignored(kind) => format!("ignored: {kind}"),
        Line::Rejected(reason) => format!("rejected: {reason}"),
        Line::Fact { time, fact: Fact::Core(core) } => format!("{} {core:?}", time.0),
        Line::Fact { time, fact: Fact::Transition { period, from, to } } => {
            format!("{} {} {from} {to}", time.0, String::from_utf8_lossy(period))
        }
        Line::Fact { time, fact: Fact::Object { name, what, output } } => {
            let output = output.map(String::from_utf8_lossy);
            format!("{} {} {what:?} {output:?}", time.0, String::from_utf8_lossy(name.raw))
        }
    }
}

fn state(text: &str) -> (State, bool) {
    match parse(text.as_bytes()) {
        Line::Fact { fact: Fact::Object { what: What::State { state, hard, .. }, .. }, .. } => (state, hard),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_state_line_is_told_by_its_leading_fields() {
    assert_eq!(
        told("[17] SERVICE ALERT: web01;HTTP;CRITICAL;SOFT;1;HTTP CRITICAL; a;b"),
        r#"17 web01;HTTP State { telling: Alert, state: Crit, hard: false } Some("HTTP CRITICAL; a;b")"#
    );
    assert_eq!(
        told("[17] CURRENT HOST STATE: web01;UP;HARD;1;PING OK"),
        "17 web01 State { telling: Current, state: Up, hard: true } None"
    );
    assert_eq!(
        told("[17] INITIAL SERVICE STATE: a;b;UNKNOWN;HARD;1;"),
        r#"17 a;b State { telling: Initial { since_header: None }, state: Unknown, hard: true } Some("")"#
    );
}

#[test]
fn every_state_of_hosts_and_services_is_known_and_none_of_the_other_kind() {
    let hosts = [("UP", State::Up), ("RECOVERY", State::Up), ("DOWN", State::Down), ("UNREACHABLE", State::Unreach)];
    let services = [
        ("OK", State::Ok),
        ("RECOVERY", State::Ok),
        ("WARNING", State::Warn),
        ("CRITICAL", State::Crit),
        ("UNKNOWN", State::Unknown),
    ];
    for kind in ["HOST ALERT", "CURRENT HOST STATE", "INITIAL HOST STATE"] {
        for (name, known) in hosts {
            assert_eq!(state(&format!("[1] {kind}: h;{name};SOFT;1;x")), (known, false));
        }
        assert_eq!(told(&format!("[1] {kind}: h;CRITICAL;HARD;1;x")), "rejected: unknown STATE");
    }
    for kind in ["SERVICE ALERT", "CURRENT SERVICE STATE", "INITIAL SERVICE STATE"] {
        for (name, known) in services {
            assert_eq!(state(&format!("[1] {kind}: h;s;{name};HARD;1;x")), (known, true));
        }
        assert_eq!(told(&format!("[1] {kind}: h;s;DOWN;HARD;1;x")), "rejected: unknown STATE");
    }
}

#[test]
fn downtime_and_flapping_lines_carry_a_mark() {
    assert_eq!(told("[1] HOST DOWNTIME ALERT: h;STARTED; Host has entered"), "1 h Downtime(Started) None");
    assert_eq!(told("[1] SERVICE DOWNTIME ALERT: h;s;STOPPED; x"), "1 h;s Downtime(Stopped) None");
    assert_eq!(told("[1] HOST DOWNTIME ALERT: h;CANCELLED; x;STARTED;"), "1 h Downtime(Withdrawn) None");
    assert_eq!(told("[1] HOST FLAPPING ALERT: h;STARTED; x"), "1 h Flapping(Started) None");
    assert_eq!(told("[1] SERVICE FLAPPING ALERT: h;s;DISABLED; x"), "1 h;s Flapping(Withdrawn) None");
    assert_eq!(told("[1] SERVICE FLAPPING ALERT: h;s;CANCELLED; x"), "rejected: neither a start nor an end");
    assert_eq!(told("[1] HOST DOWNTIME ALERT: h;DISABLED; x"), "rejected: neither a start nor an end");
}

#[test]
fn a_time_period_changes_between_unknown_outside_and_inside() {
    assert_eq!(told("[1] TIMEPERIOD TRANSITION: 24x7;-1;1"), "1 24x7 -1 1");
    assert_eq!(told("[1] TIMEPERIOD TRANSITION: work hours;1;0\r"), "1 work hours 1 0");
    assert_eq!(told("[1] TIMEPERIOD TRANSITION: x;0;-"), "rejected: time period state is none of -1, 0, 1");
    assert_eq!(told("[1] TIMEPERIOD TRANSITION: x;2;0"), "rejected: time period state is none of -1, 0, 1");
    assert_eq!(told("[1] TIMEPERIOD TRANSITION: x;0"), "rejected: ends before the fields that decide");
    assert_eq!(told("[1] TIMEPERIOD TRANSITION: ;0;1"), "rejected: time period name is empty");
}

#[test]
fn starts_and_stops_of_every_core_are_known() {
    for start in [
        "Nagios 4.5.12 starting... (PID=3944)",
        "Naemon 1.4.1 starting... (PID=1)",
        "icinga 1.14.2 starting... (PID=1)",
        "Icinga 1.14.2 starting... (PID=1)",
        "Check_MK Micro Core starting...",
        "Caught SIGHUP, restarting...",
        "Caught 'Hangup', restarting...",
        "PROGRAM_RESTART event encountered, restarting...",
    ] {
        assert_eq!(told(&format!("[1] {start}")), "1 Start", "{start}");
    }
    for stop in [
        "Caught SIGTERM, shutting down...",
        "Caught 'Terminated', shutting down...",
        "PROGRAM_SHUTDOWN event encountered, shutting down...",
        "Bailing out due to one or more errors encountered in the configuration files. (PID=1)",
    ] {
        assert_eq!(told(&format!("[1] {stop}")), "1 Stop", "{stop}");
    }
    assert_eq!(told("[1] logging initial states"), "1 InitialStates");
    assert_eq!(told("[1] logging intitial states\r"), "1 InitialStates");
}

#[test]
fn plugin_output_decides_nothing() {
    for output in
        ["Nagios 4 starting...", "HOST ALERT: x;UP;HARD;1;", ";CRITICAL;SOFT;", "Caught SIGTERM, shutting down..."]
    {
        assert_eq!(state(&format!("[1] SERVICE ALERT: h;s;OK;HARD;1;{output}")), (State::Ok, true));
        assert_eq!(told(&format!("[1] Warning: {output}")), "ignored: Warning");
        assert_eq!(told(&format!("[1] SERVICE NOTIFICATION: {output}")), "ignored: SERVICE NOTIFICATION");
    }
    assert_eq!(told("[1] Nagios plugin says: foo starting..."), "ignored: other");
    assert_eq!(told("[1] Nagios x;y starting..."), "ignored: other");
}

#[test]
fn lines_that_do_not_count_are_counted_by_kind() {
    for (line, kind) in [
        ("LOG ROTATION: DAILY", "LOG ROTATION"),
        ("LOG VERSION: 2.0", "LOG VERSION"),
        ("Local time is Wed Feb 16 05:19:58 UTC 2011", "Local time is"),
        ("Successfully shutdown... (PID=2504)", "Successfully shutdown"),
        ("HOST NOTIFICATION: ops;h;DOWN;notify;out", "HOST NOTIFICATION"),
        ("SERVICE NOTIFICATION SUPPRESSED: h;s;because", "SERVICE NOTIFICATION SUPPRESSED"),
        ("HOST NOTIFICATION RESULT: ops;h", "HOST NOTIFICATION RESULT"),
        ("SERVICE NOTIFICATION PROGRESS: ops;h;s", "SERVICE NOTIFICATION PROGRESS"),
        ("EXTERNAL COMMAND: SCHEDULE_HOST_DOWNTIME;h;1;2;1;0;0;ops;x", "EXTERNAL COMMAND"),
        ("HOST ACKNOWLEDGE ALERT: h;STARTED;x", "HOST ACKNOWLEDGE ALERT"),
        ("PASSIVE HOST CHECK: h;0;x", "PASSIVE HOST CHECK"),
        ("GLOBAL SERVICE EVENT HANDLER: h;s;OK;HARD;1;x", "GLOBAL SERVICE EVENT HANDLER"),
        ("Error: External command failed -> X", "Error"),
        ("wproc: Core Worker 1: job 2", "wproc"),
        ("qh: core query handler registered", "qh"),
        ("External command [1] X returned error Command failed", "External command"),
        ("HOST ALERTS: h;UP;HARD;1;x", "other"),
        ("SERVICE ALERT", "rejected"),
        ("anything at all", "other"),
    ] {
        let expected = match kind {
            "rejected" => "rejected: host name is empty".to_owned(),
            kind => format!("ignored: {kind}"),
        };
        assert_eq!(told(&format!("[1] {line}")), expected, "{line}");
    }
}

#[test]
fn what_follows_state_and_type_may_be_missing() {
    for rest in ["", ";", ";1", ";1;", "\r", ";3;\r"] {
        assert_eq!(state(&format!("[1] SERVICE ALERT: h;s;WARNING;HARD{rest}")), (State::Warn, true));
    }
}

#[test]
fn a_half_written_line_is_rejected_until_its_deciding_fields_are_there() {
    let line = "[1297900165] SERVICE ALERT: web01;HTTP;CRITICAL;HARD";
    for length in 1..line.len() {
        assert!(!matches!(parse(&line.as_bytes()[..length]), Line::Fact { .. } | Line::Blank), "{}", &line[..length]);
    }
    assert_eq!(told("[1297900165] SERVICE ALERT: web01;HTTP;CRIT"), "rejected: unknown STATE");
    assert_eq!(told("[1297900165] SERVICE ALERT: web01;HTTP;CRITICAL;HA"), "rejected: TYPE is neither SOFT nor HARD");
    assert_eq!(told("[1297900165] SERVICE ALERT: web01;HTTP"), "rejected: ends before the fields that decide");
    assert_eq!(told("[12979"), "rejected: does not begin with `[epoch] `");
}

#[test]
fn an_object_without_a_name_is_rejected() {
    assert_eq!(told("[1] HOST ALERT: ;UP;HARD;1;x"), "rejected: host name is empty");
    assert_eq!(told("[1] SERVICE ALERT: ;s;OK;HARD;1;x"), "rejected: host name is empty");
    assert_eq!(told("[1] SERVICE ALERT: h;;OK;HARD;1;x"), "rejected: service name is empty");
}

#[test]
fn time_stamps_are_whole_seconds_from_1970_to_9998() {
    assert_eq!(told("[0] logging initial states"), "0 InitialStates");
    assert_eq!(told("[253370764799] logging initial states"), "253370764799 InitialStates");
    for late in ["253370764800", "99999999999999999999999999"] {
        assert_eq!(
            told(&format!("[{late}] logging initial states")),
            "rejected: time is outside of the years 1970 to 9998"
        );
    }
    for bad in ["[-1] x", "[] x", "[1.5] x", "[ 1] x", "[1]x", "1 x", " [1] x", "[1"] {
        assert_eq!(told(bad), "rejected: does not begin with `[epoch] `", "{bad}");
    }
}

#[test]
fn nul_bytes_and_carriage_returns_around_a_line_do_no_harm() {
    assert_eq!(state("\0\0\0[1] HOST ALERT: h;UP;HARD\r"), (State::Up, true));
    assert_eq!(state("[1] HOST ALERT: h;UP;HARD\0\0\r"), (State::Up, true));
    assert_eq!(told("[1] HOST ALERT: h\0x;DOWN;HARD;1;a\0b"), told("\0[1] HOST ALERT: h\0x;DOWN;HARD;1;a\0b\r"));
    for blank in ["", "\r", "\0\0\0", "\0\r", "  \t"] {
        assert_eq!(told(blank), "blank");
    }
}

#[test]
fn names_may_hold_colons_backslashes_and_bytes_that_are_not_utf8() {
    assert_eq!(
        told(r"[1] SERVICE ALERT: win7;Disk C:\ usage: all;OK;HARD;1;x"),
        r"1 win7;Disk C:\ usage: all State { telling: Alert, state: Ok, hard: true } None"
    );
    let Line::Fact { fact: Fact::Object { name, .. }, .. } = parse(b"[1] SERVICE ALERT: h;T\xfcr;OK;HARD") else {
        panic!("not taken");
    };
    assert_eq!((name.raw, name.host, name.service), (&b"h;T\xfcr"[..], &b"h"[..], Some(&b"T\xfcr"[..])));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parse(&bytes);
        is_stamped(&bytes);
    }

    #[test]
    fn nothing_that_looks_like_a_line_makes_it_panic(
        text in r"\[[0-9]{0,14}\]? ?(HOST|SERVICE|CURRENT HOST|INITIAL SERVICE|TIMEPERIOD|Nagios|Caught|check_mk micro core)? ?(ALERT|STATE|DOWNTIME ALERT|FLAPPING ALERT|TRANSITION| starting|)[:;, ]{0,3}([a-z]{0,3};|OK;|HARD|STARTED|-1;){0,6}"
    ) {
        for length in 0..=text.len() {
            parse(&text.as_bytes()[..length]);
        }
    }
}
