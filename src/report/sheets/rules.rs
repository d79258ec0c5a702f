//! `Quy tắc`: every figure that a result rests on, with its basis; beside them the sets and the files they came from.

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::points::Points;
use crate::report::Page;
use crate::report::formula::quoted;
use crate::report::plan::{FIGURES_BASIS, Plan, SETS_HEAD, Sheet};
use crate::report::words;
use crate::rules::{Basis, Node, RuleSet};
use crate::school::kinds_text;

const COLUMNS: [&str; 9] =
    ["Bộ chỉ số", "Là gì", "Nội dung", "Giá trị", "Căn cứ", "Nguồn", "Điều khoản", "Người đối chiếu", "Ngày đối chiếu"];
const BASES: [Basis; 4] = [Basis::Official, Basis::Sourced, Basis::Inferred, Basis::Provisional];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([19.0, 24.0, 52.0, 22.0, 22.0, 26.0, 20.0, 16.0, 13.0])?;
    let remark =
        "Đối chiếu với phụ lục của quyết định trong doi-chieu-phu-luc.xlsx; số giá trị theo căn cứ ở cuối trang.";
    title(plan, Sheet::Rules, page, &[remark.to_owned()])?;
    sets(plan, page)?;
    let head = plan.figures_head();
    page.line(CellRef::new(head - 1, 0), "Căn cứ của từng giá trị", &look.section)?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("quy_tac", CellRef::new(head, 0), &headers, plan.figures.len() as u32)?;
    for (row, (set, figure)) in (head + 1..).zip(&plan.figures) {
        let at = |col: u32| CellRef::new(row, col);
        let authority = &figure.authority;
        page.text(at(0), &set.short, &look.text)?;
        page.text(at(1), &figure.kind(), &look.text)?;
        page.text(at(2), &figure.title, &look.text)?;
        page.text(at(3), figure.shown(), &look.mid)?;
        page.text(at(FIGURES_BASIS), words::basis(authority.basis), &look.text)?;
        page.text(at(5), &authority.source, &look.text)?;
        page.text(at(6), &authority.clause, &look.text)?;
        page.text(at(7), &authority.checked_by, &look.text)?;
        page.text(at(8), &authority.checked_on, &look.mid)?;
    }
    if plan.figures.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(không có bộ chỉ số nào)", &look.text)?;
    }
    let last = counts(plan, page)?;
    set_up(page, CellRef::new(last, COLUMNS.len() as u32 - 1), None, 0)?;
    page.ws.set_repeat_rows(head, head)?;
    Ok(())
}

/// Below the table: figures by basis, and maxima that no item brings; returns the last row.
fn counts(plan: &Plan<'_>, page: &mut Page<'_>) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let look = page.look;
    let head = plan.figures_head();
    let last = head + plan.figures.len().max(1) as u32;
    let letters = CellRef::column_letters(FIGURES_BASIS);
    let range = format!("{letters}{}:{letters}{}", head + 2, last + 1);
    page.line(CellRef::new(last + 2, 0), "Số giá trị theo căn cứ", &look.section)?;
    for (row, basis) in (last + 3..).zip(BASES) {
        let word = words::basis(basis);
        page.text(CellRef::new(row, 0), word, &look.text)?;
        let text = format!("COUNTIF({range},{})", quoted(word));
        page.formula(CellRef::new(row, 1), &text, plan.figures_on(basis), &look.int)?;
    }
    let mut last = last + 2 + BASES.len() as u32;
    for set in &plan.outcome.book.sets {
        for (node, gap) in holes(set) {
            last += 1;
            let text = format!("{}: {} {}: còn {gap} điểm không nội dung nào mang.", set.short, node.code, node.title);
            page.line(CellRef::new(last, 0), &text, &look.note)?;
        }
    }
    Ok(last)
}

/// The sets in force and their files, above the table of figures.
fn sets(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.line(CellRef::new(SETS_HEAD - 1, 0), "Các bộ chỉ số và tệp quy tắc đang dùng", &look.section)?;
    page.heads(
        CellRef::new(SETS_HEAD, 0),
        &[
            "Tên ngắn",
            "Mã bộ",
            "Tên bộ chỉ số",
            "Cấp học",
            "Quyết định",
            "Tệp quy tắc",
            "Mã kiểm tra (SHA-256)",
            "Thay cho",
        ],
    )?;
    for (row, set) in (SETS_HEAD + 1..).zip(&plan.outcome.book.sets) {
        let at = |col: u32| CellRef::new(row, col);
        page.text(at(0), &set.short, &look.text)?;
        page.text(at(1), &set.id.0, &look.text)?;
        page.text(at(2), &set.title, &look.text)?;
        let kinds = if set.is_offices() { "Cơ quan".to_owned() } else { kinds_text(&set.kinds) };
        page.text(at(3), &kinds, &look.text)?;
        page.text(at(4), &set.decision, &look.text)?;
        page.text(at(5), &words::origin(&set.origin), &look.text)?;
        page.line(at(6), &set.fingerprint, &look.small)?;
        page.text(at(7), &set.replaces.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(", "), &look.text)?;
    }
    Ok(())
}

/// Where the items below a node bring less than its maximum: a known hole of a set, which the report names.
fn holes(set: &RuleSet) -> Vec<(&Node, Points)> {
    let below = |node: &Node| node.children.iter().filter_map(|&child| set.nodes[child].max).sum::<Points>();
    let sums = set.nodes.iter().filter(|node| !node.children.is_empty());
    let gaps = sums.filter_map(|node| Some((node, node.max? - below(node))));
    gaps.filter(|(_, gap)| *gap > Points::ZERO).collect()
}
