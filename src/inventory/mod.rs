//! Hosts and services as people declare them, and which of them a target means.

pub mod attributes;
pub mod declared;
pub mod family;
pub mod matching;
pub mod misses;
pub mod pattern;
pub mod reading;
pub mod selection;
pub mod selectors;
