//! What an edit of the rules changed, rule by rule.

use super::Changed;
use crate::downtime::id::DowntimeId;

/// What became of one rule by an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule.
    pub rule: DowntimeId,
    /// Its comment, after the edit if it is still there.
    pub comment: String,
    /// What became of it.
    pub fate: Fate,
}

/// What may become of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// There was none of the name.
    Added,
    /// It makes occurrences again.
    Enabled,
    /// Values of its keys, never none.
    Changed(Vec<Changed>),
    /// It makes no more occurrences.
    Disabled,
    /// There is none of the name any more.
    Removed,
}

impl Fate {
    /// The word for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Enabled => "enabled",
            Self::Changed(_) => "changed",
            Self::Disabled => "disabled",
            Self::Removed => "removed",
        }
    }
}
