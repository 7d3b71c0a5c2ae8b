//! What the passing of time brings about beyond answers: it is written down.

pub mod tick;
