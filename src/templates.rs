//! `mau-*.xlsx`: where reviewers, those who hold figures against the annex, and who types what was recognised start from.
//! Sees the outcome and nothing else.

use std::fs;
use std::path::Path;

use rayon::join;
use rust_xlsxwriter::XlsxError;
use serde::Serialize;

use crate::layouts::recognised::TEMPLATE as TO_RECOGNISE;
use crate::layouts::verified::TEMPLATE as TO_VERIFY;
use crate::outcome::Outcome;
use crate::reuse::{Earlier, Made};
use crate::rules::annex::TEMPLATE as TO_HOLD_AGAINST_ANNEX;
use crate::views::returns::counted;

mod annex;
mod page;
mod recognised;
mod verified;

/// Writes the templates into a run's folder. What was made before from the same is not made anew.
///
/// # Errors
/// The disk, or a limit of the format.
pub fn write(outcome: &Outcome, dir: &Path, earlier: Earlier) -> Result<Vec<Made>, XlsxError> {
    let head = page::head(outcome);
    let reviewed = || {
        let returns: Vec<_> = counted(outcome).map(|one| (outcome.school_of(one.0), one.0)).collect();
        let shown = (TO_VERIFY, head, returns);
        put(dir, TO_VERIFY, earlier, &shown, || verified::to_bytes(outcome, dir))
    };
    let held = || {
        let shown = (TO_HOLD_AGAINST_ANNEX, head, &outcome.book);
        put(dir, TO_HOLD_AGAINST_ANNEX, earlier, &shown, || annex::to_bytes(outcome))
    };
    let typed = || {
        let results: Vec<_> = outcome
            .expected
            .iter()
            .map(|one| (outcome.school_of(one), &one.set, one.scored.as_ref().and_then(|scored| scored.level)))
            .collect();
        let shown = (TO_RECOGNISE, head, &outcome.offices, &outcome.recognised, results);
        put(dir, TO_RECOGNISE, earlier, &shown, || recognised::to_bytes(outcome))
    };
    let (reviewed, (held, typed)) = join(reviewed, || join(held, typed));
    Ok([reviewed?, held?, typed?].into_iter().flatten().collect())
}

fn put(
    dir: &Path,
    name: &str,
    earlier: Earlier,
    shown: &impl Serialize,
    make: impl FnOnce() -> Result<Vec<u8>, XlsxError>,
) -> Result<Option<Made>, XlsxError> {
    let (bytes, made) = earlier.or_made(name, shown, make)?;
    fs::write(dir.join(name), bytes)?;
    Ok(made)
}
