//! `Mục lục`: every sheet with a line on what it holds, linked; how to read signs and colours.

use super::{Written, holds, set_up, title};
use crate::grid::CellRef;
use crate::report::Page;
use crate::report::plan::{Plan, Sheet};
use crate::writers::xlsx::Columns;

const HEAD: u32 = 3;

/// Tabs beyond which the list takes a second page.
const MOST_TABS: usize = 22;

const SIGNS: [(&str, &str); 10] = [
    ("Mức 1, Mức 2, …", "Mức độ theo thang của bộ chỉ số; mức càng cao nền càng đậm, ở bảng và biểu đồ như nhau."),
    ("0*", "Câu trả lời chưa hợp lệ, tạm tính 0 điểm cho đến khi trường sửa; điểm trường ghi có gạch ngang."),
    ("–", "Chưa có câu trả lời, tính 0 điểm."),
    ("7°", "Điểm được tính theo thẩm định của cơ quan."),
    ("Ô trống", "Chưa có phiếu được tính, hoặc phiếu không có câu trả lời ở đó."),
    ("Phải sửa", "Phiếu, hoặc nội dung đó, chưa được tính cho đến khi sửa."),
    ("Cần xem lại", "Vẫn được tính; nên có người xem lại."),
    ("Để biết", "Điều chương trình đã tự quyết định."),
    (
        "Chữ gạch chân",
        "Dẫn đến trang hoặc tệp; tệp mở được khi sổ này còn nằm trong thư mục kết quả của cơ quan. Tên tệp, trang, ô có ghi bên cạnh.",
    ),
    (
        "Công thức",
        "Tổng, tỉ lệ, mức độ là công thức; lần theo: Báo cáo → Tiêu chí cơ quan → trang bộ chỉ số → Chi tiết → tệp của trường.",
    ),
];

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let columns = Columns::of(&plan.tabs)
        .with("Trang", 32.0, |tab, _| look.link(tab.target(CellRef::new(0, 0)), &tab.name))
        .with("Nội dung của trang", 110.0, |tab, _| look.text(holds(plan, tab.sheet)));
    page.columns(&columns)?;
    let (name, program) = (&plan.outcome.office.name, &plan.outcome.program);
    let made = format!("{name}. Lập lúc {} bằng {program}.", plan.outcome.at.strftime("%H:%M ngày %d/%m/%Y"));
    title(plan, Sheet::Contents, page, &[made])?;
    let mut row = page.list(("muc_luc", HEAD), &columns, &plan.tabs, "")? + 2;
    page.line(CellRef::new(row, 0), "Cách đọc", &look.section)?;
    for (sign, meaning) in SIGNS {
        row += 1;
        page.cells(CellRef::new(row, 0), [look.mid(sign), look.text(meaning)])?;
    }
    set_up(page, CellRef::new(row, 1), Some(HEAD), 0)?;
    // On one page where its letters stay large enough: a third page for three lines helps nobody.
    if plan.tabs.len() <= MOST_TABS {
        page.ws.set_print_fit_to_pages(1, 1);
    }
    Ok(())
}
