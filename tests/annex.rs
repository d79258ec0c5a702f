//! Figures held against the annex in Excel: the template, what is confirmed or replaced, what is refused.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

use cds::finding::{Code, Lang, code};
use cds::outcome::Outcome;
use cds::points::Points;
use cds::rules::{Basis, NodeKind, Tally, figures};

use crate::offices::{SET, TestOffice, cell_at, edit, sheet};

const SHEET: &str = "Đối chiếu";

fn template(office: &TestOffice, at: &str) -> Vec<u8> {
    fs::read(office.run(at).path.join("mau-doi-chieu-phu-luc.xlsx")).unwrap()
}

/// Fills rows of the template: key, "Theo phụ lục", "Điều khoản", "Người đối chiếu", "Ngày đối chiếu".
fn fill(template: &[u8], rows: &[(&str, [&str; 4])]) -> Vec<u8> {
    let texts = sheet(template, SHEET);
    let titles = ["Theo phụ lục", "Điều khoản", "Người đối chiếu", "Ngày đối chiếu"];
    let cells: Vec<(String, &str)> = rows
        .iter()
        .flat_map(|(key, values)| {
            let filled = titles.iter().zip(values).filter(|(_, value)| !value.is_empty());
            filled.map(|(title, value)| (cell_at(&texts, &[SET, key], title), *value)).collect::<Vec<_>>()
        })
        .collect();
    edit(template, SHEET, &cells)
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    let own = |file: &str| file == "doi-chieu-phu-luc.xlsx";
    let mut codes: Vec<Code> = outcome
        .findings
        .iter()
        .filter(|finding| finding.place.file.as_deref().is_some_and(own))
        .map(|finding| finding.code)
        .collect();
    codes.sort();
    codes
}

/// What `cds rules check` says of an office.
fn rules_check(office: &TestOffice) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_cds"))
        .args(["rules", "check", "--office"])
        .arg(office.dir.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn open(outcome: &Outcome) -> usize {
    Tally::of(outcome.book.sets.iter().filter(|set| set.id.0 == SET)).not_official()
}

const WHO: [&str; 3] = ["Phụ lục I, mục 1.3", "Trần Thị B", "31/5/2025"];

fn row(value: &'static str) -> [&'static str; 4] {
    [value, WHO[0], WHO[1], WHO[2]]
}

#[test]
fn figures_confirmed_or_replaced_become_official() {
    let office = TestOffice::new();
    let blank = template(&office, "2025-05-10T08:00");
    let plain: Vec<_> = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points).take(2).collect();
    let keys = [format!("{} max", plain[0].code), format!("{} max", plain[1].code)];
    office.put("doi-chieu-phu-luc.xlsx", &blank, 11);
    let untouched = office.run("2025-05-11T08:00").outcome;
    assert_eq!(codes(&untouched), []);

    office.put("doi-chieu-phu-luc.xlsx", &fill(&blank, &[(&keys[0], row("Đúng")), (&keys[1], row("5,5"))]), 12);
    let done = office.run("2025-05-12T08:00");
    let outcome = &done.outcome;
    assert_eq!(codes(outcome), [code::ANNEX_REPLACED]);
    assert_eq!(open(outcome), open(&untouched) - 2);
    let set = outcome.book.sets.iter().find(|set| set.id.0 == SET).unwrap();
    assert_eq!(set.node(plain[1].code).unwrap().max, Some(Points::hundredths(550)));
    let figure = figures(set).into_iter().find(|figure| figure.key == keys[1]).unwrap();
    assert_eq!((figure.authority.basis, figure.authority.checked_by.as_str()), (Basis::Official, "Trần Thị B"));
    assert_eq!((figure.authority.clause.as_str(), figure.authority.checked_on.as_str()), (WHO[0], WHO[2]));
    // Its criterion no longer adds up, and that is said; the draft notice counts fewer.
    let parent = plain[1].code.parent().unwrap();
    let unequal = |finding: &&cds::finding::Finding| finding.code == code::MAX_NOT_SUM && finding.item == Some(parent);
    assert_eq!(outcome.findings.iter().filter(unequal).count(), 1);
    let draft = outcome.findings.iter().find(|f| f.code == code::NOT_OFFICIAL && f.set.as_ref().unwrap().0 == SET);
    assert_eq!(draft.unwrap().values["value"], open(outcome).to_string());
    // `cds rules check` sees the same: fewer figures open, the sum that no longer fits.
    let checked = rules_check(&office);
    assert!(checked.contains(&format!("{SET}: {} giá trị", open(outcome))), "{checked}");
    let own = checked.split("\n\n").find(|part| part.starts_with(&format!("{SET}: "))).unwrap();
    assert!(own.contains("(2 chính thức, ") && !keys.iter().any(|key| own.contains(&format!("  {key} "))), "{own}");
    let unequal = outcome.findings.iter().find(unequal).unwrap().message(Lang::Vi);
    assert_eq!(checked.matches(&unequal).count(), 1, "{checked}");
    // What is left to do stands in the new template, and no more.
    let rows = sheet(&fs::read(done.path.join("mau-doi-chieu-phu-luc.xlsx")).unwrap(), SHEET);
    assert!(!rows.iter().any(|row| row[0] == SET && keys.contains(&row[1])));
    assert_eq!(rows.iter().filter(|row| row[0] == SET).count(), open(outcome));
}

#[test]
fn what_cannot_be_taken_is_told_and_the_run_goes_on() {
    let office = TestOffice::new();
    let blank = template(&office, "2025-05-10T08:00");
    let max = |at: usize| {
        let mut plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
        format!("{} max", plain.nth(at).unwrap().code)
    };
    let rows = sheet(&blank, SHEET);
    let mut bytes = fill(
        &blank,
        &[
            (&max(0), row("bảy")),
            (&max(1), ["6", "", "Trần Thị B", ""]),
            ("overall", row("tổng điểm")),
            (&max(2), row("6")),
        ],
    );
    let key = cell_at(&rows, &[SET, &max(2)], "Khóa");
    bytes = edit(&bytes, SHEET, &[(key, "1.99 max")]);
    office.put("doi-chieu-phu-luc.xlsx", &bytes, 12);
    office.put("~$doi-chieu-phu-luc.xlsx", b"owner", 12);
    let outcome = office.run("2025-05-12T08:00").outcome;
    let want = [
        code::ANNEX_KEY_UNKNOWN,
        code::ANNEX_VALUE_REFUSED,
        code::ANNEX_NEEDS_RULE_FILE,
        code::ANNEX_INCOMPLETE,
        code::ANNEX_FILE_OPEN,
    ];
    assert_eq!(codes(&outcome), want);
    assert_eq!(open(&outcome), open(&office.run("2025-05-13T08:00").outcome));
    let checked = rules_check(&office);
    for said in outcome.findings.iter().filter(|finding| want.contains(&finding.code)) {
        let line = format!("{}: ", said.place);
        let told = checked.lines().any(|text| text.starts_with(&line) && text.contains(&said.message(Lang::Vi)));
        assert!(told, "{line}{}\n{checked}", said.message(Lang::Vi));
    }
    let incomplete = outcome.findings.iter().find(|finding| finding.code == code::ANNEX_INCOMPLETE).unwrap();
    assert_eq!(incomplete.values["missing"], "“Điều khoản”, “Ngày đối chiếu”");

    for (name, expected) in [("hong", None), ("khac", Some(code::ANNEX_NO_TABLE))] {
        let bytes = if name == "hong" { b"PK\x03\x04 damaged".to_vec() } else { office.form(0, &[]) };
        office.put("doi-chieu-phu-luc.xlsx", &bytes, 13);
        let found = codes(&office.run(&format!("2025-05-1{}T08:00", if name == "hong" { 4 } else { 5 })).outcome);
        assert!(rules_check(&office).contains("doi-chieu-phu-luc.xlsx: "), "{name}");
        assert!(!found.is_empty() && expected.is_none_or(|code| found.contains(&code)), "{name}: {found:?}");
    }
}
