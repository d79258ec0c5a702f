//! The journey between school and office, with the workbooks of a year's walk: sent back, corrected, verified.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use cds::finding::{Severity, code};
use cds::layouts::form::TABLE_SHEET;
use cds::outcome::{ExpectedReturn, Outcome, Status};
use cds::reader::Limits;
use cds::run::{self, Done, Options};
use jiff::civil::DateTime;

use crate::offices::sheet;

const A: &str = "80202005";

struct Journey {
    dir: tempfile::TempDir,
}

impl Journey {
    /// The office of the walk with these files in `nop/`, all of 29 May 2025.
    fn with(files: &[&str]) -> Journey {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("nop")).unwrap();
        let journey = Journey { dir };
        for name in ["co-quan.toml", "danh-sach-truong.xlsx"] {
            fs::copy(given(name), journey.dir.path().join(name)).unwrap();
        }
        for name in files {
            journey.put(&format!("nop/{name}"), &fs::read(given(name)).unwrap(), 29);
        }
        journey
    }

    /// A file of this day of May 2025.
    fn put(&self, name: &str, bytes: &[u8], day: u64) {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        // 1 May 2025, in the morning.
        let time = UNIX_EPOCH + Duration::from_secs(1_746_061_200 + (day - 1) * 86_400);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    }

    fn run(&self, at: &str) -> Done {
        let options = Options {
            at: at.parse::<DateTime>().unwrap(),
            reader: Path::new(env!("CARGO_BIN_EXE_cds")),
            threads: 2,
            limits: Limits::default(),
            settle: Duration::ZERO,
            per_unit: false,
            stop: None,
        };
        let done = run::run(self.dir.path(), &options, &|_| {}).unwrap();
        assert_eq!(done.outcome.ledger.faults(), [] as [String; 0]);
        done
    }
}

fn given(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journey").join(name)
}

fn school<'a>(outcome: &'a Outcome, code: &str) -> &'a ExpectedReturn {
    outcome.expected.iter().find(|expected| outcome.school_of(expected).code.0 == code).unwrap()
}

/// The school with this name.
fn code_of(outcome: &Outcome, name: &str) -> String {
    outcome.schools.iter().find(|school| school.name.contains(name)).unwrap().code.0.clone()
}

/// The row of the mail merge for a school.
fn row_of(done: &Done, code: &str) -> String {
    let list = fs::read_to_string(done.path.join("gui-lai-truong.csv")).unwrap();
    list.lines().find(|line| line.trim_start_matches('\u{FEFF}').starts_with(code)).unwrap_or_default().to_owned()
}

/// The forms that went back: names and bytes.
fn forms(done: &Done) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(done.path.join("gui-lai-truong")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut forms: Vec<_> =
        paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect();
    forms.sort();
    forms
}

/// The scores in a form.
fn scores(form: &[u8]) -> usize {
    let rows = sheet(form, TABLE_SHEET);
    let leaf = |row: &&Vec<String>| row[0].matches('.').count() == 2;
    rows.iter().filter(leaf).filter(|row| !row[3].is_empty()).count()
}

#[test]
fn a_return_under_anothers_code_goes_to_nobody_with_its_scores() {
    let journey = Journey::with(&["01-TH-Tan-Lap-B-ma-cua-A.xlsx"]);
    let done = journey.run("2025-05-30T08:00");
    let b = code_of(&done.outcome, "Tân Lập B");
    assert_eq!(school(&done.outcome, A).status, Status::Missing);
    assert_eq!(school(&done.outcome, &b).status, Status::NotValid);
    let forms = forms(&done);
    let [(name, form)] = &forms[..] else { panic!("{:?}", forms.iter().map(|form| &form.0).collect::<Vec<_>>()) };
    assert!(name.starts_with(&b) && scores(form) == 0, "{name}");
    assert!(sheet(form, TABLE_SHEET).concat().iter().any(|text| text.contains("Tân Lập B")));
    let (to_a, to_b) = (row_of(&done, A), row_of(&done, &b));
    assert!(to_a.contains("chưa nhận được phiếu") && to_a.contains("mang tên “"), "{to_a}");
    assert!(!to_a.contains("gui-lai-truong/"), "{to_a}");
    assert!(to_b.contains(&format!("thành {b}")), "{to_b}");
    journey.put("nop/tra lai.xlsx", form, 30);
    let again = journey.run("2025-05-31T08:00");
    assert!(again.outcome.expected.iter().all(|expected| expected.status != Status::Accepted));
}

#[test]
fn beside_its_own_return_a_school_hears_of_the_other_and_has_no_fault() {
    let journey = Journey::with(&["01-TH-Tan-Lap-B-ma-cua-A.xlsx", "01-TH-Tan-Lap-A-dung.xlsx"]);
    let done = journey.run("2025-05-30T08:00");
    let own = school(&done.outcome, A);
    assert_eq!((own.status, own.errors), (Status::Accepted, 0));
    let (to_a, to_b) = (row_of(&done, A), row_of(&done, &code_of(&done.outcome, "Tân Lập B")));
    assert!(!to_a.contains("0 điểm") && to_a.contains("không phải làm gì"), "{to_a}");
    assert!(!to_a.contains("gui-lai-truong/"), "its own form needs no mending: {to_a}");
    assert!(to_b.contains("chưa dùng được") && !to_b.contains("chưa nhận được"), "{to_b}");
}

#[test]
fn a_form_of_the_wrong_kind_is_closed_by_the_right_one() {
    let first = Journey::with(&["02-MN-Tuoi-Tho-sai-phieu.xlsx"]);
    let done = first.run("2025-05-30T08:00");
    let code = code_of(&done.outcome, "Tuổi Thơ");
    assert_eq!(school(&done.outcome, &code).status, Status::NotValid);
    assert!(done.outcome.findings.iter().any(|finding| finding.code == code::WRONG_SET));
    assert!(forms(&done).iter().all(|(_, form)| scores(form) == 0));

    first.put(
        "nop/02-MN-Tuoi-Tho-gui-lai-dung.xlsx",
        &fs::read(given("02-MN-Tuoi-Tho-gui-lai-dung.xlsx")).unwrap(),
        30,
    );
    let done = first.run("2025-05-31T08:00");
    let own = school(&done.outcome, &code);
    assert_eq!((own.status, own.errors), (Status::Accepted, 0));
    let of_school = |finding: &&cds::finding::Finding| finding.school.as_ref().is_some_and(|of| of.0 == code);
    let errors = done.outcome.findings.iter().filter(of_school).filter(|finding| finding.severity == Severity::Error);
    assert_eq!(errors.count(), 0);
    let old = done.outcome.files.iter().find(|file| file.file.contains("sai-phieu")).unwrap();
    assert_eq!(old.disposition.key(), "thay_the");
    let said = done.outcome.findings.iter().find(|finding| finding.place.file.as_deref() == Some(&*old.file)).unwrap();
    assert_eq!((said.code, said.severity), (code::SUPERSEDED, Severity::Note));
    assert!(!row_of(&done, &code).contains("chưa"), "{}", row_of(&done, &code));
}

#[test]
fn last_years_form_does_not_come_back_under_this_year() {
    let journey = Journey::with(&["04-Anh-Sao-nam-truoc.xlsx"]);
    let done = journey.run("2025-05-30T08:00");
    let code = code_of(&done.outcome, "Ánh Sao");
    assert_eq!(school(&done.outcome, &code).status, Status::NotValid);
    let forms = forms(&done);
    assert_eq!((forms.len(), scores(&forms[0].1)), (1, 0));
    let said = sheet(&forms[0].1, "Cần sửa").concat().join(" ");
    assert!(said.contains("2023-2024") && said.contains("Nếu trường chỉ ghi nhầm"), "{said}");
    journey.put("nop/tra lai.xlsx", &forms[0].1, 30);
    assert_eq!(school(&journey.run("2025-05-31T08:00").outcome, &code).status, Status::NotValid);
}
