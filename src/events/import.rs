//! What a file adds to the segments there are.

use std::collections::HashMap;

use super::digest::{Digest, Subject};
use super::duplicates::{Entry, is_within, second_of, standing};
use super::event::Core;
use super::gather::Parsed;
use super::log::CoreEvent;
use super::segment::{Contents, Segment, encode};
use crate::clock::Instant;
use crate::failure::Outcome;

/// The outcome of importing one file.
#[derive(Debug)]
pub struct Imported {
    /// The segment to keep behind those there are; `None` if they say all that the file says.
    pub segment: Option<Vec<u8>>,
    /// By how many events the store grows.
    pub events: u64,
    /// Accepted lines beyond that: the store, or the file itself (core lines), has them already.
    pub duplicates: u64,
}

/// Leaves out of the file the seconds of which one of `held`, in order of import, says as much, and encodes the rest.
///
/// A second is taken whole or not at all: so its lines keep their order among each other, whatever came before.
pub fn import(held: &[&Segment], parsed: &Parsed) -> Outcome<Imported> {
    let mut gain = Gain::new(held);
    let mut contents = Contents::default();
    for (target, told) in parsed.objects() {
        let mut lists = Vec::new();
        for (number, segment) in held.iter().enumerate().filter(|(_, segment)| concerns(segment, &told)) {
            lists.push((number, segment.events_of(target)?));
        }
        let mut subject = Subject::object(target);
        gain.count(&told, &lists, |told| subject.event(told));
        contents.objects.push((target, told));
    }
    let mut held_periods = Vec::new();
    let mut held_core = Vec::new();
    for (number, segment) in held.iter().enumerate() {
        held_periods.extend(segment.periods()?.into_iter().map(|(name, list)| (name, (number, list))));
        held_core.push((number, segment.core()?));
    }
    for (name, transitions) in &parsed.periods {
        let of_name = held_periods.iter().filter(|(held, _)| held == name).map(|(_, list)| list.clone());
        let mut subject = Subject::period(name);
        gain.count(transitions, &of_name.collect::<Vec<_>>(), |transition| subject.transition(transition));
        contents.periods.insert(name, transitions.clone());
    }
    // Each kind of core line is a subject of its own: one of a kind a second.
    for kind in [Core::Start, Core::Stop, Core::InitialStates] {
        let of_kind = |list: &[CoreEvent]| list.iter().filter(|event| event.core == kind).copied().collect::<Vec<_>>();
        let lists: Vec<_> = held_core.iter().map(|(number, list)| (*number, of_kind(list))).collect();
        gain.count(&of_kind(&parsed.core), &lists, |event| Digest::of_core(event.time, event.core));
    }
    contents.core.clone_from(&parsed.core);

    for (_, told) in &mut contents.objects {
        told.retain(|told| gain.is_news(told.time));
    }
    contents.objects.retain(|(_, told)| !told.is_empty());
    for transitions in contents.periods.values_mut() {
        transitions.retain(|transition| gain.is_news(transition.time));
    }
    contents.periods.retain(|_, transitions| !transitions.is_empty());
    contents.core.retain(|event| gain.is_news(event.time));
    contents.digest = gain.digest;
    let duplicates = parsed.counts.accepted.saturating_sub(gain.events);
    Ok(Imported { segment: encode(&contents)?, events: gain.events, duplicates })
}

/// Whether the segment reaches into the time of that sorted list.
fn concerns<T: Entry>(segment: &Segment, list: &[T]) -> bool {
    let touches = |first: Instant, newest: Instant| first <= segment.newest && segment.first <= newest;
    list.first().zip(list.last()).is_some_and(|(first, last)| touches(first.time(), last.time()))
}

impl Entry for CoreEvent {
    fn time(&self) -> Instant {
        self.time
    }

    fn covered_by(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

/// What the store gains.
struct Gain<'a> {
    held: &'a [&'a Segment],
    /// For each second of the file into which a segment reaches: the segments that say all of it, as far as seen.
    known_by: HashMap<Instant, Vec<usize>>,
    events: u64,
    digest: Digest,
}

impl<'a> Gain<'a> {
    fn new(held: &'a [&'a Segment]) -> Self {
        Self { held, known_by: HashMap::new(), events: 0, digest: Digest::default() }
    }

    /// Whether no segment says all that the file says of that second.
    fn is_news(&self, time: Instant) -> bool {
        self.known_by.get(&time).is_none_or(Vec::is_empty)
    }

    /// Counts a subject's lines against those that the segments of these numbers hold of it.
    fn count<T: Entry>(&mut self, list: &[T], held: &[(usize, Vec<T>)], mut digest: impl FnMut(&T) -> Digest) {
        let mut sum = |entries: &[T]| entries.iter().fold(Digest::default(), |sum, entry| sum.with(digest(entry)));
        if !self.held.iter().any(|segment| concerns(segment, list)) {
            self.events += list.len() as u64;
            self.digest = self.digest.with(sum(list));
            return;
        }
        for second in list.chunk_by(|left, right| left.time() == right.time()) {
            let time = second[0].time();
            let lists: Vec<(usize, &[T])> = held
                .iter()
                .map(|(number, held)| (*number, second_of(held, time)))
                .filter(|(_, held)| !held.is_empty())
                .collect();
            let knows = |number: usize| lists.iter().any(|(other, held)| *other == number && is_within(second, held));
            if self.held.iter().any(|segment| segment.first <= time && time <= segment.newest) {
                let known_by = self.known_by.entry(time);
                known_by.and_modify(|known_by| known_by.retain(|&number| knows(number))).or_insert_with(|| {
                    lists.iter().map(|(number, _)| *number).filter(|&number| knows(number)).collect()
                });
            }
            if lists.iter().any(|(_, held)| is_within(second, held)) {
                continue;
            }
            let lists: Vec<&[T]> = lists.into_iter().map(|(_, held)| held).collect();
            let mut replaced = 0;
            for held in standing(&lists).into_iter().map(|at| lists[at]).filter(|held| is_within(held, second)) {
                replaced += held.len();
                self.digest = self.digest.without(sum(held));
            }
            self.events += second.len().saturating_sub(replaced) as u64;
            self.digest = self.digest.with(sum(second));
        }
    }
}
