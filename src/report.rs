//! `tong-hop.xlsx`: the consolidated workbook that the office signs and hands over. Sees the outcome and nothing else.
//!
//! [`plan`] fixes every address first; then each kind of sheet is written by its own file, in the order of the tabs.

use std::fs::File;
use std::io::{BufWriter, Cursor, Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::outcome::Outcome;
use crate::text::{Masked, cut};
use crate::writers::xlsx::{Longest, caught, fill_sheets};

mod formula;
mod look;
mod page;
mod plan;
mod sheets;
mod words;

use look::Look;
use page::Page;
use plan::{Plan, Tab};

/// Why no workbook was made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The disk, or a limit of the format.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The disk.
    #[error("the workbook could not be written: {0}")]
    Disk(#[from] std::io::Error),
}

/// Writes the consolidated workbook to a file.
pub fn write(outcome: &Outcome, path: &Path) -> Result<(), ReportError> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    write_to(outcome, &mut out, path.parent())?;
    out.flush()?;
    Ok(())
}

/// The consolidated workbook as bytes, all of it in memory.
pub fn to_bytes(outcome: &Outcome) -> Result<Vec<u8>, ReportError> {
    let mut out = Cursor::new(Vec::new());
    write_to(outcome, &mut out, None)?;
    Ok(out.into_inner())
}

/// Long sheets lie in files without a name in `scratch` until they are whole; nowhere else is anything written.
fn write_to<W: Write + Seek + Send>(outcome: &Outcome, out: W, scratch: Option<&Path>) -> Result<(), ReportError> {
    let plan = Plan::new(outcome);
    let copies = outcome.seal.as_ref().map(|_| outcome.handed_over());
    let look = Look::new();
    let mut workbook = caught(|| with_sheets(&plan, &look, scratch))?;
    let formats = sheets::evidence_formats(&look);
    let evidence = plan.tabs.iter().position(|tab| scratch.is_some() && plan.has_own_texts(tab.sheet));
    let longest = evidence.map(|sheet| Longest { sheet, formats: &formats });
    fill_sheets(&mut workbook, plan.tabs.iter().collect(), longest, |worksheet, tab| {
        let mut page = Page::new(worksheet, &look);
        page.copies = copies.as_ref();
        sheets::write(&plan, tab.sheet, &mut page)
    })?;
    caught(|| workbook.save_to_writer(out))?;
    Ok(())
}

/// The workbook with its sheets, all empty.
fn with_sheets(plan: &Plan<'_>, look: &Look, scratch: Option<&Path>) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // For speed: of a large report four fifths more bytes than at the default level.
    workbook.set_zip_compression_level(1);
    workbook.set_properties(&properties(plan.outcome)?);
    workbook.set_default_format(&look.base, 20, 64)?;
    if let Some(scratch) = scratch {
        workbook.set_tempdir(scratch)?;
    }
    plan.tabs.iter().try_for_each(|tab| add(plan, tab, &mut workbook, scratch.is_some()))?;
    Ok(workbook)
}

/// Long sheets go to disk row by row; all rows are written from top to bottom.
fn add(plan: &Plan<'_>, tab: &Tab, workbook: &mut Workbook, by_rows: bool) -> Result<(), XlsxError> {
    let worksheet = match by_rows && plan.is_long(tab.sheet) {
        false => workbook.add_worksheet(),
        true if plan.has_own_texts(tab.sheet) => workbook.add_worksheet_with_constant_memory()?,
        true => workbook.add_worksheet_with_low_memory()?,
    };
    worksheet.set_name(&tab.name)?.set_formula_result_default("");
    Ok(())
}

fn properties(outcome: &Outcome) -> Result<DocProperties, XlsxError> {
    let at = outcome.at;
    let made = ExcelDateTime::from_ymd(at.year() as u16, at.month() as u8, at.day() as u8)?.and_hms(
        at.hour() as u16,
        at.minute() as u8,
        f64::from(at.second()),
    )?;
    let office = cut(&Masked::of(&outcome.office.name), 200);
    Ok(DocProperties::new()
        .set_title(format!(
            "Báo cáo tổng hợp mức độ chuyển đổi số năm học {}",
            cut(&Masked::of(&outcome.office.year), 40)
        ))
        .set_subject("Kết quả tự đánh giá mức độ chuyển đổi số của các cơ sở giáo dục và của cơ quan")
        .set_author(&office)
        .set_company(&office)
        .set_comment(&*Masked::of(&format!("{}; lần chạy {}", outcome.program, outcome.run)))
        .set_creation_datetime(&made))
}
