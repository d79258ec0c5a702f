//! Two workbooks, cell by cell: the values that people see. Formulas are held to by their results; looks are not.

use std::fmt;

use super::names;
use crate::finding::Lang;
use crate::grid::{CellRef, Grid, Value};
use crate::reader::Workbook;

/// So many differences are kept; the rest are counted.
const KEPT: usize = 1_000;

/// A cell that does not hold what was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: CellRef,
    /// What was written; `None` for a blank cell.
    pub then: Option<Value>,
    /// What is there.
    pub now: Option<Value>,
}

/// Two workbooks held against each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// The first differences, by sheet as written, then cell.
    pub differences: Vec<Difference>,
    /// How many there are in all.
    pub count: usize,
    /// Cells that hold what was written.
    pub same: usize,
    /// Cells with a formula that has no result any more: whether it gives what was written, nobody can see.
    pub uncomputed: usize,
    /// Sheets that were written and are gone.
    pub gone: Vec<String>,
    /// Sheets that were not written.
    pub added: Vec<String>,
    /// Sheets that could not be read to their end.
    pub cut: Vec<String>,
    /// The program that wrote it, where it is another version than this one: then a difference may be the program's.
    pub other_program: Option<String>,
}

impl Compared {
    /// Whether every cell holds what was written, as far as could be read.
    pub fn is_equal(&self) -> bool {
        self.count == 0 && self.uncomputed == 0 && self.gone.is_empty() && self.added.is_empty() && self.cut.is_empty()
    }
}

pub(super) fn compare(then: &Workbook, now: &Workbook) -> Compared {
    let mut compared = Compared::default();
    let (old, new) = (names(&then.grids), names(&now.grids));
    compared.gone = old.difference(&new).map(|name| (*name).to_owned()).collect();
    compared.added = new.difference(&old).map(|name| (*name).to_owned()).collect();
    for grid in &then.grids {
        let Some(other) = now.grids.iter().find(|other| other.name == grid.name) else { continue };
        if grid.truncated || other.truncated {
            compared.cut.push(grid.name.clone());
        }
        sheet(grid, other, &mut compared);
    }
    compared
}

/// Both lists are in the order of the cells.
fn sheet(then: &Grid, now: &Grid, compared: &mut Compared) {
    let then_name = then.name.clone();
    let mut old = then.cells().iter().filter(|(_, value)| !is_blank(value)).peekable();
    let mut new = now.cells().iter().filter(|(_, value)| !is_blank(value)).peekable();
    loop {
        let at = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some((at, _)), None) | (None, Some((at, _))) => *at,
            (Some((one, _)), Some((other, _))) => *one.min(other),
        };
        let was = old.next_if(|(cell, _)| *cell == at).map(|(_, value)| value);
        let is = new.next_if(|(cell, _)| *cell == at).map(|(_, value)| value);
        if was.zip(is).is_some_and(|(was, is)| equal(was, is)) {
            compared.same += 1;
            continue;
        }
        if was.is_some() && is == Some(&Value::Uncomputed) {
            compared.uncomputed += 1;
            continue;
        }
        compared.count += 1;
        if compared.differences.len() < KEPT {
            let (then, now) = (was.cloned(), is.cloned());
            compared.differences.push(Difference { sheet: then_name.clone(), cell: at, then, now });
        }
    }
}

fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.is_empty())
}

/// Programs store the last digits of a number, the ends of lines and dates otherwise when they save a file anew.
fn equal(one: &Value, other: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Date(date) => Some(date.serial),
        Value::Time(time) => Some(time.days),
        _ => None,
    };
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => one == other || lines(one) == lines(other),
        _ => match (number(one), number(other)) {
            (Some(one), Some(other)) => {
                one == other || (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
            }
            _ => one == other,
        },
    }
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace("_x000D_", "").trim_end().to_owned()
}

/// `Báo cáo > D12: 45,5 → 50`
impl Difference {
    /// The cell, then and now.
    pub fn display(&self, lang: Lang) -> String {
        let (then, now) = (shown(self.then.as_ref(), lang), shown(self.now.as_ref(), lang));
        match lang {
            Lang::Vi => format!("{} > {}: đã ghi {then}, nay là {now}", self.sheet, self.cell),
            Lang::En => format!("{} > {}: written {then}, now {now}", self.sheet, self.cell),
        }
    }
}

fn shown(value: Option<&Value>, lang: Lang) -> String {
    let decimal = |number: f64| {
        let text = number.to_string();
        if lang == Lang::Vi { text.replace('.', ",") } else { text }
    };
    match (value, lang) {
        (None, Lang::Vi) => "(trống)".to_owned(),
        (None, Lang::En) => "(blank)".to_owned(),
        (Some(Value::Text(text)), _) => format!("“{}”", crate::text::cut(&crate::text::clean(text), 60)),
        (Some(Value::Number(number)), _) => decimal(*number),
        (Some(Value::Date(date)), _) => format!("{:02}/{:02}/{}", date.day, date.month, date.year),
        (Some(Value::Time(time)), _) => time.to_string(),
        (Some(Value::Bool(value)), _) => value.to_string().to_uppercase(),
        (Some(Value::Error(text)), _) => text.clone(),
        (Some(Value::Uncomputed), Lang::Vi) => "công thức chưa tính".to_owned(),
        (Some(Value::Uncomputed), Lang::En) => "a formula not computed".to_owned(),
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Format;

    fn book(sheets: &[(&str, &[(u32, Value)])]) -> Workbook {
        let grid = |(name, cells): &(&str, &[(u32, Value)])| {
            Grid::new(*name, cells.iter().map(|(row, value)| (CellRef::new(*row, 0), value.clone())).collect())
        };
        Workbook {
            format: Format::Xlsx,
            software: None,
            grids: sheets.iter().map(grid).collect(),
            findings: Vec::new(),
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn cells_that_differ_are_named() {
        let then = book(&[("A", &[(0, text("x")), (1, Value::Number(45.5)), (3, text("y"))]), ("B", &[])]);
        let now = book(&[("A", &[(0, text("x")), (1, Value::Number(50.0)), (2, text("z"))]), ("C", &[])]);
        let compared = compare(&then, &now);
        let said: Vec<String> = compared.differences.iter().map(|one| one.display(Lang::Vi)).collect();
        assert_eq!(
            said,
            [
                "A > A2: đã ghi 45,5, nay là 50",
                "A > A3: đã ghi (trống), nay là “z”",
                "A > A4: đã ghi “y”, nay là (trống)"
            ]
        );
        assert_eq!((compared.count, compared.same), (3, 1));
        assert_eq!((compared.gone, compared.added), (vec!["B".to_owned()], vec!["C".to_owned()]));
    }

    #[test]
    fn what_programs_write_otherwise_is_the_same() {
        let then = book(&[("A", &[(0, text("a\nb")), (1, Value::Number(0.1 + 0.2)), (2, text(""))])]);
        let now = book(&[("A", &[(0, text("a\r\nb")), (1, Value::Number(0.3))])]);
        assert!(compare(&then, &now).is_equal());
    }
}
