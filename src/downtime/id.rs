//! The id of a downtime: a string, given once, never reused.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// `12` for a downtime. Ordered by number, so that `9` comes before `12`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DowntimeId(String);

impl DowntimeId {
    /// The id of the `number`-th downtime of a store.
    pub fn numbered(number: u64) -> Self {
        Self(number.to_string())
    }

    /// The id as typed, blanks around it dropped.
    pub fn parse(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text that people type and scripts read.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is one of the first `count` ids of a store.
    pub(super) fn is_among(&self, count: u64) -> bool {
        self.number().is_some_and(|number| (1..=count).contains(&number))
    }

    fn number(&self) -> Option<u64> {
        self.0.parse().ok()
    }
}

impl Ord for DowntimeId {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(left), Some(right)) => left.cmp(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.0.cmp(&other.0),
        }
        .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for DowntimeId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for DowntimeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_order_by_number_and_names_follow() {
        let mut ids = ["12", "web@2026-11-22T22:00", "9", "100"].map(DowntimeId::parse);
        ids.sort();
        assert_eq!(ids.map(|id| id.0), ["9", "12", "100", "web@2026-11-22T22:00"]);
    }
}
