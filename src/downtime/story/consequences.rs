//! What an effect meant for one target: whether it began, ended, was let go of or held again.

use std::collections::BTreeMap;

use super::Happening;
use crate::clock::Instant;
use crate::downtime::effect::Effect;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::operation::Entry;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;

/// Starts and ends that somebody brought about at a moment, the last for each target.
pub(super) type ByHand = BTreeMap<(Instant, DowntimeId, Target), Vec<Happening>>;

/// What an effect meant for one target.
pub(super) struct Consequences {
    /// In order.
    pub happenings: Vec<Happening>,
    /// Whether the past changed.
    pub retroactive: bool,
}

impl Consequences {
    /// What became of a target: `before` is how it stood, `after` how it stands in `downtime` now.
    pub fn of(
        before: Option<&Holding>,
        after: &Holding,
        downtime: &Downtime,
        entry: &Entry,
        effect: &Effect,
        by_hand: &ByHand,
    ) -> Self {
        let now = entry.due;
        let rewritten = matches!(effect, Effect::Rewrite { .. });
        let key = (now, downtime.id.clone(), after.target.clone());
        let last = by_hand.get(&key).and_then(|happenings| happenings.last());
        let spans = |holding: Option<&Holding>| holding.map(|holding| holding.spans.clone()).unwrap_or_default();
        let (was, is) = (spans(before), spans(Some(after)));
        // One that ends in this very second may be about to go on.
        let was_held = match last {
            Some(happening) => *happening == Happening::Started,
            None => was.iter().any(|span| span.start() < now && span.end() >= now),
        };
        let is_held = is.iter().any(|span| span.contains(now));
        let ends_by_itself =
            last.is_none() && was.iter().any(|span| span.end() == now) && is.iter().any(|span| span.end() == now);
        let starts_by_itself =
            last.is_none() && was.iter().any(|span| span.start() == now) && is.iter().any(|span| span.start() == now);
        let mut happenings = Vec::new();
        let let_go = |holding: &Holding| holding.released.is_some();
        if before.is_some_and(let_go) && !let_go(after) {
            happenings.push(Happening::Reopened);
        }
        if was_held && !is_held && !ends_by_itself {
            happenings.push(Happening::Ended);
        }
        let never_began = rewritten || !was_held;
        if before.is_some_and(|before| !let_go(before)) && let_go(after) && never_began {
            happenings.push(Happening::Cancelled);
        }
        if !was_held && is_held && !starts_by_itself {
            happenings.push(Happening::Started);
        }
        Self { happenings, retroactive: rewritten }
    }
}
