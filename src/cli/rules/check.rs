//! `rules check`: whether the files can be read, with every mistake in them.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::cli::changing::Ground;
use crate::cli::findings::{self, FindingJson};
use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::downtime::holding::Release;
use crate::downtime::id::DowntimeId;
use crate::failure::Outcome;
use crate::inventory::reading::Finding;
use crate::render::time;
use crate::rules::reading::Survey;
use crate::rules::{Declared, Rules};
use crate::store::Store;
use crate::store::files::Disk;

/// Check rules.toml and rules.d/*.toml: every mistake with file, line and column; exit 5 if there is any
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime rules check
  downtime rules check -q              # only what is wrong
  downtime rules check new-rules.toml  # before it takes the place of the old one
  downtime rules check -o json

What is only odd, such as a first start that the repetition does not name, is a warning: the rules stay usable.")]
pub struct Check {
    /// Files to check together, instead of the store's
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    rules: usize,
    disabled: usize,
    files: Vec<&'a str>,
    errors: Vec<FindingJson<'a>>,
    warnings: Vec<FindingJson<'a>>,
}

impl Check {
    /// Prints what is wrong and what is odd.
    ///
    /// # Errors
    /// `Config` if the files cannot be used.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let sources = findings::sources(session, "rules", &self.files)?;
        let zone = Store::unbegun(Arc::new(Disk), session.dir()).zone_of_rules()?;
        let mut survey = Survey::of(&sources, zone);
        if self.files.is_empty() && survey.errors.is_empty() {
            survey.warnings.extend(stopped(&survey.rules, session)?);
        }
        let rules = survey.rules.all().len();
        let disabled = rules - survey.rules.enabled().count();
        if machine {
            print_json(&CheckJson {
                rules,
                disabled,
                files: sources.iter().map(|source| source.name.as_str()).collect(),
                errors: survey.errors.iter().map(FindingJson::from).collect(),
                warnings: survey.warnings.iter().map(FindingJson::from).collect(),
            })?;
        } else {
            let mut text: String = survey.errors.iter().map(|error| findings::line("error", error)).collect();
            if !session.globals.quiet {
                text.extend(survey.warnings.iter().map(|warning| findings::line("warning", warning)));
                if survey.errors.is_empty() {
                    text += &format!(
                        "{}, {disabled} disabled, in {}, {}\n",
                        findings::count(rules, "rule"),
                        findings::count(sources.len(), "file"),
                        findings::count(survey.warnings.len(), "warning")
                    );
                }
            }
            print(&text)?;
        }
        findings::verdict(survey.errors.len(), "the rules")
    }
}

/// The rules of which nothing comes, since somebody deleted them.
fn stopped(rules: &Rules, session: &Session) -> Outcome<Vec<Finding>> {
    let reading = session.reading_or_empty()?;
    let agenda = Ground::from(&reading).agenda();
    let mut found = Vec::new();
    for Declared { rule, place, .. } in rules.enabled() {
        if let Some(Release { at, by, .. }) = agenda.stopped(&DowntimeId::of_rule(&rule.name))? {
            let at = time::local(session.zone, at);
            found.push(Finding {
                place: place.clone(),
                message: format!("rule `{}` was stopped {at} by {by}: nothing of it is to come", rule.name),
                hint: Some("to let it go on, take that back with `downtime undo`".to_owned()),
            });
        }
    }
    Ok(found)
}
