//! Half-open intervals `[start, end)` that cannot be empty, and the algebra of sorted lists of them.
//!
//! Depth, back-to-back windows, clipping and midnight are not special cases of anything built on this.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;

/// `[start, end)` with `start < end`, in seconds UTC. Serialised as `[start, end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(Instant, Instant)", into = "(Instant, Instant)")]
pub struct Interval {
    start: Instant,
    end: Instant,
}

impl Interval {
    /// The interval from `start` to `end`, or `None` where it would be empty.
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Its first second.
    pub const fn start(self) -> Instant {
        self.start
    }

    /// The first second after it.
    pub const fn end(self) -> Instant {
        self.end
    }

    /// Its length in seconds, at least 1.
    pub fn seconds(self) -> i64 {
        self.end - self.start
    }

    /// Whether `time` lies in it.
    pub fn contains(self, time: Instant) -> bool {
        self.start <= time && time < self.end
    }

    /// Whether the two share a second.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What lies at `time` or after it.
    pub fn from(self, time: Instant) -> Option<Self> {
        Self::new(self.start.max(time), self.end)
    }

    /// What lies before `time`.
    pub fn until(self, time: Instant) -> Option<Self> {
        Self::new(self.start, self.end.min(time))
    }

    /// What the two share.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}

impl TryFrom<(Instant, Instant)> for Interval {
    type Error = String;
    fn try_from((start, end): (Instant, Instant)) -> Result<Self, String> {
        Self::new(start, end).ok_or_else(|| format!("an interval that ends at {end} cannot start at {start}"))
    }
}

impl From<Interval> for (Instant, Instant) {
    fn from(interval: Interval) -> Self {
        (interval.start, interval.end)
    }
}

/// The union, sorted; touching intervals become one.
pub fn union(intervals: impl IntoIterator<Item = Interval>) -> Vec<Interval> {
    let mut sorted: Vec<Interval> = intervals.into_iter().collect();
    sorted.sort_unstable();
    let mut merged: Vec<Interval> = Vec::with_capacity(sorted.len());
    for next in sorted {
        match merged.last_mut() {
            Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
            _ => merged.push(next),
        }
    }
    merged
}

/// What two sorted lists without overlaps (as [`union`] gives) have in common.
pub fn intersection(left: &[Interval], right: &[Interval]) -> Vec<Interval> {
    let (mut l, mut r) = (0, 0);
    let mut common = Vec::new();
    while l < left.len() && r < right.len() {
        common.extend(left[l].intersection(right[r]));
        if left[l].end <= right[r].end {
            l += 1;
        } else {
            r += 1;
        }
    }
    common
}

/// `left` without `right`; both sorted without overlaps (as [`union`] gives).
pub fn subtraction(left: &[Interval], right: &[Interval]) -> Vec<Interval> {
    let mut rest = Vec::with_capacity(left.len());
    let mut first = 0;
    for &whole in left {
        while first < right.len() && right[first].end <= whole.start {
            first += 1;
        }
        let mut from = whole.start;
        for hole in right[first..].iter().take_while(|hole| hole.start < whole.end) {
            rest.extend(Interval::new(from, hole.start));
            from = from.max(hole.end);
        }
        rest.extend(Interval::new(from, whole.end));
    }
    rest
}

/// Seconds in a list without overlaps.
pub fn total(intervals: &[Interval]) -> i64 {
    intervals.iter().map(|interval| interval.seconds()).sum()
}

/// The interval of a sorted list without overlaps that holds `time`.
pub fn holding(intervals: &[Interval], time: Instant) -> Option<Interval> {
    let after = intervals.partition_point(|interval| interval.start <= time);
    intervals[..after].last().copied().filter(|interval| interval.contains(time))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn interval(start: i64, end: i64) -> Interval {
        Interval::new(Instant(start), Instant(end)).unwrap()
    }

    fn any_intervals() -> impl Strategy<Value = Vec<Interval>> {
        prop::collection::vec((0_i64..60, 1_i64..12).prop_map(|(start, length)| interval(start, start + length)), 0..12)
    }

    /// Membership second by second: the definition that the algebra has to agree with.
    fn seconds_in(list: &[Interval]) -> Vec<bool> {
        (-1..80).map(|second| list.iter().any(|i| i.contains(Instant(second)))).collect()
    }

    #[test]
    fn an_interval_cannot_be_empty_or_backwards() {
        assert_eq!(Interval::new(Instant(5), Instant(5)), None);
        assert_eq!(Interval::new(Instant(6), Instant(5)), None);
        assert!(serde_json::from_str::<Interval>("[7,7]").is_err());
        assert_eq!(serde_json::to_string(&interval(1, 7)).unwrap(), "[1,7]");
    }

    #[test]
    fn back_to_back_intervals_leave_no_gap() {
        assert_eq!(union([interval(5, 9), interval(1, 5)]), [interval(1, 9)]);
    }

    proptest! {
        #[test]
        fn the_algebra_agrees_with_membership(left in any_intervals(), right in any_intervals()) {
            let (l, r) = (union(left.clone()), union(right.clone()));
            prop_assert_eq!(seconds_in(&l), seconds_in(&left));
            prop_assert!(l.windows(2).all(|pair| pair[0].end < pair[1].start));
            let (in_l, in_r) = (seconds_in(&l), seconds_in(&r));
            let both: Vec<bool> = in_l.iter().zip(&in_r).map(|(a, b)| *a && *b).collect();
            let only: Vec<bool> = in_l.iter().zip(&in_r).map(|(a, b)| *a && !*b).collect();
            prop_assert_eq!(seconds_in(&intersection(&l, &r)), both);
            prop_assert_eq!(seconds_in(&subtraction(&l, &r)), only);
            prop_assert_eq!(total(&subtraction(&l, &r)) + total(&intersection(&l, &r)), total(&l));
            for second in -1..80 {
                prop_assert_eq!(holding(&l, Instant(second)).is_some(), in_l[usize::try_from(second + 1).unwrap()]);
            }
        }
    }
}
