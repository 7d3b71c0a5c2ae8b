//! Durations as tables and messages show them: `1d 2h 30m`.

pub use crate::when::duration::format;
