//! One `[[rule]]`.

use std::collections::BTreeMap;

use super::Reading;
use crate::downtime::plan::Plan;
use crate::downtime::record::Terms;
use crate::failure::Failure;
use crate::inventory::matching::{Match, Matching};
use crate::inventory::pattern::Pattern;
use crate::inventory::reading::{Noting, Value};
use crate::rules::{Declared, Rule};

const KEYS: &[&str] = &[
    "name",
    "comment",
    "start",
    "duration",
    "wall_end",
    "wall_days",
    "repeat",
    "rrule",
    "interval",
    "until",
    "count",
    "except",
    "timezone",
    "flexible",
    "suspend_monitoring",
    "disabled",
    "ticket",
    "match",
];

/// The keys of one rule as written.
pub(super) struct Entry<'v, 'a> {
    /// How it is called in messages.
    pub of: String,
    /// Where it begins, for what it lacks.
    pub offset: usize,
    values: BTreeMap<&'v str, &'v Value<'a>>,
}

impl<'v, 'a> Entry<'v, 'a> {
    /// What stands under a key.
    pub fn get(&self, key: &str) -> Option<&'v Value<'a>> {
        self.values.get(key).copied()
    }

    /// What a key is called in messages.
    pub fn what(&self, key: &str) -> String {
        format!("`{key}` of {}", self.of)
    }

    /// The text under a key, with its byte offset.
    pub fn text(&self, key: &str, noting: &mut Noting<'_, '_>) -> Option<(String, usize)> {
        let value = self.get(key)?;
        Some((noting.text(value, self.what(key))?, value.span().start))
    }

    /// The text under a key that must be there and say something.
    fn required(&self, key: &str, example: &str, noting: &mut Noting<'_, '_>) -> Option<(String, usize)> {
        if self.get(key).is_none() {
            noting.error_with(self.offset, format!("{} has no `{key}`", self.of), format!("write {example}"));
        }
        let (text, offset) = self.text(key, noting)?;
        if text.trim().is_empty() {
            noting.error_with(offset, format!("{} is empty", self.what(key)), format!("write {example}"));
            return None;
        }
        Some((text, offset))
    }

    fn flag(&self, key: &str, noting: &mut Noting<'_, '_>) -> bool {
        self.get(key).is_some_and(|value| noting.flag(value, self.what(key)))
    }

    /// A whole number of at least 1 under a key.
    pub fn number(&self, key: &str, noting: &mut Noting<'_, '_>) -> Option<u32> {
        self.number_from(1, key, noting)
    }

    /// A whole number of at least `least` under a key.
    pub fn number_from(&self, least: u32, key: &str, noting: &mut Noting<'_, '_>) -> Option<u32> {
        let value = self.get(key)?;
        let what = self.what(key);
        let Some(integer) = value.get_ref().as_integer() else {
            noting.misfit(value, what, "a whole number");
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| *number >= least);
        if number.is_none() {
            let why = format!("{what} is {}, not a whole number of at least {least}", integer.as_str());
            noting.error(value.span().start, why);
        }
        number
    }
}

/// Notes what a text is refused for, with what it hints at unless there is something better to say.
pub(super) fn refuse(noting: &mut Noting<'_, '_>, offset: usize, what: &str, failure: &Failure, hint: Option<&str>) {
    // Options of a command line are no help in a file.
    let hints = || failure.hints.iter().filter(|hint| !hint.contains("--")).map(String::as_str);
    let hint = hint.map_or_else(|| hints().collect::<Vec<_>>().join("; "), str::to_owned);
    let message = format!("{what}: {}", failure.message());
    if hint.is_empty() { noting.error(offset, message) } else { noting.error_with(offset, message, hint) }
}

impl Reading {
    /// The rule that an entry of the list is, if nothing is wrong with it.
    pub(super) fn rule(&mut self, file: &str, value: &Value<'_>, noting: &mut Noting<'_, '_>) -> Option<Declared> {
        let Some(table) = value.get_ref().as_table() else {
            noting.misfit(value, "a rule", "a table, which begins with [[rule]]");
            return None;
        };
        let mistakes = noting.errors.len();
        let named = table.get("name").and_then(|name| name.get_ref().as_str());
        let of = named.map_or_else(|| "a rule".to_owned(), |name| format!("rule `{name}`"));
        let mut entry = Entry { of, offset: value.span().start, values: BTreeMap::new() };
        for (key, value) in table {
            match KEYS.iter().find(|known| **known == key.get_ref().as_ref()) {
                Some(known) => drop(entry.values.insert(known, value)),
                None => noting.unknown_key(key, &entry.of, KEYS, None),
            }
        }
        let name = self.name(&entry, noting);
        let comment = entry.required("comment", "why, as in comment = \"weekly restart\"", noting);
        let ticket = entry.text("ticket", noting);
        if let Some(flexible) = entry.get("flexible") {
            let hint = "leave it out: the downtimes of a rule are in effect for their whole windows";
            noting.error_with(flexible.span().start, "this version has no flexible downtimes", hint);
        }
        let suspend_monitoring = entry.flag("suspend_monitoring", noting);
        let disabled = entry.flag("disabled", noting);
        let recurrence = self.recurrence(&entry, noting);
        let matching = self.matching(&entry, noting);
        let (Some(name), Some((comment, _)), Some(recurrence), Some(matching)) = (name, comment, recurrence, matching)
        else {
            return None;
        };
        let ticket = ticket.map(|(ticket, _)| ticket);
        let terms = Terms { comment, ticket, suspend_monitoring, ..Terms::default() };
        (noting.errors.len() == mistakes).then(|| Declared {
            rule: Rule { name, file: file.to_owned(), plan: Plan { terms, recurrence } },
            matching,
            disabled,
            place: noting.text.place(entry.offset),
        })
    }

    fn name(&mut self, entry: &Entry<'_, '_>, noting: &mut Noting<'_, '_>) -> Option<String> {
        let (name, offset) =
            entry.required("name", "name = \"windows-sunday-restart\", or what it is to be called", noting)?;
        let is_allowed = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.chars().all(is_allowed) {
            let what =
                format!("`{name}` is no name of a rule: it is letters, digits, `-`, `_` and `.`, a letter first");
            let instead: String = name.chars().map(|it| if is_allowed(it) { it } else { '-' }).collect();
            let instead = instead.trim_start_matches(|first: char| !first.is_ascii_alphabetic()).to_owned();
            if instead.is_empty() {
                noting.error(offset, what);
            } else {
                noting.error_with(offset, what, format!("write name = \"{instead}\""));
            }
            return None;
        }
        let place = noting.text.place(offset);
        if let Some(first) = self.names.get(&name) {
            noting.error(offset, format!("rule `{name}` is declared at {first} already"));
            return None;
        }
        self.names.insert(name.clone(), place);
        Some(name)
    }

    fn matching(&mut self, entry: &Entry<'_, '_>, noting: &mut Noting<'_, '_>) -> Option<Matching> {
        let Some(value) = entry.get("match") else {
            let hint = "say for whom it is, as in [rule.match] with tags = { os = \"windows\" }; for every host, everything = true";
            noting.error_with(entry.offset, format!("{} has no `match`", entry.of), hint);
            return None;
        };
        let mistakes = noting.errors.len();
        let written = Match::read(value, entry.what("match"), noting);
        let mut compile = |text: &str| match self.patterns.get(text) {
            Some(pattern) => Ok(pattern.clone()),
            None => {
                Pattern::parse(text).inspect(|pattern| drop(self.patterns.insert(text.to_owned(), pattern.clone())))
            }
        };
        let matching = written.build(&mut compile, &mut |offset, failure| match failure.hints.first() {
            Some(hint) => noting.error_with(offset, failure.message(), hint),
            None => noting.error(offset, failure.message()),
        });
        (noting.errors.len() == mistakes).then_some(matching)
    }
}
