//! `.ods`, streamed: calamine builds whole ranges of it, refuses white space between cells, and tells no merged cells.
//! It also knows names by their prefix, which a file may choose; here they are known by their namespace.

mod cell;
mod formats;
mod names;
mod styles;
mod text;

use std::collections::HashMap;

use calamine::Dimensions;
use quick_xml::events::{BytesStart, Event};

use super::build::{Book, Sheet};
use super::software;
use crate::finding::{Code, code};
use crate::grid::{CellRef, Drawn, Fact, MAX_COLS, MAX_ROWS, Value};
use crate::reader::package::{Budget, Package, Trouble};
use cell::{Cell, count};
use names::{Document, Space};
use styles::Styles;
use text::Drawing;

/// Reads all worksheets; returns the program that wrote the file.
pub(super) fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let limits = book.limits;
    let package = Package::open(bytes, limits.package_parts).map_err(Trouble::code)?;
    let mut budget = Budget::new(limits);
    let mut styles = Styles::default();
    let common = package.find("styles.xml").and_then(|entry| package.inflate(entry, COMMON, &mut budget).ok());
    // Where they are broken, cells are read as their values.
    let _ = common.map(|part| styles.read(&part));
    let entry = package.find("content.xml").ok_or(code::DAMAGED)?;
    let content = package.inflate_checked(entry, u64::MAX, &mut budget).map_err(Trouble::code)?;
    tables(&content, styles, book).map_err(|_| code::DAMAGED)?;
    drop(content);
    let meta = package.find("meta.xml").and_then(|entry| package.inflate(entry, 1 << 20, &mut budget).ok());
    Ok(meta.and_then(|meta| generator(&meta)))
}

/// Bytes of the styles that are kept apart from the content.
const COMMON: u64 = 16 << 20;

/// The tables of a document.
fn tables(content: &[u8], mut styles: Styles, book: &mut Book<'_>) -> quick_xml::Result<()> {
    let mut xml = Document::new(content);
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(e) => match xml.name(e.name()) {
                // Old values of cells, kept by the record of changes; cells of other files.
                (Space::Table, "tracked-changes" | "dde-links") => xml.skip(e)?,
                (Space::Office, "body") => styles.settle(),
                (Space::Table, "table") => {
                    let name = xml.attribute(e, Space::Table, "name").unwrap_or_default();
                    let style = xml.attribute(e, Space::Table, "style-name");
                    if book.admit(&name) {
                        let mut sheet = book.sheet(&name, style.is_some_and(|style| styles.hides(&style)));
                        Table::new(&styles).read(&mut xml, &mut sheet)?;
                        book.take(sheet);
                    } else {
                        xml.skip(e)?;
                    }
                }
                _ => styles.take(&xml, &event),
            },
            Event::Eof => return Ok(()),
            _ => styles.take(&xml, &event),
        }
    }
}

/// What is known of a table while its rows are read.
struct Table<'s> {
    styles: &'s Styles,
    /// The column after the last, and the style of those before it that have none of their own.
    columns: Vec<(u32, Option<String>)>,
    /// Controls of forms that keep their state to themselves, and what is written on them.
    controls: HashMap<String, String>,
    /// Cells whose links lead where another cell says.
    links: Vec<(CellRef, CellRef)>,
}

/// Columns of different styles, controls, and links through other cells of one table, at most.
const MOST: usize = 20_000;

impl<'s> Table<'s> {
    fn new(styles: &'s Styles) -> Table<'s> {
        Table { styles, columns: Vec::new(), controls: HashMap::new(), links: Vec::new() }
    }

    /// Rows that repeat are written out as far as the sheet takes them.
    fn read(mut self, xml: &mut Document<'_>, sheet: &mut Sheet) -> quick_xml::Result<()> {
        let mut row = 0_u32;
        let mut full = false;
        loop {
            match xml.next()? {
                Event::Start(e) => match xml.name(e.name()) {
                    (Space::Table, "table-row") => {
                        let repeated = xml.attribute(&e, Space::Table, "number-rows-repeated");
                        let next = row.saturating_add(repeated.map_or(1, |text| count(&text)));
                        // Of a row that a filter hides, it says "filter".
                        if xml.attribute(&e, Space::Table, "visibility").as_deref() == Some("collapse") {
                            sheet.hide_rows(row, next - 1);
                        }
                        let style = xml.attribute(&e, Space::Table, "default-cell-style-name");
                        let runs = self.row(xml, row, style.as_deref(), sheet)?;
                        if !runs.is_empty() && !full {
                            full = !(row..next.min(MAX_ROWS)).all(|row| runs.iter().all(|run| run.put(row, sheet)));
                        }
                        row = next;
                    }
                    (Space::Table, "table-column") => self.column(xml, &e, sheet),
                    (Space::Form, "checkbox" | "radio") => self.control(xml, &e),
                    // Drawings that stand on the sheet and at no cell.
                    (Space::Table, "shapes" | "named-expressions") => xml.skip(&e)?,
                    _ => {}
                },
                Event::End(e) if xml.name(e.name()) == (Space::Table, "table") => break,
                Event::Eof => break,
                _ => {}
            }
        }
        for (at, of) in self.links {
            if let Some(Value::Text(address)) = sheet.value(of).cloned() {
                sheet.see(at.row, at.col, Fact::Link(address));
            }
        }
        Ok(())
    }

    fn column(&mut self, xml: &Document<'_>, e: &BytesStart<'_>, sheet: &mut Sheet) {
        let first = self.columns.last().map_or(0, |(end, _)| *end);
        let repeated = xml.attribute(e, Space::Table, "number-columns-repeated");
        let end = first.saturating_add(repeated.map_or(1, |text| count(&text)));
        if matches!(xml.attribute(e, Space::Table, "visibility").as_deref(), Some("collapse" | "filter")) {
            sheet.hide_cols(first, end - 1);
        }
        if self.columns.len() < MOST {
            self.columns.push((end, xml.attribute(e, Space::Table, "default-cell-style-name")));
        }
    }

    fn control(&mut self, xml: &Document<'_>, e: &BytesStart<'_>) {
        let of_form = |name| xml.attribute(e, Space::Form, name);
        // What a cell holds is read there.
        if of_form("linked-cell").is_some_and(|cell| !cell.is_empty()) || self.controls.len() >= MOST {
            return;
        }
        let state = of_form("current-state").or_else(|| of_form("current-selected")).or_else(|| of_form("state"));
        let mark = if matches!(state.as_deref(), Some("checked" | "true")) { '☑' } else { '☐' };
        if let Some(id) = of_form("id") {
            self.controls.insert(id, format!("{mark} {}", of_form("label").unwrap_or_default()).trim().to_owned());
        }
    }

    /// The cells of one row that say anything.
    fn row(
        &mut self,
        xml: &mut Document<'_>,
        row: u32,
        default: Option<&str>,
        sheet: &mut Sheet,
    ) -> quick_xml::Result<Vec<Run>> {
        let mut runs = Vec::new();
        let mut col = 0_u32;
        loop {
            match xml.next()? {
                Event::Start(e)
                    if matches!(xml.name(e.name()), (Space::Table, "table-cell" | "covered-table-cell")) =>
                {
                    let cell = Cell::of(xml, &e);
                    let (wide, high) = cell.spanned;
                    if wide > 1 || high > 1 {
                        let end = (row.saturating_add(high - 1), col.saturating_add(wide - 1));
                        sheet.merge(&[Dimensions { start: (row, col), end }]);
                    }
                    let next = col.saturating_add(cell.repeated);
                    let mut content = text::of_cell(xml, self.styles)?;
                    for drawing in std::mem::take(&mut content.drawn) {
                        self.draw(CellRef::new(row, col), drawing, sheet);
                    }
                    let of_column = || {
                        let at = self.columns.partition_point(|(end, _)| *end <= col);
                        self.columns.get(at).and_then(|(_, style)| style.as_deref())
                    };
                    let style = cell.style.as_deref().or(default).or_else(of_column);
                    let (value, facts) = cell.seen(&mut content, style.and_then(|style| self.styles.cell(style)));
                    if let Some(other) = cell.address_in().filter(|_| self.links.len() < MOST) {
                        self.links.push((CellRef::new(row, col), other));
                    }
                    if value.is_some() || !facts.is_empty() {
                        runs.push(Run { first: col, end: next.min(MAX_COLS), value, facts });
                    }
                    col = next;
                }
                Event::End(e) if xml.name(e.name()) == (Space::Table, "table-row") => return Ok(runs),
                Event::Eof => return Ok(runs),
                _ => {}
            }
        }
    }

    /// Says what is drawn at a cell.
    fn draw(&self, from: CellRef, drawing: Drawing, sheet: &mut Sheet) {
        let text = match drawing.control {
            Some(id) => match self.controls.get(&id) {
                Some(label) => label.clone(),
                None => return,
            },
            None => drawing.text,
        };
        // The address names the sheet as well: `Phiếu.E13`, `$'Phiếu 1'.$E$13`.
        let cell = |address: String| address.rsplit('.').next()?.replace('$', "").parse::<CellRef>().ok();
        let to = drawing.to.and_then(cell).filter(|to| to.row >= from.row && to.col >= from.col);
        sheet.draw(Drawn { kind: drawing.kind, from, to: to.unwrap_or(from), text });
    }
}

/// Cells side by side that hold the same.
struct Run {
    first: u32,
    /// The column after the last.
    end: u32,
    value: Option<Value>,
    facts: Vec<Fact>,
}

impl Run {
    /// Puts the cells into a row. `false` when the sheet is full.
    fn put(&self, row: u32, sheet: &mut Sheet) -> bool {
        (self.first..self.end).all(|col| {
            self.value.as_ref().is_none_or(|value| sheet.put(row, col, value.clone()))
                && self.facts.iter().all(|fact| sheet.see(row, col, fact.clone()))
        })
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
