//! The text of a file that people edit, as tables that know where they are.

use std::cell::OnceCell;
use std::fmt;

use toml::de::DeTable;

use crate::inventory::declared::Source;

/// Where something is written; line and column from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What is wrong, or odd, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What, on one line.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

/// What some editors put at the front of a file; it takes no column.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file, as tables that know where they are.
#[derive(Debug)]
pub struct Text<'a> {
    source: &'a Source,
    /// Its tables.
    pub tables: DeTable<'a>,
    /// Where each line begins; only looked for once a place is asked for.
    lines: OnceCell<Vec<usize>>,
}

impl<'a> Text<'a> {
    /// The file, and the slips in it.
    pub fn read(source: &'a Source) -> (Self, Vec<Finding>) {
        let (tables, errors) = DeTable::parse_recoverable(&source.text);
        let text = Self { source, tables: tables.into_inner(), lines: OnceCell::new() };
        let mut mistakes: Vec<Finding> = Vec::new();
        for error in errors {
            let span = error.span().unwrap_or_default();
            let mut message = error.message().lines().collect::<Vec<_>>().join(" ");
            if message == "duplicate key" {
                message = format!("{message} `{}`", source.text.get(span.clone()).unwrap_or_default());
            }
            let mistake = Finding { place: text.place(span.start), message, hint: None };
            // One slip may be told of by several parts of the parser.
            if mistakes.iter().all(|told| told.place != mistake.place) {
                mistakes.push(mistake);
            }
        }
        (text, mistakes)
    }

    /// The place of a byte offset.
    pub fn place(&self, offset: usize) -> Place {
        let text = &self.source.text;
        let lines = self.lines.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1)).collect()
        });
        let line = lines.partition_point(|begin| *begin <= offset);
        let begin = lines[line - 1];
        let before = &text[begin..text.floor_char_boundary(offset)];
        let column = before.trim_start_matches(BYTE_ORDER_MARK).chars().count() + 1;
        Place { file: self.source.name.clone(), line, column }
    }
}
