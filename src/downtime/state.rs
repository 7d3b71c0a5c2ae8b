//! The states of a downtime and of each of its targets: never stored, always derived for an instant.

use serde::{Deserialize, Serialize};

/// Where a downtime, or one target of it, stands at an instant. In order of what an operator wants to see first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In effect.
    Active,
    /// Flexible, inside its window, not triggered.
    Standby,
    /// Still to come.
    Scheduled,
    /// Was in effect, and is no more.
    Completed,
    /// Flexible, and never triggered.
    Skipped,
    /// Taken back before it began.
    Cancelled,
}

impl State {
    /// Every state, in order.
    pub const ALL: [Self; 6] =
        [Self::Active, Self::Standby, Self::Scheduled, Self::Completed, Self::Skipped, Self::Cancelled];

    /// The word for it, everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Standby => "standby",
            Self::Scheduled => "scheduled",
            Self::Completed => "completed",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether there is still something to end, move or take back.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::Standby | Self::Scheduled)
    }
}

/// The state of a downtime from those of its targets: whatever is most alive among them.
pub fn overall(targets: impl IntoIterator<Item = State>) -> State {
    targets.into_iter().min().unwrap_or(State::Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_downtime_is_active_if_any_target_is_and_completed_if_any_ever_was() {
        assert_eq!(overall([State::Completed, State::Active, State::Cancelled]), State::Active);
        assert_eq!(overall([State::Cancelled, State::Scheduled]), State::Scheduled);
        assert_eq!(overall([State::Cancelled, State::Completed]), State::Completed);
        assert_eq!(overall([State::Cancelled, State::Skipped]), State::Skipped);
        assert_eq!(overall([]), State::Cancelled);
    }
}
