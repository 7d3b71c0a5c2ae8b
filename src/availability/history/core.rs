//! What the monitoring core did, as far as it bears on every object.

use crate::clock::Instant;
use crate::downtime::interval::{Interval, union};
use crate::events::event::Core;
use crate::events::log::{CoreEvent, EventLog};

/// A place in the log: second, and ordinal within the second.
pub type Place = (Instant, u32);

/// The core's starts, stops and blocks of initial states, prepared once for all objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoreHistory {
    /// Headers of blocks of initial states, sorted.
    pub headers: Vec<Place>,
    /// Starts, sorted.
    starts: Vec<Place>,
    /// From each stop to the next start.
    pub stopped: Vec<Interval>,
    /// The log's first event.
    first: Option<Instant>,
}

impl CoreHistory {
    /// The history in a log.
    pub fn new(log: &EventLog) -> Self {
        let places = |kind: Core| {
            log.core.iter().filter(move |event| event.core == kind).map(|event| (event.time, event.ordinal)).collect()
        };
        Self {
            headers: places(Core::InitialStates),
            starts: places(Core::Start),
            stopped: stopped(&log.core),
            first: log.first,
        }
    }

    /// Since when a downtime has been in effect whose start the log does not hold, when it is first told of at `place`:
    /// the later of the log's first event and the last core start before it.
    pub fn earliest_before(&self, place: Place) -> Instant {
        let before = self.starts.partition_point(|&start| start < place);
        let start = self.starts[..before].last().map(|&(time, _)| time);
        start.max(self.first).unwrap_or(place.0)
    }
}

fn stopped(core: &[CoreEvent]) -> Vec<Interval> {
    let mut intervals = Vec::new();
    let mut since = None;
    for event in core {
        match event.core {
            Core::Stop => {
                since.get_or_insert(event.time);
            }
            Core::Start => intervals.extend(since.take().and_then(|start| Interval::new(start, event.time))),
            Core::InitialStates => {}
        }
    }
    intervals.extend(since.and_then(|start| Interval::new(start, Instant::END)));
    union(intervals)
}
