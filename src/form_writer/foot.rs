//! Under the table: the results that the form computes by itself, and places to sign.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::col;
use crate::layouts::form::{Column, Layout, ResultLine};
use crate::writers::xlsx;

/// Both without what is a school's own; the last row of the form.
pub(super) fn blank(sheet: &mut Worksheet, layout: Layout) -> Result<u32, XlsxError> {
    results(sheet, layout)?;
    signatures(sheet, layout)
}

fn results(sheet: &mut Worksheet, layout: Layout) -> Result<(), XlsxError> {
    let set = layout.set();
    let heading = xlsx::header();
    let row = layout.result_heading_row();
    let (title, note) = (col(Column::Title.index()), col(Column::Note.index()));
    sheet.merge_range(row, title, row, note, "KẾT QUẢ TỰ ĐÁNH GIÁ (tự tính, không nhập)", &heading)?;
    for (row, line) in layout.results() {
        let label = match line {
            ResultLine::Unanswered => "Số ô điểm, ô điều kiện chưa điền hoặc chưa đúng".to_owned(),
            ResultLine::Barred => "Điều kiện bắt buộc".to_owned(),
            ResultLine::Group(index) => format!("Mức độ nhóm {}", set.nodes[index].code),
            ResultLine::Total => "Tổng điểm".to_owned(),
            ResultLine::Overall => "Mức độ chung".to_owned(),
        };
        let [left, middle] = formats(line);
        sheet.write_string_with_format(row, title, label, &left)?;
        let max = col(Column::Max.index());
        match line {
            ResultLine::Total => sheet.write_number_with_format(row, max, set.most().to_f64(), &middle)?,
            _ => sheet.write_blank(row, max, &middle)?,
        };
        sheet.write_blank(row, col(Column::Score.index()), &middle)?;
        sheet.merge_range(row, col(Column::Part.index()), row, note, "", &left)?;
    }
    Ok(())
}

/// The formats of a line's words and of its numbers.
pub(super) fn formats(line: ResultLine) -> [Format; 2] {
    let bold = matches!(line, ResultLine::Total | ResultLine::Overall);
    [FormatAlign::Left, FormatAlign::Center].map(|align| {
        let format = xlsx::cell().set_align(align);
        if bold { format.set_bold() } else { format }
    })
}

/// Places to sign; the last row of the form.
fn signatures(sheet: &mut Worksheet, layout: Layout) -> Result<u32, XlsxError> {
    let row = layout.result_heading_row() + layout.results().len() as u32 + 2;
    let bold = xlsx::base().set_bold().set_align(FormatAlign::Center);
    let italic = xlsx::base().set_italic().set_align(FormatAlign::Center);
    let (title, evidence, note) =
        (col(Column::Title.index()), col(Column::Evidence.index()), col(Column::Note.index()));
    sheet.write_string_with_format(row, title, "NGƯỜI LẬP PHIẾU", &bold)?;
    sheet.write_string_with_format(row + 1, title, "(Ký, ghi rõ họ tên)", &italic)?;
    sheet.merge_range(row, evidence, row, note, "THỦ TRƯỞNG ĐƠN VỊ", &bold)?;
    sheet.merge_range(row + 1, evidence, row + 1, note, "(Ký tên, đóng dấu)", &italic)?;
    Ok(row + 5)
}
