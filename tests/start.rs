//! `cds` without a command: a folder, a workbook, or nothing at all, as people come to it who use no terminal.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::office::{Office, book, form};
#[cfg(unix)]
use crate::terminal::Terminal;

fn cds(at: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cds")).args(words).current_dir(at).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// An office that was run once, so that its files are there.
fn office() -> Office {
    let office =
        Office::new().school("80100001", "Trường THCS Bình Minh", "THCS").returned("a.xlsx", "80100001", |_| {});
    office.run();
    office
}

fn runs(office: &Path) -> usize {
    fs::read_dir(office.join("ket-qua")).map_or(0, |entries| {
        entries.filter(|entry| entry.as_ref().unwrap().path().join("tong-hop.xlsx").exists()).count()
    })
}

#[test]
fn a_folder_alone_is_run_and_the_present_one_if_none_is_named() {
    let office = office();
    let path = office.path().to_str().unwrap();
    let stray = format!("{path}\"");
    let spoiled = format!("{path}\" --quiet");
    let elsewhere = tempfile::tempdir().unwrap();
    for (at, words) in [
        (elsewhere.path(), vec![path]),
        (elsewhere.path(), vec!["--lang", "en", path, "--quiet"]),
        (elsewhere.path(), vec![stray.as_str()]),
        (elsewhere.path(), vec!["run", spoiled.as_str()]),
        (office.path(), vec![]),
        (office.path(), vec!["--lang", "en"]),
        (office.path(), vec!["run"]),
        (office.path(), vec!["run", "--no-open"]),
    ] {
        let before = runs(office.path());
        let output = cds(at, &words);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", said(&output));
        assert_eq!(runs(office.path()), before + 1, "{words:?}: {}", said(&output));
        assert_eq!(said(&output).is_empty(), words.iter().any(|word| word.ends_with("--quiet")), "{words:?}");
    }
    let output = cds(office.path(), &["doctor"]);
    assert!(said(&output).contains("Danh sách: 1 trường"), "{}", said(&output));
}

#[test]
fn workbooks_alone_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let book = book();
    let set = book.for_kind(&cds::school::SchoolKind("THCS".to_owned())).unwrap();
    fs::write(folder.path().join("Phiếu 1.xlsx"), form(set, None, |_| {})).unwrap();
    fs::write(folder.path().join("b.xlsx"), b"none").unwrap();
    let output = cds(folder.path(), &["Phiếu 1.xlsx", "b.xlsx"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("Phiếu 1.xlsx: 0 phải sửa"), "{}", said(&output));
}

#[test]
fn where_there_is_no_office_it_is_said() {
    let empty = tempfile::tempdir().unwrap();
    let output = cds(empty.path(), &["run"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("chưa phải thư mục cơ quan: thiếu co-quan.toml"), "{}", said(&output));
    assert!(said(&output).contains(empty.path().file_name().unwrap().to_str().unwrap()), "which: {}", said(&output));
    // Nobody can be asked: the help is printed.
    let output = cds(empty.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("Cách dùng: cds"), "{}", said(&output));
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "nothing is made unasked");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_somebody_without_an_office_is_asked() {
    let place = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::cds(place.path(), &[]);
    terminal.answer("nhấn Enter: ", "7");
    terminal.answer("Chưa hiểu.", "3");
    let (screen, code) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("Cách dùng: cds") && !screen.contains("dữ liệu mẫu"), "{screen}");

    let mut terminal = Terminal::cds(place.path(), &["--lang", "en"]);
    terminal.answer("then Enter: ", "0");
    assert_eq!(terminal.end().1, 0);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);

    // The sample beside the program's folder is offered.
    let sample = place.path().join("samples/can-giuoc");
    fs::create_dir_all(sample.join("nop")).unwrap();
    for file in ["co-quan.toml", "danh-sach-truong.xlsx"] {
        fs::copy(Path::new("samples/can-giuoc").join(file), sample.join(file)).unwrap();
    }
    let mut terminal = Terminal::cds(place.path(), &[]);
    terminal.answer("Chạy thử trên dữ liệu mẫu", "2");
    let (screen, code) = terminal.end();
    assert_eq!((code, runs(&sample)), (0, 1), "{screen}");
    assert!(screen.contains("Mở báo cáo"), "{screen}");
}

#[cfg(unix)]
#[test]
fn a_year_that_begins_has_its_forms_made_first_and_is_run_without_an_answer() {
    let office = Office::new().school("80100001", "Trường THCS Bình Minh", "THCS");
    office.run();
    fs::remove_dir_all(office.path().join("ket-qua")).unwrap();
    let mut terminal = Terminal::cds(office.path(), &[]);
    terminal.answer("Chưa có phiếu nào trong nop", "1");
    let (screen, code) = terminal.end();
    let forms = office.path().join("phieu");
    assert_eq!(code, 0, "{screen}");
    let made = fs::read_dir(&forms).unwrap().filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("80100001") && name.to_string_lossy().ends_with(".xlsx")
    });
    assert_eq!(made.count(), 1, "{screen}");
    // They are made: a double-click runs.
    let terminal = Terminal::cds(office.path(), &[]);
    let (screen, code) = terminal.end();
    assert_eq!((code, runs(office.path())), (0, 1), "{screen}");
    fs::remove_dir_all(forms).unwrap();
    let mut terminal = Terminal::cds(office.path(), &["--lang", "en"]);
    terminal.answer("Nothing in nop yet", "");
    let (screen, code) = terminal.end();
    assert_eq!((code, runs(office.path())), (0, 2), "{screen}");
}
