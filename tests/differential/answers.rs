//! Random answers to a set, as cells: numbers and the many ways to write them, blanks, faults.

use cds::grid::{CellRef, Grid, Value};

use super::universe::{Kind, Node, Set, Share};
use crate::outcomes::Dice;

/// What the cells of one row mean to a person who reads them.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub score: Score,
    pub amount: Amount,
}

/// The cell of a score; points in hundred-thousandths.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Score {
    #[default]
    Blank,
    Points(i64),
    Yes,
    No,
    /// "-": nothing done.
    Nothing,
    /// So many of a whole that may be the maximum.
    Of(i64, i64),
    /// What has no reading, or two.
    Unreadable,
}

/// Số đạt and Tổng số.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Amount {
    #[default]
    Blank,
    /// A part and a whole, in two cells or as `12/15`.
    Parts(Share, Share),
    /// `80%`, or a number below one.
    Part(Share),
    /// A number of one or more in one cell.
    Number(Share),
    Unreadable,
    WholeAlone,
}

const PER_HUNDREDTH: i64 = 1000;

fn decimal(hundred_thousandths: i64, mark: &str) -> String {
    let n = hundred_thousandths.unsigned_abs();
    let fraction = format!("{:05}", n % 100_000);
    let fraction = fraction.trim_end_matches('0');
    let sign = if hundred_thousandths < 0 { "-" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{}", n / 100_000)
    } else {
        format!("{sign}{}{mark}{fraction}", n / 100_000)
    }
}

fn pick<'a>(dice: &mut Dice, from: &[&'a str]) -> &'a str {
    from[dice.roll(from.len() as u64) as usize]
}

/// A number in a cell: stored, or as a text.
fn number(dice: &mut Dice, hundred_thousandths: i64, unit: bool) -> Value {
    let (mark, n) = (pick(dice, &[",", "."]), hundred_thousandths);
    let digits = decimal(n, mark);
    match dice.roll(8) {
        0 => Value::Text(digits),
        1 if unit => Value::Text(format!("{digits} điểm")),
        2 if unit => Value::Text(format!("{digits}đ")),
        3 if unit => Value::Text(format!(" {digits} ")),
        _ => Value::Number(n as f64 / 100_000.0),
    }
}

/// A score from 0 to the maximum, mostly; sometimes finer, below or above by a little.
fn some_points(dice: &mut Dice, max: i64) -> i64 {
    let hundredths = match dice.roll(10) {
        0 => max,
        1 => 0,
        2 => dice.roll(max as u64 + 1) as i64,
        3 => max + 1 + dice.roll(300) as i64,
        4 => -(dice.roll(300) as i64),
        _ => dice.roll(max as u64 / 50 + 1) as i64 * 50,
    };
    let finer = match dice.roll(8) {
        0 => dice.roll(1000) as i64 - 500,
        1 => [4, 400, 500, -4, -400, -500][dice.roll(6) as usize],
        _ => 0,
    };
    hundredths * PER_HUNDREDTH + finer
}

fn score(dice: &mut Dice, node: &Node) -> (Score, Option<Value>) {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    if node.kind == Kind::Condition {
        return match dice.roll(12) {
            0 => (Score::Blank, None),
            1 => (Score::Unreadable, text(pick(dice, &["tốt", "đang trình", "5"]))),
            2 | 3 => (Score::No, text(pick(dice, &["Chưa đạt", "Không", "0"]))),
            4 => (Score::Yes, Some(Value::Number(1.0))),
            _ => (Score::Yes, text(pick(dice, &["Đạt", "x", "Có", "✓"]))),
        };
    }
    let yes_no = node.kind == Kind::YesNo;
    match dice.roll(24) {
        0 | 1 => (Score::Blank, None),
        2 => (Score::Unreadable, text(pick(dice, &["tốt", "5-6", "khoảng 7", "80%", "#"]))),
        3 => (Score::Nothing, Some(Value::Text("-".to_owned()))),
        4 => (Score::No, text(pick(dice, &["Không", "chưa làm"]))),
        5 if yes_no => (Score::Yes, text(pick(dice, &["x", "✓", "Có"]))),
        6 if yes_no => (Score::No, text("Không")),
        7 if yes_no => (Score::Points(100_000), Some(Value::Number(1.0))),
        8 | 9 => {
            let (part, whole) = (some_points(dice, node.max).abs(), node.max + [0, 0, 0, 100][dice.roll(4) as usize]);
            let shown = format!("{}/{}", decimal(part, ","), decimal(whole * PER_HUNDREDTH, ","));
            (Score::Of(part, whole), Some(Value::Text(shown)))
        }
        10..=17 if yes_no => {
            let points = if dice.roll(2) == 0 { 0 } else { node.max * PER_HUNDREDTH };
            (Score::Points(points), Some(number(dice, points, true)))
        }
        _ => {
            let points = some_points(dice, node.max);
            (Score::Points(points), Some(number(dice, points, true)))
        }
    }
}

/// An amount with the cells of Số đạt and Tổng số.
fn amount(dice: &mut Dice, node: &Node) -> (Amount, Option<Value>, Option<Value>) {
    let whole = |n: i64| Value::Number(n as f64);
    let text = |text: String| Some(Value::Text(text));
    if node.kind == Kind::Count {
        return match dice.roll(12) {
            0 => (Amount::Blank, None, None),
            1 => (Amount::Unreadable, text(pick(dice, &["nhiều", "80%", "12/15"]).to_owned()), None),
            2 => {
                let n = -1 - dice.roll(20) as i64;
                (Amount::Number((n.into(), 1)), Some(number(dice, n * 100_000, false)), None)
            }
            _ => {
                let n = dice.roll(80) as i64;
                (Amount::Number((n.into(), 1)), Some(number(dice, n * 100_000, false)), None)
            }
        };
    }
    let (n, m) = (dice.roll(21) as i64, 1 + dice.roll(20) as i64);
    match dice.roll(16) {
        0 => (Amount::Blank, None, None),
        1 => (Amount::Unreadable, text(pick(dice, &["gần hết", "5-6"]).to_owned()), Some(whole(m))),
        2 => (Amount::WholeAlone, None, Some(whole(m))),
        3 => (Amount::Parts((n.into(), 1), (0, 1)), Some(whole(n)), Some(whole(0))),
        4 => (Amount::Parts((-1 - i128::from(n), 1), (m.into(), 1)), Some(whole(-1 - n)), Some(whole(m))),
        5 | 6 => {
            let thousandths = dice.roll(1300) as i64 - 100;
            let shown = decimal(thousandths * 10_000, pick(dice, &[",", "."]));
            (Amount::Part((thousandths.into(), 1000)), text(format!("{shown}%")), None)
        }
        7 => {
            let thousandths = dice.roll(1100) as i64 - 101;
            let value = number(dice, thousandths * 100, false);
            (Amount::Part((thousandths.into(), 1000)), Some(value), None)
        }
        8 => (Amount::Number((m.into(), 1)), Some(whole(m)), None),
        9 => (Amount::Parts((n.into(), 1), (m.into(), 1)), text(format!("{n}/{m}")), None),
        _ => {
            let n = n.min(m);
            (Amount::Parts((n.into(), 1), (m.into(), 1)), Some(whole(n)), Some(whole(m)))
        }
    }
}

/// The answers to a set, in its order, and the sheet that holds them.
pub fn answers(dice: &mut Dice, set: &Set, school: Option<(&str, &str)>) -> (Vec<Answer>, Grid) {
    let mut cells: Vec<(CellRef, Value)> = Vec::new();
    let mut put = |row: u32, col: u32, value: Value| cells.push((CellRef::new(row, col), value));
    let text = |text: &str| Value::Text(text.to_owned());
    put(0, 0, text(&format!("PHIẾU TỰ ĐÁNH GIÁ: QĐ {}", set.id)));
    if let Some((code, name)) = school {
        for (row, label, value) in [(1, "Mã trường", code), (2, "Tên trường", name)] {
            put(row, 0, text(label));
            put(row, 1, text(value));
        }
    }
    put(3, 0, text("Năm học"));
    put(3, 1, text("2024-2025"));
    let heads = ["Mã", "Nội dung", "Điểm tối đa", "Điểm tự đánh giá", "Số đạt", "Tổng số", "Minh chứng", "Ghi chú"];
    for (col, head) in (0..).zip(heads) {
        put(5, col, text(head));
    }
    // Some schools answer little.
    let diligence = 1 + dice.roll(12);
    let mut all = Vec::new();
    for (row, node) in (6..).zip(&set.nodes) {
        put(row, 0, text(&node.code));
        put(row, 1, text(&node.title));
        if node.kind != Kind::Condition {
            put(row, 2, Value::Number(node.max as f64 / 100.0));
        }
        let mut answer = Answer::default();
        if (node.is_scored() || node.kind == Kind::Condition) && dice.roll(12) <= diligence * 2 {
            let (meant, value) = score(dice, node);
            answer.score = meant;
            value.into_iter().for_each(|value| put(row, 3, value));
            put(row, 6, text("QĐ số 12"));
        }
        if matches!(node.kind, Kind::Ratio | Kind::Count) {
            let (meant, part, whole) = amount(dice, node);
            answer.amount = meant;
            part.into_iter().for_each(|value| put(row, 4, value));
            whole.into_iter().for_each(|value| put(row, 5, value));
        }
        all.push(answer);
    }
    (all, Grid::new("Phiếu", cells))
}
