//! `Tệp nguồn`: every file seen, and the program that read it.

use super::{Written, set_up, title};
use crate::finding::Lang;
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::{FILES_DISPOSITION, FILES_HEAD, Plan, Sheet};
use crate::writers::xlsx::Columns;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let outcome = plan.outcome;
    let columns = Columns::of(&outcome.files)
        .with("Tệp", 46.0, |file, _| look.text(&*file.file))
        .with("Trang tính", 19.0, |file, _| look.opens(plan.file(&file.file, None), &file.sheet))
        .with("Kết quả", 18.0, |file, _| look.text(file.disposition.label(Lang::Vi)))
        .with("Mã trường", 11.0, |file, _| look.mid(file.school.as_ref().map_or("", |code| &code.0)))
        .with("Kích thước (byte)", 11.0, |file, _| look.int(file.size as f64))
        .with("Sửa lúc", 16.5, |file, _| look.time(file.modified))
        .with("Nhận lúc", 16.5, |file, _| look.time(file.received))
        .with("Định dạng", 9.0, |file, _| look.mid(&*file.format))
        .with("Phần mềm đã ghi tệp", 22.0, |file, _| look.text(&*file.software))
        .with("Mã kiểm tra (SHA-256)", 46.0, |file, _| look.small(&*file.fingerprint));
    debug_assert_eq!(FILES_DISPOSITION, 2);
    page.columns(&columns)?;
    let program =
        format!("{}; lần chạy {}. Nhận lúc: theo sổ nhận, trống nếu sổ không ghi.", outcome.program, outcome.run);
    title(plan, Sheet::Files, page, &[program])?;
    let last = page.list(("tep_nguon", FILES_HEAD), &columns, &outcome.files, "(thư mục nop không có tệp nào)")?;
    set_up(page, CellRef::new(last, columns.last()), Some(FILES_HEAD), 1)
}
