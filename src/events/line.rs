//! What a line of any log format turns out to be.

use std::fmt;

use super::event::{Core, What};
use crate::clock::Instant;

/// A line, taken apart but not yet copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// Nothing but blanks or NUL bytes.
    Blank,
    /// Well-formed, of a kind that does not count; carries the kind.
    Ignored(&'static str),
    /// Not a line of the format, or of a kind that counts with fields that cannot be understood.
    Rejected(Reason),
    /// A line that counts.
    Fact {
        /// Its time stamp, within [`Instant::EARLIEST`] and [`Instant::LATEST`].
        time: Instant,
        /// What it says.
        fact: Fact<'a>,
    },
}

/// What a line that counts says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact<'a> {
    /// Something about a host or service.
    Object {
        /// Which one.
        name: Name<'a>,
        /// What happened; an INITIAL line does not know yet how far its header is.
        what: What,
        /// The plugin's output as it stands in the line, of states other than OK and UP.
        output: Option<&'a [u8]>,
    },
    /// Something about the monitoring core.
    Core(Core),
    /// A time period's change, as in [`super::event::Transition`].
    Transition {
        /// The period's name.
        period: &'a [u8],
        /// Its state before.
        from: i8,
        /// Its state from now on.
        to: i8,
    },
}

/// An object's name in the bytes of the log; neither part is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// Both parts, as they stand in the line or otherwise told apart: names of one file are compared so, undecoded.
    pub raw: &'a [u8],
    /// The host's name.
    pub host: &'a [u8],
    /// The service's name; `None` for the host itself.
    pub service: Option<&'a [u8]>,
}

/// Why a line is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It does not begin with `[epoch] `.
    NoTime,
    /// Its time lies outside of the years 1970 to 9998.
    TimeBounds,
    /// It ends before the fields that decide.
    Missing,
    /// The host's name is empty.
    EmptyHost,
    /// The service's name is empty.
    EmptyService,
    /// The time period's name is empty.
    EmptyPeriod,
    /// The STATE is none that its kind of object has.
    State,
    /// The TYPE is neither SOFT nor HARD.
    Type,
    /// Neither a start nor an end.
    Mark,
    /// A time period's state is none of -1, 0 and 1.
    PeriodState,
    /// Of a row: its time is in none of the forms that are read.
    Time,
    /// Of a row about a host: its state is none of hosts.
    HostState,
    /// Of a row about a service: its state is none of services.
    ServiceState,
    /// It is longer than a block.
    TooLong,
    /// CSV: it has more or fewer fields than the header.
    Columns,
    /// CSV: a quoted field has no end.
    OpenQuote,
    /// JSON Lines: it is no JSON, or no object.
    Json,
    /// JSON Lines: a value is a list, an object, true or false.
    Value,
    /// JSON Lines: a key that decides is not there.
    Key,
}

impl Reason {
    /// The reason as the operator reads it, and as scripts may match it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoTime => "does not begin with `[epoch] `",
            Self::TimeBounds => "time is outside of the years 1970 to 9998",
            Self::Missing => "ends before the fields that decide",
            Self::EmptyHost => "host name is empty",
            Self::EmptyService => "service name is empty",
            Self::EmptyPeriod => "time period name is empty",
            Self::State => "unknown STATE",
            Self::Type => "TYPE is neither SOFT nor HARD",
            Self::Mark => "neither a start nor an end",
            Self::PeriodState => "time period state is none of -1, 0, 1",
            Self::Time => "time is neither RFC 3339 nor a date with a time of day nor seconds since 1970",
            Self::HostState => "a host is UP, DOWN or UNREACHABLE",
            Self::ServiceState => "a service is OK, WARNING, CRITICAL or UNKNOWN",
            Self::TooLong => "longer than 1 MiB",
            Self::Columns => "not as many fields as the header has columns",
            Self::OpenQuote => "a quote is opened and not closed",
            Self::Json => "not a JSON object",
            Self::Value => "a value is neither text nor a number",
            Self::Key => "lacks `time`, `host` or `state`",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
