//! Ticks at once, killed, or without power, at any step: each start and each end is written down exactly once.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Barrier};
use std::thread;

use downtime::downtime::settled::told;
use downtime::effects::tick::tick_in_lines;
use downtime::failure::Outcome;
use downtime::store::Store;
use downtime::store::files::{Disk, Files};
use downtime::store::writer::LINES_PER_SEGMENT as FULL;

use crate::acting::{INVENTORY, assert_sound, entries, scheduling, writer};
use crate::disk::{Fault, Faulty, Loss, Tree};

const LOSSES: [Loss; 4] = [Loss::Unsynced, Loss::Bytes, Loss::Chance(1), Loss::Chance(2)];

/// So few on a line that one tick here writes three lines.
const MOST: usize = 3;

/// All that is due by second 70 in a [`prepared`] store, which was ticked at second 20.
const DUE: [&str; 10] = [
    "10 started 1",
    "20 started 2",
    "20 started 5",
    "30 ended 2",
    "30 started 3",
    "30 started 4",
    "40 ended 3",
    "45 ended 5",
    "50 ended 1",
    "60 ended 4",
];

fn files(disk: &Arc<Faulty>) -> Arc<dyn Files> {
    Arc::clone(disk) as Arc<dyn Files>
}

fn tick(files: Arc<dyn Files>, dir: &Path, now: i64) -> Outcome<()> {
    tick_in_lines(&mut writer(files, dir, now)?, MOST).map(|_| ())
}

/// A store that was ticked, and to which one more downtime was added in that very second. Its journal's last segment has
/// room for so many lines.
fn prepared(room: usize) -> Tree {
    let disk = Faulty::holding(&Tree::new());
    let dir = disk.store();
    disk.make_dir(&dir).unwrap();
    let mut hand = writer(files(&disk), &dir, 5).unwrap();
    for (start, end) in [(10, 50), (20, 30), (30, 40), (30, 60)] {
        hand.commit(scheduling(&hand.state, &["web01", "web02/HTTP"], start, end)).unwrap();
    }
    drop(hand);
    tick(files(&disk), &dir, 20).unwrap();
    let mut hand = writer(files(&disk), &dir, 20).unwrap();
    hand.commit(scheduling(&hand.state, &["db01"], 20, 45)).unwrap();
    for _ in 6..FULL - room {
        hand.commit(scheduling(&hand.state, &["later"], 1000, 1100)).unwrap();
    }
    drop(hand);
    disk.tree()
}

/// What the journal tells, in its order.
fn written(dir: &Path) -> Vec<String> {
    let store = Store::open(Arc::new(Disk), dir).unwrap().unwrap();
    let entries = entries(&store).unwrap();
    let turns = entries.iter().flat_map(|entry| told(&entry.operation));
    turns.map(|turn| format!("{} {} {}", turn.time.0, turn.event.name(), turn.id)).collect()
}

/// The store is sound, and the next tick leaves everything written once.
fn look(files: Arc<dyn Files>, dir: &Path, when: &str) {
    assert_sound(dir, when);
    tick(files, dir, 70).unwrap_or_else(|failure| panic!("{when}: then {failure}"));
    assert_sound(dir, when);
    let mut all = written(dir);
    all.sort();
    assert_eq!(all, DUE, "{when}");
}

fn every_kill(disk: &Faulty) -> Vec<Fault> {
    let mut faults: Vec<Fault> = (0..=disk.steps().0).map(Fault::KilledBefore).collect();
    faults.extend(disk.writing_steps().into_iter().map(Fault::KilledAmid));
    faults
}

/// The kills that there are in a tick at second 50.
fn kills(tree: &Tree) -> Vec<Fault> {
    let disk = Faulty::holding(tree);
    let lines = |disk: &Faulty| {
        let store = Store::open(Arc::new(Disk), &disk.store()).unwrap().unwrap();
        entries(&store).unwrap().iter().filter(|entry| !told(&entry.operation).is_empty()).count()
    };
    let before = lines(&disk);
    disk.plan(Fault::None);
    tick(files(&disk), &disk.store(), 50).unwrap();
    assert_eq!(lines(&disk), before + 3);
    every_kill(&disk)
}

/// Kills a tick at each of its steps, and takes the power away in each way.
fn survives(tree: &Tree) {
    let mut seen = HashSet::new();
    for fault in kills(tree) {
        let disk = Faulty::holding(tree);
        disk.plan(fault);
        drop(tick(files(&disk), &disk.store(), 50));
        disk.plan(Fault::None);
        for left in LOSSES.map(|loss| disk.left_by(loss)).into_iter().chain([disk.tree()]) {
            if seen.insert(left.clone()) {
                let disk = Faulty::holding(&left);
                look(files(&disk), &disk.store(), &format!("{fault:?}"));
            }
        }
    }
    assert!(seen.len() >= 10, "{}", seen.len());
}

/// Two at once, of which one is killed at each of its steps.
fn races(tree: &Tree) {
    for fault in kills(tree) {
        let disk = Faulty::holding(tree);
        disk.plan(fault);
        let (dir, together) = (disk.store(), Barrier::new(3));
        thread::scope(|scope| {
            let run = |files: Arc<dyn Files>, now: i64| {
                let (dir, together) = (&dir, &together);
                scope.spawn(move || {
                    together.wait();
                    tick(files, dir, now)
                })
            };
            let killed = run(files(&disk), 50);
            let others = [run(Arc::new(Disk), 50), run(Arc::new(Disk), 52)];
            drop(killed.join().unwrap());
            for other in others {
                other.join().unwrap().unwrap();
            }
        });
        look(Arc::new(Disk), &dir, &format!("{fault:?}, and two others"));
    }
}

fn edited(mut tree: Tree) -> Tree {
    tree.insert("site/store/inventory.toml".into(), Some(INVENTORY.into()));
    tree
}

#[test]
fn a_killed_tick_is_made_up_for_by_the_next_which_repeats_nothing() {
    survives(&prepared(100));
    survives(&edited(prepared(100)));
}

#[test]
fn nor_where_a_segment_is_closed_on_the_way() {
    survives(&prepared(3));
    survives(&prepared(2));
    survives(&edited(prepared(2)));
}

#[test]
fn ticks_at_once_of_which_one_is_killed_write_everything_once() {
    races(&prepared(100));
    races(&prepared(2));
    races(&edited(prepared(2)));
}
