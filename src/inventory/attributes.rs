//! What holds for an object: a service has its host's tags, labels, folder and periods unless it sets its own, and its
//! own groups besides its host's.

use std::collections::BTreeMap;

use super::declared::{HostEntry, ServiceEntry};

/// What is declared about an object.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'a> {
    /// The host, or the service's host; `None` if it is not declared.
    pub host: Option<&'a HostEntry>,
    /// What a service sets for itself.
    pub own: Option<&'a ServiceEntry>,
}

/// Tags or labels.
type Pairs = BTreeMap<String, String>;

impl<'a> Attributes<'a> {
    /// The value of a tag.
    pub fn tag(&self, key: &str) -> Option<&'a str> {
        let own = self.own.and_then(|own| own.tags.get(key));
        own.or_else(|| self.host?.tags.get(key)).map(String::as_str)
    }

    /// The value of a label.
    pub fn label(&self, key: &str) -> Option<&'a str> {
        let own = self.own.and_then(|own| own.labels.get(key));
        own.or_else(|| self.host?.labels.get(key)).map(String::as_str)
    }

    /// The tags.
    pub fn tags(&self) -> BTreeMap<&'a str, &'a str> {
        merged(self.host.map(|host| &host.tags), self.own.map(|own| &own.tags))
    }

    /// The labels.
    pub fn labels(&self) -> BTreeMap<&'a str, &'a str> {
        merged(self.host.map(|host| &host.labels), self.own.map(|own| &own.labels))
    }

    /// The groups, a service's own first, each once.
    pub fn groups(&self) -> Vec<&'a str> {
        let own = self.own.into_iter().flat_map(|own| &own.groups);
        let mut groups = Vec::new();
        for group in own.chain(self.host.into_iter().flat_map(|host| &host.groups)) {
            if !groups.contains(&group.as_str()) {
                groups.push(group.as_str());
            }
        }
        groups
    }

    /// Whether it is in a group.
    pub fn is_in_group(&self, name: &str) -> bool {
        let holds = |groups: &Vec<String>| groups.iter().any(|group| group == name);
        self.own.is_some_and(|own| holds(&own.groups)) || self.host.is_some_and(|host| holds(&host.groups))
    }

    /// Where it is filed.
    pub fn folder(&self) -> Option<&'a str> {
        let own = self.own.and_then(|own| own.folder.as_deref());
        own.or_else(|| self.host?.folder.as_deref())
    }

    /// Whether it is filed in a folder or below it; `/` holds all that is filed. Slashes at either end do not matter.
    pub fn is_in_folder(&self, path: &str) -> bool {
        let path = path.trim_matches('/');
        self.folder().map(|folder| folder.trim_matches('/')).is_some_and(|folder| {
            path.is_empty() || folder == path || folder.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// The time period in which it is to be available.
    pub fn service_period(&self) -> Option<&'a str> {
        let own = self.own.and_then(|own| own.service_period.as_deref());
        own.or_else(|| self.host?.service_period.as_deref())
    }

    /// The time period in which its problems are notified.
    pub fn notification_period(&self) -> Option<&'a str> {
        let own = self.own.and_then(|own| own.notification_period.as_deref());
        own.or_else(|| self.host?.notification_period.as_deref())
    }
}

fn merged<'a>(host: Option<&'a Pairs>, own: Option<&'a Pairs>) -> BTreeMap<&'a str, &'a str> {
    let pairs = host.into_iter().chain(own).flatten();
    pairs.map(|(key, value)| (key.as_str(), value.as_str())).collect()
}
