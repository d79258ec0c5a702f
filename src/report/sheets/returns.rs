//! `Tình hình nộp`: every school of the roster and set: whether, when and in which file it returned.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Written, title};
use crate::grid::CellRef;
use crate::outcome::{Due, Fate, Outcome, Status};
use crate::report::page::Page;
use crate::report::plan::{Plan, Sheet};
use crate::report::{formula, words};
use crate::school::SchoolCode;

const COLUMNS: [&str; 13] = [
    "Mã trường",
    "Tên trường",
    "Cấp học",
    "Đơn vị quản lý",
    "Bộ chỉ số",
    "Tình trạng phiếu",
    "Tệp",
    "Trang tính",
    "Nhận lúc",
    "Theo",
    "Thời hạn",
    "Bản ký",
    "Tệp khác của trường",
];
const HEAD: u32 = 8;
const STATUS: u32 = 5;
const LATE: u32 = 10;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    page.widths([10.5, 26.0, 11.0, 18.0, 18.0, 12.0, 40.0, 18.5, 16.5, 9.0, 9.5, 20.0, 32.0])?;
    let deadline = match outcome.office.deadlines.returns {
        Some(day) => format!("Hạn nộp: hết ngày {}/{}/{}.", day.day(), day.month(), day.year()),
        None => "Chưa ghi hạn nộp trong co-quan.toml: cột Thời hạn để trống.".to_owned(),
    };
    title(plan, Sheet::Returns, page, &[deadline])?;
    let last = HEAD + outcome.dues.len().max(1) as u32;
    summary(outcome, last, page)?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("tinh_hinh_nop", CellRef::new(HEAD, 0), &headers, outcome.dues.len() as u32)?;
    let others = others(outcome);
    for (row, due) in (HEAD + 1..).zip(&outcome.dues) {
        line(outcome, due, row, &others, page)?;
    }
    if outcome.dues.is_empty() {
        page.text(CellRef::new(HEAD + 1, 0), "(danh sách trường trống)", &look.text)?;
    }
    page.set_up(true, CellRef::new(last, COLUMNS.len() as u32 - 1), Some(HEAD), 2)
}

/// Counts above the table.
fn summary(outcome: &Outcome, last: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let column = |col: u32| {
        let letters = CellRef::column_letters(col);
        format!("{letters}{}:{letters}{}", HEAD + 2, last + 1)
    };
    let count = |test: &dyn Fn(&&Due) -> bool| outcome.dues.iter().filter(test).count();
    page.heads(CellRef::new(4, 1), &["Phải nộp", "Đã nhận", "Đã nộp, phải sửa", "Chưa nộp", "Nộp trễ"])?;
    page.text(CellRef::new(5, 0), "Số phiếu", &look.text_bold)?;
    let owed = if outcome.dues.is_empty() { "0".to_owned() } else { format!("ROWS({})", column(0)) };
    page.formula(CellRef::new(5, 1), &owed, outcome.dues.len(), &look.int_bold)?;
    for (col, status) in (2..).zip([Status::Accepted, Status::NotValid, Status::Missing]) {
        let text = format!("COUNTIF({},{})", column(STATUS), formula::quoted(words::status(status)));
        page.formula(CellRef::new(5, col), &text, count(&|due| due.status == status), &look.int_bold)?;
    }
    let late = words::late(Some(true));
    let text = format!("COUNTIF({},{})", column(LATE), formula::quoted(late));
    page.formula(CellRef::new(5, 5), &text, count(&|due| due.late == Some(true)), &look.int_bold)
}

/// Files of a school that do not count, with what became of them.
fn others(outcome: &Outcome) -> BTreeMap<&SchoolCode, Vec<(Arc<str>, Fate)>> {
    let mut others: BTreeMap<&SchoolCode, Vec<(Arc<str>, Fate)>> = BTreeMap::new();
    for file in &outcome.files {
        let tell = !matches!(file.fate, Fate::Counted | Fate::SignedCopy | Fate::Opened);
        if let Some(school) = file.school.as_ref().filter(|_| tell) {
            others.entry(school).or_default().push((file.file.clone(), file.fate));
        }
    }
    others
}

fn line(
    outcome: &Outcome,
    due: &Due,
    row: u32,
    others: &BTreeMap<&SchoolCode, Vec<(Arc<str>, Fate)>>,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let school = outcome.school_of(due);
    let at = |col: u32| CellRef::new(row, col);
    let kinds: Vec<&str> = school.kinds.iter().map(|kind| kind.0.as_str()).collect();
    page.text(at(0), &school.code.0, &look.mid)?;
    page.text(at(1), &school.name, &look.text)?;
    page.text(at(2), &kinds.join(", "), &look.mid)?;
    page.text(at(3), &school.unit, &look.text)?;
    page.text(at(4), outcome.book.get(&due.set).map_or(due.set.0.as_str(), |set| &set.short), &look.text)?;
    page.text(at(STATUS), words::status(due.status), &look.mid)?;
    let source = due.source.as_ref();
    let file: &str = source.map_or("", |source| &source.file);
    page.link_file(at(6), file, None, file, &look.link)?;
    page.text(at(7), source.map_or("", |source| &source.sheet), &look.text)?;
    page.time(at(8), source.and_then(|source| source.received))?;
    let known = source.filter(|source| source.received.is_some());
    page.text(at(9), known.map_or("", |source| if source.typed { "sổ nhận" } else { "giờ tệp" }), &look.mid)?;
    page.text(at(LATE), words::late(due.late), &look.mid)?;
    page.text(at(11), &due.signed_copies.join("\n"), &look.text)?;
    let rest = others.get(&school.code).into_iter().flatten().filter(|(name, _)| **name != *file);
    let rest: Vec<String> =
        rest.map(|(name, fate)| format!("{name} ({})", words::fate(*fate).to_lowercase())).collect();
    page.text(at(12), &rest.join("\n"), &look.text)
}
