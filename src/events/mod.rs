//! Monitoring logs: their formats, what an import takes from them, and the segments that keep it.
//!
//! A file is read line by line ([`lines`]) by its format's parser ([`nagios`]) into [`line::Line`]s, gathered into a
//! [`gather::Parsed`]; [`set::SegmentSet`] drops what it holds already ([`duplicates`]) and encodes the rest as one
//! immutable [`segment`]. Readers see an [`source::EventSource`] and no format.

pub mod code;
pub mod digest;
pub mod duplicates;
pub mod event;
pub mod format;
pub mod gather;
pub mod import;
pub mod line;
pub mod lines;
pub mod log;
pub mod nagios;
mod places;
pub mod segment;
pub mod set;
pub mod source;
pub mod text;
pub mod told;

#[cfg(test)]
mod vectors;
