//! Text from logs, comments and names, made safe for a terminal.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with newlines and tabs as blanks, and every other control or direction-changing character spelled out.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => safe.push(' '),
            _ if is_unsafe(character) => safe.extend(character.escape_unicode()),
            _ => safe.push(character),
        }
    }
    Cow::Owned(safe)
}

/// The text, or its beginning and `…`, at most `width` columns wide.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut left = width.saturating_sub(1);
    let fits = |character: &char| {
        let columns = character.width().unwrap_or(0);
        let fits = columns <= left;
        left = left.saturating_sub(columns);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    Cow::Owned(if width == 0 { String::new() } else { kept + "…" })
}

/// The text in lines of at most `width` columns, broken between words alone; a longer word has a line of its own.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut().filter(|line| line.width() + 1 + word.width() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Control characters (Unicode category Cc) and those that change the direction of writing (UAX #9 §2).
pub(super) fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_the_cursor_or_turns_the_text_gets_through() {
        assert_eq!(printable("plain äöü ✓"), "plain äöü ✓");
        assert_eq!(printable("two\nlines"), "two lines");
        assert_eq!(printable("\u{1b}[31mred"), "\\u{1b}[31mred");
        assert_eq!(printable("a\u{202e}b"), "a\\u{202e}b");
    }

    #[test]
    fn a_text_is_cut_by_columns_and_not_by_characters() {
        for (text, width, shown) in [
            ("web01", 5, "web01"),
            ("web01", 4, "web…"),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
        ] {
            assert_eq!(cut(text, width), shown);
        }
        assert_eq!((cut("web01", 1).as_ref(), cut("web01", 0).as_ref()), ("…", ""));
    }

    #[test]
    fn a_text_is_wrapped_between_words_and_no_word_is_broken() {
        assert_eq!(wrapped("a kernel update", 8), ["a kernel", "update"]);
        assert_eq!(wrapped("see https://wiki.example/x now", 10), ["see", "https://wiki.example/x", "now"]);
        assert_eq!(wrapped("日本 日本", 8), ["日本", "日本"]);
        assert_eq!(wrapped(" ", 8), [""; 0]);
    }
}
