//! `danh-sach-truong.xlsx` and `so-nhan.xlsx` of a new folder: headers, lists to pick from, and a sheet that explains
//! them with an example. The first sheet holds no example: a school that does not exist must not get into a report.

use jiff::civil::DateTime;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

use crate::rules::RuleBook;
use crate::table::words;
use crate::writers::xlsx::{self, colour};

/// The receipts' file.
pub const RECEIPTS: &str = "so-nhan.xlsx";

/// So many rows offer their lists.
const ROWS: u32 = 5_000;
/// What a list to pick from may hold, in characters.
const MAX_LIST: usize = 255;

/// A column: header, width, what is to be written there, an example, and another.
type Column = (&'static str, f64, &'static str, &'static str, &'static str);

const ROSTER: [Column; 9] = [
    ("Mã trường", 14.0, "Bắt buộc. Ghi dạng chữ để giữ số 0 ở đầu.", "80100012", "80100013"),
    ("Tên trường", 36.0, "Bắt buộc.", "Trường TH&THCS Hoa Sen", "Trường Mầm non Ban Mai"),
    (
        "Cấp học",
        14.0,
        "Bắt buộc. Chọn trong danh sách; trường có hai cấp khác bộ chỉ số thì ghi cả hai: MN, TH.",
        "TH&THCS",
        "MN",
    ),
    ("Đơn vị quản lý", 24.0, "Bắt buộc. Xã, phường hoặc cơ quan quản lý trường.", "Xã An Bình", "Xã An Bình"),
    ("Email", 28.0, "Để gửi phiếu phản hồi; không có thì để trống.", "c12hoasen@example.edu.vn", ""),
    ("Điện thoại", 16.0, "Không bắt buộc.", "0272 000 000", ""),
    ("Người liên hệ", 22.0, "Không bắt buộc.", "Cô Lan", ""),
    ("Mã cũ", 14.0, "Mã trước khi sáp nhập, đổi mã; nhiều mã cách nhau bằng dấu phẩy.", "80100099", ""),
    ("Tình trạng", 18.0, "Trường không phải nộp nữa: chọn lý do. Trường đang hoạt động: để trống.", "", ""),
];

const RECEIPT: [Column; 11] = [
    ("Tệp", 40.0, "Bắt buộc. Tên tệp trong thư mục nop, như đang thấy.", "80100012 Hoa Sen.xlsx", "phieu cu.xlsx"),
    ("Ngày nhận", 20.0, "Ngày, hoặc ngày giờ nhận thật sự: 30/05/2025 hoặc 30/05/2025 16:20.", "30/05/2025 16:20", ""),
    ("Kênh", 14.0, "Nhận qua đâu.", "E-mail", "Zalo"),
    ("Gia hạn đến", 16.0, "Chỉ ghi khi trường được gia hạn: ngày cuối cùng.", "05/06/2025", ""),
    ("Không dùng", 14.0, "Ghi x để không tính tệp này.", "", "x"),
    ("Lý do", 36.0, "Vì sao không dùng, vì sao gia hạn.", "Công văn số 12", "Trường gửi nhầm phiếu năm trước"),
    (
        "Mã trường",
        14.0,
        "Ghi thay cho Tệp khi gia hạn cho cả trường, trước cả khi phiếu đến; khi đó dùng các cột Gia hạn đến, Kênh, Lý do.",
        "80100012",
        "",
    ),
    ("Bộ chỉ số", 18.0, "Chỉ ghi khi trường phải nộp hai phiếu.", "Mầm non", ""),
    (
        "Mã lỗi",
        12.0,
        "Chỉ ghi khi cơ quan không chấp nhận ý kiến mà trường ghi trên phiếu: mã ở trang “Giải trình” của dieu-hanh.xlsx, cùng với Mã trường.",
        "CDS502",
        "",
    ),
    ("Mã nội dung", 14.0, "Nội dung của ý kiến đó; để trống: mọi nội dung có mã lỗi này.", "1.3.1", ""),
    ("Không chấp nhận", 16.0, "Ghi x để hỏi lại trường; xóa dòng này khi đã chấp nhận.", "x", ""),
];

const CHANNELS: [&str; 6] = ["E-mail", "Zalo", "Trục văn bản", "USB", "Bản giấy", "Khác"];
const STATES: [&str; 4] = ["Sáp nhập", "Giải thể", "Tạm dừng", "Chưa hoạt động"];

/// The roster's columns that hold texts, however much they look like numbers.
const TEXTS: [u16; 3] = [0, 5, 7];

/// A roster with these rows, or without schools.
pub fn roster(book: &RuleBook, rows: &[[String; ROSTER.len()]]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = xlsx::workbook()?;
    let sheet = workbook.add_worksheet();
    head(sheet, "Danh sách trường", &ROSTER, &TEXTS)?;
    for (row, cells) in (1..).zip(rows) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            let format = xlsx::base();
            let format = if TEXTS.contains(&column) { format.set_num_format("@") } else { format };
            sheet.write_string_with_format(row, column, text, &format)?;
        }
    }
    let kinds: Vec<&str> = book.of_schools().flat_map(|set| set.kinds.iter().map(|kind| kind.0.as_str())).collect();
    // Two kinds in one cell are allowed, so what is not in the list is asked about, not refused.
    let named: Vec<(&str, &str)> =
        kinds.iter().map(|kind| (*kind, words().kind_names.get(*kind).map_or("", String::as_str))).collect();
    list(sheet, 2, &kinds, "Cấp học", "Không có trong danh sách. Trường có hai cấp thì ghi cả hai: MN, TH.", &named)?;
    list(sheet, 8, &STATES, "Tình trạng", "Chọn trong danh sách, hoặc để trống nếu trường đang hoạt động.", &[])?;
    guide(
        &mut workbook,
        "Cách ghi danh sách trường",
        "Ghi ở trang “Danh sách trường”, mỗi trường một dòng, từ dòng 2. Trang này chỉ để xem, chương trình không đọc.",
        &ROSTER,
        &[format!("Các cấp học đang có bộ chỉ số: {}.", names_of(&named).join("; "))],
    )?;
    workbook.save_to_buffer()
}

/// Receipts without a file.
pub fn receipts(at: DateTime) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = xlsx::workbook()?;
    let sheet = workbook.add_worksheet();
    head(sheet, "Sổ nhận", &RECEIPT, &[0, 6, 8, 9])?;
    list(sheet, 2, &CHANNELS, "Kênh nhận", "Chọn trong danh sách, hoặc ghi kênh khác.", &[])?;
    list(sheet, 4, &["x"], "Không dùng", "Ghi x để không tính tệp này; để trống nếu tính.", &[])?;
    list(sheet, 10, &["x"], "Không chấp nhận", "Ghi x để hỏi lại trường; để trống nếu chấp nhận.", &[])?;
    let date = xlsx::base().set_num_format("dd/mm/yyyy");
    sheet.set_column_format(1, &xlsx::base().set_num_format("dd/mm/yyyy hh:mm"))?;
    sheet.set_column_format(3, &date)?;
    for (column, title) in [(1, "Ngày nhận"), (3, "Gia hạn đến")] {
        let first = ExcelDateTime::from_ymd(at.year().unsigned_abs().saturating_sub(2).max(2000), 1, 1)?;
        let rule = DataValidation::new()
            .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(title)?
            .set_error_message("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/05/2025.")?;
        sheet.add_data_validation(1, column, ROWS, column, &rule)?;
    }
    guide(
        &mut workbook,
        "Cách ghi sổ nhận",
        "Ghi ở trang “Sổ nhận”, mỗi tệp (hoặc mỗi trường được gia hạn) một dòng, từ dòng 2. Không bắt buộc: tệp không có trong sổ thì tính theo giờ của tệp. Trang này chỉ để xem, chương trình không đọc.",
        &RECEIPT,
        &[],
    )?;
    workbook.save_to_buffer()
}

/// The header row, widths, and the set-up of the page.
fn head(sheet: &mut Worksheet, name: &str, columns: &[Column], texts: &[u16]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let header = xlsx::header();
    for (i, (title, width, ..)) in (0..).zip(columns) {
        sheet.set_column_width(i, *width)?;
        let format = xlsx::base();
        let format = if texts.contains(&i) { format.set_num_format("@") } else { format };
        sheet.set_column_format(i, &format)?;
        sheet.write_string_with_format(0, i, *title, &header)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    xlsx::set_page(sheet, xlsx::Paper::Landscape, name);
    Ok(())
}

/// "TH là Tiểu học", or the kind alone where it has no name.
fn names_of(named: &[(&str, &str)]) -> Vec<String> {
    named
        .iter()
        .map(|(kind, name)| if name.is_empty() { (*kind).to_owned() } else { format!("{kind}: {name}") })
        .collect()
}

/// A list to pick from in a column; another value is asked about. Too long a list is left out: it would break the file.
/// What its words stand for, if that needs saying, is shown beside the cell.
fn list(
    sheet: &mut Worksheet,
    column: u16,
    words: &[&str],
    title: &str,
    otherwise: &str,
    named: &[(&str, &str)],
) -> Result<(), XlsxError> {
    if words.is_empty() || words.join(",").chars().count() > MAX_LIST {
        return Ok(());
    }
    let rule = DataValidation::new()
        .allow_list_strings(words)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(title)?
        .set_error_message(otherwise)?;
    let names = names_of(named).join("\n");
    let rule = match names.chars().count() {
        1..=MAX_LIST => rule.set_input_title(title)?.set_input_message(names)?,
        _ => rule,
    };
    sheet.add_data_validation(1, column, ROWS, column, &rule)?;
    Ok(())
}

/// The sheet that explains, with an example. Its titles stand downwards, so that nothing in it looks like a table.
fn guide(
    workbook: &mut Workbook,
    title: &str,
    how: &str,
    columns: &[Column],
    remarks: &[String],
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name("Hướng dẫn")?;
    let (cell, header): (Format, Format) = (xlsx::cell(), xlsx::header());
    for (i, width) in (0..).zip([20.0, 52.0, 30.0, 30.0]) {
        sheet.set_column_width(i, width)?;
    }
    sheet.merge_range(0, 0, 0, 3, title, &xlsx::base().set_bold())?;
    sheet.merge_range(1, 0, 1, 3, how, &xlsx::base().set_text_wrap())?;
    xlsx::set_lines(sheet, 1, xlsx::lines(how, 132.0, false))?;
    for (i, text) in (0..).zip(["Cột", "Cách ghi", "Ví dụ 1", "Ví dụ 2"]) {
        sheet.write_string_with_format(3, i, text, &header)?;
    }
    let mut row = 4;
    let example = xlsx::cell().set_background_color(colour::IDLE);
    for (title, _, how, one, other) in columns {
        for (i, text, format) in [(0, title, &cell), (1, how, &cell), (2, one, &example), (3, other, &example)] {
            sheet.write_string_with_format(row, i, *text, format)?;
        }
        xlsx::set_lines(sheet, row, xlsx::lines(how, 52.0, false))?;
        row += 1;
    }
    for remark in remarks {
        row += 1;
        sheet.merge_range(row, 0, row, 3, remark, &xlsx::base().set_text_wrap())?;
    }
    xlsx::set_page(sheet, xlsx::Paper::Landscape, title);
    Ok(())
}
