//! What is put on one sheet of a blank: cells, heights of rows, notes, links, what stands at the foot. The same ink goes
//! onto a sheet of the library, for one workbook, and through a [`super::Stamp`], for many.

use std::collections::HashMap;
use std::sync::Arc;

use rust_xlsxwriter::{Format, Note, ObjectMovement, Url, Worksheet, XlsxError};

use crate::grid::CellRef;
use crate::text::cut;
use crate::writers::xlsx::{FONT, foot, height_of};

/// Author of the notes, which no program shows with them.
pub(super) const AUTHOR: &str = "cds";
/// Size of a note's letters, in points.
pub(super) const NOTE_SIZE: u32 = 12;
/// Width of a note, in pixels.
pub(super) const NOTE_WIDTH: u32 = 300;
/// What a note may hold.
const NOTE_TEXT: usize = 2000;

/// A formula with the result that a spreadsheet program will compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    pub(super) text: Arc<str>,
    pub(super) result: String,
}

impl Formula {
    /// A formula, without `=`.
    pub fn new(text: impl Into<Arc<str>>) -> Formula {
        Formula { text: text.into(), result: "0".to_owned() }
    }

    /// With its result: a number as a number is written, else a text.
    pub fn set_result(self, result: impl Into<String>) -> Formula {
        Formula { result: result.into(), ..self }
    }
}

impl From<Formula> for rust_xlsxwriter::Formula {
    fn from(formula: Formula) -> rust_xlsxwriter::Formula {
        rust_xlsxwriter::Formula::new(&*formula.text).set_result(formula.result)
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing but its look.
    Blank,
    /// A text that is safe in a cell.
    Text(String),
    /// A finite number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A formula with its result.
    Formula(Formula),
}

impl Value {
    /// A text that is safe in a cell; nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Value {
        match text.into() {
            text if text.is_empty() => Value::Blank,
            text => Value::Text(text),
        }
    }
}

/// How a cell looks: one of the formats of a [`Looks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Look(pub(super) u16);

/// The formats that cells may have, each once.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    formats: Vec<Format>,
    known: HashMap<Format, Look>,
}

impl Looks {
    /// The look of a format. A workbook of ours has some dozens; 65,536 would be more than a worksheet can tell apart.
    pub fn of(&mut self, format: &Format) -> Look {
        if let Some(look) = self.known.get(format) {
            return *look;
        }
        let look = Look(self.formats.len() as u16);
        self.formats.push(format.clone());
        self.known.insert(format.clone(), look);
        look
    }

    /// All of them, in the order of their numbers.
    pub(super) fn formats(&self) -> &[Format] {
        &self.formats
    }

    fn format(&self, look: Look) -> &Format {
        &self.formats[usize::from(look.0)]
    }
}

/// A cell: its row and column, what it holds, how it looks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub at: (u32, u16),
    pub value: Value,
    pub look: Look,
}

/// Where a cell leads to within the workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub at: (u32, u16),
    pub to: String,
    /// What the cell shows.
    pub text: String,
}

/// A note on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noted {
    pub at: (u32, u16),
    pub text: String,
    /// In pixels.
    pub height: u32,
}

/// What is printed of a sheet: to which cell, and which row again on each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed {
    pub to: (u32, u16),
    pub head: u32,
}

/// What is put on one sheet. A cell that is written twice holds what was written last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ink {
    pub(super) cells: Vec<Cell>,
    pub(super) heights: Vec<(u32, f64)>,
    /// Cells of a row that are one: row, first and last column.
    pub(super) spans: Vec<(u32, u16, u16)>,
    pub(super) links: Vec<Link>,
    pub(super) notes: Vec<Noted>,
    pub(super) break_before: Option<u32>,
    pub(super) foot: Option<String>,
    pub(super) printed: Option<Printed>,
}

impl Ink {
    /// A cell.
    pub fn put(&mut self, row: u32, col: u16, value: Value, look: Look) {
        self.cells.push(Cell { at: (row, col), value, look });
    }

    /// Cells of a row that are one on the blank already.
    pub fn across(&mut self, row: u32, (first, last): (u16, u16), value: Value, look: Look) {
        self.put(row, first, value, look);
        (first + 1..=last).for_each(|col| self.put(row, col, Value::Blank, look));
    }

    /// Several cells of a row that are made one.
    pub fn span(&mut self, row: u32, (first, last): (u16, u16), value: Value, look: Look) {
        self.across(row, (first, last), value, look);
        self.spans.push((row, first, last));
    }

    /// A cell that leads to another, `'Sheet'!D12`.
    pub fn link(&mut self, row: u32, col: u16, text: String, to: String, look: Look) {
        self.put(row, col, Value::text(text.as_str()), look);
        self.links.push(Link { at: (row, col), to, text });
    }

    /// The height of a row, in points.
    pub fn height(&mut self, row: u32, points: f64) {
        self.heights.push((row, points));
    }

    /// Makes a row as high as so many lines of text need, as [`set_lines`](crate::writers::xlsx::set_lines) does.
    pub fn lines(&mut self, row: u32, lines: u32) {
        self.heights.extend(height_of(lines).map(|points| (row, points)));
    }

    /// A note on a cell, as high as its text needs.
    pub fn note(&mut self, row: u32, col: u16, text: &str) {
        let lines = text.lines().map(|line| 1 + line.chars().count() / 40).sum::<usize>() as u32;
        self.notes.push(Noted { at: (row, col), text: cut(text, NOTE_TEXT), height: 24 + 20 * lines.min(20) });
    }

    /// A printed page ends above this row.
    pub fn break_before(&mut self, row: u32) {
        self.break_before = Some(row);
    }

    /// What stands at the left of the foot of every printed page.
    pub fn foot(&mut self, text: &str) {
        self.foot = Some(foot(text));
    }

    /// What is printed: all from A1 to this cell, and on each page the row `head` again.
    pub fn print(&mut self, row: u32, col: u16, head: u32) {
        self.printed = Some(Printed { to: (row, col), head });
    }

    /// Puts it on a sheet of the library.
    ///
    /// # Errors
    /// When a cell is not one of a sheet, or cannot hold what is put there.
    pub fn onto(&self, sheet: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
        for &(row, first, last) in &self.spans {
            sheet.merge_range(row, first, row, last, "", &Format::new())?;
        }
        for Cell { at: (row, col), value, look } in &self.cells {
            let (row, col, format) = (*row, *col, looks.format(*look));
            match value {
                Value::Blank => sheet.write_blank(row, col, format)?,
                Value::Text(text) => sheet.write_string_with_format(row, col, text, format)?,
                Value::Number(number) => sheet.write_number_with_format(row, col, *number, format)?,
                Value::Bool(is) => sheet.write_boolean_with_format(row, col, *is, format)?,
                Value::Formula(formula) => sheet.write_formula_with_format(row, col, formula.clone(), format)?,
            };
        }
        for Link { at, to, text } in &self.links {
            let Some(cell) = self.cells.iter().rev().find(|cell| cell.at == *at) else { continue };
            let link = Url::new(format!("internal:{to}")).set_text(text);
            sheet.write_url_with_format(at.0, at.1, link, looks.format(cell.look))?;
        }
        for &(row, points) in &self.heights {
            sheet.set_row_height(row, points)?;
        }
        for Noted { at: (row, col), text, height } in &self.notes {
            let note = Note::new(text)
                .add_author_prefix(false)
                .set_author(AUTHOR)
                .set_font_name(FONT)
                .set_font_size(NOTE_SIZE)
                .set_width(NOTE_WIDTH)
                .set_height(*height)
                .set_object_movement(ObjectMovement::DontMoveOrSizeWithCells);
            sheet.insert_note(*row, *col, &note)?;
        }
        if let Some(row) = self.break_before {
            sheet.set_page_breaks(&[row])?;
        }
        if let Some(foot) = &self.foot {
            sheet.set_footer(foot);
        }
        if let Some(Printed { to: (row, col), head }) = self.printed {
            sheet.set_print_area(0, 0, row, col)?.set_repeat_rows(head, head)?;
        }
        Ok(())
    }
}

/// The address of a cell, `D12`.
pub(super) fn address((row, col): (u32, u16)) -> crate::digits::Digits {
    CellRef::new(row, u32::from(col)).digits()
}

/// The same as it stands in a formula that is copied, `$D$12`.
pub(super) fn absolute((row, col): (u32, u16)) -> String {
    format!("${}${}", CellRef::column_letters(u32::from(col)), row + 1)
}
