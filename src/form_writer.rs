//! A form as a workbook: guidance, the table to fill, the hidden sheet. Blank, or with a school's own values and marks.
//!
//! The same input makes the same bytes. A yes-no item offers its maximum and 0, not words: the teacher picks from a
//! list, and the sums stay live. Nothing is protected by a password; protection only keeps hands off by accident.

mod counts;
mod entry;
pub mod files;
mod foot;
mod formulas;
mod guidance;
mod own;
mod plate;
mod results;
mod table;
mod tints;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::codes::ItemCode;
use crate::finding::Severity;
use crate::grid::Value;
use crate::layouts::form::{self as layout, Column, Field, Hidden, Layout};
use crate::office::Office;
use crate::points::Points;
use crate::rules::RuleSet;
use crate::school::School;
use crate::text;
use crate::writers::xlsx;
use crate::writers::xlsx::stamp::{Ink, Looks};
use own::Own;

pub use plate::{Plate, Plates, write_behind};

/// Why a form could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The workbook could not be made, which only a rule set beyond what Excel can hold brings about.
    #[error("cannot make the form of {set}: {source}")]
    Workbook {
        /// The set's id.
        set: String,
        /// What the writer of workbooks said.
        source: XlsxError,
    },
    /// The file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is already there.
    #[error("{} is already there; it was not overwritten", path.display())]
    Exists {
        /// Which file.
        path: PathBuf,
    },
}

/// What goes into a form.
#[derive(Debug, Clone, Copy)]
pub struct Filling<'a> {
    /// Whose form; `None` for a blank one and for the office's own.
    pub school: Option<&'a School>,
    /// Who sends it out and for which year; `None` for the blank forms of the templates.
    pub office: Option<&'a Office>,
    /// Values already in it, marks on its cells.
    pub answers: Option<&'a Answers>,
    /// The time of creation in the document's properties.
    pub created: DateTime,
}

/// Values that stand in the form, and marks on its cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// By item.
    pub items: BTreeMap<ItemCode, Answer>,
    /// What the block says, where neither roster nor office say it.
    pub fields: BTreeMap<Field, String>,
    /// What is to be said about single cells.
    pub marks: Vec<Mark>,
    /// Items that do not count as they stand.
    pub void: BTreeSet<ItemCode>,
    /// Items that reviewers have settled: nobody is asked for them.
    pub settled: BTreeSet<ItemCode>,
    /// By when it is to come back, where that is not the office's deadline for all.
    pub due: Option<String>,
}

/// The values of one item's row. Numbers typed as text (`7,5`) become numbers, so that the sums see them; what is no
/// number stays as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Points; [`layout::MET`] or [`layout::UNMET`] for a mandatory condition.
    pub score: Option<Value>,
    /// Số đạt.
    pub part: Option<Value>,
    /// Tổng số.
    pub whole: Option<Value>,
    /// Minh chứng; may have several lines.
    pub evidence: String,
    /// Ghi chú; may have several lines.
    pub note: String,
}

/// A note on a cell, with the tint of its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which cell.
    pub at: Spot,
    /// Its weight.
    pub severity: Severity,
    /// What the note says.
    pub text: String,
}

/// A cell of the form, by its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// In the row of an item, criterion or group.
    Item(ItemCode, Column),
    /// The value of a line of the block.
    Field(Field),
}

/// What a form with these values says of each node of its set: its points, and how many cells at or below it are blank
/// or out of range.
pub fn standing(set: &RuleSet, answers: &Answers) -> Vec<(Points, usize)> {
    let layout = Layout::of(set);
    results::standing(layout, &counts::Counts::new(layout, Some(answers)))
}

/// The form of `set` as the bytes of a workbook (.xlsx).
///
/// # Errors
/// [`WriteError::Workbook`] for a set beyond the limits of a worksheet.
pub fn write(set: &RuleSet, filling: &Filling) -> Result<Vec<u8>, WriteError> {
    let made = workbook(set, filling).and_then(|mut workbook| workbook.save_to_buffer());
    made.map_err(|source| WriteError::Workbook { set: set.id.to_string(), source })
}

fn workbook(set: &RuleSet, filling: &Filling) -> Result<Workbook, XlsxError> {
    let mut looks = Looks::default();
    let own = Own::new(Layout::of(set), &mut looks);
    let mut workbook = xlsx::workbook()?;
    blank(&mut workbook, Layout::of(set), filling)?;
    onto(&mut workbook, &inks(&own, filling), &looks)?;
    Ok(workbook)
}

/// The form's sheets as they are for every respondent of an office.
fn blank(workbook: &mut Workbook, layout: Layout, filling: &Filling) -> Result<(), XlsxError> {
    workbook.set_properties(&properties(layout.set(), filling)?);
    guidance::blank(workbook.add_worksheet(), layout, filling)?;
    table::blank(workbook.add_worksheet(), layout)?;
    hidden_sheet(workbook, layout.set(), filling)?;
    name_cells(workbook, layout)
}

/// What one respondent's form has of its own, sheet by sheet.
fn inks(own: &Own, filling: &Filling) -> Vec<Ink> {
    vec![own.guidance(filling), own.table(filling), own.hidden(filling)]
}

fn onto(workbook: &mut Workbook, inks: &[Ink], looks: &Looks) -> Result<(), XlsxError> {
    inks.iter().enumerate().try_for_each(|(index, ink)| ink.onto(workbook.worksheet_from_index(index)?, looks))
}

fn title(set: &RuleSet, filling: &Filling) -> String {
    property(&match filling.school {
        Some(school) => format!("Phiếu tự đánh giá: {}", school.name),
        None => format!("Phiếu tự đánh giá: {}", set.short),
    })
}

fn properties(set: &RuleSet, filling: &Filling) -> Result<DocProperties, XlsxError> {
    let office = filling.office.map_or("", |office| &office.name);
    let properties = DocProperties::new()
        .set_title(title(set, filling))
        .set_subject(property(&format!("{} ({})", set.title, set.decision)))
        .set_author(property(if office.is_empty() { "cds" } else { office }))
        .set_company(property(office))
        .set_keywords(set.id.to_string());
    // A time that the format cannot hold is left out; then the library's own fixed time stays.
    Ok(match xlsx::excel_time(filling.created) {
        Some(created) => properties.set_creation_datetime(&created),
        None => properties,
    })
}

fn property(text: &str) -> String {
    text::cut(&text::cell_text(text), 255)
}

/// Keys and values that tell which version of which form it is; never trusted over what is visible.
fn hidden_sheet(workbook: &mut Workbook, set: &RuleSet, filling: &Filling) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(layout::HIDDEN_SHEET)?;
    sheet.set_hidden(true).protect();
    sheet.set_column_width(0, 26.0)?.set_column_width(1, 70.0)?;
    for (row, hidden) in (0..).zip(Hidden::ALL) {
        let value = match hidden {
            Hidden::Version => layout::VERSION.to_owned(),
            Hidden::Set => set.id.to_string(),
            Hidden::Rules => set.fingerprint.clone(),
            // Each school's own.
            Hidden::School => String::new(),
            Hidden::Year => filling.office.map_or(String::new(), |office| office.year.clone()),
        };
        sheet.write_string(row, 0, hidden.key())?;
        sheet.write_string(row, 1, text::cell_text(&value))?;
    }
    Ok(())
}

/// The row of a key of the hidden sheet.
fn hidden_row(key: Hidden) -> Option<u32> {
    (0..).zip(Hidden::ALL).find(|(_, known)| *known == key).map(|(row, _)| row)
}

/// Names for every input cell and every line of the block.
fn name_cells(workbook: &mut Workbook, layout: Layout) -> Result<(), XlsxError> {
    let reference = |cell: crate::grid::CellRef| {
        let letters = crate::grid::CellRef::column_letters(cell.col);
        format!("='{}'!${letters}${}", layout::TABLE_SHEET, cell.row + 1)
    };
    for field in Field::ALL.into_iter().filter(|field| field.label(layout.set().is_offices()).is_some()) {
        workbook.define_name(field.key(), &reference(field.value_cells().0))?;
    }
    for (index, node) in layout.set().nodes.iter().enumerate() {
        for column in Column::ALL.into_iter().filter(|column| layout.is_input(node, *column)) {
            workbook.define_name(layout.name(node, column), &reference(layout.cell(index, column)))?;
        }
    }
    Ok(())
}

/// All nodes of the form's set.
fn everything(layout: Layout) -> Vec<usize> {
    (0..layout.set().nodes.len()).collect()
}

/// A node and everything below it.
fn under(layout: Layout, index: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![index];
    while let Some(next) = open.pop() {
        found.push(next);
        open.extend(&layout.set().nodes[next].children);
    }
    found.sort_unstable();
    found
}

/// A column as the writer of workbooks counts: the form has eight, their numbers fit.
fn col(index: u32) -> u16 {
    index as u16
}
