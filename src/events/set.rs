//! All segments of a store, in order of import, as one source of events.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use super::digest::{Digest, Subject};
use super::duplicates::merge;
use super::event::Transition;
use super::gather::Parsed;
use super::import::{Imported, import};
use super::log::{CoreEvent, EventLog, ObjectEvents};
use super::places::Places;
use super::segment::Segment;
use super::source::{Basis, EventSource};
use super::told::Told;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};

/// Where the bytes of segments come from.
pub trait Blobs {
    /// All bytes of the segment of that name.
    fn read(&self, name: &str) -> Outcome<Vec<u8>>;
}

impl<F: Fn(&str) -> Outcome<Vec<u8>>> Blobs for F {
    fn read(&self, name: &str) -> Outcome<Vec<u8>> {
        self(name)
    }
}

/// The segments of a store. Reads them when they are first asked for.
///
/// A segment holds those seconds of a file of which no segment before it knew all. What stands of several that know of
/// one second is found when they are read. A segment's digest is the change that it made to the digest of all that
/// stands, so the sum is that of the store.
#[derive(Debug)]
pub struct SegmentSet<B> {
    blobs: B,
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    name: String,
    segment: OnceLock<Segment>,
}

impl<B: Blobs> SegmentSet<B> {
    /// The segments of those names, in order of import.
    pub fn new(names: impl IntoIterator<Item = String>, blobs: B) -> Self {
        let members = names.into_iter().map(|name| Member { name, segment: OnceLock::new() }).collect();
        Self { blobs, members }
    }

    /// What importing that file adds behind the segments there are; changes nothing yet.
    ///
    /// It holds for exactly these segments: between this and keeping the segment, no other import may come.
    pub fn import(&self, parsed: &Parsed) -> Outcome<Imported> {
        import(&self.segments()?, parsed)
    }

    /// Puts a segment that [`Self::import`] gave behind those there are.
    pub fn push(&mut self, name: String, bytes: Vec<u8>) -> Outcome<()> {
        let segment = Segment::open(name.clone(), bytes)?.into();
        self.members.push(Member { name, segment });
        Ok(())
    }

    /// Reads every byte, and whether the digests are those of the events.
    pub fn verify(&self) -> Outcome<()> {
        for segment in self.segments()? {
            segment.verify()?;
        }
        let log = self.load(&|_| true)?;
        let mut digest = Digest::default();
        for object in &log.objects {
            let mut subject = Subject::object(&object.target);
            for event in &object.events {
                let output = event.output.as_deref();
                let told =
                    Told { time: event.time, ordinal: event.ordinal, what: event.what, output, unfinished: false };
                digest = digest.with(subject.event(&told));
            }
        }
        for (name, transitions) in &log.periods {
            let mut subject = Subject::period(name);
            digest = transitions.iter().fold(digest, |sum, transition| sum.with(subject.transition(transition)));
        }
        digest = log.core.iter().fold(digest, |sum, event| sum.with(Digest::of_core(event.time, event.core)));
        if digest == self.digest()? {
            return Ok(());
        }
        Err(Failure::new(Kind::Damaged, "the event segments are not all there, or not in the order of their import")
            .hint("import the logs again into a new store"))
    }

    fn digest(&self) -> Outcome<Digest> {
        Ok(self.segments()?.iter().fold(Digest::default(), |sum, segment| sum.with(segment.digest)))
    }

    fn segments(&self) -> Outcome<Vec<&Segment>> {
        self.members.iter().map(|member| self.segment(member)).collect()
    }

    fn segment<'a>(&self, member: &'a Member) -> Outcome<&'a Segment> {
        if let Some(segment) = member.segment.get() {
            return Ok(segment);
        }
        let segment = Segment::open(member.name.clone(), self.blobs.read(&member.name)?)?;
        Ok(member.segment.get_or_init(|| segment))
    }
}

impl<B: Blobs> EventSource for SegmentSet<B> {
    fn objects(&self) -> Outcome<Vec<Target>> {
        let mut all = Vec::new();
        for segment in self.segments()? {
            all.extend(segment.objects()?);
        }
        all.sort_unstable();
        all.dedup();
        Ok(all.into_iter().map(super::segment::Named::target).collect())
    }

    fn knows(&self, object: &Target) -> Outcome<bool> {
        for segment in self.segments()? {
            if segment.knows(object)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn load(&self, wanted: &dyn Fn(&Target) -> bool) -> Outcome<EventLog> {
        let segments = self.segments()?;
        let mut places = Places::of(&segments);
        let mut entries: BTreeMap<Target, Vec<(usize, usize)>> = BTreeMap::new();
        let mut periods: BTreeMap<String, Vec<(usize, Vec<Transition>)>> = BTreeMap::new();
        let mut core: Vec<(usize, CoreEvent)> = Vec::new();
        for (number, segment) in segments.iter().enumerate() {
            for (entry, named) in segment.objects()?.into_iter().enumerate() {
                let target = named.target();
                if wanted(&target) {
                    entries.entry(target).or_default().push((number, entry));
                }
            }
            for (name, list) in segment.periods()? {
                periods.entry(name.to_owned()).or_default().push((number, list));
            }
            core.extend(segment.core()?.into_iter().map(|event| (number, event)));
        }
        let mut log = EventLog {
            first: segments.iter().map(|segment| segment.first).min(),
            newest: segments.iter().map(|segment| segment.newest).max(),
            ..EventLog::default()
        };
        for (target, entries) in entries {
            let read = |(number, entry): (usize, usize)| Ok((number, segments[number].events(entry)?));
            let runs = entries.into_iter().map(read).collect::<Outcome<Vec<_>>>()?;
            let merged = merge(&runs);
            places.take(merged.iter().map(|(number, told)| (*number, told.time)));
            let events = merged.into_iter().map(|(_, told)| told.event()).collect();
            log.objects.push(ObjectEvents { target, events });
        }
        for (name, runs) in periods {
            let merged = merge(&runs);
            places.take(merged.iter().map(|(number, entry)| (*number, entry.time)));
            log.periods.insert(name, merged.into_iter().map(|(_, transition)| transition).collect());
        }
        // Of equal ones the last, as of lists of an object's events.
        let mut seen = HashSet::new();
        core.reverse();
        core.retain(|(_, event)| seen.insert((event.time, event.core)));
        places.take(core.iter().map(|(number, event)| (*number, event.time)));
        log.core = core.into_iter().map(|(_, event)| event).collect();
        places.settle(&mut log);
        log.core.sort_unstable();
        Ok(log)
    }

    fn basis(&self) -> Outcome<Basis> {
        let segments = self.segments()?;
        Ok(Basis {
            events: self.digest()?.to_string(),
            first: segments.iter().map(|segment| segment.first).min(),
            newest: segments.iter().map(|segment| segment.newest).max(),
        })
    }
}

#[cfg(test)]
mod tests;
