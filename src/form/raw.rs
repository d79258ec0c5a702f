//! The rows of a table with their codes and titles as written, before it is known what they are.

use super::code::{self, CodeReading};
use super::identity::show;
use super::locate::{Table, is_numbering};
use crate::grid::{CellRef, Grid, Value};
use crate::text;

/// A row of a table before it is known what it is.
#[derive(Debug, Clone)]
pub struct RawRow {
    /// Its number.
    pub row: u32,
    /// Its code, as read from the code column or from the start of its title.
    pub code: CodeReading,
    /// Where the code, else the title, stands.
    pub at: CellRef,
    /// Its title as written.
    pub title: String,
    /// Its title, folded.
    pub folded: String,
    /// The code column holds something.
    pub coded: bool,
}

/// The rows of a table that have a code or a title; `known` says which folded texts are titles.
pub fn raw_rows(grid: &Grid, table: &Table, known: &dyn Fn(&str) -> bool) -> Vec<RawRow> {
    let title_cols: Vec<u32> = table.header.all("title").map(|column| column.col).collect();
    let code_col = code_column(grid, table);
    let numbers = table.rows.clone().take(2).filter(|row| is_numbering(grid, *row)).collect::<Vec<_>>();
    let rows = grid.rows().map(|(row, _)| row).filter(|row| table.rows.contains(row) && !numbers.contains(row));
    rows.filter_map(|row| {
        let mut code = code_col.and_then(|col| grid.get(CellRef::new(row, col))).map(code::read).unwrap_or_default();
        let coded = !code.codes.is_empty();
        let mut at = CellRef::new(row, code_col.or(title_cols.first().copied()).unwrap_or_default());
        let mut title = String::new();
        match title_cell(grid, row, &title_cols, known) {
            // A group's title merged across, or a table without a column of titles.
            None => title = std::mem::take(&mut code.rest),
            Some((cell, text)) => {
                let leading = code::read(&Value::Text(text.clone()));
                let is_full = |reading: &CodeReading| reading.codes.iter().any(|code| code.depth() > 1);
                // Where titles bear codes, the first column has running numbers.
                if !leading.rest.is_empty() && (is_full(&leading) || (!coded && !leading.codes.is_empty())) {
                    title.clone_from(&leading.rest);
                    if !is_full(&code) {
                        (at, code) = (cell, leading);
                    }
                } else {
                    title = text;
                    if !coded {
                        at = cell;
                    }
                }
            }
        }
        let folded = text::fold(&title);
        (!folded.is_empty() || !code.codes.is_empty()).then_some(RawRow { row, code, at, title, folded, coded })
    })
    .collect()
}

/// Of several columns of titles (criteria, items), the cell that says what the row is: the last with a title that is
/// known, else the last with a code, else the first that says anything.
fn title_cell(grid: &Grid, row: u32, cols: &[u32], known: &dyn Fn(&str) -> bool) -> Option<(CellRef, String)> {
    let at = |col: &u32| CellRef::new(row, *col);
    let cells: Vec<(CellRef, String)> = cols
        .iter()
        .filter_map(|col| Some((at(col), show(grid.get(at(col))?))))
        .filter(|(_, t)| !t.is_empty())
        .collect();
    if let [_, _, ..] = cells[..] {
        let read = |text: &str| code::read(&Value::Text(text.to_owned()));
        let is_known = |text: &str| known(&text::fold(text)) || known(&text::fold(&read(text).rest));
        let is_coded = |text: &str| read(text).codes.iter().any(|code| code.depth() > 1);
        let last = |is: &dyn Fn(&str) -> bool| cells.iter().rev().find(|(_, text)| is(text)).cloned();
        if let Some(cell) = last(&is_known).or_else(|| last(&is_coded)) {
            return Some(cell);
        }
    }
    cells.into_iter().next()
}

/// The column of codes: of several, the one with most codes of more than one number ("STT" may stand beside "Mã").
fn code_column(grid: &Grid, table: &Table) -> Option<u32> {
    let full = |col: u32| {
        let cells = grid.cells().iter().filter(|(at, _)| at.col == col && table.rows.contains(&at.row));
        cells.filter(|(_, value)| code::read(value).codes.iter().any(|code| code.depth() > 1)).count()
    };
    let cols: Vec<u32> = table.header.all("code").map(|column| column.col).collect();
    match cols[..] {
        [] => unnamed_code_column(grid, table),
        [only] => Some(only),
        _ => cols.into_iter().rev().max_by_key(|col| full(*col)),
    }
}

/// A column of codes without a header, left of the titles.
fn unnamed_code_column(grid: &Grid, table: &Table) -> Option<u32> {
    let title = table.header.column("title")?.col;
    let named = |col: u32| table.header.columns.iter().any(|column| column.col == col && column.key.is_some());
    let holds_codes = |col: &u32| {
        let cells = grid.cells().iter().filter(|(at, _)| at.col == *col && table.rows.contains(&at.row));
        let read: Vec<bool> = cells.map(|(_, value)| !code::read(value).codes.is_empty()).collect();
        read.len() >= 3 && read.iter().filter(|is_code| **is_code).count() * 2 > read.len()
    };
    (0..title).rev().take_while(|col| !named(*col)).find(holds_codes)
}
