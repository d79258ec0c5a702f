//! `gui-lai-don-vi/`: for each unit of whose result something is to be said, a workbook with all of it, by weight.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::finding::{Finding, Lang};
use crate::form_writer::WriteError;
use crate::layouts::names::{file_stem, unique};
use crate::outcome::{Outcome, Unit};
use crate::school::SchoolCode;
use crate::text::{Masked, cell_text};
use crate::views::units::to_correct;
use crate::writers::xlsx::caught;

/// The folder in a run's folder.
pub const UNITS_FOLDER: &str = "gui-lai-don-vi";

const COLUMNS: [(&str, f64); 9] = [
    ("Mức", 12.0),
    ("Mã lỗi", 9.0),
    ("Mã trường", 12.0),
    ("Tệp", 40.0),
    ("Trang tính", 16.0),
    ("Ô", 7.0),
    ("Mục", 8.0),
    ("Điều phát hiện", 60.0),
    ("Cách sửa", 60.0),
];

/// Writes the workbooks into their folder in `dir`; no folder where there is nothing to be said.
///
/// # Errors
/// What could not be made or written.
pub fn write_units(outcome: &Outcome, dir: &Path) -> Result<(), WriteError> {
    let folder = dir.join(UNITS_FOLDER);
    let mut taken = BTreeSet::new();
    let jobs: Vec<(PathBuf, &Unit, Vec<&Finding>)> = to_correct(outcome)
        .into_iter()
        .map(|(unit, findings)| {
            let own = if *unit.code == *unit.name { "don-vi" } else { &*unit.code };
            let stem = file_stem(&SchoolCode(own.to_owned()), &unit.name);
            (folder.join(unique(stem, &mut taken)), unit, findings)
        })
        .collect();
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::File { path, source }
    };
    if !jobs.is_empty() {
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
    }
    jobs.par_iter().try_for_each(|(path, unit, findings)| {
        let made = caught(|| to_bytes(outcome, unit, findings)).map_err(io::Error::other);
        made.and_then(|bytes| fs::write(path, bytes)).map_err(failed(path))
    })
}

fn to_bytes(outcome: &Outcome, unit: &Unit, findings: &[&Finding]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = format!("Những điều {} cần xem và sửa", unit.name);
    let properties = DocProperties::new().set_title(text(&title)).set_author(text(&outcome.office.name));
    workbook.set_properties(&created(properties, outcome.at));
    let base = Format::new().set_font_name("Times New Roman").set_font_size(12);
    let cell = base.clone().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Cần sửa")?;
    sheet.write_string_with_format(0, 0, text(&title), &base.clone().set_bold().set_font_size(14))?;
    let year = format!("{}, năm học {}.", outcome.office.name, outcome.office.year);
    sheet.write_string_with_format(1, 0, text(&year), &base)?;
    let advice = "Sửa ở đơn vị, chạy tổng hợp, chốt lại và gửi cả thư mục gui-so.";
    sheet.write_string_with_format(2, 0, advice, &base)?;
    for (col, (name, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
        sheet.write_string_with_format(4, col, name, &head)?;
    }
    let mut row = 4;
    for finding in findings {
        row += 1;
        let finding = finding.for_outsiders();
        let place = &finding.place;
        let shown = |value: Option<String>| value.unwrap_or_default();
        let values = [
            finding.severity.label(Lang::Vi).to_owned(),
            finding.code.to_string(),
            shown(finding.school.as_ref().map(ToString::to_string)),
            shown(place.file.as_ref().map(ToString::to_string)),
            shown(place.sheet.as_ref().map(ToString::to_string)),
            shown(place.cell.map(|at| at.to_string())),
            shown(finding.item.map(|item| item.to_string())),
            finding.message(Lang::Vi),
            finding.advice(Lang::Vi),
        ];
        for (col, value) in (0u16..).zip(&values) {
            sheet.write_string_with_format(row, col, text(value), &cell)?;
        }
    }
    sheet.set_freeze_panes(5, 0)?;
    sheet.autofilter(4, 0, row, COLUMNS.len() as u16 - 1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(4, 4)?;
    workbook.save_to_buffer()
}

/// As a cell can hold it, and as others may read it.
fn text(value: &str) -> String {
    cell_text(&Masked::of(value))
}

/// The run's time, so that the same result makes the same bytes.
fn created(properties: DocProperties, at: DateTime) -> DocProperties {
    let day = ExcelDateTime::from_ymd(at.year().unsigned_abs(), at.month().unsigned_abs(), at.day().unsigned_abs());
    let time = day.and_then(|day| day.and_hms(at.hour().unsigned_abs().into(), at.minute().unsigned_abs(), 0));
    match time {
        Ok(time) => properties.set_creation_datetime(&time),
        Err(_) => properties,
    }
}
