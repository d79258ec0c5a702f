//! Answers to points and levels. Reads no findings.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::codes::{ItemCode, Level};
use crate::grid::CellRef;
use crate::points::Points;

/// A respondent's points and levels, one node of the set after the other, in the set's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// As many as the set has nodes.
    pub nodes: Vec<ScoredNode>,
    /// The sum of the counted points of all groups.
    pub total: Points,
    /// The overall level; `None` where the set has no scale.
    pub level: Option<Level>,
}

/// One node's points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// `dat`: whether a mandatory condition is met.
    pub met: Option<bool>,
    /// `muc_do`: of groups and criteria that have a scale.
    pub level: Option<Level>,
    /// The level is held at 1 by a mandatory condition below that is not met.
    pub held: bool,
    /// Where the self score, or the answer to a mandatory condition, stands (or should stand).
    pub cell: Option<CellRef>,
    /// Số đạt and Tổng số, as they were read: `12/15`, `80%`; empty if none.
    pub amount: Arc<str>,
    /// The evidence as written; empty if none.
    pub evidence: Arc<str>,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It counts.
    Counted,
    /// There is an answer that does not count until corrected.
    Void,
    /// There is no answer, or none that can be read.
    Missing,
    /// A criterion or group: no answer of its own.
    Sum,
}

impl ScoredNode {
    /// What the school's own answer brings: claimed where it counts, else 0.
    pub fn counted_self(&self) -> Points {
        match self.state {
            State::Counted | State::Sum => self.claimed.unwrap_or_default(),
            State::Void | State::Missing => Points::ZERO,
        }
    }
}
