//! Earlier results that a run is held against: the newest run of the same year, and last year's where the office names
//! it. What cannot serve never ends a run.

use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding, Found, Place, code};
use crate::folder::OfficeFolder;
use crate::milestone::{self, milestones};
use crate::office::{self, Office};
use crate::outcome::{FILE as RESULT, Outcome};

/// Bytes: some 5,000 schools. A larger result would double the memory of a run, for one sheet.
pub(super) const LARGEST: u64 = 64 << 20;

/// The newest run of the same year that is there and can be read; what cannot is as if it were not there.
pub(super) fn previous(folder: &OfficeFolder, outcome: &Outcome) -> Option<Outcome> {
    let (_, newest) = folder.runs().ok()?.into_iter().next_back()?;
    read(&newest.join(RESULT)).filter(|previous| previous.office.year == outcome.office.year)
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
    match read(&path) {
        None => without(said(code::LAST_YEAR_UNREADABLE)),
        Some(last) if last.office.year != year => {
            let said = said(code::LAST_YEAR_OF_OTHER_YEAR).with("found", last.office.year);
            without(said.with("year", &office.year))
        }
        Some(last) => Found::clean(Some(last)),
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
    let newest = folder.runs().ok()?.into_iter().next_back().map(|(_, run)| run.join(RESULT));
    frozen.map(|milestone| milestone.path.join(milestone::OUTCOME)).chain(newest).find(|path| path.is_file())
}

fn read(path: &Path) -> Option<Outcome> {
    if std::fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    Outcome::read_json(&std::fs::read(path).ok()?).ok()
}
