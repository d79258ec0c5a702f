//! `gui-lai-don-vi/`: for each unit of whose result something is to be said, a workbook with all of it, by weight.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;

use crate::finding::{Finding, Lang};
use crate::form_writer::WriteError;
use crate::layouts::names::{file_stem, unique};
use crate::outcome::{Outcome, Unit};
use crate::school::SchoolCode;
use crate::views::units::to_correct;
use crate::writers::xlsx::{Columns, Document, Plain, caught};

/// The folder in a run's folder.
pub const UNITS_FOLDER: &str = "gui-lai-don-vi";

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
    let look = Plain::default();
    let rows: Vec<Cow<Finding>> = findings.iter().map(|finding| finding.for_outsiders()).collect();
    let columns = Columns::of(&rows)
        .with("Mức", 12.0, |finding, _| look.mid(finding.label(Lang::Vi)))
        .with("Mã lỗi", 9.0, |finding, _| look.mid(finding.code.to_string()))
        .with("Mã trường", 12.0, |finding, _| look.mid(finding.school.as_ref().map_or("", |school| &school.0)))
        .with("Tệp", 32.0, |finding, _| look.text(finding.place.file.as_deref().unwrap_or_default()))
        .with("Trang tính", 16.0, |finding, _| look.text(finding.place.sheet.as_deref().unwrap_or_default()))
        .with("Ô", 7.0, |finding, _| look.mid(finding.place.cell.map_or_else(String::new, |at| at.to_string())))
        .with("Mục", 8.0, |finding, _| look.mid(finding.item.map_or_else(String::new, |item| item.to_string())))
        .with("Điều phát hiện", 52.0, |finding, _| look.text(finding.message(Lang::Vi)))
        .with("Cách sửa", 48.0, |finding, _| look.text(finding.advice(Lang::Vi)));
    let document = Document {
        title: &format!("Những điều {} cần xem và sửa", unit.name),
        subject: "Kết quả đơn vị đã gửi",
        office: &outcome.office.name,
        comment: &format!("{}; lần chạy {}", outcome.program, outcome.run),
        created: outcome.at,
    };
    let year = format!("{}, năm học {}.", outcome.office.name, outcome.office.year);
    let advice = "Sửa ở đơn vị, chạy tổng hợp, chốt lại và gửi cả thư mục gui-so.";
    look.workbook(&document, "Cần sửa", &[&year, advice], &columns, &rows)?.save_to_buffer()
}
