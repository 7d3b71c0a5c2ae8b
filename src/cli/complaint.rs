//! Telling a failure: one line with what, where and why, then hints; as JSON for machines.

use std::io::{self, Write};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};
use serde::Serialize;

use super::{Cli, unknown_option};
use crate::failure::{Failure, Kind, exit};
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
        super::output::text(&Envelope { error }).unwrap_or(message) + "\n"
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

/// The same complaint of a program with all its commands built: only then does its help know what they are for, and no
/// other run should pay for that.
fn whole() -> Option<clap::Error> {
    let mut program = Cli::command();
    program.build();
    reflowed(program).try_get_matches().err()
}

/// The same command with the notes of its help, and of those of its commands, broken where the terminal ends and nowhere
/// else; examples stay a line each.
fn reflowed(command: Command) -> Command {
    let joined = |paragraph: &str| {
        let is_text = !paragraph.lines().any(|line| line.starts_with(' '));
        if is_text { paragraph.replace('\n', " ") } else { paragraph.to_owned() }
    };
    let notes = command.get_after_help().map(ToString::to_string);
    let notes = notes.map(|notes| notes.split("\n\n").map(joined).collect::<Vec<_>>().join("\n\n"));
    let command = match notes {
        Some(notes) => command.after_help(notes),
        None => command,
    };
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, reflowed))
}

/// Prints the help or version asked for; the exit code of that.
pub fn help(asked: &clap::Error) -> u8 {
    match whole().as_ref().unwrap_or(asked).print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => exit::STORE,
        _ => exit::DONE,
    }
}

/// Tells what is wrong with the command line, in the same form.
pub fn usage(error: &clap::Error) {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Nothing was typed that could be wrong.
        return drop(whole().as_ref().unwrap_or(error).print());
    }
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
    if error.kind() == ErrorKind::UnknownArgument {
        failure.hints.extend(unknown_option::meant(error, &words()));
    } else {
        let tips = rendered.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
        failure.hints.extend(tips.map(str::to_owned));
    }
    let refused = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Failure>());
    for hint in refused.into_iter().flat_map(|refused| &refused.hints) {
        failure = failure.hint(hint);
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
    match (command.as_slice(), typed_command()) {
        ([], typed) => format!("see `{typed} --help`"),
        (command, _) => format!("see `{} --help`", command.join(" ")),
    }
}

/// The command that was typed, as it is typed.
fn typed_command() -> String {
    let mut program = Cli::command();
    program.build();
    let command = unknown_option::command(&program, &words());
    command.get_bin_name().unwrap_or("downtime").to_owned()
}

/// The command line, whose words need not be text.
fn words() -> Vec<String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// Whether the command line, unreadable as it is, asks for JSON.
fn wants_json() -> bool {
    let words = words();
    words.windows(2).any(|pair| matches!(pair[0].as_str(), "-o" | "--output") && pair[1] == "json")
        || words.iter().any(|word| matches!(word.as_str(), "-ojson" | "-o=json" | "--output=json"))
}
