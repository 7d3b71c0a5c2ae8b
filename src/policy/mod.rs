//! What a site does not allow without a reason: freezes and limits, as `config.toml` declares them.
//!
//! Pure: a request goes in, what stands against it comes out; whether that refuses or warns is for others to say.

pub mod conflict;
pub mod freeze;
pub mod limits;
mod objection;

use std::sync::Arc;

use crate::downtime::interval::{self, Interval};
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::declared::{Inventory, Source};
use crate::when::zone::Zone;
use freeze::{Freeze, FreezeTable};
use limits::{Limits, LimitsTable};
pub use objection::Objection;

/// What one file says about policies.
#[derive(Debug, Clone)]
pub struct Written {
    /// The file.
    pub source: Source,
    /// Its `[limits]`.
    pub limits: LimitsTable,
    /// Its `[[freeze]]`s.
    pub freezes: Vec<FreezeTable>,
}

/// Freezes and limits of a site.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What one downtime may be at most.
    pub limits: Limits,
    /// Times in which nothing is to be scheduled.
    pub freezes: Vec<Freeze>,
}

impl Policy {
    /// The policy of all files together: freezes add up, each limit may be set once. Civil times are meant in `zone`.
    ///
    /// # Errors
    /// `Config` naming file, line and column.
    pub fn of(written: Vec<Written>, zone: Zone) -> Outcome<Self> {
        let mut policy = Self::default();
        for Written { source, limits, freezes } in written {
            limits.add_to(&mut policy.limits, &source)?;
            let source = Arc::new(source);
            for freeze in freezes {
                policy.freezes.push(freeze.resolve(zone, &source)?);
            }
        }
        Ok(policy)
    }

    /// The freezes that stand against more time in downtime: `asked` has each target with the intervals that it would be
    /// in, sorted and without overlaps. The inventory is only asked for if a freeze might.
    ///
    /// # Errors
    /// `Config` for a pattern that cannot be read, and what `inventory` fails with.
    pub fn freezes_against<'i>(
        &self,
        asked: &[(&Target, Vec<Interval>)],
        inventory: impl Fn() -> Outcome<&'i Inventory>,
    ) -> Outcome<Vec<Objection>> {
        let mut objections = Vec::new();
        for freeze in &self.freezes {
            let overlaps = |intervals: &[Interval]| intervals.iter().any(|it| it.overlaps(freeze.interval));
            let overlapping = asked.iter().filter(|(_, intervals)| overlaps(intervals));
            let targets: Vec<&Target> = overlapping.map(|(target, _)| *target).collect();
            let frozen = if targets.is_empty() { targets } else { freeze.among(&targets, &inventory)? };
            let of_frozen = asked.iter().filter(|(target, _)| frozen.contains(target));
            let time = interval::union(of_frozen.flat_map(|(_, intervals)| intervals.iter().copied()));
            let ends = time.first().zip(time.last());
            let Some(asked_for) = ends.and_then(|(first, last)| Interval::new(first.start(), last.end())) else {
                continue;
            };
            objections.push(Objection::Freeze {
                name: freeze.name.clone(),
                interval: freeze.interval,
                asked: asked_for,
                seconds: interval::total(&interval::intersection(&time, &[freeze.interval])),
                targets: frozen.into_iter().cloned().collect(),
                of: asked.len(),
            });
        }
        Ok(objections)
    }
}
