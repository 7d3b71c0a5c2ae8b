//! Why an object is in downtime, or is not: what carries it to the end, what nearly holds it, what comes next.

use super::cover::{self, Cover, Hold};
use super::holding::Release;
use super::id::DowntimeId;
use super::interval::{self, Interval};
use super::near_miss::{NearMiss, Question, near_misses};
use super::record::Downtime;
use crate::clock::Instant;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What holds it, and until when: the answer of `check`.
    pub cover: Cover,
    /// The downtimes that keep it in downtime one after the other, each until when; empty if it is in none.
    pub chain: Vec<(DowntimeId, Instant)>,
    /// What nearly holds it, the nearest first; empty if it is in downtime.
    pub near_misses: Vec<NearMiss>,
    /// What it is in next, once it is out of this one.
    pub next: Option<Hold>,
    /// What it was in last, before this one.
    pub last: Option<Hold>,
    /// The rules that are for it and make no occurrences, if it is in no downtime.
    pub idle: Vec<Idle>,
}

/// A rule that makes no occurrences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// The rule.
    pub rule: DowntimeId,
    /// Who stopped it, and when; `None` if it is disabled where it is declared.
    pub stopped: Option<Release>,
    /// Why there is the rule.
    pub comment: String,
}

/// Explains, but for rules that make no occurrences, given every downtime of the object's host there ever was, and of others those that may be near misses.
pub fn explain(question: Question<'_>, downtimes: &[Downtime]) -> Explanation {
    let Question { object, at, .. } = question;
    let cover = cover::cover(object, at, downtimes);
    let all: Vec<Hold> = cover::holds(object, downtimes).collect();
    let present = interval::holding(&interval::union(all.iter().map(|hold| hold.span)), at);
    let (from, until) = present.map_or((at, at), |present| (present.start(), present.end()));
    let near_misses = if cover.in_downtime() { Vec::new() } else { near_misses(question, downtimes) };
    Explanation {
        chain: present.map(|present| chain(&all, at, present)).unwrap_or_default(),
        next: all.iter().filter(|hold| hold.span.start() > until).min_by_key(|hold| hold.span.start()).cloned(),
        last: all.iter().filter(|hold| is_before(hold.span, from, present)).max_by_key(|hold| hold.span.end()).cloned(),
        near_misses,
        cover,
        idle: Vec::new(),
    }
}

/// Whether a span lies before the moment asked about, and before what the object is in then.
fn is_before(span: Interval, from: Instant, present: Option<Interval>) -> bool {
    if present.is_some() { span.end() < from } else { span.end() <= from }
}

/// From what lasts longest at `at` on, always what lasts longest of what begins before or when that ends.
fn chain(all: &[Hold], at: Instant, present: Interval) -> Vec<(DowntimeId, Instant)> {
    let mut chain = Vec::new();
    let mut reached = at;
    while reached < present.end() {
        let begun = all.iter().filter(|hold| hold.span.start() <= reached);
        let Some(longest) = begun.max_by_key(|hold| hold.span.end()) else { break };
        reached = longest.span.end();
        chain.push((longest.id.clone(), reached));
    }
    chain
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::downtime::fixture::downtime;
    use crate::downtime::target::Target;

    fn explained(object: &str, at: i64, downtimes: &[Downtime]) -> Explanation {
        let (ancestors, taken_back) = (BTreeSet::new(), BTreeSet::new());
        let object = Target::parse(object);
        explain(
            Question { object: &object, at: Instant(at), ancestors: &ancestors, taken_back: &taken_back },
            downtimes,
        )
    }

    fn id(hold: Option<&Hold>) -> Option<&str> {
        hold.map(|hold| hold.id.as_str())
    }

    #[test]
    fn what_carries_an_object_to_the_end_is_told_one_after_the_other() {
        let all = [
            downtime(4, &["a"], 0, 100),
            downtime(5, &["a/x"], 10, 90),
            downtime(7, &["a"], 100, 160),
            downtime(8, &["a/x"], 150, 200),
            downtime(9, &["a"], 201, 300),
        ];
        let chain = |object: &str| -> Vec<(String, i64)> {
            explained(object, 50, &all).chain.into_iter().map(|(id, until)| (id.to_string(), until.0)).collect()
        };
        assert_eq!(chain("a/x"), [("4".into(), 100), ("7".into(), 160), ("8".into(), 200)]);
        assert_eq!(chain("a"), [("4".into(), 100), ("7".into(), 160)]);
        assert_eq!(id(explained("a/x", 50, &all).next.as_ref()), Some("9"), "what belongs to this time is not next");
        assert_eq!(id(explained("a", 50, &all).last.as_ref()), None);
    }

    #[test]
    fn what_was_last_and_what_comes_next_are_told_around_a_gap() {
        let all = [downtime(1, &["a"], 0, 10), downtime(2, &["a"], 20, 30), downtime(3, &["a"], 40, 50)];
        let around = |at| {
            let explanation = explained("a", at, &all);
            (explanation.last.map(|hold| hold.id.to_string()), explanation.next.map(|hold| hold.id.to_string()))
        };
        let some = |id: &str| Some(id.to_owned());
        assert_eq!(around(30), (some("2"), some("3")), "the end is outside");
        assert_eq!(around(25), (some("1"), some("3")));
        assert_eq!(around(60), (some("3"), None));
    }

    proptest! {
        #[test]
        fn the_chain_ends_when_the_object_leaves_downtime(
            spans in prop::collection::vec((0_i64..50, 1_i64..15), 1..12),
            at in 0_i64..60,
        ) {
            let all: Vec<Downtime> =
                (1..).zip(&spans).map(|(number, (start, length))| downtime(number, &["a"], *start, start + length)).collect();
            let explanation = explained("a", at, &all);
            prop_assert_eq!(explanation.chain.last().map(|(_, until)| *until), explanation.cover.until);
            prop_assert_eq!(explanation.chain.is_empty(), !explanation.cover.in_downtime());
            prop_assert!(explanation.chain.windows(2).all(|pair| pair[0].1 < pair[1].1));
            if let Some(next) = explanation.next {
                prop_assert!(next.span.start() > explanation.cover.until.unwrap_or(Instant(at)));
            }
        }
    }
}
