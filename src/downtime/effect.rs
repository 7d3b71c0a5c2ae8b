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

    /// The effects that bring the targets of a downtime to others, without those that would change nothing.
    pub fn retargeting(downtime: &Downtime, add: &[Target], remove: &[Target]) -> Vec<Self> {
        let id = || downtime.id.clone();
        let had = |target: &&Target| downtime.targets().any(|had| had == *target);
        let (known, fresh): (Vec<&Target>, Vec<&Target>) = add.iter().partition(had);
        let owned = |targets: Vec<&Target>| targets.into_iter().cloned().collect::<Vec<Target>>();
        let held = (!fresh.is_empty()).then(|| Self::Hold { id: id(), targets: owned(fresh) });
        let reopened = (!known.is_empty()).then(|| Self::Reopen { id: id(), targets: owned(known) });
        let released = (!remove.is_empty()).then(|| Self::Release { id: id(), targets: remove.to_vec() });
        [held, reopened, released].into_iter().flatten().collect()
    }

    /// The effect that moves the window of a downtime, if it does: its end alone, or both.
    pub fn moving(downtime: &Downtime, to: Window) -> Option<Self> {
        let (id, from) = (downtime.id.clone(), downtime.window);
        if from.interval == to.interval {
            None
        } else if from.start() == to.start() {
            let (from, from_civil) = (from.end(), from.end_civil);
            Some(Self::MoveEnd { id, from, from_civil, to: to.end(), to_civil: to.end_civil })
        } else {
            Some(Self::MoveWindow { id, from, to })
        }
    }

    /// The effect that changes what is said about a downtime, if it does.
    pub fn describing(downtime: &Downtime, terms: Terms) -> Option<Self> {
        let from = &downtime.terms;
        (*from != terms).then(|| Self::Describe {
            id: downtime.id.clone(),
            from: Box::new(from.clone()),
            to: Box::new(terms),
        })
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
