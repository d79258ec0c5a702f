//! Where on a sheet the tables are, and which of their columns holds what. Knows columns, no set and no row.

use std::ops::Range;

use crate::grid::Grid;
use crate::table::{Header, SCORES, find_headers, words};

/// A table: its header, and the rows down to the next table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The header.
    pub header: Header,
    /// The rows below it.
    pub rows: Range<u32>,
}

impl Table {
    /// Whether a cell lies under one of the titled columns, or between them.
    pub fn covers(&self, col: u32) -> bool {
        let of = |column: Option<&crate::table::Column>| column.map_or(0, |column| column.col);
        (of(self.header.columns.first())..=of(self.header.columns.last())).contains(&col)
    }
}

/// Every table on a sheet that could be one of scores, from the top.
pub fn tables(grid: &Grid) -> Vec<Table> {
    let has = |header: &Header, key: &str| header.column(key).is_some();
    let accepts = |header: &Header| {
        let names_rows = has(header, "code") || has(header, "title");
        let bears_points =
            has(header, "max") || has(header, "max_or_verified") || SCORES.iter().any(|key| has(header, key));
        names_rows && bears_points && header.columns.iter().filter(|column| column.key.is_some()).count() >= 2
    };
    let headers = find_headers(grid, words().columns("return"), accepts);
    let end = grid.last_row().map_or(0, |row| row + 1);
    let starts: Vec<u32> = headers.iter().map(|header| header.first_row).skip(1).chain([end]).collect();
    headers
        .into_iter()
        .zip(starts)
        .map(|(header, next)| Table { rows: header.last_row + 1..next.max(header.last_row + 1), header })
        .collect()
}

/// Where a sheet falls into two that stand side by side: each table on it is followed by a second one on its right.
pub fn split(tables: &[Table]) -> Option<u32> {
    let mut halves = tables.iter().map(|table| second_half(&table.header));
    let first = halves.next()??;
    halves.all(|other| other == Some(first)).then_some(first)
}

/// The column with which a header begins anew: what names rows comes again after the scores, and the scores after it.
fn second_half(header: &Header) -> Option<u32> {
    let keys: Vec<(u32, &str)> =
        header.columns.iter().filter_map(|column| Some((column.col, column.key.as_ref()?.0.as_str()))).collect();
    let first = keys.iter().find(|(_, key)| matches!(*key, "code" | "title"))?.1;
    let scores = keys.iter().position(|(_, key)| *key == "self")?;
    let again = scores + keys[scores..].iter().position(|(_, key)| *key == first)?;
    let whole =
        keys[..again].iter().any(|(_, key)| *key == first) && keys[again..].iter().any(|(_, key)| *key == "self");
    whole.then_some(keys[again].0)
}

/// Whether this is the row of column numbers under a header: (1) (2) (3) (4).
pub fn is_numbering(grid: &Grid, row: u32) -> bool {
    let mut numbers = Vec::new();
    for (_, value) in grid.row(row) {
        let text = super::identity::show(value);
        let digits = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        // "(6) = (4) + (5)" counts as 6; "A" and "B" stand for the first two.
        let first: String = digits.chars().take_while(char::is_ascii_digit).collect();
        match first.parse::<u32>() {
            Ok(number) if digits.len() < 20 => numbers.push(number),
            _ if digits.len() == 1 => {}
            _ => return false,
        }
    }
    numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}
