//! Which content of an edited file counts now.

use std::sync::Arc;

use super::Store;
use super::config::Config;
use super::edited::{Edited, Noted, Notes, content_of};
use super::files::Stamp;
use crate::clock::{Clock, Instant};
use crate::downtime::ledger::Head;
use crate::downtime::operation::Revision;
use crate::failure::Outcome;
use crate::inventory::declared::{Inventory, Source};
use crate::rules::Rules;
use crate::when::zone::Zone;

/// File stamps are only trusted if the note of them was made this much later: nanoseconds, several ticks of any kernel.
const SETTLED: i64 = 100_000_000;

/// The content that counts now.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// SHA-256 of the content; `None` where there never were such files.
    pub content: Option<String>,
    /// What the inventory declares; `None` if it need not be read to know that nothing changed.
    pub inventory: Option<Arc<Inventory>>,
    /// What the rules declare; `None` if they need not be read to know that nothing changed.
    pub rules: Option<Arc<Rules>>,
    /// Number of hosts declared.
    pub hosts: usize,
    /// Why the files as they are do not count.
    pub warning: Option<String>,
    /// The files as they are, if they were read, can be used and differ from the last revision.
    pub unrecorded: Option<Fresh>,
    stamps: Vec<(String, Stamp)>,
}

/// Files that were read, and differ from the last revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// Their text.
    pub sources: Vec<Source>,
    /// Last modification of the newest, in seconds UTC; `None` if there are no files.
    pub modified: Option<Instant>,
    /// Of rules: no occurrence lasts longer than this; seconds.
    pub longest: Option<i64>,
    /// Of rules: the zone of those that name none, where there are any.
    pub timezone: Option<Zone>,
}

/// What files declare.
#[derive(Default)]
struct Declared {
    inventory: Option<Arc<Inventory>>,
    rules: Option<Arc<Rules>>,
}

impl Store {
    /// The content of `edited` that counts now, reading the files only if they may have changed.
    ///
    /// # Errors
    /// `Config` if the files cannot be read and no good revision was ever recorded.
    pub fn in_force(&self, edited: Edited, head: &Head, notes: &(Notes, i64)) -> Outcome<InForce> {
        let stamps = self.stamps(edited.stem())?;
        let last = edited.revisions(head).last();
        if stamps.is_empty() && last.is_none() {
            return Ok(InForce::default());
        }
        let mut watched = stamps.clone();
        if edited == Edited::Rules {
            // The zone of rules that name none is set there.
            watched.extend(self.stamps("config")?);
        }
        let in_force = |content, hosts| InForce { content, hosts, stamps: watched.clone(), ..InForce::default() };
        if let (Some(noted), Some(last)) = (notes.0.get(&edited), last)
            && noted.content == last.content
            && noted.stamps == watched
            && watched.iter().all(|(_, stamp)| stamp.modified.max(stamp.changed) + SETTLED < notes.1)
        {
            return Ok(in_force(Some(last.content.clone()), noted.hosts));
        }
        let sources = stamps.iter().map(|(name, _)| self.source(name.clone())).collect::<Outcome<Vec<Source>>>();
        let read = sources.and_then(|sources| {
            let content = content_of(&sources)?.0;
            let zone = if edited == Edited::Rules { self.zone_of_rules()? } else { Zone::UTC };
            let moved = last.and_then(|last| last.timezone).is_some_and(|timezone| timezone != zone);
            let changed = moved || last.is_none_or(|last| last.content != content);
            let declared = match (edited, changed) {
                (_, true) => declared(edited, &sources, zone)?,
                (Edited::Inventory, false) => self.recorded(&content, || Ok(sources.clone()))?,
                // They could be read when they were recorded.
                (Edited::Rules, false) => Declared::default(),
            };
            let newest = if moved { &watched } else { &stamps };
            let modified = newest.iter().map(|(_, stamp)| Instant(stamp.modified.div_euclid(1_000_000_000))).max();
            // Nothing tells when a file went away: that is noticed, and counts from then on.
            let modified = modified
                .filter(|modified| last.is_none_or(|last| *modified > last.since) || !self.lacks(last, &watched));
            Ok((content, declared, changed.then_some((sources, modified))))
        });
        match (read, last) {
            (Ok((content, declared, changed)), _) => {
                let Declared { inventory, rules } = declared;
                let hosts = inventory.as_ref().map_or(0, |inventory| inventory.hosts.len());
                let unrecorded = changed.map(|(sources, modified)| Fresh {
                    sources,
                    modified,
                    longest: rules.as_ref().map(|rules| rules.longest()),
                    timezone: rules.as_ref().and_then(|rules| rules.timezone),
                });
                Ok(InForce { inventory, rules, unrecorded, ..in_force(Some(content), hosts) })
            }
            (Err(failure), Some(last)) => {
                let inventory = match edited {
                    Edited::Inventory => self.recorded(&last.content, || self.revision(&last.content))?.inventory,
                    Edited::Rules => None,
                };
                let hosts = inventory.as_ref().map_or(0, |inventory| inventory.hosts.len());
                let warning = Some(format!("{}; the last good revision stays in force", failure.message()));
                Ok(InForce { inventory, warning, ..in_force(Some(last.content.clone()), hosts) })
            }
            (Err(failure), None) => {
                Err(failure.hint(format!("correct it; the store's directory is {}", self.layout.root().display())))
            }
        }
    }

    /// Whether a file that was there is none of these any more; of `config.toml`, which is in no revision, whether it is there.
    fn lacks(&self, last: Option<&Revision>, watched: &[(String, Stamp)]) -> bool {
        let is_there = |name: &str| watched.iter().any(|(there, _)| there == name);
        let Some(last) = last else { return false };
        let sources = self.revision(&last.content).unwrap_or_default();
        sources.iter().any(|source| !is_there(&source.name)) || last.timezone.is_some() && !is_there("config.toml")
    }

    /// The zone of rules that name none: the one that `config.toml` sets, whatever the reader's is.
    pub fn zone_of_rules(&self) -> Outcome<Zone> {
        Ok(Config::parse(self.sources("config")?)?.timezone.unwrap_or(Zone::UTC))
    }

    /// An inventory of which some files were read before.
    fn recorded(&self, content: &str, sources: impl Fn() -> Outcome<Vec<Source>>) -> Outcome<Declared> {
        match self.cached_inventory(content) {
            Some(inventory) => Ok(Declared { inventory: Some(Arc::new(inventory)), ..Declared::default() }),
            None => declared(Edited::Inventory, &sources()?, Zone::UTC),
        }
    }

    /// From when a revision not recorded yet counts: its file's modification, never before the one recorded before it nor in
    /// the future; in
    /// a pretend store from the beginning, later ones from the moment they are recorded, or looked at.
    pub fn counts_from(&self, edited: Edited, head: &Head, modified: Option<Instant>, clock: Clock) -> Instant {
        let earlier = edited.revisions(head).last().map(|revision| revision.since);
        let pretended = self.meta.pretended || head.sequence == 0 && clock.pretended;
        let since = match (pretended, earlier) {
            (true, None) => Instant::BEGINNING,
            (true, Some(_)) => clock.now,
            // A clock that was ahead must not keep later edits from counting.
            (false, _) => modified.map_or(clock.now, |modified| modified.min(clock.now)),
        };
        earlier.map_or(since, |earlier| since.max(earlier))
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
}

/// What files declare, with the first mistake if there is any.
fn declared(edited: Edited, sources: &[Source], zone: Zone) -> Outcome<Declared> {
    match edited {
        Edited::Inventory => {
            let inventory = Some(Arc::new(Inventory::parse(sources)?));
            Ok(Declared { inventory, ..Declared::default() })
        }
        Edited::Rules => {
            let rules = Some(Arc::new(Rules::parse(sources, zone)?));
            Ok(Declared { rules, ..Declared::default() })
        }
    }
}

impl Fresh {
    /// The revision that it is from `since` on, under its content's name.
    pub fn revision(&self, content: String, since: Instant) -> Revision {
        Revision { content, since, longest: self.longest, timezone: self.timezone }
    }
}

impl InForce {
    /// The same with another inventory in its place.
    #[must_use]
    pub fn with(&self, inventory: Inventory) -> Self {
        Self {
            hosts: inventory.hosts.len(),
            inventory: Some(Arc::new(inventory)),
            unrecorded: None,
            stamps: Vec::new(),
            ..self.clone()
        }
    }

    /// What to remember of it, once its content is recorded.
    pub(super) fn noted(&self) -> Option<Noted> {
        let content = self.content.clone().filter(|_| self.warning.is_none())?;
        Some(Noted { content, stamps: self.stamps.clone(), hosts: self.hosts })
    }
}
