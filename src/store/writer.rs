//! Writing: one command, one line, one transaction; all or nothing, and durable when it returns.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::acknowledged::Acknowledged;
use super::beginning;
use super::checked;
use super::edited::{Edited, Noted, Notes, content_of};
use super::files::{Files, UNFINISHED, put};
use super::folded::Folded;
use super::in_force::InForce;
use super::journal;
use super::known::names;
use super::layout::Layout;
use super::line;
use super::lock::{self, Lock};
use super::parsed;
use super::rulebook::RuleBook;
use super::snapshot;
use super::{Meta, State, Store};
use crate::clock::{Clock, Instant};
use crate::downtime::ledger::{Head, Ledger, Nothing};
use crate::downtime::operation::{Entry, Operation};
use crate::failure::{Failure, Kind, Outcome};
use crate::rules::reading::Survey;

/// A journal segment is closed, and a snapshot taken, after this many lines. Each costs every reader some 2 µs, and a
/// snapshot of 100,000 downtimes costs one writer about 100 ms: fewer than 1 % of writers should meet it.
pub const LINES_PER_SEGMENT: usize = 128;
/// … or after this many bytes.
const BYTES_PER_SEGMENT: u64 = 128 * 1024;

/// Who writes, when, and how long they are ready to wait.
#[derive(Debug, Clone)]
pub struct Hand {
    /// What time it is.
    pub clock: Clock,
    /// Who acts.
    pub author: String,
    /// How long to wait for the lock.
    pub patience: Duration,
}

/// The store, locked, with its state.
#[derive(Debug)]
pub struct Writer {
    /// The store.
    pub store: Store,
    /// The state as it is now, this writer's own operations included.
    pub state: State,
    /// What the user should be told: a store begun, a crash's residue set aside.
    pub notes: Vec<String>,
    /// Which edited files do not count, and why.
    pub warnings: Vec<String>,
    /// Which of them it recorded anew.
    pub recorded: Vec<Edited>,
    /// The inventory that counts.
    pub inventory: InForce,
    /// The rules that count.
    pub rules: InForce,
    /// The occurrences of rules, at any time.
    pub book: Rc<RuleBook>,
    hand: Hand,
    acknowledged: Acknowledged,
    length: u64,
    lines: usize,
    begun: bool,
    failed: bool,
    _lock: Lock,
}

impl Writer {
    /// Locks the store in `dir`, begins one if there is none, mends what a crash left, records edited files.
    ///
    /// # Errors
    /// `Busy`, `Pretended` where pretended and real would mix, `Config`, `Damaged`, `Newer`, `Io`.
    pub fn open(files: Arc<dyn Files>, dir: &Path, hand: Hand, tell: &mut dyn FnMut(&str)) -> Outcome<Self> {
        let layout = Layout::new(dir);
        let mut notes = Vec::new();
        files.make_dir(dir).map_err(|error| Failure::io("make", dir.display(), error))?;
        let lock = lock::take(&layout.lock(), hand.patience, tell)?;
        let found = Store::open(Arc::clone(&files), dir)?;
        let begun = found.is_none();
        let beginning = |error| Failure::io("begin a store in", dir.display(), error);
        let store = if let Some(store) = found {
            store
        } else {
            let meta = Meta { format: line::FORMAT, pretended: hand.clock.pretended };
            beginning::begin(&*files, &layout, meta).map_err(beginning)?;
            let kind = if meta.pretended { "a store of pretended time" } else { "a store" };
            notes.push(format!("began {kind} in {}", dir.display()));
            Store { files, layout, meta }
        };
        refuse_mixing(store.meta, hand.clock)?;
        let (acknowledged, both_sound) = journal::acknowledged(store.files(), &store.layout)?;
        let (view, segment) = store.read_once()?;
        if view.state.head.sequence == 0 {
            beginning::make_names_last(store.files(), &store.layout).map_err(beginning)?;
        }
        let nothing = InForce::default();
        let mut writer = Self {
            book: Rc::new(store.book(&view.state.head, &nothing, &nothing, hand.clock)),
            inventory: InForce::default(),
            rules: InForce::default(),
            state: view.state,
            length: segment.length,
            lines: segment.lines,
            acknowledged,
            begun,
            failed: false,
            notes,
            warnings: Vec::new(),
            recorded: Vec::new(),
            hand,
            _lock: lock,
            store,
        };
        writer.mend(&segment.residue, both_sound)?;
        writer.record_edits()?;
        let head = &writer.state.head;
        writer.book = Rc::new(writer.store.book(head, &writer.inventory, &writer.rules, writer.hand.clock));
        Ok(writer)
    }

    /// The moment for which it writes.
    pub const fn now(&self) -> Instant {
        self.hand.clock.now
    }

    /// Sets a crash's residue aside, and acknowledges a line that was written whole but not acknowledged.
    fn mend(&mut self, residue: &[u8], both_sound: bool) -> Outcome<()> {
        let path = self.store.layout.segment(self.acknowledged.segment);
        let failed = |error| Failure::io("mend", path.display(), error);
        if !residue.is_empty() {
            let aside = self.store.layout.residue(self.acknowledged.segment, self.length);
            let files = self.store.files();
            put(files, &aside, residue).map_err(failed)?;
            files.truncate(&path, self.length).map_err(failed)?;
            files.sync(&path).map_err(failed)?;
            self.notes.push(format!(
                "set aside {} bytes that a crash left behind the last operation: {}",
                residue.len(),
                aside.display()
            ));
        }
        if !both_sound || self.state.head.sequence != self.acknowledged.sequence {
            self.store.files().sync(&path).map_err(failed)?;
            self.acknowledge(self.acknowledged.segment, self.length).map_err(failed)?;
        }
        Ok(())
    }

    /// Writes down which of the files that people edit have changed.
    fn record_edits(&mut self) -> Outcome<()> {
        let notes = self.store.notes();
        let mut now = Notes::new();
        let mut read_again = false;
        for edited in Edited::ALL {
            let mut found = self.store.in_force(edited, &self.state.head, &notes)?;
            self.warnings.extend(found.warning.clone());
            if let Some(fresh) = found.unrecorded.take() {
                let (content, bytes) = content_of(&fresh.sources)?;
                self.keep(&self.store.layout.revision(&content), &bytes)?;
                let since = self.store.counts_from(edited, &self.state.head, fresh.modified, self.hand.clock);
                let revision = fresh.revision(content, since);
                if edited == Edited::Rules {
                    self.warnings.extend(oddities(&Survey::of(&fresh.sources, self.store.zone_of_rules()?)));
                }
                self.recorded.push(edited);
                self.commit(match edited {
                    Edited::Inventory => Operation::InventoryRevision(revision),
                    Edited::Rules => Operation::RulesRevision(revision),
                })?;
            }
            read_again |= found.inventory.is_some() && found.warning.is_none();
            now.extend(found.noted().map(|note: Noted| (edited, note)));
            match edited {
                Edited::Inventory => self.inventory = found,
                Edited::Rules => self.rules = found,
            }
        }
        if now != notes.0 || read_again || self.lacks_caches(&now) || self.store.lacks_covers(&self.state.head) {
            self.remember(&now);
        }
        Ok(())
    }

    /// Whether what is kept of the inventory that counts was deleted.
    fn lacks_caches(&self, noted: &Notes) -> bool {
        let is_missing = |path: &Path| matches!(self.store.files().stamp(path), Ok(None));
        noted.get(&Edited::Inventory).is_some_and(|note| {
            let layout = &self.store.layout;
            is_missing(&names::path(layout, &note.content)) || is_missing(&parsed::path(layout, &note.content))
        })
    }

    /// Notes the files' stamps and what they declare. Caches: a failure costs time later and nothing else.
    fn remember(&self, noted: &Notes) {
        let cache = self.store.layout.cache();
        let remembered = || -> std::io::Result<()> {
            let files = self.store.files();
            files.make_dir(&cache)?;
            if let Some(note) = noted.get(&Edited::Inventory) {
                self.keep_declared(&note.content)?;
            }
            self.store.keep_covers(&self.state.head, &self.inventory, &self.rules, self.hand.clock)?;
            put(files, &cache.join("edited"), checked::seal(&serde_json::to_string(noted)?).as_bytes())
        };
        drop(remembered());
    }

    /// Keeps the inventory that counts as it was parsed, and an index of its names; those of earlier ones go.
    fn keep_declared(&self, content: &str) -> std::io::Result<()> {
        let (files, layout) = (self.store.files(), &self.store.layout);
        let wanted = [names::path(layout, content), parsed::path(layout, content)];
        if wanted.iter().map(|path| files.stamp(path)).collect::<std::io::Result<Option<Vec<_>>>>()?.is_some() {
            return Ok(());
        }
        let objects = self.store.objects(&self.inventory, &self.state.head);
        let inventory = objects.inventory().map_err(std::io::Error::other)?;
        put(files, &wanted[0], &names::encode(inventory))?;
        put(files, &wanted[1], &parsed::encode(inventory)?)?;
        for name in files.list(&layout.cache())? {
            let path = layout.cache().join(&name);
            let is_ours = [names::ENDING, parsed::ENDING].iter().any(|ending| name.ends_with(ending));
            if is_ours && !wanted.contains(&path) {
                files.remove(&path)?;
            }
        }
        Ok(())
    }

    /// Keeps a file that the next operation will name; it must be there before the operation is.
    pub fn keep(&self, path: &Path, bytes: &[u8]) -> Outcome<()> {
        let dir = path.parent().unwrap_or(path);
        let files = self.store.files();
        let kept = || {
            files.make_dir(dir)?;
            // Even a directory that is there may be what a crash left, its name not durable yet.
            files.sync_dir(self.store.layout.root())?;
            put(files, path, bytes)
        };
        kept().map_err(|error| Failure::io("write", path.display(), error))
    }

    /// Makes a file for people to edit, unless there is one; whether it was made.
    pub fn offer(&self, name: &str, text: &str) -> Outcome<bool> {
        let (files, path) = (self.store.files(), self.store.layout.edited(name));
        let offered = || match files.stamp(&path)? {
            Some(_) => Ok(false),
            None => put(files, &path, text.as_bytes()).map(|()| true),
        };
        offered().map_err(|error| Failure::io("write", path.display(), error))
    }

    /// Lets an operation happen now: in the state, and durably in the journal. Returns its sequence number.
    ///
    /// # Errors
    /// `Damaged` if it does not fit the state; `Io` if it cannot be written, and then nothing has happened. Either way
    /// this writer's state is not to be used any more, and it writes nothing else.
    pub fn commit(&mut self, operation: Operation) -> Outcome<u64> {
        let path = self.store.layout.segment(self.acknowledged.segment);
        if self.failed {
            let failure = Failure::new(Kind::Io, format!("cannot write to {} after a failure", path.display()));
            return Err(failure.hint("try again"));
        }
        let entry = Entry {
            sequence: self.state.head.sequence + 1,
            due: self.hand.clock.now,
            written: self.hand.clock.now,
            author: self.hand.author.clone(),
            pretended: self.hand.clock.pretended,
            operation,
        };
        let bytes = line::encode(&entry)?;
        self.failed = true;
        let sequence = entry.sequence;
        self.state.apply(entry)?;
        let length = self.length + bytes.len() as u64;
        let files = Arc::clone(&self.store.files);
        if let Err(error) = files.append(&path, &bytes).and_then(|()| files.sync(&path)) {
            let withdrawn = self.cut_off(&path);
            return Err(not_written(&path, error, withdrawn));
        }
        if let Err(error) = self.acknowledge(self.acknowledged.segment, length) {
            let withdrawn = self.acknowledge_no_more().and_then(|()| self.cut_off(&path));
            return Err(not_written(&path, error, withdrawn));
        }
        self.failed = false;
        self.length = length;
        self.lines += 1;
        if self.lines >= LINES_PER_SEGMENT || self.length >= BYTES_PER_SEGMENT {
            self.close_segment();
        }
        Ok(sequence)
    }

    /// Cuts off what was written of a line that failed; the store too, if it was begun for that line.
    fn cut_off(&self, path: &Path) -> std::io::Result<()> {
        let (files, layout) = (self.store.files(), &self.store.layout);
        files.truncate(path, self.length)?;
        files.sync(path)?;
        if self.begun && self.acknowledged.sequence == 0 {
            beginning::take_back(files, layout);
        }
        Ok(())
    }

    /// Moves the record on.
    fn acknowledge(&mut self, segment: u64, length: u64) -> std::io::Result<()> {
        let next =
            Acknowledged { turn: self.acknowledged.turn + 1, segment, sequence: self.state.head.sequence, length };
        self.write_record(next)
    }

    /// Puts the record back after a failure to move it on, in the slot that may hold more by now: if that fails too,
    /// the other slot holds the same. The line must not be cut off before: a record of more than there is is damage.
    fn acknowledge_no_more(&mut self) -> std::io::Result<()> {
        self.write_record(Acknowledged { turn: self.acknowledged.turn + 1, ..self.acknowledged })
    }

    fn write_record(&mut self, record: Acknowledged) -> std::io::Result<()> {
        let (files, path) = (self.store.files(), self.store.layout.acknowledged());
        files.overwrite(&path, record.offset(), &record.encode())?;
        files.sync(&path)?;
        self.acknowledged = record;
        Ok(())
    }

    /// Takes a snapshot and begins a new segment. The operation is safe already, so a failure only postpones this.
    fn close_segment(&mut self) {
        let closed = || -> std::io::Result<(u64, PathBuf)> {
            let (files, layout) = (self.store.files(), &self.store.layout);
            let older = self.state.base().snapshot();
            let changed = self.state.changed().map_err(std::io::Error::other)?;
            let bytes = snapshot::encode(&self.state.head, older, &changed).or_else(|_| self.encode_from_journal())?;
            files.make_dir(&layout.cache())?;
            let path = layout.snapshot(self.state.head.sequence);
            put(files, &path, &bytes)?;
            let first = self.state.head.sequence + 1;
            files.write(&layout.segment(first), b"")?;
            files.sync(&layout.segment(first))?;
            files.sync_dir(&layout.journal())?;
            Ok((first, path))
        };
        let Ok((first, snapshot)) = closed() else { return };
        if self.acknowledge(first, 0).is_err() {
            // Which segment the record names is not certain now, so this writer must not add to either.
            self.failed = true;
            return;
        }
        self.length = 0;
        self.lines = 0;
        let state = &self.state;
        let rebased = Folded::open(Arc::clone(&self.store.files), &self.store.layout, first);
        if let Some((head, folded)) = rebased.filter(|(head, _)| *head == state.head) {
            self.state = State::new(head, folded);
        }
        self.tidy(&snapshot);
    }

    /// The snapshot, made from the first operation on: for when the one before is not sound.
    fn encode_from_journal(&self) -> std::io::Result<Vec<u8>> {
        let mut ledger = Ledger::new(Head::default(), Nothing);
        self.store.replay(|entry| ledger.apply(entry)).map_err(std::io::Error::other)?;
        snapshot::encode(&ledger.head, None, &ledger.changed().map_err(std::io::Error::other)?)
    }

    /// Removes what nobody needs any more: older snapshots but one (a reader may just be opening it), and unfinished files.
    fn tidy(&self, newest: &Path) {
        let (files, cache) = (self.store.files(), self.store.layout.cache());
        let names = files.list(&cache).unwrap_or_default();
        let mut snapshots: Vec<PathBuf> =
            names.iter().filter(|name| name.ends_with(".snapshot")).map(|name| cache.join(name)).collect();
        snapshots.retain(|path| path.as_path() < newest);
        snapshots.pop();
        let unfinished = names.iter().filter(|name| name.ends_with(UNFINISHED)).map(|name| cache.join(name));
        for path in snapshots.into_iter().chain(unfinished) {
            drop(files.remove(&path));
        }
    }
}

/// What is odd about rules, told once: to whoever is the first to change something after the edit.
fn oddities(survey: &Survey) -> Vec<String> {
    const MOST: usize = 3;
    let told = survey.warnings.iter().map(|odd| format!("{}: {}", odd.place, odd.message));
    let more = survey.warnings.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("{more} more about the rules are told by `downtime rules check`"));
    told.take(MOST).chain(more).collect()
}

fn not_written(path: &Path, error: std::io::Error, withdrawn: std::io::Result<()>) -> Failure {
    match withdrawn {
        Ok(()) => Failure::io("write to", path.display(), error),
        Err(again) => {
            let what = format!("cannot write to {}: {error}; nor take that back: {again}", path.display());
            Failure::new(Kind::Io, what).hint("whether it happened is told by `downtime history` once the disk answers")
        }
    }
}

fn refuse_mixing(meta: Meta, clock: Clock) -> Outcome<()> {
    match (meta.pretended, clock.pretended) {
        (true, false) => Err(Failure::new(Kind::Pretended, "this store holds operations of pretended time only")
            .hint("give --now TIME, or name another store with --store DIR")),
        (false, true) => Err(Failure::new(Kind::Pretended, "this store is real, and --now is only pretended").hint(
            "try it in a store of its own with --store DIR, or leave --now out; --dry-run shows what would happen",
        )),
        _ => Ok(()),
    }
}
