//! `explain`: why it is in downtime, or is not.

mod withheld;

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use self::withheld::Withheld;
use crate::cli::changing::Ground;
use crate::cli::output::{Format, print, print_json, print_jsonl};
use crate::cli::session::{Reading, Session};
use crate::cli::{picking, shown, tables};
use crate::clock::Instant;
use crate::downtime::cover::{self, Hold, Via};
use crate::downtime::explain::{Explanation, Idle, explain};
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::near_miss::{NearMiss, Question, Reason};
use crate::downtime::operation::Operation;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, quoted};
use crate::inventory::family;
use crate::inventory::selection::{self, Unknown};
use crate::render::explain_json::ExplainJson;
use crate::render::text::printable;
use crate::render::{duration, time};
use crate::store::known::Objects;

/// How many near misses are told unless all are asked for.
const TOLD: usize = 10;

/// Explain why an object is in downtime or is not: what holds it, what nearly does, what comes next
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime explain web01
  downtime explain web01/HTTP --at 'sat 23:00'
  downtime explain web01 -v               # all near misses, not the nearest ten
  downtime explain web01 -o json")]
pub struct Explain {
    /// HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    target: String,
    /// At which time; a time of day is today's
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
}

impl Explain {
    /// Prints the explanation.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let format = session.globals.output;
        if format == Format::Csv {
            format.document()?;
        }
        let at = session.moment(self.at.as_deref())?;
        let reading = session.reading()?;
        let known = reading.store.objects(&reading.inventory, &reading.view.state.head);
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::JudgeByHost };
        let objects = selection::select(std::slice::from_ref(&self.target), &known, unknown)?;
        if !self.unknown_ok {
            picking::note_undeclared(session, &objects, &known)?;
        }
        let one = objects.iter().all(|object| object.to_string() == self.target);
        let explained = explanations(objects, at, &reading, &known)?;
        let json = || -> Vec<ExplainJson<'_>> {
            explained.iter().map(|(object, it)| ExplainJson::new(object, it, at, session.zone)).collect()
        };
        match format {
            Format::Json if one => print_json(&json()[0]),
            Format::Json => print_json(&json()),
            Format::Jsonl => print_jsonl(&json()),
            Format::Table | Format::Csv => {
                let asked = self.at.as_ref().map(|_| format!("At {}:\n", shown::moment(session.zone, at)));
                let told = explained.iter().map(|(object, it)| Telling { session, object, at }.whole(it));
                print(&tables::linked(asked.into_iter().chain(told).collect()))
            }
        }
    }
}

/// The explanation for each object. All that is in effect is read only for one that is in no downtime: a downtime of a name
/// that is nearly the same may be anywhere.
fn explanations(
    objects: BTreeSet<Target>,
    at: Instant,
    reading: &Reading,
    known: &Objects<'_>,
) -> Outcome<Vec<(Target, Explanation)>> {
    let agenda = Ground::from(reading).agenda();
    let near = Interval::new(at - NEAR_BEFORE, at + NEAR_AFTER).ok_or_else(|| far_off(at))?;
    let (mut elsewhere, mut withheld): (Option<Vec<Downtime>>, Option<Withheld<'_>>) = (None, None);
    let mut explained = Vec::new();
    for object in objects {
        let own = agenda.around(Some(&BTreeSet::from([object.host.as_str()])), near)?;
        let ids: BTreeSet<DowntimeId> = own.iter().map(|downtime| downtime.id.clone()).collect();
        let mut witnesses = nearest_of_each(own, at);
        let (mut ancestors, mut taken_back) = (BTreeSet::new(), BTreeSet::new());
        if !cover::cover(&object, at, &witnesses).in_downtime() {
            ancestors = family::ancestors(&object.host, known.inventory()?);
            if witnesses.iter().flat_map(|downtime| &downtime.holdings).any(|holding| holding.released.is_some()) {
                taken_back = undone(reading)?;
            }
            let elsewhere = match &mut elsewhere {
                Some(all) => all,
                none => none.insert(Interval::new(at, at + 1).map_or_else(|| Ok(Vec::new()), |at| agenda.all(at))?),
            };
            witnesses.extend(elsewhere.iter().filter(|downtime| !ids.contains(&downtime.id)).cloned());
        }
        let question = Question { object: &object, at, ancestors: &ancestors, taken_back: &taken_back };
        let mut explanation = explain(question, &witnesses);
        if !explanation.cover.in_downtime() {
            let withheld = match &withheld {
                Some(withheld) => withheld,
                None => withheld.insert(Withheld::at(at, reading, elsewhere.as_deref().unwrap_or_default())?),
            };
            withheld.add_to(&object, &mut explanation)?;
        }
        explained.push((object, explanation));
    }
    Ok(explained)
}

/// How far around a moment occurrences are looked for: two months back, for what is near at all, and more than a year
/// ahead, for what comes next.
const NEAR_BEFORE: i64 = 62 * 86_400;
const NEAR_AFTER: i64 = 400 * 86_400;

fn far_off(at: Instant) -> Failure {
    Failure::new(Kind::Time, format!("{at} is too far off")).hint("name a time between 1970 and 9998")
}

/// The downtimes without the occurrences that are neither at `at` nor the last before nor the first after it, those that
/// were left out apart.
fn nearest_of_each(downtimes: Vec<Downtime>, at: Instant) -> Vec<Downtime> {
    let mut nearest: BTreeMap<(DowntimeId, bool, bool), (i64, DowntimeId)> = BTreeMap::new();
    for occurrence in &downtimes {
        let Some(parent) = occurrence.id.parent() else { continue };
        let window = occurrence.window.interval;
        if window.contains(at) {
            // It is kept, and not in place of the one before.
            continue;
        }
        let (ahead, distance) = (window.start() > at, (window.start() - at).max(at - window.end()));
        let holds = occurrence.holdings.iter().any(|holding| !holding.spans.is_empty());
        let found = nearest.entry((parent, ahead, holds)).or_insert((i64::MAX, occurrence.id.clone()));
        if distance < found.0 {
            *found = (distance, occurrence.id.clone());
        }
    }
    let kept: BTreeSet<DowntimeId> = nearest.into_values().map(|(_, id)| id).collect();
    let is_near = |it: &Downtime| it.id.parent().is_none() || it.window.interval.contains(at) || kept.contains(&it.id);
    downtimes.into_iter().filter(is_near).collect()
}

/// Which downtimes undoing changed, and when: what was let go of in that second, it let go of.
fn undone(reading: &Reading) -> Outcome<BTreeSet<(DowntimeId, Instant)>> {
    let mut taken_back = BTreeSet::new();
    reading.store.replay(|entry| {
        if let Operation::Undo(reversal) = &entry.operation {
            taken_back.extend(reversal.effects.iter().map(|effect| (effect.id().clone(), entry.due)));
        }
        Ok(())
    })?;
    Ok(taken_back)
}

/// An explanation on its way to people.
struct Telling<'a> {
    session: &'a Session,
    object: &'a Target,
    at: Instant,
}

impl Telling<'_> {
    fn whole(&self, explanation: &Explanation) -> String {
        let Explanation { cover, chain, near_misses, next, last, idle } = explanation;
        let object = self.object.to_string();
        let mut text = if cover.in_downtime() {
            let until = shown::until(cover.until, self.at, self.session.zone);
            let suspended = if cover.monitoring_suspended() { ", and monitoring is suspended" } else { "" };
            format!("{} is in downtime {until}{suspended}\nWhy\n", printable(&object))
        } else {
            format!("{} is not in downtime\nWhy not\n", printable(&object))
        };
        text.extend(cover.holds.iter().map(|hold| self.hold(hold, "")));
        if let [_, _, ..] = chain.as_slice() {
            let links = chain.iter().map(|(id, until)| format!("downtime {id} until {}", self.local(*until)));
            text += &format!("Until then\n  {}\n", links.collect::<Vec<_>>().join(", then "));
        }
        if !cover.in_downtime() {
            text.extend(idle.iter().map(|idle| self.idle(idle)));
            text += &self.misses(near_misses, idle.is_empty());
        }
        let next = match next {
            Some(hold) => self.hold(hold, &format!(", in {}", duration::brief(hold.span.start() - self.at))),
            None => "  nothing is scheduled\n".to_owned(),
        };
        let last = match last {
            Some(hold) => self.hold(hold, &format!(", {}", self.ago(hold.span.end()))),
            None if cover.in_downtime() => "  it never was before\n".to_owned(),
            None => "  it never was\n".to_owned(),
        };
        text + "Next\n" + &next + "Last\n" + &last
    }

    /// A downtime that holds the object at some time.
    fn hold(&self, hold: &Hold, when: &str) -> String {
        let via = match hold.via {
            Via::Own => String::new(),
            Via::Host => format!(" of its host {}", self.object.host),
        };
        let range = format!("{} to {}", self.local(hold.span.start()), self.local(hold.span.end()));
        let (id, author, comment) = (&hold.id, &hold.author, &hold.comment);
        format!("  downtime {}\n", printable(&format!("{id}{via}  {range}{when}  by {author}: {comment}")))
    }

    fn idle(&self, Idle { rule, stopped, comment }: &Idle) -> String {
        let why = match stopped {
            Some(release) => format!("was stopped by {} {}", release.by, self.ago(release.at)),
            None => "is disabled".to_owned(),
        };
        format!("  {}\n", printable(&format!("rule {rule} is for it and {why}: {comment}")))
    }

    fn misses(&self, misses: &[NearMiss], is_all: bool) -> String {
        if misses.is_empty() && !is_all {
            return String::new();
        }
        if misses.is_empty() {
            let it = if self.object.service.is_some() { "it or its host" } else { "it" };
            return format!("  nothing was ever scheduled for {it}, and nothing in effect comes close\n");
        }
        let most = if self.session.globals.verbose { misses.len() } else { TOLD };
        let mut text: String = misses.iter().take(most).map(|miss| self.miss(miss)).collect();
        if misses.len() > most {
            text += &format!("  and {} that are further off; -v tells them\n", misses.len() - most);
        }
        text
    }

    fn miss(&self, miss: &NearMiss) -> String {
        let names = names(&miss.targets);
        let of_rule = matches!(miss.reason, Reason::NotYet | Reason::Unmet { .. });
        let reaches = !of_rule && miss.targets.iter().any(|target| target.covers(self.object));
        let of = if reaches && miss.targets[0] != *self.object { format!(" of {names}") } else { String::new() };
        let (id, comment) = (&miss.id, &miss.comment);
        let line = format!("downtime {id}{of} {}: {comment}", self.reason(miss, &names));
        let hint = match miss.reason {
            Reason::ParentOnly => {
                let parent = quoted(&miss.targets[0].to_string());
                format!(
                    "    hint: what hangs off it, too: downtime schedule {} --children --recursive\n",
                    printable(&parent)
                )
            }
            _ => String::new(),
        };
        format!("  {}\n{hint}", printable(&line))
    }

    /// What is missing, as what the downtime is or did.
    fn reason(&self, miss: &NearMiss, names: &str) -> String {
        let would = || {
            let (start, end) = (self.local(miss.span.start()), self.local(miss.span.end()));
            format!("it would have been from {start} to {end}")
        };
        let let_go = |how: &str, at: Instant, by: &str| {
            format!("{how} by {by} {}, {}; {}", self.ago(at), self.local(at), would())
        };
        match &miss.reason {
            Reason::LetGo(release) => let_go("was ended", release.at, &release.by),
            Reason::Excepted => format!("is left out by an exception; {}", would()),
            Reason::Skipped(release) => let_go("was left out", release.at, &release.by),
            Reason::Cancelled(Some(release)) => let_go("was cancelled", release.at, &release.by),
            Reason::Cancelled(None) => "never took hold of it".to_owned(),
            Reason::TakenBack(release) => let_go("was taken back (undo)", release.at, &release.by),
            Reason::Ended { planned } => {
                let end = miss.span.end();
                let planned = planned.map(|planned| format!(", first planned until {}", self.local(planned)));
                format!("ended {}, {}{}", self.ago(end), self.local(end), planned.unwrap_or_default())
            }
            Reason::Later => {
                let start = miss.span.start();
                format!("starts in {}, {}", duration::brief(start - self.at), self.local(start))
            }
            Reason::OtherName => format!("is in effect for {names}, which is another name than {}", self.object),
            Reason::ServicesOnly => {
                format!("is in effect for {names} only: a service's downtime does not touch its host")
            }
            Reason::OtherServices => format!("is in effect for {names} only, not for this service"),
            Reason::ParentOnly => format!("is in effect for {names}, which it hangs off, without the children"),
            Reason::NotYet => format!("is in effect, but began before its rule was for {names}"),
            Reason::Unmet { condition, instead } => {
                let instead = instead.as_ref().map(|instead| format!(" (it has {instead})")).unwrap_or_default();
                format!("is in effect, but {names} does not meet its condition {condition}{instead}")
            }
        }
    }

    fn local(&self, instant: Instant) -> String {
        time::local(self.session.zone, instant)
    }

    /// How long before the moment asked about, or after it.
    fn ago(&self, instant: Instant) -> String {
        match self.at - instant {
            0 => "just then".to_owned(),
            before if before > 0 => format!("{} ago", duration::brief(before)),
            after => format!("{} later", duration::brief(-after)),
        }
    }
}

/// Targets on one line, few of them by name.
fn names(targets: &[Target]) -> String {
    let names: Vec<String> = targets.iter().take(3).map(ToString::to_string).collect();
    let more = targets.len() - names.len();
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}
