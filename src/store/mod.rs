//! The directory that holds everything.
pub mod acknowledged;
pub mod blocks;
pub mod files;
pub mod journal;
pub mod layout;
pub mod line;
pub mod snapshot;
