//! `list`: what is in effect, what is to come.

use clap::{Args, ValueEnum};
use comfy_table::{Cell, Color};

use super::output::{Format, print, print_json, print_jsonl};
use super::picking::{self, Narrowed};
use super::session::{Reading, Session};
use super::{shown, tables};
use crate::clock::Instant;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::failure::Outcome;
use crate::inventory::pattern::Pattern;
use crate::inventory::selection::Unknown;
use crate::render::downtime_json::DowntimeJson;
use crate::render::text::printable;
use crate::render::{duration, time};

/// What counts as just ended.
const LATELY: i64 = 86_400;

/// List downtimes: active ones first, then those to come
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime list
  downtime list 'web*' db01/Backup
  downtime list --host 'web*' --state active
  downtime list --all -o json")]
pub struct List {
    /// Only downtimes of these targets: HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Only downtimes on these hosts, services included (repeatable): a name, a glob or ~REGEX
    #[arg(long, value_name = "HOST")]
    host: Vec<String>,
    /// Only downtimes in this state (repeatable)
    #[arg(long, value_name = "STATE")]
    state: Vec<StateFilter>,
    /// Those that are over, too
    #[arg(long)]
    all: bool,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
}

/// A state, or a word for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StateFilter {
    Active,
    Standby,
    Scheduled,
    Completed,
    Skipped,
    Cancelled,
    /// To come
    Soon,
    /// Active
    InProgress,
    /// Completed, skipped or cancelled
    Ended,
}

impl StateFilter {
    const fn admits(self, state: State) -> bool {
        match self {
            Self::Active | Self::InProgress => matches!(state, State::Active),
            Self::Standby => matches!(state, State::Standby),
            Self::Scheduled | Self::Soon => matches!(state, State::Scheduled),
            Self::Completed => matches!(state, State::Completed),
            Self::Skipped => matches!(state, State::Skipped),
            Self::Cancelled => matches!(state, State::Cancelled),
            Self::Ended => !state.is_open(),
        }
    }
}

impl List {
    /// Prints what the filters leave.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let now = session.clock.now;
        let reading = session.reading()?;
        let concerned = self.concerned(&reading)?;
        let admitted = |downtime: &&Downtime| {
            let state = downtime.state(now);
            match self.state.as_slice() {
                [] => self.all || state.is_open(),
                states => states.iter().any(|filter| filter.admits(state)),
            }
        };
        let mut listed: Vec<&Downtime> = concerned.iter().filter(admitted).collect();
        listed.sort_by_key(|downtime| order(downtime, now));
        match session.globals.output {
            Format::Json => print_json(&json(&listed, session)),
            Format::Jsonl => print_jsonl(&json(&listed, session)),
            Format::Csv => print(&csv(&listed, session)?),
            Format::Table if session.globals.quiet => {
                print(&listed.iter().map(|downtime| format!("{}\n", downtime.id)).collect::<String>())
            }
            Format::Table => {
                let lately = concerned
                    .iter()
                    .filter(|downtime| downtime.ended(now).is_some_and(|(at, _)| now - at < LATELY && at <= now))
                    .count();
                let default_view = !self.all && self.state.is_empty();
                let narrowed = !self.targets.is_empty() || !self.host.is_empty();
                print(&table(&listed, session, default_view.then_some(lately), narrowed))
            }
        }
    }

    /// The downtimes that targets and hosts leave, without reading the others where names are given in full.
    fn concerned(&self, reading: &Reading) -> Outcome<Vec<Downtime>> {
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let narrowed = Narrowed::parse(&self.targets, reading, unknown)?;
        let hosts = self.host.iter().map(|text| Pattern::parse(text)).collect::<Outcome<Vec<_>>>()?;
        let concerns = |downtime: &Downtime| {
            let by_target = narrowed.is_empty() || downtime.targets().any(|target| narrowed.admits(target));
            let by_host = hosts.is_empty()
                || downtime.targets().any(|target| hosts.iter().any(|host| host.matches(&target.host)));
            by_target && by_host
        };
        let only: Option<Vec<&str>> = match (hosts.as_slice(), narrowed.is_empty()) {
            ([], true) => None,
            ([], false) => narrowed.hosts(),
            (hosts, _) => hosts.iter().map(Pattern::literal).collect(),
        };
        let state = &reading.view.state;
        let mut found = match only {
            None => state.all()?,
            Some(hosts) => picking::on_hosts(state, hosts)?,
        };
        found.retain(concerns);
        Ok(found)
    }
}

/// Active ones by end, those to come by start, those that are over with the latest first.
fn order(downtime: &Downtime, now: Instant) -> (State, i64) {
    let state = downtime.state(now);
    let time = match state {
        State::Active | State::Standby => downtime.window.end().0,
        State::Scheduled => downtime.window.start().0,
        _ => -downtime.ended(now).map_or(0, |(at, _)| at.0),
    };
    (if state.is_open() { state } else { State::Completed }, time)
}

fn left(downtime: &Downtime, now: Instant) -> String {
    match downtime.state(now) {
        State::Active | State::Standby => duration::brief(downtime.window.end() - now),
        State::Scheduled => format!("in {}", duration::brief(downtime.window.start() - now)),
        _ => String::new(),
    }
}

fn json<'a>(listed: &[&'a Downtime], session: &Session) -> Vec<DowntimeJson<'a>> {
    listed.iter().map(|downtime| DowntimeJson::new(downtime, session.clock.now, session.zone)).collect()
}

fn csv(listed: &[&Downtime], session: &Session) -> Outcome<String> {
    let header = ["id", "state", "targets", "start", "end", "left", "author", "repeats", "name", "comment", "ended_at"];
    let rows = listed.iter().map(|downtime| {
        let targets: Vec<String> = downtime.targets().map(ToString::to_string).collect();
        vec![
            downtime.id.to_string(),
            downtime.state(session.clock.now).name().to_owned(),
            targets.join(", "),
            session.zone.rfc3339(downtime.window.start()),
            session.zone.rfc3339(downtime.window.end()),
            left(downtime, session.clock.now),
            downtime.author.clone(),
            String::new(),
            downtime.terms.name.clone().unwrap_or_default(),
            downtime.terms.comment.clone(),
            downtime.ended(session.clock.now).map(|(at, _)| session.zone.rfc3339(at)).unwrap_or_default(),
        ]
    });
    crate::render::csv::document(&header, rows)
}

fn table(listed: &[&Downtime], session: &Session, lately: Option<usize>, narrowed: bool) -> String {
    let now = session.clock.now;
    let mut text = String::new();
    if listed.is_empty() {
        text += match (lately, narrowed) {
            (Some(_), false) => "No downtime is active or to come.\n",
            (Some(_), true) => "No downtime that matches is active or to come.\n",
            (None, _) => "No downtime matches.\n",
        };
    } else {
        let named = listed.iter().any(|downtime| downtime.terms.name.is_some());
        let zone = session.zone.abbreviation(now);
        let start = format!("start ({zone})");
        let mut header = vec!["id", "state", "targets", &start, "end", "left", "author"];
        header.extend(named.then_some("name"));
        header.push("comment");
        let sacrificed = ["author", "name", "left", &start];
        let mut table = tables::table(session, &header).narrowing(&["targets"], sacrificed);
        for downtime in listed {
            let state = downtime.state(now);
            let ended = downtime.ended(now).filter(|_| state == State::Completed);
            let end = ended.map_or(downtime.window.end(), |(ended, _)| ended);
            let mut cells = vec![
                Cell::new(&downtime.id),
                tables::state_cell(state),
                Cell::new(shown::targets(downtime, 2)),
                Cell::new(time::day_and_time(session.zone, downtime.window.start())),
                Cell::new(time::day_and_time(session.zone, end)),
                Cell::new(left(downtime, now)),
                Cell::new(printable(&downtime.author)),
            ];
            if named {
                cells.push(Cell::new(printable(downtime.terms.name.as_deref().unwrap_or_default())));
            }
            let comment = Cell::new(printable(&downtime.terms.comment));
            cells.push(if state.is_open() { comment } else { comment.fg(Color::DarkGrey) });
            table.cells(cells);
        }
        text += &tables::linked(table.text());
    }
    if let Some(count) = lately.filter(|count| *count > 0) {
        text += &format!("{count} ended in the last 24 h\n");
    }
    text
}
