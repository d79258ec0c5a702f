//! A formula that stands in row after row of a table.

/// A formula as it stands in any row: put together once, not for each row.
#[derive(Debug, PartialEq)]
pub struct RowFormula {
    /// What stands between the numbers of the row.
    parts: Vec<String>,
}

impl RowFormula {
    /// Stands for the number of the row.
    pub const ROW: char = '#';

    /// A formula with [`RowFormula::ROW`] for the number of the row, and nowhere else.
    pub fn new(formula: &str) -> RowFormula {
        RowFormula { parts: formula.split(RowFormula::ROW).map(str::to_owned).collect() }
    }

    /// The formula in this row, counted from 1.
    pub fn at(&self, row: u32) -> String {
        self.parts.join(&row.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_stands_wherever_it_is_meant() {
        assert_eq!(RowFormula::new("IF(F#=1,E#,2)").at(17), "IF(F17=1,E17,2)");
        assert_eq!(RowFormula::new("0").at(17), "0");
    }
}
