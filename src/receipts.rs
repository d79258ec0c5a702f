//! The receipts (`so-nhan.xlsx` or `.csv`) as a grid: when a file came and how, extensions, and files set aside by hand;
//! and what was granted to schools as a whole. Opens no file.

mod granted;
mod names;
mod refused;
mod rows;
mod when;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

pub use self::granted::{Grant, Granted};
use self::names::Names;
pub use self::refused::Refusal;
pub(crate) use self::when::read as moment;
use crate::finding::{Finding, Found, Place, code};
use crate::grid::Grid;
use crate::table::{Header, find_header, words};

/// One row of the receipts.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// `tep`, as typed; empty where the row is about a school.
    pub name: String,
    /// `ma_truong`, as typed.
    pub school: String,
    /// `bo_chi_so`, as typed.
    pub set: String,
    /// `ngay_nhan`: when it came, at the office's time; the day's first minute where only the day is typed.
    pub received: Option<DateTime>,
    /// `kenh`: how it came.
    pub channel: String,
    /// `gia_han_den`: the last day that this school was granted.
    pub extended_to: Option<Date>,
    /// `khong_dung`: whether it is set aside.
    pub set_aside: bool,
    /// `ly_do`
    pub reason: String,
    /// `ma_loi`, as typed: the finding that a school has explained.
    pub about: String,
    /// `ma`, as typed: the item of that finding.
    pub item: String,
    /// `khong_chap_nhan`: whether the office does not accept what the school says.
    pub refuses: bool,
    /// Where its name stands.
    pub place: Place,
    /// Where the extension stands.
    pub extended_at: Place,
}

/// All receipts, and which file each is of.
#[derive(Debug, Clone, Default)]
pub struct Receipts {
    list: Vec<Receipt>,
    /// The place in the list, by the file as it is shown.
    by_file: HashMap<Arc<str>, usize>,
}

/// How many names of files one finding lists.
const FILES_NAMED: usize = 5;
/// For how many unknown names the nearest file is sought.
const NEAREST_SOUGHT: usize = 50;

/// The sheet of a workbook that holds the receipts: the first visible one with its header, else the first one.
pub fn sheet_of(grids: &[Grid]) -> Option<&Grid> {
    let visible = grids.iter().filter(|grid| !grid.hidden);
    visible.clone().find(|grid| header_of(grid).is_some()).or(visible.clone().next()).or(grids.first())
}

/// Reads the receipts; `file` is their name in the office folder. Then [`Receipts::assign`] says which file each is of.
pub fn read(grid: &Grid, file: &str) -> Found<Receipts> {
    let Some(header) = header_of(grid) else {
        let said = Finding::new(code::RECEIPTS_NO_TABLE).at(Place::file(file));
        return Found { value: Receipts::default(), findings: vec![said] };
    };
    let Found { value: list, findings } = rows::read(grid, file, &header);
    Found { value: Receipts { list, by_file: HashMap::new() }, findings }
}

fn header_of(grid: &Grid) -> Option<Header> {
    // A name or a code alone could be the title of any list; schools are listed with what was granted to them.
    let has = |header: &Header| {
        let names = header.columns.iter().filter(|column| column.key.is_some()).count() > 1;
        let grants = ["gia_han_den", "khong_dung", "khong_chap_nhan"].iter().any(|key| header.column(key).is_some());
        (header.column("tep").is_some() && names) || (header.column("ma_truong").is_some() && grants)
    };
    find_header(grid, words().columns("receipts"), has)
}

impl Receipt {
    /// Whether the row is about what a school says to a finding.
    pub fn is_about_an_opinion(&self) -> bool {
        self.refuses || !self.about.is_empty()
    }
}

impl Receipts {
    /// Every row, from the top.
    pub fn all(&self) -> &[Receipt] {
        &self.list
    }

    /// Finds the file of each receipt among all that were seen, members of archives included: by its path from the
    /// office folder or from `nop/`, else by its bare name where one file only has it,
    /// with or without its ending. Case and composition of letters
    /// do not matter where no other file differs in them only. Says which receipts have none.
    pub fn assign<'f>(&mut self, files: impl IntoIterator<Item = &'f Arc<str>>) -> Vec<Finding> {
        let names = Names::of(files);
        let mut findings = Vec::new();
        let mut by_file: HashMap<Arc<str>, usize> = HashMap::new();
        for (at, receipt) in self.list.iter().enumerate().filter(|(_, receipt)| !receipt.name.is_empty()) {
            let file = match names.find(&receipt.name)[..] {
                [ref file] => file.clone(),
                [] => {
                    // A list of another year has no name right: seeking the nearest of each would take hours.
                    let nearest = if findings.len() < NEAREST_SOUGHT { names.nearest(&receipt.name) } else { None };
                    let nearest = nearest.unwrap_or("–");
                    let said = Finding::new(code::RECEIPT_OF_NO_FILE).with("value", &receipt.name);
                    findings.push(said.with("nearest", nearest).at(receipt.place.clone()));
                    continue;
                }
                ref several @ [ref first, ..] => {
                    let mut listed: Vec<&str> = several.iter().take(FILES_NAMED).map(|file| &**file).collect();
                    if several.len() > FILES_NAMED {
                        listed.push("...");
                    }
                    let said = Finding::new(code::RECEIPT_OF_SEVERAL).with("value", &receipt.name).with("first", first);
                    findings.push(said.with("files", listed.join(", ")).at(receipt.place.clone()));
                    continue;
                }
            };
            if let Some(earlier) = by_file.insert(file.clone(), at) {
                let row = |at: usize| self.list[at].place.cell.map_or(0, |cell| cell.row + 1);
                let said = Finding::new(code::RECEIPT_TWICE).with("value", &file).with("first", row(earlier));
                findings.push(said.with("row", row(at)).at(receipt.place.clone()));
            }
        }
        self.by_file = by_file;
        findings
    }

    /// The receipt of a file by its shown name (`nop/a.xlsx`), once assigned; for a member of an archive without a
    /// receipt of its own, that of the archive.
    pub fn receipt_for(&self, file: &str) -> Option<&Receipt> {
        let mut name = file;
        loop {
            if let Some(&at) = self.by_file.get(name) {
                return self.list.get(at);
            }
            name = name.rsplit_once('/')?.0;
        }
    }
}
