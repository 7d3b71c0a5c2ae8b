//! What an edit changed, field by field.

use std::collections::BTreeSet;

use crate::clock::Instant;
use crate::downtime::effect::Effect;
use crate::downtime::record::Terms;
use crate::downtime::target::Target;
use crate::downtime::window::Window;

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The field, by its key in JSON.
    pub field: &'static str,
    /// What it was.
    pub from: Said,
    /// What it is.
    pub to: Said,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// None was given.
    Nothing,
    /// A text.
    Text(String),
    /// A moment.
    Time(Instant),
    /// Yes or no.
    Flag(bool),
}

impl From<&Option<String>> for Said {
    fn from(text: &Option<String>) -> Self {
        text.clone().map_or(Self::Nothing, Self::Text)
    }
}

/// The fields that an effect changes, and the targets that it adds.
pub fn of(effect: &Effect) -> (Vec<Changed>, Vec<Target>) {
    let end = |from: &Instant, to: &Instant| differing([("end", Said::Time(*from), Said::Time(*to))]);
    match effect {
        Effect::MoveEnd { from, to, .. } => (end(from, to), Vec::new()),
        Effect::MoveWindow { from, to, .. } => (of_windows(*from, *to), Vec::new()),
        Effect::Describe { from, to, .. } => (of_terms(from, to), Vec::new()),
        Effect::Hold { targets, .. } => (Vec::new(), targets.clone()),
        Effect::Rewrite { from, to, .. } => {
            let had: BTreeSet<&Target> = from.holdings.iter().map(|holding| &holding.target).collect();
            let has = to.holdings.iter().map(|holding| &holding.target);
            (of_windows(from.window, to.window), has.filter(|target| !had.contains(target)).cloned().collect())
        }
        Effect::Release { .. } | Effect::Reopen { .. } => (Vec::new(), Vec::new()),
    }
}

/// The fields in which two sets of terms differ.
fn of_terms(from: &Terms, to: &Terms) -> Vec<Changed> {
    let text = |text: &String| Said::Text(text.clone());
    let pairs = [
        ("comment", text(&from.comment), text(&to.comment)),
        ("name", Said::from(&from.name), Said::from(&to.name)),
        ("ticket", Said::from(&from.ticket), Said::from(&to.ticket)),
        ("suspend_monitoring", Said::Flag(from.suspend_monitoring), Said::Flag(to.suspend_monitoring)),
    ];
    differing(pairs)
}

/// The ends in which two windows differ.
fn of_windows(from: Window, to: Window) -> Vec<Changed> {
    differing([
        ("start", Said::Time(from.start()), Said::Time(to.start())),
        ("end", Said::Time(from.end()), Said::Time(to.end())),
    ])
}

fn differing(pairs: impl IntoIterator<Item = (&'static str, Said, Said)>) -> Vec<Changed> {
    (pairs.into_iter())
        .filter(|(_, from, to)| from != to)
        .map(|(field, from, to)| Changed { field, from, to })
        .collect()
}
