//! What people did to the occurrences of a rule, and whether they stopped it: all that the journal knows of one.

use serde::{Deserialize, Serialize};

use super::agenda::Rules;
use super::effect::Effect;
use super::holding::Release;
use super::id::DowntimeId;
use super::interval::Interval;
use super::record::Downtime;
use super::recurrence::Nominal;
use super::touched::{Change, Touched};
use crate::clock::Instant;
use crate::failure::Outcome;

/// The exceptions from a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptional {
    /// The rule.
    pub id: DowntimeId,
    /// What was done to single occurrences.
    #[serde(default, skip_serializing_if = "Touched::is_empty")]
    pub touched: Touched,
    /// Times in which it makes no occurrences, since somebody deleted it; the last may go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stopped>,
}

/// That somebody stopped a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stopped {
    /// When, and who.
    pub by: Release,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

impl Exceptional {
    /// None yet.
    pub fn none(id: DowntimeId) -> Self {
        Self { id, touched: Touched::default(), stops: Vec::new() }
    }

    /// Who stopped the rule, if it is stopped.
    pub fn stopped(&self) -> Option<&Release> {
        self.stops.last().filter(|stop| stop.until.is_none()).map(|stop| &stop.by)
    }

    /// The occurrence with this nominal start after all that was done to it, by what counts when it begins; `None` if
    /// there is none.
    pub fn occurrence(&self, nominal: Nominal, rules: &dyn Rules) -> Outcome<Option<Downtime>> {
        let moved = self.touched.start_of(&self.id.occurrence(nominal));
        Ok(rules.occurrence(&self.id, nominal, moved)?.and_then(|occurrence| self.applied(occurrence)))
    }

    /// The occurrence after all that was done to it; `None` if it would begin while the rule is stopped.
    pub fn applied(&self, occurrence: Downtime) -> Option<Downtime> {
        let start = self.touched.start_of(&occurrence.id).unwrap_or(occurrence.window.start());
        let within = |stop: &Stopped| {
            Interval::new(stop.by.at, stop.until.unwrap_or(Instant::END)).is_some_and(|it| it.contains(start))
        };
        (!self.stops.iter().any(within)).then(|| self.touched.applied(occurrence))
    }

    /// Lets a change happen.
    pub(super) fn perform(&mut self, change: &Change) {
        match &change.effect {
            Effect::Stop { .. } if self.stopped().is_none() => {
                self.stops.push(Stopped { by: Release::new(change.at, &change.by), until: None });
            }
            Effect::Resume { .. } => {
                if let Some(stop) = self.stops.last_mut().filter(|stop| stop.until.is_none()) {
                    stop.until = Some(change.at);
                }
            }
            effect if *effect.id() != self.id => self.touched.note(change.clone()),
            _ => {}
        }
    }
}
