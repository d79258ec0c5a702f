//! The rows of a long table, written without saying in each cell what it looks like: the library looks every format up
//! anew, by all that is in it, and that is most of the cost of a cell.

use std::ops::Range;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, Format, FormatBorder, FormatPattern, Formula, Worksheet, XlsxError,
};

use super::colour;

/// The rows of a table below its header. The lines between its cells are one conditional format, so that blank cells need
/// not be written; a column has the format of its first cell, or a row that of [`Body::row`], and what looks so is
/// written plainly. The default has no rows.
#[derive(Debug, Default)]
pub struct Body {
    rows: Range<u32>,
    columns: Vec<Own>,
    row: Option<(u32, usize)>,
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

/// What a column looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    /// No cell of it has been written.
    Open,
    /// The address of a format: those of a sheet's look stay where they are while it is written.
    As(usize),
    /// As its cells say one by one.
    Mixed,
}

fn address(format: &Format) -> usize {
    std::ptr::from_ref(format) as usize
}

/// The format of a whole column or row: lines would run to the end of the sheet.
pub(super) fn without_lines(format: &Format) -> Format {
    format.clone().set_border(FormatBorder::None)
}

/// Whether cells are filled with a colour: so would be a column to the end of the sheet.
fn is_filled(format: &Format) -> bool {
    format.clone().set_background_color(Color::Default).set_pattern(FormatPattern::None) != *format
}

impl Body {
    /// The body of a table whose columns have no formats of their own yet.
    ///
    /// # Errors
    /// When the range is not one of a sheet.
    pub fn new(sheet: &mut Worksheet, rows: Range<u32>, columns: Range<u16>) -> Result<Body, XlsxError> {
        let lines = Format::new().set_border(FormatBorder::Thin).set_border_color(colour::LINE);
        let everywhere = ConditionalFormatFormula::new().set_rule("TRUE").set_format(lines);
        sheet.add_conditional_format(
            rows.start,
            columns.start,
            rows.end.max(rows.start + 1) - 1,
            columns.end.max(columns.start + 1) - 1,
            &everywhere,
        )?;
        let own = vec![Own::Open; usize::from(columns.end)];
        Ok(Body { rows, columns: own, row: None })
    }

    /// Gives a row of the table a format, before its cells are written.
    ///
    /// # Errors
    /// When the row is not one of a sheet.
    pub fn row(&mut self, sheet: &mut Worksheet, row: u32, format: &Format) -> Result<(), XlsxError> {
        if self.rows.contains(&row) {
            sheet.set_row_format(row, &without_lines(format))?;
            self.row = Some((row, address(format)));
        }
        Ok(())
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
                Content::Blank => sheet,
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

    /// Whether a cell looks as its row or column does. The first cell of a column decides what the column looks like.
    fn is_plain(&mut self, sheet: &mut Worksheet, row: u32, col: u16, format: &Format) -> Result<bool, XlsxError> {
        if !self.rows.contains(&row) {
            return Ok(false);
        }
        if let Some((_, own)) = self.row.filter(|(of, _)| *of == row) {
            return Ok(own == address(format));
        }
        let Some(own) = self.columns.get_mut(usize::from(col)) else { return Ok(false) };
        if *own == Own::Open {
            *own = if is_filled(format) { Own::Mixed } else { Own::As(address(format)) };
            if *own != Own::Mixed {
                sheet.set_column_format(col, &without_lines(format))?;
            }
        }
        Ok(*own == Own::As(address(format)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_looks_like_its_first_cell_and_a_row_as_it_is_told() {
        let mut sheet = Worksheet::new();
        let (text, bold) = (Format::new().set_text_wrap(), Format::new().set_bold());
        let filled = Format::new().set_background_color(colour::HEADER);
        let mut body = Body::new(&mut sheet, 4..8, 0..3).unwrap();
        let mut plain = |row, col, format: &Format| body.is_plain(&mut sheet, row, col, format).unwrap();
        assert!(!plain(3, 0, &text), "above the table");
        assert!(plain(4, 0, &text) && plain(5, 0, &text));
        assert!(!plain(6, 0, &bold));
        assert!(
            !plain(4, 1, &filled) && !plain(5, 1, &filled),
            "a column of a colour would run to the end of the sheet"
        );
        assert!(!plain(8, 0, &text), "below the table");
        body.row(&mut sheet, 7, &bold).unwrap();
        assert!(body.is_plain(&mut sheet, 7, 0, &bold).unwrap());
        assert!(!body.is_plain(&mut sheet, 7, 0, &text).unwrap());
    }
}
