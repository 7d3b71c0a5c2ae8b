//! Options that take a list of names.

use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::choice::choose;
use crate::availability::class::{Class, ObjectKind, PerClass};
use crate::failure::{Failure, Outcome};

/// The class of that name.
pub(super) fn class(option: &str, text: &str) -> Outcome<Class> {
    choose(option, text, &Class::ALL.map(|class| (class.name(), class)))
}

/// `--ignore`: classes that do not arise. JSON: an array of names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ignored {
    /// Time without a known state is not considered.
    pub unmonitored: bool,
    /// Services are judged whatever their host does.
    pub host_down: bool,
    /// Objects are judged by their state while they flap.
    pub flapping: bool,
}

impl Ignored {
    const CHOICES: [(&str, Class); 3] =
        [("unmonitored", Class::Unmonitored), ("host-down", Class::HostDown), ("flapping", Class::Flapping)];

    /// The names of every comma-separated list.
    pub fn gather<'t>(lists: impl IntoIterator<Item = &'t str>) -> Outcome<Self> {
        let mut ignored = Self::default();
        for name in lists.into_iter().flat_map(|list| list.split(',')) {
            match choose("--ignore", name, &Self::CHOICES)? {
                Class::Unmonitored => ignored.unmonitored = true,
                Class::HostDown => ignored.host_down = true,
                _ => ignored.flapping = true,
            }
        }
        Ok(ignored)
    }
}

impl FromStr for Ignored {
    type Err = Failure;
    fn from_str(text: &str) -> Outcome<Self> {
        Self::gather([text])
    }
}

impl Serialize for Ignored {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let given = [self.unmonitored, self.host_down, self.flapping];
        serializer.collect_seq(Self::CHOICES.iter().zip(given).filter(|&(_, given)| given).map(|((name, _), _)| name))
    }
}

/// `--outage-classes`: the classes whose unbroken runs are outages. JSON: an array of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutageClasses(PerClass<bool>);

impl OutageClasses {
    const OF_HOSTS: [Class; 2] = [Class::Down, Class::Unreach];
    const OF_SERVICES: [Class; 3] = [Class::Crit, Class::Unknown, Class::HostDown];

    /// The classes of every comma-separated list; hosts or services that can have none of them keep their default.
    pub fn gather<'t>(lists: impl IntoIterator<Item = &'t str>) -> Outcome<Self> {
        let named = lists
            .into_iter()
            .flat_map(|list| list.split(','))
            .map(|name| class("--outage-classes", name))
            .collect::<Outcome<Vec<Class>>>()?;
        let mut set = PerClass::default();
        for (kind, default) in
            [(ObjectKind::Host, Self::OF_HOSTS.as_slice()), (ObjectKind::Service, Self::OF_SERVICES.as_slice())]
        {
            let concerned = named.iter().any(|class| class.applies_to(kind));
            for &class in if concerned { &named } else { default } {
                set[class] = true;
            }
        }
        Ok(Self(set))
    }

    /// Whether time of that class is part of an outage.
    pub fn contains(&self, class: Class) -> bool {
        self.0[class]
    }
}

impl Default for OutageClasses {
    fn default() -> Self {
        let mut set = PerClass::default();
        for class in Self::OF_SERVICES.into_iter().chain(Self::OF_HOSTS) {
            set[class] = true;
        }
        Self(set)
    }
}

impl FromStr for OutageClasses {
    type Err = Failure;
    fn from_str(text: &str) -> Outcome<Self> {
        Self::gather([text])
    }
}

impl Serialize for OutageClasses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Class::ALL.into_iter().filter(|&class| self.contains(class)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Kind;

    #[test]
    fn ignore_takes_comma_lists_and_repeats() {
        let ignored = Ignored::gather(["unmonitored,host-down", "flapping"]).unwrap();
        assert_eq!(ignored, Ignored { unmonitored: true, host_down: true, flapping: true });
        assert_eq!(serde_json::to_string(&ignored).unwrap(), r#"["unmonitored","host-down","flapping"]"#);
        assert_eq!("host_down".parse::<Ignored>().unwrap(), "host-down".parse().unwrap());
        assert_eq!("crit".parse::<Ignored>().unwrap_err().kind, Kind::Usage);
    }

    #[test]
    fn outage_classes_of_services_leave_those_of_hosts() {
        let set: OutageClasses = "crit,warn".parse().unwrap();
        let named: Vec<Class> = Class::ALL.into_iter().filter(|&class| set.contains(class)).collect();
        assert_eq!(named, [Class::Warn, Class::Crit, Class::Down, Class::Unreach]);
    }

    #[test]
    fn an_outage_class_of_both_kinds_replaces_both_defaults() {
        let set: OutageClasses = "flapping".parse().unwrap();
        assert!(set.contains(Class::Flapping) && !set.contains(Class::Crit) && !set.contains(Class::Down));
        assert_eq!("critical".parse::<OutageClasses>().unwrap_err().kind, Kind::Usage);
    }
}
