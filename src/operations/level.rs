//! Points against a scale: the level, the points that the next level needs, and both as formulas.

use crate::codes::Level;
use crate::outcome::Scored;
use crate::outcome::{ExpectedReturn, Outcome};
use crate::points::Points;
use crate::rules::{Bound, NodeKind, OverallRule, RuleSet, Scale};
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
    for (i, node) in set.tops() {
        if let Some(scale) = node.scale.as_ref().and_then(|name| set.scales.get(name)) {
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
    let values = scale.levels.iter().map(|range| range.level.to_string());
    RowFormula::new(&format!("IF({held},{},{})", scale.lowest(), choose(scale, cell, values)))
}

/// What [`needed`] says of the points in `cell`.
pub fn needed_formula(scale: &Scale, cell: &str, held: &str, step: Points) -> RowFormula {
    let values: Vec<String> = ends(scale).map(|end| beyond(end, step).plain()).collect();
    let first = values.first().cloned().unwrap_or_else(|| "\"\"".to_owned());
    let by_points = choose(scale, cell, values.into_iter().chain(["\"\"".to_owned()]));
    RowFormula::new(&format!("IF({held},{first},{by_points})"))
}

/// One value for each level, by the points in `cell`.
fn choose(scale: &Scale, cell: &str, values: impl Iterator<Item = String>) -> String {
    let mut values = values;
    let mut text = String::new();
    let mut open = 0;
    for (end, value) in ends(scale).zip(&mut values) {
        let sign = if end.included { "<=" } else { "<" };
        text.push_str(&format!("IF({cell}{sign}{},{value},", end.at.plain()));
        open += 1;
    }
    text.push_str(&values.next().unwrap_or_else(|| "\"\"".to_owned()));
    text.extend(std::iter::repeat_n(')', open));
    text
}

/// Every return that counts, with its set and points.
pub fn counted(outcome: &Outcome) -> impl Iterator<Item = (&ExpectedReturn, &RuleSet, &Scored)> {
    outcome
        .expected
        .iter()
        .filter_map(|expected| Some((expected, outcome.book.get(&expected.set)?, expected.scored.as_ref()?)))
}
