//! What has become due: the starts and ends that follow from the records and the time alone.
//!
//! Readers work this out for themselves, so no answer waits for anything to be written down.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::id::DowntimeId;
use super::interval::Interval;
use super::record::Downtime;
use super::settled::{Name, Turn};
use super::target::Target;
use crate::clock::Instant;

/// A change of state that nobody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// A target left downtime as far as this downtime goes.
    Ended,
    /// A target entered downtime.
    Started,
}

impl Transition {
    /// The word for it, everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Started => "started",
        }
    }
}

/// A transition of one target of one downtime, and when it was due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// When; nothing else orders transitions, ties aside.
    pub time: Instant,
    /// Start or end.
    pub transition: Transition,
    /// The downtime.
    pub id: DowntimeId,
    /// Its target.
    pub target: Target,
}

/// Every transition due by `now`, in order of time; at one instant ends come first, so that depth never overshoots.
pub fn settle<'a>(downtimes: impl IntoIterator<Item = &'a Downtime>, now: Instant) -> Vec<Due> {
    let mut due = Vec::new();
    for downtime in downtimes {
        for holding in &downtime.holdings {
            for span in &holding.spans {
                let both = [(span.start(), Transition::Started), (span.end(), Transition::Ended)];
                due.extend(both.into_iter().filter(|(time, _)| *time <= now).map(|(time, transition)| Due {
                    time,
                    transition,
                    id: downtime.id.clone(),
                    target: holding.target.clone(),
                }));
            }
        }
    }
    due.sort_unstable();
    due
}

/// The targets for which a downtime started or ended at that turn.
pub fn turning<'a>(downtime: &'a Downtime, turn: &Turn) -> impl Iterator<Item = &'a Target> {
    let (time, event) = (turn.time, turn.event);
    let turns = move |span: &Interval| match event {
        Transition::Started => span.start() == time,
        Transition::Ended => span.end() == time,
    };
    let turning = downtime.holdings.iter().filter(move |holding| holding.spans.iter().any(turns));
    turning.map(|holding| &holding.target)
}

/// What was due from `since` to `now`, both included, and is not among those `told`: one for each downtime, moment and
/// transition, in order of time.
pub fn due_since<'a>(
    downtimes: impl IntoIterator<Item = &'a Downtime>,
    since: Instant,
    now: Instant,
    told: &BTreeSet<Name>,
) -> Vec<Turn> {
    let mut due = Vec::new();
    for downtime in downtimes {
        let mut targets: BTreeMap<(Instant, Transition), usize> = BTreeMap::new();
        for span in downtime.holdings.iter().flat_map(|holding| &holding.spans) {
            for (time, event) in [(span.start(), Transition::Started), (span.end(), Transition::Ended)] {
                if (since..=now).contains(&time) {
                    *targets.entry((time, event)).or_default() += 1;
                }
            }
        }
        due.extend(targets.into_iter().map(|((time, event), targets)| Turn {
            time,
            event,
            id: downtime.id.clone(),
            targets,
        }));
    }
    due.retain(|turn| !told.contains(&turn.name()));
    due.sort_unstable();
    due
}
