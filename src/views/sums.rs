//! What the schools of a set have together at each of its nodes, and where they are weakest.

use std::cmp::Reverse;

use super::returns::counted_of;
use crate::codes::Level;
use crate::outcome::{Outcome, Scored};
use crate::points::Points;
use crate::rules::{NodeKind, RuleSet};

/// Weakest items of a set that are told.
pub const WEAKEST: usize = 8;
/// Items of a set that are told where most points are missing.
pub const MOST_LOST: usize = 10;

/// The counted points of all returns of one set that count.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums<'a> {
    /// The set.
    pub set: &'a RuleSet,
    /// Returns that count.
    pub returns: u32,
    /// By node, in the set's order.
    points: Vec<Points>,
    scored: Vec<&'a Scored>,
}

impl<'a> Sums<'a> {
    /// Of the returns of a set.
    pub fn of(outcome: &'a Outcome, set: &'a RuleSet) -> Sums<'a> {
        let scored: Vec<&Scored> = counted_of(outcome, &set.id).map(|(_, scored)| scored).collect();
        let mut points = vec![Points::ZERO; set.nodes.len()];
        for one in &scored {
            for (sum, node) in points.iter_mut().zip(&one.nodes) {
                *sum += node.counted;
            }
        }
        Sums { set, returns: scored.len() as u32, points, scored }
    }

    /// The points of a node.
    pub fn points(&self, node: usize) -> Points {
        self.points.get(node).copied().unwrap_or_default()
    }

    /// The points of all groups together.
    pub fn all(&self) -> Points {
        self.set.groups().map(|(group, _)| self.points(group)).sum()
    }

    /// The mean points of a return; 0 where none counts.
    pub fn mean(&self, node: usize) -> f64 {
        self.by_returns(self.points(node))
    }

    /// Points of all returns by their number; 0 where none counts.
    pub fn by_returns(&self, points: Points) -> f64 {
        if self.returns == 0 { 0.0 } else { points.to_f64() / f64::from(self.returns) }
    }

    /// How many returns have this as the lowest of the levels of some nodes.
    pub fn at_level(&self, nodes: &[usize], level: Level) -> u32 {
        let of = |scored: &Scored| nodes.iter().filter_map(|&node| scored.nodes.get(node)?.level).min();
        self.scored.iter().filter(|scored| of(scored) == Some(level)).count() as u32
    }

    /// The most that all returns could have.
    pub fn most(&self, node: usize) -> Points {
        let max = self.set.nodes[node].max.unwrap_or_default();
        Points::hundredths(max.as_hundredths() * i64::from(self.returns))
    }

    /// The points as a share of the most, from 0 to 1; 0 where there is none.
    pub fn reached(&self, node: usize) -> f64 {
        let most = self.most(node);
        if most == Points::ZERO { 0.0 } else { self.points(node).to_f64() / most.to_f64() }
    }

    /// The mean as a share of the maximum: the same, but for the last digit of a fraction, as the cells compute it.
    pub fn share(&self, node: usize) -> f64 {
        let max = self.set.nodes[node].max.unwrap_or_default();
        if max == Points::ZERO { 0.0 } else { self.mean(node) / max.to_f64() }
    }

    /// Which of these nodes has the highest share and which the lowest: nothing where they cannot be told apart.
    pub fn extreme(&self, node: usize, among: &[usize]) -> Option<&'static str> {
        if self.returns == 0 || among.len() < 2 || !among.contains(&node) {
            return None;
        }
        let shares = || among.iter().map(|&one| self.share(one));
        let share = self.share(node);
        if share == shares().fold(f64::NEG_INFINITY, f64::max) {
            Some("cao nhất")
        } else if share == shares().fold(f64::INFINITY, f64::min) {
            Some("thấp nhất")
        } else {
            None
        }
    }

    /// What is missing to the most.
    pub fn lost(&self, node: usize) -> Points {
        self.most(node) - self.points(node)
    }

    /// The groups and what is right below them, with their points; the group last.
    pub fn criteria(&self) -> Vec<usize> {
        let mut found = Vec::new();
        let has_points = |&node: &usize| self.set.nodes[node].kind != NodeKind::Mandatory;
        for (top, node) in self.set.tops() {
            found.extend(node.children.iter().copied().chain([top]).filter(has_points));
        }
        found
    }

    /// The items with the lowest share, the weakest first.
    pub fn weakest(&self) -> Vec<usize> {
        let mut items = self.items();
        items.sort_by(|a, b| self.share(*a).total_cmp(&self.share(*b)));
        items.truncate(WEAKEST);
        items
    }

    /// The items where most points are missing, those first.
    pub fn most_lost(&self) -> Vec<usize> {
        let mut items = self.items();
        items.retain(|item| self.lost(*item) > Points::ZERO);
        items.sort_by_key(|item| Reverse(self.lost(*item)));
        items.truncate(MOST_LOST);
        items
    }

    fn items(&self) -> Vec<usize> {
        let nodes = self.set.nodes.iter().enumerate().filter(|_| self.returns > 0);
        let items = nodes.filter(|(_, node)| node.kind.is_scored() && node.max.is_some_and(|max| max > Points::ZERO));
        items.map(|(index, _)| index).collect()
    }
}
