//! What many `match` tables mean upon one inventory: hosts that cannot be meant are not looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Matching;
use crate::downtime::target::Target;
use crate::inventory::declared::{HostEntry, Inventory, ServiceEntry, Services};
use crate::inventory::pattern::Pattern;
use crate::inventory::selectors::{Condition, Depth};

/// Numbers of hosts in the order of their names, sorted.
type Numbers = Vec<u32>;
/// Key, value, the hosts that have it, themselves or by a service.
type Pairs = HashMap<String, HashMap<String, Numbers>>;

/// An inventory, and which hosts have what is asked for.
#[derive(Debug)]
pub struct Index {
    inventory: Arc<Inventory>,
    hosts: Vec<String>,
    tags: Pairs,
    labels: Pairs,
    groups: HashMap<String, Numbers>,
    folders: HashMap<String, Numbers>,
    children: HashMap<String, Numbers>,
}

impl Index {
    /// The index of an inventory.
    pub fn of(inventory: &Arc<Inventory>) -> Self {
        let mut index = Self {
            hosts: inventory.hosts.keys().cloned().collect(),
            tags: Pairs::new(),
            labels: Pairs::new(),
            groups: HashMap::new(),
            folders: HashMap::new(),
            children: HashMap::new(),
            inventory: Arc::clone(inventory),
        };
        for (number, entry) in (0..).zip(inventory.hosts.values()) {
            let HostEntry { tags, labels, groups, folder, parents, services, .. } = entry;
            index.note(number, tags, labels, groups, folder.as_deref());
            for parent in parents {
                note(&mut index.children, parent, number);
            }
            if let Services::Table(services) = services {
                for ServiceEntry { tags, labels, groups, folder, .. } in services.values() {
                    index.note(number, tags, labels, groups, folder.as_deref());
                }
            }
        }
        index
    }

    /// Notes what a host, or a service of it, sets.
    fn note(
        &mut self,
        number: u32,
        tags: &BTreeMap<String, String>,
        labels: &BTreeMap<String, String>,
        groups: &[String],
        folder: Option<&str>,
    ) {
        for (pairs, set) in [(&mut self.tags, tags), (&mut self.labels, labels)] {
            for (key, value) in set {
                match pairs.get_mut(key) {
                    Some(values) => note(values, value, number),
                    None => note(pairs.entry(key.clone()).or_default(), value, number),
                }
            }
        }
        for group in groups {
            note(&mut self.groups, group, number);
        }
        if let Some(folder) = folder {
            note(&mut self.folders, folder, number);
        }
    }

    /// [`Selection::targets`](super::Selection::targets), sorted.
    pub fn targets(&self, matching: &Matching) -> Vec<Target> {
        let may_be = self.may_be_meant(matching);
        may_be.into_iter().flat_map(|host| matching.targets_on(host, &self.inventory)).collect()
    }

    /// The hosts that may be meant or have services that may be, sorted: others cannot.
    fn may_be_meant(&self, matching: &Matching) -> Vec<&str> {
        let Matching { tags, labels, groups, folders, hosts, children, .. } = matching;
        let all = || (0..).take(self.hosts.len()).collect::<Numbers>();
        let mut lists: Vec<Numbers> = Vec::new();
        lists.extend(tags.iter().map(|condition| with_pair(&self.tags, condition)));
        lists.extend(labels.iter().map(|condition| with_pair(&self.labels, condition)));
        lists.extend(groups.as_ref().map(|groups| union(groups.iter().filter_map(|group| self.groups.get(group)))));
        lists.extend(folders.as_ref().map(|folders| self.below(folders)));
        let has_attributes = !lists.is_empty();
        lists.extend(hosts.as_ref().map(|patterns| self.named(patterns)));
        lists.sort_unstable_by_key(Vec::len);
        let found = lists
            .into_iter()
            .reduce(|left, right| left.into_iter().filter(|number| right.binary_search(number).is_ok()).collect());
        let found = found.unwrap_or_else(all).into_iter().map(|number| self.name(number));
        match children {
            None => found.collect(),
            Some(depth) => {
                let fits = |name: &str| hosts.as_ref().is_none_or(|hosts| hosts.iter().any(|it| it.matches(name)));
                // A parent that is not declared has a name and no attributes.
                let undeclared = self.children.keys().map(String::as_str).filter(|_| !has_attributes);
                let roots: BTreeSet<&str> = found.chain(undeclared).filter(|name| fits(name)).collect();
                self.with_children(roots, *depth)
            }
        }
    }

    fn with_children<'s>(&'s self, roots: BTreeSet<&'s str>, depth: Depth) -> Vec<&'s str> {
        let mut to_follow: Vec<&str> = roots.iter().copied().collect();
        let mut found = roots;
        while let Some(parent) = to_follow.pop() {
            for child in self.children.get(parent).into_iter().flatten().map(|number| self.name(*number)) {
                if found.insert(child) && depth == Depth::Any {
                    to_follow.push(child);
                }
            }
        }
        found.into_iter().collect()
    }

    fn name(&self, number: u32) -> &str {
        &self.hosts[number as usize]
    }

    /// The hosts whose names any of the patterns may match.
    fn named(&self, patterns: &[Pattern]) -> Numbers {
        let ranges: Vec<Numbers> = patterns
            .iter()
            .map(|pattern| {
                let prefix = pattern.prefix();
                let from = self.hosts.partition_point(|host| host.as_str() < prefix);
                let count = self.hosts[from..].partition_point(|host| host.starts_with(prefix));
                (from..from + count).filter_map(|number| u32::try_from(number).ok()).collect()
            })
            .collect();
        union(&ranges)
    }

    /// The hosts filed in any of these folders or below.
    fn below(&self, paths: &[String]) -> Numbers {
        let is_below = |folder: &str, path: &str| {
            let (folder, path) = (folder.trim_matches('/'), path.trim_matches('/'));
            path.is_empty() || folder.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let within = self.folders.iter().filter(|(folder, _)| paths.iter().any(|path| is_below(folder, path)));
        union(within.map(|(_, numbers)| numbers))
    }
}

/// Hosts come in order, so each is noted once.
fn note(lists: &mut HashMap<String, Numbers>, key: &str, number: u32) {
    match lists.get_mut(key) {
        Some(list) if list.last() == Some(&number) => {}
        Some(list) => list.push(number),
        None => drop(lists.insert(key.to_owned(), vec![number])),
    }
}

fn with_pair(pairs: &Pairs, condition: &Condition) -> Numbers {
    let values = pairs.get(&condition.key);
    union(values.into_iter().flat_map(|values| condition.values.iter().filter_map(|value| values.get(value))))
}

fn union<'a>(lists: impl IntoIterator<Item = &'a Numbers>) -> Numbers {
    let mut lists = lists.into_iter();
    let mut all = lists.next().cloned().unwrap_or_default();
    let before = all.len();
    all.extend(lists.flatten());
    if all.len() > before {
        all.sort_unstable();
        all.dedup();
    }
    all
}
