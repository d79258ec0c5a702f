//! The sheets of `cong-nhan.xlsx`. A row without any recognised result is not filled; blank means not named.

use std::sync::Arc;

use super::{Decision, Recognised, RecognisedItem, RecognisedSchool};
use crate::codes::Level;
use crate::finding::{Code, Finding, Found, Place, code};
use crate::form::{code as item_code, label};
use crate::grid::{CellRef, Grid, Value};
use crate::layouts::recognised::TOTAL;
use crate::points::{Points, Share};
use crate::receipts;
use crate::roster::plain_text;
use crate::rules::{Node, RuleBook, RuleSet, Scale};
use crate::school::School;
use crate::table::{Header, find_header, words};
use crate::text;
use crate::verified::{Reader, exact};

/// The sheet of the template that explains it.
const EXPLAINS: &str = "cach ghi";
/// What is likely to be meant where a code is not known.
const LIKE: f64 = 0.4;
/// What people call the whole.
const WHOLE: &str = "Tổng";

/// Reads a workbook; `file` is its name in the office folder.
pub fn read(grids: &[Grid], file: &str, schools: &[School], book: &RuleBook) -> Found<Recognised> {
    let mut reading = Reading {
        of: Reader::new(schools, book),
        schools,
        book,
        file: Place::file(file),
        recognised: Recognised::default(),
        decisions: 0,
        findings: Vec::new(),
    };
    let visible = grids.iter().filter(|grid| !grid.hidden && text::fold(&grid.name) != EXPLAINS);
    let mut any = false;
    for grid in visible.filter(|grid| !grid.cells().is_empty()) {
        any = true;
        reading.sheet(grid);
    }
    if !any {
        reading.findings.push(Finding::new(code::RECOGNISED_NO_TABLE).at(reading.file.clone()));
    }
    let has_said = reading.findings.iter().any(|finding| finding.code != code::RECOGNISED_DECISION_INCOMPLETE);
    if reading.recognised.is_empty() && !has_said {
        reading.findings.push(Finding::new(code::RECOGNISED_NOTHING).at(reading.file.clone()));
    }
    Found { value: reading.recognised, findings: reading.findings }
}

struct Reading<'a> {
    of: Reader<'a>,
    schools: &'a [School],
    book: &'a RuleBook,
    file: Place,
    recognised: Recognised,
    /// Rows with a decision.
    decisions: u32,
    findings: Vec<Finding>,
}

/// One sheet under its header.
struct Sheet<'a> {
    grid: &'a Grid,
    name: Arc<str>,
    file: &'a Place,
    header: Header,
}

impl Sheet<'_> {
    fn cell(&self, row: u32, key: &str) -> Option<CellRef> {
        self.header.column(key).map(|column| CellRef::new(row, column.col))
    }

    fn value(&self, row: u32, key: &str) -> Option<&Value> {
        let value = self.grid.get(self.cell(row, key)?)?;
        Some(value).filter(|value| !plain_text(value).is_empty())
    }

    fn text(&self, row: u32, key: &str) -> String {
        self.value(row, key).map(plain_text).unwrap_or_default()
    }

    fn place(&self, row: u32, key: &str) -> Place {
        self.file.at(&self.name, self.cell(row, key).unwrap_or(CellRef::new(row, 0)))
    }

    fn has(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.header.column(key).is_some())
    }

    fn is_filled(&self, row: u32, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.value(row, key).is_some())
    }
}

/// What people type into the sheet of the office.
const OF_OFFICE: [&str; 3] = ["diem_cong_nhan", "muc_cong_nhan", "ly_do"];
const OF_DECISION: [&str; 3] = ["so", "ngay", "co_quan"];

impl Reading<'_> {
    fn sheet(&mut self, grid: &Grid) {
        let any_two = |header: &Header| {
            let known = |keys: &[&str]| keys.iter().filter(|key| header.column(key).is_some()).count();
            known(&["ma", "ma_truong"]) > 0 && known(&OF_OFFICE[..2]) > 0 || known(&OF_DECISION) > 1
        };
        let file = self.file.clone();
        let name: Arc<str> = grid.name.as_str().into();
        let whole = Place { sheet: Some(name.clone()), ..file.clone() };
        let Some(header) = find_header(grid, words().columns("recognised"), any_two) else {
            self.findings.push(Finding::new(code::RECOGNISED_NO_TABLE).at(whole));
            return;
        };
        if grid.truncated {
            self.findings.push(Finding::new(code::SHEET_CUT).at(whole));
        }
        let sheet = Sheet { grid, name, file: &file, header };
        let rows = || grid.rows().map(|(row, _)| row).filter(|row| *row > sheet.header.last_row);
        if sheet.has(&["ma_truong"]) {
            rows().for_each(|row| self.school(&sheet, row));
        } else if sheet.has(&["ma"]) {
            rows().for_each(|row| self.item(&sheet, row));
        } else {
            rows().for_each(|row| self.decision(&sheet, row));
            self.complete(&sheet);
        }
    }

    fn say(&mut self, said: Finding, sheet: &Sheet, row: u32, key: &str) {
        self.findings.push(said.at(sheet.place(row, key)));
    }

    fn without_code(&mut self, sheet: &Sheet, row: u32, key: &str) {
        self.say(Finding::new(code::RECOGNISED_WITHOUT_CODE).with("row", row + 1), sheet, row, key);
    }

    fn item(&mut self, sheet: &Sheet, row: u32) {
        if !sheet.is_filled(row, &OF_OFFICE) {
            return;
        }
        let Some(set) = self.book.of_office() else { return self.say(unknown(sheet, row, ""), sheet, row, "ma") };
        let Some(typed) = sheet.value(row, "ma") else {
            // A reason alone may be a remark or a signature below the table.
            if sheet.is_filled(row, &OF_OFFICE[..2]) {
                self.without_code(sheet, row, "ma");
            }
            return;
        };
        let is_whole =
            text::fold(&plain_text(typed)) == TOTAL || words().totals.exact(&text::fold(&plain_text(typed))).is_some();
        let node = if is_whole { None } else { node_of(set, typed, &sheet.text(row, "noi_dung")) };
        if node.is_none() && !is_whole {
            let codes: Vec<String> = set.nodes.iter().map(|node| node.code.to_string()).collect();
            let nearest = text::nearest(&plain_text(typed), codes.iter().map(String::as_str), LIKE).unwrap_or("–");
            return self.say(unknown(sheet, row, nearest), sheet, row, "ma");
        }
        let code = node.map(|node| node.code);
        if self.recognised.item(code).is_some() {
            let shown = node.map_or_else(|| WHOLE.to_owned(), |node| node.code.to_string());
            return self.say(Finding::new(code::RECOGNISED_ITEM_TWICE).with("value", shown), sheet, row, "ma");
        }
        let title = node.map_or_else(|| WHOLE.to_owned(), |node| label(node.code, &node.title));
        let on = |kind: Code, value: String| {
            let mut said = Finding::new(kind).with("title", &title).with("value", value);
            said.item = code;
            said
        };
        let most = node.map_or_else(|| set.most(), |node| node.max.unwrap_or_default());
        let points = match sheet.value(row, "diem_cong_nhan").map(|value| (exact(value), plain_text(value))) {
            None => None,
            Some((None, shown)) => {
                self.say(on(code::RECOGNISED_POINTS_UNREADABLE, shown), sheet, row, "diem_cong_nhan");
                None
            }
            Some((Some(typed), shown)) if typed < Share::ZERO || typed > most.share() => {
                let said = on(code::RECOGNISED_POINTS_OUT_OF_RANGE, shown).with("max", most);
                self.say(said, sheet, row, "diem_cong_nhan");
                None
            }
            Some((Some(typed), _)) => Some(typed.rounded().0),
        };
        let own = node.and_then(|node| set.index_of(node.code)).and_then(|at| set.scale_of(at));
        let scale = own.or_else(|| set.overall_scale());
        let level = sheet.value(row, "muc_cong_nhan").map(plain_text).and_then(|typed| {
            let level = level_of(&typed, scale);
            if level.is_none() {
                let said = on(code::RECOGNISED_LEVEL_UNREADABLE, typed).with("known", levels(scale));
                self.say(said, sheet, row, "muc_cong_nhan");
            }
            level
        });
        if points.is_none() && level.is_none() {
            return;
        }
        self.recognised.items.push(RecognisedItem {
            code,
            points,
            level,
            reason: sheet.text(row, "ly_do"),
            told: sheet.value(row, "duoc_tinh").and_then(exact).map(|told| told.rounded().0),
            place: sheet.place(row, "diem_cong_nhan"),
        });
    }

    fn school(&mut self, sheet: &Sheet, row: u32) {
        let Some(typed) = sheet.value(row, "muc_cong_nhan").map(plain_text) else { return };
        let code = sheet.text(row, "ma_truong");
        if code.is_empty() {
            return self.without_code(sheet, row, "ma_truong");
        }
        let Some(school) = self.of.school(&code).map(|at| &self.schools[at]) else {
            let said = Finding::new(code::RECOGNISED_SCHOOL_UNKNOWN).with("value", &code);
            return self.say(said.with("nearest", self.of.nearest(&code)), sheet, row, "ma_truong");
        };
        let named = sheet.text(row, "bo_chi_so");
        let owed: Vec<&RuleSet> =
            self.book.of_schools().filter(|set| school.kinds.iter().any(|kind| set.kinds.contains(kind))).collect();
        let is_named = |set: &&&RuleSet| {
            let named = text::fold(&named);
            named == text::fold(&set.id.0) || named == text::fold(&set.short)
        };
        let set = if named.is_empty() && owed.len() == 1 { owed.first() } else { owed.iter().find(is_named) };
        let Some(set) = set else {
            let known: Vec<&str> = owed.iter().map(|set| set.short.as_str()).collect();
            let said = Finding::new(code::RECOGNISED_SET_UNKNOWN).with("code", &school.code).with("value", &named);
            return self.say(said.with("known", known.join(", ")), sheet, row, "bo_chi_so");
        };
        let Some(level) = level_of(&typed, set.overall_scale()) else {
            let said =
                Finding::new(code::RECOGNISED_LEVEL_UNREADABLE).with("title", &school.name).with("value", &typed);
            let said = said.with("known", levels(set.overall_scale()));
            return self.say(said, sheet, row, "muc_cong_nhan");
        };
        if self.recognised.school(&school.code, &set.id).is_some() {
            let said = Finding::new(code::RECOGNISED_SCHOOL_TWICE).with("value", &school.code);
            return self.say(said, sheet, row, "ma_truong");
        }
        let place = sheet.place(row, "muc_cong_nhan");
        self.recognised.schools.push(RecognisedSchool {
            school: school.code.clone(),
            set: set.id.clone(),
            level,
            place,
        });
    }

    fn decision(&mut self, sheet: &Sheet, row: u32) {
        if !sheet.is_filled(row, &OF_DECISION) {
            return;
        }
        self.decisions += 1;
        if self.decisions > 1 {
            if self.decisions == 2 {
                self.say(Finding::new(code::RECOGNISED_DECISION_TWICE), sheet, row, "so");
            }
            return;
        }
        let date = sheet.value(row, "ngay").and_then(|value| {
            let read = receipts::moment(value).map(|moment| moment.date());
            if read.is_none() {
                let said = Finding::new(code::RECOGNISED_DATE_UNREADABLE).with("value", plain_text(value));
                self.findings.push(said.at(sheet.place(row, "ngay")));
            }
            read
        });
        self.recognised.decision = Decision { number: sheet.text(row, "so"), date, office: sheet.text(row, "co_quan") };
    }

    /// Says what the decision lacks.
    fn complete(&mut self, sheet: &Sheet) {
        let Decision { number, date, office } = &self.recognised.decision;
        let unread = self.findings.iter().any(|finding| finding.code == code::RECOGNISED_DATE_UNREADABLE);
        let known =
            [("số", number.is_empty()), ("ngày", date.is_none() && !unread), ("cơ quan công nhận", office.is_empty())];
        let missing: Vec<&str> = known.iter().filter(|(_, lacks)| *lacks).map(|(name, _)| *name).collect();
        // A file that says nothing at all yet lacks no more than everything.
        let says_nothing = self.recognised.is_empty() && missing.len() == known.len();
        if !missing.is_empty() && !says_nothing {
            let said = Finding::new(code::RECOGNISED_DECISION_INCOMPLETE).with("missing", missing.join(", "));
            self.say(said, sheet, sheet.header.last_row + 1, "so");
        }
    }
}

fn unknown(sheet: &Sheet, row: u32, nearest: &str) -> Finding {
    Finding::new(code::RECOGNISED_ITEM_UNKNOWN).with("value", sheet.text(row, "ma")).with("nearest", nearest)
}

/// The node that a code means; one with several readings is settled by its title.
fn node_of<'a>(set: &'a RuleSet, typed: &Value, title: &str) -> Option<&'a Node> {
    let read = item_code::read(typed);
    let found: Vec<&Node> =
        read.codes.iter().filter_map(|code| set.node(*code)).filter(|node| node.max.is_some()).collect();
    match found[..] {
        [only] => Some(only),
        _ => found.into_iter().find(|node| text::fold(&node.title) == text::fold(title)),
    }
}

/// `2`, `Mức 2`, `mức độ 2`, or the name of the level.
fn level_of(typed: &str, scale: Option<&Scale>) -> Option<Level> {
    let levels = &scale?.levels;
    let folded = text::fold(typed);
    let named = levels.iter().find(|range| text::fold(&range.name) == folded);
    let digits = folded.rsplit(' ').next().and_then(|last| last.parse::<u8>().ok());
    let worded = matches!(folded.rsplit_once(' '), None | Some(("muc" | "muc do" | "dat muc" | "dat muc do", _)));
    let numbered = digits.filter(|_| worded).and_then(|n| levels.iter().find(|range| range.level == Level(n)));
    named.or(numbered).map(|range| range.level)
}

fn levels(scale: Option<&Scale>) -> String {
    let known = scale.map_or(&[][..], |scale| &scale.levels);
    known.iter().map(|range| range.level.to_string()).collect::<Vec<_>>().join(", ")
}

/// The points that were recognised of what is directly below a node, where all of it was.
pub(super) fn sum_below(recognised: &Recognised, set: &RuleSet, node: Option<&Node>) -> Option<Points> {
    let below: Vec<&Node> = match node {
        Some(node) => node.children.iter().map(|&child| &set.nodes[child]).collect(),
        None => set.tops().map(|(_, top)| top).collect(),
    };
    let scored = || below.iter().filter(|node| node.max.is_some());
    let points: Option<Vec<Points>> = scored().map(|node| recognised.item(Some(node.code))?.points).collect();
    points.filter(|points| !points.is_empty()).map(|points| points.into_iter().sum())
}
