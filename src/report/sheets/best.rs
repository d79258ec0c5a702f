//! `Điển hình`: the items where schools are weakest, those that gained most since last year, and the best schools of
//! each group and criterion.

use rust_xlsxwriter::XlsxError;

use super::{Written, set_up, title};
use crate::grid::CellRef;
use crate::outcome::Scored;
use crate::outcome::{LastYear, LastYearReturn};
use crate::points::Points;
use crate::report::Page;
use crate::report::formula::quoted;
use crate::report::plan::{Column, DETAIL_HEAD, DETAIL_NODES, Plan, ReturnPlan, SetPlan, Sheet};
use crate::rules::NodeKind;

/// The header row of the first table.
const HEAD: u32 = 6;
const COLUMNS: [&str; 10] = [
    "Bộ chỉ số",
    "Mã",
    "Nhóm, tiêu chí",
    "Hạng",
    "Mã trường",
    "Tên trường",
    "Điểm",
    "Điểm tối đa",
    "Tỉ lệ",
    "Dựa trên",
];
/// Best schools of a criterion.
const BEST: usize = 3;
/// Schools of a set that gained most.
const GAINS: usize = 5;
/// Weakest items of a set.
const WEAKEST: usize = 8;

/// A school that does well at a node.
struct Line<'a> {
    set: usize,
    node: usize,
    expected: &'a ReturnPlan<'a>,
    scored: &'a Scored,
}

/// A school that has more points than last year, on the same set.
struct Gain<'a> {
    set: usize,
    expected: &'a ReturnPlan<'a>,
    scored: &'a Scored,
    last: &'a LastYearReturn,
    then: Points,
}

impl Gain<'_> {
    fn points(&self) -> Points {
        self.scored.total - self.then
    }
}

/// An item where schools are weak.
struct Weak {
    set: usize,
    node: usize,
    sum: Points,
    schools: usize,
}

impl Weak {
    fn share(&self, plan: &Plan<'_>) -> f64 {
        let max = plan.sets[self.set].rules.nodes[self.node].max.unwrap_or_default();
        self.sum.to_f64() / self.schools as f64 / max.to_f64()
    }
}

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    page.widths([17.0, 8.0, 50.0, 7.0, 11.5, 30.0, 8.0, 9.0, 9.0, 15.0])?;
    let remarks = [
        format!("Tối đa {BEST} trường mỗi nhóm, tiêu chí; cùng điểm thì cùng hạng, xếp theo danh sách trường."),
        "“thẩm định”: điểm có phần do cơ quan thẩm định; “tự đánh giá”: chưa thẩm định.".to_owned(),
    ];
    title(plan, Sheet::Best, page, &remarks)?;
    // The long table last: its header is repeated on the pages that follow, and no other table stands on these.
    let mut below = weakest(plan, HEAD, page)? + 3;
    if let Some(last_year) = &plan.outcome.last_year {
        below = gains(plan, last_year, below, page)? + 3;
    }
    let head = below;
    let lines: Vec<Line<'_>> = (0..plan.sets.len()).flat_map(|set| best(plan, set)).collect();
    page.line(CellRef::new(head - 1, 0), "Trường có điểm cao nhất ở từng nhóm, tiêu chí", &look.section)?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("dien_hinh", CellRef::new(head, 0), &headers, lines.len() as u32)?;
    for (row, line) in (head + 1..).zip(&lines) {
        write_line(plan, line, row, page)?;
    }
    if lines.is_empty() {
        page.text(CellRef::new(head + 1, 0), "(chưa có phiếu nào được tính)", &look.text)?;
    }
    let last = head + lines.len().max(1) as u32;
    set_up(page, CellRef::new(last, COLUMNS.len() as u32 - 1), None, 0)?;
    page.ws.set_repeat_rows(head, head)?;
    Ok(())
}

fn best<'a>(plan: &'a Plan<'_>, index: usize) -> Vec<Line<'a>> {
    let set = &plan.sets[index];
    let mut lines = Vec::new();
    for &column in &set.columns {
        let Column::Points(node) = column else { continue };
        let points = |line: &Line<'_>| line.scored.nodes.get(node).map_or(Points::ZERO, |score| score.counted);
        let scored = set
            .expected
            .iter()
            .filter_map(|expected| Some(Line { set: index, node, expected, scored: expected.scored?.0 }));
        let mut ranked: Vec<Line<'_>> = scored.filter(|line| points(line) > Points::ZERO).collect();
        ranked.sort_by_key(|line| std::cmp::Reverse(points(line)));
        ranked.truncate(BEST);
        lines.extend(ranked);
    }
    lines
}

fn write_line(plan: &Plan<'_>, line: &Line<'_>, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let set = &plan.sets[line.set];
    let node = &set.rules.nodes[line.node];
    let score = &line.scored.nodes[line.node];
    let school = plan.outcome.school_of(line.expected.expected);
    let at = |col: u32| CellRef::new(row, col);
    let is_group = node.parent.is_none();
    let text = if is_group { &look.text_bold } else { &look.text };
    page.text(at(0), &set.rules.short, text)?;
    page.text(at(1), &node.code.to_string(), text)?;
    page.text(at(2), &node.title, text)?;
    let column = Column::Points(line.node);
    let cell = set.column(column).map(|col| plan.tab(Sheet::Set(line.set)).cell(CellRef::new(line.expected.row, col)));
    let (Some(cell), Some(rows)) = (cell, plan.set_rows(line.set, column)) else { return Ok(()) };
    let points = |scored: &Scored| scored.nodes.get(line.node).map_or(Points::ZERO, |score| score.counted);
    let ahead = set
        .expected
        .iter()
        .filter_map(|expected| Some(expected.scored?.0))
        .filter(|other| points(other) > score.counted);
    page.formula(at(3), &format!("RANK({},{rows})", at(6)), ahead.count() + 1, &look.points)?;
    page.text(at(4), &school.code.0, &look.mid)?;
    page.text(at(5), &school.name, text)?;
    page.formula(at(6), &cell, score.counted, &look.points)?;
    let max = node.max.unwrap_or_default();
    page.points(at(7), max, &look.points)?;
    let share = if max == Points::ZERO { 0.0 } else { score.counted.to_f64() / max.to_f64() };
    page.formula(at(8), &format!("IF({m}=0,0,{p}/{m})", m = at(7), p = at(6)), share, &look.share)?;
    page.text(at(9), if score.verified.is_some() { "thẩm định" } else { "tự đánh giá" }, &look.mid)
}

/// The schools that gained most since last year, set by set; returns the last row.
fn gains(plan: &Plan<'_>, last_year: &LastYear, head: u32, page: &mut Page<'_>) -> Result<u32, XlsxError> {
    let look = page.look;
    let LastYear { year, run, seal, .. } = last_year;
    let seal = seal.as_ref().map(|seal| format!(" {seal}.")).unwrap_or_default();
    let title = format!("Tăng điểm nhiều nhất so với năm trước (năm học {year}, lần chạy {run}).{seal}");
    page.line(CellRef::new(head - 1, 0), &title, &look.section)?;
    page.heads(
        CellRef::new(head, 0),
        &[
            "Bộ chỉ số",
            "Mức nay",
            "Tên trường",
            "Thứ tự",
            "Mã trường",
            "Mức năm trước",
            "Điểm trước",
            "Điểm nay",
            "Tăng",
            "Dựa trên",
        ],
    )?;
    let mut row = head;
    for index in 0..plan.sets.len() {
        for (order, gain) in (1_u32..).zip(most_gained(plan, last_year, index)) {
            row += 1;
            gain_line(plan, &gain, order, row, page)?;
        }
    }
    if row == head {
        row += 1;
        page.text(CellRef::new(row, 0), "(chưa có trường nào tăng điểm trên cùng bộ chỉ số)", &look.text)?;
    }
    Ok(row)
}

/// Points of another set do not compare.
fn most_gained<'a>(plan: &'a Plan<'_>, last_year: &'a LastYear, index: usize) -> Vec<Gain<'a>> {
    let set = &plan.sets[index];
    let all =
        plan.outcome.expected.iter().zip(&last_year.expected).filter(|(expected, _)| expected.set == set.rules.id);
    let mut gains = Vec::new();
    for (expected, (_, last)) in set.expected.iter().zip(all) {
        let Some(((scored, _), last)) = expected.scored.zip(last.as_ref()) else { continue };
        if let Some(then) = last.points.filter(|then| last.set == set.rules.id && *then < scored.total) {
            gains.push(Gain { set: index, expected, scored, last, then });
        }
    }
    gains.sort_by_key(|gain| std::cmp::Reverse(gain.points()));
    gains.truncate(GAINS);
    gains
}

fn gain_line(plan: &Plan<'_>, gain: &Gain<'_>, order: u32, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let set = &plan.sets[gain.set];
    let school = plan.outcome.school_of(gain.expected.expected);
    let at = |col: u32| CellRef::new(row, col);
    let cell = |column: Column| {
        let col = set.column(column)?;
        Some(plan.tab(Sheet::Set(gain.set)).cell(CellRef::new(gain.expected.row, col)))
    };
    page.text(at(0), &set.rules.short, &look.text)?;
    match cell(Column::Overall).zip(gain.scored.level) {
        Some((cell, level)) => page.formula(at(1), &cell, f64::from(level.0), &look.level)?,
        None => page.blank(at(1), &look.level)?,
    }
    page.text(at(2), &school.name, &look.text)?;
    page.count(at(3), order, &look.points)?;
    page.text(at(4), &school.code.0, &look.mid)?;
    let level = gain.last.level.map(|level| format!("Mức {level}")).unwrap_or_default();
    let renamed = if gain.last.school == school.code { String::new() } else { format!(" (mã {})", gain.last.school) };
    page.text(at(5), &format!("{level}{renamed}"), &look.text)?;
    page.points(at(6), gain.then, &look.points)?;
    match cell(Column::Total) {
        Some(cell) => page.formula(at(7), &cell, gain.scored.total, &look.points)?,
        None => page.points(at(7), gain.scored.total, &look.points)?,
    }
    page.formula(at(8), &format!("ROUND({}-{},2)", at(7), at(6)), gain.points(), &look.points_bold)?;
    let verified = gain.scored.nodes.iter().any(|node| node.verified.is_some());
    page.text(at(9), if verified { "thẩm định" } else { "tự đánh giá" }, &look.mid)
}

/// The items with the lowest mean share, set by set; returns the last row.
fn weakest(plan: &Plan<'_>, head: u32, page: &mut Page<'_>) -> Result<u32, XlsxError> {
    let look = page.look;
    page.line(CellRef::new(head - 1, 0), "Nội dung còn yếu nhất (tỉ lệ điểm trung bình thấp nhất)", &look.section)?;
    page.heads(
        CellRef::new(head, 0),
        &["Bộ chỉ số", "Mã", "Nội dung", "Thứ tự", "Số phiếu", "Tiêu chí", "Trung bình", "Điểm tối đa", "Tỉ lệ"],
    )?;
    let mut row = head;
    for index in 0..plan.sets.len() {
        for (order, weak) in (1_u32..).zip(weak_items(plan, index)) {
            row += 1;
            weak_line(plan, &weak, order, row, page)?;
        }
    }
    Ok(row)
}

fn weak_items(plan: &Plan<'_>, index: usize) -> Vec<Weak> {
    let set = &plan.sets[index];
    let schools = set.returned() as usize;
    if schools == 0 {
        return Vec::new();
    }
    let leaves = set.rules.nodes.iter().enumerate().filter(|(_, node)| {
        node.is_leaf() && node.kind != NodeKind::Mandatory && node.max.is_some_and(|max| max > Points::ZERO)
    });
    let mut weak: Vec<Weak> = leaves
        .map(|(node, _)| {
            let counted = set.expected.iter().filter_map(|expected| Some(expected.scored?.0.nodes.get(node)?.counted));
            Weak { set: index, node, sum: counted.sum(), schools }
        })
        .collect();
    weak.sort_by(|a, b| a.share(plan).total_cmp(&b.share(plan)));
    weak.truncate(WEAKEST);
    weak
}

fn weak_line(plan: &Plan<'_>, weak: &Weak, order: u32, row: u32, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let set: &SetPlan<'_> = &plan.sets[weak.set];
    let node = &set.rules.nodes[weak.node];
    let at = |col: u32| CellRef::new(row, col);
    let criterion = node.parent.map(|parent| &set.rules.nodes[parent]);
    page.text(at(0), &set.rules.short, &look.text)?;
    page.text(at(1), &node.code.to_string(), &look.text)?;
    page.text(at(2), &node.title, &look.text)?;
    page.count(at(3), order, &look.points)?;
    let detail = plan.tab(Sheet::Detail(weak.set));
    let rows = |col: u32| detail.rows(col, DETAIL_HEAD + 1, set.last_detail_row());
    let counted = quoted("Được tính");
    page.formula(at(4), &format!("COUNTIF({},{counted})", rows(2)), weak.schools, &look.points)?;
    page.text(at(5), &criterion.map(|node| format!("{} {}", node.code, node.title)).unwrap_or_default(), &look.text)?;
    let mean = weak.sum.to_f64() / weak.schools as f64;
    let sum = format!("SUMIF({},{counted},{})", rows(2), rows(DETAIL_NODES + weak.node as u32));
    page.formula(at(6), &format!("{sum}/{}", at(4)), mean, &look.fixed)?;
    page.points(at(7), node.max.unwrap_or_default(), &look.points)?;
    page.formula(at(8), &format!("{}/{}", at(6), at(7)), weak.share(plan), &look.share)
}
