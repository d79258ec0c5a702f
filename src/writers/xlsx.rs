//! Workbooks: font, colours, page set-up, the rows of tables. Knows no word of the domain and no sheet's content.

mod book;
mod cell;
mod formula;
mod lines;
mod long;
mod one_list;
mod page;
mod row_formula;
pub mod stamp;
mod worksheet;
mod xml;

use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::finding::Severity;
use crate::text::{cell_text, clean, cut};

pub use book::{Book, WorkbookError, to_bytes, to_file};
pub use cell::{Cached, Cell, Styled, excel_time};
pub use formula::{nested, quoted};
pub use lines::{lines, usual_lines};
pub use long::{Content, Rows};
pub use one_list::Plain;
pub use page::{Columns, Formats, Leading, Page, Written, encoded};
pub use row_formula::RowFormula;

/// The font of everything that is printed (Nghị định 30/2020/NĐ-CP).
pub const FONT: &str = "Times New Roman";
/// Its size, in points.
pub const SIZE: f64 = 13.0;

/// Colours, as `0xRRGGBB`. Each can be told apart in grey too, and none is the only carrier of a meaning.
pub mod colour {
    /// Header rows.
    pub const HEADER: u32 = 0xD6E0F0;
    /// Rows of groups.
    pub const GROUP: u32 = 0xE4EBF5;
    /// Rows of criteria.
    pub const CRITERION: u32 = 0xF3F6FA;
    /// Cells that people fill in.
    pub const INPUT: u32 = 0xFFFBE8;
    /// Cells that must be filled in and are blank.
    pub const MISSING: u32 = 0xFFE699;
    /// Cells whose value cannot be.
    pub const WRONG: u32 = 0xF4B6A8;
    /// Cells that bear a note.
    pub const NOTED: u32 = 0xDCE9F7;
    /// Cells that do not apply.
    pub const IDLE: u32 = 0xEDEDED;
    /// Warnings in letters, and wrong values.
    pub const ALARM: u32 = 0x9C0006;
    /// Links.
    pub const LINK: u32 = 0x0B4F9E;
    /// Quiet text.
    pub const QUIET: u32 = 0x595959;
    /// Lines between cells.
    pub const LINE: u32 = 0x8C9AB0;
}

/// The tint of a cell with a finding of this weight.
pub fn tint(severity: Severity) -> u32 {
    match severity {
        Severity::Error => colour::WRONG,
        Severity::Warning => colour::MISSING,
        Severity::Note => colour::NOTED,
    }
}

/// Text of the standard font and size.
pub fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE)
}

/// A cell of a table: thin lines, wrapped text, centred vertically.
pub fn cell() -> Format {
    base()
        .set_border(FormatBorder::Thin)
        .set_border_color(colour::LINE)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// A cell of a header row.
pub fn header() -> Format {
    cell().set_bold().set_align(FormatAlign::Center).set_background_color(colour::HEADER)
}

/// A workbook whose cells have the standard font from the start.
///
/// # Errors
/// None that is known.
pub fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // Excel's own measures for this font and size: rows of 22 pixels, columns of 80.
    workbook.set_default_format(&base(), 22, 80)?;
    Ok(workbook)
}

/// What the properties of a workbook say.
#[derive(Debug, Clone, Copy)]
pub struct Document<'d> {
    /// Its title.
    pub title: &'d str,
    /// What it is about.
    pub subject: &'d str,
    /// The office that makes it, as author and company; empty where there is none.
    pub office: &'d str,
    /// What else is to be said.
    pub comment: &'d str,
    /// When it is made; a time that the format cannot hold is left out.
    pub created: DateTime,
}

impl Document<'_> {
    /// As the library takes it.
    pub fn properties(&self) -> DocProperties {
        let short = |text: &str| cut(&cell_text(text), 255);
        let author = if self.office.is_empty() { "cds".to_owned() } else { short(self.office) };
        let properties = DocProperties::new()
            .set_title(short(self.title))
            .set_subject(short(self.subject))
            .set_author(author)
            .set_company(short(self.office))
            .set_comment(short(self.comment));
        match excel_time(self.created) {
            Some(created) => properties.set_creation_datetime(&created),
            None => properties,
        }
    }
}

/// Which way a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Upright.
    Portrait,
    /// On its side.
    Landscape,
    /// On its side and twice as large, for wide tables.
    LandscapeA3,
}

/// Pixels of a column so many characters wide: 9 for each of the workbook's font, 5 beside them.
fn pixels(characters: f64) -> f64 {
    characters * 9.0 + 5.0
}

/// Characters that a column of so many pixels holds.
pub fn characters(pixels: f64) -> f64 {
    (pixels - 5.0) / 9.0
}

/// Points of columns of these widths in characters: 96 pixels are 72 points.
fn points(widths: impl IntoIterator<Item = f64>) -> f64 {
    widths.into_iter().map(|width| pixels(width) * 0.75).sum()
}

/// No letter is printed smaller than this, in points.
const LEAST_PRINTED: f64 = 8.0;

impl Paper {
    /// The paper on its side that prints a table of columns of these widths, in characters, in letters of `size` points
    /// that can be read, and over how many pages it lies side by side where even the larger one is too small.
    pub fn of_table(widths: impl IntoIterator<Item = f64>, size: f64) -> (Paper, u16) {
        // Between the margins of half an inch, and a little room.
        const A4: f64 = 765.0;
        const A3: f64 = 1110.0;
        let smallest = points(widths) * LEAST_PRINTED / size;
        let paper = if smallest <= A4 { Paper::Landscape } else { Paper::LandscapeA3 };
        (paper, (smallest / A3).ceil().max(1.0) as u16)
    }
}

/// Fitted to the page's width, with "Trang x/y" at the foot. `left` stands at the foot's left side.
pub fn set_page(sheet: &mut Worksheet, paper: Paper, left: &str) {
    const A3: u8 = 8;
    const A4: u8 = 9;
    sheet.set_paper_size(if paper == Paper::LandscapeA3 { A3 } else { A4 });
    sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    match paper {
        Paper::Portrait => sheet.set_margins(0.8, 0.6, 0.7, 0.8, 0.3, 0.4),
        Paper::Landscape | Paper::LandscapeA3 => sheet.set_landscape().set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.35),
    };
    sheet.set_footer(foot(left));
}

/// The foot of every printed page, in the codes of workbooks.
fn foot(left: &str) -> String {
    let font = format!("&\"{FONT},Regular\"&10");
    format!("&L{font}{}&R{font}Trang &P/&N", margin_text(left))
}

/// A line at the head of every printed page.
pub fn set_page_head(sheet: &mut Worksheet, text: &str) {
    sheet.set_header(format!("&C&\"{FONT},Bold\"&11{}", margin_text(text)));
}

/// Text for a page's head or foot: `&` starts a code there, and the whole may hold 255 characters.
fn margin_text(text: &str) -> String {
    let text = cut(&clean(text), 80).replace('&', "&&");
    // A digit right after the size of the font would be taken as part of it.
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!(" {text}") } else { text }
}

/// Makes a row as high as so many lines of text need. A row of one line is left alone: it grows with what is typed.
pub fn set_lines(sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
    if let Some(height) = height_of(lines) {
        sheet.set_row_height(row, height)?;
    }
    Ok(())
}

/// Points of a pixel.
const PIXEL: f64 = 0.75;

/// A height in points as the pixels that a program shows.
fn pixels_of(points: f64) -> u32 {
    (points / PIXEL).round() as u32
}

/// A height in points as a program shows it.
fn shown_height(points: f64) -> f64 {
    f64::from(pixels_of(points)) * PIXEL
}

/// The height of a row of so many lines, in points; `None` for one that grows by itself.
fn height_of(lines: u32) -> Option<f64> {
    const LINE: f64 = 16.5;
    const HIGHEST_ROW: f64 = 409.0;
    (lines > 1).then(|| (f64::from(lines) * LINE + 3.0).min(HIGHEST_ROW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_show_ampersands() {
        assert_eq!(margin_text("Trường TH&THCS A"), "Trường TH&&THCS A");
        assert_eq!(margin_text("80100012 A"), " 80100012 A");
    }
}
