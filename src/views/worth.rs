//! Which returns are worth a reviewer's look first, and why. A reason is a fact, never a suspicion.

use crate::outcome::ExpectedReturn;
use crate::outcome::{Scored, ScoredNode, State};
use crate::points::Points;
use crate::rules::RuleSet;

/// A return that counts, with the reasons to look at it.
pub struct Worth<'a> {
    /// The return.
    pub expected: &'a ExpectedReturn,
    /// Its set.
    pub set: &'a RuleSet,
    /// Its points.
    pub scored: &'a Scored,
    /// In words, the heaviest first.
    pub reasons: Vec<String>,
    /// How much they weigh together.
    weight: u32,
}

/// So many warnings are many.
const MANY_WARNINGS: u32 = 5;
/// So near a level's limit, a small change decides.
const NEAR: Points = Points::whole(2);

/// The returns, those with the heaviest reasons first, else in the order of the roster.
pub fn sorted<'a>(expected: impl Iterator<Item = (&'a ExpectedReturn, &'a RuleSet, &'a Scored)>) -> Vec<Worth<'a>> {
    let mut all: Vec<Worth> = expected.map(|(expected, set, scored)| weigh(expected, set, scored)).collect();
    all.sort_by_key(|worth| std::cmp::Reverse(worth.weight));
    all
}

fn weigh<'a>(expected: &'a ExpectedReturn, set: &'a RuleSet, scored: &'a Scored) -> Worth<'a> {
    let mut worth = Worth { expected, set, scored, reasons: Vec::new(), weight: 0 };
    let count = |fits: &dyn Fn(&ScoredNode) -> bool| scored.nodes.iter().filter(|node| fits(node)).count() as u32;
    let unmet = count(&|node| node.met == Some(false));
    let void = count(&|node| node.state == State::Void);
    let bare = (0..set.nodes.len()).filter(|&node| is_bare_full(set, node, &scored.nodes[node])).count() as u32;
    worth.add(unmet > 0, 8, || format!("{unmet} điều kiện bắt buộc chưa đạt"));
    worth.add(void > 0, 8, || format!("{void} nội dung có điểm chưa tính được"));
    worth.add(bare > 0, 4 + bare.min(10), || format!("{bare} nội dung điểm tối đa chưa ghi minh chứng"));
    worth.add(expected.warnings >= MANY_WARNINGS, 4, || format!("{} điều cần xem lại", expected.warnings));
    let near = near_limits(set, scored);
    worth.add(!near.is_empty(), 5, || near.join("; "));
    let highest = set.overall_scale().and_then(|scale| scale.levels.last()).map(|range| range.level);
    worth.add(scored.level.is_some() && scored.level == highest, 3, || "mức cao nhất".to_owned());
    worth
}

impl Worth<'_> {
    fn add(&mut self, applies: bool, weight: u32, reason: impl FnOnce() -> String) {
        if applies {
            self.weight += weight;
            self.reasons.push(reason());
        }
    }
}

/// Full marks for an item, without a word on evidence.
pub fn is_bare_full(set: &RuleSet, node: usize, result: &ScoredNode) -> bool {
    let full = set.nodes[node].max.filter(|max| *max > Points::ZERO);
    set.nodes[node].kind.is_scored() && full.is_some() && result.claimed == full && result.evidence.is_empty()
}

fn near_limits(set: &RuleSet, scored: &Scored) -> Vec<String> {
    let mut near = Vec::new();
    for (index, node) in set.groups() {
        let Some(scale) = set.scale_of(index) else { continue };
        let points = scored.nodes[index].counted;
        for range in &scale.levels {
            let Some(low) = range.lower else { continue };
            let distance = if points < low.at { low.at - points } else { points - low.at };
            if low.at > Points::ZERO && distance <= NEAR {
                let at = low.at;
                near.push(format!("nhóm {} được {points}, ngưỡng mức {} là {at}", node.code, range.level));
            }
        }
    }
    near
}
