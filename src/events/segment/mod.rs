//! One import's accepted events of one file as immutable bytes.
//!
//! Little-endian throughout. All numbers of the header are 64 bits wide but for the version and the checksum:
//!
//! | part | content |
//! |---|---|
//! | header | magic, version, CRC-32 of all other bytes, first and newest time, digest (128 bits), length of each section below (items; bytes of names and texts) |
//! | objects | sorted by target, 32 bytes each: where its name begins, length of host and service, first event, number of events |
//! | periods | the same by name, of transitions |
//! | events | 24 bytes each: time, ordinal, seconds since the header, output, kind, detail, flags, 0 |
//! | transitions | 16 bytes each: time, ordinal, from, to, 0, 0 |
//! | core | 16 bytes each: time, ordinal, kind, 0, 0, 0 |
//! | outputs | where each ends in the texts, 8 bytes each |
//! | names, texts | UTF-8, one after another |
//!
//! The digest is what the segment adds to that of the segments before it: see [`super::set::SegmentSet`].

mod encode;
mod read;
#[cfg(test)]
mod tests;

pub use encode::{Contents, encode};
pub use read::{Named, Segment};

const MAGIC: &[u8; 8] = b"DTEVENTS";
const VERSION: u32 = 1;
/// Where the checksum stands: the same in all versions.
const CHECKSUM: std::ops::Range<usize> = 12..16;
const SECTIONS: usize = 8;
const HEADER: usize = 48 + 8 * SECTIONS;
/// Bytes of an item of each section.
const ITEM: [usize; SECTIONS] = [32, 32, 24, 16, 16, 8, 1, 1];
const OBJECTS: usize = 0;
const PERIODS: usize = 1;
const EVENTS: usize = 2;
const TRANSITIONS: usize = 3;
const CORE: usize = 4;
const OUTPUTS: usize = 5;
const NAMES: usize = 6;
const TEXTS: usize = 7;
/// Stands for no service, no header, no output.
const NONE: u32 = u32::MAX;
const HARD: u8 = 1;
const UNFINISHED: u8 = 2;

/// CRC-32 of all but the checksum itself.
fn checksum(bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&bytes[..CHECKSUM.start]);
    hasher.update(&bytes[CHECKSUM.end..]);
    hasher.finalize()
}
