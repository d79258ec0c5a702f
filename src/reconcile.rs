//! What the school declared against what is computed. Changes no point.

use crate::check::{Checked, Declared, Statement};
use crate::finding::{Code, Finding, Place, code};
use crate::form::label;
use crate::points::Points;
use crate::rules::{NodeKind, RuleSet};
use crate::score::Scored;

/// Compares declared sums with what was claimed, and only where every claim below is readable; levels with what counts.
pub fn reconcile(set: &RuleSet, checked: &Checked, scored: &Scored) -> Vec<Finding> {
    let sums = Sums { readable: readable(set, scored), of_numbers: of_numbers(set, checked, scored) };
    checked.declared.iter().filter_map(|declared| compare(set, scored, &sums, declared)).collect()
}

/// What is known of the sum at each node.
struct Sums {
    /// Whether every score below it was read.
    readable: Vec<bool>,
    /// What a spreadsheet's own formula makes of the scores below: it passes over texts such as "6,5 đ".
    of_numbers: Vec<Points>,
}

fn of_numbers(set: &RuleSet, checked: &Checked, scored: &Scored) -> Vec<Points> {
    let mut sums = vec![Points::ZERO; set.nodes.len()];
    for (i, node) in set.nodes.iter().enumerate().rev() {
        if node.kind.is_scored() && !checked.answers[i].is_text {
            sums[i] = scored.nodes[i].claimed.unwrap_or_default();
        }
        if let Some(parent) = node.parent {
            let own = sums[i];
            sums[parent] += own;
        }
    }
    sums
}

/// For each node, whether every score below it was read. What the program computes, no form can know.
fn readable(set: &RuleSet, scored: &Scored) -> Vec<bool> {
    let mut readable = vec![true; set.nodes.len()];
    for (i, node) in set.nodes.iter().enumerate().rev() {
        readable[i] &= !node.is_computed() && (!node.kind.is_scored() || scored.nodes[i].claimed.is_some());
        if let Some(parent) = node.parent {
            readable[parent] &= readable[i];
        }
    }
    readable
}

fn compare(set: &RuleSet, scored: &Scored, sums: &Sums, declared: &Declared) -> Option<Finding> {
    let readable = &sums.readable;
    let place = Place::default().at(&declared.sheet, declared.cell);
    let Some(i) = declared.node else {
        let Statement::Sum(sum) = declared.what else { return None };
        return grand_total(set, scored, sums, sum).map(|finding| finding.at(place));
    };
    let node = &set.nodes[i];
    let said = |code: Code, value: String| {
        let finding = Finding::new(code).on(node.code).at(place.clone());
        Some(finding.with("title", label(node.code, &node.title)).with("value", value))
    };
    match declared.what {
        Statement::Sum(sum) => {
            let claimed = scored.nodes[i].claimed?;
            let code = match node.parent {
                None => code::GROUP_TOTAL_DIFFERS,
                Some(_) => code::CRITERION_SUM_DIFFERS,
            };
            // Our own form leaves out of its sums what does not count.
            if !readable[i] || [claimed, sums.of_numbers[i], scored.nodes[i].counted].contains(&sum) {
                return None;
            }
            said(code, sum.to_string()).map(|finding| finding.with("points", claimed))
        }
        Statement::Level(level) => {
            let computed = scored.nodes[i].level?;
            if !readable[i] || level == computed {
                return None;
            }
            said(code::LEVEL_DIFFERS, level.to_string()).map(|finding: Finding| finding.with("level", computed))
        }
        Statement::Max(max) => {
            let own = node.max.filter(|own| *own != max && node.kind != NodeKind::Mandatory)?;
            said(code::MAX_DIFFERS, max.to_string()).map(|finding| finding.with("max", own))
        }
    }
}

/// The last total of a form may be that of the whole or of its last group: only one that is neither is told.
fn grand_total(set: &RuleSet, scored: &Scored, sums: &Sums, sum: Points) -> Option<Finding> {
    let tops: Vec<usize> = set.tops().map(|(i, _)| i).collect();
    let claimed = scored.claimed(set);
    let by_formula: Points = tops.iter().map(|&i| sums.of_numbers[i]).sum();
    let known = [claimed, by_formula, scored.total].contains(&sum)
        || tops.iter().any(|&i| scored.nodes[i].claimed == Some(sum));
    if known || !tops.iter().all(|&i| sums.readable[i]) {
        return None;
    }
    Some(Finding::new(code::GRAND_TOTAL_DIFFERS).with("value", sum).with("points", claimed))
}
