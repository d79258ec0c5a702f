//! `cds why`: the chain behind a result, of a run that was made.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::process::Command;

use crate::office::{Office, Ran};

fn ran(office: &Office) -> Ran {
    office.run()
}

fn office() -> Office {
    Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường TH Hoa Sen", "TH")
        .school("80200003", "Trường Mầm non Tuổi Thơ", "MN")
        .returned("a.xlsx", "80100001", |form| {
            form.number("1.3.1", 7.0).text("2.1", "Chưa đạt");
        })
}

/// The exit code, and what was said.
fn why(ran: &Ran, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_cds")).arg("why").arg(&ran.path).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code().unwrap(), said)
}

/// Whether some line holds all these texts.
fn has_line(said: &str, texts: &[&str]) -> bool {
    said.lines().any(|line| texts.iter().all(|text| line.contains(text)))
}

#[test]
fn an_item_that_does_not_count_names_its_cell_its_finding_and_its_rule() {
    let office = office();
    let ran = ran(&office);
    let (code, said) = why(&ran, &["80100001", "1.3.1"]);
    assert_eq!(code, 0, "{said}");
    let cell = ran.finding(cds::finding::code::ABOVE_MAX, "nop/a.xlsx").place.to_string();
    assert!(cell.matches(" > ").count() == 2);
    assert!(has_line(&said, &["Được tính: 0/6"]), "{said}");
    assert!(has_line(&said, &["[đúng]", "7", &cell]), "{said}");
    assert!(has_line(&said, &["[sai]", "từ 0 đến 6"]), "{said}");
    assert!(has_line(&said, &["CDS402", "Phải sửa"]), "{said}");
    assert!(has_line(&said, &["Quy tắc: 1.3.1 max = 6", "4725", "căn cứ: "]), "{said}");
}

#[test]
fn a_group_tells_its_sums_thresholds_and_mandatory_conditions() {
    let office = office();
    let ran = ran(&office);
    let (code, said) = why(&ran, &["80100001", "2"]);
    assert_eq!(code, 0, "{said}");
    assert!(has_line(&said, &["[sai]", "Điều kiện bắt buộc 2.1", "nop/a.xlsx > "]), "{said}");
    assert!(has_line(&said, &["Mức 1", "giữ ở mức này"]), "{said}");
    assert!(has_line(&said, &["Quy tắc: scales.", "căn cứ"]), "{said}");
    let scored = ran.expected("80100001").scored.as_ref().unwrap();
    let group = scored.nodes.iter().find(|node| node.code == "2".parse().unwrap()).unwrap();
    assert!(has_line(&said, &[&format!("Được tính: {}/100", group.counted)]), "{said}");
    for range in ["< 50: Mức 1", "≥ 50, ≤ 75: Mức 2", "> 75: Mức 3"] {
        assert!(has_line(&said, &[&format!("{} {range}", group.counted)]), "{said}");
    }
    assert!(has_line(&said, &["Quy tắc: unmet = hold-level-1"]), "{said}");
}

#[test]
fn a_whole_return_tells_its_groups_and_a_missing_one_that_it_is_missing() {
    let office = office();
    let ran = ran(&office);
    let (_, said) = why(&ran, &["trường thcs bình minh"]);
    assert!(has_line(&said, &["Mức độ chung: Mức 1"]) && has_line(&said, &["Quy tắc: overall"]), "{said}");
    let (code, said) = why(&ran, &["80100002"]);
    assert_eq!(code, 0);
    assert!(said.contains("Chưa nộp"), "{said}");
}

#[test]
fn a_computed_criterion_tells_its_numbers_with_or_without_the_office() {
    let office = office();
    let ran = ran(&office);
    let (code, said) = why(&ran, &["co-quan", "2.1"]);
    assert_eq!(code, 0, "{said}");
    let numbers = ran.outcome.offices.as_ref().unwrap().computed.iter().find(|one| one.code == "2.1".parse().unwrap());
    let numbers = numbers.unwrap();
    assert!(has_line(&said, &["Trường phải nộp: 2"]) && has_line(&said, &["Phiếu được tính: 1"]), "{said}");
    assert!(has_line(&said, &[&format!("Tử số: {}", numbers.numerator)]), "{said}");
    assert!(has_line(&said, &[&format!("Mẫu số: {}", numbers.denominator)]), "{said}");
    assert!(has_line(&said, &["Số trường: ", "Mức 1"]), "{said}");
    assert!(has_line(&said, &["Quy tắc: 2.1 formula", "tạm đặt"]), "{said}");
    assert_eq!(why(&ran, &["2.1"]), (0, said));
    let (_, english) = why(&ran, &["co-quan", "2.1", "--lang", "en"]);
    assert!(has_line(&english, &["Denominator: "]) && has_line(&english, &["basis: "]), "{english}");
}

#[test]
fn the_unknown_ends_with_2_and_the_nearest() {
    let office = office();
    let ran = ran(&office);
    let (code, said) = why(&ran, &["Mầm non Tuổi Thơm"]);
    assert_eq!(code, 2);
    assert!(said.contains("gần nhất: 80200003 Trường Mầm non Tuổi Thơ"), "{said}");
    let (code, said) = why(&ran, &["80100001", "1.3.99"]);
    assert_eq!(code, 2);
    assert!(said.contains("1.3.9"), "{said}");
    assert_eq!(why(&ran, &["co-quan", "9.9"]).0, 2);
    let nowhere = Command::new(env!("CARGO_BIN_EXE_cds")).args(["why", "/khong-co", "1"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
}

/// Names that people know: the office folder for its newest run, a former code, a part of a name that one school has.
#[test]
fn the_office_folder_and_a_part_of_a_name_are_enough() {
    let office = office();
    let run = ran(&office);
    let path = office.path().to_str().unwrap().to_owned();
    let cds = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_cds")).args(words).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.code().unwrap(), said)
    };
    let (code, said) = cds(&["why", &path, "bình minh", "1.3.1"]);
    assert!(code == 0 && has_line(&said, &["Được tính: 0/6"]), "{said}");
    // A part that several have is told with those that have it.
    let (code, said) = cds(&["why", &path, "trường"]);
    assert!(code == 2 && said.contains("80100001") && said.contains("80200003"), "{said}");
    let (code, said) = cds(&["verify", &path]);
    assert!(code == 0 && said.contains("2025-06-01T0200"), "{said}");
    let (code, said) = cds(&["compare", &path, run.path.to_str().unwrap()]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = cds(&["finalize", &path, "--moc", "phe-duyet", "--accept-open"]);
    assert!(code == 0 && said.contains("2025-06-01T0200-phe-duyet"), "{said}");
    // A former code too.
    let mut outcome = run.outcome.clone();
    outcome.schools[1].former_codes = vec![cds::school::SchoolCode("0123".to_owned())];
    assert!(cds::why::text(&outcome, "123", None, cds::finding::Lang::Vi).unwrap().contains("Hoa Sen"));
}
