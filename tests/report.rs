//! The consolidated workbook, as it is read back.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use cds::outcome::{Outcome, Status};
use cds::report;

mod outcomes;

/// The workbook that an outcome makes.
fn workbook(outcome: &Outcome) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(report::to_bytes(outcome).unwrap())).unwrap()
}

fn sheet(outcome: &Outcome, name: &str) -> Range<Data> {
    workbook(outcome).worksheet_range(name).unwrap()
}

/// The row whose cells hold these texts.
fn row_with<'a>(range: &'a Range<Data>, texts: &[&str]) -> &'a [Data] {
    let holds = |row: &&[Data]| texts.iter().all(|text| row.iter().any(|cell| cell == *text));
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
    let range = sheet(&outcome, "Phổ thông, GDTX");
    let set = cds::codes::SetId("qd-4725-2022".to_owned());
    let overall = range.rows().nth(4).unwrap().iter().position(|cell| *cell == "Mức độ chung").unwrap();
    let total = range.rows().nth(4).unwrap().iter().position(|cell| *cell == "Tổng điểm").unwrap();
    for due in outcome.dues_of(&set) {
        let row = row_with(&range, &[&outcome.school_of(due).code.0]);
        match (&due.scored, due.status) {
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
    let text = sheet(&outcome, "Báo cáo").used_cells().map(|(_, _, cell)| cell.to_string()).collect::<String>();
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
    let due = outcome.dues.iter_mut().find(|due| due.scored.is_some()).unwrap();
    due.scored.as_mut().unwrap().nodes[3].evidence = "gửi co.lan@truong.example".into();
    let text = all_text(&outcome);
    assert!(!text.contains('@') && !text.contains("0272 000 000") && !text.contains("Cô Lan"));
    assert!(text.contains("(địa chỉ thư)"));
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
