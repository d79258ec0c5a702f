//! The charts of `Tổng quan`.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartSolidFill,
    ChartType, Color,
};

use super::{BAND, CHARTS_ROW, CODE, MOST_SETS, Overview, THRESHOLDS, Written};
use crate::codes::Level;
use crate::report::look::{ink, shade};
use crate::report::plan::Sheet;

/// Bars of a chart beyond these cannot be read.
const MOST_BARS: u32 = 30;
/// Received, to be corrected, missing: a family of their own.
const STATES: [u32; 3] = [0x2F_5D_3A, 0xC6_8B_3C, 0xF0_D9_A8];
/// Means: no colour of a level, whose lines cross them.
const MEANS: u32 = 0xC9_CD_D2;

impl Overview<'_, '_, '_> {
    pub(super) fn charts(
        &mut self,
        by_set: (u32, u32),
        by_kind: (u32, u32),
        by_unit: (u32, u32),
        shares: &[(u32, u32)],
    ) -> Written {
        let mut place = 0;
        let last_level = 6 + self.levels.len() as u16;
        for ((head, rows), what, from, to, alt) in [
            (by_kind, "Mức độ theo cấp học (số phiếu)", 7, last_level, "Số phiếu ở từng mức độ, theo cấp học"),
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
                let shades: Vec<u32> = match from {
                    7 => (0..self.levels.len()).map(|i| shade(i, self.levels.len())).collect(),
                    _ => STATES.to_vec(),
                };
                let chart = self.stacked(head, rows.min(MOST_BARS), (from, to), &shades, what, alt);
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
        let (col, x) = if place.is_multiple_of(2) { (0, 0) } else { (3, 45) };
        // Below the edge of its row: where a page ends there, LibreOffice prints the frame's upper line on both.
        self.page.ws.insert_chart_with_offset(row, col, chart, x, 6)?;
        Ok(())
    }

    fn frame(&self, kind: ChartType, title: &str, alt: &str) -> Chart {
        let mut chart = Chart::new(kind);
        self.outer(&mut chart, title, alt);
        // The first row on top; the numbers stand on the bars.
        chart.y_axis().set_font(&font(9)).set_reverse();
        chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
        chart
    }

    /// Bars that show how counts share the whole; the counts stand on them.
    fn stacked(&self, head: u32, rows: u32, (from, to): (u16, u16), shades: &[u32], title: &str, alt: &str) -> Chart {
        let name = self.plan.tab(Sheet::Overview).name.as_str();
        let mut chart = self.frame(ChartType::BarPercentStacked, title, alt);
        for (col, shade) in (from..=to).zip(shades) {
            let shade = *shade;
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

    /// Columns of mean shares by code, with a line at each threshold of the levels.
    fn bars(&self, set: usize, first: u32, last: u32) -> Chart {
        let name = self.plan.tab(Sheet::Overview).name.as_str();
        let short = &self.plan.tab(Sheet::Set(set)).name;
        let title = format!("Tỉ lệ điểm trung bình: {short}");
        let alt = format!(
            "Tỉ lệ điểm trung bình so với tối đa của từng nhóm, tiêu chí, bộ {short}, với ngưỡng của từng mức độ"
        );
        let mut chart = Chart::new(ChartType::Column);
        self.outer(&mut chart, &title, &alt);
        chart.x_axis().set_font(&font(9));
        chart
            .y_axis()
            .set_font(&font(9))
            .set_min(0)
            .set_max(1)
            .set_num_format("0%")
            .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xE4_E6_E8)).set_width(0.75));
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format("0%").set_font(&font(8));
        chart
            .add_series()
            .set_name("Tỉ lệ điểm trung bình")
            .set_categories((name, first, CODE as u16, last, CODE as u16))
            .set_values((name, first, 3, last, 3))
            .set_gap(50)
            .set_data_label(&label)
            .set_format(&mut fill(MEANS));
        let has = |level: &Level| {
            let scale = self.plan.sets[set].rules.overall_scale();
            scale.is_some_and(|scale| scale.levels.iter().any(|range| range.level == *level))
        };
        let mut lines = Chart::new(ChartType::Line);
        let mut any = false;
        for (i, level) in self.levels.iter().enumerate().skip(1).filter(|(_, level)| has(level)) {
            let col = THRESHOLDS as u16 + i as u16 - 1;
            let mut line = ChartLine::new();
            line.set_color(Color::RGB(shade(i, self.levels.len())))
                .set_width(1.75)
                .set_dash_type(ChartLineDashType::Dash);
            lines
                .add_series()
                .set_name(format!("Ngưỡng mức {level}").as_str())
                .set_categories((name, first, CODE as u16, last, CODE as u16))
                .set_values((name, first, col, last, col))
                .set_format(ChartFormat::new().set_line(&line));
            any = true;
        }
        if any {
            chart.combine(&lines);
        }
        chart
    }

    fn outer(&self, chart: &mut Chart, title: &str, alt: &str) {
        chart.title().set_name(title).set_font(font(11).set_bold());
        // Two stand side by side in LibreOffice too, whose columns are narrower.
        chart.set_width(436).set_height(288).set_alt_text(alt);
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9));
    }
}

fn font(size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Times New Roman").set_size(size);
    font
}

fn fill(shade: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format
        .set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(shade)))
        .set_border(ChartLine::new().set_color(Color::RGB(0x40_40_40)).set_width(0.5));
    format
}
