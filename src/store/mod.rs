//! The directory that holds everything, and the only code that writes it.
//!
//! | what | where | truth or cache |
//! |---|---|---|
//! | format, pretended or real | `store.json` | truth |
//! | operations, one a line | `journal/NNN.jsonl` | truth |
//! | how far the journal was acknowledged | `journal/acknowledged` | truth |
//! | contents of edited files | `revisions/SHA256.json` | truth |
//! | events of imported logs | `events/` | truth |
//! | state after some operation, indexes | `cache/` | cache, may be deleted |
//!
//! Readers take no lock: segments are only ever appended to, everything else is replaced whole.

pub mod acknowledged;
mod beginning;
pub mod blocks;
mod checked;
pub mod config;
mod covers;
pub mod doctor;
pub mod edited;
pub mod events;
pub mod files;
pub mod folded;
pub mod in_force;
mod index;
pub mod journal;
pub mod known;
pub mod layout;
pub mod line;
pub mod lock;
pub mod parsed;
mod part;
pub mod place;
mod records;
pub mod rulebook;
pub mod snapshot;
pub mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::downtime::ledger::{Head, Ledger};
use crate::downtime::operation::Entry;
use crate::failure::{Failure, Kind, Outcome};
use acknowledged::Acknowledged;
use files::Files;
use folded::Folded;
use layout::Layout;

/// The state of a store as commands work on it.
pub type State = Ledger<Folded>;

/// What a store says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Format of everything in it.
    pub format: u32,
    /// Whether its operations were made under a pretended time.
    pub pretended: bool,
}

/// A store that has been begun.
#[derive(Debug, Clone)]
pub struct Store {
    files: Arc<dyn Files>,
    layout: Layout,
    /// What it says about itself.
    pub meta: Meta,
}

/// The state of a store at the moment of reading.
#[derive(Debug)]
pub struct View {
    /// The state.
    pub state: State,
    /// Bytes after the last valid line, left by a crash.
    pub residue: usize,
}

impl Store {
    /// Opens the store in `dir`; `None` if none has been begun there.
    ///
    /// # Errors
    /// `Damaged` where something was begun but cannot be read, `Newer` for a later format.
    pub fn open(files: Arc<dyn Files>, dir: &Path) -> Outcome<Option<Self>> {
        let layout = Layout::new(dir);
        let path = layout.meta();
        let failed = |error| Failure::io("read", path.display(), error);
        let bytes = match present(&*files, &path).map_err(failed)? {
            Some(bytes) => bytes,
            None => match (trace_of_operations(&*files, &layout)?, present(&*files, &path).map_err(failed)?) {
                // Begun by another process since, and written to at once.
                (Some(_), Some(bytes)) => bytes,
                (Some(left), None) => {
                    let what = format!("{} is missing, but {} is there", path.display(), left.display());
                    return Err(Failure::new(Kind::Damaged, what).hint("restore the file from a backup"));
                }
                (None, _) => return Ok(None),
            },
        };
        let meta: Meta = serde_json::from_slice(&bytes).map_err(|error| {
            let newer = serde_json::from_slice::<serde_json::Value>(&bytes)
                .is_ok_and(|meta| meta["format"].as_u64() > Some(u64::from(line::FORMAT)));
            if newer {
                return too_new(&path);
            }
            Failure::new(Kind::Damaged, format!("{} cannot be read: {error}", path.display()))
                .hint("restore the file from a backup")
        })?;
        if meta.format > line::FORMAT {
            return Err(too_new(&path));
        }
        if meta.format < line::FORMAT {
            let what = format!("{} names format {}, which never was", path.display(), meta.format);
            return Err(Failure::new(Kind::Damaged, what).hint("restore the file from a backup"));
        }
        Ok(Some(Self { files, layout, meta }))
    }

    /// The directory of a store that was never begun, for reading what people wrote in it.
    pub fn unbegun(files: Arc<dyn Files>, dir: &Path) -> Self {
        Self { files, layout: Layout::new(dir), meta: Meta { format: line::FORMAT, pretended: false } }
    }

    /// The paths.
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The file system.
    pub fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// Reads the state, without a lock.
    pub fn read(&self) -> Outcome<View> {
        for _ in 0..5 {
            match self.read_once() {
                // A line that another process is just writing looks like a crash's residue for a moment, and one that
                // it takes back like damage.
                Ok((view, _)) if view.residue > 0 => {}
                Err(failure) if failure.kind == Kind::Damaged => {}
                read => return read.map(|(view, _)| view),
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        self.read_once().map(|(view, _)| view)
    }

    /// Reads the state once, with the segment that it ends in, whose entries went into it.
    fn read_once(&self) -> Outcome<(View, journal::Segment)> {
        let (acknowledged, _) = journal::acknowledged(self.files(), &self.layout)?;
        let mut segment = journal::current(self.files(), &self.layout, &acknowledged)?;
        let folded = Folded::open(Arc::clone(&self.files), &self.layout, acknowledged.segment);
        let mut state = if let Some((head, folded)) = folded {
            Ledger::new(head, folded)
        } else {
            let mut state = Ledger::new(Head::default(), Folded::Nothing);
            journal::replay_before(self.files(), &self.layout, acknowledged.segment, |entry| state.apply(entry))?;
            state
        };
        for entry in std::mem::take(&mut segment.entries) {
            state.apply(entry)?;
        }
        Ok((View { state, residue: segment.residue.len() }, segment))
    }

    /// Every operation from the first on, in order.
    pub fn replay(&self, visit: impl FnMut(Entry) -> Outcome<()>) -> Outcome<()> {
        let (acknowledged, _) = journal::acknowledged(self.files(), &self.layout)?;
        journal::replay(self.files(), &self.layout, &acknowledged, visit)
    }
}

/// A file's bytes; `None` if it is not there.
fn present(files: &dyn Files, path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match files.read(path) {
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        read => read.map(Some),
    }
}

/// What says that operations were written in a directory that says nothing about itself.
fn trace_of_operations(files: &dyn Files, layout: &Layout) -> Outcome<Option<PathBuf>> {
    let look = |path: &Path, error| Failure::io("look at", path.display(), error);
    let acknowledged = layout.acknowledged();
    if let Ok(bytes) = files.read(&acknowledged)
        && Acknowledged::newest(&bytes).is_none_or(|(record, _)| record.sequence > 0)
    {
        return Ok(Some(acknowledged));
    }
    for name in files.list(&layout.journal()).map_err(|error| look(&layout.journal(), error))? {
        let path = layout.journal().join(&name);
        let stamp = files.stamp(&path).map_err(|error| look(&path, error))?;
        if Layout::segment_of(&name).is_some() && stamp.is_some_and(|stamp| stamp.length > 0) {
            return Ok(Some(path));
        }
    }
    for dir in ["revisions", "events"].map(|name| layout.root().join(name)) {
        if !files.list(&dir).map_err(|error| look(&dir, error))?.is_empty() {
            return Ok(Some(dir));
        }
    }
    Ok(None)
}

fn too_new(path: &Path) -> Failure {
    Failure::new(Kind::Newer, format!("{} was written by a newer version of downtime", path.display()))
        .hint("run the version that wrote this store")
}
