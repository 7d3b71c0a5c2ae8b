//! One order for the lines of a second that several segments tell of.

use super::log::EventLog;
use super::segment::Segment;
use crate::clock::Instant;
use crate::downtime::interval::{self, Interval};

/// Ordinals count within a file. Where lines of one second stand from several files, they are numbered anew: those of
/// the earlier import first, each file's in their order.
pub struct Places {
    /// The times into which more than one segment reaches.
    shared: Vec<Interval>,
    /// The segment of each line in them, in the order of [`entries`].
    origins: Vec<usize>,
}

impl Places {
    /// For lines from those segments, in order of import.
    pub fn of(segments: &[&Segment]) -> Self {
        let mut ranges: Vec<(Instant, Instant)> =
            segments.iter().map(|segment| (segment.first, segment.newest + 1)).collect();
        ranges.sort_unstable();
        let mut reach = Instant::BEGINNING;
        let overlaps = ranges.into_iter().filter_map(|(first, end)| {
            let overlap = Interval::new(first, end.min(reach));
            reach = reach.max(end);
            overlap
        });
        Self { shared: interval::union(overlaps), origins: Vec::new() }
    }

    /// Remembers which segment each of the next lines in the log, given with their times, came from.
    pub fn take(&mut self, lines: impl Iterator<Item = (usize, Instant)>) {
        if !self.shared.is_empty() {
            let shared = lines.filter(|(_, time)| interval::holding(&self.shared, *time).is_some());
            self.origins.extend(shared.map(|(segment, _)| segment));
        }
    }

    /// Numbers the lines of all seconds that stand from more than one segment.
    pub fn settle(self, log: &mut EventLog) {
        if self.origins.is_empty() {
            return;
        }
        let shared = entries(log).filter(|(time, _)| interval::holding(&self.shared, *time).is_some());
        let mut places: Vec<(Instant, usize, &mut u32)> =
            shared.zip(self.origins).map(|((time, ordinal), origin)| (time, origin, ordinal)).collect();
        places.sort_unstable();
        for second in places.chunk_by_mut(|left, right| left.0 == right.0) {
            if second.first().map(|first| first.1) != second.last().map(|last| last.1) {
                for (number, (_, _, ordinal)) in (0..).zip(second) {
                    **ordinal = number;
                }
            }
        }
    }
}

/// Time and ordinal of every line: of objects, periods, the core.
fn entries(log: &mut EventLog) -> impl Iterator<Item = (Instant, &mut u32)> {
    let objects = log.objects.iter_mut().flat_map(|object| &mut object.events);
    let objects = objects.map(|event| (event.time, &mut event.ordinal));
    let periods = log.periods.values_mut().flatten().map(|transition| (transition.time, &mut transition.ordinal));
    objects.chain(periods).chain(log.core.iter_mut().map(|event| (event.time, &mut event.ordinal)))
}
