//! `downtime`: parse, run, and turn the outcome into an exit code.

use std::process::ExitCode;

use clap::Parser;
use downtime::cli::{Cli, complaint};
use downtime::failure::exit;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            complaint::usage(&error);
            return exit::USAGE.into();
        }
        Err(help) => return complaint::help(&help).into(),
    };
    let machine = cli.globals.machine_errors();
    match cli.run() {
        Ok(code) => code.into(),
        Err(failure) => {
            complaint::tell(&failure, machine);
            failure.kind.exit().into()
        }
    }
}
