//! The sheets `Nội dung mất điểm`, the items where most points are missing, and `Tăng điểm cơ quan`, what would move the
//! office's computed criteria.

use std::cmp::Reverse;

use rust_xlsxwriter::XlsxError;

use super::level::counted;
use super::page::{Cell, Page};
use crate::outcome::{ComputedResult, Outcome};
use crate::points::{Points, Share};
use crate::rules::{Node, Rise, RuleSet};

/// The name of the sheet of items.
pub const ITEMS_NAME: &str = "Nội dung mất điểm";

/// The name of the sheet of the office's criteria.
pub const CRITERIA_NAME: &str = "Tăng điểm cơ quan";

/// Items of each set.
const ITEMS: usize = 10;

const ITEM_COLUMNS: [(&str, f64); 9] = [
    ("Mã", 10.0),
    ("Nội dung", 60.0),
    ("Bộ chỉ số", 18.0),
    ("Số phiếu được tính", 12.0),
    ("Tổng điểm các trường", 13.0),
    ("Điểm tối đa một phiếu", 13.0),
    ("Tổng tối đa", 12.0),
    ("Còn thiếu", 12.0),
    ("Tỉ lệ đạt", 11.0),
];

/// The items where the schools of a set together miss most points.
pub(super) fn items(outcome: &Outcome, page: &mut Page) -> Result<(), XlsxError> {
    page.title(
        &format!("{ITEMS_NAME}, năm học {}", outcome.office.year),
        &format!(
            "Nội dung mà các trường cùng mất nhiều điểm nhất, mỗi bộ chỉ số {ITEMS} nội dung: chỗ nên hướng dẫn trước."
        ),
        &[],
    )?;
    let sets: Vec<Lost> = outcome.book.of_schools().map(|set| lost(outcome, set)).collect();
    let rows = sets.iter().map(|lost| lost.items.len()).sum();
    page.table(&ITEM_COLUMNS, rows)?;
    for Lost { set, returns, items } in &sets {
        let returns = *returns;
        for &(i, max, sum) in items {
            let (node, row) = (&set.nodes[i], page.row + 1);
            let whole = whole(max, returns);
            page.cells(vec![
                Cell::mid(node.code),
                Cell::text(&node.title),
                Cell::text(&set.short),
                returns.into(),
                sum.into(),
                max.into(),
                Cell::Formula(format!("ROUND(D{row}*F{row},2)"), whole.to_f64()),
                Cell::Formula(format!("ROUND(G{row}-E{row},2)"), (whole - sum).to_f64()),
                Cell::Share(format!("IF(G{row}=0,0,E{row}/G{row})"), sum.to_f64() / whole.to_f64()),
            ])?;
        }
    }
    if rows == 0 {
        page.empty("–")?;
        page.remark("Chưa có phiếu nào được tính, hoặc không nội dung nào mất điểm.")?;
    }
    page.finish()
}

/// The items of a set that miss most, with their maximum and what all schools have together.
struct Lost<'a> {
    set: &'a RuleSet,
    returns: usize,
    items: Vec<(usize, Points, Points)>,
}

fn lost<'a>(outcome: &Outcome, set: &'a RuleSet) -> Lost<'a> {
    let (returns, sums) = sums(outcome, set);
    let missing = |&(_, max, sum): &(usize, Points, Points)| whole(max, returns) - sum;
    let mut items: Vec<(usize, Points, Points)> = Vec::new();
    for (i, node) in set.nodes.iter().enumerate() {
        items.extend(node.max.filter(|_| node.kind.is_scored() && returns > 0).map(|max| (i, max, sums[i])));
    }
    items.retain(|item| missing(item) > Points::ZERO);
    items.sort_by_key(|item| Reverse(missing(item)));
    items.truncate(ITEMS);
    Lost { set, returns, items }
}

/// The most that so many returns can have.
fn whole(max: Points, returns: usize) -> Points {
    Points::hundredths(max.as_hundredths() * returns as i64)
}

/// How many returns count, and the sum of the counted points of each node.
fn sums(outcome: &Outcome, set: &RuleSet) -> (usize, Vec<Points>) {
    let mut returns = 0;
    let mut sums = vec![Points::ZERO; set.nodes.len()];
    for (_, _, scored) in counted(outcome).filter(|(_, of, _)| of.id == set.id) {
        returns += 1;
        for (sum, node) in sums.iter_mut().zip(&scored.nodes) {
            *sum += node.counted;
        }
    }
    (returns, sums)
}

const CRITERION_COLUMNS: [(&str, f64); 10] = [
    ("Tiêu chí", 10.0),
    ("Cách tăng điểm", 44.0),
    ("Điểm hiện nay", 11.0),
    ("Điểm tối đa", 11.0),
    ("Số phiếu chia", 11.0),
    ("Số trường còn ở dưới", 12.0),
    ("Trọng số thêm mỗi trường", 12.0),
    ("Điểm thêm mỗi trường", 12.0),
    ("Nếu tất cả cùng lên", 12.0),
    ("Số trường cần lên để thêm 1 điểm", 16.0),
];

/// How many schools would have to rise for the office's computed criteria to rise.
pub(super) fn criteria(outcome: &Outcome, page: &mut Page) -> Result<(), XlsxError> {
    page.title(
        &format!("{CRITERIA_NAME}, năm học {}", outcome.office.year),
        "Tiêu chí cơ quan tính từ phiếu của trường: bao nhiêu trường cần lên mức để thêm điểm.",
        &[],
    )?;
    let mut lines: Vec<(&Node, &ComputedResult, Rise)> = Vec::new();
    if let Some(result) = &outcome.offices
        && let Some(set) = outcome.book.get(&result.set)
    {
        for numbers in &result.computed {
            let Some(node) = set.node(numbers.code) else { continue };
            let Some(computed) = &node.computed else { continue };
            let rises = computed.formula.rises(&numbers.by_level, numbers.share);
            lines.extend(rises.into_iter().map(|rise| (node, numbers, rise)));
        }
    }
    page.table(&CRITERION_COLUMNS, lines.len())?;
    for (node, numbers, step) in &lines {
        criterion(node, numbers, step, page)?;
    }
    if lines.is_empty() {
        page.empty("–")?;
        page.remark("Không có tiêu chí nào của cơ quan tính từ phiếu của trường.")?;
    }
    page.finish()
}

fn criterion(node: &Node, numbers: &ComputedResult, step: &Rise, page: &mut Page) -> Result<(), XlsxError> {
    let row = page.row + 1;
    let max = node.max.unwrap_or_default();
    let (parts, f_max) = (f64::from(numbers.denominator), max.to_f64());
    let weight = step.weight.map(Share::to_f64);
    let each = weight.filter(|_| numbers.denominator > 0).map(|weight| f_max * weight / parts);
    let all = each.zip(step.schools).map(|(each, schools)| hundredths(each * f64::from(schools)));
    let (need, needed) = match (&step.to_next_band, each) {
        (Some(band), _) => {
            let (num, den) = (band.from.num(), band.from.den());
            let reached = numbers.denominator - step.schools.unwrap_or(0);
            let need = (num * i128::from(numbers.denominator) + den - 1) / den - i128::from(reached);
            (format!("ROUNDUP({num}*E{row}/{den},0)-(E{row}-F{row})"), Some(need as f64))
        }
        (None, Some(each)) if each > 0.0 => {
            (format!("ROUNDUP(ROUND(1/H{row},6),0)"), Some(((1.0 / each * 1e6).round() / 1e6).ceil()))
        }
        _ => (String::new(), None),
    };
    let blank = || Cell::mid("");
    page.cells(vec![
        Cell::mid(node.code),
        Cell::text(&step.how),
        numbers.points.into(),
        max.into(),
        Cell::Number(parts),
        step.schools.map_or_else(blank, |schools| Cell::Number(f64::from(schools))),
        weight.map_or_else(blank, Cell::Number),
        each.map_or_else(blank, |each| Cell::Fine(format!("D{row}*G{row}/E{row}"), each)),
        all.map_or_else(blank, |all| Cell::Formula(format!("ROUND(H{row}*F{row},2)"), all)),
        needed.map_or_else(blank, |needed| Cell::Formula(need, needed)),
    ])
}

/// As ROUND(…, 2) gives it.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
