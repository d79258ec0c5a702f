//! What lies over the answers of a form and is not read: check boxes, text boxes, pictures. Said once for a file.

use std::collections::BTreeSet;

use super::Return;
use crate::finding::{Finding, Place, code};
use crate::grid::{CellRef, Drawn, DrawnKind, Grid};

/// Cells that are named in full; of more, how many there are is enough.
const NAMED: usize = 12;

/// What lies over the answers of these returns, with its first cell.
pub fn over_answers(grids: &[&Grid], returns: &[Return]) -> Option<Finding> {
    let mut counts = [0_usize; 3];
    let mut cells: Vec<String> = Vec::new();
    let mut first = None;
    for grid in grids.iter().filter(|grid| !grid.drawn.is_empty()) {
        let answers = answer_cells(&grid.name, returns);
        for drawn in grid.drawn.iter().filter(|drawn| covers(drawn, &answers)) {
            counts[match drawn.kind {
                DrawnKind::CheckBox => 0,
                DrawnKind::TextBox => 1,
                DrawnKind::Picture => 2,
            }] += 1;
            first.get_or_insert_with(|| Place::default().at(&grid.name.as_str().into(), drawn.from));
            if cells.len() < NAMED {
                let text = crate::text::clean(&drawn.text);
                let text = crate::text::cut(&text, 40);
                cells.push(if text.is_empty() {
                    drawn.from.to_string()
                } else {
                    format!("{} “{text}”", drawn.from)
                });
            }
        }
    }
    let [boxes, texts, pictures] = counts;
    if boxes + texts + pictures > cells.len() {
        cells.push("…".to_owned());
    }
    let finding = Finding::new(code::DRAWN_OVER_ANSWERS)
        .with("boxes", boxes)
        .with("texts", texts)
        .with("pictures", pictures)
        .with("cells", cells.join(", "));
    first.map(|place| finding.at(place))
}

/// The cells of a sheet that hold answers, or should.
fn answer_cells(sheet: &str, returns: &[Return]) -> BTreeSet<CellRef> {
    let answers = returns.iter().flat_map(|returned| &returned.answers);
    let rows = answers.filter_map(|answer| Some((answer, answer.row.as_ref()?)));
    let cells = rows.filter(|(_, row)| *row.sheet == *sheet).flat_map(|(answer, row)| {
        let amounts = [&answer.part, &answer.whole, &answer.share].into_iter().flatten().map(|cell| cell.0);
        amounts.chain([row.score_cell]).chain(answer.evidence_cell)
    });
    cells.collect()
}

/// Whether it lies over an answer. A box to tick stands anywhere on its row.
fn covers(drawn: &Drawn, answers: &BTreeSet<CellRef>) -> bool {
    let last = CellRef::new(drawn.to.row, u32::MAX);
    let columns = if drawn.kind == DrawnKind::CheckBox { 0..=u32::MAX } else { drawn.from.col..=drawn.to.col };
    answers.range(CellRef::new(drawn.from.row, 0)..=last).any(|at| columns.contains(&at.col))
}
