//! The text of formulas: what Excel 2010, LibreOffice and WPS all have; no TEXT() (it follows the locale), nothing volatile.

use crate::grid::CellRef;
use crate::points::Points;
use crate::rules::{Band, Bound, Scale};
use crate::writers::xlsx::RowFormula;

/// Arguments of one SUM: Excel allows 255.
const MAX_ARGUMENTS: usize = 200;

/// The level of the points in `cell`, by the upper ends of the ranges, as [`Scale::level_of`] reads them.
pub fn level(scale: &Scale, cell: &str) -> String {
    let mut text = String::new();
    let mut open = 0;
    for (i, range) in scale.levels.iter().enumerate() {
        match range.upper {
            Some(Bound { at, included }) if i + 1 < scale.levels.len() => {
                let sign = if included { "<=" } else { "<" };
                text.push_str(&format!("IF({cell}{sign}{},{},", at.plain(), range.level));
                open += 1;
            }
            _ => {
                text.push_str(&range.level.to_string());
                break;
            }
        }
    }
    if text.is_empty() {
        text.push('1');
    }
    text.extend(std::iter::repeat_n(')', open));
    text
}

/// Points by bands of the share `numerator / denominator`, compared by products so that no division decides.
pub fn by_bands(bands: &[Band], numerator: &str, denominator: &str) -> String {
    let mut text = String::new();
    for band in bands.iter().rev() {
        let reached = format!("{numerator}*{}>={}*{denominator}", band.from.den(), band.from.num());
        text.push_str(&format!("IF({reached},{},", band.points.plain()));
    }
    text.push('0');
    text.extend(std::iter::repeat_n(')', bands.len()));
    text
}

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

/// A text as it stands in a formula.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// `text` unless every one of these cells says that its condition is met; then `otherwise`.
pub fn held(conditions: &[String], met: &str, text: &str, otherwise: &str) -> String {
    if conditions.is_empty() {
        return text.to_owned();
    }
    let met = quoted(met);
    let all: Vec<String> = conditions.iter().map(|cell| format!("{cell}={met}")).collect();
    let test = if all.len() == 1 { all[0].clone() } else { format!("AND({})", all.join(",")) };
    format!("IF({test},{text},{otherwise})")
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
    use crate::codes::Level;
    use crate::points::Share;
    use crate::rules::{Authority, Basis, LevelRange};

    fn bound(at: i64, included: bool) -> Option<Bound> {
        Some(Bound { at: Points::whole(at), included })
    }

    fn scale(uppers: &[Option<Bound>]) -> Scale {
        let levels = (1..).zip(uppers).map(|(n, upper)| LevelRange {
            level: Level(n),
            name: String::new(),
            lower: None,
            upper: *upper,
        });
        let authority = Authority {
            basis: Basis::Provisional,
            source: String::new(),
            clause: String::new(),
            checked_by: String::new(),
            checked_on: String::new(),
        };
        Scale { levels: levels.collect(), authority }
    }

    #[test]
    fn levels_keep_included_and_excluded_ends() {
        let three = scale(&[bound(50, false), bound(75, true), None]);
        assert_eq!(level(&three, "F6"), "IF(F6<50,1,IF(F6<=75,2,3))");
        let two = scale(&[bound(50, true), None]);
        assert_eq!(level(&two, "F6"), "IF(F6<=50,1,2)");
        assert_eq!(level(&scale(&[]), "F6"), "1");
    }

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

    #[test]
    fn bands_are_read_from_the_highest() {
        let band = |num, points| Band { from: Share::new(num, 100).unwrap(), points: Points::whole(points) };
        assert_eq!(by_bands(&[band(50, 3), band(80, 7)], "E9", "E10"), "IF(E9*5>=4*E10,7,IF(E9*2>=1*E10,3,0))");
    }

    #[test]
    fn conditions_hold_a_level() {
        assert_eq!(held(&[], "Đạt", "2", "1"), "2");
        let cells = ["E6".to_owned(), "F6".to_owned()];
        assert_eq!(held(&cells, "Đạt", "2", "1"), "IF(AND(E6=\"Đạt\",F6=\"Đạt\"),2,1)");
    }
}
