use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::clock::Instant;
use crate::downtime::target::Target;
use crate::events::digest::Digest;
use crate::events::event::{Core, Mark, State, Telling, Transition, What};
use crate::events::log::CoreEvent;
use crate::events::told::Told;
use crate::failure::Kind;

type Objects = BTreeMap<Target, Vec<(What, i64, Option<String>, bool)>>;

fn any_what() -> impl Strategy<Value = What> {
    let state = prop::sample::select(vec![
        State::Ok,
        State::Warn,
        State::Crit,
        State::Unknown,
        State::Up,
        State::Down,
        State::Unreach,
    ]);
    let telling = prop_oneof![
        Just(Telling::Alert),
        Just(Telling::Current),
        prop::option::of(0..u32::MAX).prop_map(|since_header| Telling::Initial { since_header }),
    ];
    let mark = prop::sample::select(vec![Mark::Started, Mark::Stopped, Mark::Withdrawn]);
    prop_oneof![
        (telling, state, any::<bool>()).prop_map(|(telling, state, hard)| What::State { telling, state, hard }),
        mark.clone().prop_map(What::Downtime),
        mark.prop_map(What::Flapping),
    ]
}

fn any_objects() -> impl Strategy<Value = Objects> {
    let name = (".{0,5}", prop::option::of(".{0,5}")).prop_map(|(host, service)| Target { host, service });
    let event = (any_what(), 0..=Instant::LATEST.0, prop::option::of(".{0,6}"), any::<bool>());
    prop::collection::btree_map(name, prop::collection::vec(event, 1..6), 0..6)
}

fn told(objects: &Objects) -> Vec<(&Target, Vec<Told<'_>>)> {
    objects
        .iter()
        .map(|(target, events)| {
            let mut told: Vec<Told<'_>> = (0_u32..)
                .zip(events)
                .map(|(ordinal, (what, time, output, unfinished))| Told {
                    time: Instant(*time),
                    ordinal,
                    what: *what,
                    output: output.as_deref(),
                    unfinished: *unfinished,
                })
                .collect();
            told.sort_by_key(|told| (told.time, told.ordinal));
            (target, told)
        })
        .collect()
}

fn open(bytes: Vec<u8>) -> Result<Segment, Kind> {
    Segment::open("0001".into(), bytes).map_err(|failure| failure.kind)
}

/// A segment with something in every section.
fn sample() -> Vec<u8> {
    let service = Target::service("web", "http");
    let state = What::State { telling: Telling::Alert, state: State::Crit, hard: true };
    let event = Told { time: Instant(5), ordinal: 0, what: state, output: Some("refused"), unfinished: false };
    let transition = Transition { time: Instant(6), ordinal: 0, from: -1, to: 1 };
    let contents = Contents {
        objects: vec![(&service, vec![event])],
        periods: BTreeMap::from([("office", vec![transition])]),
        core: vec![CoreEvent { time: Instant(7), ordinal: 0, core: Core::Start }],
        digest: Digest(7),
    };
    encode(&contents).unwrap().unwrap()
}

/// The sample with other bytes at `at`, and a checksum that fits them.
fn forged(at: usize, with: &[u8]) -> Vec<u8> {
    let mut bytes = sample();
    bytes[at..at + with.len()].copy_from_slice(with);
    let sum = checksum(&bytes).to_le_bytes();
    bytes[CHECKSUM].copy_from_slice(&sum);
    bytes
}

fn verified(bytes: Vec<u8>) -> Result<(), Kind> {
    open(bytes)?.verify().map_err(|failure| failure.kind)
}

const EVENT: usize = HEADER + 2 * 32;
const TRANSITION: usize = EVENT + 24;
const CORE_EVENT: usize = TRANSITION + 16;

#[test]
fn nothing_makes_no_segment() {
    assert_eq!(encode(&Contents::default()).unwrap(), None);
}

#[test]
fn every_changed_byte_and_every_cut_is_damage() {
    let bytes = sample();
    assert_eq!(verified(bytes.clone()), Ok(()));
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert_eq!(open(changed).err(), Some(Kind::Damaged), "byte {at} bit {bit}");
        }
        assert_eq!(open(bytes[..at].to_vec()).err(), Some(Kind::Damaged), "cut at {at}");
    }
    assert_eq!(open([bytes, vec![0]].concat()).err(), Some(Kind::Damaged));
}

#[test]
fn what_a_newer_version_wrote_is_refused_and_said_so() {
    assert_eq!(verified(forged(8, &[2])), Err(Kind::Newer));
    assert_eq!(verified(forged(EVENT + 20, &[5])), Err(Kind::Newer), "kind");
    assert_eq!(verified(forged(EVENT + 21, &[7])), Err(Kind::Newer), "state");
    assert_eq!(verified(forged(EVENT + 22, &[4])), Err(Kind::Newer), "flag");
    assert_eq!(verified(forged(TRANSITION + 12, &[2])), Err(Kind::Newer), "period state");
    assert_eq!(verified(forged(CORE_EVENT + 12, &[3])), Err(Kind::Newer), "core");
    let failure = Segment::open("0001".into(), forged(8, &[2])).unwrap_err();
    assert_eq!(failure.message(), "event segment 0001 has a newer format");
}

#[test]
fn numbers_that_point_outside_are_damage_even_under_a_fitting_checksum() {
    for at in (16..HEADER).step_by(8).filter(|at| ![32, 40].contains(at)) {
        assert_eq!(verified(forged(at, &u64::MAX.to_le_bytes())), Err(Kind::Damaged), "header at {at}");
    }
    for at in (HEADER..EVENT).step_by(8) {
        assert_eq!(verified(forged(at, &u64::MAX.to_le_bytes())), Err(Kind::Damaged), "directory at {at}");
    }
    assert_eq!(verified(forged(EVENT + 16, &[1])), Err(Kind::Damaged), "output");
    assert_eq!(verified(forged(EVENT, &[8])), Err(Kind::Damaged), "later than the newest");
    assert_eq!(verified(forged(CORE_EVENT + 16, &[8])), Err(Kind::Damaged), "output's end");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(
        objects in any_objects(),
        periods in prop::collection::btree_map(".{1,4}", prop::collection::vec((0_i64..99, -1_i8..=1, -1_i8..=1), 1..4), 0..3),
        core in prop::collection::btree_set((0_i64..99, prop::sample::select(vec![Core::Start, Core::Stop, Core::InitialStates])), 0..5),
        digest in any::<u128>(),
    ) {
        let objects = told(&objects);
        let periods: BTreeMap<&str, Vec<Transition>> = periods.iter().map(|(name, list)| {
            let mut list: Vec<Transition> = (0..).zip(list)
                .map(|(ordinal, &(time, from, to))| Transition { time: Instant(time), ordinal, from, to }).collect();
            list.sort_unstable();
            (name.as_str(), list)
        }).collect();
        let core: Vec<CoreEvent> = (0..).zip(core)
            .map(|(ordinal, (time, core))| CoreEvent { time: Instant(time), ordinal, core }).collect();
        let contents = Contents { objects: objects.clone(), periods: periods.clone(), core: core.clone(), digest: Digest(digest) };
        let Some(bytes) = encode(&contents).unwrap() else {
            prop_assert!(objects.is_empty() && periods.is_empty() && core.is_empty());
            return Ok(());
        };
        let segment = open(bytes).unwrap();
        segment.verify().unwrap();
        let read: Vec<(Target, Vec<Told<'_>>)> = segment.objects().unwrap().into_iter().enumerate()
            .map(|(entry, named)| (named.target(), segment.events(entry).unwrap())).collect();
        prop_assert_eq!(read.iter().map(|(target, told)| (target, told.clone())).collect::<Vec<_>>(), objects.clone());
        for (target, told) in objects {
            prop_assert_eq!(segment.events_of(target).unwrap(), told);
            prop_assert!(segment.knows(target).unwrap());
        }
        prop_assert_eq!(segment.periods().unwrap(), periods.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(segment.core().unwrap(), core);
        prop_assert_eq!(segment.digest, Digest(digest));
    }
}
