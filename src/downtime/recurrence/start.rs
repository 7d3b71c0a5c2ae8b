//! Starts on their way to occurrences.

use std::iter::Peekable;

use chrono::NaiveDateTime;

use super::Nominal;
use crate::clock::Instant;

/// The start of an occurrence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// What the occurrence is known by.
    pub(super) nominal: Nominal,
    /// The nominal start on the clocks of the zone.
    pub(super) local: NaiveDateTime,
    /// When it is.
    pub(super) instant: Instant,
    /// What the clock reads then: later than `local` where a gap swallowed that.
    pub(super) reads: NaiveDateTime,
}

/// Starts in the order of their instants, and of equal ones the first.
///
/// They come in nominal order, which is the same but for those in a gap: with occurrences at 02:30 and 03:15, the first
/// of them starts at 03:30 on the day on which the clocks skip an hour.
pub(super) struct InOrder<I: Iterator<Item = Start>> {
    source: Peekable<I>,
    /// Taken from the source, and sorted.
    waiting: Vec<Start>,
    last: Option<Instant>,
}

impl<I: Iterator<Item = Start>> InOrder<I> {
    pub(super) fn new(source: I) -> Self {
        Self { source: source.peekable(), waiting: Vec::new(), last: None }
    }
}

impl<I: Iterator<Item = Start>> Iterator for InOrder<I> {
    type Item = Start;

    fn next(&mut self) -> Option<Start> {
        loop {
            let earliest = self.waiting.first().map(|start| start.reads);
            let is_ahead = |next: &Start| earliest.is_none_or(|reads| next.local < reads);
            if let Some(start) = self.source.next_if(is_ahead) {
                let place = self.waiting.partition_point(|other| other.instant <= start.instant);
                self.waiting.insert(place, start);
                continue;
            }
            if self.waiting.is_empty() {
                return None;
            }
            let start = self.waiting.remove(0);
            if self.last.replace(start.instant) != Some(start.instant) {
                return Some(start);
            }
        }
    }
}
