//! The conditions of a `match` on an object itself, one by one: whether each holds, in words, and what there is instead.

use std::fmt;

use super::Matching;
use crate::downtime::target::Target;
use crate::inventory::attributes::Attributes;
use crate::inventory::declared::Inventory;
use crate::inventory::pattern::Pattern;
use crate::inventory::selectors::Condition;

/// One condition.
#[derive(Debug, Clone, Copy)]
pub(super) enum Clause<'a> {
    Tag(&'a Condition),
    Label(&'a Condition),
    Groups(&'a [String]),
    Folders(&'a [String]),
    Hosts(&'a [Pattern]),
    Services(&'a [Pattern]),
}

/// The one condition that keeps an object out of a `match`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// The condition, as in `tag os=windows or linux` or `not (host lab*)`.
    pub condition: String,
    /// What there is instead, as in `tag os=aix`; `None` where that is the name of the object.
    pub instead: Option<String>,
}

impl Matching {
    /// The conditions on an object itself.
    pub(super) fn clauses(&self) -> impl Iterator<Item = Clause<'_>> {
        let Self { tags, labels, groups, folders, hosts, services, .. } = self;
        let tags = tags.iter().map(Clause::Tag);
        tags.chain(labels.iter().map(Clause::Label))
            .chain(groups.as_deref().map(Clause::Groups))
            .chain(folders.as_deref().map(Clause::Folders))
            .chain(hosts.as_deref().map(Clause::Hosts))
            .chain(services.as_deref().map(Clause::Services))
    }

    /// What alone keeps this object out, if that is one condition and some other one holds, or if it is `not`. Where
    /// `on_host` turns services into hosts, nothing is told.
    pub fn unmet(&self, object: &Target, inventory: &Inventory) -> Option<Unmet> {
        if self.on_host || self.is_for_services() != object.service.is_some() || self.means(object, inventory) {
            return None;
        }
        let attributes = inventory.attributes(object);
        let (met, unmet): (Vec<Clause<'_>>, _) = self.clauses().partition(|clause| clause.holds(object, attributes));
        let not = self.not.as_ref().filter(|not| not.means(object, inventory));
        match (unmet.as_slice(), not) {
            ([], Some(not)) => Some(Unmet { condition: format!("not ({not})"), instead: None }),
            ([clause], None) if !met.is_empty() => {
                Some(Unmet { condition: clause.to_string(), instead: clause.instead(attributes) })
            }
            _ => None,
        }
    }
}

impl Clause<'_> {
    /// Whether it holds for an object, of which that is declared.
    pub(super) fn holds(self, object: &Target, attributes: Attributes<'_>) -> bool {
        let fits = |patterns: &[Pattern], name: &str| patterns.iter().any(|pattern| pattern.matches(name));
        match self {
            Self::Tag(condition) => condition.holds(attributes.tag(condition.key())),
            Self::Label(condition) => condition.holds(attributes.label(condition.key())),
            Self::Groups(groups) => groups.iter().any(|group| attributes.is_in_group(group)),
            Self::Folders(folders) => folders.iter().any(|folder| attributes.is_in_folder(folder)),
            Self::Hosts(patterns) => fits(patterns, &object.host),
            Self::Services(patterns) => object.service.as_ref().is_some_and(|service| fits(patterns, service)),
        }
    }

    fn instead(self, attributes: Attributes<'_>) -> Option<String> {
        let pair = |word: &str, key: &str, value: Option<&str>| {
            value.map_or_else(|| format!("no {word} {key}"), |value| format!("{word} {key}={value}"))
        };
        match self {
            Self::Tag(condition) => Some(pair("tag", condition.key(), attributes.tag(condition.key()))),
            Self::Label(condition) => Some(pair("label", condition.key(), attributes.label(condition.key()))),
            Self::Groups(_) => Some(match attributes.groups().as_slice() {
                [] => "no group".to_owned(),
                groups => format!("group {}", groups.join(" and ")),
            }),
            Self::Folders(_) => Some(attributes.folder().map_or("no folder".to_owned(), |it| format!("folder {it}"))),
            Self::Hosts(_) | Self::Services(_) => None,
        }
    }
}

/// `tag os=linux or windows`, `folder /ams`, `host web* or db*`.
impl fmt::Display for Clause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any = |f: &mut fmt::Formatter<'_>, word: &str, list: &[String]| match list {
            [] => write!(f, "no {word}"),
            list => write!(f, "{word} {}", list.join(" or ")),
        };
        let pair = |f: &mut fmt::Formatter<'_>, word: &str, Condition { key, values, .. }: &Condition| {
            write!(f, "{word} {key}={}", if values.is_empty() { "nothing".to_owned() } else { values.join(" or ") })
        };
        let texts = |patterns: &[Pattern]| -> Vec<String> { patterns.iter().map(Pattern::to_string).collect() };
        match self {
            Self::Tag(condition) => pair(f, "tag", condition),
            Self::Label(condition) => pair(f, "label", condition),
            Self::Groups(groups) => any(f, "group", groups),
            Self::Folders(folders) => any(f, "folder", folders),
            Self::Hosts(patterns) => any(f, "host", &texts(patterns)),
            Self::Services(patterns) => any(f, "service", &texts(patterns)),
        }
    }
}
