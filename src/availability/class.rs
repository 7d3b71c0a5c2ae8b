//! The classes that time falls into, and tables with an entry for each.

use std::fmt;
use std::ops::{Index, IndexMut};

use serde::{Serialize, Serializer};

use crate::downtime::target::Target;
use crate::events::event::State;

/// What kind of object is judged: decides which classes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// A host.
    Host,
    /// A service of a host.
    Service,
}

impl ObjectKind {
    /// The kind of an object.
    pub const fn of(target: &Target) -> Self {
        match target.service {
            None => Self::Host,
            Some(_) => Self::Service,
        }
    }

    /// The good state: UP or OK.
    pub const fn good_state(self) -> State {
        match self {
            Self::Host => State::Up,
            Self::Service => State::Ok,
        }
    }

    /// The class of the good state, whose share is the availability.
    pub const fn good_class(self) -> Class {
        match self {
            Self::Host => Class::Up,
            Self::Service => Class::Ok,
        }
    }

    /// The classes that time of such an object can have, in the order in which they are shown.
    pub const fn classes(self) -> &'static [Class] {
        match self {
            Self::Host => &[
                Class::Up,
                Class::Down,
                Class::Unreach,
                Class::Flapping,
                Class::InDowntime,
                Class::OutofNotificationPeriod,
                Class::Unmonitored,
            ],
            Self::Service => &[
                Class::Ok,
                Class::Warn,
                Class::Crit,
                Class::Unknown,
                Class::Flapping,
                Class::HostDown,
                Class::InDowntime,
                Class::OutofNotificationPeriod,
                Class::Unmonitored,
            ],
        }
    }
}

/// What a span of considered time counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// Service: OK.
    Ok,
    /// Service: WARNING.
    Warn,
    /// Service: CRITICAL.
    Crit,
    /// Service: UNKNOWN.
    Unknown,
    /// Host: UP.
    Up,
    /// Host: DOWN.
    Down,
    /// Host: UNREACHABLE.
    Unreach,
    /// Either: flapping.
    Flapping,
    /// Service: its host was DOWN or UNREACHABLE.
    HostDown,
    /// Either: in downtime, by its own or its host's.
    InDowntime,
    /// Either: outside of the notification period.
    OutofNotificationPeriod,
    /// Either: no state known.
    Unmonitored,
}

impl Class {
    /// Every class, in the order of their discriminants.
    pub const ALL: [Self; 12] = [
        Self::Ok,
        Self::Warn,
        Self::Crit,
        Self::Unknown,
        Self::Up,
        Self::Down,
        Self::Unreach,
        Self::Flapping,
        Self::HostDown,
        Self::InDowntime,
        Self::OutofNotificationPeriod,
        Self::Unmonitored,
    ];

    /// The name in options, JSON and CSV.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Crit => "crit",
            Self::Unknown => "unknown",
            Self::Up => "up",
            Self::Down => "down",
            Self::Unreach => "unreach",
            Self::Flapping => "flapping",
            Self::HostDown => "host_down",
            Self::InDowntime => "in_downtime",
            Self::OutofNotificationPeriod => "outof_notification_period",
            Self::Unmonitored => "unmonitored",
        }
    }

    /// Whether time of such an object can have this class.
    pub fn applies_to(self, kind: ObjectKind) -> bool {
        kind.classes().contains(&self)
    }
}

impl From<State> for Class {
    fn from(state: State) -> Self {
        match state {
            State::Ok => Self::Ok,
            State::Warn => Self::Warn,
            State::Crit => Self::Crit,
            State::Unknown => Self::Unknown,
            State::Up => Self::Up,
            State::Down => Self::Down,
            State::Unreach => Self::Unreach,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A table with an entry for each class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PerClass<T>([T; Class::ALL.len()]);

impl<T> Index<Class> for PerClass<T> {
    type Output = T;
    fn index(&self, class: Class) -> &T {
        &self.0[class as usize]
    }
}

impl<T> IndexMut<Class> for PerClass<T> {
    fn index_mut(&mut self, class: Class) -> &mut T {
        &mut self.0[class as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_classes_is_in_the_order_of_the_tables() {
        for (position, class) in Class::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, position);
        }
    }

    #[test]
    fn every_class_belongs_to_hosts_or_services() {
        for class in Class::ALL {
            assert!(class.applies_to(ObjectKind::Host) || class.applies_to(ObjectKind::Service), "{class}");
        }
    }
}
