//! `history`: what happened, when it was due and who did it.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use comfy_table::Cell;

use super::changing::Ground;
use super::filtering::{Filters, Found, Sought, Times};
use super::narrowing::Meant;
use super::output::{Format, print, print_json, print_jsonl};
use super::session::{Reading, Session};
use super::stretch::{Looking, Stretch};
use super::{logged, picking, shown, tables};
use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::ledger::{Head, Ledger, Nothing};
use crate::downtime::story::{self, Happening, Row};
use crate::events::source::EventSource;
use crate::failure::{Failure, Kind, Outcome, nearest};
use crate::inventory::selection::Unknown;
use crate::render::history_json::HistoryJson;
use crate::render::text::printable;
use crate::render::{csv, time};
use crate::store::folded::Folded;

/// Tell what happened: who scheduled, extended and deleted, and what started and ended
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime history
  downtime history web01 --from yesterday
  downtime history --id 12
  downtime history --mine --event cancelled --event extended
  downtime history --host 'web*' --source both        # with what imported logs tell of downtimes
  downtime history --event cancelled --from 2026-11-01 --until 2026-11-30 -o csv

Filters are ANDed; a filter given several times is met by any of its values. --author and --mine ask who did what a row
tells; --state, --name, --key and --comment are those of the downtime it is about.")]
pub struct History {
    /// Only rows about these targets: HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Only rows about this downtime (repeatable): an id, or key:KEY
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    id: Vec<String>,
    /// Only rows of this kind (repeatable): scheduled, started, ended, cancelled, extended, edited, repeated, skipped,
    /// unskipped, reopened, undone, imported, `inventory_edited`, `rules_edited`
    #[arg(long, value_name = "EVENT", help_heading = "Filters", value_parser = happening)]
    event: Vec<Happening>,
    #[command(flatten)]
    filters: Filters,
    /// From when on
    #[arg(long, value_name = "TIME", help_heading = "Filters", allow_hyphen_values = true)]
    from: Option<String>,
    /// Up to when
    #[arg(long, value_name = "TIME", help_heading = "Filters", allow_hyphen_values = true)]
    until: Option<String>,
    /// Whether the store tells, the imported logs, or both
    #[arg(long, value_name = "SOURCE", default_value = "store")]
    source: Source,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
}

/// Who tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Source {
    /// What was done with this program
    Store,
    /// DOWNTIME ALERT lines of imported logs
    Log,
    /// Both
    Both,
}

fn happening(text: &str) -> Outcome<Happening> {
    let names = Happening::ALL.map(Happening::name);
    Happening::ALL.into_iter().find(|happening| happening.name().eq_ignore_ascii_case(text)).ok_or_else(|| {
        let failure = Failure::new(Kind::Usage, format!("there is no event `{text}`; events are {}", names.join(", ")));
        match nearest(text, names) {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure,
        }
    })
}

impl History {
    /// Prints the rows that the filters leave.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let stretch = Stretch::parse(session, self.from.as_deref(), self.until.as_deref(), Looking::Back)?;
        let reading = session.reading()?;
        let mut rows = self.rows(session, &reading, &stretch)?;
        rows.retain(|row| stretch.contains(row.time) && (self.event.is_empty() || self.event.contains(&row.happening)));
        match session.globals.output {
            Format::Json => print_json(&json(&rows, session)),
            Format::Jsonl => print_jsonl(&json(&rows, session)),
            Format::Csv => print(&as_csv(&rows, session)?),
            Format::Table => print(&table(&rows, session)),
        }
    }

    /// The rows about what is asked for, whenever they were, in order of time.
    fn rows(&self, session: &Session, reading: &Reading, stretch: &Stretch) -> Outcome<Vec<Row>> {
        // Folded from the very entries told, since other processes may write meanwhile.
        let mut entries = Vec::new();
        let mut ledger = Ledger::new(Head::default(), Nothing);
        reading.store.replay(|entry| {
            ledger.apply(entry.clone())?;
            entries.push(entry);
            Ok(())
        })?;
        let kept = ledger.all()?;
        let agenda = Ground::from(reading).agenda();
        let events = Ground::from(reading).objects().events;
        let sought = self.filters.sought(session, &Times::default())?;
        let mut rows = Vec::new();
        if self.source != Source::Log {
            let since = stretch.from().unwrap_or(Instant::BEGINNING);
            rows = story::tell(&entries, agenda.rules, since, session.clock.now)?;
        }
        let meant = {
            let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
            let narrowing = self.filters.narrowing(reading.into(), &self.targets, unknown)?;
            let logged = if self.source == Source::Store { Vec::new() } else { events.objects()? };
            let told = rows.iter().filter_map(|row| row.target.as_ref());
            narrowing.meant(kept.iter().flat_map(Kept::targets).chain(&logged).chain(told))?
        };
        meant.refuse_no_object()?;
        self.filters.point_out_misses(session, reading.into())?;
        if self.source != Source::Log {
            let about = self.about(session, agenda, kept, &sought, &meant)?;
            let about_no_downtime = self.targets.is_empty() && self.id.is_empty() && !self.filters.asks_for_downtimes();
            rows.retain(|row| {
                let concerned = match &row.id {
                    Some(id) => about.admit(id, row, &sought) && row.target.as_ref().is_none_or(|it| meant.admits(it)),
                    None => about_no_downtime,
                };
                concerned && sought.admits_author(&row.author)
            });
        }
        // A log knows of no id, author, name or comment.
        if self.source != Source::Store && self.id.is_empty() && !self.filters.looks_at_downtimes() {
            rows.extend(logged::rows(&events, &|target| meant.admits(target), session.clock.now)?);
            rows.sort_by_key(|row| row.time);
        }
        Ok(rows)
    }

    /// What rows may be about.
    fn about(
        &self,
        session: &Session,
        agenda: Agenda<'_, Folded>,
        kept: Vec<Kept>,
        sought: &Sought,
        meant: &Meant<'_>,
    ) -> Outcome<About> {
        let now = session.clock.now;
        let id = |text: &String| picking::one(text, agenda, now).map(|kept| kept.id().clone());
        let ids = self.id.iter().map(id).collect::<Outcome<BTreeSet<DowntimeId>>>()?;
        let any_state = !sought.asks_for_states();
        let mut roots = BTreeSet::new();
        for kept in kept {
            let admitted = match kept {
                Kept::Downtime(ref downtime) => Found::new((**downtime).clone().into(), meant).is_some_and(|found| {
                    sought.admits(found.meant()) && (any_state || sought.admits_state(found.meant().state(now)))
                }),
                Kept::Series(ref series) => {
                    let whole = series.whole(now);
                    series.targets().any(|target| meant.admits(target))
                        && sought.admits(&whole.shown)
                        && (any_state || sought.admits_state(whole.shown.state(now)))
                }
                Kept::Rule(_) => false,
            };
            if admitted {
                roots.insert(kept.id().clone());
            }
        }
        Ok(About { ids, roots, by_targets: !self.targets.is_empty() || self.filters.looks_at_targets() })
    }
}

/// What rows may be about.
struct About {
    /// The ids asked for; of a series or rule, with its occurrences. None: any.
    ids: BTreeSet<DowntimeId>,
    /// Downtimes and series that the filters leave.
    roots: BTreeSet<DowntimeId>,
    /// Whether certain targets are asked for.
    by_targets: bool,
}

impl About {
    fn admit(&self, id: &DowntimeId, row: &Row, sought: &Sought) -> bool {
        if !self.ids.is_empty() && !self.ids.contains(id) && !self.ids.contains(&id.root()) {
            return false;
        }
        if !id.is_of_rule() {
            return self.roots.contains(&id.root());
        }
        // What a rule once said is known by its rows alone.
        sought.admits_root(id)
            && !sought.asks_for_more_than_comments()
            && sought.admits_comment(row.comment.as_deref())
            && (!self.by_targets || row.target.is_some())
    }
}

fn json<'a>(rows: &'a [Row], session: &Session) -> Vec<HistoryJson<'a>> {
    rows.iter().map(|row| HistoryJson::new(row, session.zone)).collect()
}

fn as_csv(rows: &[Row], session: &Session) -> Outcome<String> {
    let header = ["seq", "time", "written", "event", "id", "host", "service", "author", "comment"];
    let text = |value: Option<String>| value.unwrap_or_default();
    csv::document(
        &header,
        rows.iter().map(|row| {
            vec![
                text(row.sequence.map(|sequence| sequence.to_string())),
                session.zone.rfc3339(row.time),
                text(row.written.map(|written| session.zone.rfc3339(written))),
                row.happening.name().to_owned(),
                text(row.id.as_ref().map(ToString::to_string)),
                text(row.target.as_ref().map(|target| target.host.clone())),
                text(row.target.as_ref().and_then(|target| target.service.clone())),
                row.author.clone(),
                text(row.comment.clone()),
            ]
        }),
    )
}

fn table(rows: &[Row], session: &Session) -> String {
    let quiet = session.globals.quiet;
    if rows.is_empty() {
        return if quiet { String::new() } else { "Nothing happened that matches.\n".to_owned() };
    }
    let time = time::head("time", session.zone, rows.iter().map(|row| row.time));
    let header = [&time, "op", "event", "id", "target", "author", "what"];
    let mut table = tables::table(session, &header).narrowing(&["target"], ["author", "op"]);
    for row in rows {
        let target = row.target.as_ref().map(ToString::to_string);
        table.cells(vec![
            Cell::new(time::day_and_time(session.zone, row.time)),
            Cell::new(row.sequence.map(|sequence| sequence.to_string()).unwrap_or_default()),
            Cell::new(row.happening.name()),
            Cell::new(row.id.as_ref().map(ToString::to_string).unwrap_or_default()),
            Cell::new(printable(&target.unwrap_or_default())),
            Cell::new(printable(&row.author)),
            Cell::new(printable(&(what(row, session) + &late(row, session)))),
        ]);
    }
    let text = table.text();
    let rows = if quiet { text.split_once('\n').map_or("", |(_, rows)| rows) } else { &text };
    tables::linked(rows.to_owned())
}

/// Longer than a run of cron or a timer takes to come: then it is worth knowing that the row was written later.
const LATE: i64 = 60;

/// That a row was written down later than it was due, unless that is as usual.
fn late(row: &Row, session: &Session) -> String {
    let most = if session.globals.verbose { 0 } else { LATE };
    let late = row.written.filter(|written| *written - row.time > most);
    late.map(|written| format!(" (written {})", time::local(session.zone, written))).unwrap_or_default()
}

/// What else there is to say, for people.
fn what(row: &Row, session: &Session) -> String {
    let show = |instant| time::local(session.zone, instant);
    let comment = row.comment.clone().unwrap_or_default();
    if row.detail.from_log {
        return "by the log".to_owned();
    }
    let reason = row.detail.override_reason.as_ref().map(|reason| format!(" (override: {reason})")).unwrap_or_default();
    match (row.happening, row.detail.start, row.detail.from, row.detail.end) {
        (Happening::Scheduled, Some(start), _, Some(end)) => {
            format!("{} to {}: {comment}{reason}", show(start), show(end))
        }
        (Happening::Extended, _, Some(from), Some(to)) => {
            let afterwards = if row.detail.retroactive { ", afterwards" } else { "" };
            format!("end {} instead of {}{afterwards}{reason}", show(to), show(from))
        }
        (Happening::Cancelled, ..) if row.detail.retroactive => format!("as if never scheduled: {comment}"),
        (Happening::Edited | Happening::Repeated | Happening::Unskipped, ..) if !row.detail.changes.is_empty() => {
            let afterwards = if row.detail.retroactive { ", afterwards" } else { "" };
            shown::phrases(&row.detail.changes, session.zone).join("; ") + afterwards
        }
        (Happening::RulesEdited, ..) => match row.detail.rule {
            Some("changed") => shown::phrases(&row.detail.changes, session.zone).join("; "),
            Some(fate) => format!("{fate}: {comment}"),
            None => comment,
        },
        (Happening::Undone, ..) => {
            let comment = if comment.is_empty() { comment } else { format!(": {comment}") };
            format!("operation {}{comment}", row.detail.undoes.unwrap_or_default())
        }
        (Happening::Imported, ..) => {
            format!("{} events from {}", row.detail.events.unwrap_or_default(), row.detail.sources.join(", "))
        }
        (Happening::Cancelled, ..) if is_about_rule(row) => "nothing of it is to come".to_owned(),
        (Happening::Reopened, ..) if is_about_rule(row) => "it goes on".to_owned(),
        _ => comment,
    }
}

/// Whether a row is about a rule as a whole.
fn is_about_rule(row: &Row) -> bool {
    row.id.as_ref().is_some_and(|id| id.is_of_rule() && id.parent().is_none())
}
