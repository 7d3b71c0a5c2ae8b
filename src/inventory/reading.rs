//! Reading `inventory.toml`: every mistake with its place, not only the first.
//!
//! The tables are walked by hand: serde stops at the first mistake and names it in words of Rust.

mod entries;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::fmt;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::declared::{Inventory, Source};
use super::family::oddities;
use crate::downtime::target::Target;
use entries::Reader;

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

/// All that some files declare, and all that is wrong with them.
#[derive(Debug)]
pub struct Survey<'a> {
    /// What they declare; to be used only without errors.
    pub inventory: Inventory,
    /// What makes the files unusable, in their order.
    pub errors: Vec<Finding>,
    /// What is odd, and leaves them usable.
    pub warnings: Vec<Finding>,
    texts: Vec<Text<'a>>,
}

impl<'a> Survey<'a> {
    /// Reads the files.
    pub fn of(sources: &'a [Source]) -> Self {
        let mut survey =
            Self { inventory: Inventory::default(), errors: Vec::new(), warnings: Vec::new(), texts: Vec::new() };
        for source in sources {
            let (text, mistakes) = Text::read(source);
            let mut reader = Reader { text: &text, errors: mistakes, warnings: Vec::new() };
            // What the parser makes of a file with slips in it is a guess: mistakes in that would mislead.
            if reader.errors.is_empty() {
                for (name, entry) in reader.hosts() {
                    if let Some(first) = survey.texts.iter().find_map(|text| text.host(&name)) {
                        reader.error(text.key_of(&name), format!("host `{name}` is declared at {first} already"));
                    }
                    survey.inventory.hosts.insert(name, entry);
                }
            }
            let Reader { mut errors, mut warnings, .. } = reader;
            errors.sort_by_key(|error| (error.place.line, error.place.column));
            warnings.sort_by_key(|warning| (warning.place.line, warning.place.column));
            survey.errors.extend(errors);
            survey.warnings.extend(warnings);
            survey.texts.push(text);
        }
        survey
    }

    /// What is odd about parents, where they are named. Without what is in a file that cannot be read, all would be odd.
    pub fn odd_parents(&self) -> Vec<Finding> {
        if !self.errors.is_empty() {
            return Vec::new();
        }
        let found = oddities(&self.inventory).into_iter().filter_map(|odd| {
            let place = self.texts.iter().find_map(|text| text.parent(odd.host, odd.parent));
            Some(Finding {
                place: place?,
                message: odd.what,
                hint: odd.meant.map(|near| format!("did you mean `{near}`?")),
            })
        });
        found.collect()
    }

    /// Where an object is declared.
    pub fn place(&self, object: &Target) -> Option<Place> {
        self.texts.iter().find_map(|text| match &object.service {
            None => text.host(&object.host),
            Some(service) => text.service(&object.host, service),
        })
    }
}

/// What some editors put at the front of a file; it takes no column.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file, as tables that know where they are.
#[derive(Debug)]
struct Text<'a> {
    source: &'a Source,
    tables: DeTable<'a>,
    /// Where each line begins; only looked for once a place is asked for.
    lines: OnceCell<Vec<usize>>,
}

impl<'a> Text<'a> {
    /// The file, and the slips in it.
    fn read(source: &'a Source) -> (Self, Vec<Finding>) {
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

    fn place(&self, offset: usize) -> Place {
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

    fn entry(&self, host: &str) -> Option<(&Spanned<DeString<'a>>, &DeTable<'a>)> {
        let (key, entry) = self.tables.get("hosts")?.get_ref().as_table()?.get_key_value(host)?;
        Some((key, entry.get_ref().as_table()?))
    }

    /// The offset of the name of a host.
    fn key_of(&self, host: &str) -> usize {
        self.entry(host).map_or(0, |(key, _)| key.span().start)
    }

    /// Where a host is declared.
    fn host(&self, host: &str) -> Option<Place> {
        self.entry(host).map(|(key, _)| self.place(key.span().start))
    }

    /// Where a service is declared.
    fn service(&self, host: &str, service: &str) -> Option<Place> {
        let services = self.entry(host)?.1.get("services")?.get_ref();
        let span = match services {
            DeValue::Array(names) => names.iter().find(|name| name.get_ref().as_str() == Some(service))?.span(),
            other => other.as_table()?.get_key_value(service)?.0.span(),
        };
        Some(self.place(span.start))
    }

    /// Where a host names a parent; the host, if none is meant or it names none such.
    fn parent(&self, host: &str, parent: Option<&str>) -> Option<Place> {
        let (key, entry) = self.entry(host)?;
        let named = entry.get("parents").and_then(|parents| {
            parents.get_ref().as_array()?.iter().find(|name| parent.is_some() && name.get_ref().as_str() == parent)
        });
        Some(self.place(named.map_or(key.span(), Spanned::span).start))
    }
}
