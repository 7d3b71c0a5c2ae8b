//! What can happen to a store. The journal holds one operation a line; the state is what follows from them in order.
//!
//! An operation carries its effects resolved (ids, targets, instants), never the text that was typed, so that a later
//! version of the program, or another zone database, folds an old journal to the same state.

use serde::{Deserialize, Serialize};

use super::id::DowntimeId;
use super::record::Downtime;
use super::target::Target;
use crate::clock::Instant;
use crate::when::Local;

/// A change of one downtime. Each has an inverse, which acts from the moment of the undo on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// The end of the window, and of every activation not over or let go of, moves. Undone: it moves back, to the
    /// moment of the undo if that is later.
    MoveEnd {
        /// The downtime.
        id: DowntimeId,
        /// The end until now.
        from: Instant,
        /// What was typed for that end, if civil.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_civil: Option<Local>,
        /// The end from now on.
        to: Instant,
        /// What was typed for the new end, if civil.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to_civil: Option<Local>,
    },
    /// Targets are let go of: running activations end, planned ones fall away. Undone: [`Effect::Reopen`].
    Release {
        /// The downtime.
        id: DowntimeId,
        /// The targets that were still held.
        targets: Vec<Target>,
    },
    /// Targets that were let go of are held again for what is left of the window. Undone: [`Effect::Release`].
    Reopen {
        /// The downtime.
        id: DowntimeId,
        /// The targets.
        targets: Vec<Target>,
    },
}

impl Effect {
    /// The downtime that changes.
    pub const fn id(&self) -> &DowntimeId {
        match self {
            Self::MoveEnd { id, .. } | Self::Release { id, .. } | Self::Reopen { id, .. } => id,
        }
    }

    /// What takes this effect back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::MoveEnd { id, from, from_civil, to, to_civil } => {
                Self::MoveEnd { id, from: to, from_civil: to_civil, to: from, to_civil: from_civil }
            }
            Self::Release { id, targets } => Self::Reopen { id, targets },
            Self::Reopen { id, targets } => Self::Release { id, targets },
        }
    }
}

/// A version of a file that people edit, kept whole beside the journal under its content's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// Name of the content: SHA-256 in hexadecimal.
    pub content: String,
    /// From when on it counts.
    pub since: Instant,
}

/// One input file whose events were taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// What the file was called.
    pub source: String,
    /// The event segment that holds what was new in it; `None` if nothing was.
    pub segment: Option<String>,
    /// Lines read.
    pub lines: u64,
    /// Lines accepted that were not there before.
    pub events: u64,
    /// Lines accepted that were there already.
    pub duplicates: u64,
}

/// That an earlier operation was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reversal {
    /// The sequence number of the operation taken back.
    pub undoes: u64,
    /// What that comes to.
    pub effects: Vec<Effect>,
}

/// One line of the journal, as far as it changes the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// A downtime is made. Undone: every target still held is let go of.
    Schedule(Box<Downtime>),
    /// Ends move.
    Extend(Vec<Effect>),
    /// Targets are let go of.
    Delete(Vec<Effect>),
    /// An earlier operation is taken back. Undone itself: done again, as far as that is still possible.
    Undo(Reversal),
    /// `inventory.toml` and `inventory.d/*.toml` changed. Never undone.
    InventoryRevision(Revision),
    /// `rules.toml` and `rules.d/*.toml` changed. Never undone.
    RulesRevision(Revision),
    /// Logs were read. Never undone.
    Import(Vec<Imported>),
}

impl Operation {
    /// Whether somebody typed it and may take it back.
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Schedule(_) | Self::Extend(_) | Self::Delete(_) | Self::Undo(_))
    }

    /// Its word in history and messages.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Schedule(_) => "schedule",
            Self::Extend(_) => "extend",
            Self::Delete(_) => "delete",
            Self::Undo(_) => "undo",
            Self::InventoryRevision(_) => "inventory_revision",
            Self::RulesRevision(_) => "rules_revision",
            Self::Import(_) => "import",
        }
    }

    /// The effects on downtimes that were there before.
    pub fn effects(&self) -> &[Effect] {
        match self {
            Self::Extend(effects) | Self::Delete(effects) => effects,
            Self::Undo(reversal) => &reversal.effects,
            Self::Schedule(_) | Self::InventoryRevision(_) | Self::RulesRevision(_) | Self::Import(_) => &[],
        }
    }

    /// The downtimes that it makes or changes.
    pub fn touches(&self) -> Vec<&DowntimeId> {
        match self {
            Self::Schedule(downtime) => vec![&downtime.id],
            _ => self.effects().iter().map(Effect::id).collect(),
        }
    }

    /// What takes it back; empty for what cannot be.
    pub fn inverse(&self) -> Vec<Effect> {
        match self {
            Self::Schedule(downtime) => {
                vec![Effect::Release { id: downtime.id.clone(), targets: downtime.targets().cloned().collect() }]
            }
            _ => self.effects().iter().rev().map(Effect::inverse).collect(),
        }
    }
}

/// An operation with its place in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number; the first is 1, none is left out.
    pub sequence: u64,
    /// When it was due, which is when it took effect.
    pub due: Instant,
    /// When it was written down.
    pub written: Instant,
    /// Who acted.
    pub author: String,
    /// Whether it was made under a pretended time.
    pub pretended: bool,
    /// What was done.
    pub operation: Operation,
}
