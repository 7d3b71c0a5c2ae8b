//! Scheduling again under a key: what the open downtime with that key becomes.

use std::collections::BTreeSet;

use super::operation::Effect;
use super::record::{Downtime, Terms};
use super::target::Target;
use crate::clock::Instant;
use crate::when::Local;

/// What was given again.
#[derive(Debug, Clone)]
pub struct Again {
    /// Its end, after its start.
    pub end: Instant,
    /// What was typed for the end, if civil.
    pub end_civil: Option<Local>,
    /// Whether the end was given as a time from some other, rather than named.
    pub relative: bool,
    /// What is said about it; what was not given is `None` or false.
    pub terms: Terms,
    /// Whether monitoring is to be suspended, if that was said.
    pub suspend_monitoring: Option<bool>,
    /// Its targets.
    pub targets: BTreeSet<Target>,
}

/// The effects that make `open` what was given again. Its start stays; a relative end becomes the later of both; what
/// names a value replaces the one that there was; empty if it is so already.
pub fn again(open: &Downtime, given: &Again) -> Vec<Effect> {
    let keeps = given.relative && given.end <= open.window.end();
    let moved = open.window.ending(given.end, given.end_civil).filter(|_| !keeps);
    let window = moved.unwrap_or(open.window);
    let terms = Terms {
        comment: given.terms.comment.clone(),
        name: given.terms.name.clone().or_else(|| open.terms.name.clone()),
        ticket: given.terms.ticket.clone().or_else(|| open.terms.ticket.clone()),
        override_reason: given.terms.override_reason.clone().or_else(|| open.terms.override_reason.clone()),
        suspend_monitoring: given.suspend_monitoring.unwrap_or(open.terms.suspend_monitoring),
        ..open.terms.clone()
    };
    let held: BTreeSet<&Target> = open.held().collect();
    let add: Vec<Target> = given.targets.iter().filter(|target| !held.contains(target)).cloned().collect();
    let remove: Vec<Target> = held.into_iter().filter(|target| !given.targets.contains(*target)).cloned().collect();
    let mut effects: Vec<Effect> = Effect::describing(open, terms).into_iter().collect();
    effects.extend(Effect::moving(open, window));
    effects.extend(Effect::retargeting(open, &add, &remove));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    fn given(open: &Downtime, end: i64, relative: bool) -> Again {
        Again {
            end: Instant(end),
            end_civil: None,
            relative,
            terms: open.terms.clone(),
            suspend_monitoring: None,
            targets: open.held().cloned().collect(),
        }
    }

    fn words(effects: &[Effect]) -> Vec<String> {
        effects.iter().map(|effect| format!("{effect:?}").split(' ').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_relative_end_becomes_the_later_of_both_and_an_absolute_one_replaces() {
        let open = downtime(1, &["a"], 0, 100);
        assert_eq!(again(&open, &given(&open, 90, true)), []);
        assert_eq!(words(&again(&open, &given(&open, 190, true))), ["MoveEnd"]);
        assert_eq!(words(&again(&open, &given(&open, 90, false))), ["MoveEnd"]);
    }

    #[test]
    fn targets_and_words_are_what_was_given_last() {
        let open = downtime(1, &["a", "b"], 0, 100);
        let mut again_for = given(&open, 100, false);
        again_for.targets = [Target::host("b"), Target::host("c")].into();
        again_for.terms.comment = "second try".into();
        assert_eq!(words(&again(&open, &again_for)), ["Describe", "Hold", "Release"]);
    }
}
