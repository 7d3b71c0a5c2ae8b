//! Lines of a byte stream, in bounded memory whatever their length.

use std::io::{ErrorKind, Read, Result};

/// What is read at once, and how much of a line counts: names and kept output lie far below it.
const BLOCK: usize = 1 << 20;

/// Reads an input in large blocks and hands out its lines, the line feed taken off.
pub struct Lines<R> {
    input: R,
    block: Vec<u8>,
    start: usize,
    end: usize,
    exhausted: bool,
    /// Inside a line longer than a block, whose beginning was handed out already.
    overlong: bool,
}

/// A line as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// Its bytes without the line feed; of a line longer than a block, the first block.
    pub bytes: &'a [u8],
    /// Whether a line feed ended it: the writer may not have been done with a last line that has none.
    pub finished: bool,
}

impl<R: Read> Lines<R> {
    /// The lines of `input`.
    pub fn new(input: R) -> Self {
        Self::in_blocks_of(BLOCK, input)
    }

    fn in_blocks_of(bytes: usize, input: R) -> Self {
        Self { input, block: vec![0; bytes], start: 0, end: 0, exhausted: false, overlong: false }
    }

    /// The beginning of what is still to come: a whole block, or all of a shorter input.
    pub fn head(&mut self) -> Result<&[u8]> {
        while !self.exhausted && self.end - self.start < self.block.len() {
            self.fill()?;
        }
        Ok(&self.block[self.start..self.end])
    }

    /// The next line, or `None` after the last.
    pub fn next_line(&mut self) -> Result<Option<RawLine<'_>>> {
        loop {
            if let Some(length) = memchr::memchr(b'\n', &self.block[self.start..self.end]) {
                let from = self.start;
                self.start += length + 1;
                if !std::mem::take(&mut self.overlong) {
                    return Ok(Some(RawLine { bytes: &self.block[from..from + length], finished: true }));
                }
                continue;
            }
            let whole_block = self.end - self.start == self.block.len();
            if self.exhausted || whole_block {
                let (from, until) = (self.start, self.end);
                self.start = self.end;
                let known = std::mem::replace(&mut self.overlong, whole_block);
                if from < until && !known {
                    return Ok(Some(RawLine { bytes: &self.block[from..until], finished: whole_block }));
                }
                if self.exhausted {
                    return Ok(None);
                }
            }
            self.fill()?;
        }
    }

    /// Moves what is left to the front and reads behind it.
    fn fill(&mut self) -> Result<()> {
        self.block.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let read = loop {
            match self.input.read(&mut self.block[self.end..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.end += read;
        self.exhausted = read == 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives few bytes at a time, as a pipe does.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, to: &mut [u8]) -> Result<usize> {
            let length = self.1.min(to.len());
            self.0.read(&mut to[..length])
        }
    }

    fn lines(block: usize, at_once: usize, text: &[u8]) -> Vec<(Vec<u8>, bool)> {
        let mut lines = Lines::in_blocks_of(block, Trickle(text, at_once));
        let mut all = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            all.push((line.bytes.to_vec(), line.finished));
        }
        all
    }

    #[test]
    fn a_last_line_without_a_line_feed_is_unfinished() {
        assert_eq!(lines(64, 64, b"a\n\nb"), [(b"a".to_vec(), true), (b"".to_vec(), true), (b"b".to_vec(), false)]);
        assert_eq!(lines(64, 64, b"a\n"), [(b"a".to_vec(), true)]);
        assert_eq!(lines(64, 64, b""), []);
    }

    #[test]
    fn of_a_line_longer_than_a_block_the_beginning_counts_once() {
        assert_eq!(lines(4, 3, b"abcdefghijk\nxy\n"), [(b"abcd".to_vec(), true), (b"xy".to_vec(), true)]);
        assert_eq!(lines(4, 4, b"abcdefgh"), [(b"abcd".to_vec(), true)]);
        assert_eq!(lines(4, 4, b"abcd\nx"), [(b"abcd".to_vec(), true), (b"x".to_vec(), false)]);
    }

    #[test]
    fn looking_at_the_head_takes_nothing_away() {
        let mut input = Lines::in_blocks_of(4, Trickle(b"ab\ncd\n", 1));
        assert_eq!(input.head().unwrap(), b"ab\nc");
        assert_eq!(input.next_line().unwrap().unwrap().bytes, b"ab");
        assert_eq!(input.next_line().unwrap().unwrap().bytes, b"cd");
        assert_eq!(input.next_line().unwrap(), None);
    }

    proptest! {
        #[test]
        fn no_line_depends_on_where_blocks_end(text in "[a-c\n]{0,40}", block in 1_usize..48, at_once in 1_usize..9) {
            let expected: Vec<(Vec<u8>, bool)> = text
                .split_inclusive('\n')
                .map(|line| line.strip_suffix('\n').map_or((line, false), |line| (line, true)))
                .map(|(line, ended)| {
                    let kept = &line.as_bytes()[..line.len().min(block)];
                    (kept.to_vec(), ended || line.len() >= block)
                })
                .collect();
            prop_assert_eq!(lines(block, at_once, text.as_bytes()), expected);
        }
    }
}
