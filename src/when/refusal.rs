//! Why a text is refused as a time or duration, and what to write instead.

use crate::failure::{Failure, Kind};

/// No more of a refused text than this many characters is quoted.
const QUOTED: usize = 60;

/// A reason and its remedies, before they become a [`Failure`].
#[derive(Debug)]
pub(super) struct Refusal {
    why: String,
    /// Whole texts that would be accepted.
    instead: Vec<String>,
    advice: Option<String>,
}

impl Refusal {
    /// A reason that completes "cannot read … as a time: ".
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), instead: Vec::new(), advice: None }
    }

    /// The same, with one more text that would be accepted.
    pub(super) fn instead(mut self, text: impl Into<String>) -> Self {
        self.instead.push(text.into());
        self
    }

    /// The same, with a hint in words.
    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The same for a text of which the one refused is only the end.
    pub(super) fn after(mut self, prefix: &str) -> Self {
        for text in &mut self.instead {
            text.insert_str(0, prefix);
        }
        self
    }

    /// The failure that the operator sees; `noun` says what the text was read as.
    pub(super) fn failure(self, text: &str, noun: &str) -> Failure {
        let mut failure = Failure::new(Kind::Time, format!("cannot read {} as a {noun}: {}", quoted(text), self.why));
        if !self.instead.is_empty() {
            let alternatives: Vec<String> = self.instead.iter().map(|text| quoted(text)).collect();
            failure = failure.hint(format!("write {}", alternatives.join(" or ")));
        }
        match self.advice {
            Some(advice) => failure.hint(advice),
            None => failure,
        }
    }
}

/// A text between backticks, cut short if long, with blanks of every kind plain, as the grammar takes them, and other
/// control and bidirectional characters escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::from("`");
    for (count, character) in text.trim_ascii().chars().enumerate() {
        if count == QUOTED {
            shown.push('…');
            break;
        }
        let directs = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_ascii_whitespace() {
            shown.push(' ');
        } else if character.is_control() || directs {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown.push('`');
    shown
}
