//! What was recognised held against what the run counts: what differs without a reason, and what cannot be.

use super::rows::sum_below;
use super::{Recognised, RecognisedItem};
use crate::codes::Level;
use crate::finding::{Code, Finding, code};
use crate::form::label;
use crate::points::Points;
use crate::rules::{OverallRule, RuleBook, RuleSet};
use crate::score::Scored;

/// What a run counts.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// The rules in force.
    pub book: &'a RuleBook,
    /// The office's own result.
    pub office: Option<&'a Scored>,
}

/// What is to be said of it. `level_of` tells the level of a school and set that counts.
pub fn against(
    recognised: &Recognised,
    counted: Counted<'_>,
    level_of: &dyn Fn(&super::RecognisedSchool) -> Option<Level>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(set), Some(scored)) = (counted.book.of_office(), counted.office) {
        recognised.items.iter().for_each(|item| findings.extend(of_item(recognised, set, scored, item)));
    }
    for one in recognised.schools.iter().filter(|one| level_of(one).is_none()) {
        let said = Finding::new(code::RECOGNISED_WITHOUT_RETURN).with("code", &one.school).with("value", one.level);
        findings.push(said.at(one.place.clone()));
    }
    findings
}

fn of_item(recognised: &Recognised, set: &RuleSet, scored: &Scored, item: &RecognisedItem) -> Vec<Finding> {
    let at = item.code.and_then(|code| set.index_of(code));
    let node = at.map(|at| &set.nodes[at]);
    let own = at.and_then(|at| scored.nodes.get(at));
    let (own_points, own_level) = match own {
        Some(own) => (own.counted, own.level),
        None => (scored.total, scored.level),
    };
    let title = node.map_or_else(|| "Tổng".to_owned(), |node| label(node.code, &node.title));
    let say = |kind: Code, value: String| {
        let mut said = Finding::new(kind).with("title", &title).with("value", value).at(item.place.clone());
        said.item = item.code;
        said
    };
    let mut findings = Vec::new();
    let leaf = node.is_some_and(|node| node.is_leaf());
    if let Some(points) = item.points {
        if let Some(sum) = sum_below(recognised, set, node).filter(|sum| !leaf && *sum != points) {
            findings.push(say(code::RECOGNISED_TOTAL_DIFFERS, points.to_string()).with("sum", sum));
        }
        let scale = match at {
            Some(at) => set.scale_of(at),
            None => set.overall_scale().filter(|_| matches!(set.overall.rule, OverallRule::ByTotal(_))),
        };
        let level = scale.map(|scale| scale.level_of(points));
        if let (Some(typed), Some(level)) = (item.level, level)
            && typed != level
            && item.reason.is_empty()
        {
            let said = say(code::RECOGNISED_LEVEL_NOT_OF_POINTS, typed.to_string());
            findings.push(said.with("points", points).with("level", level));
        }
    }
    let differs_in_points = item.points.is_some_and(|points| points != own_points);
    let differs_in_level = item.level.is_some() && item.level != own_level;
    if item.reason.is_empty() && (differs_in_points || differs_in_level) {
        let said = say(code::RECOGNISED_NO_REASON, shown(item.points.filter(|_| differs_in_points), item.level));
        findings.push(said.with("own", shown(Some(own_points).filter(|_| differs_in_points), own_level)));
    }
    if let Some(told) = item.told.filter(|told| *told != own_points) {
        findings.push(say(code::RECOGNISED_FIGURES_CHANGED, told.to_string()).with("own", own_points));
    }
    findings
}

/// `12`, `12 (mức 2)`, `mức 2`
fn shown(points: Option<Points>, level: Option<Level>) -> String {
    match (points, level) {
        (Some(points), Some(level)) => format!("{points} (mức {level})"),
        (Some(points), None) => points.to_string(),
        (None, Some(level)) => format!("mức {level}"),
        (None, None) => "–".to_owned(),
    }
}
