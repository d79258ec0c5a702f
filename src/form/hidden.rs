//! Visible wins over hidden: of columns, rows and sheets that mean the same, what is shown is read. What is hidden alone
//! is read. Both are said.

use std::sync::Arc;

use super::columns::Columns;
use super::rows::Matched;
use super::{Answer, Identity, Said};
use crate::finding::{Finding, Place, code};
use crate::grid::{CellRef, Grid};
use crate::table::{Column, Header};

/// A column whose title means nothing, since another one that means the same is shown.
const PASSED_OVER: &str = "";

/// Takes their meaning from hidden columns beside visible ones of the same meaning, with a note for each.
pub fn pass_over_columns(grid: &Grid, header: &mut Header) -> Vec<(Finding, CellRef)> {
    if grid.hidden_cols.is_empty() {
        return Vec::new();
    }
    let key = |column: &Column| column.key.as_ref().map(|key| key.0.clone());
    let (hidden, visible): (Vec<&Column>, Vec<&Column>) =
        header.columns.iter().partition(|column| grid.hidden_cols.contains(column.col));
    let has = |wanted: &str| visible.iter().any(|column| column.is(wanted));
    // Two columns of titles may be those of criteria and of items.
    let is_passed = |key: &str| key != "title" && has(key);
    let passed: Vec<u32> = hidden
        .iter()
        .filter(|column| key(column).is_some_and(|key| is_passed(&key)))
        .map(|column| column.col)
        .collect();
    let mut notes = Vec::new();
    for column in header.columns.iter_mut().filter(|column| passed.contains(&column.col)) {
        let finding = Finding::new(code::HIDDEN_COLUMN_PASSED)
            .with("value", &column.text)
            .with("column", CellRef::column_letters(column.col));
        notes.push((finding, CellRef::new(header.last_row, column.col)));
        if let Some(key) = &mut column.key {
            key.0 = PASSED_OVER.to_owned();
        }
    }
    notes
}

/// Hidden rows of nodes that have a visible row as well.
pub fn passed_rows(grid: &Grid, matched: &Matched) -> Vec<u32> {
    if grid.hidden_rows.is_empty() {
        return Vec::new();
    }
    let is_hidden = |row: &u32| grid.hidden_rows.contains(*row);
    let of_several = matched.rows.iter().filter(|rows| rows.iter().any(is_hidden) && !rows.iter().all(is_hidden));
    let mut passed: Vec<u32> = of_several.flatten().copied().filter(is_hidden).collect();
    if matched.totals.iter().any(is_hidden) && !matched.totals.iter().all(is_hidden) {
        passed.extend(matched.totals.iter().filter(|row| is_hidden(row)));
    }
    passed.sort_unstable();
    passed.dedup();
    passed
}

/// Says which rows were passed over.
pub fn say_passed_rows(rows: &[u32], col: u32) -> Option<(Finding, CellRef)> {
    let first = *rows.first()?;
    Some((Finding::new(code::HIDDEN_ROWS_PASSED).with("rows", in_words(rows)), CellRef::new(first, col)))
}

/// Says which of the columns and rows that answers were read from are hidden.
pub fn say_read(grid: &Grid, columns: &Columns, answers: &[Answer], header: &Header) -> Vec<(Finding, CellRef)> {
    let mut notes = Vec::new();
    let with_answers = || answers.iter().filter(|answer| answer.is_filled() || !answer.evidence.is_empty());
    if !grid.hidden_cols.is_empty() && with_answers().next().is_some() {
        let read = [Some(columns.score), columns.part, columns.whole, columns.share, columns.evidence];
        for col in read.into_iter().flatten().filter(|col| grid.hidden_cols.contains(*col)) {
            let title = header.columns.iter().find(|column| column.col == col).map_or("", |column| &column.text);
            let finding = Finding::new(code::HIDDEN_COLUMN_READ)
                .with("value", title)
                .with("column", CellRef::column_letters(col));
            notes.push((finding, CellRef::new(header.last_row, col)));
        }
    }
    if !grid.hidden_rows.is_empty() {
        let row = |answer: &Answer| answer.row.as_ref().map(|row| row.score_cell.row);
        let mut rows: Vec<u32> = with_answers().filter_map(row).filter(|row| grid.hidden_rows.contains(*row)).collect();
        rows.sort_unstable();
        rows.dedup();
        if let Some(first) = rows.first() {
            let finding = Finding::new(code::HIDDEN_ROWS_READ).with("rows", in_words(&rows));
            notes.push((finding, CellRef::new(*first, columns.score)));
        }
    }
    notes
}

/// Says of a sheet that it is hidden.
pub fn say_sheet(code: crate::finding::Code, sheet: &Arc<str>) -> Finding {
    Finding::new(code).with("value", sheet).at(Place { sheet: Some(sheet.clone()), ..Place::default() })
}

/// `37, 40-43`: rows as the sheet numbers them.
fn in_words(rows: &[u32]) -> String {
    let runs = rows.chunk_by(|a, b| a + 1 == *b);
    let words = runs.map(|run| match run {
        [only] => (only + 1).to_string(),
        [first, .., last] => format!("{}-{}", first + 1, last + 1),
        [] => String::new(),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The sheet as it is shown, where that differs.
pub fn shown(grid: &Grid) -> Option<Grid> {
    if grid.hidden_rows.is_empty() && grid.hidden_cols.is_empty() {
        return None;
    }
    let cells: Vec<_> = grid.cells().iter().filter(|(at, _)| !grid.is_hidden(*at)).cloned().collect();
    (cells.len() < grid.cells().len()).then(|| grid.with_cells(cells))
}

/// Who and when by what is shown; by what is hidden where that says nothing.
pub fn identity(shown: Identity, all: Identity) -> Identity {
    let said = |shown: Vec<Said>, all: Vec<Said>| if shown.is_empty() { all } else { shown };
    let mut identity = Identity {
        codes: said(shown.codes, all.codes),
        names: said(shown.names, all.names),
        kind: shown.kind.or(all.kind),
        year: shown.year.or(all.year),
        filled_by: shown.filled_by,
        hidden: all.hidden,
    };
    identity.filled_by.complete(all.filled_by);
    identity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_as_the_sheet_numbers_them() {
        assert_eq!(in_words(&[36, 39, 40, 41, 50]), "37, 40-42, 51");
        assert_eq!(in_words(&[]), "");
    }
}
