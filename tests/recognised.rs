//! Recognised results: the template, what stands beside self, verified and counted, what is refused, and the milestone.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::{Command, Output};

use cds::codes::Level;
use cds::finding::{Code, Finding, code};
use cds::outcome::Outcome;
use cds::points::Points;
use cds::rules::Node;
use cds::run::Done;

use crate::documents::made::paragraphs;
use crate::offices::{SCHOOLS, SET, TestOffice, cell_at, edit, sheet};

const FILE: &str = "cong-nhan.xlsx";
/// Cells below the header of `Quyết định`.
const DECISION: [(&str, &str); 3] = [("A4", "12/QĐ-SGDĐT"), ("B4", "31/7/2025"), ("C4", "Sở GDĐT Long An")];

/// A workbook as somebody types it without the template: the level of one school.
pub fn workbook(school: &str, level: u8) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Trường").unwrap();
    sheet.write_row(0, 0, ["Mã trường", "Mức độ được công nhận"]).unwrap();
    sheet.write_string(1, 0, school).unwrap();
    sheet.write_number(1, 1, level).unwrap();
    book.save_to_buffer().unwrap()
}

fn begun() -> (TestOffice, Done, Vec<u8>) {
    let office = TestOffice::new();
    office.put("nop/a.xlsx", &office.form(0, &[]), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    let done = office.run("2025-05-10T08:00");
    let template = fs::read(done.path.join("mau-cong-nhan.xlsx")).unwrap();
    (office, done, template)
}

/// The first group, and a criterion below it, of the office's set.
fn nodes(outcome: &Outcome) -> (Node, Node) {
    let set = outcome.book.of_office().unwrap();
    let (_, group) = set.tops().next().unwrap();
    let scored = group.children.iter().map(|&at| &set.nodes[at]).find(|node| node.max.is_some());
    (group.clone(), scored.unwrap().clone())
}

fn decided(book: &[u8]) -> Vec<u8> {
    edit(book, "Quyết định", &DECISION.map(|(at, text)| (at.to_owned(), text)))
}

/// Types into the row of a code.
fn typed(book: &[u8], name: &str, rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let texts = sheet(book, name);
    let cells: Vec<(String, &str)> =
        rows.iter().map(|(key, title, value)| (cell_at(&texts, &[key], title), *value)).collect();
    edit(book, name, &cells)
}

fn said(outcome: &Outcome) -> Vec<&Finding> {
    outcome.findings.iter().filter(|finding| finding.place.file.as_deref() == Some(FILE)).collect()
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    let mut codes: Vec<Code> = said(outcome).iter().map(|finding| finding.code).collect();
    codes.sort();
    codes
}

fn finalize(done: &Done, moc: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    command.arg("finalize").arg(&done.path).args(["--moc", moc, "--accept-open"]).output().unwrap()
}

#[test]
fn what_was_recognised_stands_beside_what_counts_and_changes_nothing() {
    let (office, first, template) = begun();
    let (_, criterion) = nodes(&first.outcome);
    let counted = first.outcome.offices.as_ref().unwrap().scored.clone();
    let of = |code| {
        let at = first.outcome.book.of_office().unwrap().index_of(code).unwrap();
        counted.nodes[at].counted
    };
    let own = of(criterion.code);
    let less = if own > Points::ZERO { Points::ZERO } else { Points::hundredths(50) };
    let code = criterion.code.to_string();
    let book = typed(
        &decided(&template),
        "Cơ quan",
        &[
            (&code, "Điểm công nhận", &less.to_string()),
            (&code, "Lý do", "Thiếu biên bản"),
            ("tong", "Mức công nhận", "Mức 2"),
            ("tong", "Lý do", "Theo quyết định"),
        ],
    );
    let book = typed(&book, "Trường", &[(SCHOOLS[0].0, "Mức công nhận", "1")]);
    office.put(FILE, &book, 20);
    let done = office.run("2025-08-01T08:00");
    assert_eq!(codes(&done.outcome), [], "{:?}", said(&done.outcome));
    let recognised = done.outcome.recognised.as_ref().unwrap();
    let item = recognised.item(Some(criterion.code)).unwrap();
    assert_eq!((item.points, item.reason.as_str()), (Some(less), "Thiếu biên bản"));
    assert_eq!(recognised.item(None).unwrap().level, Some(Level(2)));
    assert_eq!(recognised.schools[0].level, Level(1));
    assert_eq!(recognised.decision.number, "12/QĐ-SGDĐT");
    assert_eq!(recognised.decision.date, Some(jiff::civil::date(2025, 7, 31)));
    // Nothing that counts is otherwise.
    assert_eq!(done.outcome.offices.as_ref().unwrap().scored, counted);
    let report = fs::read(done.path.join("tong-hop.xlsx")).unwrap();
    let rows = sheet(&report, "Công nhận");
    let line = rows.iter().find(|row| row[3] == code).unwrap();
    assert_eq!(line[4], criterion.title);
    assert_eq!(line[8].parse::<f64>().unwrap(), less.to_f64());
    assert_eq!(line[7].parse::<f64>().unwrap(), own.to_f64());
    assert!(line[13].contains("Thiếu biên bản"), "{line:?}");
    let school = rows.iter().find(|row| row[0] == SCHOOLS[0].0).unwrap();
    assert_eq!(school[12], "1");
    assert!(rows.iter().any(|row| row[0].contains("12/QĐ-SGDĐT")), "{rows:?}");
    // Each difference is explained beside the milestones.
    let rows = sheet(&report, "Các mốc");
    let differs: Vec<_> = rows.iter().filter(|row| row[1] == "Được công nhận").collect();
    assert!(differs.iter().any(|row| row[5] == code && row[12].contains("Thiếu biên bản")), "{rows:?}");
    let school = differs.iter().find(|row| row[2] == SCHOOLS[0].0).unwrap();
    assert!(school[10].starts_with("Mức") && school[11] == "Mức 1", "{school:?}");
    // The next template keeps what was typed.
    let again = fs::read(done.path.join("mau-cong-nhan.xlsx")).unwrap();
    let rows = sheet(&again, "Cơ quan");
    assert!(rows.iter().any(|row| row[0] == code && row[6] == "Thiếu biên bản"), "{rows:?}");
    assert_eq!(sheet(&again, "Quyết định")[3][0], "12/QĐ-SGDĐT");
}

#[test]
fn the_milestone_needs_what_was_recognised() {
    let (office, done, template) = begun();
    let output = finalize(&done, "cong-nhan");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && text.contains("mau-cong-nhan.xlsx"), "{text}");
    let whole = [("tong", "Điểm công nhận", "61,5"), ("tong", "Mức công nhận", "2"), ("tong", "Lý do", "QĐ")];
    let book = typed(&decided(&template), "Cơ quan", &whole);
    office.put(FILE, &typed(&book, "Trường", &[(SCHOOLS[1].0, "Mức công nhận", "3")]), 20);
    let done = office.run("2025-08-01T08:00");
    let output = finalize(&done, "cong-nhan");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = office.path("ket-qua/2025-08-01T0800-cong-nhan");
    let frozen = Outcome::read_json(&fs::read(folder.join("ket-qua.json")).unwrap()).unwrap();
    assert_eq!(frozen.recognised.unwrap().item(None).unwrap().level, Some(Level(2)));
    // The notice names what was recognised: of the office, and of the schools that the decision names.
    let notice = fs::read(office.path("van-ban/thong-bao-cong-bo-2025-08-01T0800-cong-nhan.docx")).unwrap();
    let all = paragraphs(&notice);
    let office_line = all.iter().find(|line| line.contains("được công nhận theo")).unwrap();
    assert!(office_line.contains("12/QĐ-SGDĐT ngày 31/07/2025"), "{office_line}");
    assert!(office_line.contains(": 61,5/") && office_line.contains("điểm; mức độ: Mức 2"), "{office_line}");
    let head = all.iter().position(|line| line == "Mức được công nhận").unwrap();
    let row = all[head..].iter().position(|line| line == SCHOOLS[1].0).unwrap();
    assert!(all[head + row + 5].starts_with("Mức 3"), "{:?}", &all[head..]);
}

#[test]
fn whatever_is_wrong_is_said_where_it_stands() {
    let (office, first, template) = begun();
    let (group, criterion) = nodes(&first.outcome);
    let (group, criterion) = (group.code.to_string(), criterion.code.to_string());
    let good = decided(&template);
    let office_row = |rows: &[(&str, &str, &str)]| typed(&good, "Cơ quan", rows);
    let school = |rows: &[(&str, &str, &str)]| typed(&good, "Trường", rows);
    let below = |name: &str, cells: &[(&str, &str)]| {
        let row = sheet(&good, name).len() + 1;
        let cells: Vec<(String, &str)> = cells.iter().map(|(col, text)| (format!("{col}{row}"), *text)).collect();
        edit(&good, name, &cells)
    };
    let reason = ("Lý do", "Có lý do");
    let cases: Vec<(&str, Vec<u8>, Code, &str)> = vec![
        (
            "another header",
            edit(&good, "Cơ quan", &[("E3".into(), "Điểm A"), ("F3".into(), "Cột B")]),
            code::RECOGNISED_NO_TABLE,
            "Cơ quan",
        ),
        (
            "a code of no set",
            below("Cơ quan", &[("A", "9.9.9"), ("E", "1"), ("G", "x")]),
            code::RECOGNISED_ITEM_UNKNOWN,
            "A",
        ),
        (
            "twice",
            {
                let book = office_row(&[(&criterion, "Điểm công nhận", "0"), (&criterion, reason.0, reason.1)]);
                let row = sheet(&book, "Cơ quan").len() + 1;
                edit(&book, "Cơ quan", &[(format!("A{row}"), criterion.as_str()), (format!("E{row}"), "1")])
            },
            code::RECOGNISED_ITEM_TWICE,
            "A",
        ),
        (
            "no number",
            office_row(&[(&criterion, "Điểm công nhận", "bảy rưỡi")]),
            code::RECOGNISED_POINTS_UNREADABLE,
            "E",
        ),
        (
            "too many points",
            office_row(&[(&criterion, "Điểm công nhận", "9999")]),
            code::RECOGNISED_POINTS_OUT_OF_RANGE,
            "E",
        ),
        (
            "less than none",
            office_row(&[(&criterion, "Điểm công nhận", "-1")]),
            code::RECOGNISED_POINTS_OUT_OF_RANGE,
            "E",
        ),
        ("no level", office_row(&[("tong", "Mức công nhận", "9")]), code::RECOGNISED_LEVEL_UNREADABLE, "F"),
        (
            "words for a level",
            school(&[(SCHOOLS[0].0, "Mức công nhận", "khá lắm")]),
            code::RECOGNISED_LEVEL_UNREADABLE,
            "E",
        ),
        (
            "no such school",
            below("Trường", &[("A", "8010001"), ("C", SET), ("E", "2")]),
            code::RECOGNISED_SCHOOL_UNKNOWN,
            "A",
        ),
        (
            "a school twice",
            {
                let book = school(&[(SCHOOLS[0].0, "Mức công nhận", "2")]);
                let row = sheet(&book, "Trường").len() + 1;
                edit(&book, "Trường", &[(format!("A{row}"), SCHOOLS[0].0), (format!("E{row}"), "3")])
            },
            code::RECOGNISED_SCHOOL_TWICE,
            "A",
        ),
        (
            "another set",
            school(&[(SCHOOLS[0].0, "Bộ chỉ số", "MN"), (SCHOOLS[0].0, "Mức công nhận", "2")]),
            code::RECOGNISED_SET_UNKNOWN,
            "C",
        ),
        ("no code", below("Cơ quan", &[("E", "5")]), code::RECOGNISED_WITHOUT_CODE, "A"),
        ("a school without code", below("Trường", &[("E", "2")]), code::RECOGNISED_WITHOUT_CODE, "A"),
        (
            "no decision",
            typed(&template, "Trường", &[(SCHOOLS[0].0, "Mức công nhận", "3")]),
            code::RECOGNISED_DECISION_INCOMPLETE,
            "A4",
        ),
        (
            "no date",
            edit(&school(&[(SCHOOLS[0].0, "Mức công nhận", "3")]), "Quyết định", &[("B4".into(), "cuối tháng")]),
            code::RECOGNISED_DATE_UNREADABLE,
            "B4",
        ),
        (
            "two decisions",
            edit(&school(&[(SCHOOLS[0].0, "Mức công nhận", "3")]), "Quyết định", &[("A5".into(), "13/QĐ")]),
            code::RECOGNISED_DECISION_TWICE,
            "A5",
        ),
        (
            "not the sum",
            {
                let set = first.outcome.book.of_office().unwrap();
                let (_, top) = set.tops().next().unwrap();
                let below: Vec<String> = top
                    .children
                    .iter()
                    .map(|&at| &set.nodes[at])
                    .filter(|node| node.max.is_some())
                    .map(|node| node.code.to_string())
                    .collect();
                let mut rows: Vec<(&str, &str, &str)> = below
                    .iter()
                    .flat_map(|code| [(code.as_str(), "Điểm công nhận", "0"), (code.as_str(), reason.0, reason.1)])
                    .collect();
                rows.extend([(group.as_str(), "Điểm công nhận", "1"), (group.as_str(), reason.0, reason.1)]);
                office_row(&rows)
            },
            code::RECOGNISED_TOTAL_DIFFERS,
            "E",
        ),
        ("no reason", office_row(&[("tong", "Điểm công nhận", "0,5")]), code::RECOGNISED_NO_REASON, "E"),
        ("nothing", template.clone(), code::RECOGNISED_NOTHING, ""),
        (
            "of another run",
            office_row(&[
                (&criterion, "Điểm được tính", "0,25"),
                (&criterion, "Điểm công nhận", "0,25"),
                (&criterion, reason.0, reason.1),
            ]),
            code::RECOGNISED_FIGURES_CHANGED,
            "E",
        ),
        ("no return", school(&[(SCHOOLS[2].0, "Mức công nhận", "2")]), code::RECOGNISED_WITHOUT_RETURN, "E"),
    ];
    for (at, (what, book, code, place)) in cases.into_iter().enumerate() {
        office.put(FILE, &book, 20);
        let done = office.run(&format!("2025-08-01T08:{at:02}"));
        let found: Vec<&Finding> = said(&done.outcome).into_iter().filter(|finding| finding.code == code).collect();
        assert!(!found.is_empty(), "{what}: {:?}", said(&done.outcome));
        let shown = found[0].place.to_string();
        let end = shown.rsplit(" > ").next().unwrap();
        assert!(end.starts_with(place) || place.is_empty(), "{what}: {shown}");
        assert!(!found[0].advice(cds::finding::Lang::Vi).is_empty());
        fs::remove_dir_all(&done.path).unwrap();
    }
    // Not a workbook; and levels that do not follow from points.
    office.put(FILE, b"PK", 20);
    let done = office.run("2025-08-02T08:00");
    assert!(done.outcome.recognised.is_none());
    assert_eq!(said(&done.outcome).len(), 1, "{:?}", said(&done.outcome));
    let row = [("tong", "Điểm công nhận", "0"), ("tong", "Mức công nhận", "2")];
    office.put(FILE, &typed(&good, "Cơ quan", &row), 20);
    let done = office.run("2025-08-03T08:00");
    assert!(codes(&done.outcome).contains(&code::RECOGNISED_LEVEL_NOT_OF_POINTS), "{:?}", said(&done.outcome));
}
