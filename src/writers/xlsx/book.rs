//! A workbook made sheet by sheet, the longest beside the others, and brought to the disk. The same bytes come out
//! whichever thread is faster.

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::body::below_table;
use super::{Written, caught};

/// Why no workbook was made.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The disk, or a limit of the format.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The disk.
    #[error("the workbook could not be written: {0}")]
    Disk(#[from] io::Error),
}

/// Where the cells of a sheet are until the workbook is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In memory.
    InMemory,
    /// On the disk, row by row; its texts in the table that the sheets share.
    ByRows,
    /// On the disk with its texts, which hardly repeat. Such sheets are filled one by one, beside the others.
    ByRowsWithTexts,
}

/// A workbook to be filled.
pub struct Book<'b, T> {
    /// With its properties and its own look.
    pub workbook: Workbook,
    /// The sheets, each with its name and content.
    pub sheets: Vec<(&'b str, Held, T)>,
    /// Every format of the sheets that are filled beside the others: long sheets number formats for the whole workbook as
    /// they meet them, so these are numbered before the threads begin.
    pub formats: &'b [Format],
    /// Where long sheets lie in files without a name until they are whole; nowhere else is anything written. Without it
    /// all sheets are held in memory.
    pub scratch: Option<&'b Path>,
}

impl<T: Send> Book<'_, T> {
    /// Fills the sheets in their order, each with its content and whether it goes to disk row by row; then writes it all.
    ///
    /// Not to be called within [`caught`]: while one thread waits for the other it may do what somebody else has to do.
    ///
    /// # Errors
    /// What `fill` brings about; the disk, as an error of the library.
    pub fn write<W: Write + Seek + Send>(
        mut self,
        out: W,
        fill: impl Fn(&mut Worksheet, bool, T) -> Written + Sync,
    ) -> Written {
        let workbook = &mut self.workbook;
        // For speed: of a large report four fifths more bytes than at the default level.
        workbook.set_zip_compression_level(1);
        if let Some(scratch) = self.scratch {
            workbook.set_tempdir(scratch)?;
        } else {
            self.sheets.iter_mut().for_each(|(_, held, _)| *held = Held::InMemory);
        }
        caught(|| self.sheets.iter().try_for_each(|(name, held, _)| add(workbook, name, *held)))?;
        let is_apart = |held: Held| held == Held::ByRowsWithTexts;
        let any_apart = self.sheets.iter().any(|(_, held, _)| is_apart(*held));
        for format in self.formats.iter().filter(|_| any_apart) {
            workbook.register_format(format);
            workbook.register_format(&below_table(format));
        }
        let sheets = workbook.worksheets_mut().iter_mut().zip(self.sheets);
        let (longest, others): (Vec<_>, Vec<_>) = sheets.partition(|(_, (_, held, _))| is_apart(*held));
        let one = |sheet: &mut Worksheet, held, content| fill(sheet, held != Held::InMemory, content);
        let all = |sheets: Vec<(&mut Worksheet, (&str, Held, T))>| {
            caught(|| sheets.into_iter().try_for_each(|(sheet, (_, held, content))| one(sheet, held, content)))
        };
        let (others, longest) = rayon::join(|| all(others), || all(longest));
        others.and(longest)?;
        caught(|| self.workbook.save_to_writer(out))
    }
}

fn add(workbook: &mut Workbook, name: &str, held: Held) -> Written {
    let sheet = match held {
        Held::InMemory => workbook.add_worksheet(),
        Held::ByRows => workbook.add_worksheet_with_low_memory()?,
        Held::ByRowsWithTexts => workbook.add_worksheet_with_constant_memory()?,
    };
    sheet.set_name(name)?.set_formula_result_default("");
    Ok(())
}

/// Writes to a file; long sheets lie beside it until they are whole.
///
/// # Errors
/// [`WorkbookError`]: what could not be written.
pub fn to_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>, Option<&Path>) -> Written,
) -> Result<(), WorkbookError> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    write(&mut out, path.parent())?;
    Ok(out.flush()?)
}

/// Writes to memory, all of it.
///
/// # Errors
/// [`WorkbookError::Workbook`]
pub fn to_bytes(write: impl FnOnce(&mut Cursor<Vec<u8>>, Option<&Path>) -> Written) -> Result<Vec<u8>, WorkbookError> {
    let mut out = Cursor::new(Vec::new());
    write(&mut out, None)?;
    Ok(out.into_inner())
}
