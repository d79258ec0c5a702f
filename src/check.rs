//! Answers typed: counted, void or missing, and what is to be said of each. Adds nothing up.

mod amount;
mod item;
mod score_text;
mod seen;

use std::sync::Arc;

use arcstr::ArcStr;

use crate::codes::{Level, SetId};
use crate::finding::{Code, Finding, Place, code, plain};
use crate::form::{Answer, FilledBy, Reply, Return};
use crate::grid::{CellRef, Value};
use crate::layouts::form::UNRANKED;
use crate::points::{Points, Share};
use crate::rules::{Node, NodeKind, RuleSet, UnmetRule};
use item::Item;
use score_text::{Score, shown};
use serde::{Deserialize, Serialize};

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It counts.
    Counted,
    /// There is an answer that does not count until corrected.
    Void,
    /// There is no answer, or none that can be read.
    Missing,
    /// A criterion or group: no answer of its own.
    Sum,
}

/// A return whose answers are typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The set.
    pub set: SetId,
    /// The sheet with the (first) table.
    pub sheet: Arc<str>,
    /// What the form states of sums and levels.
    pub declared: Vec<Declared>,
    /// Lines with points that the set does not have.
    pub foreign: u32,
    /// Who filled the form and when.
    pub filled_by: FilledBy,
    /// As many as the set has nodes; those of sums are empty.
    pub answers: Vec<CheckedAnswer>,
    /// Whether the return may count: what it bears is a self-assessment, and nothing bars it.
    pub valid: bool,
    /// What the school answered to what it was asked.
    pub replies: Vec<Reply>,
    /// 3xx, 4xx, 5xx; without file and school.
    #[serde(with = "plain")]
    pub findings: Vec<Finding>,
}

/// A sum, level or maximum that the form states, to be compared with what is computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Declared {
    /// The node, by its place in the set; `None` for the whole form.
    pub node: Option<usize>,
    /// What it states.
    pub what: Statement,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: CellRef,
}

/// What a form states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Statement {
    /// A sum of points.
    Sum(Points),
    /// A level.
    Level(Level),
    /// A maximum.
    Max(Points),
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckedAnswer {
    /// What became of it.
    pub state: State,
    /// The points that it means, void ones too.
    pub claimed: Option<Points>,
    /// Whether a mandatory condition is met.
    pub met: Option<bool>,
    /// The cell of the score as a person reads it, where that is not just the claimed number.
    pub written: ArcStr,
    /// The score is a text, which a spreadsheet's own sum passes over.
    pub is_text: bool,
    /// Where the score stands, or should.
    pub cell: Option<CellRef>,
    /// The sheet of that cell.
    pub sheet: Arc<str>,
    /// Số đạt and Tổng số as written.
    pub amount: ArcStr,
    /// The evidence as written.
    pub evidence: ArcStr,
    /// Ghi chú as written.
    pub note: ArcStr,
}

impl Checked {
    /// A return without any answer: of an office that has not filled its form.
    pub fn unanswered(set: &RuleSet) -> Checked {
        let sheet: Arc<str> = "".into();
        Checked {
            set: set.id.clone(),
            answers: set.nodes.iter().map(|_| CheckedAnswer::none(&sheet)).collect(),
            sheet,
            declared: Vec::new(),
            foreign: 0,
            filled_by: FilledBy::default(),
            valid: true,
            replies: Vec::new(),
            findings: Vec::new(),
        }
    }
}

impl Checked {
    /// Lets the answers share the name of their sheet again, after they were read from where each has its own.
    pub fn share_sheet(&mut self) {
        for answer in self.answers.iter_mut().filter(|answer| answer.sheet == self.sheet) {
            answer.sheet = self.sheet.clone();
        }
    }
}

impl CheckedAnswer {
    /// Its texts as written.
    pub fn texts(&mut self) -> [&mut ArcStr; 4] {
        [&mut self.written, &mut self.amount, &mut self.evidence, &mut self.note]
    }

    fn none(sheet: &Arc<str>) -> CheckedAnswer {
        CheckedAnswer {
            state: State::Missing,
            claimed: None,
            met: None,
            written: ArcStr::new(),
            is_text: false,
            cell: None,
            sheet: sheet.clone(),
            amount: ArcStr::new(),
            evidence: ArcStr::new(),
            note: ArcStr::new(),
        }
    }
}

/// Checks a return against its set.
pub fn check(returned: &Return, set: &RuleSet) -> Checked {
    let mut checked = Checked {
        set: set.id.clone(),
        sheet: returned.sheet.clone(),
        declared: declared(returned, set),
        foreign: returned.foreign,
        filled_by: returned.identity.filled_by.clone(),
        answers: set.nodes.iter().map(|_| CheckedAnswer::none(&returned.sheet)).collect(),
        valid: true,
        replies: returned.replies.clone(),
        findings: returned.findings.clone(),
    };
    if returned.findings.iter().any(|finding| crate::form::bars(finding.code)) {
        checked.valid = false;
        return checked;
    }
    if let Some(cause) = nothing_to_score(returned, set) {
        let place = Place { sheet: Some(returned.sheet.clone()), ..Place::default() };
        checked.findings.push(Finding::new(cause).at(place));
        checked.valid = false;
        return checked;
    }
    for (i, (node, answer)) in set.nodes.iter().zip(&returned.answers).enumerate() {
        let mut item = Item { set, node, answer, returned, findings: &mut checked.findings };
        checked.answers[i] = match node.kind {
            NodeKind::Group | NodeKind::Criterion => item.sum(),
            NodeKind::Mandatory => item.mandatory(),
            _ if node.is_computed() => item.sum(),
            _ => item.scored(),
        };
        if node.is_leaf() && !is_number(answer.score.as_ref(), checked.answers[i].claimed) {
            let written = shown(answer.score.as_ref());
            if Points::parse(&written).is_none_or(|points| checked.answers[i].claimed != Some(points)) {
                checked.answers[i].written = written.into();
            }
        }
        let barred = node.kind == NodeKind::Mandatory && checked.answers[i].met != Some(true);
        checked.valid &= !(barred && set.unmet.rule == UnmetRule::NotAccepted);
    }
    if !returned.has_evidence {
        let place = Place { sheet: Some(returned.sheet.clone()), ..Place::default() };
        checked.findings.push(Finding::new(code::NO_EVIDENCE_COLUMN).at(place));
    }
    checked
}

/// Whether a cell holds just the number of these points: then it reads as they do.
fn is_number(score: Option<&Value>, points: Option<Points>) -> bool {
    matches!((score, points), (Some(Value::Number(number)), Some(points)) if points.to_f64() == *number)
}

/// The sums, levels and maxima that can be read; the others say nothing.
fn declared(returned: &Return, set: &RuleSet) -> Vec<Declared> {
    // "72 / 100 điểm"
    let points = |value: &Value, most: Option<Points>| match score_text::read(Some(value), most.unwrap_or_default()) {
        Score::Points(typed) => Some(typed.rounded().0),
        _ => None,
    };
    let mut found = Vec::new();
    for (i, (node, answer)) in set.nodes.iter().zip(&returned.answers).enumerate() {
        let Some(row) = &answer.row else { continue };
        let mut add = |what: Option<Statement>, cell: CellRef| {
            found.extend(what.map(|what| Declared { node: Some(i), what, sheet: row.sheet.clone(), cell }));
        };
        if !node.is_leaf() {
            let sum = answer.score.as_ref().and_then(|value| points(value, node.max));
            add(sum.map(Statement::Sum), row.score_cell);
        }
        if let Some((cell, value)) = &answer.max {
            add(points(value, None).map(Statement::Max), *cell);
        }
        if let Some((cell, value)) = &answer.level
            && node.scale.is_some()
        {
            add(stated_level(value).map(Statement::Level), *cell);
        }
    }
    for (node, sum) in &returned.sums {
        let (sheet, cell) = (sum.sheet.clone(), sum.cell);
        let stated = points(&sum.value, set.nodes[*node].max);
        found.extend(stated.map(|sum| Declared { node: Some(*node), what: Statement::Sum(sum), sheet, cell }));
    }
    if let Some(total) = &returned.grand_total {
        let (sheet, cell) = (total.sheet.clone(), total.cell);
        found.extend(points(&total.value, Some(set.most())).map(|sum| Declared {
            node: None,
            what: Statement::Sum(sum),
            sheet,
            cell,
        }));
    }
    found
}

/// "2", "Mức 2", "Mức độ 2 (đáp ứng cơ bản)"
fn stated_level(value: &Value) -> Option<Level> {
    let folded = crate::text::fold(&shown(Some(value)));
    // Our own form says "chưa xếp, còn 3 ô".
    if folded.starts_with(&crate::text::fold(UNRANKED)) {
        return None;
    }
    let mut numbers = folded.split(' ').filter_map(|word| word.parse::<u8>().ok());
    let level = numbers.next().filter(|level| (1..=9).contains(level))?;
    numbers.next().is_none().then_some(Level(level))
}

/// No score at all, or scores of criteria only: said once, not at each item.
fn nothing_to_score(returned: &Return, set: &RuleSet) -> Option<Code> {
    let answers = set.nodes.iter().zip(&returned.answers);
    let has_score =
        |answer: &Answer| answer.score.is_some() || answer.part.is_some() || answer.share.is_some() || answer.blocked;
    if !set.nodes.iter().any(Node::is_typed) || answers.clone().any(|(node, a)| node.is_typed() && has_score(a)) {
        return None;
    }
    let typed = |node: &Node, answer: &Answer| {
        let read = score_text::read(answer.score.as_ref(), node.max.unwrap_or_default());
        matches!(read, Score::Points(typed) if typed > Share::ZERO)
    };
    let sums = answers.filter(|(node, answer)| !node.is_leaf() && typed(node, answer)).count();
    Some(if sums > 0 { code::ONLY_CRITERION_SCORES } else { code::NOTHING_FILLED })
}
