//! `[limits]`: what one downtime may be at most.

use serde::Deserialize;
use toml::Spanned;

use super::Objection;
use crate::failure::{Failure, Outcome};
use crate::inventory::declared::{Source, refused};
use crate::when::duration;

/// `[limits]` as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsTable {
    max_duration: Option<Spanned<String>>,
    max_targets: Option<Spanned<i64>>,
    require_ticket: Option<Spanned<bool>>,
}

/// What one downtime may be at most; what is `None` is not limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The length of the window in seconds.
    pub max_duration: Option<i64>,
    /// How many targets it has.
    pub max_targets: Option<usize>,
    /// Whether it has to have a ticket.
    pub require_ticket: Option<bool>,
}

impl LimitsTable {
    /// Adds what this file sets to what others set.
    pub(super) fn add_to(self, limits: &mut Limits, source: &Source) -> Outcome<()> {
        let length = |written: Spanned<String>| {
            duration::parse(written.get_ref()).map_err(|failure| {
                refused(source, written.span().start, failure.message())
                    .hint("write a length of time, as in max_duration = \"8h\"")
            })
        };
        let count = |written: Spanned<i64>| {
            usize::try_from(*written.get_ref()).ok().filter(|most| *most > 0).ok_or_else(|| {
                refused(source, written.span().start, "`max_targets` is at least 1")
                    .hint("leave it out if any number of targets will do")
            })
        };
        set(&mut limits.max_duration, self.max_duration, "max_duration", source, length)?;
        set(&mut limits.max_targets, self.max_targets, "max_targets", source, count)?;
        set(&mut limits.require_ticket, self.require_ticket, "require_ticket", source, |it| Ok(it.into_inner()))
    }
}

fn set<T, U>(
    limit: &mut Option<U>,
    written: Option<Spanned<T>>,
    key: &str,
    source: &Source,
    read: impl Fn(Spanned<T>) -> Outcome<U>,
) -> Outcome<()> {
    let Some(written) = written else { return Ok(()) };
    if limit.is_some() {
        return Err(twice(source, written.span().start, key));
    }
    *limit = Some(read(written)?);
    Ok(())
}

fn twice(source: &Source, offset: usize, key: &str) -> Failure {
    refused(source, offset, format!("`{key}` is set in another file already"))
}

impl Limits {
    /// How many are set.
    pub fn count(&self) -> usize {
        let set = [self.max_duration.is_some(), self.max_targets.is_some(), self.require_ticket.is_some()];
        set.into_iter().filter(|set| *set).count()
    }

    /// What stands against a window of that many seconds.
    pub fn against_length(&self, seconds: i64) -> Option<Objection> {
        let most = self.max_duration.filter(|most| seconds > *most)?;
        Some(Objection::TooLong { seconds, most })
    }

    /// What stands against that many targets.
    pub fn against_count(&self, targets: usize) -> Option<Objection> {
        let most = self.max_targets.filter(|most| targets > *most)?;
        Some(Objection::TooMany { targets, most })
    }

    /// What stands against being without a ticket.
    pub fn against_no_ticket(&self) -> Option<Objection> {
        (self.require_ticket == Some(true)).then_some(Objection::NoTicket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_reached_before_it_is_passed() {
        let limits = Limits { max_duration: Some(3600), max_targets: Some(2), require_ticket: Some(true) };
        assert_eq!((limits.against_length(3600), limits.against_count(2)), (None, None));
        assert_eq!(limits.against_length(3601), Some(Objection::TooLong { seconds: 3601, most: 3600 }));
        assert_eq!(limits.against_count(3), Some(Objection::TooMany { targets: 3, most: 2 }));
        assert_eq!(limits.against_no_ticket(), Some(Objection::NoTicket));
        let none = Limits { require_ticket: Some(false), ..Limits::default() };
        assert_eq!(
            (none.against_length(i64::MAX), none.against_count(9), none.against_no_ticket()),
            (None, None, None)
        );
    }
}
