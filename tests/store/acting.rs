//! What commands do to a store, without the command line; and what is read back from it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use downtime::clock::{Clock, Instant};
use downtime::downtime::holding::Holding;
use downtime::downtime::id::DowntimeId;
use downtime::downtime::interval::Interval;
use downtime::downtime::kept::Kept;
use downtime::downtime::ledger::{Head, Ledger, Nothing};
use downtime::downtime::operation::{Effect, Entry, Operation, Reversal};
use downtime::downtime::record::{Downtime, Kind, Origin, Terms};
use downtime::downtime::reversal;
use downtime::downtime::target::Target;
use downtime::downtime::window::Window;
use downtime::failure::Outcome;
use downtime::store::doctor::{Grade, examine};
use downtime::store::files::{Disk, Files};
use downtime::store::writer::{Hand, Writer};
use downtime::store::{State, Store};
use downtime::when::zone::Zone;

use crate::disk::{Faulty, Tree};

/// A downtime `[start, end)` of some targets.
pub fn downtime(id: u64, targets: &[&str], start: i64, end: i64) -> Downtime {
    let window = Interval::new(Instant(start), Instant(end)).unwrap();
    let targets: BTreeSet<Target> = targets.iter().map(|text| Target::parse(text)).collect();
    Downtime {
        id: DowntimeId::numbered(id),
        kind: Kind::Fixed,
        origin: Origin::Command,
        terms: Terms { comment: "move to the new rack".into(), ..Terms::default() },
        author: "ops".into(),
        entry_time: Instant(start),
        timezone: Zone::UTC,
        window: Window::exact(window),
        planned_end: window.end(),
        holdings: targets.into_iter().map(|target| Holding::of(target, window)).collect(),
    }
}

/// Opens a writer at a pretended time.
pub fn writer(files: Arc<dyn Files>, dir: &Path, now: i64) -> Outcome<Writer> {
    let hand = Hand { clock: Clock::pretend(Instant(now)), author: "ops".into(), patience: Duration::from_secs(10) };
    Writer::open(files, dir, hand, &mut |_| ())
}

/// The operation that makes the next downtime of this state.
pub fn scheduling(state: &State, targets: &[&str], start: i64, end: i64) -> Operation {
    Operation::Schedule(Box::new(downtime(state.head.last_id + 1, targets, start, end)))
}

/// The operation that moves the end of a downtime, if it is open.
pub fn extending(state: &State, id: u64, now: i64, to: i64) -> Option<Operation> {
    let downtime = state.get(&DowntimeId::numbered(id)).unwrap()?.into_downtime()?;
    let open = downtime.state(Instant(now)).is_open() && to >= now && to > downtime.window.start().0;
    open.then(|| {
        Operation::Extend(vec![Effect::MoveEnd {
            id: downtime.id,
            from: downtime.window.end(),
            from_civil: None,
            to: Instant(to),
            to_civil: None,
        }])
    })
}

/// The operation that moves the window of a downtime, if it is open.
pub fn moving(state: &State, id: u64, now: i64, start: i64, end: i64) -> Option<Operation> {
    let downtime = state.get(&DowntimeId::numbered(id)).unwrap()?.into_downtime()?;
    let open = downtime.state(Instant(now)).is_open() && start >= now;
    let to = Window::exact(Interval::new(Instant(start), Instant(end))?);
    open.then(|| Operation::Edit(vec![Effect::MoveWindow { id: downtime.id, from: downtime.window, to }]))
}

/// The operation that adds a target to a downtime, if it is open and has another.
pub fn adding(state: &State, id: u64, now: i64, target: &Target) -> Option<Operation> {
    let downtime = state.get(&DowntimeId::numbered(id)).unwrap()?.into_downtime()?;
    let possible = downtime.state(Instant(now)).is_open() && downtime.targets().all(|had| had != target);
    possible.then(|| Operation::Edit(vec![Effect::Hold { id: downtime.id, targets: vec![target.clone()] }]))
}

/// The operation that lets go of what `ids` still hold, or of some targets of it.
pub fn deleting(state: &State, ids: &[u64], now: i64, only: Option<&Target>) -> Option<Operation> {
    let effects: Vec<Effect> = ids
        .iter()
        .filter_map(|id| state.get(&DowntimeId::numbered(*id)).unwrap()?.into_downtime())
        .filter_map(|downtime| {
            let held = downtime.holdings.iter().filter(|holding| holding.open_span(Instant(now)).is_some());
            let targets: Vec<Target> = held
                .map(|holding| holding.target.clone())
                .filter(|target| only.is_none_or(|only| only == target))
                .collect();
            (!targets.is_empty()).then_some(Effect::Release { id: downtime.id, targets })
        })
        .collect();
    (!effects.is_empty()).then_some(Operation::Delete(effects))
}

/// Every operation of a store.
pub fn entries(store: &Store) -> Outcome<Vec<Entry>> {
    let mut entries = Vec::new();
    store.replay(|entry| {
        entries.push(entry);
        Ok(())
    })?;
    Ok(entries)
}

/// The operation that takes another one back, if it can be.
pub fn undoing(state: &State, entries: &[Entry], sequence: u64, now: i64) -> Option<Operation> {
    let entry = entries.iter().find(|entry| entry.sequence == sequence)?;
    let possible = entry.operation.is_typed()
        && !reversal::undone(entries).contains(&sequence)
        && reversal::stands_upon(entries, entry).is_none();
    let effects = possible.then(|| reversal::effects(entry, Instant(now), "ops", |id| state.get(id)).unwrap())?;
    (!effects.is_empty()).then_some(Operation::Undo(Reversal { undoes: sequence, effects }))
}

/// One command, as a process would run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `schedule` of two targets.
    Schedule,
    /// `extend 1`.
    Extend,
    /// `delete 1 2`.
    Delete,
    /// `undo` of the newest.
    Undo,
}

impl Command {
    pub const ALL: [Self; 4] = [Self::Schedule, Self::Extend, Self::Delete, Self::Undo];

    /// Runs it at second 50.
    pub fn run(self, files: Arc<dyn Files>, dir: &Path) -> Outcome<()> {
        let mut writer = writer(files, dir, 50)?;
        let operation = match self {
            Self::Schedule => scheduling(&writer.state, &["web01", "db01/Backup"], 60, 300),
            Self::Extend => extending(&writer.state, 1, 50, 900).unwrap(),
            Self::Delete => deleting(&writer.state, &[1, 2], 50, None).unwrap(),
            Self::Undo => {
                let entries = entries(&writer.store)?;
                let newest = reversal::newest(&entries, Some("ops")).unwrap().sequence;
                undoing(&writer.state, &entries, newest, 50).unwrap()
            }
        };
        writer.commit(operation).map(|_| ())
    }
}

/// A store after `operations` downtimes were scheduled, as files; with an inventory edited since, if asked.
pub fn template(operations: usize, edited: bool) -> Tree {
    let disk = Faulty::holding(&Tree::new());
    disk.make_dir(&disk.store()).unwrap();
    if operations > 0 {
        let mut writer = writer(Arc::clone(&disk) as Arc<dyn Files>, &disk.store(), 0).unwrap();
        for _ in 0..operations {
            writer.commit(scheduling(&writer.state, &["web01", "web02/HTTP"], 0, 600)).unwrap();
        }
    }
    let mut tree = disk.tree();
    if edited {
        tree.insert("site/store/inventory.toml".into(), Some(INVENTORY.into()));
    }
    tree
}

/// An inventory that somebody edited.
pub const INVENTORY: &str = "[hosts.web01]\nservices = [\"HTTP\"]\n[hosts.web02]\n";

/// Everything that a store answers from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Numbers, revisions and imports.
    pub head: Head,
    /// Every downtime.
    pub downtimes: Vec<Kept>,
}

impl Picture {
    /// What a reader finds; nothing at all where no store was begun.
    pub fn of(dir: &Path) -> Outcome<Self> {
        let Some(store) = Store::open(Arc::new(Disk), dir)? else { return Ok(Self::default()) };
        let state = store.read()?.state;
        Ok(Self { downtimes: state.all()?, head: state.head })
    }

    /// What follows from the journal alone.
    pub fn replayed(dir: &Path) -> Outcome<Self> {
        let Some(store) = Store::open(Arc::new(Disk), dir)? else { return Ok(Self::default()) };
        let mut ledger = Ledger::new(Head::default(), Nothing);
        store.replay(|entry| ledger.apply(entry))?;
        Ok(Self { downtimes: ledger.all()?, head: ledger.head })
    }

    /// The same without revisions, which are operations of their own, and without their sequence numbers.
    pub fn downtimes_alone(&self) -> (u64, &[Kept]) {
        (self.head.last_id, &self.downtimes)
    }
}

/// Fails the test if anything that was acknowledged cannot be trusted any more.
pub fn assert_sound(dir: &Path, when: &str) {
    let Some(store) = Store::open(Arc::new(Disk), dir).unwrap_or_else(|failure| panic!("{when}: {failure}")) else {
        return;
    };
    for finding in examine(&store) {
        assert_ne!(finding.grade, Grade::Damaged, "{when}: {}", finding.detail);
    }
}
