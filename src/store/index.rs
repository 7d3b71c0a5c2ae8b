//! The rows of a snapshot's indexes: numbers in little-endian order, that of the record among them.

use std::collections::BTreeSet;

use crate::clock::Instant;
use crate::downtime::kept::Kept;

/// A row of the index by id: key of the id, record. Keys may collide; the record decides.
pub(super) type IdRow = [u8; 8];
/// A row of the index by host: key of the host, record, no earlier than the end of its last activation.
pub(super) type HostRow = [u8; 16];
/// A row of the index by time: a start or an end, record. Those of a series are computed: it has one at the end of time.
pub(super) type TurnRow = [u8; 12];

/// Whether what a row of the index by host names may last beyond `since`.
pub(super) fn may_last(row: &HostRow, since: Instant) -> bool {
    Instant(i64_at(row, 8)) > since || since == Instant::BEGINNING
}

/// How a key stands in the index of ids.
pub(super) fn keyed(key: &str) -> String {
    format!("key:{key}")
}

pub(super) fn name_row(name: &str, number: u32) -> IdRow {
    let mut row = [0; 8];
    row[..4].copy_from_slice(&key(name).to_le_bytes());
    row[4..].copy_from_slice(&number.to_le_bytes());
    row
}

pub(super) fn host_rows(kept: &Kept, number: u32) -> Vec<HostRow> {
    // An end moved back after it had passed makes an activation anew: what the window still allows counts too.
    let window_end = match kept {
        Kept::Downtime(downtime) => downtime.window.end(),
        Kept::Series(_) | Kept::Rule(_) => Instant::BEGINNING,
    };
    let end = kept.latest_end().max(window_end).0.to_le_bytes();
    let row = |host: &str| {
        let mut row = [0; 16];
        row[..4].copy_from_slice(&key(host).to_le_bytes());
        row[4..8].copy_from_slice(&number.to_le_bytes());
        row[8..].copy_from_slice(&end);
        row
    };
    kept.hosts().into_iter().map(row).collect()
}

pub(super) fn turn_rows(kept: &Kept, number: u32) -> Vec<TurnRow> {
    let times = match kept {
        Kept::Downtime(downtime) => downtime.turning_times(),
        Kept::Series(_) => BTreeSet::from([Instant::END]),
        Kept::Rule(_) => BTreeSet::new(),
    };
    let row = |time: Instant| {
        let mut row = [0; 12];
        row[..8].copy_from_slice(&time.0.to_le_bytes());
        row[8..].copy_from_slice(&number.to_le_bytes());
        row
    };
    times.into_iter().map(row).collect()
}

/// What the indexes sort by; collisions are sorted out by the record itself.
pub(super) fn key(text: &str) -> u32 {
    crc32fast::hash(text.as_bytes())
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

pub(super) fn i64_at(bytes: &[u8], at: usize) -> i64 {
    u64_at(bytes, at).cast_signed()
}
