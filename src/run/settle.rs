//! What reviewers have recorded closes what is wrong with the answer itself: nobody is asked for it any more.

use std::collections::HashMap;

use crate::codes::{ItemCode, SetId};
use crate::finding::{Code, Finding, Place, Severity, code};
use crate::form::label;
use crate::outcome::Outcome;
use crate::rules::NodeKind;
use crate::school::SchoolCode;
use crate::verified::answer;

/// Warnings and errors about an answer that say what it is counted as.
const OF_THE_ANSWER: [Code; 3] = [code::MANDATORY_NOT_MET, code::MANDATORY_BARS, code::WORD_FOR_ZERO];

/// What was recorded of a condition is said at the school's own answer: it is asked to look there.
fn place_conditions(outcome: &mut Outcome) {
    const OF_CONDITIONS: [Code; 2] = [code::VERIFIED_CONDITION_BARS, code::VERIFIED_CONDITION_NOT_MET];
    let mut places = HashMap::new();
    for expected in &outcome.expected {
        let (Some(source), Some(scored)) = (&expected.source, expected.of_newest()) else {
            continue;
        };
        for node in scored.nodes.iter().filter(|node| node.verified_met.is_some()) {
            let sheet = node.sheet.clone().unwrap_or_else(|| source.sheet.clone());
            let place = Place { file: Some(source.file.clone()), sheet: Some(sheet), cell: node.cell };
            places.insert((outcome.school_of(expected).code.clone(), expected.set.clone(), node.code), place);
        }
    }
    for finding in outcome.findings.iter_mut().filter(|finding| OF_CONDITIONS.contains(&finding.code)) {
        let (Some(school), Some(set), Some(item)) = (&finding.school, &finding.set, finding.item) else { continue };
        if let Some(place) = places.get(&(school.clone(), set.clone(), item)) {
            finding.place = place.clone();
        }
    }
}

/// Puts a note in place of each error about an item whose verified score counts.
pub(super) fn settle(outcome: &mut Outcome) {
    place_conditions(outcome);
    let verified = verified(outcome);
    if verified.is_empty() {
        return;
    }
    for finding in &mut outcome.findings {
        let is_answer = finding.severity == Severity::Error || OF_THE_ANSWER.contains(&finding.code);
        let (Some(school), Some(set), Some(item)) = (&finding.school, &finding.set, finding.item) else { continue };
        let known = verified.get(&(school.clone(), set.clone(), item));
        let Some(of) = known.filter(|of| is_answer && finding.place.file.as_deref() == Some(&*of.file)) else {
            continue;
        };
        let value = match (finding.values.get("value"), finding.values.get("others")) {
            (Some(value), _) if !value.is_empty() => value.clone(),
            // An item that stands in two rows.
            (_, Some(cells)) => format!("các ô {cells}"),
            _ => "(trống)".to_owned(),
        };
        let mut note = Finding::new(code::SETTLED_BY_VERIFIED)
            .with("title", &of.title)
            .with("value", value)
            .with("code", finding.code)
            .with("verified", &of.shown)
            .at(finding.place.clone())
            .on(item)
            .of(school);
        note.set = Some(set.clone());
        *finding = note;
    }
}

struct Settled {
    title: String,
    shown: String,
    file: String,
}

/// What counts as verified, by school, set and item.
fn verified(outcome: &Outcome) -> HashMap<(SchoolCode, SetId, ItemCode), Settled> {
    let mut verified = HashMap::new();
    for expected in &outcome.expected {
        let (Some(scored), Some(set)) = (&expected.scored, outcome.book.get(&expected.set)) else { continue };
        let Some(source) = expected.source.as_ref().filter(|_| scored.is_verified()) else { continue };
        for (node, result) in set.nodes.iter().zip(&scored.nodes).filter(|(node, _)| node.is_leaf()) {
            let shown = match (node.kind, result.verified, result.verified_met) {
                (NodeKind::Mandatory, _, Some(verified)) => answer(Some(verified.met)).to_owned(),
                (_, Some(points), _) => points.to_string(),
                _ => continue,
            };
            let key = (outcome.school_of(expected).code.clone(), set.id.clone(), node.code);
            let title = label(node.code, &node.title);
            verified.insert(key, Settled { title, shown, file: source.file.to_string() });
        }
    }
    verified
}
