//! Downtimes in rows, as `list` shows them and `delete` before it asks.

use comfy_table::{Cell, Color};

use super::filtering::Found;
use super::session::Session;
use super::{shown, tables};
use crate::clock::Instant;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::failure::Outcome;
use crate::render::plain_table::PlainTable;
use crate::render::text::printable;
use crate::render::{csv, duration, time};

/// What a row says about targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Targets {
    /// All of them, those meant first.
    All,
    /// Those meant, of how many.
    Meant,
}

/// Puts active ones first, by end; then those to come, by start; then those that are over, the latest first.
pub fn sort(found: &mut [&Found], now: Instant) {
    found.sort_by_key(|found| order(&found.downtime, now));
}

fn order(downtime: &Downtime, now: Instant) -> (State, i64) {
    let state = downtime.state(now);
    let time = match state {
        State::Active | State::Standby => downtime.window.end().0,
        State::Scheduled => downtime.window.start().0,
        _ => -downtime.ended(now).map_or(0, |(at, _)| at.0),
    };
    (if state.is_open() { state } else { State::Completed }, time)
}

fn left(downtime: &Downtime, now: Instant) -> String {
    match downtime.state(now) {
        State::Active | State::Standby => duration::brief(downtime.window.end() - now),
        State::Scheduled => format!("in {}", duration::brief(downtime.window.start() - now)),
        _ => String::new(),
    }
}

/// The rows as CSV.
pub fn as_csv(listed: &[&Found], session: &Session) -> Outcome<String> {
    let header = ["id", "state", "targets", "start", "end", "left", "author", "repeats", "name", "comment", "ended_at"];
    let rows = listed.iter().map(|found| {
        let downtime = &found.downtime;
        let targets: Vec<String> = downtime.targets().map(ToString::to_string).collect();
        vec![
            found.id().to_string(),
            downtime.state(session.clock.now).name().to_owned(),
            targets.join(", "),
            session.zone.rfc3339(downtime.window.start()),
            session.zone.rfc3339(downtime.window.end()),
            left(downtime, session.clock.now),
            downtime.author.clone(),
            repeats(found),
            downtime.terms.name.clone().unwrap_or_default(),
            downtime.terms.comment.clone(),
            downtime.ended(session.clock.now).map(|(at, _)| session.zone.rfc3339(at)).unwrap_or_default(),
        ]
    });
    csv::document(&header, rows)
}

/// The rows as a table for people: with start and end, or where there is no room for both, with the one that is next.
pub fn table(listed: &[&Found], targets: Targets, session: &Session) -> String {
    let now = session.clock.now;
    let times = || listed.iter().flat_map(|found| [found.downtime.window.start(), end(&found.downtime, now)]);
    let (start, when) = (time::head("start", session.zone, times()), time::head("when", session.zone, times()));
    let whole = filled(listed, targets, &[&start, "end"], session);
    let table = if whole.shows(&start) { whole } else { filled(listed, targets, &[&when], session) };
    tables::linked(table.text())
}

/// The table with these columns of times: the start and the end, or when it turns next.
fn filled(listed: &[&Found], targets: Targets, times: &[&str], session: &Session) -> PlainTable {
    let now = session.clock.now;
    let named = listed.iter().any(|found| found.downtime.terms.name.is_some());
    let repeating = listed.iter().any(|found| found.whole.is_some());
    let mut header = vec!["id", "state", "targets"];
    header.extend(times);
    header.extend(["left", "author"]);
    header.extend(repeating.then_some("repeats"));
    header.extend(named.then_some("name"));
    header.push("comment");
    let start = times.first().copied().filter(|_| times.len() > 1);
    let sacrificed = ["author", "name", "repeats", "left"].into_iter().chain(start);
    let mut table = tables::table(session, &header).narrowing(&["targets"], sacrificed);
    for found in listed {
        let downtime = &found.downtime;
        let state = downtime.state(now);
        let show = |instant| time::day_and_time(session.zone, instant);
        let (start, end) = (show(downtime.window.start()), show(end(downtime, now)));
        let mut cells = vec![Cell::new(found.id()), tables::state_cell(state), Cell::new(names(found, targets))];
        match (times.len(), state) {
            (2.., _) => cells.extend([Cell::new(start), Cell::new(end)]),
            (_, State::Active) => cells.push(Cell::new(format!("until {end}"))),
            (_, State::Completed) => cells.push(Cell::new(format!("to {end}"))),
            _ => cells.push(Cell::new(format!("from {start}"))),
        }
        cells.extend([Cell::new(left(downtime, now)), Cell::new(printable(&downtime.author))]);
        if repeating {
            cells.push(Cell::new(printable(&repeats(found))));
        }
        if named {
            cells.push(Cell::new(printable(downtime.terms.name.as_deref().unwrap_or_default())));
        }
        let comment = Cell::new(printable(&downtime.terms.comment));
        cells.push(if state.is_open() { comment } else { comment.fg(Color::DarkGrey) });
        table.cells(cells);
    }
    table
}

/// When it ends, or did.
fn end(downtime: &Downtime, now: Instant) -> Instant {
    let ended = downtime.ended(now).filter(|_| downtime.state(now) == State::Completed);
    ended.map_or(downtime.window.end(), |(ended, _)| ended)
}

/// How it repeats; nothing for what does not.
fn repeats(found: &Found) -> String {
    found.whole.as_ref().map(|whole| whole.plan.recurrence.brief()).unwrap_or_default()
}

/// At most two targets by name; those that were let go of only if all were.
fn names(found: &Found, targets: Targets) -> String {
    let (meant, all) = (found.meant(), found.downtime.held().count());
    match (targets, meant.held().count()) {
        (_, 0) => shown::targets(meant, 2),
        (Targets::Meant, some) if some < all => format!("{} ({some} of {all})", shown::targets(meant, 2)),
        _ => shown::first_names(meant.held(), all, 2),
    }
}
