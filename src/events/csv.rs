//! States in CSV: RFC 4180 with a header that names the columns, in any order.

use csv_core::{ReadRecordResult, ReaderBuilder, Terminator};

use super::format::Reader;
use super::line::{Line, Reason};
use super::lines::{Extent, RawLine, is_blank};
use super::row::{COLUMNS, Row, Rows, unheeded};
use super::text;
use crate::failure::{Failure, Kind, Outcome};
use crate::when::written;
use crate::when::zone::Zone;

/// Under what the header is counted.
const HEADER: &str = "header";

/// How many of [`COLUMNS`] have to be there.
const REQUIRED: usize = 4;

/// Reads a table whose first line that is not blank names its columns.
pub struct Csv<'n> {
    name: &'n str,
    fields: Fields,
    header: Option<Header>,
    rows: Rows,
}

/// What the header says.
struct Header {
    /// How many columns there are.
    columns: usize,
    /// Where each of [`COLUMNS`] is.
    places: [Option<usize>; COLUMNS.len()],
    /// The names of the others.
    others: Vec<String>,
}

impl<'n> Csv<'n> {
    /// Nothing read yet; `name` is the file's, for messages, `zone` that of civil times.
    pub fn new(name: &'n str, zone: Zone) -> Self {
        Self { name, fields: Fields::new(), header: None, rows: Rows::new(zone) }
    }

    /// Takes the header.
    fn header(&self, raw: &RawLine<'_>) -> Outcome<Header> {
        let (required, optional) = COLUMNS.split_at(REQUIRED);
        let refused = |why: &str| Failure::new(Kind::Usage, format!("{}:{}: {why}", self.name, raw.number));
        let name_them = format!(
            "name the columns in the first line: {}, and {} if there are such",
            required.join(","),
            optional.join(" and ")
        );
        if matches!(raw.extent, Extent::Overlong | Extent::Open) {
            return Err(refused("the header has no end").hint(name_them));
        }
        let mut header = Header { columns: self.fields.count(), places: [None; COLUMNS.len()], others: Vec::new() };
        for place in 0..header.columns {
            let name = text::decode(self.fields.get(place));
            match COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(name.trim())) {
                None => header.others.push(name.trim().to_owned()),
                Some(column) if header.places[column].replace(place).is_some() => {
                    let why = format!("the header names `{}` twice", COLUMNS[column]);
                    return Err(refused(&why).hint("name each column once"));
                }
                Some(_) => {}
            }
        }
        let missing: Vec<&str> =
            required.iter().zip(&header.places).filter(|(_, place)| place.is_none()).map(|(name, _)| *name).collect();
        if missing.is_empty() {
            return Ok(header);
        }
        Err(match separator(raw.bytes) {
            Some(separator @ (b';' | b'\t')) => {
                let separator = if separator == b';' { "semicolons" } else { "tabs" };
                refused(&format!("{separator} separate the columns")).hint("write the table with commas between them")
            }
            Some(_) => refused(&format!("the header lacks `{}`", missing.join("`, `"))).hint(name_them),
            None => refused("the first line is no header").hint(name_them),
        })
    }
}

impl Reader for Csv<'_> {
    fn goes_on(&mut self, line: &[u8]) -> bool {
        self.fields.take(line)
    }

    fn line<'a>(&'a mut self, raw: &RawLine<'a>) -> Outcome<Line<'a>> {
        self.fields.end();
        if raw.is_blank() {
            return Ok(Line::Blank);
        }
        let Some(header) = &self.header else {
            self.header = Some(self.header(raw)?);
            return Ok(Line::Ignored(HEADER));
        };
        match raw.extent {
            Extent::Overlong => return Ok(Line::Rejected(Reason::TooLong)),
            Extent::Open => return Ok(Line::Rejected(Reason::OpenQuote)),
            Extent::Whole | Extent::Unfinished => {}
        }
        if self.fields.count() != header.columns {
            return Ok(Line::Rejected(Reason::Columns));
        }
        let [time, host, service, state, hardness, output] =
            header.places.map(|place| place.map_or(&[][..], |place| self.fields.get(place)));
        Ok(self.rows.line(raw.number, &Row { time, host, service, state, hardness, output }))
    }

    fn notes(&self) -> Vec<String> {
        let others = self.header.as_ref().and_then(|header| unheeded("columns", &header.others));
        others.into_iter().chain(self.rows.notes()).collect()
    }
}

/// Whether the line is meant as the header of such a table, faultless or not.
pub fn is_header(line: &[u8]) -> bool {
    separator(line).is_some()
}

/// What separates the columns of a header: with it, at least two are named as they should be.
fn separator(line: &[u8]) -> Option<u8> {
    let known = |name: &[u8]| COLUMNS.iter().any(|column| column.as_bytes().eq_ignore_ascii_case(unquoted(name)));
    [b',', b';', b'\t']
        .into_iter()
        .find(|separator| line.split(|byte| byte == separator).filter(|name| known(name)).count() >= 2)
}

/// Whether the line is a row of such a table whose header is missing.
pub fn is_row(line: &[u8]) -> bool {
    let time = line.split(|&byte| byte == b',').next().and_then(|time| str::from_utf8(unquoted(time)).ok());
    let columns = memchr::memchr_iter(b',', line).count() + 1;
    columns >= REQUIRED && time.is_some_and(|time| written::read(time, Zone::UTC).is_ok())
}

/// A field without blanks and quotes around it.
fn unquoted(field: &[u8]) -> &[u8] {
    let field = field.trim_ascii();
    field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\"")).unwrap_or(field)
}

/// The fields of one record, their quotes taken off, gathered line by line.
struct Fields {
    core: csv_core::Reader,
    /// All fields one after another; room for more behind them.
    text: Vec<u8>,
    written: usize,
    /// Where each field ends; room for more behind them.
    ends: Vec<usize>,
    count: usize,
    /// Inside a quoted field.
    within: bool,
}

impl Fields {
    fn new() -> Self {
        // A carriage return is taken off with the line feed; elsewhere it is text.
        let core = ReaderBuilder::new().terminator(Terminator::Any(b'\n')).build();
        Self { core, text: Vec::new(), written: 0, ends: vec![0; 16], count: 0, within: false }
    }

    /// Takes the next line; whether the record goes on after it.
    fn take(&mut self, line: &[u8]) -> bool {
        if !self.within {
            (self.written, self.count) = (0, 0);
            if is_blank(line) {
                return false;
            }
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // Taking quotes off makes nothing longer.
        let room = self.written + line.len() + 1;
        if self.text.len() < room {
            self.text.resize(room, 0);
        }
        self.within = !(self.feed(line) || self.feed(b"\n"));
        self.within
    }

    /// Whether the record ends in what is fed.
    fn feed(&mut self, mut input: &[u8]) -> bool {
        while !input.is_empty() {
            let (text, ends) = (&mut self.text[self.written..], &mut self.ends[self.count..]);
            let (result, read, written, ended) = self.core.read_record(input, text, ends);
            input = &input[read..];
            self.written += written;
            self.count += ended;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return true,
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::InputEmpty => {}
            }
        }
        false
    }

    /// Ends the record, be it complete or not.
    fn end(&mut self) {
        if self.within {
            self.core.reset();
            self.within = false;
        }
    }

    const fn count(&self) -> usize {
        self.count
    }

    fn get(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[place]]
    }
}

#[cfg(test)]
mod tests;
