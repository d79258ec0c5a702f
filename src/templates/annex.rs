//! `mau-doi-chieu-phu-luc.xlsx`: every figure that is not official, ready to be held against the annex.

use rust_xlsxwriter::{Color, DataValidation, FormatAlign, Workbook, XlsxError};

use super::page;
use crate::outcome::Outcome;
use crate::rules::annex::{COLUMNS, SHEET};
use crate::rules::{Basis, figures};
use crate::text;
use crate::writers::xlsx::{self, colour};

/// The row of the header, from 0.
const HEADER: u32 = 2;
/// The column of the keys, by which a figure is known again: hidden, since they are no words for people.
const KEY: u16 = COLUMNS.len() as u16 - 1;

pub(super) fn to_bytes(outcome: &Outcome) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = page::explained(outcome, "CÁCH ĐỐI CHIẾU VỚI PHỤ LỤC", &guidance())?;
    table(&mut workbook, outcome)?;
    workbook.save_to_buffer()
}

fn guidance() -> Vec<String> {
    [
        "Khi đã có phụ lục của quyết định, mở tệp này, lưu thành doi-chieu-phu-luc.xlsx trong thư mục của cơ quan (cạnh co-quan.toml).",
        "Ở trang “Đối chiếu”, so từng dòng với phụ lục. Đúng thì ghi lại giá trị, hoặc ghi “Đúng”, vào cột “Theo phụ lục”; khác thì ghi giá trị của phụ lục.",
        "Dòng đã đối chiếu phải ghi đủ: theo phụ lục, điều khoản (trang, mục), người đối chiếu, ngày. Thiếu một ô thì giá trị chưa được coi là đã đối chiếu.",
        "Không sửa cột “Bộ chỉ số”, không xóa cột ẩn ở cuối bảng: chương trình nhận ra giá trị nhờ hai cột này. Dòng chưa đối chiếu thì để trống; có thể làm dần, mỗi lần một phần.",
        "Lưu, đóng tệp rồi chạy lại. Giá trị đã đối chiếu trở thành chính thức; khi không còn giá trị nào chưa đối chiếu, báo cáo hết chữ DỰ THẢO. Điểm tối đa không còn cộng khớp thì chương trình sẽ báo.",
        "Giá trị bằng chữ (cách lấy mức chung, khi chưa đạt điều kiện bắt buộc, cách tính, chia cho) thì so với phụ lục rồi ghi “Đúng”; phụ lục quy định khác thì báo người giữ tệp quy tắc, vì chỉ tệp quy tắc đổi được cách tính.",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn table(workbook: &mut Workbook, outcome: &Outcome) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(SHEET)?;
    let open: Vec<_> = outcome
        .book
        .sets
        .iter()
        .flat_map(|set| figures(set).into_iter().map(move |figure| (set, figure)))
        .filter(|(_, figure)| figure.authority.basis != Basis::Official)
        .collect();
    sheet.write_string_with_format(0, 0, "ĐỐI CHIẾU VỚI PHỤ LỤC", &xlsx::base().set_bold().set_font_size(16))?;
    let about = match open.len() {
        0 => "Mọi giá trị đã được đối chiếu với phụ lục.".to_owned(),
        left => {
            format!("{left} giá trị chưa đối chiếu với phụ lục; điền các cột nền vàng, cách ghi ở trang “Cách ghi”.")
        }
    };
    sheet.write_string_with_format(1, 0, about, &xlsx::base().set_italic())?;
    let cell = xlsx::cell();
    let code = cell.clone().set_num_format("@").set_align(FormatAlign::Left);
    let quiet = code.clone().set_font_color(Color::RGB(colour::QUIET));
    let input = code.clone().set_background_color(Color::RGB(colour::INPUT)).set_unlocked();
    for (col, (_, title, width, _)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
        sheet.write_string_with_format(HEADER, col, title, &xlsx::header())?;
    }
    sheet.set_row_height(HEADER, 36)?.set_column_hidden(KEY)?;
    let mut row = HEADER + 1;
    for (set, figure) in &open {
        let title = text::cell_text(&figure.title);
        let value = text::cell_text(figure.shown());
        let kind = figure.kind();
        let texts = [(&set.id.0, &code), (&kind, &cell), (&title, &cell), (&value, &code)];
        for (col, (text, format)) in (0..).zip(texts) {
            sheet.write_string_with_format(row, col, text, format)?;
        }
        sheet.write_string_with_format(row, KEY, &figure.key, &quiet)?;
        for (col, _) in (0..).zip(COLUMNS).filter(|(_, column)| column.3) {
            sheet.write_blank(row, col, &input)?;
        }
        let lines = [xlsx::lines(&title, COLUMNS[2].2 - 4.0, false), xlsx::lines(&value, COLUMNS[3].2 - 2.0, false)];
        xlsx::set_lines(sheet, row, lines.into_iter().max().unwrap_or(1))?;
        row += 1;
    }
    let last = row.max(HEADER + 2) - 1;
    let prompts = [
        (4, "Ghi giá trị trong phụ lục, hoặc “Đúng” nếu giống giá trị đang dùng."),
        (5, "Mục, trang của phụ lục, ví dụ: Phụ lục I, mục 1.6."),
        (6, "Họ tên người đã so với phụ lục."),
        (7, "Ngày đối chiếu, ví dụ 31/5/2025."),
    ];
    for (col, prompt) in prompts {
        let asked = DataValidation::new()
            .allow_any_value()
            .set_input_title(COLUMNS[usize::from(col)].1)?
            .set_input_message(prompt)?;
        sheet.add_data_validation(HEADER + 1, col, last, col, &asked)?;
    }
    sheet.ignore_error_range(
        HEADER + 1,
        0,
        last,
        COLUMNS.len() as u16 - 1,
        rust_xlsxwriter::IgnoreError::NumberStoredAsText,
    )?;
    sheet.autofilter(HEADER, 0, last, COLUMNS.len() as u16 - 1)?;
    sheet.set_freeze_panes(HEADER + 1, 2)?.set_zoom(85);
    let widths = COLUMNS[..usize::from(KEY)].iter().map(|(_, _, width, _)| *width);
    xlsx::set_page(sheet, xlsx::Paper::of_table(widths, xlsx::SIZE).0, "Đối chiếu với phụ lục");
    sheet.set_repeat_rows(HEADER, HEADER)?.set_print_area(0, 0, last, KEY - 1)?;
    Ok(())
}
