//! Hosts and their parents: who is reached through whom, and what is odd about that.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::declared::Inventory;
use crate::failure::nearest;

/// Who is reached through whom.
#[derive(Debug, Clone)]
pub struct Family<'a> {
    inventory: &'a Inventory,
    children: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Family<'a> {
    /// The family of all declared hosts.
    pub fn of(inventory: &'a Inventory) -> Self {
        let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (host, entry) in &inventory.hosts {
            for parent in &entry.parents {
                let children = children.entry(parent).or_default();
                // Hosts come in order, so a parent named twice would follow itself.
                if children.last() != Some(&host.as_str()) {
                    children.push(host);
                }
            }
        }
        Self { inventory, children }
    }

    /// The hosts whose parents hold `host`, sorted.
    pub fn children(&self, host: &str) -> &[&'a str] {
        self.children.get(host).map_or(&[], Vec::as_slice)
    }

    /// The parents that a host names; none if it is not declared.
    pub fn parents(&self, host: &str) -> &'a [String] {
        self.inventory.hosts.get(host).map_or(&[], |entry| &entry.parents)
    }

    /// The declared hosts without any parent that is declared, and the parents that are not, sorted.
    pub fn roots(&self) -> BTreeSet<&'a str> {
        let hosts = self.inventory.hosts.iter().filter(|(_, entry)| entry.parents.is_empty());
        let undeclared = self.children.keys().filter(|parent| !self.inventory.hosts.contains_key(**parent));
        hosts.map(|(host, _)| host.as_str()).chain(undeclared.copied()).collect()
    }

    /// Groups of hosts each of which is an ancestor of all in its group.
    pub fn cycles(&self) -> Vec<Vec<&'a str>> {
        let mut left: BTreeSet<&str> = self.on_or_between_cycles();
        let mut cycles = Vec::new();
        while let Some(host) = left.first().copied() {
            let above = reached(host, &left, |host| self.parents(host).iter().map(String::as_str));
            let below = reached(host, &left, |host| self.children(host).iter().copied());
            let group: BTreeSet<&str> = above.intersection(&below).copied().collect();
            left.remove(host);
            left.retain(|host| !group.contains(host));
            if !group.is_empty() {
                cycles.push(group.into_iter().collect());
            }
        }
        cycles
    }

    /// What is left when hosts without parents are taken away again and again: few where all is well.
    fn on_or_between_cycles(&self) -> BTreeSet<&'a str> {
        let mut parents: BTreeMap<&str, usize> = BTreeMap::new();
        for child in self.children.values().flatten() {
            *parents.entry(child).or_default() += 1;
        }
        let mut free: Vec<&str> = self.roots().into_iter().collect();
        while let Some(host) = free.pop() {
            for child in self.children(host) {
                let Some(count) = parents.get_mut(child) else { continue };
                *count -= 1;
                if *count == 0 {
                    parents.remove(child);
                    free.push(child);
                }
            }
        }
        parents.into_keys().collect()
    }
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

/// The hosts that can be reached from one, itself only if it can be reached again.
fn reached<'a, I: Iterator<Item = &'a str>>(
    from: &'a str,
    among: &BTreeSet<&'a str>,
    next: impl Fn(&'a str) -> I,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut to_follow = vec![from];
    while let Some(host) = to_follow.pop() {
        for other in next(host) {
            if among.contains(other) && found.insert(other) {
                to_follow.push(other);
            }
        }
    }
    found
}

/// Something odd about parents that leaves the inventory usable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity<'a> {
    /// The host whose parents are odd.
    pub host: &'a str,
    /// The parent that is.
    pub parent: Option<&'a str>,
    /// What is odd.
    pub what: String,
    /// A declared host of almost the parent's name.
    pub meant: Option<&'a str>,
}

impl fmt::Display for Oddity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        self.meant.map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
    }
}

/// For how many parents a host of almost that name is looked for: each costs a look at every host.
const SUGGESTIONS: usize = 50;

/// What is odd about the declared parents: those that are not declared, and hosts that are their own ancestor.
pub fn oddities(inventory: &Inventory) -> Vec<Oddity<'_>> {
    let mut odd = Vec::new();
    let mut looked_for: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (host, entry) in &inventory.hosts {
        for parent in entry.parents.iter().filter(|parent| !inventory.hosts.contains_key(*parent)) {
            let meant = match looked_for.get(parent.as_str()) {
                Some(meant) => *meant,
                None if looked_for.len() < SUGGESTIONS => {
                    let meant = nearest(parent, inventory.hosts.keys().map(String::as_str));
                    looked_for.insert(parent, meant);
                    meant
                }
                None => None,
            };
            let what = format!("the parent `{parent}` of host `{host}` is not declared");
            odd.push(Oddity { host, parent: Some(parent), what, meant });
        }
    }
    odd.extend(Family::of(inventory).cycles().into_iter().map(|cycle| {
        let (host, what) = match cycle.as_slice() {
            [host] => (*host, format!("host `{host}` is its own parent")),
            hosts => (hosts[0], format!("hosts are their own ancestors: {}", hosts.join(", "))),
        };
        let parent = inventory.hosts[host].parents.iter().find(|parent| cycle.contains(&parent.as_str()));
        Oddity { host, parent: parent.map(String::as_str), what, meant: None }
    }));
    odd
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
        let odd: Vec<String> = oddities(&site).iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(odd.join("\n"), @"
        the parent `swx` of host `c` is not declared; did you mean `sw1`?
        hosts are their own ancestors: a, b
        host `self` is its own parent
        ");
    }

    #[test]
    fn what_lies_between_two_cycles_is_on_neither() {
        let site = site(&[
            ("a", &["b"]),
            ("b", &["a"]),
            ("between", &["b"]),
            ("c", &["between", "d"]),
            ("d", &["c", "c"]),
            ("below", &["d", "nobody"]),
        ]);
        let family = Family::of(&site);
        assert_eq!(family.cycles(), [["a", "b"], ["c", "d"]]);
        assert_eq!(family.children("b"), ["a", "between"]);
        assert_eq!(family.children("c"), ["d"], "once, although it is named twice");
        assert_eq!(family.roots().into_iter().collect::<Vec<_>>(), ["nobody"]);
    }
}
