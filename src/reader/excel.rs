//! Workbooks through calamine, format by format, cell by cell; never a dense range where the format can be streamed.

mod build;
mod html;
mod looks;
mod ods;
mod plain;
mod rich;
mod xls;
mod xlsb;
mod xlsx;

use calamine::{Data, DataRef, ExcelDateTime, SheetType, SheetVisible};
use jiff::civil;

use super::limits::Limits;
use super::{Content, Format, Workbook};
use crate::finding::{Finding, code};
use crate::grid::{Date, Time, Value};
use build::Book;

/// Reads a workbook of a known format. May panic where calamine does.
pub(super) fn read(format: Format, bytes: &[u8], limits: &Limits) -> Content {
    let mut book = Book::new(limits);
    let software = match format {
        Format::Xlsx => xlsx::read(bytes, &mut book),
        Format::Xlsb => xlsb::read(bytes, &mut book),
        Format::Xls8 | Format::Xls5 => xls::read(bytes, format, &mut book),
        Format::Ods => ods::read(bytes, &mut book),
        Format::Html => html::read(bytes, &mut book),
    };
    match software {
        Ok(software) => finish(format, software, book),
        Err(code) if format == Format::Html => Content::Unreadable(vec![Finding::new(code).with("format", "HTML")]),
        Err(code) => Content::Unreadable(vec![Finding::new(code)]),
    }
}

/// A workbook without a single readable worksheet is not a workbook that was read.
fn finish(format: Format, software: Option<String>, book: Book<'_>) -> Content {
    let (grids, mut findings) = book.finish();
    if grids.is_empty() {
        let errors: Vec<Finding> =
            findings.into_iter().map(|finding| finding.weighing(crate::finding::Severity::Error)).collect();
        let none = || vec![Finding::new(code::NO_WORKSHEET)];
        return Content::Unreadable(if errors.is_empty() { none() } else { errors });
    }
    if format == Format::Xlsb {
        findings.push(Finding::new(code::BINARY_WORKBOOK));
    }
    if format == Format::Html {
        findings.push(Finding::new(code::TABLE_OF_PAGE));
    }
    Content::Workbook(Workbook { format, software, grids, findings })
}

/// The worksheets of a workbook: name, and whether hidden.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let worksheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    worksheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// `Microsoft Excel 16.0300`
fn software(application: Option<&String>, version: Option<&String>) -> Option<String> {
    let words: Vec<&str> = [application, version].into_iter().flatten().map(|word| word.trim()).collect();
    let text = words.join(" ");
    (!text.is_empty()).then(|| text.chars().take(100).collect())
}

/// A value of calamine as one of ours; `None` for a blank cell.
fn value(data: &DataRef<'_>) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::String(text) => return some_text(text),
        DataRef::SharedString(text) => return some_text(text),
        DataRef::Int(n) => Value::Number(*n as f64),
        DataRef::Float(n) => Value::Number(*n),
        DataRef::Bool(b) => Value::Bool(*b),
        DataRef::DateTime(time) => moment(time),
        DataRef::DateTimeIso(text) => iso_date(text).map_or_else(|| Value::Text(text.clone()), Value::Date),
        DataRef::DurationIso(text) => iso_duration(text).map_or_else(|| Value::Text(text.clone()), Value::Time),
        DataRef::Error(error) => Value::Error(error.to_string()),
    })
}

/// The same value, not owned.
fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::Bool(b) => DataRef::Bool(*b),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn some_text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_owned()))
}

/// The last serial number that is a date, 31 December 9999, and one more.
const DATES_END: f64 = 2_958_466.0;

/// A number in a format of dates; what is no date is a plain number.
fn moment(time: &ExcelDateTime) -> Value {
    let serial = time.as_f64();
    if time.is_duration() {
        return Value::Time(Time { days: serial, is_length: true });
    }
    if !(0.0..DATES_END).contains(&serial) {
        return Value::Number(serial);
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    Value::Date(Date { serial, year: i16::try_from(year).unwrap_or(i16::MAX), month, day })
}

/// A date written out (`2025-05-07`, with or without a time), counted as Excel counts its days.
fn iso_date(text: &str) -> Option<Date> {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, time.trim_end_matches('Z')),
        None => (text, "00:00:00"),
    };
    let day: civil::Date = day.parse().ok()?;
    let time: civil::Time = time.parse().ok()?;
    let days = civil::date(1899, 12, 30).until(day).ok()?.get_days();
    let seconds = f64::from(time.hour()) * 3600.0 + f64::from(time.minute()) * 60.0 + f64::from(time.second());
    let serial = f64::from(days) + seconds / 86_400.0;
    Some(Date { serial, year: day.year(), month: day.month() as u8, day: day.day() as u8 })
}

/// A length of time written out (`PT07H30M00S`).
fn iso_duration(text: &str) -> Option<Time> {
    let span: jiff::SignedDuration = text.parse().ok()?;
    Some(Time { days: span.as_secs_f64() / 86_400.0, is_length: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates_are_counted_as_excel_counts() {
        let date = iso_date("2025-05-07").unwrap();
        assert_eq!((date.serial, date.year, date.month, date.day), (45_784.0, 2025, 5, 7));
        assert_eq!(iso_date("2025-05-07T12:00:00").unwrap().serial, 45_784.5);
        assert_eq!(iso_date("7/5/2025"), None);
        assert_eq!(iso_duration("PT07H30M00S").map(|time| time.to_string()).as_deref(), Some("7:30"));
    }

    #[test]
    fn numbers_that_are_no_dates_stay_numbers() {
        let kind = calamine::ExcelDateTimeType::DateTime;
        assert_eq!(moment(&ExcelDateTime::new(-1.0, kind, false)), Value::Number(-1.0));
        assert_eq!(moment(&ExcelDateTime::new(1e300, kind, false)), Value::Number(1e300));
        let date = moment(&ExcelDateTime::new(45_784.0, kind, false));
        assert!(matches!(date, Value::Date(Date { year: 2025, month: 5, day: 7, .. })));
        let since_1904 = moment(&ExcelDateTime::new(45_784.0 - 1462.0, kind, true));
        assert!(matches!(since_1904, Value::Date(Date { year: 2025, month: 5, day: 7, .. })));
    }
}
