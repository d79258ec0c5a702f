//! The sheet `Việc hôm nay`: whom to chase first, how to reach them, and what to write.

use super::page::{self, Line, Page};
use super::{Earlier, changes, titled};
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::views::changes::Comparison;
use crate::views::since::Since;
use crate::views::tasks::{Task, tasks, to_school};
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "Việc hôm nay";

/// The column of the day of the run, which stands above the table.
const RUN_DAY: u32 = 2;

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Written {
    let look = page.look;
    let tasks = tasks(outcome);
    let since = earlier.previous.map(|previous| Since::of(&Comparison::of(previous, outcome)));
    let left = |task: &Task| {
        let left = task.last_day.and_then(|last| outcome.at.date().until(last).ok());
        left.map(|span| f64::from(span.get_days()))
    };
    let columns = Columns::of(&tasks)
        // The table's header stands in the fifth row.
        .with("Thứ tự", 7.0, |_, row| look.number(row - 5))
        .with("Mã trường", 12.0, |task, _| look.mid(&task.school.code.0))
        .with("Tên trường", 24.0, |task, _| look.text(&task.school.name))
        .with("Việc", 16.0, |task, _| look.text(task.labels()))
        .with("Bộ chỉ số", 14.0, |task, _| look.text(task.sets()))
        .with("Hạn gửi", 12.0, |task, _| look.day(task.last_day))
        .with("Còn (ngày)", 9.0, |task, row| match left(task) {
            Some(left) => look.formula(format!("F{row}-$C$3"), left),
            None => look.mid(""),
        })
        .with("Từ lần trước", 17.0, |task, _| {
            look.text(since.as_ref().map_or_else(String::new, |since| since.of_school(task.school)))
        })
        .with("Người liên hệ", 16.0, |task, _| look.text(&task.school.contact))
        .with("Điện thoại", 14.0, |task, _| look.text(&task.school.phone))
        .with("E-mail", 27.0, |task, _| look.text(&task.school.email))
        .with("Tin nhắn gửi trường", 76.0, |task, _| look.text(to_school(outcome, task)));
    let holds = "Trường cần nhắc, việc gấp ở trên: chưa nộp, cần sửa, nộp trễ. Chép ô ở cột cuối vào Zalo hay e-mail.";
    let before = match (&since, earlier.unreadable) {
        (Some(since), _) => format!("{} Chi tiết ở trang “{}”.", since.summary(), changes::NAME),
        (None, Some(why)) => format!("Không so được với lần chạy trước: {}.", why.message(Lang::Vi)),
        (None, None) => "Chưa có lần chạy trước trong năm học để so.".to_owned(),
    };
    let lines = [Line::Text(holds.to_owned()), Line::Day("Ngày chạy:", outcome.at.date(), RUN_DAY), Line::Text(before)];
    page::write(page, &titled(outcome, NAME), &lines, &columns, &tasks, "Không có trường nào cần nhắc.")
}
