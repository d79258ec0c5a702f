//! `Mục lục`: every sheet with a line on what it holds, linked; how to read signs and colours.

use super::{Written, holds};
use crate::grid::CellRef;
use crate::report::page::Page;
use crate::report::plan::{Plan, Sheet};

const HEAD: u32 = 3;

pub(super) fn write(plan: &Plan<'_>, page: &mut Page<'_>) -> Written {
    let look = page.look;
    let office = &plan.outcome.office;
    page.widths([32.0, 110.0])?;
    let at = plan.outcome.at;
    let made = format!(
        "{}. Lập lúc {:02}:{:02} ngày {:02}/{:02}/{} bằng {}.",
        office.name,
        at.hour(),
        at.minute(),
        at.day(),
        at.month(),
        at.year(),
        plan.outcome.program
    );
    super::title(plan, Sheet::Contents, page, &[made])?;
    let headers = [("Trang".to_owned(), &look.head), ("Nội dung của trang".to_owned(), &look.head)];
    page.table("muc_luc", CellRef::new(HEAD, 0), &headers, plan.tabs.len() as u32)?;
    let mut row = HEAD;
    for tab in &plan.tabs {
        row += 1;
        page.link_to(CellRef::new(row, 0), tab, CellRef::new(0, 0), &tab.name, &look.link)?;
        page.text(CellRef::new(row, 1), &holds(plan, tab.sheet), &look.text)?;
    }
    row += 2;
    page.line(CellRef::new(row, 0), "Cách đọc", &look.section)?;
    for (sign, meaning) in [
        (
            "Mức 1, Mức 2, …",
            "Mức độ theo thang của bộ chỉ số; mức thấp nhất in đậm trên nền, mức cao nhất trên nền nhạt.",
        ),
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
    ] {
        row += 1;
        page.text(CellRef::new(row, 0), sign, &look.mid)?;
        page.text(CellRef::new(row, 1), meaning, &look.text)?;
    }
    page.set_up(true, CellRef::new(row, 1), Some(HEAD), 0)
}
