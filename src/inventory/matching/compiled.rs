//! A `match` ready to be asked.

use std::collections::BTreeSet;

use super::clause::Clause;
use crate::downtime::target::Target;
use crate::inventory::declared::Inventory;
use crate::inventory::pattern::Pattern;
use crate::inventory::selectors::{Condition, Depth, add_children};

/// A `match` table with its patterns compiled. What is `None` was not given.
#[derive(Debug, Clone)]
pub struct Matching {
    pub(super) tags: Vec<Condition>,
    pub(super) labels: Vec<Condition>,
    pub(super) groups: Option<Vec<String>>,
    pub(super) folders: Option<Vec<String>>,
    pub(super) hosts: Option<Vec<Pattern>>,
    pub(super) services: Option<Vec<Pattern>>,
    pub(super) children: Option<Depth>,
    pub(super) on_host: bool,
    pub(super) not: Option<Box<Matching>>,
}

/// A `match` upon one inventory.
///
/// An object is meant if the conditions hold for it (a service has what its host has unless it sets its own), or if it
/// hangs off such a host where `children` are asked for; with `services`, only services of such a name are. `on_host`
/// turns what is meant into its hosts, and `children` then go by these. What `not` means is left out in the end. An
/// object that is not declared has a name and no attributes.
#[derive(Debug)]
pub struct Selection<'a> {
    matching: &'a Matching,
    inventory: &'a Inventory,
    /// Hosts that hang off a host for which the conditions hold, and for which they do not hold themselves.
    reached: BTreeSet<Target>,
    /// With `on_host`: the hosts of what is meant, and what hangs off them.
    hosts: BTreeSet<Target>,
    not: Option<Box<Selection<'a>>>,
}

impl Matching {
    /// The objects that are meant, given what is declared.
    pub fn upon<'a>(&'a self, inventory: &'a Inventory) -> Selection<'a> {
        let not = self.not.as_ref().map(|not| Box::new(not.upon(inventory)));
        let mut selection =
            Selection { matching: self, inventory, reached: BTreeSet::new(), hosts: BTreeSet::new(), not };
        if self.on_host {
            let meant = inventory.objects().into_iter().filter(|object| selection.names(object));
            selection.hosts = meant.map(|object| object.own_host()).collect();
            add_children(&mut selection.hosts, self.children, inventory);
        } else if self.children.is_some() {
            // A parent need not be declared itself.
            let parents = inventory.hosts.values().flat_map(|entry| &entry.parents).map(Target::host);
            let hosts: BTreeSet<Target> = inventory.hosts.keys().map(Target::host).chain(parents).collect();
            let roots: BTreeSet<Target> = hosts.into_iter().filter(|host| selection.holds(host)).collect();
            let mut all = roots.clone();
            add_children(&mut all, self.children, inventory);
            selection.reached = all.difference(&roots).cloned().collect();
        }
        selection
    }
}

impl Selection<'_> {
    /// The declared objects that are meant: services where the `match` names services, else hosts.
    pub fn targets(&self) -> BTreeSet<Target> {
        let is_wanted = |object: &Target| object.service.is_some() == self.matching.is_for_services();
        self.inventory.objects().into_iter().filter(|object| is_wanted(object) && self.admits(object)).collect()
    }

    /// Whether this object is meant, declared or not; a service is also as one of its host's.
    pub fn admits(&self, object: &Target) -> bool {
        let meant = self.names(object) || self.matching.on_host && self.hosts.contains(&object.own_host());
        meant && !self.not.as_ref().is_some_and(|not| not.admits(object))
    }

    /// Whether this object is meant before `on_host` and `not`.
    fn names(&self, object: &Target) -> bool {
        self.matching.fits(object) && (self.holds(object) || self.reached.contains(&object.own_host()))
    }

    /// Whether the conditions hold for this object.
    fn holds(&self, object: &Target) -> bool {
        self.matching.holds(object, self.inventory)
    }
}

impl Matching {
    /// Whether services are meant, not hosts.
    pub(super) const fn is_for_services(&self) -> bool {
        self.services.is_some() && !self.on_host
    }

    /// Whether it is one of the services named, or none need be.
    pub(super) fn fits(&self, object: &Target) -> bool {
        match (&self.services, &object.service) {
            (None, _) => true,
            (Some(patterns), Some(service)) => patterns.iter().any(|pattern| pattern.matches(service)),
            (Some(_), None) => false,
        }
    }

    /// Whether the conditions but that on its service hold for this object.
    pub(super) fn holds(&self, object: &Target, inventory: &Inventory) -> bool {
        let attributes = inventory.attributes(object);
        let mut clauses = self.clauses().filter(|clause| !matches!(clause, Clause::Services(_)));
        clauses.all(|clause| clause.holds(object, attributes))
    }
}
