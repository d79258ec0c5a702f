//! The office's criteria that are computed from schools: what each set brings to one, and how many schools would have to
//! rise for it to bring more.

use crate::outcome::{ComputedResult, ExpectedReturn, Outcome, Scored};
use crate::points::{Points, Share};
use crate::rules::{Computed, Node, Of, Rise, RuleSet};

/// What the schools of one set bring to a computed criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct OfSet {
    /// Returns that are expected.
    pub expected: u32,
    /// Returns that count.
    pub returned: u32,
    /// The maximum of the groups that the rule names.
    pub most: Points,
    /// The points of the groups that the rule names, each school's as a share of their maximum, summed.
    pub shares: f64,
}

/// The same for each set that the rule names, in its order; `by_self` takes the schools' self scores alone.
pub fn of_sets(outcome: &Outcome, rule: &Computed, by_self: bool) -> Vec<OfSet> {
    let of_units = if rule.scope.is_all() { Default::default() } else { outcome.units_of_schools() };
    let one = |of: &Of| {
        let taken = || outcome.expected_of(&of.set).filter(|one| !of_units.contains_key(&one.school));
        let scored: Vec<&Scored> = taken().filter_map(ExpectedReturn::counted).collect();
        let expected = taken().count() as u32;
        let (most, shares) =
            outcome.book.get(&of.set).map_or_else(Default::default, |set| shares(set, of, &scored, by_self));
        OfSet { expected, returned: scored.len() as u32, most, shares }
    };
    rule.of.iter().map(one).collect()
}

fn shares(set: &RuleSet, of: &Of, scored: &[&Scored], by_self: bool) -> (Points, f64) {
    let groups = || set.groups_among(&of.groups);
    let most: Points = groups().filter_map(|(_, node)| node.max).sum();
    if most == Points::ZERO {
        return (most, 0.0);
    }
    let points = |scored: &Scored| -> Points { groups().filter_map(|(i, _)| Some(scored.nodes.get(i)?.counted)).sum() };
    let sum: Points = scored.iter().map(|one| if by_self { points(&one.of_self(set)) } else { points(one) }).sum();
    (most, sum.to_f64() / most.to_f64())
}

/// One way to more points of a computed criterion.
#[derive(Debug, Clone)]
pub struct WayUp<'a> {
    /// The criterion.
    pub node: &'a Node,
    /// The numbers behind it.
    pub numbers: &'a ComputedResult,
    /// Which schools rise, and what that weighs.
    pub rise: Rise,
    /// Points for each school that rises.
    pub each: Option<f64>,
    /// Points if all of them rise, in hundredths.
    pub all: Option<f64>,
    /// How many would have to rise for one point more, or for the next band.
    pub needed: Option<f64>,
}

/// Every way to more points, criterion by criterion.
pub fn ways_up(outcome: &Outcome) -> Vec<WayUp<'_>> {
    let Some(result) = &outcome.offices else { return Vec::new() };
    let Some(set) = outcome.book.get(&result.set) else { return Vec::new() };
    let mut ways = Vec::new();
    for numbers in &result.computed {
        let Some(node) = set.node(numbers.code) else { continue };
        let Some(computed) = &node.computed else { continue };
        let rises = computed.formula.rises(&numbers.by_level, numbers.share);
        ways.extend(rises.into_iter().map(|rise| WayUp::of(node, numbers, rise)));
    }
    ways
}

impl<'a> WayUp<'a> {
    fn of(node: &'a Node, numbers: &'a ComputedResult, rise: Rise) -> WayUp<'a> {
        let max = node.max.unwrap_or_default().to_f64();
        let weight = rise.weight.map(Share::to_f64).filter(|_| numbers.denominator > 0);
        let each = weight.map(|weight| max * weight / f64::from(numbers.denominator));
        let all = each.zip(rise.schools).map(|(each, schools)| hundredths(each * f64::from(schools)));
        let needed = match (&rise.to_next_band, each) {
            (Some(band), _) => {
                let (num, den) = (band.from.num(), band.from.den());
                let reached = numbers.denominator - rise.schools.unwrap_or(0);
                let least = (num * i128::from(numbers.denominator) + den - 1) / den;
                Some((least - i128::from(reached)) as f64)
            }
            (None, Some(each)) if each > 0.0 => Some(((1.0 / each * 1e6).round() / 1e6).ceil()),
            _ => None,
        };
        WayUp { node, numbers, rise, each, all, needed }
    }
}

/// As ROUND(…, 2) gives it.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
