//! Which option was meant by one that a command does not have: a word of another tool, or a slip of the finger.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use super::Cli;
use crate::failure::nearest;

/// What other tools and other commands of this one call it, and what it may be here.
const WORDS: &[(&str, &[&str])] = &[
    ("begin", &["start", "from"]),
    ("cron", &["rrule", "repeat"]),
    ("date", &["at", "start"]),
    ("duration", &["for", "by"]),
    ("exclude", &["except"]),
    ("every", &["repeat"]),
    ("for", &["by"]),
    ("from", &["start"]),
    ("id", &["series"]),
    ("length", &["for", "by"]),
    ("limit", &["count", "number"]),
    ("message", &["comment"]),
    ("reason", &["comment"]),
    ("recur", &["repeat", "every"]),
    ("repeat", &["every"]),
    ("since", &["from"]),
    ("till", &["end", "repeat-until", "to", "until"]),
    ("times", &["count"]),
    ("timezone", &["tz"]),
    ("to", &["end", "until"]),
    ("until", &["end", "repeat-until", "to"]),
    ("user", &["author", "as"]),
    ("who", &["author", "as"]),
    ("zone", &["tz"]),
];

/// The options that were probably meant, if the complaint is of one that the command does not have. `typed` is the command
/// line.
pub fn meant(error: &clap::Error, typed: &[String]) -> Option<String> {
    let (ErrorKind::UnknownArgument, Some(ContextValue::String(unknown))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    else {
        return None;
    };
    let unknown = unknown.strip_prefix("--")?;
    let mut program = Cli::command();
    program.build();
    let arguments = command(&program, typed).get_arguments().filter(|argument| !argument.is_hide_set());
    let options: Vec<&str> = arguments.filter_map(|argument| argument.get_long()).collect();
    let known = |word: &str| -> Vec<&str> {
        let words = WORDS.iter().filter(|(other, _)| *other == word).flat_map(|(_, words)| *words);
        words.copied().filter(|word| options.contains(word)).collect()
    };
    let like = || match nearest(unknown, options.iter().chain(WORDS.iter().map(|(word, _)| word)).copied()) {
        Some(word) if options.contains(&word) => vec![word],
        Some(word) => known(word),
        None => Vec::new(),
    };
    let found = Some(known(unknown)).filter(|found| !found.is_empty()).unwrap_or_else(like);
    let found: Vec<String> = found.into_iter().map(|option| format!("--{option}")).collect();
    (!found.is_empty()).then(|| format!("did you mean {}?", found.join(" or ")))
}

/// The command that was typed, values of options set aside.
pub fn command<'a>(program: &'a Command, typed: &[String]) -> &'a Command {
    let mut command = program;
    let mut words = typed.iter().skip(1);
    while let Some(word) = words.next() {
        let named = |option: &Arg| {
            let (long, short) = (option.get_long(), option.get_short());
            word.strip_prefix("--").is_some_and(|name| long == Some(name))
                || word.strip_prefix('-').is_some_and(|name| short.is_some_and(|short| name == short.to_string()))
        };
        if command.get_arguments().any(|option| named(option) && option.get_action().takes_values()) {
            words.next();
        }
        command = command.find_subcommand(word).unwrap_or(command);
    }
    command
}
