//! `Công nhận`: what the superior office recognised, beside what was claimed, verified and counted.

use super::{Written, set_up, title};
use crate::codes::Level;
use crate::grid::CellRef;
use crate::points::Points;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::views::recognised::{Line, lines};

const COLUMNS: [&str; 14] = [
    "Mã trường",
    "Trường, cơ quan",
    "Bộ chỉ số",
    "Mã",
    "Nội dung",
    "Tự đánh giá",
    "Thẩm định",
    "Được tính",
    "Công nhận",
    "Chênh lệch",
    "Mức tự đánh giá",
    "Mức được tính",
    "Mức công nhận",
    "Vì sao khác",
];
const COUNTED: u32 = 7;
const RECOGNISED: u32 = 8;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([11.5, 30.0, 14.0, 8.0, 40.0, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 46.0])?;
    let decision = plan.outcome.recognised.as_ref().map(|recognised| &recognised.decision);
    let day = decision.and_then(|decision| decision.date);
    let parts = [
        decision.map(|decision| decision.number.clone()).unwrap_or_default(),
        day.map(|day| format!("ngày {:02}/{:02}/{}", day.day(), day.month(), day.year())).unwrap_or_default(),
        decision.map(|decision| decision.office.clone()).unwrap_or_default(),
    ];
    let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let by = if known.is_empty() { "chưa ghi số, ngày".to_owned() } else { known.join(", ") };
    let remarks = [
        format!("Quyết định công nhận: {by}."),
        "Kết quả công nhận không thay điểm được tính; ô trống là quyết định không nêu. Chênh lệch: công nhận trừ được tính."
            .to_owned(),
    ];
    let head = title(plan, Sheet::Recognised, page, &remarks)?.max(4);
    let lines = lines(plan.outcome);
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("cong_nhan", CellRef::new(head, 0), &headers, lines.len() as u32)?;
    for (row, one) in (head + 1..).zip(&lines) {
        line(plan, one, row, page)?;
    }
    let last = head + lines.len().max(1) as u32;
    set_up(page, CellRef::new(last, COLUMNS.len() as u32 - 1), Some(head), 2)
}

fn line(plan: &Plan<'_>, line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let at = |col: u32| CellRef::new(row, col);
    let text = if line.node.is_none() { &look.text_bold } else { &look.text };
    page.text(at(0), line.school.map_or("", |school| &school.code.0), &look.mid)?;
    page.text(at(1), line.school.map_or(&plan.outcome.office.name, |school| &school.name), text)?;
    page.text(at(2), plan.outcome.book.short(line.set), &look.text)?;
    page.text(at(3), &line.node.map(|node| node.code.to_string()).unwrap_or_default(), &look.text)?;
    let whole = if line.school.is_none() { "Tổng" } else { "Cả phiếu" };
    page.text(at(4), line.node.map_or(whole, |node| &node.title), text)?;
    for (col, known) in (5..).zip([line.own, line.verified, line.counted, line.recognised]) {
        points(known, at(col), page)?;
    }
    match line.difference() {
        Some(difference) => {
            let formula = format!("ROUND({}-{},2)", at(RECOGNISED), at(COUNTED));
            page.formula(at(9), &formula, difference, &look.points)?;
        }
        None => page.blank(at(9), &look.points)?,
    }
    for (col, known) in (10..).zip([line.own_level, line.level, line.recognised_level]) {
        level(known, at(col), page)?;
    }
    page.text(at(13), &line.why(), &look.text)
}

fn points(points: Option<Points>, at: CellRef, page: &mut Page<'_>) -> Written {
    let look = page.look;
    match points {
        Some(points) => page.points(at, points, &look.points),
        None => page.blank(at, &look.points),
    }
}

fn level(level: Option<Level>, at: CellRef, page: &mut Page<'_>) -> Written {
    let look = page.look;
    match level {
        Some(level) => page.count(at, level.0, &look.level),
        None => page.blank(at, &look.level),
    }
}
