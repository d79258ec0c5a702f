//! One sheet as it is written from the top row down: title, remarks, tables of cells, page set-up. Knows no outcome.

use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::excel_date;
use crate::points::Points;
use crate::text::{cell_text, into_cell_text};
use crate::writers::xlsx::{self, Body, Content, colour};

type Written = Result<(), XlsxError>;

/// Size of the letters in tables.
const SIZE: f64 = 12.0;
/// So much more than letters of the standard size stand in a line.
const WIDER: f64 = xlsx::SIZE / SIZE;

/// What stands in a cell of a table.
#[derive(Debug, Clone)]
pub enum Cell {
    /// A text that wraps.
    Text(String),
    /// A short text, centred.
    Mid(String),
    /// A number.
    Number(f64),
    /// A day; empty where there is none.
    Day(Option<Date>),
    /// A formula with the number that it gives.
    Formula(String, f64),
    /// A formula with a number that is shown to two places.
    Fine(String, f64),
    /// A formula that gives a share, with that share.
    Share(String, f64),
    /// A formula that gives an empty text.
    Nothing(String),
}

impl From<Points> for Cell {
    fn from(points: Points) -> Cell {
        Cell::Number(points.to_f64())
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Cell {
        Cell::Number(count as f64)
    }
}

impl Cell {
    /// A text that wraps.
    pub fn text(text: impl ToString) -> Cell {
        Cell::Text(text.to_string())
    }

    /// A short text, centred.
    pub fn mid(text: impl ToString) -> Cell {
        Cell::Mid(text.to_string())
    }

    /// A formula with its result, where it gives one.
    pub fn formula(formula: String, result: Option<f64>) -> Cell {
        match result {
            Some(result) => Cell::Formula(formula, result),
            None => Cell::Nothing(formula),
        }
    }
}

struct Look {
    title: Format,
    quiet: Format,
    text: Format,
    mid: Format,
    fine: Format,
    share: Format,
    day: Format,
    head: Format,
}

impl Look {
    fn new() -> Look {
        let cell = xlsx::cell().set_font_size(SIZE).set_align(FormatAlign::Top);
        let mid = cell.clone().set_align(FormatAlign::Center);
        Look {
            title: xlsx::base().set_bold().set_font_size(16),
            quiet: xlsx::base().set_font_size(SIZE).set_font_color(Color::RGB(colour::QUIET)),
            fine: mid.clone().set_num_format("0.00"),
            share: mid.clone().set_num_format("0%"),
            day: mid.clone().set_num_format("dd/mm/yyyy"),
            head: xlsx::header().set_font_size(SIZE),
            text: cell,
            mid,
        }
    }
}

/// Every format of a sheet that has no line with a day above its table.
pub fn formats() -> [Format; 8] {
    let Look { title, quiet, text, mid, fine, share, day, head } = Look::new();
    [title, quiet, text, mid, fine, share, day, head]
}

/// A sheet and the row to be written next, counted from 0.
pub struct Page<'a> {
    /// The sheet.
    pub sheet: &'a mut Worksheet,
    /// The row to be written next.
    pub row: u32,
    look: Look,
    widths: Vec<f64>,
    body: Body,
}

impl<'a> Page<'a> {
    /// An empty sheet.
    pub fn new(sheet: &'a mut Worksheet) -> Page<'a> {
        Page { sheet, row: 0, look: Look::new(), widths: Vec::new(), body: Body::default() }
    }

    /// Title, a line on what the sheet holds, remarks; they run over the cells to their right.
    pub fn title(&mut self, title: &str, holds: &str, remarks: &[String]) -> Written {
        self.sheet.write_string_with_format(0, 0, cell_text(title), &self.look.title)?;
        self.row = 1;
        self.remark(holds)?;
        remarks.iter().try_for_each(|remark| self.remark(remark))
    }

    /// A line above or below a table.
    pub fn remark(&mut self, text: &str) -> Written {
        self.sheet.write_string_with_format(self.row, 0, cell_text(text), &self.look.quiet)?;
        self.row += 1;
        Ok(())
    }

    /// A line with a day that formulas refer to, in the row to be written next.
    pub fn run_day(&mut self, label: &str, day: Date, col: u16) -> Written {
        self.sheet.write_string_with_format(self.row, 0, label, &self.look.quiet)?;
        let day_format = self.look.quiet.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
        self.sheet.write_datetime_with_format(self.row, col, excel_date(day)?, &day_format)?;
        self.row += 1;
        Ok(())
    }

    /// The table: header row with filters over so many rows, widths; the header is repeated on every page.
    pub fn table(&mut self, columns: &[(&str, f64)], rows: usize) -> Written {
        for (col, (_, width)) in (0..).zip(columns) {
            self.sheet.set_column_width(col, *width)?;
        }
        self.widths = columns.iter().map(|(_, width)| *width).collect();
        let head = self.row;
        self.sheet.set_repeat_rows(head, head)?.set_freeze_panes(head + 1, 0)?;
        if rows > 0 {
            self.sheet.autofilter(head, 0, head + rows as u32, columns.len() as u16 - 1)?;
        }
        let body = head + 1..head + 1 + rows.max(1) as u32;
        self.body = Body::new(self.sheet, body, 0..columns.len() as u16)?;
        self.heads(columns.iter().map(|(title, _)| *title))
    }

    /// The header row.
    fn heads<'t>(&mut self, titles: impl Iterator<Item = &'t str>) -> Written {
        let titles: Vec<&str> = titles.collect();
        // Room for the button of the filter.
        let needed =
            titles.iter().zip(&self.widths).map(|(title, width)| xlsx::lines(title, (width - 3.0) * WIDER, true));
        xlsx::set_lines(self.sheet, self.row, needed.max().unwrap_or(1))?;
        for (col, title) in (0..).zip(titles) {
            self.sheet.write_string_with_format(self.row, col, title, &self.look.head)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The next row of a table.
    pub fn cells(&mut self, cells: Vec<Cell>) -> Written {
        let needed = cells.iter().zip(&self.widths).map(|(cell, width)| match cell {
            Cell::Text(text) | Cell::Mid(text) => xlsx::lines(text, *width * WIDER, false),
            _ => 1,
        });
        xlsx::set_lines(self.sheet, self.row, needed.max().unwrap_or(1))?;
        for (col, cell) in (0..).zip(cells) {
            self.cell(col, cell)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, col: u16, cell: Cell) -> Written {
        let look = &self.look;
        let with = |formula: String, result: String| Content::Formula(Formula::new(formula).set_result(result));
        let (content, format) = match cell {
            Cell::Text(text) => (Content::Text(into_cell_text(text)), &look.text),
            Cell::Mid(text) => (Content::Text(into_cell_text(text)), &look.mid),
            Cell::Number(number) => (Content::Number(number), &look.mid),
            Cell::Day(Some(day)) => (Content::Number(excel_date(day)?.to_excel()), &look.day),
            Cell::Day(None) => (Content::Blank, &look.day),
            Cell::Formula(formula, result) => (with(formula, result.to_string()), &look.mid),
            Cell::Fine(formula, result) => (with(formula, result.to_string()), &look.fine),
            Cell::Share(formula, result) => (with(formula, result.to_string()), &look.share),
            Cell::Nothing(formula) => (with(formula, String::new()), &look.mid),
        };
        self.body.write(self.sheet, (self.row, col), content, format)
    }

    /// Says in the first row of a table why it has none.
    pub fn empty(&mut self, why: &str) -> Written {
        self.cells(vec![Cell::text(why)])
    }

    /// A4 on its side, fitted to the page's width, page numbers, print area.
    pub fn finish(&mut self) -> Written {
        let name = self.sheet.name();
        xlsx::set_page(self.sheet, xlsx::Page::Landscape, &format!("{name} (lưu hành nội bộ)"));
        let last = self.widths.len().max(1) as u16 - 1;
        self.sheet.set_print_area(0, 0, self.row.saturating_sub(1), last)?;
        self.sheet.set_screen_gridlines(false).set_zoom(85);
        Ok(())
    }
}

/// Names in a row, the first few of them.
pub fn listed<S: AsRef<str>>(names: &[S], most: usize) -> String {
    let first: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(most) {
        0 => first.join(", "),
        more => format!("{} và {more} nữa", first.join(", ")),
    }
}
