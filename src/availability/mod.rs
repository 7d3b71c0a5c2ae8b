//! How long each object was in which class of state: the contract's section 7.
//!
//! Pure, in four steps that each stand alone: [`history`] turns events, planned downtimes and periods into elementary
//! spans in which nothing changes; [`classify`] gives each its class and merges them; [`figures`] adds them up;
//! [`assess`] does so for a list of objects. Rules follow Checkmk's availability, where the contract is not its own.

pub mod assess;
pub mod class;
pub mod classify;
pub mod figures;
pub mod history;
pub mod options;
pub mod outage;
pub mod period;
pub mod short_intervals;
pub mod withheld;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod logbook;
#[cfg(test)]
mod properties;
