//! Rows as CSV (RFC 4180), safe to open in a spreadsheet.

use csv::{Terminator, WriterBuilder};

use super::csv_cell::harmless;
use crate::failure::{Failure, Kind, Outcome};

/// A header and rows. A cell that a spreadsheet would take for a formula gets a `'` in front.
pub fn document(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Outcome<String> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(Kind::Io, format!("cannot write CSV: {error}"));
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(header).map_err(|error| failed(&error))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_made_harmless() {
        let rows = [
            vec!["=1+1".to_owned(), "a,\"b\"".into(), "5".into()],
            vec!["@x".into(), "two\nlines".into(), "-x".into()],
        ];
        assert_eq!(
            document(&["a", "b", "c"], rows).unwrap(),
            "a,b,c\r\n'=1+1,\"a,\"\"b\"\"\",5\r\n'@x,\"two\nlines\",'-x\r\n"
        );
    }
}
