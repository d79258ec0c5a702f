//! The sheet `Giải trình`: what schools say instead of correcting, and how the office has the last word.

use super::page::{self, Line, Page};
use super::titled;
use crate::finding::{Lang, Regard};
use crate::outcome::Outcome;
use crate::views::opinions::Answered;
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "Giải trình";

const LINES: [&str; 2] = [
    "Điều cần xem lại mà trường ghi ý kiến thay cho sửa. Đã giải trình thì không hỏi trường nữa.",
    "Không chấp nhận: thêm vào so-nhan.xlsx một dòng, chép Mã trường, Mã lỗi, Mã nội dung ở bảng này, ghi x ở cột \
     Không chấp nhận, chạy lại; trường sẽ được hỏi lại. Nay chấp nhận thì xóa dòng đó.",
];

pub(super) fn write(outcome: &Outcome, page: &mut Page) -> Written {
    let answered = outcome.answered();
    let look = page.look;
    let set = |one: &Answered| one.finding.set.as_ref().and_then(|set| outcome.book.get(set));
    let columns = Columns::of(&answered)
        .with("Mã trường", 13.0, |one, _| look.mid(&one.school.code.0))
        .with("Tên trường", 28.0, |one, _| look.text(&one.school.name))
        .with("Bộ chỉ số", 15.0, |one, _| look.text(set(one).map_or("", |set| &set.short)))
        .with("Mã lỗi", 10.0, |one, _| look.mid(one.finding.code.to_string()))
        .with("Mã nội dung", 10.0, |one, _| {
            look.mid(one.finding.item.map(|item| item.to_string()).unwrap_or_default())
        })
        .with("Điều cần xem lại", 46.0, |one, _| look.text(one.finding.message(Lang::Vi)))
        .with("Ý kiến của trường", 52.0, |one, _| {
            look.text(one.finding.opinion.as_ref().map_or("", |opinion| opinion.text.as_str()))
        })
        .with("Tình trạng", 20.0, |one, _| {
            look.text(one.finding.opinion.as_ref().map_or("", |opinion| standing(opinion.regard)))
        })
        .with("Tệp", 34.0, |one, _| look.text(one.finding.place.file.as_deref().unwrap_or_default()))
        .with("Ô", 8.0, |one, _| look.mid(one.finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default()));
    let lines = LINES.map(|line| Line::Text(line.to_owned()));
    page::write(page, &titled(outcome, NAME), &lines, &columns, &answered, "Không có.")
}

fn standing(regard: Regard) -> &'static str {
    match regard {
        Regard::Explains => "Đã giải trình",
        Regard::Refused => "Cơ quan chưa chấp nhận, đang hỏi lại",
        Regard::Outdated => "Số liệu đã khác, đang hỏi lại",
    }
}
