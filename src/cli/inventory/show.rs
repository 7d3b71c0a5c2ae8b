//! `inventory show`: all that is declared about one object, and where.

use clap::Args;
use serde::Serialize;

use super::list::pairs;
use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::attributes::Attributes;
use crate::inventory::declared::Inventory;
use crate::inventory::family::Family;
use crate::inventory::reading::{Place, Survey};
use crate::inventory::selection::nearest;
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
    /// Keys whose value is the host's.
    inherited: Vec<&'static str>,
    declared: Option<PlaceJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

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

/// The keys in which a service goes by its host, wholly or in part.
fn inherited(attributes: &Attributes<'_>, object: &Target) -> Vec<&'static str> {
    let (Some(host), Some(_)) = (attributes.host, &object.service) else { return Vec::new() };
    let own = attributes.own;
    let part = |pairs: &std::collections::BTreeMap<String, String>, own: Option<&std::collections::BTreeMap<_, _>>| {
        pairs.keys().any(|key| own.is_none_or(|own| !own.contains_key(key)))
    };
    let groups = host.groups.iter().any(|group| own.is_none_or(|own| !own.groups.contains(group)));
    let keys = [
        ("folder", host.folder.is_some() && own.is_none_or(|own| own.folder.is_none())),
        ("tags", part(&host.tags, own.map(|own| &own.tags))),
        ("labels", part(&host.labels, own.map(|own| &own.labels))),
        ("groups", groups),
        ("service_period", host.service_period.is_some() && own.is_none_or(|own| own.service_period.is_none())),
        (
            "notification_period",
            host.notification_period.is_some() && own.is_none_or(|own| own.notification_period.is_none()),
        ),
    ];
    keys.into_iter().filter(|(_, inherited)| *inherited).map(|(key, _)| key).collect()
}

fn describe(object: &Target, inventory: &Inventory, children: &[&str], place: Option<&Place>) -> String {
    let attributes = inventory.attributes(object);
    let host = attributes.host.filter(|_| object.service.is_none());
    let of_host = inherited(&attributes, object);
    let kind = if object.service.is_some() { "Service" } else { "Host" };
    let mut text = format!("{kind} {}\n", printable(&object.to_string()));
    let mut line = |word: &str, value: &str| {
        if value.is_empty() {
            return;
        }
        let from = if of_host.contains(&word.replace(' ', "_").as_str()) { "  (from its host)" } else { "" };
        text += &format!("  {word:<19}  {}{from}\n", printable(value));
    };
    line("alias", host.and_then(|host| host.alias.as_deref()).unwrap_or_default());
    line("folder", attributes.folder().unwrap_or_default());
    line("tags", &pairs(&attributes.tags()));
    line("labels", &pairs(&attributes.labels()));
    line("groups", &attributes.groups().join(", "));
    line("parents", &host.map(|host| host.parents.join(", ")).unwrap_or_default());
    line("children", &children.join(", "));
    line("service period", attributes.service_period().unwrap_or_default());
    line("notification period", attributes.notification_period().unwrap_or_default());
    line("services", &host.map(|host| host.services.names().join(", ")).unwrap_or_default());
    line("declared at", &place.map(ToString::to_string).unwrap_or_default());
    text
}
