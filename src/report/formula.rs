//! The text of formulas: what Excel 2010, LibreOffice and WPS all have; no TEXT() (it follows the locale), nothing volatile.

use crate::grid::CellRef;
use crate::points::Points;
use crate::writers::xlsx::RowFormula;
pub use crate::writers::xlsx::quoted;

/// Arguments of one SUM: Excel allows 255.
const MAX_ARGUMENTS: usize = 200;

/// The sum of cells of one row or one column, in order: neighbours become a range. Rounded, since floats decide nothing.
pub fn rounded_sum(cells: &[CellRef]) -> String {
    rounded_sum_as(cells, &CellRef::to_string)
}

/// [`rounded_sum`] over the same columns in row after row.
pub fn rounded_row_sum(cols: &[u32]) -> RowFormula {
    let cells: Vec<CellRef> = cols.iter().map(|&col| CellRef::new(0, col)).collect();
    let shown = |cell: &CellRef| format!("{}{}", CellRef::column_letters(cell.col), RowFormula::ROW);
    RowFormula::new(&rounded_sum_as(&cells, &shown))
}

fn rounded_sum_as(cells: &[CellRef], shown: &dyn Fn(&CellRef) -> String) -> String {
    if cells.is_empty() {
        return "0".to_owned();
    }
    let span = |(from, to): (CellRef, CellRef)| match from == to {
        true => shown(&from),
        false => format!("{}:{}", shown(&from), shown(&to)),
    };
    let runs: Vec<String> = runs(cells).into_iter().map(span).collect();
    let sums: Vec<String> = runs.chunks(MAX_ARGUMENTS).map(|chunk| format!("SUM({})", chunk.join(","))).collect();
    format!("ROUND({},2)", sums.join("+"))
}

fn runs(cells: &[CellRef]) -> Vec<(CellRef, CellRef)> {
    let mut runs: Vec<(CellRef, CellRef)> = Vec::new();
    for &cell in cells {
        match runs.last_mut() {
            Some((from, to)) if follows(*from, *to, cell) => *to = cell,
            _ => runs.push((cell, cell)),
        }
    }
    runs
}

fn follows(from: CellRef, to: CellRef, cell: CellRef) -> bool {
    let right = from.row == to.row && cell.row == to.row && cell.col == to.col + 1;
    let below = from.col == to.col && cell.col == to.col && cell.row == to.row + 1;
    right || below
}

/// Rows where each of the columns holds its text, counted; `texts` are cells or quoted texts.
pub fn count_where(tests: &[(String, String)], plain: bool) -> String {
    if plain {
        let tests: Vec<String> = tests.iter().map(|(column, text)| format!("{column},{text}")).collect();
        return format!("COUNTIFS({})", tests.join(","));
    }
    let tests: Vec<String> = tests.iter().map(|(column, text)| format!("({column}={text})")).collect();
    format!("SUMPRODUCT({}*1)", tests.join("*"))
}

/// The rows of `values` where a column holds a text, summed.
pub fn sum_where(column: &str, text: &str, values: &str, plain: bool) -> String {
    if plain { format!("SUMIF({column},{text},{values})") } else { format!("SUMPRODUCT(--({column}={text}),{values})") }
}

/// Whether COUNTIF and SUMIF compare with this text as it is: no wildcard, no comparison, nothing like a number or date.
pub fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && !text.contains(['*', '?', '~', '<', '>', '='])
}

/// Points as a number of a formula.
pub fn number(points: Points) -> String {
    points.plain()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_join_neighbours() {
        let cells: Vec<CellRef> = ["F6", "G6", "H6", "M6", "P6", "Q6"].iter().map(|c| c.parse().unwrap()).collect();
        assert_eq!(rounded_sum(&cells), "ROUND(SUM(F6:H6,M6,P6:Q6),2)");
        let down: Vec<CellRef> = ["F6", "F7", "F9"].iter().map(|c| c.parse().unwrap()).collect();
        assert_eq!(rounded_sum(&down), "ROUND(SUM(F6:F7,F9),2)");
        assert_eq!(rounded_sum(&[]), "0");
        let across = rounded_row_sum(&[5, 6, 7, 12, 15, 16]);
        assert_eq!((across.at(6), rounded_row_sum(&[]).at(6)), (rounded_sum(&cells), "0".to_owned()));
    }
}
