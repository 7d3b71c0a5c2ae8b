//! What `inventory.toml` and `inventory.d/*.toml` declare: hosts, their services, and what is said about them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::attributes::Attributes;
use super::reading::Survey;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};

/// The text of one file that people edit, with its name as they know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name below the store's directory, such as `inventory.d/ams.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is declared about a host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceEntry {
    /// Where it is filed.
    pub folder: Option<String>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Services {
    /// Names alone, each once.
    Names(Vec<String>),
    /// Names with what is their own.
    Table(BTreeMap<String, ServiceEntry>),
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

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Names(names) => names.len(),
            Self::Table(table) => table.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is one of this name.
    pub fn contain(&self, service: &str) -> bool {
        match self {
            Self::Names(names) => names.iter().any(|name| name == service),
            Self::Table(table) => table.contains_key(service),
        }
    }
}

/// All hosts that are declared, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// By name.
    pub hosts: BTreeMap<String, HostEntry>,
}

impl Inventory {
    /// Reads and merges the files.
    ///
    /// # Errors
    /// `Config` with the first mistake, its file, line and column; [`Survey`] has them all.
    pub fn parse(sources: &[Source]) -> Outcome<Self> {
        let Survey { inventory, errors, .. } = Survey::of(sources);
        let Some(first) = errors.first() else { return Ok(inventory) };
        let failure = Failure::new(Kind::Config, format!("{}: {}", first.place, first.message));
        let failure = match &first.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        };
        Err(match errors.len() - 1 {
            0 => failure,
            more => failure.hint(format!("`downtime inventory check` tells of {more} more")),
        })
    }

    /// Whether nothing is declared, which is as good as no inventory.
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// How many services there are.
    pub fn services(&self) -> usize {
        self.hosts.values().map(|host| host.services.len()).sum()
    }

    /// Whether this very object is declared.
    pub fn declares(&self, object: &Target) -> bool {
        self.hosts.get(&object.host).is_some_and(|entry| match &object.service {
            None => true,
            Some(service) => entry.services.contain(service),
        })
    }

    /// What is declared about an object; one that is not declared has no attributes but its host's.
    pub fn attributes(&self, object: &Target) -> Attributes<'_> {
        let host = self.hosts.get(&object.host);
        let own = host.zip(object.service.as_deref()).and_then(|(host, service)| host.services.own(service));
        Attributes { host, own }
    }

    /// The names of an object's service period and notification period; a service has its host's unless it sets its own.
    pub fn periods(&self, object: &Target) -> (Option<&str>, Option<&str>) {
        let attributes = self.attributes(object);
        (attributes.service_period(), attributes.notification_period())
    }

    /// Every host and service, sorted.
    pub fn objects(&self) -> BTreeSet<Target> {
        let services = |(host, entry): (&String, &HostEntry)| -> Vec<Target> {
            entry.services.names().into_iter().map(|service| Target::service(host, service)).collect()
        };
        self.hosts.keys().map(Target::host).chain(self.hosts.iter().flat_map(services)).collect()
    }
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
pub fn refused(source: &Source, offset: usize, why: impl std::fmt::Display) -> Failure {
    Failure::new(Kind::Config, format!("{}{}: {why}", source.name, position(&source.text, offset)))
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

    fn inventory(text: &str) -> Inventory {
        Inventory::parse(&[Source { name: "inventory.toml".into(), text: text.into() }]).unwrap()
    }

    #[test]
    fn the_specified_example_is_read() {
        let inventory = inventory(
            r#"
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
            "#,
        );
        let objects: Vec<String> = inventory.objects().iter().map(Target::to_string).collect();
        assert_eq!(objects, ["db01", "db01/Backup", "web01", "web01/Filesystem /var", "web01/HTTP"]);
        assert_eq!((inventory.hosts.len(), inventory.services()), (2, 3));
        let web = &inventory.hosts["web01"];
        assert_eq!((web.alias.as_deref(), web.folder.as_deref()), (Some("shop front end"), Some("/ams/dmz")));
        assert_eq!((web.groups.as_slice(), web.parents.as_slice()), (&["web".into()][..], &["sw-ams-1".into()][..]));
        assert_eq!(web.labels["team"], "shop");
        assert_eq!(inventory.periods(&Target::service("web01", "HTTP")), (Some("office"), None));
        assert!(inventory.attributes(&Target::service("db01", "Backup")).is_in_group("nightly"));
    }

    #[test]
    fn a_service_has_its_hosts_attributes_unless_it_sets_its_own() {
        let inventory = inventory(
            r#"
            [hosts.db01]
            folder = "/ams"
            tags = { criticality = "prod", os = "linux" }
            groups = ["db", "ams"]
            notification_period = "always"
            [hosts.db01.services.SQL]
            [hosts.db01.services.Backup]
            folder = "/backup"
            tags = { criticality = "test" }
            groups = ["nightly", "db"]
            notification_period = "night"
            "#,
        );
        let of = |service| inventory.attributes(&Target::service("db01", service));
        let (sql, backup) = (of("SQL"), of("Backup"));
        assert_eq!((sql.folder(), backup.folder()), (Some("/ams"), Some("/backup")));
        assert_eq!((sql.tag("criticality"), backup.tag("criticality")), (Some("prod"), Some("test")));
        assert_eq!(backup.tags(), BTreeMap::from([("criticality", "test"), ("os", "linux")]));
        assert_eq!((sql.groups(), backup.groups()), (vec!["db", "ams"], vec!["nightly", "db", "ams"]));
        assert_eq!((sql.notification_period(), backup.notification_period()), (Some("always"), Some("night")));
        assert!(sql.is_in_folder("ams/") && !backup.is_in_folder("/ams") && backup.is_in_folder("/"));
        assert_eq!(of("SQL").tags(), inventory.attributes(&Target::host("db01")).tags());
        assert_eq!(inventory.attributes(&Target::host("web01")).tags(), BTreeMap::new());
    }

    #[test]
    fn the_first_mistake_is_told_and_how_many_there_are_more() {
        let parse = |text: &str| Inventory::parse(&[Source { name: "inventory.toml".into(), text: text.into() }]);
        let failure = parse("[hosts.a]\nallias = 'x'\n[hosts.b]\ntags = 1\ngroups = 2\n").unwrap_err();
        assert_eq!(failure.kind, Kind::Config);
        insta::assert_snapshot!(format!("{failure}\n{}", failure.hints.join("\n")), @"
        inventory.toml:2:1: unknown key `allias` of host `a`
        did you mean `alias`?
        `downtime inventory check` tells of 2 more
        ");
    }
}
