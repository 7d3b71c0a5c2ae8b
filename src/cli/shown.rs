//! Lines that several commands show.

use serde::Serialize;

use super::changing::Made;
use super::output::{print, print_json, told};
use super::session::Session;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::story::{Changed, Changes, Said};
use crate::downtime::whole::Whole;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::duration;
pub use crate::render::names::{first_names, names};
use crate::render::series_json::KeptJson;
use crate::render::time;
use crate::when::zone::Zone;

/// An instant in local time and UTC.
pub fn moment(zone: Zone, instant: Instant) -> String {
    format!("{}  ({instant})", time::local(zone, instant))
}

/// The window in local time and UTC, two lines.
pub fn window_lines(window: Interval, zone: Zone) -> String {
    let line = |word: &str, instant| format!("  {word:<5} {}", moment(zone, instant));
    format!(
        "{}\n{}  {}\n",
        line("from", window.start()),
        line("until", window.end()),
        duration::format(window.seconds())
    )
}

/// Until when something goes on, and how long that is from `at`; `None` is more than ten years off.
pub fn until(until: Option<Instant>, at: Instant, zone: Zone) -> String {
    until.map_or("for more than ten years".to_owned(), |until| {
        format!("until {} ({} left)", time::local(zone, until), duration::brief(until - at))
    })
}

/// A range on one line, with its length.
pub fn range(range: Interval, zone: Zone) -> String {
    let (from, until) = (time::local(zone, range.start()), time::local(zone, range.end()));
    format!("{from} to {until}  {}", duration::format(range.seconds()))
}

/// How a downtime that is over came to its end; `None` for one that is not.
pub fn over(downtime: &Downtime, session: &Session) -> Option<String> {
    let now = session.clock.now;
    let (at, _) = downtime.ended(now)?;
    let how = match downtime.state(now) {
        State::Cancelled => "was cancelled",
        State::Skipped => "was left out",
        _ => "ended",
    };
    Some(format!("downtime {} {how} {}", downtime.id, time::local(session.zone, at)))
}

/// That a downtime that is over cannot be changed, with what helps unless it has been; `None` for one that is not over.
pub fn refused_as_over(downtime: &Downtime, session: &Session) -> Option<Failure> {
    let failure = Failure::new(Kind::Ended, over(downtime, session)?);
    Some(match downtime.state(session.clock.now) {
        State::Skipped => failure.hint(format!("to let it take place after all: downtime unskip {}", downtime.id)),
        State::Completed => failure,
        _ => failure.hint("schedule a new one with `downtime schedule`"),
    })
}

/// The targets on one line, at most `most` of them by name; those that were let go of only if all were.
pub fn targets(downtime: &Downtime, most: usize) -> String {
    match downtime.held().next() {
        Some(_) => names(downtime.held(), most),
        None => names(downtime.targets(), most),
    }
}

/// How something stands, on one line.
pub fn standing_of(kept: &Kept, session: &Session) -> String {
    match kept {
        Kept::Downtime(downtime) => standing(downtime, session),
        Kept::Series(series) => {
            let whole = series.whole(session.clock.now);
            let targets = match series.held().next() {
                Some(_) => names(series.held(), 2),
                None => names(series.targets(), 2),
            };
            format!("series {} ({targets}): {}", series.id(), super::whole::sentence(&whole, session))
        }
        Kept::Rule(rule) => {
            let word = if rule.stopped().is_some() { "stopped" } else { "in force" };
            format!("rule {} is {word}", rule.id)
        }
    }
}

/// How a downtime stands, on one line.
pub fn standing(downtime: &Downtime, session: &Session) -> String {
    let now = session.clock.now;
    let show = |instant| time::local(session.zone, instant);
    let (id, targets, window) = (&downtime.id, targets(downtime, 2), downtime.window);
    match downtime.state(now) {
        state @ (State::Active | State::Standby) => {
            format!("downtime {id} ({targets}) is {} until {}", state.name(), show(window.end()))
        }
        State::Scheduled => {
            format!("downtime {id} ({targets}) is scheduled, {} to {}", show(window.start()), show(window.end()))
        }
        over => format!("downtime {id} ({targets}) is {}", over.name()),
    }
}

/// What changed, a phrase each.
pub fn phrases(changes: &Changes, zone: Zone) -> Vec<String> {
    let said = |said: &Said| match said {
        Said::Nothing => "none".to_owned(),
        Said::Text(text) => format!("`{text}`"),
        Said::Time(time) => time::local(zone, *time),
        Said::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Said::Repetition(None) => "once".to_owned(),
        Said::Repetition(Some(recurrence)) => recurrence.sentence(),
    };
    let field = |change: &Changed| {
        format!("{} {} instead of {}", change.field.replace('_', " "), said(&change.to), said(&change.from))
    };
    let lists = [("with", &changes.added), ("without", &changes.removed)];
    let lists = lists.into_iter().filter(|(_, targets)| !targets.is_empty());
    changes
        .fields
        .iter()
        .map(field)
        .chain(lists.map(|(word, targets)| format!("{word} {}", names(targets, 6))))
        .collect()
}

/// What a change came to.
pub struct Change<'a> {
    /// Its number in the journal; `None` if there was nothing to do, or if it was only tried.
    pub operation: Option<u64>,
    /// Whether it was only tried.
    pub dry_run: bool,
    /// The downtimes that changed, as they stand now.
    pub changed: &'a [Kept],
    /// Those that were so already.
    pub unchanged: &'a [Kept],
    /// What people are told.
    pub lines: Vec<String>,
    /// What is good to know besides.
    pub notes: &'a [String],
}

impl<'a> Change<'a> {
    /// What was made or tried, with nothing said about it yet.
    pub fn of(made: &'a Made, dry_run: bool) -> Self {
        let (operation, changed) = (made.operation, made.changed.as_slice());
        Self { operation, dry_run, changed, unchanged: &[], lines: Vec::new(), notes: &[] }
    }
}

/// What a change came to, for machines.
#[derive(Serialize)]
struct ChangeJson<'a> {
    operation: Option<u64>,
    changed: Vec<KeptJson<'a>>,
    unchanged: Vec<KeptJson<'a>>,
    notes: &'a [String],
}

/// Tells what a change came to: as JSON with the downtimes as they stand now, or in lines.
pub fn change(session: &Session, change: &Change<'_>) -> Outcome<()> {
    if session.globals.document()? {
        let (changed, unchanged) = (wholes(session, change.changed), wholes(session, change.unchanged));
        told(print_json(&ChangeJson {
            operation: change.operation,
            changed: json(session, &changed),
            unchanged: json(session, &unchanged),
            notes: change.notes,
        }));
        return Ok(());
    }
    change.notes.iter().for_each(|note| session.note(note));
    if !session.globals.quiet {
        let head = if change.dry_run { "Would have made this change, and did not:\n" } else { "" };
        told(print(&change.lines.iter().fold(head.to_owned(), |text, line| text + line + "\n")));
    }
    Ok(())
}

/// Each with the series as a whole, if it is one.
fn wholes<'a>(session: &Session, kept: &'a [Kept]) -> Vec<(&'a Kept, Option<Whole>)> {
    let whole = |kept: &Kept| match kept {
        Kept::Series(series) => Some(series.whole(session.clock.now)),
        Kept::Downtime(_) | Kept::Rule(_) => None,
    };
    kept.iter().map(|kept| (kept, whole(kept))).collect()
}

fn json<'a>(session: &Session, kept: &'a [(&Kept, Option<Whole>)]) -> Vec<KeptJson<'a>> {
    kept.iter().map(|(kept, whole)| KeptJson::new(kept, whole.as_ref(), session.clock.now, session.zone)).collect()
}
