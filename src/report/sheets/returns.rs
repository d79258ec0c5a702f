//! `Tình hình nộp`: every school of the roster and set: whether, when and in which file it returned.

use super::{Written, set_up, title};
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::outcome::{Outcome, Status};
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::report::{formula, words};
use crate::school::kinds_text;
use crate::views::deadline::{time_kept, written};
use crate::views::figures;
use crate::views::returns::submissions;
use crate::views::words::late;
use crate::writers::xlsx::Columns;

/// The header row.
pub(super) const HEAD: u32 = 8;
const STATUS: u32 = 5;
const LATE: u32 = 10;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    let rows = submissions(outcome);
    let mut columns = Columns::of(&rows)
        .with("Mã trường", 10.5, |one, _| look.mid(&one.school.code.0))
        .with("Tên trường", 26.0, |one, _| look.text(&one.school.name))
        .with("Cấp học", 11.0, |one, _| look.mid(kinds_text(&one.school.kinds)))
        .with("Đơn vị quản lý", 18.0, |one, _| look.text(&one.school.unit))
        .with("Bộ chỉ số", 18.0, |one, _| look.text(one.set))
        .with("Tình trạng phiếu", 12.0, |one, _| look.mid(one.expected.status.label(Lang::Vi)))
        .with("Tệp", 48.0, |one, _| look.text(one.file()))
        .with("Trang tính", 19.0, |one, _| look.opens(plan.file(one.file(), None), one.sheet()))
        .with("Nhận lúc", 16.5, |one, _| look.time(one.received))
        .with("Theo", 9.0, |one, _| look.mid(one.known_by))
        .with("Thời hạn", 16.0, |one, _| look.mid(time_kept(outcome, one.expected)))
        .with("Bản ký", 20.0, |one, _| look.text(one.expected.signed_copies.join("\n")))
        .with("Tệp khác của trường", 30.0, |one, _| look.text(one.other_files.join("\n")));
    if !outcome.milestones.is_empty() {
        columns =
            columns.with("Sau khi chốt", 16.0, |one, _| look.mid(one.came_after.map_or("", words::milestone_kind)));
    }
    page.columns(&columns)?;
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
    page.list(("tinh_hinh_nop", HEAD), &columns, &rows, "(danh sách trường trống)")?;
    set_up(page, CellRef::new(last, columns.last()), Some(HEAD), 2)
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
