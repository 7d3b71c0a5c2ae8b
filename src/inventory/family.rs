//! Hosts and their parents: what is odd about them.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::Inventory;
use super::selection::nearest;

/// What is odd about the declared parents, a line each: one that is not declared, and hosts that are their own ancestor.
/// The inventory stays usable.
pub fn oddities(inventory: &Inventory) -> Vec<String> {
    let mut odd = Vec::new();
    for (host, entry) in &inventory.hosts {
        for parent in entry.parents.iter().filter(|parent| !inventory.hosts.contains_key(*parent)) {
            let near = nearest(parent, inventory.hosts.keys().map(String::as_str));
            let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            odd.push(format!("the parent `{parent}` of host `{host}` is not declared{meant}"));
        }
    }
    odd.extend(
        cycles(inventory).into_iter().map(|cycle| format!("hosts are their own ancestors: {}", cycle.join(", "))),
    );
    odd
}

/// The hosts that a host is reached through, at any distance; itself too if it is on a ring.
pub fn ancestors<'a>(host: &str, inventory: &'a Inventory) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut to_follow: Vec<&str> = vec![host];
    while let Some(next) = to_follow.pop() {
        let parents = inventory.hosts.get_key_value(next).map(|(_, entry)| entry.parents.as_slice());
        for parent in parents.unwrap_or_default() {
            if found.insert(parent.as_str()) {
                to_follow.push(parent);
            }
        }
    }
    found
}

/// Groups of hosts each of which is an ancestor of all in its group.
fn cycles(inventory: &Inventory) -> Vec<Vec<&str>> {
    let on_cycle: BTreeMap<&str, BTreeSet<&str>> = inventory
        .hosts
        .keys()
        .map(|host| (host.as_str(), ancestors(host, inventory)))
        .filter(|(host, ancestors)| ancestors.contains(host))
        .collect();
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for (host, ancestors) in &on_cycle {
        if groups.iter().any(|group| group.contains(host)) {
            continue;
        }
        let together = |other: &&&str| ancestors.contains(**other) && on_cycle[**other].contains(host);
        groups.push(on_cycle.keys().filter(together).copied().collect());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::declared::HostEntry;

    fn site(hosts: &[(&str, &[&str])]) -> Inventory {
        let entry = |parents: &[&str]| HostEntry {
            parents: parents.iter().map(ToString::to_string).collect(),
            ..HostEntry::default()
        };
        Inventory { hosts: hosts.iter().map(|(host, parents)| ((*host).to_owned(), entry(parents))).collect() }
    }

    #[test]
    fn cycles_and_parents_that_are_not_declared_are_pointed_out() {
        let site = site(&[("a", &["b"]), ("b", &["a"]), ("c", &["a", "swx"]), ("sw1", &[]), ("self", &["self"])]);
        insta::assert_snapshot!(oddities(&site).join("\n"), @"
        the parent `swx` of host `c` is not declared; did you mean `sw1`?
        hosts are their own ancestors: a, b
        hosts are their own ancestors: self
        ");
    }
}
