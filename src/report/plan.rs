//! Every address of the workbook, fixed before the first cell is written: a formula asks the plan, never another sheet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use crate::codes::SetId;
use crate::finding::code;
use crate::grid::CellRef;
use crate::outcome::{Disposition, ExpectedReturn, Outcome};
use crate::rules::{Basis, Figure, RuleSet, Tally, figures};
use crate::text::Masked;
use crate::views::evidence::{self, Part};
use crate::writers::xlsx::encoded;

mod office;
mod set;
mod tabs;

pub use office::*;
pub use set::*;
pub use tabs::{Sheet, Tab};

/// Rows beyond which a sheet is long.
const LONG: u32 = 300;
/// All addresses.
pub struct Plan<'a> {
    /// What the workbook is made from.
    pub outcome: &'a Outcome,
    /// The tabs, in order.
    pub tabs: Vec<Tab>,
    /// The sets that schools owe.
    pub sets: Vec<SetPlan<'a>>,
    /// The office's own criteria.
    pub office: Option<OfficePlan<'a>>,
    /// The sheets of evidence.
    pub evidence: Vec<Part<'a>>,
    /// Every figure, in the order of `Quy tắc`.
    pub figures: Vec<(&'a RuleSet, Figure)>,
    tally: Tally,
    /// Files of which members were read.
    zips: BTreeSet<&'a str>,
    /// Where the copies of the returns lie, if the workbook lies beside them, as that of a frozen result does.
    copies: Option<BTreeMap<&'a str, String>>,
    /// Names of files as links hold them, nothing for those that are private: each is looked at once.
    linked: Mutex<HashMap<String, Option<String>>>,
}

/// `Quy tắc`: the header row of the table of sets, which stands above that of figures.
pub const SETS_HEAD: u32 = 5;
/// `Quy tắc`: the column of the basis.
pub const FIGURES_BASIS: u32 = 4;
/// `Tệp nguồn`: the header row.
pub const FILES_HEAD: u32 = 3;
/// `Tệp nguồn`: the column that says what became of a file.
pub const FILES_DISPOSITION: u32 = 2;

impl<'a> Plan<'a> {
    /// Fixes every address.
    pub fn new(outcome: &'a Outcome, most_rows: usize) -> Plan<'a> {
        let office_set = outcome.offices.as_ref().and_then(|office| Some((office, outcome.book.get(&office.set)?)));
        let of_units = outcome.units_of_schools();
        let planned = |rules| SetPlan::new(outcome, &of_units, rules);
        let mut sets: Vec<SetPlan<'a>> = outcome.book.of_schools().map(planned).collect();
        if let Some((_, rules)) = office_set {
            let computed = rules.nodes.iter().filter_map(|node| node.computed.as_ref());
            for (computed, of) in computed.flat_map(|computed| computed.of.iter().map(move |of| (computed, of))) {
                let Some(set) = sets.iter_mut().find(|set| set.rules.id == of.set) else { continue };
                if computed.formula.uses_levels() {
                    set.want_level_of(of);
                }
                if !computed.scope.is_all() {
                    set.want_own();
                }
            }
        }
        sets.iter_mut().for_each(SetPlan::add_self);
        let office = office_set.map(|(result, rules)| OfficePlan::new(result, rules));
        let has_recognised = outcome.recognised.is_some();
        let there = [
            (Sheet::Units, !outcome.units.is_empty()),
            (Sheet::Recognised, has_recognised),
            (Sheet::Milestones, has_recognised || !outcome.milestones.is_empty()),
        ];
        let without: Vec<Sheet> = there.iter().filter(|(_, is_there)| !is_there).map(|(sheet, _)| *sheet).collect();
        let evidence = evidence::parts(outcome, most_rows);
        let tabs = tabs::tabs(&sets, &without, evidence.len());
        let of_set = |set: &'a RuleSet| figures(set).into_iter().map(move |figure| (set, figure));
        let figures = outcome.book.sets.iter().flat_map(of_set).collect();
        let copies = outcome.seal.as_ref().map(|_| outcome.handed_over());
        let zips = outcome.files.iter().filter(|file| file.disposition == Disposition::Opened);
        let (zips, tally) = (zips.map(|file| &*file.file).collect(), Tally::of(&outcome.book.sets));
        Plan { outcome, tabs, sets, office, evidence, figures, tally, zips, copies, linked: Mutex::default() }
    }

    /// The tab of a sheet that the plan has.
    pub fn tab(&self, sheet: Sheet) -> &Tab {
        match self.tabs.iter().find(|tab| tab.sheet == sheet) {
            Some(tab) => tab,
            None => unreachable!("the plan has a tab for each sheet"),
        }
    }

    /// Where a file of the office folder lies, seen from the workbook, and a cell of it where one is given; empty where the
    /// file's or the sheet's name is private. A run lies two folders below the office folder; a frozen result's report
    /// lies beside copies of what counts, and of nothing else.
    pub fn file(&self, file: &str, place: Option<(&str, CellRef)>) -> String {
        let (up, file) = match &self.copies {
            Some(copies) => ("", copies.get(file).map(String::as_str)),
            None => ("../../", Some(file).filter(|file| !file.is_empty())),
        };
        // What stands in a .zip is opened by opening that: no program leads into it.
        let zip = file.and_then(|file| self.zip_of(file));
        let (file, place) = if zip.is_some() { (zip, None) } else { (file, place) };
        let Some(path) = file.and_then(|file| self.linked(file)) else { return String::new() };
        let Some((sheet, cell)) = place.filter(|(sheet, _)| !sheet.is_empty()) else {
            return format!("file:///{up}{path}");
        };
        if Masked::of(sheet).is_changed() {
            return String::new();
        }
        let sheet = sheet.replace('\'', "''");
        let mut link = String::with_capacity(path.len() + sheet.len() + 32);
        for part in ["file:///", up, &path, "#'", &sheet, "'!", cell.digits().as_str()] {
            link.push_str(part);
        }
        link
    }

    /// The .zip that a file stands in.
    fn zip_of<'f>(&self, file: &'f str) -> Option<&'f str> {
        file.match_indices('/').map(|(at, _)| &file[..at]).find(|above| self.zips.contains(above))
    }

    fn linked(&self, file: &str) -> Option<String> {
        let mut known = self.linked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(file) {
            return known.clone();
        }
        let linked = if Masked::of(file).is_changed() { None } else { encoded(file) };
        known.insert(file.to_owned(), linked.clone());
        linked
    }

    /// The place of a set in [`Plan::sets`].
    pub fn set_index(&self, id: &SetId) -> Option<usize> {
        self.sets.iter().position(|set| set.rules.id == *id)
    }

    /// Whether the sheet has so many rows that the library should not hold them.
    pub fn is_long(&self, sheet: Sheet) -> bool {
        let outcome = self.outcome;
        let expected = outcome.expected.len() as u32;
        match sheet {
            Sheet::Set(i) => self.sets[i].expected.len() as u32 > LONG,
            Sheet::Detail(i) => self.sets[i].last_detail_row() > LONG,
            Sheet::Returns | Sheet::Ledger | Sheet::Recognised => expected > LONG,
            Sheet::Verified | Sheet::Evidence(_) => expected > LONG / 2,
            Sheet::Findings => outcome.findings.len() as u32 > LONG,
            Sheet::Milestones => outcome.milestones.iter().map(|one| one.since.len()).sum::<usize>() as u32 > LONG,
            Sheet::Files => outcome.files.len() as u32 > LONG,
            Sheet::Units => outcome.units.len() as u32 > LONG,
            Sheet::Rules => self.figures.len() as u32 > LONG,
            Sheet::Signed | Sheet::Contents | Sheet::Overview | Sheet::Office | Sheet::Best | Sheet::Duties => false,
        }
    }

    /// A return's cell on its set's sheet.
    pub fn cell_of(&self, set: usize, expected: &ExpectedReturn, column: Column) -> Option<String> {
        let plan = &self.sets[set];
        let row = plan.expected.iter().find(|one| std::ptr::eq(one.expected, expected))?.row;
        Some(self.tab(Sheet::Set(set)).cell(CellRef::new(row, plan.column(column)?)))
    }

    /// The rows of a column of a set's sheet; `None` where no school owes it.
    pub fn set_rows(&self, set: usize, column: Column) -> Option<String> {
        let plan = &self.sets[set];
        let (first, last) = plan.rows()?;
        Some(self.tab(Sheet::Set(set)).rows(plan.column(column)?, first, last))
    }

    /// `Quy tắc`: the header row of the table of figures, below that of sets.
    pub fn figures_head(&self) -> u32 {
        SETS_HEAD + self.outcome.book.sets.len() as u32 + 3
    }

    /// How many figures stand on a basis.
    pub fn figures_on(&self, basis: Basis) -> u32 {
        self.tally.count(basis) as u32
    }

    /// Whether maxima do not add up: then one of them is wrong, whatever was confirmed.
    pub fn is_uneven(&self) -> bool {
        self.outcome.findings.iter().any(|finding| finding.code == code::MAX_NOT_SUM)
    }

    /// The same as a formula, by the basis's word.
    pub fn figures_count(&self, basis: &str) -> String {
        let (rows, head) = (self.figures.len().max(1) as u32, self.figures_head());
        let range = self.tab(Sheet::Rules).rows(FIGURES_BASIS, head + 1, head + rows);
        format!("COUNTIF({range},{})", super::formula::quoted(basis))
    }

    /// The column of `Tệp nguồn` that says what became of a file.
    pub fn dispositions(&self) -> String {
        let rows = self.outcome.files.len().max(1) as u32;
        self.tab(Sheet::Files).rows(FILES_DISPOSITION, FILES_HEAD + 1, FILES_HEAD + rows)
    }
}
