//! The rows under the receipts' header, one file each.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::{Receipt, when};
use crate::finding::{Finding, Found, Place, code};
use crate::grid::{CellRef, Grid, Value};
use crate::roster::{header_findings, plain_text};
use crate::table::{Header, words};
use crate::text;

struct Rows<'a> {
    grid: &'a Grid,
    sheet: Arc<str>,
    file: Place,
    header: &'a Header,
    findings: Vec<Finding>,
}

/// Every row that names a file or a school, from the top.
pub(super) fn read(grid: &Grid, file: &str, header: &Header) -> Found<Vec<Receipt>> {
    let mut rows = Rows {
        grid,
        sheet: grid.name.as_str().into(),
        file: Place::file(file),
        header,
        findings: header_findings(header, &grid.name, file),
    };
    let lines = grid.rows().map(|(row, _)| row).filter(|row| *row > header.last_row);
    let list = lines.filter_map(|row| rows.read_row(row)).collect();
    Found { value: list, findings: rows.findings }
}

impl Rows<'_> {
    fn cell(&self, row: u32, key: &str) -> Option<CellRef> {
        self.header.column(key).map(|column| CellRef::new(row, column.col))
    }

    fn value(&self, row: u32, key: &str) -> Option<&Value> {
        let value = self.grid.get(self.cell(row, key)?)?;
        Some(value).filter(|value| !matches!(value, Value::Text(text) if text::clean(text).is_empty()))
    }

    fn text(&self, row: u32, key: &str) -> String {
        self.value(row, key).map(plain_text).unwrap_or_default()
    }

    fn place(&self, row: u32, key: &str) -> Place {
        self.file.at(&self.sheet, self.cell(row, key).unwrap_or(CellRef::new(row, 0)))
    }

    fn read_row(&mut self, row: u32) -> Option<Receipt> {
        // As typed: a file's name may have two spaces, or letters that are not composed.
        let name = match self.value(row, "tep") {
            Some(Value::Text(text)) => text.trim().to_owned(),
            Some(other) => plain_text(other),
            None => String::new(),
        };
        let school = self.text(row, "ma_truong");
        if name.is_empty() && school.is_empty() {
            if self.value(row, "ma_loi").is_some() || self.value(row, "khong_chap_nhan").is_some() {
                let about = self.text(row, "ma_loi");
                let said = Finding::new(code::REFUSAL_WITHOUT_SCHOOL).with("row", row + 1).with("value", about);
                self.findings.push(said.at(self.place(row, "ma_truong")));
                return None;
            }
            let used = ["ngay_nhan", "gia_han_den", "khong_dung"].iter().any(|key| self.value(row, key).is_some());
            if used {
                let said = Finding::new(code::RECEIPT_WITHOUT_FILE).with("row", row + 1);
                self.findings.push(said.at(self.place(row, "tep")));
            }
            return None;
        }
        let of_file = !name.is_empty();
        if !of_file {
            // These hold for one file: of a school as a whole they say nothing.
            for key in ["ngay_nhan", "khong_dung"] {
                if self.value(row, key).is_none() {
                    continue;
                }
                let said = Finding::new(code::RECEIPT_NEEDS_FILE).with("row", row + 1).with("key", key);
                self.findings.push(said.with("value", &school).at(self.place(row, key)));
            }
        }
        let receipt = Receipt {
            received: if of_file { self.moment(row, "ngay_nhan") } else { None },
            channel: self.text(row, "kenh"),
            extended_to: self.moment(row, "gia_han_den").map(DateTime::date),
            set_aside: of_file && self.mark(row, "khong_dung"),
            about: self.text(row, "ma_loi"),
            item: self.text(row, "ma"),
            refuses: self.mark(row, "khong_chap_nhan"),
            reason: self.text(row, "ly_do"),
            place: self.place(row, if of_file { "tep" } else { "ma_truong" }),
            extended_at: self.place(row, "gia_han_den"),
            set: self.text(row, "bo_chi_so"),
            name,
            school,
        };
        if receipt.set_aside && receipt.reason.is_empty() {
            let said = Finding::new(code::RECEIPT_WITHOUT_REASON).with("value", &receipt.name);
            self.findings.push(said.at(self.place(row, "khong_dung")));
        }
        Some(receipt)
    }

    fn moment(&mut self, row: u32, key: &str) -> Option<DateTime> {
        let value = self.value(row, key)?;
        let read = when::read(value);
        if read.is_none() {
            let said = Finding::new(code::RECEIPT_DATE_UNREADABLE).with("value", plain_text(value)).with("key", key);
            self.findings.push(said.at(self.place(row, key)));
        }
        read
    }

    /// Whether `khong_dung` or `khong_chap_nhan` is marked.
    fn mark(&mut self, row: u32, key: &str) -> bool {
        let Some(value) = self.value(row, key) else { return false };
        let marked = match value {
            Value::Bool(marked) => Some(*marked),
            Value::Number(n) if *n == 1.0 => Some(true),
            Value::Number(n) if *n == 0.0 => Some(false),
            Value::Text(text) => mark_of(text, key),
            _ => None,
        };
        if marked.is_none() {
            let said = Finding::new(code::RECEIPT_MARK_UNREADABLE).with("value", plain_text(value)).with("key", key);
            self.findings.push(said.at(self.place(row, key)));
        }
        marked.unwrap_or(false)
    }
}

/// Yes and no as in answers; the column's own title in a cell means yes.
fn mark_of(text: &str, key: &str) -> Option<bool> {
    let words = words();
    let text = text::clean(text);
    let folded = text::fold(&text);
    if words.columns("receipts").exact(&folded) == Some(key) || folded == "1" {
        return Some(true);
    }
    if matches!(folded.as_str(), "0") || text == "-" {
        return Some(false);
    }
    let mark = words.marks.iter().find(|(_, mark)| *mark == text).map(|(key, _)| key.as_str());
    match mark.or_else(|| words.answers.exact(&folded)) {
        Some("yes" | "yes_marks") => Some(true),
        Some("no" | "zero" | "no_marks") => Some(false),
        _ => None,
    }
}
