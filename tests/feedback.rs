//! What goes back to schools, and what comes back from them: the whole round.

#![allow(clippy::unwrap_used)]

use std::fs;

use cds::finding::code;
use cds::layouts::form::{Column, Field, Layout, TABLE_SHEET};
use cds::outcome::Status;
use cds::points::Points;
use cds::rules::NodeKind;

use crate::offices::{SCHOOLS, TestOffice, edit, expected, item, sheet};

fn cell(office: &TestOffice, code: &str, column: Column) -> String {
    let set = office.set();
    Layout::of(set).cell(set.index_of(item(code)).unwrap(), column).to_string()
}

/// The codes of three items with points of their own.
fn items(office: &TestOffice) -> Vec<String> {
    let plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
    plain.take(3).map(|node| node.code.to_string()).collect()
}

/// What a school writes beside its scores: who and when, a note, evidence, amounts; cells and texts.
fn own_words(office: &TestOffice, items: &[String]) -> Vec<(String, &'static str)> {
    let of = |kind: NodeKind| office.set().nodes.iter().find(|node| node.kind == kind).unwrap().code.to_string();
    let field = |field: Field| field.value_cells().0.to_string();
    vec![
        (field(Field::Preparer), "Nguyễn Thị Lan"),
        (field(Field::Head), "Trần Văn Bình"),
        (field(Field::Date), "20/5/2025"),
        (cell(office, &items[0], Column::Note), "Học kỳ II mới triển khai"),
        (cell(office, &of(NodeKind::Mandatory), Column::Note), "=không phải công thức"),
        (cell(office, &items[1], Column::Evidence), "Kế hoạch số 15/KH-THHS\nhttps://hoasen.example.vn/ke-hoach"),
        (cell(office, &of(NodeKind::Ratio), Column::Part), "150"),
        (cell(office, &of(NodeKind::Ratio), Column::Whole), "160"),
    ]
}

/// The same texts in the same cells.
fn assert_kept(form: &[u8], own: &[(String, &str)]) {
    let texts = sheet(form, TABLE_SHEET);
    for (at, text) in own {
        let at: cds::grid::CellRef = at.parse().unwrap();
        assert_eq!(texts[at.row as usize][at.col as usize], *text, "{at}");
    }
}

#[test]
fn a_school_that_mends_its_corrected_form_is_read_like_any_other() {
    let office = TestOffice::new();
    let items = items(&office);
    let form = office.form(0, &[(&items[0], "99"), (&items[1], "tốt"), (&items[2], "")]);
    let own = own_words(&office, &items);
    office.put("nop/a.xlsx", &edit(&form, TABLE_SHEET, &own), 5);
    office.put("nop/b.xlsx", &office.form(1, &[]), 5);
    let first = office.run("2025-05-10T08:00");
    let before = expected(&first.outcome, SCHOOLS[0].0).scored.clone().unwrap();
    let whole = expected(&first.outcome, SCHOOLS[1].0).scored.clone().unwrap();

    let folder = first.path.join("gui-lai-truong");
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["80100001-truong-th-hoa-sen-sua-1.xlsx"], "only where there is something to say");
    let bytes = fs::read(folder.join(&names[0])).unwrap();

    let list = sheet(&bytes, "Cần sửa");
    let text = list.iter().flatten().cloned().collect::<Vec<_>>().join("\n");
    assert!(text.contains("3 chỗ có lỗi"), "{text}");
    for (code, shown) in items.iter().zip(["99", "tốt", ""]) {
        let at = cell(&office, code, Column::Score);
        assert!(list.iter().any(|row| row[4] == at && row[2].contains(code)), "{code}: {text}");
        let form = sheet(&bytes, TABLE_SHEET);
        let node = office.set().index_of(item(code)).unwrap();
        assert_eq!(form[Layout::of(office.set()).cell(node, Column::Score).row as usize][3], shown);
    }
    assert!(!text.contains("@example.vn"));
    assert_kept(&bytes, &own);

    let max = |code: &String| office.set().node(item(code)).unwrap().max.unwrap().plain();
    let mended: Vec<(String, String)> =
        items.iter().map(|code| (cell(&office, code, Column::Score), max(code))).collect();
    let mended: Vec<(String, &str)> = mended.iter().map(|(at, value)| (at.clone(), value.as_str())).collect();
    office.put("nop/lan-2/bat ky.xlsx", &edit(&bytes, TABLE_SHEET, &mended), 12);

    let second = office.run("2025-05-20T08:00");
    let after = expected(&second.outcome, SCHOOLS[0].0);
    assert_eq!(after.source.as_ref().unwrap().file.as_ref(), "nop/lan-2/bat ky.xlsx");
    let points = after.scored.as_ref().unwrap();
    assert!(points.total > before.total);
    assert_eq!((points.total, points.level), (whole.total, whole.level));
    assert_eq!(after.errors, 0);
    // All that the school had written went there and back: what the second return says is what the first said.
    assert_eq!(after.filled_by, expected(&first.outcome, SCHOOLS[0].0).filled_by);
    assert_eq!(after.filled_by.preparer, "Nguyễn Thị Lan");
    for (now, then) in points.nodes.iter().zip(&before.nodes) {
        let kept = (&now.note, &now.evidence, &now.amount, now.met);
        assert_eq!(kept, (&then.note, &then.evidence, &then.amount, then.met), "{}", now.code);
    }
    let noted = office.set().index_of(item(&items[0])).unwrap();
    assert_eq!(&*points.nodes[noted].note, "Học kỳ II mới triển khai");
    // No spreadsheet program has added up the sums again after this edit: they are all that is left to say.
    let sums = [code::GROUP_TOTAL_DIFFERS, code::CRITERION_SUM_DIFFERS];
    let mut left =
        second.outcome.findings.iter().filter(|finding| finding.school.as_ref().is_some_and(|of| of.0 == SCHOOLS[0].0));
    assert!(left.all(|finding| sums.contains(&finding.code) || finding.code == code::SUPERSEDED));
}

#[test]
fn the_list_for_the_mail_merge_has_the_missing_too() {
    let office = TestOffice::new();
    let items = items(&office);
    office.put("nop/a.xlsx", &office.form(0, &[(&items[0], "99")]), 5);
    office.put("nop/80100002 gui lai.xlsx", b"not a workbook at all", 5);
    let done = office.run("2025-05-10T08:00");
    let csv = fs::read_to_string(done.path.join("gui-lai-truong.csv")).unwrap();
    let lines: Vec<&str> = csv.trim_start_matches('\u{FEFF}').split("\r\n").collect();
    assert_eq!(lines[0], "ma_truong,ten_truong,email,dien_thoai,tep,so_loi,so_canh_bao,tom_tat,ma_don_vi");
    assert!(lines[1].starts_with(
        "80100001,Trường TH Hoa Sen,80100001@example.vn,0912000111,gui-lai-truong/80100001-truong-th-hoa-sen-sua-1.xlsx,1,0,"
    ));
    assert!(lines[2].contains(",gui-lai-truong/80100002-truong-thcs-duc-hoa-sua-1.xlsx,1,0,"), "{}", lines[2]);
    assert!(lines[3].contains("0912000111,,0,1,") && lines[3].contains("chưa nhận được"), "{}", lines[3]);
    // Of the file that could not be read a form without values goes back, ready to be filled.
    let bytes = fs::read(done.path.join("gui-lai-truong/80100002-truong-thcs-duc-hoa-sua-1.xlsx")).unwrap();
    assert!(sheet(&bytes, "Cần sửa").iter().flatten().any(|text| text.contains("CHƯA được tính")));
    assert!(sheet(&bytes, TABLE_SHEET).iter().flatten().any(|text| text == "80100002"));
}

#[test]
fn a_return_that_does_not_count_goes_back_with_its_values_where_they_are_the_schools_own() {
    let mut office = TestOffice::new();
    bar(&mut office);
    let items = items(&office);
    let condition = office.set().nodes.iter().find(|node| node.kind == NodeKind::Mandatory).unwrap().code.to_string();
    let bytes = office.form(0, &[(&items[0], "1,5"), (&condition, "Chưa đạt")]);
    office.put("nop/a.xlsx", &bytes, 5);
    let done = office.run("2025-05-10T08:00");
    let outcome = &done.outcome;
    let own = expected(outcome, SCHOOLS[0].0);
    assert_eq!((own.status, own.scored.is_none()), (Status::NotValid, true));
    assert!(outcome.findings.iter().any(|finding| finding.code == code::MANDATORY_BARS));
    assert!(own.pending.as_ref().unwrap().total > Points::ZERO);
    let back = fs::read(done.path.join("gui-lai-truong/80100001-truong-th-hoa-sen-sua-1.xlsx")).unwrap();
    let form = sheet(&back, TABLE_SHEET);
    let node = office.set().index_of(item(&items[0])).unwrap();
    assert_eq!(form[Layout::of(office.set()).cell(node, Column::Score).row as usize][3], "1.5");
    // Sent back as it is, it still does not count.
    office.put("nop/a2.xlsx", &back, 11);
    let second = office.run("2025-05-12T08:00");
    assert_eq!(expected(&second.outcome, SCHOOLS[0].0).status, Status::NotValid);
}

/// From now on a condition that is not met bars a return.
fn bar(office: &mut TestOffice) {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/rules/qd-4725-2022.toml")).unwrap();
    let barred = text.replace("hold-level-1", "not-accepted");
    assert_ne!(text, barred);
    fs::create_dir(office.path("quy-tac")).unwrap();
    fs::write(office.path("quy-tac/a.toml"), &barred).unwrap();
    let files = vec![("quy-tac/a.toml".to_owned(), barred.into_bytes())];
    office.book = cds::rules::book(files).unwrap().book;
}
