//! Spans of a range in which nothing changes for an object.

use super::{HostShadow, ObjectHistory, Told};
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::events::event::State;

/// All that decides what a span counts as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent conditions; the contract's rules name each")]
pub struct Conditions {
    /// The object's state; `None` where none is known.
    pub state: Option<State>,
    /// In downtime of its own.
    pub downtime: bool,
    /// A service whose host is in downtime.
    pub host_downtime: bool,
    /// Monitoring suspended, by its own or its host's downtime.
    pub suspended: bool,
    /// A service whose host is DOWN or UNREACHABLE.
    pub host_down: bool,
    /// Flapping.
    pub flapping: bool,
    /// Inside the service period; `None` where the object has none.
    pub in_service_period: Option<bool>,
    /// Inside the notification period; `None` where the object has none.
    pub in_notification_period: Option<bool>,
}

impl Conditions {
    /// Whether `--no-merge` sees no change from one to the other. Suspension does not count as one, and while no state
    /// is known only the service period does.
    pub fn continue_as(self, next: Self) -> bool {
        if self.state.is_none() && next.state.is_none() {
            self.in_service_period == next.in_service_period
        } else {
            Self { suspended: false, ..self } == Self { suspended: false, ..next }
        }
    }
}

/// A span in which nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elementary<'a> {
    /// From when to when.
    pub interval: Interval,
    /// What held.
    pub conditions: Conditions,
    /// The plugin's output with the state.
    pub output: Option<&'a str>,
}

/// Walks an object's history over a range; yields spans that cover it without gaps.
pub struct Sweep<'a, 'h> {
    now: Instant,
    end: Instant,
    /// From the state in force now on.
    states: &'h [Told<'a>],
    flags: [Flag<'h>; 8],
    has_service_period: bool,
    has_notification_period: bool,
    /// What the flags say, with the state left open.
    conditions: Conditions,
    /// Up to when they say so.
    steady_until: Instant,
}

impl<'a, 'h> Sweep<'a, 'h> {
    /// The spans of `history` over `range`. `host` is the shadow on a service; periods are given as the intervals
    /// inside of them.
    pub fn new(
        range: Interval,
        history: &'h ObjectHistory<'a>,
        host: &'h HostShadow,
        service_period: Option<&'h [Interval]>,
        notification_period: Option<&'h [Interval]>,
    ) -> Self {
        let flags = [
            Flag::new(&history.downtime),
            Flag::new(&host.downtime),
            Flag::new(&history.suspended),
            Flag::new(&host.suspended),
            Flag::new(&host.down),
            Flag::new(&history.flapping),
            Flag::new(service_period.unwrap_or_default()),
            Flag::new(notification_period.unwrap_or_default()),
        ];
        let mut sweep = Self {
            now: range.start(),
            end: range.end(),
            states: &history.states,
            flags,
            has_service_period: service_period.is_some(),
            has_notification_period: notification_period.is_some(),
            conditions: Conditions::default(),
            steady_until: range.start(),
        };
        sweep.read_flags();
        sweep
    }

    fn read_flags(&mut self) {
        let now = self.now;
        let mut steady_until = Instant::END;
        let [downtime, host_downtime, suspended, host_suspended, host_down, flapping, service, notification] =
            self.flags.each_mut().map(|flag| {
                let (raised, until) = flag.at(now);
                steady_until = steady_until.min(until);
                raised
            });
        self.steady_until = steady_until;
        self.conditions = Conditions {
            state: None,
            downtime,
            host_downtime,
            suspended: suspended || host_suspended,
            host_down,
            flapping,
            in_service_period: self.has_service_period.then_some(service),
            in_notification_period: self.has_notification_period.then_some(notification),
        };
    }
}

impl<'a> Iterator for Sweep<'a, '_> {
    type Item = Elementary<'a>;

    fn next(&mut self) -> Option<Elementary<'a>> {
        if self.now >= self.steady_until {
            self.read_flags();
        }
        let (told, later) = self.states.split_first()?;
        let told_until = later.first().map_or(Instant::END, |next| next.since);
        let interval = Interval::new(self.now, told_until.min(self.steady_until).min(self.end))?;
        self.now = interval.end();
        if told_until == self.now {
            self.states = later;
        }
        Some(Elementary {
            interval,
            conditions: Conditions { state: told.state, ..self.conditions },
            output: told.output,
        })
    }
}

/// One strand that either holds or does not.
struct Flag<'h> {
    /// When it holds, from the present on.
    holds: &'h [Interval],
}

impl<'h> Flag<'h> {
    const fn new(holds: &'h [Interval]) -> Self {
        Self { holds }
    }

    /// Whether it holds at `now`, and up to when that stays so; `now` must not go back.
    fn at(&mut self, now: Instant) -> (bool, Instant) {
        while let Some((_, later)) = self.holds.split_first().filter(|(first, _)| first.end() <= now) {
            self.holds = later;
        }
        match self.holds.first() {
            Some(first) if first.start() <= now => (true, first.end()),
            Some(first) => (false, first.start()),
            None => (false, Instant::END),
        }
    }
}
