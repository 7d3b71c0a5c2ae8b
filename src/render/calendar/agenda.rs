//! Day after day, what is in effect on it.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::paint::{self, Paint};
use super::{Calendar, Day, Entry, marks, notes};
use crate::downtime::interval::Interval;
use crate::render::names::first_names;
use crate::render::text::{cut, printable, wrapped};

/// Blanks between columns.
const GAP: usize = 2;
/// Blanks before a row.
const INDENT: usize = 2;
/// The targets are not cut shorter than this.
const TARGETS: usize = 18;
/// Where a comment would have less room, it goes below.
const COMMENT: usize = 24;
/// Lines of a comment; `show` has all of it.
const LINES: usize = 2;

/// One downtime on one day.
struct Row {
    /// When, id, state with marks, targets, and the name if any downtime has one.
    cells: Vec<String>,
    comment: String,
    style: Style,
}

/// The place of the targets among the cells.
const OF_TARGETS: usize = 3;

/// The agenda, what its marks mean, and what is to be told of freezes, overlaps and conflicts. Days on which nothing is in
/// effect and no freeze begins or ends are left out. `width` is the terminal's, if it has one.
pub fn text(calendar: &Calendar<'_>, width: Option<usize>, coloured: bool, quiet: bool) -> String {
    let paint = Paint { on: coloured };
    let mut text = if quiet { String::new() } else { notes::heading(calendar, paint) };
    let named = calendar.days.iter().flat_map(|day| &day.entries).any(|entry| entry.downtime.terms.name.is_some());
    let rows: Vec<Vec<Row>> = calendar.days.iter().map(|day| rows(calendar, day, named)).collect();
    let columns = Columns::fitting(&rows, width);
    for (day, rows) in calendar.days.iter().zip(&rows) {
        let Some(interval) = day.interval() else { continue };
        if rows.is_empty() && !calendar.freezes_on(day).any(|freeze| turns(freeze.interval, interval)) {
            continue;
        }
        text += &head(calendar, day, interval, paint);
        for row in rows {
            text += &columns.lines(row, paint);
        }
    }
    if !quiet {
        text += &notes::text(calendar, width, paint, false);
    }
    text
}

/// Whether a freeze begins or ends on a day.
fn turns(freeze: Interval, day: Interval) -> bool {
    day.contains(freeze.start()) || (day.start() < freeze.end() && freeze.end() <= day.end())
}

/// The date, with what is special about the day.
fn head(calendar: &Calendar<'_>, day: &Day<'_>, interval: Interval, paint: Paint) -> String {
    let style = match calendar.is_today(day) {
        true => paint::TODAY,
        false if interval.end() <= calendar.now => paint::PAST,
        false => paint::HEADING,
    };
    let mut head = paint.put(style, &day.date.format("%a %Y-%m-%d").to_string());
    if calendar.is_today(day) {
        head += "  today";
    }
    if let Some(length) = marks::odd_length(interval) {
        head += &format!("  {length} long");
    }
    for freeze in calendar.freezes_on(day) {
        head += "  ";
        head += &paint.put(paint::FREEZE, &format!("░ freeze {}", printable(&freeze.name)));
    }
    head + "\n"
}

fn rows(calendar: &Calendar<'_>, day: &Day<'_>, named: bool) -> Vec<Row> {
    let Some(interval) = day.interval() else { return Vec::new() };
    day.entries.iter().map(|entry| row(calendar, entry, interval, named)).collect()
}

fn row(calendar: &Calendar<'_>, entry: &Entry<'_>, day: Interval, named: bool) -> Row {
    let warnings = marks::warnings(entry);
    let state = entry.state.name();
    let targets = entry.targets(day);
    let mut cells = vec![
        marks::stretch(entry, day, calendar.zone),
        entry.downtime.id.to_string(),
        if warnings.is_empty() { state.to_owned() } else { format!("{state} {warnings}") },
        first_names(targets.iter().copied(), targets.len(), 2),
    ];
    if named {
        cells.push(printable(entry.downtime.terms.name.as_deref().unwrap_or_default()).into_owned());
    }
    Row {
        cells,
        comment: printable(&entry.downtime.terms.comment).into_owned(),
        style: if entry.conflicts.is_empty() { paint::of_state(entry.state) } else { paint::CONFLICT },
    }
}

/// How wide the columns are, and where the comment goes.
struct Columns {
    widths: Vec<usize>,
    comment: Comment,
}

enum Comment {
    /// Behind the others, wrapped to so many columns if the terminal has a width.
    Behind(Option<usize>),
    /// On lines of its own of so many columns.
    Below(usize),
}

impl Columns {
    fn fitting(rows: &[Vec<Row>], width: Option<usize>) -> Self {
        let rows = || rows.iter().flatten();
        let count = rows().map(|row| row.cells.len()).max().unwrap_or_default();
        let natural = |column: usize| rows().map(|row| row.cells[column].width()).max().unwrap_or_default();
        let mut widths: Vec<usize> = (0..count).map(natural).collect();
        let Some(width) = width else { return Self { widths, comment: Comment::Behind(None) } };
        let taken = |widths: &[usize]| INDENT + widths.iter().map(|width| width + GAP).sum::<usize>();
        let wanted = rows().map(|row| row.comment.width()).max().unwrap_or_default();
        let Some(targets) = widths.get(OF_TARGETS).copied() else {
            return Self { widths, comment: Comment::Behind(Some(width)) };
        };
        let shortest = targets.min(TARGETS);
        let room_for = |comment: usize| width.saturating_sub(taken(&widths) - targets + comment);
        let comment = wanted.min(COMMENT);
        if room_for(comment) >= shortest {
            widths[OF_TARGETS] = targets.min(room_for(wanted).max(shortest));
            let rest = width.saturating_sub(taken(&widths));
            return Self { widths, comment: Comment::Behind(Some(rest)) };
        }
        // Two blanks fewer, since nothing stands behind the last column.
        let room = room_for(0) + GAP;
        widths[OF_TARGETS] = targets.min(room.max(shortest));
        Self { widths, comment: Comment::Below(width.saturating_sub(2 * INDENT)) }
    }

    fn lines(&self, row: &Row, paint: Paint) -> String {
        let mut line = " ".repeat(INDENT);
        for (cell, width) in row.cells.iter().zip(&self.widths) {
            let cell = cut(cell, *width);
            let rest = width.saturating_sub(cell.width()) + GAP;
            line += &cell;
            line += &" ".repeat(rest);
        }
        let (indent, mut below) = match self.comment {
            Comment::Behind(None) => return paint.put(row.style, (line + &row.comment).trim_end()) + "\n",
            Comment::Behind(Some(width)) => (line.width(), beginning(&row.comment, width)),
            Comment::Below(width) => (2 * INDENT, beginning(&row.comment, width)),
        };
        if matches!(self.comment, Comment::Behind(_)) && !below.is_empty() {
            line += &below.remove(0);
        }
        let mut text = paint.put(row.style, line.trim_end()) + "\n";
        for line in below {
            text += &format!("{}{}\n", " ".repeat(indent), paint.put(row.style, &line));
        }
        text
    }
}

/// The first lines of a comment, with `…` if there is more.
fn beginning(comment: &str, width: usize) -> Vec<String> {
    let mut lines = wrapped(comment, width);
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last} …"), width).into_owned();
        }
    }
    lines
}
