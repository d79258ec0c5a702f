//! The sheets `Nội dung mất điểm`, the items where most points are missing, and `Tăng điểm cơ quan`, what would move the
//! office's computed criteria.

use std::cmp::Reverse;

use super::level::counted;
use super::page::{self, Line, Page};
use super::titled;
use crate::outcome::{ComputedResult, Outcome};
use crate::points::{Points, Share};
use crate::rules::{Node, Rise, RuleSet};
use crate::writers::xlsx::{Columns, Written};

/// The name of the sheet of items.
pub const ITEMS_NAME: &str = "Nội dung mất điểm";

/// The name of the sheet of the office's criteria.
pub const CRITERIA_NAME: &str = "Tăng điểm cơ quan";

/// Items of each set.
const ITEMS: usize = 10;

/// The items where the schools of a set together miss most points.
pub(super) fn items(outcome: &Outcome, page: &mut Page) -> Written {
    let look = page.look;
    let sets: Vec<Lost> = outcome.book.of_schools().map(|set| lost(outcome, set)).collect();
    let rows: Vec<Item> = sets.iter().flat_map(Lost::rows).collect();
    let columns = Columns::of(&rows)
        .with("Mã", 10.0, |item, _| look.mid(item.node.code.to_string()))
        .with("Nội dung", 60.0, |item, _| look.text(&item.node.title))
        .with("Bộ chỉ số", 18.0, |item, _| look.text(&item.lost.set.short))
        .with("Số phiếu được tính", 12.0, |item, _| look.number(item.lost.returns))
        .with("Tổng điểm các trường", 13.0, |item, _| look.number(item.sum))
        .with("Điểm tối đa một phiếu", 13.0, |item, _| look.number(item.max))
        .with("Tổng tối đa", 12.0, |item, row| look.formula(format!("ROUND(D{row}*F{row},2)"), item.whole()))
        .with("Còn thiếu", 12.0, |item, row| {
            look.formula(format!("ROUND(G{row}-E{row},2)"), item.whole() - item.sum)
        })
        .with("Tỉ lệ đạt", 11.0, |item, row| {
            let share = item.sum.to_f64() / item.whole().to_f64();
            look.share(format!("IF(G{row}=0,0,E{row}/G{row})"), share)
        });
    let lines = [Line::Text(format!(
        "Nội dung mà các trường cùng mất nhiều điểm nhất, mỗi bộ chỉ số {ITEMS} nội dung: chỗ nên hướng dẫn trước."
    ))];
    let none = "Chưa có phiếu nào được tính, hoặc không nội dung nào mất điểm.";
    page::write(page, &titled(outcome, ITEMS_NAME), &lines, &columns, &rows, none)
}

/// One of them.
struct Item<'a> {
    lost: &'a Lost<'a>,
    node: &'a Node,
    max: Points,
    sum: Points,
}

impl Item<'_> {
    fn whole(&self) -> Points {
        whole(self.max, self.lost.returns)
    }
}

impl Lost<'_> {
    fn rows(&self) -> impl Iterator<Item = Item<'_>> {
        self.items.iter().map(|&(node, max, sum)| Item { lost: self, node: &self.set.nodes[node], max, sum })
    }
}

/// The items of a set that miss most, with their maximum and what all schools have together.
struct Lost<'a> {
    set: &'a RuleSet,
    returns: usize,
    items: Vec<(usize, Points, Points)>,
}

fn lost<'a>(outcome: &Outcome, set: &'a RuleSet) -> Lost<'a> {
    let (returns, sums) = sums(outcome, set);
    let missing = |&(_, max, sum): &(usize, Points, Points)| whole(max, returns) - sum;
    let mut items: Vec<(usize, Points, Points)> = Vec::new();
    for (i, node) in set.nodes.iter().enumerate() {
        items.extend(node.max.filter(|_| node.kind.is_scored() && returns > 0).map(|max| (i, max, sums[i])));
    }
    items.retain(|item| missing(item) > Points::ZERO);
    items.sort_by_key(|item| Reverse(missing(item)));
    items.truncate(ITEMS);
    Lost { set, returns, items }
}

/// The most that so many returns can have.
fn whole(max: Points, returns: usize) -> Points {
    Points::hundredths(max.as_hundredths() * returns as i64)
}

/// How many returns count, and the sum of the counted points of each node.
fn sums(outcome: &Outcome, set: &RuleSet) -> (usize, Vec<Points>) {
    let mut returns = 0;
    let mut sums = vec![Points::ZERO; set.nodes.len()];
    for (_, _, scored) in counted(outcome).filter(|(_, of, _)| of.id == set.id) {
        returns += 1;
        for (sum, node) in sums.iter_mut().zip(&scored.nodes) {
            *sum += node.counted;
        }
    }
    (returns, sums)
}

/// How many schools would have to rise for the office's computed criteria to rise.
pub(super) fn criteria(outcome: &Outcome, page: &mut Page) -> Written {
    let mut rises: Vec<Move> = Vec::new();
    if let Some(result) = &outcome.offices
        && let Some(set) = outcome.book.get(&result.set)
    {
        for numbers in &result.computed {
            let Some(node) = set.node(numbers.code) else { continue };
            let Some(computed) = &node.computed else { continue };
            let all = computed.formula.rises(&numbers.by_level, numbers.share);
            rises.extend(all.into_iter().map(|rise| Move::of(node, numbers, rise)));
        }
    }
    let look = page.look;
    let columns = Columns::of(&rises)
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
        .with("Số trường cần lên để thêm 1 điểm", 16.0, |one, row| match one.needed(row) {
            Some((formula, needed)) => look.formula(formula, needed),
            None => look.mid(""),
        });
    let holds = "Tiêu chí cơ quan tính từ phiếu của trường: bao nhiêu trường cần lên mức để thêm điểm.";
    let lines = [Line::Text(holds.to_owned())];
    let none = "Không có tiêu chí nào của cơ quan tính từ phiếu của trường.";
    page::write(page, &titled(outcome, CRITERIA_NAME), &lines, &columns, &rises, none)
}

/// One way to more points.
struct Move<'a> {
    node: &'a Node,
    numbers: &'a ComputedResult,
    rise: Rise,
    /// Points for each school that rises, and for all of them.
    each: Option<f64>,
    all: Option<f64>,
}

impl<'a> Move<'a> {
    fn of(node: &'a Node, numbers: &'a ComputedResult, rise: Rise) -> Move<'a> {
        let max = node.max.unwrap_or_default().to_f64();
        let weight = rise.weight.map(Share::to_f64).filter(|_| numbers.denominator > 0);
        let each = weight.map(|weight| max * weight / f64::from(numbers.denominator));
        let all = each.zip(rise.schools).map(|(each, schools)| hundredths(each * f64::from(schools)));
        Move { node, numbers, rise, each, all }
    }

    /// How many schools would have to rise, as a formula of this row with its result.
    fn needed(&self, row: u32) -> Option<(String, f64)> {
        let parts = self.numbers.denominator;
        match (&self.rise.to_next_band, self.each) {
            (Some(band), _) => {
                let (num, den) = (band.from.num(), band.from.den());
                let reached = parts - self.rise.schools.unwrap_or(0);
                let need = (num * i128::from(parts) + den - 1) / den - i128::from(reached);
                Some((format!("ROUNDUP({num}*E{row}/{den},0)-(E{row}-F{row})"), need as f64))
            }
            (None, Some(each)) if each > 0.0 => {
                Some((format!("ROUNDUP(ROUND(1/H{row},6),0)"), ((1.0 / each * 1e6).round() / 1e6).ceil()))
            }
            _ => None,
        }
    }
}

/// As ROUND(…, 2) gives it.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
