//! The colours of a calendar, none of which tells anything that is not written too.

use anstyle::{AnsiColor, Style};

use crate::downtime::state::State;

/// Writes text in colour, or plain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    /// Whether to colour.
    pub(super) on: bool,
}

impl Paint {
    /// The text in a style.
    pub(super) fn put(self, style: Style, text: &str) -> String {
        if !self.on || style.is_plain() || text.is_empty() {
            return text.to_owned();
        }
        format!("{style}{text}{style:#}")
    }
}

/// A heading.
pub(super) const HEADING: Style = Style::new().bold();
/// The present day.
pub(super) const TODAY: Style = Style::new().bold().invert();
/// What is over.
pub(super) const PAST: Style = AnsiColor::BrightBlack.on_default();
/// A freeze.
pub(super) const FREEZE: Style = AnsiColor::Magenta.on_default();
/// What lies in a freeze with no reason given.
pub(super) const CONFLICT: Style = AnsiColor::Red.on_default();

/// A downtime by its state, as in tables.
pub(super) const fn of_state(state: State) -> Style {
    match state {
        State::Active => AnsiColor::Yellow.on_default(),
        State::Standby => AnsiColor::Cyan.on_default(),
        State::Scheduled => Style::new(),
        State::Completed | State::Skipped | State::Cancelled => PAST,
    }
}
