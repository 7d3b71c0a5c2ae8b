//! `undo`: take an operation back, as a new operation.

use clap::Args;

use super::changing::Ground;
use super::session::Session;
use super::shown::{self, Change};
use super::{asking, changing, picking};
use crate::downtime::operation::{Effect, Entry, Operation, Reversal};
use crate::downtime::reversal;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::text::printable;
use crate::render::time;

/// Take back the newest thing you did, or the operation named; it acts from now on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime undo
  downtime undo 71 --yes
  downtime undo --any-author

What was in effect until now stays in history and in reports. To undo an undo, name its operation.")]
pub struct Undo {
    /// Number of the operation, as `history` and `show` tell it
    #[arg(value_name = "OPERATION")]
    operation: Option<u64>,
    /// Also what somebody else did
    #[arg(long)]
    any_author: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

/// An operation that can be taken back, and what that comes to.
struct Plan {
    undoes: u64,
    what: String,
    effects: Vec<Effect>,
}

impl Undo {
    /// Shows what would be taken back, asks, and takes it back.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let mut number = self.operation;
        if !self.yes {
            asking::possible("add --yes")?;
            // Asked without the lock: others go on working while somebody thinks.
            let reading = session.reading()?;
            let plan = self.plan(session, number, &(&reading).into())?;
            if !asking::confirmed(&format!("Take back {}?", plan.what))? {
                return Err(Failure::new(Kind::Unconfirmed, "nothing was taken back").hint("answer y, or add --yes"));
            }
            number = Some(plan.undoes);
        }
        let session = &session.later();
        let mut lines = Vec::new();
        let made = changing::make(session, false, |ground| {
            let Plan { undoes, what, effects } = self.plan(session, number, ground)?;
            lines.push(format!("Took back {what}"));
            Ok(Some(Operation::Undo(Reversal { undoes, effects })))
        })?;
        lines.extend(made.changed.iter().map(|kept| format!("  {}", shown::standing_of(kept, session))));
        shown::change(session, &Change { lines, ..Change::of(&made, false) })
    }

    /// What there is to take back as the store stands.
    fn plan(&self, session: &Session, number: Option<u64>, ground: &Ground<'_>) -> Outcome<Plan> {
        let mut entries = Vec::new();
        ground.store.replay(|entry| {
            entries.push(entry);
            Ok(())
        })?;
        let entry = self.pick(session, number, &entries)?;
        if let Some((later, id)) = reversal::stands_upon(&entries, entry) {
            let what = format!("operation {} ({}) changed downtime {id} later", later.sequence, later.operation.verb());
            let also = if later.author == session.author() { "" } else { " --any-author" };
            return Err(Failure::new(Kind::Superseded, what)
                .hint(format!("take that back first: downtime undo {}{also}", later.sequence)));
        }
        let effects = reversal::effects(entry, session.clock.now, &session.author(), |id| {
            picking::by_ids([id], ground.agenda()).map(|mut found| found.pop())
        })?;
        if effects.is_empty() {
            let what = format!("nothing is left to take back of {}", describe(entry, session));
            let mut failure = Failure::new(Kind::Ended, what).hint("what is over stays as it was");
            if let Operation::Schedule(downtime) = &entry.operation {
                failure = failure.hint(format!("as if never scheduled: downtime delete {} --retroactive", downtime.id));
            }
            let undone = reversal::undone(&entries);
            let is_before =
                |it: &&Entry| it.sequence < entry.sequence && it.author == entry.author && it.operation.is_typed();
            let before = entries.iter().rev().filter(is_before).find(|it| !undone.contains(&it.sequence));
            return Err(match before {
                Some(before) => failure.hint(format!("the one before it: downtime undo {}", before.sequence)),
                None => failure,
            });
        }
        Ok(Plan { undoes: entry.sequence, what: describe(entry, session), effects })
    }

    fn pick<'a>(&self, session: &Session, number: Option<u64>, entries: &'a [Entry]) -> Outcome<&'a Entry> {
        let author = session.author();
        let Some(number) = number else {
            let author = (!self.any_author).then_some(author.as_str());
            return reversal::newest(entries, author).ok_or_else(|| {
                let who = author.map_or("there is".to_owned(), |author| format!("{author} has"));
                Failure::new(Kind::NothingMatched, format!("{who} nothing to take back"))
                    .hint("see `downtime history`; --any-author takes back what somebody else did")
            });
        };
        let entry = entries.iter().find(|entry| entry.sequence == number).ok_or_else(|| {
            Failure::new(Kind::UnknownOperation, format!("there is no operation {number}"))
                .hint(format!("operations go from 1 to {}; see `downtime history`", entries.len()))
        })?;
        if !entry.operation.is_typed() {
            let what = format!("operation {number} ({}) cannot be taken back", entry.operation.name());
            return Err(Failure::new(Kind::Usage, what)
                .hint("only what somebody typed can be: what was scheduled, repeated, extended, edited, skipped, deleted or undone"));
        }
        if reversal::undone(entries).contains(&number) {
            return Err(Failure::new(Kind::Ended, format!("operation {number} was taken back already"))
                .hint("`downtime show` tells the operations of a downtime; to do it again, take the undo back"));
        }
        if entry.author != author && !self.any_author {
            let what = format!("operation {number} was made by {}, not by {author}", entry.author);
            return Err(Failure::new(Kind::Superseded, what).hint("to take it back all the same, add --any-author"));
        }
        Ok(entry)
    }
}

/// So many downtimes are named.
const NAMED: usize = 6;

fn describe(entry: &Entry, session: &Session) -> String {
    let touched = entry.operation.touches();
    let mut ids: Vec<String> = touched.iter().take(NAMED).map(ToString::to_string).collect();
    if touched.len() > NAMED {
        ids.push(format!("{} more", touched.len() - NAMED));
    }
    format!(
        "operation {}: {} of downtime {}, by {} on {}",
        entry.sequence,
        entry.operation.verb(),
        ids.join(", "),
        printable(&entry.author),
        time::local(session.zone, entry.due)
    )
}
