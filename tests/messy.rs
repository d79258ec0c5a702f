//! Messy forms, written by several programs: what is counted is what a person reads in them, and where two readings are
//! possible, an error says so at the cell. How each was made: `tests/messy/generators/`.

#![allow(clippy::unwrap_used)]

use crate::office::Office;
use crate::returns;

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::Value;

fn check(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy").join(folder);
    let made = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder.join("rust")).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let sheets = serde_json::from_slice(&fs::read(folder.join("rust").join(&name)).unwrap()).unwrap();
        write(&sheets).save(made.path().join(name.trim_end_matches(".json"))).unwrap();
    }
    let wrong = returns::differences(&folder, made.path());
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

/// Cells as the generators keep them, rows and columns from 1, to a workbook of rust_xlsxwriter.
fn write(sheets: &Value) -> Workbook {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let number = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
    let column = |value: &Value| u16::try_from(value.as_u64().unwrap() - 1).unwrap();
    let mut book = Workbook::new();
    for sheet in list(sheets) {
        let ws = book.add_worksheet();
        ws.set_name(sheet["name"].as_str().unwrap()).unwrap();
        ws.set_hidden(sheet["hidden"] == true);
        for range in list(&sheet["merges"]) {
            let (from, to) = (number(&range[0]) - 1, number(&range[2]) - 1);
            ws.merge_range(from, column(&range[1]), to, column(&range[3]), "", &Format::new()).unwrap();
        }
        for cell in list(&sheet["cells"]) {
            let (row, col) = (number(&cell["r"]) - 1, column(&cell["c"]));
            let format = Format::new().set_num_format(cell["fmt"].as_str().unwrap_or("General"));
            match (&cell["f"], &cell["v"]) {
                (Value::String(formula), value) => {
                    let result = value.as_f64().map(|n| n.to_string()).unwrap_or_default();
                    ws.write_formula(row, col, Formula::new(formula).set_result(result)).unwrap();
                }
                (_, Value::String(text)) => _ = ws.write_string_with_format(row, col, text, &format).unwrap(),
                (_, Value::Bool(answer)) => _ = ws.write_boolean(row, col, *answer).unwrap(),
                (_, value) => _ = ws.write_number_with_format(row, col, value.as_f64().unwrap(), &format).unwrap(),
            }
        }
        for row in list(&sheet["hidden_rows"]) {
            ws.set_row_hidden(number(&row) - 1).unwrap();
        }
        for col in list(&sheet["hidden_cols"]) {
            ws.set_column_hidden(column(&col)).unwrap();
        }
    }
    book
}

#[test]
fn layouts() {
    check("layouts");
}

#[test]
fn columns() {
    check("columns");
}

#[test]
fn codes() {
    check("codes");
}

#[test]
fn scores() {
    check("scores");
}

/// Excel 95 writes the words of a format in the code page of its Windows; other programs lose what they cannot write.
#[test]
fn words_of_formats_of_excel_95() {
    let lost = br"0.0 \_\i\_\m;0.0 _i_m";
    let old = include_bytes!("messy/scores/25 so co chu xls 95.xls");
    let at = old.windows(lost.len()).position(|window| window == lost).unwrap();
    for (words, counted) in [(&b"\xF0i\xEA\xD2m"[..], 7.5), (b"?i?m", 7.5), (b"tri\xD6u", 0.0), (b"ngh\xECn", 0.0)] {
        let format = [b"0.0\" ", words, b"\";0.0"].concat();
        let mut bytes = old.to_vec();
        bytes[at..at + lost.len()].fill(b' ');
        bytes[at..at + format.len()].copy_from_slice(&format);
        let ran = Office::new().school("80100425", "Trường thử", "TH&THCS").file("nop/a.xls", bytes).run();
        assert_eq!(ran.counted("80100425", "1.4"), counted, "{}", words.escape_ascii());
    }
}

#[test]
fn identity() {
    check("identity");
}

#[test]
fn legacy() {
    check("legacy");
}

#[test]
fn own_rules() {
    check("own-rules");
}

/// Forms of other programs.
#[test]
fn programs() {
    check("programs");
}

/// Forms of `cds forms`, filled, opened and saved by LibreOffice, openpyxl and SheetJS.
#[test]
fn round_trip() {
    check("round-trip");
}
