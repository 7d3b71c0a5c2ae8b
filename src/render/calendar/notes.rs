//! What stands below a calendar: what its marks mean, freezes, overlaps and conflicts.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::Calendar;
use super::marks;
use super::paint::{self, Paint};
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::{self, Interval};
use crate::downtime::overlap::Overlap;
use crate::policy::conflict::Conflict;
use crate::render::names::first_names;
use crate::render::text::{cut, printable};
use crate::render::{duration, time};

/// No more overlaps and conflicts than this are told.
const TOLD: usize = 10;

/// What stands above a calendar: which days, and whose.
pub(super) fn heading(calendar: &Calendar<'_>, paint: Paint) -> String {
    paint.put(paint::HEADING, &format!("{} ({})", calendar.title(), calendar.zone)) + "\n"
}

/// The notes, with a blank line before each part; nothing where there is nothing to tell. `width` is the terminal's.
pub(super) fn text(calendar: &Calendar<'_>, width: Option<usize>, paint: Paint, with_states: bool) -> String {
    let mut text = String::new();
    let explained = marks::explained(calendar, with_states);
    if !explained.is_empty() {
        text += &format!("\n{}\n", explained.join("  "));
    }
    let mut part = |heading: &str, rows: &[[String; 2]]| {
        if rows.is_empty() {
            return;
        }
        text += &format!("\n{}\n", paint.put(paint::HEADING, heading));
        let column = rows.iter().take(TOLD).map(|[first, _]| first.width()).max().unwrap_or_default();
        for [first, rest] in rows.iter().take(TOLD) {
            let line = format!("  {first}{}  {rest}", " ".repeat(column - first.width()));
            text += &width.map_or(line.clone(), |width| cut(&line, width).into_owned());
            text.push('\n');
        }
        if rows.len() > TOLD {
            text += &format!("  and {} more; -o json has them all\n", rows.len() - TOLD);
        }
    };
    part("Freezes", &freezes(calendar));
    part("Overlaps", &overlaps(calendar));
    part("In a freeze", &conflicts(calendar));
    text
}

fn freezes(calendar: &Calendar<'_>) -> Vec<[String; 2]> {
    let row = |freeze: &super::Frozen| {
        let whom = if freeze.everything { "" } else { "  some objects" };
        [printable(&freeze.name).into_owned(), range(calendar, freeze.interval) + whom]
    };
    calendar.freezes.iter().map(row).collect()
}

fn range(calendar: &Calendar<'_>, range: Interval) -> String {
    let show = |instant| time::local(calendar.zone, instant);
    format!("{} to {}", show(range.start()), show(range.end()))
}

/// When, for how long, and how often: `Sat 2026-11-21 22:00 CET, 8h`, `3 times, first Sat 2026-11-21 22:00 CET, 8h`.
fn when(calendar: &Calendar<'_>, spans: &[Interval]) -> String {
    let Some(first) = spans.iter().min() else { return String::new() };
    let once = format!("{}, {}", time::local(calendar.zone, first.start()), duration::brief(first.seconds()));
    if spans.len() > 1 { format!("{} times, first {once}", spans.len()) } else { once }
}

/// One row for each pair of downtimes, or of series and rules.
fn overlaps(calendar: &Calendar<'_>) -> Vec<[String; 2]> {
    let mut order: Vec<[DowntimeId; 2]> = Vec::new();
    let mut pairs: BTreeMap<[DowntimeId; 2], Vec<&Overlap>> = BTreeMap::new();
    for overlap in &calendar.overlaps {
        let mut pair = overlap.ids.each_ref().map(marks::short);
        pair.sort_unstable();
        if !pairs.contains_key(&pair) {
            order.push(pair.clone());
        }
        pairs.entry(pair).or_default().push(overlap);
    }
    let row = |pair: &[DowntimeId; 2]| {
        let overlaps = &pairs[pair];
        let mut targets: Vec<_> = overlaps.iter().flat_map(|overlap| &overlap.targets).collect();
        targets.sort_unstable();
        targets.dedup();
        let spans = interval::union(overlaps.iter().flat_map(|overlap| overlap.spans.iter().copied()));
        let [one, other] = pair;
        let who = if one == other { format!("{one} and itself") } else { format!("{one} and {other}") };
        let names = first_names(targets.iter().copied(), targets.len(), 2);
        [format!("{} {who}", marks::OVERLAP), format!("{}  {names}", when(calendar, &spans))]
    };
    order.iter().map(row).collect()
}

/// One row for each downtime, series or rule and freeze, those that a reason lifts without a mark.
fn conflicts(calendar: &Calendar<'_>) -> Vec<[String; 2]> {
    let mut order = Vec::new();
    let mut pairs: BTreeMap<_, Vec<&Conflict>> = BTreeMap::new();
    for conflict in &calendar.conflicts {
        let pair = (marks::short(&conflict.id), &conflict.freeze, &conflict.lifted_by);
        if !pairs.contains_key(&pair) {
            order.push(pair.clone());
        }
        pairs.entry(pair).or_default().push(conflict);
    }
    let row = |pair: &(DowntimeId, &String, &Option<String>)| {
        let conflicts = &pairs[pair];
        let (id, freeze, lifted_by) = pair;
        let mut targets: Vec<_> = conflicts.iter().flat_map(|conflict| &conflict.targets).collect();
        targets.sort_unstable();
        targets.dedup();
        let spans: Vec<Interval> = conflicts.iter().flat_map(|conflict| conflict.spans.iter().copied()).collect();
        let mark = if lifted_by.is_none() { marks::CONFLICT } else { ' ' };
        let reason = lifted_by.as_ref().map(|reason| format!("  override: {}", printable(reason))).unwrap_or_default();
        let names = first_names(targets.iter().copied(), targets.len(), 2);
        let when = when(calendar, &spans);
        [format!("{mark} {id}"), format!("{}  {when}  {names}{reason}", printable(freeze))]
    };
    order.iter().map(row).collect()
}
