//! Where the office is strong and where it is weak: its criteria by the share of their points that count.

use std::cmp::Reverse;

use crate::outcome::Outcome;
use crate::points::{Points, Share};

/// So many of each are named.
const NAMED: usize = 3;

/// A criterion of the office, with what counts and the most that could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Code and title.
    pub criterion: String,
    /// The counted points.
    pub counted: Points,
    /// The maximum.
    pub most: Points,
}

/// The best criteria and the weakest, each from the outermost; none is in both. From the office's counted points.
pub fn strengths(outcome: &Outcome) -> (Vec<Strength>, Vec<Strength>) {
    let Some(own) = &outcome.offices else { return Default::default() };
    let Some(set) = outcome.book.get(&own.set) else { return Default::default() };
    let criteria = set.nodes.iter().zip(&own.scored.nodes).filter(|(node, _)| node.code.depth() == 2);
    let mut all: Vec<Strength> = criteria
        .filter_map(|(node, score)| {
            let most = node.max.filter(|max| *max > Points::ZERO)?;
            Some(Strength { criterion: format!("{} {}", node.code, node.title), counted: score.counted, most })
        })
        .collect();
    all.sort_by_key(|one| Reverse(Share::new(one.counted.as_hundredths().into(), one.most.as_hundredths().into())));
    let weak = all.split_off(all.len().div_ceil(2));
    let strong = all.into_iter().filter(|one| one.counted > Points::ZERO).take(NAMED).collect();
    let weak = weak.into_iter().rev().filter(|one| one.counted < one.most).take(NAMED).collect();
    (strong, weak)
}
