//! A table as schools make it themselves: the annex typed anew, with their own columns, letterhead and signatures.

use crate::codes::ItemCode;
use crate::form_writer::Answers;
use crate::grid::Value;
use crate::rules::{Node, NodeKind, RuleSet};
use crate::school::School;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::answers::sum;

/// A column of such a table.
#[derive(Clone, Copy, PartialEq)]
pub enum Col {
    /// The code of an item.
    Code,
    /// Its title.
    Title,
    /// Its maximum.
    Max,
    /// Its points.
    Score,
    /// Left empty.
    Level,
    /// Số đạt.
    Part,
    /// Tổng số.
    Whole,
    /// Evidence.
    Evidence,
    /// Last year's points.
    LastYear,
    /// Left empty.
    Verified,
}

/// What stands in a score cell instead of the answer.
#[derive(Clone, Copy)]
pub enum Instead {
    /// Excel took the score for a day and month of 2025.
    Date(u8, u8),
    /// A formula, with its result.
    Sum(&'static str, f64),
}

/// How the school made its table.
pub struct Sheet<'a> {
    /// Of which set.
    pub set: &'a RuleSet,
    /// Whose.
    pub school: &'a School,
    /// What it says.
    pub answers: &'a Answers,
    /// The sheet's.
    pub name: &'a str,
    /// The school year; may be empty.
    pub year: &'a str,
    /// What stands in each column, and its title.
    pub columns: &'a [(Col, &'a str)],
    /// Over columns of the table: a title over the columns from and to.
    pub over: Option<(&'a str, usize, usize)>,
    /// The header's place.
    pub at: (u32, u16),
    /// Whether "Mã trường" is given.
    pub code: bool,
    /// Rows that are left out, by code.
    pub without: &'a [&'a str],
    /// Cells that hold something else, by code.
    pub instead: &'a [(&'a str, Instead)],
    /// What the school wrote as a total, by its own reckoning.
    pub totals: &'a [(&'a str, f64)],
    /// Numbers as text with a decimal comma.
    pub commas: bool,
}

impl Sheet<'_> {
    /// The workbook's bytes.
    ///
    /// # Errors
    /// What the writer of workbooks said.
    pub fn bytes(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2025, 5, 12)?;
        book.set_properties(&DocProperties::new().set_author(&self.school.name).set_creation_datetime(&made));
        let sheet = book.add_worksheet().set_name(self.name)?;
        self.head(sheet)?;
        self.header(sheet)?;
        let first = self.at.0 + 1;
        let nodes = self.set.nodes.iter().filter(|node| !self.without.contains(&node.code.to_string().as_str()));
        let mut end = first;
        for (row, node) in (first..).zip(nodes) {
            self.row(sheet, row, node)?;
            end = row + 1;
        }
        sheet.write(end + 1, self.at.1 + 1, "Người lập")?;
        sheet.write(end + 1, self.at.1 + self.columns.len() as u16 - 1, "HIỆU TRƯỞNG")?;
        book.save_to_buffer()
    }

    fn head(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        let left = self.at.1;
        sheet.write_with_format(0, left, self.school.unit.to_uppercase(), &Format::new())?;
        sheet.write_with_format(1, left, self.school.name.to_uppercase(), &bold)?;
        sheet.write_with_format(2, left + 1, "BẢNG TỰ ĐÁNH GIÁ MỨC ĐỘ CHUYỂN ĐỔI SỐ", &bold)?;
        if !self.year.is_empty() {
            sheet.write(3, left + 1, format!("Năm học {}", self.year))?;
        }
        if self.code {
            sheet.write(4, left + 1, format!("Mã trường: {}", self.school.code))?;
        }
        Ok(())
    }

    fn header(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let format = boxed().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        let (row, left) = self.at;
        for (col, (what, title)) in (left..).zip(self.columns) {
            let width = match what {
                Col::Title => 48.0,
                Col::Evidence => 30.0,
                _ => 10.0,
            };
            sheet.set_column_width(col, width)?;
            sheet.write_with_format(row, col, *title, &format)?;
        }
        if let Some((title, from, to)) = self.over {
            sheet.merge_range(row - 1, left + from as u16, row - 1, left + to as u16, title, &format)?;
        }
        Ok(())
    }

    fn row(&self, sheet: &mut Worksheet, row: u32, node: &Node) -> Result<(), XlsxError> {
        let plain = if node.is_leaf() { boxed() } else { boxed().set_bold() };
        let wrapped = plain.clone().set_text_wrap();
        let answer = self.answers.items.get(&node.code);
        for (col, (what, _)) in (self.at.1..).zip(self.columns) {
            sheet.write_blank(row, col, &plain)?;
            match what {
                Col::Code => drop(sheet.write_string_with_format(row, col, node.code.to_string(), &plain)?),
                Col::Title => drop(sheet.write_with_format(row, col, &node.title, &wrapped)?),
                Col::Max => {
                    if let Some(max) = node.max {
                        sheet.write_with_format(row, col, max.to_f64(), &plain)?;
                    }
                }
                Col::Score => self.score(sheet, row, col, node, &plain)?,
                Col::Part => self.value(sheet, row, col, answer.and_then(|a| a.part.as_ref()), &plain)?,
                Col::Whole => self.value(sheet, row, col, answer.and_then(|a| a.whole.as_ref()), &plain)?,
                Col::Evidence => {
                    let evidence = answer.map_or("", |answer| &answer.evidence);
                    sheet.write_string_with_format(row, col, evidence, &wrapped)?;
                }
                // A little less than this year.
                Col::LastYear => {
                    if let (true, Some(Value::Number(score))) = (node.is_leaf(), answer.and_then(|a| a.score.as_ref()))
                    {
                        sheet.write_with_format(row, col, (score - 1.0).max(0.0), &plain)?;
                    }
                }
                Col::Level | Col::Verified => {}
            }
        }
        Ok(())
    }

    fn score(&self, sheet: &mut Worksheet, row: u32, col: u16, node: &Node, plain: &Format) -> Result<(), XlsxError> {
        let code = node.code.to_string();
        match self.instead.iter().find(|(at, _)| *at == code) {
            Some((_, Instead::Date(day, month))) => {
                let day = ExcelDateTime::from_ymd(2025, *month, *day)?;
                let format = plain.clone().set_num_format("d-mmm");
                sheet.write_datetime_with_format(row, col, &day, &format)?;
            }
            Some((_, Instead::Sum(formula, result))) => {
                let formula = Formula::new(*formula).set_result(result.to_string());
                sheet.write_formula_with_format(row, col, formula, plain)?;
            }
            None if node.is_leaf() => {
                let score = self.answers.items.get(&node.code).and_then(|answer| answer.score.as_ref());
                self.value(sheet, row, col, score, plain)?;
            }
            None => {
                let total = self.totals.iter().find(|(at, _)| *at == code).map(|(_, total)| *total);
                let total = total.or((node.kind == NodeKind::Group).then(|| self.sum(node.code)));
                if let Some(total) = total {
                    self.value(sheet, row, col, Some(&Value::Number(total)), plain)?;
                }
            }
        }
        Ok(())
    }

    fn sum(&self, code: ItemCode) -> f64 {
        sum(self.set, self.answers, code)
    }

    fn value(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        col: u16,
        value: Option<&Value>,
        plain: &Format,
    ) -> Result<(), XlsxError> {
        match value {
            Some(Value::Number(number)) if self.commas => {
                sheet.write_string_with_format(row, col, number.to_string().replace('.', ","), plain)?;
            }
            Some(Value::Number(number)) => drop(sheet.write_with_format(row, col, *number, plain)?),
            Some(Value::Text(text)) => drop(sheet.write_string_with_format(row, col, text, plain)?),
            _ => {}
        }
        Ok(())
    }
}

fn boxed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_font_name("Times New Roman").set_font_size(12)
}
