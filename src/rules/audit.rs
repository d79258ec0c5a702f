//! What a rule set says of itself that does not add up. Finds, never mends.

use std::collections::BTreeSet;

use super::{Authority, Basis, Node, Origin, OverallRule, RuleSet, Scale, Tally};
use crate::finding::{Finding, Place, code};
use crate::points::Points;

/// Everything of 7xx that can be said of one set by itself, in the order of its nodes. Without the figures that are
/// not official: [`draft`].
pub fn audit(set: &RuleSet) -> Vec<Finding> {
    let mut findings = Vec::new();
    tables(set, &mut findings);
    for (index, node) in set.nodes.iter().enumerate() {
        sums(set, index, node, &mut findings);
        if let Some(scale) = &node.scale {
            reach(set, scale, node.max.unwrap_or_default(), &titled(node), &mut findings, Some(node));
        }
        bands(node, &mut findings);
        fit(set, node, &mut findings);
        if lacks_source(&node.authority) {
            findings.push(Finding::new(code::SOURCE_MISSING).with("key", node.code).on(node.code));
        }
    }
    totals(set, &mut findings);
    findings.into_iter().map(|finding| of_set(set, finding)).collect()
}

/// That figures of the set are not official, if any is not: the set's results are a draft.
pub fn draft(set: &RuleSet) -> Option<Finding> {
    let tally = Tally::of([set]);
    let finding = Finding::new(code::NOT_OFFICIAL)
        .with("set", &set.short)
        .with("value", tally.not_official())
        .with("sourced", tally.count(Basis::Sourced))
        .with("inferred", tally.count(Basis::Inferred))
        .with("provisional", tally.count(Basis::Provisional));
    (tally.not_official() > 0).then(|| of_set(set, finding))
}

/// The finding with the set and the file that it is about.
pub(super) fn of_set(set: &RuleSet, mut finding: Finding) -> Finding {
    finding.set = Some(set.id.clone());
    if let Origin::File(name) = &set.origin {
        finding.place = Place::file(name.as_str());
    }
    finding
}

/// Code and title, as messages name a node.
pub(super) fn titled(node: &Node) -> String {
    format!("{} {}", node.code, node.title)
}

fn lacks_source(authority: &Authority) -> bool {
    authority.basis == Basis::Sourced && authority.source.is_empty()
}

fn tables(set: &RuleSet, findings: &mut Vec<Finding>) {
    let fixed = [("overall", &set.overall.authority), ("unmet", &set.unmet.authority), ("step", &set.step.authority)];
    for (key, authority) in fixed {
        if lacks_source(authority) {
            findings.push(Finding::new(code::SOURCE_MISSING).with("key", key));
        }
    }
    let mut used: BTreeSet<&str> = set.nodes.iter().filter_map(|node| node.scale.as_deref()).collect();
    if let OverallRule::ByTotal(name) = &set.overall.rule {
        used.insert(name);
    }
    for (name, scale) in &set.scales {
        if lacks_source(&scale.authority) {
            findings.push(Finding::new(code::SOURCE_MISSING).with("key", format!("scales.{name}")));
        }
        if !used.contains(name.as_str()) {
            findings.push(Finding::new(code::SCALE_UNUSED).with("key", format!("scales.{name}")));
        }
    }
}

fn sums(set: &RuleSet, index: usize, node: &Node, findings: &mut Vec<Finding>) {
    let Some(max) = node.max else { return };
    if max == Points::ZERO {
        findings.push(Finding::new(code::NO_POINTS).with("title", titled(node)).on(node.code));
    }
    if node.is_leaf() || node.children.is_empty() {
        return;
    }
    let sum: Points = set.nodes[index].children.iter().filter_map(|&child| set.nodes[child].max).sum();
    if sum != max {
        let difference = if sum < max { max - sum } else { sum - max };
        let finding = Finding::new(code::MAX_NOT_SUM)
            .with("title", titled(node))
            .with("max", max)
            .with("sum", sum)
            .with("difference", difference);
        findings.push(finding.on(node.code));
    }
}

/// Levels that start above what can be had at all.
fn reach(set: &RuleSet, name: &str, max: Points, title: &str, findings: &mut Vec<Finding>, node: Option<&Node>) {
    let Some(scale) = set.scales.get(name) else { return };
    let beyond = scale
        .levels
        .iter()
        .find(|range| range.lower.is_some_and(|low| low.at > max || (low.at == max && !low.included)));
    let Some((range, low)) = beyond.and_then(|range| Some((range, range.lower?))) else { return };
    let finding = Finding::new(code::LEVEL_OUT_OF_REACH)
        .with("title", title)
        .with("max", max)
        .with("level", range.level)
        .with("scale", name)
        .with("value", low.at);
    findings.push(match node {
        Some(node) => finding.on(node.code),
        None => finding.with("key", format!("scales.{name}")),
    });
}

fn bands(node: &Node, findings: &mut Vec<Finding>) {
    let bands = node.all_bands();
    for pair in bands.windows(2) {
        if pair[1].points <= pair[0].points {
            let finding = Finding::new(code::BANDS_FALL)
                .with("title", titled(node))
                .with("from", super::figures::start(node.kind, pair[1].from))
                .with("value", pair[1].points);
            findings.push(finding.on(node.code));
        }
    }
    if let (Some(best), Some(max)) = (bands.iter().map(|band| band.points).max(), node.max)
        && best < max
    {
        let finding =
            Finding::new(code::BANDS_BELOW_MAX).with("title", titled(node)).with("value", best).with("max", max);
        findings.push(finding.on(node.code));
    }
}

/// Full marks that would themselves be finer than the step.
fn fit(set: &RuleSet, node: &Node, findings: &mut Vec<Finding>) {
    let Some(max) = node.max.filter(|_| node.is_typed()) else { return };
    if !max.is_multiple_of(set.step.value) {
        let finding =
            Finding::new(code::STEP_MISFIT).with("title", titled(node)).with("max", max).with("step", set.step.value);
        findings.push(finding.on(node.code));
    }
}

fn totals(set: &RuleSet, findings: &mut Vec<Finding>) {
    match &set.overall.rule {
        OverallRule::ByTotal(name) => {
            reach(set, name, set.most(), &set.short, findings, None);
        }
        OverallRule::LowestGroup => {
            let scales: Vec<(&str, &Scale)> = set
                .tops()
                .filter_map(|(_, node)| node.scale.as_deref())
                .filter_map(|name| Some((name, set.scales.get(name)?)))
                .collect();
            let named =
                |scale: &Scale| -> Vec<String> { scale.levels.iter().map(|range| range.name.clone()).collect() };
            if let Some((first, scale)) = scales.first()
                && scales.iter().any(|(_, other)| named(other) != named(scale))
            {
                findings.push(Finding::new(code::GROUP_SCALES_DIFFER).with("scale", first).with("key", "overall"));
            }
        }
    }
}
