//! What is wrong with files that people edit, as `inventory check` and `rules check` tell it.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::session::Session;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::Source;
use crate::inventory::reading::Finding;
use crate::render::text::printable;
use crate::store::Store;
use crate::store::files::Disk;

/// What is wrong or odd, and where.
#[derive(Serialize)]
pub struct FindingJson<'a> {
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

/// The files named, or those of the store.
///
/// # Errors
/// `Missing` without the store's directory, `Config` for what is not UTF-8, `Io`.
pub fn sources(session: &Session, stem: &str, files: &[PathBuf]) -> Outcome<Vec<Source>> {
    if files.is_empty() {
        if !session.dir().is_dir() {
            return Err(session.missing());
        }
        return Store::unbegun(Arc::new(Disk), session.dir()).sources(stem);
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
    files.iter().map(read).collect()
}

/// One finding on one line.
pub fn line(grade: &str, finding: &Finding) -> String {
    let hint = finding.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
    format!("{}: {grade}: {}{}\n", finding.place, printable(&finding.message), printable(&hint))
}

/// `1 host`, `2 hosts`.
pub fn count(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}

/// What so many mistakes in `what` come to.
///
/// # Errors
/// `Config` if there is any.
pub fn verdict(mistakes: usize, what: &str) -> Outcome<()> {
    let message = match mistakes {
        0 => return Ok(()),
        1 => format!("there is a mistake in {what}"),
        mistakes => format!("there are {mistakes} mistakes in {what}"),
    };
    Err(Failure::new(Kind::Config, message)
        .hint("until it is corrected, the last good revision stays in force, if there is one"))
}
