//! Any selection on any site is what a plain look at each object makes of the same words.
//!
//! The look below shares nothing with the code it judges: no index, no pattern library, no entry of the inventory.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select as any_of, subsequence};

use super::*;
use crate::failure::Outcome;
use crate::inventory::declared::{HostEntry, ServiceEntry};
use crate::inventory::selection::{self, Known, Unknown};

type Pairs = BTreeMap<String, String>;
type Object = (&'static str, Option<&'static str>);
/// A pattern as typed, and what it means.
type Meaning = (&'static str, fn(&str) -> bool);

const HOSTS: &[&str] = &["a1", "a2", "b1", "b[1]", "sw"];
const SERVICES: &[&str] = &["CPU", "Disk /", "Disk C:\\", "~odd"];
const FOLDERS: &[&str] = &["/x", "/x/y", "/xy", "/"];
const KEYS: &[&str] = &["k", "l"];
const VALUES: &[&str] = &["1", "2"];
const GROUPS: &[&str] = &["g", "h"];

const HOST_PATTERNS: &[Meaning] = &[
    ("a1", |name| name == "a1"),
    ("b[1]", |name| name == "b[1]" || name == "b1"),
    ("a*", |name| name.starts_with('a')),
    ("?1", |name| name.chars().count() == 2 && name.ends_with('1')),
    ("*", |_| true),
    ("~1", |name| name.contains('1')),
    ("~^s", |name| name.starts_with('s')),
];
const SERVICE_PATTERNS: &[Meaning] = &[
    ("CPU", |name| name == "CPU"),
    ("Disk*", |name| name.starts_with("Disk")),
    ("*/", |name| name.ends_with('/')),
    ("~[CD]", |name| name.contains(['C', 'D'])),
    ("Disk C:\\", |name| name == "Disk C:\\"),
    ("Old", |name| name == "Old"),
];

/// What is declared about a host or a service.
#[derive(Debug, Clone, Default)]
struct Facts {
    folder: Option<&'static str>,
    tags: Pairs,
    labels: Pairs,
    groups: Vec<&'static str>,
}

#[derive(Debug, Clone)]
struct Host {
    facts: Facts,
    parents: Vec<&'static str>,
    services: Vec<(&'static str, Facts)>,
    in_table: bool,
}

/// A site, and the services and hosts that only a log knows.
#[derive(Debug, Clone)]
struct Site {
    hosts: BTreeMap<&'static str, Host>,
    seen: Vec<Object>,
}

/// What is asked for.
#[derive(Debug, Clone)]
struct Asked {
    targets: Vec<(Meaning, Option<Meaning>)>,
    tags: Vec<(&'static str, bool, Vec<&'static str>)>,
    labels: Vec<(&'static str, bool, Vec<&'static str>)>,
    groups: Vec<&'static str>,
    folders: Vec<&'static str>,
    services: Vec<Meaning>,
    on_host: bool,
    children: Option<Depth>,
}

fn facts() -> impl Strategy<Value = Facts> {
    let pairs = || btree_map(any_of(KEYS), any_of(VALUES), 0..=2);
    let owned = |pairs: BTreeMap<&str, &str>| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    (of(any_of(FOLDERS)), pairs(), pairs(), subsequence(GROUPS, 0..=2)).prop_map(
        move |(folder, tags, labels, groups)| Facts { folder, tags: owned(tags), labels: owned(labels), groups },
    )
}

fn host() -> impl Strategy<Value = Host> {
    let parents = vec(any_of(&["a1", "a2", "b1", "b[1]", "sw", "undeclared"][..]), 0..3);
    let services = subsequence(SERVICES, 0..=4).prop_flat_map(|names| {
        let facts = vec(prop_oneof![Just(Facts::default()), facts()], names.len());
        facts.prop_map(move |facts| names.iter().copied().zip(facts).collect())
    });
    (facts(), parents, services, any::<bool>()).prop_map(
        |(facts, parents, mut services, in_table): (_, _, Vec<_>, _)| {
            if !in_table {
                for (_, facts) in &mut services {
                    *facts = Facts::default();
                }
            }
            Host { facts, parents, services, in_table }
        },
    )
}

fn site() -> impl Strategy<Value = Site> {
    let seen: &[Object] = &[("a1", Some("Old")), ("sw", Some("CPU")), ("log", None), ("log", Some("CPU"))];
    let hosts = subsequence(HOSTS, 1..=5).prop_flat_map(|names| {
        vec(host(), names.len()).prop_map(move |hosts| names.iter().copied().zip(hosts).collect())
    });
    (hosts, subsequence(seen, 0..=4)).prop_map(|(hosts, seen)| Site { hosts, seen })
}

fn asked() -> impl Strategy<Value = Asked> {
    let target = (any_of(HOST_PATTERNS), of(any_of(SERVICE_PATTERNS)));
    let conditions = || vec((any_of(KEYS), any::<bool>(), subsequence(VALUES, 1..=2)), 0..2);
    let children = any_of(&[None, None, Some(Depth::Direct), Some(Depth::Any)][..]);
    let services = vec(any_of(SERVICE_PATTERNS), 0..2);
    let (groups, folders) = (subsequence(GROUPS, 0..=1), subsequence(FOLDERS, 0..=2));
    (vec(target, 0..3), conditions(), conditions(), groups, folders, services, any::<bool>(), children).prop_map(
        |(targets, tags, labels, groups, folders, services, on_host, children)| Asked {
            targets,
            tags,
            labels,
            groups,
            folders,
            services,
            on_host,
            children,
        },
    )
}

/// The plain look.
impl Site {
    fn objects(&self) -> BTreeSet<Object> {
        let mut objects: BTreeSet<Object> = self.seen.iter().copied().collect();
        for (name, host) in &self.hosts {
            objects.insert((name, None));
            objects.extend(host.services.iter().map(|(service, _)| (*name, Some(*service))));
        }
        let hosts: Vec<Object> = objects.iter().map(|(host, _)| (*host, None)).collect();
        objects.into_iter().chain(hosts).collect()
    }

    /// A service's own facts, then its host's.
    fn facts(&self, (host, service): Object) -> Vec<&Facts> {
        let Some(host) = self.hosts.get(host) else { return Vec::new() };
        let own = host.services.iter().find(|(name, _)| Some(*name) == service).map(|(_, facts)| facts);
        own.into_iter().chain([&host.facts]).collect()
    }

    fn admits(&self, asked: &Asked, object: Object) -> bool {
        let facts = self.facts(object);
        let has = |pairs: &dyn Fn(&Facts) -> Pairs, (key, inverted, values): &(&str, bool, Vec<&str>)| {
            let value = facts.iter().find_map(|facts| pairs(facts).get(*key).cloned());
            value.is_some_and(|value| values.contains(&value.as_str())) != *inverted
        };
        let folder = facts.iter().find_map(|facts| facts.folder);
        let below = |path: &&str| match (folder, path.trim_matches('/')) {
            (None, _) => false,
            (Some(_), "") => true,
            (Some(folder), path) => format!("{folder}/").starts_with(&format!("/{path}/")),
        };
        asked.tags.iter().all(|tag| has(&|facts| facts.tags.clone(), tag))
            && asked.labels.iter().all(|label| has(&|facts| facts.labels.clone(), label))
            && asked.groups.iter().all(|group| facts.iter().any(|facts| facts.groups.contains(group)))
            && (asked.folders.is_empty() || asked.folders.iter().any(below))
    }

    fn with_children(&self, asked: &Asked, mut set: BTreeSet<Object>) -> BTreeSet<Object> {
        let rounds = match asked.children {
            None => 0,
            Some(Depth::Direct) => 1,
            Some(Depth::Any) => self.hosts.len(),
        };
        for _ in 0..rounds {
            let reached = |host: &&Host| host.parents.iter().any(|parent| set.contains(&(*parent, None)));
            let more: Vec<Object> =
                self.hosts.iter().filter(|(_, host)| reached(host)).map(|(name, _)| (*name, None)).collect();
            set.extend(more);
        }
        set
    }

    fn selection(&self, asked: &Asked) -> BTreeSet<Object> {
        let named = |(host, service): &Object| {
            // What is typed is that object if there is one of that name.
            let means =
                |(text, meaning): Meaning, name: &str, known: bool| if known { text == name } else { meaning(name) };
            asked.targets.iter().any(|((host_text, host_meaning), service_pattern)| {
                let known_host = self.objects().contains(&(*host_text, None));
                let literal =
                    self.objects().iter().any(|object| *object == (*host_text, service_pattern.map(|it| it.0)));
                means((*host_text, *host_meaning), host, known_host)
                    && match (service_pattern, service) {
                        (None, None) => true,
                        (Some(pattern), Some(service)) => means(*pattern, service, literal),
                        _ => false,
                    }
            })
        };
        let admits = |object: Object| self.admits(asked, object);
        let start: BTreeSet<Object> = (self.objects().into_iter())
            .filter(|object| match (asked.targets.as_slice(), object) {
                ([], (host, _)) if !self.hosts.contains_key(host) => false,
                ([], (_, None)) => admits(*object),
                ([], (host, Some(_))) => admits(*object) && !admits((host, None)),
                _ => named(object) && admits(*object),
            })
            .collect();
        let start = if asked.on_host { start } else { self.with_children(asked, start) };
        let served = if asked.services.is_empty() {
            start
        } else {
            let of_start = |object: &Object| {
                let fell_out = admits((object.0, None)) && !admits(*object);
                start.contains(object) || (start.contains(&(object.0, None)) && !fell_out)
            };
            let matches = |object: &Object| object.1.is_some_and(|name| asked.services.iter().any(|it| it.1(name)));
            self.objects().into_iter().filter(|object| matches(object) && of_start(object)).collect()
        };
        if asked.on_host {
            return self.with_children(asked, served.into_iter().map(|(host, _)| (host, None)).collect());
        }
        served
    }
}

/// The same for the program.
impl Site {
    fn inventory(&self) -> Inventory {
        let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        let own = |facts: &Facts| ServiceEntry {
            folder: facts.folder.map(str::to_owned),
            tags: facts.tags.clone(),
            labels: facts.labels.clone(),
            groups: texts(&facts.groups),
            ..ServiceEntry::default()
        };
        let entry = |host: &Host| HostEntry {
            folder: host.facts.folder.map(str::to_owned),
            tags: host.facts.tags.clone(),
            labels: host.facts.labels.clone(),
            groups: texts(&host.facts.groups),
            parents: texts(&host.parents),
            services: if host.in_table {
                Services::Table(host.services.iter().map(|(name, facts)| ((*name).to_owned(), own(facts))).collect())
            } else {
                Services::Names(host.services.iter().map(|(name, _)| (*name).to_owned()).collect())
            },
            ..HostEntry::default()
        };
        Inventory { hosts: self.hosts.iter().map(|(name, host)| ((*name).to_owned(), entry(host))).collect() }
    }
}

impl Asked {
    fn texts(&self) -> Vec<String> {
        let text = |((host, _), service): &(Meaning, Option<Meaning>)| match service {
            None => (*host).to_owned(),
            Some((service, _)) => format!("{host}/{service}"),
        };
        self.targets.iter().map(text).collect()
    }

    fn selectors(&self) -> Selectors {
        let condition = |(key, inverted, values): &(&str, bool, Vec<&str>)| {
            Condition::parse(&format!("{key}{}={}", if *inverted { "!" } else { "" }, values.join(","))).unwrap()
        };
        Selectors {
            tags: self.tags.iter().map(condition).collect(),
            labels: self.labels.iter().map(condition).collect(),
            groups: self.groups.iter().map(|name| (*name).to_owned()).collect(),
            folders: self.folders.iter().map(|path| (*path).to_owned()).collect(),
            services: self.services.iter().map(|(text, _)| Pattern::parse(text).unwrap()).collect(),
            on_host: self.on_host,
            children: self.children,
        }
    }
}

struct Told<'a>(&'a Inventory, &'a BTreeSet<Target>);

impl Known for Told<'_> {
    fn has_inventory(&self) -> Outcome<bool> {
        Ok(true)
    }
    fn contains(&self, object: &Target) -> Outcome<bool> {
        let is_host_of = |other: &Target| object.service.is_none() && other.host == object.host;
        Ok(self.0.declares(object) || self.1.contains(object) || self.1.iter().any(is_host_of))
    }
    fn objects(&self) -> Outcome<BTreeSet<Target>> {
        Ok(self.0.objects().into_iter().chain(self.1.iter().cloned()).collect())
    }
    fn declared_hosts(&self) -> Outcome<BTreeSet<String>> {
        Ok(self.0.hosts.keys().cloned().collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_selection_is_what_a_plain_look_at_each_object_makes_of_it(site in site(), asked in asked()) {
        let inventory = site.inventory();
        let target = |(host, service): &Object| match service {
            None => Target::host(*host),
            Some(service) => Target::service(*host, *service),
        };
        let seen: BTreeSet<Target> = site.seen.iter().map(target).collect();
        let named = match asked.texts().as_slice() {
            [] => Ok(None),
            texts => selection::select(texts, &Told(&inventory, &seen), Unknown::Refuse).map(Some),
        };
        if let Ok(named) = named {
            let expected: BTreeSet<Target> = site.selection(&asked).iter().map(target).collect();
            prop_assert_eq!(asked.selectors().apply(named, &inventory, &seen), expected);
        } else {
            // A target that means nothing at all is refused before anything is selected.
            let alone = |target: &(Meaning, Option<Meaning>)| Asked {
                targets: vec![*target], tags: Vec::new(), labels: Vec::new(), groups: Vec::new(),
                folders: Vec::new(), services: Vec::new(), on_host: false, children: None,
            };
            prop_assert!(asked.targets.iter().any(|target| site.selection(&alone(target)).is_empty()));
        }
    }
}
