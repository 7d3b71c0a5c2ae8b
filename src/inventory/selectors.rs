//! Selectors: conditions on tags, labels, groups and folders, services of the selected hosts, children.
//!
//! The conditions are tested on the objects named. Where none is named they are tested on every host, and on the services
//! that set something of their own: one for which they hold although they do not hold for its host counts by itself, as
//! with `--group nightly` the one service that is in that group. A host that counts stands for all its services.

use std::collections::BTreeSet;

use super::attributes::Attributes;
use super::declared::{Inventory, Services};
use super::family::Family;
use super::pattern::Pattern;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};

/// `KEY=VALUE`, `KEY=A,B` (any of them) or `KEY!=VALUE` (none of them; a host without the key has none of them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub(super) key: String,
    pub(super) values: Vec<String>,
    pub(super) inverted: bool,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// `Usage` where there is no `=`, no key or no value.
    pub fn parse(text: &str) -> Outcome<Self> {
        let unreadable = || {
            Failure::new(Kind::Usage, format!("`{text}` is not KEY=VALUE"))
                .hint("write it as in os=linux, os!=windows or criticality=prod,test")
        };
        let (key, values) = text.split_once('=').ok_or_else(unreadable)?;
        let (key, inverted) = key.strip_suffix('!').map_or((key, false), |key| (key, true));
        let values: Vec<String> = values.split(',').map(|value| value.trim().to_owned()).collect();
        if key.trim().is_empty() || values.iter().any(String::is_empty) {
            return Err(unreadable());
        }
        Ok(Self { key: key.trim().to_owned(), values, inverted })
    }

    /// That `key` has any of `values`.
    pub(super) const fn any_of(key: String, values: Vec<String>) -> Self {
        Self { key, values, inverted: false }
    }

    /// Of which tag or label.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Whether it holds for an object whose value for the key is this.
    pub(super) fn holds(&self, value: Option<&str>) -> bool {
        value.is_some_and(|value| self.values.iter().any(|wanted| wanted == value)) != self.inverted
    }
}

/// Everything that narrows or widens a selection, besides the TARGETs. All conditions must hold.
#[derive(Debug, Clone, Default)]
pub struct Selectors {
    /// `--tag`
    pub tags: Vec<Condition>,
    /// `--label`
    pub labels: Vec<Condition>,
    /// `--group`
    pub groups: Vec<String>,
    /// `--folder`: these and what is below them.
    pub folders: Vec<String>,
    /// `--service`: the matching services of the selected hosts, instead of the hosts.
    pub services: Vec<Pattern>,
    /// `--on-host`: the hosts of the selected services.
    pub on_host: bool,
    /// `--children`: also the hosts that are reached through a selected one; `--recursive`: to any depth.
    pub children: Option<Depth>,
}

/// How far children are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Hosts whose parents hold a selected host.
    Direct,
    /// And theirs, to any depth.
    Any,
}

impl Selectors {
    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        !self.has_conditions() && self.services.is_empty() && !self.on_host && self.children.is_none()
    }

    /// Whether any tests what the inventory declares about an object.
    pub const fn has_conditions(&self) -> bool {
        !(self.tags.is_empty() && self.labels.is_empty() && self.groups.is_empty() && self.folders.is_empty())
    }

    /// What is left of `named` (or of everything, if nothing is named), what is added to it, in this order: conditions;
    /// children, unless `--on-host` first turns services into hosts; services; their hosts. `objects` are known besides
    /// what the inventory declares.
    pub fn apply(
        &self,
        named: Option<BTreeSet<Target>>,
        inventory: &Inventory,
        objects: &BTreeSet<Target>,
    ) -> BTreeSet<Target> {
        let mut selected = match named {
            Some(mut named) => {
                named.retain(|object| self.admits(object, inventory));
                named
            }
            None => self.of_everything(inventory),
        };
        if !self.on_host {
            add_children(&mut selected, self.children, inventory);
        }
        if !self.services.is_empty() {
            selected = self.services_of(&selected, inventory, objects);
        }
        if self.on_host {
            selected = selected.iter().map(Target::own_host).collect();
            add_children(&mut selected, self.children, inventory);
        }
        selected
    }

    /// The hosts for which the conditions hold, and the services for which they hold although not for their hosts.
    fn of_everything(&self, inventory: &Inventory) -> BTreeSet<Target> {
        let mut selected = Vec::new();
        for (host, entry) in &inventory.hosts {
            if self.hold(Attributes { host: Some(entry), own: None }) {
                selected.push(Target::host(host));
            } else if let Services::Table(services) = &entry.services {
                let hold = |own| self.hold(Attributes { host: Some(entry), own: Some(own) });
                let by_themselves = services.iter().filter(|(_, own)| hold(own));
                selected.extend(by_themselves.map(|(service, _)| Target::service(host, service)));
            }
        }
        selected.into_iter().collect()
    }

    /// Whether the conditions hold for an object.
    fn admits(&self, object: &Target, inventory: &Inventory) -> bool {
        !self.has_conditions() || self.hold(inventory.attributes(object))
    }

    fn hold(&self, attributes: Attributes<'_>) -> bool {
        self.tags.iter().all(|condition| condition.holds(attributes.tag(&condition.key)))
            && self.labels.iter().all(|condition| condition.holds(attributes.label(&condition.key)))
            && self.groups.iter().all(|group| attributes.is_in_group(group))
            && (self.folders.is_empty() || self.folders.iter().any(|folder| attributes.is_in_folder(folder)))
    }

    /// The matching services of the selected hosts, and those selected that match. One that sets something of its own
    /// for which the conditions do not hold is none of those for which its host was selected.
    fn services_of(
        &self,
        selected: &BTreeSet<Target>,
        inventory: &Inventory,
        objects: &BTreeSet<Target>,
    ) -> BTreeSet<Target> {
        let matches = |service: &str| self.services.iter().any(|pattern| pattern.matches(service));
        let mut found = BTreeSet::new();
        for object in selected {
            if let Some(service) = &object.service {
                found.extend(matches(service).then(|| object.clone()));
                continue;
            }
            let entry = inventory.hosts.get(&object.host);
            let is_out = |service: &str| {
                let own = entry.and_then(|entry| entry.services.own(service));
                let held = |own| self.hold(Attributes { host: entry, own });
                own.is_some() && self.has_conditions() && held(None) && !held(own)
            };
            let others = objects.range(object..).take_while(|other| other.host == object.host);
            let services = entry.into_iter().flat_map(|entry| entry.services.names());
            let services = services.chain(others.filter_map(|other| other.service.as_deref()));
            let kept = services.filter(|service| matches(service) && !is_out(service));
            found.extend(kept.map(|service| Target::service(&object.host, service)));
        }
        found
    }
}

/// Adds the hosts that are reached through the hosts selected, as far as asked.
pub(super) fn add_children(selected: &mut BTreeSet<Target>, depth: Option<Depth>, inventory: &Inventory) {
    let Some(depth) = depth else { return };
    let family = Family::of(inventory);
    let mut to_follow: Vec<String> =
        selected.iter().filter(|object| object.service.is_none()).map(|host| host.host.clone()).collect();
    while let Some(parent) = to_follow.pop() {
        for child in family.children(&parent) {
            // A host that is in already was followed, or will be: cycles and diamonds end here.
            if selected.insert(Target::host(*child)) && depth == Depth::Any {
                to_follow.push((*child).to_owned());
            }
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
