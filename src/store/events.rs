//! The event segments that imports left.

use std::path::PathBuf;
use std::sync::Arc;

use super::Store;
use super::files::Files;
use super::layout::Layout;
use crate::downtime::ledger::Head;
use crate::events::set::{Blobs, SegmentSet};
use crate::failure::{Failure, Kind, Outcome};

/// Reads segments from the store's directory.
#[derive(Debug)]
pub struct Kept {
    files: Arc<dyn Files>,
    layout: Layout,
}

/// The events of a store.
pub type Events = SegmentSet<Kept>;

impl Blobs for Kept {
    fn read(&self, name: &str) -> Outcome<Vec<u8>> {
        let path = self.layout.events(name);
        self.files.read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Failure::new(Kind::Damaged, format!("{} is missing, but the journal names it", path.display()))
                    .hint("restore the file from a backup")
            }
            _ => Failure::io("read", path.display(), error),
        })
    }
}

impl Store {
    /// The events of all imports; read when they are first asked for.
    pub fn events(&self, head: &Head) -> Events {
        let names = head.imports.iter().filter_map(|import| import.segment.clone());
        SegmentSet::new(names, Kept { files: Arc::clone(&self.files), layout: self.layout.clone() })
    }

    /// Where a segment of events of that name is kept.
    pub fn events_path(&self, name: &str) -> PathBuf {
        self.layout.events(name)
    }
}
