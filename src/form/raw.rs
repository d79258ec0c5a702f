//! The rows of a table with their codes and titles as written, before it is known what they are.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::code::{self, CodeReading};
use super::columns::number;
use super::identity::show;
use super::locate::{Table, is_numbering};
use super::seen::is_crossed_out;
use crate::grid::{CellRef, Grid, Value};
use crate::points::Points;
use crate::rules::RuleSet;
use crate::text;

/// A row of a table before it is known what it is.
#[derive(Debug, Clone)]
pub struct RawRow<'t> {
    /// Its number.
    pub row: u32,
    /// Its code, as read from the code column or from the start of its title.
    pub code: CodeReading<'static>,
    /// Where the code, else the title, stands.
    pub at: CellRef,
    /// Its title as written.
    pub title: Cow<'t, str>,
    /// Its title, folded.
    pub folded: Cow<'t, str>,
    /// The code column holds something.
    pub coded: bool,
    /// Its maximum.
    pub max: Stated,
}

/// What stands under "Điểm tối đa".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Nothing, or no number.
    Nothing,
    /// "-", "Bắt buộc": there are no points to earn.
    Dash,
    /// A number.
    Points(Points),
}

impl Stated {
    fn of(value: Option<&Value>) -> Stated {
        match value.map(|value| (number(value), value)) {
            Some((Some(Points::ZERO), _)) => Stated::Dash,
            Some((Some(points), _)) => Stated::Points(points),
            Some((None, Value::Text(text))) if !text.trim().is_empty() => Stated::Dash,
            _ => Stated::Nothing,
        }
    }
}

/// The titles of the sets that a reader knows.
pub struct Titles<'r> {
    /// Those without a code of their own, as our own forms have them, folded: most rows of most returns.
    as_written: HashMap<&'r str, String>,
    folded: HashSet<String>,
}

impl<'r> Titles<'r> {
    /// The titles of these sets.
    pub fn of(sets: &'r [RuleSet]) -> Titles<'r> {
        let titles = || sets.iter().flat_map(|set| &set.nodes).map(|node| node.title.as_str());
        let is_bare = |title: &&str| text::cleaned(title) == *title && code::read_text(title).codes.is_empty();
        Titles {
            as_written: titles().filter(is_bare).map(|title| (title, text::fold(title))).collect(),
            folded: titles().map(text::fold).collect(),
        }
    }

    /// The title that a cell holds just as it is, and folded.
    fn as_written(&self, value: &Value) -> Option<(&str, &str)> {
        let Value::Text(text) = value else { return None };
        let (title, folded) = self.as_written.get_key_value(text.as_str())?;
        (!folded.is_empty()).then_some((*title, folded.as_str()))
    }
}

/// The rows of a table that have a code or a title.
pub fn raw_rows<'t>(grid: &Grid, table: &Table, titles: &'t Titles) -> Vec<RawRow<'t>> {
    let mut title_cols: Vec<u32> = table.header.all("title").map(|column| column.col).collect();
    // "TC" may stand over codes or over titles.
    if title_cols.is_empty() {
        title_cols
            .extend(table.header.all("code").map(|column| column.col).filter(|col| !holds_codes(grid, table, *col)));
    }
    let code_col = code_column(grid, table, &title_cols);
    let max_col = table.header.column("max").or(table.header.column("max_or_verified")).map(|column| column.col);
    let numbers = table.rows.clone().take(2).filter(|row| is_numbering(grid, *row)).collect::<Vec<_>>();
    let rows = grid.rows().map(|(row, _)| row).filter(|row| table.rows.contains(row) && !numbers.contains(row));
    rows.filter_map(|row| {
        let code_cell = code_col.and_then(|col| grid.get(CellRef::new(row, col)));
        // An item that is crossed out is not there, whatever else its row still holds.
        let is_out = |col: &u32| is_crossed_out(grid, CellRef::new(row, *col));
        if title_cols.iter().any(is_out) && title_cols.iter().all(|col| grid.get(CellRef::new(row, *col)).is_none()) {
            return None;
        }
        let (mut code, after_code) = code_cell.map(code::read).unwrap_or_default().apart();
        let coded = !code.codes.is_empty();
        let max = Stated::of(max_col.and_then(|col| grid.get(CellRef::new(row, col))));
        let mut at = CellRef::new(row, code_col.or(title_cols.first().copied()).unwrap_or_default());
        if let [col] = title_cols[..]
            && let cell = CellRef::new(row, col)
            && let Some((title, folded)) = grid.get(cell).and_then(|value| titles.as_written(value))
        {
            let at = if coded { at } else { cell };
            return Some(RawRow { row, code, at, title: title.into(), folded: folded.into(), coded, max });
        }
        let title = match title_cell(grid, row, &title_cols, &titles.folded) {
            // A group's title merged across, or a table without a column of titles.
            None => after_code.into_owned(),
            Some((cell, text)) => {
                let (leading, rest) = code::read_text(&text).apart();
                // Where titles bear codes, the first column has running numbers.
                if !rest.is_empty() && (leading.is_full() || (!coded && !leading.codes.is_empty())) {
                    if !code.is_full() {
                        (at, code) = (cell, leading);
                    }
                    rest.into_owned()
                } else {
                    if !coded {
                        at = cell;
                    }
                    text.into_owned()
                }
            }
        };
        let folded = text::fold(&title);
        let says = !folded.is_empty() || !code.codes.is_empty();
        says.then(|| RawRow { row, code, at, title: title.into(), folded: folded.into(), coded, max })
    })
    .collect()
}

/// Of several columns of titles (criteria, items), the cell that says what the row is: the last with a title that is
/// known, else the last with a code, else the first that says anything.
fn title_cell<'g>(grid: &'g Grid, row: u32, cols: &[u32], known: &HashSet<String>) -> Option<(CellRef, Cow<'g, str>)> {
    let at = |col: &u32| CellRef::new(row, *col);
    let mut cells: Vec<(CellRef, Cow<str>)> = cols
        .iter()
        .filter_map(|col| Some((at(col), show(grid.get(at(col))?))))
        .filter(|(_, t)| !t.is_empty())
        .collect();
    if let [_, _, ..] = cells[..] {
        let is_known =
            |text: &str| known.contains(&text::fold(text)) || known.contains(&text::fold(&code::read_text(text).rest));
        let is_coded = |text: &str| code::read_text(text).is_full();
        let last = |is: &dyn Fn(&str) -> bool| cells.iter().rposition(|(_, text)| is(text));
        if let Some(cell) = last(&is_known).or_else(|| last(&is_coded)) {
            return Some(cells.swap_remove(cell));
        }
    }
    cells.into_iter().next()
}

/// The column of codes: of several, the one with most codes of more than one number ("STT" may stand beside "Mã").
fn code_column(grid: &Grid, table: &Table, titles: &[u32]) -> Option<u32> {
    let full = |col: u32| {
        let cells = grid.cells().iter().filter(|(at, _)| at.col == col && table.rows.contains(&at.row));
        cells.filter(|(_, value)| code::read(value).is_full()).count()
    };
    let cols: Vec<u32> =
        table.header.all("code").map(|column| column.col).filter(|col| !titles.contains(col)).collect();
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
    (0..title).rev().take_while(|col| !named(*col)).find(|col| holds_codes(grid, table, *col))
}

/// Whether most of a column's cells, three at least, are codes and nothing else, or begin with one.
fn holds_codes(grid: &Grid, table: &Table, col: u32) -> bool {
    let cells = grid.cells().iter().filter(|(at, _)| at.col == col && table.rows.contains(&at.row));
    let read: Vec<bool> = cells.map(|(_, value)| !code::read(value).codes.is_empty()).collect();
    read.len() >= 3 && read.iter().filter(|is_code| **is_code).count() * 2 > read.len()
}
