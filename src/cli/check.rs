//! `check`: is it in downtime? The exit code answers.

use std::collections::BTreeSet;
use std::io::BufRead;

use clap::Args;

use super::changing::Ground;
use super::holders::Holders;
use super::output::{Format, print, print_json, print_jsonl};
use super::selecting::Selecting;
use super::session::Session;
use super::{picking, shown, tables};
use crate::clock::Instant;
use crate::downtime::cover::{self, Cover};
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, exit};
use crate::inventory::selection::Unknown;
use crate::render::check_json::CheckJson;
use crate::render::text::printable;
use crate::render::{csv, time};
use crate::when::zone::Zone;

/// Tell whether objects are in downtime: exit 0 if all are, 1 if any is not
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime check web01 && echo 'planned, do not page'
  downtime check web01/HTTP --at 'sat 23:00'
  downtime check 'web*' -o json
  downtime check --tag criticality=prod --folder /ams -q
  printf 'web01\\ndb01/Backup\\n' | downtime check -

Exit codes: 0 all in downtime, 1 any not, 4 unknown object, 5 store unreadable. Take everything but 0 as \"notify\".")]
pub struct Check {
    #[command(flatten)]
    selecting: Selecting,
    /// At which time; a time of day is today's
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// Answer whether a problem notification would be withheld
    #[arg(long, conflicts_with = "monitoring")]
    notification: bool,
    /// Answer whether monitoring is suspended
    #[arg(long)]
    monitoring: bool,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
}

/// One object and what holds it.
struct Answer {
    object: Target,
    cover: Cover,
    yes: bool,
    /// Until when the answer is yes.
    until: Option<Instant>,
}

impl Check {
    /// Prints the answers; the exit code is theirs together.
    pub fn run(self, session: &Session) -> Outcome<u8> {
        let at = session.moment(self.at.as_deref())?;
        let selecting = self.selecting.with_targets(self.texts()?);
        let reading = session.reading()?;
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::JudgeByHost };
        let known = reading.store.objects(&reading.inventory, &reading.view.state.head);
        let objects = selecting.objects(&known, unknown)?;
        selecting.by.point_out_misses(session, &known)?;
        if !self.unknown_ok {
            picking::note_undeclared(session, &objects, &known)?;
        }
        let hosts: BTreeSet<&str> = objects.iter().map(|object| object.host.as_str()).collect();
        let holders = Holders::reaching(Ground::from(&reading).agenda(), &objects, &hosts, at)?;
        let answers: Vec<Answer> = objects.into_iter().map(|object| self.answer(object, at, &holders)).collect();
        let all = answers.iter().all(|answer| answer.yes);
        let one = match (self.selecting.targets.as_slice(), answers.as_slice()) {
            ([text], [answer]) => *text == answer.object.to_string() && !self.selecting.has_selectors(),
            _ => false,
        };
        self.show(session, &answers, at, one)?;
        Ok(if all { exit::DONE } else { exit::NO })
    }

    /// The targets typed, and those on standard input.
    fn texts(&self) -> Outcome<Vec<String>> {
        if self.selecting.is_empty() {
            return Err(Failure::new(Kind::Usage, "no target and no selector is given")
                .hint("name one, as in downtime check web01; see `downtime check --help`"));
        }
        let mut texts = Vec::new();
        for text in &self.selecting.targets {
            if text != "-" {
                texts.push(text.clone());
                continue;
            }
            for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
                let line = line.map_err(|error| Failure::io("read", "standard input", error))?;
                let line = String::from_utf8(line).map_err(|_| {
                    Failure::new(Kind::Usage, format!("standard input:{}: is not UTF-8", number + 1))
                        .hint("write one target a line, in UTF-8")
                })?;
                let line = line.trim_end_matches('\r');
                if !line.trim().is_empty() {
                    texts.push(line.to_owned());
                }
            }
        }
        if texts.is_empty() && !self.selecting.targets.is_empty() {
            return Err(
                Failure::new(Kind::EmptySelection, "standard input names no target").hint("write one target a line")
            );
        }
        Ok(texts)
    }

    fn answer(&self, object: Target, at: Instant, holders: &Holders) -> Answer {
        let downtimes = holders.on(&object.host);
        let cover = cover::cover(&object, at, downtimes);
        let (yes, until) = if self.monitoring {
            let suspending: Vec<_> = downtimes.iter().filter(|it| it.terms.suspend_monitoring).cloned().collect();
            let suspended = cover::cover(&object, at, &suspending);
            (suspended.in_downtime(), suspended.until)
        } else {
            (cover.in_downtime(), cover.until)
        };
        Answer { object, cover, yes, until }
    }

    fn show(&self, session: &Session, answers: &[Answer], at: Instant, one: bool) -> Outcome<()> {
        let json = || {
            answers
                .iter()
                .map(|answer| CheckJson::new(&answer.object, &answer.cover, at, session.zone))
                .collect::<Vec<_>>()
        };
        match session.globals.output {
            Format::Json if one => print_json(&json()[0]),
            Format::Json => print_json(&json()),
            Format::Jsonl => print_jsonl(&json()),
            Format::Csv => print(&as_csv(answers, at, session.zone)?),
            Format::Table if session.globals.quiet => Ok(()),
            Format::Table => {
                let asked = self.at.as_ref().map(|_| format!("At {}:\n", shown::moment(session.zone, at)));
                let told = answers.iter().map(|answer| self.tell(answer, at, session.zone));
                print(&tables::linked(asked.into_iter().chain(told).collect()))
            }
        }
    }

    fn tell(&self, answer: &Answer, at: Instant, zone: Zone) -> String {
        let object = answer.object.to_string();
        let object = printable(&object);
        let held = answer.cover.in_downtime();
        let until = shown::until(answer.until, at, zone);
        let mut text = match (self.monitoring, self.notification, answer.yes) {
            (true, _, true) => format!("{object}: monitoring is suspended {until}\n"),
            (true, _, false) if held => format!("{object}: monitoring goes on, although in downtime\n"),
            (true, _, false) => format!("{object}: monitoring goes on\n"),
            (_, true, true) => format!("{object}: problem notifications are withheld {until}\n"),
            (_, true, false) => format!("{object}: problem notifications are sent\n"),
            (_, _, true) => format!("{object} is in downtime {until}\n"),
            (_, _, false) => format!("{object} is not in downtime\n"),
        };
        for hold in &answer.cover.holds {
            text += &format!(
                "  downtime {} ({}{})  {} to {}  {}\n",
                hold.id,
                hold.via.name(),
                if self.monitoring && hold.suspends { ", suspends monitoring" } else { "" },
                time::day_and_time(zone, hold.span.start()),
                time::day_and_time(zone, hold.span.end()),
                printable(&hold.comment)
            );
        }
        text
    }
}

fn as_csv(answers: &[Answer], at: Instant, zone: Zone) -> Outcome<String> {
    let header = ["host", "service", "at", "in_downtime", "until", "monitoring_suspended", "downtimes"];
    csv::document(
        &header,
        answers.iter().map(|answer| {
            let ids: Vec<&str> = answer.cover.holds.iter().map(|hold| hold.id.as_str()).collect();
            vec![
                answer.object.host.clone(),
                answer.object.service.clone().unwrap_or_default(),
                zone.rfc3339(at),
                answer.cover.in_downtime().to_string(),
                answer.cover.until.map(|until| zone.rfc3339(until)).unwrap_or_default(),
                answer.cover.monitoring_suspended().to_string(),
                ids.join(" "),
            ]
        }),
    )
}
