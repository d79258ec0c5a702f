//! The sheet `Cách mức kế tiếp`: how far each school is from its next level.

use std::collections::BTreeMap;

use super::level::{Leveled, counted, level_formula, leveled, needed, needed_formula};
use super::page::{self, Page};
use super::titled;
use crate::codes::{Level, SetId};
use crate::outcome::Scored;
use crate::outcome::{ExpectedReturn, Outcome};
use crate::points::Points;
use crate::rules::RuleSet;
use crate::writers::xlsx::{Columns, RowFormula, Written};

/// The sheet's name.
pub const NAME: &str = "Cách mức kế tiếp";

/// What stands for conditions that are not met, in the sheet and its formulas.
const UNMET: &str = "chưa đạt";

/// What of a set has a level, with the formulas of its rows.
struct Measure<'a> {
    leveled: Leveled<'a>,
    title: String,
    level: RowFormula,
    needed: RowFormula,
}

impl<'a> Measure<'a> {
    fn of(set: &'a RuleSet, leveled: Leveled<'a>) -> Measure<'a> {
        let row = RowFormula::ROW;
        let (points, held) = (format!("E{row}"), format!("F{row}=\"{UNMET}\""));
        let level = level_formula(leveled.scale, &points, &held);
        let needed = needed_formula(leveled.scale, &points, &held, set.step.value);
        Measure { title: leveled.title(set), level, needed, leveled }
    }
}

struct Line<'a> {
    expected: &'a ExpectedReturn,
    set: &'a RuleSet,
    measure: &'a Measure<'a>,
    points: Points,
    unmet: Vec<String>,
    needed: Option<Points>,
}

impl Line<'_> {
    fn missing(&self) -> Option<Points> {
        self.needed.map(|needed| (needed - self.points).max(Points::ZERO))
    }

    fn level(&self) -> Level {
        let scale = self.measure.leveled.scale;
        if self.unmet.is_empty() { scale.level_of(self.points) } else { scale.lowest() }
    }

    fn remark(&self) -> String {
        match (self.needed, self.unmet.is_empty()) {
            (None, _) => "Đã ở mức cao nhất.".to_owned(),
            (Some(_), true) => String::new(),
            (Some(_), false) => {
                let (level, unmet) = (self.level(), self.unmet.join(", "));
                format!("Giữ ở mức {level} vì chưa đạt điều kiện bắt buộc {unmet}: cần đạt trước hết.")
            }
        }
    }
}

pub(super) fn write(outcome: &Outcome, page: &mut Page) -> Written {
    let measures_of = |set| leveled(set).into_iter().map(|leveled| Measure::of(set, leveled)).collect();
    let measures: BTreeMap<&SetId, Vec<Measure>> =
        outcome.book.sets.iter().map(|set| (&set.id, measures_of(set))).collect();
    let mut lines: Vec<Line> = Vec::new();
    for (expected, set, scored) in counted(outcome) {
        let measures = measures.get(&set.id).into_iter().flatten();
        lines.extend(measures.map(|measure| line(expected, set, measure, scored)));
    }
    // The nearest first; at the end those at the highest level.
    lines.sort_by_key(|line| (line.missing().is_none(), line.missing(), !line.unmet.is_empty()));
    let look = page.look;
    let columns = Columns::of(&lines)
        .with("Mã trường", 14.0, |line, _| look.mid(&outcome.school_of(line.expected).code.0))
        .with("Tên trường", 34.0, |line, _| look.text(&outcome.school_of(line.expected).name))
        .with("Bộ chỉ số", 18.0, |line, _| look.text(&line.set.short))
        .with("Tính mức theo", 12.0, |line, _| look.mid(&line.measure.title))
        .with("Điểm", 11.0, |line, _| look.number(line.points))
        .with("Điều kiện bắt buộc", 14.0, |line, _| look.mid(if line.unmet.is_empty() { "" } else { UNMET }))
        .with("Mức hiện nay", 11.0, |line, row| look.formula(line.measure.level.at(row), u32::from(line.level().0)))
        .with("Điểm cần có", 12.0, |line, row| look.formula(line.measure.needed.at(row), line.needed))
        .with("Còn thiếu", 12.0, |line, row| {
            look.formula(format!("IF(H{row}=\"\",\"\",MAX(0,ROUND(H{row}-E{row},2)))"), line.missing())
        })
        .with("Nhận xét", 50.0, |line, _| look.text(line.remark()));
    let holds = "Mỗi trường, mỗi nhóm còn thiếu bao nhiêu điểm để lên mức kế tiếp; gần nhất ở trên. Thử sửa ô Điểm để xem mức mới.";
    let holds = [page::Line::Text(holds.to_owned())];
    page::write(page, &titled(outcome, NAME), &holds, &columns, &lines, "Chưa có phiếu nào được tính.")
}

fn line<'a>(expected: &'a ExpectedReturn, set: &'a RuleSet, measure: &'a Measure<'a>, scored: &Scored) -> Line<'a> {
    let leveled = &measure.leveled;
    let (points, _) = leveled.of(scored);
    let unmet = leveled.unmet(set, scored);
    let needed = needed(leveled.scale, points, set.step.value, !unmet.is_empty());
    Line { expected, set, measure, points, unmet, needed }
}
