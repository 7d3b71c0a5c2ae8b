//! A series or rule as a whole, for people.

use super::session::{Reading, Session};
use super::shown;
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::whole::Whole;
use crate::failure::Outcome;
use crate::render::text::printable;
use crate::render::{duration, time};

/// All that is known of it, but for its changes. `touched` are occurrences that were changed alone.
/// `disabled` is where it is said of a rule that it is.
pub fn describe(
    kept: &Kept,
    whole: &Whole,
    disabled: Option<&str>,
    coming: &[Downtime],
    touched: &[Downtime],
    session: &Session,
) -> String {
    let (now, zone) = (session.clock.now, session.zone);
    let (terms, recurrence) = (&whole.plan.terms, &whole.plan.recurrence);
    let word = if whole.is_rule() { "Rule" } else { "Series" };
    let state = if disabled.is_some() { "disabled" } else { whole.shown.state(now).name() };
    let mut text = format!("{word} {}: {state}\n", whole.id);
    let mut line = |word: &str, value: &str| text += &format!("  {word:<10}  {}\n", printable(value));
    line("comment", &terms.comment);
    line("name", terms.name.as_deref().unwrap_or("-"));
    line("ticket", terms.ticket.as_deref().unwrap_or("-"));
    if let Some(key) = &terms.key {
        line("key", key);
    }
    line("repeats", &recurrence.sentence());
    line("first", &shown::range(recurrence.first.interval, zone));
    line("zone", &recurrence.timezone.name());
    line("kind", whole.shown.kind.name());
    if let Kept::Series(series) = kept {
        let entered = shown::moment(zone, series.source.entry_time);
        line("author", &format!("{}, {entered}", series.source.author));
    }
    if let Some(reason) = &terms.override_reason {
        line("override", reason);
    }
    if terms.suspend_monitoring {
        line("options", "monitoring suspended");
    }
    let ended = match kept {
        Kept::Series(series) => series.ended().cloned(),
        Kept::Rule(rule) => rule.stopped().cloned(),
        Kept::Downtime(_) => None,
    };
    if let Some(release) = ended {
        line("stopped", &format!("{} by {}", shown::moment(zone, release.at), release.by));
    }
    text += "Targets\n";
    match kept {
        Kept::Series(series) => {
            for holding in &series.holdings {
                let target = holding.target.to_string();
                text += &format!("  {}\n", printable(&target));
                if let Some(release) = &holding.released {
                    let by = printable(&release.by).into_owned();
                    text += &format!("              let go of {} by {by}\n", time::local(zone, release.at));
                }
            }
        }
        _ => whole.shown.targets().for_each(|target| text += &format!("  {}\n", printable(&target.to_string()))),
    }
    if let Some(running) = &whole.running {
        text += &format!("Running\n{}", row(running, session));
    }
    text += "Next\n";
    match disabled {
        Some(place) if coming.is_empty() => text += &format!("  none: it is disabled in {place}\n"),
        None if coming.is_empty() => text += "  none\n",
        _ => {}
    }
    for occurrence in coming {
        text += &row(occurrence, session);
    }
    let is_to_come =
        |it: &&Downtime| it.window.start() > now && matches!(it.state(now), State::Skipped | State::Cancelled);
    let left_out: String = touched.iter().filter(is_to_come).map(|occurrence| row(occurrence, session)).collect();
    if !left_out.is_empty() {
        text += &format!("Left out\n{left_out}");
    }
    text
}

/// Where it is said of a rule that it is disabled, if it is.
pub fn disabled(id: &DowntimeId, reading: &Reading, now: Instant) -> Outcome<Option<String>> {
    let rules = reading.book.rules(now)?;
    let declared = rules.get(id.as_str()).filter(|declared| id.is_of_rule() && declared.disabled);
    Ok(declared.map(|declared| declared.place.to_string()))
}

/// An occurrence on a line.
fn row(occurrence: &Downtime, session: &Session) -> String {
    format!("  {:<24}  {}\n", occurrence.id, shown::range(occurrence.window.interval, session.zone))
}

/// How a series or rule repeats and when next, on one line.
pub fn sentence(whole: &Whole, session: &Session) -> String {
    let sentence = whole.plan.recurrence.sentence();
    match &whole.next {
        Some(next) => {
            let start = next.window.start();
            let left = duration::brief(start - session.clock.now);
            format!("{sentence}; next {} (in {left})", time::day_and_time(session.zone, start))
        }
        None => format!("{sentence}; no more to come"),
    }
}
