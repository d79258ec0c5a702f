//! Values outside of what a return is read from that look like answers: they are not counted, so they are named.

use std::collections::BTreeMap;

use super::columns::{Columns, number};
use super::identity::show;
use super::locate::Table;
use super::rows::Matched;
use super::set_index::SetIndex;
use crate::finding::{Finding, Severity, code};
use crate::grid::{CellRef, Grid};
use crate::points::Points;

/// So many cells are named.
const NAMED: usize = 10;

/// Numbers on the rows of items, right of their titles under no title of a column, that could be their scores; and scores
/// on rows that come again far below. One finding names them all, with the first cell.
pub fn say(
    grid: &Grid,
    table: &Table,
    columns: &Columns,
    matched: &Matched,
    index: &SetIndex,
) -> Option<(Finding, CellRef)> {
    let header = &table.header;
    let titles = header.column("title").or(header.column("code")).map_or(0, |column| column.col);
    let is_read = |col: u32| {
        col == columns.score
            || columns.beside_score.contains(&col)
            || header.columns.iter().any(|column| column.col == col)
    };
    let blank = |row: u32| grid.get(CellRef::new(row, columns.score)).is_none_or(|value| show(value).is_empty());
    let mut found: BTreeMap<CellRef, bool> = BTreeMap::new();
    let items = index.set.nodes.iter().zip(&matched.rows).filter(|(node, _)| node.kind.is_scored());
    for (node, row) in items.flat_map(|(node, rows)| rows.iter().map(move |row| (node, *row))) {
        let max = node.max.unwrap_or_default();
        let beside = grid.row(row).iter().filter(|(at, _)| at.col > titles && !is_read(at.col) && !grid.is_hidden(*at));
        for (at, value) in beside {
            // The maxima once more are no answers.
            if number(value)
                .is_some_and(|points| (Points::ZERO..=max).contains(&points) && (points < max || blank(row)))
            {
                found.insert(*at, blank(row));
            }
        }
    }
    for &row in &matched.far {
        let at = CellRef::new(row, columns.score);
        if !grid.is_hidden(at) && grid.get(at).is_some_and(|value| number(value).is_some()) {
            found.insert(at, false);
        }
    }
    let (first, _) = found.first_key_value()?;
    let mut cells: Vec<String> = found.keys().take(NAMED).map(CellRef::to_string).collect();
    if found.len() > NAMED {
        cells.push("…".to_owned());
    }
    let value = grid.get(*first).map(|value| show(value).into_owned()).unwrap_or_default();
    let weight = if found.values().any(|blank| *blank) { Severity::Warning } else { Severity::Note };
    let finding =
        Finding::new(code::VALUE_OUTSIDE).with("others", cells.join(", ")).with("value", value).weighing(weight);
    Some((finding, *first))
}
