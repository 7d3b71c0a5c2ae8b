//! Recurrences as a whole.

mod conformance;
mod fixture;
mod modes;
mod rrules;
