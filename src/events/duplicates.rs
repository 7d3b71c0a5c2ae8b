//! Which of several imports' lists of one object's events in one second stand.
//!
//! A list that is a subsequence of another import's list is a duplicate of it; lists of which neither is one stand
//! both, in order of import. So a log may come whole, in pieces and again, in any order.

use crate::clock::Instant;

/// An element of such a list.
pub trait Entry: Copy {
    /// When it happened.
    fn time(&self) -> Instant;

    /// Whether `other` says the same and at least as much. Reflexive and transitive.
    fn covered_by(&self, other: &Self) -> bool;
}

/// Whether `short` is a subsequence of `long`.
pub fn is_within<T: Entry>(short: &[T], long: &[T]) -> bool {
    let mut rest = long.iter();
    short.len() <= long.len() && short.iter().all(|entry| rest.any(|candidate| entry.covered_by(candidate)))
}

/// The positions of the lists that stand; of equal ones, the first.
pub fn standing<T: Entry>(lists: &[&[T]]) -> Vec<usize> {
    let falls = |list: usize| {
        (0..lists.len()).any(|other| {
            other != list
                && is_within(lists[list], lists[other])
                && (other < list || !is_within(lists[other], lists[list]))
        })
    };
    (0..lists.len()).filter(|&list| !falls(list)).collect()
}

/// One history from several imports' histories, each sorted by time: `(import, entry)`, by time, within a second by
/// import. `runs` come in order of import.
pub fn merge<T: Entry>(runs: &[(usize, Vec<T>)]) -> Vec<(usize, T)> {
    let mut all: Vec<(usize, T)> =
        runs.iter().flat_map(|(import, run)| run.iter().map(move |&entry| (*import, entry))).collect();
    if runs.len() < 2 {
        return all;
    }
    all.sort_by_key(|(_, entry)| entry.time());
    let mut merged = Vec::with_capacity(all.len());
    for second in all.chunk_by(|(_, left), (_, right)| left.time() == right.time()) {
        let first = second[0].0;
        if second.iter().all(|&(import, _)| import == first) {
            merged.extend_from_slice(second);
            continue;
        }
        let by_import: Vec<&[(usize, T)]> = second.chunk_by(|left, right| left.0 == right.0).collect();
        let lists: Vec<Vec<T>> = by_import.iter().map(|list| list.iter().map(|&(_, entry)| entry).collect()).collect();
        let lists: Vec<&[T]> = lists.iter().map(Vec::as_slice).collect();
        match standing(&lists)[..] {
            // Of equal ones the last: its file knows more of the rest of the second, or it would not have been taken.
            [only] => {
                let last = lists.iter().rposition(|list| is_within(lists[only], list)).unwrap_or(only);
                merged.extend_from_slice(by_import[last]);
            }
            ref several => several.iter().for_each(|&list| merged.extend_from_slice(by_import[list])),
        }
    }
    merged
}

/// The entries of that second, in a history sorted by time.
pub fn second_of<T: Entry>(run: &[T], time: Instant) -> &[T] {
    let start = run.partition_point(|entry| entry.time() < time);
    let length = run[start..].partition_point(|entry| entry.time() == time);
    &run[start..start + length]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `(time, what)`.
    type Mark = (i64, u8);

    impl Entry for Mark {
        fn time(&self) -> Instant {
            Instant(self.0)
        }

        fn covered_by(&self, other: &Self) -> bool {
            self.1 == other.1
        }
    }

    fn list(text: &str) -> Vec<Mark> {
        text.bytes().map(|what| (0, what)).collect()
    }

    fn merged(lists: &[&str]) -> String {
        let runs: Vec<(usize, Vec<Mark>)> = lists.iter().map(|text| list(text)).enumerate().collect();
        merge(&runs).iter().map(|(_, (_, what))| char::from(*what)).collect()
    }

    #[test]
    fn of_a_list_and_its_subsequence_the_longer_stands() {
        assert_eq!(merged(&["abc", "ac"]), "abc");
        assert_eq!(merged(&["ac", "abc"]), "abc");
        assert_eq!(merged(&["ab", "ab", "ab"]), "ab");
        assert_eq!(merged(&["a", "aa"]), "aa");
    }

    #[test]
    fn lists_of_which_neither_holds_the_other_stand_both_in_order_of_import() {
        assert_eq!(merged(&["ab", "ba"]), "abba");
        assert_eq!(merged(&["ba", "ab"]), "baab");
        assert_eq!(merged(&["a", "b", "ab"]), "ab");
        assert_eq!(merged(&["b", "a"]), "ba");
        assert_eq!(merged(&["b", "a", "b"]), "ba");
    }

    #[test]
    fn a_list_falls_only_by_another_of_its_own_second() {
        let runs = vec![(0, vec![(1, b'a'), (2, b'b')]), (1, vec![(1, b'b'), (2, b'b'), (3, b'a')])];
        let expected = [(0, (1, b'a')), (1, (1, b'b')), (1, (2, b'b')), (1, (3, b'a'))];
        assert_eq!(merge(&runs), expected);
    }

    proptest! {
        #[test]
        fn what_stands_does_not_depend_on_the_order_but_for_the_order_of_lists(
            lists in prop::collection::vec("[ab]{1,4}", 1..6), turn in 0_usize..6
        ) {
            let stands = |lists: &[String]| {
                let owned: Vec<Vec<Mark>> = lists.iter().map(|text| list(text)).collect();
                let slices: Vec<&[Mark]> = owned.iter().map(Vec::as_slice).collect();
                let mut names: Vec<String> = standing(&slices).into_iter().map(|at| lists[at].clone()).collect();
                names.sort();
                names
            };
            let mut turned = lists.clone();
            turned.rotate_left(turn % lists.len());
            prop_assert_eq!(stands(&lists), stands(&turned));
            let mut twice = lists.clone();
            twice.extend(turned);
            prop_assert_eq!(stands(&lists), stands(&twice));
        }
    }
}
