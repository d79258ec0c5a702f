//! `tong-hop.xlsx`: the consolidated workbook that the office signs and hands over. Sees the outcome and its views.
//!
//! [`plan`] fixes every address first; then each kind of sheet is written by its own file, in the order of the tabs.

mod formula;
mod look;
mod plan;
mod sheets;
mod words;

use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::Workbook;

use crate::outcome::Outcome;
use crate::text::Masked;
use crate::views::evidence::MOST_ROWS;
use crate::writers::xlsx::{self, Book, Document, WorkbookError, Written};
use look::Look;
use plan::Plan;

/// A sheet of the report. It goes to people outside the office: every text comes into it through the mask.
type Page<'a> = xlsx::Page<'a, Look>;

/// Writes the consolidated workbook to a file.
///
/// # Errors
/// [`WorkbookError`]: what could not be written.
pub fn write(outcome: &Outcome, path: &Path) -> Result<(), WorkbookError> {
    xlsx::to_file(path, |out, scratch| write_to(outcome, MOST_ROWS, out, scratch))
}

/// The consolidated workbook as bytes.
///
/// # Errors
/// [`WorkbookError::Workbook`]
pub fn to_bytes(outcome: &Outcome) -> Result<Vec<u8>, WorkbookError> {
    to_bytes_in_parts(outcome, MOST_ROWS)
}

/// The same, with the evidence in parts of at most so many rows.
///
/// # Errors
/// [`WorkbookError::Workbook`]
pub fn to_bytes_in_parts(outcome: &Outcome, most_rows: usize) -> Result<Vec<u8>, WorkbookError> {
    xlsx::to_bytes(|out, scratch| write_to(outcome, most_rows, out, scratch))
}

fn write_to(outcome: &Outcome, most_rows: usize, out: &mut impl Write, scratch: Option<&Path>) -> Written {
    let plan = Plan::new(outcome, most_rows);
    let look = Look::new();
    let mut workbook = Workbook::new();
    workbook.set_default_format(&look.base, 20, 64)?;
    let title = format!("Báo cáo tổng hợp mức độ chuyển đổi số năm học {}", outcome.office.year);
    let comment = format!("{}; lần chạy {}", outcome.program, outcome.run);
    let properties = Document {
        title: &Masked::of(&title),
        subject: "Kết quả tự đánh giá mức độ chuyển đổi số của các cơ sở giáo dục và của cơ quan",
        office: &Masked::of(&outcome.office.name),
        comment: &Masked::of(&comment),
        created: outcome.at,
    }
    .properties();
    workbook.set_properties(&properties);
    let sheets = plan.tabs.iter().map(|tab| (tab.name.as_str(), plan.is_long(tab.sheet), tab.sheet)).collect();
    Book { workbook, sheets, formats: look.of_tables(), scratch }
        .write(out, |sheet, rows, kind| sheets::write(&plan, kind, &mut Page::new(sheet, &look, rows)))
}
