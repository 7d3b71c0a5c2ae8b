//! `completions`: a shell's completion script.

use clap::Args;
use clap_complete::Shell;

use super::{generated, output};
use crate::failure::Outcome;

/// Print the completion script of a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime completions bash > /etc/bash_completion.d/downtime
  downtime completions zsh > /usr/local/share/zsh/site-functions/_downtime
  downtime completions fish > ~/.config/fish/completions/downtime.fish")]
pub struct Completions {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(&self) -> Outcome<()> {
        output::print(&generated::completions(self.shell))
    }
}
