//! Hosts and services, written `HOST` and `HOST/SERVICE`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A monitored object: a host, or a service of a host. Names are case-sensitive.
///
/// Orders by host, the host itself before its services.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The host's name; holds no `/`.
    pub host: String,
    /// The service's name, any text; `None` for the host itself.
    pub service: Option<String>,
}

impl Target {
    /// The host itself.
    pub fn host(host: impl Into<String>) -> Self {
        Self { host: host.into(), service: None }
    }

    /// A service of a host.
    pub fn service(host: impl Into<String>, service: impl Into<String>) -> Self {
        Self { host: host.into(), service: Some(service.into()) }
    }

    /// Splits `HOST/SERVICE` at the first `/`; service names may hold more of them.
    pub fn parse(text: &str) -> Self {
        match text.split_once('/') {
            Some((host, service)) => Self::service(host, service),
            None => Self::host(text),
        }
    }

    /// The host that this object is or belongs to, as an object of its own.
    #[must_use]
    pub fn own_host(&self) -> Self {
        Self::host(self.host.clone())
    }

    /// Whether a downtime of `self` puts `object` in downtime: itself, or every service of its host.
    pub fn covers(&self, object: &Self) -> bool {
        self.host == object.host && (self.service.is_none() || self.service == object.service)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.service {
            Some(service) => write!(f, "{}/{service}", self.host),
            None => f.write_str(&self.host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_name_may_hold_slashes_and_blanks() {
        assert_eq!(Target::parse("db01/Filesystem /var"), Target::service("db01", "Filesystem /var"));
        assert_eq!(Target::parse("db01").to_string(), "db01");
        assert_eq!(Target::parse(r"win7/Disk [C:\]").to_string(), r"win7/Disk [C:\]");
    }

    #[test]
    fn a_host_covers_its_services_and_a_service_not_its_host() {
        let (host, service) = (Target::host("a"), Target::service("a", "x"));
        assert!(host.covers(&service) && host.covers(&host) && service.covers(&service));
        assert!(!service.covers(&host) && !Target::host("b").covers(&service));
    }
}
