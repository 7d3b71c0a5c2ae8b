//! The rules of a store at any time: the book of their versions, which are fetched from the files kept.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Store;
use super::covers::{self, Covers};
use super::edited::Edited;
use super::in_force::InForce;
use crate::clock::Clock;
use crate::downtime::ledger::Head;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;
use crate::inventory::matching::Index;
use crate::rules::book::{Book, Covering, Shelf, covering};
use crate::rules::epochs::{Epoch, Epochs};
use crate::rules::{Rule, Rules};
use crate::when::zone::Zone;

/// The book of the rules of a store.
pub type RuleBook = Book<Versions>;

/// What was read, by what names it.
type Read<K, T> = RefCell<HashMap<K, Arc<T>>>;

/// The versions of rules and inventory of a store, read at most once each.
#[derive(Debug)]
pub struct Versions {
    store: Store,
    inventory: InForce,
    rules: InForce,
    read_rules: Read<(String, Option<String>), Rules>,
    read_inventories: Read<String, Inventory>,
    indexed: Read<String, Index>,
}

impl Store {
    /// The book of the rules, given what counts now.
    pub fn book(&self, head: &Head, inventory: &InForce, rules: &InForce, clock: Clock) -> RuleBook {
        let epochs = |edited: Edited, in_force: &InForce| {
            let unrecorded = in_force.unrecorded.as_ref().zip(in_force.content.clone());
            let newest = unrecorded
                .map(|(fresh, content)| fresh.revision(content, self.counts_from(edited, head, fresh.modified, clock)));
            Epochs::of(edited.revisions(head).iter().chain(newest.as_ref()))
        };
        let versions = Versions {
            store: self.clone(),
            inventory: inventory.clone(),
            rules: rules.clone(),
            read_rules: RefCell::default(),
            read_inventories: RefCell::default(),
            indexed: RefCell::default(),
        };
        Book::new(versions, epochs(Edited::Rules, rules), epochs(Edited::Inventory, inventory))
    }
}

impl Shelf for Versions {
    fn rules(&self, version: &Epoch) -> Outcome<Arc<Rules>> {
        let key = (version.content.clone(), version.timezone.map(Zone::name));
        if let Some(rules) = self.read_rules.borrow().get(&key) {
            return Ok(Arc::clone(rules));
        }
        let rules = match (&self.rules.rules, &self.rules.content) {
            (Some(rules), Some(content)) if *content == version.content && rules.timezone == version.timezone => {
                Arc::clone(rules)
            }
            _ => {
                let sources = self.store.revision(&version.content)?;
                match Rules::parse(&sources, version.timezone.unwrap_or(Zone::UTC)) {
                    // Before rules were acted on, any TOML was recorded.
                    Err(_) if version.longest.is_none() => Arc::default(),
                    rules => Arc::new(rules?),
                }
            }
        };
        self.read_rules.borrow_mut().insert(key, Arc::clone(&rules));
        Ok(rules)
    }

    fn index(&self, version: &Epoch) -> Outcome<Arc<Index>> {
        if let Some(index) = self.indexed.borrow().get(&version.content) {
            return Ok(Arc::clone(index));
        }
        let index = Arc::new(Index::of(&self.inventory(version)?));
        self.indexed.borrow_mut().insert(version.content.clone(), Arc::clone(&index));
        Ok(index)
    }

    fn covering(&self, rules: &Epoch, inventory: &Epoch, hosts: &BTreeSet<&str>, least: i64) -> Outcome<Vec<Covering>> {
        let worked_out = Covers::open(&self.store, rules, inventory).and_then(|covers| covers.covering(hosts, least));
        worked_out.or_else(|_| {
            // Nothing but these hosts need be known, where no more is known already.
            let is_read =
                self.inventory.inventory.is_some() || self.read_inventories.borrow().contains_key(&inventory.content);
            let part = (!is_read).then(|| self.store.cached_hosts(&inventory.content, hosts)).flatten();
            match part {
                Some(part) => Ok(covering(&*self.rules(rules)?, &part, hosts, least)),
                None => Ok(covering(&*self.rules(rules)?, &*self.inventory(inventory)?, hosts, least)),
            }
        })
    }

    fn rule(&self, version: &Epoch, name: &str) -> Outcome<Option<Rule>> {
        covers::rule(&self.store, version, name).or_else(|_| {
            let rules = self.rules(version)?;
            Ok(rules.get(name).filter(|declared| !declared.disabled).map(|declared| declared.rule.clone()))
        })
    }

    fn inventory(&self, version: &Epoch) -> Outcome<Arc<Inventory>> {
        if let (Some(inventory), Some(content)) = (&self.inventory.inventory, &self.inventory.content)
            && *content == version.content
        {
            return Ok(Arc::clone(inventory));
        }
        if let Some(inventory) = self.read_inventories.borrow().get(&version.content) {
            return Ok(Arc::clone(inventory));
        }
        let inventory = Arc::new(self.store.inventory_of(&version.content)?);
        self.read_inventories.borrow_mut().insert(version.content.clone(), Arc::clone(&inventory));
        Ok(inventory)
    }
}
