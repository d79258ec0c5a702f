//! The sheet `So với lần trước`: which schools and sets stand otherwise than in the previous run.

use std::collections::HashMap;

use rust_xlsxwriter::XlsxError;

use super::page::{Cell, Page, listed};
use crate::codes::SetId;
use crate::outcome::{Due, Outcome, Status};
use crate::points::Points;
use crate::score::Scored;

/// The sheet's name.
pub const NAME: &str = "So với lần trước";

const COLUMNS: [(&str, f64); 11] = [
    ("Mã trường", 14.0),
    ("Tên trường", 30.0),
    ("Bộ chỉ số", 16.0),
    ("Tình trạng trước", 16.0),
    ("Tình trạng nay", 16.0),
    ("Điểm trước", 10.0),
    ("Điểm nay", 10.0),
    ("Chênh lệch", 11.0),
    ("Mức trước", 9.0),
    ("Mức nay", 9.0),
    ("Nội dung đổi điểm", 50.0),
];
/// Items that are named.
const NAMED: usize = 20;

pub(super) fn write(outcome: &Outcome, previous: &Outcome, page: &mut Page) -> Result<(), XlsxError> {
    let before = by_code(previous);
    let changed: Vec<(&Due, Option<&Due>)> = outcome
        .dues
        .iter()
        .map(|due| (due, find(outcome, due, &before)))
        .filter(|(due, old)| old.is_none_or(|old| differs(due, old)))
        .collect();
    page.title(
        &format!("{NAME}, năm học {}", outcome.office.year),
        &format!("Trường có thay đổi so với lần chạy {}.", previous.run),
        &[],
    )?;
    page.table(&COLUMNS, changed.len())?;
    for (due, old) in &changed {
        let row = page.row + 1;
        let school = outcome.school_of(due);
        let (new_scored, old_scored) = (due.scored.as_ref(), old.and_then(|old| old.scored.as_ref()));
        let total = |scored: Option<&Scored>| scored.map_or_else(|| Cell::mid(""), |scored| scored.total.into());
        let level = |scored: Option<&Scored>| {
            let level = scored.and_then(|scored| scored.level);
            level.map_or_else(|| Cell::mid(""), |level| Cell::Number(f64::from(level.0)))
        };
        let sum = |scored: Option<&Scored>| scored.map_or(Points::ZERO, |scored| scored.total);
        page.cells(&[
            Cell::mid(&school.code),
            Cell::text(&school.name),
            Cell::text(outcome.book.get(&due.set).map_or(due.set.0.as_str(), |set| &set.short)),
            Cell::mid(old.map_or("(chưa có trong danh sách)", |old| label(old.status))),
            Cell::mid(label(due.status)),
            total(old_scored),
            total(new_scored),
            Cell::Formula(format!("ROUND(N(G{row})-N(F{row}),2)"), (sum(new_scored) - sum(old_scored)).to_f64()),
            level(old_scored),
            level(new_scored),
            Cell::text(listed(&items(old_scored, new_scored), NAMED)),
        ])?;
    }
    if changed.is_empty() {
        page.empty("–")?;
        page.remark("Không có thay đổi.")?;
    }
    page.finish()
}

fn label(status: Status) -> &'static str {
    match status {
        Status::Accepted => "Được tính",
        Status::NotValid => "Chưa được tính",
        Status::Missing => "Chưa nộp",
    }
}

type ByCode<'a> = HashMap<(&'a str, &'a SetId), &'a Due>;

fn by_code(outcome: &Outcome) -> ByCode<'_> {
    outcome.dues.iter().map(|due| ((outcome.school_of(due).code.0.as_str(), &due.set), due)).collect()
}

/// By the school's code, else by one that it bore before.
fn find<'a>(outcome: &Outcome, due: &Due, before: &ByCode<'a>) -> Option<&'a Due> {
    let school = outcome.school_of(due);
    let codes = std::iter::once(&school.code).chain(&school.former_codes);
    codes.filter_map(|code| before.get(&(code.0.as_str(), &due.set))).next().copied()
}

fn differs(due: &Due, old: &Due) -> bool {
    let result = |due: &Due| due.scored.as_ref().map(|scored| (scored.total, scored.level));
    due.status != old.status
        || result(due) != result(old)
        || !items(old.scored.as_ref(), due.scored.as_ref()).is_empty()
}

/// `1.3.1: 4 → 5,5`, where both runs have a result of the same rules.
fn items(old: Option<&Scored>, new: Option<&Scored>) -> Vec<String> {
    let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
    let before: HashMap<_, _> = old.nodes.iter().map(|node| (node.code, node)).collect();
    let mut items = Vec::new();
    for node in new.nodes.iter().filter(|node| node.state != crate::score::State::Sum) {
        let Some(was) = before.get(&node.code) else { continue };
        if was.counted != node.counted {
            items.push(format!("{}: {} → {}", node.code, was.counted, node.counted));
        } else if was.met != node.met {
            items.push(format!("{}: {} → {}", node.code, met(was.met), met(node.met)));
        }
    }
    items
}

fn met(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "đạt",
        Some(false) => "chưa đạt",
        None => "chưa trả lời",
    }
}
