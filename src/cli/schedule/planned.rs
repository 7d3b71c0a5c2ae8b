//! What `schedule` comes to: something new, or what is open under the same key and changes.

use super::super::session::Session;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::Downtime;
use crate::downtime::touched::Change;

/// What the command comes to.
pub(super) enum Planned {
    /// A downtime or series that is not there yet.
    New(Kept),
    /// The open one with the same key, and what changes about it.
    Again(Kept, Vec<Effect>),
}

impl Planned {
    /// The operation that makes it so, if there is anything to do.
    pub(super) fn operation(&self) -> Option<Operation> {
        match self {
            Self::New(Kept::Downtime(downtime)) => Some(Operation::Schedule(downtime.clone())),
            Self::New(Kept::Series(series)) => Some(Operation::ScheduleSeries(series.clone())),
            Self::New(Kept::Rule(_)) => None,
            Self::Again(_, effects) if effects.is_empty() => None,
            Self::Again(_, effects) => Some(Operation::Edit(effects.clone())),
        }
    }

    /// What it will be.
    pub(super) fn kept(&self, session: &Session) -> Kept {
        match self {
            Self::New(kept) => kept.clone(),
            Self::Again(open, effects) => {
                let mut kept = open.clone();
                for effect in effects {
                    let change = Change { effect: effect.clone(), at: session.clock.now, by: session.author() };
                    kept.perform(&change);
                }
                kept
            }
        }
    }

    /// What it is, if it is there.
    pub(super) const fn before(&self) -> Option<&Kept> {
        match self {
            Self::New(_) => None,
            Self::Again(open, _) => Some(open),
        }
    }

    /// How it is told.
    pub(super) fn head(&self) -> &'static str {
        match self {
            Self::New(_) => "Scheduled",
            Self::Again(_, effects) if effects.is_empty() => "Unchanged:",
            Self::Again(_, effects) if matches!(effects.as_slice(), [Effect::MoveEnd { .. }]) => "Moved the end of",
            Self::Again(..) => "Changed",
        }
    }
}

/// The downtime by which it is judged and told: itself, or the occurrence that stands for a series.
pub(super) fn standing_for(kept: &Kept, session: &Session) -> Option<Downtime> {
    match kept {
        Kept::Downtime(downtime) => Some((**downtime).clone()),
        Kept::Series(series) => Some(series.whole(session.clock.now).shown),
        Kept::Rule(_) => None,
    }
}
