//! Refused by the operating system at any step: a command that reports failure has left nothing behind.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::sync::Arc;

use downtime::store::files::Files;
use downtime::store::writer::LINES_PER_SEGMENT as FULL;

use crate::acting::{Command, Picture, assert_sound, scheduling, template, writer};
use crate::disk::{Fault, Faulty, Loss, Tree};

fn files(disk: &Arc<Faulty>) -> Arc<dyn Files> {
    Arc::clone(disk) as Arc<dyn Files>
}

/// Which of the outcomes a fault allows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// Failed means nothing happened, done means all did.
    Exact,
    /// The disk is gone for good: all or nothing, whatever was reported.
    AllOrNothing,
}

fn holds(tree: &Tree, command: Command) {
    let disk = Faulty::holding(tree);
    let before = Picture::of(&disk.store()).unwrap();
    disk.plan(Fault::None);
    command.run(files(&disk), &disk.store()).unwrap();
    let after = Picture::of(&disk.store()).unwrap();
    let (steps, reads) = disk.steps();
    let mut faults = Vec::new();
    for step in 0..steps {
        let once = [ErrorKind::StorageFull, ErrorKind::Other].map(|kind| Fault::Refused(step, kind));
        faults.extend(once.map(|fault| (fault, Promise::Exact)));
        faults.push((Fault::Full(step), Promise::Exact));
        faults.push((Fault::Dying(step), Promise::AllOrNothing));
    }
    faults.extend((0..reads).map(|read| (Fault::Unread(read), Promise::Exact)));
    let mut seen = HashSet::new();
    for (fault, promise) in faults {
        let disk = Faulty::holding(tree);
        disk.plan(fault);
        let reported = command.run(files(&disk), &disk.store());
        disk.plan(Fault::None);
        let expected = match (promise, &reported) {
            (Promise::Exact, Ok(())) => [&after, &after],
            (Promise::Exact, Err(_)) => [&before, &before],
            (Promise::AllOrNothing, _) => [&before, &after],
        };
        for left in [disk.tree(), disk.left_by(Loss::Unsynced)] {
            if seen.insert((left.clone(), expected.map(|picture| picture.head.sequence))) {
                look(&Faulty::holding(&left), expected, &format!("{command:?}, {fault:?}, reported {reported:?}"));
            }
        }
    }
}

fn look(disk: &Arc<Faulty>, expected: [&Picture; 2], when: &str) {
    let dir = disk.store();
    assert_sound(&dir, when);
    let found = Picture::of(&dir).unwrap_or_else(|failure| panic!("{when}: {failure}"));
    assert_eq!(found, Picture::replayed(&dir).unwrap(), "{when}");
    let as_expected = expected.iter().any(|expected| found.downtimes_alone() == expected.downtimes_alone());
    assert!(as_expected, "{when}: {found:?}");
    let mut next = writer(files(disk), &dir, 55).unwrap();
    next.commit(scheduling(&next.state, &["next"], 60, 70)).unwrap();
    assert_eq!(next.state.head.last_id, found.head.last_id + 1, "{when}");
}

#[test]
fn a_first_command_that_fails_makes_no_downtime() {
    holds(&Tree::new(), Command::Schedule);
    holds(&template(0, true), Command::Schedule);
}

#[test]
fn a_command_that_fails_changes_nothing() {
    for command in Command::ALL {
        holds(&template(2, false), command);
        holds(&template(2, true), command);
    }
}

#[test]
fn a_segment_that_cannot_be_closed_is_closed_later() {
    holds(&template(FULL - 1, false), Command::Schedule);
    holds(&template(FULL - 2, true), Command::Undo);
}

#[test]
fn a_writer_that_failed_once_does_not_write_again() {
    let disk = Faulty::holding(&template(2, false));
    let mut writer = writer(files(&disk), &disk.store(), 50).unwrap();
    disk.plan(Fault::Refused(0, ErrorKind::StorageFull));
    writer.commit(scheduling(&writer.state, &["a"], 60, 70)).unwrap_err();
    writer.commit(scheduling(&writer.state, &["b"], 60, 70)).unwrap_err();
    drop(writer);
    assert_eq!(Picture::of(&disk.store()).unwrap().head.sequence, 2);
    assert_sound(&disk.store(), "after a refused step");
}
