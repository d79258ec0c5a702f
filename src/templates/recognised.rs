//! `mau-cong-nhan.xlsx`: where the decision of the superior office is typed, with what the run counts beside it.

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::page;
use crate::codes::Level;
use crate::layouts::recognised::{DECISION, OFFICE, SCHOOLS, TOTAL, Table};
use crate::outcome::{Outcome, Recognised};
use crate::points::Points;
use crate::text;
use crate::writers::xlsx::{self, colour};

/// The row of the header, from 0.
const HEADER: u32 = 2;

pub(super) fn to_bytes(outcome: &Outcome) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = page::explained(outcome, "CÁCH GHI KẾT QUẢ CÔNG NHẬN", &guidance())?;
    let none = Recognised::default();
    let known = outcome.recognised.as_ref().unwrap_or(&none);
    office(&mut workbook, outcome, known)?;
    schools(&mut workbook, outcome, known)?;
    decision(&mut workbook, known)?;
    workbook.save_to_buffer()
}

fn guidance() -> Vec<String> {
    [
        "Khi có quyết định công nhận của cấp trên, chép tệp này vào thư mục của cơ quan (cạnh co-quan.toml), đặt tên cong-nhan.xlsx, điền rồi chạy lại.",
        "Chỉ điền các cột nền vàng, đúng như quyết định. Mục nào quyết định không nêu thì để trống.",
        "Trang “Cơ quan”: điểm và mức được công nhận của từng nhóm, tiêu chí, nội dung; dòng “tong” là cả cơ quan. Khác điểm được tính thì ghi lý do.",
        "Trang “Trường”: mức được công nhận của từng trường, nếu quyết định có nêu.",
        "Trang “Quyết định”: số, ngày và cơ quan ban hành.",
        "Kết quả công nhận đứng cạnh điểm tự đánh giá, thẩm định và được tính, không thay các điểm đó. Mốc cong-nhan chỉ chốt được khi đã có kết quả này.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// What one cell of a template holds.
enum Cell<'a> {
    Text(&'a str),
    Points(Option<Points>),
    Level(Option<Level>),
}

struct Looks {
    text: Format,
    code: Format,
    number: Format,
    input: Format,
}

fn looks() -> Looks {
    let text = xlsx::cell();
    let code = text.clone().set_num_format("@");
    let number = text.clone().set_align(FormatAlign::Center);
    let input = text.clone().set_background_color(Color::RGB(colour::INPUT)).set_unlocked();
    Looks { text, code, number, input }
}

fn start<'a>(
    workbook: &'a mut Workbook,
    table: &Table,
    title: &str,
    about: &str,
) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(table.sheet)?;
    sheet.write_string_with_format(0, 0, title, &xlsx::base().set_bold().set_font_size(16))?;
    sheet.write_string_with_format(1, 0, about, &xlsx::base().set_italic())?;
    for (col, (_, title, width, _)) in (0..).zip(table.columns) {
        sheet.set_column_width(col, *width)?;
        sheet.write_string_with_format(HEADER, col, *title, &xlsx::header())?;
    }
    sheet.set_row_height(HEADER, 36)?;
    Ok(sheet)
}

fn row(sheet: &mut Worksheet, table: &Table, looks: &Looks, at: u32, cells: &[Cell]) -> Result<(), XlsxError> {
    let mut lines = 1;
    for ((col, (key, _, width, is_input)), cell) in (0..).zip(table.columns).zip(cells) {
        let look = match (is_input, *key) {
            (true, _) => &looks.input,
            (_, "ma" | "ma_truong") => &looks.code,
            (_, "noi_dung" | "ten_truong" | "bo_chi_so") => &looks.text,
            _ => &looks.number,
        };
        match cell {
            Cell::Text("") | Cell::Points(None) | Cell::Level(None) => sheet.write_blank(at, col, look)?,
            Cell::Text(text) => {
                let text = text::cell_text(text);
                lines = lines.max(xlsx::lines(&text, width - 2.0, false));
                sheet.write_string_with_format(at, col, text, look)?
            }
            Cell::Points(Some(points)) => sheet.write_number_with_format(at, col, points.to_f64(), look)?,
            Cell::Level(Some(level)) => sheet.write_number_with_format(at, col, level.0, look)?,
        };
    }
    xlsx::set_lines(sheet, at, lines)
}

fn end(sheet: &mut Worksheet, table: &Table, last: u32) -> Result<(), XlsxError> {
    let right = table.columns.len() as u16 - 1;
    sheet.set_freeze_panes(HEADER + 1, 0)?.set_zoom(85);
    sheet.ignore_error_range(HEADER + 1, 0, last, right, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    xlsx::set_page(sheet, xlsx::Paper::Landscape, "Kết quả công nhận");
    sheet.set_repeat_rows(HEADER, HEADER)?.set_print_area(0, 0, last, right)?;
    Ok(())
}

fn office(workbook: &mut Workbook, outcome: &Outcome, known: &Recognised) -> Result<(), XlsxError> {
    let looks = looks();
    let about = "Điểm, mức được công nhận của cơ quan; điền các cột nền vàng, quyết định không nêu thì để trống.";
    let sheet = start(workbook, &OFFICE, "KẾT QUẢ CÔNG NHẬN CỦA CƠ QUAN", about)?;
    let mut at = HEADER;
    if let Some(result) = &outcome.offices
        && let Some(set) = outcome.book.get(&result.set)
    {
        let own = result.scored.of_self(set);
        let nodes = set.nodes.iter().zip(result.scored.nodes.iter().zip(&own.nodes));
        for (node, (scored, own)) in nodes.filter(|(node, _)| node.max.is_some()) {
            at += 1;
            let item = known.item(Some(node.code));
            let code = node.code.to_string();
            let cells = [
                Cell::Text(&code),
                Cell::Text(&node.title),
                Cell::Points(Some(own.counted)),
                Cell::Points(Some(scored.counted)),
                Cell::Points(item.and_then(|item| item.points)),
                Cell::Level(item.and_then(|item| item.level)),
                Cell::Text(item.map_or("", |item| &item.reason)),
            ];
            row(sheet, &OFFICE, &looks, at, &cells)?;
        }
        at += 1;
        let item = known.item(None);
        let cells = [
            Cell::Text(TOTAL),
            Cell::Text("Tổng điểm, mức độ của cơ quan"),
            Cell::Points(Some(own.total)),
            Cell::Points(Some(result.scored.total)),
            Cell::Points(item.and_then(|item| item.points)),
            Cell::Level(item.and_then(|item| item.level)),
            Cell::Text(item.map_or("", |item| &item.reason)),
        ];
        row(sheet, &OFFICE, &looks, at, &cells)?;
    }
    end(sheet, &OFFICE, at.max(HEADER + 1))
}

fn schools(workbook: &mut Workbook, outcome: &Outcome, known: &Recognised) -> Result<(), XlsxError> {
    let looks = looks();
    let about = "Mức được công nhận của từng trường, nếu quyết định có nêu.";
    let sheet = start(workbook, &SCHOOLS, "MỨC ĐỘ ĐƯỢC CÔNG NHẬN CỦA CÁC TRƯỜNG", about)?;
    let mut at = HEADER;
    for expected in &outcome.expected {
        at += 1;
        let school = outcome.school_of(expected);
        let cells = [
            Cell::Text(&school.code.0),
            Cell::Text(&school.name),
            Cell::Text(outcome.book.short(&expected.set)),
            Cell::Level(expected.scored.as_ref().and_then(|scored| scored.level)),
            Cell::Level(known.school(&school.code, &expected.set).map(|one| one.level)),
        ];
        row(sheet, &SCHOOLS, &looks, at, &cells)?;
    }
    end(sheet, &SCHOOLS, at.max(HEADER + 1))
}

fn decision(workbook: &mut Workbook, known: &Recognised) -> Result<(), XlsxError> {
    let looks = looks();
    let sheet = start(workbook, &DECISION, "QUYẾT ĐỊNH CÔNG NHẬN", "Ghi một dòng: quyết định đang có hiệu lực.")?;
    let decision = &known.decision;
    let day = decision.date.map(|day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()));
    let cells =
        [Cell::Text(&decision.number), Cell::Text(day.as_deref().unwrap_or_default()), Cell::Text(&decision.office)];
    row(sheet, &DECISION, &looks, HEADER + 1, &cells)?;
    end(sheet, &DECISION, HEADER + 1)
}
