//! `gui-lai-truong/`: for each school with findings its own form again, with its values, marks on what is to be
//! corrected, and a first sheet that says so. Sees the outcome and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::form::layout::Field;
use crate::form::write::{Answer, Answers, Filling, WriteError, write_behind};
use crate::outcome::corrections::FOLDER;
use crate::outcome::{Correction, FilledBy, Outcome};

mod first_sheet;
mod marks;

/// Writes the corrected forms into their folder in `dir`; no folder where there are none.
///
/// # Errors
/// What could not be made or written.
pub fn write(outcome: &Outcome, dir: &Path) -> Result<(), WriteError> {
    let corrections = outcome.corrections();
    let folder = dir.join(FOLDER);
    let jobs: Vec<(PathBuf, &Correction)> =
        corrections.iter().filter_map(|one| Some((folder.join(one.file.as_ref()?), one))).collect();
    if jobs.is_empty() {
        return Ok(());
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::File { path, source }
    };
    fs::create_dir_all(&folder).map_err(failed(&folder))?;
    jobs.par_iter().try_for_each(|(path, one)| fs::write(path, to_bytes(outcome, one)?).map_err(failed(path)))
}

/// The corrected form of one school and set.
///
/// # Errors
/// [`WriteError::Workbook`], for a set beyond the limits of a worksheet.
pub fn to_bytes(outcome: &Outcome, correction: &Correction) -> Result<Vec<u8>, WriteError> {
    let answers = answers(correction);
    let filling = Filling {
        school: Some(correction.school),
        office: Some(&outcome.office),
        answers: Some(&answers),
        created: outcome.at,
    };
    write_behind(correction.set, &filling, |workbook| first_sheet::write(workbook, outcome, correction))
}

/// The school's own values, and what is to be said of single cells.
fn answers(correction: &Correction) -> Answers {
    let mut answers = Answers { marks: marks::of(correction), ..Answers::default() };
    let FilledBy { preparer, head, date } = &correction.due.filled_by;
    for (field, text) in [(Field::Preparer, preparer), (Field::Head, head), (Field::Date, date)] {
        if !text.is_empty() {
            answers.fields.insert(field, text.clone());
        }
    }
    let scored = correction.due.scored.as_ref().or(correction.due.pending.as_ref());
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
    }
    answers
}
