//! The sheet `Việc hôm nay`: whom to chase first, how to reach them, and what to write: schools, units, and who is in charge
//! of the office's own criteria.

use super::page::{self, Line, Page};
use super::{Earlier, changes, titled};
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::views::changes::Comparison;
use crate::views::chase::chase;
use crate::views::figures::Headline;
use crate::views::since::Since;
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "Việc hôm nay";

/// The column of the day of the run, which stands above the table.
const RUN_DAY: u32 = 2;
/// The number of the row of the table's header.
const HEAD: u32 = 5;

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Written {
    let look = page.look;
    let since = earlier.previous.map(|previous| Since::of(&Comparison::of(previous, outcome)));
    let rows = chase(outcome, since.as_ref());
    let columns = Columns::of(&rows)
        .with("Thứ tự", 7.0, |_, at| look.number(at - HEAD))
        .with("Mã", 11.5, |row, _| look.mid(&row.code))
        .with("Gửi ai", 23.0, |row, _| look.text(&row.name))
        .with("Việc", 16.0, |row, _| look.text(&row.work))
        .with("Bộ chỉ số", 13.0, |row, _| look.text(&row.sets))
        .with("Hạn gửi", 12.0, |row, _| look.day(row.last_day))
        .with("Còn (ngày)", 9.0, |row, at| match row.days_left {
            Some(left) => look.formula(format!("F{at}-$C$3"), f64::from(left)),
            None => look.mid(""),
        })
        .with("Từ lần trước", 16.0, |row, _| look.text(&row.since))
        .with("Người liên hệ", 15.0, |row, _| look.text(&row.contact))
        .with("Điện thoại", 13.0, |row, _| look.text(&row.phone))
        .with("E-mail", 25.0, |row, _| look.text(&row.email))
        .with("Tin nhắn", 72.0, |row, _| look.text(&row.message));
    let holds = "Ai cần nhắc, việc gấp ở trên: chưa nộp, cần sửa, nộp trễ; việc của chính cơ quan. Số ngày âm là đã quá hạn. \
                 Chép ô ở cột cuối vào Zalo hay e-mail.";
    let before = match (&since, earlier.unreadable) {
        (Some(since), _) => format!("{} Chi tiết ở trang “{}”.", since.summary(), changes::NAME),
        (None, Some(why)) => format!("Không so được với lần chạy trước: {}.", why.message(Lang::Vi)),
        (None, None) => "Chưa có lần chạy trước trong năm học để so.".to_owned(),
    };
    let left = Headline::of(outcome).days_left(Lang::Vi);
    let before = [before].into_iter().chain(left).collect::<Vec<_>>().join(" ");
    let lines = [Line::Text(holds.to_owned()), Line::Day("Ngày chạy:", outcome.at.date(), RUN_DAY), Line::Text(before)];
    page::write(page, &titled(outcome, NAME), &lines, &columns, &rows, "Không có ai cần nhắc.")
}
