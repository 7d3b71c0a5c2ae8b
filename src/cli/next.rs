//! `next`: the coming occurrences of a series or rule.

use clap::Args;
use comfy_table::Cell;
use serde::Serialize;

use super::changing::Ground;
use super::output::{Format, print, print_json, print_jsonl};
use super::session::Session;
use super::{mistaken, picking, tables, whole};
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::recurrence::Nominal;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::{csv, time};
use crate::when::zone::Zone;
use crate::when::{self, Role};

/// Show the coming occurrences of a series or rule, in its own zone and in UTC
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime next 15
  downtime next 15 -n 12
  downtime next 15 --from 2027-03-01 -o json")]
pub struct Next {
    /// Id of a series, name of a rule, or key:KEY
    #[arg(value_name = "ID")]
    id: String,
    /// So many
    #[arg(short, long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    number: u32,
    /// Those that start at this time or later, and not those after now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
}

/// One of them.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    n: u64,
    start: String,
    end: String,
    start_local: String,
    end_local: String,
    freezes: Vec<String>,
}

impl Next {
    /// Prints them.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let now = session.clock.now;
        let reading = session.reading()?;
        let ground = Ground::from(&reading);
        let agenda = ground.agenda();
        let kept = picking::one(&self.id, agenda, now)
            .map_err(|failure| mistaken::id(failure, "next", std::slice::from_ref(&self.id), ground.state))?;
        if let Kept::Downtime(downtime) = &kept {
            let failure = Failure::new(Kind::Usage, format!("downtime {} does not repeat", downtime.id));
            return Err(match downtime.id.parent() {
                Some(parent) => failure.hint(format!("it is one of several: downtime next {parent}")),
                None => failure.hint(format!("to let it repeat: downtime repeat {} --every weekly", downtime.id)),
            });
        }
        let after = match &self.from {
            Some(text) => {
                let from = when::point(text, Role::LookingBack, &session.present())?;
                from.notes.iter().for_each(|note| session.note(note));
                from.instant - 1
            }
            None => now,
        };
        let coming = agenda.coming(kept.id(), after, self.number as usize)?;
        let rows = coming.iter().map(|occurrence| row(session, ground, occurrence)).collect::<Outcome<Vec<Row>>>()?;
        if rows.is_empty() && matches!(kept, Kept::Rule(_)) && agenda.rules.plan(kept.id(), now)?.is_none() {
            return Err(picking::declared_no_more(kept.id()));
        }
        match session.globals.output {
            Format::Json => print_json(&rows),
            Format::Jsonl => print_jsonl(&rows),
            Format::Csv => print(&as_csv(&rows)?),
            Format::Table if session.globals.quiet => {
                print(&rows.iter().map(|row| format!("{}\n", row.id)).collect::<String>())
            }
            Format::Table if rows.is_empty() => {
                let disabled = whole::disabled(kept.id(), &reading, now)?;
                let why = disabled.map(|place| format!(": it is disabled in {place}")).unwrap_or_default();
                print(&format!("{} has no occurrence to come{why}.\n", kept.id()))
            }
            Format::Table => print(&table(&coming, &rows, session)),
        }
    }
}

fn row(session: &Session, ground: Ground<'_>, occurrence: &Downtime) -> Outcome<Row> {
    let (zone, window) = (occurrence.timezone, occurrence.window);
    let freezes = super::guarding::freezes_of(session, ground, occurrence)?;
    Ok(Row {
        id: occurrence.id.to_string(),
        n: number(ground, occurrence)?,
        start: Zone::UTC.rfc3339(window.start()),
        end: Zone::UTC.rfc3339(window.end()),
        start_local: zone.rfc3339(window.start()),
        end_local: zone.rfc3339(window.end()),
        freezes,
    })
}

/// Its position among all of its kind, exceptions included.
fn number(ground: Ground<'_>, occurrence: &Downtime) -> Outcome<u64> {
    let (Some(parent), Some(nominal)) = (occurrence.id.parent(), occurrence.id.nominal()) else { return Ok(1) };
    let start = match nominal {
        Nominal::Local(local) => occurrence.timezone.place(local).instant,
        Nominal::Utc(instant) => instant,
    };
    let plan = ground.agenda().plan_at(&parent, start)?;
    Ok(plan.map_or(1, |plan| plan.recurrence.number(nominal)))
}

fn as_csv(rows: &[Row]) -> Outcome<String> {
    let header = ["id", "n", "start", "end", "start_local", "end_local", "freezes"];
    csv::document(
        &header,
        rows.iter().map(|row| {
            vec![
                row.id.clone(),
                row.n.to_string(),
                row.start.clone(),
                row.end.clone(),
                row.start_local.clone(),
                row.end_local.clone(),
                row.freezes.join(" "),
            ]
        }),
    )
}

fn table(coming: &[Downtime], rows: &[Row], session: &Session) -> String {
    let zone = coming.first().map_or(session.zone, |occurrence| occurrence.timezone);
    let start = format!("start ({zone})");
    let frozen = rows.iter().any(|row| !row.freezes.is_empty());
    let mut header = vec!["n", "id", &start, "end", "start (UTC)", "end"];
    header.extend(frozen.then_some("freeze"));
    let mut table = tables::table(session, &header);
    for (occurrence, row) in coming.iter().zip(rows) {
        let window = occurrence.window;
        let mut cells = vec![
            Cell::new(row.n),
            Cell::new(&row.id),
            Cell::new(time::local(zone, window.start())),
            Cell::new(time::local(zone, window.end())),
            Cell::new(time::day_and_time(Zone::UTC, window.start())),
            Cell::new(time::day_and_time(Zone::UTC, window.end())),
        ];
        if frozen {
            cells.push(Cell::new(crate::render::text::printable(&row.freezes.join(", "))));
        }
        table.cells(cells);
    }
    table.text()
}
