//! What can change about one downtime, series or rule that is there.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::course::Course;
use super::id::DowntimeId;
use super::record::{Downtime, Terms};
use super::recurrence::Recurrence;
use super::series::Series;
use super::target::Target;
use super::window::Window;
use crate::clock::Instant;
use crate::when::Local;

/// A change of one downtime, or of one occurrence, which is one. Each has an inverse, which acts from the moment of the
/// undo on.
///
/// Of a series as a whole, [`Describe`](Self::Describe), [`Hold`](Self::Hold), [`Release`](Self::Release),
/// [`Reopen`](Self::Reopen) and [`Repeat`](Self::Repeat) change what counts for the occurrences that begin from that
/// moment on; of a rule, [`Stop`](Self::Stop) and [`Resume`](Self::Resume) do.
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
    /// The series repeats in another way; a downtime that did not repeat becomes the first occurrence of a series. Undone:
    /// it repeats as before, or not after its first occurrence.
    Repeat {
        /// The series.
        id: DowntimeId,
        /// How it repeated until now, if it did.
        from: Option<Box<Recurrence>>,
        /// How it repeats from now on; `None`: not after its first occurrence.
        to: Option<Box<Recurrence>>,
    },
    /// An occurrence that has not begun is left out. Undone: [`Effect::Unskip`].
    Skip {
        /// The occurrence.
        id: DowntimeId,
    },
    /// An occurrence that was left out takes place after all, as far as it lies ahead. Undone: [`Effect::Skip`].
    Unskip {
        /// The occurrence.
        id: DowntimeId,
    },
    /// A rule makes no more occurrences. Undone: [`Effect::Resume`].
    Stop {
        /// The rule.
        id: DowntimeId,
    },
    /// A rule that was stopped makes occurrences again. Undone: [`Effect::Stop`].
    Resume {
        /// The rule.
        id: DowntimeId,
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
            | Self::Rewrite { id, .. }
            | Self::Repeat { id, .. }
            | Self::Skip { id }
            | Self::Unskip { id }
            | Self::Stop { id }
            | Self::Resume { id } => id,
        }
    }

    /// The same of another downtime.
    #[must_use]
    pub fn of(mut self, other: DowntimeId) -> Self {
        match &mut self {
            Self::MoveEnd { id, .. }
            | Self::MoveWindow { id, .. }
            | Self::Describe { id, .. }
            | Self::Hold { id, .. }
            | Self::Release { id, .. }
            | Self::Reopen { id, .. }
            | Self::Rewrite { id, .. }
            | Self::Repeat { id, .. }
            | Self::Skip { id }
            | Self::Unskip { id }
            | Self::Stop { id }
            | Self::Resume { id } => *id = other,
        }
        self
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
            Self::Repeat { id, from, to } => Self::Repeat { id, from: to, to: from },
            Self::Skip { id } => Self::Unskip { id },
            Self::Unskip { id } => Self::Skip { id },
            Self::Stop { id } => Self::Resume { id },
            Self::Resume { id } => Self::Stop { id },
        }
    }

    /// The effects that bring the targets of a downtime to others, without those that would change nothing.
    pub fn retargeting(downtime: &Downtime, add: &[Target], remove: &[Target]) -> Vec<Self> {
        retargeted(&downtime.id, downtime.targets(), add, remove)
    }

    /// The effects that make a series another from now on, without those that would change nothing.
    pub fn reshaping(
        series: &Series,
        terms: Terms,
        recurrence: Recurrence,
        add: &[Target],
        remove: &[Target],
    ) -> Vec<Self> {
        let (id, plan) = (|| series.id().clone(), series.plan());
        let mut effects = Vec::new();
        if terms != plan.terms {
            effects.push(Self::Describe { id: id(), from: Box::new(plan.terms.clone()), to: Box::new(terms) });
        }
        if recurrence != plan.recurrence {
            let from = Some(Box::new(plan.recurrence.clone()));
            effects.push(Self::Repeat { id: id(), from, to: Some(Box::new(recurrence)) });
        }
        effects.extend(retargeted(series.id(), series.targets(), add, remove));
        effects
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

    /// Lets it happen to the downtime or occurrence, at `at`, brought about by `by`.
    pub fn perform(&self, downtime: &mut Downtime, at: Instant, by: &str) {
        match self {
            Self::MoveEnd { to, to_civil, .. } => downtime.move_end(at, *to, *to_civil),
            Self::MoveWindow { to, .. } => downtime.move_window(at, *to),
            Self::Describe { to, .. } => downtime.terms = (**to).clone(),
            Self::Hold { targets, .. } => downtime.hold(at, targets),
            Self::Release { targets, .. } => downtime.release(at, targets, by),
            Self::Reopen { targets, .. } => downtime.reopen(at, targets),
            Self::Rewrite { to, .. } => downtime.rewrite(to.clone()),
            Self::Skip { .. } => downtime.skip(at, by),
            Self::Unskip { .. } => downtime.unskip(at),
            // What repeats changes as a whole: see `Series::perform` and `Exceptional::perform`.
            Self::Repeat { .. } | Self::Stop { .. } | Self::Resume { .. } => {}
        }
    }

    /// The last end that it names, for an index that leaves out what is over.
    pub fn names_end(&self) -> Option<Instant> {
        match self {
            Self::MoveEnd { from, to, .. } => Some(*from.max(to)),
            Self::MoveWindow { from, to, .. } => Some(from.end().max(to.end())),
            Self::Rewrite { from, to, .. } => Some(from.window.end().max(to.window.end())),
            _ => None,
        }
    }

    /// Whether a downtime that was over before `since`, or was none of a host, may no longer be.
    pub fn may_revive(&self, since: Instant) -> bool {
        match self {
            Self::MoveEnd { from, .. } => *from <= since,
            Self::Describe { .. } | Self::Release { .. } | Self::Skip { .. } | Self::Stop { .. } => false,
            Self::MoveWindow { .. }
            | Self::Hold { .. }
            | Self::Reopen { .. }
            | Self::Rewrite { .. }
            | Self::Repeat { .. }
            | Self::Unskip { .. }
            | Self::Resume { .. } => true,
        }
    }
}

/// The effects that add targets to those that were there, and let go of others.
fn retargeted<'t>(
    id: &DowntimeId,
    targets: impl Iterator<Item = &'t Target>,
    add: &[Target],
    remove: &[Target],
) -> Vec<Effect> {
    let had: BTreeSet<&Target> = targets.collect();
    let id = || id.clone();
    let (known, fresh): (Vec<&Target>, Vec<&Target>) = add.iter().partition(|target| had.contains(target));
    let owned = |targets: Vec<&Target>| targets.into_iter().cloned().collect::<Vec<Target>>();
    let held = (!fresh.is_empty()).then(|| Effect::Hold { id: id(), targets: owned(fresh) });
    let reopened = (!known.is_empty()).then(|| Effect::Reopen { id: id(), targets: owned(known) });
    let released = (!remove.is_empty()).then(|| Effect::Release { id: id(), targets: remove.to_vec() });
    [held, reopened, released].into_iter().flatten().collect()
}
