//! The kinds of sheets, one file each, and the line that says what each holds.

use rust_xlsxwriter::XlsxError;

use super::Page;
use super::plan::{Plan, Sheet};
use crate::grid::CellRef;
use crate::writers::xlsx::Written;

mod best;
mod contents;
mod detail;
mod duties;
mod evidence;
mod files;
mod findings;
mod ledger;
mod milestones;
mod office;
mod overview;
mod recognised;
mod returns;
mod rules;
mod set;
mod signed;
mod units;
mod verified;

/// Writes one sheet.
pub fn write(plan: &Plan<'_>, sheet: Sheet, page: &mut Page<'_>) -> Written {
    match sheet {
        Sheet::Signed => signed::write(plan, page),
        Sheet::Contents => contents::write(plan, page),
        Sheet::Overview => overview::write(plan, page),
        Sheet::Office => office::write(plan, page),
        Sheet::Set(i) => set::write(plan, i, page),
        Sheet::Detail(i) => detail::write(plan, i, page),
        Sheet::Units => units::write(plan, page),
        Sheet::Best => best::write(plan, page),
        Sheet::Returns => returns::write(plan, page),
        Sheet::Findings => findings::write(plan, page),
        Sheet::Ledger => ledger::write(plan, page),
        Sheet::Verified => verified::write(plan, page),
        Sheet::Recognised => recognised::write(plan, page),
        Sheet::Milestones => milestones::write(plan, page),
        Sheet::Evidence(part) => evidence::write(plan, part, page),
        Sheet::Duties => duties::write(plan, page),
        Sheet::Rules => rules::write(plan, page),
        Sheet::Files => files::write(plan, page),
    }
}

/// What a sheet holds, in a line.
fn holds(plan: &Plan<'_>, sheet: Sheet) -> String {
    match sheet {
        Sheet::Signed => "Báo cáo một trang để ký, gửi cơ quan cấp trên.".to_owned(),
        Sheet::Contents => "Các trang của sổ và cách đọc.".to_owned(),
        Sheet::Overview => "Số trường phải nộp, đã nộp; mức độ và điểm trung bình; biểu đồ.".to_owned(),
        Sheet::Office => {
            "Điểm, mức độ của từng tiêu chí cơ quan; phần dưới là các con số làm nên tiêu chí tính từ các trường."
                .to_owned()
        }
        Sheet::Set(i) => {
            format!(
                "Mỗi dòng một trường phải nộp phiếu theo {}: điểm tiêu chí, nhóm và mức độ.",
                plan.sets[i].rules.decision
            )
        }
        Sheet::Detail(_) => {
            "Mỗi trường ba dòng: điểm tự đánh giá, điểm được tính, ô điểm trong tệp của trường; mỗi cột một nội dung."
                .to_owned()
        }
        Sheet::Best => {
            let gains = if plan.outcome.last_year.is_some() { ", tăng nhiều so với năm trước" } else { "" };
            format!("Nội dung còn yếu (để hỗ trợ); trường có điểm cao ở từng nhóm, tiêu chí{gains} (để nhân rộng).")
        }
        Sheet::Units => {
            "Mỗi dòng một đơn vị: đã gửi gì, số trường, mức độ các trường, điểm và mức của chính đơn vị.".to_owned()
        }
        Sheet::Returns => {
            "Mỗi dòng một trường và một bộ chỉ số phải nộp: đã nộp hay chưa, khi nào, tệp nào được tính.".to_owned()
        }
        Sheet::Findings => "Mọi điều phải sửa, cần xem lại, để biết: ở tệp nào, ô nào, cách sửa.".to_owned(),
        Sheet::Ledger => {
            "Điểm tự đánh giá - chưa hợp lệ + chênh lệch thẩm định = điểm được tính; số tệp đã thấy và kết quả."
                .to_owned()
        }
        Sheet::Verified => "Điểm tự đánh giá và điểm thẩm định đặt cạnh nhau, không trộn vào nhau.".to_owned(),
        Sheet::Recognised => {
            "Kết quả cấp trên công nhận, cạnh điểm tự đánh giá, thẩm định và được tính; khác ở đâu, vì sao.".to_owned()
        }
        Sheet::Milestones => {
            "Kết quả đã chốt trong năm; điểm, mức nào khác từ mốc này đến mốc sau, đến lần chạy này, và vì sao."
                .to_owned()
        }
        Sheet::Evidence(part) => {
            let which = plan.evidence[part].between.map_or(String::new(), |(first, last)| {
                let all = plan.evidence.len();
                format!(" Phần {} trong {all}: từ {first} đến {last}.", part + 1)
            });
            format!("Minh chứng các trường đã ghi, theo bộ chỉ số, nội dung, trường.{which}")
        }
        Sheet::Duties => "Ai chủ trì, ai phối hợp từng tiêu chí của cơ quan.".to_owned(),
        Sheet::Rules => "Bộ chỉ số đang áp dụng; căn cứ của từng con số; con số nào chưa đối chiếu phụ lục.".to_owned(),
        Sheet::Files => {
            "Mỗi dòng một tệp đã thấy trong thư mục nop: kết quả, kích thước, thời gian, mã kiểm tra.".to_owned()
        }
    }
}

/// The tab's name as title in A1, what it holds as the second line, then remarks; returns the row after them.
fn title(plan: &Plan<'_>, sheet: Sheet, page: &mut Page<'_>, remarks: &[String]) -> Result<u32, XlsxError> {
    let look = page.look;
    let title = format!("{}, năm học {}", plan.tab(sheet).name, plan.outcome.office.year);
    page.ws.set_row_height(0, 24)?;
    page.line(CellRef::new(0, 0), &title, &look.title)?;
    page.line(CellRef::new(1, 0), &holds(plan, sheet), &look.note)?;
    for (row, remark) in (2..).zip(remarks) {
        page.line(CellRef::new(row, 0), remark, &look.note)?;
    }
    Ok(2 + remarks.len() as u32)
}

/// A page with the tab's name at its foot.
fn set_up(page: &mut Page<'_>, last: CellRef, head: Option<u32>, frozen: u16) -> Written {
    let name = page.ws.name();
    page.set_up(&name, last, head, frozen)
}
