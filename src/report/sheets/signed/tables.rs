//! The tables of the letter: the office's criteria, and the schools by set and level.

use rust_xlsxwriter::Format;

use super::{FIGURES, Letter, Written};
use crate::codes::Level;
use crate::grid::CellRef;
use crate::points::Points;
use crate::report::plan::{Column, OFFICE_COUNTED, OFFICE_LEVEL, OFFICE_MAX, OFFICE_SELF, OfficePlan, Sheet};
use crate::report::{formula, words};
use crate::rules::NodeKind;
use crate::views::figures;
use crate::writers::xlsx::Cached;

/// Lines of the office's table beyond which only groups are shown.
const MOST_LINES: usize = 24;

impl Letter<'_, '_, '_> {
    pub(super) fn office(&mut self) -> Written {
        let letter = &self.page.look.letter;
        let Some(office) = &self.plan.office else { return Ok(()) };
        let last = self.last;
        self.begin_block();
        let text = format!("I. Kết quả tự đánh giá của cơ quan ({})", office.rules.decision);
        self.room(&[(0, last, &text)], 17.0)?;
        self.across(0, last, &text, &letter.heading)?;
        self.row += 1;
        let heads = ["Điểm tối đa", "Tự đánh giá", "Được tính", "Mức độ"];
        let own = self.own();
        let over: Vec<_> = (own..).zip(heads).map(|(col, text)| (col, col, text)).collect();
        self.room(&over, 16.0)?;
        self.across(0, 0, "Mã", &letter.head)?;
        self.across(1, own - 1, "Nội dung", &letter.head)?;
        for (col, text) in (own..).zip(heads) {
            self.across(col, col, text, &letter.head)?;
        }
        self.row += 1;
        for (n, node) in shown(office).into_iter().enumerate() {
            if n > 0 && office.rules.nodes[node].parent.is_none() {
                self.begin_block();
            }
            self.office_line(office, node)?;
        }
        self.office_total(office)?;
        self.row += 1;
        Ok(())
    }

    fn office_line(&mut self, office: &OfficePlan<'_>, i: usize) -> Written {
        let letter = &self.page.look.letter;
        let node = &office.rules.nodes[i];
        let Some(score) = office.result.scored.nodes.get(i) else { return Ok(()) };
        let is_group = node.parent.is_none();
        let (text, points) =
            if is_group { (&letter.cell_bold, &letter.points_bold) } else { (&letter.cell, &letter.points) };
        let own = self.own();
        self.room(&[(1, own - 1, &node.title)], 15.5)?;
        self.across(0, 0, &node.code.to_string(), text)?;
        self.across(1, own - 1, &node.title, text)?;
        self.points(own, OFFICE_MAX, office.row(i), node.max, points)?;
        let is_open = office.is_open(Some(node.code));
        self.points(own + 1, OFFICE_SELF, office.row(i), score.claimed.filter(|_| !is_open), points)?;
        self.points(own + 2, OFFICE_COUNTED, office.row(i), Some(score.counted).filter(|_| !is_open), points)?;
        let level = score.level.filter(|_| office.rules.scale_of(i).is_some());
        self.level(office.row(i), level)?;
        self.row += 1;
        Ok(())
    }

    fn level(&mut self, row: u32, level: Option<Level>) -> Written {
        let letter = &self.page.look.letter;
        match level {
            Some(level) => self.refer(self.last, OFFICE_LEVEL, row, f64::from(level.0).into(), &letter.level),
            None => self.across(self.last, self.last, "", &letter.level),
        }
    }

    /// Points of `Tiêu chí cơ quan`, as people write them: `10,5`, `60`. Blank where there are none.
    fn points(&mut self, col: u32, from: u32, row: u32, points: Option<Points>, format: &Format) -> Written {
        let Some(points) = points else { return self.across(col, col, "", format) };
        let cell = self.plan.tab(Sheet::Office).cell(CellRef::new(row, from));
        self.page.formula(CellRef::new(self.row, col), &format!("ROUND({cell},2)"), points, format)
    }

    /// A cell of `Tiêu chí cơ quan`.
    fn refer(&mut self, col: u32, from: u32, row: u32, value: Cached, format: &Format) -> Written {
        let cell = self.plan.tab(Sheet::Office).cell(CellRef::new(row, from));
        self.page.formula(CellRef::new(self.row, col), &cell, value, format)
    }

    fn office_total(&mut self, office: &OfficePlan<'_>) -> Written {
        let letter = &self.page.look.letter;
        let scored = &office.result.scored;
        let (most, claimed) = (office.rules.most(), scored.claimed(office.rules));
        let own = self.own();
        let none = if scored.level.is_none() { "chưa xếp mức" } else { "" };
        self.room(&[(1, own - 1, "Tổng điểm, mức độ chung"), (self.last, self.last, none)], 16.0)?;
        self.across(0, 0, "", &letter.cell_bold)?;
        self.across(1, own - 1, "Tổng điểm, mức độ chung", &letter.cell_bold)?;
        let row = office.total_row();
        let is_open = office.is_open(None);
        self.points(own, OFFICE_MAX, row, Some(most), &letter.points_bold)?;
        self.points(own + 1, OFFICE_SELF, row, Some(claimed).filter(|_| !is_open), &letter.points_bold)?;
        self.points(own + 2, OFFICE_COUNTED, row, Some(scored.total).filter(|_| !is_open), &letter.points_bold)?;
        match scored.level {
            Some(level) => self.level(row, Some(level))?,
            None => self.across(self.last, self.last, none, &letter.level)?,
        }
        self.row += 1;
        let name = scored.level.zip(office.rules.overall_scale()).map_or("", |(level, scale)| scale.name_of(level));
        if !name.is_empty() {
            self.height(17.0)?;
            self.across(0, self.last, &format!("Cơ quan ở mức: {name}."), &letter.text)?;
            self.row += 1;
        }
        Ok(())
    }

    pub(super) fn schools(&mut self) -> Written {
        let letter = &self.page.look.letter;
        if self.plan.sets.is_empty() {
            return Ok(());
        }
        let heading = if self.plan.office.is_some() { "II" } else { "I" };
        self.begin_block();
        let outcome = self.plan.outcome;
        let (schools, returns) = (figures::schools(outcome), outcome.expected.len());
        let text = format!(
            "{heading}. Mức độ chuyển đổi số của các cơ sở giáo dục (số phiếu: {schools} trường, {returns} phiếu)"
        );
        self.room(&[(0, self.last, &text)], 17.0)?;
        self.across(0, self.last, &text, &letter.heading)?;
        self.row += 1;
        let levels = self.levels.clone();
        let counts = ["Phải nộp", "Được tính"].map(str::to_owned);
        let heads: Vec<String> = counts.into_iter().chain(levels.iter().map(|level| format!("Mức {level}"))).collect();
        let over: Vec<_> = (FIGURES..).zip(&heads).map(|(col, text)| (col, col, text.as_str())).collect();
        self.room(&over, 16.0)?;
        self.across(0, 2, "Bộ chỉ số", &letter.head)?;
        for (col, text) in (FIGURES..).zip(&heads) {
            self.across(col, col, text, &letter.head)?;
        }
        self.row += 1;
        let first = self.row;
        for i in 0..self.plan.sets.len() {
            self.set_line(i, &levels)?;
        }
        if self.plan.sets.len() > 1 {
            self.sets_total(first, &levels)?;
        }
        Ok(())
    }

    fn set_line(&mut self, i: usize, levels: &[Level]) -> Written {
        let letter = &self.page.look.letter;
        let set = &self.plan.sets[i];
        let text = format!("{} ({})", set.rules.short, set.rules.decision);
        self.room(&[(0, 2, &text)], 15.5)?;
        self.across(0, 2, &text, &letter.cell)?;
        let rows = |column: Column| self.plan.set_rows(i, column);
        let count = |column: Column, test: &str| {
            rows(column).map_or_else(|| "0".to_owned(), |rows| format!("COUNTIF({rows},{test})"))
        };
        let owed = rows(Column::Code).map_or_else(|| "0".to_owned(), |rows| format!("ROWS({rows})"));
        let accepted = count(Column::Status, &formula::quoted(words::accepted()));
        let mut cells = vec![Some((owed, set.counts.owed)), Some((accepted, set.counts.accepted))];
        let scale = set.rules.overall_scale();
        // No count under a level that the set does not have.
        let has = |level: Level| scale.is_none_or(|scale| scale.levels.iter().any(|range| range.level == level));
        cells.extend(
            levels
                .iter()
                .map(|&level| has(level).then(|| (count(Column::Overall, &level.to_string()), set.counts.at(level)))),
        );
        for (col, cell) in (FIGURES..).zip(cells) {
            let at = CellRef::new(self.row, col);
            match cell {
                Some((text, value)) => self.page.formula(at, &text, value, &letter.int)?,
                None => self.page.blank(at, &letter.int)?,
            }
        }
        self.row += 1;
        Ok(())
    }

    fn sets_total(&mut self, first: u32, levels: &[Level]) -> Written {
        let letter = &self.page.look.letter;
        self.height(18.0)?;
        self.across(0, 2, "Cộng", &letter.cell_bold)?;
        let all = figures::all(self.plan.outcome);
        let sums = [all.owed, all.accepted].into_iter().chain(levels.iter().map(|level| all.at(*level)));
        for (col, sum) in (FIGURES..).zip(sums) {
            let range = format!("{}:{}", CellRef::new(first, col), CellRef::new(self.row - 1, col));
            self.page.formula(CellRef::new(self.row, col), &format!("SUM({range})"), sum, &letter.int)?;
        }
        self.row += 1;
        Ok(())
    }
}

/// Groups and criteria; groups alone where there are too many for a page.
fn shown(office: &OfficePlan<'_>) -> Vec<usize> {
    let upto = |depth: usize| -> Vec<usize> {
        let nodes = office.rules.nodes.iter().enumerate();
        nodes
            .filter(|(_, node)| node.code.depth() <= depth && node.kind != NodeKind::Mandatory)
            .map(|(i, _)| i)
            .collect()
    };
    let both = upto(2);
    if both.len() > MOST_LINES { upto(1) } else { both }
}
