//! `cds verify`: a workbook that still holds what was written, one that does not, and a frozen result by its seal.

#![allow(clippy::unwrap_used)] // The builders below are tests too.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::office::Office;

fn verify(path: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cds")).arg("verify").arg(path).args(more).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// An office with a run, and its folder.
fn ran() -> (Office, PathBuf) {
    let office = Office::new()
        .school("80100001", "Trường THCS Bình Minh", "THCS")
        .returned("a.xlsx", "80100001", |_| {})
        .own_form(|_| {});
    let path = office.run().path;
    (office, path)
}

fn frozen() -> (Office, PathBuf, PathBuf) {
    let (office, run) = ran();
    let mut command = Command::new(env!("CARGO_BIN_EXE_cds"));
    let output = command.arg("finalize").arg(&run).args(["--moc", "gui-so", "--accept-open"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let milestone = office.path().join("ket-qua/2025-06-01T0200-gui-so");
    (office, run, milestone)
}

/// The workbook with a text of one part replaced.
fn edited(book: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    changed(book, |name, text| {
        (name == part).then(|| {
            assert!(text.contains(from), "{part} has no {from}");
            text.replacen(from, to, 1)
        })
    })
}

/// As a program saves it that computes no formulas: there are none of their results.
fn without_results(book: &[u8]) -> Vec<u8> {
    changed(book, |name, text| {
        name.starts_with("xl/worksheets/sheet").then(|| {
            let mut parts = text.split("</f>");
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |all, part| {
                let value = part.starts_with("<v>").then(|| part.find("</v>").unwrap() + 4);
                format!("{all}</f>{}", &part[value.unwrap_or(0)..])
            })
        })
    })
}

/// The workbook with the texts of some parts changed.
fn changed(book: &[u8], change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut entry = old.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if let Some(text) = std::str::from_utf8(&bytes).ok().and_then(|text| change(&name, text)) {
            bytes = text.into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const STRINGS: &str = "xl/sharedStrings.xml";

#[test]
fn a_run_that_was_not_touched_holds() {
    let (_office, run) = ran();
    for path in [run.clone(), run.join("tong-hop.xlsx")] {
        let output = verify(&path, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(said(&output).starts_with("CÒN ĐÚNG"), "{}", said(&output));
    }
}

#[test]
fn cells_that_were_changed_are_named() {
    let (office, run) = ran();
    let path = run.join("tong-hop.xlsx");
    let book = fs::read(&path).unwrap();
    let changed = edited(&book, STRINGS, "Trường THCS Bình Minh", "Trường THCS Bình Minh A");
    fs::write(&path, &changed).unwrap();
    let output = verify(&path, &[]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.starts_with("KHÔNG CÒN ĐÚNG"), "{text}");
    assert!(text.contains("đã ghi “Trường THCS Bình Minh”, nay là “Trường THCS Bình Minh A”"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("✗ ") && line.contains(" > B")), "{text}");
    // A copy somewhere else needs the run named.
    let copy = office.path().join("nhan ve.xlsx");
    fs::write(&copy, &changed).unwrap();
    let alone = verify(&copy, &[]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(said(&alone).contains("--run"), "{}", said(&alone));
    assert_eq!(verify(&copy, &["--run", run.to_str().unwrap()]).status.code(), Some(1));
    // A copy that another program saved anew, with other bytes and the same cells, holds.
    fs::write(&copy, edited(&book, STRINGS, "<sst ", "<sst  ")).unwrap();
    let resaved = verify(&copy, &["--run", run.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(resaved.status.code(), Some(0), "{}", said(&resaved));
    assert!(said(&resaved).starts_with("IT HOLDS"), "{}", said(&resaved));
}

#[test]
fn formulas_without_results_are_told_in_a_line_beside_what_was_changed() {
    let (_office, run) = ran();
    let path = run.join("tong-hop.xlsx");
    let book = fs::read(&path).unwrap();
    fs::write(&path, without_results(&book)).unwrap();
    let text = said(&verify(&path, &[]));
    assert!(text.starts_with("KHÔNG CÒN ĐÚNG"), "{text}");
    assert!(text.contains("ô là công thức không còn kết quả") && !text.contains("✗"), "{text}");
    fs::write(&path, without_results(&edited(&book, STRINGS, "Trường THCS Bình Minh", "Trường THCS Khác"))).unwrap();
    let text = said(&verify(&path, &[]));
    assert!(text.contains("✗ ") && text.contains("nay là “Trường THCS Khác”"), "{text}");
    assert!(!text.contains("công thức chưa tính"), "{text}");
}

#[test]
fn a_frozen_result_is_held_to_its_seal() {
    let (_office, run, milestone) = frozen();
    let book = milestone.join("gui-so/tong-hop.xlsx");
    for path in [&milestone, &book, &run] {
        let output = verify(path, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(said(&output).contains("Mã chốt"), "{}", said(&output));
    }
    let bytes = fs::read(&book).unwrap();
    fs::write(&book, edited(&bytes, STRINGS, "Trường THCS Bình Minh", "Trường THCS Khác")).unwrap();
    for path in [&milestone, &book] {
        let output = verify(path, &[]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("nay là “Trường THCS Khác”"), "{}", said(&output));
    }
    assert!(said(&verify(&milestone, &[])).contains("gui-so/tong-hop.xlsx: đã bị sửa"));
    fs::write(&book, &bytes).unwrap();
    assert_eq!(verify(&milestone, &[]).status.code(), Some(0));
    // A return that is gone, a run that was edited, a seal that was rewritten.
    let copy = milestone.join("gui-so/phieu/80100001-truong-thcs-binh-minh.xlsx");
    let kept = fs::read(&copy).unwrap();
    fs::remove_file(&copy).unwrap();
    let output = verify(&milestone, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("gui-so/phieu/80100001-truong-thcs-binh-minh.xlsx: không còn"), "{}", said(&output));
    fs::write(&copy, kept).unwrap();
    fs::write(run.join("diem.csv"), "khác").unwrap();
    let output = verify(&run, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("diem.csv: đã bị sửa"), "{}", said(&output));
    let seal = milestone.join("CHOT-gui-so.json");
    let text = fs::read_to_string(&seal).unwrap();
    fs::write(&seal, text.replace("\"number\": \"\"", "\"number\": \"99/BC\"")).unwrap();
    let output = verify(&milestone, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("không còn đúng với mã chốt"), "{}", said(&output));
}

#[test]
fn what_cannot_be_verified_is_two() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(verify(&place.path().join("khong-co.xlsx"), &[]).status.code(), Some(2));
    assert_eq!(verify(place.path(), &[]).status.code(), Some(2));
    let (_office, run) = ran();
    let path = run.join("tong-hop.xlsx");
    fs::write(&path, "no workbook").unwrap();
    let output = verify(&path, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    fs::write(run.join("DAU-VAN-TAY.txt"), "no list").unwrap();
    let output = verify(&run, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("DAU-VAN-TAY.txt"), "{}", said(&output));
}

/// What `verify` says of a folder, with its code.
fn verdict(path: &Path) -> (Option<i32>, String) {
    let output = verify(path, &[]);
    (output.status.code(), said(&output))
}

#[test]
fn every_file_of_a_run_that_was_changed_removed_or_added_is_named() {
    let (_office, run) = ran();
    let edit = |name: &str| {
        let path = run.join(name);
        let kept = fs::read(&path).unwrap();
        fs::write(&path, [&kept[..], b" "].concat()).unwrap();
        kept
    };
    for name in ["diem.csv", "ket-qua.json", "nhat-ky.txt", "dieu-hanh.xlsx", "gui-lai-truong.csv"] {
        let kept = edit(name);
        let (code, text) = verdict(&run);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(&format!("✗ {name}: đã bị sửa")), "{text}");
        assert_eq!(text.matches('✗').count(), 1, "{text}");
        // By itself too.
        assert_eq!(verify(&run.join(name), &[]).status.code(), Some(1));
        fs::write(run.join(name), kept).unwrap();
    }
    let kept = fs::read(run.join("nop.csv")).unwrap();
    fs::remove_file(run.join("nop.csv")).unwrap();
    fs::create_dir(run.join("them")).unwrap();
    fs::write(run.join("them/diem (2).csv"), "x").unwrap();
    // What programs leave beside an open file is none of it.
    fs::write(run.join("~$tong-hop.xlsx"), "x").unwrap();
    fs::write(run.join(".~lock.diem.csv#"), "x").unwrap();
    let (code, text) = verdict(&run);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("✗ nop.csv: không còn") && text.contains("✗ them/diem (2).csv: không phải do"), "{text}");
    assert_eq!(text.matches('✗').count(), 2, "{text}");
    fs::write(run.join("nop.csv"), kept).unwrap();
    fs::remove_dir_all(run.join("them")).unwrap();
    assert_eq!(verdict(&run).0, Some(0));
    assert_eq!(verify(&run.join("nop.csv"), &[]).status.code(), Some(0));
    // A list that is gone is missed: this run left one.
    fs::remove_file(run.join("DAU-VAN-TAY.txt")).unwrap();
    let (code, text) = verdict(&run);
    assert!(code == Some(1) && text.contains("✗ DAU-VAN-TAY.txt: không còn"), "{text}");
}

#[test]
fn a_report_that_was_saved_anew_with_the_same_cells_still_holds() {
    let (_office, run) = ran();
    let path = run.join("tong-hop.xlsx");
    let book = fs::read(&path).unwrap();
    fs::write(&path, edited(&book, STRINGS, "<sst ", "<sst  ")).unwrap();
    let (code, text) = verdict(&run);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("tong-hop.xlsx: đã được lưu lại, mọi ô còn đúng"), "{text}");
}

/// As `sha256sum -c` reads it.
#[test]
fn the_list_is_one_that_programs_of_the_system_check() {
    let (_office, run) = ran();
    let text = fs::read_to_string(run.join("DAU-VAN-TAY.txt")).unwrap();
    let mut files = 0;
    for line in text.lines() {
        let (print, name) = line.split_once("  ").unwrap();
        assert_eq!(print, cds::fingerprint::of(&fs::read(run.join(name)).unwrap()), "{name}");
        files += 1;
    }
    assert_eq!(files, crate::copied::tree(&run).len() - 1);
    assert!(text.ends_with('\n') && !text.contains('\r'));
    if let Ok(output) = Command::new("sha256sum").args(["-c", "--quiet", "DAU-VAN-TAY.txt"]).current_dir(&run).output()
    {
        assert!(output.status.success(), "{}", said(&output));
    }
}

#[test]
fn what_is_added_to_a_frozen_result_is_named() {
    let (_office, _run, milestone) = frozen();
    fs::write(milestone.join("gui-so/phieu/khac.xlsx"), "x").unwrap();
    fs::write(milestone.join("CHOT-phe-duyet.json"), "{}").unwrap();
    let (code, text) = verdict(&milestone);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("✗ gui-so/phieu/khac.xlsx: không phải do") && text.contains("✗ CHOT-phe-duyet.json:"),
        "{text}"
    );
}
