//! The year and its deadlines, held against today.

use jiff::civil::{Date, DateTime};

use super::{Mark, Remark};
use crate::office::Office;

/// So many days before a deadline it is called near.
const NEAR: i32 = 7;

pub(super) fn look(office: &Office, at: DateTime, cds: &str, remarks: &mut Vec<Remark>) {
    let today = at.date();
    if let Some((first, second)) = years(&office.year) {
        let (from, to) = (Date::constant(first, 7, 1), Date::constant(second, 12, 31));
        let odd = match today {
            day if day > to => Some(("đã qua lâu", "is long over")),
            day if day < from => Some(("chưa đến", "has not begun")),
            _ => None,
        };
        if let Some((vi, en)) = odd {
            let year = &office.year;
            remarks.push(
                Remark::new(
                    Mark::Look,
                    format!("Năm học {year} {vi} (hôm nay {}).", shown(today)),
                    format!("The school year {year} {en} (today is {}).", shown(today)),
                )
                .todo(
                    format!("Xem lại nam_hoc trong co-quan.toml; năm mới thì tạo thư mục mới: {cds} init <thư mục mới> --from <thư mục này>."),
                    format!("Check nam_hoc in co-quan.toml; for a new year make a new folder: {cds} init NEW --from THIS."),
                ),
            );
        }
    }
    let all = office.deadlines.all();
    if all.is_empty() {
        remarks.push(
            Remark::new(
                Mark::Look,
                "co-quan.toml chưa ghi hạn nào: chưa xét trường nào nộp trễ.",
                "co-quan.toml states no deadline: no school is called late.",
            )
            .todo("Ghi các hạn trong mục [han].", "Enter the deadlines under [han]."),
        );
    }
    for (_, [vi, en], day) in all {
        let left = today.until(day).map_or(0, |span| span.get_days());
        let when = shown(day);
        remarks.push(match left {
            left if left < 0 => Remark::new(
                Mark::Know,
                format!("Hạn {vi} {when} đã qua {} ngày.", -left),
                format!("Deadline of {en} {when} passed {} days ago.", -left),
            ),
            left if left <= NEAR => Remark::new(
                Mark::Know,
                format!("Còn {left} ngày đến hạn {vi} {when}."),
                format!("{left} days until the deadline of {en}, {when}."),
            ),
            left => Remark::new(
                Mark::Fine,
                format!("Hạn {vi}: {when} (còn {left} ngày)."),
                format!("Deadline of {en}: {when} (in {left} days)."),
            ),
        });
    }
}

/// Years that a calendar has.
fn years(year: &str) -> Option<(i16, i16)> {
    let (first, second) = year.split_once('-')?;
    let usable = |text: &str| text.parse().ok().filter(|year| (1900..=9000).contains(year));
    Some((usable(first)?, usable(second)?))
}

fn shown(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
