//! One sheet as it is written, from the top row down: texts, numbers, formulas with their results, dates, links, tables,
//! page set-up. The row of a text that wraps gets the height that it needs: not every program sees to that by itself.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Formula, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::cell::{Cached, Cell, Styled};
use super::{Content, Paper, Rows, lines, set_page};
use crate::grid::CellRef;
use crate::points::Points;
use crate::text::{Masked, cell_text, cut, into_cell_text};

/// Links of one sheet: Excel takes 65,530, and thousands already make a workbook slow to open. Beyond, the text alone.
const MAX_LINKS: usize = 10_000;
/// Bytes of a text that wraps. A longer one shows its beginning on one line and is whole in its cell: no row is so high that
/// it could be read, and breaking it into lines takes LibreOffice minutes.
const MOST_WRAPPED: usize = 6_000;
/// Width of a column that has none of its own, in characters.
const DEFAULT_WIDTH: f64 = 8.43;
/// Cells of a named table: the library remembers each one. A larger table has its filters and no name.
const MAX_TABLE: u64 = 50_000;
/// Characters of a link.
const MAX_LINK: usize = 2_000;

/// What writing gives.
pub type Written = Result<(), XlsxError>;

/// How high lines are in a document, in points, and how many letters stand in one.
#[derive(Debug, Clone, Copy)]
pub struct Leading {
    /// A line.
    pub line: f64,
    /// What a row has beside its lines.
    pub more: f64,
    /// A row at most.
    pub most: f64,
    /// A row of which nothing is said, as the workbook has it.
    pub row: f64,
    /// So much more than letters of the workbook's own size stand in a line.
    pub wider: f64,
    /// Columns are narrower than asked for by so much, for letters that are smaller than the workbook's own.
    pub narrower: f64,
    /// The letters of tables, in points.
    pub size: f64,
}

impl Leading {
    /// Letters of the standard size.
    pub const STANDARD: Leading =
        Leading { line: 16.5, more: 3.0, most: 409.0, row: 16.5, wider: 1.0, narrower: 1.0, size: super::SIZE };

    /// The height of a row of so many lines.
    pub fn height(&self, lines: u32) -> f64 {
        (f64::from(lines) * self.line + self.more).min(self.most)
    }
}

/// The columns of a table: each with its header, its width, and what stands in it for a row.
pub struct Columns<'c, R> {
    titles: Vec<(Cow<'c, str>, f64)>,
    cells: Vec<CellOf<'c, R>>,
}

/// Takes a row and its number on the sheet, which counts from 1.
type CellOf<'c, R> = Box<dyn Fn(&'c R, u32) -> Styled<'c> + 'c>;

impl<'c, R> Columns<'c, R> {
    /// No column yet, for tables of such rows.
    pub fn of(_: &'c [R]) -> Columns<'c, R> {
        Columns { titles: Vec::new(), cells: Vec::new() }
    }

    /// One more.
    pub fn with(
        mut self,
        title: impl Into<Cow<'c, str>>,
        width: f64,
        cell: impl Fn(&'c R, u32) -> Styled<'c> + 'c,
    ) -> Columns<'c, R> {
        self.titles.push((title.into(), width));
        self.cells.push(Box::new(cell));
        self
    }

    /// The last column.
    pub fn last(&self) -> u32 {
        self.titles.len() as u32 - 1
    }
}

/// The formats of a workbook.
pub trait Formats {
    /// Whether the workbook goes to people outside the office: then every text comes into it through the mask.
    const LEAVES_OFFICE: bool;
    /// How high its lines are.
    const LEADING: Leading;

    /// Of the header row of a table.
    fn heads(&self) -> &Format;

    /// Of a text in a table.
    fn texts(&self) -> &Format;

    /// Whether a format of texts that wrap is bold: its letters take more room.
    fn is_bold(&self, _: &Format) -> bool {
        false
    }
}

/// A sheet and the formats of its workbook.
pub struct Page<'a, L> {
    /// The sheet.
    pub ws: &'a mut Worksheet,
    /// The formats.
    pub look: &'a L,
    links: usize,
    /// Of a long sheet, the rows from those of its table on.
    rows: Option<&'a mut Rows>,
    /// Widths of the columns that have one of their own.
    widths: Vec<f64>,
    /// The last text of each of these and its lines: in long tables the next one is often the same.
    above: Vec<(String, u32)>,
    /// The row at work, and how many lines it has room for.
    tall: (u32, u32),
    /// How many lines a row has room for that has no height of its own.
    usual: u32,
}

impl<'a, L: Formats> Page<'a, L> {
    /// An empty sheet; a long one has `rows`.
    pub fn new(ws: &'a mut Worksheet, look: &'a L, rows: Option<&'a mut Rows>) -> Page<'a, L> {
        Page { ws, look, links: 0, rows, widths: Vec::new(), above: Vec::new(), tall: (0, 1), usual: 1 }
    }

    /// A text that wraps in its cell; the row grows with it.
    pub fn text(&mut self, at: CellRef, text: &str, format: &Format) -> Written {
        self.cell(at, Cell::text(text), format)
    }

    /// A text that stands on one line, over the cells to its right.
    pub fn line(&mut self, at: CellRef, text: &str, format: &Format) -> Written {
        self.cell(at, Cell::Line(text.into()), format)
    }

    /// A text on one line that the mask has seen already.
    pub fn masked_line(&mut self, at: CellRef, text: &Masked, format: &Format) -> Written {
        self.put(at, &Content::Text(&cell_text(text)), format)
    }

    /// A text over the cells of a row, up to a column.
    pub fn across(&mut self, at: CellRef, last: u32, text: &str, format: &Format) -> Written {
        self.block(at, CellRef::new(at.row, last), text, format)
    }

    /// A text over all cells from `at` to `last`.
    pub fn block(&mut self, at: CellRef, last: CellRef, text: &str, format: &Format) -> Written {
        match at == last {
            true if text.is_empty() => self.blank(at, format),
            true => self.line(at, text, format),
            false => {
                let text = safe::<L>(text.into());
                let format = wrapping(&text, format);
                self.ws.merge_range(at.row, col(at), last.row, col(last), &text, &format)?;
                Ok(())
            }
        }
    }

    fn put(&mut self, at: CellRef, content: &Content, format: &Format) -> Written {
        let (row, col) = (at.row, col(at));
        if let Some(rows) = self.own_rows(row) {
            return rows.put((row, col), content, format);
        }
        match content {
            Content::Text(text) => self.ws.write_string_with_format(row, col, *text, format)?,
            Content::Number(number) => self.ws.write_number_with_format(row, col, *number, format)?,
            Content::Formula(formula, result) => {
                self.ws.write_formula_with_format(row, col, Formula::new(*formula).set_result(*result), format)?
            }
            Content::Blank => self.ws.write_blank(row, col, format)?,
        };
        Ok(())
    }

    /// Where a row goes that is one of a long table.
    fn own_rows(&mut self, row: u32) -> Option<&mut Rows> {
        self.rows.as_deref_mut().filter(|rows| rows.holds(row))
    }

    fn set_height(&mut self, row: u32, height: f64) -> Written {
        match self.own_rows(row) {
            Some(rows) => rows.height(row, height)?,
            None => {
                self.ws.set_row_height(row, height)?;
            }
        }
        Ok(())
    }

    /// Makes room for a text that wraps.
    fn grow(&mut self, at: CellRef, text: &str, format: &Format) -> Written {
        let lines = self.lines_of(at.col, text, self.look.is_bold(format));
        self.grow_to(at.row, lines)
    }

    /// Makes room for so many lines.
    pub fn grow_to(&mut self, row: u32, lines: u32) -> Written {
        if self.tall.0 != row {
            self.tall = (row, 1);
        }
        if lines > self.tall.1 {
            self.tall = (row, lines);
            self.set_height(row, L::LEADING.height(lines))?;
        }
        Ok(())
    }

    /// How many lines the row at work has room for.
    pub fn lines_here(&self) -> u32 {
        self.tall.1
    }

    /// Lets the rows of a table have room for so many lines where nothing else is said. Comes before all that is written;
    /// the rows above the header keep one line.
    pub fn usual_lines(&mut self, lines: u32, head: u32) -> Written {
        for row in 1..head {
            self.ws.set_row_height(row, L::LEADING.height(1))?;
        }
        let height = L::LEADING.height(lines);
        self.usual = lines;
        self.ws.set_default_row_height(height);
        self.rows.iter_mut().for_each(|rows| rows.usual_height(height));
        Ok(())
    }

    /// Makes a row high enough for so many lines and for these texts, each given with its column, before they are written
    /// as lines.
    pub fn room(&mut self, row: u32, at_least: u32, texts: &[(u32, &str)]) -> Written {
        let lines = texts.iter().fold(at_least, |lines, (col, text)| lines.max(self.lines_of(*col, text, false)));
        if lines != self.usual {
            self.set_height(row, L::LEADING.height(lines))?;
        }
        Ok(())
    }

    /// How many lines a text takes in a column.
    pub fn lines_of(&mut self, col: u32, text: &str, bold: bool) -> u32 {
        let width = self.widths.get(col as usize).copied().unwrap_or(DEFAULT_WIDTH) * L::LEADING.wider;
        let Some((above, known)) = self.above.get_mut(col as usize) else { return lines(text, width, bold) };
        if bold {
            return lines(text, width, true);
        }
        if above != text {
            *known = lines(text, width, false);
            text.clone_into(above);
        }
        *known
    }

    /// An empty cell with its lines.
    pub fn blank(&mut self, at: CellRef, format: &Format) -> Written {
        self.put(at, &Content::Blank, format)
    }

    /// A number.
    pub fn number(&mut self, at: CellRef, number: f64, format: &Format) -> Written {
        self.put(at, &Content::Number(number), format)
    }

    /// A whole number.
    pub fn count(&mut self, at: CellRef, count: impl Into<f64>, format: &Format) -> Written {
        self.number(at, count.into(), format)
    }

    /// Points.
    pub fn points(&mut self, at: CellRef, points: Points, format: &Format) -> Written {
        self.number(at, points.to_f64(), format)
    }

    /// A formula with its result.
    pub fn formula(&mut self, at: CellRef, formula: &str, result: impl Into<Cached>, format: &Format) -> Written {
        let result = match result.into() {
            Cached::Number(number) => number.to_string(),
            Cached::Text(text) => safe::<L>(text.into()),
        };
        self.put(at, &Content::Formula(formula, &result), format)
    }

    /// A text that leads somewhere, if `target` says where; the text alone where there are too many links, or this one is
    /// too long.
    pub fn link(&mut self, at: CellRef, target: &str, text: &str, format: &Format) -> Written {
        let text = safe::<L>(text.into());
        self.grow(at, &text, format)?;
        self.link_line(at, target, text, format)
    }

    fn link_line(&mut self, at: CellRef, target: &str, text: String, format: &Format) -> Written {
        if self.links >= MAX_LINKS || target.is_empty() || text.is_empty() || target.encode_utf16().count() > MAX_LINK {
            let content = if text.is_empty() { Content::Blank } else { Content::Text(&text) };
            return self.put(at, &content, format);
        }
        self.links += 1;
        if let Some(rows) = self.own_rows(at.row) {
            rows.link((at.row, col(at)), target);
            return rows.put((at.row, col(at)), &Content::Text(&text), format);
        }
        self.ws.write_url_with_format(at.row, col(at), Url::new(target).set_text(text), format)?;
        Ok(())
    }

    /// A cell of a table.
    pub fn cell(&mut self, at: CellRef, cell: Cell, format: &Format) -> Written {
        match cell {
            Cell::Blank => self.blank(at, format),
            Cell::Text(text) if text.is_empty() => self.blank(at, format),
            Cell::Text(text) => {
                let text = safe::<L>(text);
                if text.len() <= MOST_WRAPPED {
                    self.grow(at, &text, format)?;
                }
                let format = wrapping(&text, format);
                self.put(at, &Content::Text(&text), &format)
            }
            Cell::Line(text) => self.put(at, &Content::Text(&safe::<L>(text)), format),
            Cell::Number(number) => self.number(at, number, format),
            Cell::Formula(formula, result) => self.formula(at, &formula, result, format),
            Cell::Link(target, text) => self.link(at, &target, &text, format),
            Cell::LinkLine(target, text) => self.link_line(at, &target, safe::<L>(text), format),
        }
    }

    /// Cells of a row, from a column on.
    pub fn cells<'t>(&mut self, at: CellRef, cells: impl IntoIterator<Item = Styled<'t>>) -> Written {
        (at.col..).zip(cells).try_for_each(|(col, (cell, format))| self.cell(CellRef::new(at.row, col), cell, format))
    }

    /// Widths of the columns of a table, from the first on; before anything is written whose row grows.
    pub fn columns<R>(&mut self, columns: &Columns<R>) -> Written {
        self.widths(columns.titles.iter().map(|(_, width)| *width))
    }

    /// A table with its rows, the header at `head`; where there are none, the first row says why. Returns the last row.
    pub fn list<'c, R>(
        &mut self,
        (name, head): (&str, u32),
        columns: &Columns<'c, R>,
        rows: &'c [R],
        none: &str,
    ) -> Result<u32, XlsxError> {
        let look = self.look;
        let headers: Vec<(&str, &Format)> = columns.titles.iter().map(|(title, _)| (&**title, look.heads())).collect();
        self.table(name, CellRef::new(head, 0), &headers, rows.len() as u32)?;
        for (at, row) in (head + 1..).zip(rows) {
            self.cells(CellRef::new(at, 0), columns.cells.iter().map(|cell| cell(row, at + 1)))?;
        }
        if rows.is_empty() {
            self.text(CellRef::new(head + 1, 0), none, look.texts())?;
        }
        Ok(head + rows.len().max(1) as u32)
    }

    /// The header row of a table whose rows follow, with filters; it has a name unless it is very large, or none is
    /// given. Its headers must be unique. Upright ones stand over three lines of nine points.
    pub fn table<T: AsRef<str>>(&mut self, name: &str, head: CellRef, headers: &[(T, &Format)], rows: u32) -> Written {
        let is_upright = |format: &Format| format.clone().set_rotation(0) != *format;
        let upright = headers.iter().filter(|(_, format)| is_upright(format));
        match upright.map(|(text, _)| text.as_ref().chars().count()).max() {
            Some(longest) => {
                self.ws.set_row_height(head.row, (longest as f64 * 1.9 + 16.0).clamp(80.0, 230.0))?;
            }
            // Room for the button of the filter.
            None => (0..).zip(headers).try_for_each(|(i, (text, format))| {
                self.grow(CellRef::new(head.row, head.col + i), &format!("{} ▾▾", text.as_ref()), format)
            })?,
        }
        let last = CellRef::new(head.row + rows.max(1), head.col + headers.len() as u32 - 1);
        let title = |text: &str| cut(&safe::<L>(text.into()), 250);
        if !name.is_empty() && u64::from(rows) * headers.len() as u64 <= MAX_TABLE {
            let column = |(text, format): &(T, &Format)| {
                TableColumn::new().set_header(title(text.as_ref())).set_header_format((*format).clone())
            };
            let columns: Vec<TableColumn> = headers.iter().map(column).collect();
            let table = Table::new().set_name(name).set_style(TableStyle::None).set_columns(&columns);
            self.ws.add_table(head.row, col(head), last.row, col(last), &table)?;
        } else {
            for (col, (text, format)) in (head.col..).zip(headers) {
                self.line(CellRef::new(head.row, col), &title(text.as_ref()), format)?;
            }
            self.ws.autofilter(head.row, col(head), last.row, col(last))?;
        }
        if let Some(rows) = &mut self.rows {
            rows.begin(head.row + 1);
        }
        Ok(())
    }

    /// A header row of a small table inside a sheet that holds several.
    pub fn heads(&mut self, at: CellRef, headers: &[&str]) -> Written {
        let look = self.look;
        self.cells(at, headers.iter().map(|text| (Cell::text(*text), look.heads())))
    }

    /// Widths of columns, in characters, from the first on.
    pub fn widths(&mut self, widths: impl IntoIterator<Item = f64>) -> Written {
        for width in widths {
            let width = width / L::LEADING.narrower;
            self.ws.set_column_width(self.widths.len() as u16, width)?;
            self.widths.push(width);
            self.above.push((String::new(), 1));
        }
        Ok(())
    }

    /// The smallest paper on which it can be read, fitted to the page's width, page numbers with the text at the foot, print
    /// area; the header row repeated, panes frozen below it. Comes last.
    pub fn set_up(&mut self, foot: &str, last: CellRef, head: Option<u32>, frozen: u16) -> Written {
        let widths = self.widths.iter().copied().take(last.col as usize + 1);
        let (paper, side_by_side) = Paper::of_table(widths, L::LEADING.size);
        set_page(self.ws, paper, foot);
        if side_by_side > 1 {
            self.ws.set_print_fit_to_pages(side_by_side, 0);
            if frozen > 0 {
                self.ws.set_repeat_columns(0, frozen - 1)?;
            }
        }
        self.ws.set_print_area(0, 0, last.row, col(last))?.set_screen_gridlines(false);
        if let Some(row) = head {
            self.ws.set_repeat_rows(row, row)?.set_freeze_panes(row + 1, frozen)?;
        }
        Ok(())
    }
}

/// The format of a text: without wrapping where that would help nobody.
fn wrapping<'f>(text: &str, format: &'f Format) -> Cow<'f, Format> {
    match text.len() > MOST_WRAPPED {
        true => Cow::Owned(format.clone().unset_text_wrap()),
        false => Cow::Borrowed(format),
    }
}

/// A text as it may stand in a cell of this workbook.
fn safe<L: Formats>(text: Cow<str>) -> String {
    match L::LEAVES_OFFICE {
        true => cell_text(&Masked::of(&text)),
        false => into_cell_text(text.into_owned()),
    }
}

/// A column as the library counts it. Who writes keeps to the limits of a sheet.
fn col(at: CellRef) -> u16 {
    at.col as u16
}

/// A path as a link holds it: percent-encoded where it must be. `None` where the library would encode it twice: it
/// leaves a text alone only if it finds one of its own escapes there, and `#` is not among them.
pub fn encoded(path: &str) -> Option<String> {
    const ESCAPES: [(char, &str); 11] = [
        ('%', "%25"),
        (' ', "%20"),
        ('"', "%22"),
        ('<', "%3c"),
        ('>', "%3e"),
        ('[', "%5b"),
        (']', "%5d"),
        ('^', "%5e"),
        ('`', "%60"),
        ('{', "%7b"),
        ('}', "%7d"),
    ];
    let mut out = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        match ESCAPES.iter().find(|(sign, _)| *sign == c) {
            Some((_, escape)) => out.push_str(escape),
            None if c == '#' => out.push_str("%23"),
            None if c.is_control() => return None,
            None => out.push(c),
        }
    }
    let left_alone = ESCAPES.iter().any(|(_, escape)| out.contains(escape));
    (left_alone || !out.contains('%')).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded_once() {
        assert_eq!(encoded("nop/a b#1.xlsx").as_deref(), Some("nop/a%20b%231.xlsx"));
        assert_eq!(encoded("nop/Trường.xlsx").as_deref(), Some("nop/Trường.xlsx"));
        assert_eq!(encoded("nop/100%.xlsx").as_deref(), Some("nop/100%25.xlsx"));
        assert_eq!(encoded("nop/a#1.xlsx"), None);
    }
}
