//! The table of schools, once for page, CSV and workbook, and the list to type from.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::codes::ItemCode;
use crate::points::Points;
use crate::text::cell_text;
use crate::views::published::{PublicSchool, Published};
use crate::writers::csv::Table;
use crate::writers::xlsx::{self, Paper};

/// A column: its heading, its name in the CSV, its width, and what it holds.
pub(super) struct Column {
    pub heading: String,
    name: String,
    width: f64,
    kind: Kind,
}

enum Kind {
    Text(fn(&PublicSchool) -> &str),
    Points(ItemCode),
}

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    Points(Points),
    Blank,
}

impl Column {
    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Points(_))
    }
}

impl Cell {
    /// As people read it: `10,5`.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Points(points) => points.to_string(),
            Cell::Blank => String::new(),
        }
    }
}

/// The columns: the school, then points as far as they are shown, then the level.
pub(super) fn columns(published: &Published) -> Vec<Column> {
    let text = |heading: &str, name: &str, width, of| Column {
        heading: heading.to_owned(),
        name: name.to_owned(),
        width,
        kind: Kind::Text(of),
    };
    let mut columns = vec![
        text("Mã trường", "ma_truong", 16.0, |school| &school.ma),
        text("Tên trường", "ten_truong", 40.0, |school| &school.ten),
        text("Cấp học", "cap_hoc", 14.0, |school| &school.cap_hoc),
        text("Đơn vị quản lý", "don_vi_quan_ly", 26.0, |school| &school.don_vi),
        text("Bộ chỉ số", "bo_chi_so", 18.0, |school| &school.bo),
    ];
    let codes: BTreeSet<ItemCode> = published.truong.iter().flat_map(|school| school.diem.keys().copied()).collect();
    columns.extend(codes.into_iter().map(|code| Column {
        heading: if code.depth() > 1 { format!("Tiêu chí {code}") } else { format!("Nhóm {code}") },
        name: format!("diem_{}", code.to_string().replace('.', "_")),
        width: 12.0,
        kind: Kind::Points(code),
    }));
    columns.push(text("Mức độ", "muc_do", 26.0, |school| &school.muc));
    if published.truong.iter().any(|school| !school.muc_cong_nhan.is_empty()) {
        columns.push(text("Mức được công nhận", "muc_cong_nhan", 26.0, |school| &school.muc_cong_nhan));
    }
    columns
}

/// A row for each school and set.
pub(super) fn rows(published: &Published, columns: &[Column]) -> Vec<Vec<Cell>> {
    let cell = |school: &PublicSchool, column: &Column| match &column.kind {
        Kind::Text(of) => Cell::Text(of(school).to_owned()),
        Kind::Points(code) => school.diem.get(code).map_or(Cell::Blank, |points| Cell::Points(*points)),
    };
    published.truong.iter().map(|school| columns.iter().map(|column| cell(school, column)).collect()).collect()
}

/// The last column says of each row why it is a draft, since a table travels without its page.
pub(super) fn csv(published: &Published, columns: &[Column], rows: &[Vec<Cell>], path: &Path) -> io::Result<()> {
    let mut table = Table::create(path)?;
    let names = columns.iter().map(|column| column.name.as_str()).chain(["du_thao"]);
    table.head(&names.collect::<Vec<_>>())?;
    for row in rows {
        for cell in row {
            match cell {
                Cell::Text(text) => table.text(text),
                Cell::Points(points) => table.points(Some(*points)),
                Cell::Blank => table.points(None),
            }
        }
        table.plain(&published.du_thao);
        table.end()?;
    }
    table.finish()
}

/// The sheet's title, a line on what it holds, and its table.
fn sheet<'w>(
    workbook: &'w mut Workbook,
    name: &str,
    title: &str,
    note: &str,
    headings: &[(&str, f64)],
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.write_with_format(0, 0, cell_text(title), &xlsx::base().set_bold().set_font_size(14))?;
    sheet.write_with_format(1, 0, cell_text(note), &xlsx::base().set_italic())?;
    for (col, (heading, width)) in (0..).zip(headings) {
        sheet.set_column_width(col, *width)?;
        sheet.write_with_format(HEAD, col, *heading, &xlsx::header())?;
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?.set_repeat_rows(HEAD, HEAD)?;
    xlsx::set_page(sheet, Paper::Landscape, title);
    Ok(sheet)
}

/// The row of the headings.
const HEAD: u32 = 3;

pub(super) fn xlsx(
    published: &Published,
    columns: &[Column],
    rows: &[Vec<Cell>],
    path: &Path,
) -> Result<(), XlsxError> {
    let mut workbook = xlsx::workbook()?;
    let headings: Vec<(&str, f64)> = columns.iter().map(|column| (column.heading.as_str(), column.width)).collect();
    let sheet = sheet(&mut workbook, "Mức độ", &published.title(), &published.ground(), &headings)?;
    let text = xlsx::cell();
    let number: Format = xlsx::cell().set_align(rust_xlsxwriter::FormatAlign::Right);
    for (row, cells) in (HEAD + 1..).zip(rows) {
        for (col, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(value) => sheet.write_with_format(row, col, cell_text(value), &text)?,
                Cell::Points(points) => sheet.write_with_format(row, col, points.to_f64(), &number)?,
                Cell::Blank => sheet.write_blank(row, col, &text)?,
            };
        }
    }
    if let Some(last) = u32::try_from(rows.len()).ok().filter(|&last| last > 0) {
        sheet.autofilter(HEAD, 0, HEAD + last, columns.len() as u16 - 1)?;
    }
    workbook.save(path)
}

/// Levels in the order in which they are typed: by school as the roster has them, codes as text.
pub(super) fn typing_list(published: &Published, path: &Path) -> Result<(), XlsxError> {
    let mut workbook = xlsx::workbook()?;
    let headings = [
        ("TT", 6.0),
        ("Mã trường", 16.0),
        ("Tên trường", 44.0),
        ("Bộ chỉ số", 20.0),
        ("Mức độ", 10.0),
        ("Đã nhập", 12.0),
    ];
    let note = "Nhập từng dòng vào cơ sở dữ liệu ngành; đánh dấu cột Đã nhập để biết đã làm tới đâu.";
    let title =
        format!("Mức độ chuyển đổi số để nhập cơ sở dữ liệu ngành, năm học {}{}", published.nam_hoc, published.mark());
    let sheet = sheet(&mut workbook, "Nhập CSDL", &title, note, &headings)?;
    let text = xlsx::cell().set_num_format("@");
    let number = xlsx::cell();
    for (row, (order, school)) in (HEAD + 1..).zip((1..).zip(&published.truong)) {
        sheet.write_with_format(row, 0, f64::from(order), &number)?;
        for (col, value) in [(1, school.ma.as_str()), (2, &school.ten), (3, &school.bo)] {
            sheet.write_with_format(row, col, cell_text(value), &text)?;
        }
        sheet.write_with_format(row, 4, f64::from(school.level.0), &number)?;
        sheet.write_blank(row, 5, &number)?;
    }
    workbook.save(path)
}
