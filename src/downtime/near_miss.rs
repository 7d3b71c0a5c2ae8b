//! Downtimes that nearly hold an object: exactly one thing is missing, the time or the reach.

use std::collections::BTreeSet;

use super::holding::{Holding, Release};
use super::id::DowntimeId;
use super::interval::Interval;
use super::record::Downtime;
use super::target::Target;
use crate::clock::Instant;

/// A downtime that does not hold an object, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The downtime.
    pub id: DowntimeId,
    /// Its targets that come close: one that reaches the object, or those in effect that do not; of a rule in
    /// effect, the object or its host, whichever it would take.
    pub targets: Vec<Target>,
    /// When it was, is or will be in effect for them, or would have been.
    pub span: Interval,
    /// How far off that is from the moment asked about, in seconds; 0 if it would hold the object then.
    pub seconds: i64,
    /// What is missing.
    pub reason: Reason,
    /// Why it is.
    pub comment: String,
}

/// What is missing. In order of what to tell first of what is equally far off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Somebody let go of the target before the end.
    LetGo(Release),
    /// Somebody let go of the target before it began; `None` if it never was to be held.
    Cancelled(Option<Release>),
    /// Somebody left the occurrence out.
    Skipped(Release),
    /// The series or rule excepts it.
    Excepted,
    /// Somebody took back what made or kept it.
    TakenBack(Release),
    /// It is over.
    Ended {
        /// The end first given, if it came to an end before that.
        planned: Option<Instant>,
    },
    /// It is still to begin.
    Later,
    /// It is in effect for a name that is not the same: another case, or with a domain behind it.
    OtherName,
    /// It is in effect for services of the host alone.
    ServicesOnly,
    /// It is in effect for other services of the host.
    OtherServices,
    /// It is in effect for a host that this one is reached through, and not for what hangs off that.
    ParentOnly,
    /// It is in effect by a rule that is for the object by now, and was not when this occurrence began.
    NotYet,
    /// It is in effect by a rule of which the object meets all conditions but one.
    Unmet {
        /// The condition, in words.
        condition: String,
        /// What there is instead; `None` where that is the name of the object.
        instead: Option<String>,
    },
}

impl Reason {
    /// The word for it in machine output.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::LetGo(_) => "let_go",
            Self::Cancelled(_) => "cancelled",
            Self::Skipped(_) => "skipped",
            Self::Excepted => "excepted",
            Self::TakenBack(_) => "taken_back",
            Self::Ended { .. } => "ended",
            Self::Later => "later",
            Self::OtherName => "other_name",
            Self::ServicesOnly => "services_only",
            Self::OtherServices => "other_services",
            Self::ParentOnly => "parent_only",
            Self::NotYet => "not_yet",
            Self::Unmet { .. } => "unmet_condition",
        }
    }

    /// Who let go of it and when, if somebody did.
    pub const fn release(&self) -> Option<&Release> {
        match self {
            Self::LetGo(release) | Self::Skipped(release) | Self::TakenBack(release) => Some(release),
            Self::Cancelled(release) => release.as_ref(),
            Self::Excepted
            | Self::Ended { .. }
            | Self::Later
            | Self::OtherName
            | Self::ServicesOnly
            | Self::OtherServices
            | Self::ParentOnly
            | Self::NotYet
            | Self::Unmet { .. } => None,
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::LetGo(_) | Self::Cancelled(_) | Self::Skipped(_) | Self::Excepted | Self::TakenBack(_) => 0,
            Self::Ended { .. } | Self::Later => 1,
            Self::OtherName => 2,
            Self::ServicesOnly | Self::OtherServices => 3,
            Self::ParentOnly => 4,
            Self::NotYet => 5,
            Self::Unmet { .. } => 6,
        }
    }
}

/// What is asked, and what the answer depends on besides the downtimes.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The object.
    pub object: &'a Target,
    /// The moment.
    pub at: Instant,
    /// The hosts that the object's host is reached through, at any distance.
    pub ancestors: &'a BTreeSet<&'a str>,
    /// What was let go of by an undo: which downtime, and when.
    pub taken_back: &'a BTreeSet<(DowntimeId, Instant)>,
}

/// The near misses among `downtimes`, the nearest first. A downtime that holds the object is none.
pub fn near_misses(question: Question<'_>, downtimes: &[Downtime]) -> Vec<NearMiss> {
    let mut misses: Vec<NearMiss> = downtimes.iter().filter_map(|downtime| near_miss(question, downtime)).collect();
    nearest_first(&mut misses);
    misses
}

/// Puts near misses in the order in which they are told.
pub fn nearest_first(misses: &mut [NearMiss]) {
    // Of two as far off, the one scheduled later is the likelier to be meant.
    misses.sort_by(|one, other| {
        (one.seconds, one.reason.rank()).cmp(&(other.seconds, other.reason.rank())).then_with(|| other.id.cmp(&one.id))
    });
}

fn near_miss(question: Question<'_>, downtime: &Downtime) -> Option<NearMiss> {
    let covering: Vec<&Holding> =
        downtime.holdings.iter().filter(|holding| holding.target.covers(question.object)).collect();
    let is_held = |holding: &Holding| holding.spans.iter().any(|span| span.contains(question.at));
    if covering.iter().any(|holding| is_held(holding)) {
        return None;
    }
    let in_time = covering.into_iter().flat_map(|holding| out_of_time(question, downtime, holding));
    in_time.min_by_key(|miss| (miss.seconds, miss.reason.rank())).or_else(|| out_of_reach(question, downtime))
}

/// Why a target that reaches the object is not in effect: what was before and what will be.
fn out_of_time(question: Question<'_>, downtime: &Downtime, holding: &Holding) -> Vec<NearMiss> {
    let at = question.at;
    let miss = |span: Interval, reason| NearMiss {
        id: downtime.id.clone(),
        targets: vec![holding.target.clone()],
        span,
        seconds: distance(span, at),
        reason,
        comment: downtime.terms.comment.clone(),
    };
    let released = |release: &Release, otherwise: fn(Release) -> Reason| {
        let undone = question.taken_back.contains(&(downtime.id.clone(), release.at));
        if undone { Reason::TakenBack(release.clone()) } else { otherwise(release.clone()) }
    };
    if holding.spans.is_empty() {
        let reason = match &holding.released {
            Some(release) if release.skipped => Reason::Skipped(release.clone()),
            Some(release) => released(release, |release| Reason::Cancelled(Some(release))),
            None => Reason::Cancelled(None),
        };
        return vec![miss(downtime.window.interval, reason)];
    }
    let later = holding.spans.iter().find(|span| span.start() > at).map(|span| miss(*span, Reason::Later));
    let earlier = holding.spans.iter().rfind(|span| span.end() <= at).map(|span| {
        let cut_short = holding.released.as_ref().filter(|release| release.at == span.end());
        let planned = Some(downtime.planned_end).filter(|planned| *planned > span.end());
        let whole = Interval::new(span.start(), downtime.window.end().max(span.end())).unwrap_or(*span);
        cut_short.map_or_else(
            || miss(*span, Reason::Ended { planned }),
            |release| miss(whole, released(release, Reason::LetGo)),
        )
    });
    later.into_iter().chain(earlier).collect()
}

/// Why a downtime in effect does not reach the object, if it comes close.
fn out_of_reach(question: Question<'_>, downtime: &Downtime) -> Option<NearMiss> {
    let Question { object, at, ancestors, .. } = question;
    let mut in_effect: Vec<(Reason, &Target, Interval)> = Vec::new();
    for holding in &downtime.holdings {
        let target = &holding.target;
        let reason = if target.host == object.host {
            let alike = |service: &String| object.service.as_ref().is_some_and(|own| is_alike(own, service));
            match &object.service {
                None => Reason::ServicesOnly,
                Some(_) if target.service.as_ref().is_some_and(alike) => Reason::OtherName,
                Some(_) => Reason::OtherServices,
            }
        } else if is_alike(&target.host, &object.host) && (target.service.is_none() || target.service == object.service)
        {
            Reason::OtherName
        } else if target.service.is_none() && ancestors.contains(target.host.as_str()) {
            Reason::ParentOnly
        } else {
            continue;
        };
        let span = holding.spans.iter().find(|span| span.contains(at));
        in_effect.extend(span.map(|span| (reason, target, *span)));
    }
    let (reason, _, span) = in_effect.iter().min_by_key(|(reason, ..)| reason.rank())?.clone();
    let same = in_effect.iter().filter(|(other, ..)| *other == reason);
    Some(NearMiss {
        id: downtime.id.clone(),
        targets: same.map(|(_, target, _)| (*target).clone()).collect(),
        span,
        seconds: 0,
        reason,
        comment: downtime.terms.comment.clone(),
    })
}

/// Whether two different names are easily taken for one another: they differ in case, or one has a domain behind it.
fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let longer_by_domain = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'));
    one == other || longer_by_domain(&one, &other) || longer_by_domain(&other, &one)
}

/// Seconds from an instant to the nearest one within an interval, or from its end.
fn distance(span: Interval, at: Instant) -> i64 {
    if span.contains(at) { 0 } else { (span.start() - at).max(at - span.end()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    fn misses(object: &str, at: i64, downtimes: &[Downtime]) -> Vec<(String, &'static str, i64)> {
        let question = Question {
            object: &Target::parse(object),
            at: Instant(at),
            ancestors: &BTreeSet::from(["sw1"]),
            taken_back: &BTreeSet::from([(DowntimeId::numbered(9), Instant(150))]),
        };
        let told = |miss: NearMiss| (miss.id.to_string(), miss.reason.name(), miss.seconds);
        near_misses(question, downtimes).into_iter().map(told).collect()
    }

    fn told(list: &[(&str, &'static str, i64)]) -> Vec<(String, &'static str, i64)> {
        list.iter().map(|(id, reason, seconds)| ((*id).to_owned(), *reason, *seconds)).collect()
    }

    #[test]
    fn what_is_over_and_what_is_to_come_are_told_by_how_far_off_they_are() {
        let all = [downtime(1, &["a"], 0, 100), downtime(2, &["a", "b"], 150, 200), downtime(3, &["a/x"], 0, 115)];
        assert_eq!(misses("a/x", 120, &all), told(&[("3", "ended", 5), ("1", "ended", 20), ("2", "later", 30)]));
        assert_eq!(misses("a", 160, &all), told(&[("1", "ended", 60)]), "what holds it is no miss");
        assert_eq!(misses("c", 120, &all), []);
    }

    #[test]
    fn an_end_before_the_one_first_planned_is_told() {
        let mut short = downtime(1, &["a"], 0, 200);
        short.move_end(Instant(50), Instant(100), None);
        let question = Question {
            object: &Target::host("a"),
            at: Instant(120),
            ancestors: &BTreeSet::new(),
            taken_back: &BTreeSet::new(),
        };
        assert_eq!(near_misses(question, &[short])[0].reason, Reason::Ended { planned: Some(Instant(200)) });
    }

    #[test]
    fn what_was_let_go_of_is_as_far_off_as_its_window() {
        let release = |id, at| {
            let mut downtime = downtime(id, &["a"], 100, 200);
            downtime.release(Instant(at), &[Target::host("a")], "kim");
            downtime
        };
        let all = [release(7, 110), release(8, 50), release(9, 150)];
        assert_eq!(misses("a", 160, &all), told(&[("9", "taken_back", 0), ("8", "cancelled", 0), ("7", "let_go", 0)]));
        assert_eq!(
            misses("a", 230, &all),
            told(&[("9", "taken_back", 30), ("8", "cancelled", 30), ("7", "let_go", 30)])
        );
        assert_eq!(misses("a", 105, &all), told(&[("8", "cancelled", 0)]), "the others were in effect then");
    }

    #[test]
    fn what_is_in_effect_close_by_is_told_with_what_it_does_not_reach() {
        let all = [
            downtime(1, &["a/x", "a/y"], 0, 100),
            downtime(2, &["sw1"], 0, 100),
            downtime(3, &["A"], 0, 100),
            downtime(4, &["a.example.com/z"], 0, 100),
            downtime(5, &["sw1/CPU", "b"], 0, 100),
        ];
        assert_eq!(
            misses("a", 50, &all),
            told(&[("3", "other_name", 0), ("1", "services_only", 0), ("2", "parent_only", 0)])
        );
        assert_eq!(
            misses("a/z", 50, &all),
            told(&[
                ("4", "other_name", 0),
                ("3", "other_name", 0),
                ("1", "other_services", 0),
                ("2", "parent_only", 0)
            ])
        );
        assert_eq!(misses("a/X", 50, &all)[1], ("1".to_owned(), "other_name", 0));
        assert_eq!(misses("a", 150, &all), [], "over, and out of reach too");
    }

    #[test]
    fn targets_that_come_close_for_the_same_reason_are_told_together() {
        let question = Question {
            object: &Target::host("a"),
            at: Instant(50),
            ancestors: &BTreeSet::new(),
            taken_back: &BTreeSet::new(),
        };
        let miss = near_misses(question, &[downtime(1, &["a/x", "a/y", "b"], 0, 100)]).remove(0);
        assert_eq!(miss.targets, [Target::parse("a/x"), Target::parse("a/y")]);
    }
}
