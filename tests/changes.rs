//! What a rule file would change, and what changed from one run to another.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

use cds::finding::{Lang, code};
use cds::outcome::{Outcome, Status};
use cds::points::Points;
use cds::rules::{EMBEDDED, NodeKind, Origin, RuleSet, load};
use cds::run::impact::impact;
use cds::views::changes::compare;

use crate::offices::{SCHOOLS, SET, TestOffice, sheet};

/// The embedded set, with another maximum for one item.
fn with_max(code: &str, max: &str) -> String {
    let (_, text) = EMBEDDED.iter().find(|(name, _)| name.starts_with(SET)).unwrap();
    let at = text.find(&format!("code = \"{code}\"")).unwrap();
    let start = at + text[at..].find("max = ").unwrap();
    let end = start + text[start..].find('\n').unwrap();
    format!("{}max = {max}{}", &text[..start], &text[end..])
}

fn set(text: &str) -> RuleSet {
    load(text, Origin::File("moi.toml".to_owned())).unwrap().set
}

fn first_points(office: &TestOffice) -> (String, Points) {
    let node = office.set().nodes.iter().find(|node| node.kind == NodeKind::Points).unwrap();
    (node.code.to_string(), node.max.unwrap())
}

#[test]
fn a_rule_file_is_told_before_it_is_adopted() {
    let office = TestOffice::new();
    let (code, max) = first_points(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&code, "1")]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    let done = office.run("2025-05-10T08:00");
    let same = impact(&done.outcome, office.set()).unwrap();
    assert_eq!((same.schools.len(), same.scored, same.office, same.without_return), (0, 2, None, 1));

    // With a lower maximum the full marks of one school are too many; the other's point stays.
    let text = with_max(&code, "2");
    let lower = impact(&done.outcome, &set(&text)).unwrap();
    let [change] = &lower.schools[..] else { panic!("{lower:?}") };
    assert_eq!(done.outcome.schools[change.school].code.0, SCHOOLS[1].0);
    assert_eq!(change.total.points.0 - change.total.points.1, max);
    assert_eq!(change.items, [(code.parse().unwrap(), max, Points::ZERO)]);

    fs::write(office.path("moi.toml"), text).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_cds"))
        .args(["rules", "impact"])
        .args([office.path("moi.toml"), done.path])
        .output()
        .unwrap();
    let shown = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.success() && shown.contains("1/2 phiếu đổi điểm hoặc mức"), "{shown}");
    assert!(shown.contains("Trường THCS Đức Hòa: điểm") && shown.contains("1 phiếu chưa nộp"), "{shown}");
}

#[test]
fn two_runs_are_compared() {
    let office = TestOffice::new();
    let (item, _) = first_points(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&item, "99")]), 5);
    let first = office.run("2025-05-10T08:00");
    assert_eq!(compare(&first.outcome, &first.outcome), cds::views::changes::Changes::default());
    office.put("nop/a2.xlsx", &office.form(0, &[]), 11);
    office.put("nop/b.xlsx", &office.form(1, &[(&item, "99")]), 11);
    let second = office.run("2025-05-12T08:00");
    let own = fs::read(second.path.join("dieu-hanh.xlsx")).unwrap();
    let today = sheet(&own, "Việc hôm nay");
    assert!(
        today[3][0].starts_with("Từ lần chạy 2025-05-10T0800: 1 phiếu mới nộp; 1 phiếu nay được tính"),
        "{today:?}"
    );
    assert!(today[3][0].contains("số chỗ phải sửa 1 → 1"), "{}", today[3][0]);
    let told: Vec<_> = today[5..].iter().map(|row| (&row[1][..], &row[7][..])).collect();
    assert_eq!(told, [(SCHOOLS[2].0, "vẫn chưa nộp"), (SCHOOLS[1].0, "mới nộp")]);
    let mut after: Outcome = second.outcome;
    let changes = compare(&first.outcome, &after);
    let status: Vec<_> = changes.schools.iter().map(|one| (one.school.0.as_str(), one.status)).collect();
    let accepted = Status::Accepted;
    let want = [(SCHOOLS[0].0, (Some(accepted), accepted)), (SCHOOLS[1].0, (Some(Status::Missing), accepted))];
    assert_eq!(status, want);
    assert!(changes.schools[0].result.0.points < changes.schools[0].result.1.points);
    let of = |findings: &[cds::finding::Finding], code| findings.iter().filter(|finding| finding.code == code).count();
    assert_eq!((of(&changes.new_findings, code::ABOVE_MAX), of(&changes.gone_findings, code::ABOVE_MAX)), (1, 1));
    assert_eq!(of(&changes.gone_findings, code::MISSING), 1);
    assert!(cds::compare::text(&changes, Lang::Vi).contains("chưa nộp → được tính"));

    // A school with a new code is still the same school.
    let school = &mut after.schools[0];
    school.former_codes = vec![std::mem::replace(&mut school.code, cds::school::SchoolCode("99".to_owned()))];
    let changes = compare(&first.outcome, &after);
    assert_eq!((changes.schools[0].school.0.as_str(), changes.schools[0].status.0), ("99", Some(accepted)));
    assert_eq!((changes.gone.len(), changes.new.len()), (0, 0));
}
