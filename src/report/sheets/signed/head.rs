//! The head of the letter, and what makes it a draft.

use jiff::civil::Date;

use super::{Letter, Written};
use crate::finding::{Finding, code};
use crate::grid::CellRef;
use crate::report::plan::OfficePlan;
use crate::report::words;
use crate::rules::{Basis, Node};

/// So many maxima that do not add up are named.
const UNEVEN_NAMED: usize = 3;
const DOTS: &str = "……………";

impl Letter<'_, '_, '_> {
    pub(super) fn letterhead(&mut self) -> Written {
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

    pub(super) fn annex_head(&mut self, annex: &str) -> Written {
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
    pub(super) fn draft(&mut self) -> Written {
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
