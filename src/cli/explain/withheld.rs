//! What is planned for an object, or nearly, and does not happen: rules that make no occurrences, days that are left out,
//! and rules that are in effect and not for it.

use std::collections::BTreeSet;

use crate::cli::changing::Ground;
use crate::cli::session::Reading;
use crate::clock::Instant;
use crate::downtime::explain::{Explanation, Idle};
use crate::downtime::holding::Release;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::near_miss::{NearMiss, Reason, nearest_first};
use crate::downtime::plan::Plan;
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::Occurrence;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::matching::Unmet;
use crate::rules::Declared;
use crate::store::known::Objects;

/// The search for it.
pub struct Withheld<'a> {
    /// What is there.
    pub reading: &'a Reading,
    /// The object.
    pub object: &'a Target,
    /// The moment asked about.
    pub at: Instant,
    /// The known objects.
    pub known: &'a Objects<'a>,
}

impl Withheld<'_> {
    /// Adds it to the explanation of an object that is in no downtime.
    pub fn add_to(&self, explanation: &mut Explanation) -> Outcome<()> {
        explanation.idle = self.idle()?;
        let misses = &mut explanation.near_misses;
        misses.extend(self.excepted()?);
        let known: BTreeSet<DowntimeId> = misses.iter().map(|miss| miss.id.clone()).collect();
        misses.extend(self.unreached()?.into_iter().filter(|miss| !known.contains(&miss.id)));
        nearest_first(misses);
        Ok(())
    }

    /// The rules that are for the object at that time and make no occurrences then.
    fn idle(&self) -> Outcome<Vec<Idle>> {
        let mut found = Vec::new();
        for declared in self.reading.book.rules(self.at)?.all() {
            let (rule, stopped) = self.stopped(declared)?;
            if (declared.disabled || stopped.is_some()) && self.reached_by(declared)?.is_some() {
                let comment = declared.rule.plan.terms.comment.clone();
                found.push(Idle { rule, stopped: stopped.filter(|_| !declared.disabled), comment });
            }
        }
        Ok(found)
    }

    /// The occurrences that would hold the object at that time, but for an exception of their series or rule.
    fn excepted(&self) -> Outcome<Vec<NearMiss>> {
        let mut found = Vec::new();
        let Some(present) = Interval::new(self.at, self.at + 1) else { return Ok(found) };
        let hosts = BTreeSet::from([self.object.host.as_str()]);
        for kept in self.reading.view.state.on_hosts(&hosts, self.at)? {
            let Kept::Series(series) = kept else { continue };
            for Downtime { id, window, terms, holdings, .. } in series.left_out(present) {
                let reaching = holdings.into_iter().find(|holding| holding.target.covers(self.object));
                found.extend(reaching.map(|holding| excepted(id, holding.target, window.interval, terms.comment)));
            }
        }
        for declared in self.reading.book.rules(self.at)?.all().iter().filter(|declared| !declared.disabled) {
            let Plan { recurrence, terms } = &declared.rule.plan;
            for Occurrence { nominal, window } in recurrence.left_out(present) {
                let (rule, stopped) = self.stopped(declared)?;
                let reaching = self.reached_by(declared)?.filter(|_| stopped.is_none());
                let id = rule.occurrence(nominal);
                found.extend(reaching.map(|target| excepted(id, target, window.interval, terms.comment.clone())));
            }
        }
        Ok(found)
    }

    /// The occurrences of rules that are in effect at that time, and not for the object, but nearly.
    fn unreached(&self) -> Outcome<Vec<NearMiss>> {
        let mut found = Vec::new();
        let Some(present) = Interval::new(self.at, self.at + 1) else { return Ok(found) };
        let (agenda, inventory) = (Ground::from(self.reading).agenda(), self.known.inventory()?);
        for declared in self.reading.book.rules(self.at)?.all().iter().filter(|declared| !declared.disabled) {
            for Occurrence { nominal, .. } in declared.rule.plan.recurrence.overlapping(present) {
                let own_host = self.object.own_host();
                let unmet =
                    || [self.object, &own_host].into_iter().find_map(|it| declared.matching.unmet(it, inventory));
                let reason = match self.reached_by(declared)? {
                    Some(_) => Reason::NotYet,
                    None => match unmet() {
                        Some(Unmet { condition, instead }) => Reason::Unmet { condition, instead },
                        None => continue,
                    },
                };
                let id = DowntimeId::of_rule(&declared.rule.name).occurrence(nominal);
                let occurrence = agenda.get(&id)?.filter(|occurrence| occurrence.state(self.at) == State::Active);
                found.extend(occurrence.map(|Downtime { window, terms, .. }| NearMiss {
                    id,
                    targets: Vec::new(),
                    span: window.interval,
                    seconds: 0,
                    reason,
                    comment: terms.comment,
                }));
            }
        }
        Ok(found)
    }

    /// The id of a rule, and who had stopped it by that time.
    fn stopped(&self, declared: &Declared) -> Outcome<(DowntimeId, Option<Release>)> {
        let rule = DowntimeId::of_rule(&declared.rule.name);
        let stopped = Ground::from(self.reading).agenda().stopped(&rule)?.filter(|release| release.at <= self.at);
        Ok((rule, stopped))
    }

    /// The target by which a rule is for the object.
    fn reached_by(&self, declared: &Declared) -> Outcome<Option<Target>> {
        let targets = declared.matching.targets_on(&self.object.host, self.known.inventory()?);
        Ok(targets.into_iter().find(|target| target.covers(self.object)))
    }
}

fn excepted(id: DowntimeId, target: Target, span: Interval, comment: String) -> NearMiss {
    NearMiss { id, targets: vec![target], span, seconds: 0, reason: Reason::Excepted, comment }
}
