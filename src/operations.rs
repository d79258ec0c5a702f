//! `dieu-hanh.xlsx`: what the office does next, for the office alone: it holds addresses and suspicions. Sees the outcome
//! and nothing else.

use std::fs::File;
use std::io::{BufWriter, Cursor, Seek, Write};
use std::path::Path;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::outcome::{Outcome, ResultError};
use crate::text::cut;
use crate::writers::xlsx::{self, Longest, caught};

mod changes;
mod doubtful;
mod level;
mod next_level;
mod page;
mod shared_faults;
mod today;
mod what_moves;

use page::Page;

/// Schools and sets beyond which a sheet goes to disk row by row.
const LONG: usize = 1_000;

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
    /// Why the run before cannot be read, where it cannot.
    pub unreadable: Option<&'a ResultError>,
    /// Last year's result.
    pub last_year: Option<&'a Outcome>,
}

/// Writes the office's own workbook to a file.
///
/// # Errors
/// [`OperationsError`]: what could not be written.
pub fn write(outcome: &Outcome, earlier: Earlier, path: &Path) -> Result<(), OperationsError> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    write_to(outcome, earlier, &mut out, path.parent())?;
    out.flush()?;
    Ok(())
}

/// The office's own workbook as bytes.
///
/// # Errors
/// [`OperationsError::Workbook`]
pub fn to_bytes(outcome: &Outcome, earlier: Earlier) -> Result<Vec<u8>, OperationsError> {
    let mut out = Cursor::new(Vec::new());
    write_to(outcome, earlier, &mut out, None)?;
    Ok(out.into_inner())
}

/// One sheet's content.
type Fill<'a> = Box<dyn Fn(&mut Page) -> Result<(), XlsxError> + Send + 'a>;

fn write_to<W: Write + Seek + Send>(
    outcome: &Outcome,
    earlier: Earlier,
    out: W,
    scratch: Option<&Path>,
) -> Result<(), OperationsError> {
    let mut workbook = xlsx::workbook()?;
    if let Some(scratch) = scratch {
        workbook.set_tempdir(scratch)?;
    }
    // As the report.
    workbook.set_zip_compression_level(1);
    workbook.set_properties(&properties(outcome)?);
    let mut sheets: Vec<(&str, Fill)> = vec![
        (today::NAME, Box::new(|page| today::write(outcome, earlier, page))),
        (shared_faults::NAME, Box::new(|page| shared_faults::write(outcome, page))),
        (next_level::NAME, Box::new(|page| next_level::write(outcome, page))),
        (what_moves::ITEMS_NAME, Box::new(|page| what_moves::items(outcome, page))),
        (what_moves::CRITERIA_NAME, Box::new(|page| what_moves::criteria(outcome, page))),
        (doubtful::NAME, Box::new(|page| doubtful::write(outcome, earlier, page))),
    ];
    if earlier.previous.is_some() || earlier.last_year.is_some() {
        sheets.push((changes::NAME, Box::new(|page| changes::write(outcome, earlier, page))));
    }
    let is_long = scratch.is_some() && outcome.expected.len() > LONG;
    caught(|| sheets.iter().try_for_each(|(name, _)| add(&mut workbook, name, is_long)))?;
    let formats = page::formats();
    let doubtful = sheets.iter().position(|(name, _)| is_long && *name == doubtful::NAME);
    let longest = doubtful.map(|sheet| Longest { sheet, formats: &formats });
    xlsx::fill_sheets(&mut workbook, sheets, longest, |sheet, (_, fill)| fill(&mut Page::new(sheet)))?;
    caught(|| workbook.save_to_writer(out))?;
    Ok(())
}

fn add(workbook: &mut Workbook, name: &str, is_long: bool) -> Result<(), XlsxError> {
    let sheet = match is_long {
        false => workbook.add_worksheet(),
        // Reasons hardly repeat: they stand in their cells, not in the table of texts that the sheets share.
        true if name == doubtful::NAME => workbook.add_worksheet_with_constant_memory()?,
        true => workbook.add_worksheet_with_low_memory()?,
    };
    sheet.set_name(name)?.set_formula_result_default("");
    Ok(())
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
