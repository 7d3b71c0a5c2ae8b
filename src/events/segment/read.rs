//! Reading a segment: the directory is checked when it is opened, the rest where it is read.

use std::ops::Range;

use super::{
    CHECKSUM, CORE, EVENTS, HARD, HEADER, ITEM, MAGIC, NAMES, NONE, OBJECTS, OUTPUTS, PERIODS, SECTIONS, TEXTS,
    TRANSITIONS, UNFINISHED, VERSION, checksum,
};
use crate::clock::Instant;
use crate::downtime::target::Target;
use crate::events::code;
use crate::events::digest::Digest;
use crate::events::event::Transition;
use crate::events::log::CoreEvent;
use crate::events::told::Told;
use crate::failure::{Failure, Kind, Outcome};

/// An open segment.
#[derive(Debug)]
pub struct Segment {
    name: String,
    bytes: Vec<u8>,
    sections: [Range<usize>; SECTIONS],
    /// Time of the first line.
    pub first: Instant,
    /// Time of the newest line.
    pub newest: Instant,
    /// What it adds to the digest of the segments before it.
    pub digest: Digest,
}

/// An object's name in a segment's directory. Orders as [`Target`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named<'a> {
    /// The host's name.
    pub host: &'a str,
    /// The service's name; `None` for the host itself.
    pub service: Option<&'a str>,
}

impl Named<'_> {
    /// The same on its own.
    pub fn target(self) -> Target {
        Target { host: self.host.to_owned(), service: self.service.map(str::to_owned) }
    }
}

impl<'a> From<&'a Target> for Named<'a> {
    fn from(target: &'a Target) -> Self {
        Self { host: &target.host, service: target.service.as_deref() }
    }
}

/// Where a segment is broken, in words; becomes a [`Failure`] that names it.
type Part<T> = Result<T, (Kind, &'static str)>;

const fn broken<T>(what: &'static str) -> Part<T> {
    Err((Kind::Damaged, what))
}

const fn newer<T>(what: &'static str) -> Part<T> {
    Err((Kind::Newer, what))
}

impl Segment {
    /// Checks the bytes' checksum, version and directory. `name` is for messages.
    pub fn open(name: String, bytes: Vec<u8>) -> Outcome<Self> {
        match Self::parts(&bytes) {
            Ok((sections, first, newest, digest)) => {
                let segment = Self { name, bytes, sections, first, newest, digest };
                segment
                    .check_directory(OBJECTS, EVENTS)
                    .and_then(|()| segment.check_directory(PERIODS, TRANSITIONS))?;
                Ok(segment)
            }
            Err(part) => Err(failure(&name, part)),
        }
    }

    fn parts(bytes: &[u8]) -> Part<([Range<usize>; SECTIONS], Instant, Instant, Digest)> {
        if !bytes.starts_with(MAGIC) {
            return broken("is not an event segment");
        }
        if bytes.len() < CHECKSUM.end || checksum(bytes) != u32_at(bytes, CHECKSUM.start)? {
            return broken("does not fit its checksum");
        }
        if u32_at(bytes, MAGIC.len())? != VERSION {
            return newer("has a newer format");
        }
        let (first, newest) = (Instant(i64_at(bytes, 16)?), Instant(i64_at(bytes, 24)?));
        let digest = Digest(u128::from(u64_at(bytes, 32)?) | u128::from(u64_at(bytes, 40)?) << 64);
        let mut end = HEADER;
        let mut sections = <[Range<usize>; SECTIONS]>::default();
        for (number, section) in sections.iter_mut().enumerate() {
            let items = usize_at(bytes, 48 + 8 * number)?;
            let length = items.checked_mul(ITEM[number]).and_then(|length| end.checked_add(length));
            *section = end..length.filter(|&end| end <= bytes.len()).ok_or((Kind::Damaged, "is too short"))?;
            end = section.end;
        }
        let times = [Instant::EARLIEST, first, newest, Instant::LATEST];
        if end != bytes.len() || !times.is_sorted() {
            return broken("has a header that does not fit it");
        }
        Ok((sections, first, newest, digest))
    }

    /// Every entry names a text, in rising order, and the entries share all items among them.
    fn check_directory(&self, directory: usize, items: usize) -> Outcome<()> {
        let mut before: Option<Named<'_>> = None;
        let mut next = 0;
        for entry in 0..self.count(directory) {
            let (named, range) = self.entry(directory, entry).map_err(|part| failure(&self.name, part))?;
            if before.is_some_and(|before| before >= named) || range.start != next || range.is_empty() {
                return Err(failure(&self.name, (Kind::Damaged, "has a directory out of order")));
            }
            (before, next) = (Some(named), range.end);
        }
        if next != self.count(items) {
            return Err(failure(&self.name, (Kind::Damaged, "has events that belong to nothing")));
        }
        Ok(())
    }

    fn section(&self, section: usize) -> &[u8] {
        &self.bytes[self.sections[section].clone()]
    }

    fn count(&self, section: usize) -> usize {
        self.sections[section].len() / ITEM[section]
    }

    /// Name and items of an entry.
    fn entry(&self, directory: usize, entry: usize) -> Part<(Named<'_>, Range<usize>)> {
        let entries = self.section(directory);
        let at = entry * ITEM[directory];
        let (from, host, service) = (usize_at(entries, at)?, u32_at(entries, at + 8)?, u32_at(entries, at + 12)?);
        let (first, count) = (usize_at(entries, at + 16)?, usize_at(entries, at + 24)?);
        let name = |from: usize, length: u32| {
            let until = usize::try_from(length).ok().and_then(|length| from.checked_add(length));
            let bytes = until.and_then(|until| self.section(NAMES).get(from..until));
            bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or((Kind::Damaged, "has a name that is no text"))
        };
        let host = name(from, host)?;
        let service = if service == NONE { None } else { Some(name(from + host.len(), service)?) };
        let until = first.checked_add(count).ok_or((Kind::Damaged, "has a directory out of bounds"))?;
        Ok((Named { host, service }, first..until))
    }

    /// The objects that it has lines of, sorted; each one's position is its entry.
    pub fn objects(&self) -> Outcome<Vec<Named<'_>>> {
        let names = (0..self.count(OBJECTS)).map(|entry| Ok(self.entry(OBJECTS, entry)?.0));
        names.collect::<Part<_>>().map_err(|part| failure(&self.name, part))
    }

    /// The entry of that object, or of the first after it, and that one's name.
    fn search(&self, object: Named<'_>) -> Part<Option<(usize, Named<'_>)>> {
        let (mut low, mut high) = (0, self.count(OBJECTS));
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.entry(OBJECTS, middle)?.0 < object {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low == self.count(OBJECTS) { Ok(None) } else { Ok(Some((low, self.entry(OBJECTS, low)?.0))) }
    }

    /// Whether it has a line that names the object; a host is also named by its services' lines.
    pub fn knows(&self, object: &Target) -> Outcome<bool> {
        let found = self.search(object.into()).map_err(|part| failure(&self.name, part))?;
        Ok(found.is_some_and(|(_, named)| match object.service {
            Some(_) => named == object.into(),
            None => named.host == object.host,
        }))
    }

    /// The object's events, by time and ordinal; none if it has no line.
    pub fn events_of(&self, object: &Target) -> Outcome<Vec<Told<'_>>> {
        match self.search(object.into()).map_err(|part| failure(&self.name, part))? {
            Some((entry, named)) if named == object.into() => self.events(entry),
            _ => Ok(Vec::new()),
        }
    }

    /// The events of the object at that entry, by time and ordinal.
    pub fn events(&self, entry: usize) -> Outcome<Vec<Told<'_>>> {
        let events = || {
            let (_, items) = self.entry(OBJECTS, entry)?;
            self.items(items, |item| self.event(item), |told| (told.time, told.ordinal))
        };
        events().map_err(|part| failure(&self.name, part))
    }

    /// The time periods that it has transitions of, by name, each with them by time and ordinal.
    pub fn periods(&self) -> Outcome<Vec<(&str, Vec<Transition>)>> {
        let periods = (0..self.count(PERIODS)).map(|entry| {
            let (named, items) = self.entry(PERIODS, entry)?;
            let list = self.items(items, |item| self.transition(item), |entry| (entry.time, entry.ordinal))?;
            Ok((named.host, list))
        });
        periods.collect::<Part<_>>().map_err(|part| failure(&self.name, part))
    }

    /// The lines about the core, by time and ordinal.
    pub fn core(&self) -> Outcome<Vec<CoreEvent>> {
        let all = 0..self.count(CORE);
        let core = self.items(all, |item| self.core_event(item), |event| (event.time, event.ordinal));
        core.map_err(|part| failure(&self.name, part))
    }

    /// Reads all of it.
    pub fn verify(&self) -> Outcome<()> {
        (0..self.count(OBJECTS)).try_for_each(|entry| self.events(entry).map(drop))?;
        self.periods()?;
        self.core().map(drop)
    }

    /// Items of one list, which has to be sorted and within the times of the segment.
    fn items<T, F, P>(&self, items: Range<usize>, read: F, place: P) -> Part<Vec<T>>
    where
        F: Fn(usize) -> Part<T>,
        P: Fn(&T) -> (Instant, u32),
    {
        let list = items.map(read).collect::<Part<Vec<T>>>()?;
        let sorted = list.is_sorted_by(|left, right| place(left) < place(right));
        let within = list.iter().map(|item| place(item).0).all(|time| self.first <= time && time <= self.newest);
        if sorted && within { Ok(list) } else { broken("has events out of order") }
    }

    fn event(&self, item: usize) -> Part<Told<'_>> {
        let event = fixed::<24>(self.section(EVENTS), item)?;
        let [kind, detail, flags, _] = last(event);
        let since_header = Some(u32_at(event, 12)?).filter(|&seconds| seconds != NONE);
        let what =
            code::decode(kind, detail, flags & HARD != 0, since_header).filter(|_| flags & !(HARD | UNFINISHED) == 0);
        let Some(what) = what else { return newer("has events of a newer kind") };
        let output = u32_at(event, 16)?;
        Ok(Told {
            time: Instant(i64_at(event, 0)?),
            ordinal: u32_at(event, 8)?,
            what,
            output: if output == NONE { None } else { Some(self.output(output)?) },
            unfinished: flags & UNFINISHED != 0,
        })
    }

    fn output(&self, number: u32) -> Part<&str> {
        let number = usize::try_from(number).ok().filter(|&number| number < self.count(OUTPUTS));
        let Some(number) = number else { return broken("has an output out of bounds") };
        let ends = self.section(OUTPUTS);
        let start = if number == 0 { 0 } else { usize_at(ends, 8 * (number - 1))? };
        let text = self.section(TEXTS).get(start..usize_at(ends, 8 * number)?);
        text.and_then(|text| std::str::from_utf8(text).ok()).ok_or((Kind::Damaged, "has an output that is no text"))
    }

    fn transition(&self, item: usize) -> Part<Transition> {
        let transition = fixed::<16>(self.section(TRANSITIONS), item)?;
        let [from, to, ..] = last(transition).map(u8::cast_signed);
        if !(-1..=1).contains(&from) || !(-1..=1).contains(&to) {
            return newer("has time periods in a newer state");
        }
        Ok(Transition { time: Instant(i64_at(transition, 0)?), ordinal: u32_at(transition, 8)?, from, to })
    }

    fn core_event(&self, item: usize) -> Part<CoreEvent> {
        let event = fixed::<16>(self.section(CORE), item)?;
        let Some(core) = code::decode_core(last(event)[0]) else { return newer("has core events of a newer kind") };
        Ok(CoreEvent { time: Instant(i64_at(event, 0)?), ordinal: u32_at(event, 8)?, core })
    }
}

fn failure(name: &str, (kind, what): (Kind, &str)) -> Failure {
    let failure = Failure::new(kind, format!("event segment {name} {what}"));
    match kind {
        Kind::Newer => failure.hint("use the version of downtime that wrote it, or a later one"),
        _ => failure.hint("downtime doctor"),
    }
}

/// Item number `item` of a section with items of `N` bytes.
fn fixed<const N: usize>(section: &[u8], item: usize) -> Part<&[u8; N]> {
    let at = item.checked_mul(N).and_then(|at| section.get(at..));
    at.and_then(<[u8]>::first_chunk).ok_or((Kind::Damaged, "has a directory out of bounds"))
}

/// The last four bytes of an item.
fn last<const N: usize>(item: &[u8; N]) -> [u8; 4] {
    item.last_chunk().copied().unwrap_or_default()
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Part<[u8; N]> {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().ok_or((Kind::Damaged, "is too short"))
}

fn u32_at(bytes: &[u8], at: usize) -> Part<u32> {
    number(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Part<u64> {
    number(bytes, at).map(u64::from_le_bytes)
}

fn i64_at(bytes: &[u8], at: usize) -> Part<i64> {
    number(bytes, at).map(i64::from_le_bytes)
}

fn usize_at(bytes: &[u8], at: usize) -> Part<usize> {
    usize::try_from(u64_at(bytes, at)?).or(broken("has a number out of bounds"))
}
