//! Windows as they are typed: the same rules wherever a start and an end are given.

use super::session::Session;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::time;
use crate::when::{self, Present, Resolved, Role, Shape};

/// `--end TIME` or `--for DURATION`.
#[derive(Debug, Clone, Copy)]
pub struct Ends<'a> {
    /// When.
    pub end: Option<&'a str>,
    /// After how long.
    pub length: Option<&'a str>,
}

impl Ends<'_> {
    /// The end of what begins at `start`; `None` if neither is given.
    pub fn resolve(self, start: Instant, present: &Present) -> Outcome<Option<Resolved>> {
        match (self.end, self.length) {
            (Some(text), _) => when::point(text, Role::End { start }, present).map(Some),
            (None, Some(text)) => Ok(Some(Resolved {
                instant: start + when::duration::parse(text)?,
                local: None,
                shape: Shape::Relative,
                notes: Vec::new(),
            })),
            (None, None) => Ok(None),
        }
    }
}

/// The interval from start to end.
///
/// # Errors
/// `Time` for an end after the year 9998, `Window` for one that is not after the start.
pub fn interval(session: &Session, start: Instant, end: Instant) -> Outcome<Interval> {
    if end > Instant::LATEST {
        return Err(Failure::new(Kind::Time, "the end lies after the year 9998").hint("name an end before 9999-01-01"));
    }
    Interval::new(start, end).ok_or_else(|| {
        let show = |instant| time::local(session.zone, instant);
        Failure::new(Kind::Window, format!("the end, {}, is not after the start, {}", show(end), show(start)))
            .hint("name the day of the end, as in --end 'sat 06:00', or give --for 2h")
    })
}
