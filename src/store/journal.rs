//! Reading the journal: segments of lines, up to the last valid one.

use std::path::Path;

use super::acknowledged::Acknowledged;
use super::files::Files;
use super::layout::Layout;
use super::line;
use crate::downtime::operation::Entry;
use crate::failure::{Failure, Kind, Outcome};

/// The lines of one segment.
#[derive(Debug)]
pub struct Segment {
    /// In order.
    pub entries: Vec<Entry>,
    /// How many there are.
    pub lines: usize,
    /// Bytes up to and with the last valid line.
    pub length: u64,
    /// Bytes after it: what a crash left of a line that was never acknowledged.
    pub residue: Vec<u8>,
}

/// The newest record of the last acknowledged line, and whether both of its slots are sound.
pub fn acknowledged(files: &dyn Files, layout: &Layout) -> Outcome<(Acknowledged, bool)> {
    let path = layout.acknowledged();
    let bytes = files.read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => damaged(&path, "is missing: what was acknowledged cannot be told"),
        _ => Failure::io("read", path.display(), error),
    })?;
    Acknowledged::newest(&bytes).ok_or_else(|| damaged(&path, "holds no valid record"))
}

/// The segment that is being written, from its first line.
pub fn current(files: &dyn Files, layout: &Layout, acknowledged: &Acknowledged) -> Outcome<Segment> {
    read(files, layout, acknowledged.segment, Some(acknowledged))
}

/// Every entry from the first on, in order; `visit` is called once each.
pub fn replay(
    files: &dyn Files,
    layout: &Layout,
    acknowledged: &Acknowledged,
    mut visit: impl FnMut(Entry) -> Outcome<()>,
) -> Outcome<()> {
    replay_before(files, layout, acknowledged.segment, &mut visit)?;
    current(files, layout, acknowledged)?.entries.into_iter().try_for_each(visit)
}

/// Every entry of the closed segments, those before the one whose first line is `segment`.
pub fn replay_before(
    files: &dyn Files,
    layout: &Layout,
    segment: u64,
    mut visit: impl FnMut(Entry) -> Outcome<()>,
) -> Outcome<()> {
    let mut next = 1;
    while next < segment {
        let closed = read(files, layout, next, None)?;
        if closed.entries.is_empty() {
            return Err(damaged(&layout.segment(next), "is empty, but a later segment follows it"));
        }
        next += closed.entries.len() as u64;
        closed.entries.into_iter().try_for_each(&mut visit)?;
    }
    if next != segment {
        return Err(damaged(&layout.segment(segment), format!("does not follow operation {}", next - 1)));
    }
    Ok(())
}

/// Reads a segment. Up to the acknowledged length everything must be valid; without one, up to the end.
fn read(files: &dyn Files, layout: &Layout, first: u64, acknowledged: Option<&Acknowledged>) -> Outcome<Segment> {
    let path = layout.segment(first);
    let bytes = files.read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => damaged(&path, "is missing"),
        _ => Failure::io("read", path.display(), error),
    })?;
    let sure = acknowledged.map_or(bytes.len(), |record| usize::try_from(record.length).unwrap_or(usize::MAX));
    if bytes.len() < sure {
        return Err(damaged(&path, format!("ends after {} bytes, but {sure} were acknowledged", bytes.len())));
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map(|length| at + length);
        let whole = end.filter(|end| line::is_whole(&bytes[at..*end]));
        let number = entries.len() + 1;
        let Some(end) = whole else {
            if at < sure {
                return Err(damaged(&path, format!("line {number} is damaged")));
            }
            break;
        };
        let entry =
            line::decode(&bytes[at..end]).map_err(|failure| failure.context(format!("{}:{number}", path.display())))?;
        let expected = first + entries.len() as u64;
        if entry.sequence != expected {
            return Err(damaged(
                &path,
                format!("line {number} is operation {} where {expected} belongs", entry.sequence),
            ));
        }
        entries.push(entry);
        at = end + 1;
    }
    if let Some(record) = acknowledged
        && first + entries.len() as u64 <= record.sequence
    {
        return Err(damaged(&path, format!("operation {} is missing, but was acknowledged", record.sequence)));
    }
    Ok(Segment { lines: entries.len(), entries, length: at as u64, residue: bytes[at..].to_vec() })
}

fn damaged(path: &Path, what: impl std::fmt::Display) -> Failure {
    Failure::new(Kind::Damaged, format!("{} {what}", path.display()))
        .hint("run `downtime doctor`; restore the file from a backup")
}
