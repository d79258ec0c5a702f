//! Why the office stands where it does: the criteria where most points are missing.

use super::headline;
use crate::outcome::Outcome;
use crate::points::Points;
use crate::rules::Node;

/// So many criteria are named.
const NAMED: usize = 3;

/// Points that a criterion of the office has not brought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap<'a> {
    /// The criterion.
    pub node: &'a Node,
    /// Its maximum without what counts.
    pub missing: Points,
}

/// The office's criteria with the points that each lacks, the most first; those that lack none are left out.
pub fn gaps(outcome: &Outcome) -> Vec<Gap<'_>> {
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let all = own.iter().flat_map(|(own, set)| set.nodes.iter().zip(&own.scored.nodes));
    let criteria = all.filter(|(node, _)| node.code.depth() == 2);
    let missing = |(node, score): (&'_ Node, &crate::score::ScoredNode)| node.max.map(|max| max - score.counted);
    let mut gaps: Vec<Gap> =
        criteria.filter_map(|(node, score)| Some(Gap { node, missing: missing((node, score))? })).collect();
    gaps.retain(|gap| gap.missing > Points::ZERO);
    gaps.sort_by(|a, b| b.missing.cmp(&a.missing).then(a.node.code.cmp(&b.node.code)));
    gaps
}

/// "Cơ quan được 61,53/100 điểm, mức 2; còn thiếu nhiều nhất ở 2.1 ... (12,4 điểm), ..." `None` without a set of the office.
pub fn standing(outcome: &Outcome) -> Option<String> {
    outcome.offices.as_ref()?;
    let Some(stand) = headline::office(outcome) else {
        return Some("Chưa có phiếu của cơ quan: chưa xếp mức.".to_owned());
    };
    let level = stand.level.map_or_else(|| "chưa xếp mức".to_owned(), |level| format!("mức {level}"));
    let mut text = format!("Cơ quan được {}/{} điểm, {level}", stand.points, stand.most);
    let gaps = gaps(outcome);
    let named = gaps.iter().take(NAMED);
    let named = named.map(|gap| format!("{} {} ({} điểm)", gap.node.code, gap.node.title, gap.missing));
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        text += &format!("; còn thiếu nhiều nhất ở {}", named.join(", "));
    }
    Some(text + ".")
}
