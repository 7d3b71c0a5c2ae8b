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

mod clause;
mod compiled;
mod index;
mod one_host;
mod reading;
mod sentence;
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
use crate::failure::{Failure, Kind, Outcome};
pub use clause::Unmet;
pub use compiled::{Matching, Selection};
pub use index::Index;

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
        match fields.objection() {
            None => Ok(Self(fields)),
            Some(objection) => Err(objection),
        }
    }
}

impl Fields {
    /// Why they make no `match` together.
    fn objection(&self) -> Option<&'static str> {
        let lists = [&self.groups, &self.hosts, &self.folder, &self.services];
        let conditions = lists.iter().any(|list| list.is_some()) || !self.tags.is_empty() || !self.labels.is_empty();
        if !conditions && !self.everything && self.not.is_none() {
            return Some("a match without a condition; if every object is meant, write everything = true");
        }
        if self.recursive && !self.children {
            return Some("`recursive` says how far children are followed: it goes with children = true");
        }
        None
    }
}

impl Match {
    /// The same with its patterns compiled; `source` is the file that it was read from.
    ///
    /// # Errors
    /// `Config` naming file, line and column of a pattern that cannot be read, or of a host with a `/`.
    pub fn compile(&self, source: &Source) -> Outcome<Matching> {
        let mut first = None;
        let matching = self.build(&mut Pattern::parse, &mut |offset, failure| {
            let refuse = || Failure { hints: failure.hints.clone(), ..refused(source, offset, failure.message()) };
            first.get_or_insert_with(refuse);
        });
        first.map_or(Ok(matching), Err)
    }

    /// The same with its patterns compiled by `compile`, without those that cannot be: each is told to `refuse`, with its
    /// byte offset in the file.
    pub fn build(
        &self,
        compile: &mut dyn FnMut(&str) -> Outcome<Pattern>,
        refuse: &mut dyn FnMut(usize, &Failure),
    ) -> Matching {
        let Fields { tags, labels, groups, hosts, folder, services, children, recursive, on_host, everything: _, not } =
            &self.0;
        for (text, offset) in hosts.iter().flat_map(|hosts| &hosts.0) {
            if text.contains('/') && !text.starts_with('~') {
                let what = format!("`{text}` is no host: a host's name holds no `/`");
                let failure = Failure::new(Kind::Config, what);
                refuse(*offset, &failure.hint("name services with `services`, as in services = [\"HTTP\"]"));
            }
        }
        let conditions = |table: &BTreeMap<String, Alternatives>| -> Vec<Condition> {
            table.iter().map(|(key, values)| Condition::any_of(key.clone(), values.texts())).collect()
        };
        let mut patterns =
            |list: &Option<Alternatives>| list.as_ref().map(|list| list.patterns(&mut *compile, &mut *refuse));
        let (hosts, services) = (patterns(hosts), patterns(services));
        let depth = if *recursive { Depth::Any } else { Depth::Direct };
        Matching {
            tags: conditions(tags),
            labels: conditions(labels),
            groups: groups.as_ref().map(Alternatives::texts),
            folders: folder.as_ref().map(Alternatives::texts),
            hosts,
            services,
            children: children.then_some(depth),
            on_host: *on_host,
            not: not.as_ref().map(|not| Box::new(not.build(compile, refuse))),
        }
    }
}

/// Texts any of which will do, each with its byte offset in the file: a list, or one alone.
#[derive(Debug, Clone)]
struct Alternatives(Vec<(String, usize)>);

impl Alternatives {
    fn texts(&self) -> Vec<String> {
        self.0.iter().map(|(text, _)| text.clone()).collect()
    }

    fn patterns(
        &self,
        compile: &mut dyn FnMut(&str) -> Outcome<Pattern>,
        refuse: &mut dyn FnMut(usize, &Failure),
    ) -> Vec<Pattern> {
        let pattern = |(text, offset): &(String, usize)| match compile(text) {
            Ok(pattern) => Some(pattern),
            Err(failure) if text.starts_with('~') => {
                refuse(*offset, &failure);
                None
            }
            Err(failure) => {
                let hint = "a name that holds `[` is written as a regular expression: '~^load \\[5m\\]$'";
                refuse(*offset, &Failure { hints: vec![hint.to_owned()], ..failure });
                None
            }
        };
        self.0.iter().filter_map(pattern).collect()
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
