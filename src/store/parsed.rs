//! The inventory of a revision as it was parsed, so that its TOML need not be read again: a cache, host by host, so that a
//! look at one reads a few pages.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

use super::Store;
use super::known::names;
use super::layout::Layout;
use super::records::{Magic, Records};
use crate::failure::Outcome;
use crate::inventory::declared::{HostEntry, Inventory};

/// The digit is the number of the format, to be raised with any change of what an inventory is made of.
const MAGIC: Magic = *b"downtime-hosts-2";
/// How the files of this cache end.
pub(super) const ENDING: &str = ".inventory";

/// Where the inventory of a content is.
pub(super) fn path(layout: &Layout, content: &str) -> PathBuf {
    layout.cache().join(format!("{content}{ENDING}"))
}

/// Its bytes: hosts by name, each with all that is declared about it, in the format of `postcard`.
pub(super) fn encode(inventory: &Inventory) -> io::Result<Vec<u8>> {
    let record = |host| postcard::to_allocvec(&host).map_err(io::Error::other);
    let records = inventory.hosts.iter().map(record).collect::<io::Result<Vec<Vec<u8>>>>()?;
    let keys = (0..).zip(inventory.hosts.keys()).map(|(number, name)| (names::digest(name, None), number)).collect();
    Records::encode(MAGIC, &records, keys)
}

fn decode(record: &[u8]) -> io::Result<(String, HostEntry)> {
    postcard::from_bytes(record).map_err(io::Error::other)
}

/// Everything that is there.
fn all(records: &Records) -> io::Result<Inventory> {
    let hosts = records.all()?.iter().map(|record| decode(record)).collect::<io::Result<_>>()?;
    Ok(Inventory { hosts })
}

/// These hosts, and those that they are reached through.
fn some(records: &Records, hosts: &BTreeSet<&str>) -> io::Result<Inventory> {
    let mut found: BTreeMap<String, HostEntry> = BTreeMap::new();
    let mut looked_for: BTreeSet<String> = BTreeSet::new();
    let mut to_follow: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    while let Some(host) = to_follow.pop() {
        if !looked_for.insert(host.clone()) {
            continue;
        }
        for number in records.numbers(names::digest(&host, None))? {
            let (name, entry) = decode(&records.get(number)?)?;
            // Others may have the same digest.
            if name == host {
                to_follow.extend(entry.parents.iter().cloned());
                found.insert(name, entry);
            }
        }
    }
    Ok(Inventory { hosts: found })
}

impl Store {
    fn parsed(&self, content: &str) -> io::Result<Records> {
        Records::open(self.files(), &path(&self.layout, content), MAGIC)
    }

    /// The inventory of a content, if the cache has it.
    pub(super) fn cached_inventory(&self, content: &str) -> Option<Inventory> {
        self.parsed(content).and_then(|records| all(&records)).ok()
    }

    /// Of the inventory of a content these hosts and those that they are reached through, if the cache has it.
    pub(super) fn cached_hosts(&self, content: &str, hosts: &BTreeSet<&str>) -> Option<Inventory> {
        self.parsed(content).and_then(|records| some(&records, hosts)).ok()
    }

    /// The inventory of a recorded revision: from the cache, or else from the files that were recorded.
    ///
    /// # Errors
    /// `Damaged` if they are missing or not what was recorded.
    pub fn inventory_of(&self, content: &str) -> Outcome<Inventory> {
        match self.cached_inventory(content) {
            Some(inventory) => Ok(inventory),
            None => Inventory::parse(&self.revision(content)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::declared::Source;
    use crate::store::files::Disk;

    fn inventory() -> Inventory {
        let text = r#"
            [hosts.web01]
            alias = "shop front end"
            folder = "/ams/dmz"
            tags = { criticality = "prod", os = "linux" }
            labels = { team = "shop" }
            groups = ["web"]
            parents = ["sw-ams-1"]
            service_period = "office"
            notification_period = "always"
            services = ["HTTP", "Filesystem /var"]
            [hosts.db01.services."Backup"]
            folder = "/backup"
            tags = { criticality = "test" }
            labels = { team = "db" }
            groups = ["nightly"]
            service_period = "office"
            notification_period = "always"
        "#;
        Inventory::parse(&[Source { name: "inventory.toml".into(), text: text.into() }]).unwrap()
    }

    fn opened(bytes: &[u8]) -> (tempfile::TempDir, io::Result<Records>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("inventory");
        std::fs::write(&path, bytes).unwrap();
        let records = Records::open(&Disk, &path, MAGIC);
        (dir, records)
    }

    fn read(bytes: &[u8]) -> io::Result<Inventory> {
        let (_dir, records) = opened(bytes);
        all(&records?)
    }

    #[test]
    fn an_inventory_reads_back_as_it_was_written() {
        assert_eq!(read(&encode(&inventory()).unwrap()).unwrap(), inventory());
        assert_eq!(read(&encode(&Inventory::default()).unwrap()).unwrap(), Inventory::default());
    }

    #[test]
    fn one_host_comes_with_those_that_it_is_reached_through() {
        let text =
            "[hosts.a]\nparents = ['b', 'c']\n[hosts.b]\nparents = ['d']\n[hosts.d]\nparents = ['b']\n[hosts.e]\n";
        let inventory = Inventory::parse(&[Source { name: "inventory.toml".into(), text: text.into() }]).unwrap();
        let (_dir, records) = opened(&encode(&inventory).unwrap());
        let found = some(&records.unwrap(), &BTreeSet::from(["a", "no-such-host"])).unwrap();
        assert_eq!(found.hosts.keys().collect::<Vec<_>>(), ["a", "b", "d"]);
        assert!(found.hosts.iter().all(|(name, entry)| inventory.hosts[name] == *entry));
    }

    #[test]
    fn no_changed_or_missing_byte_changes_what_is_read() {
        let (inventory, bytes) = (inventory(), encode(&inventory()).unwrap());
        let is_unchanged = |bytes: &[u8]| read(bytes).map_or(true, |read| read == inventory);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x20;
            assert!(is_unchanged(&changed), "byte {at}");
            assert!(is_unchanged(&bytes[..at]), "cut at {at}");
        }
        let at = bytes.windows(14).position(|text| text == b"shop front end").unwrap();
        let mut changed = bytes;
        changed[at] ^= 0x20;
        assert!(read(&changed).is_err());
    }

    #[test]
    fn what_an_inventory_is_made_of_changes_only_with_the_number_of_the_format() {
        let bytes = encode(&inventory()).unwrap();
        assert_eq!((&bytes[15..16], crc32fast::hash(&bytes)), (&b"2"[..], 0x51d0_e48b));
    }
}
