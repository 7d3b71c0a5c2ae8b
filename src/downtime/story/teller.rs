//! Lets the operations happen one by one, and tells what each brought about and what became due between them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Changes, Detail, Happening, Row};
use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::operation::{Effect, Entry, Operation};
use crate::downtime::record::Downtime;
use crate::downtime::settle::{Transition, settle};
use crate::downtime::target::Target;

/// A downtime as it stands, and up to when its own starts and ends have been told.
struct Standing {
    downtime: Downtime,
    told_until: Instant,
}

/// Starts and ends that somebody brought about at a moment, the last for each target.
type ByHand = BTreeMap<(Instant, DowntimeId, Target), Vec<Happening>>;

pub(super) struct Teller {
    now: Instant,
    standing: BTreeMap<DowntimeId, Standing>,
    by_hand: ByHand,
    rows: Vec<Row>,
}

impl Teller {
    pub(super) const fn new(now: Instant) -> Self {
        Self { now, standing: BTreeMap::new(), by_hand: BTreeMap::new(), rows: Vec::new() }
    }

    /// Everything told, what is due by now included.
    pub(super) fn finish(mut self) -> Vec<Row> {
        for standing in self.standing.values_mut() {
            self.rows.extend(due(standing, self.now + 1, self.now, &self.by_hand));
        }
        self.rows
    }

    /// Lets an operation happen.
    pub(super) fn typed(&mut self, entry: &Entry) {
        let about = |happening, detail| row(entry, happening, None, None, detail);
        match &entry.operation {
            Operation::Schedule(downtime) => {
                let detail = Detail {
                    start: Some(downtime.window.start()),
                    end: Some(downtime.window.end()),
                    targets: Some(downtime.holdings.len()),
                    override_reason: downtime.terms.override_reason.clone(),
                    ..Detail::default()
                };
                self.rows.push(row(entry, Happening::Scheduled, Some(downtime), None, detail));
                let standing = Standing { downtime: (**downtime).clone(), told_until: Instant::BEGINNING };
                self.standing.insert(downtime.id.clone(), standing);
            }
            Operation::InventoryRevision(_) => self.rows.push(about(Happening::InventoryEdited, Detail::default())),
            Operation::RulesRevision(_) => self.rows.push(about(Happening::RulesEdited, Detail::default())),
            Operation::Import(imports) => {
                let detail = Detail {
                    sources: imports.iter().map(|import| import.source.clone()).collect(),
                    events: Some(imports.iter().map(|import| import.events).sum()),
                    ..Detail::default()
                };
                self.rows.push(about(Happening::Imported, detail));
            }
            Operation::Undo(reversal) => {
                let ids: BTreeSet<&DowntimeId> = reversal.effects.iter().map(Effect::id).collect();
                for standing in ids.into_iter().filter_map(|id| self.standing.get(id)) {
                    let detail = Detail { undoes: Some(reversal.undoes), ..Detail::default() };
                    self.rows.push(row(entry, Happening::Undone, Some(&standing.downtime), None, detail));
                }
            }
            Operation::Edit(effects) => self.edited(entry, effects),
            Operation::Extend(_) | Operation::Delete(_) | Operation::Settle(_) => {}
        }
        for effect in entry.operation.effects() {
            self.happen(entry, effect);
        }
    }

    /// One row for each downtime of which an edit changed more than its end.
    fn edited(&mut self, entry: &Entry, effects: &[Effect]) {
        let mut details: BTreeMap<&DowntimeId, Detail> = BTreeMap::new();
        for effect in effects {
            if matches!(effect, Effect::MoveEnd { .. }) {
                continue;
            }
            let detail = details.entry(effect.id()).or_default();
            detail.changes.extend(Changes::of(effect));
            detail.retroactive |= matches!(effect, Effect::Rewrite { .. });
        }
        for (id, detail) in details {
            let Some(standing) = self.standing.get(id) else { continue };
            let mut row = row(entry, Happening::Edited, Some(&standing.downtime), None, detail);
            let described = effects.iter().find_map(|effect| match effect {
                Effect::Describe { id: of, to, .. } if of == id => Some(to.comment.clone()),
                _ => None,
            });
            row.comment = described.or(row.comment);
            self.rows.push(row);
        }
    }

    /// Lets an effect happen: first what was due before it, then what it says, then the starts and ends that it brought
    /// about.
    fn happen(&mut self, entry: &Entry, effect: &Effect) {
        let Some(standing) = self.standing.get_mut(effect.id()) else { return };
        self.rows.extend(due(standing, entry.due, self.now, &self.by_hand));
        let before = standing.downtime.clone();
        effect.perform(&mut standing.downtime, entry.due, &entry.author);
        let after = &standing.downtime;
        if let Some(detail) = moved(entry, effect) {
            let detail = Detail { override_reason: overridden(entry, effect.id()), ..detail };
            self.rows.push(row(entry, Happening::Extended, Some(after), None, detail));
        }
        for holding in &after.holdings {
            let earlier = before.holdings.binary_search_by(|earlier| earlier.target.cmp(&holding.target)).ok();
            let earlier = earlier.map(|place| &before.holdings[place]);
            let told = Consequences::of(earlier, holding, after, entry, effect, &self.by_hand);
            for happening in told.happenings {
                let detail = Detail { retroactive: told.retroactive, ..Detail::default() };
                self.rows.push(row(entry, happening, Some(after), Some(&holding.target), detail));
                if matches!(happening, Happening::Started | Happening::Ended) {
                    let key = (entry.due, after.id.clone(), holding.target.clone());
                    self.by_hand.entry(key).or_default().push(happening);
                }
            }
        }
    }
}

/// What an effect meant for one target.
struct Consequences {
    happenings: Vec<Happening>,
    retroactive: bool,
}

impl Consequences {
    fn of(
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

/// An end that an effect moved.
fn moved(entry: &Entry, effect: &Effect) -> Option<Detail> {
    match effect {
        Effect::MoveEnd { from, to, .. } => Some(Detail { from: Some(*from), end: Some(*to), ..Detail::default() }),
        Effect::Rewrite { from, to, .. } if matches!(entry.operation, Operation::Extend(_)) => Some(Detail {
            from: Some(from.window.end()),
            end: Some(to.window.end()),
            retroactive: true,
            ..Detail::default()
        }),
        _ => None,
    }
}

/// The reason that lifted freezes and limits when an end was moved.
fn overridden(entry: &Entry, id: &DowntimeId) -> Option<String> {
    entry.operation.effects().iter().find_map(|effect| match (&entry.operation, effect) {
        (Operation::Extend(_), Effect::Describe { id: of, to, .. }) if of == id => to.override_reason.clone(),
        _ => None,
    })
}

/// The starts and ends that became due from where the telling stands until `before`, as far as that is not ahead of
/// `now`, and that nobody brought about.
fn due(standing: &mut Standing, before: Instant, now: Instant, by_hand: &ByHand) -> Vec<Row> {
    let downtime = &standing.downtime;
    let since = standing.told_until;
    standing.told_until = since.max(before);
    let told = settle([downtime], now).into_iter().filter(|due| since <= due.time && due.time < before);
    told.filter_map(|due| {
        let happening = match due.transition {
            Transition::Started => Happening::Started,
            Transition::Ended => Happening::Ended,
        };
        let key = (due.time, due.id, due.target);
        if by_hand.get(&key).is_some_and(|happenings| happenings.contains(&happening)) {
            return None;
        }
        let (time, id, target) = key;
        Some(Row {
            sequence: None,
            time,
            written: None,
            happening,
            id: Some(id),
            target: Some(target),
            author: downtime.author.clone(),
            comment: Some(downtime.terms.comment.clone()),
            detail: Detail::default(),
        })
    })
    .collect()
}

/// A row about what somebody typed.
fn row(
    entry: &Entry,
    happening: Happening,
    downtime: Option<&Downtime>,
    target: Option<&Target>,
    detail: Detail,
) -> Row {
    Row {
        sequence: Some(entry.sequence),
        time: entry.due,
        written: Some(entry.written),
        happening,
        id: downtime.map(|downtime| downtime.id.clone()),
        target: target.cloned(),
        author: entry.author.clone(),
        comment: downtime.map(|downtime| downtime.terms.comment.clone()),
        detail,
    }
}
