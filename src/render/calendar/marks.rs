//! What stands for an entry where there is little room: times of day and marks.

use chrono::Timelike;

use super::{Calendar, Entry};
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::state::State;
use crate::when::zone::Zone;

/// Beside what goes on from the day before or into the next.
pub(super) const GOES_ON: &str = "→";
/// Beside what lies in a freeze with no reason given.
pub(super) const CONFLICT: char = '!';
/// Beside what overlaps with another.
pub(super) const OVERLAP: char = '&';

/// The mark of a state that a date does not tell.
const fn of_state(state: State) -> Option<(char, &'static str)> {
    match state {
        State::Active => Some(('*', "active")),
        State::Standby => Some(('~', "standby")),
        State::Cancelled => Some(('x', "cancelled")),
        State::Skipped => Some(('-', "skipped")),
        State::Scheduled | State::Completed => None,
    }
}

/// The marks of an entry without that of its state: `!&`.
pub(super) fn warnings(entry: &Entry<'_>) -> String {
    let conflict = (!entry.conflicts.is_empty()).then_some(CONFLICT);
    let overlap = (!entry.overlaps.is_empty()).then_some(OVERLAP);
    conflict.into_iter().chain(overlap).collect()
}

/// The marks of an entry: `*!&`.
pub(super) fn all(entry: &Entry<'_>) -> String {
    let state = of_state(entry.state).map(|(mark, _)| mark);
    state.into_iter().collect::<String>() + &warnings(entry)
}

/// What the marks on a calendar mean, as far as there are any.
pub(super) fn explained(calendar: &Calendar<'_>, with_states: bool) -> Vec<String> {
    let entries = || calendar.days.iter().flat_map(|day| &day.entries);
    let states = State::ALL.into_iter().filter(|state| with_states && entries().any(|entry| entry.state == *state));
    let mut told: Vec<String> = states.filter_map(of_state).map(|(mark, name)| format!("{mark} {name}")).collect();
    if entries().any(|entry| !entry.conflicts.is_empty()) {
        told.push(format!("{CONFLICT} in a freeze"));
    }
    if entries().any(|entry| !entry.overlaps.is_empty()) {
        told.push(format!("{OVERLAP} overlaps"));
    }
    let days = || calendar.days.iter().filter_map(|day| Some((day.interval()?, &day.entries)));
    let goes_on = |(day, entries): (Interval, &Vec<Entry<'_>>)| {
        entries.iter().any(|entry| entry.span.start() < day.start() || entry.span.end() > day.end())
    };
    if days().any(goes_on) {
        told.push(format!("{GOES_ON} from the day before, or into the next"));
    }
    told
}

/// A reading of the clock: `22:00`, seconds only if there are any.
fn clock(zone: Zone, instant: Instant) -> String {
    let at = zone.at(instant);
    at.format(if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// The same with the zone's abbreviation on days on which the clocks are changed.
fn clock_on(zone: Zone, day: Interval, instant: Instant) -> String {
    if zone.offset_at(day.start()) == zone.offset_at(day.end() - 1) {
        return clock(zone, instant);
    }
    format!("{} {}", clock(zone, instant), zone.abbreviation(instant))
}

/// When an entry is in effect on a day: `22:00-23:30`, `22:00→`, `→all day→`, `→06:00`. An end at midnight is 24:00 of
/// the day that it ends.
pub(super) fn stretch(entry: &Entry<'_>, day: Interval, zone: Zone) -> String {
    let end = |end: Instant| if end == day.end() { "24:00".to_owned() } else { clock_on(zone, day, end) };
    match (entry.span.start() < day.start(), entry.span.end() > day.end()) {
        (false, false) => format!("{}-{}", clock_on(zone, day, entry.span.start()), end(entry.span.end())),
        (false, true) => clock_on(zone, day, entry.span.start()) + GOES_ON,
        (true, true) => format!("{GOES_ON}all day{GOES_ON}"),
        (true, false) => format!("{GOES_ON}{}", end(entry.span.end())),
    }
}

/// The same in at most six columns, without the end on the day on which it begins: `22:00`, `22:00→`, `→→`, `→06:00`.
pub(super) fn brief(entry: &Entry<'_>, day: Interval, zone: Zone) -> String {
    let at = |instant| zone.at(instant).format("%H:%M").to_string();
    match (entry.span.start() < day.start(), entry.span.end() > day.end()) {
        (false, false) => at(entry.span.start()),
        (false, true) => at(entry.span.start()) + GOES_ON,
        (true, true) => GOES_ON.repeat(2),
        (true, false) if entry.span.end() == day.end() => format!("{GOES_ON}24:00"),
        (true, false) => format!("{GOES_ON}{}", at(entry.span.end())),
    }
}

/// The id of a downtime; for an occurrence, whose day is seen, that of its series or rule.
pub(super) fn short(id: &DowntimeId) -> DowntimeId {
    id.parent().unwrap_or_else(|| id.clone())
}

/// How long a day is on which the clocks are changed: `25h`, `23h30`.
pub(super) fn odd_length(day: Interval) -> Option<String> {
    match day.seconds() {
        86_400 => None,
        seconds if seconds % 3600 == 0 => Some(format!("{}h", seconds / 3600)),
        seconds => Some(format!("{}h{:02}", seconds / 3600, seconds % 3600 / 60)),
    }
}
