//! What the sheets look like, and how each stands on its page: title, remarks, one table. Knows no outcome.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, FormatAlign};

use crate::grid::CellRef;
use crate::writers::xlsx::{self, Cached, Cell, Columns, Formats, Leading, Styled, Written, colour};

/// Size of the letters in tables.
const SIZE: f64 = 12.0;

/// A sheet of the office's own workbook.
pub type Page<'a> = xlsx::Page<'a, Look>;

/// All formats.
pub struct Look {
    base: Format,
    title: Format,
    quiet: Format,
    text: Format,
    mid: Format,
    fine: Format,
    share: Format,
    day: Format,
    head: Format,
}

impl Formats for Look {
    const LEAVES_OFFICE: bool = false;
    const LEADING: Leading = Leading { wider: xlsx::SIZE / SIZE, size: SIZE, ..Leading::STANDARD };

    fn heads(&self) -> &Format {
        &self.head
    }

    fn texts(&self) -> &Format {
        &self.text
    }
}

impl Look {
    /// All formats.
    pub fn new() -> Look {
        let cell = xlsx::cell().set_font_size(SIZE).set_align(FormatAlign::Top);
        let mid = cell.clone().set_align(FormatAlign::Center);
        Look {
            base: xlsx::base(),
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

    /// Every format; the workbook's own first.
    pub fn all(&self) -> Vec<&Format> {
        let Look { base, title, quiet, text, mid, fine, share, day, head } = self;
        vec![base, title, quiet, text, mid, fine, share, day, head]
    }

    /// A text that wraps.
    pub fn text<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.text)
    }

    /// A short text, centred.
    pub fn mid<'c>(&'c self, text: impl Into<Cow<'c, str>>) -> Styled<'c> {
        (Cell::text(text), &self.mid)
    }

    /// A number; blank where it is not known.
    pub fn number(&self, number: impl Into<Cached>) -> Styled<'_> {
        (Cell::number(number), &self.mid)
    }

    /// A day; blank where there is none.
    pub fn day(&self, day: Option<Date>) -> Styled<'_> {
        (Cell::day(day), &self.day)
    }

    /// A formula with the number that it gives, or an empty text.
    pub fn formula(&self, formula: String, result: impl Into<Cached>) -> Styled<'_> {
        (Cell::formula(formula, result), &self.mid)
    }

    /// A formula with a number that is shown to two places.
    pub fn fine(&self, formula: String, result: f64) -> Styled<'_> {
        (Cell::formula(formula, result), &self.fine)
    }

    /// A formula that gives a share, with that share.
    pub fn share(&self, formula: String, result: f64) -> Styled<'_> {
        (Cell::formula(formula, result), &self.share)
    }
}

/// Writes a sheet: its title, lines on what it holds, one table with its rows. Where there are none, `none` says so.
pub fn write<'c, R>(
    page: &mut Page,
    title: &str,
    lines: &[Line],
    columns: &Columns<'c, R>,
    rows: &'c [R],
    none: &str,
) -> Written {
    let look = page.look;
    page.columns(columns)?;
    page.line(CellRef::new(0, 0), title, &look.title)?;
    for (row, line) in (1..).zip(lines) {
        match line {
            Line::Text(text) => page.line(CellRef::new(row, 0), text, &look.quiet)?,
            Line::Day(label, day, col) => {
                page.line(CellRef::new(row, 0), label, &look.quiet)?;
                let format = look.quiet.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
                page.cell(CellRef::new(row, *col), Cell::day(*day), &format)?;
            }
        }
    }
    let head = 1 + lines.len() as u32;
    let mut last = page.list(("", head), columns, rows, "–")?;
    if rows.is_empty() {
        last += 1;
        page.line(CellRef::new(last, 0), none, &look.quiet)?;
    }
    let foot = format!("{} (lưu hành nội bộ)", page.ws.name());
    page.set_up(&foot, CellRef::new(last, columns.last()), Some(head), 0)?;
    page.ws.set_zoom(85);
    Ok(())
}

/// A line above the table.
pub enum Line {
    /// A remark, over the cells to its right.
    Text(String),
    /// A day that formulas refer to, in a column, with what it is.
    Day(&'static str, Date, u32),
}
