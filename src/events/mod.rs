//! Monitoring logs: their formats, what an import takes from them, and the segments that keep it.
//!
//! A file is unpacked on the way ([`unpacked`]) and read line by line ([`lines`]) by its format's [`format::Reader`]
//! ([`nagios`], [`csv`], [`jsonl`]) into [`line::Line`]s, gathered into a [`gather::Parsed`]; [`set::SegmentSet`] drops
//! what it holds already ([`duplicates`]) and encodes the rest as one immutable [`segment`]. Readers of events see an
//! [`source::EventSource`] and no format.

pub mod code;
pub mod csv;
pub mod digest;
pub mod duplicates;
pub mod event;
pub mod format;
pub mod gather;
pub mod import;
pub mod jsonl;
pub mod line;
pub mod lines;
pub mod log;
pub mod nagios;
mod places;
mod row;
pub mod segment;
pub mod set;
pub mod source;
pub mod text;
pub mod told;
pub mod unpacked;

#[cfg(test)]
mod vectors;
