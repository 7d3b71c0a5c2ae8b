use proptest::prelude::*;

use super::*;
use crate::events::event::State;
use crate::events::format::{Format, Options, read};

fn gathered(log: &[u8]) -> Parsed {
    let parsed = read(log, "log", &Options::of(Format::Nagios)).unwrap().parsed;
    let counts = &parsed.counts;
    let ignored: u64 = counts.ignored.values().sum();
    assert_eq!(counts.lines, counts.blank + ignored + counts.rejected + counts.accepted);
    assert_eq!(counts.rejected, counts.rejections.len() as u64);
    parsed
}

/// Of each object its events as `time#ordinal`.
fn places(parsed: &Parsed) -> Vec<String> {
    let place = |told: Told<'_>| format!("{}#{}", told.time.0, told.ordinal);
    let of_object = |told: Vec<Told<'_>>| told.into_iter().map(place).collect::<Vec<_>>().join(" ");
    parsed.objects().map(|(target, told)| format!("{target} {}", of_object(told))).collect()
}

/// Of each INITIAL line its object and how far its header is.
fn in_blocks(log: &str) -> Vec<(String, Option<u32>)> {
    let parsed = gathered(log.as_bytes());
    let of_object = |(target, told): (&Target, Vec<Told<'_>>)| {
        let initial =
            told.into_iter().filter(|told| matches!(told.what, What::State { telling: Telling::Initial { .. }, .. }));
        initial.map(|told| (target.to_string(), told.since_header())).collect::<Vec<_>>()
    };
    parsed.objects().flat_map(of_object).collect()
}

#[test]
fn lines_of_a_second_are_numbered_across_objects() {
    let log = b"[5] HOST ALERT: b;UP;HARD\n[5] Naemon 1 starting...\n[5] LOG VERSION: 2.0\n[5] HOST ALERT: a;UP;HARD\n\
        [5] TIMEPERIOD TRANSITION: p;0;1\n[6] HOST ALERT: b;DOWN;HARD\n";
    let parsed = gathered(log);
    assert_eq!(places(&parsed), ["a 5#2", "b 5#0 6#0"]);
    assert_eq!((parsed.core[0].ordinal, parsed.periods["p"][0].ordinal), (1, 3));
}

#[test]
fn seconds_that_come_back_are_numbered_on() {
    let up = |time: i64, host: &str| format!("[{time}] HOST ALERT: {host};UP;HARD\n");
    let log = [up(5, "a"), up(5, "b"), up(9, "a"), up(5, "a"), up(9, "b"), up(7, "a"), up(9, "a")].concat();
    assert_eq!(places(&gathered(log.as_bytes())), ["a 5#0 5#2 7#0 9#0 9#2", "b 5#1 9#1"]);
}

#[test]
fn core_lines_of_a_kind_in_a_second_are_one() {
    let parsed = gathered(b"[5] Caught SIGHUP, restarting...\n[5] Nagios 4 starting...\n[5] HOST ALERT: a;UP;HARD\n");
    assert_eq!(parsed.core, [CoreEvent { time: Instant(5), ordinal: 0, core: Core::Start }]);
    assert_eq!((places(&parsed), parsed.counts.accepted), (vec!["a 5#1".to_owned()], 3));
}

#[test]
fn a_block_goes_on_to_the_next_event_line_of_another_kind() {
    let initial = |host: &str| format!("[7] INITIAL HOST STATE: {host};UP;HARD;1;\n");
    let header = "[5] logging initial states\n";
    let given = |others: &str| in_blocks(&format!("{}{header}{}{others}{}", initial("a"), initial("b"), initial("c")));
    let block = [("a".to_owned(), None), ("b".to_owned(), Some(2)), ("c".to_owned(), Some(2))];
    for others in ["", "[6] LOG VERSION: 2.0\n", "\n", "garbage\n", "[6] HOST NOTIFICATION: x;c;DOWN;n;\n"] {
        assert_eq!(given(others), block, "{others}");
    }
    assert_eq!(given("[6] INITIAL SERVICE STATE: c;s;OK;HARD;1;\n")[2], ("c".to_owned(), Some(2)));
    for others in [
        "[6] HOST ALERT: d;UP;HARD;1;\n",
        "[6] CURRENT HOST STATE: d;UP;HARD;1;\n",
        "[6] HOST DOWNTIME ALERT: d;STARTED; \n",
        "[6] TIMEPERIOD TRANSITION: p;0;1\n",
        "[6] Nagios 4 starting...\n",
    ] {
        assert_eq!(given(others)[2], ("c".to_owned(), None), "{others}");
    }
    assert_eq!(given("[6] logging intitial states\n")[2], ("c".to_owned(), Some(1)));
    assert_eq!(given("[5] logging initial states\n")[2], ("c".to_owned(), Some(2)));
}

#[test]
fn an_object_is_one_whether_its_name_is_utf8_or_latin1() {
    let parsed = gathered(b"[5] SERVICE ALERT: h;T\xc3\xbcr;OK;HARD\n[6] SERVICE ALERT: h;T\xfcr;OK;HARD\n");
    assert_eq!(places(&parsed), ["h/Tür 5#0 6#0"]);
}

#[test]
fn output_is_kept_of_problems_only_and_short() {
    let output = "x".repeat(5000);
    let log = format!(
        "[5] HOST ALERT: h;UP;HARD;1;fine\n[6] HOST ALERT: h;DOWN;HARD;1;{output}\n[7] HOST ALERT: h;DOWN;HARD;1;a;b"
    );
    let parsed = gathered(log.as_bytes());
    let (_, told) = parsed.objects().next().unwrap();
    assert_eq!(told.iter().map(|told| told.output).collect::<Vec<_>>(), [None, Some(&output[..240]), Some("a;b")]);
    assert_eq!(told.iter().map(|told| told.unfinished).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn a_bad_line_is_told_with_its_number_and_beginning() {
    let log =
        format!("[5] LOG VERSION: 2.0\r\n\0\0\nfoo\x1b[31m{}\n[6] HOST ALERT: h;UP\n[7] HOST AL", "é".repeat(200));
    let parsed = gathered(log.as_bytes());
    let rejected: Vec<_> =
        parsed.counts.rejections.iter().map(|bad| (bad.line, bad.reason, bad.excerpt.len())).collect();
    assert_eq!(rejected, [(3, Reason::NoTime, 120), (4, Reason::Missing, 20)]);
    assert_eq!((parsed.counts.blank, parsed.counts.ignored["other"]), (1, 1));
}

#[test]
fn line_ends_of_another_platform_change_nothing() {
    let log = "[5] HOST ALERT: h;DOWN;HARD;1;x\n[5] TIMEPERIOD TRANSITION: p;0;1\n\n[6] Naemon 1 starting...\n";
    let (unix, dos) = (gathered(log.as_bytes()), gathered(log.replace('\n', "\r\n").as_bytes()));
    assert_eq!(unix.objects().collect::<Vec<_>>(), dos.objects().collect::<Vec<_>>());
    assert_eq!((unix.core, unix.periods, unix.counts), (dos.core, dos.periods, dos.counts));
}

#[test]
fn an_event_that_no_file_told_is_gathered_like_a_line() {
    for line in [
        "SERVICE ALERT: h;s;CRITICAL;HARD;1;refused",
        "HOST ALERT: h;UP;SOFT;1;fine",
        "HOST DOWNTIME ALERT: h;STARTED; ",
    ] {
        let parsed = gathered(format!("[5] {line}\n").as_bytes());
        let (target, told) = parsed.objects().next().unwrap();
        let output = line.strip_prefix("SERVICE").map_or("fine", |_| "refused");
        let single = Parsed::single(target, Instant(5), told[0].what, Some(output));
        assert_eq!(single.objects().collect::<Vec<_>>(), parsed.objects().collect::<Vec<_>>());
        assert_eq!(single.counts, parsed.counts);
    }
}

fn real(name: &str) -> Parsed {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs").join(name);
    read(std::fs::File::open(path).unwrap(), name, &Options::of(Format::Auto)).unwrap().parsed
}

/// How many events each sort of line gave.
fn by_sort(parsed: &Parsed) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (target, told) in parsed.objects() {
        for told in told {
            let service = target.service.is_some();
            let sort = match told.what {
                What::State { telling, state, .. } => {
                    assert_eq!(state.of_host(), !service);
                    assert_eq!(told.output.is_some(), !state.is_good());
                    match (telling, service) {
                        (Telling::Alert, false) => "HOST ALERT",
                        (Telling::Alert, true) => "SERVICE ALERT",
                        (Telling::Current, false) => "CURRENT HOST",
                        (Telling::Current, true) => "CURRENT SERVICE",
                        (Telling::Initial { .. }, false) => "INITIAL HOST",
                        (Telling::Initial { .. }, true) => "INITIAL SERVICE",
                    }
                }
                What::Downtime(_) if service => "SERVICE DOWNTIME",
                What::Downtime(_) => "HOST DOWNTIME",
                What::Flapping(_) if service => "SERVICE FLAPPING",
                What::Flapping(_) => "HOST FLAPPING",
            };
            *counts.entry(sort).or_default() += 1;
        }
    }
    counts
}

fn objects(parsed: &Parsed) -> (usize, usize) {
    let services = parsed.objects().filter(|(target, _)| target.service.is_some()).count();
    (parsed.objects().count() - services, services)
}

fn problems(parsed: &Parsed) -> usize {
    parsed.objects().flat_map(|(_, told)| told).filter(|told| told.output.is_some()).count()
}

#[test]
fn every_line_of_a_production_nagios_is_accounted_for() {
    let parsed = real("datadog-nagios.log");
    assert_eq!((parsed.counts.lines, parsed.counts.accepted, parsed.counts.blank), (632, 399, 0));
    assert_eq!(parsed.counts.rejections, []);
    assert_eq!(
        parsed.counts.ignored,
        BTreeMap::from([
            ("Auto-save of retention data", 19),
            ("EXTERNAL COMMAND", 19),
            ("Finished daemonizing", 1),
            ("LOG ROTATION", 1),
            ("LOG VERSION", 11),
            ("Local time is", 10),
            ("SERVICE EVENT HANDLER", 10),
            ("SERVICE NOTIFICATION", 120),
            ("Successfully shutdown", 1),
            ("Warning", 41),
        ])
    );
    assert_eq!(
        by_sort(&parsed),
        BTreeMap::from([
            ("CURRENT HOST", 8),
            ("CURRENT SERVICE", 52),
            ("HOST ALERT", 3),
            ("HOST DOWNTIME", 5),
            ("SERVICE ALERT", 301),
            ("SERVICE DOWNTIME", 3),
            ("SERVICE FLAPPING", 7),
        ])
    );
    assert_eq!((objects(&parsed), problems(&parsed)), ((9, 70), 208));
    // Nine SIGHUPs, each in the second of the start that follows, and one start after a stop.
    let stops: Vec<i64> =
        parsed.core.iter().filter(|event| event.core == Core::Stop).map(|event| event.time.0).collect();
    assert_eq!((parsed.core.len(), stops), (11, vec![1_297_895_112]));
}

#[test]
fn every_line_of_a_nagios_4_with_downtimes_of_all_sorts_is_accounted_for() {
    let parsed = real("nagios-4.5.12-daemon.log");
    assert_eq!((parsed.counts.lines, parsed.counts.accepted, parsed.counts.blank), (217, 115, 0));
    assert_eq!(parsed.counts.rejections, []);
    assert_eq!(
        parsed.counts.ignored,
        BTreeMap::from([
            ("EXTERNAL COMMAND", 23),
            ("Error", 3),
            ("External command", 3),
            ("HOST NOTIFICATION", 32),
            ("LOG VERSION", 3),
            ("Local time is", 3),
            ("SERVICE NOTIFICATION", 4),
            ("Successfully launched command file worker", 2),
            ("Successfully shutdown", 2),
            ("qh", 12),
            ("wproc", 15),
        ])
    );
    assert_eq!(
        by_sort(&parsed),
        BTreeMap::from([
            ("HOST ALERT", 7),
            ("HOST DOWNTIME", 36),
            ("INITIAL HOST", 30),
            ("INITIAL SERVICE", 30),
            ("SERVICE ALERT", 2),
            ("SERVICE DOWNTIME", 4),
        ])
    );
    assert_eq!((objects(&parsed), problems(&parsed)), ((10, 10), 13));
    let core: Vec<_> = parsed.core.iter().map(|event| (event.time.0 - 1_795_289_000, event.core)).collect();
    let (start, stop) = (Core::Start, Core::Stop);
    assert_eq!(core, [(378, start), (410, start), (411, start), (415, stop), (423, start), (452, stop)]);
    // A flexible downtime's STARTED comes before the alert that triggered it, in the same second.
    let (_, h2) = parsed.objects().find(|(target, _)| **target == Target::host("h2")).unwrap();
    let second: Vec<_> = h2.iter().filter(|told| told.time == Instant(1_795_289_388)).map(|told| told.what).collect();
    assert!(matches!(second[..], [What::Downtime(_), What::State { state: State::Down, .. }]), "{second:?}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_every_line_is_counted(
        lines in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            r"\[[0-9]{1,3}\] (HOST ALERT: [ab];(UP|DOWN);HARD;1;x|logging initial states|INITIAL HOST STATE: a;UP;SOFT|TIMEPERIOD TRANSITION: p;1;0)".prop_map(String::into_bytes),
        ], 0..30)
    ) {
        let parsed = gathered(&lines.join(&b'\n'));
        let mut ordinals: Vec<(Instant, u32)> = parsed.objects().flat_map(|(_, told)| told)
            .map(|told| (told.time, told.ordinal))
            .chain(parsed.periods.values().flatten().map(|entry| (entry.time, entry.ordinal)))
            .chain(parsed.core.iter().map(|event| (event.time, event.ordinal)))
            .collect();
        ordinals.sort_unstable();
        for second in ordinals.chunk_by(|left, right| left.0 == right.0) {
            prop_assert!(second.iter().map(|place| place.1).eq(0..u32::try_from(second.len()).unwrap()));
        }
    }
}
