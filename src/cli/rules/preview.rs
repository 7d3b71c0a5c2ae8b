//! `rules preview`: what a rule would hold at a time.

use clap::Args;

use super::{Windows, covers, named};
use crate::cli::changing::Ground;
use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::downtime::id::DowntimeId;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::rules_json::PreviewJson;
use crate::render::text::printable;
use crate::render::time;

/// Show which hosts and services a rule would hold at a time, and its windows from then on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules preview windows-sunday-restart
  downtime rules preview windows-sunday-restart --at 'sun 22:00'
  downtime rules preview windows-sunday-restart -q    # the targets alone
  downtime rules preview windows-sunday-restart -o json

Nothing need be saved as rules.toml of a store in use: DOWNTIME_STORE=/tmp/try downtime rules preview NAME looks at a
directory that holds nothing but a rules.toml and an inventory.toml.")]
pub struct Preview {
    /// Name of a rule
    #[arg(value_name = "NAME")]
    name: String,
    /// At which time; a time of day is today's [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

impl Preview {
    /// Prints the targets and the windows.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let at = session.moment(self.at.as_deref())?;
        let reading = session.reading_or_empty()?;
        let rules = reading.book.rules(at)?;
        if rules.get(&self.name).is_none() && reading.book.rules(session.clock.now)?.get(&self.name).is_some() {
            let at = time::local(session.zone, at);
            let what = format!("rule `{}` was not declared {at}: an edit counts from when it was made", self.name);
            return Err(Failure::new(Kind::UnknownRule, what)
                .hint(format!("to try it on earlier times: downtime rules backtest {} --from TIME", self.name)));
        }
        let declared = named(&rules, &self.name)?;
        let targets = reading.book.targets_at(declared, at)?;
        let (agenda, id) = (Ground::from(&reading).agenda(), DowntimeId::of_rule(&self.name));
        let (windows, stopped) = (Windows::about(at, &id, agenda)?, agenda.stopped(&id)?);
        if machine {
            let at = session.zone.rfc3339(at);
            return print_json(&PreviewJson::new(
                declared,
                at,
                &targets,
                (&windows.running, &windows.coming),
                session.zone,
            ));
        }
        let names = |indent: &str| -> String {
            targets.iter().map(|target| format!("{indent}{}\n", printable(&target.to_string()))).collect()
        };
        if session.globals.quiet {
            return print(&names(""));
        }
        let (name, moment) = (&declared.rule.name, time::local(session.zone, at));
        let head = match targets.len() {
            0 => format!("Rule {name} would hold nothing {moment}: no declared object is meant by its match\n"),
            _ if windows.running.is_empty() => {
                format!("Rule {name} is for {} {moment}, and has no window then\n", covers(&targets))
            }
            _ => format!("Rule {name} would hold {} {moment}\n", covers(&targets)),
        };
        print(&(head + &names("  ") + &windows.text(declared, stopped.as_ref(), session)))
    }
}
