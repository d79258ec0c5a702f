//! The rows under the roster's header, one school each.

use std::collections::HashMap;
use std::sync::Arc;

use super::kinds::{KindCell, Kinds};
use crate::digits;
use crate::finding::{Code, Finding, Found, Place, code};
use crate::grid::{CellRef, Grid, Value};
use crate::rules::RuleBook;
use crate::school::{School, SchoolCode};
use crate::table::{Header, Likeness, Vocabulary, words};
use crate::text;

/// A longer text is a remark, not a code.
const LONGEST_CODE: usize = 30;
/// Whole numbers up to here are exact in a cell.
const LARGEST_CODE: f64 = 1e15;
/// So many rows are named in one finding.
const ROWS_NAMED: usize = 20;

struct Rows<'a> {
    grid: &'a Grid,
    sheet: Arc<str>,
    file: Place,
    header: &'a Header,
    kinds: Kinds<'a>,
    /// What cells for kinds said: a roster has few different ones.
    read_kinds: HashMap<String, KindCell>,
    schools: Vec<School>,
    /// Rows by their codes in capitals.
    by_code: HashMap<String, u32>,
    /// Rows by their codes without leading zeros.
    by_bare: HashMap<String, u32>,
    without_unit: Vec<CellRef>,
    /// Rows that part the table into blocks of schools.
    blocks: Vec<CellRef>,
    findings: Vec<Finding>,
}

pub(super) fn read(grid: &Grid, file: &str, header: &Header, book: &RuleBook) -> Found<Vec<School>> {
    let mut rows = Rows {
        grid,
        sheet: grid.name.as_str().into(),
        file: Place::file(file),
        header,
        kinds: Kinds::of(book),
        read_kinds: HashMap::new(),
        schools: Vec::new(),
        by_code: HashMap::new(),
        by_bare: HashMap::new(),
        without_unit: Vec::new(),
        blocks: Vec::new(),
        findings: header_findings(header, &grid.name, file),
    };
    let mut lines: Vec<u32> = grid.rows().map(|(row, _)| row).filter(|row| *row > header.last_row).collect();
    // Below the last row with a kind there can be totals, dates and signatures.
    let last = lines.iter().rposition(|&row| rows.text(row, "cap_hoc").is_some());
    let last_school = lines.iter().rposition(|&row| rows.looks_like_a_school(row)).max(last);
    lines.truncate(last_school.map_or(0, |at| at + 1));
    for row in lines {
        rows.read_row(row);
    }
    rows.say_without_unit();
    rows.say_blocks();
    Found { value: rows.schools, findings: rows.findings }
}

/// Columns that were recognised by likeness, or that two titles claim.
pub(crate) fn header_findings(header: &Header, sheet: &str, file: &str) -> Vec<Finding> {
    let sheet: Arc<str> = sheet.into();
    let mut findings = Vec::new();
    for column in &header.columns {
        let Some((key, likeness)) = &column.key else { continue };
        let place = Place::file(file).at(&sheet, CellRef::new(header.last_row, column.col));
        match header.column(key) {
            Some(used) if used.col != column.col => {
                let said = Finding::new(code::COLUMN_TWICE).with("value", &used.text).with("other", &column.text);
                findings.push(said.at(place));
            }
            _ if *likeness == Likeness::Alike => {
                let said = Finding::new(code::COLUMN_BY_LIKENESS).with("value", &column.text).with("key", key);
                findings.push(said.at(place));
            }
            _ => {}
        }
    }
    findings
}

impl Rows<'_> {
    fn cell(&self, row: u32, key: &str) -> Option<CellRef> {
        self.header.column(key).map(|column| CellRef::new(row, column.col))
    }

    fn value(&self, row: u32, key: &str) -> Option<&Value> {
        let at = self.cell(row, key)?;
        self.grid.get(at).or_else(|| self.grid.get(self.merged_from(at, key)?))
    }

    /// Where the value of a cell stands that is merged with those above it: a unit or a kind, written once for many.
    fn merged_from(&self, at: CellRef, key: &str) -> Option<CellRef> {
        let shared = matches!(key, "don_vi_quan_ly" | "cap_hoc");
        let covers = |(top, end): &&(CellRef, CellRef)| top.col == at.col && top.row <= at.row && at.row <= end.row;
        let merged = shared.then(|| self.grid.merges.iter().find(covers)).flatten();
        merged.map(|(top, _)| *top).filter(|top| top.row > self.header.last_row)
    }

    /// The text of a cell; `None` for a blank one.
    fn text(&self, row: u32, key: &str) -> Option<String> {
        Some(plain_text(self.value(row, key)?)).filter(|text| !text.is_empty())
    }

    fn place(&self, row: u32, key: &str) -> Place {
        let at = self.cell(row, key).unwrap_or(CellRef::new(row, 0));
        self.file.at(&self.sheet, at)
    }

    /// A code that no remark would be, and a name beside it.
    fn looks_like_a_school(&self, row: u32) -> bool {
        let code = self.value(row, "ma_truong").and_then(|value| code_of(value).ok());
        code.is_some_and(|code| code.0.contains(|c: char| c.is_ascii_digit())) && self.text(row, "ten_truong").is_some()
    }

    fn read_row(&mut self, row: u32) {
        let name = self.text(row, "ten_truong");
        let kind = self.text(row, "cap_hoc");
        if self.is_numbering(row) {
            return;
        }
        if kind.is_none() && self.is_block(row, name.as_deref()) {
            self.blocks.push(self.cell(row, "ma_truong").unwrap_or(CellRef::new(row, 0)));
            return;
        }
        let code = match self.value(row, "ma_truong").map(code_of) {
            Some(Ok(code)) => code,
            Some(Err(value)) => {
                // A remark or a title across the table: it says nothing under the other columns.
                if name.is_some() || kind.is_some() {
                    let said = Finding::new(code::ROSTER_CODE_UNREADABLE).with("row", row + 1).with("value", value);
                    self.findings.push(said.at(self.place(row, "ma_truong")));
                }
                return;
            }
            None => {
                let total = name.as_deref().is_some_and(|name| words().totals.exact(&text::fold(name)).is_some());
                if (name.is_some() && !total) || kind.is_some() {
                    let name = name.map(|name| format!(" ({name})")).unwrap_or_default();
                    let said = Finding::new(code::ROSTER_NO_CODE).with("row", row + 1).with("name", name);
                    self.findings.push(said.at(self.place(row, "ma_truong")));
                }
                return;
            }
        };
        if self.is_known(row, &code) {
            return;
        }
        let unit = self.text(row, "don_vi_quan_ly").unwrap_or_default();
        if unit.is_empty() {
            self.without_unit.extend(self.cell(row, "don_vi_quan_ly"));
        }
        if name.is_none() {
            let said = Finding::new(code::ROSTER_NO_NAME).with("value", &code).of(&code);
            self.findings.push(said.at(self.place(row, "ten_truong")));
        }
        let state = self.state(row, &code);
        let kinds = self.kinds(row, kind.as_deref().unwrap_or_default(), &code, state.is_empty());
        let optional = |key: &str| self.text(row, key).unwrap_or_default();
        let school = School {
            name: text::mended(&name.unwrap_or_default()).into_owned(),
            kinds,
            unit: text::mended(&unit).into_owned(),
            email: optional("email"),
            phone: self.value(row, "dien_thoai").map(phone_of).unwrap_or_default(),
            contact: text::mended(&optional("nguoi_lien_he")).into_owned(),
            former_codes: former_codes(self.value(row, "ma_cu")),
            state,
            row: row + 1,
            code,
        };
        self.schools.push(school);
    }

    /// A row that says of which kind or place the schools below are: "KHỐI MẦM NON", with or without "I" before it.
    fn is_block(&self, row: u32, name: Option<&str>) -> bool {
        let code = self.text(row, "ma_truong").unwrap_or_default();
        let begins = |text: &str| {
            let folded = text::fold(text);
            let known = words().blocks.phrases().filter(|(key, phrase)| key != phrase);
            known.into_iter().any(|(_, phrase)| folded == phrase || folded.starts_with(&format!("{phrase} ")))
        };
        let has_digits = code.contains(|c: char| c.is_ascii_digit());
        !has_digits && self.text(row, "don_vi_quan_ly").is_none() && (begins(&code) || name.is_some_and(begins))
    }

    /// The row of column numbers that some tables have under their header: (1) (2) (3).
    fn is_numbering(&self, row: u32) -> bool {
        let is_number = |key: &str| {
            let text = self.text(row, key).map(|text| text::fold(&text));
            text.is_some_and(|text| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()))
        };
        is_number("ten_truong") && is_number("cap_hoc")
    }

    /// Whether an earlier row has this code.
    fn is_known(&mut self, row: u32, code: &SchoolCode) -> bool {
        let first = self.by_code.get(&code.0.to_uppercase()).copied();
        let alike = self.by_bare.get(&code.bare()).copied();
        let (kind, first) = match (first, alike) {
            (Some(first), _) => (code::ROSTER_CODE_TWICE, first),
            (None, Some(first)) => (code::ROSTER_CODES_ALIKE, first),
            (None, None) => {
                self.by_code.insert(code.0.to_uppercase(), row);
                self.by_bare.insert(code.bare(), row);
                return false;
            }
        };
        let said = Finding::new(kind).with("value", code).with("first", first + 1).with("row", row + 1).of(code);
        self.findings.push(said.at(self.place(row, "ma_truong")));
        self.by_code.entry(code.0.to_uppercase()).or_insert(row);
        kind == code::ROSTER_CODE_TWICE
    }

    fn kinds(&mut self, row: u32, cell: &str, code: &SchoolCode, open: bool) -> Vec<crate::school::SchoolKind> {
        let read = match self.read_kinds.get(cell) {
            Some(read) => read.clone(),
            None => {
                let read = self.kinds.read(cell);
                self.read_kinds.insert(cell.to_owned(), read.clone());
                read
            }
        };
        // Of a school that is closed nothing is expected, so nothing is to be mended.
        if open && read.kinds.is_empty() && read.unknown.is_empty() {
            let said = Finding::new(code::ROSTER_NO_KIND).with("value", code).with("known", self.kinds.listed());
            self.findings.push(said.of(code).at(self.place(row, "cap_hoc")));
        }
        for word in read.unknown.iter().filter(|_| open) {
            let said = Finding::new(code::ROSTER_KIND_UNKNOWN).with("value", word).with("known", self.kinds.listed());
            let nearest = Some(self.kinds.nearest(word)).filter(|kind| !kind.is_empty()).unwrap_or("–");
            self.findings.push(said.with("nearest", nearest).of(code).at(self.place(row, "cap_hoc")));
        }
        read.kinds
    }

    /// The state of a closed school, as written; empty for one that works.
    fn state(&mut self, row: u32, code: &SchoolCode) -> String {
        let Some(text) = self.text(row, "tinh_trang") else { return String::new() };
        let (kind, state) = match states(&words().states, &text) {
            Some("working") => return String::new(),
            Some(_) => (code::ROSTER_CLOSED, text.clone()),
            None => (code::ROSTER_STATE_UNKNOWN, String::new()),
        };
        let said = Finding::new(kind).with("value", &text).of(code);
        self.findings.push(said.at(self.place(row, "tinh_trang")));
        state
    }

    fn say_without_unit(&mut self) {
        self.findings.extend(self.of_rows(code::ROSTER_NO_UNIT, &self.without_unit));
    }

    fn say_blocks(&mut self) {
        self.findings.extend(self.of_rows(code::ROSTER_BLOCK_ROWS, &self.blocks));
    }

    /// One finding for all of these rows, if there are any.
    fn of_rows(&self, code: Code, cells: &[CellRef]) -> Option<Finding> {
        let first = cells.first()?;
        let mut rows: Vec<String> = cells.iter().take(ROWS_NAMED).map(|at| (at.row + 1).to_string()).collect();
        if cells.len() > ROWS_NAMED {
            rows.push("...".to_owned());
        }
        let said = Finding::new(code).with("count", cells.len()).with("rows", rows.join(", "));
        Some(said.at(self.file.at(&self.sheet, *first)))
    }
}

/// The state that a text means: by a phrase, or by one at its beginning ("Sáp nhập vào TH Hoa Sen").
fn states<'v>(states: &'v Vocabulary, text: &str) -> Option<&'v str> {
    let folded = text::fold(text);
    let begins =
        |phrase: &str| folded.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let known = states.phrases().filter(|(_, phrase)| phrase.contains(' ') && begins(phrase));
    states.exact(&folded).or_else(|| known.max_by_key(|(_, phrase)| phrase.len()).map(|(key, _)| key))
}

/// A school's code as typed: a number without its decimals, an apostrophe or inner spaces gone. An error bears what
/// stands there instead.
pub(super) fn code_of(value: &Value) -> Result<SchoolCode, String> {
    let text = match value {
        Value::Number(n) if n.fract() == 0.0 && (1.0..LARGEST_CODE).contains(n) => format!("{n:.0}"),
        Value::Text(text) => {
            let text = text::clean(text);
            let text = text.trim_start_matches(['\'', '’', '`']);
            let joined: String = text.split(' ').collect();
            let digits = joined.strip_suffix(".0").unwrap_or(&joined);
            let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            if all_digits { digits.to_owned() } else { text.to_owned() }
        }
        other => return Err(plain_text(other)),
    };
    let has_letters = text.contains(char::is_alphanumeric);
    // "8,01E+07" is what is left of a code once a spreadsheet program has shortened it.
    let shortened = text.contains("E+") || text.contains("e+");
    if has_letters && !shortened && text.chars().count() <= LONGEST_CODE { Ok(SchoolCode(text)) } else { Err(text) }
}

/// A telephone number; one that was typed as a number has lost its leading zero.
pub(super) fn phone_of(value: &Value) -> String {
    let text = plain_text(value);
    let lost = matches!(value, Value::Number(_)) && text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit());
    if lost { format!("0{text}") } else { text }
}

fn former_codes(value: Option<&Value>) -> Vec<SchoolCode> {
    let Some(value) = value else { return Vec::new() };
    let codes = match value {
        Value::Text(text) => {
            let parts = text.split([',', ';', '\n', '\r']);
            parts.filter_map(|part| code_of(&Value::Text(part.to_owned())).ok()).collect()
        }
        other => code_of(other).into_iter().collect::<Vec<_>>(),
    };
    let mut once: Vec<SchoolCode> = Vec::new();
    for code in codes {
        if !once.contains(&code) {
            once.push(code);
        }
    }
    once
}

/// What a person sees in a cell, clean.
pub(crate) fn plain_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text::clean(text),
        Value::Number(n) => digits::plain_decimal(*n),
        Value::Date(date) => format!("{:02}/{:02}/{}", date.day, date.month, date.year),
        Value::Time(time) => time.to_string(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Error(error) => error.clone(),
        Value::Uncomputed => "=".to_owned(),
    }
}
