//! What can change about one downtime that is there.

use serde::{Deserialize, Serialize};

use super::course::Course;
use super::id::DowntimeId;
use super::record::{Downtime, Terms};
use super::target::Target;
use super::window::Window;
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
    /// The window moves; what was in effect until now stays. Undone: it moves back, as far as that still lies ahead.
    MoveWindow {
        /// The downtime.
        id: DowntimeId,
        /// The window until now.
        from: Window,
        /// The window from now on.
        to: Window,
    },
    /// What people say about it changes. Undone: it is as it was.
    Describe {
        /// The downtime.
        id: DowntimeId,
        /// What was said until now.
        from: Box<Terms>,
        /// What is said from now on.
        to: Box<Terms>,
    },
    /// Targets that it did not have are held for what is left of the window. Undone: [`Effect::Release`].
    Hold {
        /// The downtime.
        id: DowntimeId,
        /// The targets.
        targets: Vec<Target>,
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
    /// Somebody said `--retroactive`: what it holds and when changes, past included. Undone:
    /// [`Downtime::as_before`].
    Rewrite {
        /// The downtime.
        id: DowntimeId,
        /// Its course until now.
        from: Course,
        /// Its course from now on.
        to: Course,
    },
}

impl Effect {
    /// The downtime that changes.
    pub const fn id(&self) -> &DowntimeId {
        match self {
            Self::MoveEnd { id, .. }
            | Self::MoveWindow { id, .. }
            | Self::Describe { id, .. }
            | Self::Hold { id, .. }
            | Self::Release { id, .. }
            | Self::Reopen { id, .. }
            | Self::Rewrite { id, .. } => id,
        }
    }

    /// What takes this effect back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::MoveEnd { id, from, from_civil, to, to_civil } => {
                Self::MoveEnd { id, from: to, from_civil: to_civil, to: from, to_civil: from_civil }
            }
            Self::MoveWindow { id, from, to } => Self::MoveWindow { id, from: to, to: from },
            Self::Describe { id, from, to } => Self::Describe { id, from: to, to: from },
            Self::Hold { id, targets } | Self::Reopen { id, targets } => Self::Release { id, targets },
            Self::Release { id, targets } => Self::Reopen { id, targets },
            Self::Rewrite { id, from, to } => Self::Rewrite { id, from: to, to: from },
        }
    }

    /// Lets it happen to the downtime, at `at`, brought about by `by`.
    pub fn perform(&self, downtime: &mut Downtime, at: Instant, by: &str) {
        match self {
            Self::MoveEnd { to, to_civil, .. } => downtime.move_end(at, *to, *to_civil),
            Self::MoveWindow { to, .. } => downtime.move_window(at, *to),
            Self::Describe { to, .. } => downtime.terms = (**to).clone(),
            Self::Hold { targets, .. } => downtime.hold(at, targets),
            Self::Release { targets, .. } => downtime.release(at, targets, by),
            Self::Reopen { targets, .. } => downtime.reopen(at, targets),
            Self::Rewrite { to, .. } => downtime.rewrite(to.clone()),
        }
    }

    /// Whether a downtime that was over before `since`, or was none of a host, may no longer be.
    pub fn may_revive(&self, since: Instant) -> bool {
        match self {
            Self::MoveEnd { from, .. } => *from <= since,
            Self::MoveWindow { .. } | Self::Hold { .. } | Self::Reopen { .. } | Self::Rewrite { .. } => true,
            Self::Describe { .. } | Self::Release { .. } => false,
        }
    }
}
