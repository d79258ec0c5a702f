//! How far each return that counts is from its next level, by group and in all.

use super::returns::counted;
use crate::codes::Level;
use crate::outcome::{ExpectedReturn, Outcome, Scored};
use crate::points::Points;
use crate::rules::{Bound, NodeKind, OverallRule, RuleSet, Scale};

/// What has a level of its own: a group, or the total.
#[derive(Debug, Clone, Copy)]
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
pub fn beyond(end: Bound, step: Points) -> Points {
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
fn needed(scale: &Scale, points: Points, step: Points, is_held: bool) -> Option<Points> {
    let mut ends = ends(scale);
    let next = if is_held { ends.next() } else { ends.find(|end| is_below(points, *end)) };
    next.map(|end| beyond(end, step))
}

/// A return at one of its measures: points, level, and what the next level needs.
#[derive(Debug, Clone)]
pub struct NextLevel<'a> {
    /// The return.
    pub expected: &'a ExpectedReturn,
    /// Its set.
    pub set: &'a RuleSet,
    /// The group, or the total.
    pub leveled: Leveled<'a>,
    /// Its points.
    pub points: Points,
    /// The codes of the mandatory conditions that hold its level down.
    pub unmet: Vec<String>,
    /// The points that the next level needs; `None` at the highest.
    pub needed: Option<Points>,
}

impl NextLevel<'_> {
    /// The points that are missing to the next level; `None` at the highest.
    pub fn missing(&self) -> Option<Points> {
        self.needed.map(|needed| (needed - self.points).max(Points::ZERO))
    }

    /// The level that it has.
    pub fn level(&self) -> Level {
        let scale = self.leveled.scale;
        if self.unmet.is_empty() { scale.level_of(self.points) } else { scale.lowest() }
    }

    /// What is to be said beside the numbers; often nothing.
    pub fn remark(&self) -> String {
        match (self.needed, self.unmet.is_empty()) {
            (None, _) => "Đã ở mức cao nhất.".to_owned(),
            (Some(_), true) => String::new(),
            (Some(_), false) => {
                let (level, unmet) = (self.level(), self.unmet.join(", "));
                format!("Giữ ở mức {level} vì chưa đạt điều kiện bắt buộc {unmet}: cần đạt trước hết.")
            }
        }
    }
}

/// All of them, the nearest to its next level first; at the end those at the highest.
pub fn next_levels(outcome: &Outcome) -> Vec<NextLevel<'_>> {
    let mut all: Vec<NextLevel> = Vec::new();
    for (expected, set, scored) in counted(outcome) {
        for leveled in leveled(set) {
            let (points, _) = leveled.of(scored);
            let unmet = leveled.unmet(set, scored);
            let needed = needed(leveled.scale, points, set.step.value, !unmet.is_empty());
            all.push(NextLevel { expected, set, leveled, points, unmet, needed });
        }
    }
    all.sort_by_key(|one| (one.missing().is_none(), one.missing(), !one.unmet.is_empty()));
    all
}
