//! Lines that several commands show.

use serde::Serialize;

use super::output::{print, print_json, told};
use super::session::Session;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::story::{Changed, Said};
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::render::downtime_json::DowntimeJson;
use crate::render::duration;
use crate::render::text::printable;
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

/// A range on one line, with its length.
pub fn range(range: Interval, zone: Zone) -> String {
    let (from, until) = (time::local(zone, range.start()), time::local(zone, range.end()));
    format!("{from} to {until}  {}", duration::format(range.seconds()))
}

/// How a downtime that is over came to its end; `None` for one that is not.
pub fn over(downtime: &Downtime, session: &Session) -> Option<String> {
    let now = session.clock.now;
    let (at, _) = downtime.ended(now)?;
    let how = if downtime.state(now) == State::Cancelled { "was cancelled" } else { "ended" };
    Some(format!("downtime {} {how} {}", downtime.id, time::local(session.zone, at)))
}

/// The targets on one line, at most `most` of them by name.
pub fn targets(downtime: &Downtime, most: usize) -> String {
    let names: Vec<String> =
        downtime.targets().take(most).map(|target| printable(&target.to_string()).into_owned()).collect();
    match downtime.holdings.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
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

/// What an edit changed, on one line.
pub fn edits(changes: &[Changed], added: &[Target], zone: Zone) -> String {
    let said = |said: &Said| match said {
        Said::Nothing => "none".to_owned(),
        Said::Text(text) => format!("`{text}`"),
        Said::Time(time) => time::local(zone, *time),
        Said::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    };
    let changes = changes.iter().map(|change| {
        format!("{} {} instead of {}", change.field.replace('_', " "), said(&change.to), said(&change.from))
    });
    let names: Vec<String> = added.iter().take(6).map(Target::to_string).collect();
    let more = if added.len() > 6 { format!(" and {} more", added.len() - 6) } else { String::new() };
    let added = (!names.is_empty()).then(|| format!("with {}{more}", names.join(", ")));
    changes.chain(added).collect::<Vec<_>>().join("; ")
}

/// What a change came to.
pub struct Change<'a> {
    /// Its number in the journal; `None` if there was nothing to do.
    pub operation: Option<u64>,
    /// The downtimes that changed, as they stand now.
    pub changed: &'a [Downtime],
    /// Those that were so already.
    pub unchanged: &'a [Downtime],
    /// What people are told.
    pub lines: Vec<String>,
    /// What is good to know besides.
    pub notes: &'a [String],
}

/// What a change came to, for machines.
#[derive(Serialize)]
struct ChangeJson<'a> {
    operation: Option<u64>,
    changed: Vec<DowntimeJson<'a>>,
    unchanged: Vec<DowntimeJson<'a>>,
    notes: &'a [String],
}

/// Tells what a change came to: as JSON with the downtimes as they stand now, or in lines.
pub fn change(session: &Session, change: &Change<'_>) -> Outcome<()> {
    if session.globals.document()? {
        told(print_json(&ChangeJson {
            operation: change.operation,
            changed: json(session, change.changed),
            unchanged: json(session, change.unchanged),
            notes: change.notes,
        }));
        return Ok(());
    }
    change.notes.iter().for_each(|note| session.note(note));
    if !session.globals.quiet {
        told(print(&change.lines.iter().map(|line| format!("{line}\n")).collect::<String>()));
    }
    Ok(())
}

fn json<'a>(session: &Session, downtimes: &'a [Downtime]) -> Vec<DowntimeJson<'a>> {
    downtimes.iter().map(|downtime| DowntimeJson::new(downtime, session.clock.now, session.zone)).collect()
}
