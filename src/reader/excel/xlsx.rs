//! `.xlsx` and `.xlsm`: read directly where they are plain, else by calamine, cells streamed, with what their formulas say.

use std::io::Cursor;

use calamine::{Reader, Style, Xlsx, XlsxError};

use super::build::{Book, Sheet};
use super::looks::Looks;
use super::plain;
use super::{software, value, worksheets};
use crate::finding::{Code, Finding, code};
use crate::grid::{CellRef, Value};
use crate::reader::format_code::{Shows, is_of_numbers, is_of_shares, shows};
use crate::reader::repack::{self, Parts, SheetPart};

type File<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all worksheets; returns the program that wrote the file.
pub(super) fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let Some(parts) = repack::parts(bytes, book.limits)? else { return read_whole(bytes, None, book) };
    let looks = Looks::of(&parts);
    if !book.limits.repack {
        return read_whole(bytes, Some((&parts, &looks)), book);
    }
    if book.limits.direct {
        if plain::read(&parts, &looks, book).is_some() {
            let [application, version] = &parts.software;
            return Ok(software(application.as_ref(), version.as_ref()));
        }
        *book = Book::new(book.limits);
    }
    read_repacked(&parts, &looks, book)
}

fn read_whole(bytes: &[u8], seen: Option<(&Parts<'_>, &Looks)>, book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let mut file: File<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    for (name, hidden) in book.choose(worksheets(file.sheets_metadata())) {
        let mut sheet = book.sheet(&name, hidden);
        let filled = fill(&mut file, &name, &mut sheet, true);
        if filled.is_ok() {
            sheet.merge(&file.merge_cells_by_sheet_name(&name).unwrap_or_default());
            let part =
                seen.and_then(|(parts, looks)| Some((looks, parts.sheets.iter().find(|part| part.tab.name == name)?)));
            if let Some((looks, part)) = part {
                looks.see(&part.bytes, &part.around, &mut sheet);
            }
        }
        settle(book, sheet, &name, filled);
    }
    let properties = file.workbook_properties().unwrap_or_default();
    Ok(software(properties.application.as_ref(), properties.app_version.as_ref()))
}

fn read_repacked(parts: &Parts<'_>, looks: &Looks, book: &mut Book<'_>) -> Result<Option<String>, Code> {
    let repacked = parts.repack(book.limits);
    let package = repacked.package;
    let mut file: File<'_> = Xlsx::new(Cursor::new(&package[..])).map_err(|error| refusal(&error))?;
    for part in repacked.sheets {
        if !book.admit(&part.name) {
            continue;
        }
        let mut sheet = book.sheet(&part.name, part.hidden);
        let filled = fill(&mut file, &part.alias, &mut sheet, part.formulas);
        if filled.is_ok() {
            match part.merges {
                Some(merges) => sheet.merge_cells(merges),
                None => sheet.merge(&file.merge_cells_by_sheet_name(&part.alias).unwrap_or_default()),
            }
            sheet.correct(part.errors);
            if part.outside {
                sheet.left_out();
            }
            if let Some(SheetPart { bytes, around, .. }) = parts.sheets.get(part.place) {
                looks.see(bytes, around, &mut sheet);
            }
        }
        settle(book, sheet, &part.name, filled);
    }
    for (name, code) in repacked.refused {
        book.refuse(&name, Finding::new(code));
    }
    let [application, version] = &repacked.software;
    Ok(software(application.as_ref(), version.as_ref()))
}

/// Takes a worksheet in, or leaves it out with its reason.
fn settle(book: &mut Book<'_>, sheet: Sheet, name: &str, filled: Result<(), XlsxError>) {
    match filled {
        Ok(()) => book.take(sheet),
        Err(XlsxError::NotAWorksheet(_)) => {}
        Err(XlsxError::CellError(error)) => {
            book.refuse(name, Finding::new(code::SHEET_WITH_NEW_ERROR).with("error", short(&error)));
        }
        Err(_) => book.refuse(name, Finding::new(code::SHEET_UNREADABLE)),
    }
}

fn fill(file: &mut File<'_>, name: &str, sheet: &mut Sheet, formulas: bool) -> Result<(), XlsxError> {
    let mut cells = file.worksheet_cells_reader(name)?;
    let false_dates: Vec<bool> = cells.styles().iter().map(is_false_date).collect();
    let shares: Vec<bool> = cells.styles().iter().map(is_share).collect();
    let times: Vec<bool> = cells.styles().iter().map(is_time_of_day).collect();
    if formulas {
        while let Some(cell) = cells.next_cell_with_formula_metadata()? {
            // A formula whose cached text is empty was computed; one without a value was not.
            let uncomputed = cell.formula.is_some() && cell.value == calamine::DataRef::Empty;
            let found = if uncomputed { Some(Value::Uncomputed) } else { value(&cell.value) };
            if found.is_some_and(|found| !sheet.put(cell.pos.0, cell.pos.1, found)) {
                break;
            }
        }
    } else {
        while let Some(cell) = cells.next_cell()? {
            let (row, col) = cell.get_position();
            if value(cell.get_value()).is_some_and(|found| !sheet.put(row, col, found)) {
                break;
            }
        }
    }
    drop(cells);
    if false_dates.contains(&true) && sheet.has_dates() {
        sheet.undate(&cells_of_styles(file, name, &false_dates)?);
    }
    if times.contains(&true) {
        sheet.as_times(&cells_of_styles(file, name, &times)?);
    }
    if shares.contains(&true) {
        sheet.as_shares(&cells_of_styles(file, name, &shares)?);
    }
    Ok(())
}

/// A style of shares: `80%`.
fn is_share(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| is_of_shares(&format.format_code))
}

/// A style of times of day, which calamine takes for one of dates.
fn is_time_of_day(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| shows(&format.format_code) == Shows::Time)
}

/// A style of numbers that calamine takes for one of dates, for the letters in it (`0.0 điểm`).
fn is_false_date(style: &Style) -> bool {
    let format = style.number_format.as_ref().map(|format| format.format_code.as_str());
    let has_letters =
        |code: &str| code != "General" && code.contains(['d', 'm', 'h', 'y', 's', 'D', 'M', 'H', 'Y', 'S']);
    format.is_some_and(|code| has_letters(code) && is_of_numbers(code))
}

/// The cells whose style is one of these, in order.
fn cells_of_styles(file: &mut File<'_>, name: &str, styles: &[bool]) -> Result<Vec<CellRef>, XlsxError> {
    let mut cells = file.worksheet_cells_reader(name)?;
    let mut found = Vec::new();
    while let Some((row, col, style)) = cells.next_style_id()? {
        if styles.get(style) == Some(&true) {
            found.push(CellRef::new(row, col));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Why a whole workbook is refused.
fn refusal(error: &XlsxError) -> Code {
    match error {
        XlsxError::Password => code::PASSWORD,
        XlsxError::Unrecognized { typ: "sheet:type" | "sheet:state", .. } => code::WORKBOOK_REFUSED,
        _ => code::DAMAGED,
    }
}

fn short(text: &str) -> String {
    text.chars().take(32).collect()
}
