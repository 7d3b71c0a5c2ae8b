//! The state as far as it was folded before: from a snapshot, or from the journal where the snapshot is not sound.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, OnceLock};

use super::files::Files;
use super::journal;
use super::layout::Layout;
use super::snapshot::Snapshot;
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::ledger::{Base, Head, Ledger, Nothing};
use crate::failure::Outcome;

/// What a state stands on.
#[derive(Debug, Clone)]
pub enum Folded {
    /// Nothing: the whole journal follows.
    Nothing,
    /// A snapshot, read page by page.
    Snapshot(Arc<Sound>),
}

/// A snapshot, and the journal to fall back on: a cache that turns out damaged costs time, never an answer.
#[derive(Debug)]
pub struct Sound {
    snapshot: Snapshot,
    files: Arc<dyn Files>,
    layout: Layout,
    segment: u64,
    rebuilt: OnceLock<Ledger<Nothing>>,
}

impl Folded {
    /// The snapshot that leads up to the journal segment whose first line is `segment`, if it is there and sound.
    pub fn open(files: Arc<dyn Files>, layout: &Layout, segment: u64) -> Option<(Head, Self)> {
        let sequence = segment.checked_sub(1).filter(|sequence| *sequence > 0)?;
        let snapshot = Snapshot::open(&*files, &layout.snapshot(sequence)).ok()??;
        (snapshot.head.sequence == sequence).then(|| {
            let head = snapshot.head.clone();
            let sound = Sound { snapshot, files, layout: layout.clone(), segment, rebuilt: OnceLock::new() };
            (head, Self::Snapshot(Arc::new(sound)))
        })
    }

    /// The snapshot itself.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        match self {
            Self::Nothing => None,
            Self::Snapshot(sound) => Some(&sound.snapshot),
        }
    }
}

impl Sound {
    fn or_rebuilt<T>(&self, found: io::Result<T>, ask: impl Fn(&Ledger<Nothing>) -> Outcome<T>) -> Outcome<T> {
        if let Ok(found) = found {
            return Ok(found);
        }
        if let Some(ledger) = self.rebuilt.get() {
            return ask(ledger);
        }
        let mut ledger = Ledger::new(Head::default(), Nothing);
        journal::replay_before(&*self.files, &self.layout, self.segment, |entry| ledger.apply(entry))?;
        ask(self.rebuilt.get_or_init(|| ledger))
    }
}

impl Base for Folded {
    fn get(&self, id: &DowntimeId) -> Outcome<Option<Kept>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Snapshot(sound) => sound.or_rebuilt(sound.snapshot.get(id), |ledger| ledger.get(id)),
        }
    }

    fn on_hosts(&self, hosts: &BTreeSet<&str>, since: Instant) -> Outcome<Vec<Kept>> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Snapshot(sound) => {
                sound.or_rebuilt(sound.snapshot.on_hosts(hosts, since), |ledger| ledger.on_hosts(hosts, since))
            }
        }
    }

    fn parts_on(&self, host: &str, since: Instant) -> Outcome<Vec<Kept>> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Snapshot(sound) => {
                sound.or_rebuilt(sound.snapshot.parts_on(host, since), |ledger| ledger.parts_on(host, since))
            }
        }
    }

    fn with_key(&self, key: &str) -> Outcome<Vec<Kept>> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Snapshot(sound) => sound.or_rebuilt(sound.snapshot.with_key(key), |ledger| ledger.with_key(key)),
        }
    }

    fn turning(&self, first: Instant, last: Instant) -> Outcome<Vec<Kept>> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Snapshot(sound) => {
                sound.or_rebuilt(sound.snapshot.turning(first, last), |ledger| ledger.turning(first, last))
            }
        }
    }

    fn all(&self) -> Outcome<Vec<Kept>> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Snapshot(sound) => sound.or_rebuilt(sound.snapshot.all(), Ledger::all),
        }
    }
}
