//! The sheet `Cách mức kế tiếp`: how far each school is from its next level.

use std::collections::HashMap;

use super::page::{self, Line, Page};
use super::titled;
use crate::codes::SetId;
use crate::outcome::Outcome;
use crate::points::Points;
use crate::rules::{Held, LevelRange, RuleSet, Scale};
use crate::views::next_level::{Leveled, NextLevel, beyond, leveled, next_levels};
use crate::writers::xlsx::{Columns, RowFormula, Written};

/// The sheet's name.
pub const NAME: &str = "Cách mức kế tiếp";

/// What stands for conditions that are not met, in the sheet and its formulas.
const UNMET: &str = "chưa đạt";

/// The formulas of a row: its level, and the points that the next one needs.
struct Formulas {
    level: RowFormula,
    needed: RowFormula,
}

impl Formulas {
    fn of(set: &RuleSet, leveled: &Leveled) -> Formulas {
        let row = RowFormula::ROW;
        let (points, held) = (format!("E{row}"), format!("F{row}=\"{UNMET}\""));
        let scale = leveled.scale;
        let level = scale.level_formula(&points, &Held::If(held.clone()), |level| level.to_string());
        let needed = needed_formula(scale, &points, &held, set.step.value);
        Formulas { level: RowFormula::new(&level), needed: RowFormula::new(&needed) }
    }
}

/// The points that the next level needs of those in `cell`, or an empty text.
fn needed_formula(scale: &Scale, cell: &str, held: &str, step: Points) -> String {
    let last = scale.levels.len().saturating_sub(1);
    let next = |range: &LevelRange| {
        let end = range.upper.filter(|_| scale.levels.get(last) != Some(range));
        end.map_or_else(|| "\"\"".to_owned(), |end| beyond(end, step).plain())
    };
    let first = scale.levels.first().map_or_else(|| "\"\"".to_owned(), next);
    format!("IF({held},{first},{})", scale.choose(cell, next))
}

pub(super) fn write(outcome: &Outcome, page: &mut Page) -> Written {
    let look = page.look;
    let mut formulas: HashMap<(&SetId, Option<usize>), Formulas> = HashMap::new();
    for set in &outcome.book.sets {
        formulas.extend(leveled(set).iter().map(|one| ((&set.id, one.node), Formulas::of(set, one))));
    }
    let rows = next_levels(outcome);
    let level = |one: &NextLevel, row| formulas[&(&one.set.id, one.leveled.node)].level.at(row);
    let needed = |one: &NextLevel, row| formulas[&(&one.set.id, one.leveled.node)].needed.at(row);
    let columns = Columns::of(&rows)
        .with("Mã trường", 14.0, |one, _| look.mid(&outcome.school_of(one.expected).code.0))
        .with("Tên trường", 34.0, |one, _| look.text(&outcome.school_of(one.expected).name))
        .with("Bộ chỉ số", 18.0, |one, _| look.text(&one.set.short))
        .with("Tính mức theo", 12.0, |one, _| look.mid(one.leveled.title(one.set)))
        .with("Điểm", 11.0, |one, _| look.number(one.points))
        .with("Điều kiện bắt buộc", 14.0, |one, _| look.mid(if one.unmet.is_empty() { "" } else { UNMET }))
        .with("Mức hiện nay", 11.0, |one, row| look.formula(level(one, row), u32::from(one.level().0)))
        .with("Điểm cần có", 12.0, |one, row| look.formula(needed(one, row), one.needed))
        .with("Còn thiếu", 12.0, |one, row| {
            look.formula(format!("IF(H{row}=\"\",\"\",MAX(0,ROUND(H{row}-E{row},2)))"), one.missing())
        })
        .with("Nhận xét", 50.0, |one, _| look.text(one.remark()));
    let holds = "Mỗi trường, mỗi nhóm còn thiếu bao nhiêu điểm để lên mức kế tiếp; gần nhất ở trên. Thử sửa ô Điểm để xem mức mới.";
    let lines = [Line::Text(holds.to_owned())];
    page::write(page, &titled(outcome, NAME), &lines, &columns, &rows, "Chưa có phiếu nào được tính.")
}
