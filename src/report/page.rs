//! One sheet as it is written, from the top row down: texts, numbers, formulas with their results, links, tables, page set-up.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::look::Look;
use super::plan::Tab;
use crate::grid::CellRef;
use crate::points::Points;
use crate::text::{Masked, cell_text, cut};
use crate::writers::xlsx::{self, Body, Content};

/// Links of one sheet: Excel takes 65,530, and thousands already make a workbook slow to open. Beyond, the text alone.
const MAX_LINKS: usize = 10_000;
/// Width of a column that has none of its own, in characters.
const DEFAULT_WIDTH: f64 = 8.43;
/// Height of a line of 11 points.
const LINE_HEIGHT: f64 = 14.5;
/// Height of a row at most.
const MAX_HEIGHT: f64 = 405.0;
/// Cells of a named table: the library remembers each one. A larger table has its filters and no name.
const MAX_TABLE: u64 = 50_000;
/// Characters of a link.
const MAX_LINK: usize = 2_000;

type Written = Result<(), XlsxError>;

/// What a formula gives, as the program computed it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cached {
    /// A number.
    Number(f64),
    /// A text that does not look like a number.
    Text(String),
}

impl From<Points> for Cached {
    fn from(points: Points) -> Cached {
        Cached::Number(points.to_f64())
    }
}

impl From<f64> for Cached {
    fn from(number: f64) -> Cached {
        Cached::Number(number)
    }
}

impl From<u32> for Cached {
    fn from(count: u32) -> Cached {
        Cached::Number(f64::from(count))
    }
}

impl From<usize> for Cached {
    fn from(count: usize) -> Cached {
        Cached::Number(count as f64)
    }
}

impl From<String> for Cached {
    fn from(text: String) -> Cached {
        Cached::Text(text)
    }
}

impl From<&str> for Cached {
    fn from(text: &str) -> Cached {
        Cached::Text(text.to_owned())
    }
}

/// A sheet and the formats. The report goes to people outside the office: every text comes into it through the mask.
pub struct Page<'a> {
    /// The sheet.
    pub ws: &'a mut Worksheet,
    /// The formats.
    pub look: &'a Look,
    /// Where the copies of the returns lie, if the workbook lies beside them, as that of a frozen result does.
    pub copies: Option<&'a BTreeMap<&'a str, String>>,
    links: usize,
    /// The rows of the sheet's table.
    body: Body,
    /// Widths of the columns that have one of their own.
    widths: Vec<f64>,
    /// The last text of each of these and its lines: in long tables the next one is often the same.
    above: Vec<(String, u32)>,
    /// The row at work, and how many lines it has room for.
    tall: (u32, u32),
    /// How many lines a row has room for that has no height of its own.
    usual: u32,
}

impl<'a> Page<'a> {
    /// An empty sheet.
    pub fn new(ws: &'a mut Worksheet, look: &'a Look) -> Page<'a> {
        Page {
            ws,
            look,
            copies: None,
            links: 0,
            body: Body::default(),
            widths: Vec::new(),
            above: Vec::new(),
            tall: (0, 1),
            usual: 1,
        }
    }

    /// A text that wraps in its cell; the row grows with it.
    pub fn text(&mut self, at: CellRef, text: &str, format: &Format) -> Written {
        if text.is_empty() {
            return self.blank(at, format);
        }
        let text = Masked::of(text);
        self.grow(at, &text)?;
        self.masked(at, &text, format)
    }

    /// A text that stands on one line, over the cells to its right.
    pub fn line(&mut self, at: CellRef, text: &str, format: &Format) -> Written {
        self.masked(at, &Masked::of(text), format)
    }

    fn masked(&mut self, at: CellRef, text: &Masked, format: &Format) -> Written {
        self.put(at, Content::Text(cell_text(text)), format)
    }

    /// A text over several cells of a row.
    pub fn across(&mut self, at: CellRef, last: u32, text: &str, format: &Format) -> Written {
        let text = cell_text(&Masked::of(text));
        self.ws.merge_range(at.row, col(at), at.row, last as u16, &text, format)?;
        Ok(())
    }

    fn put(&mut self, at: CellRef, content: Content, format: &Format) -> Written {
        self.body.write(self.ws, (at.row, col(at)), content, format)
    }

    /// Gives a row of the table a format of its own, before its cells are written.
    pub fn row(&mut self, row: u32, format: &Format) -> Written {
        self.body.row(self.ws, row, format)
    }

    /// Makes room for a text that wraps: not every program does it when it opens a workbook.
    fn grow(&mut self, at: CellRef, text: &str) -> Written {
        if self.tall.0 != at.row {
            self.tall = (at.row, 1);
        }
        let lines = self.lines_of(at.col, text);
        if lines > self.tall.1 {
            self.tall = (at.row, lines);
            self.ws.set_row_height(at.row, height_of(lines))?;
        }
        Ok(())
    }

    /// Lets the rows of a long table have room for so many lines where nothing else is said: the library remembers each
    /// row that has a height of its own. Comes before all that is written; the rows above the header keep one line.
    pub fn usual_lines(&mut self, lines: u32, head: u32) -> Written {
        for row in 1..head {
            self.ws.set_row_height(row, height_of(1))?;
        }
        self.ws.set_default_row_height(height_of(lines));
        self.usual = lines;
        Ok(())
    }

    /// Makes a row high enough for so many lines and for these texts, each given with its column, before they are written
    /// as lines.
    pub fn room(&mut self, row: u32, at_least: u32, texts: &[(u32, &str)]) -> Written {
        let lines = texts.iter().fold(at_least, |lines, (col, text)| lines.max(self.lines_of(*col, text)));
        if lines != self.usual {
            self.ws.set_row_height(row, height_of(lines))?;
        }
        Ok(())
    }

    /// How many lines a text takes in a column.
    pub fn lines_of(&mut self, col: u32, text: &str) -> u32 {
        let width = self.widths.get(col as usize).copied().unwrap_or(DEFAULT_WIDTH);
        let Some((above, lines)) = self.above.get_mut(col as usize) else { return xlsx::lines(text, width, false) };
        if above != text {
            *lines = xlsx::lines(text, width, false);
            text.clone_into(above);
        }
        *lines
    }

    /// An empty cell with its lines.
    pub fn blank(&mut self, at: CellRef, format: &Format) -> Written {
        self.put(at, Content::Blank, format)
    }

    /// A number.
    pub fn number(&mut self, at: CellRef, number: f64, format: &Format) -> Written {
        self.put(at, Content::Number(number), format)
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
            Cached::Text(text) => Masked::of(&text).to_string(),
        };
        self.put(at, Content::Formula(Formula::new(formula).set_result(result)), format)
    }

    /// A date and time, a day alone where no time of it is known; empty where not known.
    pub fn time(&mut self, at: CellRef, time: Option<DateTime>) -> Written {
        let look = self.look;
        if let Some(day) = time.filter(|time| time.time() == Time::midnight()) {
            return self.day(at, Some(day.date()));
        }
        match time.and_then(|time| excel_time(time).ok()) {
            Some(time) => self.number(at, time.to_excel(), &look.time),
            None => self.blank(at, &look.time),
        }
    }

    /// A date; empty where not known.
    pub fn day(&mut self, at: CellRef, day: Option<Date>) -> Written {
        let look = self.look;
        match day.and_then(|day| excel_day(day).ok()) {
            Some(day) => self.number(at, day.to_excel(), &look.day),
            None => self.blank(at, &look.day),
        }
    }

    /// A text that leads to a sheet of this workbook.
    pub fn link_to(&mut self, at: CellRef, tab: &Tab, cell: CellRef, text: &str, format: &Format) -> Written {
        self.link(at, format!("internal:{}!{cell}", tab.quoted), text, format)
    }

    /// A text that leads to a file of the office folder, to a cell of it where one is given; nowhere where the file's or
    /// the sheet's name is private. A run lies two folders below the office folder; a frozen result's report lies beside
    /// copies of what counts, and of nothing else.
    pub fn link_file(
        &mut self,
        at: CellRef,
        file: &str,
        place: Option<(&str, CellRef)>,
        text: &str,
        format: &Format,
    ) -> Written {
        let is_private = |name: &str| Masked::of(name).is_changed();
        let (up, file) = match self.copies {
            Some(copies) => ("", copies.get(file).map(String::as_str)),
            None => ("../../", Some(file)),
        };
        let file = file.filter(|file| !is_private(file) && !place.is_some_and(|(sheet, _)| is_private(sheet)));
        let path = file.and_then(encoded);
        let Some(path) = path else { return self.text(at, text, format) };
        let anchor = match place {
            Some((sheet, cell)) if !sheet.is_empty() => format!("#'{}'!{cell}", sheet.replace('\'', "''")),
            _ => String::new(),
        };
        self.link(at, format!("file:///{up}{path}{anchor}"), text, format)
    }

    fn link(&mut self, at: CellRef, target: String, text: &str, format: &Format) -> Written {
        if self.links >= MAX_LINKS || text.is_empty() || target.encode_utf16().count() > MAX_LINK {
            return self.text(at, text, format);
        }
        let text = &Masked::of(text);
        self.links += 1;
        if !std::ptr::eq(format, &self.look.small_link) {
            self.grow(at, text)?;
        }
        let url = Url::new(target).set_text(cell_text(text));
        self.ws.write_url_with_format(at.row, col(at), &url, format)?;
        Ok(())
    }

    /// Title in A1, a line on what the sheet holds in A2, remarks from A3 on; returns the row after them.
    pub fn title(&mut self, title: &str, holds: &str, remarks: &[String]) -> Result<u32, XlsxError> {
        let look = self.look;
        self.ws.set_row_height(0, 24)?;
        self.line(CellRef::new(0, 0), title, &look.title)?;
        self.line(CellRef::new(1, 0), holds, &look.note)?;
        for (row, remark) in (2..).zip(remarks) {
            self.line(CellRef::new(row, 0), remark, &look.note)?;
        }
        Ok(2 + remarks.len() as u32)
    }

    /// The header row of a table whose rows follow, with filters; it has a name unless it is very large. Its headers must
    /// be unique.
    pub fn table(&mut self, name: &str, head: CellRef, headers: &[(String, &Format)], rows: u32) -> Written {
        let is_upright = |format: &Format| std::ptr::eq(format, &self.look.head_up);
        let longest =
            headers.iter().filter(|(_, format)| is_upright(format)).map(|(text, _)| text.chars().count()).max();
        if let Some(longest) = longest {
            // Upright headers run over three lines of nine points.
            self.ws.set_row_height(head.row, (longest as f64 * 1.7 + 16.0).clamp(80.0, 230.0))?;
        }
        for (i, (text, _)) in (0..).zip(headers).filter(|_| longest.is_none()) {
            // Room for the button of the filter.
            self.grow(CellRef::new(head.row, head.col + i), &format!("{text} ▾▾"))?;
        }
        let last = CellRef::new(head.row + rows.max(1), head.col + headers.len() as u32 - 1);
        if u64::from(rows) * headers.len() as u64 <= MAX_TABLE {
            let column = |(text, format): &(String, &Format)| {
                TableColumn::new()
                    .set_header(cut(&cell_text(&Masked::of(text)), 250))
                    .set_header_format((*format).clone())
            };
            let columns: Vec<TableColumn> = headers.iter().map(column).collect();
            let table = Table::new().set_name(name).set_style(TableStyle::None).set_columns(&columns);
            self.ws.add_table(head.row, col(head), last.row, col(last), &table)?;
        } else {
            for (col, (text, format)) in (head.col..).zip(headers) {
                self.line(CellRef::new(head.row, col), &cut(&cell_text(&Masked::of(text)), 250), format)?;
            }
            self.ws.autofilter(head.row, col(head), last.row, col(last))?;
        }
        self.body = Body::new(self.ws, head.row + 1..last.row + 1, col(head)..col(last) + 1)?;
        Ok(())
    }

    /// A header row of a small table inside a sheet that holds several.
    pub fn heads(&mut self, at: CellRef, headers: &[&str]) -> Written {
        let look = self.look;
        for (i, text) in (0..).zip(headers) {
            self.text(CellRef::new(at.row, at.col + i), text, &look.head)?;
        }
        Ok(())
    }

    /// Widths of columns, in characters, from the first on.
    pub fn widths(&mut self, widths: impl IntoIterator<Item = f64>) -> Written {
        for width in widths {
            self.ws.set_column_width(self.widths.len() as u16, width)?;
            self.widths.push(width);
            self.above.push((String::new(), 1));
        }
        Ok(())
    }

    /// A4, fitted to the page's width, page numbers, print area; header rows repeated, panes frozen below them.
    pub fn set_up(&mut self, landscape: bool, last: CellRef, head_row: Option<u32>, frozen_cols: u16) -> Written {
        let paper = if landscape { xlsx::Page::Landscape } else { xlsx::Page::Portrait };
        let name = self.ws.name();
        let ws = &mut self.ws;
        xlsx::set_page(ws, paper, &name);
        ws.set_print_area(0, 0, last.row, col(last))?;
        if let Some(row) = head_row {
            ws.set_repeat_rows(row, row)?;
            ws.set_freeze_panes(row + 1, frozen_cols)?;
        }
        ws.set_screen_gridlines(false);
        Ok(())
    }
}

/// The height of a row of so many lines, in points.
fn height_of(lines: u32) -> f64 {
    (f64::from(lines) * LINE_HEIGHT + 1.0).min(MAX_HEIGHT)
}

/// A column as the library counts it. The plan keeps to the limits of a sheet.
fn col(at: CellRef) -> u16 {
    at.col as u16
}

fn excel_time(time: DateTime) -> Result<ExcelDateTime, XlsxError> {
    excel_day(time.date())?.and_hms(time.hour() as u16, time.minute() as u8, f64::from(time.second()))
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)
}

/// A path as a link holds it: percent-encoded where it must be. `None` where the library would encode it twice: it
/// leaves a text alone only if it finds one of its own escapes there, and `#` is not among them.
fn encoded(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        match c {
            '%' => out.push_str("%25"),
            '#' => out.push_str("%23"),
            ' ' => out.push_str("%20"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3c"),
            '>' => out.push_str("%3e"),
            '[' => out.push_str("%5b"),
            ']' => out.push_str("%5d"),
            '^' => out.push_str("%5e"),
            '`' => out.push_str("%60"),
            '{' => out.push_str("%7b"),
            '}' => out.push_str("%7d"),
            c if c.is_control() => return None,
            c => out.push(c),
        }
    }
    let escapes = ["%25", "%20", "%22", "%3c", "%3e", "%5b", "%5d", "%5e", "%60", "%7b", "%7d"];
    let left_alone = escapes.iter().any(|escape| out.contains(escape));
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
