//! Where the cells and lines of a page stand on the sheet.

use html5gum::emitters::default::StartTag;

use super::attribute;
use super::text::Text;
use crate::grid::{CellRef, MAX_COLS, MAX_ROWS, Value};
use crate::reader::excel::build::Sheet;

/// As browsers have it.
const MOST_COLSPAN: u32 = 1000;
const MOST_ROWSPAN: u32 = 65_534;
/// Cells of rows above that reach down: more than any form has; further ones do not.
const MOST_REACHING: usize = 1000;
/// Tables within one another; a deeper one goes on in the one around it.
const MOST_TABLES: usize = 32;

/// A page in the making.
pub(super) struct Page {
    sheet: Sheet,
    row: u32,
    tables: Vec<Table>,
    cell: Option<Cell>,
    /// The text outside of cells.
    line: Text,
    /// Nothing is read until this element ends.
    skipped: Option<&'static [u8]>,
    rows: u32,
    full: bool,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    /// A row of it is open.
    in_row: bool,
    /// The column of its next cell.
    col: u32,
    /// First column, the column behind the last, and the last row of cells that reach down.
    reaching: Vec<(u32, u32, u32)>,
    /// How texts of the open row look.
    look: Text,
}

/// A cell that is open.
struct Cell {
    at: CellRef,
    end: CellRef,
    text: Text,
}

impl Page {
    pub fn new(sheet: Sheet) -> Page {
        let (line, tables) = (Text::default(), Vec::new());
        Page { sheet, row: 0, tables, cell: None, line, skipped: None, rows: 0, full: false }
    }

    /// Whether more would only be left out.
    pub fn is_full(&self) -> bool {
        self.full || self.row >= MAX_ROWS
    }

    /// An element begins.
    pub fn open(&mut self, tag: &StartTag<()>) {
        match self.skipped {
            // The next entry of a list ends the one before.
            Some(b"option") if tag.name == b"option" => self.skipped = None,
            Some(_) => return,
            None => {}
        }
        match &tag.name[..] {
            b"script" => self.skipped = Some(b"script"),
            b"style" => self.skipped = Some(b"style"),
            b"title" => self.skipped = Some(b"title"),
            b"template" => self.skipped = Some(b"template"),
            // Of a list to choose from only what is chosen is an answer.
            b"option" if attribute(tag, b"selected").is_none() => self.skipped = Some(b"option"),
            b"table" => self.open_table(),
            b"tr" => self.open_row(tag),
            b"td" | b"th" => self.open_cell(tag),
            b"input" => self.control(tag),
            b"br" | b"p" | b"div" | b"li" | b"ul" | b"ol" | b"hr" | b"center" | b"h1" | b"h2" | b"h3" | b"h4"
            | b"h5" | b"h6" => {
                self.end_line();
            }
            _ => self.text().open(tag),
        }
    }

    /// An element ends.
    pub fn close(&mut self, name: &[u8]) {
        if let Some(skipped) = self.skipped {
            // The end of a list ends its last entry.
            if name == skipped || (skipped == b"option" && name == b"select") {
                self.skipped = None;
            }
            return;
        }
        match name {
            b"table" => self.close_table(),
            b"tr" => self.end_row(),
            b"td" | b"th" => self.end_cell(),
            b"p" | b"div" | b"li" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.end_line(),
            _ => self.text().close(name),
        }
    }

    /// A text between tags.
    pub fn say(&mut self, text: &str) {
        if self.skipped.is_none() {
            self.text().push(text);
        }
    }

    /// The sheet, if the page has a row of a table.
    pub fn finish(mut self) -> Option<Sheet> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.flush();
        (self.rows > 0).then_some(self.sheet)
    }

    fn text(&mut self) -> &mut Text {
        self.cell.as_mut().map_or(&mut self.line, |cell| &mut cell.text)
    }

    /// A line ends: within a cell it parts the text, outside it is a row.
    fn end_line(&mut self) {
        match &mut self.cell {
            Some(cell) => cell.text.part("\n"),
            None => self.flush(),
        }
    }

    /// Puts the text outside of cells into a row of its own.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.row += u32::from(self.put(CellRef::new(self.row, 0), line));
    }

    /// Puts a text into a cell. Whether there was any.
    fn put(&mut self, at: CellRef, text: Text) -> bool {
        let (text, facts) = text.finish();
        let says = !text.trim().is_empty();
        if says {
            self.full |= !self.sheet.put(at.row, at.col, Value::Text(text));
        }
        let seen = says || !facts.is_empty();
        facts.into_iter().for_each(|fact| _ = self.sheet.see(at.row, at.col, fact));
        seen
    }

    fn open_table(&mut self) {
        self.end_cell();
        self.flush();
        if self.tables.len() < MOST_TABLES {
            // A table within a row stands below what that row has so far.
            self.row += u32::from(self.tables.last().is_some_and(|table| table.in_row));
            self.tables.push(Table::default());
        }
    }

    fn close_table(&mut self) {
        self.end_cell();
        self.flush();
        self.end_row();
        self.tables.pop();
    }

    fn open_row(&mut self, tag: &StartTag<()>) {
        self.end_row();
        self.flush();
        if self.tables.is_empty() {
            self.tables.push(Table::default());
        }
        let is_hidden = attribute(tag, b"hidden").is_some()
            || attribute(tag, b"style").is_some_and(|style| {
                style.split_whitespace().collect::<String>().to_ascii_lowercase().contains("display:none")
            });
        if is_hidden {
            self.sheet.hide_rows(self.row, self.row);
        }
        if let Some(table) = self.tables.last_mut() {
            (table.in_row, table.col) = (true, 0);
            table.look = Text::default().within(tag);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let row = self.row;
        if let Some(table) = self.tables.last_mut().filter(|table| table.in_row) {
            table.in_row = false;
            table.reaching.retain(|(_, _, last)| *last > row);
            self.row += 1;
            self.rows += 1;
        }
    }

    fn open_cell(&mut self, tag: &StartTag<()>) {
        self.end_cell();
        if !self.tables.last().is_some_and(|table| table.in_row) {
            self.open_row(&StartTag::default());
        }
        let row = self.row;
        let Some(table) = self.tables.last_mut() else { return };
        let span = |name: &[u8], most: u32| {
            let span = attribute(tag, name).and_then(|span| span.trim().parse::<u32>().ok());
            span.unwrap_or(1).clamp(1, most)
        };
        let mut col = table.col;
        while let Some((_, end, _)) =
            table.reaching.iter().find(|(first, end, last)| (*first..*end).contains(&col) && *last >= row)
        {
            col = *end;
        }
        let end = col.saturating_add(span(b"colspan", MOST_COLSPAN)).min(MAX_COLS);
        let last = row.saturating_add(span(b"rowspan", MOST_ROWSPAN) - 1).min(MAX_ROWS - 1);
        table.col = end.max(col);
        if last > row && end > col && table.reaching.len() < MOST_REACHING {
            table.reaching.push((col, end, last));
        }
        let end = CellRef::new(last, end.max(col + 1) - 1);
        let text = table.look.within(tag);
        self.cell = Some(Cell { at: CellRef::new(row, col), end, text });
    }

    fn end_cell(&mut self) {
        let Some(Cell { at, end, text }) = self.cell.take() else { return };
        self.put(at, text);
        if at != end && at.col < MAX_COLS {
            self.sheet.merge_cells(vec![(at, end)]);
        }
    }

    /// What was typed or marked in a field of the page.
    fn control(&mut self, tag: &StartTag<()>) {
        let kind = attribute(tag, b"type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
        let typed = match kind.as_str() {
            "checkbox" | "radio" => attribute(tag, b"checked").map(|_| "x".into()),
            "" | "text" | "number" | "url" | "date" | "search" => attribute(tag, b"value"),
            _ => None,
        };
        if let Some(typed) = typed {
            self.text().push(&typed);
        }
    }
}
