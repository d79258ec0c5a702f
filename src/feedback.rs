//! `gui-lai-truong/`: for each school with findings its own form again, with its values, marks on what is to be
//! corrected, and a first sheet that says so. Sees the outcome and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::form_writer::{Answer, Answers, Filling, WriteError, write_behind};
use crate::layouts::form::Field;
use crate::outcome::{FilledBy, Outcome, State};
use crate::views::Correction;
use crate::views::corrections::FOLDER;

mod first_sheet;
pub mod mail;
mod marks;
mod opinions;
mod units;

pub use units::{UNITS_FOLDER, write_units};

/// A corrected form that was made, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Of all that it shows: the return with its points, the findings, school and office.
    pub inputs: [u8; 32],
    /// Its name in [`FOLDER`].
    pub file: String,
    /// Of its bytes.
    pub content: [u8; 32],
    /// Whether it was made before and taken over.
    #[serde(skip)]
    pub is_old: bool,
}

/// The corrected form that was made from the same inputs before, if there is one.
pub type Earlier<'a> = dyn Fn(&[u8; 32]) -> Option<Vec<u8>> + Sync + 'a;

/// Writes the corrected forms into their folder in `dir`; no folder where there are none. What was made before from the
/// same is not made anew. `stamp` stands for the rules and the program.
///
/// # Errors
/// What could not be made or written.
pub fn write(outcome: &Outcome, dir: &Path, stamp: &[u8; 32], earlier: &Earlier) -> Result<Vec<Made>, WriteError> {
    let corrections = outcome.corrections();
    let folder = dir.join(FOLDER);
    let jobs: Vec<(PathBuf, &Correction)> =
        corrections.iter().filter_map(|one| Some((folder.join(one.file.as_ref()?), one))).collect();
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::File { path, source }
    };
    fs::create_dir_all(&folder).map_err(failed(&folder))?;
    let one = |(path, one): &(PathBuf, &Correction)| {
        let inputs = inputs(outcome, one, stamp);
        let old = inputs.as_ref().and_then(earlier);
        let is_old = old.is_some();
        let bytes = old.map_or_else(|| to_bytes(outcome, one), Ok)?;
        fs::write(path, &bytes).map_err(failed(path))?;
        let file = one.file.clone().unwrap_or_default();
        Ok(inputs.map(|inputs| Made { inputs, file, content: blake3::hash(&bytes).into(), is_old }))
    };
    let made: Result<Vec<Option<Made>>, WriteError> = jobs.par_iter().map(one).collect();
    Ok(made?.into_iter().flatten().collect())
}

/// The fingerprint of all that a corrected form shows; `None` where that cannot be told.
fn inputs(outcome: &Outcome, correction: &Correction, stamp: &[u8; 32]) -> Option<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(stamp);
    let Correction { school, set, expected, findings, file: _ } = correction;
    let request = first_sheet::request(outcome, correction);
    let created = created(outcome, correction);
    let shown = (&set.id, school, expected, findings, &outcome.office, request, created);
    serde_json::to_writer(&mut hasher, &shown).ok()?;
    Some(hasher.finalize().into())
}

/// The time in the document's properties: when the return came, so that the same return makes the same bytes.
fn created(outcome: &Outcome, correction: &Correction) -> DateTime {
    let received = correction.expected.source.as_ref().and_then(|source| source.received);
    // What the format can hold.
    received.filter(|time| (1900..=9999).contains(&time.year())).unwrap_or(outcome.at)
}

/// The corrected form of one school and set.
///
/// # Errors
/// [`WriteError::Workbook`], for a set beyond the limits of a worksheet.
pub fn to_bytes(outcome: &Outcome, correction: &Correction) -> Result<Vec<u8>, WriteError> {
    let answers = Answers { due: Some(first_sheet::due(outcome, correction)), ..answers(correction) };
    let filling = Filling {
        school: Some(correction.school),
        office: Some(&outcome.office),
        answers: Some(&answers),
        created: created(outcome, correction),
    };
    write_behind(correction.set, &filling, |workbook| first_sheet::write(workbook, outcome, correction, &answers))
}

/// The school's own values, and what is to be said of single cells.
fn answers(correction: &Correction) -> Answers {
    let mut answers = Answers { marks: marks::of(correction), ..Answers::default() };
    let FilledBy { preparer, head, date } = &correction.expected.filled_by;
    for (field, text) in [(Field::Preparer, preparer), (Field::Head, head), (Field::Date, date)] {
        if !text.is_empty() {
            answers.fields.insert(field, text.clone());
        }
    }
    let scored = correction.expected.scored.as_ref().or(correction.expected.pending.as_ref());
    let counts = correction.expected.scored.is_some();
    for (node, result) in correction.set.nodes.iter().zip(scored.map_or(&[][..], |scored| &scored.nodes)) {
        let written = result.as_written(node);
        let answer = Answer {
            score: written.score,
            part: written.part,
            whole: written.whole,
            evidence: result.evidence.to_string(),
            note: result.note.to_string(),
        };
        if answer != Answer::default() {
            answers.items.insert(node.code, answer);
        }
        if result.state == State::Void {
            answers.void.insert(node.code);
        }
        if counts && (result.verified.is_some() || result.verified_met.is_some()) {
            answers.settled.insert(node.code);
        }
    }
    answers
}
