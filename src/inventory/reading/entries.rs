//! The tables of one file as entries, with every mistake in them.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use toml::de::DeValue;

use super::{Key, Noting, Value};
use crate::inventory::declared::{HostEntry, ServiceEntry, Services};

const HOST_KEYS: &[&str] =
    &["alias", "folder", "tags", "labels", "groups", "parents", "service_period", "notification_period", "services"];
const SERVICE_KEYS: &[&str] = &["folder", "tags", "labels", "groups", "service_period", "notification_period"];

impl Noting<'_, '_> {
    /// The entries of all hosts.
    pub(super) fn hosts(&mut self) -> Vec<(String, HostEntry)> {
        let mut hosts = Vec::new();
        for (key, value) in &self.text.tables {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("hosts", DeValue::Table(table)) => {
                    hosts.reserve(table.len());
                    for (key, value) in table {
                        hosts.extend(self.host(key, value));
                    }
                }
                ("hosts", _) => self.misfit(value, "`hosts`", "a table with an entry for each host: [hosts.web01]"),
                (name, value) => {
                    let host = if value.is_table() { name } else { "web01" };
                    let hint = format!("a host is declared as [hosts.{host}]");
                    self.error_with(key.span().start, format!("unknown key `{name}`"), hint);
                }
            }
        }
        hosts
    }

    fn host(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<(String, HostEntry)> {
        let name: &str = key.get_ref();
        let of = Of { host: name, service: None };
        if name.trim().is_empty() {
            self.error(key.span().start, "a host has an empty name".to_owned());
        } else if name.contains('/') {
            self.error(key.span().start, format!("a host's name holds no `/`, and `{name}` does"));
        }
        let Some(table) = value.get_ref().as_table() else {
            self.misfit(value, of, "a table such as { folder = \"/ams\" }");
            return None;
        };
        let mut entry = HostEntry::default();
        for (key, value) in table {
            let part = Part { key: key.get_ref(), within: None, of };
            match part.key {
                "alias" => entry.alias = self.text(value, part),
                "folder" => entry.folder = self.text(value, part),
                "tags" => entry.tags = self.pairs(value, part),
                "labels" => entry.labels = self.pairs(value, part),
                "groups" => entry.groups = owned(self.names(value, part)),
                "parents" => entry.parents = owned(self.names(value, part)),
                "service_period" => entry.service_period = self.text(value, part),
                "notification_period" => entry.notification_period = self.text(value, part),
                "services" => entry.services = self.services(value, part),
                _ => {
                    // `[hosts.web01.example.com]` reads as an entry of the host `web01`.
                    let dotted = "a host's name that holds dots is written in quotes: [hosts.\"web01.example.com\"]";
                    let hint = value.get_ref().is_table().then(|| dotted.to_owned());
                    self.unknown_key(key, of, HOST_KEYS, hint);
                }
            }
        }
        Some((name.to_owned(), entry))
    }

    fn services(&mut self, value: &Value<'_>, part: Part<'_>) -> Services {
        match value.get_ref() {
            DeValue::Array(_) => {
                let names = self.names(value, part);
                let mut seen = HashSet::with_capacity(names.len());
                let (once, again): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| seen.insert(*name));
                // Most likely another one mistyped; it does no harm.
                for (name, offset) in again {
                    self.warning(offset, format!("service `{name}` of {} is named twice", part.of));
                }
                Services::Names(owned(once))
            }
            DeValue::Table(table) => {
                let entries = table.iter().filter_map(|(key, value)| self.service(key, value, part.of));
                Services::Table(entries.collect())
            }
            _ => {
                self.misfit(value, part, "a list of names or a table with an entry for each");
                Services::default()
            }
        }
    }

    fn service(&mut self, key: &Key<'_>, value: &Value<'_>, host: Of<'_>) -> Option<(String, ServiceEntry)> {
        let name: &str = key.get_ref();
        let of = Of { service: Some(name), ..host };
        if name.trim().is_empty() {
            self.error(key.span().start, format!("a service of {host} has an empty name"));
        }
        let Some(table) = value.get_ref().as_table() else {
            self.misfit(value, of, "a table such as { groups = [\"nightly\"] }");
            return None;
        };
        let mut entry = ServiceEntry::default();
        for (key, value) in table {
            let part = Part { key: key.get_ref(), within: None, of };
            match part.key {
                "folder" => entry.folder = self.text(value, part),
                "tags" => entry.tags = self.pairs(value, part),
                "labels" => entry.labels = self.pairs(value, part),
                "groups" => entry.groups = owned(self.names(value, part)),
                "service_period" => entry.service_period = self.text(value, part),
                "notification_period" => entry.notification_period = self.text(value, part),
                _ => self.unknown_key(key, of, SERVICE_KEYS, None),
            }
        }
        Some((name.to_owned(), entry))
    }

    fn pairs(&mut self, value: &Value<'_>, part: Part<'_>) -> BTreeMap<String, String> {
        let Some(table) = value.get_ref().as_table() else {
            self.misfit(value, part, "a table such as { os = \"linux\" }");
            return BTreeMap::new();
        };
        let pair = |(key, value): (&Key<'_>, &Value<'_>)| {
            let key: &str = key.get_ref();
            Some((key.to_owned(), self.text(value, Part { key, within: Some(part.key), ..part })?))
        };
        table.iter().filter_map(pair).collect()
    }
}

fn owned(names: Vec<(&str, usize)>) -> Vec<String> {
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The object that an entry is of.
#[derive(Debug, Clone, Copy)]
struct Of<'n> {
    host: &'n str,
    service: Option<&'n str>,
}

impl fmt::Display for Of<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.service {
            None => write!(f, "host `{}`", self.host),
            Some(service) => write!(f, "service `{}/{service}`", self.host),
        }
    }
}

/// A part of an entry.
#[derive(Debug, Clone, Copy)]
struct Part<'n> {
    key: &'n str,
    within: Option<&'n str>,
    of: Of<'n>,
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, of, .. } = self;
        match self.within {
            None => write!(f, "`{key}` of {of}"),
            Some(table) => write!(f, "`{table}.{key}` of {of}"),
        }
    }
}
