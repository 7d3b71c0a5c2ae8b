//! Any sequence of commands: the same state after reading it back, with snapshots and without, and as a model of
//! seconds has it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use downtime::clock::Instant;
use downtime::downtime::agenda::NoRules;
use downtime::downtime::cover::cover;
use downtime::downtime::interval::{self, Interval};
use downtime::downtime::kept::Kept;
use downtime::downtime::record::Downtime;
use downtime::downtime::settle::due_since;
use downtime::downtime::settled::{Name, Turn, told};
use downtime::downtime::story::{self, Happening};
use downtime::downtime::target::Target;
use downtime::effects::tick::tick_in_lines;
use downtime::store::files::Files;
use downtime::store::writer::LINES_PER_SEGMENT as FULL;
use downtime::store::{State, Store};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::acting::{Picture, adding, deleting, entries, extending, moving, scheduling, undoing, writer};
use crate::disk::{Faulty, Tree};
use crate::model::Model;

const TARGETS: [&str; 5] = ["web01", "web01/HTTP", "db01", "db01/Disk [C:\\]", "web02"];

/// Something that somebody does, `later` seconds after the thing before it.
#[derive(Debug, Clone)]
struct Deed {
    later: i64,
    what: What,
    /// Whether a process of its own does it.
    anew: bool,
}

/// Numbers pick among what there is at the time.
#[derive(Debug, Clone)]
enum What {
    Schedule { targets: Vec<usize>, start: i64, length: i64 },
    Extend { id: prop::sample::Index, to: i64 },
    Move { id: prop::sample::Index, start: i64, length: i64 },
    Add { id: prop::sample::Index, target: usize },
    Delete { ids: Vec<prop::sample::Index>, only: Option<usize> },
    Undo { operation: prop::sample::Index },
    Tick,
}

fn what() -> impl Strategy<Value = What> {
    let targets = prop::sample::subsequence((0..TARGETS.len()).collect::<Vec<_>>(), 1..4);
    prop_oneof![
        3 => (targets, -30_i64..40, 1_i64..90).prop_map(|(targets, start, length)| What::Schedule { targets, start, length }),
        2 => (any::<prop::sample::Index>(), 0_i64..120).prop_map(|(id, to)| What::Extend { id, to }),
        1 => (any::<prop::sample::Index>(), 0_i64..60, 1_i64..90)
            .prop_map(|(id, start, length)| What::Move { id, start, length }),
        1 => (any::<prop::sample::Index>(), 0..TARGETS.len()).prop_map(|(id, target)| What::Add { id, target }),
        2 => (prop::collection::vec(any::<prop::sample::Index>(), 1..3), prop::option::of(0..TARGETS.len()))
            .prop_map(|(ids, only)| What::Delete { ids, only }),
        4 => any::<prop::sample::Index>().prop_map(|operation| What::Undo { operation }),
        3 => Just(What::Tick),
    ]
}

fn deeds(later: std::ops::Range<i64>, count: usize) -> impl Strategy<Value = Vec<Deed>> {
    let deed = (prop_oneof![Just(0), later], what(), any::<bool>());
    prop::collection::vec(deed.prop_map(|(later, what, anew)| Deed { later, what, anew }), 1..count)
}

/// Does all that can be done, and returns what happened, the time it is then, and the state as the last writer had it.
fn act(disk: &Arc<Faulty>, deeds: &[Deed], mut now: i64) -> (Model, i64, State) {
    let mut model = Model::default();
    let open = |now| writer(Arc::clone(disk) as Arc<dyn Files>, &disk.store(), now).unwrap();
    let mut hand = open(now);
    for entry in entries(&hand.store).unwrap() {
        model.happen(&entry.operation, entry.due.0);
    }
    for deed in deeds {
        now = (now + deed.later).max(1);
        // One writer stands for one moment, so that a later one needs another.
        if deed.anew || deed.later != 0 {
            drop(hand);
            hand = open(now);
        }
        let last = hand.state.head.last_id;
        // Mostly the newest: the older ones of a long store are over.
        let pick = |index: &prop::sample::Index| last.saturating_sub(index.index(7) as u64).max(1);
        let operation = match &deed.what {
            What::Schedule { targets, start, length } => {
                let targets: Vec<&str> = targets.iter().map(|at| TARGETS[*at]).collect();
                let start = (now + start).max(0);
                Some(scheduling(&hand.state, &targets, start, start + length))
            }
            What::Extend { id, to } => extending(&hand.state, pick(id), now, now + to),
            What::Move { id, start, length } => moving(&hand.state, pick(id), now, now + start, now + start + length),
            What::Add { id, target } => adding(&hand.state, pick(id), now, &Target::parse(TARGETS[*target])),
            What::Delete { ids, only } => {
                let mut ids: Vec<u64> = ids.iter().map(pick).collect();
                ids.sort_unstable();
                ids.dedup();
                deleting(&hand.state, &ids, now, only.map(|at| Target::parse(TARGETS[at])).as_ref())
            }
            What::Undo { operation } => {
                let entries = entries(&hand.store).unwrap();
                let newest = hand.state.head.sequence;
                let sequence = newest.saturating_sub(operation.index(7) as u64).max(1);
                undoing(&hand.state, &entries, sequence, now)
            }
            What::Tick => {
                tick_in_lines(&mut hand, 3).unwrap();
                None
            }
        };
        if let Some(operation) = operation {
            hand.commit(operation.clone()).unwrap();
            model.happen(&operation, now);
        }
    }
    (model, now, hand.state)
}

fn read(disk: &Faulty) -> State {
    Store::open(Arc::new(downtime::store::files::Disk), &disk.store()).unwrap().unwrap().read().unwrap().state
}

/// The state reads back as it was written, from wherever it is read, and no activation touches another.
fn reads_back(disk: &Faulty, written: &State) {
    let picture = Picture { head: written.head.clone(), downtimes: written.all().unwrap() };
    assert_eq!(Picture::of(&disk.store()).unwrap(), picture);
    assert_eq!(Picture::replayed(&disk.store()).unwrap(), picture);
    let before: Vec<_> = ["web01", "db01"].map(|host| read(disk).on_host(host, Instant::BEGINNING).unwrap()).into();
    let cache = disk.store().join("cache");
    if cache.exists() {
        std::fs::remove_dir_all(cache).unwrap();
    }
    assert_eq!(Picture::of(&disk.store()).unwrap(), picture);
    let after: Vec<_> = ["web01", "db01"].map(|host| read(disk).on_host(host, Instant::BEGINNING).unwrap()).into();
    assert_eq!(before, after, "by host, with and without the cache");
    for downtime in picture.downtimes.iter().filter_map(|kept| kept.clone().into_downtime()) {
        for holding in &downtime.holdings {
            assert!(holding.spans.windows(2).all(|pair| pair[0].end() < pair[1].start()), "{downtime:?}");
        }
        assert!(downtime.window.start() < downtime.window.end());
    }
}

/// Every answer about the present, the past and what is to come is the model's.
fn agrees(state: &State, model: &Model) {
    for object in ["web01", "web01/HTTP", "web01/SSH", "db01", "db01/Disk [C:\\]", "web02/x"].map(Target::parse) {
        let holding = model.holding(&object);
        for second in (0..holding.len()).step_by(11) {
            let at = Instant(i64::try_from(second).unwrap());
            let found = cover(&object, at, &downtimes(state.on_host(&object.host, at).unwrap()));
            let ids: BTreeSet<_> = found.holds.iter().map(|hold| &hold.id).collect();
            assert_eq!(ids, holding[second], "{object} at {second}");
            let free = holding[second..].iter().position(BTreeSet::is_empty).unwrap();
            let until = (free > 0).then(|| at + i64::try_from(free).unwrap());
            assert_eq!(found.until, until, "{object} at {second}");
        }
    }
}

/// The history of each target is start, end, start, end …, and covers the seconds in which it was in downtime.
fn tells_the_same(entries: &[downtime::downtime::operation::Entry], model: &Model, now: i64) {
    let rows = story::tell(entries, &NoRules, Instant::BEGINNING, Instant(now)).unwrap();
    assert!(rows.is_sorted_by_key(|row| row.time));
    let mut open: BTreeMap<_, Instant> = BTreeMap::new();
    let mut closed: BTreeMap<_, Vec<Interval>> = BTreeMap::new();
    let mut made = Vec::new();
    for row in &rows {
        let key = (row.id.clone(), row.target.clone());
        match row.happening {
            Happening::Scheduled => made.extend(row.id.clone()),
            Happening::Started => {
                let told = || {
                    rows.iter().filter(|other| other.id == row.id).map(|row| (row.time.0, row.happening, &row.target))
                };
                assert_eq!(open.insert(key, row.time), None, "started twice: {:?}", told().collect::<Vec<_>>());
            }
            Happening::Ended => {
                let start = open.remove(&key).unwrap_or_else(|| panic!("ended and never started: {row:?} {rows:#?}"));
                closed.entry(key).or_default().extend(Interval::new(start, row.time));
            }
            _ => {}
        }
    }
    for (key, start) in open {
        closed.entry(key).or_default().extend(Interval::new(start, Instant(now + 1)));
    }
    made.sort();
    assert!(made.windows(2).all(|pair| pair[0] != pair[1]), "an id was given twice");
    for (id, target, seconds) in model.activations() {
        let told = interval::union(closed.remove(&(Some(id.clone()), Some(target.clone()))).unwrap_or_default());
        for (at, second) in (0..=now).zip(seconds) {
            let in_effect = interval::holding(&told, Instant(at)).is_some();
            assert_eq!(in_effect, *second, "{id} {target} at {at}: {rows:#?}");
        }
    }
    assert!(closed.is_empty(), "{closed:?}");
}

/// After one more tick every start and every end is written, and none twice.
fn is_written_once(disk: &Arc<Faulty>, now: i64) {
    let mut hand = writer(Arc::clone(disk) as Arc<dyn Files>, &disk.store(), now).unwrap();
    tick_in_lines(&mut hand, 3).unwrap();
    let written: Vec<Name> = entries(&hand.store)
        .unwrap()
        .iter()
        .flat_map(|entry| told(&entry.operation).iter().map(Turn::name).collect::<Vec<_>>())
        .collect();
    let once: BTreeSet<Name> = written.iter().cloned().collect();
    assert_eq!(once.len(), written.len(), "twice: {written:?}");
    let all = downtimes(hand.state.all().unwrap());
    assert_eq!(due_since(&all, Instant::BEGINNING, Instant(now), &once), [], "not written");
}

/// A store about to close its first segment.
static LONG: LazyLock<Tree> = LazyLock::new(|| {
    let disk = Faulty::holding(&Tree::new());
    let mut hand = writer(Arc::clone(&disk) as Arc<dyn Files>, &disk.store(), 0).unwrap();
    for number in 1..FULL - 8 {
        let end = i64::try_from(number).unwrap() + 1;
        hand.commit(scheduling(&hand.state, &["web01", "old"], 0, end)).unwrap();
    }
    drop(hand);
    disk.tree()
});

/// The same sequences each time, so that a change is judged by itself; ten times as many, and others, in the full run.
fn config(cases: u32) -> ProptestConfig {
    let full = crate::full();
    ProptestConfig {
        cases: if full { 10 * cases } else { cases },
        rng_seed: if full { RngSeed::Random } else { RngSeed::Fixed(20_261_122) },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn what_was_done_reads_back_and_agrees_with_the_model(deeds in deeds(1..25, 25)) {
        let disk = Faulty::holding(&Tree::new());
        let (model, now, state) = act(&disk, &deeds, 100);
        let store = Store::open(Arc::new(downtime::store::files::Disk), &disk.store()).unwrap().unwrap();
        agrees(&state, &model);
        tells_the_same(&entries(&store).unwrap(), &model, now);
        reads_back(&disk, &state);
        is_written_once(&disk, now);
    }

    #[test]
    fn a_clock_that_is_put_back_breaks_nothing(deeds in deeds(-20..25, 25)) {
        let disk = Faulty::holding(&Tree::new());
        let (_, now, state) = act(&disk, &deeds, 100);
        reads_back(&disk, &state);
        is_written_once(&disk, now);
    }
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn nothing_changes_where_a_snapshot_is_taken(deeds in deeds(1..25, 20)) {
        let disk = Faulty::holding(&LONG);
        let (model, now, state) = act(&disk, &deeds, 100);
        agrees(&state, &model);
        agrees(&read(&disk), &model);
        let store = Store::open(Arc::new(downtime::store::files::Disk), &disk.store()).unwrap().unwrap();
        tells_the_same(&entries(&store).unwrap(), &model, now);
        reads_back(&disk, &state);
        is_written_once(&disk, now);
    }
}

fn downtimes(kept: Vec<Kept>) -> Vec<Downtime> {
    kept.into_iter().filter_map(Kept::into_downtime).collect()
}
