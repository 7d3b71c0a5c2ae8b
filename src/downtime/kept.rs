//! What the store keeps under an id: a downtime, a series, or what people did to the occurrences of a rule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::exceptional::Exceptional;
use super::id::DowntimeId;
use super::interval::Interval;
use super::record::{Downtime, Terms};
use super::series::Series;
use super::state::State;
use super::target::Target;
use super::touched::Change;
use crate::clock::Instant;

/// A record of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A downtime by itself.
    Downtime(Box<Downtime>),
    /// A downtime that repeats.
    Series(Box<Series>),
    /// What was done to the occurrences of a rule.
    Rule(Box<Exceptional>),
}

impl From<Downtime> for Kept {
    fn from(downtime: Downtime) -> Self {
        Self::Downtime(Box::new(downtime))
    }
}

impl From<Series> for Kept {
    fn from(series: Series) -> Self {
        Self::Series(Box::new(series))
    }
}

impl Kept {
    /// Its id.
    pub const fn id(&self) -> &DowntimeId {
        match self {
            Self::Downtime(downtime) => &downtime.id,
            Self::Series(series) => series.id(),
            Self::Rule(rule) => &rule.id,
        }
    }

    /// The downtime, if it is one by itself.
    pub fn into_downtime(self) -> Option<Downtime> {
        match self {
            Self::Downtime(downtime) => Some(*downtime),
            Self::Series(_) | Self::Rule(_) => None,
        }
    }

    /// What is said about it now; nothing is said of a rule here.
    pub fn terms(&self) -> Option<&Terms> {
        match self {
            Self::Downtime(downtime) => Some(&downtime.terms),
            Self::Series(series) => Some(&series.plan().terms),
            Self::Rule(_) => None,
        }
    }

    /// Its key.
    pub fn key(&self) -> Option<&str> {
        self.terms()?.key.as_deref()
    }

    /// Where it stands at `now`; what is kept of a rule stands nowhere.
    pub fn state(&self, now: Instant) -> Option<State> {
        match self {
            Self::Downtime(downtime) => Some(downtime.state(now)),
            Self::Series(series) => Some(series.state(now)),
            Self::Rule(_) => None,
        }
    }

    /// Its targets, past ones included.
    pub fn targets(&self) -> Box<dyn Iterator<Item = &Target> + '_> {
        match self {
            Self::Downtime(downtime) => Box::new(downtime.targets()),
            Self::Series(series) => Box::new(series.targets()),
            Self::Rule(_) => Box::new(std::iter::empty()),
        }
    }

    /// The targets that nobody let go of.
    pub fn held(&self) -> Box<dyn Iterator<Item = &Target> + '_> {
        match self {
            Self::Downtime(downtime) => Box::new(downtime.held()),
            Self::Series(series) => Box::new(series.held()),
            Self::Rule(_) => Box::new(std::iter::empty()),
        }
    }

    /// The hosts on which it may hold something.
    pub fn hosts(&self) -> BTreeSet<&str> {
        match self {
            Self::Downtime(downtime) => downtime.targets().map(|target| target.host.as_str()).collect(),
            Self::Series(series) => series.hosts(),
            Self::Rule(_) => BTreeSet::new(),
        }
    }

    /// Whether it may hold one of these hosts or a service of one.
    pub fn is_on(&self, hosts: &BTreeSet<&str>) -> bool {
        match self {
            Self::Downtime(downtime) => downtime.is_on(hosts),
            Self::Series(series) => series.is_on(hosts),
            Self::Rule(_) => false,
        }
    }

    /// The same with its targets on one host alone.
    #[must_use]
    pub fn part_on(&self, host: &str) -> Self {
        match self {
            Self::Downtime(downtime) => downtime.part_on(host).into(),
            Self::Series(series) => series.part_on(host).into(),
            Self::Rule(rule) => Self::Rule(rule.clone()),
        }
    }

    /// No activation ends later than this.
    pub fn latest_end(&self) -> Instant {
        match self {
            Self::Downtime(downtime) => downtime.latest_end(),
            Self::Series(series) => series.latest_end(),
            Self::Rule(rule) => rule.touched.latest_end().unwrap_or(Instant::BEGINNING),
        }
    }

    /// Whether any activation may end after `since`; everything lasts beyond the beginning, even what never began.
    pub fn lasts_beyond(&self, since: Instant) -> bool {
        since == Instant::BEGINNING || self.latest_end() > since
    }

    /// Whether it starts or ends for a target from `first` to `last`, both included, or perhaps does, as a series.
    pub fn turns(&self, first: Instant, last: Instant) -> bool {
        match self {
            Self::Downtime(downtime) => downtime.turning_times().iter().any(|time| (first..=last).contains(time)),
            Self::Series(_) => true,
            Self::Rule(_) => false,
        }
    }

    /// The downtimes that it comes to in `range`: itself, or its occurrences that overlap.
    pub fn downtimes(&self, range: Interval) -> Vec<Downtime> {
        match self {
            Self::Downtime(downtime) => vec![(**downtime).clone()],
            Self::Series(series) => series.occurrences(range),
            Self::Rule(_) => Vec::new(),
        }
    }

    /// Lets a change happen to it.
    pub fn perform(&mut self, change: &Change) {
        match (&mut *self, &change.effect) {
            (Self::Downtime(downtime), Effect::Repeat { to: Some(recurrence), .. }) => {
                let series = Series::begun_by(downtime, (**recurrence).clone(), change.at);
                *self = Self::Series(Box::new(series));
            }
            (Self::Downtime(downtime), _) => change.perform(downtime),
            (Self::Series(series), _) => series.perform(change),
            (Self::Rule(rule), _) => rule.perform(change),
        }
    }
}
