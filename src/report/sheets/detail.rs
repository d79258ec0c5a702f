//! `Chi tiết <set>`: the matrix of items. Three rows a school: claimed, counted, and the cells that they come from.

use rust_xlsxwriter::{Format, XlsxError};

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::outcome::{Scored, ScoredNode, State};
use crate::report::Page;
use crate::report::formula::rounded_row_sum;
use crate::report::look::Look;
use crate::report::plan::{DETAIL_HEAD, DETAIL_NODES, Plan, ReturnPlan, SetPlan, Sheet};
use crate::rules::{NodeKind, RuleSet};
use crate::views::words::met;
use crate::writers::xlsx::Cell;
use crate::writers::xlsx::RowFormula;

/// Cells of the matrix that lead into the school's file: beyond, the file's name alone does.
const MAX_CELL_LINKS: usize = 8_000;

pub(super) fn write(plan: &Plan<'_>, index: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let set = &plan.sets[index];
    let remarks = [
        "“0*”: câu trả lời chưa hợp lệ, tạm tính 0 (chữ gạch ngang ở dòng trên là điểm trường ghi). “–”: chưa có câu trả lời, tính 0."
            .to_owned(),
        "“7°”: điểm theo thẩm định. Ô trống: phiếu không có câu trả lời. Dòng “Ô trong tệp” dẫn đến tệp của trường.".to_owned(),
    ];
    title(plan, Sheet::Detail(index), page, &remarks)?;
    let sums = Sums::new(set.rules);
    header(set, index, &sums, page)?;
    let leaves = set.rules.nodes.iter().filter(|node| node.is_leaf()).count();
    let linked = leaves * set.counts.accepted as usize <= MAX_CELL_LINKS;
    for expected in &set.expected {
        if let Some((scored, row)) = expected.scored {
            claimed(plan, set, expected, scored, row, &sums, page)?;
            counted(plan, set, expected, scored, row + 1, &sums, page)?;
            cells(plan, set, expected, scored, row + 2, linked, page)?;
        }
    }
    if set.counts.accepted == 0 {
        page.text(CellRef::new(DETAIL_HEAD + 1, 0), "(chưa có phiếu nào được tính)", &look.text)?;
    }
    set_up(page, CellRef::new(set.last_detail_row(), set.detail_total()), Some(DETAIL_HEAD), 3)
}

fn header(set: &SetPlan<'_>, index: usize, sums: &Sums, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let nodes = &set.rules.nodes;
    page.widths([10.0, 26.0, 11.0])?;
    page.widths(nodes.iter().map(|node| if node.kind == NodeKind::Mandatory { 5.4 } else { 4.55 }))?;
    page.widths([7.0])?;
    let maxima = DETAIL_HEAD - 1;
    page.text(CellRef::new(maxima, 1), "Điểm tối đa", &look.text_bold)?;
    page.blank(CellRef::new(maxima, 2), &look.text_bold)?;
    for (col, node) in (DETAIL_NODES..).zip(nodes) {
        let at = CellRef::new(maxima, col);
        match node.max {
            Some(max) => page.points(at, max, &look.points_bold)?,
            None => page.line(at, "bắt buộc", &look.small)?,
        }
    }
    page.formula(
        CellRef::new(maxima, set.detail_total()),
        &sums.tops.at(maxima + 1),
        set.rules.most(),
        &look.points_bold,
    )?;

    let mut headers = vec![
        ("Mã trường".to_owned(), &look.head),
        ("Tên trường".to_owned(), &look.head),
        ("Dòng".to_owned(), &look.head),
    ];
    headers.extend(nodes.iter().map(|node| (format!("{} {}", node.code, node.title), &look.head_up)));
    headers.push(("Tổng điểm".to_owned(), &look.head_up));
    let rows = set.last_detail_row() - DETAIL_HEAD;
    page.table(&format!("chi_tiet_{}", index + 1), CellRef::new(DETAIL_HEAD, 0), &headers, rows)
}

/// The sums of a row, the same for every row.
struct Sums {
    below: Vec<RowFormula>,
    tops: RowFormula,
}

impl Sums {
    fn new(rules: &RuleSet) -> Sums {
        let columns = |nodes: &mut dyn Iterator<Item = usize>| -> Vec<u32> {
            let scored = nodes.filter(|&node| rules.nodes[node].kind != NodeKind::Mandatory);
            scored.map(|node| DETAIL_NODES + node as u32).collect()
        };
        let below = rules.nodes.iter().map(|node| rounded_row_sum(&columns(&mut node.children.iter().copied())));
        Sums { below: below.collect(), tops: rounded_row_sum(&columns(&mut rules.tops().map(|(i, _)| i))) }
    }
}

fn who(plan: &Plan<'_>, expected: &ReturnPlan<'_>, row: u32, what: &str, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let school = plan.outcome.school_of(expected.expected);
    page.text(CellRef::new(row, 0), &school.code.0, &look.mid)?;
    page.text(CellRef::new(row, 1), &school.name, &look.text)?;
    page.text(CellRef::new(row, 2), what, &look.mid)
}

fn claimed(
    plan: &Plan<'_>,
    set: &SetPlan<'_>,
    expected: &ReturnPlan<'_>,
    scored: &Scored,
    row: u32,
    sums: &Sums,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    who(plan, expected, row, "Tự đánh giá", page)?;
    for (i, score) in scored.nodes.iter().enumerate().take(set.rules.nodes.len()) {
        let at = CellRef::new(row, DETAIL_NODES + i as u32);
        let node = &set.rules.nodes[i];
        match (node.kind, score.claimed) {
            (NodeKind::Mandatory, _) => match score.verified_met {
                Some(verified) => page.line(at, met(verified.own), &look.small)?,
                None => page.blank(at, &look.claimed)?,
            },
            (NodeKind::Group | NodeKind::Criterion, claimed) => {
                page.formula(at, &sums.below[i].at(row + 1), claimed.unwrap_or_default(), &look.claimed)?;
            }
            (_, Some(claimed)) if score.state == State::Void => page.points(at, claimed, &look.void_claim)?,
            (_, Some(claimed)) => page.points(at, claimed, &look.claimed)?,
            (_, None) => page.blank(at, &look.claimed)?,
        }
    }
    let at = CellRef::new(row, set.detail_total());
    page.formula(at, &sums.tops.at(row + 1), scored.claimed(set.rules), &look.claimed)
}

fn counted(
    plan: &Plan<'_>,
    set: &SetPlan<'_>,
    expected: &ReturnPlan<'_>,
    scored: &Scored,
    row: u32,
    sums: &Sums,
    page: &mut Page<'_>,
) -> Written {
    let look = page.look;
    who(plan, expected, row, "Được tính", page)?;
    for (i, score) in scored.nodes.iter().enumerate().take(set.rules.nodes.len()) {
        let at = CellRef::new(row, DETAIL_NODES + i as u32);
        match set.rules.nodes[i].kind {
            NodeKind::Mandatory => page.line(at, met(score.met), &look.small)?,
            NodeKind::Group | NodeKind::Criterion => {
                page.formula(at, &sums.below[i].at(row + 1), score.counted, &look.points_bold)?;
            }
            _ => page.points(at, score.counted, leaf_format(score, look))?,
        }
    }
    let at = CellRef::new(row, set.detail_total());
    page.formula(at, &sums.tops.at(row + 1), scored.total, &look.points_bold)
}

/// How a counted score looks: what is not a plain answer bears a sign, not only a tint.
fn leaf_format<'a>(score: &ScoredNode, look: &'a Look) -> &'a Format {
    match score.state {
        _ if score.verified.is_some() => &look.verified,
        State::Void => &look.void,
        State::Missing => &look.missing,
        State::Counted | State::Sum => &look.points,
    }
}

fn cells(
    plan: &Plan<'_>,
    set: &SetPlan<'_>,
    expected: &ReturnPlan<'_>,
    scored: &Scored,
    row: u32,
    linked: bool,
    page: &mut Page<'_>,
) -> Result<(), XlsxError> {
    let look = page.look;
    let school = plan.outcome.school_of(expected.expected);
    page.text(CellRef::new(row, 0), &school.code.0, &look.mid)?;
    let (file, sheet) = expected.expected.source.as_ref().map_or(("", ""), |source| (&*source.file, &*source.sheet));
    page.text(CellRef::new(row, 1), file, &look.text)?;
    page.line(CellRef::new(row, 2), "Ô trong tệp", &look.small)?;
    for (i, score) in scored.nodes.iter().enumerate().take(set.rules.nodes.len()) {
        let at = CellRef::new(row, DETAIL_NODES + i as u32);
        let cell = score.cell.filter(|_| set.rules.nodes[i].is_leaf());
        match cell {
            Some(cell) if linked && !file.is_empty() => {
                let sheet = score.sheet.as_deref().unwrap_or(sheet);
                page.cell(
                    at,
                    Cell::LinkLine(plan.file(file, Some((sheet, cell))), cell.to_string().into()),
                    &look.small_link,
                )?;
            }
            Some(cell) => page.line(at, &cell.to_string(), &look.small)?,
            None => page.blank(at, &look.small)?,
        }
    }
    page.blank(CellRef::new(row, set.detail_total()), &look.small)
}
