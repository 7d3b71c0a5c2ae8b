//! A name for a set of accepted events that does not depend on how they were imported.

use std::fmt;

use xxhash_rust::xxh3::xxh3_128;

use super::code;
use super::event::{Core, Transition};
use super::told::Told;
use crate::clock::Instant;
use crate::downtime::target::Target;

/// The sum, modulo 2^128, of a hash (XXH3) of each event: the same in whatever order and pieces they came.
///
/// Its `Display` is 32 hexadecimal digits. Ordinals and headers of blocks are left out, being facts about files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digest(pub u128);

impl Digest {
    /// The digest of both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// The digest of the set without `other`, which is a part of it.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0))
    }

    /// The digest of a line about the core.
    pub fn of_core(time: Instant, core: Core) -> Self {
        Subject::new(0, &[]).digest(time, &[code::of_core(core)], "")
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// What events are about, ready to digest them.
#[derive(Debug)]
pub struct Subject {
    /// The subject's encoding, in which no two are alike, and behind it room for an event.
    bytes: Vec<u8>,
    own: usize,
}

impl Subject {
    /// Events of a host or service.
    pub fn object(target: &Target) -> Self {
        match &target.service {
            None => Self::new(1, &[&target.host]),
            Some(service) => Self::new(2, &[&target.host, service]),
        }
    }

    /// Transitions of a time period.
    pub fn period(name: &str) -> Self {
        Self::new(3, &[name])
    }

    fn new(sort: u8, names: &[&str]) -> Self {
        let mut bytes = vec![sort];
        for name in names {
            bytes.extend((name.len() as u64).to_le_bytes());
            bytes.extend(name.as_bytes());
        }
        Self { own: bytes.len(), bytes }
    }

    fn digest(&mut self, time: Instant, fields: &[u8], text: &str) -> Digest {
        self.bytes.truncate(self.own);
        self.bytes.extend(time.0.to_le_bytes());
        self.bytes.extend(fields);
        self.bytes.extend(text.as_bytes());
        Digest(xxh3_128(&self.bytes))
    }

    /// The digest of one of the object's events.
    pub fn event(&mut self, told: &Told<'_>) -> Digest {
        let (kind, detail, hard) = code::of(told.what);
        self.digest(told.time, &[kind, detail, u8::from(hard)], told.output.unwrap_or_default())
    }

    /// The digest of one of the period's transitions.
    pub fn transition(&mut self, transition: &Transition) -> Digest {
        self.digest(transition.time, &[transition.from.cast_unsigned(), transition.to.cast_unsigned()], "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::event::{State, Telling, What};

    fn told(output: Option<&str>) -> Told<'_> {
        let what = What::State { telling: Telling::Alert, state: State::Crit, hard: true };
        Told { time: Instant(7), ordinal: 3, what, output, unfinished: false }
    }

    #[test]
    fn a_digest_is_the_same_on_every_machine_and_in_every_release() {
        let digest = Subject::object(&Target::service("web01", "HTTP")).event(&told(Some("refused")));
        assert_eq!(digest.to_string(), "9b8b256eade3ce849c5b0a626291054e");
        assert_eq!(Digest::of_core(Instant(7), Core::Stop).to_string(), "fd5243f7cca62a1628e52142f3e75de2");
    }

    #[test]
    fn names_do_not_run_into_each_other() {
        let event = told(None);
        let of = |target: Target| Subject::object(&target).event(&event);
        assert_ne!(of(Target::service("a", "bc")), of(Target::service("ab", "c")));
        assert_ne!(of(Target::host("a")), of(Target::service("a", "")));
    }

    #[test]
    fn a_digest_counts_how_often_an_event_came() {
        let one = Subject::object(&Target::host("a")).event(&told(None));
        assert_ne!(one.with(one), one);
        assert_eq!(one.with(one).without(one), one);
    }
}
