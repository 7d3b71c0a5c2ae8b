//! What a `match` means on one host, at the cost of that host and not of the whole inventory.

use std::collections::BTreeSet;

use super::Matching;
use crate::downtime::target::Target;
use crate::inventory::declared::{HostEntry, Inventory};
use crate::inventory::family::ancestors;
use crate::inventory::selectors::Depth;

impl Matching {
    /// Those of [`Selection::targets`](super::Selection::targets) that are this host or services of it, sorted.
    pub fn targets_on(&self, host: &str, inventory: &Inventory) -> Vec<Target> {
        let Some(entry) = inventory.hosts.get(host) else { return Vec::new() };
        let mut objects = if self.is_for_services() { services(host, entry) } else { vec![Target::host(host)] };
        objects.retain(|object| self.means(object, inventory));
        objects.sort_unstable();
        objects
    }

    /// Whether this declared object is meant.
    pub(super) fn means(&self, object: &Target, inventory: &Inventory) -> bool {
        let is_meant = if self.on_host {
            let any_named = |host: &str| {
                inventory.hosts.get(host).is_some_and(|entry| {
                    self.names(&Target::host(host), inventory)
                        || services(host, entry).iter().any(|service| self.names(service, inventory))
                })
            };
            any_named(&object.host) || self.upstream(&object.host, inventory).into_iter().any(any_named)
        } else {
            let holds = |host: &str| self.holds(&Target::host(host), inventory);
            let is_reached = || {
                self.children.is_some()
                    && !holds(&object.host)
                    && self.upstream(&object.host, inventory).into_iter().any(holds)
            };
            self.names(object, inventory) || self.fits(object) && is_reached()
        };
        is_meant && !self.not.as_ref().is_some_and(|not| not.means(object, inventory))
    }

    /// Whether this object is meant by itself.
    fn names(&self, object: &Target, inventory: &Inventory) -> bool {
        self.fits(object) && self.holds(object, inventory)
    }

    /// The hosts of which this one counts as a child.
    fn upstream<'a>(&self, host: &str, inventory: &'a Inventory) -> BTreeSet<&'a str> {
        match self.children {
            None => BTreeSet::new(),
            Some(Depth::Direct) => {
                let parents = inventory.hosts.get(host).map_or(&[][..], |entry| entry.parents.as_slice());
                parents.iter().map(String::as_str).collect()
            }
            Some(Depth::Any) => ancestors(host, inventory),
        }
    }
}

fn services(host: &str, entry: &HostEntry) -> Vec<Target> {
    entry.services.names().into_iter().map(|service| Target::service(host, service)).collect()
}
