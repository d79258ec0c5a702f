//! `Lỗi, cảnh báo`: every finding, the heavier first; a summary and what many schools have in common stand above.

use std::collections::HashMap;

use rust_xlsxwriter::{ConditionalFormatText, ConditionalFormatTextRule};

use super::{Written, set_up, title};
use crate::finding::{Lang, Severity};
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::formula::quoted;
use crate::report::plan::{Plan, Sheet};
use crate::school::SchoolCode;
use crate::views::faults::{Fault, by_label, common, faults};

const COLUMNS: [&str; 12] = [
    "Mức",
    "Mã lỗi",
    "Mã trường",
    "Tên trường",
    "Bộ chỉ số",
    "Nội dung",
    "Vấn đề",
    "Cách sửa",
    "Tệp",
    "Trang tính",
    "Ô",
    "Số chỗ",
];
const COUNT: u32 = 11;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    page.widths([11.0, 8.5, 10.5, 23.0, 14.0, 9.0, 48.0, 36.0, 41.0, 19.0, 9.0, 6.5])?;
    let row = title(plan, Sheet::Findings, page, &[])? + 1;
    let rows = faults(outcome);
    let common = common(outcome);
    let labels = by_label(outcome);
    let head = row + labels.len() as u32 + common.len() as u32 + if common.is_empty() { 2 } else { 4 };
    let last = head + rows.len().max(1) as u32;

    page.heads(CellRef::new(row, 0), &["Mức", "Số chỗ"])?;
    for (i, &(label, count)) in (1..).zip(&labels) {
        let column = |col: u32| {
            let letters = CellRef::column_letters(col);
            format!("{letters}{}:{letters}{}", head + 2, last + 1)
        };
        page.text(CellRef::new(row + i, 0), label, &look.mid)?;
        let text = format!("SUMIF({},{},{})", column(0), quoted(label), column(COUNT));
        page.formula(CellRef::new(row + i, 1), &text, count, &look.int)?;
    }
    if !common.is_empty() {
        let from = row + labels.len() as u32 + 2;
        let text = "Nhiều trường mắc ở cùng một nội dung: nên xem lại phiếu hoặc hướng dẫn";
        page.line(CellRef::new(from, 0), text, &look.section)?;
        for (row, line) in (from + 1..).zip(&common) {
            page.line(CellRef::new(row, 0), line, &look.note)?;
        }
    }
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("loi_canh_bao", CellRef::new(head, 0), &headers, rows.len() as u32)?;
    let names: HashMap<&SchoolCode, &str> =
        outcome.schools.iter().map(|school| (&school.code, school.name.as_str())).collect();
    for (row, fault) in (head + 1..).zip(&rows) {
        line(plan, &names, fault, row, page)?;
    }
    if rows.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(không có gì phải sửa hay cần xem lại)", &look.text)?;
    }
    for (severity, format) in [(Severity::Error, &look.tint.error), (Severity::Warning, &look.tint.warning)] {
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::Contains(severity.label(Lang::Vi).to_owned()))
            .set_format(format);
        page.ws.add_conditional_format(head + 1, 0, last, 0, &rule)?;
    }
    set_up(page, CellRef::new(last, COLUMNS.len() as u32 - 1), Some(head), 0)
}

fn line(
    plan: &Plan<'_>,
    names: &HashMap<&SchoolCode, &str>,
    fault: &Fault<'_>,
    row: u32,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    let finding = fault.first();
    let at = |col: u32| CellRef::new(row, col);
    let join = |texts: Vec<String>| texts.join(", ");
    page.text(at(0), finding.label(Lang::Vi), &look.mid)?;
    page.text(at(1), &finding.code.to_string(), &look.mid)?;
    page.text(at(2), finding.school.as_ref().map_or("", |code| &code.0), &look.mid)?;
    let name = finding.school.as_ref().and_then(|code| names.get(code)).copied().unwrap_or_default();
    page.text(at(3), name, &look.text)?;
    let short = |id: &crate::codes::SetId| plan.outcome.book.short(id).to_owned();
    page.text(at(4), &finding.set.as_ref().map(short).unwrap_or_default(), &look.text)?;
    page.text(at(5), &join(fault.items().iter().map(ToString::to_string).collect()), &look.mid)?;
    page.text(at(6), &fault.message(), &look.text)?;
    page.text(at(7), &finding.advice(Lang::Vi), &look.text)?;
    let (file, sheet) = (finding.place.file.as_deref().unwrap_or(""), finding.place.sheet.as_deref().unwrap_or(""));
    let first = finding.place.cell.map(|cell| (sheet, cell));
    page.text(at(8), file, &look.text)?;
    page.cells(at(9), [look.opens(plan.file(file, first), sheet)])?;
    page.text(at(10), &join(fault.cells().iter().map(ToString::to_string).collect()), &look.mid)?;
    page.count(at(COUNT), fault.findings.len() as u32, &look.int)
}
