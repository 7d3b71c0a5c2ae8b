//! What a series or rule makes of each of its occurrences.

use serde::{Deserialize, Serialize};

use super::holding::Holding;
use super::id::DowntimeId;
use super::record::{Downtime, Kind, Origin, Terms};
use super::recurrence::{Occurrence, Recurrence};
use super::target::Target;
use crate::clock::Instant;

/// The parameters that every occurrence takes, but for its targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What is said about it.
    pub terms: Terms,
    /// When.
    pub recurrence: Recurrence,
}

/// Where a series or rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id.
    pub id: DowntimeId,
    /// Fixed or flexible.
    pub kind: Kind,
    /// What made it.
    pub origin: Origin,
    /// Who made it.
    pub author: String,
    /// When it was made.
    pub entry_time: Instant,
}

/// A start this much before now needs no word about it: seconds.
pub const GRACE: i64 = 300;

impl Plan {
    /// The downtime that an occurrence is, upon these targets, sorted and each once.
    pub fn downtime(&self, source: &Source, occurrence: &Occurrence, targets: &[Target]) -> Downtime {
        let window = occurrence.window;
        let retroactive = source.origin == Origin::Command && window.start() < source.entry_time - GRACE;
        Downtime {
            id: source.id.occurrence(occurrence.nominal),
            kind: source.kind,
            origin: source.origin,
            terms: Terms { retroactive, ..self.terms.clone() },
            author: source.author.clone(),
            entry_time: source.entry_time,
            timezone: self.recurrence.timezone,
            window,
            planned_end: window.end(),
            holdings: targets.iter().map(|target| Holding::of(target.clone(), window.interval)).collect(),
        }
    }
}
