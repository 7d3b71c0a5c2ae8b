//! The domain: what a downtime is, what may happen to it, and what follows at a given instant.
//!
//! Pure: nothing here reads a file, a clock or the environment.

pub mod agenda;
pub mod course;
pub mod cover;
pub mod effect;
pub mod exceptional;
pub mod explain;
pub mod holding;
pub mod id;
pub mod interval;
pub mod kept;
pub mod keyed;
pub mod ledger;
pub mod near_miss;
pub mod operation;
pub mod overlap;
pub mod plan;
pub mod record;
pub mod recurrence;
pub mod reversal;
pub mod series;
pub mod settle;
pub mod settled;
pub mod state;
pub mod story;
pub mod target;
pub mod touched;
pub mod whole;
pub mod window;

#[cfg(test)]
pub(crate) mod fixture {
    //! Small downtimes for tests.

    use super::holding::Holding;
    use super::id::DowntimeId;
    use super::interval::Interval;
    use super::record::{Downtime, Kind, Origin, Terms};
    use super::target::Target;
    use super::window::Window;
    use crate::clock::Instant;
    use crate::when::zone::Zone;

    /// A fixed downtime `[start, end)` of the targets named.
    pub fn downtime(id: u64, targets: &[&str], start: i64, end: i64) -> Downtime {
        let interval = Interval::new(Instant(start), Instant(end)).unwrap();
        Downtime {
            id: DowntimeId::numbered(id),
            kind: Kind::Fixed,
            origin: Origin::Command,
            terms: Terms { comment: "kernel update".into(), ..Terms::default() },
            author: "ops".into(),
            entry_time: Instant(start),
            timezone: Zone::UTC,
            window: Window::exact(interval),
            planned_end: interval.end(),
            holdings: targets.iter().map(|target| Holding::of(Target::parse(target), interval)).collect(),
        }
    }
}
