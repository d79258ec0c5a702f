//! The sheet `So với lần trước`: which schools and sets stand otherwise than in the run before, and than last year.

use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::XlsxError;

use super::Earlier;
use super::page::{Cell, Page, listed};
use crate::outcome::Scored;
use crate::outcome::{ExpectedReturn, Outcome, Status};
use crate::points::Points;

/// The sheet's name.
pub const NAME: &str = "So với lần trước";

const COLUMNS: [(&str, f64); 12] = [
    ("So với", 12.0),
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
/// Items, or schools, that are named.
const NAMED: usize = 20;

/// An earlier result, and what stands otherwise now.
struct Comparison<'a> {
    label: &'static str,
    earlier: &'a Outcome,
    changed: Vec<(&'a ExpectedReturn, Option<&'a ExpectedReturn>)>,
}

impl<'a> Comparison<'a> {
    fn of(outcome: &'a Outcome, earlier: &'a Outcome, label: &'static str) -> Comparison<'a> {
        let pairs = outcome.expected.iter().zip(outcome.earlier_expected(earlier));
        let changed = pairs.filter(|(expected, old)| old.is_none_or(|old| differs(expected, old))).collect();
        Comparison { label, earlier, changed }
    }

    /// Which result it is, and which of its schools are not in the roster any more.
    fn told(&self, outcome: &Outcome) -> String {
        let Outcome { run, office, seal, .. } = self.earlier;
        let mut told = format!("{}: năm học {}, lần chạy {run}.", self.label, office.year);
        if let Some(seal) = seal {
            told += &format!(" {seal}.");
        }
        let kept: HashSet<usize> = outcome.earlier_schools(self.earlier).into_iter().flatten().collect();
        let schools = self.earlier.schools.iter().enumerate();
        let gone: Vec<&str> =
            schools.filter(|(at, _)| !kept.contains(at)).map(|(_, school)| school.name.as_str()).collect();
        if !gone.is_empty() {
            told += &format!(" Nay không còn trong danh sách: {}.", listed(&gone, NAMED));
        }
        told
    }
}

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Result<(), XlsxError> {
    let previous = earlier.previous.map(|previous| Comparison::of(outcome, previous, "Lần trước"));
    let last_year = earlier.last_year.map(|last| Comparison::of(outcome, last, "Năm trước"));
    let all: Vec<Comparison> = previous.into_iter().chain(last_year).collect();
    page.title(
        &format!("{NAME}, năm học {}", outcome.office.year),
        "Trường có thay đổi; cột đầu cho biết so với kết quả nào.",
        &all.iter().map(|one| one.told(outcome)).collect::<Vec<_>>(),
    )?;
    page.table(&COLUMNS, all.iter().map(|one| one.changed.len()).sum())?;
    for one in &all {
        for (expected, old) in &one.changed {
            let cells = row(outcome, one, expected, *old, page.row + 1);
            page.cells(cells)?;
        }
    }
    if all.iter().all(|one| one.changed.is_empty()) {
        page.empty("–")?;
        page.remark("Không có thay đổi.")?;
    }
    page.finish()
}

fn row(
    outcome: &Outcome,
    one: &Comparison,
    expected: &ExpectedReturn,
    old: Option<&ExpectedReturn>,
    row: u32,
) -> Vec<Cell> {
    let school = outcome.school_of(expected);
    let (new_scored, old_scored) = (expected.scored.as_ref(), old.and_then(|old| old.scored.as_ref()));
    let short = |book: &Outcome, expected: &ExpectedReturn| {
        book.book.get(&expected.set).map_or(expected.set.0.clone(), |set| set.short.clone())
    };
    let total = |scored: Option<&Scored>| scored.map_or_else(|| Cell::mid(""), |scored| scored.total.into());
    let level = |scored: Option<&Scored>| {
        let level = scored.and_then(|scored| scored.level);
        level.map_or_else(|| Cell::mid(""), |level| Cell::Number(f64::from(level.0)))
    };
    let sum = |scored: Option<&Scored>| scored.map_or(Points::ZERO, |scored| scored.total);
    let other_set = old.filter(|old| old.set != expected.set);
    let (difference, items) = match other_set {
        Some(old) => {
            let then = short(one.earlier, old);
            (Cell::mid(""), format!("Trước theo bộ chỉ số khác ({then}): không so điểm."))
        }
        None => {
            let difference = (sum(new_scored) - sum(old_scored)).to_f64();
            let difference = Cell::Formula(format!("ROUND(N(H{row})-N(G{row}),2)"), difference);
            (difference, listed(&items(old_scored, new_scored), NAMED))
        }
    };
    vec![
        Cell::mid(one.label),
        Cell::mid(&school.code.0),
        Cell::text(&school.name),
        Cell::text(short(outcome, expected)),
        Cell::mid(old.map_or("(chưa có trong danh sách)", |old| label(old.status))),
        Cell::mid(label(expected.status)),
        total(old_scored),
        total(new_scored),
        difference,
        level(old_scored),
        level(new_scored),
        Cell::text(items),
    ]
}

fn label(status: Status) -> &'static str {
    match status {
        Status::Accepted => "Được tính",
        Status::NotValid => "Chưa được tính",
        Status::Missing => "Chưa nộp",
    }
}

fn differs(expected: &ExpectedReturn, old: &ExpectedReturn) -> bool {
    let result = |expected: &ExpectedReturn| expected.scored.as_ref().map(|scored| (scored.total, scored.level));
    expected.status != old.status
        || result(expected) != result(old)
        || (expected.set == old.set && !items(old.scored.as_ref(), expected.scored.as_ref()).is_empty())
}

/// `1.3.1: 4 → 5,5`, where both runs have a result of the same rules.
fn items(old: Option<&Scored>, new: Option<&Scored>) -> Vec<String> {
    let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
    let before: HashMap<_, _> = old.nodes.iter().map(|node| (node.code, node)).collect();
    let mut items = Vec::new();
    for node in new.nodes.iter().filter(|node| node.state != crate::outcome::State::Sum) {
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
