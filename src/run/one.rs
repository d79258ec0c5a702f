//! One workbook checked by itself: what a school runs before it sends, or the office on a single file.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::explain::Hearing;
use super::returns::read_file;
use super::{Inputs, RunError};
use crate::check::Checked;
use crate::finding::{Finding, Place};
use crate::form::{FormReader, Reply};
use crate::reader::Pool;
use crate::receipts::{Granted, Refusal};
use crate::reconcile::reconcile;
use crate::roll_call::{self, Arrival, Arrived, Expected, Filled, RollCall};
use crate::rules::{RuleBook, RuleSet};
use crate::school::SchoolCode;
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
        Some(inputs) => {
            let roll = call(&mut read.arrivals, inputs);
            verdict.findings.extend(roll.findings.into_iter().filter(|finding| finding.place.file.is_some()));
            let refusals = inputs.receipts.as_ref().map(|receipts| receipts.refused(&inputs.schools, book).0);
            let refusals = refusals.unwrap_or_default();
            for entry in roll.entries {
                let Some(set) = book.get(&entry.set) else { continue };
                let file = |arrival: usize| read.arrivals[arrival].file.clone();
                let said: Vec<_> = entry.replies.into_iter().map(|(arrival, reply)| (file(arrival), reply)).collect();
                let newest = match (&entry.counted, &entry.not_valid) {
                    (Some(chosen), _) => Some(&chosen.checked),
                    (None, Some(found)) => found.checked.as_ref(),
                    (None, None) => None,
                };
                let refused: Vec<_> = refusals.iter().filter(|refusal| refusal.is_to(entry.school, &set.id)).collect();
                verdict.hear(&inputs.schools[entry.school].code, set, newest, &said, &refused);
            }
        }
        None => {
            for arrival in read.arrivals {
                let at = |mut finding: Finding| {
                    finding.place = Place { file: Some(arrival.file.clone()), ..finding.place };
                    finding
                };
                verdict.findings.extend(arrival.findings.into_iter().map(at));
                let Arrived::Returns(returns) = arrival.content else { continue };
                for Filled { identity, mut checked } in returns {
                    let Some(set) = book.get(&checked.set) else { continue };
                    let code = identity.codes.first().map(|said| said.text.clone()).unwrap_or_default();
                    let said = std::mem::take(&mut checked.replies).into_iter();
                    let said: Vec<_> = said.map(|reply| (arrival.file.clone(), reply)).collect();
                    verdict.hear(&SchoolCode(code), set, Some(&checked), &said, &[]);
                }
            }
        }
    }
    verdict.findings.sort_by(|a, b| (a.severity, &a.place, a.code).cmp(&(b.severity, &b.place, b.code)));
    Ok(verdict)
}

impl Verdict {
    /// Puts what a school answered to what it was asked beside it, as a run does.
    fn hear(
        &mut self,
        code: &SchoolCode,
        set: &RuleSet,
        newest: Option<&Checked>,
        said: &[(Arc<str>, Reply)],
        refused: &[&Refusal],
    ) {
        let Some((file, _)) = said.first() else { return };
        let scored = newest.map(|checked| score(set, checked, &Given::default()));
        let is_own = |finding: &Finding| {
            finding.place.file.as_ref() == Some(file)
                && finding.school.as_ref().is_none_or(|school| school == code)
                && finding.set.as_ref().is_none_or(|own| *own == set.id)
        };
        let own: Vec<usize> = (0..self.findings.len()).filter(|&at| is_own(&self.findings[at])).collect();
        let hearing = Hearing::new(code, set, scored.as_ref(), said, Some(file));
        let unused = hearing.hear_all(&mut self.findings, &own, refused);
        self.findings.extend(unused);
    }
}

/// The roll call of this file alone; who else has sent nothing does not matter here.
fn call(arrivals: &mut [Arrival], inputs: &Inputs) -> RollCall {
    let expected = Expected {
        schools: &inputs.schools,
        owes: &|school| school.is_open(),
        book: &inputs.book,
        year: &inputs.office.year,
        today: None,
        deadline: None,
        again: None,
        granted: &Granted::new(),
    };
    roll_call::call(arrivals, &expected)
}

/// Whether a path can be a file at all: a wrong name is wrong usage, not a finding.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
