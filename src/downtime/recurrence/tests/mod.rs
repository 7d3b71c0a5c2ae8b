//! Recurrences as a whole.

mod agreement;
mod checks;
mod conformance;
mod dateutil;
pub mod fixture;
mod modes;
mod oracle;
mod rfc_5545;
mod rrules;
