//! The id of a downtime: a string, given once, never reused.
//!
//! `12` is a downtime or a series, `NAME` a rule, and `12@2026-11-22T22:00` or `NAME@2026-11-22T22:00` one occurrence.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::recurrence::Nominal;

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

    /// The id of a rule, which is its name.
    pub fn of_rule(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The id of the occurrence of this series or rule with that nominal start.
    #[must_use]
    pub fn occurrence(&self, nominal: Nominal) -> Self {
        Self(format!("{}@{nominal}", self.0))
    }

    /// The series or rule that it is an occurrence of; `None` for what stands by itself.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_once('@').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Whether a change of one may be in the way of a change of the other: the same, or a series and its occurrence.
    pub fn concerns(&self, other: &Self) -> bool {
        self == other || self.root() == *other || *self == other.root()
    }

    /// What it is kept under: the series or rule of an occurrence, else itself.
    #[must_use]
    pub fn root(&self) -> Self {
        self.parent().unwrap_or_else(|| self.clone())
    }

    /// The nominal start of the occurrence that it names, if it names one.
    pub fn nominal(&self) -> Option<Nominal> {
        self.0.split_once('@').and_then(|(_, nominal)| Nominal::parse(nominal))
    }

    /// Whether it is a rule, or an occurrence of one: names begin with a letter.
    pub fn is_of_rule(&self) -> bool {
        self.0.starts_with(|first: char| first.is_ascii_alphabetic())
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
        // An occurrence comes after its series and before the next number.
        let parts = |id: &'_ Self| {
            let text = id.0.split('@').next().unwrap_or_default().to_owned();
            (text.parse::<u64>().unwrap_or(u64::MAX), text)
        };
        parts(self).cmp(&parts(other)).then_with(|| self.0.cmp(&other.0))
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
        let mut ids = ["12", "web@2026-11-22T22:00", "9", "12@2026-11-22T22:00", "100"].map(DowntimeId::parse);
        ids.sort();
        assert_eq!(ids.map(|id| id.0), ["9", "12", "12@2026-11-22T22:00", "100", "web@2026-11-22T22:00"]);
    }
}
