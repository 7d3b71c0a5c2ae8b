//! `history`: what happened, when it was due and who did it.

use clap::Args;
use comfy_table::Cell;

use super::output::{Format, print, print_json, print_jsonl};
use super::picking::Narrowed;
use super::session::{Reading, Session};
use super::{shown, tables};
use crate::downtime::id::DowntimeId;
use crate::downtime::ledger::{Head, Ledger, Nothing};
use crate::downtime::story::{self, Happening, Row};
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::pattern::Pattern;
use crate::inventory::selection::{Unknown, nearest};
use crate::render::history_json::HistoryJson;
use crate::render::text::printable;
use crate::render::{csv, time};
use crate::when::{self, Role};

/// Tell what happened: who scheduled, extended and deleted, and what started and ended
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime history
  downtime history web01 --from yesterday
  downtime history --id 12
  downtime history --event cancelled --from 2026-11-01 --until 2026-11-30 -o csv")]
pub struct History {
    /// Only rows about these targets: HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Only rows about targets on these hosts, services included (repeatable): a name, a glob or ~REGEX
    #[arg(long, value_name = "HOST")]
    host: Vec<String>,
    /// Only rows about this downtime (repeatable)
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
    /// Only rows of this kind (repeatable): scheduled, started, ended, cancelled, extended, edited, reopened, undone, imported,
    /// `inventory_edited`, `rules_edited`
    #[arg(long, value_name = "EVENT", value_parser = happening)]
    event: Vec<Happening>,
    /// From when on
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// Up to when
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
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
        let reading = session.reading()?;
        // Folded from the very entries told, since other processes may write meanwhile.
        let mut entries = Vec::new();
        let mut ledger = Ledger::new(Head::default(), Nothing);
        reading.store.replay(|entry| {
            ledger.apply(entry.clone())?;
            entries.push(entry);
            Ok(())
        })?;
        let downtimes = ledger.all()?;
        let mut rows = story::tell(&entries, session.clock.now);
        self.filter(session, &reading, &mut rows, &downtimes)?;
        match session.globals.output {
            Format::Json => print_json(&json(&rows, session)),
            Format::Jsonl => print_jsonl(&json(&rows, session)),
            Format::Csv => print(&as_csv(&rows, session)?),
            Format::Table => print(&table(&rows, session)),
        }
    }

    fn filter(
        &self,
        session: &Session,
        reading: &Reading,
        rows: &mut Vec<Row>,
        downtimes: &[crate::downtime::record::Downtime],
    ) -> Outcome<()> {
        let present = session.present();
        let from = self.from.as_deref().map(|text| when::point(text, Role::LookingBack, &present)).transpose()?;
        let role = from.as_ref().map_or(Role::EndLookingBack, |from| Role::End { start: from.instant });
        let until = self.until.as_deref().map(|text| when::point(text, role, &present)).transpose()?;
        if let (Some(from), Some(until)) = (&from, &until)
            && until.instant <= from.instant
        {
            let show = |instant| time::local(session.zone, instant);
            let what = format!("{} is not after {}", show(until.instant), show(from.instant));
            return Err(Failure::new(Kind::Window, what).hint("give --from and --until with their dates"));
        }
        for (word, end) in [("from", &from), ("until", &until)] {
            if let Some(end) = end {
                session.note(&format!("{word} {}", shown::moment(session.zone, end.instant)));
                end.notes.iter().for_each(|note| session.note(note));
            }
        }
        rows.retain(|row| {
            from.as_ref().is_none_or(|from| row.time >= from.instant)
                && until.as_ref().is_none_or(|until| row.time < until.instant)
                && (self.event.is_empty() || self.event.contains(&row.happening))
        });
        let ids: Vec<DowntimeId> = self.id.iter().map(|id| DowntimeId::parse(id)).collect();
        if !ids.is_empty() {
            rows.retain(|row| row.id.as_ref().is_some_and(|id| ids.contains(id)));
        }
        if self.targets.is_empty() && self.host.is_empty() {
            return Ok(());
        }
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let narrowed = Narrowed::parse(&self.targets, reading, unknown)?;
        let hosts = self.host.iter().map(|text| Pattern::parse(text)).collect::<Outcome<Vec<_>>>()?;
        let admits = |target: &crate::downtime::target::Target| {
            narrowed.admits(target) && (hosts.is_empty() || hosts.iter().any(|host| host.matches(&target.host)))
        };
        let concerns = |id: &DowntimeId| {
            let found = downtimes.binary_search_by(|downtime| downtime.id.cmp(id));
            found.is_ok_and(|at| downtimes[at].targets().any(admits))
        };
        rows.retain(|row| match (&row.target, &row.id) {
            (Some(target), _) => admits(target),
            (None, Some(id)) => concerns(id),
            (None, None) => false,
        });
        Ok(())
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
    if rows.is_empty() {
        return "Nothing happened that matches.\n".to_owned();
    }
    let time = format!("time ({})", session.zone.abbreviation(session.clock.now));
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
            Cell::new(printable(&what(row, session))),
        ]);
    }
    tables::linked(table.text())
}

/// What else there is to say, for people.
fn what(row: &Row, session: &Session) -> String {
    let show = |instant| time::local(session.zone, instant);
    let comment = row.comment.clone().unwrap_or_default();
    match (row.happening, row.detail.start, row.detail.from, row.detail.end) {
        (Happening::Scheduled, Some(start), _, Some(end)) => format!("{} to {}: {comment}", show(start), show(end)),
        (Happening::Extended, _, Some(from), Some(to)) => {
            let afterwards = if row.detail.retroactive { ", afterwards" } else { "" };
            format!("end {} instead of {}{afterwards}", show(to), show(from))
        }
        (Happening::Cancelled, ..) if row.detail.retroactive => format!("as if never scheduled: {comment}"),
        (Happening::Edited, ..) => {
            let afterwards = if row.detail.retroactive { ", afterwards" } else { "" };
            shown::phrases(&row.detail.changes, session.zone).join("; ") + afterwards
        }
        (Happening::Undone, ..) => format!("operation {}: {comment}", row.detail.undoes.unwrap_or_default()),
        (Happening::Imported, ..) => {
            format!("{} events from {}", row.detail.events.unwrap_or_default(), row.detail.sources.join(", "))
        }
        _ => comment,
    }
}
