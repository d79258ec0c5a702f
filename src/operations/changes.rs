//! The sheet `So với lần trước`: which schools and sets stand otherwise than in the run before, and than last year.

use super::Earlier;
use super::page::{self, Line, Page};
use super::titled;
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::outcome::history::Stand;
use crate::school::School;
use crate::views::changes::{Comparison, ItemChange, Pair};
use crate::views::words::{listed, met};
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "So với lần trước";

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

    fn lines(&self) -> impl Iterator<Item = Row<'_>> {
        self.changed.iter().map(|(pair, items)| Row { part: self, pair, items, stands: pair.stands() })
    }
}

/// A school and set that stand otherwise.
struct Row<'a> {
    part: &'a Part<'a>,
    pair: &'a Pair<'a>,
    items: &'a [ItemChange],
    stands: (Stand, Stand),
}

impl<'a> Row<'a> {
    fn school(&self) -> &'a School {
        self.part.comparison.after.school_of(self.pair.after)
    }

    /// Whether there are points of one set then and now: nothing is compared with a return that does not count yet.
    fn is_compared(&self) -> bool {
        self.pair.other_set().is_none() && self.stands.1.points.is_some()
    }

    /// Which items have other points; the earlier set, where it was another one.
    fn told(&self) -> String {
        match self.pair.other_set() {
            Some(set) => {
                let set = self.part.comparison.before.book.short(set);
                format!("Trước theo bộ chỉ số khác ({set}): không so điểm.")
            }
            None if !self.is_compared() => String::new(),
            None => listed(&self.items.iter().map(item).collect::<Vec<_>>(), NAMED),
        }
    }
}

fn status(stand: Stand) -> &'static str {
    stand.status.map_or("(chưa có trong danh sách)", |status| status.label(Lang::Vi))
}

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Written {
    let look = page.look;
    let previous = earlier.previous.map(|previous| Part::of(outcome, previous, "Lần trước"));
    let last_year = earlier.last_year.map(|last| Part::of(outcome, last, "Năm trước"));
    let all: Vec<Part> = previous.into_iter().chain(last_year).collect();
    let rows: Vec<Row> = all.iter().flat_map(Part::lines).collect();
    let level = |stand: Stand| look.number(stand.level.map(|level| u32::from(level.0)));
    let columns = Columns::of(&rows)
        .with("So với", 12.0, |row, _| look.mid(row.part.label))
        .with("Mã trường", 14.0, |row, _| look.mid(&row.school().code.0))
        .with("Tên trường", 30.0, |row, _| look.text(&row.school().name))
        .with("Bộ chỉ số", 16.0, |row, _| look.text(outcome.book.short(&row.pair.after.set)))
        .with("Tình trạng trước", 16.0, |row, _| look.mid(status(row.stands.0)))
        .with("Tình trạng nay", 16.0, |row, _| look.mid(status(row.stands.1)))
        .with("Điểm trước", 10.0, |row, _| look.number(row.stands.0.points))
        .with("Điểm nay", 10.0, |row, _| look.number(row.stands.1.points))
        .with("Chênh lệch", 11.0, |row, at| match row.is_compared() {
            false => look.mid(""),
            true => look.formula(format!("ROUND(N(H{at})-N(G{at}),2)"), row.pair.difference()),
        })
        .with("Mức trước", 9.0, |row, _| level(row.stands.0))
        .with("Mức nay", 9.0, |row, _| level(row.stands.1))
        .with("Nội dung đổi điểm", 50.0, |row, _| look.text(row.told()));
    let holds = "Trường có thay đổi; cột đầu cho biết so với kết quả nào.".to_owned();
    let lines: Vec<Line> = std::iter::once(holds).chain(all.iter().map(Part::told)).map(Line::Text).collect();
    page::write(page, &titled(outcome, NAME), &lines, &columns, &rows, "Không có thay đổi.")
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
