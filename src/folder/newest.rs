//! What stands outside the runs' folders and says how the last night went: `MO-KET-QUA-MOI-NHAT.html`, which leads to the
//! newest run, and `ket-qua/LOI-LAN-CHAY.txt`, why the last run left no report.

use std::fs;
use std::io;

use super::disk::{Existing, put, read_file};
use super::run::cannot_write;
use super::{FolderError, OfficeFolder};

/// The page's name in the office folder.
pub const NEWEST: &str = "MO-KET-QUA-MOI-NHAT.html";
/// The name in `ket-qua/` of what a run that left no report says.
pub const FAILURE: &str = "LOI-LAN-CHAY.txt";

/// The page of a run that succeeded: what is said of one that failed before is over.
pub(super) fn succeeded(folder: &OfficeFolder, page: &str) -> Result<(), FolderError> {
    let _: io::Result<()> = fs::remove_file(folder.results().join(FAILURE));
    folder.write_page(page)
}

impl OfficeFolder {
    /// Writes `MO-KET-QUA-MOI-NHAT.html`.
    ///
    /// # Errors
    /// When it cannot be written; then the old one stays.
    pub fn write_page(&self, page: &str) -> Result<(), FolderError> {
        let path = self.root().join(NEWEST);
        put(&path, page.as_bytes(), Existing::Replace).map_err(cannot_write(&path))
    }

    /// Writes `ket-qua/LOI-LAN-CHAY.txt`.
    ///
    /// # Errors
    /// When it cannot be written; then the old one stays.
    pub fn write_failure(&self, text: &str) -> Result<(), FolderError> {
        let results = self.results();
        fs::create_dir_all(&results).map_err(cannot_write(&results))?;
        let path = results.join(FAILURE);
        put(&path, text.as_bytes(), Existing::Replace).map_err(cannot_write(&path))
    }

    /// What a run that left no report said last, if no run succeeded since.
    pub fn failure(&self) -> Option<String> {
        String::from_utf8(read_file(&self.results().join(FAILURE)).ok()?).ok()
    }
}
