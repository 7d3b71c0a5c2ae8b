//! A cache of numbered records with an index of keys, read record by record and believed only where checksums agree.
//!
//! Layout: magic with the number of the format, how many records, their bytes, how many keys, checksum of these; the
//! records; checked blocks of rows (see [`super::blocks`]): where each record is, then key and record number.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use super::blocks::{self, BLOCK, Rows};
use super::files::Files;

/// The first bytes of a file: what it is, and the number of its format.
pub type Magic = [u8; 16];
/// What the index sorts by.
pub type Key = [u8; 8];

/// Magic, three numbers, checksum.
const PREFIX: usize = 16 + 3 * 8 + 4;
/// Rather than so many records one by one, all are read at once.
const MANY: usize = 64;

/// Numbered records on disk.
#[derive(Debug)]
pub struct Records {
    file: Arc<File>,
    bytes: u64,
    places: Rows<16>,
    keys: Rows<12>,
}

impl Records {
    /// Opens the file at `path`; an error if there is none, or none that is whole at its front.
    pub fn open(files: &dyn Files, path: &Path, magic: Magic) -> io::Result<Self> {
        let file = Arc::new(files.open(path)?);
        let mut prefix = [0; PREFIX];
        file.read_exact_at(&mut prefix, 0)?;
        let (told, checksum) = prefix.split_at(PREFIX - 4);
        if told[..16] != magic || checksum != crc32fast::hash(told).to_le_bytes() {
            return Err(invalid("it is not what it should be"));
        }
        let (records, bytes, keys) = (u64_at(told, 16), u64_at(told, 24), u64_at(told, 32));
        let count = |count: u64| usize::try_from(count).map_err(io::Error::other);
        let places_at = PREFIX as u64 + bytes;
        let places = Rows::new(Arc::clone(&file), places_at, count(records)?);
        let keys_at = places_at + (places.blocks() * BLOCK) as u64;
        let keys = Rows::new(Arc::clone(&file), keys_at, count(keys)?);
        Ok(Self { file, bytes, places, keys })
    }

    /// The bytes of such a file; `keys` name records by their numbers.
    pub fn encode(magic: Magic, records: &[Vec<u8>], mut keys: Vec<(Key, u32)>) -> io::Result<Vec<u8>> {
        keys.sort_unstable();
        let length: usize = records.iter().map(Vec::len).sum();
        let mut bytes = Vec::with_capacity(PREFIX + length + (records.len() + keys.len()) * 20);
        bytes.extend_from_slice(&magic);
        for number in [records.len(), length, keys.len()] {
            bytes.extend((number as u64).to_le_bytes());
        }
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        let mut places = Vec::with_capacity(records.len());
        let mut offset = 0_u64;
        for record in records {
            let mut row = [0; 16];
            row[..8].copy_from_slice(&offset.to_le_bytes());
            row[8..12].copy_from_slice(&u32::try_from(record.len()).map_err(io::Error::other)?.to_le_bytes());
            row[12..].copy_from_slice(&crc32fast::hash(record).to_le_bytes());
            places.push(row);
            offset += record.len() as u64;
            bytes.extend_from_slice(record);
        }
        bytes.extend(blocks::encode(places));
        bytes.extend(blocks::encode(keys.into_iter().map(|(key, number)| {
            let mut row = [0; 12];
            row[..8].copy_from_slice(&key);
            row[8..].copy_from_slice(&number.to_le_bytes());
            row
        })));
        Ok(bytes)
    }

    /// The numbers of the records with this key.
    pub fn numbers(&self, key: Key) -> io::Result<Vec<u32>> {
        let rows = self.keys.equal(&key, key_of)?;
        Ok(rows.iter().map(number_of).collect())
    }

    /// Every key with its record's number, sorted.
    pub fn keys(&self) -> io::Result<Vec<(Key, u32)>> {
        Ok(self.keys.all()?.iter().map(|row| (key_of(row), number_of(row))).collect())
    }

    /// The record of this number.
    pub fn get(&self, number: u32) -> io::Result<Vec<u8>> {
        let place = self.places.get(self.within(number)?)?;
        let mut record = vec![0; u32_at(&place, 8) as usize];
        self.file.read_exact_at(&mut record, PREFIX as u64 + u64_at(&place, 0))?;
        sound(&record, &place)?;
        Ok(record)
    }

    /// The records of these numbers, in their order.
    pub fn all_of(&self, numbers: &[u32]) -> io::Result<Vec<Vec<u8>>> {
        if numbers.len() < MANY {
            return numbers.iter().map(|number| self.get(*number)).collect();
        }
        let places = self.places.all()?;
        let mut bytes = vec![0; usize::try_from(self.bytes).map_err(io::Error::other)?];
        self.file.read_exact_at(&mut bytes, PREFIX as u64)?;
        let record = |number: &u32| {
            let place = &places[self.within(*number)?];
            let from = usize::try_from(u64_at(place, 0)).map_err(io::Error::other)?;
            let record = bytes.get(from..from + u32_at(place, 8) as usize);
            let record = record.ok_or_else(|| invalid("a record lies outside of the file"))?;
            sound(record, place).map(|()| record.to_vec())
        };
        numbers.iter().map(record).collect()
    }

    /// Every record, in the order of their numbers.
    pub fn all(&self) -> io::Result<Vec<Vec<u8>>> {
        let count = u32::try_from(self.places.len()).map_err(io::Error::other)?;
        self.all_of(&(0..count).collect::<Vec<u32>>())
    }

    fn within(&self, number: u32) -> io::Result<usize> {
        let number = number as usize;
        if number < self.places.len() { Ok(number) } else { Err(invalid("there is no record of that number")) }
    }
}

fn sound(record: &[u8], place: &[u8; 16]) -> io::Result<()> {
    if crc32fast::hash(record) == u32_at(place, 12) {
        Ok(())
    } else {
        Err(invalid("a record does not match its checksum"))
    }
}

fn key_of(row: &[u8; 12]) -> Key {
    let mut key = [0; 8];
    key.copy_from_slice(&row[..8]);
    key
}

fn number_of(row: &[u8; 12]) -> u32 {
    u32_at(row, 8)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::files::Disk;

    const MAGIC: Magic = *b"downtime-tests-1";

    fn key(number: u64) -> Key {
        number.to_be_bytes()
    }

    fn written(bytes: &[u8]) -> (tempfile::TempDir, io::Result<Records>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("records");
        std::fs::write(&path, bytes).unwrap();
        let records = Records::open(&Disk, &path, MAGIC);
        (dir, records)
    }

    fn bytes(count: u32) -> Vec<u8> {
        let records: Vec<Vec<u8>> = (0..count).map(|number| vec![b'x'; number as usize % 50]).collect();
        // Two keys for each of them, one that all of them share.
        let keys = (0..count).flat_map(|number| [(key(u64::from(number) + 1), number), (key(0), number)]).collect();
        Records::encode(MAGIC, &records, keys).unwrap()
    }

    #[test]
    fn records_are_found_by_number_and_key_one_by_one_and_together() {
        let (_dir, records) = written(&bytes(2000));
        let records = records.unwrap();
        assert_eq!(records.numbers(key(1235)).unwrap(), [1234]);
        assert_eq!(records.numbers(key(5000)).unwrap(), [0; 0]);
        assert_eq!(records.numbers(key(0)).unwrap().len(), 2000);
        assert_eq!(records.get(1234).unwrap(), vec![b'x'; 34]);
        let numbers: Vec<u32> = (0..2000).rev().collect();
        let one_by_one: Vec<Vec<u8>> = numbers.iter().map(|number| records.get(*number).unwrap()).collect();
        assert_eq!(records.all_of(&numbers).unwrap(), one_by_one);
        assert_eq!(records.keys().unwrap().len(), 4000);
        assert!(records.get(2000).is_err());
    }

    #[test]
    fn nothing_is_a_file_too() {
        let (_dir, records) = written(&bytes(0));
        let records = records.unwrap();
        assert_eq!((records.numbers(key(0)).unwrap(), records.keys().unwrap()), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_changed_or_missing_byte_gives_no_other_answer() {
        let sound = bytes(60);
        let whole = |records: &Records| -> io::Result<_> {
            let keyed = records.keys()?;
            Ok((keyed, (0..60).map(|number| records.get(number)).collect::<io::Result<Vec<_>>>()?))
        };
        let answer = whole(&written(&sound).1.unwrap()).unwrap();
        for at in (0..sound.len()).step_by(11) {
            let mut changed = sound.clone();
            changed[at] ^= 0x20;
            let (_dir, records) = written(&changed);
            if let Ok(read) = records.and_then(|records| whole(&records)) {
                assert_eq!(read, answer, "byte {at}");
            }
        }
        for length in (0..sound.len()).step_by(97) {
            assert!(written(&sound[..length]).1.and_then(|records| whole(&records)).is_err(), "cut at {length}");
        }
    }
}
