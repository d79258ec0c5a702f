//! The sheet `Đáng xem lại`: what no rule forbids and a person should look at, each with its reason.

use super::page::{self, Line, Page};
use super::{Earlier, titled};
use crate::outcome::Outcome;
use crate::views::doubts::doubts;
use crate::writers::xlsx::{Columns, Written};

/// The sheet's name.
pub const NAME: &str = "Đáng xem lại";

pub(super) fn write(outcome: &Outcome, earlier: Earlier, page: &mut Page) -> Written {
    let doubts = doubts(outcome, earlier.previous, earlier.last_year);
    let look = page.look;
    let columns = Columns::of(&doubts)
        .with("Mã trường", 14.0, |doubt, _| look.mid(&outcome.school_of(doubt.expected).code.0))
        .with("Tên trường", 30.0, |doubt, _| look.text(&outcome.school_of(doubt.expected).name))
        .with("Bộ chỉ số", 16.0, |doubt, _| look.text(&doubt.set.short))
        .with("Dấu hiệu", 24.0, |doubt, _| look.text(doubt.sign))
        .with("Lý do", 64.0, |doubt, _| look.text(&doubt.reason))
        .with("Tệp", 34.0, |doubt, _| look.text(doubt.expected.source.as_ref().map_or("", |source| &source.file)))
        .with("Điểm", 10.0, |doubt, _| look.number(doubt.near.map(|(points, _)| points)))
        .with("Ngưỡng", 10.0, |doubt, _| look.number(doubt.near.map(|(_, end)| end)))
        .with("Cách ngưỡng", 11.0, |doubt, row| match doubt.near {
            Some((points, end)) => look.formula(format!("ROUND(G{row}-H{row},2)"), points - end),
            None => look.mid(""),
        });
    let holds = "Điểm nên xem lại trước khi duyệt. Đây là dấu hiệu để hỏi lại, không phải kết luận; không gửi ra ngoài cơ quan.";
    let lines = [Line::Text(holds.to_owned())];
    page::write(page, &titled(outcome, NAME), &lines, &columns, &doubts, "Không có dấu hiệu nào.")
}
