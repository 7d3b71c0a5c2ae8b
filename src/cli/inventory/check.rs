//! `inventory check`: whether the files can be read, with every mistake in them.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::cli::findings::{self, FindingJson};
use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::failure::Outcome;
use crate::inventory::declared::Source;
use crate::inventory::reading::Survey;

/// Check inventory.toml and inventory.d/*.toml: every mistake with file, line and column; exit 5 if there is any
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime inventory check
  downtime inventory check -q                   # only what is wrong
  downtime inventory check new-inventory.toml   # before it takes the place of the old one
  downtime inventory check -o json

A host that is its own ancestor, or whose parent is not declared, is only a warning: the inventory stays usable.")]
pub struct Check {
    /// Files to check together, instead of the store's
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    hosts: usize,
    services: usize,
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
        let sources = findings::sources(session, "inventory", &self.files)?;
        let survey = Survey::of(&sources);
        let mut warnings = survey.warnings.clone();
        warnings.extend(survey.odd_parents());
        if machine {
            print_json(&CheckJson {
                hosts: survey.inventory.hosts.len(),
                services: survey.inventory.services(),
                files: sources.iter().map(|source| source.name.as_str()).collect(),
                errors: survey.errors.iter().map(FindingJson::from).collect(),
                warnings: warnings.iter().map(FindingJson::from).collect(),
            })?;
        } else {
            let mut text: String = survey.errors.iter().map(|error| findings::line("error", error)).collect();
            if !session.globals.quiet {
                text.extend(warnings.iter().map(|warning| findings::line("warning", warning)));
                if survey.errors.is_empty() {
                    text += &sum(&survey, &sources, warnings.len());
                }
            }
            print(&text)?;
        }
        let mistakes = survey.errors.len();
        // The process ends here: taking a large survey apart piece by piece would be a fifth of its time.
        std::mem::forget(survey);
        findings::verdict(mistakes, "the inventory")
    }
}

fn sum(survey: &Survey<'_>, sources: &[Source], warnings: usize) -> String {
    format!(
        "{}, {} in {}, {}\n",
        findings::count(survey.inventory.hosts.len(), "host"),
        findings::count(survey.inventory.services(), "service"),
        findings::count(sources.len(), "file"),
        findings::count(warnings, "warning")
    )
}
