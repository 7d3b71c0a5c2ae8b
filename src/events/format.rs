//! Which format a log has, and reading a whole one.

use std::fmt;
use std::io::Read;
use std::str::FromStr;

use super::gather::{Gatherer, Parsed};
use super::line::Line;
use super::lines::Lines;
use super::nagios;
use crate::failure::{Failure, Kind, Outcome};

/// `--format`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Told by the content.
    #[default]
    Auto,
    /// Nagios, Naemon, Icinga 1, Checkmk.
    Nagios,
}

impl Format {
    /// All of them, in the order of help texts.
    pub const ALL: [Self; 2] = [Self::Auto, Self::Nagios];

    /// As typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Nagios => "nagios",
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

/// Reads a whole log, unpacked, in blocks. `name` is the file's, for messages.
///
/// Fails if it cannot be read, or if `format` is [`Format::Auto`] and nothing in its first block tells a format; a bad
/// line is only counted.
pub fn read(input: impl Read, name: &str, format: Format) -> Outcome<Parsed> {
    let cannot_read = |error| Failure::io("read", name, error);
    let mut lines = Lines::new(input);
    let head = lines.head().map_err(cannot_read)?;
    if let Some((kind, unpack)) = compressed(head) {
        return Err(Failure::new(Kind::Usage, format!("{name} is compressed with {kind}"))
            .hint(format!("unpack it on the way: {unpack} {name} | downtime import -")));
    }
    let parse = match format {
        Format::Nagios => nagios::parse,
        Format::Auto => recognise(head).ok_or_else(|| {
            Failure::new(Kind::Usage, format!("cannot tell the log format of {name}: no line begins with `[epoch] `"))
                .hint("if it is a Nagios log all the same, add --format nagios")
        })?,
    };
    let mut gatherer = Gatherer::default();
    while let Some(line) = lines.next_line().map_err(cannot_read)? {
        gatherer.take(parse(line.bytes), line.bytes, line.finished);
    }
    Ok(gatherer.finish())
}

/// How a file that begins so is compressed (RFC 1952 §2.3.1, RFC 8878 §3.1.1), and what unpacks it.
fn compressed(head: &[u8]) -> Option<(&'static str, &'static str)> {
    match head {
        [0x1f, 0x8b, ..] => Some(("gzip", "zcat")),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(("zstd", "zstdcat")),
        _ => None,
    }
}

/// The parser for the log that begins so. One without any text is of every format.
fn recognise(head: &[u8]) -> Option<fn(&[u8]) -> Line<'_>> {
    let lines = || head.split(|&byte| byte == b'\n');
    let nagios = lines().any(nagios::is_stamped) || lines().all(|line| nagios::parse(line) == Line::Blank);
    nagios.then_some(nagios::parse)
}

#[cfg(test)]
mod tests;
