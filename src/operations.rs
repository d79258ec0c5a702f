//! `dieu-hanh.xlsx`: what the office does next, for the office alone: it holds addresses and suspicions. Sees the outcome
//! and nothing else.

use std::fs::File;
use std::io::{BufWriter, Cursor, Seek, Write};
use std::path::Path;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::look::{self, cut};
use crate::outcome::Outcome;

mod changes;
mod doubtful;
mod level;
mod message;
mod next_level;
mod page;
mod shared_faults;
mod since;
mod today;
mod what_moves;

use page::Page;

/// Rows beyond which a sheet goes to disk row by row.
const LONG: usize = 3_000;

/// Why no workbook was made.
#[derive(Debug, thiserror::Error)]
pub enum OperationsError {
    /// The disk, or a limit of the format.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The disk.
    #[error("the workbook could not be written: {0}")]
    Disk(#[from] std::io::Error),
}

/// Results that the outcome is held against, as far as there are any.
#[derive(Debug, Clone, Copy, Default)]
pub struct Earlier<'a> {
    /// The run before, of the same year.
    pub previous: Option<&'a Outcome>,
    /// Last year's result.
    pub last_year: Option<&'a Outcome>,
}

/// Writes the office's own workbook to a file.
///
/// # Errors
/// [`OperationsError`]: what could not be written.
pub fn write(outcome: &Outcome, earlier: Earlier, path: &Path) -> Result<(), OperationsError> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    look::caught(|| write_to(outcome, earlier, &mut out))?;
    out.flush()?;
    Ok(())
}

/// The office's own workbook as bytes.
///
/// # Errors
/// [`OperationsError::Workbook`]
pub fn to_bytes(outcome: &Outcome, earlier: Earlier) -> Result<Vec<u8>, OperationsError> {
    let mut out = Cursor::new(Vec::new());
    write_to(outcome, earlier, &mut out)?;
    Ok(out.into_inner())
}

/// One sheet's content.
type Fill<'a> = &'a dyn Fn(&mut Page) -> Result<(), XlsxError>;

fn write_to<W: Write + Seek + Send>(outcome: &Outcome, earlier: Earlier, out: W) -> Result<(), OperationsError> {
    let mut workbook = look::workbook()?;
    workbook.set_zip_compression_level(3);
    workbook.set_properties(&properties(outcome)?);
    let is_long = outcome.dues.len() > LONG;
    let mut sheet = |name: &str, fill: Fill| add(&mut workbook, name, is_long, fill);
    sheet(today::NAME, &|page| today::write(outcome, earlier.previous, page))?;
    sheet(shared_faults::NAME, &|page| shared_faults::write(outcome, page))?;
    sheet(next_level::NAME, &|page| next_level::write(outcome, page))?;
    sheet(what_moves::ITEMS_NAME, &|page| what_moves::items(outcome, page))?;
    sheet(what_moves::CRITERIA_NAME, &|page| what_moves::criteria(outcome, page))?;
    sheet(doubtful::NAME, &|page| doubtful::write(outcome, earlier, page))?;
    if earlier.previous.is_some() || earlier.last_year.is_some() {
        sheet(changes::NAME, &|page| changes::write(outcome, earlier, page))?;
    }
    workbook.save_to_writer(out)?;
    Ok(())
}

fn add(workbook: &mut Workbook, name: &str, is_long: bool, fill: Fill) -> Result<(), XlsxError> {
    let sheet = if is_long { workbook.add_worksheet_with_low_memory()? } else { workbook.add_worksheet() };
    sheet.set_name(name)?;
    sheet.set_formula_result_default("");
    fill(&mut Page::new(sheet))
}

fn properties(outcome: &Outcome) -> Result<DocProperties, XlsxError> {
    let at = outcome.at;
    let made = excel_date(at.date())?.and_hms(at.hour() as u16, at.minute() as u8, f64::from(at.second()))?;
    let office = cut(&outcome.office.name, 200);
    Ok(DocProperties::new()
        .set_title(format!("Điều hành thu phiếu chuyển đổi số năm học {}", cut(&outcome.office.year, 40)))
        .set_subject("Việc cần làm, lưu hành nội bộ")
        .set_author(&office)
        .set_company(&office)
        .set_comment(format!("{}; lần chạy {}", outcome.program, outcome.run))
        .set_creation_datetime(&made))
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8)
}
