//! A series or rule as a whole, as it stands at a moment.

use super::id::DowntimeId;
use super::plan::Plan;
use super::record::Downtime;

/// A series or rule as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Its id.
    pub id: DowntimeId,
    /// The plan that counts.
    pub plan: Plan,
    /// The occurrence that is running; of several, the one that began last.
    pub running: Option<Downtime>,
    /// The next occurrence, left out and cancelled ones aside.
    pub next: Option<Downtime>,
    /// The occurrence that stands for it: the running one, or the next, or else the last that there was.
    pub shown: Downtime,
}

impl Whole {
    /// Whether it is a rule.
    pub fn is_rule(&self) -> bool {
        self.id.is_of_rule()
    }
}
