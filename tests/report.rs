//! The consolidated workbook, as it is read back.

#![allow(clippy::unwrap_used)]
#![allow(clippy::cmp_owned, reason = "a number is compared by what is shown")]

use crate::outcomes;

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};
use cds::outcome::{Outcome, Status};
use cds::report;

/// The workbook that an outcome makes.
fn workbook(outcome: &Outcome) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(report::to_bytes(outcome).unwrap())).unwrap()
}

fn sheet_of(outcome: &Outcome, name: &str) -> Range<Data> {
    workbook(outcome).worksheet_range(name).unwrap()
}

/// The row whose cells hold these texts.
fn row_with<'a>(range: &'a Range<Data>, texts: &[&str]) -> &'a [Data] {
    let holds = |row: &&[Data]| {
        texts.iter().all(|text| {
            row.iter().any(|cell| cell == *text || matches!(cell, Data::Float(n) if n.to_string() == *text))
        })
    };
    range.rows().find(holds).unwrap_or_else(|| panic!("no row with {texts:?}"))
}

fn all_text(outcome: &Outcome) -> String {
    let mut book = workbook(outcome);
    let mut text = String::new();
    for name in book.sheet_names() {
        for (_, _, cell) in book.worksheet_range(&name).unwrap().used_cells() {
            text.push_str(&cell.to_string());
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_same_outcome_gives_the_same_bytes_whatever_the_threads_do() {
    let mut outcome = outcomes::outcome(outcomes::book(), 240, 1);
    let finding = outcome.findings[0].clone();
    outcome.findings.extend(std::iter::repeat_n(finding, 3_000));
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        // As a run writes it: long sheets lie beside it until they are whole.
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("tong-hop.xlsx");
        pool.install(|| report::write(&outcome, &path).unwrap());
        std::fs::read(path).unwrap()
    };
    let want = on(1);
    let mut zip = zip::ZipArchive::new(Cursor::new(&want)).unwrap();
    let mut evidence = String::new();
    zip.by_name("xl/worksheets/sheet14.xml").unwrap().read_to_string(&mut evidence).unwrap();
    assert!(evidence.contains("inlineStr"), "no sheet was written beside the others");
    for row in ["<row r=\"2\"", "<row r=\"3\""] {
        let row = &evidence[evidence.find(row).unwrap()..];
        assert!(row[..row.find('>').unwrap()].contains("ht=\"15.75\""), "a remark is as high as the rows of the table");
    }
    for _ in 0..3 {
        assert!(on(4) == want);
    }
}

#[test]
fn sheets_stand_in_order() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    assert_eq!(
        workbook(&outcome).sheet_names(),
        [
            "Báo cáo",
            "Mục lục",
            "Tổng quan",
            "Tiêu chí cơ quan",
            "Mầm non",
            "Phổ thông, GDTX",
            "Chi tiết Mầm non",
            "Chi tiết Phổ thông, GDTX",
            "Điển hình",
            "Tình hình nộp",
            "Lỗi, cảnh báo",
            "Đối chiếu điểm",
            "Thẩm định",
            "Minh chứng",
            "Phân công",
            "Quy tắc",
            "Tệp nguồn",
        ]
    );
}

#[test]
fn each_school_that_owes_a_set_has_its_row_with_its_level() {
    let outcome = outcomes::outcome(outcomes::book(), 24, 3);
    let range = sheet_of(&outcome, "Phổ thông, GDTX");
    let set = cds::codes::SetId("qd-4725-2022".to_owned());
    let overall = range.rows().nth(4).unwrap().iter().position(|cell| *cell == "Mức độ chung").unwrap();
    let total = range.rows().nth(4).unwrap().iter().position(|cell| *cell == "Tổng điểm").unwrap();
    for expected in outcome.expected_of(&set) {
        let row = row_with(&range, &[&outcome.school_of(expected).code.0]);
        match (&expected.scored, expected.status) {
            (Some(scored), Status::Accepted) => {
                assert_eq!(row[overall], Data::Float(f64::from(scored.level.unwrap().0)));
                assert_eq!(row[total], Data::Float(scored.total.to_f64()));
            }
            _ => assert_eq!((&row[overall], &row[total]), (&Data::Empty, &Data::Empty)),
        }
    }
}

#[test]
fn the_signed_page_is_a_draft_while_a_figure_is_not_official() {
    let mut outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let text = sheet_of(&outcome, "Báo cáo").used_cells().map(|(_, _, cell)| cell.to_string()).collect::<String>();
    assert!(text.contains("DỰ THẢO: ") && text.contains("tạm đặt"), "{text}");
    for set in &mut outcome.book.sets {
        set.overall.authority.basis = cds::rules::Basis::Official;
        set.unmet.authority.basis = cds::rules::Basis::Official;
        set.step.authority.basis = cds::rules::Basis::Official;
        set.scales.values_mut().for_each(|scale| scale.authority.basis = cds::rules::Basis::Official);
        set.nodes.iter_mut().for_each(|node| node.authority.basis = cds::rules::Basis::Official);
    }
    assert!(!all_text(&outcome).contains("DỰ THẢO"));
}

#[test]
fn no_addresses_and_telephone_numbers() {
    let mut outcome = outcomes::outcome(outcomes::book(), 24, 3);
    let expected = outcome.expected.iter_mut().find(|expected| expected.scored.is_some()).unwrap();
    expected.scored.as_mut().unwrap().nodes[3].evidence = "gửi co.lan@truong.example".into();
    let text = all_text(&outcome);
    assert!(!text.contains('@') && !text.contains("0272 000 000") && !text.contains("Cô Lan"));
    assert!(text.contains("gửi [thư điện tử]"));
}

#[test]
fn no_schools_no_office_no_sets() {
    use cds::rules::RuleBook;
    let mut book = outcomes::book();
    let empty = outcomes::outcome(book.clone(), 0, 1);
    assert_eq!(workbook(&empty).sheet_names().len(), 17);
    book.sets.pop();
    let without_office = outcomes::outcome(book, 12, 1);
    assert_eq!(workbook(&without_office).sheet_names().len(), 17);
    let nothing = outcomes::outcome(RuleBook::default(), 12, 1);
    assert_eq!(workbook(&nothing).sheet_names().len(), 13);
}

#[test]
fn the_same_outcome_makes_the_same_bytes() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    assert!(report::to_bytes(&outcome).unwrap() == report::to_bytes(&outcome).unwrap());
}

/// Every formula of the workbook, with its sheet.
fn formulas(outcome: &Outcome) -> Vec<(String, String)> {
    let mut book = workbook(outcome);
    let names = book.sheet_names();
    let of = |name: &String| {
        let range = book.worksheet_formula(name).unwrap();
        range.used_cells().map(|(_, _, text)| (name.clone(), text.clone())).collect::<Vec<_>>()
    };
    names.iter().flat_map(of).collect()
}

#[test]
fn formulas_use_nothing_that_an_older_program_lacks_or_that_follows_the_locale() {
    let known = [
        "SUM",
        "ROUND",
        "IF",
        "AND",
        "MIN",
        "COUNT",
        "COUNTIF",
        "COUNTIFS",
        "SUMIF",
        "SUMPRODUCT",
        "AVERAGE",
        "RANK",
        "ROWS",
    ];
    for book in [outcomes::book(), outcomes::odd_book()] {
        for (sheet, text) in formulas(&outcomes::outcome(book, 24, 3)) {
            // Names of sheets and texts are no functions.
            let bare: String = text.split(['\'', '"']).step_by(2).collect();
            for (i, _) in bare.match_indices('(') {
                let letters = |c: &char| c.is_ascii_alphanumeric() || *c == '.';
                let name: String =
                    bare[..i].chars().rev().take_while(letters).collect::<Vec<_>>().into_iter().rev().collect();
                assert!(name.is_empty() || known.contains(&name.as_str()), "{sheet}: {name} in {text}");
            }
            assert!(text.len() < 8_000 && !text.contains('['), "{sheet}: {text}");
        }
    }
}

#[test]
fn a_figure_of_the_signed_page_leads_back_to_the_matrix() {
    let formulas = formulas(&outcomes::outcome(outcomes::book(), 24, 3));
    let has = |sheet: &str, part: &str| formulas.iter().any(|(name, text)| name == sheet && text.contains(part));
    assert!(has("Báo cáo", "'Tiêu chí cơ quan'!G"));
    assert!(has("Tiêu chí cơ quan", "COUNTIF('Phổ thông, GDTX'!$"));
    assert!(has("Phổ thông, GDTX", "'Chi tiết Phổ thông, GDTX'!"));
    assert!(has("Phổ thông, GDTX", "=\"Đạt\""));
    assert!(has("Đối chiếu điểm", "'Chi tiết Phổ thông, GDTX'!"));
}

#[test]
fn findings_of_one_kind_in_one_return_are_one_row() {
    use cds::finding::{Finding, Place, code};
    let mut outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let school = outcome.schools[2].code.clone();
    let place = Place::file("nop/a.xlsx");
    let sheet = std::sync::Arc::from("Phiếu");
    outcome.findings.clear();
    for (item, row) in [("1.3.1", 17), ("1.3.2", 18), ("1.7.3", 30)] {
        let cell = cds::grid::CellRef::new(row, 3);
        let finding = Finding::new(code::SCORE_MISSING).of(&school).on(item.parse().unwrap()).with("title", item);
        outcome.findings.push(finding.at(place.at(&sheet, cell)));
    }
    let range = sheet_of(&outcome, "Lỗi, cảnh báo");
    let row = row_with(&range, &["CDS501"]);
    assert_eq!(row[5], Data::String("1.3.1, 1.3.2, 1.7.3".to_owned()));
    assert_eq!(row[6], Data::String("3 nội dung: chưa có điểm.".to_owned()));
    assert_eq!(row[10], Data::String("D18, D19, D31".to_owned()));
    assert_eq!(row[11], Data::Float(3.0));
    assert_eq!(row_with(&range, &["Phải sửa", "3"])[1], Data::Float(3.0));
    assert_eq!(range.rows().filter(|row| row[1] == "CDS501").count(), 1);
}

#[test]
fn what_many_schools_have_in_common_is_said_once_at_the_top() {
    use cds::finding::{Finding, code};
    let mut outcome = outcomes::outcome(outcomes::book(), 12, 1);
    outcome.findings.clear();
    for school in &outcome.schools[..5] {
        let mut finding = Finding::new(code::SCORE_MISSING).of(&school.code).on("1.6.2".parse().unwrap());
        finding.set = Some(cds::codes::SetId("qd-4725-2022".to_owned()));
        outcome.findings.push(finding.with("title", "1.6.2 Tỉ lệ giáo viên"));
    }
    let range = sheet_of(&outcome, "Lỗi, cảnh báo");
    let lines: Vec<String> = range.rows().take(12).map(|row| row[0].to_string()).collect();
    assert!(lines.iter().any(|line| line.starts_with("5/") && line.contains("1.6.2")), "{lines:?}");
}

#[test]
fn a_long_office_is_written_row_by_row_with_the_same_cells() {
    // Beyond some thousand rows a sheet goes to disk as it is written; what was lost on the way would be missing here.
    let outcome = outcomes::outcome(outcomes::book(), 1_200, 1);
    let set = cds::codes::SetId("qd-4725-2022".to_owned());
    let range = sheet_of(&outcome, "Chi tiết Phổ thông, GDTX");
    let counted: f64 = range.rows().filter(|row| row[2] == "Được tính").map(|row| number(&row[row.len() - 1])).sum();
    let total = outcome.ledger.by_set[&set].counted.to_f64();
    assert!((counted - total).abs() < 1e-6, "{counted} {total}");
    let files = sheet_of(&outcome, "Tệp nguồn");
    assert_eq!(files.rows().skip(4).count(), outcome.files.len());
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        _ => f64::NAN,
    }
}

/// Whatever was confirmed: a maximum that its items do not add up to keeps the result a draft, and the page says where.
#[test]
fn a_maximum_that_does_not_add_up_keeps_the_signed_page_a_draft() {
    let mut outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let draft = [cds::finding::code::NOT_OFFICIAL, cds::finding::code::MAX_NOT_SUM];
    outcome.findings.retain(|finding| !draft.contains(&finding.code));
    assert!(!outcome.is_draft());
    let said = cds::finding::Finding::new(cds::finding::code::MAX_NOT_SUM).on("2.3".parse().unwrap());
    outcome.findings.push(said.with("title", "2.3 A").with("max", 70).with("sum", 60).with("difference", 10));
    assert!(outcome.is_draft());
    assert!(all_text(&outcome).contains("DỰ THẢO: điểm tối đa khác tổng các mục bên dưới ở 2.3 (70 khác 60)."));
}

/// Sheets for people say nothing in the words of rule files.
#[test]
fn the_sheet_of_rules_speaks_as_people_do() {
    let outcome = outcomes::outcome(outcomes::book(), 12, 1);
    let mut book = workbook(&outcome);
    let range = book.worksheet_range("Quy tắc").unwrap();
    let keys = ["lowest-group", "hold-level", "by-total", "level-share", "mean-score", "denominator", "scales."];
    for (_, _, cell) in range.used_cells() {
        let text = cell.to_string();
        assert!(!keys.iter().any(|key| text.contains(key)), "{text}");
    }
}

/// Rows of every sheet that hold something, with their height; none stands there twice.
fn heights(workbook: &[u8]) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut rows = Vec::new();
    for index in 0..zip.len() {
        let mut xml = String::new();
        let mut file = zip.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        if !name.contains("sheets/sheet") {
            continue;
        }
        file.read_to_string(&mut xml).unwrap();
        let mut numbers = std::collections::HashSet::new();
        for row in xml.split("<row ").skip(1) {
            let (tag, rest) = row.split_once('>').unwrap();
            let attribute = |key: &str| Some(tag.split_once(key)?.1.split_once('"')?.0.to_owned());
            let number = attribute("r=\"");
            assert!(numbers.insert(number.clone()), "{name} {number:?} twice");
            if let (true, Some(height)) = (rest.starts_with("<c"), attribute(" ht=\"")) {
                rows.push(format!("{name} {number:?} {height}"));
            }
        }
    }
    rows
}

/// The library is not told the heights of long tables; they are there all the same, and no row stands there twice.
#[test]
fn the_rows_of_long_tables_are_as_high_as_those_of_short_ones() {
    let mut outcome = outcomes::outcome(outcomes::book(), 400, 1);
    let finding = outcome.findings[0].clone();
    outcome.findings.extend(std::iter::repeat_n(finding, 300));
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("tong-hop.xlsx");
    report::write(&outcome, &path).unwrap();
    let (long, short) = (heights(&std::fs::read(path).unwrap()), heights(&report::to_bytes(&outcome).unwrap()));
    assert!(short.len() > 5_000, "{}", short.len());
    let differs = long.iter().zip(&short).find(|(long, short)| long != short);
    assert_eq!((differs, long.len()), (None, short.len()));
}

#[test]
fn evidence_of_more_rows_than_a_sheet_takes_is_in_parts_by_units_and_said() {
    use cds::finding::code;
    use cds::outcome::{Unit, UnitStanding};
    use cds::views::evidence;
    let mut outcome = outcomes::outcome(outcomes::book(), 60, 1);
    // The first schools are of no unit, the next are in turn of one of three.
    outcome.units = (0..3)
        .map(|unit| Unit {
            code: format!("X{unit}").into(),
            name: format!("UBND xã {unit}"),
            above: String::new(),
            email: String::new(),
            phone: String::new(),
            contact: String::new(),
            standing: UnitStanding::Counted,
            package: None,
            late: None,
            schools: (12..60).filter(|school| school % 3 == unit).collect(),
        })
        .collect();
    let all = evidence::by_item(&outcome).count();
    let most = all / 2;
    assert!(evidence::told(&outcome, all).is_none());
    let said = evidence::told(&outcome, most).unwrap();
    assert_eq!((said.code, said.values["count"].as_str()), (code::EVIDENCE_IN_PARTS, all.to_string().as_str()));
    let mut book = Xlsx::new(Cursor::new(report::to_bytes_in_parts(&outcome, most).unwrap())).unwrap();
    let parts: Vec<String> = book.sheet_names().into_iter().filter(|name| name.starts_with("Minh chứng")).collect();
    assert_eq!(said.values["parts"], parts.len().to_string());
    assert!(parts.len() >= 3, "{parts:?}");
    let contents = book.worksheet_range("Mục lục").unwrap();
    let (mut rows, mut where_units) = (0, std::collections::BTreeMap::new());
    for name in &parts {
        let told = row_with(&contents, &[name]);
        assert!(told[1].to_string().contains("từ "), "{told:?}");
        let range = book.worksheet_range(name).unwrap();
        let lines: Vec<String> = range.rows().skip(5).map(|row| row[2].to_string()).collect();
        assert!(lines.len() <= most, "{} {most}", lines.len());
        rows += lines.len();
        for unit in &outcome.units {
            let mut codes = unit.schools.iter().map(|school| &outcome.schools[*school].code.0);
            if codes.any(|code| lines.contains(code)) {
                where_units.entry(unit.code.clone()).or_insert_with(Vec::new).push(name.clone());
            }
        }
    }
    assert_eq!(rows, all);
    assert!(where_units.values().all(|sheets| sheets.len() == 1), "{where_units:?}");
}
