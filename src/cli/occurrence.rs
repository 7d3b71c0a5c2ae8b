//! Finding the occurrence that an id names, by any part of its start that fits one.

use chrono::{Days, Months, NaiveDate, NaiveTime};

use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::Nominal;
use crate::failure::{Failure, Kind, Outcome, nearest};
use crate::store::folded::Folded;
use crate::when::zone::Zone;

/// The occurrence of a series or rule whose nominal start begins with `part`.
///
/// # Errors
/// `UnknownId` or `UnknownRule` if there is none, `Usage` if there are several, or if `part` is no part of a start.
pub fn find(parent: &DowntimeId, part: &str, agenda: Agenda<'_, Folded>) -> Outcome<Downtime> {
    if let Some(nominal) = Nominal::parse(part)
        && let Some(found) = agenda.get(&parent.occurrence(nominal))?
    {
        return Ok(found);
    }
    let what = if parent.is_of_rule() { "rule" } else { "series" };
    let Some(around) = reach(part) else {
        return Err(Failure::new(
            Kind::UnknownId,
            format!("`{part}` is not the start of an occurrence of {what} {parent}"),
        )
        .hint(format!("occurrences are named as in {parent}@2026-11-22T22:00; see `downtime next {parent}`")));
    };
    let mut found = if parent.is_of_rule() {
        agenda.of_rule(parent, around.start(), around.end())?
    } else {
        match agenda.ledger.get(parent)? {
            Some(Kept::Series(series)) => series.occurrences(around),
            kept => return Err(no_such_series(parent, kept.is_some())),
        }
    };
    let prefix = format!("{parent}@{}", part.to_uppercase());
    found.retain(|occurrence| occurrence.id.as_str().starts_with(&prefix));
    match found.len() {
        1 => Ok(found.swap_remove(0)),
        0 => Err(Failure::new(Kind::UnknownId, format!("{what} {parent} has no occurrence `{parent}@{part}`"))
            .hint(format!("see `downtime next {parent}`, or with --from for earlier ones"))),
        _ => {
            let ids: Vec<&str> = found.iter().take(4).map(|occurrence| occurrence.id.as_str()).collect();
            let more = if found.len() > ids.len() { ", \u{2026}" } else { "" };
            Err(Failure::new(Kind::Usage, format!("`{parent}@{part}` fits {} occurrences", found.len()))
                .hint(format!("name one: {}{more}", ids.join(", "))))
        }
    }
}

/// Refuses an id that no series has.
///
/// # Errors
/// `UnknownId`.
pub fn refuse_no_series(id: &DowntimeId, agenda: Agenda<'_, Folded>) -> Outcome<()> {
    match agenda.ledger.get(id)? {
        Some(Kept::Series(_)) => Ok(()),
        kept => Err(no_such_series(id, kept.is_some())),
    }
}

fn no_such_series(id: &DowntimeId, is_kept: bool) -> Failure {
    if is_kept {
        return Failure::new(Kind::UnknownId, format!("downtime {id} is no series: it has no occurrences"))
            .hint(format!("name it itself: {id}"));
    }
    Failure::new(Kind::UnknownId, format!("there is no series `{id}`"))
        .hint("see `downtime list` for the series there are")
}

/// No clock is further from UTC than this, and no gap longer: two days.
const WIDEST: i64 = 2 * 86_400;

/// The time in which the occurrences begin, on whatever clock, whose nominal start begins with this part of one: the day,
/// month or year that it names in full.
fn reach(part: &str) -> Option<Interval> {
    let date = |text: String| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
    let whole = |length: usize| part.get(..length);
    let (first, after) = if let Some(day) = whole(10) {
        let day = date(day.to_owned())?;
        (day, day.checked_add_days(Days::new(1))?)
    } else if let Some(month) = whole(7) {
        let first = date(format!("{month}-01"))?;
        (first, first.checked_add_months(Months::new(1))?)
    } else {
        let first = date(format!("{}-01-01", whole(4)?))?;
        (first, first.checked_add_months(Months::new(12))?)
    };
    let midnight = |date: NaiveDate| Zone::UTC.place(date.and_time(NaiveTime::MIN)).instant;
    Interval::new(midnight(first) - WIDEST, midnight(after) + WIDEST)
}

/// Refuses a name that no rule has or ever had.
///
/// # Errors
/// `UnknownRule`.
pub fn refuse_unknown_rule(id: &DowntimeId, agenda: Agenda<'_, Folded>, now: Instant) -> Outcome<()> {
    let names = agenda.rules.names(now)?;
    if names.contains(id) || agenda.ledger.head.excepted.contains_key(id) || agenda.rules.ever(id)? {
        return Ok(());
    }
    let failure = Failure::new(Kind::UnknownRule, format!("there is no rule `{id}`"));
    Err(match nearest(id.as_str(), names.iter().map(DowntimeId::as_str)) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None if id.is_of_rule() => failure.hint("see `downtime rules list`"),
        None => failure.hint(format!("see `downtime rules list`; a series is named with --series {id}")),
    })
}

/// Refuses a name that is neither that of a rule, now or ever, nor like one.
///
/// # Errors
/// `UnknownRule`, with the rule that is probably meant; `UnknownId`.
pub fn refuse_unknown(id: &DowntimeId, agenda: Agenda<'_, Folded>, now: Instant) -> Outcome<()> {
    refuse_unknown_rule(id, agenda, now).map_err(|failure| {
        let is_like_one = failure.hints.iter().any(|hint| hint.starts_with("did you mean"));
        if failure.kind == Kind::UnknownRule && !is_like_one { no_such_downtime(id, agenda) } else { failure }
    })
}

/// That nothing has this id.
pub fn no_such_downtime(id: &DowntimeId, agenda: Agenda<'_, Folded>) -> Failure {
    let failure = Failure::new(Kind::UnknownId, format!("there is no downtime `{id}`"));
    match agenda.ledger.head.last_id {
        0 => failure.hint("none was ever scheduled here; `downtime -v list` tells which store is used"),
        last => failure.hint(format!("ids go from 1 to {last}; see `downtime list --all`")),
    }
}
