//! What an edit changed, field by field.

use crate::clock::Instant;
use crate::downtime::effect::Effect;
use crate::downtime::record::Terms;
use crate::downtime::recurrence::Recurrence;
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
    /// How it repeats, if it does.
    Repetition(Option<Box<Recurrence>>),
}

impl From<&Option<String>> for Said {
    fn from(text: &Option<String>) -> Self {
        text.clone().map_or(Self::Nothing, Self::Text)
    }
}

/// What changed about one downtime.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Fields with another value.
    pub fields: Vec<Changed>,
    /// Targets that are held and were not.
    pub added: Vec<Target>,
    /// Targets that are no longer held.
    pub removed: Vec<Target>,
}

impl Changes {
    /// What an effect changes.
    pub fn of(effect: &Effect) -> Self {
        let fields = |fields| Self { fields, ..Self::default() };
        match effect {
            Effect::MoveEnd { from, to, .. } => fields(differing([("end", Said::Time(*from), Said::Time(*to))])),
            Effect::MoveWindow { from, to, .. } => fields(of_windows(*from, *to)),
            Effect::Describe { from, to, .. } => fields(of_terms(from, to)),
            Effect::Hold { targets, .. } | Effect::Reopen { targets, .. } => {
                Self { added: targets.clone(), ..Self::default() }
            }
            Effect::Release { targets, .. } => Self { removed: targets.clone(), ..Self::default() },
            Effect::Rewrite { from, to, .. } => {
                let (had, has) = (from.held(), to.held());
                Self {
                    fields: of_windows(from.window, to.window),
                    added: has.difference(&had).copied().cloned().collect(),
                    removed: had.difference(&has).copied().cloned().collect(),
                }
            }
            Effect::Repeat { from, to, .. } => fields(of_repetitions(from.as_deref(), to.as_deref())),
            Effect::Skip { .. } | Effect::Unskip { .. } | Effect::Stop { .. } | Effect::Resume { .. } => {
                Self::default()
            }
        }
    }

    /// These and more.
    pub fn extend(&mut self, more: Self) {
        self.fields.extend(more.fields);
        for (all, more) in [(&mut self.added, more.added), (&mut self.removed, more.removed)] {
            all.extend(more);
            all.sort();
            all.dedup();
        }
    }

    /// Whether nothing changed.
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}

/// How it repeats, and from when on. Where the length changes, it goes by a later start only in that it counts from there.
fn of_repetitions(from: Option<&Recurrence>, to: Option<&Recurrence>) -> Vec<Changed> {
    let said = |it: Option<&Recurrence>| Said::Repetition(it.cloned().map(Box::new));
    let (Some(before), Some(after)) = (from, to) else {
        return differing([("repeat", said(from), said(to))]);
    };
    let lasts_as_long =
        before.first.interval.seconds() == after.first.interval.seconds() && before.wall_end == after.wall_end;
    let is_moved = lasts_as_long || before.at(after.first_nominal()).is_none();
    let start = |it: &Recurrence| Said::Time(it.first.start());
    let mut changed = Vec::new();
    if before.sentence() != after.sentence() {
        changed.extend(differing([("repeat", said(from), said(to))]));
    }
    if is_moved {
        changed.extend(differing([("start", start(before), start(after))]));
    }
    changed
}

/// The fields in which two sets of terms differ.
fn of_terms(from: &Terms, to: &Terms) -> Vec<Changed> {
    let text = |text: &String| Said::Text(text.clone());
    let pairs = [
        ("comment", text(&from.comment), text(&to.comment)),
        ("name", Said::from(&from.name), Said::from(&to.name)),
        ("ticket", Said::from(&from.ticket), Said::from(&to.ticket)),
        ("override", Said::from(&from.override_reason), Said::from(&to.override_reason)),
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
