//! Selectors: conditions on tags, labels, groups and folders, services of the selected hosts, children.
//!
//! The conditions are tested on hosts, and on services that were named: a service has its host's tags, labels and
//! folder unless it sets its own, and its own groups besides its host's.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{HostEntry, Inventory, ServiceEntry};
use super::pattern::Pattern;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};

/// `KEY=VALUE`, `KEY=A,B` (any of them) or `KEY!=VALUE` (none of them; a host without the key has none of them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    key: String,
    values: Vec<String>,
    inverted: bool,
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

    pub(super) fn holds(&self, attributes: &[&BTreeMap<String, String>]) -> bool {
        let value = attributes.iter().find_map(|attributes| attributes.get(&self.key));
        value.is_some_and(|value| self.values.contains(value)) != self.inverted
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

    /// What is left of `named` (or of every host, if nothing is named), what is added to it, in this order: conditions;
    /// children, unless `--on-host` first turns services into hosts; services; their hosts.
    pub fn apply(
        &self,
        named: Option<BTreeSet<Target>>,
        inventory: &Inventory,
        objects: &BTreeSet<Target>,
    ) -> BTreeSet<Target> {
        let hosts = || inventory.hosts.keys().map(Target::host).collect();
        let mut selected: BTreeSet<Target> = named.unwrap_or_else(hosts);
        if self.has_conditions() {
            selected.retain(|object| self.admits(object, inventory));
        }
        if !self.on_host {
            add_children(&mut selected, self.children, inventory);
        }
        if !self.services.is_empty() {
            selected = self.services_of(&selected, objects);
        }
        if self.on_host {
            selected = selected.iter().map(Target::own_host).collect();
            add_children(&mut selected, self.children, inventory);
        }
        selected
    }

    /// Whether the conditions hold for an object; one that is not declared has no attributes.
    fn admits(&self, object: &Target, inventory: &Inventory) -> bool {
        let attributes = Attributes::of(object, inventory);
        let (tags, labels) = (attributes.tags(), attributes.labels());
        self.tags.iter().all(|condition| condition.holds(&tags))
            && self.labels.iter().all(|condition| condition.holds(&labels))
            && self.groups.iter().all(|group| attributes.in_group(group))
            && (self.folders.is_empty() || self.folders.iter().any(|folder| attributes.in_folder(folder)))
    }

    fn services_of(&self, selected: &BTreeSet<Target>, objects: &BTreeSet<Target>) -> BTreeSet<Target> {
        let admits = |service: &str| self.services.iter().any(|pattern| pattern.matches(service));
        (objects.iter().chain(selected))
            .filter(|object| object.service.as_deref().is_some_and(admits))
            .filter(|object| selected.contains(*object) || selected.contains(&object.own_host()))
            .cloned()
            .collect()
    }
}

/// Adds the hosts that are reached through the hosts selected, as far as asked.
pub(super) fn add_children(selected: &mut BTreeSet<Target>, depth: Option<Depth>, inventory: &Inventory) {
    let Some(depth) = depth else { return };
    let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (host, entry) in &inventory.hosts {
        for parent in &entry.parents {
            children.entry(parent).or_default().push(host);
        }
    }
    let mut to_follow: Vec<String> =
        selected.iter().filter(|object| object.service.is_none()).map(|host| host.host.clone()).collect();
    while let Some(parent) = to_follow.pop() {
        for child in children.get(parent.as_str()).into_iter().flatten() {
            // A host that is in already was followed, or will be: cycles and diamonds end here.
            if selected.insert(Target::host(*child)) && depth == Depth::Any {
                to_follow.push((*child).to_owned());
            }
        }
    }
}

/// What is declared about an object, the service's own before its host's.
pub(super) struct Attributes<'a> {
    host: Option<&'a HostEntry>,
    own: Option<&'a ServiceEntry>,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(object: &Target, inventory: &'a Inventory) -> Self {
        let host = inventory.hosts.get(&object.host);
        let own = host.zip(object.service.as_deref()).and_then(|(host, service)| host.services.own(service));
        Self { host, own }
    }

    pub(super) fn tags(&self) -> Vec<&'a BTreeMap<String, String>> {
        self.own.map(|own| &own.tags).into_iter().chain(self.host.map(|host| &host.tags)).collect()
    }

    pub(super) fn labels(&self) -> Vec<&'a BTreeMap<String, String>> {
        self.own.map(|own| &own.labels).into_iter().chain(self.host.map(|host| &host.labels)).collect()
    }

    pub(super) fn in_group(&self, group: &str) -> bool {
        let groups = self.own.map(|own| &own.groups).into_iter().chain(self.host.map(|host| &host.groups));
        groups.flatten().any(|name| name == group)
    }

    /// Whether the folder is `path` or below it; `/` holds every host that is filed.
    pub(super) fn in_folder(&self, path: &str) -> bool {
        let path = path.trim_matches('/');
        let folder = self.host.and_then(|host| host.folder.as_deref()).map(|folder| folder.trim_matches('/'));
        folder.is_some_and(|folder| {
            path.is_empty() || folder == path || folder.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::inventory::declared::Source;

    const SITE: &str = r#"
        [hosts.sw1]
        folder = "/ams"
        [hosts.web01]
        folder = "/ams/dmz"
        tags = { os = "linux", criticality = "prod" }
        labels = { team = "shop" }
        groups = ["web"]
        parents = ["sw1"]
        services = ["HTTP", "CPU"]
        [hosts.win01]
        folder = "/amsterdam"
        tags = { os = "windows", criticality = "prod" }
        parents = ["web01"]
        [hosts.win01.services.CPU]
        [hosts.win01.services.Backup]
        tags = { criticality = "test" }
        groups = ["nightly"]
        [hosts.bare]
        parents = ["win01", "web01"]
    "#;

    fn site() -> Inventory {
        Inventory::parse(&[Source { name: "inventory.toml".into(), text: SITE.into() }]).unwrap()
    }

    fn tags(texts: &[&str]) -> Vec<Condition> {
        texts.iter().map(|text| Condition::parse(text).unwrap()).collect()
    }

    fn selected(named: &[&str], selectors: &Selectors) -> Vec<String> {
        let named = (!named.is_empty()).then(|| named.iter().map(|name| Target::parse(name)).collect());
        selectors.apply(named, &site(), &site().objects()).iter().map(Target::to_string).collect()
    }

    #[test]
    fn conditions_are_anded_and_their_values_alternatives() {
        let by_tags = |texts: &[&str]| selected(&[], &Selectors { tags: tags(texts), ..Selectors::default() });
        assert_eq!(by_tags(&["os=linux"]), ["web01"]);
        assert_eq!(by_tags(&["os=linux,windows", "criticality=prod"]), ["web01", "win01"]);
        assert_eq!(by_tags(&["os!=linux"]), ["bare", "sw1", "win01"], "without the tag it is not linux either");
        assert_eq!(by_tags(&["os!=linux,windows"]), ["bare", "sw1"]);
        assert!(Condition::parse("os").is_err() && Condition::parse("=x").is_err() && Condition::parse("os=").is_err());
    }

    #[test]
    fn a_folder_holds_what_is_below_it_and_not_what_only_begins_like_it() {
        let in_folder = |path: &str| selected(&[], &Selectors { folders: vec![path.into()], ..Selectors::default() });
        assert_eq!(in_folder("/ams"), ["sw1", "web01"]);
        assert_eq!(in_folder("ams/dmz/"), ["web01"]);
        assert_eq!(in_folder("/"), ["sw1", "web01", "win01"]);
    }

    #[test]
    fn a_service_has_what_its_host_has_unless_it_sets_its_own() {
        let services = ["web01/HTTP", "win01/CPU", "win01/Backup"];
        let by_tags = |texts: &[&str]| selected(&services, &Selectors { tags: tags(texts), ..Selectors::default() });
        assert_eq!(by_tags(&["criticality=prod"]), ["web01/HTTP", "win01/CPU"]);
        assert_eq!(by_tags(&["os=windows"]), ["win01/Backup", "win01/CPU"]);
        let groups = |name: &str| selected(&services, &Selectors { groups: vec![name.into()], ..Selectors::default() });
        assert_eq!(groups("nightly"), ["win01/Backup"]);
        assert_eq!(groups("web"), ["web01/HTTP"]);
    }

    #[test]
    fn services_replace_their_hosts_and_hosts_their_services() {
        let cpu = || vec![Pattern::parse("CP*").unwrap()];
        let of = |selectors| selected(&[], &selectors);
        assert_eq!(of(Selectors { services: cpu(), ..Selectors::default() }), ["web01/CPU", "win01/CPU"]);
        assert_eq!(of(Selectors { services: cpu(), on_host: true, ..Selectors::default() }), ["web01", "win01"]);
    }

    #[test]
    fn children_are_followed_as_far_as_asked() {
        let of = |depth| selected(&["sw1"], &Selectors { children: Some(depth), ..Selectors::default() });
        assert_eq!(of(Depth::Direct), ["sw1", "web01"]);
        assert_eq!(of(Depth::Any), ["bare", "sw1", "web01", "win01"]);
    }

    proptest! {
        /// Reachability worked out the other way round: add whoever has a parent in the set until nobody is added.
        #[test]
        fn children_on_any_graph_are_those_that_can_be_reached(
            edges in prop::collection::vec((0_usize..9, 0_usize..9), 0..30),
            start in prop::collection::btree_set(0_usize..9, 1..3),
        ) {
            let mut inventory = Inventory::default();
            for host in 0..9 {
                let parents = edges.iter().filter(|(child, _)| *child == host).map(|(_, parent)| format!("h{parent}"));
                let entry = HostEntry { parents: parents.collect(), ..HostEntry::default() };
                inventory.hosts.insert(format!("h{host}"), entry);
            }
            let named: BTreeSet<Target> = start.iter().map(|host| Target::host(format!("h{host}"))).collect();
            let mut reached = start.clone();
            let direct: BTreeSet<usize> =
                edges.iter().filter(|(_, parent)| start.contains(parent)).map(|(child, _)| *child).chain(start.clone()).collect();
            while let Some((child, _)) = edges.iter().find(|(child, parent)| reached.contains(parent) && !reached.contains(child)) {
                reached.insert(*child);
            }
            let names = |hosts: &BTreeSet<usize>| hosts.iter().map(|host| Target::host(format!("h{host}"))).collect::<BTreeSet<_>>();
            for (depth, expected) in [(Depth::Any, names(&reached)), (Depth::Direct, names(&direct))] {
                let selectors = Selectors { children: Some(depth), ..Selectors::default() };
                prop_assert_eq!(selectors.apply(Some(named.clone()), &inventory, &inventory.objects()), expected);
            }
        }
    }
}
