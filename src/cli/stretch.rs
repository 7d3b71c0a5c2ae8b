//! `--from` and `--until`: the time looked at, open on either side.

use super::session::Session;
use super::shown;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::time;
use crate::when::{self, Role};

/// `[from, until)`, either of which may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch {
    from: Option<Instant>,
    until: Option<Instant>,
}

/// Which way a time of day or a weekday is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looking {
    /// The last one.
    Back,
    /// The next one.
    Ahead,
}

impl Stretch {
    /// Reads both ends, and tells how they were understood.
    ///
    /// # Errors
    /// `Time` for what cannot be read, `Window` where the end is not after the start.
    pub fn parse(session: &Session, from: Option<&str>, until: Option<&str>, looking: Looking) -> Outcome<Self> {
        let present = session.present();
        let (start, end) = match looking {
            Looking::Back => (Role::LookingBack, Role::EndLookingBack),
            Looking::Ahead => (Role::Start, Role::End { start: present.now }),
        };
        let from = from.map(|text| when::point(text, start, &present)).transpose()?;
        let end = from.as_ref().map_or(end, |from| Role::End { start: from.instant });
        let until = until.map(|text| when::point(text, end, &present)).transpose()?;
        if let (Some(from), Some(until)) = (&from, &until)
            && until.instant <= from.instant
        {
            let show = |instant| time::local(session.zone, instant);
            let what = format!("{} is not after {}", show(until.instant), show(from.instant));
            return Err(Failure::new(Kind::Window, what).hint("give --from and --until with their dates"));
        }
        for (word, end) in [("from", &from), ("until", &until)] {
            if let Some(end) = end {
                session.note(&format!("{word} {}", shown::moment(session.zone, end.instant)));
                end.notes.iter().for_each(|note| session.note(note));
            }
        }
        Ok(Self { from: from.map(|from| from.instant), until: until.map(|until| until.instant) })
    }

    /// Where it begins, if it was said.
    pub const fn from(&self) -> Option<Instant> {
        self.from
    }

    /// Where it ends, if it was said.
    pub const fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Whether it leaves nothing out.
    pub const fn is_boundless(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// Whether an instant lies in it.
    pub fn contains(&self, instant: Instant) -> bool {
        self.from.is_none_or(|from| instant >= from) && self.until.is_none_or(|until| instant < until)
    }

    /// Whether the two share a second.
    pub fn overlaps(&self, interval: Interval) -> bool {
        self.from.is_none_or(|from| interval.end() > from) && self.until.is_none_or(|until| interval.start() < until)
    }
}
