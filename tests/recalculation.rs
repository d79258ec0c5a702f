//! A forced recalculation in LibreOffice changes no cell of a workbook. Ignored, since it needs LibreOffice:
//! `cargo test --test all recalculation:: -- --ignored`. `CDS_RECALCULATE` names workbooks of a run instead, parted by `:`
//! (`;` on Windows).

#![allow(clippy::unwrap_used)]

use crate::formulas;
use crate::outcomes;

use crate::offices;
use crate::units;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use cds::milestone::Kind;
use cds::office::Person;
use cds::operations::Earlier;
use cds::outcome::LastYear;
use cds::outcome::history::{Difference, Reached, Stand, Why};
use cds::outcome::{ExpectedReturn, Outcome, Status};
use cds::points::Points;
use cds::rules::{Denominator, Formula, NodeKind};
use rust_xlsxwriter::{Formula as Text, Workbook};

/// How far two numbers may stand apart: LibreOffice writes 15 digits.
const NEAR: f64 = 1e-9;

/// A profile of its own that recalculates every workbook as it loads; without it LibreOffice keeps what is cached.
pub fn profile(dir: &Path) -> PathBuf {
    let user = dir.join("profile").join("user");
    fs::create_dir_all(&user).unwrap();
    let item = |path: &str, name: &str, value: &str| {
        format!(
            "<item oor:path=\"{path}\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{value}</value></prop></item>\n"
        )
    };
    let load = "/org.openoffice.Office.Calc/Formula/Load";
    let items = [item(load, "OOXMLRecalcMode", "0"), item(load, "ODFRecalcMode", "0")].concat();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" \
         xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n\
         {items}</oor:items>\n"
    );
    fs::write(user.join("registrymodifications.xcu"), text).unwrap();
    dir.join("profile")
}

/// Loads, recalculates and saves a workbook again.
pub fn recalculated(workbook: &Path, dir: &Path) -> PathBuf {
    let profile = profile(dir);
    let out = dir.join("recalculated");
    fs::create_dir_all(&out).unwrap();
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .arg(workbook)
        .output()
        .expect("LibreOffice is installed (soffice)");
    let saved = out.join(workbook.file_name().unwrap());
    assert!(saved.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    saved
}

/// Every cell that the recalculation changed: `sheet!cell: before, after`.
fn changes(workbook: &Path) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let saved = recalculated(workbook, dir.path());
    let mut before: Xlsx<_> = open_workbook(workbook).unwrap();
    let mut after: Xlsx<_> = open_workbook(&saved).unwrap();
    let mut changes = Vec::new();
    assert_eq!(before.sheet_names(), after.sheet_names());
    for name in before.sheet_names() {
        let (old, new) = (before.worksheet_range(&name).unwrap(), after.worksheet_range(&name).unwrap());
        let ends = [old.end(), new.end()].into_iter().flatten();
        let (rows, cols) = ends.fold((0, 0), |most, end| (most.0.max(end.0), most.1.max(end.1)));
        for row in 0..=rows {
            for col in 0..=cols {
                let old = old.get_value((row, col)).unwrap_or(&Data::Empty);
                let new = new.get_value((row, col)).unwrap_or(&Data::Empty);
                if !same(old, new) {
                    let cell = cds::grid::CellRef::new(row, col);
                    changes.push(format!("{name}!{cell}: {old:?}, {new:?}"));
                }
            }
        }
    }
    changes
}

fn same(old: &Data, new: &Data) -> bool {
    let number = |data: &Data| match data {
        Data::Int(n) => Some(*n as f64),
        Data::Float(n) => Some(*n),
        Data::DateTime(time) => Some(time.as_f64()),
        _ => None,
    };
    let text = |data: &Data| match data {
        Data::String(text) => Some(text.clone()),
        Data::Empty => Some(String::new()),
        _ => None,
    };
    match (number(old), number(new)) {
        (Some(a), Some(b)) => (a - b).abs() <= NEAR,
        _ => match (text(old), text(new)) {
            (Some(a), Some(b)) => a == b,
            _ => old == new,
        },
    }
}

fn formulas_of(workbook: &Path, sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook(workbook).unwrap();
    let formulas = book.worksheet_formula(sheet).unwrap();
    formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect()
}

fn formulas(workbook: &Path) -> usize {
    let mut book: Xlsx<_> = open_workbook(workbook).unwrap();
    let sheets = book.sheet_names();
    sheets.iter().map(|name| book.worksheet_formula(name).unwrap().used_cells().count()).sum()
}

fn assert_unchanged(workbook: &Path) {
    let changes = changes(workbook);
    assert!(
        changes.is_empty(),
        "{}: {} cells:\n{}",
        workbook.display(),
        changes.len(),
        changes[..changes.len().min(40)].join("\n")
    );
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_of_the_report() {
    if let Some(named) = std::env::var_os("CDS_RECALCULATE") {
        let workbooks: Vec<PathBuf> = std::env::split_paths(&named).collect();
        assert!(!workbooks.is_empty());
        workbooks.iter().for_each(|workbook| assert_unchanged(workbook));
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let workbook = dir.path().join("tong-hop.xlsx");
    let mut outcome = outcomes::outcome(outcomes::book(), 24, 7);
    outcome.last_year = Some(LastYear::of(&outcomes::outcome(outcomes::book(), 20, 8), &outcome));
    cds::report::write(&outcome, &workbook).unwrap();
    assert!(formulas(&workbook) > 1_000);
    assert_unchanged(&workbook);
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_under_other_rules() {
    use outcomes::{computed, level_share, office_set, reach};
    let dir = tempfile::tempdir().unwrap();
    let general: &[(&str, &[&str])] = &[("qd-4725-2022", &["1", "2"])];
    let both: &[(&str, &[&str])] = &[("qd-4725-2022", &["2"]), ("qd-3276-2024", &["1", "2"])];
    let rules = [
        (computed(Formula::MeanScore, general, Denominator::Expected), level_share(both, Denominator::Returned)),
        (
            computed(reach(2, &[]), both, Denominator::Returned),
            computed(reach(1, &[(50, 5), (80, 10), (95, 15)]), general, Denominator::Expected),
        ),
        (
            computed(Formula::MeanScore, both, Denominator::Returned),
            computed(Formula::Manual, &[], Denominator::Expected),
        ),
    ];
    for (n, (first, second)) in rules.into_iter().enumerate() {
        let book = outcomes::book_with(office_set(first, second));
        let workbook = dir.path().join(format!("{n}.xlsx"));
        cds::report::write(&outcomes::outcome(book, 30, n as u64 + 1), &workbook).unwrap();
        assert_unchanged(&workbook);
    }
    for (name, lines) in Formula::EXAMPLES {
        let book = outcomes::book_with(office_set(formulas::example(lines), formulas::example(lines)));
        let workbook = dir.path().join(format!("{name}.xlsx"));
        cds::report::write(&outcomes::outcome(book, 30, 9), &workbook).unwrap();
        assert_unchanged(&workbook);
    }
    let workbook = dir.path().join("odd.xlsx");
    cds::report::write(&outcomes::outcome(outcomes::odd_book(), 40, 5), &workbook).unwrap();
    assert_unchanged(&workbook);
    for schools in [0, 1] {
        let workbook = dir.path().join(format!("{schools} schools.xlsx"));
        cds::report::write(&outcomes::outcome(outcomes::book(), schools, 1), &workbook).unwrap();
        assert_unchanged(&workbook);
    }
}

/// A milestone from which two returns and the office stand otherwise.
fn reached(outcome: &Outcome) -> Reached {
    let office = outcome.offices.as_ref().unwrap();
    let item = |item| Difference {
        school: None,
        name: outcome.office.name.clone(),
        set: office.set.clone(),
        item,
        before: Stand { points: Some(Points::hundredths(1250)), ..Stand::default() },
        after: Stand { points: Some(office.scored.total), level: office.scored.level, ..Stand::default() },
        why: vec![Why::Schools],
    };
    let of = |expected: &ExpectedReturn| Difference {
        school: Some(outcome.school_of(expected).code.clone()),
        set: expected.set.clone(),
        before: Stand { status: Some(Status::Missing), ..Stand::default() },
        after: Stand {
            status: Some(expected.status),
            points: expected.scored.as_ref().map(|s| s.total),
            ..Stand::default()
        },
        ..item(None)
    };
    let code = "1.1.1".parse().ok();
    let since = outcome.expected.iter().take(6).map(of).chain([item(None), item(code)]).collect();
    Reached {
        kind: Kind::Approval,
        number: "12/QĐ".to_owned(),
        date: None,
        signer: Person::default(),
        code: "7KQ2-M4XD-90".to_owned(),
        run: "2025-05-30T0200".to_owned(),
        sealed_at: outcome.at,
        total: None,
        level: office.scored.level,
        owed: 24,
        counted: 20,
        draft: true,
        trouble: None,
        since,
        more: 0,
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_where_the_offices_own_schools_count_alone() {
    for (name, lines) in Formula::EXAMPLES.into_iter().filter(|(name, _)| *name != "manual") {
        let office = units::of_own_schools_alone(lines);
        let workbook = office.run().path.join("tong-hop.xlsx");
        let sums = formulas_of(&workbook, "Tiêu chí cơ quan");
        assert!(sums.iter().any(|formula| formula.contains("COUNTIFS(") || formula.contains("SUMIF(")), "{name}");
        assert_unchanged(&workbook);
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_where_a_milestone_was_reached() {
    let dir = tempfile::tempdir().unwrap();
    let mut outcome = outcomes::outcome(outcomes::book(), 24, 7);
    outcome.milestones = vec![reached(&outcome), Reached { since: Vec::new(), ..reached(&outcome) }];
    let workbook = dir.path().join("tong-hop.xlsx");
    cds::report::write(&outcome, &workbook).unwrap();
    assert_unchanged(&workbook);
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_of_the_offices_own_workbook() {
    use outcomes::{computed, level_share, office_set, reach};
    let dir = tempfile::tempdir().unwrap();
    let both: &[(&str, &[&str])] = &[("qd-4725-2022", &["2"]), ("qd-3276-2024", &["1", "2"])];
    let bands = reach(2, &[(50, 5), (80, 10), (95, 15)]);
    let books = [
        outcomes::book(),
        outcomes::odd_book(),
        outcomes::book_with(office_set(
            computed(bands, both, Denominator::Returned),
            level_share(both, Denominator::Expected),
        )),
    ];
    for (n, book) in books.into_iter().enumerate() {
        let previous = outcomes::outcome(book.clone(), 30, 4);
        let last_year = outcomes::outcome(book.clone(), 36, 5);
        let outcome = outcomes::outcome(book, 40, n as u64 + 1);
        let workbook = dir.path().join(format!("own {n}.xlsx"));
        let earlier = Earlier { previous: Some(&previous), last_year: Some(&last_year), ..Earlier::default() };
        cds::operations::write(&outcome, earlier, &workbook).unwrap();
        assert!(formulas(&workbook) > 100);
        assert_unchanged(&workbook);
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_of_a_feedback_workbook() {
    use offices::{SCHOOLS, TestOffice};
    let office = TestOffice::new();
    let plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
    let items: Vec<String> = plain.map(|node| node.code.to_string()).collect();
    let condition = office.set().nodes.iter().find(|node| node.kind == NodeKind::Mandatory).unwrap().code.to_string();
    let odd = ["99", "tốt", "", "-1", "3,5", "0,25", "12/5/2025", "không", "=1+1"];
    let mut answers: Vec<(&str, &str)> = items.iter().map(String::as_str).zip(odd).collect();
    answers.push((&condition, "Chưa đạt"));
    assert!(answers.len() > odd.len(), "the set has enough items");
    office.put("nop/a.xlsx", &office.form(0, &answers), 5);
    let run = office.run("2025-05-10T08:00");
    let back = run.path.join("gui-lai-truong").join(format!("{}-truong-th-hoa-sen-sua-1.xlsx", SCHOOLS[0].0));
    assert!(formulas(&back) > 10);
    assert_unchanged(&back);

    // Of every set, one that counts and one that does not.
    let dir = tempfile::tempdir().unwrap();
    let outcome = outcomes::outcome(outcomes::book(), 60, 11);
    let corrections = outcome.corrections();
    let mut seen = Vec::new();
    for one in corrections.iter().filter(|one| one.file.is_some()) {
        let kind = (&one.set.id, one.expected.status);
        if !seen.contains(&kind) {
            let workbook = dir.path().join(format!("{}.xlsx", seen.len()));
            fs::write(&workbook, cds::feedback::to_bytes(&outcome, one).unwrap()).unwrap();
            assert_unchanged(&workbook);
            seen.push(kind);
        }
    }
    assert_eq!(seen.len(), 4);
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_wrong_cached_result_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wrong.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_number(0, 0, 2).unwrap();
    sheet.write_formula(1, 0, Text::new("A1*2").set_result("4")).unwrap();
    sheet.write_formula(2, 0, Text::new("A1*3").set_result("7")).unwrap();
    sheet.write_formula(3, 0, Text::new("IF(A1=2,\"khớp\",\"LỆCH\")").set_result("LỆCH")).unwrap();
    workbook.save(&path).unwrap();
    let changes = changes(&path);
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(changes[0].starts_with("Sheet1!A3"), "{changes:?}");
    assert!(changes[1].starts_with("Sheet1!A4"), "{changes:?}");
}

#[test]
#[ignore = "needs LibreOffice"]
fn recalculation_changes_no_cell_where_scores_and_conditions_were_verified() {
    let (office, done) = crate::verified::verified_office();
    let report = done.path.join("tong-hop.xlsx");
    assert!(done.outcome.offices.as_ref().is_some_and(|office| !office.computed_self.is_empty()));
    assert_unchanged(&report);
    drop(office);
}
