//! Earlier results that a run is held against: the newest run of the same year, and last year's where the office names
//! it. What cannot serve never ends a run.

use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding, Found, Place, code};
use crate::folder::OfficeFolder;
use crate::milestone::{self, milestones};
use crate::office::{self, Office};
use crate::outcome::{FILE as RESULT, LARGEST_BESIDE, Outcome, ResultError};

/// The newest run, if it is of the same year.
///
/// # Errors
/// [`ResultError`]: there is one, and it cannot be read.
pub(super) fn previous(folder: &OfficeFolder, outcome: &Outcome) -> Result<Option<Outcome>, ResultError> {
    let newest = folder.newest_run();
    let Some((_, newest)) = newest else { return Ok(None) };
    let previous = Outcome::read_file(&newest.join(RESULT), LARGEST_BESIDE)?;
    Ok(Some(previous).filter(|previous| previous.office.year == outcome.office.year))
}

/// Last year's result, where the office names one.
pub fn last_year(folder: &OfficeFolder, office: &Office) -> Found<Option<Outcome>> {
    if office.last_year.is_empty() {
        return Found::clean(None);
    }
    let said = |code: Code| Finding::new(code).with("value", &office.last_year).at(Place::file(office::FILE));
    let without = |finding| Found { value: None, findings: vec![finding] };
    let year = office.year_before().unwrap_or_default();
    // As Windows writes paths, too.
    let Some(path) = result_at(&folder.root().join(office.last_year.replace('\\', "/")), &year) else {
        return without(said(code::LAST_YEAR_NOT_FOUND));
    };
    match Outcome::read_file(&path, LARGEST_BESIDE) {
        Err(_) => without(said(code::LAST_YEAR_UNREADABLE)),
        Ok(last) if last.office.year != year => {
            let said = said(code::LAST_YEAR_OF_OTHER_YEAR).with("found", last.office.year);
            without(said.with("year", &office.year))
        }
        Ok(last) => Found::clean(Some(last)),
    }
}

/// Where the result is: the file itself, that of a run, or of an office folder the newest one frozen in that year, else
/// the newest run's.
fn result_at(path: &Path, year: &str) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    let of_run = path.join(RESULT);
    if of_run.is_file() {
        return Some(of_run);
    }
    let folder = OfficeFolder::as_it_is(path);
    let frozen = milestones(&folder).ok()?.into_iter().rev().filter(|milestone| milestone.seal.year == year);
    let newest = folder.newest_run().map(|(_, run)| run.join(RESULT));
    frozen.map(|milestone| milestone.path.join(milestone::OUTCOME)).chain(newest).find(|path| path.is_file())
}
