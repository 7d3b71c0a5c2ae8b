//! The state of a store: a fold over its journal, starting from whatever was folded before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::id::DowntimeId;
use super::operation::{Effect, Entry, Imported, Operation, Revision};
use super::record::Downtime;
use crate::failure::{Failure, Kind, Outcome};

/// Downtimes folded earlier, fetched one by one, so that a look-up does not read them all.
pub trait Base {
    /// The downtime with this id.
    fn get(&self, id: &DowntimeId) -> Outcome<Option<Downtime>>;
    /// Every downtime with a target on this host (itself or its services) that [lasts beyond](Downtime::lasts_beyond)
    /// `since`.
    fn on_host(&self, host: &str, since: crate::clock::Instant) -> Outcome<Vec<Downtime>>;
    /// Every downtime.
    fn all(&self) -> Outcome<Vec<Downtime>>;
}

/// A store in which nothing has happened yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Base for Nothing {
    fn get(&self, _: &DowntimeId) -> Outcome<Option<Downtime>> {
        Ok(None)
    }
    fn on_host(&self, _: &str, _: crate::clock::Instant) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
    fn all(&self) -> Outcome<Vec<Downtime>> {
        Ok(Vec::new())
    }
}

/// What a fold carries besides the downtimes: small, and always at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The sequence number of the last operation folded; 0 for none.
    pub sequence: u64,
    /// How many ids have been given.
    pub last_id: u64,
    /// Revisions of the inventory, oldest first.
    pub inventory: Vec<Revision>,
    /// Revisions of the rules, oldest first.
    pub rules: Vec<Revision>,
    /// Imports whose events count, oldest first.
    pub imports: Vec<Imported>,
}

/// The state of a store.
#[derive(Debug, Clone)]
pub struct Ledger<B> {
    /// Numbers, revisions and imports.
    pub head: Head,
    base: B,
    touched: BTreeMap<DowntimeId, Downtime>,
}

impl<B: Base> Ledger<B> {
    /// The state as folded before.
    pub const fn new(head: Head, base: B) -> Self {
        Self { head, base, touched: BTreeMap::new() }
    }

    /// Lets one more operation happen. Operations come in order, none left out.
    ///
    /// # Errors
    /// `Damaged` where the operation does not fit the state: a gap in the numbers, an id given twice, or one not given.
    pub fn apply(&mut self, entry: &Entry) -> Outcome<()> {
        let misfit = |what: String| Failure::new(Kind::Damaged, format!("operation {}: {what}", entry.sequence));
        if entry.sequence != self.head.sequence + 1 {
            return Err(misfit(format!("it follows operation {}", self.head.sequence)));
        }
        match &entry.operation {
            Operation::Schedule(downtime) => {
                let next = self.head.last_id + 1;
                if downtime.id != DowntimeId::numbered(next) {
                    return Err(misfit(format!("it makes downtime {} where {next} is next", downtime.id)));
                }
                self.head.last_id = next;
                self.touched.insert(downtime.id.clone(), downtime.as_ref().clone());
            }
            Operation::InventoryRevision(revision) => self.head.inventory.push(revision.clone()),
            Operation::RulesRevision(revision) => self.head.rules.push(revision.clone()),
            Operation::Import(imports) => self.head.imports.extend(imports.iter().cloned()),
            Operation::Extend(_) | Operation::Delete(_) | Operation::Undo(_) => {
                for effect in entry.operation.effects() {
                    let downtime = self
                        .touch(effect.id())?
                        .ok_or_else(|| misfit(format!("it changes downtime {}, which was never made", effect.id())))?;
                    perform(effect, downtime, entry);
                }
            }
        }
        self.head.sequence = entry.sequence;
        Ok(())
    }

    fn touch(&mut self, id: &DowntimeId) -> Outcome<Option<&mut Downtime>> {
        if !self.touched.contains_key(id) {
            match self.base.get(id)? {
                Some(downtime) => self.touched.insert(id.clone(), downtime),
                None => return Ok(None),
            };
        }
        Ok(self.touched.get_mut(id))
    }

    /// The downtime with this id.
    pub fn get(&self, id: &DowntimeId) -> Outcome<Option<Downtime>> {
        match self.touched.get(id) {
            Some(downtime) => Ok(Some(downtime.clone())),
            None => self.base.get(id),
        }
    }

    /// Every downtime with a target on this host that was not over before `since`, by id.
    pub fn on_host(&self, host: &str, since: crate::clock::Instant) -> Outcome<Vec<Downtime>> {
        let concerns = |downtime: &&Downtime| downtime.targets().any(|target| target.host == host);
        let mut found = self.base.on_host(host, since)?;
        found.retain(|downtime| !self.touched.contains_key(&downtime.id));
        found.extend(self.touched.values().filter(concerns).filter(|downtime| downtime.lasts_beyond(since)).cloned());
        found.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(found)
    }

    /// Every downtime, by id.
    pub fn all(&self) -> Outcome<Vec<Downtime>> {
        let mut all = self.base.all()?;
        all.retain(|downtime| !self.touched.contains_key(&downtime.id));
        all.extend(self.touched.values().cloned());
        all.sort_unstable_by(|left, right| left.id.cmp(&right.id));
        Ok(all)
    }

    /// What was folded before.
    pub const fn base(&self) -> &B {
        &self.base
    }

    /// The downtimes that differ from what was folded before, by id.
    pub const fn touched(&self) -> &BTreeMap<DowntimeId, Downtime> {
        &self.touched
    }
}

fn perform(effect: &Effect, downtime: &mut Downtime, entry: &Entry) {
    match effect {
        Effect::MoveEnd { to, to_civil, .. } => downtime.move_end(entry.due, *to, *to_civil),
        Effect::Release { targets, .. } => downtime.release(entry.due, targets, &entry.author),
        Effect::Reopen { targets, .. } => downtime.reopen(entry.due, targets),
    }
}
