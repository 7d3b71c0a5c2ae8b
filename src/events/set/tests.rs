use proptest::prelude::*;

use super::*;
use crate::events::format::{Format, Options, read};
use crate::events::vectors;

type Unread = fn(&str) -> Outcome<Vec<u8>>;

fn none(name: &str) -> Outcome<Vec<u8>> {
    Err(Failure::new(Kind::Missing, name))
}

/// A set after importing those files, and each import's outcome.
fn imported(files: &[&str]) -> (SegmentSet<Unread>, Vec<Imported>) {
    let mut set = SegmentSet::new([], none as Unread);
    let mut outcomes = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let parsed = read(file.as_bytes(), "log", &Options::of(Format::Nagios)).unwrap().parsed;
        let outcome = set.import(&parsed).unwrap();
        assert_eq!(outcome.events + outcome.duplicates, parsed.counts.accepted);
        if let Some(bytes) = &outcome.segment {
            set.push(number.to_string(), bytes.clone()).unwrap();
        }
        outcomes.push(outcome);
    }
    set.verify().unwrap();
    (set, outcomes)
}

fn counts(files: &[&str]) -> Vec<(u64, u64)> {
    imported(files).1.iter().map(|outcome| (outcome.events, outcome.duplicates)).collect()
}

#[test]
fn segments_are_a_source_of_events() {
    vectors::run(&|files: &[&str]| imported(files).0);
}

#[test]
fn events_and_duplicates_are_counted() {
    let (a, b) = ("[5] HOST ALERT: h;DOWN;HARD;1;a\n", "[5] HOST ALERT: h;UP;HARD;1;b\n");
    let both = format!("{a}{b}");
    assert_eq!(counts(&[a, a]), [(1, 0), (0, 1)]);
    assert_eq!(counts(&[a, &both, b]), [(1, 0), (1, 1), (0, 1)]);
    assert_eq!(counts(&[a, b, &both]), [(1, 0), (1, 0), (0, 2)]);
    assert_eq!(counts(&[&format!("{a}{a}")]), [(2, 0)]);
    let restart = "[5] Caught SIGHUP, restarting...\n[5] Nagios 4.5.12 starting... (PID=1)\n";
    assert_eq!(counts(&[restart, restart]), [(1, 1), (0, 2)]);
}

#[test]
fn what_is_all_known_makes_no_segment() {
    let log = "[5] HOST ALERT: h;DOWN;HARD;1;a\n[6] TIMEPERIOD TRANSITION: p;0;1\n[7] Naemon 1 starting...\n";
    let (_, outcomes) = imported(&[log, log]);
    assert!(outcomes[0].segment.is_some());
    assert_eq!(outcomes[1].segment, None);
}

#[test]
fn segments_are_read_when_they_are_asked_for() {
    let set = SegmentSet::new(["0001".to_owned()], none as Unread);
    assert_eq!(set.objects().unwrap_err().kind, Kind::Missing);
    let (_, outcomes) = imported(&["[5] HOST ALERT: h;DOWN;HARD;1;a\n"]);
    let bytes = outcomes[0].segment.clone().unwrap();
    let set = SegmentSet::new(["0001".to_owned()], move |_: &str| Ok(bytes.clone()));
    assert_eq!(set.objects().unwrap(), [Target::host("h")]);
}

#[test]
fn a_segment_that_is_gone_is_missed() {
    let (a, b) = ("[5] HOST ALERT: h;DOWN;HARD;1;a\n", "[5] HOST ALERT: h;UP;HARD;1;b\n");
    let (_, outcomes) = imported(&[a, &format!("{a}{b}")]);
    let mut set = SegmentSet::new([], none as Unread);
    set.push("2".into(), outcomes[1].segment.clone().unwrap()).unwrap();
    assert_eq!(set.verify().unwrap_err().kind, Kind::Damaged);
}

/// Seconds of a log, each with some lines; the headers of blocks stand in one second with all their lines.
fn any_seconds() -> impl Strategy<Value = Vec<String>> {
    let object = prop::sample::select(vec!["HOST ALERT: a;", "SERVICE ALERT: a;s;", "CURRENT SERVICE STATE: b;s;"]);
    let of_host = prop::sample::select(vec!["UP;HARD;1;", "DOWN;SOFT;1;x", "DOWN;SOFT;1;y"]);
    let of_service = prop::sample::select(vec!["OK;HARD;1;", "CRITICAL;SOFT;1;x", "WARNING;HARD;1;y"]);
    let state = (object, of_host, of_service).prop_map(|(object, of_host, of_service)| {
        format!("{object}{}", if object.starts_with("HOST") { of_host } else { of_service })
    });
    let other = prop::sample::select(vec![
        "HOST DOWNTIME ALERT: a;STARTED; x",
        "HOST DOWNTIME ALERT: a;STOPPED; x",
        "SERVICE FLAPPING ALERT: a;s;STARTED; x",
        "TIMEPERIOD TRANSITION: p;0;1",
        "TIMEPERIOD TRANSITION: p;1;0",
        "Nagios 4.5.12 starting... (PID=1)",
        "Caught SIGTERM, shutting down...",
        "logging initial states\n[T] INITIAL HOST STATE: a;UP;HARD;1;\n[T] LOG VERSION: 2.0",
        "garbage;;",
    ]);
    let line = prop_oneof![3 => state, 2 => other.prop_map(str::to_owned)];
    let second = prop::collection::vec(line, 1..5);
    prop::collection::vec((1_i64..4, second), 1..14).prop_map(|seconds| {
        let mut time = 1000;
        let mut texts = Vec::new();
        for (step, lines) in seconds {
            time += step;
            let lines: Vec<String> = lines.iter().map(|line| format!("[T] {line}\n")).collect();
            texts.push(lines.concat().replace("[T]", &format!("[{time}]")));
        }
        texts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Pieces end where seconds do: within one, lists of one object that do not hold each other stand in order of
    /// import, so there the order of pieces is the order of events.
    #[test]
    fn pieces_in_any_order_and_twice_give_what_the_whole_gives(
        seconds in any_seconds(),
        piece_of in prop::collection::vec(0_usize..4, 14),
        order in Just(vec![0_usize, 1, 2, 3, 0, 1, 2, 3]).prop_shuffle(),
    ) {
        let whole = seconds.concat();
        let mut pieces = vec![String::new(); 4];
        for (second, &piece) in seconds.iter().zip(&piece_of) {
            pieces[piece].push_str(second);
        }
        let files: Vec<&str> = order.iter().map(|&piece| pieces[piece].as_str()).collect();
        let (set, outcomes) = imported(&files);
        let (expected, whole_outcome) = imported(&[&whole]);
        prop_assert_eq!(set.load(&|_| true).unwrap(), expected.load(&|_| true).unwrap());
        prop_assert_eq!(set.basis().unwrap(), expected.basis().unwrap());
        prop_assert_eq!(outcomes.iter().map(|outcome| outcome.events).sum::<u64>(), whole_outcome[0].events);
        let (again, outcomes) = imported(&[&whole, files[0], &whole, files[1]]);
        prop_assert_eq!(again.basis().unwrap(), expected.basis().unwrap());
        prop_assert!(outcomes[1..].iter().all(|outcome| outcome.segment.is_none()));
    }

    /// Wherever a log is cut, the whole imported later puts it right.
    #[test]
    fn a_log_imported_again_as_it_grows_gives_what_it_gives_at_last(
        seconds in any_seconds(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4)
    ) {
        let whole = seconds.concat();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(whole.len())).collect();
        cuts.sort_unstable();
        let files: Vec<&str> = cuts.iter().map(|&cut| &whole[..cut]).chain([whole.as_str()]).collect();
        let (set, _) = imported(&files);
        let (expected, _) = imported(&[&whole]);
        prop_assert_eq!(set.load(&|_| true).unwrap(), expected.load(&|_| true).unwrap());
        prop_assert_eq!(set.basis().unwrap(), expected.basis().unwrap());
    }

    #[test]
    fn what_names_the_basis_is_the_same_for_lines_shuffled_into_files(
        seconds in any_seconds(), turn in 0_usize..50
    ) {
        let mut files: Vec<&str> = seconds.iter().map(String::as_str).collect();
        files.rotate_left(turn % seconds.len());
        prop_assert_eq!(imported(&files).0.basis().unwrap(), imported(&[&seconds.concat()]).0.basis().unwrap());
    }
}
