//! Where everything is in a store's directory.

use std::path::{Path, PathBuf};

/// The paths of one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout of the store at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Format version and whether the store is a pretended one. Its presence means that the store was begun.
    pub fn meta(&self) -> PathBuf {
        self.root.join("store.json")
    }

    /// The lock; made once, never removed.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// The journal's directory.
    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    /// The record of the last acknowledged line.
    pub fn acknowledged(&self) -> PathBuf {
        self.journal().join("acknowledged")
    }

    /// The journal segment whose first line has this sequence number.
    pub fn segment(&self, first: u64) -> PathBuf {
        self.journal().join(format!("{first:012}.jsonl"))
    }

    /// The first sequence number of the segment with this file name, if it is one.
    pub fn segment_of(name: &str) -> Option<u64> {
        name.strip_suffix(".jsonl")?.parse().ok()
    }

    /// Bytes that a crash left behind the last valid line, kept for whoever wants to look.
    pub fn residue(&self, first: u64, offset: u64) -> PathBuf {
        self.journal().join(format!("{first:012}-{offset}.residue"))
    }

    /// Contents of files that people edit, by their SHA-256.
    pub fn revision(&self, content: &str) -> PathBuf {
        self.root.join("revisions").join(format!("{content}.json"))
    }

    /// A segment of events.
    pub fn events(&self, name: &str) -> PathBuf {
        self.root.join("events").join(name)
    }

    /// What may be deleted at any time and is built again.
    pub fn cache(&self) -> PathBuf {
        self.root.join("cache")
    }

    /// The state after the operation with this sequence number.
    pub fn snapshot(&self, sequence: u64) -> PathBuf {
        self.cache().join(format!("{sequence:012}.snapshot"))
    }

    /// A file that people edit.
    pub fn edited(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}
