//! `Tổng quan`: counts by set, managing unit and kind of school, mean shares by criterion, and charts of them.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color,
    XlsxError,
};

use super::{Written, set_up, title};
use crate::codes::Level;
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::outcome::Status;
use crate::points::Points;
use crate::report::Page;
use crate::report::formula::{count_where, is_plain, quoted};
use crate::report::plan::{Column, Plan, Sheet};
use crate::views::figures::{self, Counts};
use crate::views::words::late;

const CHARTS_ROW: u32 = 3;
/// Rows that a band of two charts takes.
const BAND: u32 = 15;
/// Rows of tables that stand on a printed page, some of them of two lines.
const ROWS_OF_PAGE: u32 = 32;
/// Charts of mean shares beyond these say no more.
const MOST_SETS: usize = 6;
/// Bars of a chart beyond these cannot be read.
const MOST_BARS: u32 = 30;

/// From dark to light, far enough apart in grey.
const SHADES: [u32; 9] =
    [0x1F_3A_5F, 0x5B_8D_B8, 0xC9_DD_EE, 0x7A_4E_1D, 0xC6_8B_3C, 0xF0_D9_A8, 0x2F_5D_3A, 0x7F_B0_85, 0xD5_E8_D4];

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
    levels: Vec<Level>,
}

impl<'p, 'w, 's> Overview<'p, 'w, 's> {
    fn new(plan: &'p Plan<'p>, page: &'w mut Page<'s>) -> Overview<'p, 'w, 's> {
        let levels = figures::levels(plan.outcome);
        let charts = 3 + plan.sets.len().min(MOST_SETS) as u32;
        Overview { plan, page, row: CHARTS_ROW + charts.div_ceil(2) * BAND, levels }
    }

    fn write(&mut self) -> Written {
        self.page.widths([44.0])?;
        self.page.widths((0..6 + self.levels.len().max(3)).map(|_| 10.5))?;
        let tables = self.row;
        title(self.plan, Sheet::Overview, self.page, &[])?;
        let outcome = self.plan.outcome;
        let by_set = figures::by_set(outcome);
        let names = self.plan.tabs.iter().filter(|tab| matches!(tab.sheet, Sheet::Set(_)));
        let sets =
            names.zip(by_set).enumerate().map(|(i, (tab, (_, counts)))| (tab.name.clone(), Scope::Set(i), counts));
        let by_set = self.counts("Theo bộ chỉ số", "Bộ chỉ số", sets.collect())?;
        let named = |scope: Scope| move |(name, counts): (String, Counts)| (name, scope, counts);
        let kinds = figures::by_kind(outcome).into_iter().map(named(Scope::Named(Column::Kinds)));
        let by_kind = self.counts("Theo cấp học", "Cấp học", kinds.collect())?;
        let units_row = self.row;
        let units = figures::by_unit(outcome).into_iter().map(named(Scope::Named(Column::Unit)));
        let by_unit = self.counts("Theo đơn vị quản lý", "Đơn vị quản lý", units.collect())?;
        let shares_row = self.row;
        let shares = self.shares()?;
        self.charts(by_set, by_kind, by_unit, &shares)?;
        // Pages of two bands of charts, then the tables; those by unit and by criterion on one page if they fit.
        let charts = (CHARTS_ROW + 2 * BAND..=tables).step_by(2 * BAND as usize);
        let apart = (self.row - units_row > ROWS_OF_PAGE).then_some(shares_row);
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
        }
        self.row += 2;
        Ok((head_row, rows.len() as u32))
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
        let heads = ["Nhóm, tiêu chí", "Điểm tối đa", "Trung bình", "Tỉ lệ", "Nhận xét", "Bộ chỉ số"];
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
        let scored: Vec<_> = set.expected.iter().filter_map(|expected| Some(expected.scored?.0)).collect();
        let mean = |node: usize| {
            let sum: Points = scored.iter().filter_map(|scored| Some(scored.nodes.get(node)?.counted)).sum();
            if scored.is_empty() { 0.0 } else { sum.to_f64() / scored.len() as f64 }
        };
        let share = |node: usize| mean(node) / set.rules.nodes[node].max.unwrap_or_default().to_f64();
        let below_groups: Vec<f64> =
            nodes.iter().filter(|&&node| set.rules.nodes[node].parent.is_some()).map(|&node| share(node)).collect();
        let best = below_groups.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weakest = below_groups.iter().copied().fold(f64::INFINITY, f64::min);
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
            self.page.formula(at(2), &from, mean(node), &look.fixed)?;
            self.page.formula(at(3), &format!("{}/{}", at(2), at(1)), share(node), &look.share)?;
            if of.parent.is_some() && !scored.is_empty() && below_groups.len() > 1 {
                let remark = if share(node) == best {
                    "cao nhất"
                } else if share(node) == weakest {
                    "thấp nhất"
                } else {
                    ""
                };
                self.page.text(at(4), remark, &look.mid)?;
            } else {
                self.page.blank(at(4), &look.mid)?;
            }
            self.page.line(at(5), &tab.name, &look.small)?;
        }
        Ok(())
    }

    fn charts(
        &mut self,
        by_set: (u32, u32),
        by_kind: (u32, u32),
        by_unit: (u32, u32),
        shares: &[(u32, u32)],
    ) -> Written {
        let mut place = 0;
        let last_level = 6 + self.levels.len() as u16;
        for ((head, rows), what, from, to, alt) in [
            (by_kind, "Mức độ theo cấp học (số trường)", 7, last_level, "Số trường ở từng mức độ, theo cấp học"),
            (
                by_set,
                "Tình hình nộp phiếu theo bộ chỉ số",
                2,
                4,
                "Số phiếu đã nhận, phải sửa, chưa nộp, theo bộ chỉ số",
            ),
            (
                by_unit,
                "Tình hình nộp phiếu theo đơn vị",
                2,
                4,
                "Số phiếu đã nhận, phải sửa, chưa nộp, theo đơn vị quản lý",
            ),
        ] {
            if rows > 0 && from <= to {
                let chart = self.stacked(head, rows.min(MOST_BARS), (from, to), what, alt);
                self.insert(place, &chart)?;
                place += 1;
            }
        }
        for (i, &(first, last)) in shares.iter().enumerate().take(MOST_SETS) {
            if last >= first {
                let chart = self.bars(i, first, last.min(first + MOST_BARS - 1));
                self.insert(place, &chart)?;
                place += 1;
            }
        }
        Ok(())
    }

    fn insert(&mut self, place: u32, chart: &Chart) -> Written {
        let row = CHARTS_ROW + place / 2 * BAND;
        let left = place.is_multiple_of(2);
        self.page.ws.insert_chart_with_offset(row, if left { 0 } else { 3 }, chart, if left { 0 } else { 45 }, 0)?;
        Ok(())
    }

    fn frame(&self, kind: ChartType, title: &str, alt: &str) -> Chart {
        let mut chart = Chart::new(kind);
        chart.title().set_name(title).set_font(font(11).set_bold());
        chart.set_width(495).set_height(288).set_alt_text(alt);
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9));
        // The first row on top; the numbers stand on the bars.
        chart.y_axis().set_font(&font(9)).set_reverse();
        chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
        chart
    }

    /// Bars of counts, one above the other; the numbers stand on them.
    fn stacked(&self, head: u32, rows: u32, (from, to): (u16, u16), title: &str, alt: &str) -> Chart {
        let name = self.plan.tab(Sheet::Overview).name.as_str();
        let mut chart = self.frame(ChartType::BarStacked, title, alt);
        let many = usize::from(to - from) + 1;
        for (n, col) in (from..=to).enumerate() {
            let shade = SHADES[(n * 3 / many.max(3) + n) % SHADES.len()];
            let shade = if many <= 3 { SHADES[n] } else { shade };
            let mut label = ChartDataLabel::new();
            label.show_value().set_num_format("0;;").set_font(font(9).set_color(ink(shade)));
            chart
                .add_series()
                .set_name((name, head, col))
                .set_categories((name, head + 1, 0, head + rows, 0))
                .set_values((name, head + 1, col, head + rows, col))
                .set_gap(60)
                .set_data_label(&label)
                .set_format(&mut fill(shade));
        }
        chart
    }

    fn bars(&self, set: usize, first: u32, last: u32) -> Chart {
        let name = self.plan.tab(Sheet::Overview).name.as_str();
        let short = &self.plan.tab(Sheet::Set(set)).name;
        let title = format!("Tỉ lệ điểm trung bình: {short}");
        let alt = format!("Tỉ lệ điểm trung bình so với tối đa của từng nhóm, tiêu chí, bộ {short}");
        let mut chart = self.frame(ChartType::Bar, &title, &alt);
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format("0%").set_font(&font(9));
        chart
            .add_series()
            .set_name("Tỉ lệ điểm trung bình")
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, 3, last, 3))
            .set_gap(50)
            .set_data_label(&label)
            .set_format(&mut fill(SHADES[1]));
        chart.legend().set_hidden();
        chart.x_axis().set_max(1);
        chart
    }
}

fn font(size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Times New Roman").set_size(size);
    font
}

/// White on dark, black on light.
fn ink(shade: u32) -> Color {
    let luma = (shade >> 16 & 0xFF) * 3 + (shade >> 8 & 0xFF) * 6 + (shade & 0xFF);
    if luma < 1_280 { Color::White } else { Color::Black }
}

fn fill(shade: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format
        .set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(shade)))
        .set_border(ChartLine::new().set_color(Color::RGB(0x40_40_40)).set_width(0.5));
    format
}
