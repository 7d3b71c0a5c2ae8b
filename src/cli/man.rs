//! `man`: the manual pages, one for the program and one for each command.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use super::Cli;
use crate::failure::{Failure, Outcome};

/// Write the manual pages into a directory
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime man /usr/local/share/man/man1")]
pub struct Man {
    /// Where to write them
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

impl Man {
    /// Writes the pages.
    pub fn run(&self) -> Outcome<()> {
        std::fs::create_dir_all(&self.dir)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), &self.dir))
            .map_err(|error| Failure::io("write manual pages into", self.dir.display(), error))
    }
}
