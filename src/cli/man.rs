//! `man`: the manual pages, one for the program and one for each command.

use std::path::PathBuf;

use clap::Args;

use super::generated;
use crate::failure::Outcome;

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
        generated::man(&self.dir)
    }
}
