//! `dieu-hanh.xlsx`: what the office does next, for the office alone: it holds addresses and suspicions. Sees the outcome
//! and nothing else.

use std::io::Write;
use std::path::Path;

use crate::outcome::{Outcome, ResultError};
use crate::writers::xlsx::{self, Book, Document, WorkbookError, Written};

mod changes;
mod doubtful;
mod explained;
mod next_level;
mod page;
mod shared_faults;
mod today;
mod what_moves;

use page::{Look, Page};

/// Schools and sets beyond which a sheet goes to disk row by row.
const LONG: usize = 1_000;

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
/// [`WorkbookError`]: what could not be written.
pub fn write(outcome: &Outcome, earlier: Earlier, path: &Path) -> Result<(), WorkbookError> {
    xlsx::to_file(path, |out, scratch| write_to(outcome, earlier, out, scratch))
}

/// The office's own workbook as bytes.
///
/// # Errors
/// [`WorkbookError::Workbook`]
pub fn to_bytes(outcome: &Outcome, earlier: Earlier) -> Result<Vec<u8>, WorkbookError> {
    xlsx::to_bytes(|out, scratch| write_to(outcome, earlier, out, scratch))
}

/// One sheet's content.
type Fill<'a> = Box<dyn Fn(&mut Page) -> Written + Send + 'a>;

fn write_to(outcome: &Outcome, earlier: Earlier, out: &mut impl Write, scratch: Option<&Path>) -> Written {
    let mut workbook = xlsx::workbook()?;
    let properties = Document {
        title: &format!("Điều hành thu phiếu chuyển đổi số năm học {}", outcome.office.year),
        subject: "Việc cần làm, lưu hành nội bộ",
        office: &outcome.office.name,
        comment: &format!("{}; lần chạy {}", outcome.program, outcome.run),
        created: outcome.at,
    }
    .properties();
    workbook.set_properties(&properties);
    let look = Look::new();
    let is_long = outcome.expected.len() > LONG;
    let mut sheets: Vec<(&str, Fill)> = vec![
        (today::NAME, Box::new(|page| today::write(outcome, earlier, page))),
        (shared_faults::NAME, Box::new(|page| shared_faults::write(outcome, page))),
        (next_level::NAME, Box::new(|page| next_level::write(outcome, page))),
        (what_moves::ITEMS_NAME, Box::new(|page| what_moves::items(outcome, page))),
        (what_moves::CRITERIA_NAME, Box::new(|page| what_moves::criteria(outcome, page))),
        (doubtful::NAME, Box::new(|page| doubtful::write(outcome, earlier, page))),
    ];
    if outcome.findings.iter().any(|finding| finding.opinion.is_some()) {
        sheets.push((explained::NAME, Box::new(|page| explained::write(outcome, page))));
    }
    if earlier.previous.is_some() || earlier.last_year.is_some() {
        sheets.push((changes::NAME, Box::new(|page| changes::write(outcome, earlier, page))));
    }
    let sheets = sheets.into_iter().map(|(name, fill)| (name, is_long, fill)).collect();
    Book { workbook, sheets, formats: look.all(), scratch }
        .write(out, |sheet, rows, fill| fill(&mut Page::new(sheet, &look, rows)))
}

/// A sheet's title.
fn titled(outcome: &Outcome, name: &str) -> String {
    format!("{name}, năm học {}", outcome.office.year)
}
