//! The sheet that explains a template, and the properties of its workbook.

use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, FormatAlign, Workbook, XlsxError};
use serde::Serialize;

use crate::outcome::Outcome;
use crate::text;
use crate::writers::xlsx;

/// The name of the sheet.
const NAME: &str = "Cách ghi";
const WIDTHS: [f64; 2] = [8.0, 92.0];

/// A new workbook whose first sheet explains: a title, then numbered lines.
pub(super) fn explained(outcome: &Outcome, title: &str, lines: &[String]) -> Result<Workbook, XlsxError> {
    let mut workbook = xlsx::workbook()?;
    workbook.set_zip_compression_level(1);
    workbook.set_properties(&properties(outcome, title)?);
    let sheet = workbook.add_worksheet().set_name(NAME)?;
    for (col, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(col, width)?;
    }
    sheet.write_string_with_format(0, 0, title, &xlsx::base().set_bold().set_font_size(16))?;
    let office = text::cell_text(&format!("{}, năm học {}", outcome.office.name, outcome.office.year));
    sheet.write_string_with_format(1, 0, office, &xlsx::base().set_italic())?;
    let top = xlsx::base().set_align(FormatAlign::Top);
    for (row, (number, line)) in (3..).zip((1_u32..).zip(lines)) {
        let line = text::cell_text(line);
        sheet.write_number_with_format(row, 0, number, &top.clone().set_align(FormatAlign::Center))?;
        sheet.write_string_with_format(row, 1, &line, &top.clone().set_text_wrap())?;
        xlsx::set_lines(sheet, row, xlsx::lines(&line, WIDTHS[1], false))?;
    }
    xlsx::set_page(sheet, xlsx::Paper::Portrait, title);
    sheet.set_screen_gridlines(false);
    Ok(workbook)
}

/// What the head and the properties of a template show of a run.
pub(super) fn head(outcome: &Outcome) -> impl Serialize + Copy + Sync + use<'_> {
    (&outcome.office.name, &outcome.office.year, newest(outcome))
}

/// When the newest return came, for the time of creation: the same returns make the same bytes on any day.
fn newest(outcome: &Outcome) -> DateTime {
    let sources = outcome.expected.iter().filter_map(|expected| expected.source.as_ref());
    let received = sources.filter_map(|source| source.received).max();
    received.filter(|time| xlsx::excel_time(*time).is_some()).unwrap_or(outcome.at)
}

fn properties(outcome: &Outcome, title: &str) -> Result<DocProperties, XlsxError> {
    let office = text::cut(&text::cell_text(&outcome.office.name), 200);
    let properties = DocProperties::new()
        .set_title(title)
        .set_subject(format!("Đánh giá mức độ chuyển đổi số, năm học {}", text::cut(&outcome.office.year, 40)))
        .set_author(if office.is_empty() { "cds" } else { &office })
        .set_company(&office);
    Ok(match xlsx::excel_time(newest(outcome)) {
        Some(made) => properties.set_creation_datetime(&made),
        None => properties,
    })
}
