//! Tables on a terminal: plain where there is none.

use std::io::IsTerminal;

use comfy_table::{Cell, Color};

use super::globals::When;
use super::session::Session;
use crate::downtime::state::State;
use crate::render::links;
use crate::render::plain_table::PlainTable;

/// A state, coloured by how much it matters now.
pub fn state_cell(state: State) -> Cell {
    let cell = Cell::new(state.name());
    match state {
        State::Active => cell.fg(Color::Yellow),
        State::Standby => cell.fg(Color::Cyan),
        State::Scheduled => cell,
        State::Completed | State::Skipped | State::Cancelled => cell.fg(Color::DarkGrey),
    }
}

/// Whether to colour standard output: `--color`, then `NO_COLOR` and `CLICOLOR_FORCE`, then whether it is a terminal.
pub fn coloured(session: &Session) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match session.globals.color {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if set("CLICOLOR_FORCE") => true,
        When::Auto => std::io::stdout().is_terminal(),
    }
}

/// Columns of the terminal, if standard output is one; a pipe has no width, and a script no use for wrapped lines.
pub fn width() -> Option<u16> {
    let size =
        std::io::stdout().is_terminal().then(|| rustix::termios::tcgetwinsize(std::io::stdout()).ok()).flatten()?;
    Some(size.ws_col).filter(|columns| *columns > 0)
}

/// A table for this terminal, whose last column wraps; URLs in what it shows are links where the terminal can.
pub fn table(session: &Session, header: &[&str]) -> PlainTable {
    PlainTable::new(header, header.len(), width()).styled(coloured(session)).wrapping()
}

/// The text with its URLs as links where the terminal can.
pub fn linked(text: String) -> String {
    let can = std::io::stdout().is_terminal() && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    if can { links::linked(&text) } else { text }
}
