//! Writing a segment.

use std::collections::BTreeMap;

use super::{CHECKSUM, HARD, HEADER, ITEM, MAGIC, NONE, SECTIONS, UNFINISHED, VERSION, checksum};
use crate::clock::Instant;
use crate::downtime::target::Target;
use crate::events::code;
use crate::events::digest::Digest;
use crate::events::event::Transition;
use crate::events::log::CoreEvent;
use crate::events::text::Texts;
use crate::events::told::Told;
use crate::failure::{Failure, Kind, Outcome};

/// What a segment holds.
#[derive(Debug, Default)]
pub struct Contents<'a> {
    /// Sorted by target, none without events; events sorted by time and ordinal.
    pub objects: Vec<(&'a Target, Vec<Told<'a>>)>,
    /// None without transitions; those sorted by time and ordinal.
    pub periods: BTreeMap<&'a str, Vec<Transition>>,
    /// Sorted.
    pub core: Vec<CoreEvent>,
    /// What it adds to the digest of the segments before it.
    pub digest: Digest,
}

impl Contents<'_> {
    /// Times of the first and the newest line, if there is any.
    fn range(&self) -> Option<(Instant, Instant)> {
        let of_objects = self.objects.iter().flat_map(|(_, told)| [told.first(), told.last()]).flatten();
        let of_periods = self.periods.values().flat_map(|list| [list.first(), list.last()]).flatten();
        let times = || {
            let of_core = [self.core.first(), self.core.last()].into_iter().flatten().map(|event| event.time);
            of_objects.clone().map(|told| told.time).chain(of_periods.clone().map(|entry| entry.time)).chain(of_core)
        };
        Some((times().min()?, times().max()?))
    }
}

/// The segment's bytes, the same for the same contents; `None` if there are none.
pub fn encode(contents: &Contents<'_>) -> Outcome<Option<Vec<u8>>> {
    let Some((first, newest)) = contents.range() else { return Ok(None) };
    let mut names = String::new();
    let mut texts = Texts::default();
    let [mut objects, mut periods, mut events, mut transitions, mut core] = <[Vec<u8>; 5]>::default();

    let mut count = 0;
    for (target, told) in &contents.objects {
        let service = target.service.as_deref();
        directory(&mut objects, &mut names, (&target.host, service), &mut count, told.len())?;
        for told in told {
            let output = match told.output {
                Some(text) => texts.number(text).ok_or_else(|| too_large("outputs"))?,
                None => NONE,
            };
            let (kind, detail, hard) = code::of(told.what);
            let flags = if hard { HARD } else { 0 } | if told.unfinished { UNFINISHED } else { 0 };
            events.extend(told.time.0.to_le_bytes());
            events.extend(told.ordinal.to_le_bytes());
            events.extend(told.since_header().unwrap_or(NONE).to_le_bytes());
            events.extend(output.to_le_bytes());
            events.extend([kind, detail, flags, 0]);
        }
    }
    let mut count = 0;
    for (name, list) in &contents.periods {
        directory(&mut periods, &mut names, (name, None), &mut count, list.len())?;
        for transition in list {
            transitions.extend(transition.time.0.to_le_bytes());
            transitions.extend(transition.ordinal.to_le_bytes());
            transitions.extend([transition.from.cast_unsigned(), transition.to.cast_unsigned(), 0, 0]);
        }
    }
    for event in &contents.core {
        core.extend(event.time.0.to_le_bytes());
        core.extend(event.ordinal.to_le_bytes());
        core.extend([code::of_core(event.core), 0, 0, 0]);
    }
    let outputs: Vec<u8> = texts.ends().iter().flat_map(|&end| (end as u64).to_le_bytes()).collect();

    let sections: [&[u8]; SECTIONS] =
        [&objects, &periods, &events, &transitions, &core, &outputs, names.as_bytes(), texts.joined().as_bytes()];
    let mut bytes = Vec::with_capacity(HEADER + sections.iter().map(|section| section.len()).sum::<usize>());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(first.0.to_le_bytes());
    bytes.extend(newest.0.to_le_bytes());
    bytes.extend(contents.digest.0.to_le_bytes());
    for (section, item) in sections.iter().zip(ITEM) {
        bytes.extend(((section.len() / item) as u64).to_le_bytes());
    }
    bytes.extend(sections.into_iter().flatten());
    let checksum = checksum(&bytes);
    bytes[CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
    Ok(Some(bytes))
}

/// Writes an entry of a directory: its name, and which items are its.
fn directory(
    entries: &mut Vec<u8>,
    names: &mut String,
    (host, service): (&str, Option<&str>),
    first: &mut u64,
    count: usize,
) -> Outcome<()> {
    let length = |text: &str| u32::try_from(text.len()).ok().filter(|&length| length < NONE);
    entries.extend((names.len() as u64).to_le_bytes());
    entries.extend(length(host).ok_or_else(|| too_large("a name"))?.to_le_bytes());
    let service_length = match service {
        Some(service) => length(service).ok_or_else(|| too_large("a name"))?,
        None => NONE,
    };
    entries.extend(service_length.to_le_bytes());
    entries.extend(first.to_le_bytes());
    entries.extend((count as u64).to_le_bytes());
    *first += count as u64;
    names.push_str(host);
    names.push_str(service.unwrap_or_default());
    Ok(())
}

fn too_large(what: &str) -> Failure {
    Failure::new(Kind::Io, format!("{what} of one log file is larger than an event segment can hold"))
        .hint("split the file and import the parts")
}
