//! `cong-nhan.xlsx`: read by the readers like any workbook. What cannot be read is a finding, never an end.

use super::RunError;
use super::inputs::{for_own, read_one, why_not};
use crate::finding::{Finding, Found, Place, code};
use crate::folder::OfficeFolder;
use crate::outcome::{Outcome, Recognised};
use crate::reader::{Content, Pool};
use crate::recognised::{self, Counted};
use crate::rules::RuleBook;
use crate::school::School;

/// Reads it; `None` where there is none.
pub fn read(
    folder: &OfficeFolder,
    pool: &Pool,
    schools: &[School],
    book: &RuleBook,
) -> Result<Found<Option<Recognised>>, RunError> {
    let Some(input) = folder.recognised()? else { return Ok(Found::clean(None)) };
    let name = input.name.as_str();
    let in_file = |mut finding: Finding| {
        finding.place.file = Some(name.into());
        finding
    };
    let mut found = match read_one(&input.path, &for_own(pool))?.content {
        Content::Workbook(workbook) => {
            let read = recognised::read(&workbook.grids, name, schools, book);
            let said = workbook.findings.into_iter().map(in_file).chain(read.findings).collect();
            Found { value: Some(read.value).filter(|value| !value.is_empty()), findings: said }
        }
        content => Found { value: None, findings: vec![why_not(content).at(Place::file(name))] },
    };
    if input.is_open() {
        found.findings.push(Finding::new(code::VERIFIED_FILE_OPEN).at(Place::file(name)));
    }
    Ok(found)
}

/// What is to be said of it beside what counts.
pub fn against(outcome: &Outcome) -> Vec<Finding> {
    let Some(recognised) = &outcome.recognised else { return Vec::new() };
    let counted = Counted { book: &outcome.book, office: outcome.offices.as_ref().map(|office| &office.scored) };
    recognised::against(recognised, counted, &|one| {
        let mut of = outcome
            .expected
            .iter()
            .filter(|expected| expected.set == one.set && outcome.school_of(expected).code == one.school);
        of.next()?.scored.as_ref()?.level
    })
}
