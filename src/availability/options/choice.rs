//! Options that take one of a few names.

use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::availability::class::{Class, ObjectKind};
use crate::events::event::State;
use crate::failure::{Failure, Kind, Outcome};

/// The value that `text` names; `-` and `_` are the same, since options spell with one and classes with the other.
pub(super) fn choose<T: Copy>(option: &str, text: &str, choices: &[(&'static str, T)]) -> Outcome<T> {
    let wanted = text.trim().replace('_', "-");
    choices.iter().find(|(name, _)| name.replace('_', "-") == wanted).map(|&(_, value)| value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|&(name, _)| name).collect();
        Failure::new(Kind::Usage, format!("{option} has no value `{text}`"))
            .hint(format!("it takes {}", names.join(", ")))
    })
}

/// A field-less enum that is written and read by the names of its values.
macro_rules! choice {
    (
        $(#[$about:meta])* $name:ident, $option:literal:
        $($(#[$about_value:meta])* $value:ident = $text:literal),+ $(,)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$about_value])* $value,)+
        }

        impl $name {
            /// The name that reads back as this value.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }
        }

        impl FromStr for $name {
            type Err = Failure;
            fn from_str(text: &str) -> Outcome<Self> {
                choose($option, text, &[$(($text, Self::$value)),+])
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

choice! {
    /// What time in downtime counts as.
    DowntimeUse, "--downtimes":
    /// The class `in_downtime`.
    Honor = "honor",
    /// Nothing: it is not considered.
    Exclude = "exclude",
    /// What it would count as without the downtime.
    Ignore = "ignore",
}

choice! {
    /// Where downtimes come from.
    DowntimeSource, "--downtime-source":
    /// The store and the log, as a union.
    Both = "both",
    /// The store alone.
    Store = "store",
    /// The log's DOWNTIME ALERT lines alone.
    Log = "log",
}

choice! {
    /// Whether downtimes that were entered after the fact count.
    RetroactiveDowntimes, "--retroactive-downtimes":
    /// Like any other.
    Count = "count",
    /// Not at all; their seconds are told all the same.
    Ignore = "ignore",
}

choice! {
    /// What time between a stop and the next start of the monitoring core counts as.
    CoreStopped, "--core-stopped":
    /// The state goes on.
    Keep = "keep",
    /// No state is known.
    Unmonitored = "unmonitored",
}

choice! {
    /// How a time period counts.
    PeriodMode, "--service-period-mode or --notification-period-mode":
    /// Time outside of it is set apart.
    Honor = "honor",
    /// Not at all.
    Ignore = "ignore",
    /// Service period: time inside of it is not considered. Notification period: time outside of it is not.
    Exclude = "exclude",
}

/// The state that objects have before their first state line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumed {
    /// None is known.
    Unmonitored,
    /// The good state of whatever the object is.
    Good,
    /// This state, for the objects whose kind has it.
    Bad(State),
}

impl Assumed {
    /// The state of an object of that kind, or `None` where this says nothing about such objects.
    pub fn state_of(self, kind: ObjectKind) -> Option<Option<State>> {
        match self {
            Self::Unmonitored => Some(None),
            Self::Good => Some(Some(kind.good_state())),
            Self::Bad(state) => (state.of_host() == (kind == ObjectKind::Host)).then_some(Some(state)),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Unmonitored => Class::Unmonitored.name(),
            Self::Good => Class::Ok.name(),
            Self::Bad(state) => Class::from(state).name(),
        }
    }
}

impl FromStr for Assumed {
    type Err = Failure;
    fn from_str(text: &str) -> Outcome<Self> {
        choose(
            "--assume-initial",
            text,
            &[
                ("unmonitored", Self::Unmonitored),
                ("ok", Self::Good),
                ("warn", Self::Bad(State::Warn)),
                ("crit", Self::Bad(State::Crit)),
                ("unknown", Self::Bad(State::Unknown)),
                ("up", Self::Good),
                ("down", Self::Bad(State::Down)),
                ("unreach", Self::Bad(State::Unreach)),
            ],
        )
    }
}

impl Serialize for Assumed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_answered_with_the_right_ones() {
        let failure = "include".parse::<DowntimeUse>().unwrap_err();
        assert_eq!(failure.kind, Kind::Usage);
        assert_eq!(failure.message(), "--downtimes has no value `include`");
        assert_eq!(failure.hints, ["it takes honor, exclude, ignore"]);
    }

    #[test]
    fn every_choice_reads_back_what_it_is_called() {
        for name in ["honor", "exclude", "ignore"] {
            assert_eq!(name.parse::<DowntimeUse>().unwrap().name(), name);
            assert_eq!(name.parse::<PeriodMode>().unwrap().name(), name);
        }
        for name in ["both", "store", "log"] {
            assert_eq!(name.parse::<DowntimeSource>().unwrap().name(), name);
        }
        for name in ["count", "ignore"] {
            assert_eq!(name.parse::<RetroactiveDowntimes>().unwrap().name(), name);
        }
        for name in ["keep", "unmonitored"] {
            assert_eq!(name.parse::<CoreStopped>().unwrap().name(), name);
        }
    }

    #[test]
    fn ok_and_up_are_the_good_state_of_hosts_and_services_alike() {
        for text in ["ok", "up"] {
            let assumed: Assumed = text.parse().unwrap();
            assert_eq!(assumed.state_of(ObjectKind::Host), Some(Some(State::Up)));
            assert_eq!(assumed.state_of(ObjectKind::Service), Some(Some(State::Ok)));
        }
    }

    #[test]
    fn a_state_that_the_kind_does_not_have_says_nothing_about_it() {
        let down: Assumed = "down".parse().unwrap();
        assert_eq!(down.state_of(ObjectKind::Host), Some(Some(State::Down)));
        assert_eq!(down.state_of(ObjectKind::Service), None);
        let crit: Assumed = "crit".parse().unwrap();
        assert_eq!(crit.state_of(ObjectKind::Host), None);
        assert_eq!("unmonitored".parse::<Assumed>().unwrap().state_of(ObjectKind::Host), Some(None));
    }
}
