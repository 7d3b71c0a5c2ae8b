//! `inventory tree`: who is reached through whom, drawn.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use crate::cli::output::{print, print_json};
use crate::cli::selecting::Selecting;
use crate::cli::session::Session;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;
use crate::inventory::family::Family;
use crate::inventory::selection::Unknown;
use crate::render::text::printable;
use crate::render::tree::{self, Forest};

/// Draw hosts below the hosts that they are reached through
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime inventory tree
  downtime inventory tree sw-ams-1
  downtime inventory tree --folder /ams
  downtime inventory tree -o json")]
pub struct Tree {
    #[command(flatten)]
    selecting: Selecting,
}

#[derive(Serialize)]
struct NodeJson<'a> {
    host: &'a str,
    declared: bool,
    parents: &'a [String],
    children: &'a [&'a str],
}

/// The hosts of an inventory, as they hang together.
struct Hosts<'a> {
    inventory: &'a Inventory,
    family: Family<'a>,
}

impl Forest for Hosts<'_> {
    fn below(&self, name: &str) -> Vec<&str> {
        self.family.children(name).to_vec()
    }

    fn beside(&self, name: &str) -> Option<String> {
        (!self.inventory.hosts.contains_key(name)).then(|| "not declared".to_owned())
    }
}

impl Tree {
    /// Draws what hangs off the hosts that are meant; without TARGET and selector, all.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let reading = session.reading_or_empty()?;
        let known = super::declared(&reading);
        let inventory = known.inventory()?;
        let hosts = Hosts { inventory, family: Family::of(inventory) };
        let selected =
            if self.selecting.is_empty() { None } else { Some(self.selecting.objects(&known, Unknown::Never)?) };
        let roots: Vec<&str> = match &selected {
            Some(objects) => topmost(objects, &hosts.family),
            None => hosts.family.roots().into_iter().chain(rings(&hosts.family)).collect(),
        };
        if machine {
            return print_json(&nodes(&roots, &hosts));
        }
        if roots.is_empty() {
            return print("No host is declared; declare one in inventory.toml as [hosts.web01].\n");
        }
        print(&tree::draw(&roots, &hosts).lines().map(|line| format!("{}\n", printable(line))).collect::<String>())
    }
}

/// The first host of each ring: nothing else leads to it.
fn rings<'a>(family: &Family<'a>) -> Vec<&'a str> {
    family.cycles().into_iter().filter_map(|cycle| cycle.first().copied()).collect()
}

/// The selected hosts that do not hang off another of them directly: those are drawn below it.
fn topmost<'t>(objects: &'t BTreeSet<Target>, family: &Family<'_>) -> Vec<&'t str> {
    let hosts: BTreeSet<&str> = objects.iter().map(|object| object.host.as_str()).collect();
    let hangs =
        |host: &&str| family.parents(host).iter().any(|parent| parent != host && hosts.contains(parent.as_str()));
    let free: Vec<&str> = hosts.iter().copied().filter(|host| !hangs(host)).collect();
    // On a ring each hangs off another.
    if free.is_empty() { hosts.into_iter().collect() } else { free }
}

/// Every host that is drawn, sorted.
fn nodes<'a>(roots: &[&'a str], hosts: &'a Hosts<'a>) -> Vec<NodeJson<'a>> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut to_follow: Vec<&str> = roots.to_vec();
    while let Some(host) = to_follow.pop() {
        if found.insert(host) {
            to_follow.extend(hosts.family.children(host));
        }
    }
    let node = |host: &'a str| NodeJson {
        host,
        declared: hosts.inventory.hosts.contains_key(host),
        parents: hosts.family.parents(host),
        children: hosts.family.children(host),
    };
    found.into_iter().map(node).collect()
}
