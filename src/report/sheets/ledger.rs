//! `Đối chiếu điểm`: what adds up: claimed - void + verified difference = counted; files seen and what became of them.

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::XlsxError;

use super::{Written, set_up, title};
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::outcome::{Disposition, ExpectedReturn, PointsLedger};
use crate::points::Points;
use crate::report::Page;
use crate::report::formula::{count_where, is_plain, quoted, sum_where};
use crate::report::plan::{OFFICE_COUNTED, OFFICE_SELF, OfficePlan, Plan, Sheet};
use crate::views::figures::{key, unit};

const CLAIMED: u32 = 4;
const VOID: u32 = 5;
const COUNTED_SELF: u32 = 6;
const DIFFERENCE: u32 = 7;
const COUNTED: u32 = 8;
const MISSING: u32 = 9;
const CHECK: u32 = 10;
/// In the table of schools.
const FOREIGN: u32 = 11;
const SUMS: [&str; 11] = [
    "Phạm vi",
    "Tên",
    "Số phiếu",
    "Dòng lạ",
    "Tự đánh giá",
    "Chưa hợp lệ",
    "Tự đánh giá hợp lệ",
    "Chênh lệch thẩm định",
    "Được tính",
    "Nội dung chưa trả lời",
    "Khớp",
];
const SCHOOLS: [&str; 12] = [
    "Mã trường",
    "Tên trường",
    "Đơn vị quản lý",
    "Bộ chỉ số",
    "Tự đánh giá",
    "Chưa hợp lệ",
    "Tự đánh giá hợp lệ",
    "Chênh lệch thẩm định",
    "Được tính",
    "Nội dung chưa trả lời",
    "Khớp",
    "Dòng lạ",
];

/// A row of the table of schools.
struct School<'a> {
    expected: &'a ExpectedReturn,
    set: usize,
    first_row: u32,
    unit: &'a str,
    sums: PointsLedger,
}

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([12.0, 34.0, 18.0, 18.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 9.0, 8.0])?;
    let remarks = [
        "Tự đánh giá - chưa hợp lệ = tự đánh giá hợp lệ; cộng chênh lệch thẩm định = được tính. Cột Khớp kiểm lại phép tính."
            .to_owned(),
        "Nội dung chưa trả lời và dòng lạ (dòng bộ chỉ số không có) không mang điểm, chỉ được đếm.".to_owned(),
    ];
    let row = title(plan, Sheet::Ledger, page, &remarks)? + 1;
    let ledger = &plan.outcome.ledger;
    let schools = schools(plan);
    let units = units(schools.iter().map(|school| school.unit));
    // Addresses first: sets, all schools, office; units; files; then the schools.
    let sums_head = row + 1;
    let all_row = sums_head + 1 + plan.sets.len() as u32;
    let units_head = all_row + 4;
    let files_head = units_head + units.len() as u32 + 3;
    let head = files_head + Disposition::all().count() as u32 + 4;
    let table = Range { first: head + 1, last: head + schools.len().max(1) as u32 };

    page.line(CellRef::new(row, 0), "Điểm theo bộ chỉ số", &look.section)?;
    page.heads(CellRef::new(sums_head, 0), &SUMS)?;
    for i in 0..plan.sets.len() {
        let sums = ledger.by_set.get(&plan.sets[i].rules.id).copied().unwrap_or_default();
        let name = &plan.tab(Sheet::Set(i)).name;
        let line = SumLine { row: sums_head + 1 + i as u32, scope: "Bộ chỉ số", name };
        line.write(&table, Some(3), sums, page)?;
    }
    let line = SumLine { row: all_row, scope: "Các trường", name: "Tất cả" };
    line.write(&table, None, ledger.schools, page)?;
    if let Some(office) = &plan.office {
        office_line(plan, office, all_row + 1, page)?;
    }

    page.line(CellRef::new(units_head - 1, 0), "Điểm theo đơn vị quản lý", &look.section)?;
    page.heads(CellRef::new(units_head, 0), &SUMS)?;
    let mut by_unit: HashMap<String, PointsLedger> = HashMap::new();
    for (name, sums) in &ledger.by_unit {
        by_unit.entry(key(unit(name))).or_default().add(*sums);
    }
    for (row, unit) in (units_head + 1..).zip(&units) {
        let line = SumLine { row, scope: "Đơn vị", name: unit };
        line.write(&table, Some(2), by_unit.get(&key(unit)).copied().unwrap_or_default(), page)?;
    }
    files(plan, files_head, page)?;
    page.line(CellRef::new(head - 1, 0), "Điểm từng trường", &look.section)?;
    let headers: Vec<_> = SCHOOLS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("doi_chieu_diem", CellRef::new(head, 0), &headers, schools.len() as u32)?;
    for (row, school) in (head + 1..).zip(&schools) {
        school_line(plan, school, row, page)?;
    }
    if schools.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(chưa có phiếu nào được tính)", &look.text)?;
    }
    page.ws.set_page_breaks(&[head - 1])?;
    set_up(page, CellRef::new(table.last, FOREIGN), None, 0)?;
    page.ws.set_repeat_rows(head, head)?;
    Ok(())
}

fn schools<'a>(plan: &'a Plan<'_>) -> Vec<School<'a>> {
    let mut schools = Vec::new();
    for (set, of) in plan.sets.iter().enumerate() {
        for expected in &of.expected {
            let Some((scored, first_row)) = expected.scored else { continue };
            let unit = unit(&plan.outcome.school_of(expected.expected).unit);
            schools.push(School {
                expected: expected.expected,
                set,
                first_row,
                unit,
                sums: PointsLedger::of(of.rules, scored),
            });
        }
    }
    schools
}

/// The units among these names, each once, in order.
fn units<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut units: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        units.entry(key(name)).or_insert(name);
    }
    units.into_values().collect()
}

/// The rows of the table of schools.
struct Range {
    first: u32,
    last: u32,
}

impl Range {
    fn column(&self, col: u32) -> String {
        let letters = CellRef::column_letters(col);
        format!("{letters}${}:{letters}${}", self.first + 1, self.last + 1)
    }
}

/// A line that sums schools.
struct SumLine<'a> {
    row: u32,
    scope: &'a str,
    name: &'a str,
}

impl SumLine<'_> {
    /// Sums the schools whose text in column `key` is the line's name; all of them without a key.
    fn write(&self, table: &Range, key: Option<u32>, sums: PointsLedger, page: &mut Page<'_>) -> Written {
        let look = page.look;
        let at = |col: u32| CellRef::new(self.row, col);
        page.text(at(0), self.scope, &look.text)?;
        page.text(at(1), self.name, &look.text)?;
        let key = key.map(|key| (table.column(key), at(1).to_string()));
        let plain = is_plain(self.name);
        let count = match &key {
            Some(key) => count_where(std::slice::from_ref(key), plain),
            None => format!("COUNT({})", table.column(COUNTED)),
        };
        page.formula(at(2), &count, sums.returns, &look.int)?;
        let sum = |col: u32| match &key {
            Some((column, name)) => sum_where(column, name, &table.column(col), plain),
            None => format!("SUM({})", table.column(col)),
        };
        let points = [
            (CLAIMED, sums.claimed),
            (VOID, sums.void),
            (DIFFERENCE, sums.verified_difference),
            (COUNTED, sums.counted),
        ];
        for (col, points) in points {
            page.formula(at(col), &format!("ROUND({},2)", sum(col)), points, &look.points)?;
        }
        page.formula(at(3), &sum(FOREIGN), sums.foreign, &look.int)?;
        page.formula(at(MISSING), &sum(MISSING), sums.missing, &look.int)?;
        checks(self.row, sums.claimed - sums.void, page)
    }
}

/// Claimed less void, and whether it leads to what counts.
fn checks(row: u32, counted_self: Points, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let less = format!("ROUND({}-{},2)", at(CLAIMED), at(VOID));
    page.formula(at(COUNTED_SELF), &less, counted_self, &look.points)?;
    let off = format!("ROUND({}+{}-{},2)", at(COUNTED_SELF), at(DIFFERENCE), at(COUNTED));
    page.formula(at(CHECK), &format!("IF({off}=0,\"khớp\",\"LỆCH\")"), "khớp", &look.mid)
}

fn office_line(plan: &Plan<'_>, office: &OfficePlan<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let sums = PointsLedger::of(office.rules, &office.result.scored);
    let tab = plan.tab(Sheet::Office);
    let total = |col: u32| tab.cell(CellRef::new(office.total_row(), col));
    page.text(at(0), "Cơ quan", &look.text)?;
    page.text(at(1), &plan.outcome.office.name, &look.text)?;
    page.count(at(2), 1, &look.int)?;
    page.count(at(3), sums.foreign, &look.int)?;
    page.formula(at(CLAIMED), &total(OFFICE_SELF), sums.claimed, &look.points)?;
    page.points(at(VOID), sums.void, &look.points)?;
    page.points(at(DIFFERENCE), sums.verified_difference, &look.points)?;
    page.formula(at(COUNTED), &total(OFFICE_COUNTED), sums.counted, &look.points)?;
    page.count(at(MISSING), sums.missing, &look.int)?;
    checks(row, sums.claimed - sums.void, page)
}

fn files(plan: &Plan<'_>, head: u32, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let look = page.look;
    page.line(CellRef::new(head - 1, 0), "Tệp đã thấy trong thư mục nop", &look.section)?;
    page.heads(CellRef::new(head, 0), &["Mục", "Kết quả", "Số tệp"])?;
    let dispositions = plan.dispositions();
    let ledger = &plan.outcome.ledger;
    let count = |disposition| ledger.files.get(&disposition).copied().unwrap_or_default();
    let mut row = head;
    for disposition in Disposition::all().filter(|disposition| *disposition != Disposition::Opened) {
        row += 1;
        file_line(
            row,
            "Tệp",
            disposition.label(Lang::Vi),
            &format!("COUNTIF({dispositions},{})", quoted(disposition.label(Lang::Vi))),
            count(disposition),
            page,
        )?;
    }
    let column = format!("{}:{}", CellRef::new(head + 1, 2), CellRef::new(row, 2));
    file_line(row + 1, "Cộng", "Tệp đã thấy", &format!("SUM({column})"), ledger.seen, page)?;
    let opened = Disposition::Opened.label(Lang::Vi);
    let text = format!("{opened} (tệp nén, sổ nhiều phiếu; ngoài tổng)");
    let formula = format!("COUNTIF({dispositions},{})", quoted(opened));
    file_line(row + 2, "Ngoài tổng", &text, &formula, count(Disposition::Opened), page)
}

fn file_line(row: u32, scope: &str, text: &str, formula: &str, count: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.text(CellRef::new(row, 0), scope, &look.text)?;
    page.text(CellRef::new(row, 1), text, &look.text)?;
    page.formula(CellRef::new(row, 2), formula, count, &look.int)
}

fn school_line(plan: &Plan<'_>, school: &School<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let of = plan.outcome.school_of(school.expected);
    let tab = plan.tab(Sheet::Detail(school.set));
    let total = plan.sets[school.set].detail_total();
    page.text(at(0), &of.code.0, &look.mid)?;
    page.text(at(1), &of.name, &look.text)?;
    page.text(at(2), school.unit, &look.text)?;
    page.text(at(3), &plan.tab(Sheet::Set(school.set)).name, &look.text)?;
    let sums = &school.sums;
    page.formula(at(CLAIMED), &tab.cell(CellRef::new(school.first_row, total)), sums.claimed, &look.points)?;
    page.points(at(VOID), sums.void, &look.points)?;
    page.points(at(DIFFERENCE), sums.verified_difference, &look.points)?;
    page.formula(at(COUNTED), &tab.cell(CellRef::new(school.first_row + 1, total)), sums.counted, &look.points)?;
    page.count(at(MISSING), sums.missing, &look.int)?;
    checks(row, sums.claimed - sums.void, page)?;
    page.count(at(FOREIGN), sums.foreign, &look.int)
}
