//! What people did to single occurrences of a series or rule: kept as changes, so that an occurrence takes everything
//! else from what counts at its start.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::id::DowntimeId;
use super::record::Downtime;
use crate::clock::Instant;

/// An effect, when it came about, and who brought it about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What changed.
    pub effect: Effect,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
}

impl Change {
    /// Lets it happen to a downtime.
    pub fn perform(&self, downtime: &mut Downtime) {
        self.effect.perform(downtime, self.at, &self.by);
    }
}

/// Changes by the occurrence that they are about, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Touched(BTreeMap<DowntimeId, Vec<Change>>);

impl Touched {
    /// Notes one more.
    pub fn note(&mut self, change: Change) {
        self.0.entry(change.effect.id().clone()).or_default().push(change);
    }

    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The occurrence after all that was done to it.
    #[must_use]
    pub fn applied(&self, mut occurrence: Downtime) -> Downtime {
        for change in self.0.get(&occurrence.id).into_iter().flatten() {
            change.perform(&mut occurrence);
        }
        occurrence
    }

    /// Where an occurrence begins that was moved, and not where it would have.
    pub fn start_of(&self, id: &DowntimeId) -> Option<Instant> {
        self.0.get(id)?.iter().rev().find_map(|change| match &change.effect {
            Effect::MoveWindow { to, .. } => Some(to.start()),
            Effect::Rewrite { to, .. } => Some(to.window.start()),
            _ => None,
        })
    }

    /// The occurrences that were changed.
    pub fn ids(&self) -> impl Iterator<Item = &DowntimeId> {
        self.0.keys()
    }

    /// Whether anything done to an occurrence still stands: one that was left out and takes place after all is as it was.
    pub fn stands(&self, id: &DowntimeId) -> bool {
        let changes = self.0.get(id).map(Vec::as_slice).unwrap_or_default();
        let is_of_skipping = |it: &Change| matches!(it.effect, Effect::Skip { .. } | Effect::Unskip { .. });
        let last = changes.last().map(|last| &last.effect);
        !(changes.iter().all(is_of_skipping) && matches!(last, Some(Effect::Unskip { .. }) | None))
    }

    /// The hosts that occurrences were given by themselves.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        let targets = self.0.values().flatten().flat_map(|change| match &change.effect {
            Effect::Hold { targets, .. } => targets.iter().collect(),
            Effect::Rewrite { to, .. } => to.holdings.iter().map(|holding| &holding.target).collect(),
            _ => Vec::new(),
        });
        targets.map(|target| target.host.as_str())
    }

    /// The last end that a change names.
    pub fn latest_end(&self) -> Option<Instant> {
        self.0.values().flatten().filter_map(|change| change.effect.names_end()).max()
    }
}
