//! `dieu-hanh.xlsx`: what the office does next, for the office alone: it holds addresses and suspicions. Sees the outcome
//! and nothing else.

use std::io::{Seek, Write};
use std::path::Path;

use crate::outcome::{Outcome, ResultError};
use crate::writers::xlsx::{self, Book, Document, Held, WorkbookError, Written};

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

fn write_to<W: Write + Seek + Send>(outcome: &Outcome, earlier: Earlier, out: W, scratch: Option<&Path>) -> Written {
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
    let held = if is_long { Held::ByRows } else { Held::InMemory };
    // Reasons hardly repeat.
    let reasons = if is_long { Held::ByRowsWithTexts } else { held };
    let mut sheets: Vec<(&str, Held, Fill)> = vec![
        (today::NAME, held, Box::new(|page| today::write(outcome, earlier, page))),
        (shared_faults::NAME, held, Box::new(|page| shared_faults::write(outcome, page))),
        (next_level::NAME, held, Box::new(|page| next_level::write(outcome, page))),
        (what_moves::ITEMS_NAME, held, Box::new(|page| what_moves::items(outcome, page))),
        (what_moves::CRITERIA_NAME, held, Box::new(|page| what_moves::criteria(outcome, page))),
        (doubtful::NAME, reasons, Box::new(|page| doubtful::write(outcome, earlier, page))),
    ];
    if outcome.findings.iter().any(|finding| finding.opinion.is_some()) {
        sheets.push((explained::NAME, held, Box::new(|page| explained::write(outcome, page))));
    }
    if earlier.previous.is_some() || earlier.last_year.is_some() {
        sheets.push((changes::NAME, held, Box::new(|page| changes::write(outcome, earlier, page))));
    }
    let formats = look.formats();
    Book { workbook, sheets, formats: &formats, scratch }
        .write(out, |sheet, long, fill| fill(&mut Page::new(sheet, &look, long)))
}

/// A sheet's title.
fn titled(outcome: &Outcome, name: &str) -> String {
    format!("{name}, năm học {}", outcome.office.year)
}
