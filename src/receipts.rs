//! The receipts (`so-nhan.xlsx` or `.csv`) as a grid: when a file came and how, extensions, and files set aside by hand.
//! Opens no file.

mod when;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use unicode_normalization::UnicodeNormalization;

use crate::finding::{Finding, Found, Place, code};
use crate::grid::{CellRef, Grid, Value};
use crate::roster::{header_findings, plain_text};
use crate::table::{Header, find_headers, words};
use crate::text;

/// One row of the receipts.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// `tep`, as typed.
    pub name: String,
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
    /// Where its name stands.
    pub place: Place,
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
/// How alike a file must be to be proposed.
const LIKENESS: f64 = 0.6;

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
    let mut rows = Rows {
        grid,
        sheet: grid.name.as_str().into(),
        file: Place::file(file),
        header: &header,
        findings: header_findings(&header, &grid.name, file),
    };
    let lines = grid.rows().map(|(row, _)| row).filter(|row| *row > header.last_row);
    let list = lines.filter_map(|row| rows.read_row(row)).collect();
    Found { value: Receipts { list, by_file: HashMap::new() }, findings: rows.findings }
}

fn header_of(grid: &Grid) -> Option<Header> {
    // A name alone could be the title of any list.
    let has = |header: &Header| {
        header.column("tep").is_some() && header.columns.iter().filter(|c| c.key.is_some()).count() > 1
    };
    find_headers(grid, words().columns("receipts"), has).into_iter().next()
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
        for (at, receipt) in self.list.iter().enumerate() {
            let file = match names.find(&receipt.name)[..] {
                [ref file] => file.clone(),
                [] => {
                    let nearest = names.nearest(&receipt.name).unwrap_or("–");
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

/// The names of all files, by how people may write them.
struct Names {
    files: Vec<Arc<str>>,
    exact: HashMap<String, Vec<usize>>,
    plain: HashMap<String, Vec<usize>>,
    bare: HashMap<String, Vec<usize>>,
    /// Without its ending, which Windows hides.
    stem: HashMap<String, Vec<usize>>,
}

impl Names {
    fn of<'f>(files: impl IntoIterator<Item = &'f Arc<str>>) -> Names {
        let files: Vec<Arc<str>> = files.into_iter().cloned().collect();
        let (exact, plainly, bare, stem) = Default::default();
        let mut names = Names { files, exact, plain: plainly, bare, stem };
        for (at, file) in names.files.iter().enumerate() {
            // A bare name first, then from nop/, then from the office folder.
            let short = file.split_once('/').map_or(&**file, |(_, short)| short);
            let mut ways = vec![&**file, short];
            ways.dedup();
            for way in ways {
                names.exact.entry(way.to_owned()).or_default().push(at);
                names.plain.entry(plain(way)).or_default().push(at);
            }
            let bare = file.rsplit('/').next().unwrap_or_default();
            names.bare.entry(plain(bare)).or_default().push(at);
            let stem = bare.rsplit_once('.').map_or(bare, |(stem, _)| stem);
            names.stem.entry(plain(stem)).or_default().push(at);
        }
        names
    }

    /// The files that a name may mean; several only if it cannot be told.
    fn find(&self, name: &str) -> Vec<Arc<str>> {
        let name = name.trim().replace('\\', "/");
        let name = name.trim_start_matches("./").trim_start_matches('/');
        let plainly = plain(name);
        let found = self.exact.get(name).or_else(|| self.plain.get(&plainly));
        let found = found.or_else(|| self.bare.get(&plainly)).or_else(|| self.stem.get(&plainly));
        found.map(|at| at.iter().map(|&at| self.files[at].clone()).collect()).unwrap_or_default()
    }

    fn nearest(&self, name: &str) -> Option<&str> {
        let name = text::fold(name);
        let bare = |file: &str| text::fold(file.rsplit('/').next().unwrap_or_default());
        let scored = self.files.iter().map(|file| (text::likeness(&name, &bare(file)), &**file));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        (best.0 >= LIKENESS).then_some(best.1)
    }
}

fn plain(name: &str) -> String {
    text::clean(&name.nfc().collect::<String>()).to_lowercase()
}

struct Rows<'a> {
    grid: &'a Grid,
    sheet: Arc<str>,
    file: Place,
    header: &'a Header,
    findings: Vec<Finding>,
}

impl Rows<'_> {
    fn cell(&self, row: u32, key: &str) -> Option<CellRef> {
        self.header.column(key).map(|column| CellRef::new(row, column.col))
    }

    fn value(&self, row: u32, key: &str) -> Option<&Value> {
        let value = self.grid.get(self.cell(row, key)?)?;
        Some(value).filter(|value| !matches!(value, Value::Text(text) if text::clean(text).is_empty()))
    }

    fn text(&self, row: u32, key: &str) -> String {
        self.value(row, key).map(plain_text).unwrap_or_default()
    }

    fn place(&self, row: u32, key: &str) -> Place {
        self.file.at(&self.sheet, self.cell(row, key).unwrap_or(CellRef::new(row, 0)))
    }

    fn read_row(&mut self, row: u32) -> Option<Receipt> {
        // As typed: a file's name may have two spaces, or letters that are not composed.
        let name = match self.value(row, "tep") {
            Some(Value::Text(text)) => text.trim().to_owned(),
            Some(other) => plain_text(other),
            None => String::new(),
        };
        if name.is_empty() {
            let used = ["ngay_nhan", "gia_han_den", "khong_dung"].iter().any(|key| self.value(row, key).is_some());
            if used {
                let said = Finding::new(code::RECEIPT_WITHOUT_FILE).with("row", row + 1);
                self.findings.push(said.at(self.place(row, "tep")));
            }
            return None;
        }
        let receipt = Receipt {
            received: self.moment(row, "ngay_nhan"),
            channel: self.text(row, "kenh"),
            extended_to: self.moment(row, "gia_han_den").map(DateTime::date),
            set_aside: self.mark(row),
            reason: self.text(row, "ly_do"),
            place: self.place(row, "tep"),
            name,
        };
        if receipt.set_aside && receipt.reason.is_empty() {
            let said = Finding::new(code::RECEIPT_WITHOUT_REASON).with("value", &receipt.name);
            self.findings.push(said.at(self.place(row, "khong_dung")));
        }
        Some(receipt)
    }

    fn moment(&mut self, row: u32, key: &str) -> Option<DateTime> {
        let value = self.value(row, key)?;
        let read = when::read(value);
        if read.is_none() {
            let said = Finding::new(code::RECEIPT_DATE_UNREADABLE).with("value", plain_text(value)).with("key", key);
            self.findings.push(said.at(self.place(row, key)));
        }
        read
    }

    /// Whether `khong_dung` is marked.
    fn mark(&mut self, row: u32) -> bool {
        let Some(value) = self.value(row, "khong_dung") else { return false };
        let marked = match value {
            Value::Bool(marked) => Some(*marked),
            Value::Number(n) if *n == 1.0 => Some(true),
            Value::Number(n) if *n == 0.0 => Some(false),
            Value::Text(text) => mark_of(text),
            _ => None,
        };
        if marked.is_none() {
            let said = Finding::new(code::RECEIPT_MARK_UNREADABLE).with("value", plain_text(value));
            self.findings.push(said.at(self.place(row, "khong_dung")));
        }
        marked.unwrap_or(false)
    }
}

/// Yes and no as in answers; the column's own title in a cell means yes.
fn mark_of(text: &str) -> Option<bool> {
    let words = words();
    let text = text::clean(text);
    let folded = text::fold(&text);
    if words.columns("receipts").exact(&folded) == Some("khong_dung") || folded == "1" {
        return Some(true);
    }
    if matches!(folded.as_str(), "0") || text == "-" {
        return Some(false);
    }
    let mark = words.marks.iter().find(|(_, mark)| *mark == text).map(|(key, _)| key.as_str());
    match mark.or_else(|| words.answers.exact(&folded)) {
        Some("yes" | "yes_marks") => Some(true),
        Some("no" | "zero" | "no_marks") => Some(false),
        _ => None,
    }
}
