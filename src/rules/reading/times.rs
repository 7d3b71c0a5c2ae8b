//! When a rule is: first window, pattern and limits.

use chrono::NaiveDateTime;
use toml::de::DeValue;

use super::Reading;
use super::entry::{Entry, refuse};
use super::moment::{self, Moment};
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::recurrence::{Except, Mode, Pattern, Recurrence, Rrule, Until, WallEnd};
use crate::downtime::window::Window;
use crate::inventory::reading::Noting;
use crate::when::zone::{Reading as Clocks, Zone};
use crate::when::{Local, TimeOfDay, duration};

/// Where occurrences end.
enum End {
    /// So many seconds after they start.
    After(i64),
    /// On the clock.
    OnClock(WallEnd),
}

/// The first start: the instant, and what the clock reads then, gaps aside.
struct First {
    instant: Instant,
    local: NaiveDateTime,
}

impl Reading {
    /// The recurrence of a rule, if it can be read; what is wrong with it is noted.
    pub(super) fn recurrence(&mut self, entry: &Entry<'_, '_>, noting: &mut Noting<'_, '_>) -> Option<Recurrence> {
        let zone = self.zone_of(entry, noting);
        // Where the zone cannot be read, the rest is still looked at.
        let clocks = zone.unwrap_or(self.zone);
        let first = first(entry, clocks, noting);
        let end = end(entry, noting);
        let pattern = pattern(entry, noting);
        let until = until(entry, clocks, noting);
        let count = entry.number("count", noting).map(u64::from);
        let except = except(entry, clocks, noting);
        let (zone, first, end, pattern) = (zone?, first?, end?, pattern?);
        let (window, wall_end) = match end {
            End::After(seconds) => {
                let interval = Interval::new(first.instant, first.instant + seconds)?;
                let start_civil = Some(Local { time: first.local, zone });
                (Window { interval, start_civil, end_civil: None }, None)
            }
            End::OnClock(wall_end) => (wall_end.window(first.local, first.instant, zone)?, Some(wall_end)),
        };
        let recurrence =
            Recurrence { timezone: zone, first: window, pattern, until, count, except, wall_end, first_stays: false };
        self.checked(&recurrence, entry, noting)
    }

    fn zone_of(&mut self, entry: &Entry<'_, '_>, noting: &mut Noting<'_, '_>) -> Option<Zone> {
        if entry.get("timezone").is_none() {
            self.rules.timezone = Some(self.zone);
            return Some(self.zone);
        }
        let (text, offset) = entry.text("timezone", noting)?;
        Zone::parse(&text).map_err(|failure| refuse(noting, offset, &entry.what("timezone"), &failure, None)).ok()
    }
}

fn first(entry: &Entry<'_, '_>, zone: Zone, noting: &mut Noting<'_, '_>) -> Option<First> {
    let Some(value) = entry.get("start") else {
        let hint = "write the first one, as in start = \"2026-11-22 22:00\"";
        noting.error_with(entry.offset, format!("{} has no `start`", entry.of), hint);
        return None;
    };
    let what = entry.what("start");
    let local = match Moment::read(value, &what, noting)? {
        Moment::Local(local) => local,
        Moment::Exact(instant) => return Some(First { instant, local: zone.civil(instant) }),
    };
    let placed = zone.place(local);
    if !(Instant::EARLIEST..=Instant::LATEST).contains(&placed.instant) {
        noting.error(value.span().start, format!("{what} lies outside the years 1970 to 9998"));
        return None;
    }
    if placed.reading == Clocks::Never {
        let reads = zone.civil(placed.instant).format("%H:%M");
        let why =
            format!("the clocks of {zone} skip {} that day, and the first one is at {reads}", local.format("%H:%M"));
        noting.warning(value.span().start, format!("{}: {why}", entry.of));
    }
    Some(First { instant: placed.instant, local })
}

fn end(entry: &Entry<'_, '_>, noting: &mut Noting<'_, '_>) -> Option<End> {
    let days = entry.number_from(0, "wall_days", noting);
    match (entry.get("duration"), entry.get("wall_end")) {
        (None, None) => {
            let hint =
                "say how long each one is, as in duration = \"10m\", or when it ends, as in wall_end = \"06:00\"";
            noting.error_with(entry.offset, format!("{} has neither `duration` nor `wall_end`", entry.of), hint);
            None
        }
        (Some(_), Some(value)) => {
            let what = format!("{} has both `duration` and `wall_end`", entry.of);
            noting.error_with(value.span().start, what, "keep one: how long each one is, or when it ends on the clock");
            None
        }
        (Some(_), None) => {
            if let Some(value) = entry.get("wall_days") {
                noting.error(value.span().start, format!("{} goes with `wall_end`", entry.what("wall_days")));
            }
            let (text, offset) = entry.text("duration", noting)?;
            let hint = "write a length of time, as in duration = \"10m\" or \"1h30m\"";
            let refused = |failure| refuse(noting, offset, &entry.what("duration"), &failure, Some(hint));
            duration::parse(&text).map_err(refused).ok().map(End::After)
        }
        (None, Some(value)) => {
            let text = match value.get_ref() {
                DeValue::Datetime(time) if time.date.is_none() => time.to_string(),
                _ => noting.text(value, entry.what("wall_end"))?,
            };
            let hint = "write what the clock reads, as in wall_end = \"06:00\"";
            let refused = |failure| refuse(noting, value.span().start, &entry.what("wall_end"), &failure, Some(hint));
            let at = TimeOfDay::parse(&text).map_err(refused).ok()?;
            Some(End::OnClock(WallEnd { at, days: days.unwrap_or(0) }))
        }
    }
}

fn pattern(entry: &Entry<'_, '_>, noting: &mut Noting<'_, '_>) -> Option<Pattern> {
    let interval = entry.number("interval", noting);
    let multiplies = |noting: &mut Noting<'_, '_>, what: &str| {
        if let Some(value) = entry.get("interval") {
            noting.error(value.span().start, format!("{} does not go with {what}", entry.what("interval")));
        }
    };
    match (entry.get("repeat"), entry.get("rrule")) {
        (None, None) => {
            let hint =
                "say how it repeats, as in repeat = \"weekly\"; for one time only, repeat = \"daily\" with count = 1";
            noting.error_with(entry.offset, format!("{} has neither `repeat` nor `rrule`", entry.of), hint);
            None
        }
        (Some(_), Some(value)) => {
            noting.error(value.span().start, format!("{} has both `repeat` and `rrule`", entry.of));
            None
        }
        (Some(_), None) => {
            let (text, offset) = entry.text("repeat", noting)?;
            let refused = |failure| refuse(noting, offset, &entry.what("repeat"), &failure, None);
            let mode = Mode::parse(&text).map_err(refused).ok()?;
            if !mode.takes_interval() {
                multiplies(noting, &format!("repeat = \"{mode}\""));
            }
            if let (Mode::Hourly, Some(value)) = (mode, entry.get("wall_end")) {
                let what = format!("{} does not go with repeat = \"{mode}\"", entry.what("wall_end"));
                noting.error_with(value.span().start, what, "say how long each one is, as in duration = \"10m\"");
                return None;
            }
            Some(Pattern::Every { mode, interval: interval.unwrap_or(1) })
        }
        (None, Some(_)) => {
            multiplies(noting, "`rrule`, which has an INTERVAL of its own");
            let (text, offset) = entry.text("rrule", noting)?;
            let refused = |failure| refuse(noting, offset, &entry.what("rrule"), &failure, None);
            Rrule::parse(&text).map_err(refused).ok().map(Pattern::Rrule)
        }
    }
}

fn until(entry: &Entry<'_, '_>, zone: Zone, noting: &mut Noting<'_, '_>) -> Option<Until> {
    let (value, what) = (entry.get("until")?, entry.what("until"));
    let text = moment::text(value, &what, noting)?;
    Until::parse(&text, zone)
        .map_err(|failure| refuse(noting, value.span().start, &what, &failure, Some(moment::HINT)))
        .ok()
}

/// The exceptions, sorted, each once.
fn except(entry: &Entry<'_, '_>, zone: Zone, noting: &mut Noting<'_, '_>) -> Vec<Except> {
    let Some(value) = entry.get("except") else { return Vec::new() };
    let what = entry.what("except");
    let Some(list) = value.get_ref().as_array() else {
        noting.misfit(value, what, "a list such as [\"2026-12-27\"]");
        return Vec::new();
    };
    let (mut except, what) = (Vec::with_capacity(list.len()), format!("an entry in {what}"));
    for item in list {
        let Some(text) = moment::text(item, &what, noting) else { continue };
        if Except::file(&text).is_some() {
            let why = format!("{what} names a file, and what a rule leaves out stands in the rule");
            noting.error_with(item.span().start, why, "write the dates into the list");
            continue;
        }
        match Except::parse(&text, zone) {
            Ok(exception) => except.push(exception),
            Err(failure) => refuse(noting, item.span().start, &what, &failure, Some(moment::HINT)),
        }
    }
    Except::sorted(except)
}

impl Reading {
    /// The recurrence as it will be, beginning at the first start that its pattern names, if there is nothing against it.
    fn checked(
        &self,
        recurrence: &Recurrence,
        entry: &Entry<'_, '_>,
        noting: &mut Noting<'_, '_>,
    ) -> Option<Recurrence> {
        let checked = recurrence.starting_at_match().and_then(|(moved, why)| {
            let cautions = if self.thorough { moved.check()? } else { moved.sound().map(|()| Vec::new())? };
            Ok((moved, why.into_iter().chain(cautions)))
        });
        match checked {
            Ok((recurrence, cautions)) => {
                for caution in cautions {
                    noting.warning(entry.offset, format!("{}: {caution}", entry.of));
                }
                Some(recurrence)
            }
            Err(failure) => {
                refuse(noting, entry.offset, &entry.of, &failure, None);
                None
            }
        }
    }
}
