//! `Tình hình nộp`: every school of the roster and set: whether, when and in which file it returned.

use std::collections::{BTreeMap, HashMap};

use super::{Written, set_up, title};
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::milestone::Kind;
use crate::outcome::{Disposition, ExpectedReturn, Outcome, SeenFile, Status};
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::report::{formula, words};
use crate::school::{SchoolCode, kinds_text};
use crate::views::deadline::{time_kept, written};
use crate::views::figures;
use crate::views::words::late;

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
/// A last column, where a milestone was reached.
const CAME_AFTER: &str = "Sau khi chốt";
/// The header row.
pub(super) const HEAD: u32 = 8;
const STATUS: u32 = 5;
const LATE: u32 = 10;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    let has_milestones = !outcome.milestones.is_empty();
    page.widths([10.5, 26.0, 11.0, 18.0, 18.0, 12.0, 40.0, 18.5, 16.5, 9.0, 16.0, 20.0, 32.0])?;
    page.widths(has_milestones.then_some(16.0))?;
    let deadline = match outcome.office.deadlines.returns {
        Some(day) => {
            let again = outcome.office.deadlines.again.map(|day| format!("; gửi lại phiếu đã sửa: {}", written(day)));
            format!("Hạn nộp, chậm nhất ngày {}{}. Xét theo lần nộp đầu.", written(day), again.unwrap_or_default())
        }
        None => "Chưa ghi hạn nộp trong co-quan.toml: không xét sớm, trễ.".to_owned(),
    };
    title(plan, Sheet::Returns, page, &[deadline])?;
    let last = HEAD + outcome.expected.len().max(1) as u32;
    summary(outcome, last, page)?;
    let columns = COLUMNS.into_iter().chain(has_milestones.then_some(CAME_AFTER));
    let headers: Vec<_> = columns.map(|text| (text.to_owned(), &look.head)).collect();
    page.table("tinh_hinh_nop", CellRef::new(HEAD, 0), &headers, outcome.expected.len() as u32)?;
    let others = others(outcome);
    let later = later(outcome);
    for (row, expected) in (HEAD + 1..).zip(&outcome.expected) {
        line(plan, expected, row, &others, page)?;
        if has_milestones {
            let source = expected.source.as_ref().and_then(|source| later.get(&*source.file));
            let text = source.map_or("", |kind| words::milestone_kind(*kind));
            page.text(CellRef::new(row, headers.len() as u32 - 1), text, &look.mid)?;
        }
    }
    if outcome.expected.is_empty() {
        page.text(CellRef::new(HEAD + 1, 0), "(danh sách trường trống)", &look.text)?;
    }
    set_up(page, CellRef::new(last, headers.len() as u32 - 1), Some(HEAD), 2)
}

/// Counts above the table.
fn summary(outcome: &Outcome, last: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let column = |col: u32| {
        let letters = CellRef::column_letters(col);
        format!("{letters}{}:{letters}{}", HEAD + 2, last + 1)
    };
    let counts = figures::all(outcome);
    page.heads(CellRef::new(4, 1), &["Phải nộp", "Đã nhận", "Đã nộp, phải sửa", "Chưa nộp", "Nộp trễ"])?;
    page.text(CellRef::new(5, 0), "Số phiếu", &look.text_bold)?;
    let owed = if outcome.expected.is_empty() { "0".to_owned() } else { format!("ROWS({})", column(0)) };
    page.formula(CellRef::new(5, 1), &owed, counts.owed, &look.int_bold)?;
    for (col, status) in (2..).zip([Status::Accepted, Status::NotValid, Status::Missing]) {
        let text = format!("COUNTIF({},{})", column(STATUS), formula::quoted(status.label(Lang::Vi)));
        page.formula(CellRef::new(5, col), &text, counts.with(status), &look.int_bold)?;
    }
    // What came again follows in the same cell.
    let late = format!("{}*", late(Some(true)));
    let text = format!("COUNTIF({},{})", column(LATE), formula::quoted(&late));
    page.formula(CellRef::new(5, 5), &text, counts.late, &look.int_bold)
}

/// Files that came after a result was frozen.
fn later(outcome: &Outcome) -> HashMap<&str, Kind> {
    outcome.files.iter().filter_map(|file| Some((&*file.file, file.came_after?))).collect()
}

/// Files of a school that do not count.
type Others<'a> = BTreeMap<&'a SchoolCode, Vec<&'a SeenFile>>;

fn others(outcome: &Outcome) -> Others<'_> {
    let mut others = Others::new();
    for file in &outcome.files {
        let tell = !matches!(file.disposition, Disposition::Counted | Disposition::SignedCopy | Disposition::Opened);
        if let Some(school) = file.school.as_ref().filter(|_| tell) {
            others.entry(school).or_default().push(file);
        }
    }
    others
}

fn line(plan: &Plan<'_>, expected: &ExpectedReturn, row: u32, others: &Others<'_>, page: &mut Page<'_>) -> Written {
    let (outcome, look) = (plan.outcome, page.look);
    let school = outcome.school_of(expected);
    let at = |col: u32| CellRef::new(row, col);
    page.text(at(0), &school.code.0, &look.mid)?;
    page.text(at(1), &school.name, &look.text)?;
    page.text(at(2), &kinds_text(&school.kinds), &look.mid)?;
    page.text(at(3), &school.unit, &look.text)?;
    page.text(at(4), outcome.book.short(&expected.set), &look.text)?;
    page.text(at(STATUS), expected.status.label(Lang::Vi), &look.mid)?;
    let source = expected.source.as_ref();
    let file: &str = source.map_or("", |source| &source.file);
    page.link(at(6), &plan.file(file, None), file, &look.link)?;
    page.text(at(7), source.map_or("", |source| &source.sheet), &look.text)?;
    page.cells(at(8), [look.time(source.and_then(|source| source.received))])?;
    let known = source.filter(|source| source.received.is_some());
    page.text(at(9), known.map_or("", |source| if source.typed { "sổ nhận" } else { "giờ tệp" }), &look.mid)?;
    page.text(at(LATE), &time_kept(outcome, expected), &look.mid)?;
    page.text(at(11), &expected.signed_copies.join("\n"), &look.text)?;
    let rest = others.get(&school.code).into_iter().flatten().filter(|other| *other.file != *file);
    let rest: Vec<String> = rest.map(|other| named(other)).collect();
    page.text(at(12), &rest.join("\n"), &look.text)
}

/// A file with what became of it.
fn named(file: &SeenFile) -> String {
    let later = file.came_after.map(|kind| format!(", {}", words::came_after(kind)));
    format!("{} ({}{})", file.file, file.disposition.label(Lang::Vi).to_lowercase(), later.unwrap_or_default())
}
