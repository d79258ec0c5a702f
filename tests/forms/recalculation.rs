//! A forced recalculation changes no cell of a form. Needs LibreOffice: `cargo test --test all forms:: -- --ignored`.

use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use cds::form_writer::{Filling, write};
use cds::layouts::form as layout;
use cds::rules::{OverallRule, RuleSet, UnmetRule};
use rust_xlsxwriter::{Formula, Workbook};

use super::sketch::{self, TINY, answers, set};
use super::{MADE, blank};

/// Recalculate whatever program wrote the file; without it LibreOffice keeps the cached results.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

#[test]
#[ignore = "needs LibreOffice"]
fn a_forced_recalculation_changes_no_cell() {
    let dir = tempfile::tempdir().unwrap();
    let scores = [
        ("1.1", "Đạt"),
        ("1.2.1", "40,5"),
        ("1.2.2", "20"),
        ("1.3", "14.5"),
        ("2.1", "Không"),
        ("2.2.1.1", "7,35"),
        ("2.2.1.2", "2,5"),
        ("2.2.1.3", "-1"),
    ];
    let unmet: Vec<_> =
        scores.iter().map(|&(code, score)| (code, if code == "1.1" { "chưa" } else { score })).collect();
    let (full, unmet) = (answers(&scores), answers(&unmet));
    let mut bars = set(TINY);
    bars.unmet.rule = UnmetRule::NotAccepted;
    let mut total = set(TINY);
    total.overall.rule = OverallRule::ByTotal("group".to_owned());
    let mut forms: Vec<(RuleSet, Filling)> = Vec::new();
    for set in [set(TINY), bars, total] {
        for answers in [None, Some(&full), Some(&unmet)] {
            forms.push((set.clone(), Filling { answers, created: MADE, ..blank() }));
        }
    }
    let max = cds::points::Points::hundredths(1225);
    for (levels, leaf) in [(2, "points"), (5, "mandatory"), (9, "computed"), (9, "ratio")] {
        let shape: Vec<_> = (1..=4).map(|depth| (depth, (leaf, max))).collect();
        forms.push((sketch::random(&shape, levels, levels % 2 == 0), blank()));
    }
    for (number, (set, filling)) in forms.iter().enumerate() {
        fs::write(dir.path().join(format!("{number}.xlsx")), write(set, filling).unwrap()).unwrap();
    }
    let differ = recalculated(dir.path(), layout::TABLE_SHEET);
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_wrong_cached_result_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("S").unwrap();
    sheet.write_formula(0, 0, Formula::new("1+1").set_result("3")).unwrap();
    book.save(dir.path().join("a.xlsx")).unwrap();
    assert_eq!(recalculated(dir.path(), "S"), ["a.xlsx (0, 0): 3 became 2"]);
}

/// What a recalculation of every workbook in a folder changes on one sheet.
fn recalculated(dir: &Path, sheet: &str) -> Vec<String> {
    let profile = dir.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), PROFILE).unwrap();
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "xlsx"));
    files.sort();
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(dir.join("new"))
        .args(&files)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut differ = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy();
        let cells = |path: &Path| {
            let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
            book.worksheet_range(sheet).unwrap()
        };
        let (old, new) = (cells(file), cells(&dir.join("new").join(file.file_name().unwrap())));
        for (row, col, value) in old.used_cells() {
            let at = (row as u32 + old.start().unwrap().0, col as u32 + old.start().unwrap().1);
            let now = new.get_value(at).unwrap_or(&Data::Empty);
            if now != value && !(value == &Data::String(String::new()) && now == &Data::Empty) {
                differ.push(format!("{name} {at:?}: {value} became {now}"));
            }
        }
    }
    differ
}
