//! `Tổng quan`: the headline figures, who is still missing, charts, and counts by set, managing unit and kind of school and
//! mean shares by criterion, which the charts show.

mod charts;

use rust_xlsxwriter::XlsxError;

use super::{Written, returns, set_up, title};
use crate::codes::Level;
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::outcome::Status;
use crate::points::Points;
use crate::report::Page;
use crate::report::formula::{count_where, is_plain, quoted};
use crate::report::plan::{Column, OFFICE_COUNTED, OFFICE_LEVEL, OfficePlan, Plan, Sheet};
use crate::report::words;
use crate::views::figures::{self, Counts};
use crate::views::sums::Sums;
use crate::views::words::late;
use crate::writers::xlsx;

/// The headline figures.
const STRIP: u32 = 3;
const CHARTS_ROW: u32 = STRIP + 6;
/// Width of the columns of numbers.
const OTHERS: f64 = 10.5;
/// The column that holds names of sets too, and its width.
const SHORT: usize = 5;
const NAMES: f64 = 20.0;
const DRAFT: &str = "dự thảo";
const OFFICIAL: &str = "chính thức";
/// Lines of text below the figures under which a band of charts stands on the same page.
const MOST_ABOVE_CHARTS: u32 = 8;
/// Schools that are named.
const NAMED: usize = 15;
/// Rows that a band of two charts takes.
const BAND: u32 = 15;
/// Lines of tables that stand on a printed page.
const LINES_OF_PAGE: u32 = 34;
/// Charts of mean shares beyond these say no more.
const MOST_SETS: usize = 6;

/// The columns of the table of means that its chart shows beside the shares.
const CODE: u32 = 6;
const THRESHOLDS: u32 = CODE + 1;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let mut overview = Overview::new(plan, page);
    overview.write()
}

/// Which schools a row of a table of counts counts.
#[derive(Clone, Copy)]
enum Scope {
    /// Those of one set, by its place in the plan.
    Set(usize),
    /// Those whose name stands in this column of the sets' sheets.
    Named(Column),
}

struct Overview<'p, 'w, 's> {
    plan: &'p Plan<'p>,
    page: &'w mut Page<'s>,
    row: u32,
    /// Lines of the tables so far.
    lines: u32,
    levels: Vec<Level>,
}

impl<'p, 'w, 's> Overview<'p, 'w, 's> {
    fn new(plan: &'p Plan<'p>, page: &'w mut Page<'s>) -> Overview<'p, 'w, 's> {
        let levels = figures::levels(plan.outcome);
        let charts = 3 + plan.sets.len().min(MOST_SETS) as u32;
        Overview { plan, page, row: CHARTS_ROW + charts.div_ceil(2) * BAND, lines: 0, levels }
    }

    fn write(&mut self) -> Written {
        self.page.widths([44.0])?;
        self.page.widths((1..7 + self.levels.len().max(3)).map(|col| if col == SHORT { NAMES } else { OTHERS }))?;
        let tables = self.row;
        title(self.plan, Sheet::Overview, self.page, &[])?;
        let outcome = self.plan.outcome;
        let by_set = figures::by_set(outcome);
        let names = self.plan.tabs.iter().filter(|tab| matches!(tab.sheet, Sheet::Set(_)));
        let sets =
            names.zip(by_set).enumerate().map(|(i, (tab, (_, counts)))| (tab.name.clone(), Scope::Set(i), counts));
        let by_set = self.counts("Theo bộ chỉ số", "Bộ chỉ số", sets.collect())?;
        let named_lines = self.strip(by_set.0 + by_set.1 + 1)?;
        let named = |scope: Scope| move |(name, counts): (String, Counts)| (name, scope, counts);
        let kinds = figures::by_kind(outcome).into_iter().map(named(Scope::Named(Column::Kinds)));
        let by_kind = self.counts("Theo cấp học", "Cấp học", kinds.collect())?;
        let (units_row, units_lines) = (self.row, self.lines);
        let units = figures::by_unit(outcome).into_iter().map(named(Scope::Named(Column::Unit)));
        let by_unit = self.counts("Theo đơn vị quản lý", "Đơn vị quản lý", units.collect())?;
        let shares_row = self.row;
        let shares = self.shares()?;
        self.charts(by_set, by_kind, by_unit, &shares)?;
        // The figures with a band of charts if it fits below them, pages of two bands, then the tables; those by unit and by
        // criterion on one page if they fit.
        let first = if named_lines <= MOST_ABOVE_CHARTS { CHARTS_ROW + BAND } else { CHARTS_ROW };
        let charts = (first..tables).step_by(2 * BAND as usize).chain([tables]);
        let apart = (self.lines - units_lines > LINES_OF_PAGE).then_some(shares_row);
        let breaks: Vec<u32> = charts.chain([units_row]).chain(apart).collect();
        self.page.ws.set_page_breaks(&breaks)?;
        let last = CellRef::new(self.row, 6 + self.levels.len().max(3) as u32);
        set_up(self.page, last, None, 0)
    }

    /// A table of counts; returns its header row and its number of rows.
    fn counts(
        &mut self,
        section: &str,
        head: &str,
        rows: Vec<(String, Scope, Counts)>,
    ) -> Result<(u32, u32), XlsxError> {
        let look = self.page.look;
        self.page.line(CellRef::new(self.row, 0), section, &look.section)?;
        self.row += 1;
        let head_row = self.row;
        let mut heads = vec![head, "Phải nộp", "Đã nhận", "Đã nộp, phải sửa", "Chưa nộp", "Nộp trễ", "Tỉ lệ đã nhận"];
        let levels: Vec<String> = self.levels.iter().map(|level| format!("Mức {level}")).collect();
        heads.extend(levels.iter().map(String::as_str));
        self.page.ws.set_row_height(head_row, 32)?;
        self.page.heads(CellRef::new(head_row, 0), &heads)?;
        for (name, scope, counts) in &rows {
            self.row += 1;
            self.count_line(name, *scope, counts)?;
            self.lines += self.page.lines_here();
        }
        self.row += 1;
        self.sum_line(head_row, &figures::all(self.plan.outcome))?;
        self.row += 2;
        // Section, header, sums and the space below.
        self.lines += 5;
        Ok((head_row, rows.len() as u32))
    }

    /// `Cộng`: the rows above together.
    fn sum_line(&mut self, head: u32, all: &Counts) -> Written {
        let look = self.page.look;
        let row = self.row;
        let at = |col: u32| CellRef::new(row, col);
        self.page.text(at(0), "Cộng", &look.text_bold)?;
        let sum = |col: u32| match row - head {
            1 => "0".to_owned(),
            _ => format!("SUM({}:{})", CellRef::new(head + 1, col), CellRef::new(row - 1, col)),
        };
        let counts = [all.owed, all.accepted, all.not_valid, all.missing, all.late];
        for (col, count) in (1..).zip(counts) {
            self.page.formula(at(col), &sum(col), count, &look.int_bold)?;
        }
        self.page.formula(at(6), &format!("IF({o}=0,0,{a}/{o})", o = at(1), a = at(2)), all.share(), &look.share)?;
        for (col, level) in (7..).zip(&self.levels) {
            self.page.formula(at(col), &sum(col), all.at(*level), &look.int_bold)?;
        }
        Ok(())
    }

    /// The headline figures, each from the table or sheet that holds it; why the office stands where it does; whom to ask.
    /// `sums` is the row of sums of the returns. Gives the number of lines of the texts.
    fn strip(&mut self, sums: u32) -> Result<u32, XlsxError> {
        let (plan, look) = (self.plan, self.page.look);
        let outcome = plan.outcome;
        let last = 6 + self.levels.len().max(3) as u32;
        let heads = [
            "Số liệu chính",
            "Trường",
            "Phiếu phải nộp",
            "Được tính",
            "Đã nộp, phải sửa",
            "Chưa nộp",
            "Nộp trễ",
            "Điểm cơ quan",
            "Mức cơ quan",
            "Tình trạng",
        ];
        self.page.ws.set_row_height(STRIP, 32)?;
        self.page.heads(CellRef::new(STRIP, 0), &heads)?;
        let row = STRIP + 1;
        let at = |col: u32| CellRef::new(row, col);
        self.page.text(at(0), "Toàn cơ quan", &look.text_bold)?;
        // Returns of a school stand one below the other.
        let codes = |above: u32| {
            let (first, last) = (returns::HEAD + 1 - above, returns::HEAD + outcome.expected.len() as u32 - above);
            format!("{}:{}", plan.tab(Sheet::Returns).cell(CellRef::new(first, 0)), CellRef::new(last, 0))
        };
        let counted = match outcome.expected.is_empty() {
            true => "0".to_owned(),
            false => format!("SUMPRODUCT(({}<>{})*1)", codes(0), codes(1)),
        };
        self.page.formula(at(1), &counted, figures::schools(outcome), &look.int_bold)?;
        let all = figures::all(outcome);
        for (col, count) in (1..).zip([all.owed, all.accepted, all.not_valid, all.missing, all.late]) {
            self.page.formula(at(col + 1), &CellRef::new(sums, col).to_string(), count, &look.int_bold)?;
        }
        let own = plan.office.as_ref().filter(|office| !office.is_open(None));
        let cell =
            |office: &OfficePlan<'_>, col: u32| plan.tab(Sheet::Office).cell(CellRef::new(office.total_row(), col));
        match own {
            Some(office) => {
                let points = format!("ROUND({},2)", cell(office, OFFICE_COUNTED));
                self.page.formula(at(7), &points, office.result.scored.total, &look.points_bold)?;
            }
            None => self.page.blank(at(7), &look.points_bold)?,
        }
        match own.and_then(|office| Some((office, office.result.scored.level?))) {
            Some((office, level)) => {
                self.page.formula(at(8), &cell(office, OFFICE_LEVEL), u32::from(level.0), &look.level_bold)?;
            }
            None => self.page.text(at(8), "chưa xếp mức", &look.mid_bold)?,
        }
        match plan.is_uneven() {
            true => self.page.text(at(9), DRAFT, &look.mid_bold)?,
            false => {
                let open: u32 = words::OPEN_BASES.iter().map(|basis| plan.figures_on(*basis)).sum();
                let counts = words::OPEN_BASES.map(|basis| plan.figures_count(words::basis(basis)));
                let [draft, official] = [DRAFT, OFFICIAL].map(quoted);
                let text = format!("IF({}>0,{draft},{official})", counts.join("+"));
                self.page.formula(at(9), &text, if open > 0 { DRAFT } else { OFFICIAL }, &look.mid_bold)?;
            }
        }
        let named = |status: Status| -> String {
            let schools = figures::schools_with(outcome, status);
            let names: Vec<&str> = schools.iter().take(NAMED).map(|school| school.name.as_str()).collect();
            match schools.len().saturating_sub(NAMED) {
                0 if names.is_empty() => "không có".to_owned(),
                0 => format!("{}.", names.join(", ")),
                more => {
                    let sheet = &plan.tab(Sheet::Returns).name;
                    format!("{} và {more} trường khác, xem {sheet}.", names.join(", "))
                }
            }
        };
        let lines = [
            ("Cơ quan", figures::standing(outcome).unwrap_or_default()),
            ("Chưa nộp", named(Status::Missing)),
            ("Đã nộp, phải sửa", named(Status::NotValid)),
        ];
        let mut all_lines = 0;
        for (row, (label, text)) in (row + 1..).zip(&lines) {
            let wide = f64::from(last) * OTHERS * 0.82;
            let lines = xlsx::lines(text, wide, false);
            all_lines += lines;
            self.page.grow_to(row, lines)?;
            self.page.text(CellRef::new(row, 0), label, &look.text_bold)?;
            self.page.across(CellRef::new(row, 1), last, text, &look.text)?;
        }
        Ok(all_lines)
    }

    fn count_line(&mut self, name: &str, scope: Scope, counts: &Counts) -> Written {
        let look = self.page.look;
        let row = self.row;
        let at = |col: u32| CellRef::new(row, col);
        self.page.text(at(0), name, &look.text)?;
        let mut cells = vec![(1, None, counts.owed)];
        for (col, status) in (2..).zip([Status::Accepted, Status::NotValid, Status::Missing]) {
            cells.push((col, Some((Column::Status, quoted(status.label(Lang::Vi)))), counts.with(status)));
        }
        cells.push((5, Some((Column::Late, quoted(late(Some(true))))), counts.late));
        // The share stands between the counts of returns and those of levels.
        for (col, level) in (7..).zip(&self.levels) {
            cells.push((col, Some((Column::Overall, level.to_string())), counts.at(*level)));
        }
        for (col, test, value) in cells {
            let text = self.formula(name, scope, row, test.as_ref());
            self.page.formula(at(col), &text, value, &look.int)?;
        }
        let share = format!("IF({o}=0,0,{a}/{o})", o = at(1), a = at(2));
        self.page.formula(at(6), &share, counts.share(), &look.share)
    }

    /// The count as a formula: over one set's sheet, or over all of them where their column holds the name.
    fn formula(&self, of: &str, scope: Scope, row: u32, test: Option<&(Column, String)>) -> String {
        let is_here = |i: &usize| !matches!(scope, Scope::Set(set) if set != *i);
        let name = CellRef::new(row, 0).to_string();
        let part = |i: usize| -> Option<String> {
            let mut tests = Vec::new();
            if let Scope::Named(by) = scope {
                tests.push((self.plan.set_rows(i, by)?, name.clone()));
            }
            if let Some((column, text)) = test {
                tests.push((self.plan.set_rows(i, *column)?, text.clone()));
            }
            if tests.is_empty() {
                return Some(format!("ROWS({})", self.plan.set_rows(i, Column::Code)?));
            }
            Some(count_where(&tests, matches!(scope, Scope::Set(_)) || is_plain(of)))
        };
        let parts: Vec<String> = (0..self.plan.sets.len()).filter(is_here).filter_map(part).collect();
        if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
    }

    /// Mean share by group and criterion, set by set; returns first and last row of each set.
    fn shares(&mut self) -> Result<Vec<(u32, u32)>, XlsxError> {
        let look = self.page.look;
        self.page.text(
            CellRef::new(self.row, 0),
            "Điểm trung bình theo nhóm, tiêu chí (các phiếu được tính)",
            &look.section,
        )?;
        self.row += 1;
        self.page.ws.set_row_height(self.row, 32)?;
        let heads = ["Nhóm, tiêu chí", "Điểm tối đa", "Trung bình", "Tỉ lệ", "Nhận xét", "Bộ chỉ số", "Mã"];
        let thresholds: Vec<String> = self.levels.iter().skip(1).map(|level| format!("Ngưỡng mức {level}")).collect();
        let heads: Vec<&str> = heads.into_iter().chain(thresholds.iter().map(String::as_str)).collect();
        self.page.heads(CellRef::new(self.row, 0), &heads)?;
        let mut ranges = Vec::new();
        for i in 0..self.plan.sets.len() {
            let first = self.row + 1;
            self.shares_of(i)?;
            ranges.push((first, self.row));
        }
        Ok(ranges)
    }

    fn shares_of(&mut self, i: usize) -> Written {
        let look = self.page.look;
        let plan = self.plan;
        let set = &plan.sets[i];
        let tab = plan.tab(Sheet::Set(i));
        let mut nodes: Vec<usize> = set
            .columns
            .iter()
            .filter_map(|column| if let Column::Points(node) = column { Some(*node) } else { None })
            .filter(|&node| set.rules.nodes[node].max.is_some_and(|max| max > Points::ZERO))
            .collect();
        nodes.sort_unstable();
        let sums = Sums::of(plan.outcome, set.rules);
        let below_groups: Vec<usize> =
            nodes.iter().copied().filter(|&node| set.rules.nodes[node].parent.is_some()).collect();
        for &node in &nodes {
            self.row += 1;
            let row = self.row;
            let at = |col: u32| CellRef::new(row, col);
            let of = &set.rules.nodes[node];
            let text = if of.parent.is_none() { &look.text_bold } else { &look.text };
            self.page.text(at(0), &format!("{} {}", of.code, of.title), text)?;
            self.page.points(at(1), of.max.unwrap_or_default(), &look.points)?;
            // The mean stands on the set's sheet, two rows below the last school; without schools there is none.
            let from = set.rows().and_then(|_| set.column(Column::Points(node)));
            let from = from.map_or_else(|| "0".to_owned(), |col| tab.cell(CellRef::new(set.below() + 1, col)));
            self.page.formula(at(2), &from, sums.mean(node), &look.fixed)?;
            self.page.formula(at(3), &format!("{}/{}", at(2), at(1)), sums.share(node), &look.share)?;
            match sums.extreme(node, &below_groups) {
                Some(remark) => self.page.text(at(4), remark, &look.mid)?,
                None => self.page.blank(at(4), &look.mid)?,
            }
            self.page.text(at(SHORT as u32), &set.rules.short, &look.mid)?;
            self.page.text(at(CODE), &of.code.to_string(), &look.mid)?;
            for (col, level) in (THRESHOLDS..).zip(self.levels.iter().skip(1)) {
                match set.rules.share_at(node, *level) {
                    Some(share) => self.page.number(at(col), share, &look.share)?,
                    None => self.page.blank(at(col), &look.share)?,
                }
            }
            self.lines += self.page.lines_here();
        }
        Ok(())
    }
}
