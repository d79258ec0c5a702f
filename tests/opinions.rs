//! Answers instead of corrections: asked on the form that goes back, read with the return, held against its findings.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use cds::finding::{Code, Finding, Lang, Regard, Severity, code};
use cds::folder::OfficeFolder;
use cds::layouts::form::{CORRECTION_SHEET, Column, Layout, TABLE_SHEET};
use cds::layouts::opinions::{Key, OPINION};
use cds::outcome::Outcome;
use cds::reader::{Limits, Pool};
use cds::rules::NodeKind;
use cds::run::{Done, Inputs, check_one};
use cds::views::changes::Comparison;
use cds::views::figures::Headline;

use crate::offices::{SCHOOLS, TestOffice, edit, item, sheet};

const FORM: &str = "gui-lai-truong/80100001-truong-th-hoa-sen-sua";
const REASON: &str = "Trường dùng chung phòng máy với xã, gọi cô Lan 0912 345 678";

/// An office with one return: three words for zero, an error.
fn begun() -> (TestOffice, Vec<String>, Done) {
    let office = TestOffice::new();
    let plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
    let items: Vec<String> = plain.take(3).map(|node| node.code.to_string()).collect();
    let form = office.form(0, &[(&items[0], "không"), (&items[1], "chưa"), (&items[2], "99")]);
    office.put("nop/a.xlsx", &form, 5);
    let done = office.run("2025-05-10T08:00");
    (office, items, done)
}

fn back(done: &Done, number: usize) -> Vec<u8> {
    fs::read(done.path.join(format!("{FORM}-{number}.xlsx"))).unwrap()
}

fn letters(col: usize) -> String {
    cds::grid::CellRef::column_letters(col as u32)
}

/// The cells of one column of the first sheet, in the rows that name these items.
fn cells(form: &[u8], column: &str, items: &[&str]) -> Vec<String> {
    let rows = sheet(form, CORRECTION_SHEET);
    let head = rows.iter().position(|row| row.iter().any(|text| text == OPINION)).unwrap();
    let at = |title: &str| rows[head].iter().position(|text| text == title).unwrap();
    let (col, key) = (at(column), at(Key::Item.title()));
    let row = |item: &&str| head + 1 + rows[head + 1..].iter().position(|row| row[key] == **item).unwrap();
    items.iter().map(|item| format!("{}{}", letters(col), row(item) + 1)).collect()
}

/// What stands under a title in the row that holds these texts.
fn value_at(rows: &[Vec<String>], keys: &[&str], title: &str) -> String {
    let head = rows.iter().position(|row| row.iter().any(|text| text == title)).unwrap();
    let col = rows[head].iter().position(|text| text == title).unwrap();
    let has_all = |row: &&Vec<String>| keys.iter().all(|key| row.iter().any(|text| text == key));
    rows[head + 1..].iter().find(has_all).unwrap()[col].clone()
}

/// The form with these answers.
fn answered(form: &[u8], answers: &[(&str, &str)]) -> Vec<u8> {
    let cells: Vec<(String, &str)> =
        answers.iter().map(|(item, text)| (cells(form, OPINION, &[item]).remove(0), *text)).collect();
    edit(form, CORRECTION_SHEET, &cells)
}

/// The form with its first sheet under another name.
fn renamed(form: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(form)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        if name == "xl/workbook.xml" {
            content = String::from_utf8(content).unwrap().replace(CORRECTION_SHEET, "Trang 1").into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn score(office: &TestOffice, code: &str) -> String {
    Layout::of(office.set()).cell(office.set().index_of(item(code)).unwrap(), Column::Score).to_string()
}

fn of<'a>(outcome: &'a Outcome, code: Code, on: &str) -> &'a Finding {
    let is = |finding: &&Finding| finding.code == code && finding.item == Some(item(on));
    outcome.findings.iter().find(is).unwrap_or_else(|| panic!("{code} {on}: {:#?}", outcome.findings))
}

/// What `cds check` says of one file, with the office's inputs and without.
fn alone(office: &TestOffice, file: &str) -> [Vec<Finding>; 2] {
    let program = Path::new(env!("CARGO_BIN_EXE_cds"));
    let pool = Pool { program, limits: Limits::default(), threads: 1, stop: None };
    let inputs = Inputs::read(&OfficeFolder::open(&office.path("")).unwrap(), &pool).unwrap();
    [Some(&inputs), None].map(|with| check_one(&office.path(file), &inputs.book, with, &pool).unwrap().findings)
}

fn stands(findings: &[Finding], on: &str) -> (Severity, Option<Regard>) {
    let is = |finding: &&Finding| finding.code == code::WORD_FOR_ZERO && finding.item == Some(item(on));
    let finding = findings.iter().find(is).unwrap();
    (finding.severity, finding.opinion.as_ref().map(|opinion| opinion.regard))
}

/// A file alone says of explanations what it says in the folder; of what the office refuses it knows with the office alone.
#[test]
fn an_explanation_is_heard_where_a_file_is_checked_alone() {
    let (office, items, first) = begun();
    let [zero, other, wrong] = [&*items[0], &*items[1], &*items[2]];
    let answers = [(zero, REASON), (other, "Trường chưa có kinh phí"), (wrong, "Trường thấy đúng")];
    office.put("nop/hai.xlsx", &answered(&back(&first, 1), &answers), 12);
    for findings in alone(&office, "nop/hai.xlsx") {
        assert_eq!(stands(&findings, zero), (Severity::Note, Some(Regard::Explains)));
        assert_eq!(stands(&findings, other), (Severity::Note, Some(Regard::Explains)));
        assert_eq!(codes(&findings), [code::OPINION_ON_ERROR.0]);
    }
    let refused = format!("ma_truong,ma_loi,ma,khong_chap_nhan\n80100001,cds409,{other},x\n");
    fs::write(office.path("so-nhan.csv"), refused).unwrap();
    let [with, without] = alone(&office, "nop/hai.xlsx");
    assert_eq!(stands(&with, zero), (Severity::Note, Some(Regard::Explains)));
    assert_eq!(stands(&with, other), (Severity::Warning, Some(Regard::Refused)));
    assert_eq!(stands(&without, other), (Severity::Note, Some(Regard::Explains)));
}

fn codes(findings: &[Finding]) -> Vec<u16> {
    let mut codes: Vec<u16> = findings.iter().map(|finding| finding.code.0).collect();
    codes.retain(|code| (510..520).contains(code) || [248, 249, 258, 259].contains(code));
    codes
}

#[test]
fn what_is_explained_is_asked_for_no_more_until_the_figure_changes_or_the_office_refuses() {
    let (office, items, first) = begun();
    let [zero, other, wrong] = [&*items[0], &*items[1], &*items[2]];
    let form = back(&first, 1);
    let text = sheet(&form, CORRECTION_SHEET).concat().join("\n");
    assert!(text.contains("ghi lý do vào cột “Ý kiến của trường”"), "{text}");
    // Two are answered, one of them an error.
    office.put("nop/hai.xlsx", &answered(&form, &[(zero, REASON), (wrong, "Trường thấy đúng")]), 12);
    let second = office.run("2025-05-15T08:00");
    let finding = of(&second.outcome, code::WORD_FOR_ZERO, zero);
    assert_eq!((finding.severity, finding.is_explained()), (Severity::Note, true));
    assert_eq!(of(&second.outcome, code::ABOVE_MAX, wrong).severity, Severity::Error);
    assert_eq!(of(&second.outcome, code::WORD_FOR_ZERO, other).severity, Severity::Warning);
    assert_eq!(codes(&second.outcome.findings), [code::OPINION_ON_ERROR.0]);

    let csv = fs::read_to_string(second.path.join("loi.csv")).unwrap();
    assert!(csv.lines().next().unwrap().ends_with(",y_kien_truong"));
    let row = csv.lines().find(|row| row.contains(REASON)).unwrap();
    assert!(row.starts_with("CDS409,de_biet,80100001,") && row.contains(&format!(",{zero},không,")), "{row}");
    // Outsiders do not read the number.
    let report = sheet(&fs::read(second.path.join("tong-hop.xlsx")).unwrap(), "Lỗi, cảnh báo");
    let report = report.iter().find(|row| row[0] == "Đã giải trình" && row[5] == zero).unwrap();
    assert!(report[6].contains("cô Lan [số điện thoại]"), "{report:?}");
    let own = sheet(&fs::read(second.path.join("dieu-hanh.xlsx")).unwrap(), "Giải trình");
    assert_eq!(value_at(&own, &["80100001", zero], OPINION), REASON);
    assert_eq!(value_at(&own, &["80100001", zero], "Tình trạng"), "Đã giải trình");

    // What is explained goes with the next form; there the school withdraws nothing, and changes the figure.
    let form = back(&second, 2);
    let rows = sheet(&form, CORRECTION_SHEET);
    assert_eq!(value_at(&rows, &[zero], OPINION), REASON);
    assert_eq!(value_at(&rows, &[zero], "Việc"), "Đã giải trình");
    let mended = edit(&form, TABLE_SHEET, &[(score(&office, wrong), "0"), (score(&office, zero), "chưa có")]);
    office.put("nop/ba.xlsx", &answered(&mended, &[(other, "Trường chưa có kinh phí")]), 18);
    let third = office.run("2025-05-20T08:00");
    assert_eq!(of(&third.outcome, code::WORD_FOR_ZERO, zero).opinion.as_ref().unwrap().regard, Regard::Outdated);
    assert_eq!(of(&third.outcome, code::WORD_FOR_ZERO, zero).severity, Severity::Warning);
    assert!(of(&third.outcome, code::WORD_FOR_ZERO, other).is_explained());
    let rows = sheet(&back(&third, 3), CORRECTION_SHEET);
    assert_eq!(value_at(&rows, &[zero], OPINION), "");
    assert!(value_at(&rows, &[zero], "Điều cần sửa").contains(REASON));

    // The old answer holds again where the old figure stands again, in a form that bears no answers at all.
    let whole = office.form(0, &[(zero, "không"), (other, "chưa")]);
    office.put("nop/bon.xlsx", &whole, 22);
    let fourth = office.run("2025-05-23T08:00");
    assert!(of(&fourth.outcome, code::WORD_FOR_ZERO, zero).is_explained());
    assert!(!fourth.path.join(format!("{FORM}-4.xlsx")).exists(), "nothing is left to ask");

    let refused = format!("ma_truong,ma_loi,ma,khong_chap_nhan\n80100001,cds409,{other},x\n");
    fs::write(office.path("so-nhan.csv"), refused).unwrap();
    let fifth = office.run("2025-05-24T08:00");
    let finding = of(&fifth.outcome, code::WORD_FOR_ZERO, other);
    assert_eq!((finding.severity, finding.opinion.as_ref().unwrap().regard), (Severity::Warning, Regard::Refused));
    assert!(of(&fifth.outcome, code::WORD_FOR_ZERO, zero).is_explained());
    let rows = sheet(&back(&fifth, 4), CORRECTION_SHEET);
    assert!(
        value_at(&rows, &[other], "Điều cần sửa").contains("Cơ quan chưa chấp nhận ý kiến “Trường chưa có kinh phí”")
    );

    // The row of the receipts stays where the school has corrected what was refused: it was about something.
    office.put("nop/sau.xlsx", &office.form(0, &[(zero, "không"), (other, "0")]), 25);
    let sixth = office.run("2025-05-26T08:00");
    assert_eq!(codes(&sixth.outcome.findings), [0_u16; 0]);
    assert!(of(&sixth.outcome, code::WORD_FOR_ZERO, zero).is_explained());
    let console = Headline::of(&sixth.outcome);
    assert_eq!(console.explained, 1);
    assert!(
        console.findings_line(Lang::Vi).contains("để biết, 1 đã giải trình"),
        "{}",
        console.findings_line(Lang::Vi)
    );
    // Nothing is gone for being explained.
    let (new, gone) = Comparison::of(&first.outcome, &second.outcome).findings();
    assert_eq!(new.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code::OPINION_ON_ERROR]);
    assert_eq!(gone, [] as [&Finding; 0]);
    // What the office asks for anew is new.
    let (new, gone) = Comparison::of(&fourth.outcome, &fifth.outcome).findings();
    let new: Vec<_> = new.iter().map(|finding| (finding.code, finding.item.unwrap().to_string())).collect();
    assert_eq!(new, [(code::WORD_FOR_ZERO, other.to_owned())]);
    assert_eq!(gone, [] as [&Finding; 0]);
    // What was asked for anew, and is corrected since, is gone.
    let (new, gone) = Comparison::of(&fifth.outcome, &sixth.outcome).findings();
    assert_eq!(new, [] as [&Finding; 0]);
    assert_eq!(gone.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code::WORD_FOR_ZERO]);
}

#[test]
fn points_without_evidence_are_explained_as_long_as_the_points_stand() {
    let (office, items, _) = begun();
    let bare = items[0].as_str();
    let evidence = Layout::of(office.set()).cell(office.set().index_of(item(bare)).unwrap(), Column::Evidence);
    let given = |form: &[u8], points: &str| {
        edit(form, TABLE_SHEET, &[(score(&office, bare), points), (evidence.to_string(), "")])
    };
    office.put("nop/b.xlsx", &given(&office.form(0, &[]), "1"), 6);
    let asked = back(&office.run("2025-05-10T08:00"), 2);
    let told = |points: &str| {
        office.put("nop/c.xlsx", &given(&answered(&asked, &[(bare, REASON)]), points), 12);
        let outcome = office.run("2025-05-15T08:00").outcome;
        of(&outcome, code::EVIDENCE_MISSING, bare).opinion.as_ref().map(|opinion| opinion.regard)
    };
    assert_eq!(told("1"), Some(Regard::Explains));
    assert_eq!(told("2"), Some(Regard::Outdated));
}

#[test]
fn what_is_said_of_one_line_is_not_said_of_another_like_it() {
    let (office, items, _) = begun();
    let layout = Layout::of(office.set());
    let at = |on: &str, column| layout.cell(office.set().index_of(item(on)).unwrap(), column).to_string();
    let lines = [(&items[0], "9.8", "Phòng máy của xã"), (&items[1], "9.9", "Thư viện của xã")];
    let foreign: Vec<(String, &str)> = lines
        .iter()
        .flat_map(|(on, code, title)| {
            [(Column::Code, *code), (Column::Title, *title), (Column::Score, "3")]
                .map(|(column, text)| (at(on, column), text))
        })
        .collect();
    office.put("nop/b.xlsx", &edit(&office.form(0, &[]), TABLE_SHEET, &foreign), 6);
    let form = back(&office.run("2025-05-10T08:00"), 2);
    let rows = sheet(&form, CORRECTION_SHEET);
    let row = 1 + rows.iter().position(|row| row.concat().contains("không có 9.8")).unwrap();
    let opinion = rows.iter().flatten().position(|text| text == OPINION).unwrap() % rows[0].len();
    let said = edit(&form, CORRECTION_SHEET, &[(format!("{}{row}", letters(opinion)), REASON)]);
    office.put("nop/c.xlsx", &edit(&said, TABLE_SHEET, &foreign), 12);
    let outcome = office.run("2025-05-15T08:00").outcome;
    let extra = outcome.findings.iter().filter(|finding| finding.code == code::EXTRA_ITEM);
    assert_eq!(extra.map(|finding| finding.opinion.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn rows_that_were_sorted_without_the_hidden_columns_are_read_by_what_is_shown() {
    let (office, items, first) = begun();
    let form = back(&first, 1);
    let [zero, other] = [&*items[0], &*items[1]];
    let numbers = cells(&form, "Thứ tự", &[zero, other]);
    let rows = sheet(&form, CORRECTION_SHEET);
    let number = |at: &str| rows[at[1..].parse::<usize>().unwrap() - 1][0].clone();
    let swapped = edit(
        &form,
        CORRECTION_SHEET,
        &[(numbers[0].clone(), &number(&numbers[1])), (numbers[1].clone(), &number(&numbers[0]))],
    );
    office.put("nop/hai.xlsx", &answered(&swapped, &[(zero, REASON)]), 12);
    let done = office.run("2025-05-15T08:00");
    assert!(of(&done.outcome, code::WORD_FOR_ZERO, other).is_explained());
    assert!(!of(&done.outcome, code::WORD_FOR_ZERO, zero).is_explained());
}

#[test]
fn answers_that_cannot_be_used_are_told() {
    let (office, items, first) = begun();
    let form = back(&first, 1);
    let [zero, other, wrong] = [&*items[0], &*items[1], &*items[2]];
    let told = |edited: &[u8]| {
        office.put("nop/hai.xlsx", edited, 12);
        let outcome = office.run("2025-05-15T08:00").outcome;
        let own: Vec<&Finding> = outcome.findings.iter().filter(|f| (510..520).contains(&f.code.0)).collect();
        assert!(own.iter().all(|f| f.place.file.as_deref() == Some("nop/hai.xlsx") && f.place.sheet.is_some()));
        codes(&outcome.findings)
    };
    assert_eq!(told(&form), [0_u16; 0]);
    assert_eq!(told(&answered(&form, &[(zero, "ok"), (other, "12345")])), [510, 510]);
    assert_eq!(told(&answered(&form, &[(wrong, REASON)])), [511]);
    let (long, most) = ("dài ".repeat(600), "a".repeat(2000));
    assert_eq!(told(&answered(&form, &[(zero, &long), (other, &most)])), [516]);
    let key = |key: Key, text: &'static str| (cells(&form, key.title(), &[zero]).remove(0), text);
    let changed = |cell: (String, &'static str)| edit(&answered(&form, &[(zero, REASON)]), CORRECTION_SHEET, &[cell]);
    assert_eq!(told(&changed(key(Key::Code, ""))), [512]);
    assert_eq!(told(&changed(key(Key::Code, "lỗi"))), [512]);
    assert_eq!(told(&changed(key(Key::School, SCHOOLS[1].0))), [513]);
    assert_eq!(told(&changed(key(Key::Code, "CDS404"))), [515]);
    assert_eq!(told(&changed(key(Key::Item, "9.9.9"))), [515]);
    // Without the hidden columns nobody knows, whatever the sheet is called.
    let rows = sheet(&form, CORRECTION_SHEET);
    let head = rows.iter().position(|row| row.iter().any(|text| text == OPINION)).unwrap();
    let col = |key: &Key| rows[head].iter().position(|text| text == key.title()).unwrap();
    let titles = Key::ALL.map(|key| (format!("{}{}", letters(col(&key)), head + 1), ""));
    let without = edit(&answered(&form, &[(zero, REASON)]), CORRECTION_SHEET, &titles);
    assert_eq!(told(&without), [512]);
    assert_eq!(told(&renamed(&without)), [512]);
    // Another value in the hidden column is an answer to another value.
    assert_eq!(told(&changed(key(Key::Value, "12"))), [0_u16; 0]);
    let outcome = office.run("2025-05-16T08:00").outcome;
    assert_eq!(of(&outcome, code::WORD_FOR_ZERO, zero).opinion.as_ref().unwrap().regard, Regard::Outdated);
}

#[test]
fn the_same_words_for_all_are_named() {
    let office = TestOffice::new();
    let plain = office.set().nodes.iter().filter(|node| node.kind == NodeKind::Points);
    let items: Vec<String> = plain.take(7).map(|node| node.code.to_string()).collect();
    let mut words: Vec<(&str, &str)> = items.iter().map(|item| (&**item, "không")).collect();
    words[6].1 = "99";
    office.put("nop/a.xlsx", &office.form(0, &words), 5);
    let form = back(&office.run("2025-05-10T08:00"), 1);
    let same: Vec<(&str, &str)> = items.iter().map(|item| (&**item, "Đã kiểm tra, đúng")).collect();
    office.put("nop/b.xlsx", &answered(&form, &same), 12);
    let outcome = office.run("2025-05-15T08:00").outcome;
    // One of the seven is an error, and is told apart.
    assert_eq!(codes(&outcome.findings), [code::OPINION_ON_ERROR.0, code::OPINION_THE_SAME.0]);
    let said = outcome.findings.iter().find(|finding| finding.code == code::OPINION_THE_SAME).unwrap();
    assert_eq!(said.values["count"], "6");
}

#[test]
fn refusals_that_cannot_be_used_are_told() {
    let (office, items, first) = begun();
    let form = back(&first, 1);
    office.put("nop/hai.xlsx", &answered(&form, &[(&items[0], REASON)]), 12);
    let told = |row: &str| {
        let text = format!("ma_truong,ma_loi,ma,khong_chap_nhan,bo_chi_so,ly_do\n{row}\n");
        fs::write(office.path("so-nhan.csv"), text).unwrap();
        let outcome = office.run("2025-05-15T08:00").outcome;
        let at_row: Vec<&Finding> = outcome
            .findings
            .iter()
            .filter(|finding| finding.place.file.as_deref() == Some("so-nhan.csv") && finding.place.cell.is_some())
            .collect();
        let explained = of(&outcome, code::WORD_FOR_ZERO, &items[0]).is_explained();
        (at_row.iter().map(|finding| finding.code.0).collect::<Vec<_>>(), explained)
    };
    let item = &items[0];
    assert_eq!(told(&format!(",CDS409,{item},x,,")), (vec![248], true));
    assert_eq!(told(&format!("80100001,CDS409,{item},,,xem lại")), (vec![249], true));
    assert_eq!(told("80100001,CDS409,9.9.9,x,,"), (vec![258], true));
    assert_eq!(told(&format!("80100002,CDS409,{item},x,,")), (vec![258], true));
    assert_eq!(told("80100001,CDS409,mục một,x,,"), (vec![258], true));
    assert_eq!(told(&format!("80100001,CDS502,{item},x,,")), (vec![258], true));
    assert_eq!(told(&format!("80100001,409b,{item},x,,")), (vec![259], true));
    assert_eq!(told(&format!("80109999,CDS409,{item},x,,")), (vec![250], true));
    assert_eq!(told(&format!("80100001,CDS409,{item},x,Mầm non 9,")), (vec![251], true));
    assert_eq!(told(&format!("80100001,CDS409,{item},có lẽ,,")), (vec![249, 837], true));
    // Every item with this code, where none is named.
    assert_eq!(told("80100001,CDS409,,x,,"), (vec![], false));
}
