//! Which scale applies where, whose level a formula uses, and which mandatory conditions hold a level. Scores nothing.

use super::{Node, NodeKind, OverallRule, RuleSet, Scale, UnmetRule};
use crate::codes::{ItemCode, Level};
use crate::points::Points;

/// Whose level stands for a school where only some of a set's groups are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LevelOver {
    /// All groups: the overall level.
    Overall,
    /// Some groups, by their places in the set: the lowest of their levels.
    Lowest(Vec<usize>),
}

impl RuleSet {
    /// The scale that gives a node its level; `None` where it has no level.
    pub fn scale_of(&self, index: usize) -> Option<&Scale> {
        self.scales.get(self.nodes[index].scale.as_ref()?)
    }

    /// The share of a node's points at which a level begins, from 0 to 1: by its own scale, that of what it belongs to, or
    /// that of the whole. `None` for the lowest level, and without points.
    pub fn share_at(&self, index: usize, level: Level) -> Option<f64> {
        let mut above = std::iter::successors(Some(index), |at| self.nodes[*at].parent);
        let own = above.find_map(|at| Some((self.scale_of(at)?, self.nodes[at].max?)));
        let whole = || Some((self.overall_scale()?, self.most()));
        let (scale, max): (&Scale, Points) = own.or_else(whole)?;
        let from = scale.levels.iter().find(|range| range.level == level)?.lower?;
        (max > Points::ZERO).then(|| from.at.to_f64() / max.to_f64())
    }

    /// Its groups: the nodes at depth one that bear points. A mandatory condition at depth one is none.
    pub fn groups(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.tops().filter(|(_, node)| node.kind != NodeKind::Mandatory)
    }

    /// The groups that are named, with their places.
    pub fn groups_among(&self, named: &[ItemCode]) -> impl Iterator<Item = (usize, &Node)> {
        self.groups().filter(move |(_, node)| named.contains(&node.code))
    }

    /// The maximum of all groups together.
    pub fn most(&self) -> Points {
        self.groups().filter_map(|(_, node)| node.max).sum()
    }

    /// Whose level a formula over these groups uses.
    pub fn level_over(&self, groups: &[ItemCode]) -> LevelOver {
        let (named, others): (Vec<_>, Vec<_>) = self.groups().partition(|(_, node)| groups.contains(&node.code));
        if others.is_empty() {
            return LevelOver::Overall;
        }
        LevelOver::Lowest(named.into_iter().map(|(index, _)| index).collect())
    }

    /// The levels that a school can have over these groups, from the lowest. The lowest of several levels is never above
    /// the highest level of the shortest scale.
    pub fn levels_over(&self, over: &LevelOver) -> Vec<Level> {
        let of = |index: usize| self.scale_of(index);
        let scales: Vec<&Scale> = match (over, &self.overall.rule) {
            (LevelOver::Lowest(groups), _) => groups.iter().filter_map(|&group| of(group)).collect(),
            (LevelOver::Overall, OverallRule::ByTotal(name)) => self.scales.get(name).into_iter().collect(),
            (LevelOver::Overall, OverallRule::LowestGroup) => {
                self.groups().filter_map(|(group, _)| of(group)).collect()
            }
        };
        let shortest = scales.into_iter().min_by_key(|scale| scale.levels.len());
        shortest.map_or_else(Vec::new, |scale| scale.levels.iter().map(|range| range.level).collect())
    }

    /// The mandatory conditions at depth one, which under lowest-group hold the overall level and no group's.
    pub fn conditions_alone(&self) -> Vec<usize> {
        self.conditions_of(None).into_iter().filter(|&index| self.nodes[index].parent.is_none()).collect()
    }

    /// The mandatory conditions that hold the level of a node where they are not met: those below it. `None`: those
    /// that hold the overall level, which are all.
    pub fn conditions_of(&self, node: Option<usize>) -> Vec<usize> {
        if self.unmet.rule != UnmetRule::HoldLevel1 {
            return Vec::new();
        }
        let is_below = |mut index: usize| {
            let Some(node) = node else { return true };
            while let Some(parent) = self.nodes[index].parent {
                if parent == node {
                    return true;
                }
                index = parent;
            }
            false
        };
        let nodes = self.nodes.iter().enumerate();
        let conditions = nodes.filter(|(index, node)| node.kind == NodeKind::Mandatory && is_below(*index));
        conditions.map(|(index, _)| index).collect()
    }
}
