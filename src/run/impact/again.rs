//! The answers of an outcome as a return to another set, checked and scored by the same stages as any.

use crate::check::check;
use crate::form::{Answer, Identity, Return, Row};
use crate::grid::{CellRef, Value};
use crate::rules::{NodeKind, RuleSet};
use crate::score::{Given, Scored, ScoredNode, score};
use crate::text;

/// Below this likeness of titles the same code is another item.
const SAME_TITLE: f64 = 0.5;

/// Whether an item of `of` is asked for by `set` too: the same code, and a title that says about the same.
pub(super) fn is_same_item(set: &RuleSet, of: &RuleSet, code: crate::codes::ItemCode) -> bool {
    let (Some(one), Some(other)) = (set.node(code), of.node(code)) else { return false };
    let alike = text::likeness(&text::fold(&one.title), &text::fold(&other.title)) >= SAME_TITLE;
    alike
        && one.is_leaf() == other.is_leaf()
        && (one.kind == NodeKind::Mandatory) == (other.kind == NodeKind::Mandatory)
}

/// Points and levels of answers to `old` under `new`; `None` where the return would not count. Verified scores stay
/// where their items do and they fit.
pub(super) fn again(old: &RuleSet, new: &RuleSet, now: &Scored, given: &Given) -> Option<Scored> {
    let mut given = given.clone();
    let mut answers = Vec::with_capacity(new.nodes.len());
    for (place, node) in new.nodes.iter().enumerate() {
        let known = old.index_of(node.code).filter(|_| is_same_item(old, new, node.code));
        let Some(known) = known else {
            // Not asked before: no row, and nothing to say about it.
            answers.push(Answer { blocked: true, ..Answer::default() });
            continue;
        };
        let result = &now.nodes[known];
        if let Some(verified) = result.verified.filter(|points| node.is_leaf() && Some(*points) <= node.max) {
            given.verified.insert(place, verified);
        }
        given.met.extend(result.verified_met.map(|verified| (place, verified.met)));
        answers.push(answer(old, known, result));
    }
    let returned = Return {
        sheet: "".into(),
        set: new.id.clone(),
        identity: Identity::default(),
        has_amounts: now.nodes.iter().any(|node| !node.amount.is_empty()),
        answers,
        grand_total: None,
        sums: Vec::new(),
        has_evidence: true,
        foreign: now.foreign,
        replies: Vec::new(),
        findings: Vec::new(),
    };
    let checked = check(&returned, new);
    checked.valid.then(|| score(new, &checked, &given))
}

fn answer(old: &RuleSet, known: usize, result: &ScoredNode) -> Answer {
    let node = &old.nodes[known];
    let written = result.as_written(node);
    let at = result.cell.unwrap_or(CellRef::new(0, 0));
    let full = node.kind == NodeKind::YesNo && result.claimed.is_some() && result.claimed == node.max;
    Answer {
        row: Some(Row { sheet: "".into(), score_cell: at }),
        // A yes is all the points of the item, however many they are.
        score: if full { Some(Value::Text("Có".to_owned())) } else { written.score },
        part: written.part.map(|value| (at, value)),
        whole: written.whole.map(|value| (at, value)),
        evidence: result.evidence.to_string(),
        ..Answer::default()
    }
}
