//! `gui-lai-don-vi/`: for each unit of whose result something is to be said, a workbook with all of it, by weight; where it is
//! asked for, for every unit, with the results of its schools.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::finding::{Finding, Lang};
use crate::form_writer::WriteError;
use crate::layouts::form::level_text;
use crate::layouts::names::{file_stem, unique};
use crate::outcome::{ExpectedReturn, Outcome, Unit};
use crate::school::{SchoolCode, kinds_text};
use crate::views::units::{Row, rows, to_correct};
use crate::writers::xlsx::{Cell, Columns, Document, Plain};

/// The folder in a run's folder.
pub const UNITS_FOLDER: &str = "gui-lai-don-vi";

/// Writes the workbooks into their folder in `dir`; no folder where there is nothing to be said. With `every`, each unit gets
/// one, with the results of its schools.
///
/// # Errors
/// What could not be made or written.
pub fn write_units(outcome: &Outcome, every: bool, dir: &Path) -> Result<(), WriteError> {
    let folder = dir.join(UNITS_FOLDER);
    let mut taken = BTreeSet::new();
    let rows = if every { rows(outcome) } else { Vec::new() };
    let of: HashMap<&str, &Row> = rows.iter().filter_map(|row| Some((&*row.unit?.code, row))).collect();
    let jobs: Vec<(PathBuf, &Unit, Vec<&Finding>)> = to_correct(outcome)
        .into_iter()
        .filter(|(_, findings)| every || !findings.is_empty())
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
        let made = to_bytes(outcome, unit, findings, of.get(&*unit.code).copied());
        let made = made.map_err(io::Error::other);
        made.and_then(|bytes| fs::write(path, bytes)).map_err(failed(path))
    })
}

fn to_bytes(
    outcome: &Outcome,
    unit: &Unit,
    findings: &[&Finding],
    results: Option<&Row>,
) -> Result<Vec<u8>, XlsxError> {
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
    let mut workbook = look.workbook(&document, "Cần sửa", &[&year, advice], &columns, &rows)?;
    if let Some(row) = results {
        schools(&look, &mut workbook, outcome, unit, row)?;
    }
    workbook.save_to_buffer()
}

/// What the office has of each school of the unit.
fn schools(look: &Plain, workbook: &mut Workbook, outcome: &Outcome, unit: &Unit, row: &Row) -> Result<(), XlsxError> {
    let school = |one: &&ExpectedReturn| outcome.school_of(one);
    let set = |one: &&ExpectedReturn| outcome.book.get(&one.set);
    let level = |one: &&ExpectedReturn| Some(level_text(set(one)?.overall_scale()?, one.scored.as_ref()?.level?));
    let points = |one: &&ExpectedReturn| one.scored.as_ref().map(|scored| scored.total);
    let columns = Columns::of(&row.returns)
        .with("Mã trường", 12.0, |one, _| look.mid(&school(one).code.0))
        .with("Tên trường", 36.0, |one, _| look.text(&school(one).name))
        .with("Cấp học", 12.0, |one, _| look.mid(kinds_text(&school(one).kinds)))
        .with("Bộ chỉ số", 14.0, |one, _| look.mid(set(one).map_or("", |set| &*set.short)))
        .with("Tình trạng", 16.0, |one, _| look.mid(one.status.label(Lang::Vi)))
        .with("Tổng điểm", 10.0, |one, _| (Cell::number(points(one)), &look.points))
        .with("Mức độ", 24.0, |one, _| look.text(level(one).unwrap_or_default()))
        .with("Phải sửa", 9.0, |one, _| (Cell::number(one.errors), &look.count))
        .with("Cần xem lại", 9.0, |one, _| (Cell::number(one.warnings), &look.count));
    let title = format!("Kết quả các trường của {}", unit.name);
    let (counts, office) = (&row.figures.counts, &outcome.office);
    let figures = format!(
        "{} trường; {} phiếu phải nộp, {} được tính, {} phải sửa, {} chưa nộp.",
        row.figures.schools, counts.owed, counts.accepted, counts.not_valid, counts.missing
    );
    let by = format!("{}, năm học {}. {figures}", office.name, office.year);
    let own = unit.package.as_ref().and_then(|package| Some((package.total?, package.level)));
    let own = own.map(|(total, level)| {
        let level = level.map_or_else(String::new, |level| format!(", mức {level}"));
        format!("Điểm đơn vị đã gửi: {total}{level}.")
    });
    let remarks: Vec<&str> = std::iter::once(by.as_str()).chain(own.as_deref()).collect();
    look.sheet(workbook, ("Các trường", &title), &remarks, &columns, &row.returns)
}
