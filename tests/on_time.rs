//! On time is the first return's time; what schools send again, and what was granted to them, stands beside it.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use cds::finding::{Code, Finding, Lang, code};
use cds::outcome::{Outcome, Status};

use crate::offices::{SCHOOLS, TestOffice, expected, sheet};

/// An office whose returns are due on 31 May, with a day for corrections.
fn office(again: &str) -> TestOffice {
    let office = TestOffice::new();
    let settings = fs::read_to_string(office.path("co-quan.toml")).unwrap();
    fs::write(office.path("co-quan.toml"), settings + again).unwrap();
    office
}

fn codes_of(outcome: &Outcome, codes: &[Code]) -> Vec<Code> {
    outcome.findings.iter().map(|finding| finding.code).filter(|code| codes.contains(code)).collect()
}

/// "Thời hạn" of a school on the sheet of the returns.
fn kept(path: &std::path::Path, code: &str) -> String {
    let rows = sheet(&fs::read(path.join("tong-hop.xlsx")).unwrap(), "Tình hình nộp");
    let head = rows.iter().find(|row| row[0] == "Mã trường").unwrap();
    let col = head.iter().position(|title| title == "Thời hạn").unwrap();
    rows.iter().find(|row| row[0] == code).unwrap()[col].clone()
}

fn row_of(path: &std::path::Path, file: &str, code: &str) -> String {
    let text = fs::read_to_string(path.join(file)).unwrap();
    text.trim_start_matches('\u{FEFF}').lines().find(|line| line.starts_with(code)).unwrap_or_default().to_owned()
}

#[test]
fn who_corrects_what_was_asked_is_not_late() {
    let office = office("nop_lai = 2025-06-07\n");
    let first =
        office.set().nodes.iter().find(|node| node.kind == cds::rules::NodeKind::Points).unwrap().code.to_string();
    office.put("nop/a.xlsx", &office.form(0, &[(&first, "99")]), 20);
    office.put("nop/a2.xlsx", &office.form(0, &[]), 35);
    office.put("nop/b.xlsx", &office.form(1, &[(&first, "99")]), 20);
    office.put("nop/b2.xlsx", &office.form(1, &[]), 41);
    office.put("nop/c.xlsx", &office.form(2, &[]), 33);
    let done = office.run("2025-06-12T08:00");
    let late: Vec<Option<bool>> = SCHOOLS.map(|(code, ..)| expected(&done.outcome, code).late).to_vec();
    assert_eq!(late, [Some(false), Some(false), Some(true)]);
    assert_eq!(codes_of(&done.outcome, &[code::LATE, code::RESUBMITTED_LATE]), [code::RESUBMITTED_LATE, code::LATE]);
    assert_eq!(kept(&done.path, SCHOOLS[0].0), "Đúng hạn; gửi lại ngày 4/6/2025");
    assert_eq!(kept(&done.path, SCHOOLS[1].0), "Đúng hạn; gửi lại trễ ngày 10/6/2025");
    assert_eq!(kept(&done.path, SCHOOLS[2].0), "Nộp trễ");
    let csv = row_of(&done.path, "truong.csv", SCHOOLS[0].0);
    assert!(csv.ends_with("2025-06-04T08:00:00,0,2025-05-20T08:00:00,"), "{csv}");
}

#[test]
fn without_a_day_for_corrections_they_are_not_judged() {
    let office = office("");
    office.put("nop/a.xlsx", &office.form(0, &[("1.3.1", "99")]), 20);
    office.put("nop/a2.xlsx", &office.form(0, &[]), 45);
    let done = office.run("2025-06-20T08:00");
    assert_eq!(codes_of(&done.outcome, &[code::LATE, code::RESUBMITTED_LATE]), []);
    assert_eq!(expected(&done.outcome, SCHOOLS[0].0).timing.again_late, None);
}

#[test]
fn a_form_without_an_answer_and_a_file_that_cannot_be_read_are_no_first_return() {
    let office = office("");
    let blank = cds::form_writer::write(
        office.set(),
        &cds::form_writer::Filling {
            school: Some(&office.run("2025-05-01T08:00").outcome.schools[0].clone()),
            office: Some(&cds::office::Office { year: office.year.to_owned(), ..Default::default() }),
            answers: None,
            created: "2025-05-01T08:00".parse().unwrap(),
        },
    );
    office.put("nop/80100001 a.xlsx", &blank.unwrap(), 20);
    office.put("nop/80100002 b.xlsx", b"not a workbook", 20);
    let done = office.run("2025-05-21T08:00");
    for code in [SCHOOLS[0].0, SCHOOLS[1].0] {
        let own = expected(&done.outcome, code);
        assert_eq!((own.status, own.late, own.timing.first), (Status::NotValid, None, None), "{code}");
        assert_eq!(kept(&done.path, code), "Chưa có điểm", "{code}");
    }
    office.put("nop/80100001 a2.xlsx", &office.form(0, &[]), 33);
    assert_eq!(expected(&office.run("2025-06-03T08:00").outcome, SCHOOLS[0].0).late, Some(true));
}

#[test]
fn the_deadline_that_applies_today_is_named_and_none_that_has_passed() {
    let office = office("nop_lai = 2025-06-07\n");
    office.put("nop/a.xlsx", &office.form(0, &[("1.3.1", "99")]), 20);
    let message = |at: &str, code: &str| row_of(&office.run(at).path, "gui-lai-truong.csv", code);
    assert!(message("2025-05-22T08:00", SCHOOLS[0].0).contains("chậm nhất ngày 7/6/2025"));
    assert!(message("2025-05-22T09:00", SCHOOLS[1].0).contains("chậm nhất ngày 31/5/2025"));
    let done = office.run("2025-06-02T08:00");
    assert!(row_of(&done.path, "gui-lai-truong.csv", SCHOOLS[0].0).contains("chậm nhất ngày 7/6/2025"));
    assert!(row_of(&done.path, "gui-lai-truong.csv", SCHOOLS[1].0).contains("gửi sớm"));
    let today = sheet(&fs::read(done.path.join("dieu-hanh.xlsx")).unwrap(), "Việc hôm nay").concat().join("\n");
    assert!(today.contains("Hạn nộp (31/5/2025) đã qua") && !today.contains("\n-2\n"), "{today}");
    let form = done.outcome.corrections().into_iter().find_map(|one| one.file).unwrap();
    let form = fs::read(done.path.join("gui-lai-truong").join(form)).unwrap();
    assert!(sheet(&form, "Hướng dẫn").concat().contains(&"Hết ngày 7/6/2025.".to_owned()));
    let later = office.run("2025-06-09T08:00");
    assert!(!row_of(&later.path, "gui-lai-truong.csv", SCHOOLS[0].0).contains("chậm nhất"));
    assert!(!fs::read_to_string(later.path.join("gui-lai-truong.csv")).unwrap().contains("trước hết ngày"));
}

#[test]
fn an_extension_holds_for_a_school_before_anything_has_come_and_for_what_comes_again() {
    let office = office("nop_lai = 2025-06-03\n");
    let receipts = "ma_truong,gia_han_den,kenh,ly_do\n80100001,10/6/2025,Zalo,lũ lụt\n80100002,5/6/2025,,\n";
    fs::write(office.path("so-nhan.csv"), receipts).unwrap();
    let before = office.run("2025-06-02T08:00");
    assert!(row_of(&before.path, "gui-lai-truong.csv", SCHOOLS[0].0).contains("chậm nhất ngày 10/6/2025"));
    assert_eq!(kept(&before.path, SCHOOLS[0].0), "gia hạn đến 10/6/2025");
    let granted = &expected(&before.outcome, SCHOOLS[0].0).timing.granted;
    assert_eq!((granted.channel.as_str(), granted.reason.as_str()), ("Zalo", "lũ lụt"));
    office.put("nop/a.xlsx", &office.form(0, &[("1.3.1", "99")]), 36);
    office.put("nop/a2.xlsx", &office.form(0, &[]), 40);
    office.put("nop/b.xlsx", &office.form(1, &[]), 37);
    let done = office.run("2025-06-12T08:00");
    let own = expected(&done.outcome, SCHOOLS[0].0);
    assert_eq!((own.late, own.timing.again_late), (Some(false), Some(false)));
    assert_eq!(expected(&done.outcome, SCHOOLS[1].0).late, Some(true));
}

#[test]
fn a_day_without_a_time_shows_none() {
    let office = office("");
    fs::write(office.path("so-nhan.csv"), "tep,ngay_nhan\na.xlsx,20/5/2025\nb.xlsx,20/5/2025 14:30\n").unwrap();
    office.put("nop/a.xlsx", &office.form(0, &[]), 20);
    office.put("nop/b.xlsx", &office.form(1, &[]), 20);
    let done = office.run("2025-05-21T08:00");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(done.path.join("tong-hop.xlsx")).unwrap();
    let range = calamine::Reader::worksheet_range(&mut workbook, "Tình hình nộp").unwrap();
    let head = range.rows().position(|row| row.iter().any(|cell| *cell == "Nhận lúc")).unwrap();
    let col = range.rows().nth(head).unwrap().iter().position(|cell| *cell == "Nhận lúc").unwrap();
    let times: Vec<f64> =
        range.rows().skip(head + 1).take(2).map(|row| row[col].to_string().parse().unwrap()).collect();
    assert_eq!((times[0].fract(), times[1].fract() > 0.6), (0.0, true));
    assert_eq!(time_formats(&done.path), ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]);
}

/// The formats of the times at which the first two returns came.
fn time_formats(path: &std::path::Path) -> Vec<String> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(fs::File::open(path.join("tong-hop.xlsx")).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let styles = part("xl/styles.xml");
    let book = part("xl/workbook.xml");
    let before = book.split("name=\"Tình hình nộp\"").next().unwrap().matches("<sheet ").count();
    let sheet = part(&format!("xl/worksheets/sheet{before}.xml"));
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
    let of_cell = |cell: &str| {
        let style = sheet.split(&format!("<c r=\"{cell}\" s=\"")).nth(1).unwrap().split('"').next().unwrap();
        let id =
            formats[style.parse::<usize>().unwrap()].split("numFmtId=\"").nth(1).unwrap().split('"').next().unwrap();
        let code = styles.split(&format!("<numFmt numFmtId=\"{id}\" formatCode=\"")).nth(1).unwrap();
        code.split('"').next().unwrap().to_owned()
    };
    vec![of_cell("I10"), of_cell("I11")]
}

mod receipts_of_schools {
    use super::*;

    fn said(office: &TestOffice, rows: &str) -> Vec<Finding> {
        let header = "ma_truong,bo_chi_so,tep,ngay_nhan,kenh,gia_han_den,khong_dung,ly_do\n";
        fs::write(office.path("so-nhan.csv"), format!("{header}{rows}")).unwrap();
        let outcome = office.run("2025-05-10T08:00").outcome;
        let own = outcome.findings.into_iter();
        own.filter(|finding| finding.place.file.as_deref() == Some("so-nhan.csv")).collect()
    }

    #[test]
    fn each_mistake_is_told_at_its_cell_with_advice() {
        let office = office("");
        let roster = fs::read_to_string(office.path("danh-sach-truong.csv"))
            .unwrap()
            .replace("dien_thoai\n", "dien_thoai,tinh_trang\n")
            + "80100008,Trường TH Cũ,TH,Xã A,,,Giải thể\n";
        fs::write(office.path("danh-sach-truong.csv"), roster).unwrap();
        let wrong = [
            ("8010000,,,,,10/6/2025,,", code::RECEIPT_SCHOOL_UNKNOWN, "A2"),
            ("80100001,Mầm non 9,,,,10/6/2025,,", code::RECEIPT_SET_UNKNOWN, "A3"),
            ("80100001,,,20/5/2025,Zalo,,,", code::RECEIPT_NEEDS_FILE, "D4"),
            ("80100001,,,,,10/6/2025,x,", code::RECEIPT_NEEDS_FILE, "G5"),
            ("80100002,,,,,,,", code::RECEIPT_GRANTS_NOTHING, "A6"),
            ("80100002,,,,,20/5/2025,,", code::EXTENSION_IS_NONE, "F7"),
            ("80100003,,,,,10/6,,", code::RECEIPT_DATE_UNREADABLE, "F8"),
            ("80100008,,,,,10/6/2025,,", code::RECEIPT_OWES_NOTHING, "A9"),
            ("80100002,,,,Zalo,12/6/2025,,", code::RECEIPT_SCHOOL_TWICE, "A10"),
            (",Mầm non,,,,10/6/2025,,", code::RECEIPT_WITHOUT_FILE, "C11"),
            ("80100077,,khong-co.xlsx,,,,,", code::RECEIPT_OF_NO_FILE, "C12"),
        ];
        let rows: String = wrong.iter().map(|(row, ..)| format!("{row}\n")).collect();
        let said = said(&office, &rows);
        for (row, code, cell) in wrong {
            let at = |finding: &&Finding| finding.place.cell.is_some_and(|at| at.to_string() == cell);
            let found: Vec<Code> = said.iter().filter(at).map(|finding| finding.code).collect();
            assert!(found.contains(&code), "{row}: {cell} {found:?}");
        }
        assert!(said.iter().all(|finding| finding.advice(Lang::Vi).ends_with('.') && finding.place.sheet.is_some()));
    }

    #[test]
    fn a_row_of_a_school_and_a_row_of_a_file_stand_together() {
        let office = office("");
        office.put("nop/a.xlsx", &office.form(0, &[]), 33);
        let said = said(&office, "'80100001,,,,,5/6/2025,,\n,,a.xlsx,2/6/2025,E-mail,,,\n");
        assert_eq!(said.iter().map(|finding| finding.code).collect::<Vec<_>>(), []);
    }
}

#[test]
fn a_return_dated_after_the_run_is_questioned_until_the_receipts_know_better() {
    let office = office("");
    office.put("nop/a.xlsx", &office.form(0, &[]), 40);
    office.put("nop/b.xlsx", &office.form(1, &[]), 10);
    let done = office.run("2025-05-20T08:00");
    let said: Vec<&Finding> =
        done.outcome.findings.iter().filter(|finding| finding.code == code::DATED_AFTER_RUN).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].school.as_ref().unwrap().0, SCHOOLS[0].0);
    let message = said[0].message(Lang::Vi);
    assert!(message.contains("09/06/2025") && message.contains("20/05/2025"), "{message}");
    let today = |path: &std::path::Path| sheet(&fs::read(path.join("dieu-hanh.xlsx")).unwrap(), "Việc hôm nay");
    let rows = today(&done.path);
    let row = rows.iter().find(|row| row[1] == SCHOOLS[0].0).unwrap();
    assert!(row[3].contains("Tệp ghi ngày 09/06/2025, sau ngày chạy"), "{}", row[3]);
    // It is the office's own to look at: nothing goes back to the school.
    let back = done.path.join("gui-lai-truong");
    let names = fs::read_dir(back).map(|files| files.flatten().map(|file| file.file_name()).collect::<Vec<_>>());
    assert!(!names.unwrap_or_default().iter().any(|name| name.to_string_lossy().starts_with(SCHOOLS[0].0)));

    fs::write(office.path("so-nhan.csv"), "tep,ngay_nhan\na.xlsx,19/5/2025\n").unwrap();
    let done = office.run("2025-05-20T09:00");
    assert_eq!(codes_of(&done.outcome, &[code::DATED_AFTER_RUN]), []);
    assert!(!today(&done.path).iter().any(|row| row[1] == SCHOOLS[0].0));
}
