//! `.ods`, streamed: calamine builds whole ranges of it, refuses white space between cells, and tells no merged cells.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::build::{Book, Sheet};
use super::{iso_date, iso_duration};
use crate::finding::{Code, code};
use crate::grid::{MAX_COLS, MAX_ROWS, Value};
use crate::reader::format_code::share_text;
use crate::reader::package::{Budget, Package, Trouble};

type Xml<'a> = Reader<&'a [u8]>;

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
    let mut xml = reader(content);
    let mut buffer = Vec::new();
    let mut style = String::new();
    let mut hidden: Vec<String> = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "style" => style = attribute(&e, "style:name").unwrap_or_default(),
                "table-properties" if attribute(&e, "table:display").as_deref() == Some("false") => {
                    hidden.push(std::mem::take(&mut style));
                }
                // Old values of cells, kept by the record of changes.
                "tracked-changes" => skip(&mut xml, &e)?,
                "table" => {
                    let name = attribute(&e, "table:name").unwrap_or_default();
                    let is_hidden = attribute(&e, "table:style-name").is_some_and(|style| hidden.contains(&style));
                    if book.admit(&name) {
                        let mut sheet = book.sheet(&name, is_hidden);
                        table(&mut xml, &mut sheet)?;
                        book.take(sheet);
                    } else {
                        skip(&mut xml, &e)?;
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
fn table(xml: &mut Xml<'_>, sheet: &mut Sheet) -> quick_xml::Result<()> {
    let mut buffer = Vec::new();
    let mut row = 0_u32;
    let mut full = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "table-row" => {
                    let repeated = count(&e, "table:number-rows-repeated");
                    let cells = cells_of(xml, row, sheet)?;
                    let last = row.saturating_add(repeated).min(MAX_ROWS);
                    if !cells.is_empty() && !full {
                        full = !(row..last)
                            .all(|row| cells.iter().all(|(col, value)| sheet.put(row, *col, value.clone())));
                    }
                    row = row.saturating_add(repeated);
                }
                // Drawings on the sheet hold texts, and may hold tables of their own.
                "shapes" | "forms" | "named-expressions" => skip(xml, &e)?,
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "table" => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The non-blank cells of one row.
fn cells_of(xml: &mut Xml<'_>, row: u32, sheet: &mut Sheet) -> quick_xml::Result<Vec<(u32, Value)>> {
    let mut buffer = Vec::new();
    let mut cells = Vec::new();
    let mut col = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(e) if matches!(e.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                let repeated = count(&e, "table:number-columns-repeated");
                let (wide, high) = (count(&e, "table:number-columns-spanned"), count(&e, "table:number-rows-spanned"));
                if wide > 1 || high > 1 {
                    let end = (row.saturating_add(high - 1), col.saturating_add(wide - 1));
                    sheet.merge(&[calamine::Dimensions { start: (row, col), end }]);
                }
                let cell = Cell::of(&e);
                let text = text_of(xml)?;
                if let Some(value) = cell.value(text) {
                    let last = col.saturating_add(repeated).min(MAX_COLS);
                    cells.extend((col..last).map(|col| (col, value.clone())));
                }
                col = col.saturating_add(repeated);
            }
            Event::End(e) if e.local_name().as_ref() == "table-row" => return Ok(cells),
            Event::Eof => return Ok(cells),
            _ => {}
        }
    }
}

/// What the attributes of a cell say.
#[derive(Default)]
struct Cell {
    kind: String,
    value: Option<String>,
    is_error: bool,
    has_formula: bool,
}

impl Cell {
    fn of(e: &BytesStart<'_>) -> Cell {
        let mut cell = Cell::default();
        for attribute in e.attributes().with_checks(false).flatten() {
            let text = || unescape(&attribute.value).map(|text| text.into_owned()).unwrap_or_default();
            match attribute.key.as_ref() {
                "office:value-type" => cell.kind = text(),
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => cell.value = Some(text()),
                "calcext:value-type" => cell.is_error = &*attribute.value == "error",
                "table:formula" => cell.has_formula = true,
                _ => {}
            }
        }
        cell
    }

    /// The value, given the text that the cell shows.
    fn value(self, shown: String) -> Option<Value> {
        let stored = self.value.unwrap_or_default();
        match self.kind.as_str() {
            // LibreOffice keeps an error as the text that it shows.
            _ if self.is_error || self.has_formula && is_error(&shown) => Some(Value::Error(shown)),
            "float" | "currency" => {
                stored.trim().parse().map_or_else(|_| some_text(stored), |n| Some(Value::Number(n)))
            }
            "percentage" => match stored.trim().parse::<f64>() {
                Ok(share) if share.is_finite() => Some(Value::Text(share_text(share))),
                _ => some_text(stored),
            },
            "date" => iso_date(&stored).map_or_else(|| some_text(stored), |date| Some(Value::Date(date))),
            "time" => iso_duration(&stored).map_or_else(|| some_text(stored), |days| Some(Value::Number(days))),
            "boolean" => Some(Value::Bool(stored.eq_ignore_ascii_case("true"))),
            "" if self.has_formula => Some(Value::Uncomputed),
            _ if stored.is_empty() => some_text(shown),
            _ => some_text(stored),
        }
    }
}

fn some_text(text: String) -> Option<Value> {
    (!text.is_empty()).then_some(Value::Text(text))
}

fn is_error(text: &str) -> bool {
    text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A'])
}

/// The paragraphs that a cell shows, up to its end; notes and drawings are not part of it.
fn text_of(xml: &mut Xml<'_>) -> quick_xml::Result<String> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let mut paragraphs = 0;
    let mut inside = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "p" | "h" => {
                    inside += 1;
                    paragraphs += 1;
                    if paragraphs > 1 {
                        text.push('\n');
                    }
                }
                "s" if inside > 0 => {
                    // No run of spaces is longer than a cell's text.
                    let spaces = count(&e, "text:c").min(crate::reader::limits::CELL_TEXT as u32);
                    text.extend(std::iter::repeat_n(' ', spaces as usize));
                }
                "tab" if inside > 0 => text.push('\t'),
                "line-break" if inside > 0 => text.push('\n'),
                "annotation" | "detective" => skip(xml, &e)?,
                _ if e.name().as_ref().starts_with("draw:") => skip(xml, &e)?,
                _ => {}
            },
            Event::Text(t) if inside > 0 => text.push_str(&t.xml10_content()),
            Event::CData(t) if inside > 0 => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if inside > 0 => {
                if let Ok(Some(c)) = r.resolve_char_ref() {
                    text.push(c);
                } else if let Some(known) = quick_xml::escape::resolve_predefined_entity(&r.xml10_content()) {
                    text.push_str(known);
                }
            }
            Event::End(e) => match e.local_name().as_ref() {
                "p" | "h" => inside = inside.saturating_sub(1),
                "table-cell" | "covered-table-cell" => return Ok(text),
                _ => {}
            },
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

fn reader(bytes: &[u8]) -> Xml<'_> {
    let mut xml = Reader::from_reader(bytes);
    xml.config_mut().expand_empty_elements = true;
    xml.config_mut().check_end_names = false;
    xml
}

fn skip(xml: &mut Xml<'_>, e: &BytesStart<'_>) -> quick_xml::Result<()> {
    xml.read_to_end_into(e.name(), &mut Vec::new()).map(|_| ())
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    unescape(&found.value).ok().map(|text| text.into_owned())
}

/// How often, how wide: 1 where nothing sensible is said.
fn count(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

fn generator(meta: &[u8]) -> Option<String> {
    let mut xml = reader(meta);
    let mut buffer = Vec::new();
    let mut inside = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(e) => inside = e.local_name().as_ref() == "generator",
            Event::Text(t) if inside => {
                // `LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/...`: the program and its version.
                let text = t.xml10_content();
                let program = text.split(['$', ' ']).next().unwrap_or_default().replace('/', " ");
                return super::software(Some(&program), None);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
