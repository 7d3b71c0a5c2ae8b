//! `rules show`: all that a rule declares, and what follows from it now.

use clap::Args;

use super::{Windows, named};
use crate::cli::changing::Ground;
use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::cli::{shown, tables};
use crate::downtime::id::DowntimeId;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::render::rules_json::WholeRuleJson;
use crate::render::text::printable;
use crate::rules::Declared;

/// So many targets are named.
const NAMED: usize = 20;

/// Show all of a rule: what it declares and where, for whom it is now, and its coming windows
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules show windows-sunday-restart
  downtime rules show windows-sunday-restart -o json

What its occurrences have come to, and what was changed about single ones, is told by `downtime show NAME`.")]
pub struct Show {
    /// Name of a rule
    #[arg(value_name = "NAME")]
    name: String,
}

impl Show {
    /// Prints it.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let reading = session.reading_or_empty()?;
        let now = session.clock.now;
        let rules = reading.book.rules(now)?;
        let declared = named(&rules, &self.name)?;
        let targets = reading.book.targets_at(declared, now)?;
        let (agenda, id) = (Ground::from(&reading).agenda(), DowntimeId::of_rule(&self.name));
        let (windows, stopped) = (Windows::about(now, &id, agenda)?, agenda.stopped(&id)?);
        if machine {
            return print_json(&WholeRuleJson::new(
                declared,
                &targets,
                (&windows.running, &windows.coming),
                stopped.as_ref(),
                session.zone,
            ));
        }
        let windows = windows.text(declared, stopped.as_ref(), session);
        print(&tables::linked(describe(declared, &targets, session) + &windows))
    }
}

fn describe(declared: &Declared, targets: &[Target], session: &Session) -> String {
    let Declared { rule, matching, disabled, place } = declared;
    let (terms, recurrence) = (&rule.plan.terms, &rule.plan.recurrence);
    let mut text = format!("Rule {}{}\n", rule.name, if *disabled { ": disabled" } else { "" });
    let mut line = |word: &str, value: &str| text += &format!("  {word:<10}  {}\n", printable(value));
    line("comment", &terms.comment);
    if let Some(ticket) = &terms.ticket {
        line("ticket", ticket);
    }
    line("repeats", &recurrence.sentence());
    line("first", &shown::range(recurrence.first.interval, session.zone));
    line("for", &matching.to_string());
    if terms.suspend_monitoring {
        line("options", "monitoring suspended");
    }
    line("declared", &place.to_string());
    match targets {
        [] => line("covers now", "nothing that is declared"),
        targets => line("covers now", &format!("{}: {}", super::covers(targets), shown::names(targets, NAMED))),
    }
    text
}
