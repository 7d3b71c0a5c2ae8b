//! Reading a `match` table with every mistake in it.

use std::collections::BTreeMap;
use std::fmt;

use toml::de::DeValue;

use super::{Alternatives, Fields, Match};
use crate::inventory::reading::{Noting, Value};

const KEYS: &[&str] = &[
    "tags",
    "labels",
    "groups",
    "hosts",
    "folder",
    "services",
    "children",
    "recursive",
    "on_host",
    "everything",
    "not",
];

impl Match {
    /// The `match` that a value is, as far as it can be read; `of` is what it belongs to.
    pub fn read(value: &Value<'_>, of: impl fmt::Display, noting: &mut Noting<'_, '_>) -> Self {
        let mut fields = Fields::default();
        let mistakes = noting.errors.len();
        if let Some(table) = value.get_ref().as_table() {
            for (key, value) in table {
                let name: &str = key.get_ref();
                let what = format!("`{name}` of {of}");
                match name {
                    "tags" => fields.tags = pairs(value, "tags", &of, noting),
                    "labels" => fields.labels = pairs(value, "labels", &of, noting),
                    "groups" => fields.groups = alternatives(value, what, noting),
                    "hosts" => fields.hosts = alternatives(value, what, noting),
                    "folder" => fields.folder = alternatives(value, what, noting),
                    "services" => fields.services = alternatives(value, what, noting),
                    "children" => fields.children = noting.flag(value, what),
                    "recursive" => fields.recursive = noting.flag(value, what),
                    "on_host" => fields.on_host = noting.flag(value, what),
                    "everything" => fields.everything = noting.flag(value, what),
                    "not" => fields.not = Some(Box::new(Self::read(value, format!("`not` of {of}"), noting))),
                    _ => noting.unknown_key(key, &of, KEYS, None),
                }
            }
            // What could not be read may be just what is missing.
            if let Some(objection) = fields.objection().filter(|_| noting.errors.len() == mistakes) {
                noting.error(value.span().start, objection);
            }
        } else {
            noting.misfit(value, of, "a table such as { tags = { os = \"windows\" } }");
        }
        Self(fields)
    }
}

/// A text, or a list of them.
fn alternatives(value: &Value<'_>, what: impl fmt::Display, noting: &mut Noting<'_, '_>) -> Option<Alternatives> {
    let texts = match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => vec![(text.as_ref(), value.span().start)],
        DeValue::String(_) => {
            noting.error(value.span().start, format!("{what} is empty"));
            return None;
        }
        DeValue::Array(_) => noting.names(value, what),
        _ => {
            noting.misfit(value, what, "a text, or a list of texts any of which will do");
            return None;
        }
    };
    Some(Alternatives(texts.into_iter().map(|(text, offset)| (text.to_owned(), offset)).collect()))
}

fn pairs(
    value: &Value<'_>,
    word: &str,
    of: impl fmt::Display,
    noting: &mut Noting<'_, '_>,
) -> BTreeMap<String, Alternatives> {
    let Some(table) = value.get_ref().as_table() else {
        noting.misfit(value, format!("`{word}` of {of}"), "a table such as { os = \"linux\" }");
        return BTreeMap::new();
    };
    let mut pairs = BTreeMap::new();
    for (key, value) in table {
        let key: &str = key.get_ref();
        if let Some(values) = alternatives(value, format!("`{word}.{key}` of {of}"), noting) {
            pairs.insert(key.to_owned(), values);
        }
    }
    pairs
}
