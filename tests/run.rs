//! Runs of small offices, from the files that came to what is said of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::office;
use crate::office::Office;
use cds::finding::code;
use cds::outcome::Status;

fn three() -> Office {
    Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .school("80100002", "Trường TH Hoa Sen", "TH")
        .school("80200003", "Trường Mầm non Tuổi Thơ", "MN")
}

#[test]
fn a_clean_return_counts_and_a_missing_one_is_told() {
    let ran = three().returned("a.xlsx", "80100001", |_| {}).run();
    assert_eq!(ran.status("80100001"), Status::Accepted);
    assert_eq!(ran.codes("nop/a.xlsx"), []);
    assert_eq!(ran.counted("80100001", "1.3.1"), 5.5);
    assert_eq!(ran.status("80100002"), Status::Missing);
    assert!(ran.said.contains("1/3 phiếu được tính; 0 chưa hợp lệ, 2 chưa nộp"), "{}", ran.said);
    let missing = ran.outcome.findings.iter().filter(|finding| finding.code == code::MISSING).count();
    assert_eq!(missing, 2);
}

#[test]
fn an_item_with_an_error_counts_nothing_and_the_rest_stays() {
    let change = |form: &mut office::Filled| {
        form.number("1.3.1", 7.0).text("1.3.2", "tốt").blank("1.3.3").text("1.3.4", "chưa").without_evidence("1.3.5");
    };
    let ran = three().returned("a.xlsx", "80100001", change).run();
    let file = "nop/a.xlsx";
    let above = ran.finding(code::ABOVE_MAX, file);
    assert_eq!(
        above.message(cds::finding::Lang::En),
        "1.3.1 Phần mềm dạy học trực tuyến trực tiếp: 7 exceeds the maximum 6; not counted yet."
    );
    assert!(above.place.cell.is_some());
    ran.finding(code::NOT_A_NUMBER, file);
    ran.finding(code::SCORE_MISSING, file);
    ran.finding(code::WORD_FOR_ZERO, file);
    ran.finding(code::EVIDENCE_MISSING, file);
    for item in ["1.3.1", "1.3.2", "1.3.3", "1.3.4"] {
        assert_eq!(ran.counted("80100001", item), 0.0, "{item}");
    }
    assert_eq!(ran.counted("80100001", "1.3.5"), 5.5);
    let ledger = ran.outcome.ledger.schools;
    assert_eq!((ledger.void.to_f64(), ledger.missing), (7.0, 2));
    assert_eq!((ran.expected("80100001").errors, ran.expected("80100001").warnings), (3, 2));
}

#[test]
fn a_mandatory_condition_holds_its_group_at_level_1() {
    let ran = three()
        .returned("a.xlsx", "80100001", |form| {
            form.text("2.1", "Chưa đạt");
        })
        .returned("b.xlsx", "80100002", |form| {
            form.blank("1.1");
        })
        .run();
    let group = |code: &str, group: usize| {
        let nodes = &ran.expected(code).scored.as_ref().unwrap().nodes;
        nodes.iter().filter(|node| node.code.depth() == 1).nth(group).unwrap().level.unwrap().0
    };
    assert_eq!((group("80100001", 0), group("80100001", 1), ran.level("80100001")), (3, 1, Some(1)));
    assert_eq!((group("80100002", 0), ran.level("80100002")), (1, Some(1)));
    ran.finding(code::MANDATORY_NOT_MET, "nop/a.xlsx");
    ran.finding(code::MANDATORY_UNANSWERED, "nop/b.xlsx");
}

#[test]
fn the_newest_valid_return_counts() {
    let ran = three()
        .returned("cu.xlsx", "80100001", |form| {
            form.number("1.3.1", 1.0);
        })
        .returned("moi.xlsx", "80100001", |form| {
            form.number("1.3.1", 2.0);
        })
        .returned("80100002 cu.xlsx", "80100002", |_| {})
        .file("nop/80100002 moi.xlsx", b"PK\x03\x04 half")
        .run();
    assert_eq!(ran.counted("80100001", "1.3.1"), 2.0);
    assert_eq!((ran.dispositions("nop/cu.xlsx"), ran.dispositions("nop/moi.xlsx")), (vec!["thay_the"], vec!["tinh"]));
    ran.finding(code::SUPERSEDED, "nop/cu.xlsx");
    assert_eq!(ran.status("80100002"), Status::Accepted);
    assert_eq!(ran.dispositions("nop/80100002 moi.xlsx"), ["khong_doc_duoc"]);
    ran.finding(code::NEWER_NOT_VALID, "nop/80100002 cu.xlsx");
}

#[test]
fn a_newer_return_that_is_not_valid_leaves_the_older_one_counted() {
    let ran = three()
        .returned("cu.xlsx", "80100001", |_| {})
        .returned("trang.xlsx", "80100001", |form| {
            form.nothing();
        })
        .run();
    assert_eq!(ran.status("80100001"), Status::Accepted);
    ran.finding(code::NEWER_NOT_VALID, "nop/cu.xlsx");
    ran.finding(code::NOTHING_FILLED, "nop/trang.xlsx");
    assert_eq!(ran.dispositions("nop/trang.xlsx"), ["chua_hop_le"]);
}

#[test]
fn equal_content_counts_once_and_late_is_late() {
    let settings = "[han]\nnop_phieu = 2025-05-01\n";
    let office = three().settings(settings).returned("a.xlsx", "80100001", |_| {});
    let bytes = std::fs::read(office.path().join("nop/a.xlsx")).unwrap();
    let ran = office.file("nop/chép/b.xlsx", bytes).returned("muon.xlsx", "80100002", |_| {}).run();
    assert_eq!((ran.dispositions("nop/a.xlsx"), ran.dispositions("nop/chép/b.xlsx")), (vec!["tinh"], vec!["trung"]));
    ran.finding(code::DUPLICATE, "nop/chép/b.xlsx");
    assert_eq!((ran.expected("80100001").late, ran.expected("80100002").late), (Some(false), Some(true)));
    ran.finding(code::LATE, "nop/muon.xlsx");
}

#[test]
fn receipts_date_set_aside_and_extend() {
    let receipts = "tep,ngay_nhan,gia_han_den,khong_dung,ly_do\n\
        cu.xlsx,20/05/2025,,,\nmoi.xlsx,01/05/2025,,,\nb.xlsx,03/06/2025,05/06/2025,,\nc.xlsx,,,x,gửi nhầm\n";
    let ran = three()
        .settings("[han]\nnop_phieu = 2025-05-31\n")
        .file("so-nhan.csv", receipts)
        .returned("cu.xlsx", "80100001", |form| {
            form.number("1.3.1", 1.0);
        })
        .returned("moi.xlsx", "80100001", |form| {
            form.number("1.3.1", 2.0);
        })
        .returned("b.xlsx", "80100002", |_| {})
        .returned("c.xlsx", "80200003", |_| {})
        .run();
    assert_eq!(ran.counted("80100001", "1.3.1"), 1.0);
    assert_eq!(ran.expected("80100002").late, Some(false));
    assert_eq!((ran.status("80200003"), ran.dispositions("nop/c.xlsx")), (Status::Missing, vec!["khong_dung"]));
    assert!(ran.finding(code::SET_ASIDE, "nop/c.xlsx").message(cds::finding::Lang::Vi).contains("gửi nhầm"));
}

#[test]
fn a_school_of_two_kinds_owes_two_returns() {
    let ran = Office::new()
        .school("80100009", "Trường MN và TH Ánh Dương", "TH, MN")
        .returned("a.xlsx", "80100009", |_| {})
        .run();
    let statuses: Vec<_> =
        ran.outcome.expected.iter().map(|expected| (expected.set.0.as_str(), expected.status)).collect();
    assert_eq!(statuses, [("qd-3276-2024", Status::Missing), ("qd-4725-2022", Status::Accepted)]);
}

#[test]
fn the_offices_criteria_follow_from_its_schools() {
    let ran = three()
        .returned("a.xlsx", "80100001", |form| {
            form.all(1.0);
        })
        .returned("b.xlsx", "80100002", |form| {
            form.all(0.6);
        })
        .returned("c.xlsx", "80200003", |form| {
            form.all(0.2);
        })
        .own_form(|_| {})
        .run();
    // Group 1 of the general schools: one at level 3, one at level 2: (1 + 0.5) / 2 of 25.
    let offices = ran.outcome.offices.as_ref().unwrap();
    let points: Vec<f64> = offices.computed.iter().map(|result| result.points.to_f64()).collect();
    assert_eq!(points, [18.75, 0.0]);
    assert_eq!((ran.level("80100001"), ran.level("80100002"), ran.level("80200003")), (Some(3), Some(2), Some(1)));
    // Eleven items of its own, each half a point below its maximum: 60 - 5.5, and the computed ones.
    assert_eq!(offices.scored.total.to_f64(), 54.5 + 18.75);
    assert_eq!(offices.scored.level.map(|level| level.0), Some(2));
}

#[test]
fn without_its_own_form_the_office_is_told() {
    let ran = three().returned("a.xlsx", "80100001", |_| {}).run();
    ran.finding(code::OFFICE_FORM_MISSING, "phieu-co-quan.xlsx");
    let broken = three().returned("a.xlsx", "80100001", |_| {}).file("phieu-co-quan.xlsx", b"nonsense").run();
    // What came is told for what it is, not as missing besides.
    let told = broken.of("phieu-co-quan.xlsx");
    assert!(!told.is_empty() && told.iter().all(|finding| finding.code != code::OFFICE_FORM_MISSING), "{told:?}");
}

#[test]
fn the_same_folder_gives_the_same_bytes_on_any_number_of_threads() {
    let office = three()
        .returned("a.xlsx", "80100001", |_| {})
        .returned("b.xlsx", "80100002", |form| {
            form.number("1.3.1", 99.0);
        })
        .file("nop/80200003.pdf", b"%PDF-1.4")
        .file("nop/~$a.xlsx", b"x");
    let tables = |threads: &str| {
        let output = office.command(&["--threads", threads]);
        assert_eq!(output.status.code(), Some(0));
        let mut runs: Vec<_> =
            std::fs::read_dir(office.path().join("ket-qua")).unwrap().map(|e| e.unwrap().path()).collect();
        runs.sort();
        let run = runs.pop().unwrap();
        let read = |name: &str| std::fs::read(run.join(name)).unwrap();
        let tables = ["truong.csv", "diem.csv", "loi.csv", "nop.csv"].map(read);
        let json = String::from_utf8(read("ket-qua.json")).unwrap();
        (tables, json.replace(&run.file_name().unwrap().to_string_lossy().to_string(), "RUN"))
    };
    assert!(tables("1") == tables("3"));
}

#[test]
fn a_sum_that_passed_over_texts_is_not_held_against_the_school() {
    // The form's own SUM makes 5.5 less of it, since it does not see the text; that is no fault of the school.
    let ran = three()
        .returned("a.xlsx", "80100001", |form| {
            form.text("1.3.1", "5,5 đ");
        })
        .run();
    assert_eq!(ran.counted("80100001", "1.3.1"), 5.5);
    assert_eq!(ran.codes("nop/a.xlsx"), []);
}
