//! `rules`: downtimes that repeat upon whatever a selector means at the time.

mod backtest;
mod check;
mod list;
mod preview;
mod show;

use clap::{Args, Subcommand};

use super::findings::count;
use super::session::Session;
use super::shown;
use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::holding::Release;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, nearest, quoted};
use crate::render::text::printable;
use crate::render::time;
use crate::rules::{Declared, Rules as Rulebook};
use crate::store::folded::Folded;

/// Look at the rules declared in rules.toml: what they cover and when, and check the file
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules list
  downtime rules show windows-sunday-restart
  downtime rules check
  downtime rules preview windows-sunday-restart --at 'sun 22:00'
  downtime rules backtest windows-sunday-restart --from 2026-11-01")]
pub struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Check(check::Check),
    Preview(preview::Preview),
    Backtest(backtest::Backtest),
}

impl Rules {
    /// Runs the command.
    pub fn run(self, session: &Session) -> Outcome<()> {
        match self.command {
            Command::List(list) => list.run(session),
            Command::Show(show) => show.run(session),
            Command::Check(check) => check.run(session),
            Command::Preview(preview) => preview.run(session),
            Command::Backtest(backtest) => backtest.run(session),
        }
    }
}

/// The rule of that name.
///
/// # Errors
/// `UnknownRule`, with the one that may be meant.
fn named<'r>(rules: &'r Rulebook, name: &str) -> Outcome<&'r Declared> {
    rules.get(name).ok_or_else(|| {
        let failure = Failure::new(Kind::UnknownRule, format!("there is no rule `{name}`"));
        match nearest(name, rules.all().iter().map(|declared| declared.rule.name.as_str())) {
            Some(near) => failure.hint(format!("did you mean {}?", quoted(near))),
            None => failure.hint("see `downtime rules list`"),
        }
    })
}

/// So many coming windows are shown.
const COMING: usize = 5;

/// The windows that a rule has about a time.
struct Windows {
    /// Those in effect then.
    running: Vec<Downtime>,
    /// Those that would be, and were left out or cancelled.
    left_out: Vec<(DowntimeId, Interval)>,
    /// The next.
    coming: Vec<Downtime>,
}

impl Windows {
    fn about(at: Instant, rule: &DowntimeId, agenda: Agenda<'_, Folded>) -> Outcome<Self> {
        let mut left_out = Vec::new();
        if let Some(present) = Interval::new(at, at + 1) {
            let taken_out = agenda.occurrences(rule, present)?;
            let taken_out =
                taken_out.into_iter().filter(|it| matches!(it.state(at), State::Skipped | State::Cancelled));
            left_out.extend(taken_out.map(|it| (it.id, it.window.interval)));
            let excepted = agenda.rules.plan(rule, at)?.map(|plan| plan.recurrence.left_out(present));
            let excepted = excepted.into_iter().flatten();
            left_out.extend(excepted.map(|it| (rule.occurrence(it.nominal), it.window.interval)));
        }
        let running = agenda.running(rule, at)?;
        let mut coming = agenda.coming(rule, at - 1, COMING + running.len())?;
        coming.retain(|window| !running.contains(window));
        coming.truncate(COMING);
        Ok(Self { running, left_out, coming })
    }

    /// A line each.
    fn text(&self, declared: &Declared, stopped: Option<&Release>, session: &Session) -> String {
        let Self { running, left_out, coming } = self;
        let ids = running.iter().chain(coming).map(|window| &window.id).chain(left_out.iter().map(|(id, _)| id));
        let width = ids.map(|id| id.as_str().len()).max().unwrap_or(0);
        let at = |id: &DowntimeId, window| format!("  {id:<width$}  {}\n", shown::range(window, session.zone));
        let line = |window: &Downtime| at(&window.id, window.window.interval);
        let mut text = String::new();
        if !running.is_empty() {
            text += &format!("Running\n{}", running.iter().map(line).collect::<String>());
        }
        if !left_out.is_empty() {
            let lines = left_out.iter().map(|(id, window)| at(id, *window));
            text += &format!("Left out\n{}", lines.collect::<String>());
        }
        text + &match (coming.is_empty(), declared.disabled, stopped) {
            (true, true, _) => "Next\n  none: it is disabled\n".to_owned(),
            (true, false, Some(release)) => {
                let at = time::local(session.zone, release.at);
                format!("Next\n  none: it was stopped {at} by {}\n", printable(&release.by))
            }
            (true, false, None) => "Next\n  none\n".to_owned(),
            _ => format!("Next\n{}", coming.iter().map(line).collect::<String>()),
        }
    }
}

/// `12 hosts`, or `37 services`.
fn covers(targets: &[Target]) -> String {
    match targets.iter().filter(|target| target.service.is_some()).count() {
        0 => count(targets.len(), "host"),
        services => count(services, "service"),
    }
}
