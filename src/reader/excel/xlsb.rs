//! `.xlsb`: cells streamed. Formulas are not asked for: their parser breaks on lying lengths.

use std::io::Cursor;

use calamine::{Reader, Xlsb, XlsbError};

use super::build::{Book, Sheet};
use super::{software, value, worksheets};
use crate::finding::{Code, Finding, code};
use crate::reader::repack::repack_xlsb;

type File<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads all worksheets; returns the program that wrote the file.
pub(super) fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let repacked = if book.limits.repack { repack_xlsb(bytes, book.limits)? } else { None };
    let bytes = repacked.as_deref().unwrap_or(bytes);
    let mut file: File<'_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
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

fn fill(file: &mut File<'_>, name: &str, sheet: &mut Sheet) -> Result<(), XlsbError> {
    let mut cells = file.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, col) = cell.get_position();
        if let Some(found) = value(cell.get_value())
            && !sheet.put(row, col, found)
        {
            break;
        }
    }
    Ok(())
}

fn refusal(error: &XlsbError) -> Code {
    match error {
        XlsbError::Password => code::PASSWORD,
        XlsbError::Unrecognized { typ: "BoundSheet8:hsState" | "BoundSheet8:dt", .. } => code::WORKBOOK_REFUSED,
        _ => code::DAMAGED,
    }
}
