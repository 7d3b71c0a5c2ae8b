//! `inventory check`: whether the files can be read, with every mistake in them.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::cli::output::{print, print_json};
use crate::cli::session::Session;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::Source;
use crate::inventory::reading::{Finding, Survey};
use crate::render::text::printable;
use crate::store::Store;
use crate::store::files::Disk;

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

#[derive(Serialize)]
struct FindingJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> From<&'a Finding> for FindingJson<'a> {
    fn from(finding: &'a Finding) -> Self {
        let Finding { place, message, hint } = finding;
        Self { file: &place.file, line: place.line, column: place.column, message, hint: hint.as_deref() }
    }
}

impl Check {
    /// Prints what is wrong and what is odd.
    ///
    /// # Errors
    /// `Config` if the files cannot be used.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let sources = self.sources(session)?;
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
            let mut text: String = survey.errors.iter().map(|error| line("error", error)).collect();
            if !session.globals.quiet {
                text.extend(warnings.iter().map(|warning| line("warning", warning)));
                if survey.errors.is_empty() {
                    text += &sum(&survey, &sources, warnings.len());
                }
            }
            print(&text)?;
        }
        let mistakes = survey.errors.len();
        // The process ends here: taking a large survey apart piece by piece would be a fifth of its time.
        std::mem::forget(survey);
        match mistakes {
            0 => Ok(()),
            1 => Err(unusable("there is a mistake in the inventory")),
            count => Err(unusable(&format!("there are {count} mistakes in the inventory"))),
        }
    }

    fn sources(&self, session: &Session) -> Outcome<Vec<Source>> {
        if self.files.is_empty() {
            if !session.dir().is_dir() {
                return Err(session.missing());
            }
            return Store::unbegun(Arc::new(Disk), session.dir()).sources("inventory");
        }
        let read = |path: &PathBuf| {
            let name = path.display().to_string();
            let text = std::fs::read(path).map_err(|error| Failure::io("read", &name, error))?;
            let text = String::from_utf8(text).map_err(|error| {
                let what = format!("{name} is not UTF-8 after byte {}", error.utf8_error().valid_up_to());
                Failure::new(Kind::Config, what).hint("save it as UTF-8")
            })?;
            Ok(Source { name, text })
        };
        self.files.iter().map(read).collect()
    }
}

fn line(grade: &str, finding: &Finding) -> String {
    let hint = finding.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
    format!("{}: {grade}: {}{}\n", finding.place, printable(&finding.message), printable(&hint))
}

fn sum(survey: &Survey<'_>, sources: &[Source], warnings: usize) -> String {
    let count = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    format!(
        "{}, {} in {}, {}\n",
        count(survey.inventory.hosts.len(), "host"),
        count(survey.inventory.services(), "service"),
        count(sources.len(), "file"),
        count(warnings, "warning")
    )
}

fn unusable(what: &str) -> Failure {
    Failure::new(Kind::Config, what)
        .hint("until it is corrected, the last good revision stays in force, if there is one")
}
