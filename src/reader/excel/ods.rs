//! `.ods`. calamine builds whole ranges here; the worker's memory cap is the bound.

use std::io::Cursor;

use calamine::{Data, DataType, Ods, OdsError, Reader};

use super::build::{Book, Sheet};
use super::{borrowed, software, value, worksheets};
use crate::finding::{Code, Finding, code};
use crate::grid::Value;

type File<'a> = Ods<Cursor<&'a [u8]>>;

/// Reads all worksheets; returns the program that wrote the file.
pub(super) fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let mut file: File<'_> = Ods::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    for (name, hidden) in book.choose(worksheets(file.sheets_metadata())) {
        let mut sheet = book.sheet(&name, hidden);
        match fill(&mut file, &name, &mut sheet) {
            Ok(()) => book.take(sheet),
            Err(_) => book.refuse(&name, Finding::new(code::SHEET_UNREADABLE)),
        }
    }
    let properties = file.workbook_properties().unwrap_or_default();
    Ok(software(properties.application.as_ref(), properties.app_version.as_ref()))
}

fn fill(file: &mut File<'_>, name: &str, sheet: &mut Sheet) -> Result<(), OdsError> {
    let range = file.worksheet_range(name)?;
    let formulas = file.worksheet_formula(name)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        let at = (top + row, left + col);
        let has_formula = || formulas.get_value(at).is_some_and(|formula| !formula.is_empty());
        let found = match data {
            // LibreOffice keeps an error as the text that it shows.
            Data::String(text) if is_error(text) && has_formula() => Some(Value::Error(text.clone())),
            data => value(&borrowed(data)),
        };
        if let Some(found) = found
            && !sheet.put(at.0, at.1, found)
        {
            return Ok(());
        }
    }
    let (formula_top, formula_left) = formulas.start().unwrap_or_default();
    for (row, col, _) in formulas.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        let (row, col) = (formula_top + row, formula_left + col);
        if range.get_value((row, col)).is_none_or(|data| data.is_empty()) && !sheet.put(row, col, Value::Uncomputed) {
            break;
        }
    }
    Ok(())
}

fn is_error(text: &str) -> bool {
    text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A'])
}

fn refusal(error: &OdsError) -> Code {
    match error {
        OdsError::Password => code::PASSWORD,
        OdsError::CellLimitExceeded { .. } => code::INFLATES_TOO_FAR,
        _ => code::DAMAGED,
    }
}
