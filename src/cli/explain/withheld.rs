//! What is planned for an object, or nearly, and does not happen: rules that make no occurrences, days that are left out,
//! and rules that are in effect and not for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cli::changing::Ground;
use crate::cli::session::Reading;
use crate::clock::Instant;
use crate::downtime::explain::{Explanation, Idle};
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::near_miss::{NearMiss, Reason, nearest_first};
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;
use crate::inventory::matching::{Matching, Unmet};
use crate::rules::Declared;

/// What there is of it at a moment, for any object.
pub struct Withheld<'a> {
    reading: &'a Reading,
    at: Instant,
    /// What was declared then.
    inventory: Arc<Inventory>,
    idle: Vec<(Idle, Matching)>,
    left_out: Vec<Window>,
    in_effect: Vec<Window>,
}

/// An occurrence of a rule.
struct Window {
    id: DowntimeId,
    span: Interval,
    comment: String,
    matching: Matching,
}

impl<'a> Withheld<'a> {
    /// What there is at `at`; `present` is all that is in effect then.
    pub fn at(at: Instant, reading: &'a Reading, present: &[Downtime]) -> Outcome<Self> {
        let inventory = reading.book.inventory(at)?;
        let (idle, left_out, in_effect) = (Vec::new(), Vec::new(), Vec::new());
        let mut withheld = Self { reading, at, inventory, idle, left_out, in_effect };
        let mut running: BTreeMap<DowntimeId, Vec<&Downtime>> = BTreeMap::new();
        for occurrence in present.iter().filter(|it| it.id.is_of_rule() && it.state(at) == State::Active) {
            running.entry(occurrence.id.root()).or_default().push(occurrence);
        }
        for declared in reading.book.rules(at)?.all() {
            withheld.take(declared, &running)?;
        }
        Ok(withheld)
    }

    /// Takes what there is of a rule; `running` are the occurrences in effect, by rule.
    fn take(&mut self, declared: &Declared, running: &BTreeMap<DowntimeId, Vec<&Downtime>>) -> Outcome<()> {
        let Declared { rule, matching, disabled, .. } = declared;
        let (id, comment) = (DowntimeId::of_rule(&rule.name), &rule.plan.terms.comment);
        let agenda = Ground::from(self.reading).agenda();
        let stopped = agenda.stopped(&id)?.filter(|release| release.at <= self.at);
        if *disabled || stopped.is_some() {
            let stopped = stopped.filter(|_| !*disabled);
            self.idle.push((Idle { rule: id, stopped, comment: comment.clone() }, matching.clone()));
            return Ok(());
        }
        let window = |id, span| Window { id, span, comment: comment.clone(), matching: matching.clone() };
        let running = running.get(&id).into_iter().flatten();
        self.in_effect.extend(running.map(|it| window(it.id.clone(), it.window.interval)));
        let Some(now) = Interval::new(self.at, self.at + 1) else { return Ok(()) };
        let recurrence = &rule.plan.recurrence;
        self.left_out
            .extend(recurrence.left_out(now).iter().map(|it| window(id.occurrence(it.nominal), it.window.interval)));
        for it in recurrence.overlapping(now) {
            let id = id.occurrence(it.nominal);
            // One that holds nobody is in effect as far as that can be said, unless somebody took it out.
            let holds_nobody = agenda.get(&id)?.is_none_or(|it| it.holdings.is_empty());
            if holds_nobody && !agenda.ledger.exceptions(&id.root())?.touched.stands(&id) {
                self.in_effect.push(window(id, it.window.interval));
            }
        }
        Ok(())
    }

    /// Adds it to the explanation of an object that is in no downtime.
    pub fn add_to(&self, object: &Target, explanation: &mut Explanation) -> Outcome<()> {
        let idle = self.idle.iter().filter(|(_, matching)| self.reached_by(matching, object).is_some());
        explanation.idle = idle.map(|(idle, _)| idle.clone()).collect();
        let misses = &mut explanation.near_misses;
        for window in &self.left_out {
            let reached = self.reached_by(&window.matching, object);
            misses.extend(reached.map(|target| window.miss(target, Reason::Excepted)));
        }
        misses.extend(self.left_out_of_series(object)?);
        let known: BTreeSet<DowntimeId> = misses.iter().map(|miss| miss.id.clone()).collect();
        let unreached = self.in_effect.iter().filter(|window| !known.contains(&window.id));
        misses.extend(unreached.filter_map(|window| self.unreached(window, object)));
        nearest_first(misses);
        Ok(())
    }

    /// The occurrences of series that would hold the object, but for an exception.
    fn left_out_of_series(&self, object: &Target) -> Outcome<Vec<NearMiss>> {
        let mut found = Vec::new();
        let Some(now) = Interval::new(self.at, self.at + 1) else { return Ok(found) };
        for kept in self.reading.view.state.on_hosts(&BTreeSet::from([object.host.as_str()]), self.at)? {
            let Kept::Series(series) = kept else { continue };
            for Downtime { id, window, terms, holdings, .. } in series.left_out(now) {
                let reaching = holdings.into_iter().find(|holding| holding.target.covers(object));
                found.extend(reaching.map(|holding| NearMiss {
                    id,
                    targets: vec![holding.target],
                    span: window.interval,
                    seconds: 0,
                    reason: Reason::Excepted,
                    comment: terms.comment,
                }));
            }
        }
        Ok(found)
    }

    /// Why an occurrence in effect does not hold the object, if that is one thing only.
    fn unreached(&self, window: &Window, object: &Target) -> Option<NearMiss> {
        if let Some(target) = self.reached_by(&window.matching, object) {
            return Some(window.miss(target, Reason::NotYet));
        }
        let unmet = |judged: Target| Some((window.matching.unmet(&judged, &self.inventory)?, judged));
        let own = unmet(object.clone());
        let (Unmet { condition, instead }, judged) = own.or_else(|| unmet(object.own_host()))?;
        Some(window.miss(judged, Reason::Unmet { condition, instead }))
    }

    /// The target by which a `match` means the object.
    fn reached_by(&self, matching: &Matching, object: &Target) -> Option<Target> {
        let targets = matching.targets_on(&object.host, &self.inventory);
        targets.into_iter().find(|target| target.covers(object))
    }
}

impl Window {
    fn miss(&self, target: Target, reason: Reason) -> NearMiss {
        let Self { id, span, comment, .. } = self;
        NearMiss { id: id.clone(), targets: vec![target], span: *span, seconds: 0, reason, comment: comment.clone() }
    }
}
