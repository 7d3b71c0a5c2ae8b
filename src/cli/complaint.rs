//! Telling a failure: one line with what, where and why, then hints; as JSON for machines.

use std::io::{self, Write};

use clap::error::{ContextKind, ContextValue};
use serde::Serialize;

use crate::failure::{Failure, Kind};
use crate::render::text::printable;

#[derive(Serialize)]
struct Envelope<'a> {
    error: Told<'a>,
}

#[derive(Serialize)]
struct Told<'a> {
    exit: u8,
    kind: &'a str,
    message: &'a str,
    hint: Option<String>,
}

/// Tells a failure on standard error.
pub fn tell(failure: &Failure, machine: bool) {
    let message = failure.message();
    let told = if machine {
        let hint = (!failure.hints.is_empty()).then(|| failure.hints.join("; "));
        let error = Told { exit: failure.kind.exit(), kind: failure.kind.name(), message: &message, hint };
        serde_json::to_string(&Envelope { error }).unwrap_or(message) + "\n"
    } else {
        let mut lines = format!("error: {}\n", printable(&message));
        for hint in &failure.hints {
            lines += &format!("hint: {}\n", printable(hint));
        }
        lines
    };
    // Nobody is left to tell if standard error cannot be written.
    drop(io::stderr().write_all(told.as_bytes()));
}

/// Tells what is wrong with the command line, in the same form.
pub fn usage(error: &clap::Error) {
    let rendered = error.render().to_string();
    let message: Vec<&str> = rendered
        .lines()
        .take_while(|line| {
            !line.trim_start().starts_with("Usage:") && !line.trim_start().starts_with("For more information")
        })
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("tip:"))
        .collect();
    let message = message.join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let mut failure = Failure::new(Kind::Usage, message);
    if let Some(refused) = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Failure>()) {
        failure.hints.clone_from(&refused.hints);
    }
    for tip in rendered.lines().filter_map(|line| line.trim().strip_prefix("tip: ")) {
        failure = failure.hint(tip);
    }
    if failure.hints.is_empty() {
        failure = failure.hint(help_of(error));
    }
    tell(&failure, wants_json());
}

fn help_of(error: &clap::Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let words = usage.split_whitespace().skip_while(|word| *word != "downtime");
    let command: Vec<&str> = words.take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    format!("see `{} --help`", if command.is_empty() { "downtime".to_owned() } else { command.join(" ") })
}

/// Whether the command line, unreadable as it is, asks for JSON.
fn wants_json() -> bool {
    let words: Vec<String> = std::env::args().collect();
    words.windows(2).any(|pair| matches!(pair[0].as_str(), "-o" | "--output") && pair[1] == "json")
        || words.iter().any(|word| matches!(word.as_str(), "-ojson" | "--output=json"))
}
