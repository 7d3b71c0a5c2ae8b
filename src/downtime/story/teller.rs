//! Lets the operations happen one by one, and tells what each brought about and what became due between them.

use std::collections::{BTreeMap, BTreeSet};

use super::consequences::{ByHand, Consequences};
use super::{Changes, Detail, Fate, Happening, Row, RuleChange};
use crate::clock::Instant;
use crate::downtime::agenda::Rules;
use crate::downtime::exceptional::Exceptional;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::operation::{Effect, Entry, Operation, Revision};
use crate::downtime::record::Downtime;
use crate::downtime::series::Series;
use crate::downtime::settle::{Transition, settle};
use crate::downtime::target::Target;
use crate::downtime::touched::Change;
use crate::failure::Outcome;

/// A downtime as it stands, and up to when its own starts and ends have been told.
struct Standing {
    downtime: Downtime,
    told_until: Instant,
}

/// A series as it stands, and up to which start its occurrences stand by themselves.
struct Repeating {
    series: Series,
    told_until: Instant,
}

pub(super) struct Teller<'a> {
    now: Instant,
    /// What was over before need not be told.
    from: Instant,
    rules: &'a dyn Rules,
    standing: BTreeMap<DowntimeId, Standing>,
    series: BTreeMap<DowntimeId, Repeating>,
    excepted: BTreeMap<DowntimeId, Exceptional>,
    /// The revision of the rules that was recorded last.
    revision: Option<Revision>,
    by_hand: ByHand,
    rows: Vec<Row>,
}

impl<'a> Teller<'a> {
    pub(super) const fn new(from: Instant, now: Instant, rules: &'a dyn Rules) -> Self {
        Self {
            now,
            from,
            rules,
            standing: BTreeMap::new(),
            series: BTreeMap::new(),
            excepted: BTreeMap::new(),
            revision: None,
            by_hand: BTreeMap::new(),
            rows: Vec::new(),
        }
    }

    /// Everything told, what is due by now included.
    pub(super) fn finish(mut self) -> Outcome<Vec<Row>> {
        let series: Vec<DowntimeId> = self.series.keys().cloned().collect();
        for id in series {
            self.advance(&id, self.now + 1);
        }
        if let Some(range) = Interval::new(self.from, self.now + 1) {
            for occurrence in self.rules.all(range)? {
                let occurrence = match self.excepted.get(&occurrence.id.root()) {
                    // What was moved follows.
                    Some(exceptions) if exceptions.touched.start_of(&occurrence.id).is_some() => None,
                    Some(exceptions) => exceptions.applied(occurrence),
                    None => Some(occurrence),
                };
                if let Some(occurrence) = occurrence {
                    self.stand(occurrence);
                }
            }
        }
        // One that was moved may overlap what it did not.
        let touched: Vec<DowntimeId> = self.excepted.values().flat_map(|rule| rule.touched.ids().cloned()).collect();
        for id in touched {
            if let Some(occurrence) = self.occurrence(&id)? {
                self.stand(occurrence);
            }
        }
        for standing in self.standing.values_mut() {
            self.rows.extend(due(standing, self.now + 1, self.now, &self.by_hand));
        }
        Ok(self.rows)
    }

    /// Lets a downtime stand by itself from now on, if it does not yet.
    fn stand(&mut self, downtime: Downtime) {
        let standing = |downtime| Standing { downtime, told_until: Instant::BEGINNING };
        self.standing.entry(downtime.id.clone()).or_insert_with(|| standing(downtime));
    }

    /// Lets the occurrences of a series that start before `before` stand by themselves.
    fn advance(&mut self, series: &DowntimeId, before: Instant) {
        let Some(repeating) = self.series.get_mut(series) else { return };
        let earliest = repeating.told_until.max(self.from - repeating.series.plan().recurrence.longest());
        let since = earliest.max(repeating.series.beginning());
        let begun = Interval::new(since, before).map(|range| repeating.series.occurrences(range)).unwrap_or_default();
        repeating.told_until = repeating.told_until.max(before);
        for occurrence in begun.into_iter().filter(|occurrence| occurrence.window.start() < before) {
            self.stand(occurrence);
        }
    }

    /// An occurrence that does not stand by itself yet.
    fn occurrence(&self, id: &DowntimeId) -> Outcome<Option<Downtime>> {
        let (Some(parent), Some(nominal)) = (id.parent(), id.nominal()) else { return Ok(None) };
        if let Some(repeating) = self.series.get(&parent) {
            return Ok(repeating.series.occurrence(nominal));
        }
        match self.excepted.get(&parent) {
            Some(exceptions) => exceptions.occurrence(nominal, self.rules),
            None => self.rules.occurrence(&parent, nominal, None),
        }
    }

    /// Lets an operation happen.
    pub(super) fn typed(&mut self, entry: &Entry) -> Outcome<()> {
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
                self.rows.push(row(entry, Happening::Scheduled, Some(about_one(downtime)), None, detail));
                self.stand((**downtime).clone());
            }
            Operation::ScheduleSeries(series) => {
                let first = series.plan().recurrence.first;
                let detail = Detail {
                    start: Some(first.start()),
                    end: Some(first.end()),
                    targets: Some(series.holdings.len()),
                    override_reason: series.plan().terms.override_reason.clone(),
                    ..Detail::default()
                };
                self.rows.push(row(entry, Happening::Scheduled, Some(about_all(series)), None, detail));
                let repeating = Repeating { series: (**series).clone(), told_until: Instant::BEGINNING };
                self.series.insert(series.id().clone(), repeating);
            }
            Operation::InventoryRevision(_) => self.rows.push(about(Happening::InventoryEdited, Detail::default())),
            Operation::RulesRevision(revision) => {
                self.rows.push(about(Happening::RulesEdited, Detail::default()));
                self.rules_edited(entry, revision)?;
            }
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
                for id in ids {
                    let detail = Detail { undoes: Some(reversal.undoes), ..Detail::default() };
                    let subject = self.subject(id)?;
                    self.rows.push(row(entry, Happening::Undone, Some(subject), None, detail));
                }
            }
            Operation::Edit(effects) => self.edited(entry, effects, Happening::Edited)?,
            Operation::Repeat(effects) => self.edited(entry, effects, Happening::Repeated)?,
            // A series that had the date among its exceptions repeats otherwise; an occurrence tells itself.
            Operation::Unskip(effects) => {
                let repeats = |effect: &&Effect| matches!(effect, Effect::Repeat { .. });
                let effects: Vec<Effect> = effects.iter().filter(repeats).cloned().collect();
                self.edited(entry, &effects, Happening::Unskipped)?;
            }
            Operation::Extend(_) | Operation::Delete(_) | Operation::Skip(_) | Operation::Settle(_) => {}
        }
        for effect in entry.operation.effects() {
            self.happen(entry, effect)?;
        }
        Ok(())
    }

    /// A row for each rule that an edit changed.
    fn rules_edited(&mut self, entry: &Entry, revision: &Revision) -> Outcome<()> {
        let before = self.revision.replace(revision.clone());
        if entry.due < self.from {
            return Ok(());
        }
        for RuleChange { rule, comment, fate } in self.rules.changes(before.as_ref(), revision)? {
            let rule_is = Some(fate.name());
            let fields = if let Fate::Changed(fields) = fate { fields } else { Vec::new() };
            let changes = Changes { fields, ..Changes::default() };
            let subject = Subject { id: rule, comment: Some(comment) };
            let detail = Detail { rule: rule_is, changes, ..Detail::default() };
            self.rows.push(row(entry, Happening::RulesEdited, Some(subject), None, detail));
        }
        Ok(())
    }

    /// What a row about this id says besides.
    fn subject(&self, id: &DowntimeId) -> Outcome<Subject> {
        if let Some(standing) = self.standing.get(id) {
            return Ok(about_one(&standing.downtime));
        }
        if let Some(repeating) = self.series.get(id) {
            return Ok(about_all(&repeating.series));
        }
        let occurrence = self.occurrence(id)?;
        Ok(occurrence.map_or_else(|| Subject { id: id.clone(), comment: None }, |occurrence| about_one(&occurrence)))
    }

    /// One row for each downtime or series of which an edit changed more than its end.
    fn edited(&mut self, entry: &Entry, effects: &[Effect], happening: Happening) -> Outcome<()> {
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
            let mut row = row(entry, happening, Some(self.subject(id)?), None, detail);
            let described = effects.iter().find_map(|effect| match effect {
                Effect::Describe { id: of, to, .. } if of == id => Some(to.comment.clone()),
                _ => None,
            });
            row.comment = described.or(row.comment);
            self.rows.push(row);
        }
        Ok(())
    }

    /// Lets an effect happen to a downtime, a series, a rule, or an occurrence of one.
    fn happen(&mut self, entry: &Entry, effect: &Effect) -> Outcome<()> {
        let id = effect.id();
        let change = Change { effect: effect.clone(), at: entry.due, by: entry.author.clone() };
        if let Some(parent) = id.parent() {
            self.advance(&parent, entry.due);
            let Some(occurrence) = self.occurrence(id)? else {
                self.happen_to_what_is_no_more(entry, effect);
                self.exceptions(parent).perform(&change);
                return Ok(());
            };
            let ahead = !self.standing.contains_key(id) && occurrence.window.start() >= entry.due;
            self.stand(occurrence);
            self.happen_to_one(entry, effect);
            // What lies ahead still takes what counts at its start.
            let begun = self.standing.get(id).is_some_and(|it| it.downtime.window.start() <= entry.due);
            if ahead && !begun {
                self.standing.remove(id);
            }
            match self.series.get_mut(&parent) {
                Some(repeating) => repeating.series.perform(&change),
                None => self.exceptions(parent).perform(&change),
            }
        } else if let Some(repeating) = self.standing.get(id).and_then(|one| repeated(&one.downtime, effect, entry.due))
        {
            self.standing.remove(id);
            self.series.insert(id.clone(), repeating);
            self.advance(id, entry.due);
        } else if self.series.contains_key(id) {
            self.advance(id, entry.due);
            self.happen_to_series(entry, &change);
        } else if id.is_of_rule() {
            let happening =
                if matches!(effect, Effect::Stop { .. }) { Happening::Cancelled } else { Happening::Reopened };
            let subject = Subject { id: id.clone(), comment: None };
            self.rows.push(row(entry, happening, Some(subject), None, Detail::default()));
            self.exceptions(id.clone()).perform(&change);
        } else {
            self.happen_to_one(entry, effect);
        }
        Ok(())
    }

    /// Tells what was done to an occurrence that the rules do not make any more, as they are now.
    fn happen_to_what_is_no_more(&mut self, entry: &Entry, effect: &Effect) {
        let subject = || Some(Subject { id: effect.id().clone(), comment: None });
        let (happening, targets, detail) = match effect {
            Effect::Skip { .. } => (Happening::Skipped, None, Detail::default()),
            Effect::Unskip { .. } => (Happening::Unskipped, None, Detail::default()),
            Effect::Release { targets, .. } => (Happening::Cancelled, Some(targets), Detail::default()),
            Effect::Reopen { targets, .. } => (Happening::Reopened, Some(targets), Detail::default()),
            _ => match moved(entry, effect) {
                Some(detail) => (Happening::Extended, None, detail),
                None => return,
            },
        };
        match targets {
            None => self.rows.push(row(entry, happening, subject(), None, detail)),
            Some(targets) => self
                .rows
                .extend(targets.iter().map(|target| row(entry, happening, subject(), Some(target), Detail::default()))),
        }
    }

    fn exceptions(&mut self, rule: DowntimeId) -> &mut Exceptional {
        self.excepted.entry(rule).or_insert_with_key(|rule| Exceptional::none(rule.clone()))
    }

    /// Lets a change of a series happen, and tells of which targets it lets go or takes hold again.
    fn happen_to_series(&mut self, entry: &Entry, change: &Change) {
        let Some(repeating) = self.series.get_mut(change.effect.id()) else { return };
        let held = |series: &Series| series.held().cloned().collect::<BTreeSet<Target>>();
        let before = held(&repeating.series);
        repeating.series.perform(change);
        let after = held(&repeating.series);
        let released = before.difference(&after).map(|target| (Happening::Cancelled, target));
        let known = |target: &&Target| matches!(change.effect, Effect::Reopen { .. }) && !before.contains(*target);
        let reopened = after.iter().filter(known).map(|target| (Happening::Reopened, target));
        for (happening, target) in released.chain(reopened) {
            let subject = about_all(&repeating.series);
            self.rows.push(row(entry, happening, Some(subject), Some(target), Detail::default()));
        }
    }

    /// Lets an effect happen to what stands by itself: first what was due before it, then what it says, then the starts
    /// and ends that it brought about.
    fn happen_to_one(&mut self, entry: &Entry, effect: &Effect) {
        let Some(standing) = self.standing.get_mut(effect.id()) else { return };
        self.rows.extend(due(standing, entry.due, self.now, &self.by_hand));
        let before = standing.downtime.clone();
        effect.perform(&mut standing.downtime, entry.due, &entry.author);
        let after = &standing.downtime;
        let whole = match effect {
            Effect::Skip { .. } => Some(Happening::Skipped),
            Effect::Unskip { .. } => Some(Happening::Unskipped),
            _ => None,
        };
        if let Some(happening) = whole {
            self.rows.push(row(entry, happening, Some(about_one(after)), None, Detail::default()));
            return;
        }
        if let Some(detail) = moved(entry, effect) {
            let detail = Detail { override_reason: overridden(entry, effect.id()), ..detail };
            self.rows.push(row(entry, Happening::Extended, Some(about_one(after)), None, detail));
        }
        for holding in &after.holdings {
            let earlier = before.holdings.binary_search_by(|earlier| earlier.target.cmp(&holding.target)).ok();
            let earlier = earlier.map(|place| &before.holdings[place]);
            let told = Consequences::of(earlier, holding, after, entry, effect, &self.by_hand);
            for happening in told.happenings {
                let detail = Detail { retroactive: told.retroactive, ..Detail::default() };
                self.rows.push(row(entry, happening, Some(about_one(after)), Some(&holding.target), detail));
                if matches!(happening, Happening::Started | Happening::Ended) {
                    let key = (entry.due, after.id.clone(), holding.target.clone());
                    self.by_hand.entry(key).or_default().push(happening);
                }
            }
        }
    }
}

/// The series that a downtime becomes by being repeated; it stands by itself until then.
fn repeated(downtime: &Downtime, effect: &Effect, now: Instant) -> Option<Repeating> {
    let Effect::Repeat { to: Some(recurrence), .. } = effect else { return None };
    let series = Series::begun_by(downtime, (**recurrence).clone(), now);
    Some(Repeating { series, told_until: Instant::BEGINNING })
}

/// What a row is about.
struct Subject {
    id: DowntimeId,
    comment: Option<String>,
}

fn about_one(downtime: &Downtime) -> Subject {
    Subject { id: downtime.id.clone(), comment: Some(downtime.terms.comment.clone()) }
}

fn about_all(series: &Series) -> Subject {
    Subject { id: series.id().clone(), comment: Some(series.plan().terms.comment.clone()) }
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
fn row(entry: &Entry, happening: Happening, subject: Option<Subject>, target: Option<&Target>, detail: Detail) -> Row {
    let (id, comment) = subject.map_or((None, None), |subject| (Some(subject.id), subject.comment));
    Row {
        sequence: Some(entry.sequence),
        time: entry.due,
        written: Some(entry.written),
        happening,
        id,
        target: target.cloned(),
        author: entry.author.clone(),
        comment,
        detail,
    }
}
