//! Answers to points and levels. Reads no findings.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use arcstr::ArcStr;

use serde::{Deserialize, Serialize};

use crate::check::Checked;
pub use crate::check::State;
use crate::codes::{ItemCode, Level};
use crate::grid::CellRef;
use crate::points::Points;
use crate::rules::{Node, NodeKind, OverallRule, RuleSet, UnmetRule};

/// A respondent's points and levels, one node of the set after the other, in the set's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scored {
    /// As many as the set has nodes.
    pub nodes: Vec<ScoredNode>,
    /// The sum of the counted points of all groups.
    pub total: Points,
    /// The overall level; `None` where the set has no scale.
    pub level: Option<Level>,
    /// Lines with points that the set does not have.
    #[serde(default)]
    pub foreign: u32,
}

/// One node's points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoredNode {
    /// Its code.
    pub code: ItemCode,
    /// What became of the answer.
    pub state: State,
    /// `tu_danh_gia`: what was claimed, void ones too; the sum below for criteria and groups. `None`: blank, unreadable.
    pub claimed: Option<Points>,
    /// `tham_dinh`: what the office recorded after checking; for sums, where any below has one, the sum of counted points.
    pub verified: Option<Points>,
    /// `duoc_tinh`: verified where there is one, else claimed where valid, else 0; the sum below for criteria and groups.
    pub counted: Points,
    /// `dat`: whether a mandatory condition is met: as verified where it was, else as answered.
    pub met: Option<bool>,
    /// Of a condition that was verified: what the office recorded and what the respondent answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verified_met: Option<VerifiedMet>,
    /// `muc_do`: of groups and criteria that have a scale.
    pub level: Option<Level>,
    /// The level is held at 1 by a mandatory condition below that is not met.
    pub held: bool,
    /// The cell of the score as a person reads it, where that is not just the claimed number: `tốt`, `7/5`, `Có`.
    #[serde(skip_serializing_if = "ArcStr::is_empty", default)]
    #[cfg_attr(test, schemars(with = "String"))]
    pub written: ArcStr,
    /// Where the self score, or the answer to a mandatory condition, stands (or should stand).
    pub cell: Option<CellRef>,
    /// The sheet of that cell, where it is not the return's first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<Arc<str>>,
    /// Số đạt and Tổng số, as they were read: `12/15`, `80%`; empty if none.
    #[cfg_attr(test, schemars(with = "String"))]
    pub amount: ArcStr,
    /// The evidence as written; empty if none.
    #[cfg_attr(test, schemars(with = "String"))]
    pub evidence: ArcStr,
    /// Ghi chú as written.
    #[serde(skip_serializing_if = "ArcStr::is_empty", default)]
    #[cfg_attr(test, schemars(with = "String"))]
    pub note: ArcStr,
}

/// A condition as the office recorded it after checking, beside the respondent's own answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerifiedMet {
    /// What the office recorded.
    pub met: bool,
    /// What the respondent answered; `None` if nothing that can be read.
    pub own: Option<bool>,
}

impl ScoredNode {
    /// Its texts as written.
    pub fn texts(&mut self) -> [&mut ArcStr; 4] {
        [&mut self.written, &mut self.amount, &mut self.evidence, &mut self.note]
    }
}

impl Scored {
    /// Tells this version of a return's answers from any other: the same answers in another file are the same version.
    /// Begins with a letter, so that no spreadsheet program takes it for a number.
    pub fn version(&self) -> String {
        let mut said = String::with_capacity(4096);
        for node in self.nodes.iter().filter(|node| node.state != State::Sum) {
            let claimed = node.claimed.map(Points::as_hundredths);
            // A String takes whatever is written to it.
            let _ = write!(said, "{}\u{1F}{claimed:?}\u{1F}{:?}\u{1F}", node.code, node.own_met());
            for part in [&*node.written, "\u{1F}", &*node.amount, "\u{1F}", &*node.evidence, "\u{1E}"] {
                said.push_str(part);
            }
        }
        format!("P{}", &blake3::hash(said.as_bytes()).to_hex()[..16])
    }
}

impl Scored {
    /// Whether the office has recorded anything after checking.
    pub fn is_verified(&self) -> bool {
        self.nodes.iter().any(|node| node.verified.is_some() || node.verified_met.is_some())
    }

    /// Whether its points and levels are what its answers bring under the rules, and no answer counts for more than it can:
    /// so it is with what a run made.
    pub fn adds_up(&self, set: &RuleSet) -> bool {
        let fits = |(node, of): (&ScoredNode, &Node)| {
            let most = of.max.unwrap_or_default();
            let within = |points: Points| points >= Points::ZERO && points <= most;
            let sums = node.state == State::Sum;
            let counts =
                node.verified.is_none_or(within) && (node.state != State::Counted || node.claimed.is_none_or(within));
            let counted = node.verified.unwrap_or_else(|| node.counted_self());
            let met = node.verified_met.map_or(node.met, |verified| Some(verified.met));
            match of.is_leaf() {
                true if of.kind.is_scored() => !sums && counts && node.counted == counted,
                true => !sums && node.counted == Points::ZERO && node.met == met,
                false => sums,
            }
        };
        self.nodes.len() == set.nodes.len()
            && self.nodes.iter().zip(&set.nodes).all(fits)
            && complete(set, self.nodes.clone(), self.foreign) == *self
    }

    /// The points and levels that the respondent's own answers bring, with nothing verified.
    pub fn of_self(&self, set: &RuleSet) -> Scored {
        let mut nodes = self.nodes.clone();
        for (node, of) in nodes.iter_mut().zip(&set.nodes).filter(|(_, of)| of.is_leaf()) {
            node.counted = if of.kind.is_scored() { node.counted_self() } else { Points::ZERO };
            (node.met, node.verified, node.verified_met) = (node.own_met(), None, None);
        }
        complete(set, nodes, self.foreign)
    }

    /// What was claimed in all groups together.
    pub fn claimed(&self, set: &RuleSet) -> Points {
        set.groups().filter_map(|(i, _)| self.nodes.get(i)?.claimed).sum()
    }

    /// The points and levels if these items (by their place in the set) counted so, and these conditions were met.
    pub fn if_counted(&self, set: &RuleSet, points: &HashMap<usize, Points>, met: &[usize]) -> Scored {
        let mut nodes = self.nodes.clone();
        for (i, node) in nodes.iter_mut().enumerate() {
            if let Some(points) = points.get(&i) {
                node.counted = *points;
            }
            if met.contains(&i) {
                node.met = Some(true);
            }
        }
        complete(set, nodes, self.foreign)
    }
}

impl ScoredNode {
    /// The respondent's own answer to a mandatory condition, whatever was verified.
    pub fn own_met(&self) -> Option<bool> {
        self.verified_met.map_or(self.met, |verified| verified.own)
    }

    /// What the school's own answer brings: claimed where it counts, else 0.
    pub fn counted_self(&self) -> Points {
        match self.state {
            State::Counted | State::Sum => self.claimed.unwrap_or_default(),
            State::Void | State::Missing => Points::ZERO,
        }
    }
}

/// What does not come from the respondent's own form, by the place of the node in its set.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Verified scores.
    pub verified: HashMap<usize, Points>,
    /// Conditions that were verified: whether they are met.
    pub met: HashMap<usize, bool>,
    /// Points of computed items.
    pub computed: HashMap<usize, Points>,
    /// Points of computed items from self scores alone, where these are others.
    pub computed_self: HashMap<usize, Points>,
}

/// Points and levels of one return.
pub fn score(set: &RuleSet, checked: &Checked, given: &Given) -> Scored {
    let mut nodes: Vec<ScoredNode> = Vec::with_capacity(set.nodes.len());
    for (i, (node, answer)) in set.nodes.iter().zip(&checked.answers).enumerate() {
        let computed = given.computed.get(&i).copied();
        // What is computed from schools is computed twice: from what they claim, and from what counts.
        let of_self = given.computed_self.get(&i).copied().or(computed);
        let claimed = of_self.or(answer.claimed);
        let state = if computed.is_some() { State::Counted } else { answer.state };
        let verified = match computed {
            Some(_) => computed.filter(|_| computed != of_self),
            None => given.verified.get(&i).copied(),
        };
        let verified_met = given.met.get(&i).map(|met| VerifiedMet { met: *met, own: answer.met });
        let valid = claimed.filter(|_| state == State::Counted).unwrap_or_default();
        let elsewhere = answer.cell.is_some() && answer.sheet != checked.sheet;
        nodes.push(ScoredNode {
            code: node.code,
            state,
            claimed,
            verified,
            counted: verified.unwrap_or(valid),
            met: verified_met.map_or(answer.met, |verified| Some(verified.met)),
            verified_met,
            level: None,
            held: false,
            written: answer.written.clone(),
            cell: answer.cell,
            sheet: elsewhere.then(|| answer.sheet.clone()),
            amount: answer.amount.clone(),
            evidence: answer.evidence.clone(),
            note: answer.note.clone(),
        });
    }
    complete(set, nodes, checked.foreign)
}

/// Leaves with what is above them: sums, levels, the whole.
fn complete(set: &RuleSet, mut nodes: Vec<ScoredNode>, foreign: u32) -> Scored {
    sum_up(set, &mut nodes);
    let held = hold(set, &mut nodes);
    let total = set.tops().map(|(i, _)| nodes[i].counted).sum();
    let level = overall(set, &nodes, total, held);
    Scored { nodes, total, level, foreign }
}

/// Sums from the deepest nodes up: children stand behind their parent.
fn sum_up(set: &RuleSet, nodes: &mut [ScoredNode]) {
    for (i, node) in set.nodes.iter().enumerate().rev() {
        if node.is_leaf() {
            continue;
        }
        let below = || node.children.iter().map(|&child| &nodes[child]);
        let claimed = below().filter_map(|child| child.claimed).sum();
        let counted = below().map(|child| child.counted).sum();
        let verified = below().any(|child| child.verified.is_some());
        let sum = &mut nodes[i];
        sum.state = State::Sum;
        sum.claimed = Some(claimed);
        sum.counted = counted;
        sum.verified = verified.then_some(counted);
    }
}

/// Gives groups and criteria their level; one that has an unmet mandatory condition below is held at level 1, where the
/// set says so. Returns whether any condition is not met.
fn hold(set: &RuleSet, nodes: &mut [ScoredNode]) -> bool {
    let mut held = vec![false; nodes.len()];
    let mut any = false;
    if set.unmet.rule == UnmetRule::HoldLevel1 {
        for (i, node) in set.nodes.iter().enumerate().rev() {
            held[i] |= node.kind == NodeKind::Mandatory && nodes[i].met != Some(true);
            any |= held[i];
            if let Some(parent) = node.parent {
                held[parent] |= held[i];
            }
        }
    }
    for i in 0..set.nodes.len() {
        let Some(scale) = set.scale_of(i) else { continue };
        let by_points = scale.level_of(nodes[i].counted);
        nodes[i].held = held[i] && by_points > scale.lowest();
        nodes[i].level = Some(if held[i] { scale.lowest() } else { by_points });
    }
    any
}

fn overall(set: &RuleSet, nodes: &[ScoredNode], total: Points, held: bool) -> Option<Level> {
    match &set.overall.rule {
        OverallRule::LowestGroup => {
            let lowest = set.groups().filter_map(|(i, _)| nodes[i].level).min()?;
            Some(if held { Level::LOWEST } else { lowest })
        }
        OverallRule::ByTotal(name) => {
            let scale = set.scales.get(name)?;
            Some(if held { scale.lowest() } else { scale.level_of(total) })
        }
    }
}
