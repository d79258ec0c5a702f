//! The sheet `Việc hôm nay`: whom to chase first, how to reach them, and what to write.

use rust_xlsxwriter::XlsxError;

use super::page::{Cell, Page};
use super::{Earlier, changes};
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::views::changes::Comparison;
use crate::views::since::Since;
use crate::views::tasks::{Task, tasks, to_school};

/// The sheet's name.
pub const NAME: &str = "Việc hôm nay";

const COLUMNS: [(&str, f64); 12] = [
    ("Thứ tự", 7.0),
    ("Mã trường", 12.0),
    ("Tên trường", 24.0),
    ("Việc", 16.0),
    ("Bộ chỉ số", 14.0),
    ("Hạn gửi", 12.0),
    ("Còn (ngày)", 9.0),
    ("Từ lần trước", 17.0),
    ("Người liên hệ", 16.0),
    ("Điện thoại", 14.0),
    ("E-mail", 27.0),
    ("Tin nhắn gửi trường", 76.0),
];
/// The column of the day of the run, which stands above the table.
const RUN_DAY: u16 = 2;

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Result<(), XlsxError> {
    let tasks = tasks(outcome);
    page.title(
        &format!("{NAME}, năm học {}", outcome.office.year),
        "Trường cần nhắc, việc gấp ở trên: chưa nộp, cần sửa, nộp trễ. Chép ô ở cột cuối vào Zalo hay e-mail.",
        &[],
    )?;
    page.run_day("Ngày chạy:", outcome.at.date(), RUN_DAY)?;
    let since = earlier.previous.map(|previous| Since::of(&Comparison::of(previous, outcome)));
    page.remark(&match (&since, earlier.unreadable) {
        (Some(since), _) => format!("{} Chi tiết ở trang “{}”.", since.summary(), changes::NAME),
        (None, Some(why)) => format!("Không so được với lần chạy trước: {}.", why.message(Lang::Vi)),
        (None, None) => "Chưa có lần chạy trước trong năm học để so.".to_owned(),
    })?;
    page.table(&COLUMNS, tasks.len())?;
    for (number, task) in (1_usize..).zip(&tasks) {
        let cells = row(outcome, number, task, since.as_ref(), page.row + 1);
        page.cells(cells)?;
    }
    if tasks.is_empty() {
        page.empty("–")?;
        page.remark("Không có trường nào cần nhắc.")?;
    }
    page.finish()
}

fn row(outcome: &Outcome, number: usize, task: &Task, since: Option<&Since>, row: u32) -> Vec<Cell> {
    let school = task.school;
    let last = task.last_day;
    let left = last.and_then(|last| outcome.at.date().until(last).ok()).map(|span| f64::from(span.get_days()));
    vec![
        number.into(),
        Cell::mid(&school.code.0),
        Cell::text(&school.name),
        Cell::text(task.labels()),
        Cell::text(task.sets()),
        Cell::Day(last),
        left.map_or_else(|| Cell::mid(""), |left| Cell::Formula(format!("F{row}-$C$3"), left)),
        Cell::text(since.map(|since| since.of_school(school)).unwrap_or_default()),
        Cell::text(&school.contact),
        Cell::text(&school.phone),
        Cell::text(&school.email),
        Cell::text(to_school(outcome, task)),
    ]
}
