//! A workbook under construction: the caps on sheets, cells and texts, and what is said when one is reached.

use std::sync::Arc;

use calamine::Dimensions;

use crate::finding::{Code, Finding, Place, code};
use crate::grid::{CellRef, Drawn, Fact, Grid, MAX_COLS, MAX_ROWS, Spans, Time, Value, in_order};
use crate::reader::format_code::share_text;
use crate::reader::limits::{CELL_TEXT, Limits};

/// What has been read of a workbook.
pub(super) struct Book<'l> {
    pub limits: &'l Limits,
    cells_left: usize,
    text_left: usize,
    sheets: usize,
    names: Vec<String>,
    grids: Vec<Grid>,
    findings: Vec<Finding>,
}

/// What has been read of a worksheet.
pub(super) struct Sheet {
    name: String,
    hidden: bool,
    cells: Vec<(CellRef, Value)>,
    facts: Vec<(CellRef, Fact)>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_cols: Vec<(u32, u32)>,
    filtered_rows: Vec<(u32, u32)>,
    drawn: Vec<Drawn>,
    merges: Vec<(CellRef, CellRef)>,
    cells_left: usize,
    text_left: usize,
    merges_left: usize,
    truncated: bool,
    outside: bool,
    long_text: Option<CellRef>,
}

impl<'l> Book<'l> {
    pub fn new(limits: &'l Limits) -> Book<'l> {
        Book {
            limits,
            cells_left: limits.file_cells,
            text_left: limits.text_bytes,
            sheets: 0,
            names: Vec::new(),
            grids: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The worksheets to read.
    pub fn choose(&mut self, mut sheets: Vec<(String, bool)>) -> Vec<(String, bool)> {
        sheets.retain(|(name, _)| self.admit(name));
        sheets
    }

    /// Whether a worksheet is to be read: not beyond the limit, and not of a name that was there before.
    pub fn admit(&mut self, name: &str) -> bool {
        self.sheets += 1;
        if self.sheets > self.limits.sheets {
            return false;
        }
        if self.names.iter().any(|known| known == name) {
            self.refuse(name, Finding::new(code::SHEET_UNREADABLE));
            return false;
        }
        self.names.push(name.to_owned());
        true
    }

    /// Begins a worksheet.
    pub fn sheet(&self, name: &str, hidden: bool) -> Sheet {
        Sheet {
            name: name.to_owned(),
            hidden,
            cells: Vec::new(),
            facts: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            filtered_rows: Vec::new(),
            drawn: Vec::new(),
            merges: Vec::new(),
            cells_left: self.cells_left.min(self.limits.sheet_cells),
            text_left: self.text_left,
            merges_left: self.limits.merges,
            truncated: false,
            outside: false,
            long_text: None,
        }
    }

    /// Takes a worksheet in.
    pub fn take(&mut self, sheet: Sheet) {
        self.cells_left = self.cells_left.saturating_sub(sheet.cells.len());
        self.text_left = sheet.text_left;
        if sheet.outside {
            self.say(&sheet.name, code::CELL_OUT_OF_SHEET, None);
        }
        if sheet.long_text.is_some() {
            self.say(&sheet.name, code::LONG_TEXT_CUT, sheet.long_text);
        }
        let mut grid = Grid::new(named(&sheet.name), sheet.cells).with_facts(sheet.facts);
        // A row that a filter hides is not hidden by anybody.
        grid.hidden_rows = Spans::new(sheet.hidden_rows).without(&Spans::new(sheet.filtered_rows));
        grid.hidden_cols = Spans::new(sheet.hidden_cols);
        grid.drawn = sheet.drawn;
        grid.hidden = sheet.hidden;
        grid.merges = sheet.merges;
        grid.truncated = sheet.truncated;
        self.grids.push(grid);
    }

    /// Leaves a worksheet out, for the reason of this finding. Said of no more sheets than are read.
    pub fn refuse(&mut self, name: &str, finding: Finding) {
        if self.findings.len() >= self.limits.sheets {
            return;
        }
        let name = named(name);
        let place = Place { sheet: Some(Arc::from(name)), ..Place::default() };
        self.findings.push(finding.with("value", name).at(place));
    }

    fn say(&mut self, name: &str, code: Code, cell: Option<CellRef>) {
        let name = named(name);
        let mut finding = Finding::new(code);
        if code != code::LONG_TEXT_CUT {
            finding = finding.with("value", name);
        }
        self.findings.push(finding.at(Place { file: None, sheet: Some(Arc::from(name)), cell }));
    }

    pub fn finish(mut self) -> (Vec<Grid>, Vec<Finding>) {
        let limit = self.limits.sheets;
        if self.sheets > limit {
            let many = Finding::new(code::TOO_MANY_SHEETS).with("value", self.sheets).with("limit", limit);
            self.findings.push(many);
        }
        (self.grids, self.findings)
    }
}

/// Runs of hidden rows or columns, filters, and things drawn on one sheet: more than any form has.
const MOST_RUNS: usize = 20_000;
const MOST_FILTERS: usize = 100;
const MOST_DRAWN: usize = 1_000;

/// Adds a run to those before, nearly always behind the last.
fn hide(runs: &mut Vec<(u32, u32)>, first: u32, last: u32, most: usize) {
    let room = runs.len() < most;
    match runs.last_mut() {
        Some(before) if first == before.1 + 1 && last >= first => before.1 = last,
        _ if room && first <= last => runs.push((first, last)),
        _ => {}
    }
}

/// A sheet's name as far as it is told: no program gives one of more than 31 characters, and it stands in every finding.
fn named(name: &str) -> &str {
    name.char_indices().nth(SHEET_NAME).map_or(name, |(end, _)| &name[..end])
}

/// Characters of a sheet's name.
const SHEET_NAME: usize = 200;

impl Sheet {
    /// Puts a value into a cell. `false` when the sheet is full.
    pub fn put(&mut self, row: u32, col: u32, mut value: Value) -> bool {
        if row >= MAX_ROWS || col >= MAX_COLS {
            self.outside = true;
            return true;
        }
        let at = CellRef::new(row, col);
        if let Value::Text(text) = &mut value {
            // No text of fewer bytes has more characters than a cell can hold.
            if text.len() > CELL_TEXT
                && let Some((end, _)) = text.char_indices().nth(CELL_TEXT)
            {
                text.truncate(end);
                text.shrink_to_fit();
                self.long_text.get_or_insert(at);
            }
            if text.len() > self.text_left {
                self.truncated = true;
                return false;
            }
            self.text_left -= text.len();
        }
        if self.cells.len() >= self.cells_left {
            self.truncated = true;
            return false;
        }
        self.cells.push((at, value));
        true
    }

    /// What stands in a cell.
    pub fn value(&mut self, at: CellRef) -> Option<&Value> {
        self.bring_in_order();
        let i = self.cells.binary_search_by_key(&at, |cell| cell.0).ok()?;
        Some(&self.cells[i].1)
    }

    /// Gives each cell what is left of its value and says what is to be seen there, where `see` finds anything.
    pub fn revise(&mut self, mut see: impl FnMut(CellRef, &Value) -> Option<(Option<Value>, Vec<Fact>)>) {
        self.bring_in_order();
        let mut seen = Vec::new();
        self.cells.retain_mut(|(at, value)| {
            let Some((left, facts)) = see(*at, value) else { return true };
            seen.extend(facts.into_iter().map(|fact| (*at, fact)));
            match left {
                Some(left) => *value = left,
                None => return false,
            }
            true
        });
        seen.into_iter().for_each(|(at, fact)| _ = self.see(at.row, at.col, fact));
    }

    fn bring_in_order(&mut self) {
        in_order(&mut self.cells);
    }

    /// Says what is to be seen at a cell beside its value. `false` when there is no room for more.
    pub fn see(&mut self, row: u32, col: u32, mut fact: Fact) -> bool {
        let texts = match &mut fact {
            Fact::Raised { level, without } => [level, without],
            Fact::CrossedOut { out, whole } => [out, whole],
            Fact::Shown(text) | Fact::Link(text) => [text, &mut String::new()],
        };
        let mut bytes = 0;
        for text in texts {
            if let Some((end, _)) = text.char_indices().nth(CELL_TEXT) {
                text.truncate(end);
            }
            bytes += text.len();
        }
        if row >= MAX_ROWS || col >= MAX_COLS || self.facts.len() >= self.cells_left || bytes > self.text_left {
            return false;
        }
        self.text_left -= bytes;
        self.facts.push((CellRef::new(row, col), fact));
        true
    }

    /// Hides rows, first and last included.
    pub fn hide_rows(&mut self, first: u32, last: u32) {
        hide(&mut self.hidden_rows, first, last.min(MAX_ROWS - 1), MOST_RUNS);
    }

    /// Hides columns, first and last included.
    pub fn hide_cols(&mut self, first: u32, last: u32) {
        hide(&mut self.hidden_cols, first, last.min(MAX_COLS - 1), MOST_RUNS);
    }

    /// An active filter lies on these rows, first and last included: those it hides are not hidden.
    pub fn filter_rows(&mut self, first: u32, last: u32) {
        hide(&mut self.filtered_rows, first, last.min(MAX_ROWS - 1), MOST_FILTERS);
    }

    /// Says what lies on cells.
    pub fn draw(&mut self, mut drawn: Drawn) {
        if let Some((end, _)) = drawn.text.char_indices().nth(CELL_TEXT) {
            drawn.text.truncate(end);
        }
        if self.drawn.len() < MOST_DRAWN && drawn.text.len() <= self.text_left {
            self.text_left -= drawn.text.len();
            self.drawn.push(drawn);
        }
    }

    /// Says that cells were left out before they came here.
    pub fn left_out(&mut self) {
        self.outside = true;
    }

    /// Puts the real errors in place of the ones that stood for them.
    pub fn correct(&mut self, errors: Vec<(CellRef, String)>) {
        for (at, error) in errors {
            for (_, value) in self.cells.iter_mut().filter(|cell| cell.0 == at) {
                *value = Value::Error(error.clone());
            }
        }
    }

    /// Adds merged ranges that a sheet can have; those beyond the limit stay away.
    pub fn merge_cells(&mut self, ranges: Vec<(CellRef, CellRef)>) {
        let fit = ranges.len().min(self.merges_left);
        self.merges_left -= fit;
        self.merges.extend(ranges.into_iter().take(fit));
    }

    /// Adds merged ranges; those that no sheet has, and those beyond the limit, stay away.
    pub fn merge(&mut self, ranges: &[Dimensions]) {
        for range in ranges.iter().take(self.merges_left) {
            let (start, end) = (range.start, range.end);
            if start <= end && start.1 <= end.1 && end.0 < MAX_ROWS && end.1 < MAX_COLS {
                self.merges.push((CellRef::new(start.0, start.1), CellRef::new(end.0, end.1)));
            }
        }
        self.merges_left = self.merges_left.saturating_sub(ranges.len());
    }

    /// Whether a cell read so far holds a date.
    pub fn has_dates(&self) -> bool {
        self.cells.iter().any(|(_, value)| matches!(value, Value::Date(_)))
    }

    /// Makes what they show of the numbers at these cells, whose format is one of shares.
    pub fn as_shares(&mut self, cells: &[CellRef]) {
        for (at, value) in &mut self.cells {
            if let Value::Number(share) = value
                && cells.binary_search(at).is_ok()
                && share.is_finite()
            {
                *value = Value::Text(share_text(*share));
            }
        }
    }

    /// Makes times of day of the dates and numbers at these cells.
    pub fn as_times(&mut self, cells: &[CellRef]) {
        for (at, value) in &mut self.cells {
            let days = match value {
                Value::Date(date) => date.serial,
                Value::Number(number) => *number,
                _ => continue,
            };
            if cells.binary_search(at).is_ok() {
                *value = Value::Time(Time { days, is_length: false });
            }
        }
    }

    /// Makes plain numbers of the dates at these cells.
    pub fn undate(&mut self, cells: &[CellRef]) {
        for (at, value) in &mut self.cells {
            if let Value::Date(date) = value
                && cells.binary_search(at).is_ok()
            {
                *value = Value::Number(date.serial);
            }
        }
    }
}
