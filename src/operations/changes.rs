//! The sheet `So với lần trước`: which schools and sets stand otherwise than in the run before, and than last year.

use rust_xlsxwriter::XlsxError;

use super::Earlier;
use super::page::{Cell, Page, listed};
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::outcome::history::Stand;
use crate::views::changes::{Comparison, ItemChange, Pair};
use crate::views::words::met;

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

/// An earlier result, how it is called, and what stands otherwise now.
struct Part<'a> {
    label: &'static str,
    comparison: Comparison<'a>,
    changed: Vec<(Pair<'a>, Vec<ItemChange>)>,
}

impl<'a> Part<'a> {
    fn of(outcome: &'a Outcome, earlier: &'a Outcome, label: &'static str) -> Part<'a> {
        let comparison = Comparison::of(earlier, outcome);
        let pairs = comparison.returns.iter().map(|pair| (*pair, pair.items()));
        let changed = pairs.filter(|(pair, items)| pair.is_changed() || !items.is_empty()).collect();
        Part { label, comparison, changed }
    }

    /// Which result it is, and which of its schools are not in the roster any more.
    fn told(&self) -> String {
        let Outcome { run, office, seal, .. } = self.comparison.before;
        let mut told = format!("{}: năm học {}, lần chạy {run}.", self.label, office.year);
        if let Some(seal) = seal {
            told += &format!(" {seal}.");
        }
        let gone: Vec<&str> = self.comparison.gone_schools().map(|school| school.name.as_str()).collect();
        if !gone.is_empty() {
            told += &format!(" Nay không còn trong danh sách: {}.", listed(&gone, NAMED));
        }
        told
    }

    fn row(&self, pair: &Pair, items: &[ItemChange], row: u32) -> Vec<Cell> {
        let Comparison { before, after, .. } = &self.comparison;
        let school = after.school_of(pair.after);
        let (then, now) = pair.stands();
        let points = |stand: Stand| stand.points.map_or_else(|| Cell::mid(""), Cell::from);
        let level = |stand: Stand| stand.level.map_or_else(|| Cell::mid(""), |level| Cell::Number(f64::from(level.0)));
        let (difference, items) = match pair.other_set() {
            Some(set) => {
                let told = format!("Trước theo bộ chỉ số khác ({}): không so điểm.", before.book.short(set));
                (Cell::mid(""), told)
            }
            None => {
                let items: Vec<String> = items.iter().map(item).collect();
                let difference = pair.difference().to_f64();
                (Cell::Formula(format!("ROUND(N(H{row})-N(G{row}),2)"), difference), listed(&items, NAMED))
            }
        };
        let status =
            |stand: Stand| stand.status.map_or("(chưa có trong danh sách)", |status| status.label(Lang::Vi));
        vec![
            Cell::mid(self.label),
            Cell::mid(&school.code.0),
            Cell::text(&school.name),
            Cell::text(after.book.short(&pair.after.set)),
            Cell::mid(status(then)),
            Cell::mid(status(now)),
            points(then),
            points(now),
            difference,
            level(then),
            level(now),
            Cell::text(items),
        ]
    }
}

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Result<(), XlsxError> {
    let previous = earlier.previous.map(|previous| Part::of(outcome, previous, "Lần trước"));
    let last_year = earlier.last_year.map(|last| Part::of(outcome, last, "Năm trước"));
    let all: Vec<Part> = previous.into_iter().chain(last_year).collect();
    page.title(
        &format!("{NAME}, năm học {}", outcome.office.year),
        "Trường có thay đổi; cột đầu cho biết so với kết quả nào.",
        &all.iter().map(Part::told).collect::<Vec<_>>(),
    )?;
    page.table(&COLUMNS, all.iter().map(|one| one.changed.len()).sum())?;
    for part in &all {
        for (pair, items) in &part.changed {
            page.cells(part.row(pair, items, page.row + 1))?;
        }
    }
    if all.iter().all(|one| one.changed.is_empty()) {
        page.empty("–")?;
        page.remark("Không có thay đổi.")?;
    }
    page.finish()
}

/// `1.3.1: 4 → 5,5`
fn item(item: &ItemChange) -> String {
    match (item.before.points, item.after.points) {
        (Some(before), Some(after)) => format!("{}: {before} → {after}", item.code),
        _ => {
            let word = |stand: Stand| met(stand.met).to_lowercase();
            format!("{}: {} → {}", item.code, word(item.before), word(item.after))
        }
    }
}
