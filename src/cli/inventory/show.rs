//! `inventory show`: all that is declared about one object, and where.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use serde::Serialize;

use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, nearest};
use crate::inventory::attributes::Attributes;
use crate::inventory::declared::{Inventory, ServiceEntry};
use crate::inventory::family::Family;
use crate::inventory::reading::{Place, Survey};
use crate::render::inventory_json::ObjectJson;
use crate::render::text::printable;

/// Show all that is declared about a host or service, what it has from its host, and where it is declared
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime inventory show web01
  downtime inventory show db01/Backup -o json")]
pub struct Show {
    /// HOST or HOST/SERVICE
    #[arg(value_name = "OBJECT")]
    object: String,
}

#[derive(Serialize)]
struct ShowJson<'a> {
    #[serde(flatten)]
    object: ObjectJson<'a>,
    children: &'a [&'a str],
    inherited: Vec<String>,
    declared: Option<PlaceJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// Tags or labels.
type Pairs = BTreeMap<String, String>;

impl Show {
    /// Prints it.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let reading = session.reading_or_empty()?;
        let sources = super::sources(&reading)?;
        let survey = Survey::of(&sources);
        let inventory = &survey.inventory;
        let object = Target::parse(&self.object);
        if !inventory.declares(&object) {
            return Err(not_declared(&object, inventory));
        }
        let family = Family::of(inventory);
        let children = if object.service.is_none() { family.children(&object.host) } else { &[] };
        let place = survey.place(&object);
        if machine {
            return print_json(&ShowJson {
                object: ObjectJson::new(&object, inventory),
                children,
                inherited: inherited(&inventory.attributes(&object), &object),
                declared: place.as_ref().map(|place| PlaceJson {
                    file: &place.file,
                    line: place.line,
                    column: place.column,
                }),
            });
        }
        print(&describe(&object, inventory, children, place.as_ref()))
    }
}

fn not_declared(object: &Target, inventory: &Inventory) -> Failure {
    let objects = inventory.objects();
    let names: Vec<String> = objects.iter().map(Target::to_string).collect();
    let kind = if object.service.is_some() { Kind::UnknownService } else { Kind::UnknownHost };
    let failure = Failure::new(kind, format!("`{object}` is not declared in the inventory"));
    match nearest(&object.to_string(), names.iter().map(String::as_str)) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => failure.hint("see `downtime inventory list`"),
    }
}

/// What a service has from its host: `folder`, or `tags.os`.
fn inherited(attributes: &Attributes<'_>, object: &Target) -> Vec<String> {
    let (Some(host), Some(_)) = (attributes.host, &object.service) else { return Vec::new() };
    let nothing = ServiceEntry::default();
    let own = attributes.own.unwrap_or(&nothing);
    let alone = |key: &str, host: &Option<String>, own: &Option<String>| {
        (host.is_some() && own.is_none()).then(|| key.to_owned())
    };
    let pairs = |key: &str, host: &Pairs, own: &Pairs| -> Vec<String> {
        host.keys().filter(|name| !own.contains_key(*name)).map(|name| format!("{key}.{name}")).collect()
    };
    let groups = host.groups.iter().filter(|group| !own.groups.contains(group));
    let mut found = Vec::from_iter(alone("folder", &host.folder, &own.folder));
    found.extend(pairs("tags", &host.tags, &own.tags));
    found.extend(pairs("labels", &host.labels, &own.labels));
    found.extend(groups.map(|group| format!("groups.{group}")));
    found.extend(alone("service_period", &host.service_period, &own.service_period));
    found.extend(alone("notification_period", &host.notification_period, &own.notification_period));
    found
}

fn describe(object: &Target, inventory: &Inventory, children: &[&str], place: Option<&Place>) -> String {
    let attributes = inventory.attributes(object);
    let host = attributes.host.filter(|_| object.service.is_none());
    let inherited: BTreeSet<String> = inherited(&attributes, object).into_iter().collect();
    let kind = if object.service.is_some() { "Service" } else { "Host" };
    let mut text = format!("{kind} {}\n", printable(&object.to_string()));
    let mut line = |word: &str, values: &[(String, String)]| {
        let key = word.replace(' ', "_");
        let is_inherited = |name: &str| inherited.contains(&key) || inherited.contains(&format!("{key}.{name}"));
        let (theirs, own): (Vec<_>, Vec<_>) = values.iter().partition(|(name, _)| is_inherited(name));
        let joined = |values: Vec<&(String, String)>| {
            values.into_iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
        };
        for (values, from) in [(joined(own), ""), (joined(theirs), "  (from its host)")] {
            if !values.is_empty() {
                text += &format!("  {word:<19}  {}{from}\n", printable(&values));
            }
        }
    };
    let one =
        |value: Option<&str>| value.map(|value| (String::new(), value.to_owned())).into_iter().collect::<Vec<_>>();
    let names = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect::<Vec<_>>();
    let pairs = |pairs: &BTreeMap<&str, &str>| {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), format!("{key}={value}"))).collect::<Vec<_>>()
    };
    let parents: Vec<&str> = host.iter().flat_map(|host| &host.parents).map(String::as_str).collect();
    line("alias", &one(host.and_then(|host| host.alias.as_deref())));
    line("folder", &one(attributes.folder()));
    line("tags", &pairs(&attributes.tags()));
    line("labels", &pairs(&attributes.labels()));
    line("groups", &names(&attributes.groups()));
    line("parents", &names(&parents));
    line("children", &names(children));
    line("service period", &one(attributes.service_period()));
    line("notification period", &one(attributes.notification_period()));
    line("services", &names(&host.map(|host| host.services.names()).unwrap_or_default()));
    line("declared at", &one(place.map(ToString::to_string).as_deref()));
    text
}
