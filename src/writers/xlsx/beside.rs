//! Sheets of one workbook filled by two threads, with the same bytes whichever is faster.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::body::without_lines;
use super::caught;

/// The longest sheet of a workbook: it does not hold up the others.
pub struct Longest<'l> {
    /// Its number, from 0. Its texts stand in its cells: the others share a table of texts, in their order.
    pub sheet: usize,
    /// Every format of its cells. Long sheets number formats for the whole workbook as they meet them, so these are
    /// numbered before the threads begin.
    pub formats: &'l [Format],
}

/// Fills the sheets of a workbook, one content each, in their order; the longest, if any, beside the others.
///
/// Not to be called within [`caught`]: while one thread waits for the other it may do what somebody else has to do.
///
/// # Errors
/// What [`caught`] tells of them, the others first.
pub fn fill_sheets<T: Send>(
    workbook: &mut Workbook,
    contents: Vec<T>,
    longest: Option<Longest>,
    fill: impl Fn(&mut Worksheet, T) -> Result<(), XlsxError> + Sync,
) -> Result<(), XlsxError> {
    let apart = longest.map(|longest| {
        for format in longest.formats {
            workbook.register_format(format);
            workbook.register_format(&without_lines(format));
        }
        longest.sheet
    });
    let sheets = workbook.worksheets_mut().iter_mut().zip(contents).enumerate();
    let (longest, others): (Vec<_>, Vec<_>) = sheets.partition(|(number, _)| Some(*number) == apart);
    let all = |sheets: Vec<(usize, (&mut Worksheet, T))>| {
        caught(|| sheets.into_iter().try_for_each(|(_, (sheet, content))| fill(sheet, content)))
    };
    let (others, longest) = rayon::join(|| all(others), || all(longest));
    others.and(longest)
}
