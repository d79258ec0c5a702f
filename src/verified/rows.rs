//! The rows of one reviewer's workbook. A row without a verified score and without any remark is not filled yet.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::ReviewKind;
use crate::codes::{ItemCode, SetId};
use crate::finding::{Code, Finding, Found, Place, code};
use crate::form::{code as item_code, label};
use crate::grid::{CellRef, Grid, Value};
use crate::layouts::form as layout;
use crate::points::{Points, Share};
use crate::receipts;
use crate::roster::plain_text;
use crate::rules::{NodeKind, RuleBook, RuleSet};
use crate::school::School;
use crate::table::{Header, find_header, words};
use crate::text;

/// One verified score.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The school, by its place in the roster.
    pub school: usize,
    /// The set.
    pub set: SetId,
    /// The item.
    pub item: ItemCode,
    /// The item by its place in the set.
    pub node: usize,
    /// The verified score; 0 of a mandatory condition.
    pub points: Points,
    /// Of a mandatory condition: whether it was found to be met.
    pub met: Option<bool>,
    /// How it was verified.
    pub kind: ReviewKind,
    /// When.
    pub date: Option<Date>,
    /// Number of the minutes.
    pub minutes: String,
    /// Who.
    pub reviewer: String,
    /// Why it differs.
    pub reason: String,
    /// The school's view.
    pub view: String,
    /// `ma_phieu`: which version of the return; empty if the row does not say.
    pub fingerprint: String,
    /// The self score that the reviewer saw.
    pub own: Option<Points>,
    /// The school's own answer to a mandatory condition that the reviewer saw.
    pub own_met: Option<bool>,
    /// Where the verified score stands.
    pub place: Place,
}

/// Reads reviewers' workbooks.
#[derive(Debug)]
pub struct Reader<'a> {
    schools: &'a [School],
    book: &'a RuleBook,
    by_code: HashMap<String, usize>,
    by_bare: HashMap<String, usize>,
}

/// The columns without which there is nothing to read.
const NEEDED: [&str; 4] = ["ma_truong", "ma", "tham_dinh", "nguoi_tham_dinh"];
/// What a reviewer types about this one score; kind, date, minutes and name are filled down over all rows.
const REMARKS: [&str; 2] = ["ly_do", "y_kien_truong"];

impl<'a> Reader<'a> {
    /// For these schools and rules.
    pub fn new(schools: &'a [School], book: &'a RuleBook) -> Reader<'a> {
        let keyed = |key: &dyn Fn(&School) -> String| {
            schools.iter().enumerate().rev().map(|(at, school)| (key(school), at)).collect()
        };
        Reader {
            schools,
            book,
            by_code: keyed(&|school| school.code.0.to_uppercase()),
            by_bare: keyed(&|school| school.code.bare()),
        }
    }

    /// The verified scores of one workbook, from every visible sheet that has the table.
    pub fn read(&self, grids: &[Grid], file: &str) -> Found<Vec<Row>> {
        let mut found = Found::clean(Vec::new());
        let mut any = false;
        let has_all = |header: &Header| NEEDED.iter().all(|key| header.column(key).is_some());
        for grid in grids.iter().filter(|grid| !grid.hidden) {
            let Some(header) = find_header(grid, words().columns("verified"), has_all) else {
                continue;
            };
            any = true;
            if grid.truncated {
                let place = Place { sheet: Some(grid.name.as_str().into()), ..Place::file(file) };
                found.findings.push(Finding::new(code::SHEET_CUT).at(place));
            }
            let sheet = Sheet { of: self, grid, name: grid.name.as_str().into(), file: Place::file(file), header };
            for (row, _) in grid.rows().filter(|(row, _)| *row > sheet.header.last_row) {
                found.value.extend(sheet.row(row, &mut found.findings));
            }
        }
        if !any {
            found.findings.push(Finding::new(code::VERIFIED_NO_TABLE).at(Place::file(file)));
        }
        found
    }

    /// The school that a typed code means.
    pub(crate) fn school(&self, typed: &str) -> Option<usize> {
        let code = typed.trim_start_matches(['\'', '’']).trim().to_uppercase();
        let bare = code.trim_start_matches('0');
        self.by_code.get(&code).or_else(|| self.by_bare.get(bare)).copied()
    }

    /// The school whose code is most like it, for people; `–` if none is.
    pub(crate) fn nearest(&self, typed: &str) -> String {
        let codes = self.schools.iter().map(|school| school.code.0.as_str());
        let nearest = text::nearest(typed, codes, 0.5).and_then(|code| self.by_code.get(&code.to_uppercase()));
        nearest.map_or("–".to_owned(), |&at| format!("{} {}", self.schools[at].code, self.schools[at].name))
    }
}

struct Sheet<'a> {
    of: &'a Reader<'a>,
    grid: &'a Grid,
    name: Arc<str>,
    file: Place,
    header: Header,
}

impl Sheet<'_> {
    fn cell(&self, row: u32, key: &str) -> Option<CellRef> {
        self.header.column(key).map(|column| CellRef::new(row, column.col))
    }

    fn value(&self, row: u32, key: &str) -> Option<Cow<'_, Value>> {
        let value = self.grid.as_shown(self.cell(row, key)?)?;
        Some(value).filter(|value| !plain_text(value).is_empty())
    }

    fn text(&self, row: u32, key: &str) -> String {
        self.value(row, key).map(|value| plain_text(&value)).unwrap_or_default()
    }

    fn place(&self, row: u32, key: &str) -> Place {
        self.file.at(&self.name, self.cell(row, key).unwrap_or(CellRef::new(row, 0)))
    }

    fn row(&self, row: u32, findings: &mut Vec<Finding>) -> Option<Row> {
        let score = self.value(row, "tham_dinh");
        let remarked = REMARKS.iter().any(|key| self.value(row, key).is_some());
        // A title, a total or a signature has no code of a school.
        let school_code = self.text(row, "ma_truong");
        if (score.is_none() && !remarked) || school_code.is_empty() {
            return None;
        }
        let Some(school) = self.of.school(&school_code) else {
            let said = Finding::new(code::VERIFIED_SCHOOL_UNKNOWN).with("value", &school_code);
            findings.push(said.with("nearest", self.of.nearest(&school_code)).at(self.place(row, "ma_truong")));
            return None;
        };
        let owner = &self.of.schools[school];
        let Some((set, node)) = self.item(row, owner) else {
            let said = Finding::new(code::VERIFIED_ITEM_UNKNOWN).with("value", self.text(row, "ma"));
            findings.push(said.with("school", &owner.name).of(&owner.code).at(self.place(row, "ma")));
            return None;
        };
        let found = &set.nodes[node];
        let max = found.max.unwrap_or_default();
        let mut say = |kind: Code, key: &str, value: String| {
            let mut said = Finding::new(kind).on(found.code).of(&owner.code).at(self.place(row, key));
            said.set = Some(set.id.clone());
            findings.push(said.with("title", label(found.code, &found.title)).with("max", max).with("value", value));
        };
        let Some(score) = score else {
            say(code::VERIFIED_WITHOUT_SCORE, "tham_dinh", String::new());
            return None;
        };
        let shown = plain_text(&score);
        let is_condition = found.kind == NodeKind::Mandatory;
        let met = if is_condition { answered(&score) } else { None };
        let typed = if is_condition { met.map(|_| Share::ZERO) } else { exact(&score) };
        let Some(typed) = typed else {
            let code = if is_condition { code::VERIFIED_CONDITION_UNREADABLE } else { code::VERIFIED_NOT_A_NUMBER };
            say(code, "tham_dinh", shown);
            return None;
        };
        if typed < Share::ZERO || typed > max.share() {
            say(code::VERIFIED_OUT_OF_RANGE, "tham_dinh", shown);
            return None;
        }
        let points = typed.rounded().0;
        let reviewer = self.text(row, "nguoi_tham_dinh");
        if reviewer.is_empty() {
            say(code::VERIFIED_NO_REVIEWER, "nguoi_tham_dinh", shown);
            return None;
        }
        let kind = self.value(row, "hinh_thuc").map(|typed| plain_text(&typed)).map_or(ReviewKind::Unknown, |typed| {
            review_kind(&typed).unwrap_or_else(|| {
                say(code::VERIFIED_KIND_UNKNOWN, "hinh_thuc", typed);
                ReviewKind::Unknown
            })
        });
        let date = self.value(row, "ngay").and_then(|value| {
            let read = receipts::moment(&value).map(DateTime::date);
            if read.is_none() {
                say(code::VERIFIED_DATE_UNREADABLE, "ngay", plain_text(&value));
            }
            read
        });
        let own = self.value(row, "tu_danh_gia");
        let own = own.as_deref();
        Some(Row {
            school,
            set: set.id.clone(),
            item: found.code,
            node,
            points,
            met,
            kind,
            date,
            minutes: self.text(row, "so_bien_ban"),
            reviewer,
            reason: self.text(row, "ly_do"),
            view: self.text(row, "y_kien_truong"),
            fingerprint: self.text(row, "ma_phieu"),
            own: own.filter(|_| !is_condition).and_then(exact).map(|own| own.rounded().0),
            own_met: own.filter(|_| is_condition).and_then(answered),
            place: self.place(row, "tham_dinh"),
        })
    }

    /// The set and the scored item, or the condition, of a row: of the sets that the school owes, the one that the row
    /// names, else the only one that has such an item. A code with several readings is settled by the item's title.
    fn item(&self, row: u32, school: &School) -> Option<(&RuleSet, usize)> {
        let codes = item_code::read(self.value(row, "ma")?.as_ref()).codes;
        let named = text::fold(&self.text(row, "bo_chi_so"));
        let title = text::fold(&self.text(row, "noi_dung"));
        let owed = self.of.book.of_schools().filter(|set| school.kinds.iter().any(|kind| set.kinds.contains(kind)));
        let is_named =
            |set: &&RuleSet| named.is_empty() || named == text::fold(&set.id.0) || named == text::fold(&set.short);
        let mut found: Vec<(&RuleSet, usize)> = Vec::new();
        for set in owed.filter(is_named) {
            let nodes = codes.iter().filter_map(|code| set.index_of(*code));
            found.extend(nodes.filter(|&node| set.nodes[node].is_leaf()).map(|node| (set, node)));
        }
        if found.len() > 1 {
            found.retain(|(set, node)| text::fold(&set.nodes[*node].title) == title);
        }
        match found[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Points as typed; nothing that has two readings.
pub(crate) fn exact(value: &Value) -> Option<Share> {
    match value {
        Value::Number(number) => Share::of_score(*number),
        Value::Date(date) if date.serial < 1000.0 => Share::of_score(date.serial),
        Value::Text(text) => Points::parse(&text::clean(&text::narrow(text))).map(Points::share),
        _ => None,
    }
}

fn review_kind(typed: &str) -> Option<ReviewKind> {
    let (key, _) = words().review_kinds.recognise(&text::fold(typed))?;
    Some(match key {
        "ho_so" => ReviewKind::Documents,
        "tai_truong" => ReviewKind::OnSite,
        _ => ReviewKind::Correction,
    })
}

impl Row {
    /// What was recorded, as people read it.
    pub fn shown(&self) -> String {
        self.met.map_or_else(|| self.points.to_string(), |met| answer(Some(met)).to_owned())
    }
}

/// The answer to a mandatory condition, as people read it.
pub fn answer(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => layout::MET,
        Some(false) => layout::UNMET,
        None => "chưa trả lời",
    }
}

/// Whether a cell says that a condition is met; nothing that has two readings.
fn answered(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(met) => Some(*met),
        Value::Number(number) if *number == 1.0 => Some(true),
        Value::Number(number) if *number == 0.0 => Some(false),
        Value::Text(text) => {
            let folded = text::fold(text);
            let mark = || words().marks.iter().find(|(_, mark)| mark == text.trim()).map(|(key, _)| key.as_str());
            match if folded.is_empty() { mark() } else { words().answers.exact(&folded) }? {
                "yes" | "yes_marks" => Some(true),
                "no" | "no_marks" => Some(false),
                _ => None,
            }
        }
        _ => None,
    }
}
