//! `Đơn vị`: a row a unit: what it handed over, its schools, their levels, and its own points as it handed them over.

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::rules::RuleSet;
use crate::views::units::{Row, UnitFigures, above, rows, whole};

const HEAD: u32 = 3;
const FIRST: [&str; 9] = [
    "Mã đơn vị",
    "Đơn vị",
    "Cấp trên",
    "Tình trạng",
    "Số trường",
    "Phiếu phải nộp",
    "Được tính",
    "Phải sửa",
    "Chưa nộp",
];
const LAST: [&str; 8] =
    ["Lỗi", "Cần xem lại", "Điểm của đơn vị", "Mức của đơn vị", "Chốt lúc", "Mã chốt", "Số văn bản", "Tệp"];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    let sets: Vec<&RuleSet> = outcome.book.of_schools().collect();
    let mut headers: Vec<String> = FIRST.iter().map(|text| (*text).to_owned()).collect();
    page.widths([12.0, 30.0, 18.0, 12.0, 9.0, 9.0, 9.0, 9.0, 9.0])?;
    for set in &sets {
        let levels = set.overall_scale().map_or(&[][..], |scale| &scale.levels);
        headers.extend(levels.iter().map(|range| format!("{}: mức {}", set.short, range.level)));
        headers.push(format!("{}: điểm trung bình", set.short));
        page.widths(levels.iter().map(|_| 11.0).chain([11.0]))?;
    }
    headers.extend(LAST.iter().map(|text| (*text).to_owned()));
    page.widths([8.0, 8.0, 10.0, 10.0, 16.5, 16.0, 20.0, 40.0])?;
    let remark = "Điểm, mức của đơn vị là của tiêu chí cơ quan, như đơn vị đã chốt và gửi.".to_owned();
    title(plan, Sheet::Units, page, &[remark])?;
    let rows = rows(outcome);
    let width = headers.len() as u32;
    let heads: Vec<_> = headers.into_iter().map(|text| (text, &look.head)).collect();
    page.table("don_vi", CellRef::new(HEAD, 0), &heads, rows.len() as u32)?;
    let mut next = HEAD + 1;
    for row in &rows {
        unit(row, &sets, next, page)?;
        next += 1;
    }
    next += 1;
    let totals = above(outcome).into_iter().map(|(name, figures)| (name.to_owned(), figures));
    for (name, of) in totals.chain([("Toàn bộ".to_owned(), whole(outcome))]) {
        page.text(CellRef::new(next, 1), &name, &look.text_bold)?;
        figures(&of, &sets, next, page)?;
        next += 1;
    }
    set_up(page, CellRef::new(next - 1, width - 1), Some(HEAD), 2)
}

fn unit(row: &Row, sets: &[&RuleSet], at: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let cell = |col: u32| CellRef::new(at, col);
    let last = figures(&row.figures, sets, at, page)?;
    page.count(cell(last), row.figures.errors as u32, &look.int)?;
    page.count(cell(last + 1), row.figures.warnings as u32, &look.int)?;
    let Some(unit) = row.unit else { return page.text(cell(1), "(trường của cơ quan)", &look.text) };
    page.text(cell(0), &unit.code, &look.mid)?;
    page.text(cell(1), &unit.name, &look.text)?;
    page.text(cell(2), &unit.above, &look.text)?;
    let late = if unit.late == Some(true) { ", trễ" } else { "" };
    page.text(cell(3), &format!("{}{late}", unit.standing.label()), &look.mid)?;
    let Some(package) = &unit.package else { return Ok(()) };
    match package.total {
        Some(total) => page.points(cell(last + 2), total, &look.fixed)?,
        None => page.blank(cell(last + 2), &look.fixed)?,
    }
    page.text(cell(last + 3), &package.level.map_or(String::new(), |level| level.to_string()), &look.mid)?;
    page.cells(cell(last + 4), [look.time(Some(package.sealed_at))])?;
    page.text(cell(last + 5), &package.seal, &look.mid)?;
    page.text(cell(last + 6), &package.number, &look.text)?;
    page.text(cell(last + 7), &package.file, &look.text)
}

/// Counts, levels and means; returns the column after them.
fn figures(
    of: &UnitFigures,
    sets: &[&RuleSet],
    row: u32,
    page: &mut Page<'_>,
) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let look = page.look;
    let counts = &of.counts;
    let numbers = [of.schools as u32, counts.owed, counts.accepted, counts.not_valid, counts.missing];
    let mut col = 4;
    for number in numbers {
        page.count(CellRef::new(row, col), number, &look.int)?;
        col += 1;
    }
    for (set, (counts, mean)) in sets.iter().zip(&of.by_set) {
        for range in set.overall_scale().map_or(&[][..], |scale| &scale.levels) {
            page.count(CellRef::new(row, col), counts.at(range.level), &look.int)?;
            col += 1;
        }
        match mean {
            Some(mean) => page.number(CellRef::new(row, col), *mean, &look.fixed)?,
            None => page.blank(CellRef::new(row, col), &look.fixed)?,
        }
        col += 1;
    }
    Ok(col)
}
