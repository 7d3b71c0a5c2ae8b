//! What a downtime holds and when, whole: for changes that reach into the past, and for taking them back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::holding::{Holding, Release};
use super::interval::{self, Interval};
use super::record::Downtime;
use super::target::Target;
use super::window::Window;
use crate::clock::Instant;

/// The window of a downtime, and every target with the time in which it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// The window.
    pub window: Window,
    /// The targets, sorted, each once.
    pub holdings: Vec<Holding>,
}

impl Course {
    /// The targets that nobody let go of.
    pub fn held(&self) -> BTreeSet<&Target> {
        self.holdings.iter().filter(|holding| holding.released.is_none()).map(|holding| &holding.target).collect()
    }

    /// The targets that are held at some time here and never in `other`.
    pub fn given_up(&self, other: &Self) -> Vec<Target> {
        let ever = |course: &Self| -> BTreeSet<Target> {
            let held = course.holdings.iter().filter(|holding| !holding.spans.is_empty());
            held.map(|holding| holding.target.clone()).collect()
        };
        ever(self).difference(&ever(other)).cloned().collect()
    }
}

impl Downtime {
    /// The course that it would have had with another window from the beginning on. Targets that were let go of stay so
    /// from that moment on, and what began later than the window or ended before it keeps that end.
    pub fn as_if_within(&self, window: Window, now: Instant) -> Course {
        let (old, new) = (self.window.interval, window.interval);
        let reshaped = |holding: &Holding| {
            let mut spans = holding.spans.clone();
            // What was in effect before the window, until it was moved, is no part of it.
            let first = spans.iter_mut().find(|span| span.end() > old.start());
            if let Some(first) = first.filter(|first| first.start() <= old.start()) {
                *first = Interval::new(new.start(), first.end()).unwrap_or(*first);
            }
            if let Some(last) = spans.last_mut().filter(|last| last.end() >= old.end()) {
                *last = Interval::new(last.start(), new.end()).unwrap_or(*last);
            }
            let clipped = spans.iter().filter_map(|span| span.intersection(new));
            let released = holding.released.as_ref().map(|release| release.at);
            let held = clipped.filter_map(|span| released.map_or(Some(span), |at| span.until(at)));
            let held = interval::union(held);
            let emptied = held.is_empty() && released.is_none();
            holding.with_spans(if emptied { vec![new] } else { held }, now)
        };
        Course { window, holdings: self.holdings.iter().map(reshaped).collect() }
    }

    /// The course that it would have had if these targets had been among its own from the beginning on.
    pub fn as_if_holding(&self, targets: &[Target], now: Instant) -> Course {
        let mut course = self.course();
        for target in targets {
            let whole = Holding::of(target.clone(), None).with_spans(vec![self.window.interval], now);
            match course.holdings.binary_search_by(|holding| holding.target.cmp(target)) {
                Ok(place) => {
                    let taken_up = course.holdings[place].with_spans(whole.spans, now);
                    course.holdings[place] = Holding { released: None, ..taken_up };
                }
                Err(place) => course.holdings.insert(place, whole),
            }
        }
        course
    }

    /// The course that it would have had if it had never held these targets; that they were named stays on record.
    pub fn as_if_never_holding(&self, targets: &[Target], now: Instant, by: &str) -> Course {
        let mut course = self.course();
        for holding in course.holdings.iter_mut().filter(|holding| targets.contains(&holding.target)) {
            let release = Release::new(now, by);
            *holding = Holding { released: Some(release), ..Holding::of(holding.target.clone(), None) };
        }
        course
    }

    /// Its course after taking back, at `now`, that it was rewritten at `rewritten`, when it was `before`: the past is what
    /// it was before, what was in effect since stays, and from now on it is as it was to be. Targets that it did not have
    /// before are let go of by `by`.
    pub fn as_before(&self, before: &Course, rewritten: Instant, now: Instant, by: &str) -> Course {
        let since = |target: &Target| {
            let place = self.holdings.binary_search_by(|holding| holding.target.cmp(target)).ok();
            place.map(|place| self.holdings[place].spans.as_slice()).unwrap_or_default()
        };
        let kept = |target: &Target| -> Vec<Interval> {
            since(target).iter().filter_map(|span| span.from(rewritten)?.until(now)).collect()
        };
        let restored = |holding: &Holding| {
            let past = holding.spans.iter().filter_map(|span| span.until(rewritten));
            let ahead = holding.spans.iter().filter_map(|span| span.from(now));
            let spans = interval::union(past.chain(kept(&holding.target)).chain(ahead));
            // What was in effect since ends now, if it was let go of before.
            let last = spans.last().map(|span| span.end());
            let released = holding.released.clone().map(|release| match last {
                Some(end) if end > release.at => Release::new(end, by),
                _ => release,
            });
            Holding { spans, released, ..holding.clone() }
        };
        let had = |target: &Target| before.holdings.iter().any(|holding| holding.target == *target);
        let dropped = self.targets().filter(|target| !had(target)).map(|target| Holding {
            spans: kept(target),
            released: Some(Release::new(now, by)),
            ..Holding::of(target.clone(), None)
        });
        let mut holdings: Vec<Holding> = before.holdings.iter().map(restored).chain(dropped).collect();
        holdings.sort_unstable_by(|left, right| left.target.cmp(&right.target));
        Course { window: before.window, holdings }
    }
}

impl Holding {
    /// The same target held for `spans`; what of them is new and has passed was entered afterwards.
    fn with_spans(&self, spans: Vec<Interval>, now: Instant) -> Self {
        let added = interval::subtraction(&spans, &self.spans);
        let late = self.afterwards.iter().copied().chain(added.iter().filter_map(|span| span.until(now)));
        let afterwards = interval::intersection(&interval::union(late), &spans);
        Self { target: self.target.clone(), spans, afterwards, released: self.released.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    fn span(start: i64, end: i64) -> Interval {
        Interval::new(Instant(start), Instant(end)).unwrap()
    }

    fn window(start: i64, end: i64) -> Window {
        Window::exact(span(start, end))
    }

    #[test]
    fn another_window_keeps_what_was_let_go_of_and_tells_what_was_entered_afterwards() {
        let mut downtime = downtime(1, &["a", "b"], 100, 200);
        downtime.release(Instant(150), &[Target::host("b")], "ops");
        let course = downtime.as_if_within(window(50, 300), Instant(250));
        let spans: Vec<_> = course.holdings.iter().map(|holding| holding.spans.clone()).collect();
        assert_eq!(spans, [vec![span(50, 300)], vec![span(50, 150)]]);
        assert_eq!(course.holdings[0].afterwards, [span(50, 100), span(200, 250)]);
        assert_eq!(course.holdings[1].afterwards, [span(50, 100)]);
        let shorter = downtime.as_if_within(window(120, 140), Instant(250));
        assert!(shorter.holdings.iter().all(|holding| holding.spans == [span(120, 140)]));
        assert!(shorter.holdings.iter().all(|holding| holding.afterwards.is_empty()));
    }

    #[test]
    fn what_was_never_held_is_cancelled_and_can_come_back_as_it_was() {
        let mut downtime = downtime(1, &["a", "b"], 100, 200);
        let before = downtime.course();
        downtime.rewrite(downtime.as_if_never_holding(&[Target::host("b")], Instant(150), "ops"));
        assert_eq!(downtime.holdings[1].spans, []);
        let restored = downtime.as_before(&before, Instant(150), Instant(170), "ops");
        assert_eq!(restored.holdings[0].spans, [span(100, 200)]);
        assert_eq!(restored.holdings[1].spans, [span(100, 150), span(170, 200)], "between, it was not in effect");
    }

    #[test]
    fn a_target_held_from_the_beginning_on_is_entered_afterwards_as_far_as_that_has_passed() {
        let course = downtime(1, &["a"], 100, 200).as_if_holding(&[Target::host("b")], Instant(130));
        assert_eq!(
            (&course.holdings[1].spans, &course.holdings[1].afterwards),
            (&vec![span(100, 200)], &vec![span(100, 130)])
        );
    }
}
