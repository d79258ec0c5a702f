//! A worksheet as it crosses from the readers: bounded, sparse, physical cell addresses. Knows no calamine.
//!
//! Beside values a grid carries what a person sees and a value does not say. All of it is sparse: an ordinary cell pays
//! nothing for it, and a reader that cannot see it leaves it empty.
//!
//! ```text
//! a raised or lowered figure      value: the text with the figure as such a character (`1²`), never as a digit
//!                                 fact:  Raised, with the text without it
//! crossed out, in parts           value: what is left;  fact: CrossedOut, with what was crossed out and the whole
//! crossed out, as a whole         no value, as if the cell were blank;  fact: CrossedOut
//! a time of day, a length of time value: Time, never Number
//! a format that changes what is   value: the number as stored;  fact: Shown, with what a person reads; a share
//! read (`0"%"`, `0.0,`, words)    (`0%`) is the text that it shows, and needs no fact
//! a link                          value: its text;  fact: Link, with the address
//! hidden rows, columns, sheets    hidden_rows, hidden_cols, hidden
//! check boxes, text boxes,        drawn, with the cells that they cover
//! pictures
//! ```

mod csv;
mod looks;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digits::Digits;

pub use looks::{Drawn, DrawnKind, Fact, Spans, Time};

/// Rows of a worksheet, in every format at most.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns of a worksheet, in every format at most.
pub const MAX_COLS: u32 = 16_384;

/// The address of a cell; row and column count from 0, shown as Excel shows it (`D18`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub col: u32,
}

impl CellRef {
    /// The cell at a row and a column, both from 0.
    pub const fn new(row: u32, col: u32) -> CellRef {
        CellRef { row, col }
    }

    /// The letters of a column: 0 is `A`.
    pub fn column_letters(col: u32) -> String {
        let mut letters = Digits::new();
        push_letters(&mut letters, col);
        letters.as_str().to_owned()
    }

    /// As [`fmt::Display`] shows it, without memory of its own.
    pub fn digits(self) -> Digits {
        let mut digits = Digits::new();
        push_letters(&mut digits, self.col);
        digits.number(u64::from(self.row) + 1);
        digits
    }
}

fn push_letters(digits: &mut Digits, col: u32) {
    if let Some(before) = (col / 26).checked_sub(1) {
        push_letters(digits, before);
    }
    digits.push(b'A' + (col % 26) as u8);
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits().as_str())
    }
}

impl FromStr for CellRef {
    type Err = String;

    /// `D18` and `$D$18`; an error for what no worksheet holds.
    fn from_str(text: &str) -> Result<CellRef, String> {
        let wrong = || format!("{text} is not a cell");
        let mut col: u32 = 0;
        let mut rest = text.trim_start_matches('$');
        while let Some(letter) = rest.chars().next().filter(char::is_ascii_alphabetic) {
            col = col.checked_mul(26).ok_or_else(wrong)? + (letter.to_ascii_uppercase() as u32 - 'A' as u32 + 1);
            if col > MAX_COLS {
                return Err(wrong());
            }
            rest = &rest[1..];
        }
        let row: u32 = rest.trim_start_matches('$').parse().map_err(|_| wrong())?;
        if col == 0 || row == 0 || row > MAX_ROWS || rest.contains('+') {
            return Err(wrong());
        }
        Ok(CellRef { row: row - 1, col: col - 1 })
    }
}

impl Serialize for CellRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(self.digits().as_str())
        } else {
            (self.row, self.col).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for CellRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CellRef, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
        } else {
            let (row, col) = Deserialize::deserialize(deserializer)?;
            Ok(CellRef { row, col })
        }
    }
}

/// What a cell holds. A blank cell is absent from its grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text as stored, not trimmed, not normalised.
    Text(String),
    /// A number; may be NaN or infinite where a file says so.
    Number(f64),
    /// A number whose format is one of dates.
    Date(Date),
    /// A number whose format is one of times alone.
    Time(Time),
    /// A logical value.
    Bool(bool),
    /// An error value as Excel shows it: `#REF!`.
    Error(String),
    /// A formula that no program has computed: there is no value.
    Uncomputed,
}

/// A date cell: the number it is stored as, and the day it shows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Date {
    /// Days in the workbook's own date system, with the time of day as fraction.
    pub serial: f64,
    /// Calendar year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// One worksheet: its non-blank cells by row, then column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// The sheet's name as on its tab.
    pub name: String,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    cells: Vec<(CellRef, Value)>,
    /// By cell; a cell may have several.
    facts: Vec<(CellRef, Fact)>,
    /// Rows that are not shown: hidden, collapsed, or without height. A row hidden by an active filter is none of them.
    pub hidden_rows: Spans,
    /// Columns that are not shown: hidden, collapsed, or without width.
    pub hidden_cols: Spans,
    /// What lies on the cells.
    pub drawn: Vec<Drawn>,
    /// Merged ranges, top-left and bottom-right cell; the value stands in the top-left cell only.
    pub merges: Vec<(CellRef, CellRef)>,
    /// The sheet held more cells than the limit; the rest was left out.
    pub truncated: bool,
}

impl Grid {
    /// A grid of these cells, in any order. Of two values for one cell the later one stays, as a
    /// spreadsheet program does with a file that repeats a cell.
    pub fn new(name: impl Into<String>, mut cells: Vec<(CellRef, Value)>) -> Grid {
        in_order(&mut cells);
        Grid { name: name.into(), cells, ..Grid::default() }
    }

    /// The same grid with these facts, in any order.
    pub fn with_facts(mut self, mut facts: Vec<(CellRef, Fact)>) -> Grid {
        facts.sort_by_key(|fact| fact.0);
        self.facts = facts;
        self
    }

    /// The same sheet with other values in its cells.
    pub fn with_cells(&self, cells: Vec<(CellRef, Value)>) -> Grid {
        let facts = self.facts.clone();
        let (hidden_rows, hidden_cols) = (self.hidden_rows.clone(), self.hidden_cols.clone());
        let (drawn, merges) = (self.drawn.clone(), self.merges.clone());
        let (hidden, truncated) = (self.hidden, self.truncated);
        Grid {
            hidden,
            facts,
            hidden_rows,
            hidden_cols,
            drawn,
            merges,
            truncated,
            ..Grid::new(self.name.clone(), cells)
        }
    }

    /// What is to be seen at a cell beside its value.
    pub fn facts_at(&self, at: CellRef) -> impl Iterator<Item = &Fact> {
        let from = self.facts.partition_point(|fact| fact.0 < at);
        self.facts[from..].iter().take_while(move |fact| fact.0 == at).map(|fact| &fact.1)
    }

    /// The value at a cell as a person reads it: what the format makes of a number, where that is another one.
    pub fn as_shown(&self, at: CellRef) -> Option<Cow<'_, Value>> {
        let shown = self.facts_at(at).find_map(|fact| match fact {
            Fact::Shown(text) => Some(Cow::Owned(Value::Text(text.clone()))),
            _ => None,
        });
        shown.or_else(|| self.get(at).map(Cow::Borrowed))
    }

    /// The cells of which parts or all is crossed out, and what.
    pub fn crossed_out(&self) -> impl Iterator<Item = (CellRef, &str)> {
        self.facts.iter().filter_map(|(at, fact)| match fact {
            Fact::CrossedOut { out, .. } => Some((*at, out.as_str())),
            _ => None,
        })
    }

    /// Every fact, by cell.
    pub fn facts(&self) -> &[(CellRef, Fact)] {
        &self.facts
    }

    /// Whether a cell stands in a hidden row or column.
    pub fn is_hidden(&self, at: CellRef) -> bool {
        self.hidden_rows.contains(at.row) || self.hidden_cols.contains(at.col)
    }

    /// The value at a cell; `None` if blank.
    pub fn get(&self, at: CellRef) -> Option<&Value> {
        let i = self.cells.binary_search_by_key(&at, |cell| cell.0).ok()?;
        Some(&self.cells[i].1)
    }

    /// Every non-blank cell, by row, then column.
    pub fn cells(&self) -> &[(CellRef, Value)] {
        &self.cells
    }

    /// The rows that hold anything, in order: the row's number and its cells.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[(CellRef, Value)])> {
        self.cells.chunk_by(|a, b| a.0.row == b.0.row).map(|row| (row[0].0.row, row))
    }

    /// The parts left and right of a column's left edge, each with its own cells and the merged ranges that begin there.
    pub fn split_at(&self, col: u32) -> [Grid; 2] {
        let part = |right: bool| Grid {
            name: self.name.clone(),
            hidden: self.hidden,
            cells: self.cells.iter().filter(|(at, _)| (at.col >= col) == right).cloned().collect(),
            facts: self.facts.iter().filter(|(at, _)| (at.col >= col) == right).cloned().collect(),
            hidden_rows: self.hidden_rows.clone(),
            hidden_cols: self.hidden_cols.clone(),
            drawn: self.drawn.iter().filter(|drawn| (drawn.from.col >= col) == right).cloned().collect(),
            merges: self.merges.iter().filter(|(from, _)| (from.col >= col) == right).copied().collect(),
            truncated: self.truncated,
        };
        [part(false), part(true)]
    }

    /// The cells of one row; empty if it is blank.
    pub fn row(&self, row: u32) -> &[(CellRef, Value)] {
        let from = self.cells.partition_point(|cell| cell.0.row < row);
        let to = self.cells.partition_point(|cell| cell.0.row <= row);
        &self.cells[from..to]
    }

    /// The last row that holds anything.
    pub fn last_row(&self) -> Option<u32> {
        self.cells.last().map(|cell| cell.0.row)
    }
}

/// Puts cells in order; of two values for one cell the later one stays.
pub(crate) fn in_order(cells: &mut Vec<(CellRef, Value)>) {
    if !cells.is_sorted_by(|a, b| a.0 < b.0) {
        cells.sort_by_key(|cell| cell.0);
        cells.reverse();
        cells.dedup_by_key(|cell| cell.0);
        cells.reverse();
    }
}

/// A grid of literal rows, for tests and for tables that come as text: an empty text is a blank cell.
impl Grid {
    /// Rows of texts from A1 on.
    pub fn from_rows<R: AsRef<[S]>, S: AsRef<str>>(name: &str, rows: impl IntoIterator<Item = R>) -> Grid {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (col, text) in (0..).zip(texts.as_ref()) {
                if !text.as_ref().is_empty() {
                    cells.push((CellRef::new(row, col), Value::Text(text.as_ref().to_owned())));
                }
            }
        }
        Grid::new(name, cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_both_ways() {
        for (text, row, col) in [("A1", 0, 0), ("Z9", 8, 25), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)] {
            assert_eq!(text.parse::<CellRef>(), Ok(CellRef::new(row, col)));
            assert_eq!(CellRef::new(row, col).to_string(), text);
        }
        for wrong in ["", "A", "1", "A0", "XFE1", "ZZZZZZZ99999999999", "A1048577", "A+1", "Ă1"] {
            assert!(wrong.parse::<CellRef>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_later_of_two_values_stays() {
        let at = CellRef::new(3, 1);
        let cells = vec![(at, Value::Number(1.0)), (CellRef::new(0, 0), Value::Bool(true)), (at, Value::Number(2.0))];
        let grid = Grid::new("S", cells);
        assert_eq!(grid.get(at), Some(&Value::Number(2.0)));
        assert_eq!(grid.cells().len(), 2);
        assert_eq!(grid.rows().map(|r| r.0).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(grid.row(3).len(), 1);
    }
}
