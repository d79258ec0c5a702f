//! `mau-*.xlsx`: where reviewers, those who hold figures against the annex, and who types what was recognised start from.
//! Sees the outcome and nothing else.

use std::path::Path;

use rayon::join;
use rust_xlsxwriter::XlsxError;

use crate::outcome::Outcome;
use crate::writers::xlsx::caught;

mod annex;
mod page;
mod recognised;
mod verified;
mod worth;

/// Writes the templates into a run's folder.
///
/// # Errors
/// The disk, or a limit of the format.
pub fn write(outcome: &Outcome, dir: &Path) -> Result<(), XlsxError> {
    let (verified, annex) = join(|| caught(|| verified::write(outcome, dir)), || caught(|| annex::write(outcome, dir)));
    verified.and(annex).and_then(|()| caught(|| recognised::write(outcome, dir)))
}
