//! Rules: downtimes that repeat, declared in `rules.toml` and `rules.d/*.toml`, upon whatever a selector over the inventory
//! means when an occurrence starts.
//!
//! | file | what it is for |
//! |---|---|
//! | [`reading`] | the files as rules, with every mistake in them |
//! | [`changes`] | what one version of the rules says that another does not |
//! | [`epochs`] | which version of an edited file counts at what time |
//! | [`book`] | the occurrences of all versions, each by what counts at its start |

mod agenda;
pub mod book;
pub mod changes;
pub mod epochs;
pub mod reading;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::downtime::plan::Plan;
use crate::inventory::matching::Matching;
use crate::inventory::reading::Place;
use crate::when::zone::Zone;

/// A rule, but for whom it is: all that its occurrences take from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is called; its id.
    pub name: String,
    /// The file that declares it, as `rules.toml`.
    pub file: String,
    /// What is said about its occurrences, and when they are.
    pub plan: Plan,
}

/// A rule as it was declared.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The rule.
    pub rule: Rule,
    /// For whom it is.
    pub matching: Matching,
    /// Whether it makes no occurrence until somebody enables it.
    pub disabled: bool,
    /// Where it is declared.
    pub place: Place,
}

/// The rules of some files together.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    all: Vec<Declared>,
    places: HashMap<String, usize>,
    /// The zone of those that name none, where there are any.
    pub timezone: Option<Zone>,
}

impl Rules {
    /// One more; of two with one name, the first is the rule of this name.
    fn add(&mut self, declared: Declared) {
        self.places.entry(declared.rule.name.clone()).or_insert(self.all.len());
        self.all.push(declared);
    }

    /// Every rule, in the order of the files.
    pub fn all(&self) -> &[Declared] {
        &self.all
    }

    /// The rule of this name.
    pub fn get(&self, name: &str) -> Option<&Declared> {
        self.places.get(name).map(|place| &self.all[*place])
    }

    /// Those that make occurrences.
    pub fn enabled(&self) -> impl Iterator<Item = &Declared> {
        self.all.iter().filter(|declared| !declared.disabled)
    }

    /// No occurrence lasts longer than this: seconds; 0 where there can be none.
    pub fn longest(&self) -> i64 {
        self.enabled().map(|declared| declared.rule.plan.recurrence.longest()).max().unwrap_or(0)
    }
}
