//! What is to be seen at the cells of a row beside their values: read into the answer, or kept for the checks.

use super::Answer;
use super::locate::Table;
use crate::finding::{Finding, crossed_out};
use crate::grid::{CellRef, Fact, Grid};

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
    let is_silent = |(at, _): &(CellRef, &str)| rows.contains(&at.row) && table.covers(at.col) && !told(at);
    crossed_out(grid.crossed_out().filter(is_silent))
}
