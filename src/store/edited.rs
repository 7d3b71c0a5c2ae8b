//! Files that people edit (`inventory.toml`, `rules.toml`, each with a `.d` directory beside it) and their revisions.
//!
//! A revision is kept whole under its content's SHA-256, so that what counted at some time in the past can be read
//! again whatever was edited since. What is remembered of the files' stamps is a cache: it saves reading them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Store;
use super::checked;
use super::files::Stamp;
use crate::downtime::ledger::Head;
use crate::downtime::operation::Revision;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::Source;

/// Which of the files with revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edited {
    /// `inventory.toml`
    Inventory,
    /// `rules.toml`
    Rules,
}

impl Edited {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Inventory, Self::Rules];

    /// The name before `.toml` and `.d`.
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Inventory => "inventory",
            Self::Rules => "rules",
        }
    }

    /// Its revisions, oldest first.
    pub fn revisions(self, head: &Head) -> &[Revision] {
        match self {
            Self::Inventory => &head.inventory,
            Self::Rules => &head.rules,
        }
    }
}

/// The stamps of the files as they were when their content was last read, and what that content was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// SHA-256 of the content.
    pub content: String,
    /// Each file's name and stamp.
    pub stamps: Vec<(String, Stamp)>,
    /// Number of hosts declared.
    pub hosts: usize,
}

/// What is remembered of all edited files.
pub type Notes = BTreeMap<Edited, Noted>;

impl Store {
    /// Names and stamps of the files there are: `STEM.toml`, then `STEM.d/*.toml` in order of name.
    pub(super) fn stamps(&self, stem: &str) -> Outcome<Vec<(String, Stamp)>> {
        let unreadable = |error| Failure::io("look at", self.layout.edited(stem).display(), error);
        let mut names = vec![format!("{stem}.toml")];
        let beside = self.files.list(&self.layout.edited(&format!("{stem}.d"))).map_err(unreadable)?;
        names.extend(
            beside
                .iter()
                .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "toml"))
                .map(|name| format!("{stem}.d/{name}")),
        );
        let mut stamps = Vec::new();
        for name in names {
            if let Some(stamp) = self.files.stamp(&self.layout.edited(&name)).map_err(unreadable)? {
                stamps.push((name, stamp));
            }
        }
        Ok(stamps)
    }

    /// The files' text.
    ///
    /// # Errors
    /// `Config` for a file that is not UTF-8, `Io` for one that cannot be read.
    pub fn sources(&self, stem: &str) -> Outcome<Vec<Source>> {
        self.stamps(stem)?.into_iter().map(|(name, _)| self.source(name)).collect()
    }

    pub(super) fn source(&self, name: String) -> Outcome<Source> {
        let path = self.layout.edited(&name);
        let bytes = self.files.read(&path).map_err(|error| Failure::io("read", path.display(), error))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source { name, text }),
            Err(error) => Err(Failure::new(
                Kind::Config,
                format!("{name} is not UTF-8 after byte {}", error.utf8_error().valid_up_to()),
            )),
        }
    }

    /// What is remembered of the files, and when that was noted; nothing if the cache is not there or not readable.
    pub fn notes(&self) -> (Notes, i64) {
        let path = self.layout.cache().join("edited");
        let noted_at = self.files.stamp(&path).ok().flatten().map_or(i64::MIN, |stamp| stamp.modified);
        let read = |bytes: Vec<u8>| serde_json::from_str(checked::unseal(&bytes)?).ok();
        let notes = self.files.read(&path).ok().and_then(read);
        (notes.unwrap_or_default(), noted_at)
    }

    /// The files of a recorded revision.
    ///
    /// # Errors
    /// `Damaged` if they are missing or not what was recorded.
    pub fn revision(&self, content: &str) -> Outcome<Vec<Source>> {
        let path = self.layout.revision(content);
        let damaged = |what: &str| {
            Failure::new(Kind::Damaged, format!("{} {what}", path.display())).hint("restore the file from a backup")
        };
        let bytes = self.files.read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => damaged("is missing, but the journal names it"),
            _ => Failure::io("read", path.display(), error),
        })?;
        if digest(&bytes) != content {
            return Err(damaged("is not what was recorded"));
        }
        serde_json::from_slice(&bytes).map_err(|error| damaged(&format!("cannot be read: {error}")))
    }
}

/// The name of a content, and the bytes that are kept under it.
pub(super) fn content_of(sources: &[Source]) -> Outcome<(String, Vec<u8>)> {
    let bytes = serde_json::to_vec(sources)
        .map_err(|error| Failure::new(Kind::Io, format!("cannot write a revision down: {error}")))?;
    Ok((digest(&bytes), bytes))
}

/// SHA-256 in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
