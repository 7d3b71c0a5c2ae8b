//! What is generated from the command line itself: completion scripts and manual pages.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::Cli;
use crate::failure::{Failure, Outcome};

/// The completion script of a shell.
pub fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "downtime", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Writes the manual pages, one for the program and one for each command, into a directory that is made if need be.
pub fn man(dir: &Path) -> Outcome<()> {
    std::fs::create_dir_all(dir)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), dir))
        .map_err(|error| Failure::io("write manual pages into", dir.display(), error))
}
