//! Which rules cover which host, worked out once for a version of rules and inventory: a cache, so that a look at one host
//! reads a few pages, parses no file and compiles no pattern.
//!
//! `RULES.rules` holds the rules of a version that are not disabled, by name. `RULES-INVENTORY.covers` holds for each host
//! that is covered which of them do, with which services: hosts that are alike share a record.

mod keep;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::PathBuf;

use super::Store;
use super::edited::digest;
use super::known::names;
use super::layout::Layout;
use super::records::{Key, Magic, Records};
use crate::downtime::target::Target;
use crate::inventory::matching::Index;
use crate::rules::book::Covering;
use crate::rules::epochs::Epoch;
use crate::rules::{Declared, Rule, Rules};

const RULES: Magic = *b"downtime-rules-1";
const COVERS: Magic = *b"downtime-cover-1";
/// How the files of these caches end.
pub(super) const ENDINGS: [&str; 2] = [".rules", ".covers"];
/// Beyond so many hosts all keys are read at once.
const MANY: usize = 64;

/// One rule that covers a host: its number, how long its longest occurrence is in seconds, and the services that are its
/// targets there; without them the host is.
type Entry = (u32, i64, Option<Vec<String>>);

/// The rules of a version, and whom they cover by a version of the inventory.
#[derive(Debug)]
pub(super) struct Covers {
    rules: Records,
    covers: Records,
}

/// Names a version in names of files: 128 bits of what it holds and of the zone that it leans on.
fn short(version: &Epoch) -> String {
    let whole = match version.timezone {
        None => version.content.clone(),
        Some(zone) => digest(format!("{} {zone}", version.content).as_bytes()),
    };
    whole.chars().take(32).collect()
}

/// Where the rules of a version are.
pub(super) fn rules_path(layout: &Layout, rules: &Epoch) -> PathBuf {
    layout.cache().join(format!("{}{}", short(rules), ENDINGS[0]))
}

/// Where it is whom they cover by a version of the inventory.
pub(super) fn covers_path(layout: &Layout, rules: &Epoch, inventory: &Epoch) -> PathBuf {
    layout.cache().join(format!("{}-{}{}", short(rules), short(inventory), ENDINGS[1]))
}

/// The rules that are not disabled, by name.
fn sorted(rules: &Rules) -> Vec<&Declared> {
    let mut sorted: Vec<&Declared> = rules.enabled().collect();
    sorted.sort_unstable_by(|left, right| left.rule.name.cmp(&right.rule.name));
    sorted
}

fn key(name: &str) -> Key {
    names::digest(name, None)
}

/// The bytes of the file of rules.
pub(super) fn encode_rules(rules: &Rules) -> io::Result<Vec<u8>> {
    let sorted = sorted(rules);
    let records = sorted.iter().map(|it| serde_json::to_vec(&it.rule)).collect::<Result<Vec<_>, _>>()?;
    let keys = (0..).zip(&sorted).map(|(number, it)| (key(&it.rule.name), number)).collect();
    Records::encode(RULES, &records, keys)
}

/// The bytes of the file that tells whom they cover.
pub(super) fn encode_covers(rules: &Rules, inventory: &Index) -> io::Result<Vec<u8>> {
    let sorted = sorted(rules);
    // Rules for the same objects are many where there are many rules.
    let mut meant: HashMap<String, Vec<Target>> = HashMap::new();
    let mut lists: Vec<Option<Vec<String>>> = vec![None];
    let mut numbers: HashMap<Vec<String>, usize> = HashMap::new();
    let mut by_host: BTreeMap<String, Vec<(u32, usize)>> = BTreeMap::new();
    for (number, declared) in (0..).zip(&sorted) {
        let matching = &declared.matching;
        let targets = meant.entry(matching.to_string()).or_insert_with(|| inventory.targets(matching));
        for on_host in targets.chunk_by(|left, right| left.host == right.host) {
            let services: Vec<String> = on_host.iter().filter_map(|target| target.service.clone()).collect();
            let list = if services.is_empty() {
                0
            } else {
                *numbers.entry(services).or_insert_with_key(|services| {
                    lists.push(Some(services.clone()));
                    lists.len() - 1
                })
            };
            match by_host.get_mut(&on_host[0].host) {
                Some(covering) => covering.push((number, list)),
                None => drop(by_host.insert(on_host[0].host.clone(), vec![(number, list)])),
            }
        }
    }
    let longest: Vec<i64> = sorted.iter().map(|declared| declared.rule.plan.recurrence.longest()).collect();
    let (mut records, mut keys, mut alike) = (Vec::new(), Vec::with_capacity(by_host.len()), HashMap::new());
    for (host, covering) in by_host {
        let record = if let Some(record) = alike.get(&covering) {
            *record
        } else {
            let entry = |(number, list): &(u32, usize)| (*number, longest[*number as usize], lists[*list].clone());
            let entries: Vec<Entry> = covering.iter().map(entry).collect();
            let record = u32::try_from(records.len()).map_err(io::Error::other)?;
            records.push(postcard::to_allocvec(&entries).map_err(io::Error::other)?);
            alike.insert(covering, record);
            record
        };
        keys.push((key(&host), record));
    }
    Records::encode(COVERS, &records, keys)
}

impl Covers {
    /// What was worked out for these versions, if it is there.
    pub fn open(store: &Store, rules: &Epoch, inventory: &Epoch) -> io::Result<Self> {
        let covers = Records::open(store.files(), &covers_path(store.layout(), rules, inventory), COVERS)?;
        let rules = Records::open(store.files(), &rules_path(store.layout(), rules), RULES)?;
        Ok(Self { rules, covers })
    }

    /// The rules that cover any of these hosts, with their targets there alone, but for those none of whose occurrences
    /// lasts as long as `least` seconds.
    pub fn covering(&self, hosts: &BTreeSet<&str>, least: i64) -> io::Result<Vec<Covering>> {
        let mut targets: BTreeMap<u32, Vec<Target>> = BTreeMap::new();
        let mut known: HashMap<u32, Vec<Entry>> = HashMap::new();
        for (host, record) in self.records_of(hosts)? {
            if let std::collections::hash_map::Entry::Vacant(vacant) = known.entry(record) {
                let bytes = self.covers.get(record)?;
                vacant.insert(postcard::from_bytes(&bytes).map_err(io::Error::other)?);
            }
            for (rule, _, services) in known[&record].iter().filter(|(_, longest, _)| *longest >= least) {
                let on_host = targets.entry(*rule).or_default();
                match services {
                    None => on_host.push(Target::host(host)),
                    Some(services) => on_host.extend(services.iter().map(|service| Target::service(host, service))),
                }
            }
        }
        let numbers: Vec<u32> = targets.keys().copied().collect();
        let rules = self.rules.all_of(&numbers)?;
        let covering =
            |(bytes, targets): (Vec<u8>, Vec<Target>)| Ok(Covering { rule: serde_json::from_slice(&bytes)?, targets });
        rules.into_iter().zip(targets.into_values()).map(covering).collect()
    }

    /// The hosts among these that are covered, each with the number of its record.
    fn records_of<'h>(&self, hosts: &BTreeSet<&'h str>) -> io::Result<Vec<(&'h str, u32)>> {
        let mut found = Vec::new();
        if hosts.len() < MANY {
            for host in hosts {
                found.extend(self.covers.numbers(key(host))?.into_iter().map(|record| (*host, record)));
            }
        } else {
            let keys: HashMap<Key, u32> = self.covers.keys()?.into_iter().collect();
            found.extend(hosts.iter().filter_map(|host| Some((*host, *keys.get(&key(host))?))));
        }
        Ok(found)
    }
}

/// The rule of that name in a version, if it is there and not disabled.
pub(super) fn rule(store: &Store, version: &Epoch, name: &str) -> io::Result<Option<Rule>> {
    let rules = Records::open(store.files(), &rules_path(store.layout(), version), RULES)?;
    for number in rules.numbers(key(name))? {
        let rule: Rule = serde_json::from_slice(&rules.get(number)?)?;
        if rule.name == name {
            return Ok(Some(rule));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::inventory::declared::{Inventory, Source};
    use crate::store::files::{Disk, put};
    use crate::when::zone::Zone;

    fn source(text: String) -> [Source; 1] {
        [Source { name: "a.toml".into(), text }]
    }

    /// 200 hosts of three kinds, each with services.
    fn inventory() -> Arc<Inventory> {
        let host = |number: usize| {
            let os = ["linux", "windows", "aix"][number % 3];
            format!("[hosts.h{number:03}]\ntags = {{ os = '{os}' }}\nservices = ['CPU', 'S{}']\n", number % 7)
        };
        Arc::new(Inventory::parse(&source((0..200).map(host).collect())).unwrap())
    }

    fn rules() -> Rules {
        let matches = [
            "tags = { os = 'windows' }",
            "hosts = 'h0*'",
            "hosts = 'h0*', services = 'S*'",
            "tags = { os = 'windows' }, services = ['CPU', 'S1']",
            "everything = true",
            "hosts = 'nobody'",
        ];
        let rule = |(number, matching): (usize, &&str)| {
            format!(
                "[[rule]]\nname = 'r{number}'\ncomment = 'c'\nstart = '2026-11-22 22:00'\nduration = '{}m'\n\
                 repeat = 'daily'\ndisabled = {}\nmatch = {{ {matching} }}\n",
                number + 1,
                number == 4
            )
        };
        Rules::parse(&source(matches.iter().enumerate().map(rule).collect()), Zone::UTC).unwrap()
    }

    fn kept(dir: &tempfile::TempDir) -> Covers {
        let (rules, index) = (rules(), Index::of(&inventory()));
        let files = [("rules", encode_rules(&rules).unwrap()), ("covers", encode_covers(&rules, &index).unwrap())];
        let [rules, covers] = files.map(|(name, bytes)| {
            let path = dir.path().join(name);
            put(&Disk, &path, &bytes).unwrap();
            path
        });
        Covers {
            rules: Records::open(&Disk, &rules, RULES).unwrap(),
            covers: Records::open(&Disk, &covers, COVERS).unwrap(),
        }
    }

    /// What an evaluation of each rule says.
    fn evaluated(hosts: &BTreeSet<&str>, least: i64) -> Vec<Covering> {
        let (rules, inventory) = (rules(), inventory());
        let covering = |declared: &&Declared| {
            let targets = hosts.iter().flat_map(|host| declared.matching.targets_on(host, &inventory)).collect();
            Covering { rule: declared.rule.clone(), targets }
        };
        let enabled: Vec<&Declared> = rules.enabled().collect();
        let long = enabled.iter().filter(|it| it.rule.plan.recurrence.longest() >= least);
        long.map(covering).filter(|it| !it.targets.is_empty()).collect()
    }

    #[test]
    fn what_was_worked_out_is_what_an_evaluation_says_for_one_host_and_for_many() {
        let (dir, inventory) = (tempfile::tempdir().unwrap(), inventory());
        let covers = kept(&dir);
        let all: BTreeSet<&str> = inventory.hosts.keys().map(String::as_str).chain(["undeclared"]).collect();
        for host in &all {
            let host = BTreeSet::from([*host]);
            assert_eq!(covers.covering(&host, i64::MIN).unwrap(), evaluated(&host, i64::MIN), "{host:?}");
        }
        assert_eq!(covers.covering(&all, i64::MIN).unwrap(), evaluated(&all, i64::MIN));
        assert_eq!(covers.covering(&all, 180).unwrap(), evaluated(&all, 180));
    }

    #[test]
    fn hosts_that_are_alike_share_a_record() {
        let bytes = encode_covers(&rules(), &Index::of(&inventory())).unwrap();
        assert!(bytes.len() < 3 * crate::store::blocks::BLOCK, "{} bytes", bytes.len());
    }
}
