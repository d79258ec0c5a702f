//! `Công nhận`: what the superior office recognised, beside what was claimed, verified and counted.

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::views::recognised::{Line, lines};
use crate::writers::xlsx::{Cell, Columns};

/// The row of the header.
const HEAD: u32 = 4;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    let decision = outcome.recognised.as_ref().map(|recognised| &recognised.decision);
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
    let lines = lines(outcome);
    let whole = |line: &Line| if line.school.is_none() { "Tổng" } else { "Cả phiếu" };
    let styled = |line: &Line, text: &'_ str| match line.node {
        None => look.text_bold(text.to_owned()),
        Some(_) => look.text(text.to_owned()),
    };
    let columns = Columns::of(&lines)
        .with("Mã trường", 11.5, |line, _| look.mid(line.school.map_or("", |school| &school.code.0)))
        .with("Trường, cơ quan", 30.0, |line, _| {
            styled(line, line.school.map_or(&outcome.office.name, |school| &school.name))
        })
        .with("Bộ chỉ số", 14.0, |line, _| look.text(outcome.book.short(line.set)))
        .with("Mã", 8.0, |line, _| look.text(line.node.map_or_else(String::new, |node| node.code.to_string())))
        .with("Nội dung", 40.0, |line, _| styled(line, line.node.map_or_else(|| whole(line), |node| &node.title)))
        .with("Tự đánh giá", 10.5, |line, _| look.points(line.own))
        .with("Thẩm định", 10.5, |line, _| look.points(line.verified))
        .with("Được tính", 10.5, |line, _| look.points(line.counted))
        .with("Công nhận", 10.5, |line, _| look.points(line.recognised))
        .with("Chênh lệch", 10.5, |line, at| match line.difference() {
            Some(difference) => (Cell::formula(format!("ROUND(I{at}-H{at},2)"), difference), &look.points),
            None => look.points(None),
        })
        .with("Mức tự đánh giá", 10.5, |line, _| look.level(line.own_level))
        .with("Mức được tính", 10.5, |line, _| look.level(line.level))
        .with("Mức công nhận", 10.5, |line, _| look.level(line.recognised_level))
        .with("Vì sao khác", 46.0, |line, _| look.text(line.why()));
    page.columns(&columns)?;
    title(plan, Sheet::Recognised, page, &remarks)?;
    let last = page.list(("cong_nhan", HEAD), &columns, &lines, "(chưa có kết quả công nhận)")?;
    set_up(page, CellRef::new(last, columns.last()), Some(HEAD), 2)
}
