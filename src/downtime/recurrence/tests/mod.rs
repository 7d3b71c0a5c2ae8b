//! Recurrences as a whole.

mod checks;
mod conformance;
pub mod fixture;
mod modes;
mod rrules;
