//! Monitoring logs: their formats, what an import takes from them, and the segments that keep it.

pub mod event;
pub mod log;
