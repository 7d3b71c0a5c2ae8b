//! One day of a grid: as many downtimes as there is room for, those that matter most.

use anstyle::Style;
use chrono::Datelike;
use unicode_width::UnicodeWidthStr;

use super::paint;
use super::{Calendar, Day, Entry, marks};
use crate::downtime::interval::Interval;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::render::text::{cut, printable};

/// A cell of this many columns has room for an entry on one line; in a narrower one it takes two.
const ONE_LINE: usize = 28;
/// Lines for the entries of one day.
const LINES: usize = 7;
/// A comment is begun only where this many columns are left for it.
const COMMENT: usize = 6;

/// One line of a cell.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Line {
    /// The text, cut to `width` columns.
    pub(super) fn new(text: &str, width: usize, style: Style) -> Self {
        Self { text: cut(text, width).into_owned(), style }
    }

    /// The text with `fill` behind it up to `width` columns.
    fn filled(text: &str, fill: char, width: usize, style: Style) -> Self {
        let text = cut(text, width);
        let rest = width.saturating_sub(text.width());
        let filled = text.into_owned() + &fill.to_string().repeat(rest);
        Self { text: filled.trim_end().to_owned(), style }
    }
}

/// Downtimes of a day that differ in nothing but their targets: sites often plan one work in many downtimes.
struct Group<'e, 'a> {
    first: &'e Entry<'a>,
    others: Vec<&'e Entry<'a>>,
}

impl<'e, 'a> Group<'e, 'a> {
    fn all(entries: &'e [Entry<'a>]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for entry in entries {
            // They are in order of time, so that the like of it is near.
            let same_time = |group: &&mut Self| group.first.span == entry.span;
            match groups.iter_mut().rev().take_while(same_time).find(|group| group.admits(entry)) {
                Some(group) => group.others.push(entry),
                None => groups.push(Self { first: entry, others: Vec::new() }),
            }
        }
        groups
    }

    fn admits(&self, entry: &Entry<'_>) -> bool {
        let (one, other) = (&self.first.downtime, &entry.downtime);
        let said = |entry: &Entry<'_>| marks::all(entry);
        one.terms.comment == other.terms.comment
            && one.terms.name == other.terms.name
            && !one.id.is_of_rule()
            && !other.id.is_of_rule()
            && self.first.state == entry.state
            && said(self.first) == said(entry)
    }

    /// How much it matters, less for what matters more.
    fn rank(&self) -> (bool, State) {
        (self.first.conflicts.is_empty(), self.first.state)
    }

    fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// The name of the downtime or of its rule, else its first target and how many more there are, in so many columns.
    fn what(&self, day: Interval, width: usize) -> String {
        let downtime = self.first.downtime;
        if let Some(name) = &downtime.terms.name {
            return cut(&printable(name), width).into_owned();
        }
        if downtime.id.is_of_rule() {
            return cut(marks::short(&downtime.id).as_str(), width).into_owned();
        }
        let of_others = self.others.iter().flat_map(|entry| entry.targets(day));
        let mut targets: Vec<&Target> = self.first.targets(day).into_iter().chain(of_others).collect();
        targets.sort_unstable();
        targets.dedup();
        let more = if targets.len() > 1 { format!(" +{}", targets.len() - 1) } else { String::new() };
        let first = targets.first().map(|target| short_name(target)).unwrap_or_default();
        cut(&printable(&first), width.saturating_sub(more.width())).into_owned() + &more
    }

    /// When, what it is marked with, its id if that fits, and what it is.
    fn lines(&self, calendar: &Calendar<'_>, day: Interval, width: usize) -> Vec<Line> {
        let entry = self.first;
        let style = if entry.conflicts.is_empty() { paint::of_state(entry.state) } else { paint::CONFLICT };
        let id = match (marks::short(&entry.downtime.id), self.others.is_empty()) {
            // What it is called is told already.
            (id, _) if id.is_of_rule() => String::new(),
            (id, true) => id.to_string(),
            (id, false) => format!("{id}…"),
        };
        let words = |words: &[&str]| {
            words.iter().filter(|word| !word.is_empty()).map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        let (when, marks) = (marks::brief(entry, day, calendar.zone), marks::all(entry));
        let what = |before: &str| {
            let what = format!("{before} {}", self.what(day, width.saturating_sub(before.width() + 1)));
            if what.width() + 1 + COMMENT > width {
                return what;
            }
            format!("{what} {}", printable(&entry.downtime.terms.comment))
        };
        if width >= ONE_LINE {
            return vec![Line::new(&what(&words(&[&format!("{when:<6}"), &marks, &id])), width, style)];
        }
        let (bare, full) = (words(&[&when, &marks]), words(&[&when, &marks, &id]));
        let first = if full.width() <= width { full } else { bare };
        vec![Line::new(&first, width, style), Line::new(&what(""), width, style)]
    }
}

/// A day: its head, its freezes, and as many entries as there is room for. `month`: the head tells the month too.
pub(super) fn lines(calendar: &Calendar<'_>, day: &Day<'_>, width: usize, month: bool) -> Vec<Line> {
    let mut lines = vec![head(calendar, day, width, month)];
    let Some(interval) = day.interval() else { return lines };
    for freeze in calendar.freezes_on(day) {
        lines.push(Line::filled(&format!("░ {} ", printable(&freeze.name)), '░', width, paint::FREEZE));
    }
    let mut groups = Group::all(&day.entries);
    let each = if width < ONE_LINE { 2 } else { 1 };
    if groups.len() * each > LINES {
        groups.sort_by_key(Group::rank);
        groups.truncate((LINES - 1) / each);
        groups.sort_by(|one, other| one.first.order().cmp(&other.first.order()));
    }
    for group in &groups {
        lines.extend(group.lines(calendar, interval, width));
    }
    let more = day.entries.len() - groups.iter().map(Group::count).sum::<usize>();
    if more > 0 {
        lines.push(Line::new(&format!("+{more} more"), width, paint::HEADING));
    }
    lines
}

/// The number of the day, with what is special about it as far as there is room, the most telling first. `month`: the
/// month too.
fn head(calendar: &Calendar<'_>, day: &Day<'_>, width: usize, month: bool) -> Line {
    let (today, style) = match (day.interval(), calendar.is_today(day)) {
        (None, _) => ("none ", paint::PAST),
        (_, true) => ("today ", paint::TODAY),
        (Some(interval), false) if interval.end() <= calendar.now => ("", paint::PAST),
        (Some(_), false) => ("", Style::new()),
    };
    let number = day.date.day();
    let full = if month { day.date.format("%m-%d").to_string() } else { number.to_string() };
    let length = day.interval().and_then(marks::odd_length).map(|length| length + " ").unwrap_or_default();
    let heads = [format!("{full} {today}{length}"), format!("{number} {today}{length}"), format!("{number} {today}")];
    let fitting = heads.iter().find(|head| head.trim_end().width() <= width).unwrap_or(&heads[2]);
    Line::filled(fitting, '─', width, style)
}

/// A target without the domain of its host: `web01/HTTP`. An address has none.
fn short_name(target: &Target) -> String {
    let first = target.host.split('.').next().unwrap_or_default();
    let is_address = first.is_empty() || first.bytes().all(|byte| byte.is_ascii_digit());
    let host = if is_address { &target.host } else { first };
    Target { host: host.to_owned(), service: target.service.clone() }.to_string()
}
