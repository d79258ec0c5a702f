//! `gui-lai-truong/`: for each school with findings its own form again, with its values, marks on what is to be
//! corrected, and a first sheet that says so. Sees the outcome and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rayon::prelude::*;
use serde::Serialize;

use crate::form_writer::{Answer, Answers, Filling, Plates, WriteError, write_behind};
use crate::layouts::form::Field;
use crate::outcome::{FilledBy, Outcome, State};
use crate::reuse::{Earlier, Made};
use crate::views::Correction;
use crate::views::corrections::FOLDER;
use crate::writers::xlsx::excel_time;

mod first_sheet;
pub mod mail;
mod marks;
mod opinions;
mod units;

pub use units::{UNITS_FOLDER, write_units};

use first_sheet::FirstLooks;

/// Writes the corrected forms into their folder in `dir`; no folder where there are none. What was made before from the
/// same is not made anew.
///
/// # Errors
/// What could not be made or written.
pub fn write<'o>(outcome: &'o Outcome, dir: &Path, earlier: Earlier) -> Result<Vec<Made>, WriteError> {
    let corrections = outcome.corrections();
    let folder = dir.join(FOLDER);
    let jobs: Vec<(PathBuf, &Correction<'o>)> =
        corrections.iter().filter_map(|one| Some((folder.join(one.file.as_ref()?), one))).collect();
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::File { path, source }
    };
    fs::create_dir_all(&folder).map_err(failed(&folder))?;
    let plates = Plates::default();
    let one = |(path, one): &(PathBuf, &Correction<'o>)| {
        let file = format!("{FOLDER}/{}", one.file.as_deref().unwrap_or_default());
        let (bytes, made) = earlier.or_made(&file, &shown(outcome, one), || copy(&plates, outcome, one))?;
        fs::write(path, &bytes).map_err(failed(path))?;
        Ok(made)
    };
    let made: Result<Vec<Option<Made>>, WriteError> = jobs.par_iter().map(one).collect();
    Ok(made?.into_iter().flatten().collect())
}

/// All that a corrected form shows; what it is called is not among it.
fn shown<'a>(outcome: &'a Outcome, correction: &'a Correction) -> impl Serialize + use<'a> {
    let Correction { school, set, expected, findings, file: _ } = correction;
    let request = first_sheet::request(outcome, correction);
    (&set.id, school, expected, findings, &outcome.office, request, created(outcome, correction))
}

/// The time in the document's properties: when the return came, so that the same return makes the same bytes.
fn created(outcome: &Outcome, correction: &Correction) -> DateTime {
    let received = correction.expected.source.as_ref().and_then(|source| source.received);
    received.filter(|time| excel_time(*time).is_some()).unwrap_or(outcome.at)
}

fn copy<'a>(
    plates: &Plates<'a, FirstLooks>,
    outcome: &Outcome,
    correction: &Correction<'a>,
) -> Result<Vec<u8>, WriteError> {
    let common = Filling { school: None, office: Some(&outcome.office), answers: None, created: outcome.at };
    let blank = plates.of(correction.set, &common, &first_sheet::blank)?;
    let (plate, looks) = &*blank;
    let answers = Answers { due: Some(first_sheet::due(outcome, correction)), ..answers(correction) };
    let front = first_sheet::ink(outcome, correction, &answers, looks);
    Ok(plate.copy(&filling(outcome, correction, &answers), Some(front)))
}

/// The corrected form of one school and set.
///
/// # Errors
/// [`WriteError::Workbook`], for a set beyond the limits of a worksheet.
pub fn to_bytes(outcome: &Outcome, correction: &Correction) -> Result<Vec<u8>, WriteError> {
    copy(&Plates::default(), outcome, correction)
}

/// The same by the library of workbooks alone: what the others are held against.
///
/// # Errors
/// As [`to_bytes`].
pub fn by_library(outcome: &Outcome, correction: &Correction) -> Result<Vec<u8>, WriteError> {
    let answers = Answers { due: Some(first_sheet::due(outcome, correction)), ..answers(correction) };
    let filling = filling(outcome, correction, &answers);
    let front = |looks: &FirstLooks| first_sheet::ink(outcome, correction, &answers, looks);
    write_behind(correction.set, &filling, &first_sheet::blank, front)
}

fn filling<'a>(outcome: &'a Outcome, correction: &Correction<'a>, answers: &'a Answers) -> Filling<'a> {
    Filling {
        school: Some(correction.school),
        office: Some(&outcome.office),
        answers: Some(answers),
        created: created(outcome, correction),
    }
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
    let scored = correction.expected.of_newest();
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
