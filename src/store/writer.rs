//! Writing: one command, one line, one transaction; all or nothing, and durable when it returns.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::acknowledged::{Acknowledged, SLOT};
use super::edited::{Edited, InForce, Noted, Notes, content_of};
use super::files::{Files, UNFINISHED, put};
use super::journal;
use super::known::names;
use super::layout::Layout;
use super::line;
use super::lock::{self, Lock};
use super::snapshot;
use super::{Meta, State, Store};
use crate::clock::{Clock, Instant};
use crate::downtime::operation::{Entry, Operation, Revision};
use crate::failure::{Failure, Kind, Outcome};

/// A journal segment is closed, and a snapshot taken, after this many lines: what a reader folds at every start.
const LINES_PER_SEGMENT: usize = 192;
/// … or after this many bytes.
const BYTES_PER_SEGMENT: u64 = 256 * 1024;

/// Who writes, when, and how long they are ready to wait.
#[derive(Debug, Clone)]
pub struct Hand {
    /// What time it is.
    pub clock: Clock,
    /// Who acts.
    pub author: String,
    /// How long to wait for the lock.
    pub patience: Duration,
}

/// The store, locked, with its state.
#[derive(Debug)]
pub struct Writer {
    /// The store.
    pub store: Store,
    /// The state as it is now, this writer's own operations included.
    pub state: State,
    /// What the user should be told: a store begun, a crash's residue set aside.
    pub notes: Vec<String>,
    /// Which edited files do not count, and why.
    pub warnings: Vec<String>,
    /// The inventory that counts.
    pub inventory: InForce,
    hand: Hand,
    acknowledged: Acknowledged,
    length: u64,
    lines: usize,
    _lock: Lock,
}

impl Writer {
    /// Locks the store in `dir`, begins one if there is none, mends what a crash left, records edited files.
    ///
    /// # Errors
    /// `Busy`, `Pretended` where pretended and real would mix, `Config`, `Damaged`, `Newer`, `Io`.
    pub fn open(files: Arc<dyn Files>, dir: &Path, hand: Hand, tell: &mut dyn FnMut(&str)) -> Outcome<Self> {
        let layout = Layout::new(dir);
        let mut notes = Vec::new();
        files.make_dir(dir).map_err(|error| Failure::io("make", dir.display(), error))?;
        let lock = lock::take(&layout.lock(), hand.patience, tell)?;
        let store = if let Some(store) = Store::open(Arc::clone(&files), dir)? {
            store
        } else {
            let meta = Meta { format: line::FORMAT, pretended: hand.clock.pretended };
            begin(&*files, &layout, meta).map_err(|error| Failure::io("begin a store in", dir.display(), error))?;
            let kind = if meta.pretended { "a store of pretended time" } else { "a store" };
            notes.push(format!("began {kind} in {}", dir.display()));
            Store { files, layout, meta }
        };
        refuse_mixing(store.meta, hand.clock)?;
        let (acknowledged, both_sound) = journal::acknowledged(store.files(), &store.layout)?;
        let (view, segment) = store.read_once()?;
        let mut writer = Self {
            inventory: InForce::default(),
            state: view.state,
            length: segment.length,
            lines: segment.entries.len(),
            acknowledged,
            notes,
            warnings: Vec::new(),
            hand,
            _lock: lock,
            store,
        };
        writer.mend(&segment.residue, both_sound)?;
        writer.record_edits()?;
        Ok(writer)
    }

    /// Sets a crash's residue aside, and acknowledges a line that was written whole but not acknowledged.
    fn mend(&mut self, residue: &[u8], both_sound: bool) -> Outcome<()> {
        let path = self.store.layout.segment(self.acknowledged.segment);
        let failed = |error| Failure::io("mend", path.display(), error);
        if !residue.is_empty() {
            let aside = self.store.layout.residue(self.acknowledged.segment, self.length);
            let files = self.store.files();
            put(files, &aside, residue).map_err(failed)?;
            files.truncate(&path, self.length).map_err(failed)?;
            files.sync(&path).map_err(failed)?;
            self.notes.push(format!(
                "set aside {} bytes that a crash left behind the last operation: {}",
                residue.len(),
                aside.display()
            ));
        }
        if !both_sound || self.state.head.sequence != self.acknowledged.sequence {
            self.store.files().sync(&path).map_err(failed)?;
            self.acknowledge(self.acknowledged.segment, self.length).map_err(failed)?;
        }
        Ok(())
    }

    /// Writes down which of the files that people edit have changed.
    fn record_edits(&mut self) -> Outcome<()> {
        let notes = self.store.notes();
        let mut now = Notes::new();
        let mut read_again = false;
        for edited in Edited::ALL {
            let mut found = self.store.in_force(edited, &self.state.head, &notes)?;
            self.warnings.extend(found.warning.clone());
            if let Some(fresh) = found.unrecorded.take() {
                let (content, bytes) = content_of(&fresh.sources)?;
                self.keep(&self.store.layout.revision(&content), &bytes)?;
                let since = self.counts_from(edited, fresh.modified);
                let revision = Revision { content, since };
                self.commit(match edited {
                    Edited::Inventory => Operation::InventoryRevision(revision),
                    Edited::Rules => Operation::RulesRevision(revision),
                })?;
            }
            read_again |= found.inventory.is_some() && found.warning.is_none();
            now.extend(found.noted().map(|note: Noted| (edited, note)));
            if edited == Edited::Inventory {
                self.inventory = found;
            }
        }
        if now != notes.0 || read_again {
            self.remember(&now);
        }
        Ok(())
    }

    /// From when a revision counts: its file's modification, never before the one recorded before it; in a pretend
    /// store from the beginning, later ones from the moment they are recorded.
    fn counts_from(&self, edited: Edited, modified: Option<Instant>) -> Instant {
        let earlier = edited.revisions(&self.state.head).last().map(|revision| revision.since);
        let since = match (self.store.meta.pretended, earlier) {
            (true, None) => Instant::BEGINNING,
            (true, Some(_)) => self.hand.clock.now,
            (false, _) => modified.unwrap_or(self.hand.clock.now),
        };
        earlier.map_or(since, |earlier| since.max(earlier))
    }

    /// Notes the files' stamps and the names declared. Caches: a failure costs time later and nothing else.
    fn remember(&self, noted: &Notes) {
        let cache = self.store.layout.cache();
        let remembered = || -> std::io::Result<()> {
            let files = self.store.files();
            files.make_dir(&cache)?;
            if let (Some(inventory), Some(note)) = (&self.inventory.inventory, noted.get(&Edited::Inventory)) {
                let path = names::path(&self.store.layout, &note.content);
                if files.stamp(&path)?.is_none() {
                    put(files, &path, &names::encode(inventory))?;
                }
            }
            put(files, &cache.join("edited.json"), &serde_json::to_vec(noted)?)
        };
        drop(remembered());
    }

    /// Keeps a file that the next operation will name; it must be there before the operation is.
    pub fn keep(&self, path: &Path, bytes: &[u8]) -> Outcome<()> {
        let dir = path.parent().unwrap_or(path);
        let files = self.store.files();
        let kept = || {
            if files.stamp(dir)?.is_none() {
                files.make_dir(dir)?;
                files.sync_dir(self.store.layout.root())?;
            }
            put(files, path, bytes)
        };
        kept().map_err(|error| Failure::io("write", path.display(), error))
    }

    /// Lets an operation happen now: in the state, and durably in the journal. Returns its sequence number.
    ///
    /// # Errors
    /// `Damaged` if it does not fit the state; `Io` if it cannot be written, and then nothing has happened.
    pub fn commit(&mut self, operation: Operation) -> Outcome<u64> {
        let entry = Entry {
            sequence: self.state.head.sequence + 1,
            due: self.hand.clock.now,
            written: self.hand.clock.now,
            author: self.hand.author.clone(),
            pretended: self.hand.clock.pretended,
            operation,
        };
        let bytes = line::encode(&entry)?;
        self.state.apply(&entry)?;
        let path = self.store.layout.segment(self.acknowledged.segment);
        let length = self.length + bytes.len() as u64;
        let files = Arc::clone(&self.store.files);
        let written = files
            .append(&path, &bytes)
            .and_then(|()| files.sync(&path))
            .and_then(|()| self.acknowledge(self.acknowledged.segment, length));
        if let Err(error) = written {
            // What cannot be cut off now is residue, which the next writer sets aside.
            drop(files.truncate(&path, self.length).and_then(|()| files.sync(&path)));
            return Err(Failure::io("write to", path.display(), error));
        }
        self.length = length;
        self.lines += 1;
        if self.lines >= LINES_PER_SEGMENT || self.length >= BYTES_PER_SEGMENT {
            self.close_segment();
        }
        Ok(entry.sequence)
    }

    fn acknowledge(&mut self, segment: u64, length: u64) -> std::io::Result<()> {
        let next =
            Acknowledged { turn: self.acknowledged.turn + 1, segment, sequence: self.state.head.sequence, length };
        let (files, path) = (self.store.files(), self.store.layout.acknowledged());
        files.overwrite(&path, next.offset(), &next.encode())?;
        files.sync(&path)?;
        self.acknowledged = next;
        Ok(())
    }

    /// Takes a snapshot and begins a new segment. The operation is safe already, so a failure only postpones this.
    fn close_segment(&mut self) {
        let closed = || -> std::io::Result<(u64, PathBuf)> {
            let (files, layout) = (self.store.files(), &self.store.layout);
            let older = self.state.base().snapshot();
            let bytes = snapshot::encode(&self.state.head, older, self.state.touched().values())?;
            files.make_dir(&layout.cache())?;
            let path = layout.snapshot(self.state.head.sequence);
            put(files, &path, &bytes)?;
            let first = self.state.head.sequence + 1;
            files.write(&layout.segment(first), b"")?;
            files.sync(&layout.segment(first))?;
            files.sync_dir(&layout.journal())?;
            Ok((first, path))
        };
        if let Ok((first, snapshot)) = closed()
            && self.acknowledge(first, 0).is_ok()
        {
            self.length = 0;
            self.lines = 0;
            self.tidy(&snapshot);
        }
    }

    /// Removes what nobody needs any more: older snapshots but one (a reader may just be opening it), and unfinished files.
    fn tidy(&self, newest: &Path) {
        let (files, cache) = (self.store.files(), self.store.layout.cache());
        let names = files.list(&cache).unwrap_or_default();
        let mut snapshots: Vec<PathBuf> =
            names.iter().filter(|name| name.ends_with(".snapshot")).map(|name| cache.join(name)).collect();
        snapshots.retain(|path| path.as_path() < newest);
        snapshots.pop();
        let unfinished = names.iter().filter(|name| name.ends_with(UNFINISHED)).map(|name| cache.join(name));
        for path in snapshots.into_iter().chain(unfinished) {
            drop(files.remove(&path));
        }
    }
}

/// Writes down an empty store; `store.json` last, because its presence says that the rest is there.
fn begin(files: &dyn Files, layout: &Layout, meta: Meta) -> std::io::Result<()> {
    files.make_dir(&layout.journal())?;
    files.write(&layout.segment(1), b"")?;
    files.sync(&layout.segment(1))?;
    put(files, &layout.acknowledged(), &Acknowledged::first_file())?;
    debug_assert_eq!(Acknowledged::first_file().len(), 2 * SLOT, "two slots");
    files.sync_dir(layout.root())?;
    put(files, &layout.meta(), &serde_json::to_vec(&meta)?)?;
    files.sync_dir(layout.root().parent().unwrap_or_else(|| layout.root()))
}

fn refuse_mixing(meta: Meta, clock: Clock) -> Outcome<()> {
    match (meta.pretended, clock.pretended) {
        (true, false) => Err(Failure::new(Kind::Pretended, "this store holds operations of pretended time only")
            .hint("give --now TIME, or name another store with --store DIR")),
        (false, true) => Err(Failure::new(Kind::Pretended, "this store is real, and --now is only pretended").hint(
            "try it in a store of its own with --store DIR, or leave --now out; --dry-run shows what would happen",
        )),
        _ => Ok(()),
    }
}
