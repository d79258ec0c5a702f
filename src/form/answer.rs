//! The cells of a row to an answer, wherever the form has the score: under its own column, under "Mức độ", or as a mark
//! under "Có" or "Không". Judges no value.

use std::sync::Arc;

use super::columns::Columns;
use super::{Answer, Row, identity, seen};
use crate::grid::{CellRef, Grid, Value};
use crate::rules::{NodeKind, RuleSet};
use crate::table::words;
use crate::text;
use crate::text::cell_text;

/// The cells of a node's row under these columns.
pub fn read_row(grid: &Grid, columns: &Columns, sheet: &Arc<str>, row: u32, set: &RuleSet, node: usize) -> Answer {
    let at = |col: u32| CellRef::new(row, col);
    let get = |col: u32| grid.get(at(col));
    let cell = |col: Option<u32>| col.and_then(|col| present(&*grid.as_shown(at(col))?).map(|value| (at(col), value)));
    let level = cell(columns.level);
    let mut score_cell = at(columns.score);
    let mut score = get(columns.score).and_then(present);
    let beside = columns.beside_score.clone().filter_map(|col| cell(Some(col)).filter(|(_, value)| may_answer(value)));
    for (cell, value) in beside {
        match &score {
            None => (score_cell, score) = (cell, Some(value)),
            Some(other) if identity::say_the_same(Some(other), Some(&value)) => {}
            // Neither is taken.
            Some(other) => {
                score = Some(Value::Text(format!("{} và {}", identity::show(other), identity::show(&value))))
            }
        }
    }
    // The annex has mandatory conditions answered under "Mức độ".
    if score.is_none()
        && set.nodes[node].kind == NodeKind::Mandatory
        && let Some((cell, value)) = &level
    {
        score_cell = *cell;
        score = Some(value.clone());
    }
    let has_marks = matches!(set.nodes[node].kind, NodeKind::Mandatory | NodeKind::YesNo);
    let marks = columns.marks.filter(|_| has_marks).map(|(yes, no)| (cell(Some(yes)), cell(Some(no))));
    if let Some((cell, value)) = marks.and_then(|marks| marked(marks, score.as_ref())) {
        score_cell = cell;
        score = Some(value);
    }
    let evidence_cell = columns.evidence.map(at);
    let evidence = columns.evidence.and_then(get).map(with_lines).unwrap_or_default();
    let looked_at = [Some(score_cell), columns.part.map(at), columns.whole.map(at), columns.share.map(at)];
    Answer {
        row: Some(Row { sheet: sheet.clone(), score_cell }),
        score,
        part: cell(columns.part),
        whole: cell(columns.whole),
        share: cell(columns.share),
        level,
        max: cell(columns.max),
        evidence: evidence_cell.map_or(String::new(), |at| seen::evidence(grid, at, evidence)),
        seen: seen::facts(grid, looked_at.into_iter().chain([evidence_cell]).flatten()),
        evidence_cell,
        note: columns.note.and_then(get).map(with_lines).unwrap_or_default(),
        blocked: false,
    }
}

/// Whether a value beside the column of scores could be one: no unit, no remark.
fn may_answer(value: &Value) -> bool {
    let Value::Text(text) = value else { return true };
    let shown = text::typed(text);
    shown.chars().any(|c| c.is_ascii_digit())
        || words().answers.exact(&text::fold(&shown)).is_some()
        || words().marks.iter().any(|(_, mark)| *mark == shown)
}

/// What a school wrote in several lines keeps them: they part its documents.
fn with_lines(value: &Value) -> String {
    match value {
        Value::Text(text) if text.contains('\n') => cell_text(text),
        value => identity::show(value).into_owned(),
    }
}

type Cell = Option<(CellRef, Value)>;

/// The answer that the marks of two columns "Có" and "Không" give, at the cell marked; both marked say nothing that could
/// be taken, and neither do they beside a score that says otherwise.
fn marked((yes, no): (Cell, Cell), score: Option<&Value>) -> Cell {
    // "0" or "Không" under "Có" is no mark.
    let is_mark = |cell: &Cell| {
        let shown = cell.as_ref().map(|(_, value)| identity::show(value)).unwrap_or_default();
        !shown.is_empty() && shown != "0" && shown != "-" && words().answers.exact(&text::fold(&shown)) != Some("no")
    };
    let only_marks = |cell: Cell| if is_mark(&cell) { cell } else { None };
    let (yes, no) = (only_marks(yes), only_marks(no));
    let says = |answer: &str| Value::Text(answer.to_owned());
    let (cell, answer) = match (yes, no) {
        (None, None) => return None,
        (Some((cell, first)), Some((_, second))) => {
            return Some((cell, says(&format!("{} / {}", identity::show(&first), identity::show(&second)))));
        }
        (Some((cell, _)), None) => (cell, "Có"),
        (None, Some((cell, _))) => (cell, "Không"),
    };
    match score {
        None => Some((cell, says(answer))),
        Some(score) => {
            let shown = identity::show(score);
            let agrees =
                (answer == "Không") == (shown == "0" || words().answers.exact(&text::fold(&shown)) == Some("no"));
            (!agrees).then(|| (cell, says(&format!("{answer} / {shown}"))))
        }
    }
}

/// A text of blanks, or the line of dots to write on, is a blank cell.
fn present(value: &Value) -> Option<Value> {
    match value {
        Value::Text(text) if text::cleaned(text).chars().all(|c| matches!(c, '.' | '…' | '_' | ' ')) => None,
        value => Some(value.clone()),
    }
}

impl Answer {
    /// Whether it says anything.
    pub(super) fn is_filled(&self) -> bool {
        self.score.is_some() || self.part.is_some() || self.whole.is_some() || self.share.is_some()
    }

    /// Whether two answers to one item are equal.
    pub(super) fn says_the_same(&self, other: &Answer) -> bool {
        let same =
            |a: &Cell, b: &Cell| identity::say_the_same(a.as_ref().map(|cell| &cell.1), b.as_ref().map(|cell| &cell.1));
        identity::say_the_same(self.score.as_ref(), other.score.as_ref())
            && same(&self.part, &other.part)
            && same(&self.whole, &other.whole)
            && same(&self.share, &other.share)
    }
}
