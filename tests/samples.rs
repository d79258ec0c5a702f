//! The sample office: `samples/can-giuoc/` is what this makes, and its run shows what it is there to show.
//!
//! `CDS_WRITE=1 cargo test --test all samples::` makes it anew, the same bytes each time. The two returns that LibreOffice
//! saved (.xls, .ods) and `co-quan.toml`, which is written by hand, are kept; delete one of the two, and it is made
//! again where `soffice` is installed. Receipts give the dates, since git keeps none. All names are fictional.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::packages;

mod package;
mod receipts;
mod returns;
mod schools;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use self::returns::Maker;
use cds::finding::Severity;
use cds::office::Office;
use cds::outcome::Status;
use cds::reader::Limits;
use cds::run::{self, Done, Options};
use jiff::civil::date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

/// The most that all files may weigh together.
const MOST_BYTES: u64 = 2_000_000;

fn office_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/can-giuoc")
}

/// Bytes by the file's place in the office folder, with `/`.
type Files = BTreeMap<String, Vec<u8>>;

/// Every generated file, by its place in the office folder; the kept ones with what they are made from.
fn generated() -> (Files, Files) {
    let book = cds::rules::book(Vec::new()).map_err(|mistakes| mistakes.len()).unwrap().book;
    let office = fs::read(office_dir().join("co-quan.toml")).unwrap();
    let office = Office::read(&office, "co-quan.toml").map_err(|mistakes| mistakes.len()).unwrap().value;
    let maker = Maker { book: &book, office: &office };
    let mut files = Files::new();
    for (name, bytes) in maker.files() {
        assert!(files.insert(format!("nop/{name}"), bytes).is_none(), "{name} twice");
    }
    files.insert("phieu-co-quan.xlsx".to_owned(), maker.own_form());
    files.insert("danh-sach-truong.xlsx".to_owned(), roster());
    files.insert("so-nhan.csv".to_owned(), receipts::csv().into_bytes());
    let kept = maker.to_convert().into_iter().map(|(name, bytes)| (format!("nop/{name}"), bytes));
    (files, kept.collect())
}

fn roster() -> Vec<u8> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2025, 4, 1).unwrap();
    let properties = DocProperties::new().set_title("Danh sách trường").set_creation_datetime(&made);
    book.set_properties(&properties);
    let sheet = book.add_worksheet().set_name("Danh sách").unwrap();
    let bold = Format::new().set_bold();
    let titles = ["Mã trường", "Tên trường", "Cấp học", "Đơn vị quản lý", "Email", "Điện thoại", "Tình trạng"];
    let widths = [12.0, 36.0, 12.0, 20.0, 28.0, 16.0, 36.0];
    for (col, (title, width)) in (0..).zip(titles.into_iter().zip(widths)) {
        sheet.write_with_format(0, col, title, &bold).unwrap();
        sheet.set_column_width(col, width).unwrap();
    }
    for (row, &(code, name, kinds, unit, _, state)) in (1..).zip(schools::ROWS) {
        let cells = [code, name, kinds, unit, &schools::email(code), &schools::phone(code), state];
        for (col, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    sheet.set_freeze_panes(1, 0).unwrap();
    book.save_to_buffer().unwrap()
}

/// Saves a workbook under another format with LibreOffice.
fn convert(workbook: &[u8], to: &Path) {
    let dir = tempfile::tempdir().unwrap();
    let from = dir.path().join(to.with_extension("xlsx").file_name().unwrap());
    fs::write(&from, workbook).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", dir.path().join("profile").display());
    let mut soffice = Command::new("soffice");
    soffice.args([&profile, "--headless", "--convert-to", to.extension().unwrap().to_str().unwrap(), "--outdir"]);
    assert!(soffice.arg(to.parent().unwrap()).arg(&from).status().unwrap().success());
}

/// Every file below, by its path with `/`.
fn files_in(dir: &Path, below: &str, files: &mut BTreeMap<String, PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        // What runs leave here, and what keeps git from changing line ends.
        if below.is_empty() && (name == "ket-qua" || name.starts_with('.') || name.starts_with("MO-KET-QUA")) {
            continue;
        }
        match entry.file_type().unwrap().is_dir() {
            true => files_in(&entry.path(), &format!("{below}{name}/"), files),
            false => drop(files.insert(format!("{below}{name}"), entry.path())),
        }
    }
}

/// When writing, makes the sample office anew, once, before any test looks at it.
fn written() {
    static WRITTEN: Once = Once::new();
    WRITTEN.call_once(|| {
        if std::env::var_os("CDS_WRITE").is_some() {
            write(&office_dir());
        }
    });
}

fn write(dir: &Path) {
    let (generated, kept) = generated();
    fs::create_dir_all(dir.join("nop")).unwrap();
    let mut there = BTreeMap::new();
    files_in(dir, "", &mut there);
    for (name, path) in &there {
        if name != "co-quan.toml" && !kept.contains_key(name) {
            fs::remove_file(path).unwrap();
        }
    }
    for (name, bytes) in &generated {
        fs::create_dir_all(dir.join(name).parent().unwrap()).unwrap();
        fs::write(dir.join(name), bytes).unwrap();
    }
    for (name, bytes) in kept.iter().filter(|(name, _)| !dir.join(name).exists()) {
        convert(bytes, &dir.join(name));
    }
}

#[test]
fn the_sample_office_is_what_its_generator_makes() {
    written();
    let (generated, kept) = generated();
    let dir = office_dir();
    let mut there = BTreeMap::new();
    files_in(&dir, "", &mut there);
    let own = ["co-quan.toml"].into_iter().chain(kept.keys().map(String::as_str));
    let wanted: BTreeSet<&str> = generated.keys().map(String::as_str).chain(own).collect();
    let found: BTreeSet<&str> = there.keys().map(String::as_str).collect();
    assert_eq!(found, wanted);
    for (name, bytes) in &generated {
        let same = packages::same(&fs::read(&there[name]).unwrap(), bytes);
        assert!(same, "samples/can-giuoc/{name} has drifted: CDS_WRITE=1 cargo test --test all samples::");
    }
    let weight: u64 = there.values().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(weight < MOST_BYTES, "{weight} bytes");
}

/// A run of a copy of the sample office, which is put into a folder.
pub fn run_in(folder: &Path) -> Done {
    written();
    let mut files = BTreeMap::new();
    files_in(&office_dir(), "", &mut files);
    for (name, path) in files {
        let to = folder.join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(path, to).unwrap();
    }
    let options = Options {
        at: date(2025, 6, 5).at(2, 0, 0, 0),
        reader: Path::new(env!("CARGO_BIN_EXE_cds")),
        threads: 2,
        limits: Limits::default(),
        settle: std::time::Duration::ZERO,
        per_unit: false,
        stop: None,
    };
    run::run(folder, &options, &|_| {}).unwrap()
}

#[test]
fn the_report_of_the_sample_office_looks_like_real_life() {
    let copy = tempfile::tempdir().unwrap();
    let outcome = run_in(copy.path()).outcome;
    let count = |status: Status| outcome.expected.iter().filter(|expected| expected.status == status).count();
    assert_eq!((count(Status::Accepted), count(Status::NotValid), count(Status::Missing)), (34, 5, 3));
    assert_eq!(outcome.expected.iter().filter(|expected| expected.late == Some(true)).count(), 2);
    let mut levels: BTreeMap<String, usize> = BTreeMap::new();
    for scored in outcome.expected.iter().filter_map(|expected| expected.scored.as_ref()) {
        *levels.entry(scored.level.map_or_else(String::new, |level| level.to_string())).or_default() += 1;
    }
    let levels: Vec<(&str, usize)> = levels.iter().map(|(level, count)| (level.as_str(), *count)).collect();
    assert!(matches!(levels[..], [("1", 5..=14), ("2", 18..=27), ("3", 1..=4)]), "{levels:?}");
    let hundreds: BTreeSet<u16> = outcome.findings.iter().map(|finding| finding.code.0 / 100).collect();
    assert_eq!(hundreds, BTreeSet::from([1, 2, 3, 4, 5, 6, 7, 8]));
    let weights: BTreeSet<Severity> = outcome.findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(weights.len(), 3);
    assert!(outcome.offices.as_ref().is_some_and(|offices| offices.source.is_some()));
}
