//! One target of a downtime, and the time in which the downtime is in effect for it.

use serde::{Deserialize, Serialize};

use super::interval::{self, Interval};
use super::state::State;
use super::target::Target;
use crate::clock::Instant;

/// That somebody let go of a target before the planned end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
    /// Whether the occurrence was left out whole before it began.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skipped: bool,
}

impl Release {
    /// Somebody let go.
    pub fn new(at: Instant, by: &str) -> Self {
        Self { at, by: by.to_owned(), skipped: false }
    }
}

/// One target of a downtime, with the time in which the downtime is in effect for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holding {
    /// The object.
    pub target: Target,
    /// Activations, past and planned, sorted, none touching: more than one only after an undone deletion.
    pub spans: Vec<Interval>,
    /// The parts of them that were entered when they had passed already, knowingly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub afterwards: Vec<Interval>,
    /// Set while the target is let go of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Release>,
}

impl Holding {
    /// A target held for `span`, if there is anything left of it.
    pub fn of(target: Target, span: impl Into<Option<Interval>>) -> Self {
        Self { target, spans: span.into().into_iter().collect(), afterwards: Vec::new(), released: None }
    }

    /// Where this target stands at `now`.
    pub fn state(&self, now: Instant) -> State {
        if self.spans.iter().any(|span| span.contains(now)) {
            State::Active
        } else if self.spans.iter().any(|span| span.start() > now) {
            State::Scheduled
        } else if self.spans.is_empty() {
            if self.is_skipped() { State::Skipped } else { State::Cancelled }
        } else {
            State::Completed
        }
    }

    /// The activation that is running or still to come at `now`.
    pub fn open_span(&self, now: Instant) -> Option<Interval> {
        self.spans.last().copied().filter(|span| span.end() > now)
    }

    /// Moves the end of the open activation of a target that is still held. One that is over, because its end was moved
    /// to the past or present, goes on from `now`: what was out of downtime stays so.
    pub(super) fn move_end(&mut self, now: Instant, end: Instant) {
        if self.released.is_some() {
            return;
        }
        let from = match self.open_span(now) {
            Some(span) => {
                self.spans.pop();
                span.start()
            }
            None => now,
        };
        self.spans.extend(Interval::new(from, end));
        self.spans = interval::union(self.spans.drain(..));
    }

    /// Moves the window of a target that is still held, from `now` on.
    pub(super) fn move_window(&mut self, now: Instant, window: Interval) {
        if self.released.is_none() {
            let past = self.spans.iter().filter_map(|span| span.until(now));
            self.spans = interval::union(past.chain(window.from(now)));
        }
    }

    /// Lets go from `now` on: what was in effect until then stays.
    pub(super) fn release(&mut self, now: Instant, by: &str) {
        if let Some(span) = self.open_span(now) {
            self.spans.pop();
            self.spans.extend(Interval::new(span.start(), now));
            self.released = Some(Release::new(now, by));
        }
    }

    /// Whether it was left out before it began.
    pub fn is_skipped(&self) -> bool {
        self.released.as_ref().is_some_and(|release| release.skipped)
    }

    /// Leaves it out: what is still held of what has not begun will not be.
    pub(super) fn skip(&mut self, now: Instant, by: &str) {
        if self.released.is_none() {
            self.spans.clear();
            self.released = Some(Release { skipped: true, ..Release::new(now, by) });
        }
    }

    /// Holds again what was left out, from `now` on.
    pub(super) fn unskip(&mut self, now: Instant, window: Interval) {
        if self.is_skipped() {
            self.reopen(now, window);
        }
    }

    /// Takes a release back from `now` on; the time between stays out of downtime.
    pub(super) fn reopen(&mut self, now: Instant, window: Interval) {
        if let (Some(span), true) = (Interval::new(window.start().max(now), window.end()), self.released.is_some()) {
            self.released = None;
            self.spans.push(span);
            self.spans = interval::union(self.spans.drain(..));
        }
    }
}
