//! The sheet `Việc hôm nay`: whom to chase first, how to reach them, and what to write: schools, units, and who is in charge
//! of the office's own criteria.

use jiff::civil::Date;

use super::page::{self, Line, Page};
use super::{Earlier, changes, titled};
use crate::finding::Lang;
use crate::outcome::Outcome;
use crate::views::changes::Comparison;
use crate::views::duties::own_works;
use crate::views::since::Since;
use crate::views::tasks::{tasks, to_school};
use crate::views::units::to_chase;
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "Việc hôm nay";

/// The column of the day of the run, which stands above the table.
const RUN_DAY: u32 = 2;
/// The number of the row of the table's header.
const HEAD: u32 = 5;
/// What is due within so many days comes before the schools.
const SOON: i32 = 7;

/// Somebody to chase.
#[derive(Default)]
struct Row {
    code: String,
    name: String,
    work: String,
    set: String,
    last_day: Option<Date>,
    since: String,
    contact: String,
    phone: String,
    email: String,
    message: String,
}

/// The most urgent first: what the office itself owes soon, units, schools, what the office owes later.
fn rows(outcome: &Outcome, since: Option<&Since>) -> Vec<Row> {
    let own = own_works(outcome).into_iter().map(|work| Row {
        name: work.lead.to_owned(),
        work: work.label(),
        last_day: work.due,
        message: work.message(outcome),
        ..Row::default()
    });
    let is_soon = |row: &Row| {
        let left = row.last_day.and_then(|day| outcome.at.date().until(day).ok());
        left.is_some_and(|left| left.get_days() <= SOON)
    };
    let (mut rows, later): (Vec<Row>, Vec<Row>) = own.partition(is_soon);
    rows.extend(to_chase(outcome).into_iter().map(|(unit, message)| Row {
        code: unit.code.to_string(),
        name: unit.name.clone(),
        work: format!("Đơn vị: {}", unit.standing.label().to_lowercase()),
        last_day: outcome.office.deadlines.units,
        contact: unit.contact.clone(),
        phone: unit.phone.clone(),
        email: unit.email.clone(),
        message,
        ..Row::default()
    }));
    rows.extend(tasks(outcome).iter().map(|task| Row {
        code: task.school.code.0.clone(),
        name: task.school.name.clone(),
        work: task.labels(),
        set: task.sets(),
        last_day: task.last_day,
        since: since.map_or_else(String::new, |since| since.of_school(task.school)),
        contact: task.school.contact.clone(),
        phone: task.school.phone.clone(),
        email: task.school.email.clone(),
        message: to_school(outcome, task),
    }));
    rows.extend(later);
    rows
}

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Written {
    let look = page.look;
    let since = earlier.previous.map(|previous| Since::of(&Comparison::of(previous, outcome)));
    let rows = rows(outcome, since.as_ref());
    let left = |row: &Row| {
        let left = row.last_day.and_then(|last| outcome.at.date().until(last).ok());
        left.map(|span| f64::from(span.get_days()))
    };
    let columns = Columns::of(&rows)
        .with("Thứ tự", 7.0, |_, at| look.number(at - HEAD))
        .with("Mã", 11.5, |row, _| look.mid(&row.code))
        .with("Gửi ai", 23.0, |row, _| look.text(&row.name))
        .with("Việc", 16.0, |row, _| look.text(&row.work))
        .with("Bộ chỉ số", 13.0, |row, _| look.text(&row.set))
        .with("Hạn gửi", 12.0, |row, _| look.day(row.last_day))
        .with("Còn (ngày)", 9.0, |row, at| match left(row) {
            Some(left) => look.formula(format!("F{at}-$C$3"), left),
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
    let lines = [Line::Text(holds.to_owned()), Line::Day("Ngày chạy:", outcome.at.date(), RUN_DAY), Line::Text(before)];
    page::write(page, &titled(outcome, NAME), &lines, &columns, &rows, "Không có ai cần nhắc.")
}
