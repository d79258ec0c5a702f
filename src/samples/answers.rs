//! Plausible answers of a school: the same at every making, and different from school to school.

use crate::codes::ItemCode;
use crate::form_writer::{Answer, Answers};
use crate::grid::Value;
use crate::layouts::form::{Field, MET};
use crate::points::Points;
use crate::rules::{Node, NodeKind, RuleSet};

/// The answers of a school that is so far, in percent. `code` is all that they depend on.
pub fn of(set: &RuleSet, code: &str, percent: i64) -> Answers {
    let mut answers = Answers::default();
    for node in set.nodes.iter().filter(|node| node.is_leaf() && node.kind != NodeKind::Computed) {
        answers.items.insert(node.code, answer(node, code, percent));
    }
    let people = ["Nguyễn Thị Lan", "Trần Văn Bình", "Lê Thị Thu", "Phạm Minh Khôi", "Võ Thị Hạnh", "Đặng Quốc Huy"];
    let person = |salt: &str| people[chance(code, salt, people.len() as i64) as usize].to_owned();
    answers.fields.insert(Field::Preparer, person("lập"));
    answers.fields.insert(Field::Head, person("thủ trưởng"));
    answers.fields.insert(Field::Date, format!("{}/5/2025", 10 + chance(code, "ngày", 15)));
    answers
}

fn answer(node: &Node, code: &str, percent: i64) -> Answer {
    let item = node.code.to_string();
    let max = (node.max.unwrap_or_default().to_f64() * 100.0).round() as i64;
    let share = (percent + chance(code, &item, 37) - 18).clamp(0, 100);
    let number = 1 + chance(code, &format!("{item} số"), 180);
    let slug = code.to_lowercase();
    let evidence = match chance(code, &format!("{item} minh chứng"), 5) {
        0 => format!("https://hoso.mau.example/{slug}/{item}"),
        1 => format!("Kế hoạch số {number}/KH ngày {}/10/2024", 1 + number % 28),
        2 => format!("Quyết định số {number}/QĐ ngày {}/9/2024", 1 + number % 28),
        3 => format!("Biên bản ngày {}/4/2025; ảnh chụp màn hình", 1 + number % 28),
        _ => format!("Báo cáo số {number}/BC ngày {}/5/2025", 1 + number % 20),
    };
    let (mut part, mut whole) = (None, None);
    let score = match node.kind {
        NodeKind::Mandatory => Some(Value::Text(MET.to_owned())),
        NodeKind::YesNo => Some(points(if share >= 50 { max } else { 0 })),
        NodeKind::Ratio => {
            let of = 12 + chance(code, "giáo viên", 40);
            let done = (of * share + 50) / 100;
            (part, whole) = (Some(Value::Number(done as f64)), Some(Value::Number(of as f64)));
            Some(points(max * done / of))
        }
        _ => Some(points(max * share / 100)),
    };
    let none = score == Some(Value::Number(0.0));
    Answer { score, part, whole, evidence: if none { String::new() } else { evidence }, note: String::new() }
}

/// Hundredths to the nearest half point.
fn points(hundredths: i64) -> Value {
    Value::Number(((hundredths + 25) / 50) as f64 / 2.0)
}

/// A number below `below` that the school and the purpose decide.
pub(super) fn chance(code: &str, salt: &str, below: i64) -> i64 {
    let hash = blake3::hash(format!("{code} {salt}").as_bytes());
    i64::from(u16::from_be_bytes([hash.as_bytes()[0], hash.as_bytes()[1]])) % below
}

/// A score as it is typed, instead of the number.
pub fn typed(answers: &mut Answers, scores: &[(&str, &str)]) {
    for (code, text) in scores {
        item(answers, code).score = (!text.is_empty()).then(|| Value::Text((*text).to_owned()));
    }
}

/// Nothing where the evidence should stand.
pub fn without_evidence(answers: &mut Answers, codes: &[&str]) {
    for code in codes {
        item(answers, code).evidence.clear();
    }
}

/// The answer to an item.
///
/// # Panics
/// When this is no code of an item.
#[expect(clippy::unwrap_used, reason = "for those who write a sample's answers by hand")]
pub fn item<'a>(answers: &'a mut Answers, code: &str) -> &'a mut Answer {
    answers.items.entry(code.parse::<ItemCode>().unwrap()).or_default()
}

/// What a node and those below it claim, as far as numbers say.
pub fn sum(set: &RuleSet, answers: &Answers, code: ItemCode) -> f64 {
    let below = |node: &&Node| node.is_leaf() && node.code.parts().starts_with(code.parts());
    let score = |node: &Node| match answers.items.get(&node.code)?.score.as_ref()? {
        Value::Number(number) => Some(*number),
        Value::Text(text) => Points::parse(text).map(Points::to_f64),
        _ => None,
    };
    set.nodes.iter().filter(below).filter_map(score).sum()
}
