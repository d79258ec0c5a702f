//! What a rule file would change, and what changed from one run to another.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

use cds::finding::{Finding, Lang, code};
use cds::outcome::{Outcome, Status};
use cds::points::Points;
use cds::rules::{EMBEDDED, NodeKind, Origin, RuleSet, load};
use cds::run::impact::impact;
use cds::views::changes::{Comparison, Pair};

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
    assert_eq!(change.stands.0.points.unwrap() - change.stands.1.points.unwrap(), max);
    let items: Vec<_> = change.items.iter().map(|one| (one.code, one.before.points, one.after.points)).collect();
    assert_eq!(items, [(code.parse().unwrap(), Some(max), Some(Points::ZERO))]);

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
    let same = Comparison::of(&first.outcome, &first.outcome);
    assert_eq!((same.changed().count(), same.findings(), same.office()), (0, (vec![], vec![]), None));
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
    let told: Vec<_> =
        today[5..].iter().filter(|row| !row[1].is_empty()).map(|row| (&row[1][..], &row[7][..])).collect();
    assert_eq!(told, [(SCHOOLS[2].0, "vẫn chưa nộp"), (SCHOOLS[1].0, "mới nộp")]);
    let mut after: Outcome = second.outcome;
    let changes = Comparison::of(&first.outcome, &after);
    let accepted = Some(Status::Accepted);
    let status = |pair: &Pair| {
        let (before, after) = pair.stands();
        (changes.after.school_of(pair.after).code.0.clone(), before.status, after.status)
    };
    let want =
        [(SCHOOLS[0].0.to_owned(), accepted, accepted), (SCHOOLS[1].0.to_owned(), Some(Status::Missing), accepted)];
    assert_eq!(changes.changed().map(status).collect::<Vec<_>>(), want);
    let first_pair = changes.changed().next().unwrap();
    assert!(first_pair.difference() > Points::ZERO && first_pair.items().len() == 1);
    let (new, gone) = changes.findings();
    let of = |findings: &[&Finding], code| findings.iter().filter(|finding| finding.code == code).count();
    assert_eq!((of(&new, code::ABOVE_MAX), of(&gone, code::ABOVE_MAX)), (1, 1));
    assert_eq!(of(&gone, code::MISSING), 1);
    assert!(cds::compare::text(&changes, Lang::Vi).contains("chưa nộp → đã nhận"));

    // A school with a new code is still the same school.
    let school = &mut after.schools[0];
    school.former_codes = vec![std::mem::replace(&mut school.code, cds::school::SchoolCode("99".to_owned()))];
    let changes = Comparison::of(&first.outcome, &after);
    let (before, _) = changes.changed().next().unwrap().stands();
    assert_eq!((after.schools[0].code.0.as_str(), before.status), ("99", accepted));
    assert_eq!((changes.gone_schools().count(), changes.new_schools().count()), (0, 0));
}
