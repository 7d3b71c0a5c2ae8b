//! JSON that is safe to show on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::text::is_unsafe;

/// Compact JSON in which control and direction-changing characters are written as `\uXXXX`: the same values, harmless
/// where they show. RFC 8259 §7 lets any character be escaped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_unsafe(*character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            // All of them lie in the basic multilingual plane, so one unit each will do.
            write!(writer, "\\u{:04x}", u32::from(character))?;
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// A serializer that writes such JSON.
pub fn serializer<W: Write>(writer: W) -> Serializer<W, Harmless> {
    Serializer::with_formatter(writer, Harmless)
}

/// Writes one value.
pub fn write(value: &impl Serialize, writer: &mut impl Write) -> io::Result<()> {
    Ok(value.serialize(&mut serializer(writer))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_move_the_cursor_or_turn_the_text_is_escaped_and_reads_back_the_same() {
        let text = "a\u{202e}b\u{9b}31m\u{1b}[0m\u{7f} äöü ✓ 🦀\n\"\\";
        let mut json = Vec::new();
        write(&text, &mut json).unwrap();
        let json = String::from_utf8(json).unwrap();
        assert_eq!(json, r#""a\u202eb\u009b31m\u001b[0m\u007f äöü ✓ 🦀\n\"\\""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
