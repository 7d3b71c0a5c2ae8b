//! Gathers the lines of one file into what an import takes from it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::event::{Core, Telling, Transition, What};
use super::line::{Fact, Line, Name, Reason};
use super::lines::{Extent, RawLine};
use super::log::CoreEvent;
use super::text::{self, Texts};
use super::told::Told;
use crate::clock::Instant;
use crate::downtime::target::Target;

/// How much of a rejected line is shown, in bytes.
const EXCERPT: usize = 120;

/// What became of a file's lines; `lines` is the sum of all other numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines read; a record that goes over several is one.
    pub lines: u64,
    /// Nothing but blanks or NUL bytes.
    pub blank: u64,
    /// Of kinds that do not count, by kind.
    pub ignored: BTreeMap<&'static str, u64>,
    /// Those that cannot be understood.
    pub rejected: u64,
    /// The first of those, in order, as many as were asked for.
    pub rejections: Vec<Rejected>,
    /// Those that count, core lines of one kind in one second each.
    pub accepted: u64,
}

/// A line that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// Its beginning, as it stands there, control characters included.
    pub excerpt: String,
}

/// The accepted lines of one file, in order, and the counts of all.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Sorted by target.
    objects: Vec<(Target, Vec<Kept>)>,
    texts: Texts,
    /// Sorted, one of a kind a second.
    pub core: Vec<CoreEvent>,
    /// Transitions of each time period, sorted by time, within a second as in the file.
    pub periods: BTreeMap<String, Vec<Transition>>,
    /// What became of the lines.
    pub counts: Counts,
}

impl Parsed {
    /// One event that no file told, as if it were a file of its own: `output` counts for states other than OK and UP.
    pub fn single(target: &Target, time: Instant, what: What, output: Option<&str>) -> Self {
        let service = target.service.as_deref().map(str::as_bytes);
        let name = Name { raw: target.host.as_bytes(), host: target.host.as_bytes(), service };
        let output = output.filter(|_| is_problem(what)).map(str::as_bytes);
        let mut gatherer = Gatherer::default();
        let raw = RawLine { number: 1, bytes: &[], extent: Extent::Whole };
        gatherer.take(&raw, Line::Fact { time, fact: Fact::Object { name, what, output } });
        gatherer.finish()
    }

    /// What the file says of each object, sorted by target, then by time, within a second as in the file.
    pub fn objects(&self) -> impl Iterator<Item = (&Target, Vec<Told<'_>>)> {
        self.objects.iter().map(|(target, kept)| (target, kept.iter().map(|kept| kept.told(&self.texts)).collect()))
    }
}

/// Whether it is a state that comes with an output worth keeping.
const fn is_problem(what: What) -> bool {
    matches!(what, What::State { state, .. } if !state.is_good())
}

/// A [`Told`] whose output lies in [`Texts`].
#[derive(Debug, Clone, Copy)]
struct Kept {
    time: Instant,
    ordinal: u32,
    what: What,
    output: Option<u32>,
    unfinished: bool,
}

impl Kept {
    fn told<'a>(&self, texts: &'a Texts) -> Told<'a> {
        let output = self.output.and_then(|number| texts.get(number));
        Told { time: self.time, ordinal: self.ordinal, what: self.what, output, unfinished: self.unfinished }
    }
}

/// Takes a file's lines in order.
#[derive(Debug, Default)]
pub struct Gatherer {
    parsed: Parsed,
    /// How many rejected lines are kept.
    most_rejections: usize,
    /// Where in `parsed.objects` an object is, by its name's bytes in the log.
    by_raw_name: HashMap<Box<[u8]>, usize>,
    /// The same by its decoded name: a log may spell one in UTF-8 and in Latin-1.
    by_target: HashMap<Target, usize>,
    core_seen: HashSet<(Instant, Core)>,
    ordinals: Ordinals,
    /// When the block of INITIAL lines began that is still open.
    header: Option<Instant>,
}

impl Gatherer {
    /// Nothing taken yet; of rejected lines, so many will be kept.
    pub fn keeping(most_rejections: usize) -> Self {
        Self { most_rejections, ..Self::default() }
    }

    /// Takes the next line, and what it was read as.
    pub fn take(&mut self, raw: &RawLine<'_>, line: Line<'_>) {
        self.parsed.counts.lines += 1;
        match line {
            Line::Blank => self.parsed.counts.blank += 1,
            Line::Ignored(kind) => *self.parsed.counts.ignored.entry(kind).or_default() += 1,
            Line::Rejected(reason) => {
                self.parsed.counts.rejected += 1;
                if self.parsed.counts.rejections.len() < self.most_rejections {
                    let excerpt = text::beginning(raw.bytes, EXCERPT).into_owned();
                    self.parsed.counts.rejections.push(Rejected { line: raw.number, reason, excerpt });
                }
            }
            Line::Fact { time, fact } => {
                self.parsed.counts.accepted += 1;
                self.accept(time, fact, raw.extent != Extent::Unfinished);
            }
        }
    }

    fn accept(&mut self, time: Instant, fact: Fact<'_>, finished: bool) {
        match fact {
            Fact::Object { name, what, output } => {
                let what = self.place_in_block(time, what);
                let unfinished = !finished && is_problem(what);
                let output = output.and_then(text::output).and_then(|text| self.parsed.texts.number(&text));
                let ordinal = self.ordinals.next(time, &self.parsed);
                let object = self.object(name);
                self.parsed.objects[object].1.push(Kept { time, ordinal, what, output, unfinished });
            }
            Fact::Core(core) => {
                self.header = (core == Core::InitialStates).then_some(time);
                if self.core_seen.insert((time, core)) {
                    let ordinal = self.ordinals.next(time, &self.parsed);
                    self.parsed.core.push(CoreEvent { time, ordinal, core });
                }
            }
            Fact::Transition { period, from, to } => {
                self.header = None;
                let ordinal = self.ordinals.next(time, &self.parsed);
                let transitions = self.parsed.periods.entry(text::decode(period).into_owned()).or_default();
                transitions.push(Transition { time, ordinal, from, to });
            }
        }
    }

    /// An INITIAL line behind a header belongs to its block; an event line of any other kind ends the block.
    fn place_in_block(&mut self, time: Instant, what: What) -> What {
        let What::State { telling: Telling::Initial { .. }, state, hard } = what else {
            self.header = None;
            return what;
        };
        let since_header = self.header.and_then(|header| u32::try_from(time - header).ok());
        What::State { telling: Telling::Initial { since_header }, state, hard }
    }

    fn object(&mut self, name: Name<'_>) -> usize {
        if let Some(&object) = self.by_raw_name.get(name.raw) {
            return object;
        }
        let target = match name.service {
            None => Target::host(text::decode(name.host)),
            Some(service) => Target::service(text::decode(name.host), text::decode(service)),
        };
        let objects = &mut self.parsed.objects;
        let object = *self.by_target.entry(target).or_insert_with_key(|target| {
            objects.push((target.clone(), Vec::new()));
            objects.len() - 1
        });
        self.by_raw_name.insert(name.raw.into(), object);
        object
    }

    /// All that was taken.
    pub fn finish(self) -> Parsed {
        let mut parsed = self.parsed;
        for (_, kept) in &mut parsed.objects {
            kept.sort_by_key(|kept| (kept.time, kept.ordinal));
        }
        parsed.objects.sort_by(|(left, _), (right, _)| left.cmp(right));
        parsed.core.sort_unstable();
        for transitions in parsed.periods.values_mut() {
            transitions.sort_unstable();
        }
        parsed
    }
}

/// Numbers the accepted lines of each second.
#[derive(Debug, Default)]
struct Ordinals {
    last: Option<Instant>,
    next: u32,
    /// The next ordinal of each second so far, once the file has gone back in time.
    by_second: Option<HashMap<Instant, u32>>,
}

impl Ordinals {
    /// `so_far` are the lines numbered before this one.
    fn next(&mut self, time: Instant, so_far: &Parsed) -> u32 {
        if self.by_second.is_none() {
            if self.last <= Some(time) {
                if self.last != Some(time) {
                    (self.last, self.next) = (Some(time), 0);
                }
                self.next = self.next.saturating_add(1);
                return self.next - 1;
            }
            let mut by_second: HashMap<Instant, u32> = HashMap::new();
            let of_objects = so_far.objects.iter().flat_map(|(_, kept)| kept.iter().map(|kept| kept.time));
            let of_periods = so_far.periods.values().flatten().map(|transition| transition.time);
            for time in of_objects.chain(of_periods).chain(so_far.core.iter().map(|event| event.time)) {
                *by_second.entry(time).or_default() += 1;
            }
            self.by_second = Some(by_second);
        }
        let next = self.by_second.get_or_insert_default().entry(time).or_default();
        *next = next.saturating_add(1);
        *next - 1
    }
}

#[cfg(test)]
mod tests;
