//! Time periods as the monitoring log tells them.
//!
//! Whatever defines a period, the rest of this room takes it as the intervals that lie inside of it: sorted, without
//! overlaps, as [`crate::downtime::interval::union`] gives them.

use crate::clock::Instant;
use crate::downtime::interval::{Interval, union};
use crate::events::event::Transition;

/// When a period is "inside" within `range`, by its transitions (sorted): inside until the first of them, and a `to`
/// of -1, unknown, counts as inside.
pub fn inside(transitions: &[Transition], range: Interval) -> Vec<Interval> {
    let mut intervals = Vec::new();
    let mut since = Some(Instant::BEGINNING);
    for transition in transitions {
        if transition.to == 0 {
            intervals.extend(since.take().and_then(|start| Interval::new(start, transition.time)));
        } else {
            since.get_or_insert(transition.time);
        }
    }
    intervals.extend(since.and_then(|start| Interval::new(start, Instant::END)));
    union(intervals.into_iter().filter_map(|interval| interval.intersection(range)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside_from(changes: &[(i64, i8)]) -> Vec<(i64, i64)> {
        let transitions: Vec<Transition> =
            changes.iter().map(|&(time, to)| Transition { time: Instant(time), ordinal: 0, from: -1, to }).collect();
        inside(&transitions, Interval::new(Instant(0), Instant(100)).unwrap())
            .into_iter()
            .map(|interval| (interval.start().0, interval.end().0))
            .collect()
    }

    #[test]
    fn a_period_is_inside_until_its_first_transition() {
        assert_eq!(inside_from(&[]), [(0, 100)]);
        assert_eq!(inside_from(&[(40, 0), (60, 1)]), [(0, 40), (60, 100)]);
        assert_eq!(inside_from(&[(200, 0)]), [(0, 100)]);
    }

    #[test]
    fn transitions_before_the_range_set_what_it_starts_with() {
        assert_eq!(inside_from(&[(-50, 0)]), []);
        assert_eq!(inside_from(&[(-50, 0), (-20, 1), (30, 0)]), [(0, 30)]);
    }

    #[test]
    fn an_unknown_state_counts_as_inside() {
        assert_eq!(inside_from(&[(-50, 0), (20, -1)]), [(20, 100)]);
    }

    #[test]
    fn repeated_transitions_change_nothing() {
        assert_eq!(inside_from(&[(10, 0), (20, 0), (30, 1), (40, 1)]), [(0, 10), (30, 100)]);
    }

    #[test]
    fn of_several_in_one_second_the_last_stands() {
        assert_eq!(inside_from(&[(10, 0), (10, 1)]), [(0, 100)]);
    }
}
