//! Which column of a table is the school's own score; where two could be, both are named and none is taken.

use std::collections::HashMap;
use std::ops::Range;

use super::identity::{say_the_same, show};
use super::locate::{Table, is_numbering};
use super::set_index::SetIndex;
use crate::finding::{Finding, code};
use crate::grid::{CellRef, Grid, Value};
use crate::points::Points;
use crate::table::{Column, Likeness, words};
use crate::text;

/// The columns that a return is read from.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The self score.
    pub score: u32,
    /// Columns that the header of the score covers beside it, without a header of their own.
    pub beside_score: Range<u32>,
    /// Điểm tối đa.
    pub max: Option<u32>,
    /// Số đạt.
    pub part: Option<u32>,
    /// Tổng số.
    pub whole: Option<u32>,
    /// Tỉ lệ.
    pub share: Option<u32>,
    /// "Có" and "Không", or "Đạt" and "Chưa đạt", where the form has a column for each, to be marked.
    pub marks: Option<(u32, u32)>,
    /// Mức độ.
    pub level: Option<u32>,
    /// Minh chứng.
    pub evidence: Option<u32>,
    /// Ghi chú.
    pub note: Option<u32>,
    /// The school year that the header of the score names: "2023-2024".
    pub year: Option<String>,
    /// 3xx, with the header's cell.
    pub findings: Vec<(Finding, CellRef)>,
}

/// A header merged across more columns is a title of the table.
const COVERED: u32 = 6;

/// A longer text with a figure in it is no score.
const SCORE_LETTERS: usize = 16;

/// Why there is no column of self scores, with the cell where that shows.
pub type NoColumn = Box<(Finding, CellRef)>;

/// A table with the rows of its scored items.
pub struct Scores<'a> {
    /// The sheet.
    pub grid: &'a Grid,
    /// The table.
    pub table: &'a Table,
    /// The set.
    pub index: &'a SetIndex<'a>,
    /// Rows of each node.
    pub rows: &'a [Vec<u32>],
    /// The school year of the assessment: "2024-2025".
    pub year: &'a str,
}

impl Scores<'_> {
    /// Finds the columns; the error is what to say where there is no self score, with its cell.
    pub fn columns(&self) -> Result<Columns, NoColumn> {
        let header = &self.table.header;
        let col = |key: &str| header.column(key).map(|column| column.col);
        let mut columns = Columns {
            max: col("max").or_else(|| col("max_or_verified").filter(|col| self.holds_maxima(*col))),
            part: col("part"),
            whole: col("whole"),
            share: col("share"),
            marks: col("yes").zip(col("no")),
            level: col("level"),
            evidence: col("evidence"),
            note: col("note"),
            ..Columns::default()
        };
        self.choose(&mut columns)?;
        columns.beside_score = self.covered_beside(columns.score);
        for column in &header.columns {
            if let Some((key, Likeness::Alike)) = &column.key
                && (column.col == columns.score || matches!(key.as_str(), "max" | "part" | "whole"))
            {
                let finding =
                    Finding::new(code::HEADER_BY_LIKENESS).with("value", &column.text).with("meaning", meaning(key));
                columns.findings.push((finding, self.header_cell(column.col)));
            }
        }
        Ok(columns)
    }

    fn header_cell(&self, col: u32) -> CellRef {
        CellRef::new(self.table.header.last_row, col)
    }

    fn choose(&self, columns: &mut Columns) -> Result<(), NoColumn> {
        let header = &self.table.header;
        let own = self.filled(self.of_this_year(header.all("self").collect()));
        // A description of what was done may stand under such a title, and the points beside it.
        let (own, described): (Vec<&Column>, Vec<&Column>) = own.iter().partition(|c| self.can_be_scores(c.col));
        if let [first, rest @ ..] = &own[..] {
            // Full marks, and under the maxima what others would score: the titles may have changed places.
            let max = header
                .column("max")
                .filter(|max| self.repeats_maxima(first.col) && self.fits(max.col) && !self.holds_maxima(max.col));
            if let Some(max) = max {
                return Err(self.two(first, max));
            }
            if let Some(other) = rest.iter().find(|other| !self.same_values(first.col, other.col)) {
                return Err(self.two(first, other));
            }
            self.take(first, columns);
            return Ok(());
        }
        let only_years = header.columns.iter().filter(|column| column.is_only_years());
        let vague: Vec<&Column> = header.all("component").chain(header.all("generic")).chain(only_years).collect();
        let mut vague = self.filled(self.of_this_year(vague));
        vague
            .retain(|column| !self.has_values(column.col) || (self.can_be_scores(column.col) && self.fits(column.col)));
        let (blank, scored): (Vec<&Column>, Vec<&Column>) = vague.iter().partition(|c| self.repeats_maxima(c.col));
        let unnamed = self.unnamed_scores();
        // Component points are the annex's own: a column of numbers that the school added may be the score as well.
        let open = scored.iter().all(|column| column.is("component") || !self.has_values(column.col));
        let named = scored.into_iter().filter(|column| !(open && unnamed.len() == 1 && !self.has_values(column.col)));
        let candidates: Vec<&Column> = named.chain(unnamed.iter().filter(|_| open)).collect();
        match candidates[..] {
            [only] => {
                self.take(only, columns);
                if !only.is("component") && !only.is_only_years() {
                    let finding = Finding::new(code::HEADER_UNCERTAIN).with("value", &only.text);
                    columns.findings.push((finding, self.header_cell(only.col)));
                }
                Ok(())
            }
            [first, second, ..] if self.same_values(first.col, second.col) => {
                self.take(first, columns);
                Ok(())
            }
            [first, second, ..] => Err(self.two(first, second)),
            [] => {
                let (finding, col) = match (blank.first(), described.first()) {
                    (Some(column), _) => (Finding::new(code::BLANK_ANNEX).with("value", &column.text), column.col),
                    (None, Some(column)) => {
                        (Finding::new(code::SCORES_IN_WORDS).with("value", &column.text), column.col)
                    }
                    (None, None) => {
                        let first = header.columns.first().map_or(0, |column| column.col);
                        (Finding::new(code::NO_SCORE_COLUMN), first)
                    }
                };
                Err(Box::new((finding, self.header_cell(col))))
            }
        }
    }

    fn take(&self, column: &Column, columns: &mut Columns) {
        columns.score = column.col;
        columns.year = match column.years[..] {
            [.., from, to] => Some(format!("{from}-{to}")),
            // "2025" is the year of 2024-2025; "2023" is another.
            [year] if !self.assessed().contains(&year) => Some(year.to_string()),
            _ => None,
        };
    }

    /// The columns right of this one that its header is merged across, up to one with a text of its own above the rows.
    fn covered_beside(&self, col: u32) -> Range<u32> {
        let header = &self.table.header;
        let of_header = |range: &&(CellRef, CellRef)| {
            let (from, to) = range;
            from.col == col && (header.first_row..=header.last_row).contains(&from.row) && to.col < from.col + COVERED
        };
        let Some(last) = self.grid.merges.iter().filter(of_header).map(|range| range.1.col).max() else { return 0..0 };
        let first_row = self.rows.iter().flatten().copied().min().unwrap_or_default();
        let is_titled = |col: &u32| (header.first_row..first_row).any(|row| self.has_text(CellRef::new(row, *col)));
        col + 1..(col + 1..=last).find(is_titled).unwrap_or(last + 1)
    }

    fn has_text(&self, at: CellRef) -> bool {
        self.grid.get(at).is_some_and(|value| !show(value).is_empty()) && !is_numbering(self.grid, at.row)
    }

    fn has_values(&self, col: u32) -> bool {
        self.item_rows()
            .any(|(row, _)| self.grid.get(CellRef::new(row, col)).is_some_and(|value| !show(value).is_empty()))
    }

    /// Those with a value at any item, if one has; an empty column is no second reading.
    fn filled<'c>(&self, columns: Vec<&'c Column>) -> Vec<&'c Column> {
        let filled: Vec<&Column> = columns.iter().copied().filter(|column| self.has_values(column.col)).collect();
        if filled.is_empty() { columns } else { filled }
    }

    fn two(&self, first: &Column, second: &Column) -> NoColumn {
        let finding = Finding::new(code::TWO_SCORE_COLUMNS)
            .with("value", &first.text)
            .with("first", CellRef::column_letters(first.col))
            .with("other", &second.text)
            .with("second", CellRef::column_letters(second.col));
        Box::new((finding, self.header_cell(first.col)))
    }

    /// Of several self scores, those of the year that is assessed, where their headers name years.
    fn of_this_year<'c>(&self, columns: Vec<&'c Column>) -> Vec<&'c Column> {
        if columns.len() < 2 {
            return columns;
        }
        let year = self.assessed();
        let current = |column: &&&Column| match column.years[..] {
            [] => false,
            [single] => year.last() == Some(&single),
            _ => column.years == year,
        };
        let named: Vec<&Column> = columns.iter().filter(current).copied().collect();
        let unnamed: Vec<&Column> = columns.iter().filter(|column| column.years.is_empty()).copied().collect();
        match (named.is_empty(), unnamed.is_empty()) {
            (false, _) => named,
            (true, false) => unnamed,
            (true, true) => columns,
        }
    }

    /// The two years of the school year that is assessed.
    fn assessed(&self) -> Vec<u16> {
        self.year.split('-').filter_map(|part| part.trim().parse::<u16>().ok()).collect()
    }

    /// Rows of items that bear points, with the maximum.
    fn item_rows(&self) -> impl Iterator<Item = (u32, Option<Points>)> {
        let nodes = &self.index.set.nodes;
        let scored = nodes.iter().zip(self.rows).filter(|(node, _)| node.kind.is_scored());
        scored.flat_map(|(node, rows)| rows.iter().map(|row| (*row, node.max)))
    }

    fn same_values(&self, a: u32, b: u32) -> bool {
        let at = |row: u32, col: u32| self.grid.get(CellRef::new(row, col));
        self.item_rows().all(|(row, _)| say_the_same(at(row, a), at(row, b)))
    }

    /// Whether every value of a column is the maximum of its row: a blank annex.
    fn repeats_maxima(&self, col: u32) -> bool {
        let mut seen = false;
        for (row, max) in self.item_rows() {
            let Some(value) = self.grid.get(CellRef::new(row, col)) else { continue };
            if number(value) != max {
                return false;
            }
            seen = true;
        }
        seen
    }

    /// Whether a column holds the maxima, but for a misprint here and there.
    fn holds_maxima(&self, col: u32) -> bool {
        let values = self.item_rows().filter_map(|(row, max)| Some((self.grid.get(CellRef::new(row, col))?, max)));
        let (mut equal, mut all) = (0, 0);
        for (value, max) in values {
            all += 1;
            equal += usize::from(number(value) == max);
        }
        all > 0 && equal * 5 >= all * 4
    }

    /// Whether the numbers of a column, of which there are some, lie within the maxima of their rows.
    fn fits(&self, col: u32) -> bool {
        let numbers =
            self.item_rows().filter_map(|(row, max)| Some((number(self.grid.get(CellRef::new(row, col))?)?, max?)));
        let (mut within, mut all) = (0, 0);
        for (number, max) in numbers {
            all += 1;
            within += usize::from((Points::ZERO..=max).contains(&number));
        }
        all == 0 || within * 2 >= all
    }

    /// Whether what a column holds may be answers; of a few values nothing is said.
    fn can_be_scores(&self, col: u32) -> bool {
        let values: Vec<&Value> =
            self.item_rows().filter_map(|(row, _)| self.grid.get(CellRef::new(row, col))).collect();
        values.len() < 3 || values.iter().filter(|value| may_be_score(value)).count() * 2 >= values.len()
    }

    /// Columns whose header says nothing known, with a number in most rows of items, other than the maxima.
    fn unnamed_scores(&self) -> Vec<Column> {
        let header = &self.table.header;
        let named = |col: u32| header.columns.iter().any(|column| column.col == col && column.key.is_some());
        let rows: Vec<u32> = self.item_rows().map(|(row, _)| row).collect();
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for row in &rows {
            for (at, value) in self.grid.row(*row).iter().filter(|(at, _)| !named(at.col)) {
                if number(value).is_some() {
                    *counts.entry(at.col).or_default() += 1;
                }
            }
        }
        let title = header.column("title").or(header.column("code")).map_or(0, |column| column.col);
        let mut cols: Vec<u32> = counts
            .into_iter()
            .filter(|(col, count)| {
                *col > title && count * 2 > rows.len() && !self.repeats_maxima(*col) && self.fits(*col)
            })
            .map(|(col, _)| col)
            .collect();
        cols.sort_unstable();
        let is_shown = |col: &u32| !self.grid.hidden_cols.contains(*col);
        if cols.iter().any(is_shown) {
            cols.retain(is_shown);
        }
        let text = |col: u32| header.columns.iter().find(|c| c.col == col).map(|c| c.text.clone()).unwrap_or_default();
        cols.into_iter().map(|col| Column { col, text: text(col), key: None, years: Vec::new() }).collect()
    }
}

/// Whether a value looks like the answer to an item, be it one that cannot be taken: a number first, or a word or mark
/// that answers.
fn may_be_score(value: &Value) -> bool {
    let Value::Text(text) = value else { return true };
    let text = text::typed(text);
    let answer = text.split(['(', ',', ';', ':', '.', '-', '–', '—']).next().unwrap_or_default();
    let (is_short, has_digit) = (text.chars().count() <= SCORE_LETTERS, text.contains(|c: char| c.is_ascii_digit()));
    text.starts_with(|c: char| !c.is_alphabetic())
        || (is_short && has_digit)
        || words().answers.exact(&text::fold(answer)).is_some()
        || words().marks.iter().any(|(_, mark)| *mark == text)
}

/// The points that a value is plainly.
pub(super) fn number(value: &Value) -> Option<Points> {
    match value {
        Value::Number(number) => Points::from_f64(*number).map(|(points, _)| points),
        Value::Text(text) => Points::parse(text::typed(text).trim_end_matches(|c: char| c.is_alphabetic() || c == ' ')),
        _ => None,
    }
}

/// How the form itself titles a column.
fn meaning(key: &str) -> &'static str {
    match key {
        "max" => "Điểm tối đa",
        "part" => "Số đạt",
        "whole" => "Tổng số",
        _ => "Điểm tự đánh giá",
    }
}
