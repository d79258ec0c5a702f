//! `mau-tham-dinh.xlsx`: a row for each return that counts and each of its scored items, ready for reviewers.

use std::collections::HashMap;
use std::path::Path;

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::page;
use crate::codes::SetId;
use crate::layouts::form::{MANDATORY, MET, UNMET};
use crate::layouts::verified::{COLUMNS, Column, SHEET, index};
use crate::outcome::{Outcome, ReviewKind, State};
use crate::rules::{Node, NodeKind, RuleSet};
use crate::text;
use crate::views::returns::counted;
use crate::views::worth::{self, Worth};
use crate::writers::xlsx::{self, Book, Content, Rows, Written, colour};

/// The row of the header, from 0.
const HEADER: u32 = 2;
/// The height of a line of text in this sheet's smaller letters, in points.
const LINE: f64 = 15.0;
/// So much smaller than the workbook's own letters are those of the table: widths of columns count the latter.
const SMALLER: f64 = 13.0 / 11.0;
/// The format takes 1,023 breaks.
const MOST_BREAKS: usize = 1_000;
/// More rows than this help no reviewer and slow every program down.
const MOST_ROWS: u32 = 100_000;

pub(super) fn to_bytes(outcome: &Outcome, dir: &Path) -> Result<Vec<u8>, XlsxError> {
    let returns = worth::sorted(counted(outcome));
    let rows_of = |worth: &Worth| worth.set.nodes.iter().filter(|node| node.is_leaf()).count() as u32;
    let mut rows = 0;
    let shown = returns.iter().take_while(|worth| {
        rows += rows_of(worth);
        rows <= MOST_ROWS
    });
    let shown: Vec<&Worth> = shown.collect();
    let left_out = returns.len() - shown.len();
    let workbook = page::explained(outcome, "CÁCH GHI ĐIỂM THẨM ĐỊNH", &guidance(left_out))?;
    let base = xlsx::base();
    let wrapped = xlsx::cell().set_font_size(11).set_align(FormatAlign::Top);
    let look = Look {
        first: wrapped.clone().set_num_format("@").set_bold(),
        columns: COLUMNS.map(|column| of_column(&wrapped, &column)),
    };
    let formats = [&base, &look.first].into_iter().chain(&look.columns).collect();
    let mut bytes = Vec::new();
    // Rows go to a file without a name in the run's own folder, not to one elsewhere.
    Book { workbook, sheets: vec![(SHEET, true, ())], formats, scratch: Some(dir) }
        .write(&mut bytes, |sheet, rows, ()| rows.map_or(Ok(()), |rows| table(sheet, rows, outcome, &shown, &look)))?;
    Ok(bytes)
}

/// What cells of the table look like: the code of a return's first row, and each column.
struct Look {
    first: Format,
    columns: [Format; COLUMNS.len()],
}

fn of_column(wrapped: &Format, column: &Column) -> Format {
    let input = || wrapped.clone().set_background_color(Color::RGB(colour::INPUT));
    match column.key {
        "ngay" => input().set_num_format("dd/mm/yyyy"),
        "so_bien_ban" => input().set_num_format("@"),
        _ if column.input => input(),
        "ma_truong" | "ma" | "ma_phieu" => wrapped.clone().set_num_format("@"),
        "diem_toi_da" | "tu_danh_gia" => wrapped.clone().set_align(FormatAlign::Center),
        _ => wrapped.clone(),
    }
}

fn guidance(left_out: usize) -> Vec<String> {
    let kinds: Vec<&str> = ReviewKind::ALL.iter().map(|kind| kind.label()).collect();
    let mut lines = vec![
        format!("Chép tệp này vào thư mục tham-dinh, đặt tên tùy ý; mỗi người thẩm định có thể dùng một tệp riêng. Điền ở trang “{SHEET}”, lưu, rồi chạy lại chương trình."),
        "Chỉ điền các cột nền vàng. Nội dung nào thẩm định thì ghi điểm thẩm định (kể cả khi bằng điểm tự đánh giá); nội dung không thẩm định thì để trống, điểm tự đánh giá được giữ nguyên. Điều kiện bắt buộc thì ghi Đạt hoặc Chưa đạt ở cột điểm thẩm định.".to_owned(),
        "Bắt buộc ghi người thẩm định; điểm không có người thẩm định thì không được dùng. Điểm khác điểm tự đánh giá thì ghi lý do.".to_owned(),
        format!("Hình thức thẩm định: {}. Ngày ghi như 31/5/2025. Ý kiến của trường: đồng ý, hoặc ý kiến khác của trường.", kinds.join(", ")),
        "Các trường nên xem trước đứng đầu; lý do ở cột “Vì sao nên xem” (dòng đầu của mỗi trường). Có thể lọc, sắp xếp, ẩn dòng, xóa dòng không dùng; giữ nguyên dòng tiêu đề.".to_owned(),
        "Cột “Mã phiếu” cho biết điểm thẩm định ghi cho bản nào của phiếu. Nếu trường gửi lại phiếu đã sửa, điểm thẩm định của bản trước không được dùng nữa và chương trình sẽ báo; khi đó thẩm định lại theo mẫu của lần chạy mới.".to_owned(),
        "Hai người ghi hai điểm khác nhau cho cùng một nội dung thì không dùng điểm nào, chương trình sẽ báo để thống nhất.".to_owned(),
    ];
    if left_out > 0 {
        lines.push(format!(
            "Bảng chỉ ghi đến {MOST_ROWS} dòng; {left_out} phiếu ít lý do phải xem hơn không có trong bảng. Cần thẩm định phiếu đó thì thêm dòng: mã trường, mã nội dung, điểm thẩm định, người thẩm định."
        ));
    }
    lines
}

fn table(sheet: &mut Worksheet, rows: &mut Rows, outcome: &Outcome, returns: &[&Worth], look: &Look) -> Written {
    for ((col, column), format) in (0..).zip(COLUMNS).zip(&look.columns) {
        sheet.set_column_width(col, column.width / SMALLER)?.set_column_format(col, format)?;
    }
    // Made once for all schools.
    let titles: HashMap<&SetId, Vec<Title>> = outcome.book.sets.iter().map(|set| (&set.id, titles(set))).collect();
    let usual = xlsx::usual_lines(titles.values().flatten().map(|title| title.lines));
    sheet.set_default_row_height(height_of(usual)).set_row_height(0, 24)?.set_row_height(1, height_of(1))?;
    // Lines and colours of the columns begin below; a row that looks like the workbook's default would take them.
    let above = xlsx::base().set_align(FormatAlign::VerticalCenter);
    sheet.set_row_format(0, &above)?.set_row_format(1, &above)?;
    sheet.write_string_with_format(0, 0, "ĐIỂM THẨM ĐỊNH", &xlsx::base().set_bold().set_font_size(16))?;
    let about = "Mỗi dòng là một nội dung chấm điểm của một phiếu được tính; điền các cột nền vàng, cách ghi ở trang “Cách ghi”.";
    sheet.write_string_with_format(1, 0, about, &xlsx::base().set_italic())?;
    for (col, column) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(HEADER, col, column.title, &xlsx::header().set_font_size(11))?;
    }
    sheet.set_row_height(HEADER, 48)?;
    let mut row = HEADER + 1;
    rows.begin(row);
    rows.usual_height(height_of(usual));
    let mut breaks = Vec::new();
    for worth in returns {
        breaks.push(row);
        let titles = titles.get(&worth.set.id).map_or(&[][..], Vec::as_slice);
        row = school(rows, outcome, worth, titles, row, look)?;
    }
    let last = row.max(HEADER + 2) - 1;
    sheet.autofilter(HEADER, 0, last, COLUMNS.len() as u16 - 1)?;
    sheet.set_freeze_panes(HEADER + 1, index("noi_dung"))?.set_zoom(80);
    let (at, max) =
        (format!("{}{}", letter("tham_dinh"), HEADER + 2), format!("{}{}", letter("diem_toi_da"), HEADER + 2));
    let score = DataValidation::new()
        .allow_custom(Formula::new(format!(
            "IF(ISNUMBER({max}),AND(ISNUMBER({at}),{at}>=0,{at}<={max}),OR({at}=\"{MET}\",{at}=\"{UNMET}\"))"
        )))
        .set_input_title("Điểm thẩm định")?
        .set_input_message(format!(
            "Một số từ 0 đến điểm tối đa; điều kiện bắt buộc thì ghi {MET} hoặc {UNMET}; để trống nếu không thẩm định."
        ))?
        .set_error_title("Giá trị chưa đúng")?
        .set_error_message(format!(
            "Điểm là một số từ 0 đến điểm tối đa; điều kiện bắt buộc thì {MET} hoặc {UNMET}."
        ))?;
    sheet.add_data_validation(HEADER + 1, index("tham_dinh"), last, index("tham_dinh"), &score)?;
    let kinds = DataValidation::new()
        .allow_list_strings(&ReviewKind::ALL.map(ReviewKind::label))?
        .set_error_message("Chọn Hồ sơ, Tại trường hoặc Đính chính.")?;
    sheet.add_data_validation(HEADER + 1, index("hinh_thuc"), last, index("hinh_thuc"), &kinds)?;
    let printed = COLUMNS.iter().take(usize::from(index("vi_sao")) + 1);
    let (paper, _) = xlsx::Paper::of_table(printed.map(|column| column.width / SMALLER), 11.0);
    xlsx::set_page(sheet, paper, "Điểm thẩm định");
    // A return begins a page, as far as the format takes breaks.
    breaks.truncate(MOST_BREAKS);
    if let Some(later) = breaks.get(1..).filter(|later| !later.is_empty()) {
        sheet.set_page_breaks(later)?;
    }
    // The version of the return is for the program: it is not printed.
    sheet.set_repeat_rows(HEADER, HEADER)?.set_print_area(0, 0, last, index("vi_sao"))?;
    Ok(())
}

/// An item as it stands in the table.
struct Title {
    node: usize,
    code: String,
    /// `None` of a mandatory condition.
    max: Option<f64>,
    text: String,
    lines: u32,
}

fn titles(set: &RuleSet) -> Vec<Title> {
    let scored = set.nodes.iter().enumerate().filter(|(_, node)| node.is_leaf());
    let title = |(node, of): (usize, &Node)| {
        let text = text::cell_text(&of.title);
        let lines = lines(&text, "noi_dung");
        let max = (of.kind != NodeKind::Mandatory).then(|| of.max.unwrap_or_default().to_f64());
        Title { node, code: of.code.to_string(), max, text, lines }
    };
    scored.map(title).collect()
}

fn lines(text: &str, key: &str) -> u32 {
    xlsx::lines(text, COLUMNS[usize::from(index(key))].width, false)
}

fn height_of(lines: u32) -> f64 {
    LINE * f64::from(lines) + 2.0
}

/// The rows of a return, from this one on. Gives the next row.
fn school(
    rows: &mut Rows,
    outcome: &Outcome,
    worth: &Worth,
    titles: &[Title],
    mut row: u32,
    look: &Look,
) -> Result<u32, XlsxError> {
    let school = outcome.school_of(worth.expected);
    let (code, name) = (text::cell_text(&school.code.0), text::cell_text(&school.name));
    let version = worth.scored.version();
    let name_lines = lines(&name, "ten_truong");
    let mut reasons = worth.reasons.join("; ");
    for title in titles {
        let result = &worth.scored.nodes[title.node];
        let mut why = std::mem::take(&mut reasons);
        let is_first = !why.is_empty();
        let own = match result.state {
            State::Void => "điểm này chưa tính được",
            _ if worth::is_bare_full(worth.set, title.node, result) => "điểm tối đa, chưa ghi minh chứng",
            _ => "",
        };
        if !own.is_empty() {
            why = if why.is_empty() { own.to_owned() } else { format!("{why}. Nội dung này: {own}") };
        }
        let why = text::cell_text(&why);
        let mut put = |col: u16, content: Content| {
            let format = if is_first && col == 0 { &look.first } else { &look.columns[usize::from(col)] };
            rows.put((row, col), &content, format)
        };
        put(0, Content::Text(&code))?;
        put(1, Content::Text(&name))?;
        put(2, Content::Text(&worth.set.short))?;
        put(3, Content::Text(&title.code))?;
        put(4, Content::Text(&title.text))?;
        put(5, title.max.map_or(Content::Text(MANDATORY), Content::Number))?;
        let claimed = match (title.max, result.claimed, result.own_met()) {
            (Some(_), Some(points), _) => Content::Number(points.to_f64()),
            (None, _, Some(met)) => Content::Text(if met { MET } else { UNMET }),
            _ => Content::Text("chưa có"),
        };
        put(6, claimed)?;
        let mut needed = title.lines.max(name_lines);
        if !why.is_empty() {
            needed = needed.max(lines(&why, "vi_sao"));
            put(index("vi_sao"), Content::Text(&why))?;
        }
        put(index("ma_phieu"), Content::Text(&version))?;
        rows.height(row, height_of(needed))?;
        row += 1;
    }
    Ok(row)
}

fn letter(key: &str) -> String {
    crate::grid::CellRef::column_letters(index(key).into())
}
