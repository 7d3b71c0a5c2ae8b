//! Getting text to standard output, and the formats that it may have.

use std::io::{self, BufWriter, StdoutLock, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::session::warn;
use crate::failure::{Failure, Kind, Outcome};
use crate::render::json;

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// RFC 4180 with a header
    Csv,
}

impl Format {
    /// Whether a command that prints one thing prints it as JSON.
    ///
    /// # Errors
    /// `Usage` for `csv`, which is for rows.
    pub fn document(self) -> Outcome<bool> {
        match self {
            Self::Table => Ok(false),
            Self::Json | Self::Jsonl => Ok(true),
            Self::Csv => Err(Failure::new(Kind::Usage, "this command has no rows to print as CSV").hint("use -o json")),
        }
    }
}

/// Writes to standard output. A reader that has gone away has seen enough.
pub fn print(text: &str) -> Outcome<()> {
    let mut out = io::stdout().lock();
    finish(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Hands standard output to `write`, in blocks. A reader that has gone away has seen enough.
pub fn print_with(write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> io::Result<()>) -> Outcome<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = write(&mut out).and_then(|()| out.flush());
    // What is left after a failed write would only fail again.
    let _: (StdoutLock<'static>, _) = out.into_parts();
    finish(written)
}

/// The error of the stream below a CSV writer, so that a reader gone away is still known as such.
pub fn csv_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn finish(written: io::Result<()>) -> Outcome<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Failure::io("write to", "standard output", error)),
    }
}

/// What became of telling about a change that is made already: that it could not be told is only warned of, since a
/// command that fails has changed nothing.
pub fn told(printed: Outcome<()>) {
    if let Err(failure) = printed {
        warn(&format!("done, but {failure}"));
    }
}

/// Writes one JSON document.
pub fn print_json(value: &impl Serialize) -> Outcome<()> {
    print(&(text(value)? + "\n"))
}

/// Writes one JSON object a line.
pub fn print_jsonl<T: Serialize>(values: &[T]) -> Outcome<()> {
    let mut lines = String::new();
    for value in values {
        lines += &text(value)?;
        lines.push('\n');
    }
    print(&lines)
}

/// One JSON document on one line.
pub fn text(value: &impl Serialize) -> Outcome<String> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(Kind::Io, format!("cannot write JSON: {error}"));
    let mut bytes = Vec::new();
    json::write(value, &mut bytes).map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}
