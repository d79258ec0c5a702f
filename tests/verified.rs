//! Verified scores: the template, several reviewers, what is refused, and a return that changes.

#![allow(clippy::unwrap_used)]

use std::fs;

use cds::finding::{Code, Finding, Lang, code};
use cds::outcome::{Outcome, ReviewKind, Standing};
use cds::points::Points;
use cds::rules::NodeKind;

use crate::offices::{SCHOOLS, TestOffice, cell_at, edit, expected, item, sheet};

const SHEET: &str = "Thẩm định";

fn items(office: &TestOffice) -> Vec<String> {
    let plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
    plain.take(6).map(|node| node.code.to_string()).collect()
}

/// An office with two returns and a run; the bytes of its template.
fn begun() -> (TestOffice, Vec<String>, Vec<u8>) {
    let office = TestOffice::new();
    let items = items(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&items[0], "1")]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    let done = office.run("2025-05-10T08:00");
    let bytes = fs::read(done.path.join("mau-tham-dinh.xlsx")).unwrap();
    (office, items, bytes)
}

/// A row to fill: school, item, then column and value.
type Filling<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Fills rows of the template.
fn fill(template: &[u8], rows: &[Filling]) -> Vec<u8> {
    let texts = sheet(template, SHEET);
    let cells: Vec<(String, &str)> = rows
        .iter()
        .flat_map(|(school, item, values)| {
            values.iter().map(|(title, value)| (cell_at(&texts, &[school, item], title), *value)).collect::<Vec<_>>()
        })
        .collect();
    edit(template, SHEET, &cells)
}

const FULL: [(&str, &str); 5] = [
    ("Hình thức thẩm định", "Tại trường"),
    ("Ngày thẩm định", "12/5/2025"),
    ("Số biên bản", "03/BB-PGDĐT"),
    ("Người thẩm định", "Trần Thị B"),
    ("Lý do", "Thiếu minh chứng"),
];

fn with<'a>(score: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut values: Vec<(&str, &str)> = vec![("Điểm thẩm định", score)];
    values.extend(FULL);
    for (title, value) in other {
        values.retain(|(known, _)| known != title);
        if !value.is_empty() {
            values.push((*title, *value));
        }
    }
    values
}

fn said(outcome: &Outcome) -> Vec<&Finding> {
    let own = |finding: &&Finding| finding.place.file.as_deref().is_some_and(|file| file.starts_with("tham-dinh/"));
    outcome.findings.iter().filter(own).collect()
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    let mut codes: Vec<Code> = said(outcome).iter().map(|finding| finding.code).collect();
    codes.sort();
    codes
}

/// Where the only finding of this code is.
fn place_of(outcome: &Outcome, code: Code) -> &cds::finding::Place {
    let mut of_code = outcome.findings.iter().filter(|finding| finding.code == code);
    let place = &of_code.next().expect("it is said").place;
    assert!(of_code.next().is_none(), "it is said once");
    place
}

/// The rows of the report's `Thẩm định`.
fn recorded(report: &[u8]) -> Vec<Vec<String>> {
    let rows = sheet(report, SHEET);
    let head = rows.iter().position(|row| row[0] == "Mã trường").unwrap();
    rows[head + 1..].to_vec()
}

#[test]
fn a_verified_score_counts_beside_the_self_score_until_the_return_changes() {
    let (office, items, template) = begun();
    let school = SCHOOLS[1].0;
    let bytes = fill(&template, &[(school, &items[1], &with("2,5", &[]))]);
    office.put("tham-dinh/to 1.xlsx", &bytes, 12);
    let done = office.run("2025-05-13T08:00");
    assert_eq!(codes(&done.outcome), []);
    let scored = expected(&done.outcome, school).scored.as_ref().unwrap();
    let node = &scored.nodes[office.set().index_of(item(&items[1])).unwrap()];
    let max = office.set().node(item(&items[1])).unwrap().max.unwrap();
    assert_eq!(
        (node.claimed, node.verified, node.counted),
        (Some(max), Some(Points::hundredths(250)), Points::hundredths(250))
    );
    assert_eq!(done.outcome.ledger.schools.verified_difference, Points::hundredths(250) - max);
    let [one] = &done.outcome.verifications[..] else { panic!() };
    assert_eq!((one.kind, one.standing, one.minutes.as_str()), (ReviewKind::OnSite, Standing::Counts, "03/BB-PGDĐT"));
    assert_eq!(one.date.unwrap().to_string(), "2025-05-12");
    let csv = fs::read_to_string(done.path.join("diem.csv")).unwrap();
    let row = csv.lines().find(|line| line.starts_with(school) && line.contains(&format!(",{},", items[1]))).unwrap();
    assert!(row.contains(&format!(",{},2.5,2.5,", max.plain())), "{row}");
    let report = fs::read(done.path.join("tong-hop.xlsx")).unwrap();
    let [row] = &recorded(&report)[..] else { panic!() };
    assert_eq!((&row[0][..], &row[3][..]), (school, &items[1][..]));
    assert_eq!(row[6..9], [max.plain(), "2.5".to_owned(), (Points::hundredths(250) - max).plain()]);
    assert_eq!(row[9..15], ["Tại trường", "45789", "03/BB-PGDĐT", "Trần Thị B", "Thiếu minh chứng", "Có"]);

    // The same answers in another file are the same version; other answers are not.
    office.put("nop/b2.xlsx", &office.form(1, &[]), 14);
    assert_eq!(codes(&office.run("2025-05-15T08:00").outcome), []);
    office.put("nop/b3.xlsx", &office.form(1, &[(&items[2], "1")]), 16);
    let changed = office.run("2025-05-17T08:00").outcome;
    assert_eq!(codes(&changed), [code::VERIFIED_RETURN_CHANGED]);
    assert_eq!(changed.verifications[0].standing, Standing::ReturnChanged);
    let report = cds::report::to_bytes(&changed).unwrap();
    let [row] = &recorded(&report)[..] else { panic!() };
    assert_eq!((&row[7][..], &row[8][..], &row[14][..]), ("2.5", "", "Không: phiếu đã đổi sau thẩm định"));
    let scored = expected(&changed, school).scored.as_ref().unwrap();
    assert!(scored.nodes.iter().all(|node| node.verified.is_none()));
}

#[test]
fn reviewers_who_disagree_are_told_and_neither_is_taken() {
    let (office, items, template) = begun();
    let school = SCHOOLS[1].0;
    let of = |score| fill(&template, &[(school, &items[1], &with(score, &[])), (school, &items[2], &with("1", &[]))]);
    office.put("tham-dinh/a.xlsx", &of("2"), 12);
    office.put("tham-dinh/b.xlsx", &of("3"), 12);
    let outcome = office.run("2025-05-13T08:00").outcome;
    assert_eq!(codes(&outcome), [code::VERIFIED_DISAGREE]);
    let message = said(&outcome)[0].message(Lang::Vi);
    assert!(message.contains("2 và 3") && message.contains("tham-dinh/b.xlsx > Thẩm định > H"), "{message}");
    let scored = expected(&outcome, school).scored.as_ref().unwrap();
    let verified = |code: &str| scored.nodes[office.set().index_of(item(code)).unwrap()].verified;
    assert_eq!((verified(&items[1]), verified(&items[2])), (None, Some(Points::whole(1))));
    let standings: Vec<Standing> = outcome.verifications.iter().map(|one| one.standing).collect();
    assert_eq!(standings, [Standing::Disagrees, Standing::Disagrees, Standing::Counts]);
    let rows = recorded(&cds::report::to_bytes(&outcome).unwrap());
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (&row[7][..], &row[14][..])).collect();
    let differ = "Không: người thẩm định cho điểm khác nhau";
    assert_eq!(told, [("2", differ), ("3", differ), ("1", "Có")]);
}

#[test]
fn what_a_reviewer_crosses_out_or_raises_is_not_read_as_figures() {
    let (office, items, template) = begun();
    let school = SCHOOLS[1].0;
    let piece = |look: &str, text: &str| format!("<r><rPr>{look}</rPr><t>{text}</t></r>");
    let out = |text: &str| piece("<strike/>", text);
    let mended = out("1") + &piece("", "2");
    let raised = piece("", "1") + &piece(r#"<vertAlign val="superscript"/>"#, "2");
    let rows = [(school, &*items[1], &*with(&mended, &[])), (school, &*items[2], &*with(&raised, &[]))];
    office.put("tham-dinh/a.xlsx", &fill(&template, &rows), 12);
    let struck = out("1");
    let withdrawn = with(&struck, &[]);
    office.put("tham-dinh/b.xlsx", &fill(&template, &[(school, &items[3], &withdrawn)]), 12);
    let outcome = office.run("2025-05-13T08:00").outcome;
    let expected_codes =
        [code::VERIFIED_NOT_A_NUMBER, code::VERIFIED_WITHOUT_SCORE, code::CROSSED_OUT, code::CROSSED_OUT];
    let mut expected_codes = expected_codes.to_vec();
    expected_codes.sort();
    assert_eq!(codes(&outcome), expected_codes);
    let struck: Vec<&str> = said(&outcome)
        .iter()
        .filter(|finding| finding.code == code::CROSSED_OUT)
        .map(|finding| finding.values["value"].as_str())
        .collect();
    assert_eq!(struck, ["1", "1"]);
    let scored = expected(&outcome, school).scored.as_ref().unwrap();
    let verified = |code: &str| scored.nodes[office.set().index_of(item(code)).unwrap()].verified;
    assert_eq!([1, 2, 3].map(|n| verified(&items[n])), [Some(Points::whole(2)), None, None]);
}

#[test]
fn what_cannot_be_taken_is_told_at_its_cell_and_the_run_goes_on() {
    let (office, items, template) = begun();
    let school = SCHOOLS[1].0;
    let bytes = fill(
        &template,
        &[
            (school, &items[0], &with("99", &[])),
            (school, &items[1], &with("đạt", &[])),
            (school, &items[2], &with("1", &[("Người thẩm định", "")])),
            (
                school,
                &items[3],
                &with("1", &[("Lý do", ""), ("Ngày thẩm định", "hôm qua"), ("Hình thức thẩm định", "qua mạng")]),
            ),
            (SCHOOLS[0].0, &items[1], &with("1", &[("Mã nội dung", "9.9")])),
            (SCHOOLS[0].0, &items[2], &with("1", &[("Mã trường", "80100009")])),
            (SCHOOLS[0].0, &items[3], &with("", &[])),
        ],
    );
    office.put("tham-dinh/a.xlsx", &bytes, 12);
    office.put("tham-dinh/~$a.xlsx", b"owner", 12);
    office.put(
        "tham-dinh/bang khac.xlsx",
        &fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/forms/qd-4725-2022.xlsx")).unwrap(),
        12,
    );
    office.put("tham-dinh/hong.xlsx", b"PK\x03\x04 damaged", 12);
    let outcome = office.run("2025-05-13T08:00").outcome;
    let found = codes(&outcome);
    for code in [
        code::VERIFIED_OUT_OF_RANGE,
        code::VERIFIED_NOT_A_NUMBER,
        code::VERIFIED_NO_REVIEWER,
        code::VERIFIED_NO_REASON,
        code::VERIFIED_DATE_UNREADABLE,
        code::VERIFIED_KIND_UNKNOWN,
        code::VERIFIED_ITEM_UNKNOWN,
        code::VERIFIED_SCHOOL_UNKNOWN,
        code::VERIFIED_WITHOUT_SCORE,
        code::VERIFIED_FILE_OPEN,
        code::VERIFIED_NO_TABLE,
    ] {
        assert_eq!(found.iter().filter(|found| **found == code).count(), 1, "{code}: {found:?}");
    }
    assert!(said(&outcome).iter().any(|finding| finding.place.file.as_deref() == Some("tham-dinh/hong.xlsx")));
    let used: Vec<_> = outcome.verifications.iter().map(|one| (one.item.to_string(), one.standing)).collect();
    assert_eq!(used, [(items[3].clone(), Standing::Counts)]);
}

#[test]
fn returns_worth_a_look_stand_on_top_with_the_reason() {
    let office = TestOffice::new();
    let condition = office.set().nodes.iter().find(|node| node.kind == NodeKind::Mandatory).unwrap().code.to_string();
    office.put("nop/a.xlsx", &office.form(0, &[]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[(&condition, "Chưa đạt")]), 5);
    let done = office.run("2025-05-10T08:00");
    let rows = sheet(&fs::read(done.path.join("mau-tham-dinh.xlsx")).unwrap(), SHEET);
    let first = &rows[3];
    assert_eq!(first[0], SCHOOLS[1].0);
    assert!(first[14].contains("1 điều kiện bắt buộc chưa đạt"), "{first:?}");
    let version = expected(&done.outcome, SCHOOLS[1].0).scored.as_ref().unwrap().version();
    assert_eq!(first[15], version);
    // Without any word typed it says nothing.
    office.put("tham-dinh/chua dien.xlsx", &fs::read(done.path.join("mau-tham-dinh.xlsx")).unwrap(), 12);
    assert_eq!(codes(&office.run("2025-05-13T08:00").outcome), []);
}

/// A mandatory condition of the set.
fn condition(office: &TestOffice) -> String {
    office.set().nodes.iter().find(|node| node.kind == NodeKind::Mandatory).unwrap().code.to_string()
}

/// A rule of which a condition that is not met bars the return.
fn barring(office: &mut TestOffice) {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/rules/qd-4725-2022.toml")).unwrap();
    let barred = text.replace("hold-level-1", "not-accepted");
    fs::create_dir(office.path("quy-tac")).unwrap();
    fs::write(office.path("quy-tac/a.toml"), &barred).unwrap();
    office.book = cds::rules::book(vec![("quy-tac/a.toml".to_owned(), barred.into_bytes())]).unwrap().book;
}

/// Three returns, of which one has a verified score for a void answer, one a condition that was found unmet and one a
/// condition that was found met.
pub fn verified_office() -> (TestOffice, cds::run::Done) {
    let office = TestOffice::new();
    let (items, condition) = (items(&office), condition(&office));
    office.put("nop/a.xlsx", &office.form(0, &[(&items[0], "tốt"), (&items[1], "1")]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    office.put("nop/c.xlsx", &office.form(2, &[(&condition, "Chưa đạt")]), 5);
    let first = office.run("2025-05-10T08:00");
    let template = fs::read(first.path.join("mau-tham-dinh.xlsx")).unwrap();
    let rows = [
        (SCHOOLS[0].0, &*items[0], &with("2", &[])[..]),
        (SCHOOLS[0].0, &*items[1], &with("0", &[])[..]),
        (SCHOOLS[1].0, &*condition, &with("Chưa đạt", &[])[..]),
        (SCHOOLS[2].0, &*condition, &with("Đạt", &[])[..]),
    ];
    office.put("tham-dinh/to 1.xlsx", &fill(&template, &rows), 12);
    let done = office.run("2025-05-13T08:00");
    (office, done)
}

#[test]
fn reviewers_set_conditions_like_scores() {
    let (office, done) = verified_office();
    let condition = condition(&office);
    let index = office.set().index_of(item(&condition)).unwrap();
    let met = |school: usize| {
        let node = &expected(&done.outcome, SCHOOLS[school].0).scored.as_ref().unwrap().nodes[index];
        (node.own_met(), node.met)
    };
    assert_eq!(
        [met(0), met(1), met(2)],
        [(Some(true), Some(true)), (Some(true), Some(false)), (Some(false), Some(true))]
    );
    let level = |school: usize| expected(&done.outcome, SCHOOLS[school].0).scored.as_ref().unwrap().level.unwrap().0;
    assert_eq!((level(1), level(2) > 1), (1, true));
    assert!(codes(&done.outcome).is_empty());
    // It is said at the school's own answer.
    let place = place_of(&done.outcome, code::VERIFIED_CONDITION_NOT_MET);
    assert_eq!((place.file.as_deref(), place.cell.is_some()), (Some("nop/b.xlsx"), true));
    // What the reviewer has settled nobody is asked for.
    let of = |school: usize| {
        let own = done
            .outcome
            .findings
            .iter()
            .filter(|finding| finding.school.as_ref().is_some_and(|of| of.0 == SCHOOLS[school].0));
        own.filter(|finding| finding.severity != cds::finding::Severity::Note)
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!((of(0), of(2)), (vec![], vec![]));
    let settled = done.outcome.findings.iter().filter(|finding| finding.code == code::SETTLED_BY_VERIFIED).count();
    assert_eq!(settled, 2);
    let back = fs::read_dir(done.path.join("gui-lai-truong")).into_iter().flatten();
    let mut names = back.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // Neither is the school asked to mend what the reviewer has decided.
    assert!(!names.any(|name| name.starts_with(SCHOOLS[0].0) || name.starts_with(SCHOOLS[1].0)));
    let csv = fs::read_to_string(done.path.join("diem.csv")).unwrap();
    let row =
        csv.lines().find(|line| line.starts_with(SCHOOLS[1].0) && line.contains(&format!(",{condition},bat_buoc")));
    assert!(row.unwrap().contains(",0,nop/b.xlsx,"), "{row:?}");
    let report = fs::read(done.path.join("tong-hop.xlsx")).unwrap();
    let row = recorded(&report).into_iter().find(|row| row[0] == SCHOOLS[1].0).unwrap();
    assert_eq!([&row[6], &row[7]], ["Đạt", "Chưa đạt"]);
}

#[test]
fn the_offices_self_column_knows_nothing_of_what_was_verified() {
    let (office, items, template) = begun();
    let before = office.run("2025-05-11T08:00");
    let condition = condition(&office);
    let rows =
        [(SCHOOLS[1].0, &*condition, &with("Chưa đạt", &[])[..]), (SCHOOLS[0].0, &*items[1], &with("0", &[])[..])];
    office.put("tham-dinh/to 1.xlsx", &fill(&template, &rows), 12);
    let done = office.run("2025-05-13T08:00");
    let (with, without) = (done.outcome.offices.unwrap(), before.outcome.offices.unwrap());
    let set = done.outcome.book.get(&with.set).unwrap();
    let mut differ = 0;
    for (index, node) in set.nodes.iter().enumerate().filter(|(_, node)| node.kind != NodeKind::Mandatory) {
        let (now, then) = (&with.scored.nodes[index], &without.scored.nodes[index]);
        assert_eq!(now.claimed, then.claimed, "{}", node.code);
        differ += usize::from(now.counted != then.counted);
    }
    assert!(differ >= 2, "the counted column follows");
    assert!(without.computed_self.is_empty());
    let report = sheet(&fs::read(done.path.join("tong-hop.xlsx")).unwrap(), "Tiêu chí cơ quan");
    let total = report.iter().find(|row| row[1] == "Tổng điểm của cơ quan").unwrap();
    let own: Points = set.tops().filter_map(|(i, _)| without.scored.nodes[i].claimed).sum();
    assert_eq!([&total[4], &total[6]], [&own.plain(), &with.scored.total.plain()]);
    assert!(own != with.scored.total);
}

#[test]
fn a_condition_found_unmet_bars_the_return_where_the_rules_say_so() {
    let mut office = TestOffice::new();
    barring(&mut office);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    let template = fs::read(office.run("2025-05-10T08:00").path.join("mau-tham-dinh.xlsx")).unwrap();
    let condition = condition(&office);
    let bytes = fill(&template, &[(SCHOOLS[1].0, &condition, &with("Chưa đạt", &[]))]);
    office.put("tham-dinh/a.xlsx", &bytes, 12);
    let done = office.run("2025-05-13T08:00");
    let place = place_of(&done.outcome, code::VERIFIED_CONDITION_BARS);
    assert_eq!((place.file.as_deref(), place.cell.is_some()), (Some("nop/b.xlsx"), true));
    let own = expected(&done.outcome, SCHOOLS[1].0);
    assert_eq!((own.status, own.scored.is_none()), (cds::outcome::Status::NotValid, true));
    assert_eq!(done.outcome.files[0].disposition.key(), "chua_hop_le");
}

#[test]
fn what_is_no_answer_to_a_condition_is_told_and_two_that_differ_are_not_used() {
    let (office, _, template) = begun();
    let condition = condition(&office);
    let school = SCHOOLS[1].0;
    for (name, value) in [("a", "Đạt"), ("b", "chưa đạt")] {
        office.put(&format!("tham-dinh/{name}.xlsx"), &fill(&template, &[(school, &condition, &with(value, &[]))]), 12);
    }
    let outcome = office.run("2025-05-13T08:00").outcome;
    assert_eq!(codes(&outcome), [code::VERIFIED_DISAGREE]);
    assert!(said(&outcome)[0].message(Lang::Vi).contains("Đạt và Chưa đạt"));
    fs::remove_file(office.path("tham-dinh/b.xlsx")).unwrap();
    for value in ["7", "xem lại", "một phần", "2,5"] {
        office.put("tham-dinh/a.xlsx", &fill(&template, &[(school, &condition, &with(value, &[]))]), 12);
        let outcome = office.run("2025-05-14T08:00").outcome;
        assert_eq!(codes(&outcome), [code::VERIFIED_CONDITION_UNREADABLE], "{value}");
    }
}
