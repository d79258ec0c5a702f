//! `<set>`: one row a school. Points come by reference from the matrix; levels follow from them by formula.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format};

use super::{Written, set_up, title};
use crate::codes::Level;
use crate::grid::CellRef;
use crate::outcome::Scored;
use crate::points::Points;
use crate::report::Page;
use crate::report::look::of_level;
use crate::report::plan::{Column, DETAIL_NODES, OWN_MARK, Plan, ReturnPlan, SET_HEAD, SetPlan, Sheet, by_total};
use crate::report::{formula, words};
use crate::rules::{Held, NodeKind, RuleSet, Scale, UnmetRule, lowest_formula};
use crate::views::figures;
use crate::views::sums::Sums;
use crate::writers::xlsx::Cached;

pub(super) fn write(plan: &Plan<'_>, index: usize, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let set = &plan.sets[index];
    title(plan, Sheet::Set(index), page, &remarks(set))?;
    let headers: Vec<(String, &Format)> = set.columns.iter().map(|&column| header(set, column, page)).collect();
    page.widths(set.columns.iter().map(|&column| width(column)))?;
    page.table(&format!("bo_{}", index + 1), CellRef::new(SET_HEAD, 0), &headers, set.expected.len() as u32)?;
    let detail = plan.tab(Sheet::Detail(index)).quoted.clone();
    let writer = Row { plan, set, detail, holds: holds(set.rules) };
    for expected in &set.expected {
        writer.write(expected, page)?;
    }
    if set.expected.is_empty() {
        page.text(CellRef::new(SET_HEAD + 1, 0), "(không có trường nào phải nộp bộ này)", &look.text)?;
    }
    let last = below(plan, set, page)?;
    tint(plan, set, page)?;
    set_up(page, CellRef::new(last, set.columns.len() as u32 - 1), Some(SET_HEAD), 2)
}

fn remarks(set: &SetPlan<'_>) -> Vec<String> {
    let rules = set.rules;
    let overall = if by_total(rules) { "xét theo tổng điểm" } else { "là mức thấp nhất trong các nhóm" };
    let ends = rules.overall_scale().map_or_else(String::new, |scale| {
        let names = scale.levels.iter().map(|range| format!("mức {} = {}", range.level, range.name));
        format!("; {}", names.collect::<Vec<_>>().join(", "))
    });
    let unmet = match rules.unmet.rule {
        UnmetRule::HoldLevel1 => "Điều kiện bắt buộc chưa đạt hoặc chưa trả lời: mức độ của nhóm giữ ở mức 1.",
        UnmetRule::NotAccepted => "Điều kiện bắt buộc chưa đạt: phiếu chưa được tính.",
    };
    vec![
        format!("Mức độ chung {overall}{ends}."),
        format!("{unmet} Ô trống: trường chưa có phiếu được tính. Điểm dẫn từ trang chi tiết."),
    ]
}

fn header<'a>(set: &SetPlan<'_>, column: Column, page: &Page<'a>) -> (String, &'a Format) {
    let look = page.look;
    let node = |i: usize| format!("{} {}", set.rules.nodes[i].code, set.rules.nodes[i].title);
    match column {
        Column::Code => ("Mã trường".to_owned(), &look.head),
        Column::Name => ("Tên trường".to_owned(), &look.head),
        Column::Kinds => ("Cấp học".to_owned(), &look.head),
        Column::Unit => ("Đơn vị quản lý".to_owned(), &look.head),
        Column::Status => ("Tình trạng phiếu".to_owned(), &look.head),
        Column::Points(i) if set.rules.nodes[i].kind == NodeKind::Group => {
            let most = set.rules.attainable(i);
            let short = set.rules.nodes[i].max.is_some_and(|max| most < max);
            let mark = if short { format!(" (tối đa đạt được {most})") } else { String::new() };
            (format!("Điểm nhóm {}{mark}", node(i)), &look.head_up)
        }
        Column::Points(i) | Column::Met(i) => (node(i), &look.head_up),
        Column::Level(i) => (format!("Mức độ {}", set.rules.nodes[i].code), &look.head_up),
        Column::Lowest(n) => {
            let codes = set.lowest[n].iter().map(|&i| set.rules.nodes[i].code.to_string());
            (format!("Mức thấp nhất của {}", codes.collect::<Vec<_>>().join(", ")), &look.head_up)
        }
        Column::Total => ("Tổng điểm".to_owned(), &look.head_up),
        Column::Overall => ("Mức độ chung".to_owned(), &look.head_up),
        Column::Errors => ("Số điều phải sửa".to_owned(), &look.head_up),
        Column::Warnings => ("Số điều cần xem lại".to_owned(), &look.head_up),
        Column::Late => ("Thời hạn".to_owned(), &look.head_up),
        Column::SelfPoints(i) => (format!("Điểm nhóm {} theo tự đánh giá", set.rules.nodes[i].code), &look.head_up),
        Column::SelfLevel(i) => (format!("Mức độ {} theo tự đánh giá", set.rules.nodes[i].code), &look.head_up),
        Column::SelfLowest(n) => {
            let codes = set.lowest[n].iter().map(|&i| set.rules.nodes[i].code.to_string());
            let codes = codes.collect::<Vec<_>>().join(", ");
            (format!("Mức thấp nhất của {codes} theo tự đánh giá"), &look.head_up)
        }
        Column::SelfTotal => ("Tổng điểm theo tự đánh giá".to_owned(), &look.head_up),
        Column::SelfOverall => ("Mức độ chung theo tự đánh giá".to_owned(), &look.head_up),
        Column::Own => ("Trường của cơ quan".to_owned(), &look.head_up),
    }
}

fn width(column: Column) -> f64 {
    match column {
        Column::Code => 10.5,
        Column::Name => 28.0,
        Column::Kinds => 11.0,
        Column::Unit => 18.0,
        Column::Status => 12.0,
        Column::Points(_) | Column::Met(_) => 7.0,
        Column::Level(_) | Column::Lowest(_) | Column::Overall => 8.0,
        Column::SelfPoints(_) | Column::SelfLevel(_) | Column::SelfLowest(_) => 8.0,
        Column::Total | Column::SelfTotal | Column::SelfOverall => 8.0,
        Column::Errors | Column::Warnings | Column::Own => 6.0,
        Column::Late => 9.5,
    }
}

/// The mandatory conditions that hold each node's level.
fn holds(rules: &RuleSet) -> Vec<Vec<usize>> {
    (0..rules.nodes.len()).map(|i| rules.conditions_of(Some(i))).collect()
}

struct Row<'p> {
    plan: &'p Plan<'p>,
    set: &'p SetPlan<'p>,
    detail: String,
    holds: Vec<Vec<usize>>,
}

impl Row<'_> {
    fn write(&self, expected: &ReturnPlan<'_>, page: &mut Page<'_>) -> Written {
        let look = page.look;
        let school = self.plan.outcome.school_of(expected.expected);
        let own = expected.scored.filter(|_| self.set.is_verified).map(|(scored, _)| scored.of_self(self.set.rules));
        for (col, &column) in (0..).zip(&self.set.columns) {
            let at = CellRef::new(expected.row, col);
            match column {
                Column::Code => page.text(at, &school.code.0, &look.mid)?,
                Column::Name => page.text(at, &school.name, &look.text)?,
                Column::Kinds => {
                    let kinds: Vec<&str> = school.kinds.iter().map(|kind| kind.0.as_str()).collect();
                    page.text(at, &kinds.join(", "), &look.mid)?;
                }
                Column::Unit => page.text(at, words::unit(&school.unit), &look.text)?,
                Column::Status => page.text(at, words::status(expected.expected.status), &look.mid)?,
                Column::Errors => page.count(at, expected.expected.errors, &look.int)?,
                Column::Warnings => page.count(at, expected.expected.warnings, &look.int)?,
                Column::Own => page.text(at, if expected.own { OWN_MARK } else { "" }, &look.mid)?,
                Column::Late => page.text(at, words::kept(self.plan.outcome, expected.expected), &look.mid)?,
                _ => match expected.scored {
                    Some((scored, row)) if column.is_of_self() => {
                        self.of_self(at, column, scored, own.as_ref().unwrap_or(scored), row, page)?;
                    }
                    Some((scored, row)) => self.scored(at, column, scored, row + 1, page)?,
                    None => page.blank(at, &look.points)?,
                },
            }
        }
        Ok(())
    }

    /// A cell that rests on the matrix, whose counted row is `row`.
    fn scored(&self, at: CellRef, column: Column, scored: &Scored, row: u32, page: &mut Page<'_>) -> Written {
        let look = page.look;
        let rules = self.set.rules;
        let matrix = |col: u32| format!("{}!{}", self.detail, CellRef::new(row, col));
        let here = |column: Column| self.set.column(column).map(|col| CellRef::new(at.row, col).to_string());
        match column {
            Column::Points(i) => {
                let Some(score) = scored.nodes.get(i) else { return page.blank(at, &look.points) };
                let is_group = rules.nodes[i].parent.is_none();
                let format = if is_group { &look.points_bold } else { &look.points };
                page.formula(at, &matrix(DETAIL_NODES + i as u32), score.counted, format)
            }
            Column::Met(i) => {
                let met = scored.nodes.get(i).and_then(|score| score.met);
                page.formula(at, &matrix(DETAIL_NODES + i as u32), words::met(met), &look.mid)
            }
            Column::Total => page.formula(at, &matrix(self.set.detail_total()), scored.total, &look.points_bold),
            Column::Level(i) => {
                let level = scored.nodes.get(i).and_then(|score| score.level);
                let (Some(scale), Some(points), Some(level)) = (rules.scale_of(i), here(Column::Points(i)), level)
                else {
                    return page.blank(at, &look.level);
                };
                let text = scale.level_formula(&points, &held(&self.holds[i], &matrix), |level| level.to_string());
                page.formula(at, &text, level_number(level), &look.level)
            }
            Column::Lowest(n) => {
                let levels = self.set.lowest[n].iter().filter_map(|&i| scored.nodes.get(i)?.level);
                let cells = self.set.lowest[n].iter().filter_map(|&i| here(Column::Level(i)));
                let Some(level) = levels.min() else { return page.blank(at, &look.level) };
                let text = format!("MIN({})", cells.collect::<Vec<_>>().join(","));
                page.formula(at, &text, level_number(level), &look.level)
            }
            Column::Overall => {
                let Some(level) = scored.level else { return page.blank(at, &look.level_bold) };
                let text = self.overall(at.row, &matrix).unwrap_or_else(|| level.to_string());
                page.formula(at, &text, level_number(level), &look.level_bold)
            }
            _ => Ok(()),
        }
    }

    /// A cell from self scores alone: what was verified is taken off, the claimed row of the matrix being `row`.
    fn of_self(
        &self,
        at: CellRef,
        column: Column,
        scored: &Scored,
        own: &Scored,
        row: u32,
        page: &mut Page<'_>,
    ) -> Written {
        let look = page.look;
        let rules = self.set.rules;
        let cell = |row: u32, node: usize| format!("{}!{}", self.detail, CellRef::new(row, DETAIL_NODES + node as u32));
        let here = |column: Column| self.set.column(column).map(|col| CellRef::new(at.row, col).to_string());
        let is_verified = |node: usize| scored.nodes.get(node).is_some_and(|node| node.verified_met.is_some());
        // Of a condition that was verified, the claimed row bears the school's own answer.
        let held = |nodes: &[usize]| {
            let cells: Vec<String> =
                nodes.iter().map(|&c| cell(if is_verified(c) { row } else { row + 1 }, c)).collect();
            Held::unless_met(&cells, words::MET)
        };
        let level_by = |points: Option<String>, scale: Option<&Scale>, conditions: &[usize]| {
            Some(scale?.level_formula(&points?, &held(conditions), |level| level.to_string()))
        };
        let of_level = |text: Option<String>, level: Option<Level>| Some((text?, level_number(level?)));
        let made = match column {
            Column::SelfPoints(top) => {
                let mut text = cell(row + 1, top);
                for leaf in leaves_below(rules, top) {
                    if let Some(node) = scored.nodes.get(leaf).filter(|node| node.verified.is_some()) {
                        let valid = node.counted_self() != Points::ZERO;
                        let given = if valid { cell(row, leaf) } else { "0".to_owned() };
                        text.push_str(&format!("-({}-{given})", cell(row + 1, leaf)));
                    }
                }
                let points = own.nodes.get(top).map_or(Points::ZERO, |node| node.counted);
                return page.formula(at, &format!("ROUND({text},2)"), points, &look.points);
            }
            Column::SelfTotal => {
                let groups = rules.groups().filter_map(|(i, _)| here(Column::SelfPoints(i)));
                let text = format!("ROUND(SUM({}),2)", groups.collect::<Vec<_>>().join(","));
                return page.formula(at, &text, own.total, &look.points);
            }
            Column::SelfLevel(top) => {
                let text = level_by(here(Column::SelfPoints(top)), rules.scale_of(top), &self.holds[top]);
                of_level(text, own.nodes.get(top).and_then(|node| node.level))
            }
            Column::SelfLowest(n) => {
                let cells = self.set.lowest[n].iter().filter_map(|&i| here(Column::SelfLevel(i)));
                let text = format!("MIN({})", cells.collect::<Vec<_>>().join(","));
                of_level(Some(text), self.set.lowest[n].iter().filter_map(|&i| own.nodes.get(i)?.level).min())
            }
            _ if by_total(rules) => {
                let conditions = rules.conditions_of(None);
                of_level(level_by(here(Column::SelfTotal), rules.overall_scale(), &conditions), own.level)
            }
            _ => {
                let levels: Vec<String> = rules.groups().filter_map(|(i, _)| here(Column::SelfLevel(i))).collect();
                of_level(Some(lowest_formula(&levels, &held(&rules.conditions_alone()))), own.level)
            }
        };
        match made {
            Some((text, level)) => page.formula(at, &text, level, &look.level),
            None => page.blank(at, &look.level),
        }
    }

    fn overall(&self, row: u32, matrix: &dyn Fn(u32) -> String) -> Option<String> {
        let rules = self.set.rules;
        let here = |column: Column| self.set.column(column).map(|col| CellRef::new(row, col).to_string());
        if by_total(rules) {
            let held = held(&rules.conditions_of(None), matrix);
            return Some(rules.overall_scale()?.level_formula(&here(Column::Total)?, &held, |level| level.to_string()));
        }
        let levels: Vec<String> = rules.groups().filter_map(|(i, _)| here(Column::Level(i))).collect();
        Some(lowest_formula(&levels, &held(&rules.conditions_alone(), matrix)))
    }
}

/// What holds a level: conditions on the matrix that are not met.
fn held(conditions: &[usize], matrix: &dyn Fn(u32) -> String) -> Held {
    let cells: Vec<String> = conditions.iter().map(|&c| matrix(DETAIL_NODES + c as u32)).collect();
    Held::unless_met(&cells, words::MET)
}

/// The leaves below a node.
fn leaves_below(rules: &RuleSet, node: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(i) = open.pop() {
        if rules.nodes[i].is_leaf() {
            found.push(i);
        }
        open.extend(&rules.nodes[i].children);
    }
    found.sort_unstable();
    found
}

fn level_number(level: Level) -> Cached {
    Cached::Number(f64::from(level.0))
}

/// Sum, mean and schools by level, below the schools; returns the last row.
fn below(plan: &Plan<'_>, set: &SetPlan<'_>, page: &mut Page<'_>) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let look = page.look;
    let first = set.below();
    let Some((from, to)) = set.rows() else { return Ok(first - 1) };
    let sums = Sums::of(plan.outcome, set.rules);
    let lines = levels_below(set);
    for row in first..first + 2 + lines.len() as u32 {
        for col in 0..set.columns.len() as u32 {
            let at = CellRef::new(row, col);
            let column = set.columns[col as usize];
            let letters = CellRef::column_letters(col);
            let range = format!("{letters}{}:{letters}{}", from + 1, to + 1);
            match (row - first, column) {
                (0, Column::Name) => page.text(at, "Cộng", &look.text_bold)?,
                (1, Column::Name) => page.text(at, "Trung bình các phiếu được tính", &look.text_bold)?,
                (n, Column::Name) => {
                    page.text(at, &format!("Số trường mức {}", lines[n as usize - 2]), &look.text_bold)?;
                }
                (0, Column::Status) => {
                    let text = format!("COUNTIF({range},{})", formula::quoted(words::accepted()));
                    page.formula(at, &text, set.counts.accepted, &look.int_bold)?;
                }
                (0, Column::Errors | Column::Warnings) => {
                    let sum = if column == Column::Errors { set.counts.errors } else { set.counts.warnings };
                    page.formula(at, &format!("SUM({range})"), sum, &look.int_bold)?;
                }
                (0, Column::Late) => {
                    let text = format!("COUNTIF({range},{})", formula::quoted(words::late(Some(true))));
                    page.formula(at, &text, set.counts.late, &look.int_bold)?;
                }
                (0 | 1, Column::Points(_) | Column::Total) => {
                    let sum = if let Column::Points(node) = column { sums.points(node) } else { sums.all() };
                    if row == first {
                        page.formula(at, &format!("ROUND(SUM({range}),2)"), sum, &look.points_bold)?;
                    } else {
                        let text = format!("IF(COUNT({range})=0,0,AVERAGE({range}))");
                        page.formula(at, &text, sums.by_returns(sum), &look.fixed_bold)?;
                    }
                }
                (n, Column::Level(_) | Column::Lowest(_) | Column::Overall) if n >= 2 => {
                    let wanted = lines[n as usize - 2];
                    let count = match column {
                        Column::Level(node) => sums.at_level(&[node], wanted),
                        Column::Lowest(n) => sums.at_level(&set.lowest[n], wanted),
                        _ => set.counts.at(wanted),
                    };
                    page.formula(at, &format!("COUNTIF({range},{wanted})"), count, &look.int_bold)?;
                }
                _ => page.blank(at, &look.text_bold)?,
            }
        }
    }
    Ok(first + 1 + lines.len() as u32)
}

/// Every level that a column of the sheet can show.
fn levels_below(set: &SetPlan<'_>) -> Vec<Level> {
    let mut levels = set.levels();
    for scale in (0..set.rules.nodes.len()).filter_map(|i| set.rules.scale_of(i)) {
        levels.extend(scale.levels.iter().map(|range| range.level));
    }
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// Each level has the colour that it has in the charts, in bold: readable in grey.
fn tint(plan: &Plan<'_>, set: &SetPlan<'_>, page: &mut Page<'_>) -> Written {
    let Some((from, to)) = set.rows() else { return Ok(()) };
    let levels = figures::levels(plan.outcome);
    for (col, &column) in (0..).zip(&set.columns) {
        let shown: Vec<Level> = match column {
            Column::Level(i) => {
                set.rules.scale_of(i).iter().flat_map(|scale| &scale.levels).map(|range| range.level).collect()
            }
            Column::Overall | Column::Lowest(_) => set.levels(),
            Column::Errors => {
                let above = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::GreaterThan(0))
                    .set_format(&page.look.tint.error);
                page.ws.add_conditional_format(from, col, to, col, &above)?;
                continue;
            }
            _ => continue,
        };
        for level in shown {
            let place = levels.iter().position(|one| *one == level).unwrap_or(usize::from(level.0.saturating_sub(1)));
            let is = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(i32::from(level.0)))
                .set_format(of_level(place, levels.len()));
            page.ws.add_conditional_format(from, col, to, col, &is)?;
        }
    }
    Ok(())
}
