//! Options that every command takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::output::Format;
use crate::failure::Outcome;
use crate::when::duration;

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Globals {
    /// Directory of the store
    #[arg(long, global = true, value_name = "DIR", env = "DOWNTIME_STORE", hide_env_values = true)]
    pub store: Option<PathBuf>,
    /// Zone of times typed and shown: an IANA name or ±HH:MM
    #[arg(
        long,
        global = true,
        value_name = "ZONE",
        env = "DOWNTIME_TZ",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    pub tz: Option<String>,
    /// Pretend that it is this time; for tests and what-if
    #[arg(
        long,
        global = true,
        value_name = "TIME",
        env = "DOWNTIME_NOW",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    pub now: Option<String>,
    /// Who acts
    #[arg(long = "as", global = true, value_name = "NAME", env = "DOWNTIME_AUTHOR", hide_env_values = true)]
    pub author: Option<String>,
    /// How to print
    #[arg(short, long, global = true, value_name = "FORMAT", default_value = "table", hide_default_value = true)]
    pub output: Format,
    /// Say only what was asked for
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more, such as which store is used
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub color: When,
    /// How long to wait for another command to finish [default: 10s]
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration::parse, conflicts_with = "no_wait")]
    pub wait: Option<i64>,
    /// Do not wait for another command to finish
    #[arg(long, global = true)]
    pub no_wait: bool,
}

/// When to do what only suits a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Globals {
    /// How long a writer waits for the lock.
    pub fn patience(&self) -> Duration {
        match (self.no_wait, self.wait) {
            (true, _) => Duration::ZERO,
            (false, Some(seconds)) => Duration::from_secs(seconds.unsigned_abs()),
            (false, None) => Duration::from_secs(10),
        }
    }

    /// Whether errors are told as JSON.
    pub fn machine_errors(&self) -> bool {
        matches!(self.output, Format::Json | Format::Jsonl)
    }

    /// An option or variable that is there but empty counts as not there.
    pub fn given(option: Option<&String>) -> Option<&str> {
        option.map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The format, for commands that have no rows.
    ///
    /// # Errors
    /// `Usage` for `csv`.
    pub fn document(&self) -> Outcome<bool> {
        self.output.document()
    }
}
