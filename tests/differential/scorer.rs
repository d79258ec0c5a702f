//! The second scorer, written from the documents (rules-format, decisions, indicator-sets), not from the code.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::answers::{Amount, Answer, Score};
use super::universe::{Computed, Formula, Kind, Node, Scale, Set, Share};

/// What a node comes to; points in hundredths.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Result {
    pub claimed: Option<i64>,
    pub counted: i64,
    pub met: Option<bool>,
    pub level: Option<u8>,
}

/// A respondent's nodes, total and level; `counts` is whether the return counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub nodes: BTreeMap<String, Result>,
    pub total: i64,
    pub level: Option<u8>,
    pub counts: bool,
    /// Whether any score was typed.
    pub answered: bool,
}

fn cmp(a: Share, b: Share) -> Ordering {
    (a.0 * b.1).cmp(&(b.0 * a.1))
}

/// Half up, once.
fn rounded((num, den): Share) -> i64 {
    (2 * num + den).div_euclid(2 * den) as i64
}

fn level(scale: &Scale, points: i64) -> u8 {
    let below = |(end, included): &&(i64, bool)| points > *end || (points == *end && !included);
    1 + scale.ends.iter().take_while(below).count() as u8
}

fn by_bands(bands: &[(Share, i64)], share: Share) -> i64 {
    bands.iter().rev().find(|(from, _)| cmp(share, *from).is_ge()).map_or(0, |band| band.1)
}

/// A share or a count; an error outside its range; nothing where it cannot be read.
fn amount(node: &Node, amount: &Amount) -> std::result::Result<Option<Share>, ()> {
    let ratio =
        |share: Share| if cmp(share, (0, 1)).is_lt() || cmp(share, (1, 1)).is_gt() { Err(()) } else { Ok(Some(share)) };
    match (&node.kind, amount) {
        (Kind::Count, Amount::Number(n)) => {
            if cmp(*n, (0, 1)).is_lt() {
                Err(())
            } else {
                Ok(Some(*n))
            }
        }
        (Kind::Ratio, Amount::Part(share)) => ratio(*share),
        (Kind::Ratio, Amount::Parts(part, whole)) if whole.0 > 0 => ratio((part.0 * whole.1, part.1 * whole.0)),
        (Kind::Ratio, Amount::Parts(..)) => Err(()),
        _ => Ok(None),
    }
}

/// Points that an item claims, and whether they count.
fn item(node: &Node, answer: &Answer) -> (Option<i64>, bool) {
    let max = node.max * 1000;
    let typed = |n: i64| (Some(rounded((n.into(), 1000))), (0..=max).contains(&n));
    let (mut claimed, mut valid) = match (&node.kind, &answer.score) {
        (_, Score::Blank | Score::Unreadable) => (None, false),
        (_, Score::Nothing | Score::No) => (Some(0), true),
        (Kind::YesNo, Score::Yes) => (Some(node.max), true),
        (_, Score::Yes) => (None, false),
        (_, Score::Of(_, whole)) if *whole != node.max => (None, false),
        (Kind::YesNo, Score::Points(100_000) | Score::Of(100_000, _)) => (Some(node.max), true),
        (Kind::YesNo, Score::Points(n) | Score::Of(n, _)) => (typed(*n).0, *n == 0 || *n == max),
        (_, Score::Points(n) | Score::Of(n, _)) => typed(*n),
    };
    let blank = answer.score == Score::Blank;
    let given = !matches!(answer.amount, Amount::Blank);
    match amount(node, &answer.amount) {
        Err(()) => valid = false,
        Ok(Some(share)) if !node.bands.is_empty() => {
            let earned = by_bands(&node.bands, share);
            if blank {
                (claimed, valid) = (Some(earned), true);
            }
            valid &= claimed == Some(earned);
        }
        Ok(None) if given && !node.bands.is_empty() => valid = false,
        Ok(_) => {}
    }
    (claimed, valid)
}

/// Points and levels of one return; `computed`: the points of items that are computed.
pub fn score(set: &Set, answers: &[Answer], computed: &BTreeMap<String, i64>) -> Scored {
    let mut nodes: BTreeMap<String, Result> = BTreeMap::new();
    for (node, answer) in set.nodes.iter().zip(answers) {
        let mut result = Result::default();
        if node.kind == Kind::Condition {
            result.met = match answer.score {
                Score::Yes => Some(true),
                Score::No => Some(false),
                _ => None,
            };
        } else if let Some(points) = computed.get(&node.code) {
            (result.claimed, result.counted) = (Some(*points), *points);
        } else if node.is_scored() {
            let (claimed, valid) = item(node, answer);
            (result.claimed, result.counted) = (claimed, claimed.filter(|_| valid).unwrap_or(0));
        }
        nodes.insert(node.code.clone(), result);
    }
    let unmet = |node: &&Node| node.kind == Kind::Condition && nodes[&node.code].met != Some(true);
    let any_unmet = set.nodes.iter().any(|node| unmet(&node));
    let answered = set.nodes.iter().zip(answers).any(|(node, answer)| {
        node.is_scored()
            && (answer.score != Score::Blank || !matches!(answer.amount, Amount::Blank | Amount::WholeAlone))
    });
    let hold = !set.not_accepted;
    let mut sums: Vec<(String, Result)> = Vec::new();
    for node in &set.nodes {
        let mut result = nodes[&node.code].clone();
        if node.kind == Kind::Sum {
            let below = || set.nodes.iter().filter(|below| below.is_below(node) && below.kind != Kind::Sum);
            result.claimed = Some(below().filter_map(|below| nodes[&below.code].claimed).sum());
            result.counted = below().map(|below| nodes[&below.code].counted).sum();
        }
        if let Some(scale) = node.scale {
            let held = hold && set.nodes.iter().filter(|below| below.is_below(node)).any(|below| unmet(&below));
            result.level = Some(if held { 1 } else { level(&set.scales[scale], result.counted) });
        }
        sums.push((node.code.clone(), result));
    }
    let nodes: BTreeMap<String, Result> = sums.into_iter().collect();
    let total = set.groups().map(|group| nodes[&group.code].counted).sum();
    let by_rule = match set.by_total {
        Some(scale) => Some(level(&set.scales[scale], total)),
        None => set.groups().filter_map(|group| nodes[&group.code].level).min(),
    };
    let level = by_rule.map(|level| if hold && any_unmet { 1 } else { level });
    Scored { nodes, total, level, counts: answered && !(set.not_accepted && any_unmet), answered }
}

/// Points of a computed item from all schools that owe a set, by the set's place.
pub fn compute(node: &Node, computed: &Computed, sets: &[Set], owed: &[(usize, Option<Scored>)]) -> i64 {
    let (mut numerator, mut schools): (Share, i128) = ((0, 1), 0);
    for (place, groups) in &computed.of {
        let set = &sets[*place];
        for scored in
            owed.iter().filter(|(of, _)| of == place).map(|(_, scored)| scored.as_ref().filter(|one| one.counts))
        {
            if scored.is_none() && !computed.expected {
                continue;
            }
            schools += 1;
            let named = || set.groups().filter(|group| groups.contains(&group.code));
            let level = match scored {
                None => 1,
                Some(one) if named().count() == set.groups().count() => one.level.unwrap_or(1),
                Some(one) => named().filter_map(|group| one.nodes[&group.code].level).min().unwrap_or(1),
            };
            let worth = match &computed.formula {
                Formula::LevelShare(weights) => {
                    weights.iter().find(|(of, _)| *of == level).map_or((0, 1), |found| found.1)
                }
                Formula::ReachLevel(wanted) => (i128::from(level >= *wanted), 1),
                Formula::MeanScore => {
                    let max: i64 = named().map(|group| group.max).sum();
                    let points: i64 = scored.map_or(0, |one| named().map(|group| one.nodes[&group.code].counted).sum());
                    if max == 0 { (0, 1) } else { (points.into(), max.into()) }
                }
                Formula::Manual => unreachable!("typed in"),
            };
            numerator = reduced((numerator.0 * worth.1 + worth.0 * numerator.1, numerator.1 * worth.1));
        }
    }
    if schools == 0 {
        return 0;
    }
    let share = (numerator.0, numerator.1 * schools);
    if node.bands.is_empty() {
        rounded((share.0 * i128::from(node.max), share.1))
    } else {
        by_bands(&node.bands, share)
    }
}

fn reduced((num, den): Share) -> Share {
    let (mut a, mut b) = (num.abs(), den);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (num / a.max(1), den / a.max(1))
}
