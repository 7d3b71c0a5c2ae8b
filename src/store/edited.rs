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
use crate::clock::Instant;
use crate::downtime::ledger::Head;
use crate::downtime::operation::Revision;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::{Inventory, Source, parse_toml};

/// Which of the files with revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edited {
    /// `inventory.toml`
    Inventory,
    /// `rules.toml`
    Rules,
}

/// File stamps are only trusted if the note of them was made this much later: nanoseconds, several ticks of any kernel.
const SETTLED: i64 = 100_000_000;

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

    /// Whether the files can be read; for the inventory, what they declare.
    fn check(self, sources: &[Source]) -> Outcome<Inventory> {
        match self {
            Self::Inventory => Inventory::parse(sources),
            Self::Rules => {
                sources.iter().try_for_each(|source| parse_toml::<toml::Table>(source).map(drop))?;
                Ok(Inventory::default())
            }
        }
    }

    /// What the files say that this version does not act on: silence would let people believe that a rule holds.
    fn caveat(self, sources: &[Source]) -> Option<String> {
        (self == Self::Rules && says_anything(sources))
            .then(|| "the rules declared are not acted on: this version does not know rules yet".to_owned())
    }
}

/// Whether the files hold more than comments.
fn says_anything(sources: &[Source]) -> bool {
    sources.iter().any(|source| parse_toml::<toml::Table>(source).is_ok_and(|table| !table.is_empty()))
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

/// The content that counts now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// SHA-256 of the content; `None` where there never were such files.
    pub content: Option<String>,
    /// What the inventory declares; `None` if it need not be read to know that nothing changed.
    pub inventory: Option<Inventory>,
    /// Number of hosts declared.
    pub hosts: usize,
    /// Why the files as they are do not count.
    pub warning: Option<String>,
    /// The files as they are, if they were read, can be used and differ from the last revision.
    pub unrecorded: Option<Fresh>,
    stamps: Vec<(String, Stamp)>,
}

/// Files that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// Their text.
    pub sources: Vec<Source>,
    /// Last modification of the newest, in seconds UTC; `None` if there are no files.
    pub modified: Option<Instant>,
}

impl Store {
    /// Names and stamps of the files there are: `STEM.toml`, then `STEM.d/*.toml` in order of name.
    fn stamps(&self, stem: &str) -> Outcome<Vec<(String, Stamp)>> {
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

    fn source(&self, name: String) -> Outcome<Source> {
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

    /// The content of `edited` that counts now, reading the files only if they may have changed.
    ///
    /// # Errors
    /// `Config` if the files cannot be read and no good revision was ever recorded.
    pub fn in_force(&self, edited: Edited, head: &Head, notes: &(Notes, i64)) -> Outcome<InForce> {
        let stamps = self.stamps(edited.stem())?;
        let last = edited.revisions(head).last();
        let in_force = |content, inventory, hosts| InForce {
            content,
            inventory,
            hosts,
            warning: None,
            unrecorded: None,
            stamps: stamps.clone(),
        };
        if let (Some(noted), Some(last)) = (notes.0.get(&edited), last)
            && noted.content == last.content
            && noted.stamps == stamps
            && stamps.iter().all(|(_, stamp)| stamp.modified.max(stamp.changed) + SETTLED < notes.1)
        {
            return Ok(in_force(Some(last.content.clone()), None, noted.hosts));
        }
        if stamps.is_empty() && last.is_none() {
            return Ok(in_force(None, None, 0));
        }
        let sources = stamps.iter().map(|(name, _)| self.source(name.clone())).collect::<Outcome<Vec<Source>>>();
        let read = sources.and_then(|sources| {
            let content = content_of(&sources)?.0;
            let changed = last.is_none_or(|last| last.content != content);
            let cached = if changed { None } else { self.cached(edited, &content) };
            let inventory = cached.map_or_else(|| edited.check(&sources), Ok)?;
            Ok((content, inventory, changed, sources))
        });
        match (read, last) {
            (Ok((content, inventory, changed, sources)), _) => {
                let modified = stamps.iter().map(|(_, stamp)| Instant(stamp.modified.div_euclid(1_000_000_000))).max();
                let hosts = inventory.hosts.len();
                let warning = edited.caveat(&sources);
                let unrecorded = changed.then_some(Fresh { sources, modified });
                Ok(InForce { warning, unrecorded, ..in_force(Some(content), Some(inventory), hosts) })
            }
            (Err(failure), Some(last)) => {
                let cached = self.cached(edited, &last.content);
                let inventory = cached.map_or_else(|| edited.check(&self.revision(&last.content)?), Ok)?;
                let hosts = inventory.hosts.len();
                let warning = format!("{}; the last good revision stays in force", failure.message());
                Ok(InForce { warning: Some(warning), ..in_force(Some(last.content.clone()), Some(inventory), hosts) })
            }
            (Err(failure), None) => {
                Err(failure.hint(format!("correct it; the store's directory is {}", self.layout.root().display())))
            }
        }
    }

    /// The inventory that counted just before `end`, for figures about a time that is over by then: a later edit does not
    /// change them. The first revision counts for all the time before it. `None` where that is what counts now.
    ///
    /// # Errors
    /// `Damaged` if the revision is missing or not what was recorded.
    pub fn inventory_before(&self, end: Instant, head: &Head, in_force: &InForce) -> Outcome<Option<Inventory>> {
        let modified = in_force.unrecorded.as_ref().and_then(|fresh| fresh.modified);
        if !self.meta.pretended && modified.is_some_and(|modified| modified < end) {
            return Ok(None);
        }
        let counted = head.inventory.iter().rev().find(|revision| revision.since < end).or(head.inventory.first());
        match counted.map(|revision| &revision.content) {
            Some(content) if in_force.content.as_ref() != Some(content) => self.inventory_of(content).map(Some),
            _ => Ok(None),
        }
    }

    /// What a content declares, if it was read before.
    fn cached(&self, edited: Edited, content: &str) -> Option<Inventory> {
        (edited == Edited::Inventory).then(|| self.cached_inventory(content)).flatten()
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

impl InForce {
    /// The same with another inventory in its place.
    #[must_use]
    pub fn with(&self, inventory: Inventory) -> Self {
        Self {
            content: self.content.clone(),
            hosts: inventory.hosts.len(),
            inventory: Some(inventory),
            warning: self.warning.clone(),
            unrecorded: None,
            stamps: Vec::new(),
        }
    }

    /// What to remember of it, once its content is recorded.
    pub(super) fn noted(&self) -> Option<Noted> {
        let content = self.content.clone().filter(|_| self.warning.is_none())?;
        Some(Noted { content, stamps: self.stamps.clone(), hosts: self.hosts })
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
