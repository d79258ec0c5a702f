//! A folder of returned files beside what a person reads in them (`expected.json`): laid out as an office, run through
//! the built program, compared.
//!
//! `expected.json` is a list of cases. `file`, `valid`, `scores`, `mandatory`, `must_find` are always there;
//! `school_code`, `level`, `group_levels`, `superseded`, `mtimes` where they matter. A finding that must be there has
//! a `range` ("4xx") and may have a `code` ("CDS402"), a `severity` and a `cell`. Two schools of one file are two cases.
//! A valid return has no error beside those that are expected.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use cds::outcome::Outcome;
use serde::Deserialize;

/// What a person reads in one return.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// The name of the file.
    pub file: String,
    #[serde(default)]
    school_code: String,
    valid: bool,
    #[serde(default)]
    scores: BTreeMap<String, f64>,
    #[serde(default)]
    mandatory: BTreeMap<String, bool>,
    #[serde(default)]
    must_find: Vec<Wanted>,
    level: Option<u8>,
    #[serde(default)]
    group_levels: BTreeMap<String, u8>,
    #[serde(default)]
    superseded: Vec<String>,
    #[serde(default)]
    mtimes: BTreeMap<String, String>,
    /// Texts and addresses of links that the report must hold, or must not hold, anywhere.
    #[serde(default)]
    must_show: Vec<String>,
    #[serde(default)]
    must_not_show: Vec<String>,
    #[serde(default)]
    about: String,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    range: String,
    code: Option<String>,
    severity: Option<String>,
    cell: Option<String>,
}

impl Wanted {
    fn is(&self, finding: &Row) -> bool {
        let weight = match self.severity.as_deref() {
            Some("error") => "phai_sua",
            Some("warning") => "can_xem_lai",
            Some("note") => "de_biet",
            other => other.unwrap_or(&finding["muc"]),
        };
        finding["ma_loi"].trim_start_matches("CDS").starts_with(&self.range[..1])
            && self.code.as_ref().is_none_or(|code| *code == finding["ma_loi"])
            && weight == finding["muc"]
            && self.cell.as_ref().is_none_or(|cell| *cell == finding["o"])
    }
}

/// A row of a CSV table.
pub type Row = BTreeMap<String, String>;

/// The tables of one run.
pub struct Run {
    /// `diem.csv`
    pub points: Vec<Row>,
    /// `truong.csv`
    pub schools: Vec<Row>,
    /// `loi.csv`
    pub findings: Vec<Row>,
    /// `ket-qua.json`
    pub outcome: Outcome,
    /// All parts of `tong-hop.xlsx`.
    report: String,
}

/// Runs the program on a folder of cases, with the returns in it and those in `more`; what differs from what a person
/// reads, a line each.
pub fn differences(folder: &Path, more: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("expected.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    let office = tempfile::tempdir().unwrap();
    lay_out(&[folder, more], &cases, office.path());
    let run = run(office.path());
    let mut wrong = Vec::new();
    for case in &cases {
        let found = compare(case, &cases, &run);
        wrong.extend(found.into_iter().map(|line| format!("{} ({}): {line}", case.file, case.about)));
    }
    for file in returned_files(folder) {
        if !cases.iter().any(|case| case.file == file || case.superseded.contains(&file)) && !file.starts_with("~$") {
            wrong.push(format!("{file}: nothing is expected of it"));
        }
    }
    wrong
}

fn returned_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    let files = names.filter(|entry| entry.file_type().unwrap().is_file());
    let names = files.map(|entry| entry.file_name().into_string().unwrap());
    names.filter(|name| !["expected.json", "danh-sach-truong.csv"].contains(&name.as_str())).collect()
}

fn lay_out(folders: &[&Path; 2], cases: &[Case], office: &Path) {
    let [folder, _] = folders;
    let returned = office.join("nop");
    fs::create_dir(&returned).unwrap();
    let yesterday = SystemTime::now() - Duration::from_secs(86_400);
    for from in folders {
        for name in returned_files(from) {
            fs::copy(from.join(&name), returned.join(&name)).unwrap();
            set_time(&returned.join(&name), yesterday);
        }
    }
    for (name, day) in cases.iter().flat_map(|case| &case.mtimes) {
        let at = day.parse::<jiff::civil::Date>().unwrap().in_tz("UTC").unwrap();
        let since = Duration::from_secs(at.timestamp().as_second().try_into().unwrap());
        set_time(&returned.join(name), SystemTime::UNIX_EPOCH + since);
    }
    fs::copy(folder.join("danh-sach-truong.csv"), office.join("danh-sach-truong.csv")).unwrap();
    fs::write(office.join("co-quan.toml"), "ten = \"Phòng GDĐT thử nghiệm\"\nnam_hoc = \"2024-2025\"\n").unwrap();
    if folder.join("quy-tac").is_dir() {
        fs::create_dir(office.join("quy-tac")).unwrap();
        for entry in fs::read_dir(folder.join("quy-tac")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), office.join("quy-tac").join(entry.file_name())).unwrap();
        }
    }
}

fn set_time(file: &Path, time: SystemTime) {
    fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
}

/// Runs the built program on an office folder.
pub fn run(office: &Path) -> Run {
    let done = Command::new(env!("CARGO_BIN_EXE_cds")).arg("run").arg(office).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{:?}: {said}", done.status);
    let runs: Vec<PathBuf> = fs::read_dir(office.join("ket-qua")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let folder = runs.iter().find(|run| run.join("diem.csv").exists()).unwrap_or_else(|| panic!("no run: {said}"));
    let table = |name: &str| -> Vec<Row> {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        reader.deserialize().map(|row| row.unwrap()).collect()
    };
    // Every office of the tests must add up: files and points.
    let outcome = Outcome::read_json(&fs::read(folder.join("ket-qua.json")).unwrap()).unwrap();
    assert_eq!(outcome.ledger.faults(), Vec::<String>::new());
    assert_eq!(
        outcome.ledger.seen as usize,
        outcome.files.iter().filter(|file| file.disposition.key() != "da_mo").count()
    );
    let report = parts(&folder.join("tong-hop.xlsx"));
    Run { points: table("diem.csv"), schools: table("truong.csv"), findings: table("loi.csv"), outcome, report }
}

/// The texts and the addresses of links in a workbook, among all else.
fn parts(workbook: &Path) -> String {
    let mut zip = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    let mut parts = String::new();
    for i in 0..zip.len() {
        zip.by_index(i).unwrap().read_to_string(&mut parts).unwrap();
    }
    parts.replace("&amp;", "&").replace("&quot;", "\"")
}

fn compare(case: &Case, all: &[Case], run: &Run) -> Vec<String> {
    let mut wrong = Vec::new();
    let code = &case.school_code;
    let state = run.schools.iter().filter(|row| row["ma_truong"] == *code);
    let counted = state.clone().find(|row| row["trang_thai"] == "da_nhan");
    let mine: Vec<&Row> = run.findings.iter().filter(|row| file_name(&row["tep"]) == case.file).collect();
    if case.valid {
        let Some(counted) = counted else {
            let state: Vec<&String> = state.map(|row| &row["trang_thai"]).collect();
            return vec![format!("{code} is {state:?}, not counted; said: {}", shown(&mine))];
        };
        if case.level.is_some_and(|level| counted["muc_do"] != level.to_string()) {
            wrong.push(format!("level {:?}, should be {:?}", counted["muc_do"], case.level));
        }
        compare_answers(case, run, &mut wrong);
    } else if counted.is_some() {
        wrong.push(format!("{code} is counted and must not be"));
    }
    for want in &case.must_find {
        if !mine.iter().any(|finding| want.is(finding)) {
            wrong.push(format!("no {want:?}; there are {}", shown(&mine)));
        }
    }
    let expected = |finding: &Row| {
        let same_file = all.iter().filter(|other| other.file == case.file);
        same_file.flat_map(|other| &other.must_find).any(|want| want.is(finding))
    };
    if case.valid {
        let errors = mine.iter().filter(|finding| finding["muc"] == "phai_sua" && !expected(finding));
        wrong.extend(errors.map(|finding| format!("an error that a person would not raise: {}", shown(&[finding]))));
    }
    let shown = |text: &&String| run.report.contains(*text);
    wrong
        .extend(case.must_show.iter().filter(|text| !shown(text)).map(|text| format!("{text:?} is not in the report")));
    wrong.extend(case.must_not_show.iter().filter(shown).map(|text| format!("{text:?} is in the report")));
    for name in &case.superseded {
        if !run.findings.iter().any(|finding| file_name(&finding["tep"]) == name) {
            wrong.push(format!("{name} was set aside without a word"));
        }
    }
    wrong
}

fn compare_answers(case: &Case, run: &Run, wrong: &mut Vec<String>) {
    let row = |item: &str| run.points.iter().find(|row| row["ma_truong"] == case.school_code && row["ma"] == item);
    let cell = |item: &str, column: &str| row(item).map(|row| row[column].clone()).unwrap_or_default();
    for (item, want) in &case.scores {
        let got = cell(item, "duoc_tinh");
        if got.parse() != Ok(*want) {
            wrong.push(format!("{item}: counted {got:?}, a person reads {want}"));
        }
    }
    for (item, want) in &case.mandatory {
        let got = cell(item, "dat");
        if got != if *want { "1" } else { "0" } {
            wrong.push(format!("{item}: dat is {got:?}, a person reads {want}"));
        }
    }
    for (group, want) in &case.group_levels {
        let got = cell(group, "muc_do");
        if got != want.to_string() {
            wrong.push(format!("{group}: level {got:?}, should be {want}"));
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn shown(findings: &[&Row]) -> String {
    let one = |f: &&Row| format!("{} {} {}!{} {}", f["ma_loi"], f["muc"], f["trang_tinh"], f["o"], f["thong_bao"]);
    findings.iter().take(8).map(one).collect::<Vec<_>>().join(" | ")
}
