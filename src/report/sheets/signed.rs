//! `Báo cáo`: one page to sign, after Nghị định 30/2020/NĐ-CP; a report of its own, or an annex to one.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, XlsxError};

use super::Written;
use crate::codes::Level;
use crate::finding::{Finding, code};
use crate::grid::CellRef;
use crate::points::Points;
use crate::report::Page;
use crate::report::plan::{Column, OFFICE_COUNTED, OFFICE_LEVEL, OFFICE_MAX, OFFICE_SELF, OfficePlan, Plan, Sheet};
use crate::report::{formula, words};
use crate::rules::{Basis, Node, NodeKind};
use crate::text::fold;
use crate::views::figures;
use crate::writers::xlsx::{self, Cached};

/// Lines of the office's table beyond which only groups are shown.
const MOST_LINES: usize = 24;
/// The first column of figures.
const FIGURES: u32 = 3;
/// The office's points and its level take so many columns, the last ones: what is left goes to the titles.
const OWN: u32 = 4;
/// Pixels over all columns: between the margins of an A4 page letters are printed at 96% of their size at least.
const PAGE: f64 = 640.0;
/// Of the column of codes.
const CODES: f64 = 50.0;
/// What the name of the state takes on one line.
const STATE: f64 = 425.0;
/// Points from top to bottom between the margins.
const TALL: f64 = 728.0;
/// A row that nobody has set.
const ROW: f64 = 16.5;
/// So many maxima that do not add up are named.
const UNEVEN_NAMED: usize = 3;
/// So many of those whom the report goes to are named.
const MOST_RECIPIENTS: usize = 6;
const DOTS: &str = "……………";

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let mut letter = Letter::new(plan, page);
    letter.write()?;
    let last = CellRef::new(letter.row, letter.last);
    let breaks = letter.breaks();
    let ws = &mut page.ws;
    if !breaks.is_empty() {
        ws.set_page_breaks(&breaks)?;
    }
    ws.set_paper_size(9).set_portrait();
    // 20 mm above and below, 30 left, 15 right.
    ws.set_margins(30.0 / 25.4, 15.0 / 25.4, 20.0 / 25.4, 20.0 / 25.4, 0.3, 0.3);
    ws.set_print_fit_to_pages(1, 0);
    ws.set_print_area(0, 0, last.row, last.col as u16)?;
    ws.set_screen_gridlines(false);
    ws.set_active(true);
    Ok(())
}

/// The page as it grows, row by row.
struct Letter<'p, 'w, 's> {
    plan: &'p Plan<'p>,
    page: &'w mut Page<'s>,
    row: u32,
    /// The last column.
    last: u32,
    levels: Vec<Level>,
    /// Widths of the columns, in pixels.
    widths: Vec<f64>,
    /// Heights of the rows that were set, in points.
    heights: Vec<f64>,
    /// Where a part begins that stays together, as a row and in points from the top: a group of the office's table, the
    /// schools with the signatures.
    blocks: Vec<(u32, f64)>,
}

impl<'p, 'w, 's> Letter<'p, 'w, 's> {
    fn new(plan: &'p Plan<'p>, page: &'w mut Page<'s>) -> Letter<'p, 'w, 's> {
        let levels = figures::levels(plan.outcome);
        let narrow = (levels.len() + 2).max(5);
        let last = FIGURES + narrow as u32 - 1;
        let each = (420.0 / narrow as f64).clamp(44.0, 62.0).floor();
        // Where the head of the letter parts: the office to the left, the state to the right.
        let gap = (STATE - each * narrow as f64).max(14.0);
        let text = PAGE - CODES - gap - each * narrow as f64;
        let widths = [CODES, text, gap].into_iter().chain(vec![each; narrow]).collect();
        Letter { plan, page, row: 0, last, levels, widths, heights: Vec::new(), blocks: Vec::new() }
    }

    fn write(&mut self) -> Written {
        for (col, pixels) in (0..).zip(&self.widths) {
            self.page.ws.set_column_width(col, xlsx::characters(*pixels))?;
        }
        let annex = self.plan.outcome.office.annex_to.clone();
        if annex.is_empty() {
            self.letterhead()?
        } else {
            self.annex_head(&annex)?
        }
        self.draft()?;
        self.office()?;
        self.schools()?;
        self.signatures()
    }

    /// A text over the columns `from` to `to` of the current row.
    fn across(&mut self, from: u32, to: u32, text: &str, format: &Format) -> Written {
        let at = CellRef::new(self.row, from);
        if from == to {
            return if text.is_empty() { self.page.blank(at, format) } else { self.page.line(at, text, format) };
        }
        self.page.across(at, to, text, format)
    }

    /// The first column of the office's points.
    fn own(&self) -> u32 {
        self.last + 1 - OWN
    }

    /// Points from the top of the sheet to the current row.
    fn top(&self) -> f64 {
        self.heights.iter().sum::<f64>() + ROW * f64::from(self.row - self.heights.len() as u32)
    }

    fn begin_block(&mut self) {
        self.blocks.push((self.row, self.top()));
    }

    /// Where a page ends: nothing gets smaller to fit, and no part is torn in two that a page can hold.
    fn breaks(&mut self) -> Vec<u32> {
        self.row += 1;
        let mut breaks = Vec::new();
        let ends: Vec<f64> = self.blocks.iter().skip(1).map(|(_, top)| *top).chain([self.top()]).collect();
        let mut from = 0.0;
        for (&(row, top), end) in self.blocks.iter().zip(ends) {
            if end - from > TALL && end - top <= TALL {
                breaks.push(row);
                from = top;
            }
        }
        breaks
    }

    fn height(&mut self, points: f64) -> Written {
        self.heights.push(points);
        self.page.ws.set_row_height(self.row, points)?;
        Ok(())
    }

    /// Makes the row as high as a text of 12 or 13 points needs over the columns `from` to `to`.
    fn room(&mut self, texts: &[(u32, u32, &str)], line: f64) -> Written {
        let lines = texts.iter().map(|(from, to, text)| {
            let pixels: f64 = self.widths[*from as usize..=*to as usize].iter().sum();
            lines(text, pixels)
        });
        let lines = lines.fold(1.0, f64::max);
        self.height(lines * line + 2.0)
    }

    fn letterhead(&mut self) -> Written {
        let letter = &self.page.look.letter;
        let office = &self.plan.outcome.office;
        let last = self.last;
        let superior = if office.superior.is_empty() { DOTS.to_owned() } else { office.superior.to_uppercase() };
        self.room(&[(0, 1, &superior)], 16.0)?;
        self.across(0, 1, &superior, &letter.above)?;
        self.across(2, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &letter.capitals)?;
        self.row += 1;
        let name = office.name.to_uppercase();
        self.room(&[(0, 1, &name)], 16.0)?;
        self.across(0, 1, &name, &letter.capitals)?;
        self.across(2, last, "Độc lập - Tự do - Hạnh phúc", &letter.motto)?;
        self.row += 1;
        self.height(8.0)?;
        self.across(0, 1, &"—".repeat(8), &letter.rule)?;
        self.across(2, last, &"—".repeat(21), &letter.rule)?;
        self.row += 1;
        self.height(20.0)?;
        self.across(0, 1, &format!("Số: {}", office.number_with_room()), &letter.number)?;
        let place = if office.locality.is_empty() { DOTS } else { &office.locality };
        let date = match office.report_date {
            Some(day) => in_words(day),
            None => "ngày …… tháng …… năm ………".to_owned(),
        };
        self.across(2, last, &format!("{place}, {date}"), &letter.place)?;
        self.row += 2;
        self.height(22.0)?;
        self.across(0, last, "BÁO CÁO", &letter.title)?;
        self.row += 1;
        self.height(20.0)?;
        self.across(0, last, &self.subject(), &letter.subtitle)?;
        self.row += 1;
        let to = if office.department.is_empty() { DOTS } else { &office.department };
        self.height(24.0)?;
        self.across(0, last, &format!("Kính gửi: {to}"), &letter.number)?;
        self.row += 1;
        Ok(())
    }

    fn subject(&self) -> String {
        format!("Kết quả tự đánh giá mức độ chuyển đổi số năm học {}", self.plan.outcome.office.year)
    }

    fn annex_head(&mut self, annex: &str) -> Written {
        let letter = &self.page.look.letter;
        let last = self.last;
        self.height(22.0)?;
        self.across(0, last, "PHỤ LỤC", &letter.title)?;
        self.row += 1;
        self.height(20.0)?;
        self.across(0, last, &self.subject().to_uppercase(), &letter.subtitle)?;
        self.row += 1;
        let text = format!("(Kèm theo Báo cáo số {annex} của {})", self.plan.outcome.office.name);
        self.room(&[(0, last, &text)], 17.0)?;
        self.across(0, last, &text, &letter.place)?;
        self.row += 1;
        Ok(())
    }

    /// While a figure is not official, or the office's form is missing, the page says so, and why.
    fn draft(&mut self) -> Written {
        let letter = &self.page.look.letter;
        let kinds = words::OPEN_BASES;
        let counts = kinds.map(|basis| self.plan.figures_on(basis));
        let all: u32 = counts.iter().sum();
        if all > 0 {
            let cells = kinds.map(|basis| self.plan.figures_count(words::basis(basis)));
            let word = |basis: Basis| words::basis(basis).to_lowercase();
            let text = format!(
                "\"DỰ THẢO: \"&({a}+{b}+{c})&\" giá trị chưa đối chiếu phụ lục (\"&{a}&\" {x}, \"&{b}&\" {y}, \"&{c}&\" {z})\"",
                a = cells[0],
                b = cells[1],
                c = cells[2],
                x = word(kinds[0]),
                y = word(kinds[1]),
                z = word(kinds[2]),
            );
            let result = format!(
                "DỰ THẢO: {all} giá trị chưa đối chiếu phụ lục ({} {}, {} {}, {} {})",
                counts[0],
                word(kinds[0]),
                counts[1],
                word(kinds[1]),
                counts[2],
                word(kinds[2]),
            );
            self.room(&[(0, self.last, &result)], 17.0)?;
            self.across(0, self.last, "", &letter.draft)?;
            self.page.formula(CellRef::new(self.row, 0), &text, result, &letter.draft)?;
            self.row += 1;
            let why = "Điểm tối đa, thang mức độ, cách tính có giá trị chưa được đối chiếu với phụ lục của quyết định; xem trang Quy tắc.";
            self.room(&[(0, self.last, why)], 16.0)?;
            self.across(0, self.last, why, &letter.hint)?;
            self.row += 1;
        }
        // Whatever was confirmed: one of these figures is wrong.
        let uneven = self.plan.outcome.findings.iter().filter(|finding| finding.code == code::MAX_NOT_SUM);
        let value = |finding: &Finding, name: &str| finding.values.get(name).cloned().unwrap_or_default();
        let uneven = uneven.map(|finding| {
            let item = finding.item.map(|item| item.to_string()).unwrap_or_default();
            format!("{item} ({} khác {})", value(finding, "max"), value(finding, "sum"))
        });
        let uneven: Vec<String> = uneven.collect();
        if !uneven.is_empty() {
            let named = uneven.iter().take(UNEVEN_NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more = if uneven.len() > UNEVEN_NAMED { "; …" } else { "" };
            let text = format!("DỰ THẢO: điểm tối đa khác tổng các mục bên dưới ở {named}{more}.");
            self.room(&[(0, self.last, &text)], 17.0)?;
            self.across(0, self.last, &text, &letter.draft)?;
            self.row += 1;
        }
        let is_unanswered =
            |office: &OfficePlan<'_>| office.result.source.is_none() && office.rules.nodes.iter().any(Node::is_asked);
        if self.plan.office.as_ref().is_some_and(is_unanswered) {
            self.height(16.0)?;
            self.across(
                0,
                self.last,
                "Chưa có phiếu của cơ quan: các tiêu chí cơ quan tự chấm chưa có điểm.",
                &letter.hint,
            )?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn office(&mut self) -> Written {
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
        let tops = || office.rules.tops().filter(|(_, node)| node.kind != NodeKind::Mandatory);
        let most: Points = tops().filter_map(|(_, node)| node.max).sum();
        let claimed: Points = tops().filter_map(|(i, _)| scored.nodes.get(i)?.claimed).sum();
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

    fn schools(&mut self) -> Written {
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
        let mut cells = vec![Some((owed, set.expected.len() as u32)), Some((accepted, set.returned()))];
        let scale = set.rules.overall_scale();
        // No count under a level that the set does not have.
        let has = |level: Level| scale.is_none_or(|scale| scale.levels.iter().any(|range| range.level == level));
        cells.extend(
            levels
                .iter()
                .map(|&level| has(level).then(|| (count(Column::Overall, &level.to_string()), set.at_level(level)))),
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
        let sets = &self.plan.sets;
        let mut sums: Vec<u32> = vec![
            sets.iter().map(|set| set.expected.len() as u32).sum(),
            sets.iter().map(super::super::plan::SetPlan::returned).sum(),
        ];
        sums.extend(levels.iter().map(|&level| sets.iter().map(|set| set.at_level(level)).sum::<u32>()));
        for (col, sum) in (FIGURES..).zip(sums) {
            let range = format!("{}:{}", CellRef::new(first, col), CellRef::new(self.row - 1, col));
            self.page.formula(CellRef::new(self.row, col), &format!("SUM({range})"), sum, &letter.int)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Who signs to the right; to the left of a report whom it goes to, of an annex who made it.
    fn signatures(&mut self) -> Result<(), XlsxError> {
        let letter = &self.page.look.letter;
        let office = &self.plan.outcome.office;
        let last = self.last;
        self.row += 1;
        let is_report = office.annex_to.is_empty();
        let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_uppercase() };
        let signer = or(&office.signer.position, "THỦ TRƯỞNG CƠ QUAN");
        let (left, look) = match is_report {
            true => ("Nơi nhận:".to_owned(), &letter.to),
            false => (or(&office.preparer.position, "NGƯỜI LẬP"), &letter.signer),
        };
        self.room(&[(0, 1, &left), (2, last, &signer)], 18.0)?;
        self.across(0, 1, &left, look)?;
        self.across(2, last, &signer, &letter.signer)?;
        self.row += 1;
        let below = self.row;
        let name = |name: &str| if name.is_empty() { "……………………".to_owned() } else { name.to_owned() };
        let mut room_to_sign = 52.0_f64;
        if is_report {
            let list = self.recipients();
            let pixels = self.widths[0] + self.widths[1];
            let lines: f64 = list.lines().map(|line| lines(line, pixels)).sum();
            room_to_sign = room_to_sign.max(lines * 14.5 - 37.0);
            self.page.block(CellRef::new(below, 0), CellRef::new(below + 2, 1), &list, &letter.to_list)?;
        } else {
            self.across(0, 1, "(Ký, ghi rõ họ tên)", &letter.hint)?;
        }
        self.height(17.0)?;
        self.across(2, last, "(Ký tên, đóng dấu)", &letter.hint)?;
        self.row += 1;
        self.height(room_to_sign)?;
        self.row += 1;
        self.height(20.0)?;
        if !is_report {
            self.across(0, 1, &name(&office.preparer.name), &letter.name)?;
        }
        self.across(2, last, &name(&office.signer.name), &letter.name)?;
        if let Some(seal) = &self.plan.outcome.seal {
            self.row += 1;
            self.room(&[(0, last, seal)], 16.0)?;
            self.across(0, last, seal, &letter.hint)?;
        }
        Ok(())
    }

    /// Whom the report goes to, after Nghị định 30/2020: "Như trên" first, since it names above whom it goes to; each with
    /// `;`, the last with a full stop.
    fn recipients(&self) -> String {
        let known = self.plan.outcome.office.recipients.iter().take(MOST_RECIPIENTS);
        let bare = |text: &String| text.trim_start_matches(['-', ' ']).trim_end_matches([';', '.', ' ']).to_owned();
        let mut list: Vec<String> = known.map(bare).collect();
        if !list.iter().any(|one| fold(one).starts_with("nhu tren")) {
            list.insert(0, "Như trên".to_owned());
        }
        if !list.iter().any(|one| fold(one).starts_with("luu")) {
            list.push("Lưu: VT".to_owned());
        }
        let last = list.len() - 1;
        let ended = list.iter().enumerate().map(|(i, one)| format!("- {one}{}", if i == last { "." } else { ";" }));
        ended.collect::<Vec<_>>().join("\n")
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

/// How many lines a text of 12 or 13 points takes over so many pixels, which hold a digit of 13 points in nine. LibreOffice
/// makes columns a sixth narrower than Excel.
fn lines(text: &str, pixels: f64) -> f64 {
    f64::from(xlsx::lines(text, xlsx::characters(pixels * 0.85), false))
}

/// As Nghị định 30/2020 writes a day: a zero before days below 10 and before the months 1 and 2.
fn in_words(day: Date) -> String {
    let zero = if day.month() < 3 { "0" } else { "" };
    format!("ngày {:02} tháng {zero}{} năm {}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_zero_stands_before_few_days_and_two_months() {
        assert_eq!(in_words(date(2025, 6, 5)), "ngày 05 tháng 6 năm 2025");
        assert_eq!(in_words(date(2026, 2, 15)), "ngày 15 tháng 02 năm 2026");
    }
}
