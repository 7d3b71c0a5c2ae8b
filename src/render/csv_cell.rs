//! Text in CSV cells, made harmless for spreadsheets.

use std::borrow::Cow;

use super::text::is_unsafe;

/// The text, behind an apostrophe where a spreadsheet would take it for a formula (OWASP, "CSV Injection"), and with
/// characters spelled out that would move a terminal's cursor or turn its text. Line ends and tabs stay: cells hold them.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_unsafe = |character: char| is_unsafe(character) && !matches!(character, '\n' | '\r' | '\t');
    if text.contains(is_unsafe) {
        let spell = |character: char| match character {
            _ if is_unsafe(character) => character.escape_unicode().to_string(),
            _ => character.to_string(),
        };
        return Cow::Owned(harmless(&text.chars().map(spell).collect::<String>()).into_owned());
    }
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("web01 = fine"), "web01 = fine");
        assert_eq!(harmless("-\u{1b}[31m\nx"), "'-\\u{1b}[31m\nx");
    }
}
