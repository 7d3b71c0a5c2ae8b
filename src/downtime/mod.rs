//! The domain: what a downtime is, what may happen to it, and what follows at a given instant.
//!
//! Pure: nothing here reads a file, a clock or the environment.

pub mod interval;
pub mod target;
