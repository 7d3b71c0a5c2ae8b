//! An accepted line about an object as it is compared and kept.

use super::duplicates::Entry;
use super::event::{Event, Telling, Transition, What};
use crate::clock::Instant;

/// An [`Event`] whose output is borrowed, with what telling duplicates apart needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'a> {
    /// When.
    pub time: Instant,
    /// Position among the accepted lines of its file in the same second.
    pub ordinal: u32,
    /// What happened.
    pub what: What,
    /// What is kept of the output of a state other than OK and UP.
    pub output: Option<&'a str>,
    /// The file ended within the output, or right after it: a later copy may have more.
    pub unfinished: bool,
}

impl Told<'_> {
    /// The event, on its own.
    pub fn event(&self) -> Event {
        Event { time: self.time, ordinal: self.ordinal, what: self.what, output: self.output.map(Box::from) }
    }

    /// How far behind its header an INITIAL line of a block is.
    pub const fn since_header(&self) -> Option<u32> {
        match self.what {
            What::State { telling: Telling::Initial { since_header }, .. } => since_header,
            _ => None,
        }
    }
}

/// What happened, leaving out what only the surroundings of the line tell.
pub const fn bare(what: What) -> What {
    match what {
        What::State { telling: Telling::Initial { .. }, state, hard } => {
            What::State { telling: Telling::Initial { since_header: None }, state, hard }
        }
        other => other,
    }
}

impl Entry for Told<'_> {
    fn time(&self) -> Instant {
        self.time
    }

    /// The same line, of which `other` knows at least as much: a file may have begun after the header of a block, or
    /// ended in the middle of the output.
    fn covered_by(&self, other: &Self) -> bool {
        let output = if self.unfinished {
            other.output.unwrap_or_default().starts_with(self.output.unwrap_or_default())
        } else {
            self.output == other.output && !other.unfinished
        };
        let header = self.since_header().is_none() || self.since_header() == other.since_header();
        output && header && bare(self.what) == bare(other.what)
    }
}

impl Entry for Transition {
    fn time(&self) -> Instant {
        self.time
    }

    fn covered_by(&self, other: &Self) -> bool {
        (self.from, self.to) == (other.from, other.to)
    }
}
