//! Freezes and limits: what stands against a change, in words, and the reason that lifts it.

use std::collections::BTreeMap;

use clap::Args;

use super::changing::Ground;
use super::session::Session;
use crate::clock::Instant;
use crate::downtime::effect::Effect;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::{self, Interval};
use crate::downtime::record::Downtime;
use crate::downtime::series::Series;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};
use crate::policy::Objection;
use crate::policy::limits::Limits;
use crate::render::text::printable;
use crate::render::{duration, time};

/// What lifts freezes and limits.
#[derive(Debug, Clone, Args)]
pub struct Overriding {
    /// Why it must be in spite of freezes and limits; recorded
    #[arg(long = "override", value_name = "REASON", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl Overriding {
    /// The reason, if one is given.
    ///
    /// # Errors
    /// `Comment` for an empty one.
    pub fn reason(&self) -> Outcome<Option<&str>> {
        match self.reason.as_deref().map(str::trim) {
            Some("") => Err(Failure::new(Kind::Comment, "the reason of --override is empty")
                .hint("say why it must be, as in --override 'security fix, agreed with CAB'")),
            reason => Ok(reason),
        }
    }
}

/// What a command makes of a downtime.
pub struct Change<'a> {
    /// The downtime as it is; `None` for a new one.
    pub before: Option<&'a Downtime>,
    /// The downtime as it is to be.
    pub after: &'a Downtime,
    /// The reason given for it.
    pub reason: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// What these effects make of a downtime, brought about by whoever acts.
    pub fn performed(before: &Downtime, effects: &[Effect], session: &Session) -> Downtime {
        let (mut after, author) = (before.clone(), session.author());
        for effect in effects.iter().filter(|effect| effect.id() == &before.id) {
            effect.perform(&mut after, session.clock.now, &author);
        }
        after
    }

    /// The targets with the time in downtime that the change adds.
    fn added(&self) -> Vec<(&'a Target, Vec<Interval>)> {
        let earlier = |target: &Target| {
            let holdings = self.before.map(|before| before.holdings.as_slice()).unwrap_or_default();
            let place = holdings.binary_search_by(|holding| holding.target.cmp(target));
            place.map(|place| holdings[place].spans.as_slice()).unwrap_or_default()
        };
        let holdings = self.after.holdings.iter();
        let added =
            |holding: &'a Holding| (&holding.target, interval::subtraction(&holding.spans, earlier(&holding.target)));
        holdings.map(added).filter(|(_, added)| !added.is_empty()).collect()
    }

    /// What the limits say to it, as far as it goes further than before.
    fn passed(&self, limits: &Limits) -> Vec<Objection> {
        let length = |downtime: &Downtime| downtime.window.interval.seconds();
        let (after, before) = (self.after, self.before);
        let held = after.held().count();
        let longer = before.is_none_or(|before| length(after) > length(before));
        let more = before.is_none_or(|before| held > before.held().count());
        let ticket_lost = after.terms.ticket.is_none() && before.is_none_or(|before| before.terms.ticket.is_some());
        let length = longer.then(|| limits.against_length(length(after))).flatten();
        let count = more.then(|| limits.against_count(held)).flatten();
        let ticket = ticket_lost.then(|| limits.against_no_ticket()).flatten();
        [length, count, ticket].into_iter().flatten().collect()
    }

    /// Whether what an objection is about is running already, and goes on: to refuse would page people for work that goes
    /// on. What is moved away from now is no such work.
    fn is_running(&self, objection: &Objection, now: Instant) -> bool {
        let runs_in = |downtime: &Downtime, target: &Target| {
            let place = downtime.holdings.binary_search_by(|holding| holding.target.cmp(target));
            place.is_ok_and(|place| downtime.holdings[place].state(now) == State::Active)
        };
        let goes_on = |downtime: &Downtime| downtime.state(now) == State::Active;
        let runs =
            |target: &Target| self.before.is_some_and(|before| runs_in(before, target)) && runs_in(self.after, target);
        match objection {
            Objection::Freeze { targets, .. } => targets.iter().all(runs),
            Objection::TooLong { .. } => self.before.is_some_and(goes_on) && goes_on(self.after),
            Objection::TooMany { .. } | Objection::NoTicket => false,
        }
    }
}

/// Judges a change by freezes and limits; what to note about it.
///
/// # Errors
/// `Freeze` or `Limits` if anything stands against what is not running yet and no reason lifts it; `Config` for patterns
/// that cannot be read.
pub fn allow(session: &Session, ground: &Ground<'_>, change: &Change<'_>) -> Outcome<Vec<String>> {
    let known = ground.store.objects(ground.inventory, &ground.state.head);
    let freezes = session.policy.freezes_against(&change.added(), || known.inventory());
    let mut objections = freezes.map_err(|failure| session.where_it_is(failure))?;
    objections.extend(change.passed(&session.policy.limits));
    let about = |told: String| match change.before {
        Some(before) => format!("downtime {}: {told}", before.id),
        None => told,
    };
    let tell = |objection: &Objection| told(session, objection, change.before.is_some());
    match change.reason {
        Some(_) if objections.is_empty() => {
            Ok(vec![about("nothing stood against it; the reason of --override is kept all the same".to_owned())])
        }
        Some(_) => {
            Ok(objections.iter().map(|objection| about(format!("lifted by --override: {}", tell(objection)))).collect())
        }
        None => {
            let now = session.clock.now;
            let (running, refusing): (Vec<_>, Vec<_>) =
                objections.iter().partition(|objection| change.is_running(objection, now));
            if refusing.is_empty() {
                let allowed = |objection| format!("{}; it is running, so that is allowed", tell(objection));
                return Ok(running.into_iter().map(|objection| about(allowed(objection))).collect());
            }
            let told: Vec<String> = refusing.iter().map(|objection| tell(objection)).collect();
            Err(refused(&refusing, about(told.join("; "))))
        }
    }
}

/// The freezes that an occurrence lies in.
pub fn freezes_of(session: &Session, ground: Ground<'_>, occurrence: &Downtime) -> Outcome<Vec<String>> {
    let known = ground.objects();
    let change = Change { before: None, after: occurrence, reason: None };
    let found = session.policy.freezes_against(&change.added(), || known.inventory());
    let found = found.map_err(|failure| session.where_it_is(failure))?;
    let name = |objection: Objection| match objection {
        Objection::Freeze { name, .. } => Some(name),
        _ => None,
    };
    Ok(found.into_iter().filter_map(name).collect())
}

/// The same for a series: what a freeze says to its occurrences of the next year is pointed out, and refuses nothing.
pub fn allow_series(
    session: &Session,
    ground: &Ground<'_>,
    change: &Change<'_>,
    series: &Series,
) -> Outcome<Vec<String>> {
    let mut notes = Vec::new();
    let passed = change.passed(&session.policy.limits);
    match change.reason {
        Some(_) => notes.extend(passed.iter().map(|it| format!("lifted by --override: {}", told(session, it, false)))),
        None if !passed.is_empty() => {
            let words: Vec<String> = passed.iter().map(|it| told(session, it, false)).collect();
            return Err(refused(&passed.iter().collect::<Vec<_>>(), words.join("; ")));
        }
        None => {}
    }
    let now = session.clock.now;
    let coming = Interval::new(now, now + YEAR).map(|year| series.occurrences(year)).unwrap_or_default();
    let mut frozen: BTreeMap<String, Vec<DowntimeId>> = BTreeMap::new();
    for occurrence in coming.iter().take(OCCURRENCES_JUDGED) {
        for freeze in freezes_of(session, *ground, occurrence)? {
            frozen.entry(freeze).or_default().push(occurrence.id.clone());
        }
    }
    for (freeze, ids) in frozen {
        let named: Vec<&str> = ids.iter().take(NAMED_OCCURRENCES).map(DowntimeId::as_str).collect();
        let more = match ids.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        notes.push(format!("in freeze `{}`, and not refused: {}{more}", printable(&freeze), named.join(", ")));
    }
    Ok(notes)
}

/// A year in seconds.
const YEAR: i64 = 366 * 86_400;
/// So many occurrences are looked at.
const OCCURRENCES_JUDGED: usize = 400;
/// So many of those in a freeze are named.
const NAMED_OCCURRENCES: usize = 3;

fn refused(objections: &[&Objection], message: String) -> Failure {
    let frozen = objections.iter().any(|objection| matches!(objection, Objection::Freeze { .. }));
    let failure = Failure::new(if frozen { Kind::Freeze } else { Kind::Limits }, message);
    let failure = if objections.contains(&&Objection::NoTicket) {
        failure.hint("name the change that it belongs to: --ticket TICKET")
    } else {
        failure
    };
    failure.hint("if it must be, say why: --override 'REASON'")
}

/// An objection in words, to a new downtime or to a change of one.
fn told(session: &Session, objection: &Objection, changes: bool) -> String {
    let range = |range: Interval| {
        let (from, until) = (time::local(session.zone, range.start()), time::local(session.zone, range.end()));
        format!("{from} to {until}")
    };
    match objection {
        Objection::Freeze { name, interval, asked, seconds, targets, of } => format!(
            "freeze `{}` ({}) overlaps {} ({}) by {} for {}",
            printable(name),
            range(*interval),
            if changes { "the time added" } else { "the window" },
            range(*asked),
            duration::format(*seconds),
            named(targets, *of)
        ),
        Objection::TooLong { seconds, most } => {
            let (seconds, most) = (duration::format(*seconds), duration::format(*most));
            format!("the window is {seconds} long, and max_duration in config.toml is {most}")
        }
        Objection::TooMany { targets, most } => {
            format!("there are {targets} targets, and max_targets in config.toml is {most}")
        }
        Objection::NoTicket => "there is no ticket, and require_ticket in config.toml asks for one".to_owned(),
    }
}

/// Some targets of `of`, few of them by name.
fn named(targets: &[Target], of: usize) -> String {
    const NAMED: usize = 5;
    let names: Vec<String> =
        targets.iter().take(NAMED).map(|target| printable(&target.to_string()).into_owned()).collect();
    let more = match targets.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let share = if targets.len() < of { format!("{} of {of} targets: ", targets.len()) } else { String::new() };
    format!("{share}{}{more}", names.join(", "))
}
