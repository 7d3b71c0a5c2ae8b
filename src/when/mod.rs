//! What people type as a time, and the one function that turns civil time into an instant.

pub mod zone;
