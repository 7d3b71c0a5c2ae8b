//! `inventory.toml` and `inventory.d/*.toml`: what is declared, checked and merged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};

/// The text of one file that people edit, with its name as they know it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Source {
    /// Its name below the store's directory, such as `inventory.d/ams.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is declared about a host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HostEntry {
    /// A name for people.
    pub alias: Option<String>,
    /// Where it is filed, `/` at the front.
    pub folder: Option<String>,
    /// One value for each tag group.
    pub tags: BTreeMap<String, String>,
    /// Free labels.
    pub labels: BTreeMap<String, String>,
    /// Groups that it is in.
    pub groups: Vec<String>,
    /// Hosts that it is reached through.
    pub parents: Vec<String>,
    /// The time period in which it is to be available.
    pub service_period: Option<String>,
    /// The time period in which its problems are notified.
    pub notification_period: Option<String>,
    /// Its services.
    pub services: Services,
}

/// What is declared about a service; what is not is its host's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceEntry {
    /// One value for each tag group.
    pub tags: BTreeMap<String, String>,
    /// Free labels.
    pub labels: BTreeMap<String, String>,
    /// Groups that it is in.
    pub groups: Vec<String>,
    /// The time period in which it is to be available.
    pub service_period: Option<String>,
    /// The time period in which its problems are notified.
    pub notification_period: Option<String>,
}

/// A list of names, or a table with an entry for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Services {
    /// Names alone.
    Names(Vec<String>),
    /// Names with what is their own.
    Table(BTreeMap<String, ServiceEntry>),
}

/// By hand, because serde's untagged enums forget where in the file a mistake is.
impl<'de> Deserialize<'de> for Services {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListOrTable;
        impl<'de> Visitor<'de> for ListOrTable {
            type Value = Services;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of service names, or a table with one entry for each service")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Services, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Services::Names)
            }
            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Services, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(table)).map(Services::Table)
            }
        }
        deserializer.deserialize_any(ListOrTable)
    }
}

impl Default for Services {
    fn default() -> Self {
        Self::Names(Vec::new())
    }
}

impl Services {
    /// What a service sets for itself, if anything.
    pub fn own(&self, service: &str) -> Option<&ServiceEntry> {
        match self {
            Self::Names(_) => None,
            Self::Table(table) => table.get(service),
        }
    }

    /// The names.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Names(names) => names.iter().map(String::as_str).collect(),
            Self::Table(table) => table.keys().map(String::as_str).collect(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    hosts: BTreeMap<String, HostEntry>,
}

/// All hosts that are declared, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// By name.
    pub hosts: BTreeMap<String, HostEntry>,
}

impl Inventory {
    /// Reads and merges the files.
    ///
    /// # Errors
    /// `Config` naming file, line and column: bad TOML, an unknown key, a host declared twice, a name that holds `/`.
    pub fn parse(sources: &[Source]) -> Outcome<Self> {
        let mut hosts: BTreeMap<String, HostEntry> = BTreeMap::new();
        let mut declared_in: BTreeMap<String, &str> = BTreeMap::new();
        for source in sources {
            let file: File = parse_toml(source).map_err(hint_at_dots)?;
            for (name, entry) in file.hosts {
                if name.is_empty() || name.contains('/') {
                    return Err(at(source, &name, "a host's name is not empty and holds no `/`"));
                }
                if let Some(earlier) = declared_in.insert(name.clone(), &source.name) {
                    return Err(at(source, &name, format!("host `{name}` is declared in {earlier} already")));
                }
                hosts.insert(name, entry);
            }
        }
        Ok(Self { hosts })
    }

    /// Whether nothing is declared, which is as good as no inventory.
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// Whether this very object is declared.
    pub fn declares(&self, object: &Target) -> bool {
        self.hosts.get(&object.host).is_some_and(|entry| match (&object.service, &entry.services) {
            (None, _) => true,
            (Some(service), Services::Names(names)) => names.contains(service),
            (Some(service), Services::Table(table)) => table.contains_key(service),
        })
    }

    /// The names of an object's service period and notification period; a service has its host's unless it sets its own.
    pub fn periods(&self, object: &Target) -> (Option<&str>, Option<&str>) {
        let Some(host) = self.hosts.get(&object.host) else { return (None, None) };
        let own = object.service.as_deref().and_then(|service| host.services.own(service));
        let service_period = own.and_then(|own| own.service_period.as_deref()).or(host.service_period.as_deref());
        let notification_period =
            own.and_then(|own| own.notification_period.as_deref()).or(host.notification_period.as_deref());
        (service_period, notification_period)
    }

    /// Every host and service, sorted.
    pub fn objects(&self) -> BTreeSet<Target> {
        let services = |(host, entry): (&String, &HostEntry)| -> Vec<Target> {
            entry.services.names().into_iter().map(|service| Target::service(host, service)).collect()
        };
        self.hosts.keys().map(Target::host).chain(self.hosts.iter().flat_map(services)).collect()
    }
}

/// `[hosts.web01.example.com]` reads as an entry of the host `web01`.
fn hint_at_dots(failure: Failure) -> Failure {
    if failure.message().contains("unknown field") {
        return failure.hint("a host's name that holds dots is written in quotes: [hosts.\"web01.example.com\"]");
    }
    failure
}

/// Reads a TOML file into `T`.
///
/// # Errors
/// `Config` naming file, line and column.
pub fn parse_toml<T: serde::de::DeserializeOwned>(source: &Source) -> Outcome<T> {
    toml::from_str(&source.text).map_err(|error| {
        let position = error.span().map(|span| position(&source.text, span.start)).unwrap_or_default();
        let message = error.message().lines().collect::<Vec<_>>().join(" ");
        Failure::new(Kind::Config, format!("{}{position}: {message}", source.name))
    })
}

/// The refusal of what stands at a byte offset of a file.
pub fn refused(source: &Source, offset: usize, why: impl fmt::Display) -> Failure {
    Failure::new(Kind::Config, format!("{}{}: {why}", source.name, position(&source.text, offset)))
}

fn at(source: &Source, host: &str, why: impl std::fmt::Display) -> Failure {
    let place = [format!("[hosts.{host}]"), format!("[hosts.\"{host}\"]")]
        .iter()
        .find_map(|header| source.text.find(header.as_str()));
    let position = place.map(|offset| position(&source.text, offset)).unwrap_or_default();
    Failure::new(Kind::Config, format!("{}{position}: {why}", source.name))
}

/// `:LINE:COLUMN` of a byte offset, both from 1, columns in characters.
fn position(text: &str, offset: usize) -> String {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!(":{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, text: &str) -> Source {
        Source { name: name.into(), text: text.into() }
    }

    #[test]
    fn the_specified_example_is_read() {
        let text = r#"
            [hosts.web01]
            alias = "shop front end"
            folder = "/ams/dmz"
            tags = { criticality = "prod", os = "linux" }
            labels = { team = "shop" }
            groups = ["web"]
            parents = ["sw-ams-1"]
            service_period = "office"
            services = ["HTTP", "Filesystem /var"]
            [hosts.db01.services."Backup"]
            groups = ["nightly"]
        "#;
        let inventory = Inventory::parse(&[source("inventory.toml", text)]).unwrap();
        let objects: Vec<String> = inventory.objects().iter().map(Target::to_string).collect();
        assert_eq!(objects, ["db01", "db01/Backup", "web01", "web01/Filesystem /var", "web01/HTTP"]);
    }

    #[test]
    fn errors_name_file_line_and_column() {
        let message = |text: &str| Inventory::parse(&[source("inventory.toml", text)]).unwrap_err().message();
        insta::assert_snapshot!(message("[hosts.a]\nparent = 'x'\n"), @"inventory.toml:2:1: unknown field `parent`, expected one of `alias`, `folder`, `tags`, `labels`, `groups`, `parents`, `service_period`, `notification_period`, `services`");
        insta::assert_snapshot!(message("[hosts.a.services.X]\nbogus = 1\n"), @"inventory.toml:2:1: unknown field `bogus`, expected one of `tags`, `labels`, `groups`, `service_period`, `notification_period`");
        insta::assert_snapshot!(message("[hosts.a]\nservices = 3\n"), @"inventory.toml:2:12: invalid type: integer `3`, expected a list of service names, or a table with one entry for each service");
        insta::assert_snapshot!(message("[hosts.a\n"), @"inventory.toml:1:9: unclosed table, expected `]`");
        insta::assert_snapshot!(message("[hosts]\n\"a/b\" = {}\n"), @"inventory.toml: a host's name is not empty and holds no `/`");
    }

    #[test]
    fn a_host_declared_in_two_files_is_a_conflict() {
        let sources = [source("inventory.toml", "[hosts.a]\n"), source("inventory.d/b.toml", "\n[hosts.a]\n")];
        let message = Inventory::parse(&sources).unwrap_err().message();
        assert_eq!(message, "inventory.d/b.toml:2:1: host `a` is declared in inventory.toml already");
    }
}
