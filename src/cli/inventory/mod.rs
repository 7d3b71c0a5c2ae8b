//! `inventory`: what is declared, whether it can be read, and who is reached through whom.

mod check;
mod list;
mod show;
mod tree;

use clap::{Args, Subcommand};

use super::session::{Reading, Session};
use crate::downtime::ledger::Head;
use crate::failure::Outcome;
use crate::inventory::declared::Source;
use crate::store::known::Objects;

/// Look at the hosts and services declared in inventory.toml, and check the file
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime inventory list
  downtime inventory list --tag os=windows --folder /ams
  downtime inventory show web01
  downtime inventory check
  downtime inventory tree sw-ams-1")]
pub struct Inventory {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Check(check::Check),
    Tree(tree::Tree),
}

impl Inventory {
    /// Runs the command.
    pub fn run(self, session: &Session) -> Outcome<()> {
        match self.command {
            Command::List(list) => list.run(session),
            Command::Show(show) => show.run(session),
            Command::Check(check) => check.run(session),
            Command::Tree(tree) => tree.run(session),
        }
    }
}

/// The declared objects alone, without those that only an imported log names.
fn declared(reading: &Reading) -> Objects<'_> {
    reading.store.objects(&reading.inventory, &Head::default())
}

/// The files that count: as they are, or as they were recorded last if they cannot be read now.
fn sources(reading: &Reading) -> Outcome<Vec<Source>> {
    match (&reading.inventory.unrecorded, &reading.inventory.content) {
        (Some(fresh), _) => Ok(fresh.sources.clone()),
        (None, Some(content)) => reading.store.revision(content),
        (None, None) => Ok(Vec::new()),
    }
}
