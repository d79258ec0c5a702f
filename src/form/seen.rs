//! What is to be seen at the cells of a row beside their values: read into the answer, or kept for the checks.

use super::Answer;
use super::locate::Table;
use crate::finding::{Finding, code};
use crate::grid::{CellRef, Fact, Grid, Value};

/// Cells that are named in full; of more, how many there are is enough.
const NAMED: usize = 12;

/// A value as a person reads it: what the format makes of it, where the two differ.
pub fn as_shown(grid: &Grid, at: CellRef, value: Value) -> Value {
    let shown = grid.facts_at(at).find_map(|fact| match fact {
        Fact::Shown(text) => Some(text.clone()),
        _ => None,
    });
    shown.map_or(value, Value::Text)
}

/// The text of evidence: with what is crossed out, and the addresses behind its links.
pub fn evidence(grid: &Grid, at: CellRef, mut text: String) -> String {
    for fact in grid.facts_at(at) {
        match fact {
            Fact::CrossedOut { whole, .. } => text = crate::text::cell_text(whole),
            Fact::Link(address) if !text.contains(address.as_str()) => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&crate::text::cell_text(address));
            }
            _ => {}
        }
    }
    text
}

/// What the checks are told of these cells. Links are in the evidence.
pub fn facts(grid: &Grid, cells: impl IntoIterator<Item = CellRef>) -> Vec<(CellRef, Fact)> {
    if grid.facts().is_empty() {
        return Vec::new();
    }
    let told = |fact: &&Fact| !matches!(fact, Fact::Link(_));
    cells.into_iter().flat_map(|at| grid.facts_at(at).filter(told).map(move |fact| (at, fact.clone()))).collect()
}

/// Whether a cell holds nothing because all of it is crossed out.
pub fn is_crossed_out(grid: &Grid, at: CellRef) -> bool {
    grid.get(at).is_none() && grid.facts_at(at).any(|fact| matches!(fact, Fact::CrossedOut { .. }))
}

/// Says what of a table is crossed out and not read, but for the cells of answers, of which each is told by itself.
pub fn say_crossed_out(grid: &Grid, table: &Table, answers: &[Answer]) -> Option<(Finding, CellRef)> {
    let rows = table.header.first_row..table.rows.end;
    let told = |at: &CellRef| answers.iter().any(|answer| answer.seen.iter().any(|(cell, _)| cell == at));
    let mut out = grid.facts().iter().filter_map(|(at, fact)| match fact {
        Fact::CrossedOut { out, .. } if rows.contains(&at.row) && table.covers(at.col) && !told(at) => Some((*at, out)),
        _ => None,
    });
    let (first, text) = out.next()?;
    let mut cells = vec![first.to_string()];
    let mut rest = out.map(|(at, _)| at.to_string());
    cells.extend(rest.by_ref().take(NAMED - 1));
    if rest.next().is_some() {
        cells.push("…".to_owned());
    }
    let text = crate::text::clean(text);
    let finding =
        Finding::new(code::CROSSED_OUT).with("cells", cells.join(", ")).with("value", crate::text::cut(&text, 60));
    Some((finding, first))
}
