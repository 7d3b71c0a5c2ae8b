//! `inventory list`: what is declared, a row for each object.

use std::collections::BTreeMap;

use clap::Args;
use comfy_table::Cell;

use crate::cli::output::{Format, print, print_json, print_jsonl};
use crate::cli::selecting::Selecting;
use crate::cli::session::Session;
use crate::cli::tables;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;
use crate::inventory::selection::Unknown;
use crate::render::csv;
use crate::render::inventory_json::ObjectJson;
use crate::render::text::printable;

/// List declared hosts; with --service, or a TARGET that names them, services
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime inventory list
  downtime inventory list --tag os=windows --folder /ams
  downtime inventory list 'web*/HTTP'
  downtime inventory list --service HTTP -q     # names alone
  downtime inventory list -o csv")]
pub struct List {
    #[command(flatten)]
    selecting: Selecting,
}

impl List {
    /// Prints the objects that are meant; without TARGET and selector, every host.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let reading = session.reading_or_empty()?;
        let known = super::declared(&reading);
        let inventory = known.inventory()?;
        let objects: Vec<Target> = if self.selecting.is_empty() {
            inventory.hosts.keys().map(Target::host).collect()
        } else {
            self.selecting.objects(&known, Unknown::Never)?.into_iter().collect()
        };
        let json = || objects.iter().map(|object| ObjectJson::new(object, inventory)).collect::<Vec<_>>();
        match session.globals.output {
            Format::Json => print_json(&json()),
            Format::Jsonl => print_jsonl(&json()),
            Format::Csv => print(&as_csv(&objects, inventory)?),
            Format::Table if session.globals.quiet => {
                print(&objects.iter().map(|object| format!("{}\n", printable(&object.to_string()))).collect::<String>())
            }
            Format::Table if objects.is_empty() => {
                print("No host is declared; declare one in inventory.toml as [hosts.web01].\n")
            }
            Format::Table => print(&table(&objects, inventory, session)),
        }
    }
}

/// `KEY=VALUE`, with commas between.
fn pairs(pairs: &BTreeMap<&str, &str>) -> String {
    pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
}

/// What stands in the columns after the name.
fn cells(object: &Target, inventory: &Inventory) -> [String; 7] {
    let attributes = inventory.attributes(object);
    let host = attributes.host.filter(|_| object.service.is_none());
    [
        host.and_then(|host| host.alias.clone()).unwrap_or_default(),
        attributes.folder().unwrap_or_default().to_owned(),
        pairs(&attributes.tags()),
        pairs(&attributes.labels()),
        attributes.groups().join(", "),
        host.map(|host| host.parents.join(", ")).unwrap_or_default(),
        host.map(|host| host.services.len().to_string()).unwrap_or_default(),
    ]
}

const COLUMNS: [&str; 7] = ["alias", "folder", "tags", "labels", "groups", "parents", "services"];

fn as_csv(objects: &[Target], inventory: &Inventory) -> Outcome<String> {
    let header: Vec<&str> = ["host", "service"].into_iter().chain(COLUMNS).collect();
    csv::document(
        &header,
        objects.iter().map(|object| {
            let name = [object.host.clone(), object.service.clone().unwrap_or_default()];
            name.into_iter().chain(cells(object, inventory)).collect()
        }),
    )
}

/// Columns in which nothing is declared are left out.
fn table(objects: &[Target], inventory: &Inventory, session: &Session) -> String {
    let rows: Vec<(String, [String; 7])> =
        objects.iter().map(|object| (object.to_string(), cells(object, inventory))).collect();
    let used: Vec<usize> =
        (0..COLUMNS.len()).filter(|column| rows.iter().any(|(_, cells)| !cells[*column].is_empty())).collect();
    let name = if objects.iter().all(|object| object.service.is_none()) { "host" } else { "object" };
    let header: Vec<&str> = std::iter::once(name).chain(used.iter().map(|column| COLUMNS[*column])).collect();
    let mut table =
        tables::table(session, &header).narrowing(&[name], ["alias", "services", "parents", "groups", "labels"]);
    for (object, cells) in &rows {
        let cells = used.iter().map(|column| Cell::new(printable(&cells[*column])));
        table.cells(std::iter::once(Cell::new(printable(object))).chain(cells).collect());
    }
    table.text()
}
