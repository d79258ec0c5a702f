//! The dossier of evidence: `minh-chung/`, its list in each run, and what goes with the report.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use calamine::Reader;
use cds::finding::code;
use cds::outcome::Outcome;

use crate::office::Office;

const LIST: &str = "danh-muc-minh-chung.xlsx";
const PLAN: &str = "1.1.1 Kế hoạch năm [bản ký]/Kế hoạch #1 & 100%.pdf";

fn finalize(run: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    let command = command.arg("finalize").arg(run).args(["--moc", "gui-so", "--accept-open"]);
    command.stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// An office that claims half of everything and has evidence for some of it.
fn office() -> Office {
    Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .returned("a.xlsx", "80100001", |_| {})
        .own_form(|_| {})
        .file(&format!("minh-chung/{PLAN}"), "bản kế hoạch")
        .file("minh-chung/1.1.1 Kế hoạch năm [bản ký]/cũ/0912345678.txt", "gọi 0912345678")
        .file("minh-chung/ảnh chụp.jpg", "ảnh")
        .file("minh-chung/9.9.9 mã lạ/a.txt", "a")
        // Of the year before: no evidence, and not in the way of the list that comes there.
        .file(&format!("minh-chung/{LIST}"), "danh mục năm trước")
}

/// The rows of the list below its header.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range("Danh mục minh chứng").unwrap();
    let rows = range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<String>>());
    rows.skip_while(|row| row[0] != "TT").skip(1).collect()
}

#[test]
fn files_stand_at_the_item_that_they_prove_and_what_is_bare_is_told() {
    let office = office();
    let ran = office.run();
    let dossier = ran.outcome.dossier.as_ref().unwrap();
    let items: Vec<String> = dossier.iter().map(|proof| proof.item.map_or("–".to_owned(), |c| c.to_string())).collect();
    assert_eq!(items, ["1.1.1", "1.1.1", "–", "–"], "{dossier:?}");
    let plan = dossier.iter().find(|proof| proof.file.ends_with(".pdf")).unwrap();
    assert_eq!((plan.size, plan.sha256.len()), ("bản kế hoạch".len() as u64, 64));

    let of = |code| ran.outcome.findings.iter().filter(move |finding| finding.code == code);
    let loose: Vec<&str> = of(code::PROOF_OF_NO_ITEM).filter_map(|finding| finding.place.file.as_deref()).collect();
    assert_eq!(loose, ["minh-chung/9.9.9 mã lạ/a.txt", "minh-chung/ảnh chụp.jpg"]);
    let bare: Vec<String> = of(code::ITEM_WITHOUT_PROOF).map(|finding| finding.item.unwrap().to_string()).collect();
    assert!(!bare.is_empty() && !bare.contains(&"1.1.1".to_owned()), "{bare:?}");

    let rows = rows(&ran.path.join(LIST));
    let row = |part: &str| rows.iter().find(|row| row[4].contains(part)).unwrap();
    assert_eq!(row("Kế hoạch #1")[1], "1.1.1");
    assert_eq!(row("Kế hoạch #1")[7], plan.sha256);
    assert!(row("[số điện thoại]")[1] == "1.1.1" && !rows.iter().flatten().any(|text| text.contains("0912345678")));
    assert_eq!(row("ảnh chụp")[1..3], ["–", "Chưa thuộc mục nào"]);
    assert!(row("(chưa có tệp)")[1] == bare[0], "{rows:?}");
    let numbers: Vec<String> = (1..=rows.len()).map(|number| number.to_string()).collect();
    assert_eq!(rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), numbers);
}

#[test]
fn without_a_dossier_nothing_is_asked() {
    let ran = Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .returned("a.xlsx", "80100001", |_| {})
        .own_form(|_| {})
        .run();
    assert!(ran.outcome.dossier.is_none() && !ran.path.join(LIST).exists());
    assert!(!ran.outcome.findings.iter().any(|finding| finding.code == code::ITEM_WITHOUT_PROOF));
}

#[test]
fn what_is_handed_over_holds_the_files_as_they_are_with_links_that_lead_there() {
    let office = office();
    let ran = office.run();
    let output = finalize(&ran.path);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("Hồ sơ minh chứng: đã chép 4 tệp"), "{}", said(&output));
    let handed = office.path().join("ket-qua/2025-06-01T0200-gui-so/gui-so");
    for proof in ran.outcome.dossier.as_ref().unwrap() {
        let copied = fs::read(handed.join(&*proof.file)).unwrap();
        assert_eq!(copied, fs::read(office.path().join(&*proof.file)).unwrap(), "{}", proof.file);
    }
    let told = fs::read_to_string(handed.join("DOC-TOI.txt")).unwrap();
    assert!(told.contains("minh-chung: 4 tệp minh chứng") && told.contains(LIST), "{told}");
    // The list's link leads to the file from where the list lies.
    let list = handed.join("minh-chung").join(LIST);
    assert_eq!(rows(&list).len(), rows(&ran.path.join(LIST)).len());
    let links = targets(&list);
    assert_eq!(links.len(), 3, "none to a name that the mask hides: {links:?}");
    for link in &links {
        let path = percent_decoded(link.trim_start_matches("file:///"));
        assert!(handed.join("minh-chung").join(&path).is_file(), "{link}");
    }
    // All of it is under the seal.
    let program = Command::new(env!("CARGO_BIN_EXE_cds")).arg("verify").arg(handed.parent().unwrap()).output().unwrap();
    assert_eq!(program.status.code(), Some(0), "{}", said(&program));
    fs::write(handed.join("minh-chung").join(PLAN), "khác").unwrap();
    let program = Command::new(env!("CARGO_BIN_EXE_cds")).arg("verify").arg(handed.parent().unwrap()).output().unwrap();
    assert!(program.status.code() != Some(0) && said(&program).contains("Kế hoạch #1"), "{}", said(&program));
    // An office above reads the result without it.
    let text = fs::read(handed.join("ket-qua.json")).unwrap();
    assert!(Outcome::read_json(&text).unwrap().dossier.is_none());
}

#[test]
fn evidence_that_is_not_what_the_run_saw_ends_the_freezing() {
    for change in ["khác", ""] {
        let office = office();
        let ran = office.run();
        let plan = office.path().join("minh-chung").join(PLAN);
        match change {
            "" => fs::remove_file(&plan).unwrap(),
            other => fs::write(&plan, other).unwrap(),
        }
        let output = finalize(&ran.path);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("Kế hoạch #1"), "{}", said(&output));
        assert!(!office.path().join("ket-qua/2025-06-01T0200-gui-so").exists());
    }
}

/// The addresses of the links of a workbook of one sheet.
fn targets(path: &Path) -> Vec<String> {
    let mut package = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let part = package.by_name("xl/worksheets/_rels/sheet1.xml.rels").unwrap();
    let text = std::io::read_to_string(part).unwrap();
    let parts = text.split("Target=\"").skip(1).map(|part| part.split('"').next().unwrap());
    parts.filter(|part| !part.contains("/tables/")).map(|part| part.replace("&amp;", "&")).collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [a, b, more @ ..]) => {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&[*a, *b]).unwrap(), 16).unwrap());
                rest = more;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
