//! `list`: what is in effect, what is to come.

use std::collections::BTreeSet;

use clap::Args;
use serde::Serialize;

use super::changing::Ground;
use super::filtering::{Candidate, Filters, Found, Sought, Times, ended_within};
use super::listing::{self, Targets};
use super::narrowing::Narrowing;
use super::output::{Format, print, print_json, print_jsonl};
use super::session::Session;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::selection::Unknown;
use crate::render::downtime_json::DowntimeJson;
use crate::render::series_json::SeriesJson;

/// What counts as just ended.
const LATELY: i64 = 86_400;

/// List downtimes: active ones first, then those to come
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime list
  downtime list 'web*' db01/Backup
  downtime list web01/HTTP --inherited       # what its host's downtimes put in downtime, too
  downtime list --host 'web*' --state active --mine
  downtime list --tag criticality=prod --within 12h
  downtime list --ended-within 2h
  downtime list --from yesterday --until now
  downtime list --all -o json

Filters are ANDed; a filter given several times is met by any of its values. --ended-within shows what is over;
--from and --until show all that was or will be in effect then; else only what is active, standby or scheduled shows,
unless --state or --all asks for more.")]
pub struct List {
    /// Only downtimes of these targets: HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    times: Times,
    /// Those that are over, too
    #[arg(long, help_heading = "Filters")]
    all: bool,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
}

impl List {
    /// Prints what the filters leave.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let now = session.clock.now;
        let reading = session.reading()?;
        let sought = self.filters.sought(session, &self.times)?;
        let found = self.find(session, (&reading).into(), &sought)?;
        let shows =
            |found: &&Found| (self.all && !sought.asks_for_states()) || sought.admits_state(found.meant().state(now));
        let mut listed: Vec<&Found> = found.iter().filter(shows).collect();
        listing::sort(&mut listed, now);
        match session.globals.output {
            Format::Json => print_json(&json(&listed, session)),
            Format::Jsonl => print_jsonl(&json(&listed, session)),
            Format::Csv => print(&listing::as_csv(&listed, session)?),
            Format::Table if session.globals.quiet => {
                print(&listed.iter().map(|found| format!("{}\n", found.id())).collect::<String>())
            }
            Format::Table => {
                let lately = found.iter().filter(|found| ended_within(found.meant(), now, LATELY)).count();
                print(&self.text(&listed, lately, session, &sought))
            }
        }
    }

    /// The downtimes that the filters leave, in whichever state they are.
    fn find(&self, session: &Session, ground: Ground<'_>, sought: &Sought) -> Outcome<Vec<Found>> {
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let narrowing = self.filters.narrowing(ground, &self.targets, unknown)?;
        self.point_out_covers(session, ground, &narrowing, sought)?;
        let now = session.clock.now;
        let occurrences = sought.occurrences_in();
        let mut candidates = narrowing.candidates(&self.filters.key, occurrences, now)?;
        if occurrences.is_none() && sought.asks_for_what_is_taken_out() {
            candidates.extend(narrowing.taken_out(&candidates, now)?);
        }
        let meant = narrowing.meant(candidates.iter().flat_map(Candidate::targets))?;
        meant.refuse_no_object()?;
        self.filters.point_out_misses(session, ground)?;
        Ok(sought.among(candidates, &meant))
    }

    /// Points out the downtimes of hosts that cover services asked for by name and are not listed themselves.
    fn point_out_covers(
        &self,
        session: &Session,
        ground: Ground<'_>,
        narrowing: &Narrowing<'_>,
        sought: &Sought,
    ) -> Outcome<()> {
        let now = session.clock.now;
        for service in narrowing.literal_services() {
            let host = service.own_host();
            let covers = |downtime: &Downtime| {
                let state = downtime.holdings.iter().find(|holding| holding.target == host)?.state(now);
                let shown = (self.all || sought.admits_state(state)) && sought.admits_author(&downtime.author);
                (shown && sought.admits(downtime)).then(|| downtime.id.clone())
            };
            let near = sought.occurrences_in().or_else(|| Interval::new(now, now + 1));
            let hosts = BTreeSet::from([host.host.as_str()]);
            let downtimes = match near {
                Some(near) => ground.agenda().around(Some(&hosts), near)?,
                None => Vec::new(),
            };
            let ids: Vec<DowntimeId> = downtimes.iter().filter_map(covers).collect();
            if !ids.is_empty() {
                session.note(&covered(&ids, &host, self.targets.len() == 1, &service));
            }
        }
        Ok(())
    }

    fn text(&self, listed: &[&Found], lately: usize, session: &Session, sought: &Sought) -> String {
        let default_view = !self.all && !sought.asks_for_states() && self.times.is_empty();
        let narrowed = !self.targets.is_empty() || !self.filters.is_empty();
        let mut text = match (listed.is_empty(), default_view, narrowed) {
            (false, ..) => listing::table(listed, Targets::All, session),
            (true, true, false) => "No downtime is active or to come.\n".to_owned(),
            (true, true, true) => "No downtime that matches is active or to come.\n".to_owned(),
            (true, false, _) => "No downtime matches.\n".to_owned(),
        };
        if default_view && lately > 0 {
            text += &format!("{lately} ended in the last 24 h\n");
        }
        text
    }
}

fn covered(ids: &[DowntimeId], host: &Target, alone: bool, service: &Target) -> String {
    let (names, more): (Vec<&str>, usize) =
        (ids.iter().take(5).map(DowntimeId::as_str).collect(), ids.len().saturating_sub(5));
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (downtime, verb) = if ids.len() == 1 { ("downtime", "covers") } else { ("downtimes", "cover") };
    let what = if alone { "it".to_owned() } else { service.to_string() };
    format!("{downtime} {}{more} of {host} {verb} {what}; add --inherited", names.join(", "))
}

fn json<'a>(listed: &[&'a Found], session: &Session) -> Vec<RowJson<'a>> {
    let (now, zone) = (session.clock.now, session.zone);
    let row = |found: &&'a Found| match &found.whole {
        Some(whole) => RowJson::Whole(Box::new(SeriesJson::new(whole, now, zone))),
        None => RowJson::One(Box::new(DowntimeJson::new(&found.downtime, now, zone))),
    };
    listed.iter().map(row).collect()
}

/// A row: a downtime, or a series or rule.
#[derive(Serialize)]
#[serde(untagged)]
enum RowJson<'a> {
    One(Box<DowntimeJson<'a>>),
    Whole(Box<SeriesJson<'a>>),
}
