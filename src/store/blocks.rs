//! Sorted rows of fixed length in checked blocks, searched on disk without reading them all.
//!
//! A block is [`BLOCK`] bytes: as many whole rows as fit before the last four bytes, which are the CRC-32 of the rest.
//! Caches only: a block that does not check is an error for the caller to fall back from.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// Bytes of a block, one page of most file systems.
pub const BLOCK: usize = 4096;

const PAYLOAD: usize = BLOCK - 4;

/// The blocks that hold `rows`, each `N` bytes, in the order given.
pub fn encode<const N: usize>(rows: impl IntoIterator<Item = [u8; N]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut block = Vec::with_capacity(BLOCK);
    let mut close = |block: &mut Vec<u8>| {
        block.resize(PAYLOAD, 0);
        block.extend(crc32fast::hash(block).to_le_bytes());
        bytes.append(block);
    };
    for row in rows {
        if block.len() + N > PAYLOAD {
            close(&mut block);
        }
        block.extend(row);
    }
    if !block.is_empty() {
        close(&mut block);
    }
    bytes
}

/// Rows of `N` bytes on disk.
#[derive(Debug, Clone)]
pub struct Rows<const N: usize> {
    file: Arc<File>,
    offset: u64,
    count: usize,
}

impl<const N: usize> Rows<N> {
    const PER_BLOCK: usize = PAYLOAD / N;

    /// `count` rows whose blocks begin at `offset`.
    pub const fn new(file: Arc<File>, offset: u64, count: usize) -> Self {
        Self { file, offset, count }
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many blocks they fill.
    pub const fn blocks(&self) -> usize {
        self.count.div_ceil(Self::PER_BLOCK)
    }

    /// The rows of the block that holds row `at`, and the number of its first row.
    fn block(&self, at: usize) -> io::Result<(usize, Vec<u8>)> {
        let number = at / Self::PER_BLOCK;
        let mut block = vec![0; BLOCK];
        self.file.read_exact_at(&mut block, self.offset + (number * BLOCK) as u64)?;
        let checksum = block.split_off(PAYLOAD);
        if crc32fast::hash(&block).to_le_bytes() != *checksum {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a block does not match its checksum"));
        }
        let first = number * Self::PER_BLOCK;
        block.truncate(Self::PER_BLOCK.min(self.count - first) * N);
        Ok((first, block))
    }

    /// Row number `at`.
    pub fn get(&self, at: usize) -> io::Result<[u8; N]> {
        let (first, block) = self.block(at)?;
        let from = (at - first) * N;
        block[from..from + N].try_into().map_err(io::Error::other)
    }

    /// Every row.
    pub fn all(&self) -> io::Result<Vec<[u8; N]>> {
        let mut rows = Vec::with_capacity(self.count);
        while rows.len() < self.count {
            let (_, block) = self.block(rows.len())?;
            rows.extend(block.as_chunks::<N>().0);
        }
        Ok(rows)
    }

    /// The rows for which `key` is `wanted`, the rows being sorted by it.
    pub fn equal<K: Ord>(&self, wanted: &K, key: impl Fn(&[u8; N]) -> K) -> io::Result<Vec<[u8; N]>> {
        self.within(wanted, wanted, key)
    }

    /// The rows for which `key` is from `first` to `last`, both included, the rows being sorted by it.
    pub fn within<K: Ord>(&self, first: &K, last: &K, key: impl Fn(&[u8; N]) -> K) -> io::Result<Vec<[u8; N]>> {
        let (mut low, mut high) = (0, self.blocks());
        while low < high {
            let middle = low.midpoint(high);
            let (_, block) = self.block(middle * Self::PER_BLOCK)?;
            let reaches = block.as_chunks::<N>().0.last().is_some_and(|row| key(row) >= *first);
            if reaches {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let mut found = Vec::new();
        let mut at = low * Self::PER_BLOCK;
        while at < self.count {
            let (beginning, block) = self.block(at)?;
            let rows = block.as_chunks::<N>().0;
            found.extend(rows.iter().filter(|row| (first..=last).contains(&&key(row))));
            if rows.last().is_some_and(|row| key(row) > *last) {
                break;
            }
            at = beginning + Self::PER_BLOCK;
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn rows(keys: &[u32]) -> (Rows<8>, tempfile::NamedTempFile) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let encoded = encode(keys.iter().enumerate().map(|(at, key)| {
            let mut row = [0; 8];
            row[..4].copy_from_slice(&key.to_le_bytes());
            row[4..].copy_from_slice(&u32::try_from(at).unwrap().to_le_bytes());
            row
        }));
        file.write_all(b"head").unwrap();
        file.write_all(&encoded).unwrap();
        (Rows::new(Arc::new(file.reopen().unwrap()), 4, keys.len()), file)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "`equal` asks for a function of a reference")]
    fn key(row: &[u8; 8]) -> u32 {
        u32::from_le_bytes(row[..4].try_into().unwrap())
    }

    #[test]
    fn every_key_is_found_as_often_as_it_occurs() {
        let keys: Vec<u32> = (0..5000).map(|n| n / 3 * 2).collect();
        let (rows, _file) = rows(&keys);
        for wanted in [0, 1, 2, 340, 341, 342, 1022, 1024, 3332, 3334, u32::MAX] {
            let found = rows.equal(&wanted, key).unwrap();
            assert_eq!(found.len(), keys.iter().filter(|key| **key == wanted).count(), "{wanted}");
            for last in [wanted, wanted.saturating_add(1), wanted.saturating_add(700)] {
                let found = rows.within(&wanted, &last, key).unwrap();
                assert_eq!(
                    found.len(),
                    keys.iter().filter(|key| (wanted..=last).contains(key)).count(),
                    "{wanted}..={last}"
                );
            }
        }
        assert_eq!(rows.all().unwrap().len(), 5000);
        assert_eq!(key(&rows.get(4999).unwrap()), keys[4999]);
    }

    #[test]
    fn one_key_may_fill_many_blocks_and_none_may_be_there() {
        let (many, _file) = rows(&[7; 3000]);
        assert_eq!(many.equal(&7, key).unwrap().len(), 3000);
        let (none, _file) = rows(&[]);
        assert_eq!(none.equal(&7, key).unwrap().len(), 0);
    }

    #[test]
    fn a_changed_byte_is_an_error_and_not_another_answer() {
        let (rows, file) = rows(&(0..2000).collect::<Vec<u32>>());
        file.as_file().write_all_at(&[0xff], 4 + 4 * 100).unwrap();
        assert!(rows.equal(&100, key).is_err());
        assert!(rows.equal(&1999, key).is_ok(), "another block is still sound");
    }
}
