//! `.xls` of Excel 5.0 to 2003. calamine builds whole ranges here, so far cells are moved together first.

mod drawn;
mod formats;
mod links;
mod looks;
mod strings;

use std::io::Cursor;

use calamine::{DataType, Reader, Xls, XlsError, XlsOptions};

use super::build::{Book, Sheet};
use super::{borrowed, software, value, worksheets};
use crate::finding::{Code, Finding, code};
use crate::grid::{CellRef, Value};
use crate::reader::Format;
use crate::reader::biff::sheet_starts;
use crate::reader::excel::looks::{Address, of_formula};
use crate::reader::ole::workbook_stream;
use crate::reader::repack::{Moved, gather};
use formats::Formats;
use looks::Looks;

type File<'a> = Xls<Cursor<&'a [u8]>>;

/// The texts of an Excel 97-2003 file are UTF-16, whatever code page it names.
const UTF_16: u16 = 1200;

/// Reads all worksheets; returns the program that wrote the file.
pub(super) fn read(bytes: &[u8], format: Format, book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let mut options = XlsOptions::default();
    options.force_codepage = (format == Format::Xls8).then_some(UTF_16);
    // Where the file's directory cannot be walked, cells are read as calamine gives them.
    let stream = workbook_stream(bytes).map(|(_, stream)| stream).unwrap_or_default();
    let wide = format == Format::Xls8;
    let starts = sheet_starts(&stream);
    let (formats, looks) = (Formats::read(&stream, wide, book.limits), Looks::read(&stream, wide));
    let gathered = if book.limits.repack { gather(bytes) } else { None };
    let (bytes, moved) = gathered.as_ref().map_or((bytes, &[][..]), |(bytes, moved)| (&bytes[..], &moved[..]));
    let mut file: File<'_> = Xls::new_with_options(Cursor::new(bytes), options).map_err(|error| refusal(&error))?;
    let tabs: Vec<String> = file.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    for (name, hidden) in book.choose(worksheets(file.sheets_metadata())) {
        let mut sheet = book.sheet(&name, hidden);
        // Of two sheets of one name, calamine keeps the later one.
        let tab = tabs.iter().rposition(|tab| *tab == name);
        match fill(&mut file, &name, tab.and_then(|tab| moved.get(tab)), &mut sheet) {
            Ok(links) => {
                if let Some((tab, start)) = tab.and_then(|tab| Some((tab, *starts.get(tab)?))) {
                    formats.show(start, &mut sheet);
                    looks.see(&stream, (tab, start), links, &mut sheet);
                }
                book.take(sheet);
            }
            Err(_) => book.refuse(&name, Finding::new(code::SHEET_UNREADABLE)),
        }
    }
    let properties = file.workbook_properties().unwrap_or_default();
    Ok(software(properties.application.as_ref(), properties.app_version.as_ref()))
}

/// Puts the values of a sheet into their cells; returns the addresses that formulas lead to.
fn fill(
    file: &mut File<'_>,
    name: &str,
    moved: Option<&Moved>,
    sheet: &mut Sheet,
) -> Result<Vec<(CellRef, Address)>, XlsError> {
    let place = |row, col| moved.map_or((row, col), |moved| moved.back(row, col));
    let range = file.worksheet_range(name)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        let (row, col) = place(top + row, left + col);
        if value(&borrowed(data)).is_some_and(|found| !sheet.put(row, col, found)) {
            break;
        }
    }
    let formulas = file.worksheet_formula(name)?;
    let (formula_top, formula_left) = formulas.start().unwrap_or_default();
    let mut links = Vec::new();
    for (row, col, formula) in formulas.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        let (row, col) = (formula_top + row, formula_left + col);
        let uncomputed = range.get_value((row, col)).is_none_or(|data| data.is_empty());
        let (row, col) = place(row, col);
        links.extend(of_formula(formula).map(|address| (CellRef::new(row, col), address)));
        if uncomputed && !sheet.put(row, col, Value::Uncomputed) {
            break;
        }
    }
    sheet.merge(&file.merge_cells_by_sheet_name(name)?);
    Ok(links)
}

fn refusal(error: &XlsError) -> Code {
    match error {
        XlsError::Password => code::PASSWORD,
        XlsError::Unrecognized { typ: "BoundSheet8:hsState" | "BoundSheet8:dt", .. } => code::WORKBOOK_REFUSED,
        _ => code::DAMAGED,
    }
}
