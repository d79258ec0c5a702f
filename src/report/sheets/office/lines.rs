//! The lower table of `Tiêu chí cơ quan`: the numbers behind each criterion that is computed from schools.

use crate::codes::Level;
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::outcome::ComputedResult;
use crate::points::{Points, Share};
use crate::report::Page;
use crate::report::plan::{
    Column, ComputedPlan, LINE_SELF, LINE_VALUE, LINE_WEIGHT, Line, OFFICE_MAX, OWN_MARK, OfficePlan, Plan,
};
use crate::report::sheets::Written;
use crate::report::{formula, words};
use crate::rules::{Band, Counts, Denominator, Of};
use crate::views::criteria::{OfSet, of_sets};
use crate::writers::xlsx::Cached;

pub(super) fn lines(plan: &Plan<'_>, office: &OfficePlan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    if office.computed.is_empty() {
        return Ok(());
    }
    let head = office.lines_head();
    page.line(CellRef::new(head - 1, 0), "Các con số làm nên tiêu chí tính từ các trường", &look.section)?;
    let mut heads = vec!["Mã", "Đại lượng", "Bộ chỉ số", "Trọng số", "Giá trị"];
    heads.extend(office.computed.iter().any(|computed| computed.of_self.is_some()).then_some("Theo điểm tự đánh giá"));
    page.heads(CellRef::new(head, 0), &heads)?;
    for computed in &office.computed {
        let [mine, of_self] = [false, true].map(|by_self| of_sets(plan.outcome, computed.rule, by_self));
        for (row, &line) in (computed.first_row..).zip(&computed.lines) {
            let writer =
                LineWriter { plan, office, computed, result: computed.result, of_sets: &mine, own: false, row };
            writer.write(line, page)?;
            if let Some(result) = computed.of_self {
                LineWriter { result, of_sets: &of_self, own: true, ..writer }.value_cell(line, page)?;
            }
        }
    }
    Ok(())
}

struct LineWriter<'p> {
    plan: &'p Plan<'p>,
    office: &'p OfficePlan<'p>,
    computed: &'p ComputedPlan<'p>,
    result: &'p ComputedResult,
    of_sets: &'p [OfSet],
    /// From self scores alone.
    own: bool,
    row: u32,
}

impl LineWriter<'_> {
    fn write(&self, line: Line, page: &mut Page<'_>) -> Written {
        let look = page.look;
        let at = |col: u32| CellRef::new(self.row, col);
        let is_points = line == Line::Points;
        let text = if is_points { &look.text_bold } else { &look.text };
        let code = self.office.rules.nodes[self.computed.node].code.to_string();
        page.text(at(0), &code, text)?;
        page.text(at(1), &self.what(line), text)?;
        page.text(at(2), &self.sets(line), text)?;
        let weight = match line {
            Line::Level(level) => Some(self.computed.rule.formula.worth(level, Share::ZERO)),
            _ => None,
        };
        match weight {
            Some(weight) => page.number(at(LINE_WEIGHT), weight.to_f64(), &look.points)?,
            None => page.blank(at(LINE_WEIGHT), &look.points)?,
        }
        self.value_cell(line, page)
    }

    fn value_cell(&self, line: Line, page: &mut Page<'_>) -> Written {
        let (look, result) = (page.look, self.result);
        let (formula, value): (String, Cached) = match line {
            Line::Expected(n) => (self.expected(n), self.of_sets[n].expected.into()),
            Line::Returned(n) => (self.returned(n), self.of_sets[n].returned.into()),
            Line::Level(level) => {
                let count = result.by_level.get(&level).copied().unwrap_or_default();
                (self.at_level(level), count.into())
            }
            Line::Reached(level) => (self.reached(level), result.numerator.to_f64().into()),
            Line::Shares(n) => (self.shares(n), self.of_sets[n].shares.into()),
            Line::Numerator => (self.numerator(), result.numerator.to_f64().into()),
            Line::Denominator => (self.denominator(), result.denominator.into()),
            Line::Share => (self.share(), result.share.to_f64().into()),
            Line::Points => (self.points(), result.points.into()),
        };
        let format = match line {
            Line::Points => &look.fixed_bold,
            Line::Share => &look.share,
            _ => &look.points,
        };
        let col = if self.own { LINE_SELF } else { LINE_VALUE };
        page.formula(CellRef::new(self.row, col), &formula, value, format)
    }

    fn of(&self, n: usize) -> &Of {
        &self.computed.rule.of[n]
    }

    fn set(&self, n: usize) -> Option<usize> {
        self.plan.set_index(&self.of(n).set)
    }

    fn every(&self) -> std::ops::Range<usize> {
        0..self.computed.rule.of.len()
    }

    fn what(&self, line: Line) -> String {
        let missing = self.computed.counts_missing();
        let rule = self.computed.rule;
        match line {
            Line::Expected(_) => "Số trường phải nộp phiếu".to_owned(),
            Line::Returned(_) => "Số phiếu được tính".to_owned(),
            Line::Level(level) if missing && self.is_lowest(level) => {
                format!("Số trường mức {level}, kể cả trường chưa có phiếu được tính")
            }
            Line::Level(level) => format!("Số trường mức {level}"),
            Line::Reached(level) => format!("Số trường từ mức {level} trở lên"),
            Line::Shares(_) => "Cộng tỉ lệ điểm đạt được của các trường".to_owned(),
            Line::Numerator => format!("Tử số: {}", rule.formula.numerator_words(Lang::Vi)),
            Line::Denominator => format!("Mẫu số: {}", rule.denominator.words(Lang::Vi)),
            Line::Share => "Tỉ lệ: tử số / mẫu số".to_owned(),
            Line::Points if rule.formula.bands().is_empty() => {
                format!("Điểm: {}", rule.formula.points_words(Lang::Vi))
            }
            Line::Points => format!("Điểm {}", rule.formula.points_words(Lang::Vi)),
        }
    }

    fn sets(&self, line: Line) -> String {
        let name = |n: usize| {
            let of = self.of(n);
            let groups: Vec<String> = of.groups.iter().map(ToString::to_string).collect();
            let own = self.marks(n).map(|_| format!(", {}", self.computed.rule.scope.words(Lang::Vi)));
            let short = self.plan.outcome.book.get(&of.set).map_or(of.set.0.as_str(), |set| &set.short);
            format!("{short}: nhóm {}{}", groups.join(", "), own.unwrap_or_default())
        };
        match line {
            Line::Expected(n) | Line::Returned(n) | Line::Shares(n) => name(n),
            _ => self.every().map(name).collect::<Vec<_>>().join("; "),
        }
    }

    fn rows(&self, n: usize, column: Column) -> Option<String> {
        self.plan.set_rows(self.set(n)?, column)
    }

    /// The cells that mark the office's own schools, where the rule takes those alone and there are others.
    fn marks(&self, n: usize) -> Option<String> {
        if self.computed.rule.scope.is_all() { None } else { self.rows(n, Column::Own) }
    }

    /// How many schools of a set have a value in a column that meets a test.
    fn count(&self, n: usize, column: Column, test: &str) -> Option<String> {
        let rows = self.rows(n, column)?;
        Some(match self.marks(n) {
            Some(marks) => format!("COUNTIFS({rows},{test},{marks},{})", formula::quoted(OWN_MARK)),
            None => format!("COUNTIF({rows},{test})"),
        })
    }

    fn expected(&self, n: usize) -> String {
        let all = || Some(format!("ROWS({})", self.rows(n, Column::Code)?));
        let own = self.marks(n).and_then(|_| self.count(n, Column::Own, &formula::quoted(OWN_MARK)));
        own.or_else(all).unwrap_or_else(|| "0".to_owned())
    }

    fn returned(&self, n: usize) -> String {
        let accepted = formula::quoted(words::accepted());
        self.count(n, Column::Status, &accepted).unwrap_or_else(|| "0".to_owned())
    }

    fn value(&self, line: Line) -> String {
        let cell = if self.own { self.computed.self_cell(line) } else { self.computed.cell(line) };
        cell.map_or_else(|| "0".to_owned(), |cell| cell.to_string())
    }

    fn is_lowest(&self, level: Level) -> bool {
        self.every().filter_map(|n| self.set(n)).any(|i| self.plan.sets[i].lowest_level() == level)
    }

    /// Schools of a set that are divided by.
    fn divisor(&self, n: usize) -> String {
        match self.computed.rule.denominator {
            Denominator::Expected => self.value(Line::Expected(n)),
            Denominator::Returned => self.value(Line::Returned(n)),
        }
    }

    /// Schools of a set whose level meets a test; `None` where no level of theirs is known.
    fn levels(&self, n: usize, test: &str) -> Option<String> {
        let set = &self.plan.sets[self.set(n)?];
        let column = set.column_for(set.level_column(self.of(n))?, self.own);
        self.count(n, column, test)
    }

    /// Schools at a level. The lowest takes in those that have none: missing, or without a scale.
    fn at_level(&self, level: Level) -> String {
        let part = |n: usize| {
            if self.plan.sets[self.set(n)?].lowest_level() != level {
                return self.levels(n, &level.to_string());
            }
            let above = self.levels(n, &format!("\">{level}\""));
            Some(above.map_or_else(|| self.divisor(n), |above| format!("{}-{above}", self.divisor(n))))
        };
        sum_of(self.every().filter_map(part).collect())
    }

    fn reached(&self, level: Level) -> String {
        let part = |n: usize| {
            if self.plan.sets[self.set(n)?].lowest_level() >= level {
                return Some(self.divisor(n));
            }
            self.levels(n, &format!("\">={level}\""))
        };
        sum_of(self.every().filter_map(part).collect())
    }

    fn shares(&self, n: usize) -> String {
        let Some(set) = self.set(n).map(|i| &self.plan.sets[i]) else { return "0".to_owned() };
        let groups = set.groups(self.of(n));
        let most = self.of_sets[n].most;
        let column = |i: usize| set.column_for(Column::Points(i), self.own);
        let rows = groups.iter().filter_map(|&i| self.rows(n, column(i)));
        let sums: Vec<String> = match self.marks(n) {
            Some(marks) => rows.map(|rows| format!("SUMIF({marks},{},{rows})", formula::quoted(OWN_MARK))).collect(),
            None => rows.collect(),
        };
        if sums.is_empty() || most == Points::ZERO {
            return "0".to_owned();
        }
        format!("ROUND(SUM({}),2)/{}", sums.join(","), formula::number(most))
    }

    fn numerator(&self) -> String {
        match self.computed.rule.formula.counts() {
            Counts::Levels => {
                let mut rows = (self.computed.first_row..).zip(&self.computed.lines);
                let mut rows = rows.by_ref().filter(|(_, line)| matches!(line, Line::Level(_))).map(|(row, _)| row);
                let first = rows.next().unwrap_or(self.row);
                let last = rows.last().unwrap_or(first);
                let column = |col: u32| format!("{}:{}", CellRef::new(first, col), CellRef::new(last, col));
                let values = if self.own { LINE_SELF } else { LINE_VALUE };
                format!("SUMPRODUCT({},{})", column(LINE_WEIGHT), column(values))
            }
            Counts::Shares => sum_of(self.every().map(|n| self.value(Line::Shares(n))).collect()),
            Counts::Reaching(level) => self.value(Line::Reached(level)),
            Counts::Nothing => "0".to_owned(),
        }
    }

    fn denominator(&self) -> String {
        sum_of(self.every().map(|n| self.divisor(n)).collect())
    }

    /// 0 where there is nothing to divide by.
    fn share(&self) -> String {
        let (numerator, denominator) = (self.value(Line::Numerator), self.value(Line::Denominator));
        format!("IF({denominator}=0,0,{numerator}/{denominator})")
    }

    fn points(&self) -> String {
        let (numerator, denominator) = (self.value(Line::Numerator), self.value(Line::Denominator));
        let points = match self.computed.rule.formula.bands() {
            [] => {
                let max = CellRef::new(self.office.row(self.computed.node), OFFICE_MAX);
                format!("ROUND({max}*{numerator}/{denominator},2)")
            }
            bands => Band::formula(bands, &numerator, &denominator),
        };
        format!("IF({denominator}=0,0,{points})")
    }
}

fn sum_of(parts: Vec<String>) -> String {
    if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
}
