//! How far a reader may go with one file.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Caps on what one file may cost. The default suits returns; each may be configured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Address space of a worker, bytes.
    pub address_space: u64,
    /// Computing time for one file or one member of an archive.
    pub cpu: Duration,
    /// Time for one file by the clock: loose, so that a busy night changes no result.
    pub wall: Duration,
    /// Bytes of a workbook as stored.
    pub workbook_bytes: u64,
    /// Bytes of an archive as stored.
    pub archive_bytes: u64,
    /// Members of an archive.
    pub archive_members: usize,
    /// Parts of a workbook's package.
    pub package_parts: usize,
    /// Bytes that come out of a package, or of all members of an archive.
    pub inflated_bytes: u64,
    /// Bytes that come out for each byte that went in, once more than [`Limits::ratio_from`] came out.
    pub ratio: u64,
    /// From how many bytes on the ratio is looked at.
    pub ratio_from: u64,
    /// Worksheets of a workbook.
    pub sheets: usize,
    /// Non-blank cells of a worksheet.
    pub sheet_cells: usize,
    /// Non-blank cells of a workbook.
    pub file_cells: usize,
    /// Bytes of all texts of a workbook.
    pub text_bytes: usize,
    /// Merged ranges of a worksheet.
    pub merges: usize,
    /// Bytes of evidence and notes that a run keeps of one file, or of one member of an archive.
    pub kept_text: usize,
    /// Findings about one file, or about one member of an archive, that a run keeps.
    pub findings: usize,
    /// Whether packages are repacked before calamine sees them: faster, stricter, and otherwise the same.
    pub repack: bool,
    /// Whether plain worksheets are read without calamine: faster, and otherwise the same.
    pub direct: bool,
}

/// Characters that a cell can hold in Excel.
pub(crate) const CELL_TEXT: usize = 32_767;

const MB: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            address_space: 512 * MB,
            cpu: Duration::from_secs(20),
            wall: Duration::from_secs(120),
            workbook_bytes: 64 * MB,
            archive_bytes: 192 * MB,
            archive_members: 2_000,
            package_parts: 10_000,
            inflated_bytes: 192 * MB,
            ratio: 200,
            ratio_from: 16 * MB,
            sheets: 100,
            sheet_cells: 200_000,
            file_cells: 400_000,
            text_bytes: 4 << 20,
            merges: 20_000,
            kept_text: 256 << 10,
            findings: 300,
            repack: true,
            direct: true,
        }
    }
}

/// Whole megabytes, rounded up, for people.
pub(crate) fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(MB)
}
