//! Every way in which a command can fail, and the one table of exit codes.
//!
//! A message says what, where and why on one line; a hint gives the command to type. Nothing here prints.

use std::fmt;

/// The process's exit codes, as scripts see them.
pub mod exit {
    /// Done; `check`: in downtime.
    pub const DONE: u8 = 0;
    /// A query's answer is no, and nothing else.
    pub const NO: u8 = 1;
    /// Usage, unparsable time, bad option combination.
    pub const USAGE: u8 = 2;
    /// Refused by a rule of the program or of the site.
    pub const REFUSED: u8 = 3;
    /// No such id, host, service, rule or time period.
    pub const UNKNOWN: u8 = 4;
    /// The store cannot be read or written.
    pub const STORE: u8 = 5;
    /// Input data had rejected lines and `--strict` was given.
    pub const REJECTED: u8 = 6;
    /// The store was busy until the wait ran out.
    pub const BUSY: u8 = 7;
}

/// What went wrong, finely enough for a script to tell cases apart (`error.kind` in JSON).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line does not fit together.
    Usage,
    /// A time or duration that cannot be understood.
    Time,
    /// A zone that cannot be understood.
    Zone,
    /// A repetition that cannot be understood, or never happens.
    Recurrence,
    /// A filter matched nothing where something was to be changed.
    NothingMatched,
    /// The window is empty or runs backwards.
    Window,
    /// The comment is empty.
    Comment,
    /// The start lies in the past and `--retroactive` was not given.
    Past,
    /// The downtime is already over.
    Ended,
    /// No occurrence is running.
    NotRunning,
    /// The whole inventory without `--everything`.
    Everything,
    /// A later change stands on the one to be undone.
    Superseded,
    /// The window overlaps a freeze.
    Freeze,
    /// The window is too long, the targets are too many, or a ticket is missing.
    Limits,
    /// Pretended and real operations would mix.
    Pretended,
    /// The answer was no at a prompt, or there was no terminal to ask on.
    Unconfirmed,
    /// No such downtime.
    UnknownId,
    /// No such host.
    UnknownHost,
    /// No such service.
    UnknownService,
    /// No such rule.
    UnknownRule,
    /// No such time period.
    UnknownPeriod,
    /// No such operation in the journal.
    UnknownOperation,
    /// A selection that matches no object.
    EmptySelection,
    /// There is no store there.
    Missing,
    /// The store holds something that it should not, or lacks something that it should have.
    Damaged,
    /// The store was written by a newer version.
    Newer,
    /// The configuration or inventory cannot be read.
    Config,
    /// The operating system refused a read or write.
    Io,
    /// The input had lines that were refused, under `--strict`.
    Rejected,
    /// The lock was held until the wait ran out.
    Busy,
}

impl Kind {
    /// The kind's name in machine output, and its exit code: the only table of both.
    const fn entry(self) -> (&'static str, u8) {
        match self {
            Self::NothingMatched => ("nothing_matched", exit::NO),
            Self::Usage => ("usage", exit::USAGE),
            Self::Time => ("time", exit::USAGE),
            Self::Zone => ("zone", exit::USAGE),
            Self::Recurrence => ("recurrence", exit::USAGE),
            Self::Window => ("window", exit::REFUSED),
            Self::Comment => ("comment", exit::REFUSED),
            Self::Past => ("past", exit::REFUSED),
            Self::Ended => ("ended", exit::REFUSED),
            Self::Everything => ("everything", exit::REFUSED),
            Self::Superseded => ("superseded", exit::REFUSED),
            Self::Freeze => ("freeze", exit::REFUSED),
            Self::Limits => ("limits", exit::REFUSED),
            Self::Pretended => ("pretended", exit::REFUSED),
            Self::Unconfirmed => ("unconfirmed", exit::REFUSED),
            Self::UnknownId => ("unknown_id", exit::UNKNOWN),
            Self::NotRunning => ("not_running", exit::REFUSED),
            Self::UnknownHost => ("unknown_host", exit::UNKNOWN),
            Self::UnknownService => ("unknown_service", exit::UNKNOWN),
            Self::UnknownRule => ("unknown_rule", exit::UNKNOWN),
            Self::UnknownPeriod => ("unknown_period", exit::UNKNOWN),
            Self::UnknownOperation => ("unknown_operation", exit::UNKNOWN),
            Self::EmptySelection => ("empty_selection", exit::UNKNOWN),
            Self::Missing => ("missing", exit::STORE),
            Self::Damaged => ("damaged", exit::STORE),
            Self::Newer => ("newer", exit::STORE),
            Self::Config => ("config", exit::STORE),
            Self::Io => ("io", exit::STORE),
            Self::Rejected => ("rejected", exit::REJECTED),
            Self::Busy => ("busy", exit::BUSY),
        }
    }

    /// The name that scripts read.
    pub const fn name(self) -> &'static str {
        self.entry().0
    }

    /// The exit code of the process.
    pub const fn exit(self) -> u8 {
        self.entry().1
    }
}

/// An error on its way to the operator.
#[derive(Debug)]
pub struct Failure {
    /// What kind of thing went wrong; decides the exit code.
    pub kind: Kind,
    /// What, where and why, outermost first.
    pub source: anyhow::Error,
    /// What to type next, each a line of its own.
    pub hints: Vec<String>,
}

/// The result of everything that can fail.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A failure of `kind` with its one-line message.
    pub fn new(kind: Kind, message: impl fmt::Display) -> Self {
        Self { kind, source: anyhow::anyhow!("{message}"), hints: Vec::new() }
    }

    /// The operating system's refusal of an action on `what` (a path, mostly).
    pub fn io(doing: &str, what: impl fmt::Display, error: std::io::Error) -> Self {
        let hint = match error.kind() {
            std::io::ErrorKind::PermissionDenied => Some("check who owns the store, or name another with --store DIR"),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Some("nothing was changed; make room on the file system and try again")
            }
            std::io::ErrorKind::NotFound => Some("check the path"),
            std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => {
                Some("the store is a directory; name one with --store DIR")
            }
            std::io::ErrorKind::ReadOnlyFilesystem => Some("nothing was changed; the file system is mounted read-only"),
            _ => None,
        };
        let failure = Self {
            kind: Kind::Io,
            source: anyhow::Error::new(error).context(format!("cannot {doing} {what}")),
            hints: Vec::new(),
        };
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }

    /// The same failure with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hints.push(hint.to_string());
        self
    }

    /// The same failure, saying first where it happened.
    #[must_use]
    pub fn context(mut self, context: impl fmt::Display) -> Self {
        self.source = self.source.context(context.to_string());
        self
    }

    /// The message on one line, outermost cause first.
    pub fn message(&self) -> String {
        format!("{:#}", self.source)
    }
}

/// A name as a shell takes it, for hints that hold a command to type.
pub fn quoted(name: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "/-_.:@%+,".contains(character);
    if name.chars().all(plain) { name.to_owned() } else { format!("'{}'", name.replace('\'', r"'\''")) }
}

/// The name most like `wanted`, if any is like it at all: for hints that ask whether it was meant.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&folded, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))
        .map(|(_, name)| name)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Failure {}
