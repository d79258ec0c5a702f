//! What the office keeps, read: settings, rules, roster, receipts. The roster and receipts go through the readers too.

use std::fs;
use std::path::Path;

use crate::finding::{Finding, Place, code, crossed_out_of};
use crate::folder::{FolderError, Input, OfficeFolder, read_file};
use crate::grid::Grid;
use crate::office::Office;
use crate::reader::{Content, Limits, Pool, Reading};
use crate::receipts::{self, Receipts};
use crate::roster;
use crate::rules::{self, Assembled, RuleBook};
use crate::run::RunError;
use crate::school::School;
use crate::settings::Mistake;

/// What the office keeps.
#[derive(Debug)]
pub struct Inputs {
    /// `co-quan.toml`
    pub office: Office,
    /// The rules in force.
    pub book: RuleBook,
    /// The files that they are from.
    pub rules: Vec<String>,
    /// The roster.
    pub schools: Vec<School>,
    /// The receipts, if there are any.
    pub receipts: Option<Receipts>,
    /// What is odd in any of them.
    pub findings: Vec<Finding>,
}

impl Inputs {
    /// Reads all of it; mistakes of settings and rules are told together.
    ///
    /// # Errors
    /// [`RunError`]: when any of it cannot serve.
    pub fn read(folder: &OfficeFolder, pool: &Pool) -> Result<Inputs, RunError> {
        let mut findings = Vec::new();
        let mut mistakes: Vec<Mistake> = Vec::new();
        let settings = folder.settings()?;
        let office = match Office::read(&bytes(&settings)?, &settings.name) {
            Ok(found) => Some(found.collect_into(&mut findings)),
            Err(more) => {
                mistakes.extend(more);
                None
            }
        };
        let assembled = match rules_in_force(folder, pool) {
            Ok(assembled) => Some(assembled),
            Err(RunError::Mistakes(more)) => {
                mistakes.extend(more);
                None
            }
            Err(other) => return Err(other),
        };
        let (Some(office), Some(assembled)) = (office, assembled) else { return Err(RunError::Mistakes(mistakes)) };
        let book = assembled.book;
        findings.extend(assembled.findings);
        findings.extend(office.check_duties(&book));
        let input = folder.roster()?;
        let grids = grids(&input, pool)?;
        let grid = roster::sheet_of(&grids).ok_or_else(|| RunError::Mistakes(vec![no_sheet(&input)]))?;
        let schools = roster::read(grid, &input.name, &book).map_err(RunError::Mistakes)?;
        let schools = schools.collect_into(&mut findings);
        findings.extend(crossed_out_of(&input.name, &grids));
        let receipts = match folder.receipts()? {
            None => None,
            Some(input) => {
                let grids = self::grids(&input, pool)?;
                findings.extend(crossed_out_of(&input.name, &grids));
                let read = receipts::sheet_of(&grids).map(|grid| receipts::read(grid, &input.name));
                read.map(|found| found.collect_into(&mut findings))
            }
        };
        let rules = assembled.used.iter().map(|origin| origin.name().to_owned()).collect();
        Ok(Inputs { office, book, rules, schools, receipts, findings })
    }
}

/// The rules in force: those inside the program, the office's own files, and the figures that it has held against the
/// annex. What of these figures cannot be read is a finding, never an end.
///
/// # Errors
/// [`RunError`]: mistakes in the files, or what the disk or the readers refuse.
pub fn rules_in_force(folder: &OfficeFolder, pool: &Pool) -> Result<Assembled, RunError> {
    let mut files = Vec::new();
    for input in folder.rules()? {
        files.push((input.name.clone(), bytes(&input)?));
    }
    let mut assembled = rules::book(files).map_err(RunError::Mistakes)?;
    let Some(input) = folder.annex()? else { return Ok(assembled) };
    match read_one(&input.path, &for_own(pool))?.content {
        Content::Workbook(workbook) => assembled.confirm(&workbook.grids, &input.name),
        content => assembled.say(vec![why_not(content).at(Place::file(input.name.as_str()))]),
    }
    if input.is_open() {
        assembled.say(vec![Finding::new(code::ANNEX_FILE_OPEN).at(Place::file(input.name.as_str()))]);
    }
    Ok(assembled)
}

fn no_sheet(input: &Input) -> Mistake {
    Mistake::whole(&input.name, "bảng tính không có trang nào", "the workbook has no sheet")
}

fn bytes(input: &Input) -> Result<Vec<u8>, RunError> {
    let failed = |source| FolderError::CannotRead { path: input.path.clone(), source };
    Ok(read_file(&input.path).map_err(failed)?)
}

/// The sheets of any table of the office's: a workbook, or CSV.
///
/// # Errors
/// [`RunError`]: when it is not there, or cannot be read.
pub fn sheets(path: &Path, pool: &Pool) -> Result<Vec<Grid>, RunError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    if let Err(source) = fs::metadata(path) {
        return Err(FolderError::CannotRead { path: path.to_owned(), source }.into());
    }
    grids(&Input { path: path.to_owned(), name }, pool)
}

/// The sheets of a table that the office keeps, as a workbook or as text.
fn grids(input: &Input, pool: &Pool) -> Result<Vec<Grid>, RunError> {
    if input.is_csv() {
        let grid = Grid::from_csv(&input.name, &bytes(input)?);
        return grid.map(|grid| vec![grid]).map_err(|why| RunError::Mistakes(vec![Mistake::no_text(&input.name, why)]));
    }
    match read_one(&input.path, &for_own(pool))?.content {
        Content::Workbook(workbook) => Ok(workbook.grids),
        content => Err(RunError::Unreadable(Box::new(why_not(content).at(Place::file(input.name.as_str()))))),
    }
}

/// The first reason why this is no workbook.
pub(super) fn why_not(content: Content) -> Finding {
    let fallback = || Finding::new(crate::finding::code::NOT_A_WORKBOOK);
    match content {
        Content::Unreadable(findings) => findings.into_iter().next().unwrap_or_else(fallback),
        Content::Other(kind) => kind.refusal().unwrap_or_else(fallback),
        Content::Workbook(_) | Content::Archive(_) => fallback(),
    }
}

/// The readers for what the office keeps: a roster, or a reviewers' table with a row for each school and item, has far
/// more cells than a return.
pub(super) fn for_own<'a>(pool: &Pool<'a>) -> Pool<'a> {
    const CELLS: usize = 2_000_000;
    const TEXT: usize = 16 << 20;
    let limits = Limits { sheet_cells: CELLS, file_cells: CELLS, text_bytes: TEXT, ..pool.limits.clone() };
    Pool { limits, ..*pool }
}

/// Reads one file in a worker.
pub(super) fn read_one(path: &Path, pool: &Pool) -> Result<Reading, RunError> {
    let reading = pool.read_one(path)?;
    reading.ok_or_else(|| RunError::Unreadable(Box::new(Finding::new(crate::finding::code::NOT_A_WORKBOOK))))
}
