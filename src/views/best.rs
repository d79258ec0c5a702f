//! The schools that do best at each group and criterion, and those that gained most since last year.

use std::cmp::Reverse;

use super::returns::counted_of;
use super::sums::Sums;
use crate::outcome::{ExpectedReturn, LastYearReturn, Outcome, Scored};
use crate::points::Points;
use crate::rules::RuleSet;

/// Best schools of a criterion that are told.
pub const BEST: usize = 3;
/// Schools of a set that are told because they gained most.
pub const GAINS: usize = 5;

/// A school that does well at a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best<'a> {
    /// Its return.
    pub expected: &'a ExpectedReturn,
    /// The node.
    pub node: usize,
    /// Its rank: one more than there are schools with more points.
    pub rank: usize,
    /// Its counted points.
    pub points: Points,
    /// As a share of the node's maximum, from 0 to 1.
    pub share: f64,
    /// Whether they rest on a verified score in part.
    pub verified: bool,
}

/// A school that has more points than last year, on the same set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain<'a> {
    /// Its return.
    pub expected: &'a ExpectedReturn,
    /// Points and levels now.
    pub scored: &'a Scored,
    /// What it had last year.
    pub last: &'a LastYearReturn,
    /// Its points last year.
    pub then: Points,
    /// Whether its points rest on a verified score in part.
    pub verified: bool,
}

impl Gain<'_> {
    /// How many points more.
    pub fn points(&self) -> Points {
        self.scored.total - self.then
    }
}

/// At each group and criterion of a set the schools with most points, as far as they have any.
pub fn best<'a>(outcome: &'a Outcome, set: &'a RuleSet) -> Vec<Best<'a>> {
    let counted: Vec<(&ExpectedReturn, &Scored)> = counted_of(outcome, &set.id).collect();
    let mut found = Vec::new();
    for node in Sums::of(outcome, set).criteria() {
        let points = |scored: &Scored| scored.nodes.get(node).map_or(Points::ZERO, |result| result.counted);
        let mut ranked = counted.clone();
        ranked.retain(|(_, scored)| points(scored) > Points::ZERO);
        ranked.sort_by_key(|(_, scored)| Reverse(points(scored)));
        let max = set.nodes[node].max.unwrap_or_default();
        found.extend(ranked.iter().take(BEST).map(|(expected, scored)| {
            let own = points(scored);
            Best {
                expected,
                node,
                rank: 1 + ranked.iter().filter(|(_, other)| points(other) > own).count(),
                points: own,
                share: if max == Points::ZERO { 0.0 } else { own.to_f64() / max.to_f64() },
                verified: scored.nodes[node].verified.is_some(),
            }
        }));
    }
    found
}

/// The schools of a set that gained most. Points of another set do not compare.
pub fn gains<'a>(outcome: &'a Outcome, set: &RuleSet) -> Vec<Gain<'a>> {
    let last_year = outcome.last_year.iter().flat_map(|last_year| &last_year.expected);
    let mut gains = Vec::new();
    for (expected, last) in outcome.expected.iter().zip(last_year).filter(|(expected, _)| expected.set == set.id) {
        let Some((scored, last)) = expected.counted().zip(last.as_ref()) else { continue };
        if let Some(then) = last.points.filter(|then| last.set == set.id && *then < scored.total) {
            let verified = scored.nodes.iter().any(|node| node.verified.is_some());
            gains.push(Gain { expected, scored, last, then, verified });
        }
    }
    gains.sort_by_key(|gain| Reverse(gain.points()));
    gains.truncate(GAINS);
    gains
}
