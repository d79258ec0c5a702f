//! The figures that a result rests on, each with its basis: what `Quy tắc` lists and the draft notice counts.

use crate::points::Points;
use crate::rules::{Authority, Basis, Bound, Formula, OverallRule, RuleBook, RuleSet, UnmetRule};

/// One figure of a rule set.
pub struct Figure<'a> {
    /// Its set.
    pub set: &'a RuleSet,
    /// What it is: `1.6.1 max`, `scales.group 2 to`, `unmet`.
    pub key: String,
    /// The title of its node, or what it decides.
    pub title: String,
    /// As people read it.
    pub value: String,
    /// Where it comes from.
    pub authority: &'a Authority,
}

/// Every figure of every set in force, set by set.
pub fn all(book: &RuleBook) -> Vec<Figure<'_>> {
    book.sets.iter().flat_map(of_set).collect()
}

/// How many figures stand on this basis.
pub fn count(figures: &[Figure<'_>], basis: Basis) -> u32 {
    figures.iter().filter(|figure| figure.authority.basis == basis).count() as u32
}

fn of_set(set: &RuleSet) -> Vec<Figure<'_>> {
    let mut figures = Vec::new();
    let mut add = |key: String, title: &str, value: String, authority| {
        figures.push(Figure { set, key, title: title.to_owned(), value, authority });
    };
    let overall = match &set.overall.rule {
        OverallRule::LowestGroup => "mức thấp nhất trong các nhóm".to_owned(),
        OverallRule::ByTotal(scale) => format!("theo tổng điểm, thang “{scale}”"),
    };
    add("overall".to_owned(), "Mức độ chung", overall, &set.overall.authority);
    let unmet = match set.unmet.rule {
        UnmetRule::HoldLevel1 => "giữ mức độ của nhóm ở mức 1",
        UnmetRule::NotAccepted => "phiếu chưa được tính",
    };
    add("unmet".to_owned(), "Điều kiện bắt buộc chưa đạt", unmet.to_owned(), &set.unmet.authority);
    add("step".to_owned(), "Bước điểm nhỏ nhất", set.step.value.to_string(), &set.step.authority);
    for (name, scale) in &set.scales {
        for range in &scale.levels {
            let ends = [end(range.lower, "từ", "trên"), end(range.upper, "đến", "dưới")];
            let ends: Vec<String> = ends.into_iter().flatten().collect();
            let key = format!("scales.{name} {}", range.level);
            let title = format!("Mức {}: {}", range.level, range.name);
            add(key, &title, ends.join(" "), &scale.authority);
        }
    }
    for node in &set.nodes {
        if let Some(max) = node.max {
            add(format!("{} max", node.code), &node.title, max.to_string(), &node.authority);
        } else {
            add(node.code.to_string(), &node.title, "điều kiện bắt buộc".to_owned(), &node.authority);
        }
        for band in &node.bands {
            let value = format!("từ {}: {} điểm", amount(node, band.from), band.points);
            add(format!("{} bands", node.code), &node.title, value, &node.authority);
        }
        let Some(computed) = &node.computed else { continue };
        match &computed.formula {
            Formula::LevelShare(weights) => {
                for (level, weight) in weights {
                    let title = format!("{}: trọng số mức {level}", node.title);
                    add(format!("{} weights {level}", node.code), &title, weight.to_string(), &node.authority);
                }
            }
            Formula::ReachLevel { level, bands } => {
                let title = format!("{}: mức cần đạt", node.title);
                add(format!("{} level", node.code), &title, level.to_string(), &node.authority);
                for band in bands {
                    let value = format!("từ {}: {} điểm", band.from.percent(), band.points);
                    add(format!("{} bands", node.code), &node.title, value, &node.authority);
                }
            }
            Formula::MeanScore | Formula::Manual => {}
        }
    }
    figures
}

fn amount(node: &crate::rules::Node, from: crate::points::Share) -> String {
    match node.kind {
        crate::rules::NodeKind::Ratio => from.percent(),
        _ => from.to_string(),
    }
}

fn end(bound: Option<Bound>, included: &str, excluded: &str) -> Option<String> {
    bound.map(|Bound { at, included: is }| format!("{} {at}", if is { included } else { excluded }))
}

/// Points that no item of a node carries: a known hole of a set, which the report names.
pub fn holes(set: &RuleSet) -> Vec<(usize, Points)> {
    let missing = |i: usize| set.nodes[i].max.map(|max| max - sum_of_children(set, i));
    let nodes = set.nodes.iter().enumerate().filter(|(_, node)| !node.children.is_empty());
    nodes.filter_map(|(i, _)| Some((i, missing(i)?))).filter(|(_, gap)| *gap > Points::ZERO).collect()
}

fn sum_of_children(set: &RuleSet, index: usize) -> Points {
    set.nodes[index].children.iter().filter_map(|&child| set.nodes[child].max).sum()
}
