//! `Điển hình`: the items where schools are weakest, those that gained most since last year, and the best schools of
//! each group and criterion.

use rust_xlsxwriter::XlsxError;

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::outcome::LastYear;
use crate::report::Page;
use crate::report::formula::quoted;
use crate::report::plan::{Column, DETAIL_HEAD, DETAIL_NODES, Plan, Sheet};
use crate::views::best::{BEST, Best, Gain, best, gains as gains_of};
use crate::views::sums::Sums;

/// The header row of the first table.
const HEAD: u32 = 6;
const COLUMNS: [&str; 10] = [
    "Bộ chỉ số",
    "Mã",
    "Nhóm, tiêu chí",
    "Hạng",
    "Mã trường",
    "Tên trường",
    "Điểm",
    "Điểm tối đa",
    "Tỉ lệ",
    "Dựa trên",
];
pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([17.0, 8.0, 50.0, 7.0, 11.5, 30.0, 8.0, 9.0, 9.0, 15.0])?;
    let remarks = [
        format!("Tối đa {BEST} trường mỗi nhóm, tiêu chí; cùng điểm thì cùng hạng, xếp theo danh sách trường."),
        "“thẩm định”: điểm có phần do cơ quan thẩm định; “tự đánh giá”: chưa thẩm định.".to_owned(),
    ];
    title(plan, Sheet::Best, page, &remarks)?;
    // The long table last: its header is repeated on the pages that follow, and no other table stands on these.
    let mut below = weakest(plan, HEAD, page)? + 3;
    if let Some(last_year) = &plan.outcome.last_year {
        below = gains(plan, last_year, below, page)? + 3;
    }
    let head = below;
    let sets = plan.sets.iter().enumerate();
    let lines: Vec<(usize, Best<'_>)> = sets
        .flat_map(|(index, set)| best(plan.outcome, set.rules).into_iter().map(move |best| (index, best)))
        .collect();
    page.line(CellRef::new(head - 1, 0), "Trường có điểm cao nhất ở từng nhóm, tiêu chí", &look.section)?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("dien_hinh", CellRef::new(head, 0), &headers, lines.len() as u32)?;
    for (row, (set, best)) in (head + 1..).zip(&lines) {
        write_line(plan, *set, best, row, page)?;
    }
    if lines.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(chưa có phiếu nào được tính)", &look.text)?;
    }
    let last = head + lines.len().max(1) as u32;
    set_up(page, CellRef::new(last, COLUMNS.len() as u32 - 1), None, 0)?;
    page.ws.set_repeat_rows(head, head)?;
    Ok(())
}

fn write_line(plan: &Plan<'_>, index: usize, best: &Best<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let set = &plan.sets[index];
    let node = &set.rules.nodes[best.node];
    let school = plan.outcome.school_of(best.expected);
    let at = |col: u32| CellRef::new(row, col);
    let text = if node.parent.is_none() { &look.text_bold } else { &look.text };
    page.text(at(0), &set.rules.short, text)?;
    page.text(at(1), &node.code.to_string(), text)?;
    page.text(at(2), &node.title, text)?;
    let column = Column::Points(best.node);
    let (Some(cell), Some(rows)) = (plan.cell_of(index, best.expected, column), plan.set_rows(index, column)) else {
        return Ok(());
    };
    page.formula(at(3), &format!("RANK({},{rows})", at(6)), best.rank, &look.points)?;
    page.text(at(4), &school.code.0, &look.mid)?;
    page.text(at(5), &school.name, text)?;
    page.formula(at(6), &cell, best.points, &look.points)?;
    page.points(at(7), node.max.unwrap_or_default(), &look.points)?;
    page.formula(at(8), &format!("IF({m}=0,0,{p}/{m})", m = at(7), p = at(6)), best.share, &look.share)?;
    page.text(at(9), rests_on(best.verified), &look.mid)
}

/// What a score rests on.
fn rests_on(verified: bool) -> &'static str {
    if verified { "thẩm định" } else { "tự đánh giá" }
}

/// The schools that gained most since last year, set by set; returns the last row.
fn gains(plan: &Plan<'_>, last_year: &LastYear, head: u32, page: &mut Page<'_>) -> Result<u32, XlsxError> {
    let look = page.look;
    let LastYear { year, run, seal, .. } = last_year;
    let seal = seal.as_ref().map(|seal| format!(" {seal}.")).unwrap_or_default();
    let title = format!("Tăng điểm nhiều nhất so với năm trước (năm học {year}, lần chạy {run}).{seal}");
    page.line(CellRef::new(head - 1, 0), &title, &look.section)?;
    page.heads(
        CellRef::new(head, 0),
        &[
            "Bộ chỉ số",
            "Mức nay",
            "Tên trường",
            "Thứ tự",
            "Mã trường",
            "Mức năm trước",
            "Điểm trước",
            "Điểm nay",
            "Tăng",
            "Dựa trên",
        ],
    )?;
    let mut row = head;
    for index in 0..plan.sets.len() {
        for (order, gain) in (1_u32..).zip(gains_of(plan.outcome, plan.sets[index].rules)) {
            row += 1;
            gain_line(plan, index, &gain, order, row, page)?;
        }
    }
    if row == head {
        row += 1;
        page.text(CellRef::new(row, 0), "(chưa có trường nào tăng điểm trên cùng bộ chỉ số)", &look.text)?;
    }
    Ok(row)
}

fn gain_line(plan: &Plan<'_>, index: usize, gain: &Gain<'_>, order: u32, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let school = plan.outcome.school_of(gain.expected);
    let at = |col: u32| CellRef::new(row, col);
    let cell = |column: Column| plan.cell_of(index, gain.expected, column);
    page.text(at(0), &plan.sets[index].rules.short, &look.text)?;
    match cell(Column::Overall).zip(gain.scored.level) {
        Some((cell, level)) => page.formula(at(1), &cell, f64::from(level.0), &look.level)?,
        None => page.blank(at(1), &look.level)?,
    }
    page.text(at(2), &school.name, &look.text)?;
    page.count(at(3), order, &look.points)?;
    page.text(at(4), &school.code.0, &look.mid)?;
    let level = gain.last.level.map(|level| format!("Mức {level}")).unwrap_or_default();
    let renamed = if gain.last.school == school.code { String::new() } else { format!(" (mã {})", gain.last.school) };
    page.text(at(5), &format!("{level}{renamed}"), &look.text)?;
    page.points(at(6), gain.then, &look.points)?;
    match cell(Column::Total) {
        Some(cell) => page.formula(at(7), &cell, gain.scored.total, &look.points)?,
        None => page.points(at(7), gain.scored.total, &look.points)?,
    }
    page.formula(at(8), &format!("ROUND({}-{},2)", at(7), at(6)), gain.points(), &look.points_bold)?;
    page.text(at(9), rests_on(gain.verified), &look.mid)
}

/// The items with the lowest mean share, set by set; returns the last row.
fn weakest(plan: &Plan<'_>, head: u32, page: &mut Page<'_>) -> Result<u32, XlsxError> {
    let look = page.look;
    page.line(CellRef::new(head - 1, 0), "Nội dung còn yếu nhất (tỉ lệ điểm trung bình thấp nhất)", &look.section)?;
    page.heads(
        CellRef::new(head, 0),
        &["Bộ chỉ số", "Mã", "Nội dung", "Thứ tự", "Số phiếu", "Tiêu chí", "Trung bình", "Điểm tối đa", "Tỉ lệ"],
    )?;
    let mut row = head;
    for (index, set) in plan.sets.iter().enumerate() {
        let sums = Sums::of(plan.outcome, set.rules);
        for (order, node) in (1_u32..).zip(sums.weakest()) {
            row += 1;
            weak_line(plan, (index, &sums), node, order, row, page)?;
        }
    }
    Ok(row)
}

fn weak_line(
    plan: &Plan<'_>,
    (index, sums): (usize, &Sums<'_>),
    item: usize,
    order: u32,
    row: u32,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let set = &plan.sets[index];
    let node = &set.rules.nodes[item];
    let at = |col: u32| CellRef::new(row, col);
    let criterion = node.parent.map(|parent| &set.rules.nodes[parent]);
    page.text(at(0), &set.rules.short, &look.text)?;
    page.text(at(1), &node.code.to_string(), &look.text)?;
    page.text(at(2), &node.title, &look.text)?;
    page.count(at(3), order, &look.points)?;
    let detail = plan.tab(Sheet::Detail(index));
    let rows = |col: u32| detail.rows(col, DETAIL_HEAD + 1, set.last_detail_row());
    let counted = quoted("Được tính");
    page.formula(at(4), &format!("COUNTIF({},{counted})", rows(2)), sums.returns, &look.points)?;
    page.text(at(5), &criterion.map(|node| format!("{} {}", node.code, node.title)).unwrap_or_default(), &look.text)?;
    let sum = format!("SUMIF({},{counted},{})", rows(2), rows(DETAIL_NODES + item as u32));
    page.formula(at(6), &format!("{sum}/{}", at(4)), sums.mean(item), &look.fixed)?;
    page.points(at(7), node.max.unwrap_or_default(), &look.points)?;
    page.formula(at(8), &format!("{}/{}", at(6), at(7)), sums.share(item), &look.share)
}
