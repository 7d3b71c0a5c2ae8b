//! Asking on the terminal, where there is one.

use std::io::{BufRead, IsTerminal, Write};

use crate::failure::{Failure, Kind, Outcome};

/// Refuses to go on where nobody can be asked, with what to do instead.
///
/// # Errors
/// `Usage` without a terminal.
pub fn possible(instead: &str) -> Outcome<()> {
    if std::io::stdin().is_terminal() {
        return Ok(());
    }
    Err(Failure::new(Kind::Usage, "there is no terminal to ask on").hint(instead))
}

/// Asks a question for yes or no, beside standard output; nothing typed is no.
pub fn confirmed(question: &str) -> Outcome<bool> {
    let failed = |error| Failure::io("ask on", "the terminal", error);
    let mut err = std::io::stderr();
    write!(err, "{question} [y/N] ").and_then(|()| err.flush()).map_err(failed)?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(failed)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
