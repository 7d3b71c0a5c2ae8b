//! `rules`: downtimes that repeat upon whatever a selector means at the time.

mod check;
mod list;

use clap::{Args, Subcommand};

use super::session::Session;
use crate::failure::{Failure, Kind, Outcome, quoted};
use crate::inventory::selection::nearest;
use crate::rules::{Declared, Rules as Rulebook};

/// Look at the rules declared in rules.toml: what they cover and when, and check the file
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules list
  downtime rules check")]
pub struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Check(check::Check),
}

impl Rules {
    /// Runs the command.
    pub fn run(self, session: &Session) -> Outcome<()> {
        match self.command {
            Command::List(list) => list.run(session),
            Command::Check(check) => check.run(session),
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
        match nearest(name, rules.all.iter().map(|declared| declared.rule.name.as_str())) {
            Some(near) => failure.hint(format!("did you mean {}?", quoted(near))),
            None => failure.hint("see `downtime rules list`"),
        }
    })
}
