//! Last year's result: named in `co-quan.toml`, found in an office folder, a run or a frozen result, and compared.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cds::finding::{Finding, code};
use cds::outcome::Outcome;
use cds::points::Points;
use cds::rules::NodeKind;

use crate::offices::{SCHOOLS, TestOffice, sheet};

/// Items worth at least 10 points, and how many points a school that answers them with 0 lacks.
fn heavy(office: &TestOffice) -> (Vec<String>, Points) {
    let nodes = office.set().nodes.iter();
    let nodes: Vec<_> =
        nodes.filter(|node| node.kind == NodeKind::Points && node.max >= Some(Points::whole(10))).collect();
    (nodes.iter().map(|node| node.code.to_string()).collect(), nodes.iter().filter_map(|node| node.max).sum())
}

/// Last year: the first school lacked the heavy items, under another code; the second had all; one more has gone.
fn last_year() -> (TestOffice, Points) {
    let last = TestOffice::of_year("2023-2024", "");
    let (items, lacking) = heavy(&last);
    assert!(lacking >= Points::whole(40), "a fifth of the set: {lacking}");
    let zeros: Vec<(&str, &str)> = items.iter().map(|item| (item.as_str(), "0")).collect();
    last.put("nop/a.xlsx", &last.form(0, &zeros), 5);
    last.put("nop/b.xlsx", &last.form(1, &[]), 5);
    (last, lacking)
}

/// This year's office, whose first school has a new code.
fn this_year(from: &Path) -> TestOffice {
    let office = TestOffice::of_year("2024-2025", &format!("nam_truoc = '{}'\n", from.display()));
    let roster = format!(
        "ma_truong,ten_truong,cap_hoc,don_vi_quan_ly,ma_cu\n90100001,{},TH,Xã A,{}\n{},{},THCS,Xã A,\n",
        SCHOOLS[0].1, SCHOOLS[0].0, SCHOOLS[1].0, SCHOOLS[1].1
    );
    fs::write(office.path("danh-sach-truong.csv"), roster).unwrap();
    office.put("nop/a.xlsx", &office.form(0, &[]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    office
}

fn said(outcome: &Outcome) -> Vec<&Finding> {
    let codes = [code::LAST_YEAR_NOT_FOUND, code::LAST_YEAR_UNREADABLE, code::LAST_YEAR_OF_OTHER_YEAR];
    outcome.findings.iter().filter(|finding| codes.contains(&finding.code)).collect()
}

/// The rows of a sheet of a run that hold this text.
fn rows(run: &Path, workbook: &str, name: &str, text: &str) -> Vec<Vec<String>> {
    let rows = sheet(&fs::read(run.join(workbook)).unwrap(), name);
    rows.into_iter().filter(|row| row.iter().any(|cell| cell.contains(text))).collect()
}

#[test]
fn schools_are_held_against_last_year_through_their_old_codes() {
    let (last, lacking) = last_year();
    last.run("2024-05-10T08:00");
    let office = this_year(last.dir.path());
    let done = office.run("2025-05-10T08:00");
    assert_eq!(said(&done.outcome), [] as [&Finding; 0]);
    let kept = done.outcome.last_year.as_ref().unwrap();
    assert_eq!((kept.year.as_str(), kept.run.as_str(), kept.expected.len()), ("2023-2024", "2024-05-10T0800", 2));
    assert_eq!(kept.expected[0].as_ref().unwrap().school.0, SCHOOLS[0].0);

    let same: Vec<&Finding> =
        done.outcome.findings.iter().filter(|finding| finding.code == code::SAME_AS_LAST_YEAR).collect();
    let [same] = same[..] else { panic!("{same:?}") };
    assert_eq!(same.school.as_ref().unwrap().0, SCHOOLS[1].0, "whose answers are all as they were");

    let changed = rows(&done.path, "dieu-hanh.xlsx", "So với lần trước", "90100001");
    let [row] = &changed[..] else { panic!("{changed:?}") };
    assert_eq!((&row[0][..], &row[8][..]), ("Năm trước", &lacking.plain()[..]));
    assert!(rows(&done.path, "dieu-hanh.xlsx", "So với lần trước", SCHOOLS[1].0).is_empty(), "nothing changed there");
    let named = rows(&done.path, "dieu-hanh.xlsx", "So với lần trước", "năm học 2023-2024, lần chạy 2024-05-10T0800");
    assert!(named[0][0].contains(&format!("Nay không còn trong danh sách: {}", SCHOOLS[2].1)), "{named:?}");

    let jumps = rows(&done.path, "dieu-hanh.xlsx", "Đáng xem lại", "Thay đổi lớn");
    let [row] = &jumps[..] else { panic!("{jumps:?}") };
    assert_eq!(row[0], "90100001");
    assert!(row[4].contains(&format!("So với năm học 2023-2024: Tổng điểm tăng {lacking}")), "{}", row[4]);
    assert!(row[4].contains("một phần năm điểm tối đa (40)"), "{}", row[4]);

    let gains = rows(&done.path, "tong-hop.xlsx", "Điển hình", "90100001");
    let row = gains.iter().find(|row| row[5].contains("(mã ")).unwrap();
    assert!(row[5].ends_with(&format!("(mã {})", SCHOOLS[0].0)), "{row:?}");
    assert_eq!(row[8], lacking.plain());
    assert!(!gains.is_empty() && rows(&done.path, "tong-hop.xlsx", "Điển hình", "Tăng điểm nhiều nhất").len() == 1);

    // The result keeps it: a frozen report of this run tells the same.
    let json = fs::read(done.path.join("ket-qua.json")).unwrap();
    assert_eq!(Outcome::read_json(&json).unwrap(), done.outcome);
    // The next run is held against both, and says which is which.
    let (items, _) = heavy(&office);
    office.put("nop/b2.xlsx", &office.form(1, &[(&items[0], "0")]), 11);
    let next = office.run("2025-05-12T08:00");
    let both: Vec<String> = sheet(&fs::read(next.path.join("dieu-hanh.xlsx")).unwrap(), "So với lần trước")
        .into_iter()
        .filter(|row| row[1] == SCHOOLS[1].0)
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(both, ["Lần trước", "Năm trước"]);
    let today = rows(&next.path, "dieu-hanh.xlsx", "Việc hôm nay", "Từ lần chạy 2025-05-10T0800");
    assert!(today[0][0].contains("0 phiếu mới nộp; 0 phiếu nay được tính, 0 phiếu thôi được tính"), "{today:?}");
}

#[test]
fn points_of_another_set_are_not_compared() {
    let (last, _) = last_year();
    last.run("2024-05-10T08:00");
    let office = this_year(last.dir.path());
    let mut outcome = office.run("2025-05-10T08:00").outcome;
    let gained = |outcome: &Outcome| {
        let rows = sheet(&cds::report::to_bytes(outcome).unwrap(), "Điển hình");
        rows.iter().filter(|row| row[5].contains("(mã ")).count()
    };
    assert_eq!(gained(&outcome), 1);
    for expected in outcome.last_year.as_mut().unwrap().expected.iter_mut().flatten() {
        expected.set = cds::codes::SetId("bo-cu".to_owned());
    }
    assert_eq!(gained(&outcome), 0);
}

#[test]
fn a_frozen_result_comes_before_newer_runs_and_a_run_can_be_named_itself() {
    let (last, _) = last_year();
    let first = last.run("2024-05-10T08:00");
    let frozen = Command::new(env!("CARGO_BIN_EXE_cds"))
        .arg("finalize")
        .arg(&first.path)
        .args(["--moc", "gui-so", "--accept-open"])
        .output()
        .unwrap();
    assert!(frozen.status.success(), "{frozen:?}");
    let second = last.run("2024-05-12T08:00");
    let run_of = |from: &Path| this_year(from).run("2025-05-10T08:00").outcome.last_year.unwrap();
    let found = run_of(last.dir.path());
    assert_eq!(found.run, "2024-05-10T0800");
    assert!(found.seal.unwrap().contains("gửi Sở"));
    assert_eq!(run_of(&second.path).run, "2024-05-12T0800");
    assert_eq!(run_of(&second.path.join("ket-qua.json")).run, "2024-05-12T0800");
}

#[test]
fn what_is_not_there_or_not_last_years_is_a_finding_and_never_an_end() {
    let (last, _) = last_year();
    let told = |from: &Path| {
        let outcome = this_year(from).run("2025-05-10T08:00").outcome;
        assert_eq!(outcome.last_year, None);
        let [said] = said(&outcome)[..] else { panic!("{:?}", outcome.findings) };
        said.code
    };
    assert_eq!(told(&PathBuf::from("../không có")), code::LAST_YEAR_NOT_FOUND);
    assert_eq!(told(last.dir.path()), code::LAST_YEAR_NOT_FOUND, "no run yet");
    let run = last.run("2024-05-10T08:00").path;
    let result = run.join("ket-qua.json");
    let text = fs::read_to_string(&result).unwrap();
    fs::write(&result, &text[..text.len() / 2]).unwrap();
    assert_eq!(told(&run), code::LAST_YEAR_UNREADABLE);
    fs::write(&result, text.replace("\"year\":\"2023-2024\"", "\"year\":\"2022-2023\"")).unwrap();
    assert_eq!(told(&run), code::LAST_YEAR_OF_OTHER_YEAR);
}
