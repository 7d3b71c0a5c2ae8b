//! Names and plugin outputs: bytes that are usually UTF-8 and from old agents Latin-1, kept as UTF-8.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use xxhash_rust::xxh3::xxh3_64;

/// How much of a plugin's output is kept, in bytes of UTF-8.
pub const OUTPUT_BYTES: usize = 240;

/// The text in `bytes`: UTF-8 if they are that, else Latin-1, which any bytes are.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(latin1(bytes)),
    }
}

/// What is kept of a plugin's output: at most [`OUTPUT_BYTES`]; `None` if there is none.
pub fn output(bytes: &[u8]) -> Option<Cow<'_, str>> {
    Some(beginning(bytes, OUTPUT_BYTES)).filter(|text| !text.is_empty())
}

/// The beginning of the text in `bytes`, at most `limit` bytes of UTF-8, cut between characters.
pub fn beginning(bytes: &[u8], limit: usize) -> Cow<'_, str> {
    let head = &bytes[..bytes.len().min(limit)];
    match std::str::from_utf8(head) {
        Ok(text) => Cow::Borrowed(text),
        // The cut went through a character of more than one byte.
        Err(error) if error.error_len().is_none() && head.len() < bytes.len() => {
            Cow::Borrowed(std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default())
        }
        Err(_) => {
            let mut text = latin1(head);
            text.truncate(text.floor_char_boundary(limit));
            Cow::Owned(text)
        }
    }
}

/// ISO 8859-1: each byte is the code point of that number.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Texts in one piece of memory, each kept once and known by its number.
#[derive(Debug, Default)]
pub struct Texts {
    all: String,
    ends: Vec<usize>,
    by_hash: HashMap<u64, u32>,
}

impl Texts {
    /// The number of `text`, which is added if it is new.
    ///
    /// Of two texts with the same hash only the first is found again: the other is kept as often as it comes.
    /// `None` when there are more than 4,294,967,295.
    pub fn number(&mut self, text: &str) -> Option<u32> {
        let next = u32::try_from(self.ends.len()).ok().filter(|&number| number < u32::MAX)?;
        match self.by_hash.entry(xxh3_64(text.as_bytes())) {
            Entry::Vacant(place) => {
                place.insert(next);
            }
            Entry::Occupied(known) => {
                let known = *known.get();
                if self.get(known) == Some(text) {
                    return Some(known);
                }
            }
        }
        self.all.push_str(text);
        self.ends.push(self.all.len());
        Some(next)
    }

    /// The text of that number.
    pub fn get(&self, number: u32) -> Option<&str> {
        let number = usize::try_from(number).ok()?;
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(start..end)
    }

    /// Where each text ends in [`Self::joined`], by number.
    pub fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// All texts one after another.
    pub fn joined(&self) -> &str {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_are_latin1() {
        assert_eq!(decode("Tür".as_bytes()), "Tür");
        assert_eq!(decode(b"T\xfcr"), "Tür");
    }

    #[test]
    fn output_is_cut_between_characters() {
        assert_eq!(output(b""), None);
        let long = format!("x{}", "é".repeat(200));
        let kept = output(long.as_bytes()).unwrap();
        assert_eq!((kept.len(), kept.chars().count()), (239, 120));
        assert_eq!(output("é".repeat(120).as_bytes()).unwrap().len(), 240);
    }

    #[test]
    fn latin1_output_is_cut_after_it_became_utf8() {
        assert_eq!(output(&[0xe9; 300]).unwrap(), "é".repeat(120));
        // A half-written UTF-8 character at the end of the line is not taken for one that the cut went through.
        assert_eq!(output(b"caf\xc3").unwrap(), "cafÃ");
    }

    #[test]
    fn equal_texts_share_a_number() {
        let mut texts = Texts::default();
        let numbers: Vec<_> = ["a", "", "b", "a", ""].iter().map(|text| texts.number(text).unwrap()).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 1]);
        assert_eq!((texts.get(0), texts.get(1), texts.get(2), texts.get(3)), (Some("a"), Some(""), Some("b"), None));
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_output_fits(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let kept = output(&bytes).map_or(0, |text| text.len());
            prop_assert!(kept <= OUTPUT_BYTES);
            prop_assert_eq!(kept == 0, bytes.is_empty());
        }
    }
}
