//! One workbook checked by itself: what a school runs before it sends, or the office on a single file.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::returns::read_file;
use super::{Inputs, RunError};
use crate::finding::{Finding, Place};
use crate::form::FormReader;
use crate::reader::Pool;
use crate::receipts::Granted;
use crate::reconcile::reconcile;
use crate::roll_call::{self, Arrived, Expected};
use crate::rules::{RuleBook, RuleSet};
use crate::score::{Given, Scored, score};
use crate::text::one_line;

/// What is to be said of one workbook.
#[derive(Debug)]
pub struct Verdict {
    /// By weight, then place.
    pub findings: Vec<Finding>,
    /// The points of each return in it, whether it counts or not.
    pub scored: Vec<(RuleSet, Scored)>,
}

/// Checks one workbook; with the office's inputs its identity too.
///
/// # Errors
/// [`RunError`]: when no reader can be started.
pub fn check_one(path: &Path, book: &RuleBook, inputs: Option<&Inputs>, pool: &Pool) -> Result<Verdict, RunError> {
    let shown: Arc<str> =
        path.file_name().map_or_else(String::new, |n| one_line(&n.to_string_lossy()).into_owned()).into();
    let year = inputs.map_or("", |inputs| inputs.office.year.as_str());
    let forms = FormReader::new(book, year);
    let mut read = read_file(path, &shown, pool, &forms, book)?;
    let mut verdict = Verdict { findings: Vec::new(), scored: Vec::new() };
    for arrival in &read.arrivals {
        let Arrived::Returns(returns) = &arrival.content else { continue };
        for filled in returns {
            let Some(set) = book.get(&filled.checked.set) else { continue };
            let scored = score(set, &filled.checked, &Given::default());
            let mut found = if inputs.is_none() { filled.checked.findings.clone() } else { Vec::new() };
            if filled.checked.valid {
                found.extend(reconcile(set, &filled.checked, &scored));
            }
            found.iter_mut().for_each(|finding| finding.place.file = Some(arrival.file.clone()));
            verdict.findings.extend(found);
            verdict.scored.push((set.clone(), scored));
        }
    }
    match inputs {
        Some(inputs) => verdict.findings.extend(identity(&mut read.arrivals, inputs)),
        None => {
            for arrival in read.arrivals {
                let at = |mut finding: Finding| {
                    finding.place = Place { file: Some(arrival.file.clone()), ..finding.place };
                    finding
                };
                verdict.findings.extend(arrival.findings.into_iter().map(at));
            }
        }
    }
    verdict.findings.sort_by(|a, b| (a.severity, &a.place, a.code).cmp(&(b.severity, &b.place, b.code)));
    Ok(verdict)
}

/// What the roll call says of the file itself; who else has sent nothing does not matter here.
fn identity(arrivals: &mut [roll_call::Arrival], inputs: &Inputs) -> Vec<Finding> {
    let expected = Expected {
        schools: &inputs.schools,
        owes: &|school| school.is_open(),
        book: &inputs.book,
        year: &inputs.office.year,
        deadline: None,
        again: None,
        granted: &Granted::new(),
    };
    let mut roll = roll_call::call(arrivals, &expected);
    roll.findings.retain(|finding| finding.place.file.is_some());
    roll.findings
}

/// Whether a path can be a file at all: a wrong name is wrong usage, not a finding.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
