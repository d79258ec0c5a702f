//! `.ods`, streamed: calamine builds whole ranges of it, refuses white space between cells, and tells no merged cells.
//! It also knows names by their prefix, which a file may choose; here they are known by their namespace.

mod cell;
mod names;
mod text;

use calamine::Dimensions;
use quick_xml::events::Event;

use super::build::{Book, Sheet};
use super::software;
use crate::finding::{Code, code};
use crate::grid::{MAX_COLS, MAX_ROWS, Value};
use crate::reader::package::{Budget, Package, Trouble};
use cell::{Cell, count};
use names::{Document, Space};

/// Reads all worksheets; returns the program that wrote the file.
pub(super) fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let limits = book.limits;
    let package = Package::open(bytes, limits.package_parts).map_err(Trouble::code)?;
    let mut budget = Budget::new(limits);
    let entry = package.find("content.xml").ok_or(code::DAMAGED)?;
    let content = package.inflate_checked(entry, u64::MAX, &mut budget).map_err(Trouble::code)?;
    tables(&content, book).map_err(|_| code::DAMAGED)?;
    drop(content);
    let meta = package.find("meta.xml").and_then(|entry| package.inflate(entry, 1 << 20, &mut budget).ok());
    Ok(meta.and_then(|meta| generator(&meta)))
}

/// The tables of a document, and which of them are hidden by their style.
fn tables(content: &[u8], book: &mut Book<'_>) -> quick_xml::Result<()> {
    let mut xml = Document::new(content);
    let mut style = String::new();
    let mut hidden: Vec<String> = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(e) => match xml.name(e.name()) {
                (Space::Style, "style") => style = xml.attribute(&e, Space::Style, "name").unwrap_or_default(),
                (Space::Style, "table-properties")
                    if xml.attribute(&e, Space::Table, "display").as_deref() == Some("false") =>
                {
                    hidden.push(std::mem::take(&mut style));
                }
                // Old values of cells, kept by the record of changes; cells of other files.
                (Space::Table, "tracked-changes" | "dde-links") => xml.skip(&e)?,
                (Space::Table, "table") => {
                    let name = xml.attribute(&e, Space::Table, "name").unwrap_or_default();
                    let style = xml.attribute(&e, Space::Table, "style-name");
                    if book.admit(&name) {
                        let mut sheet = book.sheet(&name, style.is_some_and(|style| hidden.contains(&style)));
                        table(&mut xml, &mut sheet)?;
                        book.take(sheet);
                    } else {
                        xml.skip(&e)?;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// One table: rows that repeat are written out as far as the sheet takes them.
fn table(xml: &mut Document<'_>, sheet: &mut Sheet) -> quick_xml::Result<()> {
    let mut row = 0_u32;
    let mut full = false;
    loop {
        match xml.next()? {
            Event::Start(e) => match xml.name(e.name()) {
                (Space::Table, "table-row") => {
                    let repeated = xml.attribute(&e, Space::Table, "number-rows-repeated");
                    let runs = runs_of(xml, row, sheet)?;
                    let next = row.saturating_add(repeated.map_or(1, |text| count(&text)));
                    if !runs.is_empty() && !full {
                        full = !(row..next.min(MAX_ROWS)).all(|row| runs.iter().all(|run| run.put(row, sheet)));
                    }
                    row = next;
                }
                // Drawings on the sheet hold texts, and may hold tables of their own.
                (Space::Table, "shapes" | "named-expressions") | (Space::Office, "forms") => xml.skip(&e)?,
                _ => {}
            },
            Event::End(e) if xml.name(e.name()) == (Space::Table, "table") => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Cells side by side that hold the same.
struct Run {
    first: u32,
    /// The column after the last.
    end: u32,
    value: Value,
}

impl Run {
    /// Puts the cells into a row. `false` when the sheet is full.
    fn put(&self, row: u32, sheet: &mut Sheet) -> bool {
        (self.first..self.end).all(|col| sheet.put(row, col, self.value.clone()))
    }
}

/// The non-blank cells of one row.
fn runs_of(xml: &mut Document<'_>, row: u32, sheet: &mut Sheet) -> quick_xml::Result<Vec<Run>> {
    let mut runs = Vec::new();
    let mut col = 0_u32;
    loop {
        match xml.next()? {
            Event::Start(e) if matches!(xml.name(e.name()), (Space::Table, "table-cell" | "covered-table-cell")) => {
                let cell = Cell::of(xml, &e);
                let (wide, high) = cell.spanned;
                if wide > 1 || high > 1 {
                    let end = (row.saturating_add(high - 1), col.saturating_add(wide - 1));
                    sheet.merge(&[Dimensions { start: (row, col), end }]);
                }
                let next = col.saturating_add(cell.repeated);
                if let Some(value) = cell.value(text::of_cell(xml)?) {
                    runs.push(Run { first: col, end: next.min(MAX_COLS), value });
                }
                col = next;
            }
            Event::End(e) if xml.name(e.name()) == (Space::Table, "table-row") => return Ok(runs),
            Event::Eof => return Ok(runs),
            _ => {}
        }
    }
}

/// `LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/...`: the program and its version.
fn generator(meta: &[u8]) -> Option<String> {
    let mut xml = Document::new(meta);
    let mut inside = false;
    loop {
        match xml.next().ok()? {
            Event::Start(e) => inside = xml.name(e.name()) == (Space::Meta, "generator"),
            Event::Text(text) if inside => {
                let text = text.xml10_content();
                let program = text.split(['$', ' ']).next().unwrap_or_default().replace('/', " ");
                return software(Some(&program), None);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
