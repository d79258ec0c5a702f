//! What one file may bring into a run: texts and findings beyond it are left out, counted and said; memory stays bounded.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;

use cds::finding::{Severity, code};
use cds::outcome::Disposition;
use cds::outcome::{ExpectedReturn, Outcome, Status};
use cds::reader::Limits;

use crate::office::{Office, Ran, book};
use crate::reader_files::{Zip, sheet};

const SCHOOL: &str = "80100001";

fn office() -> Office {
    Office::new().school(SCHOOL, "Trường THCS Hoa Sen", "THCS")
}

/// The rows of a worksheet under construction.
#[derive(Default)]
struct Rows {
    xml: String,
    row: u32,
}

impl Rows {
    /// A row of texts from column A on; numbers are numbers, and an empty text is no cell.
    fn add(&mut self, cells: &[&str]) {
        self.row += 1;
        write!(self.xml, r#"<row r="{}">"#, self.row).unwrap();
        for (col, text) in ('A'..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            let at = format!("{col}{}", self.row);
            match text.parse::<f64>() {
                Ok(number) if text.len() < 5 => write!(self.xml, r#"<c r="{at}"><v>{number}</v></c>"#).unwrap(),
                _ => write!(self.xml, r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#).unwrap(),
            }
        }
        self.xml += "</row>";
    }

    /// A school's table with half of the points; evidence by the number of its item.
    fn table(&mut self, school: &str, evidence: impl Fn(usize) -> String) {
        self.add(&["Mã trường:", school]);
        self.add(&["Năm học:", "2024-2025"]);
        self.add(&["Mã", "Nội dung", "Điểm tối đa", "Điểm tự đánh giá", "Minh chứng", "Ghi chú"]);
        let book = book();
        let set = book.for_kind(&cds::school::SchoolKind("THCS".to_owned())).unwrap();
        for (number, node) in set.nodes.iter().filter(|node| node.is_leaf()).enumerate() {
            let max = node.max.map(|max| max.to_string()).unwrap_or_default();
            let score = if max.is_empty() { "Đạt" } else { "0.5" };
            self.add(&[&node.code.to_string(), &node.title, &max, score, &evidence(number), &evidence(number)]);
        }
    }
}

fn form(school: &str, evidence: impl Fn(usize) -> String, more: impl FnOnce(&mut Rows)) -> Vec<u8> {
    let mut rows = Rows::default();
    rows.table(school, evidence);
    more(&mut rows);
    sheet(&rows.xml).bytes()
}

fn texts(expected: &ExpectedReturn) -> Vec<&str> {
    let nodes = &expected.scored.as_ref().unwrap().nodes;
    nodes.iter().flat_map(|node| [&*node.evidence, &*node.note]).filter(|text| !text.is_empty()).collect()
}

fn said(ran: &Ran, file: &str) -> Vec<(u16, Severity)> {
    let ours = [code::EVIDENCE_CUT, code::MORE_FINDINGS, code::TOO_MANY_RETURNS];
    let said = ran.of(file).into_iter().filter(|finding| ours.contains(&finding.code));
    said.map(|finding| (finding.code.0, finding.severity)).collect()
}

#[test]
fn evidence_is_kept_as_long_as_a_file_brings_no_more_than_it_may() {
    let longest = "ă".repeat(32_767);
    let ran = office()
        .file("nop/a.xlsx", form(SCHOOL, |n| if n == 3 { longest.clone() } else { format!("QĐ {n}") }, |_| ()))
        .run();
    assert_eq!(texts(ran.expected(SCHOOL)).iter().filter(|text| **text == longest).count(), 2);
    assert_eq!(said(&ran, "nop/a.xlsx"), []);
}

#[test]
fn evidence_beyond_what_a_file_may_bring_is_cut_and_said_and_the_short_stays() {
    for letter in ["ă", "x", "😀"] {
        let text = |n: usize| if n.is_multiple_of(3) { letter.repeat(15_000) } else { format!("QĐ {n}") };
        let ran = office().file("nop/a.xlsx", form(SCHOOL, text, |_| ())).run();
        let most = Limits::default().kept_text;
        let kept = texts(ran.expected(SCHOOL));
        let bytes: usize = kept.iter().map(|text| text.trim_end_matches('…').len()).sum();
        assert!(bytes <= most && bytes > most * 9 / 10, "{letter}: {bytes}");
        let (cut, whole): (Vec<&str>, Vec<&str>) = kept.into_iter().partition(|text| text.ends_with('…'));
        assert!(whole.iter().all(|text| text.starts_with("QĐ ")), "{letter}");
        assert!(!cut.is_empty() && cut.iter().all(|text| text.len().abs_diff(cut[0].len()) < 4), "{letter}");
        let finding = ran.finding(code::EVIDENCE_CUT, "nop/a.xlsx");
        assert_eq!((&*finding.values["value"], &*finding.values["limit"]), (&*cut.len().to_string(), "256"));
        assert_eq!(finding.severity, Severity::Note);
        assert_eq!(ran.level(SCHOOL), Some(1));
    }
}

#[test]
fn findings_about_one_file_are_counted_where_they_are_not_listed() {
    let foreign = |rows: &mut Rows| {
        for n in 0..2_000 {
            rows.add(&[&format!("9.{}.{}", n / 100 + 1, n % 100 + 1), &"dòng lạ ".repeat(500), "2", "1"]);
        }
    };
    let ran = office().file("nop/a.xlsx", form(SCHOOL, |_| "htps://hoc-lieu".to_owned(), foreign)).run();
    let of_file = ran.of("nop/a.xlsx");
    let number = |code| of_file.iter().filter(|finding| finding.code == code).count();
    let limit = Limits::default().findings;
    // The first of equal weight are listed: lines that the set does not have come before what is said of answers.
    assert_eq!(number(code::EVIDENCE_LINK_MALFORMED), 0);
    assert!(number(code::EXTRA_ITEM) > limit - 5, "{}", number(code::EXTRA_ITEM));
    let rest = ran.finding(code::MORE_FINDINGS, "nop/a.xlsx");
    assert_eq!(rest.values["limit"], limit.to_string());
    assert!(rest.values["value"].parse::<usize>().unwrap() > 30, "{:?}", rest.values);
    assert_eq!(rest.severity, Severity::Warning);
    assert!(of_file.iter().all(|finding| finding.values.values().all(|value| value.chars().count() <= 200)));
}

#[test]
fn a_file_of_more_returns_than_it_may_bring_is_cut_and_said() {
    let mut rows = Rows::default();
    let mut office = Office::new();
    for n in 0..130 {
        let school = format!("8010{n:04}");
        rows.table(&school, |_| "QĐ 1".to_owned());
        rows.add(&[""]);
        office = office.school(&school, &format!("Trường THCS số {n}"), "THCS");
    }
    let ran = office.file("nop/ca xa.xlsx", sheet(&rows.xml).bytes()).run();
    let limit = Limits::default().sheets;
    let finding = ran.finding(code::TOO_MANY_RETURNS, "nop/ca xa.xlsx");
    assert_eq!((&*finding.values["value"], finding.severity), ("130", Severity::Error));
    let counted = ran.outcome.expected.iter().filter(|expected| expected.scored.is_some()).count();
    assert_eq!(counted, limit);
}

#[test]
fn a_return_that_does_not_count_leaves_the_others_of_its_sheet_as_they_are() {
    let mut rows = Rows::default();
    rows.table(SCHOOL, |_| "QĐ 1".to_owned());
    rows.add(&[""]);
    let first = rows.xml.len();
    rows.table("80100002", |_| "QĐ 1".to_owned());
    let last_year = rows.xml.split_off(first).replace("2024-2025", "2023-2024");
    let office = office().school("80100002", "Trường THCS Hoa Mai", "THCS");
    let ran = office.file("nop/hai truong.xlsx", sheet(&(rows.xml + &last_year)).bytes()).run();
    assert_eq!((ran.status(SCHOOL), ran.status("80100002")), (Status::Accepted, Status::NotValid));
    let of = |school: &str| {
        let own = ran.outcome.files.iter().find(|file| file.school.as_ref().is_some_and(|of| of.0 == school));
        own.unwrap().disposition
    };
    assert_eq!((of(SCHOOL), of("80100002")), (Disposition::Counted, Disposition::NotValid));
}

#[test]
fn names_of_any_length_are_shortened() {
    let long = "Trường THCS ".repeat(2_000);
    let mut rows = Rows::default();
    rows.table(SCHOOL, |_| "QĐ 1".to_owned());
    for _ in 0..300 {
        rows.add(&["Tên trường:", &long]);
        rows.add(&["Người lập:", &long]);
    }
    let bytes = crate::reader_files::workbook().sheet(&"ờ".repeat(9_000), &rows.xml).bytes();
    let office = office().file("nop/a.xlsx", bytes);
    let ran = office.run();
    assert_eq!(ran.dispositions("nop/a.xlsx"), ["tinh"]);
    let json = fs::read(ran.path.join("ket-qua.json")).unwrap();
    assert!(json.len() < 400_000, "{}", json.len());
}

/// The most memory that the program itself took, in megabytes, beside how it ended. Its readers have a cap of their own.
#[cfg(target_os = "linux")]
fn peak_of(office: &Office) -> (u64, Option<i32>) {
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_cds"))
        .arg("run")
        .arg(office.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", run.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(peak);
        if let Some(ended) = run.try_wait().unwrap() {
            return (peak / 1024, ended.code());
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// A return of 60 texts as long as cells can hold, and as many lines that the set does not have.
#[cfg(target_os = "linux")]
fn fat(school: &str, number: usize) -> Vec<u8> {
    let text = |n: usize| format!("{number} {n} {}", "ắ".repeat(32_700));
    form(school, text, |rows| {
        for n in 0..200 {
            rows.add(&[
                &format!("9.{}.{}", n / 100 + 1, n % 100 + 1),
                &text(n).chars().take(8_000).collect::<String>(),
                "2",
                "1",
            ]);
        }
    })
}

/// All that these members hold would be 200 MB.
#[cfg(target_os = "linux")]
#[test]
fn members_of_an_archive_cost_no_more_than_files_of_the_folder() {
    let members = (0..20).fold(Zip::new(), |zip, n| zip.file(&format!("{n}.xlsx"), fat(SCHOOL, n)));
    let office = office().file("nop/a.zip", members.bytes());
    office.command(&[]);
    let (peak, ended) = peak_of(&office);
    assert_eq!(ended, Some(0));
    assert!(peak < 110, "{peak} MB");
}

#[cfg(target_os = "linux")]
#[test]
fn returns_of_the_largest_kind_keep_within_the_memory_of_a_run() {
    let mut office = Office::new();
    for n in 0..20 {
        let school = format!("8010{n:04}");
        office = office.school(&school, &format!("Trường THCS số {n}"), "THCS");
        office = office.file(&format!("nop/{school}.xlsx"), fat(&school, n));
    }
    let first = office.run();
    assert!(said(&first, "nop/80100007.xlsx").contains(&(code::EVIDENCE_CUT.0, Severity::Note)));
    let counted = first.outcome.expected.iter().filter(|expected| expected.scored.is_some()).count();
    assert_eq!(counted, 20);
    let size = fs::metadata(first.path.join("ket-qua.json")).unwrap().len();
    assert!(size < 12 << 20, "{size}");
    // Anew, with the earlier result beside it.
    fs::remove_file(office.path().join(cds::folder::CACHE)).unwrap();
    let (peak, ended) = peak_of(&office);
    assert_eq!(ended, Some(0));
    assert!(peak < 110, "{peak} MB");
    assert!(Outcome::read_json(&fs::read(first.path.join("ket-qua.json")).unwrap()).is_ok());
}
