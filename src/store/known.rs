//! Which hosts and services are known: declared in the inventory that counts, or seen in an imported log.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::edited::Edited;
use super::events::Events;
use super::in_force::InForce;
use super::{State, Store};
use crate::downtime::ledger::Head;
use crate::downtime::target::Target;
use crate::events::source::EventSource;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;
use crate::inventory::selection::{Known, Matcher, with_hosts};

/// The known objects of a store at one moment. The inventory is read only when a name index does not answer.
pub struct Objects<'a> {
    store: &'a Store,
    in_force: &'a InForce,
    /// Events of imported logs, which name objects too.
    pub events: Events,
    read: OnceCell<Inventory>,
    seen: OnceCell<BTreeSet<Target>>,
}

impl Store {
    /// The inventory that counts now, for a reader.
    pub fn inventory_in_force(&self, state: &State) -> Outcome<InForce> {
        self.in_force(Edited::Inventory, &state.head, &self.notes())
    }

    /// The known objects.
    pub fn objects<'a>(&'a self, in_force: &'a InForce, head: &Head) -> Objects<'a> {
        Objects { store: self, in_force, events: self.events(head), read: OnceCell::new(), seen: OnceCell::new() }
    }
}

impl Objects<'_> {
    /// The inventory that counts.
    pub fn inventory(&self) -> Outcome<&Inventory> {
        if let Some(inventory) = &self.in_force.inventory {
            return Ok(inventory);
        }
        if let Some(inventory) = self.read.get() {
            return Ok(inventory);
        }
        let inventory = match &self.in_force.content {
            Some(content) => self.store.inventory_of(content)?,
            None => Inventory::default(),
        };
        Ok(self.read.get_or_init(|| inventory))
    }
}

impl Objects<'_> {
    /// Every object that an imported log names, sorted.
    pub fn seen(&self) -> Outcome<&BTreeSet<Target>> {
        if let Some(seen) = self.seen.get() {
            return Ok(seen);
        }
        let seen = self.events.objects()?.into_iter().collect();
        Ok(self.seen.get_or_init(|| seen))
    }

    /// Whether this very object is declared in the inventory.
    pub fn declares(&self, object: &Target) -> Outcome<bool> {
        let indexed = match (&self.in_force.inventory, &self.in_force.content) {
            (None, Some(content)) => names::contain(self.store, content, object),
            _ => None,
        };
        match indexed {
            Some(declared) => Ok(declared),
            None => Ok(self.inventory()?.declares(object)),
        }
    }
}

impl Known for Objects<'_> {
    fn has_inventory(&self) -> Outcome<bool> {
        Ok(self.in_force.hosts > 0)
    }

    fn contains(&self, object: &Target) -> Outcome<bool> {
        Ok(self.declares(object)? || self.events.knows(object)?)
    }

    fn objects(&self) -> Outcome<BTreeSet<Target>> {
        let mut objects = self.inventory()?.objects();
        objects.extend(self.seen()?.iter().cloned());
        Ok(objects)
    }

    fn matching(&self, matcher: &Matcher) -> Outcome<BTreeSet<Target>> {
        let mut matching = matcher.declared(self.inventory()?);
        matching.extend(with_hosts(self.seen()?.clone()).into_iter().filter(|object| matcher.matches(object)));
        Ok(matching)
    }

    fn declared_hosts(&self) -> Outcome<BTreeSet<String>> {
        Ok(self.inventory()?.hosts.keys().cloned().collect())
    }
}

pub(super) mod names {
    //! The index of declared names: sorted 64-bit digests in checked blocks, so that one name is found in a few pages.

    use std::path::PathBuf;
    use std::sync::Arc;

    use sha2::{Digest, Sha256};

    use crate::downtime::target::Target;
    use crate::inventory::declared::Inventory;
    use crate::store::Store;
    use crate::store::blocks::{self, BLOCK, Rows};
    use crate::store::layout::Layout;

    /// How the files of these indexes end.
    pub const ENDING: &str = ".names";

    /// Where the index of a content is.
    pub fn path(layout: &Layout, content: &str) -> PathBuf {
        layout.cache().join(format!("{content}{ENDING}"))
    }

    /// Its bytes: a block whose first row is the number of names, then the names.
    pub fn encode(inventory: &Inventory) -> Vec<u8> {
        let mut digests = Vec::with_capacity(inventory.hosts.len() + inventory.services());
        for (host, entry) in &inventory.hosts {
            digests.push(digest(host, None));
            digests.extend(entry.services.names().into_iter().map(|service| digest(host, Some(service))));
        }
        digests.sort_unstable();
        let mut bytes = blocks::encode([(digests.len() as u64).to_be_bytes()]);
        bytes.extend(blocks::encode(digests));
        bytes
    }

    /// Whether the index holds an object; `None` if there is no sound index.
    pub fn contain(store: &Store, content: &str, object: &Target) -> Option<bool> {
        let file = Arc::new(store.files().open(&path(store.layout(), content)).ok()?);
        let count = Rows::<8>::new(Arc::clone(&file), 0, 1).get(0).ok().map(u64::from_be_bytes)?;
        let rows = Rows::<8>::new(file, BLOCK as u64, usize::try_from(count).ok()?);
        rows.equal(&digest(&object.host, object.service.as_deref()), |row| *row).ok().map(|found| !found.is_empty())
    }

    /// First 64 bits of SHA-256: two of a million names are alike once in many million sites.
    pub fn digest(host: &str, service: Option<&str>) -> [u8; 8] {
        let mut hasher = Sha256::new();
        hasher.update(host.as_bytes());
        if let Some(service) = service {
            hasher.update(b"/");
            hasher.update(service.as_bytes());
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize()[..8]);
        first
    }
}
