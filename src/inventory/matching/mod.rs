//! The `match` table of rules and freezes: which hosts and services are meant.
//!
//! ```toml
//! [rule.match]
//! tags = { criticality = "prod", os = ["linux", "windows"] }
//! hosts = ["win*"]
//! not = { hosts = ["win-lab*"] }
//! services = ["~^Update"]
//! ```
//!
//! All conditions given must hold; a list holds alternatives; what `not` means is left out in the end. Reading the table
//! compiles no pattern, so that what is never asked costs next to nothing.

mod compiled;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::declared::{Source, refused};
use super::pattern::Pattern;
use super::selectors::{Condition, Depth};
use crate::failure::{Failure, Outcome};
pub use compiled::{Matching, Selection};

/// A `match` table as written, with its places in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Fields")]
pub struct Match(Fields);

/// The keys of the table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
struct Fields {
    tags: BTreeMap<String, Alternatives>,
    labels: BTreeMap<String, Alternatives>,
    groups: Option<Alternatives>,
    hosts: Option<Alternatives>,
    folder: Option<Alternatives>,
    services: Option<Alternatives>,
    children: bool,
    recursive: bool,
    on_host: bool,
    everything: bool,
    not: Option<Box<Match>>,
}

impl TryFrom<Fields> for Match {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let lists = [&fields.groups, &fields.hosts, &fields.folder, &fields.services];
        let conditions =
            lists.iter().any(|list| list.is_some()) || !fields.tags.is_empty() || !fields.labels.is_empty();
        if !conditions && !fields.everything && fields.not.is_none() {
            return Err("a match without a condition; if every object is meant, write everything = true");
        }
        if fields.recursive && !fields.children {
            return Err("`recursive` says how far children are followed: it goes with children = true");
        }
        Ok(Self(fields))
    }
}

impl Match {
    /// The same with its patterns compiled; `source` is the file that it was read from.
    ///
    /// # Errors
    /// `Config` naming file, line and column of a pattern that cannot be read, or of a host with a `/`.
    pub fn compile(&self, source: &Source) -> Outcome<Matching> {
        let Fields { tags, labels, groups, hosts, folder, services, children, recursive, on_host, everything: _, not } =
            &self.0;
        for (text, offset) in hosts.iter().flat_map(|hosts| &hosts.0) {
            if text.contains('/') && !text.starts_with('~') {
                let what = format!("`{text}` is no host: a host's name holds no `/`");
                return Err(
                    refused(source, *offset, what).hint("name services with `services`, as in services = [\"HTTP\"]")
                );
            }
        }
        let conditions = |table: &BTreeMap<String, Alternatives>| -> Vec<Condition> {
            table.iter().map(|(key, values)| Condition::any_of(key.clone(), values.texts())).collect()
        };
        let patterns = |list: &Option<Alternatives>| list.as_ref().map(|list| list.patterns(source)).transpose();
        let depth = if *recursive { Depth::Any } else { Depth::Direct };
        Ok(Matching {
            tags: conditions(tags),
            labels: conditions(labels),
            groups: groups.as_ref().map(Alternatives::texts),
            folders: folder.as_ref().map(Alternatives::texts),
            hosts: patterns(hosts)?,
            services: patterns(services)?,
            children: children.then_some(depth),
            on_host: *on_host,
            not: not.as_ref().map(|not| not.compile(source).map(Box::new)).transpose()?,
        })
    }
}

/// Texts any of which will do, each with its byte offset in the file: a list, or one alone.
#[derive(Debug, Clone)]
struct Alternatives(Vec<(String, usize)>);

impl Alternatives {
    fn texts(&self) -> Vec<String> {
        self.0.iter().map(|(text, _)| text.clone()).collect()
    }

    fn patterns(&self, source: &Source) -> Outcome<Vec<Pattern>> {
        let pattern = |(text, offset): &(String, usize)| {
            Pattern::parse(text).map_err(|failure| {
                let hints = match failure.hints.as_slice() {
                    regex if text.starts_with('~') => regex.to_vec(),
                    _ => {
                        vec!["a name that holds `[` is written as a regular expression: '~^load \\[5m\\]$'".to_owned()]
                    }
                };
                Failure { hints, ..refused(source, *offset, failure.message()) }
            })
        };
        self.0.iter().map(pattern).collect()
    }
}

/// By hand, because serde's untagged enums forget where in the file a mistake is.
impl<'de> Deserialize<'de> for Alternatives {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Spanned::<Written>::deserialize(deserializer)?;
        let offset = written.span().start;
        Ok(Self(match written.into_inner() {
            Written::One(text) => vec![(text, offset)],
            Written::Many(texts) => texts.into_iter().map(|text| (text.get_ref().clone(), text.span().start)).collect(),
        }))
    }
}

enum Written {
    One(String),
    Many(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a list of texts any of which will do")
            }
            fn visit_str<E>(self, text: &str) -> Result<Written, E> {
                Ok(Written::One(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Written, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Written::Many)
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}
