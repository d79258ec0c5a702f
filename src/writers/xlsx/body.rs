//! The cells of a sheet's table. In a long one a cell does not say what it looks like: the library looks every format up
//! anew, by all that is in it, and that is most of the cost of a cell.

use std::ops::Range;

use rust_xlsxwriter::{Color, Format, FormatBorder, FormatPattern, Formula, Worksheet, XlsxError};

/// The rows of a table below its header. In a long sheet, which goes to disk row by row, a column has the format of its
/// first cell while the rows are written, and what looks so is written plainly. The default has no rows.
#[derive(Debug, Default)]
pub struct Body {
    rows: Range<u32>,
    columns: Vec<Own>,
}

/// What is written into a cell.
pub enum Content {
    /// A text that is safe in a cell.
    Text(String),
    /// A number, or a date as one.
    Number(f64),
    /// A formula with its result.
    Formula(Formula),
    /// Nothing but its look.
    Blank,
}

/// What a column of a long table looks like.
#[derive(Debug, Clone)]
enum Own {
    /// No cell of it has been written.
    Open,
    /// The address of a format, and the format: those of a sheet's look stay where they are while it is written.
    As(usize, Box<Format>),
}

fn address(format: &Format) -> usize {
    std::ptr::from_ref(format) as usize
}

/// The format of a column for good: lines and colours would run to the end of the sheet.
pub(super) fn below_table(format: &Format) -> Format {
    let plain = format.clone().set_border(FormatBorder::None);
    plain.set_background_color(Color::Default).set_pattern(FormatPattern::None)
}

impl Body {
    /// The body of a long table.
    pub fn long(rows: Range<u32>, columns: Range<u16>) -> Body {
        Body { rows, columns: vec![Own::Open; usize::from(columns.end)] }
    }

    /// Writes a cell, in the table or elsewhere on the sheet.
    ///
    /// # Errors
    /// When the cell is not one of a sheet, or cannot hold the content.
    pub fn write(
        &mut self,
        sheet: &mut Worksheet,
        (row, col): (u32, u16),
        content: Content,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if self.is_plain(sheet, row, col, format)? {
            match content {
                Content::Text(text) => sheet.write_string(row, col, text)?,
                Content::Number(number) => sheet.write_number(row, col, number)?,
                Content::Formula(formula) => sheet.write_formula(row, col, formula)?,
                Content::Blank => sheet.write_blank(row, col, format)?,
            };
        } else {
            match content {
                Content::Text(text) => sheet.write_string_with_format(row, col, text, format)?,
                Content::Number(number) => sheet.write_number_with_format(row, col, number, format)?,
                Content::Formula(formula) => sheet.write_formula_with_format(row, col, formula, format)?,
                Content::Blank => sheet.write_blank(row, col, format)?,
            };
        }
        Ok(())
    }

    /// Whether a row is one of a long table.
    pub fn holds(&self, row: u32) -> bool {
        self.rows.contains(&row)
    }

    /// Whether a cell looks as its column does. The first cell of a column decides what the column looks like. The last
    /// row is still in memory when the columns lose their look: it says what it looks like.
    fn is_plain(&mut self, sheet: &mut Worksheet, row: u32, col: u16, format: &Format) -> Result<bool, XlsxError> {
        if !self.holds(row) || row + 1 == self.rows.end {
            return Ok(false);
        }
        let Some(own) = self.columns.get_mut(usize::from(col)) else { return Ok(false) };
        if let Own::Open = own {
            *own = Own::As(address(format), Box::new(format.clone()));
            sheet.set_column_format(col, format)?;
        }
        Ok(matches!(own, Own::As(known, _) if *known == address(format)))
    }

    /// Lets the cells below the table look like cells, when its last row has been written.
    ///
    /// # Errors
    /// When a column is not one of a sheet.
    pub fn finish(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (col, own) in (0..).zip(std::mem::take(&mut self.columns)) {
            if let Own::As(_, format) = own {
                sheet.set_column_format(col, &below_table(&format))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_a_long_table_looks_like_its_first_cell() {
        let mut sheet = Worksheet::new();
        let (text, bold) = (Format::new().set_text_wrap(), Format::new().set_bold());
        let mut body = Body::long(4..8, 0..3);
        let mut plain = |row, col, format: &Format| body.is_plain(&mut sheet, row, col, format).unwrap();
        assert!(!plain(3, 0, &text), "above the table");
        assert!(plain(4, 0, &text) && plain(5, 0, &text));
        assert!(!plain(6, 0, &bold));
        assert!(!plain(7, 0, &text), "the last row");
        assert!(!plain(8, 0, &text), "below the table");
        assert!(!Body::default().is_plain(&mut sheet, 4, 0, &text).unwrap(), "a short table");
    }
}
