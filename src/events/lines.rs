//! Lines of a byte stream, and records of several lines, in bounded memory whatever their length.

use std::io::{ErrorKind, Read, Result};

/// What is read at once, and how much of a line counts: names and kept output lie far below it.
const BLOCK: usize = 1 << 20;

/// How many lines a record may go over: long plugin outputs have dozens, and what goes on for longer is a quote that
/// nobody meant to open. Also how often a byte is looked at, at most, where one such follows another.
const MOST_LINES: u64 = 1000;

/// Reads an input in large blocks and hands out its lines, the line feed taken off.
pub struct Lines<R> {
    input: R,
    block: Vec<u8>,
    start: usize,
    end: usize,
    exhausted: bool,
    /// Inside a line longer than a block, whose beginning was handed out already.
    overlong: bool,
    /// The number of the last line handed out.
    number: u64,
}

/// A line as it stands in the file, or several that make up one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// The number of its first line, from 1.
    pub number: u64,
    /// Its bytes without the last line feed; of a line longer than a block, the first block.
    pub bytes: &'a [u8],
    /// How much of it there is.
    pub extent: Extent,
}

impl RawLine<'_> {
    /// Whether there is nothing in it but blanks, and NUL bytes as a crash leaves them.
    pub fn is_blank(&self) -> bool {
        is_blank(self.bytes)
    }
}

/// Whether there is nothing in those bytes but blanks and NUL bytes.
pub fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0)
}

/// How much of a line, or of a record, is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// The last line, without a line feed: the writer may not have been done with it.
    Unfinished,
    /// The beginning of a line longer than a block.
    Overlong,
    /// The first line of a record of which no end was found; the next line comes next.
    Open,
}

/// Where a line ends, counted from where the search began, and how.
struct Found {
    length: usize,
    extent: Extent,
}

impl<R: Read> Lines<R> {
    /// The lines of `input`.
    pub fn new(input: R) -> Self {
        Self::in_blocks_of(BLOCK, input)
    }

    fn in_blocks_of(bytes: usize, input: R) -> Self {
        Self { input, block: vec![0; bytes], start: 0, end: 0, exhausted: false, overlong: false, number: 0 }
    }

    /// The beginning of what is still to come: a whole block, or all of a shorter input.
    pub fn head(&mut self) -> Result<&[u8]> {
        while !self.exhausted && self.end - self.start < self.block.len() {
            self.fill()?;
        }
        Ok(&self.block[self.start..self.end])
    }

    /// Leaves out so many bytes of what [`Self::head`] showed.
    pub fn skip(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.end);
    }

    /// The next line, or `None` after the last.
    pub fn next_line(&mut self) -> Result<Option<RawLine<'_>>> {
        self.next_record(|_| false)
    }

    /// The next line, together with those that belong to it: `goes_on` is given each line and says whether another
    /// follows. Where the input, a block or [`MOST_LINES`] end before the record does, only its first line is taken.
    pub fn next_record(&mut self, mut goes_on: impl FnMut(&[u8]) -> bool) -> Result<Option<RawLine<'_>>> {
        self.leave_overlong()?;
        let Some(first) = self.line_at(0)? else { return Ok(None) };
        let (mut from, mut until, mut extent, mut lines) = (0, first.length, first.extent, 1);
        while extent != Extent::Overlong && goes_on(&self.block[self.start + from..self.start + until]) {
            let more = extent == Extent::Whole && lines < MOST_LINES;
            match if more { self.line_at(until + 1)? } else { None } {
                Some(next) if next.extent != Extent::Overlong => {
                    (from, until) = (until + 1, until + 1 + next.length);
                    (extent, lines) = (next.extent, lines + 1);
                }
                _ => {
                    (until, extent, lines) = (first.length, Extent::Open, 1);
                    break;
                }
            }
        }
        let (start, number) = (self.start, self.number + 1);
        self.overlong = extent == Extent::Overlong;
        self.start = (start + until + usize::from(!self.overlong)).min(self.end);
        self.number += lines;
        Ok(Some(RawLine { number, bytes: &self.block[start..start + until], extent }))
    }

    /// The line that begins so many bytes on, if one does, in what fits into a block with all before it.
    fn line_at(&mut self, offset: usize) -> Result<Option<Found>> {
        let mut searched = offset;
        loop {
            let ahead = &self.block[self.start + searched..self.end];
            if let Some(length) = memchr::memchr(b'\n', ahead) {
                return Ok(Some(Found { length: searched + length - offset, extent: Extent::Whole }));
            }
            searched = self.end - self.start;
            let full = searched == self.block.len();
            if full || self.exhausted {
                let extent = if full { Extent::Overlong } else { Extent::Unfinished };
                return Ok((searched > offset).then_some(Found { length: searched - offset, extent }));
            }
            self.fill()?;
        }
    }

    /// Goes to the end of a line whose beginning was handed out.
    fn leave_overlong(&mut self) -> Result<()> {
        while self.overlong {
            if let Some(length) = memchr::memchr(b'\n', &self.block[self.start..self.end]) {
                self.start += length + 1;
                self.overlong = false;
            } else {
                self.start = self.end;
                if self.exhausted {
                    return Ok(());
                }
                self.fill()?;
            }
        }
        Ok(())
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
            all.push((line.bytes.to_vec(), line.extent != Extent::Unfinished));
            assert_eq!(line.number, all.len() as u64);
        }
        all
    }

    /// The records of a text in which each `(` wants a `)`, as `number:bytes`, and how much of each there is.
    fn records(block: usize, text: &str) -> Vec<(String, Extent)> {
        let mut lines = Lines::in_blocks_of(block, text.as_bytes());
        let mut all = Vec::new();
        loop {
            let mut open = 0;
            let goes_on = |line: &[u8]| {
                open += line.iter().map(|byte| i32::from(*byte == b'(') - i32::from(*byte == b')')).sum::<i32>();
                open > 0
            };
            let Some(line) = lines.next_record(goes_on).unwrap() else { return all };
            all.push((format!("{}:{}", line.number, str::from_utf8(line.bytes).unwrap()), line.extent));
        }
    }

    #[test]
    fn a_record_goes_over_as_many_lines_as_belong_to_it() {
        let (whole, unfinished) = (Extent::Whole, Extent::Unfinished);
        let told = |text: &str| records(64, text);
        assert_eq!(told("a(\n\nb)\nc\n"), [("1:a(\n\nb)".to_owned(), whole), ("4:c".to_owned(), whole)]);
        assert_eq!(told("a\nb(\nc)"), [("1:a".to_owned(), whole), ("2:b(\nc)".to_owned(), unfinished)]);
    }

    #[test]
    fn of_a_record_that_never_ends_the_first_line_is_taken_and_the_others_are_read() {
        let (whole, open) = (Extent::Whole, Extent::Open);
        assert_eq!(
            records(64, "a(\nb\nc"),
            [("1:a(".to_owned(), open), ("2:b".to_owned(), whole), ("3:c".to_owned(), Extent::Unfinished)]
        );
        assert_eq!(records(64, "a\nb("), [("1:a".to_owned(), whole), ("2:b(".to_owned(), open)]);
        assert_eq!(
            records(6, "a(\nbc\nd)\n"),
            [("1:a(".to_owned(), open), ("2:bc".to_owned(), whole), ("3:d)".to_owned(), whole)]
        );
        let long = format!("({}\n)\n", "\n".repeat(2000));
        assert_eq!(records(4096, &long)[0], ("1:(".to_owned(), open));
        assert_eq!(records(4096, &long).len(), 2002);
    }

    #[test]
    fn what_is_skipped_is_no_line() {
        let mut input = Lines::in_blocks_of(8, Trickle(b"\xef\xbb\xbfab\ncd", 2));
        assert!(input.head().unwrap().starts_with(b"\xef\xbb\xbf"));
        input.skip(3);
        assert_eq!(input.next_line().unwrap().unwrap().bytes, b"ab");
        assert_eq!(input.next_line().unwrap().unwrap().number, 2);
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
