//! Tables without lines, as narrow as their content, for terminals and pipes alike.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use super::text::printable;

/// A table being filled. Cells are made printable, newlines and control characters included.
pub struct PlainTable {
    table: Table,
}

impl PlainTable {
    /// A table of these columns; those from `right_from` on are aligned to the right. With a `width`, cells wrap so that
    /// lines stay within it.
    pub fn new(columns: &[&str], right_from: usize, width: Option<u16>) -> Self {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).force_no_tty().set_header(columns);
        match width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for (position, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if position >= right_from {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        Self { table }
    }

    /// Colours cells that ask for it.
    #[must_use]
    pub fn styled(mut self, styled: bool) -> Self {
        if styled {
            self.table.enforce_styling();
        }
        self
    }

    /// Adds a row of cells, printable already.
    pub fn cells(&mut self, cells: Vec<Cell>) {
        self.table.add_row(cells);
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.table.add_row(cells.into_iter().map(|cell| Cell::new(printable(cell.as_ref()))).collect::<Vec<_>>());
    }

    /// The lines, without trailing blanks, each ended by a newline.
    pub fn text(&self) -> String {
        self.table.trim_fmt() + "\n"
    }
}
