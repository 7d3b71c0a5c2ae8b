//! Killed, or without power, at any step: all of the command or nothing, and everything from before.

use std::collections::HashSet;
use std::sync::Arc;

use downtime::store::files::Files;

use crate::acting::{Command, Picture, assert_sound, scheduling, template, writer};
use crate::disk::{Fault, Faulty, Loss, Tree};

const LOSSES: [Loss; 7] =
    [Loss::Unsynced, Loss::Names, Loss::Bytes, Loss::Chance(1), Loss::Chance(2), Loss::Chance(3), Loss::Chance(4)];

fn files(disk: &Arc<Faulty>) -> Arc<dyn Files> {
    Arc::clone(disk) as Arc<dyn Files>
}

/// Kills `command` at each of its steps, takes the power away in each way, and looks at what is left.
fn survives(tree: &Tree, command: Command) {
    let disk = Faulty::holding(tree);
    let before = Picture::of(&disk.store()).unwrap();
    disk.plan(Fault::None);
    command.run(files(&disk), &disk.store()).unwrap();
    let after = Picture::of(&disk.store()).unwrap();
    assert_ne!(before, after);
    let steps = disk.steps().0;
    let mut faults: Vec<Fault> = (0..=steps).map(Fault::KilledBefore).collect();
    faults.extend(disk.writing_steps().into_iter().map(Fault::KilledAmid));
    let mut seen = HashSet::new();
    for fault in faults {
        let disk = Faulty::holding(tree);
        disk.plan(fault);
        let done = command.run(files(&disk), &disk.store());
        disk.plan(Fault::None);
        let acknowledged = fault == Fault::KilledBefore(steps);
        assert!(done.is_ok() || !acknowledged, "{done:?}");
        for loss in LOSSES {
            let left = disk.left_by(loss);
            if seen.insert((left.clone(), acknowledged)) {
                let when = format!("{command:?}, {fault:?}, {loss:?}");
                look(&Faulty::holding(&left), (&before, &after), acknowledged, &when);
            }
        }
        look(&disk, (&before, &after), acknowledged, &format!("{command:?}, {fault:?}"));
    }
}

/// All or nothing, sound, and the next command works, even if the power goes right after it.
fn look(disk: &Arc<Faulty>, (before, after): (&Picture, &Picture), acknowledged: bool, when: &str) {
    let dir = disk.store();
    assert_sound(&dir, when);
    let found = Picture::of(&dir).unwrap_or_else(|failure| panic!("{when}: {failure}"));
    assert_eq!(found, Picture::replayed(&dir).unwrap(), "{when}: the caches say something else");
    let all = found.downtimes_alone() == after.downtimes_alone();
    let nothing = found.downtimes_alone() == before.downtimes_alone();
    assert!(all || (nothing && !acknowledged), "{when}: neither all nor nothing: {found:?}");

    let mut next = writer(files(disk), &dir, 55).unwrap_or_else(|failure| panic!("{when}: then {failure}"));
    next.commit(scheduling(&next.state, &["next"], 60, 70)).unwrap();
    drop(next);
    disk.lose_power(Loss::Unsynced);
    assert_sound(&dir, &format!("{when}, the next command, power loss"));
    let then = Picture::of(&dir).unwrap();
    assert_eq!(then.head.last_id, found.head.last_id + 1, "{when}: an id is lost or given again");
    assert_eq!(then.downtimes[..found.downtimes.len()], found.downtimes, "{when}");
    assert_eq!(then.downtimes.last().unwrap().targets().next().unwrap().host, "next", "{when}");
    let nowhere = !then.head.inventory.is_empty() || after.head.inventory.is_empty();
    assert!(nowhere, "{when}: the edited inventory is not recorded");
}

#[test]
fn a_first_command_makes_the_whole_store_or_none() {
    survives(&Tree::new(), Command::Schedule);
    survives(&template(0, true), Command::Schedule);
}

#[test]
fn a_killed_schedule_leaves_all_or_nothing() {
    survives(&template(2, false), Command::Schedule);
    survives(&template(2, true), Command::Schedule);
}

#[test]
fn a_killed_extend_leaves_all_or_nothing() {
    survives(&template(2, false), Command::Extend);
    survives(&template(2, true), Command::Extend);
}

#[test]
fn a_killed_delete_leaves_all_or_nothing() {
    survives(&template(2, false), Command::Delete);
    survives(&template(2, true), Command::Delete);
}

#[test]
fn a_killed_undo_leaves_all_or_nothing() {
    survives(&template(2, false), Command::Undo);
    survives(&template(2, true), Command::Undo);
}

mod where_a_segment_is_closed {
    use downtime::store::writer::LINES_PER_SEGMENT as FULL;

    use super::*;

    #[test]
    fn by_the_command() {
        survives(&template(FULL - 1, false), Command::Schedule);
        survives(&template(FULL - 1, false), Command::Undo);
    }

    #[test]
    fn by_the_command_after_the_inventory_was_recorded() {
        survives(&template(FULL - 2, true), Command::Delete);
    }

    #[test]
    fn by_recording_the_inventory() {
        survives(&template(FULL - 1, true), Command::Extend);
    }

    #[test]
    fn upon_an_older_snapshot() {
        survives(&template(2 * FULL - 1, false), Command::Schedule);
    }
}
