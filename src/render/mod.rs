//! (see the crate map)

pub mod duration;
