//! Noting every mistake in a file while its tables are walked.

use std::fmt;

use toml::Spanned;
use toml::de::{DeString, DeValue};

use super::text::{Finding, Text};
use crate::failure::nearest;

/// A key, and where it stands.
pub type Key<'a> = Spanned<DeString<'a>>;
/// A value, and where it stands.
pub type Value<'a> = Spanned<DeValue<'a>>;

/// What is wrong or odd in one file, as far as it was walked.
#[derive(Debug)]
pub struct Noting<'t, 'a> {
    /// The file.
    pub text: &'t Text<'a>,
    /// What makes it unusable.
    pub errors: Vec<Finding>,
    /// What is odd.
    pub warnings: Vec<Finding>,
}

impl<'t, 'a> Noting<'t, 'a> {
    /// A file of which only these mistakes are known.
    pub const fn new(text: &'t Text<'a>, mistakes: Vec<Finding>) -> Self {
        Self { text, errors: mistakes, warnings: Vec::new() }
    }

    /// Adds what was noted to what is known of other files, in the order in which it stands in this one.
    pub fn finish(mut self, errors: &mut Vec<Finding>, warnings: &mut Vec<Finding>) {
        self.errors.sort_by_key(|error| (error.place.line, error.place.column));
        self.warnings.sort_by_key(|warning| (warning.place.line, warning.place.column));
        errors.append(&mut self.errors);
        warnings.append(&mut self.warnings);
    }

    fn finding(&self, offset: usize, message: impl fmt::Display, hint: Option<String>) -> Finding {
        Finding { place: self.text.place(offset), message: message.to_string(), hint }
    }

    /// Notes a mistake at a byte offset.
    pub fn error(&mut self, offset: usize, message: impl fmt::Display) {
        let finding = self.finding(offset, message, None);
        self.errors.push(finding);
    }

    /// Notes a mistake, and what to write instead.
    pub fn error_with(&mut self, offset: usize, message: impl fmt::Display, hint: impl fmt::Display) {
        let finding = self.finding(offset, message, Some(hint.to_string()));
        self.errors.push(finding);
    }

    /// Notes what is odd.
    pub fn warning(&mut self, offset: usize, message: impl fmt::Display) {
        let finding = self.finding(offset, message, None);
        self.warnings.push(finding);
    }

    /// `value` is not `wanted`.
    pub fn misfit(&mut self, value: &Value<'_>, what: impl fmt::Display, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::Integer(_) => "an integer",
            DeValue::Array(_) => "a list",
            DeValue::String(_) => "a text",
            other => &format!("a {}", other.type_str()),
        };
        self.error(value.span().start, format!("{what} is {found}, not {wanted}"));
    }

    /// `key` is none of those that `of` may have; what is known of them is the hint, if no other is given.
    pub fn unknown_key(&mut self, key: &Key<'_>, of: impl fmt::Display, known: &[&str], hint: Option<String>) {
        let name: &str = key.get_ref();
        let hint = match (nearest(name, known.iter().copied()), hint) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(hint)) => hint,
            (None, None) => format!("known are {}", known.join(", ")),
        };
        self.error_with(key.span().start, format!("unknown key `{name}` of {of}"), hint);
    }

    /// The text that a value has to be.
    pub fn text(&mut self, value: &Value<'_>, what: impl fmt::Display) -> Option<String> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.misfit(value, what, "a text in quotes");
        }
        text.map(str::to_owned)
    }

    /// The yes or no that a value has to be; no, if it is neither.
    pub fn flag(&mut self, value: &Value<'_>, what: impl fmt::Display) -> bool {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.misfit(value, what, "true or false");
        }
        flag.unwrap_or_default()
    }

    /// The names in a list, none of them empty, and where they are.
    pub fn names<'v>(&mut self, value: &'v Value<'_>, what: impl fmt::Display) -> Vec<(&'v str, usize)> {
        let Some(list) = value.get_ref().as_array() else {
            self.misfit(value, what, "a list such as [\"first\", \"second\"]");
            return Vec::new();
        };
        let mut names = Vec::with_capacity(list.len());
        for item in list {
            match item.get_ref().as_str() {
                Some(name) if name.trim().is_empty() => {
                    self.error(item.span().start, format!("an empty name is in {what}"));
                }
                Some(name) => names.push((name, item.span().start)),
                None => self.misfit(item, format_args!("an entry in {what}"), "a text in quotes"),
            }
        }
        names
    }
}
