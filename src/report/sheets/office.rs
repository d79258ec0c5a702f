//! `Tiêu chí cơ quan`: the office's own nodes, and the numbers behind each criterion that is computed from schools.

use super::{Written, title};
use crate::codes::Level;
use crate::grid::CellRef;
use crate::points::Points;
use crate::report::page::{Cached, Page};
use crate::report::plan::{
    Column, ComputedPlan, LINE_VALUE, LINE_WEIGHT, Line, OFFICE_COUNTED, OFFICE_HEAD, OFFICE_LEVEL, OFFICE_MAX,
    OFFICE_SELF, OFFICE_VERIFIED, OfficePlan, Plan, Sheet, all_conditions, by_total, conditions, scale,
};
use crate::report::{formula, words};
use crate::rules::{Denominator, Formula, NodeKind, Of};
use crate::score::State;

const COLUMNS: [&str; 11] = [
    "Mã",
    "Nội dung",
    "Cách chấm",
    "Điểm tối đa",
    "Tự đánh giá",
    "Thẩm định",
    "Được tính",
    "Mức độ",
    "Chủ trì",
    "Minh chứng",
    "Ô trong phiếu",
];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([7.0, 46.0, 24.0, 9.5, 9.5, 9.5, 9.5, 9.5, 20.0, 28.0, 11.0])?;
    let Some(office) = &plan.office else {
        let remark = "Không có bộ chỉ số của cơ quan trong các quy tắc đang dùng.".to_owned();
        title(plan, Sheet::Office, page, &[remark])?;
        return page.set_up(true, CellRef::new(2, COLUMNS.len() as u32 - 1), None, 0);
    };
    let source = match &office.result.source {
        Some(source) => format!("Phiếu của cơ quan: {}, trang {}.", source.file, source.sheet),
        None => "Chưa có phiếu của cơ quan (phieu-co-quan.xlsx): các tiêu chí cơ quan tự chấm chưa có điểm.".to_owned(),
    };
    title(plan, Sheet::Office, page, &[format!("{} ({}).", office.rules.title, office.rules.decision), source])?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("tieu_chi_co_quan", CellRef::new(OFFICE_HEAD, 0), &headers, office.rules.nodes.len() as u32)?;
    for node in 0..office.rules.nodes.len() {
        row(plan, office, node, page)?;
    }
    total(office, page)?;
    lines(plan, office, page)?;
    page.set_up(true, CellRef::new(office.last_row(), COLUMNS.len() as u32 - 1), Some(OFFICE_HEAD), 2)
}

fn row(plan: &Plan<'_>, office: &OfficePlan<'_>, i: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let node = &office.rules.nodes[i];
    let Some(score) = office.result.scored.nodes.get(i) else { return Ok(()) };
    let row = office.row(i);
    let at = |col: u32| CellRef::new(row, col);
    let is_sum = !node.is_leaf();
    let (text, points) = if is_sum { (&look.text_bold, &look.fixed_bold) } else { (&look.text, &look.fixed) };
    page.text(at(0), &node.code.to_string(), text)?;
    page.text(at(1), &node.title, text)?;
    page.text(at(2), words::kind(node.kind), text)?;
    if node.kind == NodeKind::Mandatory {
        for col in OFFICE_MAX..OFFICE_LEVEL {
            page.blank(at(col), &look.fixed)?;
        }
        page.text(at(OFFICE_LEVEL), words::met(score.met), &look.mid)?;
    } else {
        match node.max {
            Some(max) => page.points(at(OFFICE_MAX), max, points)?,
            None => page.blank(at(OFFICE_MAX), points)?,
        }
        if is_sum {
            for (col, sum) in [(OFFICE_SELF, score.claimed.unwrap_or_default()), (OFFICE_COUNTED, score.counted)] {
                page.formula(at(col), &formula::rounded_sum(&below(office, i, col)), sum, points)?;
            }
            match score.verified {
                Some(_) => page.formula(at(OFFICE_VERIFIED), &at(OFFICE_COUNTED).to_string(), score.counted, points)?,
                None => page.blank(at(OFFICE_VERIFIED), points)?,
            }
        } else {
            leaf(office, i, page)?;
        }
        level(office, i, page)?;
    }
    let lead = plan.outcome.office.duties.iter().find(|duty| duty.code == node.code);
    page.text(at(8), lead.map_or("", |duty| &duty.lead), text)?;
    page.text(at(9), &score.evidence, text)?;
    let cell = score.cell.filter(|_| node.is_leaf());
    match (&office.result.source, cell, office.computed(i)) {
        (Some(source), Some(cell), None) => {
            let sheet = score.sheet.as_deref().unwrap_or(&source.sheet);
            page.link_file(at(10), &source.file, Some((sheet, cell)), &cell.to_string(), &look.link)
        }
        (_, _, Some(computed)) => {
            let tab = plan.tab(Sheet::Office);
            let below = computed.cell(Line::Points).unwrap_or(at(0));
            page.link_to(at(10), tab, below, "ở dưới", &look.link)
        }
        _ => page.blank(at(10), text),
    }
}

fn below(office: &OfficePlan<'_>, i: usize, col: u32) -> Vec<CellRef> {
    let scored = office.rules.nodes[i].children.iter().filter(|&&c| office.rules.nodes[c].kind != NodeKind::Mandatory);
    scored.map(|&child| CellRef::new(office.row(child), col)).collect()
}

fn leaf(office: &OfficePlan<'_>, i: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let score = &office.result.scored.nodes[i];
    let at = |col: u32| CellRef::new(office.row(i), col);
    let computed = office.computed(i).and_then(|computed| computed.cell(Line::Points));
    match (score.claimed, computed) {
        (Some(claimed), Some(cell)) => page.formula(at(OFFICE_SELF), &cell.to_string(), claimed, &look.fixed)?,
        (Some(claimed), None) if score.state == State::Void => {
            page.points(at(OFFICE_SELF), claimed, &look.void_claim)?;
        }
        (Some(claimed), None) => page.points(at(OFFICE_SELF), claimed, &look.fixed)?,
        (None, _) => page.blank(at(OFFICE_SELF), &look.fixed)?,
    }
    match score.verified {
        Some(verified) => page.points(at(OFFICE_VERIFIED), verified, &look.fixed)?,
        None => page.blank(at(OFFICE_VERIFIED), &look.fixed)?,
    }
    let (counted, verified, own) = (at(OFFICE_COUNTED), at(OFFICE_VERIFIED), at(OFFICE_SELF));
    match (score.verified, computed, score.state) {
        (Some(_), _, _) => page.formula(counted, &verified.to_string(), score.counted, &look.fixed),
        (None, Some(cell), _) => page.formula(counted, &cell.to_string(), score.counted, &look.fixed),
        (None, None, State::Void) => page.points(counted, score.counted, &look.void),
        (None, None, State::Missing) => page.points(counted, score.counted, &look.missing),
        (None, None, _) => page.formula(counted, &own.to_string(), score.counted, &look.fixed),
    }
}

fn level(office: &OfficePlan<'_>, i: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let row = office.row(i);
    let at = CellRef::new(row, OFFICE_LEVEL);
    let format = if office.rules.nodes[i].is_leaf() { &look.level } else { &look.level_bold };
    let (Some(scale), Some(level)) = (scale(office.rules, i), office.result.scored.nodes[i].level) else {
        return page.blank(at, format);
    };
    let counted = CellRef::new(row, OFFICE_COUNTED).to_string();
    let cells: Vec<String> = conditions(office.rules, i)
        .into_iter()
        .map(|c| CellRef::new(office.row(c), OFFICE_LEVEL).to_string())
        .collect();
    let lowest = scale.lowest().to_string();
    let text = formula::held(&cells, words::MET, &formula::level(scale, &counted), &lowest);
    page.formula(at, &text, f64::from(level.0), format)
}

fn total(office: &OfficePlan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let row = office.total_row();
    let at = |col: u32| CellRef::new(row, col);
    for col in [0, 2, OFFICE_VERIFIED, 8, 9, 10] {
        page.blank(at(col), &look.text_bold)?;
    }
    page.text(at(1), "Tổng điểm của cơ quan", &look.text_bold)?;
    let tops: Vec<usize> =
        office.rules.tops().filter(|(_, node)| node.kind != NodeKind::Mandatory).map(|(i, _)| i).collect();
    let cells = |col: u32| -> Vec<CellRef> { tops.iter().map(|&top| CellRef::new(office.row(top), col)).collect() };
    let most: Points = tops.iter().filter_map(|&top| office.rules.nodes[top].max).sum();
    let claimed: Points = tops.iter().filter_map(|&top| office.result.scored.nodes.get(top)?.claimed).sum();
    let scored = &office.result.scored;
    for (col, sum) in [(OFFICE_MAX, most), (OFFICE_SELF, claimed), (OFFICE_COUNTED, scored.total)] {
        page.formula(at(col), &formula::rounded_sum(&cells(col)), sum, &look.fixed_bold)?;
    }
    let Some(level) = scored.level else { return page.blank(at(OFFICE_LEVEL), &look.level_bold) };
    let text = match office.rules.overall_scale() {
        Some(scale) if by_total(office.rules) => {
            let conditions = all_conditions(office.rules).into_iter();
            let cells: Vec<String> =
                conditions.map(|c| CellRef::new(office.row(c), OFFICE_LEVEL).to_string()).collect();
            let text = formula::level(scale, &at(OFFICE_COUNTED).to_string());
            formula::held(&cells, words::MET, &text, &scale.lowest().to_string())
        }
        _ => {
            let levels = tops.iter().filter(|&&top| scale(office.rules, top).is_some());
            let cells = levels.map(|&top| CellRef::new(office.row(top), OFFICE_LEVEL).to_string());
            format!("MIN({})", cells.collect::<Vec<_>>().join(","))
        }
    };
    page.formula(at(OFFICE_LEVEL), &text, f64::from(level.0), &look.level_bold)
}

fn lines(plan: &Plan<'_>, office: &OfficePlan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    if office.computed.is_empty() {
        return Ok(());
    }
    let head = office.lines_head();
    page.line(CellRef::new(head - 1, 0), "Các con số làm nên tiêu chí tính từ các trường", &look.section)?;
    page.heads(CellRef::new(head, 0), &["Mã", "Đại lượng", "Bộ chỉ số", "Trọng số", "Giá trị"])?;
    for computed in &office.computed {
        for (row, &line) in (computed.first_row..).zip(&computed.lines) {
            let writer = LineWriter { plan, office, computed, row };
            writer.write(line, page)?;
        }
    }
    Ok(())
}

struct LineWriter<'p> {
    plan: &'p Plan<'p>,
    office: &'p OfficePlan<'p>,
    computed: &'p ComputedPlan<'p>,
    row: u32,
}

impl LineWriter<'_> {
    fn write(&self, line: Line, page: &mut Page<'_>) -> Written {
        let look = page.look;
        let at = |col: u32| CellRef::new(self.row, col);
        let result = self.computed.result;
        let is_points = line == Line::Points;
        let text = if is_points { &look.text_bold } else { &look.text };
        let code = self.office.rules.nodes[self.computed.node].code.to_string();
        page.text(at(0), &code, text)?;
        page.text(at(1), &self.what(line), text)?;
        page.text(at(2), &self.sets(line), text)?;
        let weight = match (line, &self.computed.rule.formula) {
            (Line::Level(level), Formula::LevelShare(weights)) => {
                Some(weights.get(&level).copied().unwrap_or(crate::points::Share::ZERO))
            }
            _ => None,
        };
        match weight {
            Some(weight) => page.number(at(LINE_WEIGHT), weight.to_f64(), &look.points)?,
            None => page.blank(at(LINE_WEIGHT), &look.points)?,
        }
        let (formula, value): (String, Cached) = match line {
            Line::Expected(n) => (self.expected(n), self.dues(n).0.into()),
            Line::Returned(n) => (self.returned(n), self.dues(n).1.into()),
            Line::Level(level) => {
                let count = result.by_level.get(&level).copied().unwrap_or_default();
                (self.at_level(level), count.into())
            }
            Line::Reached => (self.reached(), result.numerator.to_f64().into()),
            Line::Shares(n) => (self.shares(n), self.shares_value(n).into()),
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
        page.formula(at(LINE_VALUE), &formula, value, format)
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
        match line {
            Line::Expected(_) => "Số trường phải nộp phiếu".to_owned(),
            Line::Returned(_) => "Số phiếu được tính".to_owned(),
            Line::Level(level) if missing && self.is_lowest(level) => {
                format!("Số trường mức {level}, kể cả trường chưa có phiếu được tính")
            }
            Line::Level(level) => format!("Số trường mức {level}"),
            Line::Reached => match &self.computed.rule.formula {
                Formula::ReachLevel { level, .. } => format!("Số trường từ mức {level} trở lên"),
                _ => String::new(),
            },
            Line::Shares(_) => "Cộng tỉ lệ điểm đạt được của các trường".to_owned(),
            Line::Numerator => match self.computed.rule.formula {
                Formula::LevelShare(_) => "Tử số: cộng trọng số × số trường".to_owned(),
                Formula::MeanScore => "Tử số: cộng tỉ lệ điểm".to_owned(),
                _ => "Tử số: số trường đạt mức".to_owned(),
            },
            Line::Denominator => match self.computed.rule.denominator {
                Denominator::Expected => "Mẫu số: số trường phải nộp".to_owned(),
                Denominator::Returned => "Mẫu số: số phiếu được tính".to_owned(),
            },
            Line::Share => "Tỉ lệ: tử số / mẫu số".to_owned(),
            Line::Points => match &self.computed.rule.formula {
                Formula::ReachLevel { bands, .. } if !bands.is_empty() => "Điểm theo bậc của tỉ lệ".to_owned(),
                _ => "Điểm: điểm tối đa × tỉ lệ, làm tròn 2 chữ số".to_owned(),
            },
        }
    }

    fn sets(&self, line: Line) -> String {
        let name = |n: usize| {
            let of = self.of(n);
            let groups: Vec<String> = of.groups.iter().map(ToString::to_string).collect();
            let short = self.plan.outcome.book.get(&of.set).map_or(of.set.0.as_str(), |set| &set.short);
            format!("{short}: nhóm {}", groups.join(", "))
        };
        match line {
            Line::Expected(n) | Line::Returned(n) | Line::Shares(n) => name(n),
            _ => self.every().map(name).collect::<Vec<_>>().join("; "),
        }
    }

    fn rows(&self, n: usize, column: Column) -> Option<String> {
        self.plan.set_rows(self.set(n)?, column)
    }

    fn dues(&self, n: usize) -> (u32, u32) {
        let set = self.set(n).map(|i| &self.plan.sets[i]);
        set.map_or((0, 0), |set| (set.dues.len() as u32, set.returned()))
    }

    fn expected(&self, n: usize) -> String {
        self.rows(n, Column::Code).map_or_else(|| "0".to_owned(), |rows| format!("ROWS({rows})"))
    }

    fn returned(&self, n: usize) -> String {
        let count = |rows: String| format!("COUNTIF({rows},{})", formula::quoted(words::ACCEPTED));
        self.rows(n, Column::Status).map_or_else(|| "0".to_owned(), count)
    }

    fn value(&self, line: Line) -> String {
        self.computed.cell(line).map_or_else(|| "0".to_owned(), |cell| cell.to_string())
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
        let column = self.plan.sets[self.set(n)?].level_column(self.of(n))?;
        Some(format!("COUNTIF({},{test})", self.rows(n, column)?))
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

    fn reached(&self) -> String {
        let Formula::ReachLevel { level, .. } = &self.computed.rule.formula else { return "0".to_owned() };
        let part = |n: usize| {
            if self.plan.sets[self.set(n)?].lowest_level() >= *level {
                return Some(self.divisor(n));
            }
            self.levels(n, &format!("\">={level}\""))
        };
        sum_of(self.every().filter_map(part).collect())
    }

    fn shares(&self, n: usize) -> String {
        let Some(set) = self.set(n).map(|i| &self.plan.sets[i]) else { return "0".to_owned() };
        let groups = set.groups(self.of(n));
        let most: Points = groups.iter().filter_map(|&i| set.rules.nodes[i].max).sum();
        let sums: Vec<String> = groups.iter().filter_map(|&i| self.rows(n, Column::Points(i))).collect();
        if sums.is_empty() || most == Points::ZERO {
            return "0".to_owned();
        }
        format!("ROUND(SUM({}),2)/{}", sums.join(","), formula::number(most))
    }

    fn shares_value(&self, n: usize) -> f64 {
        let Some(set) = self.set(n).map(|i| &self.plan.sets[i]) else { return 0.0 };
        let groups = set.groups(self.of(n));
        let most: Points = groups.iter().filter_map(|&i| set.rules.nodes[i].max).sum();
        if most == Points::ZERO {
            return 0.0;
        }
        let scored = set.dues.iter().filter_map(|due| Some(due.scored?.0));
        let of_school = |scored: &crate::score::Scored| -> Points {
            groups.iter().filter_map(|&i| Some(scored.nodes.get(i)?.counted)).sum()
        };
        let sum: Points = scored.map(of_school).sum();
        sum.to_f64() / most.to_f64()
    }

    fn numerator(&self) -> String {
        let mut levels = self.computed.lines.iter().filter(|line| matches!(line, Line::Level(_)));
        match (&self.computed.rule.formula, levels.clone().next(), levels.next_back()) {
            (Formula::LevelShare(_), Some(&first), Some(&last)) => {
                let column = |col: u32| {
                    let row = |line: Line| self.computed.cell(line).map_or(self.row, |cell| cell.row);
                    format!("{}:{}", CellRef::new(row(first), col), CellRef::new(row(last), col))
                };
                format!("SUMPRODUCT({},{})", column(LINE_WEIGHT), column(LINE_VALUE))
            }
            (Formula::MeanScore, ..) => sum_of(self.every().map(|n| self.value(Line::Shares(n))).collect()),
            _ => self.value(Line::Reached),
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
        let points = match &self.computed.rule.formula {
            Formula::ReachLevel { bands, .. } if !bands.is_empty() => {
                formula::by_bands(bands, &numerator, &denominator)
            }
            _ => {
                let max = CellRef::new(self.office.row(self.computed.node), OFFICE_MAX);
                format!("ROUND({max}*{numerator}/{denominator},2)")
            }
        };
        format!("IF({denominator}=0,0,{points})")
    }
}

fn sum_of(parts: Vec<String>) -> String {
    if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
}
