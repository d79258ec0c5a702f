//! `Tệp nguồn`: every file seen, and the program that read it.

use super::{Written, title};
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::report::page::Page;
use crate::report::plan::{FILES_FATE, FILES_HEAD, Plan, Sheet};

const COLUMNS: [&str; 10] = [
    "Tệp",
    "Trang tính",
    "Kết quả",
    "Mã trường",
    "Kích thước (byte)",
    "Sửa lúc",
    "Nhận lúc",
    "Định dạng",
    "Phần mềm đã ghi tệp",
    "Mã kiểm tra",
];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    page.widths([46.0, 19.0, 18.0, 11.0, 11.0, 16.5, 16.5, 9.0, 22.0, 46.0])?;
    let program =
        format!("{}; lần chạy {}. Nhận lúc: theo sổ nhận, trống nếu sổ không ghi.", outcome.program, outcome.run);
    title(plan, Sheet::Files, page, &[program])?;
    let headers: Vec<_> = COLUMNS.iter().map(|text| ((*text).to_owned(), &look.head)).collect();
    page.table("tep_nguon", CellRef::new(FILES_HEAD, 0), &headers, outcome.files.len() as u32)?;
    for (row, file) in (FILES_HEAD + 1..).zip(&outcome.files) {
        let at = |col: u32| CellRef::new(row, col);
        page.link_file(at(0), &file.file, None, &file.file, &look.link)?;
        page.text(at(1), &file.sheet, &look.text)?;
        page.text(at(FILES_FATE), file.disposition.label(Lang::Vi), &look.text)?;
        page.text(at(3), file.school.as_ref().map_or("", |code| &code.0), &look.mid)?;
        page.number(at(4), file.size as f64, &look.int)?;
        page.time(at(5), file.modified)?;
        page.time(at(6), file.received)?;
        page.text(at(7), &file.format, &look.mid)?;
        page.text(at(8), &file.software, &look.text)?;
        page.line(at(9), &file.fingerprint, &look.small)?;
    }
    if outcome.files.is_empty() {
        page.text(CellRef::new(FILES_HEAD + 1, 0), "(thư mục nop không có tệp nào)", &look.text)?;
    }
    let last = FILES_HEAD + outcome.files.len().max(1) as u32;
    page.set_up(true, CellRef::new(last, COLUMNS.len() as u32 - 1), Some(FILES_HEAD), 1)
}
