//! Which version of an edited file counts at what time.

use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::operation::Revision;
use crate::when::zone::Zone;

/// A version of an edited file, and the time in which it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epoch {
    /// Name of the content: SHA-256 in hexadecimal.
    pub content: String,
    /// From when it counts until the next one does.
    pub span: Interval,
    /// No occurrence that starts in it lasts longer than this, if that is known: seconds.
    pub longest: Option<i64>,
    /// The zone of rules that name none.
    pub timezone: Option<Zone>,
}

impl Epoch {
    /// A revision, while it counts.
    pub fn of(revision: &Revision, span: Interval) -> Self {
        let Revision { content, longest, timezone, .. } = revision;
        Self { content: content.clone(), span, longest: *longest, timezone: *timezone }
    }
}

/// All versions of a file, in order, without those that never counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Epochs(Vec<Epoch>);

impl Epochs {
    /// The epochs of recorded revisions, oldest first, and of one that is not recorded yet.
    pub fn of<'a>(revisions: impl IntoIterator<Item = &'a Revision>) -> Self {
        let mut epochs: Vec<Epoch> = Vec::new();
        for revision in revisions {
            let since = epochs.last().map_or(revision.since, |last| revision.since.max(last.span.start()));
            if let Some(before) = epochs.pop()
                && let Some(span) = before.span.until(since)
            {
                epochs.push(Epoch { span, ..before });
            }
            epochs.extend(Interval::new(since, Instant::END).map(|span| Epoch::of(revision, span)));
        }
        Self(epochs)
    }

    /// The version that counts at a time.
    pub fn at(&self, time: Instant) -> Option<&Epoch> {
        let after = self.0.partition_point(|epoch| epoch.span.start() <= time);
        self.0[..after].last().filter(|epoch| epoch.span.contains(time))
    }

    /// Every version, in order.
    pub fn all(&self) -> impl Iterator<Item = &Epoch> {
        self.0.iter()
    }

    /// The newest version.
    pub fn last(&self) -> Option<&Epoch> {
        self.0.last()
    }

    /// The versions that count at some time of `range`, in order.
    pub fn within(&self, range: Interval) -> impl Iterator<Item = &Epoch> {
        let first = self.0.partition_point(|epoch| epoch.span.end() <= range.start());
        self.0[first..].iter().take_while(move |epoch| epoch.span.start() < range.end())
    }

    /// The versions with an occurrence that may overlap `range`, in order: earlier ones that cannot reach it are left out
    /// without being looked at.
    pub fn reaching(&self, range: Interval) -> impl Iterator<Item = &Epoch> {
        let until = self.0.partition_point(|epoch| epoch.span.start() < range.end());
        self.0[..until].iter().filter(move |epoch| {
            epoch.longest.is_none_or(|longest| longest > 0 && epoch.span.end() + (longest - 1) > range.start())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn revision(content: &str, since: i64, longest: i64) -> Revision {
        Revision { content: content.into(), since: Instant(since), longest: Some(longest), timezone: None }
    }

    fn contents<'a>(epochs: impl IntoIterator<Item = &'a Epoch>) -> String {
        epochs.into_iter().map(|epoch| epoch.content.as_str()).collect()
    }

    fn range(start: i64, end: i64) -> Interval {
        Interval::new(Instant(start), Instant(end)).unwrap()
    }

    #[test]
    fn each_version_counts_until_the_next_and_the_later_of_two_since_one_instant() {
        let epochs =
            Epochs::of(&[revision("a", 10, 5), revision("b", 20, 5), revision("c", 20, 5), revision("d", 30, 5)]);
        let at = |time| epochs.at(Instant(time)).map_or("-", |epoch| &epoch.content);
        assert_eq!([9, 10, 19, 20, 29, 30, 1000].map(at), ["-", "a", "a", "c", "c", "d", "d"]);
        assert_eq!(contents(epochs.within(range(0, 10))), "");
        assert_eq!(contents(epochs.within(range(19, 21))), "ac");
        assert_eq!(contents(epochs.last()), "d");
    }

    #[test]
    fn a_version_reaches_as_far_as_its_longest_occurrence_that_starts_in_time() {
        let epochs = Epochs::of(&[revision("a", 0, 100), revision("b", 10, 5), revision("c", 20, 0)]);
        // The last start of `a` is at 9, and it ends at 109.
        assert_eq!(contents(epochs.reaching(range(108, 200))), "a");
        assert_eq!(contents(epochs.reaching(range(109, 200))), "");
        assert_eq!(contents(epochs.reaching(range(23, 24))), "ab");
        assert_eq!(contents(epochs.reaching(range(24, 30))), "a", "and no occurrence of `c` is there at all");
        assert_eq!(contents(epochs.reaching(range(-5, 10))), "a", "`b` only starts then");
    }

    #[test]
    fn a_version_of_unknown_reach_is_always_looked_at() {
        let epochs = Epochs::of(&[Revision { longest: None, ..revision("a", 0, 0) }, revision("b", 10, 5)]);
        assert_eq!(contents(epochs.reaching(range(1000, 1001))), "ab");
        assert_eq!(contents(epochs.reaching(range(-10, 0))), "");
    }
}
