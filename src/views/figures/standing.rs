//! Why the office stands where it does: the criteria where most points are missing.

use std::cmp::Reverse;

use super::headline;
use crate::outcome::Outcome;
use crate::points::Points;
use crate::rules::Node;

/// So many criteria are named.
const NAMED: usize = 3;

/// The office's criteria with the points that each lacks, the most first; those that lack none are left out.
fn gaps(outcome: &Outcome) -> Vec<(&Node, Points)> {
    let own = outcome.offices.as_ref().and_then(|own| Some((own, outcome.book.get(&own.set)?)));
    let all = own.iter().flat_map(|(own, set)| set.nodes.iter().zip(&own.scored.nodes));
    let criteria = all.filter(|(node, _)| node.code.depth() == 2);
    let lacking = criteria.filter_map(|(node, score)| Some((node, node.max? - score.counted)));
    let mut gaps: Vec<(&Node, Points)> = lacking.filter(|(_, missing)| *missing > Points::ZERO).collect();
    gaps.sort_by_key(|(node, missing)| (Reverse(*missing), node.code));
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
    let named = gaps(outcome).into_iter().take(NAMED);
    let named: Vec<String> =
        named.map(|(node, missing)| format!("{} {} ({missing} điểm)", node.code, node.title)).collect();
    if !named.is_empty() {
        text += &format!("; còn thiếu nhiều nhất ở {}", named.join(", "));
    }
    Some(text + ".")
}
