//! Points against a scale: the level, the points that the next level needs, and both as formulas.

use crate::codes::Level;
use crate::outcome::Scored;
use crate::outcome::{ExpectedReturn, Outcome};
use crate::points::Points;
use crate::rules::{Bound, Held, LevelRange, NodeKind, OverallRule, RuleSet, Scale};
use crate::writers::xlsx::RowFormula;

/// What has a level of its own: a group, or the total.
pub struct Leveled<'a> {
    /// The group, by its place in the set; `None` for the total.
    pub node: Option<usize>,
    /// Its scale.
    pub scale: &'a Scale,
}

/// Groups and, where it counts, the total.
pub fn leveled(set: &RuleSet) -> Vec<Leveled<'_>> {
    let mut all: Vec<Leveled<'_>> = Vec::new();
    for (i, _) in set.groups() {
        if let Some(scale) = set.scale_of(i) {
            all.push(Leveled { node: Some(i), scale });
        }
    }
    if let OverallRule::ByTotal(name) = &set.overall.rule
        && let Some(scale) = set.scales.get(name)
    {
        all.push(Leveled { node: None, scale });
    }
    all
}

impl Leveled<'_> {
    /// `Nhóm 1`, `Tổng`
    pub fn title(&self, set: &RuleSet) -> String {
        self.node.map_or("Tổng".to_owned(), |i| format!("Nhóm {}", set.nodes[i].code))
    }

    /// Points and level of one return.
    pub fn of(&self, scored: &Scored) -> (Points, Level) {
        let lowest = self.scale.lowest();
        match self.node {
            Some(i) => scored.nodes.get(i).map_or((Points::ZERO, lowest), |n| (n.counted, n.level.unwrap_or(lowest))),
            None => (scored.total, scored.level.unwrap_or(lowest)),
        }
    }

    /// The mandatory conditions below that are not met, where they hold the level down.
    pub fn unmet(&self, set: &RuleSet, scored: &Scored) -> Vec<String> {
        let (points, level) = self.of(scored);
        if level >= self.scale.level_of(points) {
            return Vec::new();
        }
        let below = |mut i: usize| {
            let Some(top) = self.node else { return true };
            while let Some(parent) = set.nodes[i].parent {
                i = parent;
            }
            i == top
        };
        let all = set.nodes.iter().enumerate().zip(&scored.nodes);
        let unmet =
            all.filter(|((i, node), result)| node.kind == NodeKind::Mandatory && result.met != Some(true) && below(*i));
        unmet.map(|((_, node), _)| node.code.to_string()).collect()
    }
}

/// The points from which the level above an end of a range is reached: the end itself, or a step beyond it.
fn beyond(end: Bound, step: Points) -> Points {
    if end.included { end.at + step.max(Points::hundredths(1)) } else { end.at }
}

/// The ends between levels, from the lowest.
pub fn ends(scale: &Scale) -> impl Iterator<Item = Bound> {
    let count = scale.levels.len().saturating_sub(1);
    scale.levels.iter().take(count).filter_map(|range| range.upper)
}

fn is_below(points: Points, end: Bound) -> bool {
    points < end.at || (end.included && points == end.at)
}

/// The points that the next level needs; `None` at the highest. A held level needs those of the second level.
pub fn needed(scale: &Scale, points: Points, step: Points, is_held: bool) -> Option<Points> {
    let mut ends = ends(scale);
    let next = if is_held { ends.next() } else { ends.find(|end| is_below(points, *end)) };
    next.map(|end| beyond(end, step))
}

/// The level of the points in `cell`, the lowest where `held` is true; both bear [`RowFormula::ROW`].
pub fn level_formula(scale: &Scale, cell: &str, held: &str) -> RowFormula {
    RowFormula::new(&scale.level_formula(cell, &Held::If(held.to_owned()), |level| level.to_string()))
}

/// What [`needed`] says of the points in `cell`.
pub fn needed_formula(scale: &Scale, cell: &str, held: &str, step: Points) -> RowFormula {
    let last = scale.levels.len().saturating_sub(1);
    let next = |range: &LevelRange| {
        let end = range.upper.filter(|_| scale.levels.get(last) != Some(range));
        end.map_or_else(|| "\"\"".to_owned(), |end| beyond(end, step).plain())
    };
    let first = scale.levels.first().map_or_else(|| "\"\"".to_owned(), next);
    RowFormula::new(&format!("IF({held},{first},{})", scale.choose(cell, next)))
}

/// Every return that counts, with its set and points.
pub fn counted(outcome: &Outcome) -> impl Iterator<Item = (&ExpectedReturn, &RuleSet, &Scored)> {
    outcome
        .expected
        .iter()
        .filter_map(|expected| Some((expected, outcome.book.get(&expected.set)?, expected.scored.as_ref()?)))
}
