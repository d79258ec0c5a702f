//! An answer as its school wrote it, put together again from the outcome: no run keeps the cells of returns.

use super::ScoredNode;
use crate::grid::Value;
use crate::layouts::form::{MET, UNMET};
use crate::points::Points;
use crate::rules::{Node, NodeKind};
use crate::score::State;

/// The cells of one answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The score, or the answer to a mandatory condition.
    pub score: Option<Value>,
    /// Số đạt.
    pub part: Option<Value>,
    /// Tổng số.
    pub whole: Option<Value>,
}

impl ScoredNode {
    /// The answer to `node`. What counts is given as the number that it means; what does not, as it stands in the form.
    pub fn as_written(&self, node: &Node) -> Written {
        let (part, whole) = match self.amount.split_once('/') {
            Some((part, whole)) if node.kind == NodeKind::Ratio => (text(part), text(whole)),
            _ => (text(&self.amount), None),
        };
        Written { score: self.score_as_written(node), part, whole }
    }

    fn score_as_written(&self, node: &Node) -> Option<Value> {
        if node.kind == NodeKind::Mandatory {
            return match self.own_met() {
                Some(met) => text(if met { MET } else { UNMET }),
                None => text(&self.written),
            };
        }
        let number = self.claimed.map(|points| Value::Number(points.to_f64()));
        // A word that was taken as 0 stays a word: its school is asked to say 0.
        let settled = self.claimed > Some(Points::ZERO) || node.kind == NodeKind::YesNo;
        match self.state {
            State::Counted if settled => number,
            _ => text(&self.written).or(number),
        }
    }
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_owned()))
}
