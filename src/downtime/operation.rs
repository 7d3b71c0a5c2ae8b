//! What can happen to a store. The journal holds one operation a line; the state is what follows from them in order.
//!
//! An operation carries its effects resolved (ids, targets, instants), never the text that was typed, so that a later
//! version of the program, or another zone database, folds an old journal to the same state.

use serde::{Deserialize, Serialize};

pub use super::effect::Effect;
use super::id::DowntimeId;
use super::record::Downtime;
use super::series::Series;
use super::settled::Settled;
use crate::clock::Instant;
use crate::when::zone::Zone;

/// A version of a file that people edit, kept whole beside the journal under its content's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// Name of the content: SHA-256 in hexadecimal.
    pub content: String,
    /// From when on it counts.
    pub since: Instant,
    /// Of rules: no occurrence lasts longer than this, in seconds, so that who looks at a later time need not read them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<i64>,
    /// Of rules: the zone of those that name none, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<Zone>,
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
    /// A series is made. Undone: it holds nothing any more, and its running occurrence ends.
    ScheduleSeries(Box<Series>),
    /// Ends move.
    Extend(Vec<Effect>),
    /// Windows, targets or what is said about them change.
    Edit(Vec<Effect>),
    /// Targets are let go of.
    Delete(Vec<Effect>),
    /// Series begin, go on in another way, or stop.
    Repeat(Vec<Effect>),
    /// Occurrences are left out.
    Skip(Vec<Effect>),
    /// Occurrences that were left out take place after all.
    Unskip(Vec<Effect>),
    /// An earlier operation is taken back. Undone itself: done again, as far as that is still possible.
    Undo(Reversal),
    /// `inventory.toml` and `inventory.d/*.toml` changed. Never undone.
    InventoryRevision(Revision),
    /// `rules.toml` and `rules.d/*.toml` changed. Never undone.
    RulesRevision(Revision),
    /// Logs were read. Never undone.
    Import(Vec<Imported>),
    /// What was due was written down. Never undone, and no answer depends on it.
    Settle(Settled),
}

impl Operation {
    /// Whether somebody typed it and may take it back.
    pub const fn is_typed(&self) -> bool {
        !matches!(self, Self::InventoryRevision(_) | Self::RulesRevision(_) | Self::Import(_) | Self::Settle(_))
    }

    /// Its word in the journal.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Schedule(_) => "schedule",
            Self::ScheduleSeries(_) => "schedule_series",
            Self::Extend(_) => "extend",
            Self::Edit(_) => "edit",
            Self::Delete(_) => "delete",
            Self::Repeat(_) => "repeat",
            Self::Skip(_) => "skip",
            Self::Unskip(_) => "unskip",
            Self::Undo(_) => "undo",
            Self::InventoryRevision(_) => "inventory_revision",
            Self::RulesRevision(_) => "rules_revision",
            Self::Import(_) => "import",
            Self::Settle(_) => "settle",
        }
    }

    /// The command that people type for it.
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::ScheduleSeries(_) => "schedule",
            other => other.name(),
        }
    }

    /// The effects on downtimes that were there before.
    pub fn effects(&self) -> &[Effect] {
        match self {
            Self::Extend(effects)
            | Self::Edit(effects)
            | Self::Delete(effects)
            | Self::Repeat(effects)
            | Self::Skip(effects)
            | Self::Unskip(effects) => effects,
            Self::Undo(reversal) => &reversal.effects,
            Self::Schedule(_)
            | Self::ScheduleSeries(_)
            | Self::InventoryRevision(_)
            | Self::RulesRevision(_)
            | Self::Import(_)
            | Self::Settle(_) => &[],
        }
    }

    /// The downtimes that it makes or changes.
    pub fn touches(&self) -> Vec<&DowntimeId> {
        match self {
            Self::Schedule(downtime) => return vec![&downtime.id],
            Self::ScheduleSeries(series) => return vec![series.id()],
            _ => {}
        }
        let mut ids: Vec<&DowntimeId> = self.effects().iter().map(Effect::id).collect();
        ids.dedup();
        ids
    }

    /// What takes it back; empty for what cannot be.
    pub fn inverse(&self) -> Vec<Effect> {
        match self {
            Self::Schedule(downtime) => {
                vec![Effect::Release { id: downtime.id.clone(), targets: downtime.targets().cloned().collect() }]
            }
            Self::ScheduleSeries(series) => {
                vec![Effect::Release { id: series.id().clone(), targets: series.targets().cloned().collect() }]
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
