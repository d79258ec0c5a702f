//! Indicator sets from one line of text, and answers to them.

use std::collections::BTreeMap;

use cds::codes::{ItemCode, Level, SetId};
use cds::form_writer::{Answer, Answers};
use cds::grid::Value;
use cds::points::{Points, Share};
use cds::rules::{
    Authority, Band, Basis, Bound, Computed, Denominator, Formula, LevelRange, Node, NodeKind, Origin, Overall,
    OverallRule, RuleSet, Scale, Scope, Step, Unmet, UnmetRule,
};
use cds::school::SchoolKind;

/// Two groups with every kind of item.
pub const TINY: &str = "1 group 100 | 1.1 mandatory | 1.2 criterion 70 | 1.2.1 points 50 | 1.2.2 yes-no 20 \
    | 1.3 ratio 30 | 2 group 100 | 2.1 count 80 | 2.2 criterion 20 | 2.2.1 criterion 20 | 2.2.1.1 points 10 \
    | 2.2.1.2 yes-no 2.5 | 2.2.1.3 points 7.5";

/// The set that `code kind max | code kind max` describes.
pub fn set(text: &str) -> RuleSet {
    let mut nodes: Vec<Node> = Vec::new();
    for line in text.split('|') {
        let mut words = line.split_whitespace();
        let code: ItemCode = words.next().unwrap().parse().unwrap();
        let kind = kind(words.next().unwrap());
        let max = words.next().map(|max| Points::parse(max).unwrap());
        nodes.push(node(code, kind, max));
    }
    linked(nodes, &["chưa đáp ứng", "đáp ứng cơ bản", "đáp ứng tốt"])
}

/// A set of leaves at these depths, of any kinds, with a scale of so many levels.
pub fn random(shape: &[(usize, (&str, Points))], levels: u8, by_total: bool) -> RuleSet {
    let mut nodes: Vec<Node> = Vec::new();
    for (number, &(depth, (leaf, max))) in (1..).zip(shape) {
        let mut parts = vec![number];
        nodes.push(node(ItemCode::from_parts(&parts).unwrap(), NodeKind::Group, Some(max)));
        for _ in 1..depth {
            parts.push(1);
            nodes.push(node(ItemCode::from_parts(&parts).unwrap(), NodeKind::Criterion, Some(max)));
        }
        for last in [1, 2] {
            let code = ItemCode::from_parts(&[&parts[..], &[last]].concat()).unwrap();
            let kind = kind(leaf);
            nodes.push(node(code, kind, (kind != NodeKind::Mandatory).then_some(max)));
        }
    }
    let names: Vec<String> = (1..=levels).map(|level| format!("mức \"{level}\"")).collect();
    let mut set = linked(nodes, &names.iter().map(String::as_str).collect::<Vec<_>>());
    if by_total {
        set.overall.rule = OverallRule::ByTotal("group".to_owned());
    }
    set
}

/// Scores by code, as people type them.
pub fn answers(scores: &[(&str, &str)]) -> Answers {
    let item = |&(code, score): &(&str, &str)| {
        (code.parse().unwrap(), Answer { score: Some(Value::Text(score.to_owned())), ..Answer::default() })
    };
    Answers { items: scores.iter().map(item).collect(), ..Answers::default() }
}

fn kind(word: &str) -> NodeKind {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).unwrap()
}

fn authority() -> Authority {
    let empty = String::new;
    Authority { basis: Basis::Sourced, source: empty(), clause: empty(), checked_by: empty(), checked_on: empty() }
}

fn node(code: ItemCode, kind: NodeKind, max: Option<Points>) -> Node {
    let bands = [("0.5", 3), ("0.8", 7)];
    let band = |&(from, points): &(&str, i64)| Band {
        from: Share::parse_decimal(from).unwrap(),
        points: Points::whole(points),
    };
    Node {
        code,
        title: format!("Nội dung {code} về chuyển đổi số trong nhà trường"),
        kind,
        max,
        scale: (kind == NodeKind::Group).then(|| "group".to_owned()),
        bands: if kind == NodeKind::Ratio { bands.iter().map(band).collect() } else { Vec::new() },
        computed: (kind == NodeKind::Computed).then(|| Computed {
            formula: Formula::MeanScore,
            of: Vec::new(),
            denominator: Denominator::Expected,
            scope: Scope::All,
        }),
        authority: authority(),
        parent: None,
        children: Vec::new(),
    }
}

fn linked(mut nodes: Vec<Node>, names: &[&str]) -> RuleSet {
    for index in 0..nodes.len() {
        let parent = nodes[index].code.parent().and_then(|code| nodes.iter().position(|node| node.code == code));
        nodes[index].parent = parent;
        if let Some(parent) = parent {
            nodes[parent].children.push(index);
        }
    }
    RuleSet {
        id: SetId("tiny".to_owned()),
        title: "Bộ chỉ số đánh giá mức độ chuyển đổi số của trường nhỏ".to_owned(),
        short: "Nhỏ".to_owned(),
        decision: "Quyết định số 1/QĐ-BGDĐT ngày 30/12/2022".to_owned(),
        kinds: vec![SchoolKind("TH".to_owned())],
        replaces: Vec::new(),
        overall: Overall { rule: OverallRule::LowestGroup, authority: authority() },
        unmet: Unmet { rule: UnmetRule::HoldLevel1, authority: authority() },
        step: Step { value: Points::hundredths(50), authority: authority() },
        scales: BTreeMap::from([("group".to_owned(), scale(names))]),
        nodes,
        origin: Origin::Embedded("tiny.toml".to_owned()),
        fingerprint: "abc".to_owned(),
        confirmed: BTreeMap::new(),
    }
}

/// Three levels are the ministry's: below 50, 50 to 75, above 75. Others stand at every ten points.
fn scale(names: &[&str]) -> Scale {
    let bounds: Vec<Bound> = match names.len() {
        3 => vec![Bound { at: Points::whole(50), included: false }, Bound { at: Points::whole(75), included: true }],
        n => (1..n as i64).map(|i| Bound { at: Points::whole(10 * i), included: i % 2 == 0 }).collect(),
    };
    let lower = |bound: &Bound| Bound { at: bound.at, included: !bound.included };
    let level = |(i, name): (usize, &&str)| LevelRange {
        level: Level(i as u8 + 1),
        name: (*name).to_owned(),
        lower: (i > 0).then(|| lower(&bounds[i - 1])),
        upper: bounds.get(i).copied(),
    };
    Scale { levels: names.iter().enumerate().map(level).collect(), authority: authority() }
}
