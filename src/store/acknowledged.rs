//! The record of the last acknowledged line: what tells a crash's residue from damage.
//!
//! Two slots of fixed length, written in turn and each with a checksum, so that a torn write leaves the other one.
//! The record is advanced only after its line is durable; a command returns only after its record is.

use serde::{Deserialize, Serialize};

use super::checked;

/// Bytes of one slot, newline included: one sector's worth is never exceeded.
pub const SLOT: usize = 128;

/// How far the journal is known to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// Counts the writes of this record; the slot is this modulo 2.
    pub turn: u64,
    /// First sequence number of the current journal segment.
    pub segment: u64,
    /// Sequence number of the last acknowledged line; 0 for none.
    pub sequence: u64,
    /// Bytes of the current segment up to and with that line.
    pub length: u64,
}

impl Acknowledged {
    /// The record of a journal that is about to begin.
    pub const BEGINNING: Self = Self { turn: 0, segment: 1, sequence: 0, length: 0 };

    /// Where in the file its slot is.
    pub const fn offset(&self) -> u64 {
        (self.turn % 2) * SLOT as u64
    }

    /// Its slot's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let body = format!(
            r#"{{"turn":{},"segment":{},"sequence":{},"length":{}}}"#,
            self.turn, self.segment, self.sequence, self.length
        );
        let mut slot = checked::seal(&body).into_bytes();
        slot.resize(SLOT - 1, b' ');
        slot.push(b'\n');
        slot
    }

    fn decode(slot: &[u8]) -> Option<Self> {
        serde_json::from_str(checked::unseal(slot)?).ok()
    }

    /// The newest sound record in the file's bytes, and whether both slots are sound.
    pub fn newest(file: &[u8]) -> Option<(Self, bool)> {
        let slots: Vec<Option<Self>> = file.chunks(SLOT).map(Self::decode).collect();
        let newest = slots.iter().flatten().max_by_key(|record| record.turn)?;
        Some((*newest, slots.len() == 2 && slots.iter().all(Option::is_some)))
    }

    /// The whole file of a journal that is about to begin.
    pub fn first_file() -> Vec<u8> {
        let mut file = Self::BEGINNING.encode();
        file.extend(Self { turn: 1, ..Self::BEGINNING }.encode());
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_slot_leaves_the_other() {
        let mut file = Acknowledged::first_file();
        let next = Acknowledged { turn: 2, segment: 1, sequence: 1, length: u64::MAX };
        file[..SLOT].copy_from_slice(&next.encode());
        assert_eq!(Acknowledged::newest(&file), Some((next, true)));
        for torn in 0..SLOT - 20 {
            let mut file = file.clone();
            file[torn..SLOT].fill(0);
            let (newest, both) = Acknowledged::newest(&file).unwrap();
            assert!((newest.turn == 1 && !both) || (newest == next && torn > 90), "torn at {torn}");
        }
        assert_eq!(Acknowledged::newest(&[0; 2 * SLOT]), None);
        assert_eq!(Acknowledged::newest(b""), None);
    }
}
