//! Tables without lines, as narrow as their content, for terminals and pipes alike.
//!
//! Where a terminal is too narrow, no number, date or word is broken: the last column wraps between words, names are cut
//! with `…`, and columns that matter least are left out, in that order.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use unicode_width::UnicodeWidthStr;

use super::text::{cut, printable};

/// Blanks between columns.
const GAP: usize = 2;
/// The last column is not made narrower than this.
const WRAPPED: usize = 24;
/// A name is not cut shorter than this.
const CUT: usize = 18;

/// A table being filled. Cells are made printable, newlines and control characters included.
pub struct PlainTable {
    columns: Vec<String>,
    right_from: usize,
    width: Option<usize>,
    styled: bool,
    wraps: bool,
    cut: Vec<String>,
    sacrificed: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl PlainTable {
    /// A table of these columns; those from `right_from` on are aligned to the right. `width` is the terminal's.
    pub fn new(columns: &[&str], right_from: usize, width: Option<u16>) -> Self {
        Self {
            columns: columns.iter().map(ToString::to_string).collect(),
            right_from,
            width: width.map(usize::from),
            styled: false,
            wraps: false,
            cut: Vec::new(),
            sacrificed: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Colours cells that ask for it.
    #[must_use]
    pub fn styled(mut self, styled: bool) -> Self {
        self.styled = styled;
        self
    }

    /// Wraps the last column where the terminal is too narrow.
    #[must_use]
    pub fn wrapping(mut self) -> Self {
        self.wraps = true;
        self
    }

    /// Cuts these columns where the terminal is too narrow, and leaves out `sacrificed`, the first of them first.
    #[must_use]
    pub fn narrowing<'c>(mut self, cut: &[&str], sacrificed: impl IntoIterator<Item = &'c str>) -> Self {
        self.cut = cut.iter().map(ToString::to_string).collect();
        self.sacrificed = sacrificed.into_iter().map(str::to_owned).collect();
        self
    }

    /// Adds a row of cells, printable already.
    pub fn cells(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.cells(cells.into_iter().map(|cell| Cell::new(printable(cell.as_ref()))).collect());
    }

    /// Whether there is room for a column.
    pub fn shows(&self, column: &str) -> bool {
        let shown = self.columns.iter().zip(self.fitted()).find(|(name, _)| *name == column);
        shown.is_some_and(|(_, width)| width.is_some())
    }

    /// The lines, without trailing blanks, each ended by a newline.
    pub fn text(&self) -> String {
        let widths = self.fitted();
        let shown: Vec<usize> = (0..self.columns.len()).filter(|column| widths[*column].is_some()).collect();
        let mut table = Table::new();
        table.load_style(presets::NOTHING).force_no_tty();
        if self.styled {
            table.enforce_styling();
        }
        table.set_header(shown.iter().map(|column| Cell::new(&self.columns[*column])));
        table.set_content_arrangement(ContentArrangement::Disabled);
        for row in &self.rows {
            table.add_row(shown.iter().filter_map(|column| self.cell(row.get(*column)?, *column, widths[*column])));
        }
        for (position, column) in shown.iter().enumerate() {
            let Some(drawn) = table.column_mut(position) else { continue };
            drawn.set_padding((0, if position + 1 == shown.len() { 0 } else { 2 }));
            if *column >= self.right_from {
                drawn.set_cell_alignment(CellAlignment::Right);
            }
            if self.wraps && *column + 1 == self.columns.len() {
                let width = u16::try_from(widths[*column].unwrap_or_default()).unwrap_or(u16::MAX);
                drawn.set_constraint(ColumnConstraint::UpperBoundary(comfy_table::Width::Fixed(width)));
                table.set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::MAX);
            }
        }
        table.trim_fmt() + "\n"
    }

    /// The cell as it is shown in a column of that width.
    fn cell(&self, cell: &Cell, column: usize, width: Option<usize>) -> Option<Cell> {
        let width = width?;
        let content = cell.content();
        let is_cut = self.cut.contains(&self.columns[column]) && content.width() > width;
        Some(if is_cut { Cell::new(cut(&content, width)) } else { cell.clone() })
    }

    /// How wide each column is shown; `None` for those left out.
    fn fitted(&self) -> Vec<Option<usize>> {
        let last = self.columns.len().saturating_sub(1);
        let natural = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.content().width());
            cells.max().unwrap_or(0).max(self.columns[column].width())
        };
        let mut widths: Vec<Option<usize>> = (0..self.columns.len()).map(|column| Some(natural(column))).collect();
        let Some(available) = self.width else { return widths };
        let narrowest = |column: usize, width: usize| match () {
            () if self.wraps && column == last => width.min(WRAPPED),
            () if self.cut.contains(&self.columns[column]) => width.min(CUT),
            () => width,
        };
        let taken = |widths: &[Option<usize>], of: &dyn Fn(usize, usize) -> usize| {
            let shown = widths.iter().enumerate().filter_map(|(column, width)| Some(of(column, (*width)?)));
            shown.map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
        };
        for name in &self.sacrificed {
            if taken(&widths, &narrowest) <= available {
                break;
            }
            if let Some(column) = self.columns.iter().position(|column| column == name) {
                widths[column] = None;
            }
        }
        // A wide column that had to go may leave room for narrower ones; what matters most comes back first.
        for name in self.sacrificed.iter().rev() {
            let Some(column) = self.columns.iter().position(|column| column == name) else { continue };
            let left_out = widths[column].replace(natural(column));
            if left_out.is_none() && taken(&widths, &narrowest) > available {
                widths[column] = None;
            }
        }
        let mut excess = taken(&widths, &|_, width| width).saturating_sub(available);
        for column in (0..=last).rev() {
            if let Some(width) = widths[column] {
                let saved = (width - narrowest(column, width)).min(excess);
                widths[column] = Some(width - saved);
                excess -= saved;
            }
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: Option<u16>) -> String {
        let columns = ["id", "target", "share", "end", "comment"];
        let mut table = PlainTable::new(&columns, usize::MAX, width).wrapping().narrowing(&["target"], ["share"]);
        table.row([
            "1",
            "ip-10-114-237-165/Current Load",
            "100.0000%",
            "Sun 06:00",
            "a long comment about a kernel update",
        ]);
        table.row(["2", "web01", "50.0000%", "Mon 07:30", "short"]);
        table.text()
    }

    #[test]
    fn a_pipe_shows_all_on_one_line() {
        insta::assert_snapshot!(table(None), @"
        id  target                          share      end        comment
        1   ip-10-114-237-165/Current Load  100.0000%  Sun 06:00  a long comment about a kernel update
        2   web01                           50.0000%   Mon 07:30  short
        ");
    }

    #[test]
    fn a_narrow_terminal_wraps_then_cuts_then_leaves_out() {
        insta::assert_snapshot!(table(Some(90)), @"
        id  target                          share      end        comment
        1   ip-10-114-237-165/Current Load  100.0000%  Sun 06:00  a long comment about a kernel
                                                                  update
        2   web01                           50.0000%   Mon 07:30  short
        ");
        insta::assert_snapshot!(table(Some(75)), @"
        id  target                   share      end        comment
        1   ip-10-114-237-165/Curr…  100.0000%  Sun 06:00  a long comment about a
                                                           kernel update
        2   web01                    50.0000%   Mon 07:30  short
        ");
        insta::assert_snapshot!(table(Some(64)), @"
        id  target                   end        comment
        1   ip-10-114-237-165/Curr…  Sun 06:00  a long comment about a
                                                kernel update
        2   web01                    Mon 07:30  short
        ");
    }

    #[test]
    fn a_narrow_column_comes_back_where_a_wide_one_had_to_go() {
        let table = |width| {
            let mut table = PlainTable::new(&["id", "end", "left", "start", "comment"], usize::MAX, Some(width))
                .wrapping()
                .narrowing(&[], ["left", "start"]);
            table.row(["1", "Sun 06:00", "2h", "Sat 2026-11-21 22:00", "a long comment about a kernel update"]);
            table.text()
        };
        insta::assert_snapshot!(table(66), @"
        id  end        start                 comment
        1   Sun 06:00  Sat 2026-11-21 22:00  a long comment about a kernel
                                             update
        ");
        insta::assert_snapshot!(table(60), @"
        id  end        left  comment
        1   Sun 06:00  2h    a long comment about a kernel update
        ");
        insta::assert_snapshot!(table(40), @"
        id  end        comment
        1   Sun 06:00  a long comment about a
                       kernel update
        ");
    }
}
