//! One whole small run as a reviewer reads it: every sheet of its workbooks as text, every CSV. A school sent a good
//! return, one a return with a fault, one nothing.
//! What is to change is written by `INSTA_UPDATE=always cargo test --test all whole::` and read in the difference.

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};

use crate::offices::{TestOffice, sheet};

/// Files under a folder, by name.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// All sheets of a workbook, each row a line with a stroke between cells; rows without a text are left out.
fn sheets(bytes: &[u8]) -> String {
    let names = Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names();
    let mut text = String::new();
    for name in names {
        writeln!(text, "== {name}").unwrap();
        for row in sheet(bytes, &name) {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('\n', " ⏎ ")).collect();
            let line = cells.join(" | ");
            let line = line.trim_end_matches([' ', '|']);
            if !line.is_empty() {
                writeln!(text, "{line}").unwrap();
            }
        }
    }
    text
}

/// Without what changes with every version and every form: fingerprints, codes of returns (`P` and 16 digits), sizes.
fn told(text: &str, sizes: &[String]) -> String {
    let is_print = |word: &str| {
        let digits = word.strip_prefix('P').unwrap_or(word);
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        digits.len() >= 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && !is_number
    };
    let text = text.replace(&format!("cds {}", env!("CARGO_PKG_VERSION")), "cds <bản>");
    let mut told = String::new();
    for piece in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        told += &match word {
            _ if is_print(word) => piece.replace(word, "<dấu vân tay>"),
            _ if sizes.iter().any(|size| size == word) => piece.replace(word, "<cỡ>"),
            _ => piece.to_owned(),
        };
    }
    told
}

#[test]
fn all_that_a_run_says() {
    let office = TestOffice::new();
    let item = office.set().nodes.iter().find(|node| node.kind == cds::rules::NodeKind::Points).unwrap().code;
    let forms = [office.form(0, &[]), office.form(1, &[(&item.to_string(), "99")])];
    office.put("nop/hoa-sen.xlsx", &forms[0], 5);
    office.put("nop/duc-hoa.xlsx", &forms[1], 6);
    let sizes = forms.map(|form| form.len().to_string());
    let done = office.run("2025-05-20T08:00");
    let mut all = Vec::new();
    files(&done.path, &mut all);
    let mut names = String::new();
    for path in &all {
        let name = path.strip_prefix(&done.path).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(names, "{name}").unwrap();
        let stem = name.rsplit('/').next().unwrap().to_owned();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("xlsx") => insta::assert_snapshot!(stem, told(&sheets(&fs::read(path).unwrap()), &sizes)),
            Some("csv") => {
                let text = fs::read_to_string(path).unwrap();
                insta::assert_snapshot!(stem, told(text.trim_start_matches('\u{feff}').trim_end(), &sizes));
            }
            _ => {}
        }
    }
    insta::assert_snapshot!("files", names.trim_end());
}
