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
use crate::inventory::selection::Known;
use crate::render::time;
use crate::rules::Rules;
use crate::rules::reading::Survey;
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
            survey.warnings.extend(odd(&survey.rules, session)?);
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

/// What is odd about rules as this store stands: those that somebody deleted, those that cover nothing, and exceptions from
/// occurrences that there are no more.
fn odd(rules: &Rules, session: &Session) -> Outcome<Vec<Finding>> {
    let reading = session.reading_or_empty()?;
    let ground = Ground::from(&reading);
    let (agenda, now) = (ground.agenda(), session.clock.now);
    let mut found = Vec::new();
    for declared in rules.enabled() {
        let (name, id) = (&declared.rule.name, DowntimeId::of_rule(&declared.rule.name));
        let mut odd = |message: String, hint: &str| {
            found.push(Finding { place: declared.place.clone(), message, hint: Some(hint.to_owned()) });
        };
        if let Some(Release { at, by, .. }) = agenda.stopped(&id)? {
            let at = time::local(session.zone, at);
            let message = format!("rule `{name}` was stopped {at} by {by}: nothing of it is to come");
            odd(message, "to let it go on, take that back with `downtime undo`");
        }
        if ground.objects().has_inventory()? && reading.book.targets_at(declared, now)?.is_empty() {
            let message = format!("rule `{name}` covers nothing that is declared: {}", declared.matching);
            odd(message, "see `downtime inventory list` for names, tags and groups");
        }
        for lost in agenda.lost(&id, now)? {
            let message = format!("what was changed on {lost} alone counts no more: there is no such occurrence");
            odd(message, &format!("if another takes its place, see `downtime next {name}` and change that"));
        }
    }
    Ok(found)
}
