//! Which format an input has, and reading a whole one.

use std::fmt;
use std::io::Read;
use std::str::FromStr;

use super::csv::{self, Csv};
use super::gather::{Gatherer, Parsed};
use super::jsonl::{self, JsonLines};
use super::line::Line;
use super::lines::{Lines, RawLine};
use super::nagios::{self, Nagios};
use super::unpacked::{Broken, Unpacked};
use crate::failure::{Failure, Kind, Outcome, quoted};
use crate::when::zone::Zone;

/// What standard input is called in messages.
pub const STANDARD_INPUT: &str = "standard input";

/// `--format`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Told by the content.
    #[default]
    Auto,
    /// Nagios, Naemon, Icinga 1, Checkmk.
    Nagios,
    /// A table of states with a header, RFC 4180.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// All of them, in the order of help texts.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Nagios, Self::Csv, Self::Jsonl];

    /// As typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Nagios => "nagios",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Failure;

    fn from_str(text: &str) -> Outcome<Self> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| {
            Failure::new(Kind::Usage, format!("no log format is called {text:?}"))
                .hint(format!("formats are {}", Self::ALL.map(Self::name).join(", ")))
        })
    }
}

/// How an input is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Its format.
    pub format: Format,
    /// The zone of civil times in it.
    pub zone: Zone,
    /// How many rejected lines are kept to be told.
    pub rejections: usize,
}

impl Options {
    /// That format, civil times in UTC, all rejected lines kept.
    pub const fn of(format: Format) -> Self {
        Self { format, zone: Zone::UTC, rejections: usize::MAX }
    }
}

/// What an input came to.
#[derive(Debug)]
pub struct Content {
    /// Its format, never [`Format::Auto`].
    pub format: Format,
    /// Its events and counts.
    pub parsed: Parsed,
    /// What else is good to know about it, each behind the input's name.
    pub notes: Vec<String>,
}

/// Takes the lines of one format apart, in their order.
pub trait Reader {
    /// Whether the record that this line begins or continues goes on with the next one.
    fn goes_on(&mut self, _line: &[u8]) -> bool {
        false
    }

    /// What a line, or a record of several, says.
    ///
    /// # Errors
    /// `Usage` for a line without which the others mean nothing.
    fn line<'a>(&'a mut self, raw: &RawLine<'a>) -> Outcome<Line<'a>>;

    /// What is good to know about all of them.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Reads a whole input in blocks, unpacking it on the way. `name` is the file's, for messages.
///
/// # Errors
/// `Usage` if it cannot be read or unpacked, if `format` is [`Format::Auto`] and nothing in its first block tells a
/// format, or if it is CSV without a header. A bad line is only counted.
pub fn read(input: impl Read, name: &str, options: &Options) -> Outcome<Content> {
    let mut lines = Lines::new(Unpacked::open(input).map_err(|error| cannot_read(name, error))?);
    let head = lines.head().map_err(|error| cannot_read(name, error))?;
    let byte_order_mark = head.strip_prefix(b"\xef\xbb\xbf");
    let (head, mark) = byte_order_mark.map_or((head, 0), |rest| (rest, 3));
    refuse_what_is_no_text(head, name)?;
    let format = match options.format {
        Format::Auto => recognise(head).ok_or_else(|| unrecognised(head, name))?,
        format => format,
    };
    lines.skip(mark);
    let gatherer = Gatherer::keeping(options.rejections);
    let (parsed, notes) = match format {
        Format::Csv => gather(lines, name, gatherer, Csv::new(name, options.zone)),
        Format::Jsonl => gather(lines, name, gatherer, JsonLines::new(options.zone)),
        Format::Nagios | Format::Auto => gather(lines, name, gatherer, Nagios),
    }?;
    Ok(Content { format, parsed, notes: notes.into_iter().map(|note| format!("{name}: {note}")).collect() })
}

/// Takes all lines by `reader`.
fn gather<R: Read>(
    mut lines: Lines<R>,
    name: &str,
    mut gatherer: Gatherer,
    mut reader: impl Reader,
) -> Outcome<(Parsed, Vec<String>)> {
    while let Some(raw) = lines.next_record(|line| reader.goes_on(line)).map_err(|error| cannot_read(name, error))? {
        gatherer.take(&raw, reader.line(&raw)?);
    }
    Ok((gatherer.finish(), reader.notes()))
}

/// The format of an input that begins so. One without any text is of every format.
///
/// A header is the first line or none; else the first line decides that can only be of one format.
fn recognise(head: &[u8]) -> Option<Format> {
    let lines = || head.split(|&byte| byte == b'\n');
    let Some(first) = lines().find(|line| nagios::parse(line) != Line::Blank) else { return Some(Format::Nagios) };
    if !nagios::is_stamped(first) && csv::is_header(first) {
        return Some(Format::Csv);
    }
    let of_line = |line: &[u8]| match line {
        line if nagios::is_stamped(line) => Some(Format::Nagios),
        line if jsonl::is_object(line) => Some(Format::Jsonl),
        _ => None,
    };
    lines().find_map(of_line).or_else(|| csv::is_row(first).then_some(Format::Csv))
}

fn unrecognised(head: &[u8], name: &str) -> Failure {
    let why = "no line begins with `[epoch] `, none is a JSON object, and the first is no CSV header";
    let failure = Failure::new(Kind::Usage, format!("cannot tell the log format of {name}: {why}"));
    match head.trim_ascii_start().first() {
        Some(b'[') => failure.hint(format!("if it is one JSON array: {}", piped("jq -c '.[]'", name))),
        Some(b'{') => failure.hint("if it holds one JSON object a line all the same, add --format jsonl"),
        _ => failure.hint("if it is a Nagios log all the same, add --format nagios"),
    }
}

/// What does not hold text, by how it begins, with what makes text of it.
fn refuse_what_is_no_text(head: &[u8], name: &str) -> Outcome<()> {
    let (what, remedy, command) = match head {
        // RFC 1952 §2.3.1, RFC 8878 §3.1.1: one layer is taken off already.
        [0x1f, 0x8b, ..] => ("is packed more than once", "unpack", "zcat"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => ("is packed more than once", "unpack", "zstdcat"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => ("is packed with bzip2", "unpack", "bzcat"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => ("is packed with xz", "unpack", "xzcat"),
        [b'P', b'K', 3, 4, ..] => ("is a zip archive", "unpack", "unzip -p"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("is UTF-16", "convert", "iconv -f UTF-16 -t UTF-8"),
        _ => return Ok(()),
    };
    let hint = format!("{remedy} it on the way: {}", piped(command, name));
    Err(Failure::new(Kind::Usage, format!("{name} {what}")).hint(hint))
}

/// The command that imports what another makes of the input.
fn piped(command: &str, name: &str) -> String {
    if name == STANDARD_INPUT {
        return format!("… | {command} | downtime import -");
    }
    format!("{command} {} | downtime import -", quoted(name))
}

/// Why reading came to an end before the input did.
fn cannot_read(name: &str, error: std::io::Error) -> Failure {
    let Some(broken) = error.get_ref().and_then(|inner| inner.downcast_ref::<Broken>()) else {
        return Failure { kind: Kind::Usage, ..Failure::io("read", name, error) };
    };
    let failure = Failure::new(Kind::Usage, format!("cannot unpack {name}: {broken}"));
    let by_hand = piped(broken.packing().command(), name);
    match broken {
        Broken::CutShort(_) => failure.hint(format!("copy it again, or take what there is: {by_hand}")),
        Broken::Damaged(..) => failure.hint("copy it again"),
        Broken::Bomb(_) => failure.hint(format!("if that is right: {by_hand}")),
    }
}

#[cfg(test)]
mod tests;
