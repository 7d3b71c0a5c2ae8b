//! The state after some operation, with indexes by id and by host: a cache, so that a look-up reads a few pages.
//!
//! Layout: magic, length and checksum of the header, the header as JSON, then the sections that it places:
//! `records` (JSON lines), and checked blocks of rows (see [`super::blocks`]) `places` (record → bytes), `ids`, `hosts`,
//! `turns` (starts and ends).

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::blocks::{self, Rows};
use super::files::Files;
use super::index::{
    HostRow, IdRow, TurnRow, host_rows, i64_at, key, keyed, may_last, name_row, turn_rows, u32_at, u64_at,
};
use super::part;
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::ledger::Head;

const MAGIC: &[u8; 16] = b"downtime-state-2";
/// Magic, header length and header checksum.
const PREFIX: usize = 24;
/// What finding one host in the index reads, about: beyond that many of all its blocks, all are read at once.
const BLOCKS_A_LOOK_UP: usize = 12;
/// Most headers fit in the first read.
const FIRST_READ: usize = 4096;

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    head: Head,
    records: u64,
    record_bytes: u64,
    ids: u64,
    hosts: u64,
    turns: u64,
}

/// Where a record's bytes are: offset in the section, length, checksum.
#[derive(Debug, Clone, Copy)]
struct Place {
    offset: u64,
    length: u32,
    checksum: u32,
}

impl Place {
    fn encode(self) -> [u8; 16] {
        let mut row = [0; 16];
        row[..8].copy_from_slice(&self.offset.to_le_bytes());
        row[8..12].copy_from_slice(&self.length.to_le_bytes());
        row[12..].copy_from_slice(&self.checksum.to_le_bytes());
        row
    }

    fn decode(row: [u8; 16]) -> Self {
        Self { offset: u64_at(&row, 0), length: u32_at(&row, 8), checksum: u32_at(&row, 12) }
    }
}

/// A state folded earlier, on disk.
#[derive(Debug)]
pub struct Snapshot {
    /// Numbers, revisions and imports.
    pub head: Head,
    file: Arc<File>,
    records_at: u64,
    record_bytes: u64,
    places: Rows<16>,
    ids: Rows<8>,
    hosts: Rows<16>,
    turns: Rows<12>,
}

impl Snapshot {
    /// Opens the snapshot at `path`; `None` if there is none, an error if it is not whole.
    pub fn open(files: &dyn Files, path: &Path) -> io::Result<Option<Self>> {
        let file = match files.open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => Arc::new(file?),
        };
        let mut start = vec![0; FIRST_READ];
        let read = file.read_at(&mut start, 0)?;
        start.truncate(read);
        if read < PREFIX || &start[..16] != MAGIC {
            return Err(invalid("it is not a snapshot of this version"));
        }
        let length = u32_at(&start, 16) as usize;
        if start.len() < PREFIX + length {
            if file.metadata()?.len() < (PREFIX + length) as u64 {
                return Err(invalid("its header is cut off"));
            }
            start.resize(PREFIX + length, 0);
            file.read_exact_at(&mut start, 0)?;
        }
        let header = &start[PREFIX..PREFIX + length];
        if crc32fast::hash(header) != u32_at(&start, 20) {
            return Err(invalid("its header does not match its checksum"));
        }
        let header: Header = serde_json::from_slice(header)?;
        let records_at = (PREFIX + length) as u64;
        let places_at = records_at + header.record_bytes;
        let ids_at = places_at + blocks_for(header.records, 16);
        let hosts_at = ids_at + blocks_for(header.ids, 8);
        let turns_at = hosts_at + blocks_for(header.hosts, 16);
        let rows = |count: u64| usize::try_from(count).map_err(io::Error::other);
        Ok(Some(Self {
            head: header.head,
            records_at,
            record_bytes: header.record_bytes,
            places: Rows::new(Arc::clone(&file), places_at, rows(header.records)?),
            ids: Rows::new(Arc::clone(&file), ids_at, rows(header.ids)?),
            hosts: Rows::new(Arc::clone(&file), hosts_at, rows(header.hosts)?),
            turns: Rows::new(Arc::clone(&file), turns_at, rows(header.turns)?),
            file,
        }))
    }

    /// What is kept under this id.
    pub fn get(&self, id: &DowntimeId) -> io::Result<Option<Kept>> {
        for row in self.ids.equal(&key(id.as_str()), |row| u32_at(row, 0))? {
            let kept = self.record(u32_at(&row, 4))?;
            if kept.id() == id {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }

    /// Everything with a target on one of `hosts` that was not over before `since`, and perhaps others.
    pub fn on_hosts(&self, hosts: &BTreeSet<&str>, since: Instant) -> io::Result<Vec<Kept>> {
        let keys: BTreeSet<u32> = hosts.iter().map(|host| key(host)).collect();
        let rows = if keys.len() * BLOCKS_A_LOOK_UP < self.hosts.blocks() {
            let found = keys.iter().map(|wanted| self.hosts.equal(wanted, |row| u32_at(row, 0)));
            found.collect::<io::Result<Vec<_>>>()?.concat()
        } else {
            self.hosts.all()?.into_iter().filter(|row| keys.contains(&u32_at(row, 0))).collect()
        };
        let mut records: Vec<u32> = rows.iter().filter(|row| may_last(row, since)).map(|row| u32_at(row, 4)).collect();
        records.sort_unstable();
        records.dedup();
        let found = records.into_iter().map(|record| self.record(record)).collect::<io::Result<Vec<Kept>>>()?;
        Ok(found.into_iter().filter(|kept| kept.is_on(hosts)).collect())
    }

    /// Everything with a target on `host` that was not over before `since`, with its targets there alone.
    pub fn parts_on(&self, host: &str, since: Instant) -> io::Result<Vec<Kept>> {
        let rows = self.hosts.equal(&key(host), |row| u32_at(row, 0))?;
        let mut records: Vec<u32> = rows.iter().filter(|row| may_last(row, since)).map(|row| u32_at(row, 4)).collect();
        records.sort_unstable();
        records.dedup();
        let parts = records.into_iter().map(|record| {
            let (bytes, place) = self.bytes_of(record)?;
            part::on_host(sound(&bytes, place)?, host)
        });
        let parts = parts.collect::<io::Result<Vec<Kept>>>()?;
        Ok(parts.into_iter().filter(|part| part.is_on(&BTreeSet::from([host]))).collect())
    }

    /// Everything with this key.
    pub fn with_key(&self, wanted: &str) -> io::Result<Vec<Kept>> {
        let rows = self.ids.equal(&key(&keyed(wanted)), |row| u32_at(row, 0))?;
        let found = rows.iter().map(|row| self.record(u32_at(row, 4))).collect::<io::Result<Vec<Kept>>>()?;
        Ok(found.into_iter().filter(|kept| kept.key() == Some(wanted)).collect())
    }

    /// Every downtime that starts or ends from `first` to `last`, and every series.
    pub fn turning(&self, first: Instant, last: Instant) -> io::Result<Vec<Kept>> {
        let time = |row: &TurnRow| Instant(i64_at(row, 0));
        let by_time = self.turns.within(&first, &last, time)?;
        let always = self.turns.equal(&Instant::END, time)?;
        let records: BTreeSet<u32> = by_time.iter().chain(&always).map(|row| u32_at(row, 8)).collect();
        records.into_iter().map(|record| self.record(record)).collect()
    }

    /// Everything.
    pub fn all(&self) -> io::Result<Vec<Kept>> {
        let records = self.record_bytes()?;
        self.places
            .all()?
            .into_iter()
            .map(|row| parse(slice(&records, Place::decode(row))?, Place::decode(row)))
            .collect()
    }

    /// Reads every record and every index block.
    pub fn verify(&self) -> io::Result<()> {
        self.all()?;
        self.ids.all()?;
        self.hosts.all()?;
        self.turns.all()?;
        Ok(())
    }

    fn record_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(self.record_bytes).map_err(io::Error::other)?];
        self.file.read_exact_at(&mut bytes, self.records_at)?;
        Ok(bytes)
    }

    fn record(&self, number: u32) -> io::Result<Kept> {
        let (bytes, place) = self.bytes_of(number)?;
        parse(&bytes, place)
    }

    fn bytes_of(&self, number: u32) -> io::Result<(Vec<u8>, Place)> {
        if number as usize >= self.places.len() {
            return Err(invalid("an index names a record that is not there"));
        }
        let place = Place::decode(self.places.get(number as usize)?);
        let mut bytes = vec![0; place.length as usize];
        self.file.read_exact_at(&mut bytes, self.records_at + place.offset)?;
        Ok((bytes, place))
    }
}

fn parse(bytes: &[u8], place: Place) -> io::Result<Kept> {
    Ok(serde_json::from_slice(sound(bytes, place)?)?)
}

/// The record's bytes, if they are still what was written.
fn sound(bytes: &[u8], place: Place) -> io::Result<&[u8]> {
    if crc32fast::hash(bytes) == place.checksum {
        Ok(bytes)
    } else {
        Err(invalid("a record does not match its checksum"))
    }
}

fn slice(records: &[u8], place: Place) -> io::Result<&[u8]> {
    let from = usize::try_from(place.offset).map_err(io::Error::other)?;
    records.get(from..from + place.length as usize).ok_or_else(|| invalid("a record lies outside of its section"))
}

/// The bytes of a snapshot: what `older` holds, with `touched` added or in place of the same id's record.
///
/// Records that did not change are copied as bytes, checked and never parsed, so the cost is that of copying the file.
///
/// # Errors
/// `InvalidData` where `older` is not sound: what it holds must not get a fresh checksum.
pub fn encode<'a>(
    head: &Head,
    older: Option<&Snapshot>,
    touched: impl IntoIterator<Item = &'a Kept>,
) -> io::Result<Vec<u8>> {
    let (old_records, old_places) = match older {
        Some(older) => (older.record_bytes()?, older.places.all()?),
        None => (Vec::new(), Vec::new()),
    };
    let mut fresh: Vec<Option<&Kept>> = vec![None; old_places.len()];
    for kept in touched {
        match older.map(|older| older.number_of(kept.id())).transpose()?.flatten() {
            Some(number) => fresh[number as usize] = Some(kept),
            None => fresh.push(Some(kept)),
        }
    }
    let is_fresh = |row: u32| fresh[row as usize].is_some();
    let (mut ids, mut hosts, mut turns): (Vec<IdRow>, Vec<HostRow>, Vec<TurnRow>) = match older {
        Some(older) => (
            older.ids.all()?.into_iter().filter(|row| !is_fresh(u32_at(row, 4))).collect(),
            older.hosts.all()?.into_iter().filter(|row| !is_fresh(u32_at(row, 4))).collect(),
            older.turns.all()?.into_iter().filter(|row| !is_fresh(u32_at(row, 8))).collect(),
        ),
        None => (Vec::new(), Vec::new(), Vec::new()),
    };
    let mut records = Vec::with_capacity(old_records.len() + 512 * fresh.len().saturating_sub(old_places.len()));
    let mut places = Vec::with_capacity(fresh.len());
    for (number, kept) in fresh.iter().enumerate() {
        let offset = records.len();
        match kept {
            None => {
                let place = Place::decode(old_places[number]);
                records.extend_from_slice(sound(slice(&old_records, place)?, place)?);
            }
            Some(kept) => {
                serde_json::to_writer(&mut records, kept)?;
                let number = u32::try_from(number).map_err(io::Error::other)?;
                ids.push(name_row(kept.id().as_str(), number));
                ids.extend(kept.key().map(|key| name_row(&keyed(key), number)));
                hosts.extend(host_rows(kept, number));
                turns.extend(turn_rows(kept, number));
            }
        }
        let bytes = &records[offset..];
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        places.push(Place { offset: offset as u64, length, checksum: crc32fast::hash(bytes) });
        records.push(b'\n');
    }
    ids.sort_unstable_by_key(|row| (u32_at(row, 0), u32_at(row, 4)));
    hosts.sort_unstable_by_key(|row| (u32_at(row, 0), u32_at(row, 4)));
    turns.sort_unstable_by_key(|row| (i64_at(row, 0), u32_at(row, 8)));
    let header = serde_json::to_vec(&Header {
        head: head.clone(),
        records: places.len() as u64,
        record_bytes: records.len() as u64,
        ids: ids.len() as u64,
        hosts: hosts.len() as u64,
        turns: turns.len() as u64,
    })?;
    let mut bytes = Vec::with_capacity(records.len() + places.len() * 72 + header.len() + 4 * blocks::BLOCK);
    bytes.extend_from_slice(MAGIC);
    bytes.extend(u32::try_from(header.len()).map_err(io::Error::other)?.to_le_bytes());
    bytes.extend(crc32fast::hash(&header).to_le_bytes());
    bytes.extend(header);
    bytes.extend(records);
    bytes.extend(blocks::encode(places.into_iter().map(Place::encode)));
    bytes.extend(blocks::encode(ids));
    bytes.extend(blocks::encode(hosts));
    bytes.extend(blocks::encode(turns));
    Ok(bytes)
}

impl Snapshot {
    fn number_of(&self, id: &DowntimeId) -> io::Result<Option<u32>> {
        for row in self.ids.equal(&key(id.as_str()), |row| u32_at(row, 0))? {
            let number = u32_at(&row, 4);
            if self.record(number)?.id() == id {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

fn blocks_for(rows: u64, row_length: usize) -> u64 {
    rows.div_ceil(((blocks::BLOCK - 4) / row_length) as u64) * blocks::BLOCK as u64
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture;
    use crate::store::files::{Disk, put};

    fn downtime(id: u64, targets: &[&str], start: i64, end: i64) -> Kept {
        fixture::downtime(id, targets, start, end).into()
    }

    fn head(sequence: u64) -> Head {
        Head { sequence, last_id: sequence, ..Head::default() }
    }

    fn written(dir: &tempfile::TempDir, name: &str, bytes: &[u8]) -> Snapshot {
        put(&Disk, &dir.path().join(name), bytes).unwrap();
        Snapshot::open(&Disk, &dir.path().join(name)).unwrap().unwrap()
    }

    fn on(snapshot: &Snapshot, host: &str, since: i64) -> Vec<Kept> {
        snapshot.on_hosts(&BTreeSet::from([host]), Instant(since)).unwrap()
    }

    #[test]
    fn few_and_many_hosts_are_found_alike_and_each_downtime_once() {
        let dir = tempfile::tempdir().unwrap();
        let host = |n: u64| format!("h{}", n % 50);
        let all: Vec<Kept> =
            (1..=4000).map(|n| downtime(n, &[&host(n), &format!("{}/x", host(n / 50))], 0, 10)).collect();
        let snapshot = written(&dir, "a", &encode(&head(4000), None, &all).unwrap());
        assert!(snapshot.hosts.blocks() > BLOCKS_A_LOOK_UP, "one host is looked up, many are read");
        let names: Vec<String> = (0..50).map(host).collect();
        for count in [1, 2, 40] {
            let hosts: BTreeSet<&str> = names.iter().take(count).map(String::as_str).collect();
            let expected: Vec<Kept> = all.iter().filter(|downtime| downtime.is_on(&hosts)).cloned().collect();
            assert_eq!(snapshot.on_hosts(&hosts, Instant::BEGINNING).unwrap(), expected, "{count} hosts");
        }
    }

    #[test]
    fn a_snapshot_upon_a_snapshot_holds_both_with_changes_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let first: Vec<Kept> = (1..=900).map(|n| downtime(n, &[&format!("h{}", n % 50)], 0, 10)).collect();
        let older = written(&dir, "a", &encode(&head(900), None, &first).unwrap());
        let changed = downtime(450, &["h0", "other/x"], 0, 99);
        let mut added = fixture::downtime(901, &["h0"], 0, 10);
        added.terms.key = Some("deploy".into());
        let added = Kept::from(added);
        let newer = written(&dir, "b", &encode(&head(901), Some(&older), [&changed, &added]).unwrap());
        assert_eq!(newer.head, head(901));
        assert_eq!(newer.get(changed.id()).unwrap().as_ref(), Some(&changed));
        assert_eq!(newer.get(first[0].id()).unwrap().as_ref(), Some(&first[0]));
        assert_eq!(newer.get(&DowntimeId::parse("902")).unwrap(), None);
        assert_eq!(newer.with_key("deploy").unwrap(), std::slice::from_ref(&added));
        assert_eq!(newer.with_key("901").unwrap(), []);
        assert_eq!(newer.all().unwrap().len(), 901);
        assert_eq!(on(&newer, "h0", Instant::BEGINNING.0).len(), 19);
        assert_eq!(on(&newer, "h0", 10), std::slice::from_ref(&changed), "the others are over");
        assert_eq!(on(&newer, "other", 10), std::slice::from_ref(&changed));
        assert_eq!(on(&newer, "nobody", 0), []);
        let turning = |first, last| newer.turning(Instant(first), Instant(last)).unwrap();
        assert_eq!(turning(11, 99), std::slice::from_ref(&changed));
        assert_eq!((turning(0, 0).len(), turning(10, 10).len(), turning(1, 9).len()), (901, 900, 0));
    }

    #[test]
    fn a_changed_byte_never_changes_an_answer() {
        let dir = tempfile::tempdir().unwrap();
        let all: Vec<Kept> = (1..=3).map(|n| downtime(n, &["a", "b/x"], 0, 10)).collect();
        let bytes = encode(&head(3), None, &all).unwrap();
        for at in (0..bytes.len()).step_by(if bytes.len() > 20_000 { 97 } else { 7 }) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x41;
            std::fs::write(dir.path().join("c"), &bytes).unwrap();
            let Ok(Some(snapshot)) = Snapshot::open(&Disk, &dir.path().join("c")) else { continue };
            if let Ok(found) = snapshot.on_hosts(&BTreeSet::from(["a"]), Instant(0)) {
                assert_eq!(found, all, "byte {at}");
            }
            if let Ok(found) = snapshot.get(all[1].id()) {
                assert_eq!(found.as_ref(), Some(&all[1]), "byte {at}");
            }
        }
    }

    #[test]
    fn what_is_damaged_is_not_copied_with_a_fresh_checksum() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = encode(&head(1), None, [&downtime(1, &["a"], 0, 123_456)]).unwrap();
        let at = bytes.windows(6).position(|window| window == b"123456").unwrap();
        let mut damaged = bytes;
        damaged[at] = b'9';
        let older = written(&dir, "d", &damaged);
        assert!(encode(&head(2), Some(&older), [&downtime(2, &["b"], 0, 10)]).is_err());
        assert!(older.verify().is_err());
    }
}
