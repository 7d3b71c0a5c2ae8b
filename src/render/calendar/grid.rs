//! Weeks from Monday as rows of seven cells, as wide as the terminal allows.

use chrono::Datelike;
use unicode_width::UnicodeWidthStr;

use super::cell::{self, Line};
use super::paint::{self, Paint};
use super::{Calendar, Day, notes};

/// No grid is narrower than this many columns.
pub const NARROWEST: usize = 80;
/// Blanks between cells.
const GAP: usize = 1;

/// The grid, what its marks mean, and what is to be told of freezes, overlaps and conflicts, or if `quiet` the grid
/// alone; `width` is the terminal's, at least [`NARROWEST`].
pub fn text(calendar: &Calendar<'_>, width: usize, coloured: bool, quiet: bool) -> String {
    let paint = Paint { on: coloured };
    let cell = (width.max(NARROWEST) - 6 * GAP) / 7;
    let heads = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let heads = heads.map(|day| vec![Line::new(day, cell, paint::HEADING)]);
    let mut grid = row(&heads, cell, paint);
    let (first, last) = (calendar.days.first(), calendar.days.last());
    let one_month = first.map(|day| day.date.month()) == last.map(|day| day.date.month()) && calendar.days.len() < 32;
    // Of several months, each is named where it begins.
    let names_month =
        |day: &Day<'_>| !one_month && (day.date.day() == 1 || Some(day.date) == first.map(|day| day.date));
    let lines = |day: &Day<'_>| cell::lines(calendar, day, cell, names_month(day));
    for week in weeks(calendar) {
        let cells = week.map(|day| day.map(lines).unwrap_or_default());
        grid += &row(&cells, cell, paint);
    }
    if quiet {
        return grid;
    }
    notes::heading(calendar, paint) + &grid + &notes::text(calendar, Some(width), paint, true)
}

/// The days by weeks, with nothing before the first and after the last.
fn weeks<'c, 'a>(calendar: &'c Calendar<'a>) -> impl Iterator<Item = [Option<&'c Day<'a>>; 7]> {
    let first = calendar.days.first().map(|day| day.date).unwrap_or_default();
    let before = first.weekday().num_days_from_monday() as usize;
    let at = move |place: usize| place.checked_sub(before).and_then(|place| calendar.days.get(place));
    let count = (before + calendar.days.len()).div_ceil(7);
    (0..count).map(move |week| std::array::from_fn(|day| at(week * 7 + day)))
}

/// A row of cells, without trailing blanks.
fn row(cells: &[Vec<Line>; 7], width: usize, paint: Paint) -> String {
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    let mut text = String::new();
    for place in 0..height {
        let mut behind = 0;
        for cell in cells {
            let Some(line) = cell.get(place) else {
                behind += width + GAP;
                continue;
            };
            text += &" ".repeat(behind);
            text += &paint.put(line.style, &line.text);
            behind = width.saturating_sub(line.text.width()) + GAP;
        }
        text.push('\n');
    }
    text
}
