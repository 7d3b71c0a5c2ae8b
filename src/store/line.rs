//! A journal line: one operation as JSON, closed by a checksum of all bytes before it.
//!
//! `{"v":1,"seq":71,"op":"extend","due":…,"written":…,"author":"ops","body":…,"crc":"9c5e1a07"}`; times are seconds
//! since 1970, `crc` is CRC-32 (IEEE 802.3) in hexadecimal over everything before `,"crc"`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::clock::Instant;
use crate::downtime::operation::{Entry, Operation};
use crate::failure::{Failure, Kind, Outcome};

/// The newest format that this version writes and reads.
pub const FORMAT: u32 = 1;

/// Length of `,"crc":"xxxxxxxx"}`.
const TRAILER: usize = 18;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a, B> {
    v: u32,
    seq: u64,
    #[serde(borrow)]
    op: std::borrow::Cow<'a, str>,
    due: Instant,
    written: Instant,
    author: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pretended: bool,
    body: B,
    #[serde(default, skip_serializing, rename = "crc")]
    _checksum: String,
}

/// Only what is needed to say that a line is too new, when the rest cannot be read.
#[derive(Deserialize)]
struct Version {
    v: u32,
}

/// The line for an entry, with its newline.
pub fn encode(entry: &Entry) -> Outcome<Vec<u8>> {
    let body = match &entry.operation {
        Operation::Schedule(downtime) => serde_json::value::to_raw_value(downtime),
        Operation::ScheduleSeries(series) => serde_json::value::to_raw_value(series),
        Operation::Extend(effects)
        | Operation::Edit(effects)
        | Operation::Delete(effects)
        | Operation::Repeat(effects)
        | Operation::Skip(effects)
        | Operation::Unskip(effects) => serde_json::value::to_raw_value(effects),
        Operation::Undo(reversal) => serde_json::value::to_raw_value(reversal),
        Operation::InventoryRevision(revision) | Operation::RulesRevision(revision) => {
            serde_json::value::to_raw_value(revision)
        }
        Operation::Import(imports) => serde_json::value::to_raw_value(imports),
        Operation::Settle(settled) => serde_json::value::to_raw_value(settled),
    };
    let envelope = body.and_then(|body| {
        serde_json::to_vec(&Envelope {
            v: FORMAT,
            seq: entry.sequence,
            op: entry.operation.name().into(),
            due: entry.due,
            written: entry.written,
            author: entry.author.clone(),
            pretended: entry.pretended,
            body,
            _checksum: String::new(),
        })
    });
    let mut line =
        envelope.map_err(|error| Failure::new(Kind::Io, format!("cannot write an operation down: {error}")))?;
    line.pop();
    let checksum = crc32fast::hash(&line);
    line.extend_from_slice(format!(",\"crc\":\"{checksum:08x}\"}}\n").as_bytes());
    Ok(line)
}

/// Whether the bytes (without newline) are a line that was written whole.
pub fn is_whole(line: &[u8]) -> bool {
    line.len() > TRAILER && {
        let (body, trailer) = line.split_at(line.len() - TRAILER);
        trailer == format!(",\"crc\":\"{:08x}\"}}", crc32fast::hash(body)).as_bytes()
    }
}

/// The entry on a whole line (without newline).
///
/// # Errors
/// `Newer` for a later format or an operation that this version does not know, `Damaged` for anything else.
pub fn decode(line: &[u8]) -> Outcome<Entry> {
    let newer = |what: String| {
        Failure::new(Kind::Newer, format!("{what}; it was written by a newer version of downtime"))
            .hint("run the version that wrote this store")
    };
    let too_new = |v: u32| newer(format!("the line has format {v}, this version knows {FORMAT}"));
    let envelope: Envelope<'_, &RawValue> =
        serde_json::from_slice(line).map_err(|error| match serde_json::from_slice(line) {
            Ok(Version { v }) if v > FORMAT => too_new(v),
            _ => Failure::new(Kind::Damaged, format!("not a journal line: {error}")),
        })?;
    if envelope.v > FORMAT {
        return Err(too_new(envelope.v));
    }
    let operation = match &*envelope.op {
        "schedule" => Operation::Schedule(body(envelope.body)?),
        "schedule_series" => Operation::ScheduleSeries(body(envelope.body)?),
        "extend" => Operation::Extend(body(envelope.body)?),
        "edit" => Operation::Edit(body(envelope.body)?),
        "delete" => Operation::Delete(body(envelope.body)?),
        "repeat" => Operation::Repeat(body(envelope.body)?),
        "skip" => Operation::Skip(body(envelope.body)?),
        "unskip" => Operation::Unskip(body(envelope.body)?),
        "undo" => Operation::Undo(body(envelope.body)?),
        "inventory_revision" => Operation::InventoryRevision(body(envelope.body)?),
        "rules_revision" => Operation::RulesRevision(body(envelope.body)?),
        "import" => Operation::Import(body(envelope.body)?),
        "settle" => Operation::Settle(body(envelope.body)?),
        unknown => return Err(newer(format!("there is no operation `{unknown}` in this version"))),
    };
    Ok(Entry {
        sequence: envelope.seq,
        due: envelope.due,
        written: envelope.written,
        author: envelope.author,
        pretended: envelope.pretended,
        operation,
    })
}

fn body<T: DeserializeOwned>(raw: &RawValue) -> Outcome<T> {
    serde_json::from_str(raw.get()).map_err(|error| {
        let kind = if error.to_string().contains("unknown") { Kind::Newer } else { Kind::Damaged };
        Failure::new(kind, format!("not an operation that this version reads: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    fn entry() -> Entry {
        Entry {
            sequence: 7,
            due: Instant(1_795_000_000),
            written: Instant(1_795_000_001),
            author: "o\"ps".into(),
            pretended: true,
            operation: Operation::Schedule(Box::new(downtime(3, &["web01", "db01/Disk [C:\\]"], 0, 60))),
        }
    }

    #[test]
    fn a_line_reads_back_as_it_was_written() {
        let line = encode(&entry()).unwrap();
        assert_eq!(line.last(), Some(&b'\n'));
        assert!(is_whole(&line[..line.len() - 1]));
        assert_eq!(decode(&line[..line.len() - 1]).unwrap(), entry());
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let line = encode(&entry()).unwrap();
        let line = &line[..line.len() - 1];
        for at in 0..line.len() {
            let mut changed = line.to_vec();
            changed[at] ^= 0x10;
            assert!(!is_whole(&changed), "byte {at}");
            assert!(!is_whole(&line[..at]), "cut at {at}");
        }
    }

    #[test]
    fn a_newer_format_and_an_unknown_operation_are_named_as_such() {
        let line = String::from_utf8(encode(&entry()).unwrap()).unwrap();
        for (from, to) in
            [("\"v\":1", "\"v\":2"), ("\"op\":\"schedule\"", "\"op\":\"teleport\""), ("\"kind\"", "\"kinds\"")]
        {
            assert_eq!(decode(line.trim().replace(from, to).as_bytes()).unwrap_err().kind, Kind::Newer, "{to}");
        }
    }
}
