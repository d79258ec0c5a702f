//! `doi-chieu-phu-luc.xlsx` as grids: figures that the office has held against the annex become official, with the
//! value that it found there. Opens no file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Authority, Basis, Figure, Refusal, RuleBook, confirm, figures};
use crate::finding::{Finding, Place, code};
use crate::grid::{CellRef, Grid, Value};
use crate::table::{Header, find_header, words};
use crate::text;

/// The file of the template in a run's folder.
pub const TEMPLATE: &str = "mau-doi-chieu-phu-luc.xlsx";
/// The sheet with the table.
pub const SHEET: &str = "Đối chiếu";
/// The columns: key in `[columns.annex]`, title, width, whether people type into it.
pub const COLUMNS: [(&str, &str, f64, bool); 9] = [
    ("bo_chi_so", "Bộ chỉ số", 15.0, false),
    ("la_gi", "Là gì", 24.0, false),
    ("ten", "Tên", 44.0, false),
    ("gia_tri", "Giá trị đang dùng", 18.0, false),
    ("theo_phu_luc", "Theo phụ lục", 14.0, true),
    ("dieu_khoan", "Điều khoản", 24.0, true),
    ("nguoi_doi_chieu", "Người đối chiếu", 22.0, true),
    ("ngay", "Ngày đối chiếu", 13.0, true),
    ("khoa", "Khóa", 18.0, false),
];

/// The columns without which there is nothing to read.
const NEEDED: [&str; 3] = ["bo_chi_so", "khoa", "theo_phu_luc"];
/// What must stand beside the value.
const DUE: [&str; 3] = ["dieu_khoan", "nguoi_doi_chieu", "ngay"];

/// Makes the figures of a filled workbook official. The sets' [`super::audit`] is to be asked again afterwards.
pub(super) fn confirm_all(book: &mut RuleBook, grids: &[Grid], file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut entries = Vec::new();
    let mut any = false;
    let has_all = |header: &Header| NEEDED.iter().all(|key| header.column(key).is_some());
    for grid in grids.iter().filter(|grid| !grid.hidden) {
        let Some(header) = find_header(grid, words().columns("annex"), has_all) else { continue };
        any = true;
        let sheet = Sheet { grid, name: grid.name.as_str().into(), file: Place::file(file), header, book };
        let rows = grid.rows().map(|(row, _)| row).filter(|row| *row > sheet.header.last_row);
        entries.extend(rows.filter_map(|row| sheet.row(row, &mut findings)));
    }
    if !any {
        findings.push(Finding::new(code::ANNEX_NO_TABLE).at(Place::file(file)));
    }
    let entries = once(book, entries, &mut findings);
    take(book, entries, &mut findings);
    findings
}

/// A row that is filled, with the figure that it is about.
struct Entry {
    /// The place of the set in the book.
    set: usize,
    figure: Figure,
    /// `None`: as it stands.
    value: Option<String>,
    authority: Authority,
    /// Where the value stands.
    place: Place,
}

impl Entry {
    fn say(&self, book: &RuleBook, code: crate::finding::Code) -> Finding {
        let mut said = Finding::new(code)
            .with("set", &book.sets[self.set].id)
            .with("key", &self.figure.key)
            .with("what", self.figure.named())
            .with("stands", self.figure.shown())
            .with("value", self.value.as_deref().unwrap_or_default())
            .at(self.place.clone());
        said.set = Some(book.sets[self.set].id.clone());
        said
    }
}

struct Sheet<'a> {
    grid: &'a Grid,
    name: Arc<str>,
    file: Place,
    header: Header,
    book: &'a RuleBook,
}

impl Sheet<'_> {
    fn text(&self, row: u32, key: &str) -> String {
        let cell = self.header.column(key).map(|column| CellRef::new(row, column.col));
        cell.and_then(|cell| self.grid.get(cell)).map(plain).unwrap_or_default()
    }

    fn place(&self, row: u32, key: &str) -> Place {
        let col = self.header.column(key).map_or(0, |column| column.col);
        self.file.at(&self.name, CellRef::new(row, col))
    }

    /// A filled row; one that holds only what the template wrote is not filled yet.
    fn row(&self, row: u32, findings: &mut Vec<Finding>) -> Option<Entry> {
        let typed = self.text(row, "theo_phu_luc");
        let key = self.text(row, "khoa");
        let of = self.text(row, "bo_chi_so");
        let filled = !typed.is_empty() || !self.text(row, "dieu_khoan").is_empty();
        if !filled || (key.is_empty() && of.is_empty()) {
            return None;
        }
        let sets = &self.book.sets;
        let folded = text::fold(&of);
        let is_it = |set: &super::RuleSet| text::fold(&set.id.0) == folded || text::fold(&set.short) == folded;
        let Some(set) = sets.iter().position(is_it) else {
            let nearest = text::nearest(&of, sets.iter().map(|set| set.id.0.as_str()), 0.0).unwrap_or("–");
            let said = Finding::new(code::ANNEX_SET_UNKNOWN).with("value", &of).with("nearest", nearest);
            findings.push(said.at(self.place(row, "bo_chi_so")));
            return None;
        };
        let all = figures(&sets[set]);
        let Some(figure) = all.iter().find(|figure| figure.key == key) else {
            let nearest = text::nearest(&key, all.iter().map(|figure| figure.key.as_str()), 0.0).unwrap_or("–");
            let said = Finding::new(code::ANNEX_KEY_UNKNOWN).with("key", &key).with("nearest", nearest);
            let mut said = said.with("set", &sets[set].id).at(self.place(row, "khoa"));
            said.set = Some(sets[set].id.clone());
            findings.push(said);
            return None;
        };
        let typed = figure.meant(&typed);
        let as_it_stands = typed != figure.value && is_yes(&typed);
        let entry = Entry {
            set,
            figure: figure.clone(),
            value: (!as_it_stands).then(|| typed.clone()),
            authority: Authority {
                basis: Basis::Official,
                source: figure.authority.source.clone(),
                clause: self.text(row, "dieu_khoan"),
                checked_by: self.text(row, "nguoi_doi_chieu"),
                checked_on: self.text(row, "ngay"),
            },
            place: self.place(row, "theo_phu_luc"),
        };
        let is_blank = |key: &&&str| self.text(row, key).is_empty();
        let missing: Vec<String> = NEEDED[2..].iter().chain(&DUE).filter(is_blank).map(|key| titled(key)).collect();
        if !missing.is_empty() {
            findings.push(entry.say(self.book, code::ANNEX_INCOMPLETE).with("missing", missing.join(", ")));
            return None;
        }
        let seen = figure.meant(&self.text(row, "gia_tri"));
        if as_it_stands && !seen.is_empty() && seen != figure.value {
            findings.push(entry.say(self.book, code::ANNEX_STALE).with("value", seen));
            return None;
        }
        Some(entry)
    }
}

fn titled(key: &str) -> String {
    let title = COLUMNS.iter().find(|(known, ..)| *known == key).map_or(key, |(_, title, ..)| *title);
    format!("“{title}”")
}

/// "Đúng", "x", a tick: the figure stands in the annex as it is.
fn is_yes(typed: &str) -> bool {
    let words = words();
    let mark = words.marks.iter().find(|(_, mark)| mark == typed.trim()).map(|(key, _)| key.as_str());
    matches!(mark.or_else(|| words.answers.exact(&text::fold(typed))), Some("yes" | "yes_marks"))
}

/// A value as it stands in keys and figures: decimals with a comma.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text::clean(text),
        Value::Number(number) => number.to_string().replace('.', ","),
        Value::Date(date) => format!("{:02}/{:02}/{}", date.day, date.month, date.year),
        Value::Time(time) => time.to_string(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Error(_) | Value::Uncomputed => String::new(),
    }
}

/// Leaves out figures that are given twice with different values.
fn once(book: &RuleBook, entries: Vec<Entry>, findings: &mut Vec<Finding>) -> Vec<Entry> {
    let mut by_key: BTreeMap<(usize, String), Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        by_key.entry((entry.set, entry.figure.key.clone())).or_default().push(entry);
    }
    let mut kept = Vec::new();
    for entries in by_key.into_values() {
        let row = |entry: &Entry| entry.place.cell.map_or(0, |cell| cell.row + 1);
        let other = entries.iter().find(|entry| entry.value != entries[0].value).map(row);
        match other {
            None => kept.extend(entries.into_iter().next()),
            Some(other) => {
                let first = &entries[0];
                let said = first.say(book, code::ANNEX_TWICE);
                findings.push(said.with("first", row(first)).with("row", other));
            }
        }
    }
    kept
}

/// Takes the values in. One that would be out of order may fit once others are in: those are tried again.
fn take(book: &mut RuleBook, mut entries: Vec<Entry>, findings: &mut Vec<Finding>) {
    loop {
        let before = entries.len();
        let mut refused = Vec::new();
        for entry in entries {
            let set = &mut book.sets[entry.set];
            let result = confirm(set, &entry.figure.key, entry.value.as_deref(), entry.authority.clone());
            match result {
                Ok(()) => findings.extend(replaced(book, &entry)),
                Err(refusal) => refused.push((entry, refusal)),
            }
        }
        let waiting =
            |(_, refusal): &(Entry, Refusal)| matches!(refusal, Refusal::OutOfOrder { .. } | Refusal::NotAValue { .. });
        let again = refused.len() < before && refused.iter().any(waiting);
        if !again {
            findings.extend(refused.iter().map(|(entry, refusal)| refusal_of(book, entry, refusal)));
            return;
        }
        entries = refused.into_iter().map(|(entry, _)| entry).collect();
    }
}

fn replaced(book: &RuleBook, entry: &Entry) -> Option<Finding> {
    let now = figures(&book.sets[entry.set]).into_iter().find(|figure| figure.key == entry.figure.key)?;
    let said = || {
        let said = entry.say(book, code::ANNEX_REPLACED).with("value", &now.value);
        said.with("clause", &entry.authority.clause).with("person", &entry.authority.checked_by)
    };
    (now.value != entry.figure.value).then(said)
}

fn refusal_of(book: &RuleBook, entry: &Entry, refusal: &Refusal) -> Finding {
    match refusal {
        Refusal::UnknownKey { nearest, .. } => {
            entry.say(book, code::ANNEX_KEY_UNKNOWN).with("nearest", nearest.as_deref().unwrap_or("–"))
        }
        Refusal::NotAValue { .. } => entry.say(book, code::ANNEX_VALUE_REFUSED),
        Refusal::OutOfOrder { .. } => entry.say(book, code::ANNEX_OUT_OF_ORDER),
        Refusal::NeedsRuleFile { .. } => entry.say(book, code::ANNEX_NEEDS_RULE_FILE),
    }
}
