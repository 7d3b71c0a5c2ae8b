//! What has become due: the starts and ends that follow from the records and the time alone.
//!
//! Readers work this out for themselves, so no answer waits for anything to be written down.

use super::id::DowntimeId;
use super::record::Downtime;
use super::target::Target;
use crate::clock::Instant;

/// A change of state that nobody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transition {
    /// A target left downtime as far as this downtime goes.
    Ended,
    /// A target entered downtime.
    Started,
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
