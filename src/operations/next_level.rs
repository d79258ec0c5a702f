//! The sheet `Cách mức kế tiếp`: how far each school is from its next level.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::level::{Leveled, counted, level_formula, leveled, needed, needed_formula};
use super::page::{Cell, Page};
use crate::codes::SetId;
use crate::outcome::Scored;
use crate::outcome::{ExpectedReturn, Outcome};
use crate::points::Points;
use crate::rules::RuleSet;
use crate::writers::xlsx::RowFormula;

/// The sheet's name.
pub const NAME: &str = "Cách mức kế tiếp";

const COLUMNS: [(&str, f64); 10] = [
    ("Mã trường", 14.0),
    ("Tên trường", 34.0),
    ("Bộ chỉ số", 18.0),
    ("Tính mức theo", 12.0),
    ("Điểm", 11.0),
    ("Điều kiện bắt buộc", 14.0),
    ("Mức hiện nay", 11.0),
    ("Điểm cần có", 12.0),
    ("Còn thiếu", 12.0),
    ("Nhận xét", 50.0),
];

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
}

pub(super) fn write(outcome: &Outcome, page: &mut Page) -> Result<(), XlsxError> {
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
    page.title(
        &format!("{NAME}, năm học {}", outcome.office.year),
        "Mỗi trường, mỗi nhóm còn thiếu bao nhiêu điểm để lên mức kế tiếp; gần nhất ở trên. Thử sửa ô Điểm để xem mức mới.",
        &[],
    )?;
    page.table(&COLUMNS, lines.len())?;
    for line in &lines {
        let cells = row(outcome, line, page.row + 1);
        page.cells(cells)?;
    }
    if lines.is_empty() {
        page.empty("–")?;
        page.remark("Chưa có phiếu nào được tính.")?;
    }
    page.finish()
}

fn line<'a>(expected: &'a ExpectedReturn, set: &'a RuleSet, measure: &'a Measure<'a>, scored: &Scored) -> Line<'a> {
    let leveled = &measure.leveled;
    let (points, _) = leveled.of(scored);
    let unmet = leveled.unmet(set, scored);
    let needed = needed(leveled.scale, points, set.step.value, !unmet.is_empty());
    Line { expected, set, measure, points, unmet, needed }
}

fn row(outcome: &Outcome, line: &Line, row: u32) -> Vec<Cell> {
    let school = outcome.school_of(line.expected);
    let measure = line.measure;
    let scale = measure.leveled.scale;
    let level = if line.unmet.is_empty() { scale.level_of(line.points) } else { scale.lowest() };
    let missing = line.missing().map(Points::to_f64);
    let remark = match (&line.needed, line.unmet.is_empty()) {
        (None, _) => "Đã ở mức cao nhất.".to_owned(),
        (Some(_), true) => String::new(),
        (Some(_), false) => {
            format!("Giữ ở mức {level} vì chưa đạt điều kiện bắt buộc {}: cần đạt trước hết.", line.unmet.join(", "))
        }
    };
    vec![
        Cell::mid(&school.code.0),
        Cell::text(&school.name),
        Cell::text(&line.set.short),
        Cell::mid(&measure.title),
        line.points.into(),
        Cell::mid(if line.unmet.is_empty() { "" } else { UNMET }),
        Cell::Formula(measure.level.at(row), f64::from(level.0)),
        Cell::formula(measure.needed.at(row), line.needed.map(Points::to_f64)),
        Cell::formula(format!("IF(H{row}=\"\",\"\",MAX(0,ROUND(H{row}-E{row},2)))"), missing),
        Cell::text(remark),
    ]
}
