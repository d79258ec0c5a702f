//! The words of the Department in all that people read: no English and no key of a file in any cell of a workbook, nor in
//! what findings say.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use cds::finding::{self, Finding, Lang};
use cds::grid::CellRef;
use cds::rules::keys;
use cds::{feedback, operations, report};

use crate::{copied, outcomes};

/// English words that a program likes to leave behind, beside those of the rule files.
const ENGLISH: &str = "the and is are was not with this that file sheet cell row column school return finding missing \
                       late counted draft report form item office value mandatory taken format hash cache deadline \
                       expected computed error warning group unit text";
/// Keys that are words of Vietnamese as well.
const VIETNAMESE: [&str; 1] = ["to"];
/// Where a key may stand, in brackets: beside these, which it is to be mended in.
const EDITED: [&str; 5] = ["toml", "quy tắc", "quy-tac", "sổ nhận", "danh-sach"];

/// Rules that are chosen by name.
const VALUES: &str = "lowest-group by-total hold-level-1 not-accepted official sourced inferred provisional returned \
                      manual level-share mean-score reach-level yes-no ratio count";

/// Names of the rule files' keys and values, and other words that nobody outside knows.
fn foreign() -> BTreeSet<String> {
    let keys = keys::TABLES.iter().flat_map(|table| table.keys).chain(keys::BASIS.keys).map(|key| key.name);
    let all = keys.chain(VALUES.split_whitespace()).chain(ENGLISH.split_whitespace());
    all.filter(|word| !VIETNAMESE.contains(word)).map(str::to_owned).collect()
}

/// What stands between two signs is left out.
fn without(text: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut inside = 0_u32;
    for c in text.chars() {
        if c == open {
            inside += 1;
        } else if c == close {
            inside = inside.saturating_sub(1);
        } else if inside == 0 {
            kept.push(c);
        }
    }
    kept
}

/// The words of a text that no reader knows. What a school or the office has written is quoted; a path is none of ours.
fn wrong(text: &str, foreign: &BTreeSet<String>) -> Vec<String> {
    let mut own = without(text, '“', '”');
    if EDITED.iter().any(|file| text.contains(file)) {
        own = without(&own, '(', ')');
    }
    let is_path = |word: &&str| word.contains(['/', '\\', '@']) || word.trim_end_matches([',', ';', ':']).contains('.');
    let mut found = Vec::new();
    for part in own.split_whitespace().filter(|part| !is_path(part) || part.ends_with(['.', '…'])) {
        let part = part.trim_end_matches('.');
        if part.contains(['/', '\\', '@']) || part.contains("xlsx") {
            continue;
        }
        if part.contains("[[") || part.contains(".group") {
            found.push(part.to_owned());
        }
        for word in part.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-') {
            if word.contains('_') || foreign.contains(word) {
                found.push(word.to_owned());
            }
        }
    }
    found
}

/// Every text that a person sees in a workbook: cells of its visible sheets and columns, notes, alternative texts.
fn texts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |zip: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    for (i, sheet) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if sheet.visible != SheetVisible::Visible {
            continue;
        }
        let xml = part(&mut zip, &format!("xl/worksheets/sheet{}.xml", i + 1));
        let hidden = xml.split("<col ").skip(1).filter(|col| col[..col.find('>').unwrap()].contains("hidden=\"1\""));
        let at = |col: &str, name: &str| -> u32 {
            col.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        let hidden: BTreeSet<u32> = hidden.flat_map(|col| at(col, "min")..=at(col, "max")).collect();
        let range = book.worksheet_range(&sheet.name).unwrap();
        texts.push(("the name of a sheet".to_owned(), sheet.name.clone()));
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, cell) in range.used_cells() {
            let at = CellRef::new(top + row as u32, left + col as u32);
            if let Data::String(text) = cell
                && !hidden.contains(&(at.col + 1))
            {
                texts.push((format!("{}!{at}", sheet.name), text.clone()));
            }
        }
    }
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names.iter().filter(|name| name.contains("comments") || name.contains("drawings/drawing")) {
        let xml = part(&mut zip, name);
        let notes = xml.split("<t").skip(1).filter_map(|rest| rest.split_once('>')?.1.split("</t>").next());
        let descriptions = xml.split("descr=\"").skip(1).filter_map(|rest| rest.split('"').next());
        texts.extend(notes.chain(descriptions).map(|text| (name.clone(), text.to_owned())));
    }
    texts
}

/// Files of schools stand in these columns as they are named, and what schools wrote.
fn is_theirs(text: &str) -> bool {
    text.starts_with("nop/") || text.starts_with("http")
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let files = copied::tree(folder).into_keys();
    files.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).collect()
}

fn cds(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_cds")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// One of each finding, with the values of its example.
fn all_findings() -> Vec<Finding> {
    let filled = |entry: &finding::Entry| {
        let new = Finding::new(entry.code);
        entry.example.iter().fold(new, |finding, (name, value)| finding.with(name, value))
    };
    finding::all().map(filled).collect()
}

#[test]
fn no_cell_that_people_read_holds_a_key_or_an_english_word() {
    let dir = tempfile::tempdir().unwrap();
    let office = dir.path().join("office");
    copied::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/can-giuoc"), &office);
    let folder = office.to_str().unwrap();
    cds(&["run", folder, "--at", "2025-06-05T02:00"]);
    cds(&["run", folder, "--at", "2025-06-06T02:00"]);
    cds(&["forms", folder, "-o", dir.path().join("forms").to_str().unwrap()]);
    let mut read: Vec<(String, Vec<u8>)> = Vec::new();
    for path in workbooks(&office.join("ket-qua")).into_iter().chain(workbooks(&dir.path().join("forms"))) {
        read.push((path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
    }
    let kinds = ["tong-hop", "dieu-hanh", "mau-tham-dinh", "mau-doi-chieu", "mau-cong-nhan", "sua-1", "phieu-co-quan"];
    for kind in kinds {
        assert!(read.iter().any(|(name, _)| name.contains(kind)), "no {kind}");
    }
    // Everything that can be said, at a school and its item.
    let mut outcome = outcomes::outcome(outcomes::book(), 24, 7);
    let like = outcome.findings.iter().find(|finding| finding.item.is_some()).unwrap().clone();
    for finding in all_findings() {
        let mut said = finding.at(like.place.clone());
        (said.school, said.set, said.item) = (like.school.clone(), like.set.clone(), like.item);
        outcome.findings.push(said);
    }
    read.push(("everything.xlsx".to_owned(), report::to_bytes(&outcome).unwrap()));
    read.push(("own.xlsx".to_owned(), operations::to_bytes(&outcome, operations::Earlier::default()).unwrap()));
    for one in outcome.corrections().iter().filter(|one| Some(&one.school.code) == like.school.as_ref()) {
        read.push(("back.xlsx".to_owned(), feedback::to_bytes(&outcome, one).unwrap()));
    }
    let foreign = foreign();
    let mut seen = 0;
    let mut wrongs = BTreeSet::new();
    for (name, bytes) in &read {
        for (at, text) in texts(bytes) {
            seen += 1;
            let found = if is_theirs(&text) { Vec::new() } else { wrong(&text, &foreign) };
            if !found.is_empty() {
                wrongs.insert(format!("{}: {name} {at}: {text}", found.join(", ")));
            }
        }
    }
    assert!(seen > 50_000, "{seen}");
    assert!(wrongs.is_empty(), "{}\n{:#?}", wrongs.len(), wrongs.iter().take(40).collect::<Vec<_>>());
}

#[test]
fn what_findings_say_in_vietnamese_is_vietnamese() {
    let foreign = foreign();
    let wrongs: Vec<String> = all_findings()
        .iter()
        .flat_map(|finding| [finding.message(Lang::Vi), finding.advice(Lang::Vi)].map(|text| (finding.code, text)))
        .filter(|(_, text)| !wrong(text, &foreign).is_empty())
        .map(|(code, text)| format!("{code}: {text} {:?}", wrong(&text, &foreign)))
        .collect();
    assert!(wrongs.is_empty(), "{wrongs:#?}");
}

#[test]
fn keys_and_english_are_seen() {
    let foreign = foreign();
    for text in
        ["unmet", "scales.group 2 from", "CO_QUAN", "[[phan_cong]]", "mức overall", "Ghi basis là tạm đặt.", "ly_do"]
    {
        assert!(!wrong(text, &foreign).is_empty(), "{text}");
    }
    for text in [
        "Ghi hạn nộp vào co-quan.toml (nop_phieu trong mục [han]).",
        "Phiếu “the form” của trường",
        "Mở nop/a_b.xlsx, xem lại.",
        "TH&THCS Hòa Lạc to nhất",
    ] {
        assert_eq!(wrong(text, &foreign), Vec::<String>::new(), "{text}");
    }
}
