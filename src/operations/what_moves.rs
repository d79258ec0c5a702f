//! The sheets `Nội dung mất điểm`, the items where most points are missing, and `Tăng điểm cơ quan`, what would move the
//! office's computed criteria.

use super::page::{self, Line, Page};
use super::titled;
use crate::outcome::Outcome;
use crate::points::Share;
use crate::views::criteria::{WayUp, ways_up};
use crate::views::sums::{MOST_LOST, Sums};
use crate::writers::xlsx::{Columns, Written};

/// The name of the sheet of items.
pub const ITEMS_NAME: &str = "Nội dung mất điểm";

/// The name of the sheet of the office's criteria.
pub const CRITERIA_NAME: &str = "Tăng điểm cơ quan";

/// The items where the schools of a set together miss most points.
pub(super) fn items(outcome: &Outcome, page: &mut Page) -> Written {
    let look = page.look;
    let sets: Vec<Sums> = outcome.book.of_schools().map(|set| Sums::of(outcome, set)).collect();
    let rows: Vec<(&Sums, usize)> =
        sets.iter().flat_map(|sums| sums.most_lost().into_iter().map(move |node| (sums, node))).collect();
    let columns = Columns::of(&rows)
        .with("Mã", 10.0, |item, _| look.mid(item.0.set.nodes[item.1].code.to_string()))
        .with("Nội dung", 60.0, |item, _| look.text(&item.0.set.nodes[item.1].title))
        .with("Bộ chỉ số", 18.0, |(sums, _), _| look.text(&sums.set.short))
        .with("Số phiếu được tính", 12.0, |(sums, _), _| look.number(sums.returns))
        .with("Tổng điểm các trường", 13.0, |(sums, node), _| look.number(sums.points(*node)))
        .with("Điểm tối đa một phiếu", 13.0, |item, _| look.number(item.0.set.nodes[item.1].max))
        .with("Tổng tối đa", 12.0, |(sums, node), row| {
            look.formula(format!("ROUND(D{row}*F{row},2)"), sums.most(*node))
        })
        .with("Còn thiếu", 12.0, |(sums, node), row| {
            look.formula(format!("ROUND(G{row}-E{row},2)"), sums.lost(*node))
        })
        .with("Tỉ lệ đạt", 11.0, |(sums, node), row| {
            look.share(format!("IF(G{row}=0,0,E{row}/G{row})"), sums.reached(*node))
        });
    let lines = [Line::Text(format!(
        "Nội dung mà các trường cùng mất nhiều điểm nhất, mỗi bộ chỉ số {MOST_LOST} nội dung: chỗ nên hướng dẫn trước."
    ))];
    let none = "Chưa có phiếu nào được tính, hoặc không nội dung nào mất điểm.";
    page::write(page, &titled(outcome, ITEMS_NAME), &lines, &columns, &rows, none)
}

/// How many schools would have to rise for the office's computed criteria to rise.
pub(super) fn criteria(outcome: &Outcome, page: &mut Page) -> Written {
    let ways = ways_up(outcome);
    let look = page.look;
    let columns = Columns::of(&ways)
        .with("Tiêu chí", 10.0, |one, _| look.mid(one.node.code.to_string()))
        .with("Cách tăng điểm", 44.0, |one, _| look.text(&one.rise.how))
        .with("Điểm hiện nay", 11.0, |one, _| look.number(one.numbers.points))
        .with("Điểm tối đa", 11.0, |one, _| look.number(one.node.max.unwrap_or_default()))
        .with("Số phiếu chia", 11.0, |one, _| look.number(one.numbers.denominator))
        .with("Số trường còn ở dưới", 12.0, |one, _| look.number(one.rise.schools))
        .with("Trọng số thêm mỗi trường", 12.0, |one, _| look.number(one.rise.weight.map(Share::to_f64)))
        .with("Điểm thêm mỗi trường", 12.0, |one, row| match one.each {
            Some(each) => look.fine(format!("D{row}*G{row}/E{row}"), each),
            None => look.mid(""),
        })
        .with("Nếu tất cả cùng lên", 12.0, |one, row| match one.all {
            Some(all) => look.formula(format!("ROUND(H{row}*F{row},2)"), all),
            None => look.mid(""),
        })
        .with("Số trường cần lên để thêm 1 điểm", 16.0, |one, row| match one.needed {
            Some(needed) => look.formula(needed_formula(one, row), needed),
            None => look.mid(""),
        });
    let holds = "Tiêu chí cơ quan tính từ phiếu của trường: bao nhiêu trường cần lên mức để thêm điểm.";
    let lines = [Line::Text(holds.to_owned())];
    let none = "Không có tiêu chí nào của cơ quan tính từ phiếu của trường.";
    page::write(page, &titled(outcome, CRITERIA_NAME), &lines, &columns, &ways, none)
}

/// How many schools would have to rise, as a formula of this row.
fn needed_formula(way: &WayUp, row: u32) -> String {
    match &way.rise.to_next_band {
        Some(band) => format!("ROUNDUP({}*E{row}/{},0)-(E{row}-F{row})", band.from.num(), band.from.den()),
        None => format!("ROUNDUP(ROUND(1/H{row},6),0)"),
    }
}
