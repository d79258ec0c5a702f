//! The laws of `fuzz/laws.rs` against a few thousand mutated inputs, the same ones in every run.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)] // the input that broke a law must be told

#[allow(dead_code)]
#[path = "../fuzz/laws.rs"]
mod laws;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::outcomes;
use crate::outcomes::Dice;

/// Changes bytes as fuzzers do: flips, repeats, cuts, words of the field.
fn mutate(seed: &[u8], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() as u64 + 1) as usize;
        let end = (at + dice.roll(24) as usize).min(bytes.len());
        match dice.roll(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() as u64 + 1) as usize;
                bytes.splice(to..to, piece);
            }
            4 => bytes.truncate(at.max(1)),
            _ => {
                let word = words[dice.roll(words.len() as u64) as usize];
                let over = if dice.roll(2) == 0 { at } else { end };
                bytes.splice(at..over, word.bytes());
            }
        }
    }
    bytes
}

fn hold(name: &str, law: fn(&[u8]), seeds: &[Vec<u8>], words: &[&str], rounds: u64) {
    for (number, seed) in seeds.iter().enumerate() {
        law(seed);
        for round in 0..rounds / seeds.len() as u64 {
            let input = mutate(seed, words, &mut Dice::new(round * 1000 + number as u64));
            if let Err(broken) = catch_unwind(AssertUnwindSafe(|| law(&input))) {
                let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
                fs::create_dir_all(&folder).unwrap();
                let file = folder.join(format!("{name}-{number}-{round}"));
                fs::write(&file, &input).unwrap();
                eprintln!("broken by {}", file.display());
                std::panic::resume_unwind(broken);
            }
        }
    }
}

const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45784</v></c><c r="C1" t="str"><f>A1</f><v>a &amp; b</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>chữ</t></is></c><c r="B2"><f t="shared" si="0" ref="B2:B3">1</f></c><c t="e"><v>#SPILL!</v></c><c t="b"><v>1</v></c><c s="2"><v>0.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#;
const STRINGS: &str =
    r#"<sst uniqueCount="2"><si><t xml:space="preserve"> một </t></si><si><r><rPr><b/></rPr><t>hai</t></r></si></sst>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0 &quot;điểm&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"><alignment/></xf></cellXfs></styleSheet>"#;
/// The same with looks that carry meaning, links, hidden parts and a filter.
const SEEN_SHEET: &str = r##"<worksheet><sheetPr filterMode="1"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" s="1"><v>7.5</v></c><c r="D1" s="2"><v>5</v></c></row><row r="2" ht="0"><c r="A2" t="inlineStr"><is><r><t>1</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is></c><c r="B2" t="str"><f>HYPERLINK("https://a.vn","x")</f><v>x</v></c><c r="C2" s="3"><v>0.5</v></c></row></sheetData><autoFilter ref="A1:B2"><filterColumn colId="0"><filters/></filterColumn></autoFilter><hyperlinks><hyperlink ref="A2:B2" location="A1"/></hyperlinks></worksheet>"##;
const SEEN_STRINGS: &str = r#"<sst><si><r><rPr><strike/></rPr><t>1</t></r><r><t>4</t></r></si><si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si></sst>"#;
const SEEN_STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0&quot;%&quot;"/><numFmt numFmtId="165" formatCode="h:mm"/></numFmts><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;
const XML: [&str; 36] = [
    " hidden=\"1\"",
    "<strike/>",
    "<vertAlign val=\"subscript\"/>",
    "<r>",
    "formatCode=\"0,\"",
    "HYPERLINK(\"",
    "<",
    ">",
    "\"",
    "/>",
    "</c>",
    "<c r=\"A1\">",
    "<c>",
    " t=\"s\"",
    " t=\"b\"",
    " t=\"n\"",
    " s=\"1\"",
    "<v>",
    "</v>",
    "<v/>",
    "<f>",
    "<is>",
    "<t>",
    "<row>",
    "<row/>",
    "</row>",
    "<!-- -->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#10;",
    "_x000D_",
    "\r\n",
    "[h]:mm",
    "AM/PM",
    "1e400",
];

fn sheets() -> Vec<Vec<u8>> {
    let parts = |sheet: &str, strings: &str, styles: &str| {
        [b"\0", sheet.as_bytes(), b"\0", strings.as_bytes(), b"\0", styles.as_bytes()].concat()
    };
    vec![parts(SHEET, STRINGS, STYLES), parts(SEEN_SHEET, SEEN_STRINGS, SEEN_STYLES)]
}

fn files() -> Vec<Vec<u8>> {
    let names =
        ["openpyxl.xlsx", "lo.xlsx", "sheetjs-97.xls", "sheetjs.xlsb", "lo.ods", "locked.xlsx", "sheetjs-html.xls"];
    names.iter().map(|name| fs::read(Path::new("tests/reader").join(name)).unwrap()).collect()
}

fn edits() -> Vec<Vec<u8>> {
    let some = |first: u8| (0..60_u8).map(|n| n.wrapping_mul(37).wrapping_add(first)).collect();
    vec![vec![0], vec![1], vec![2], some(0), some(1), some(2)]
}

const SCORES: [&str; 12] =
    ["5", "5,5", "4/6", "5.50 điểm", "-1", "6.01", "1.234,5", "80%", "có", "x", "5 (năm)", "15/6/2025"];
const DIGITS: [&str; 14] = ["0", "5", ",", ".", " ", "/", "%", "-", "điểm", "\u{a0}", "½", "e9", "'", "có"];

fn texts() -> Vec<Vec<u8>> {
    SCORES.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn rules() -> Vec<Vec<u8>> {
    cds::rules::EMBEDDED.iter().map(|(_, text)| text.as_bytes().to_vec()).collect()
}

const TOML: [&str; 14] =
    ["[", "]", "=", "\"", "\n", "-1", "1e9", "99999999999999999999", "max", "[[node]]", "{", "}", "0.1", "1.1.1"];

fn results() -> Vec<Vec<u8>> {
    let mut json = Vec::new();
    outcomes::outcome(outcomes::book(), 3, 7).write_json(&mut json).unwrap();
    vec![json]
}

const JSON: [&str; 12] =
    ["{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "\"\"", "\\ud800", "18446744073709551616"];

#[test]
fn any_parts_of_a_workbook_read_directly_as_calamine_reads_them() {
    hold("bytes_to_grid", laws::bytes_to_grid, &sheets(), &XML, 1_500);
}

#[test]
fn any_bytes_are_a_reading() {
    hold("bytes_to_grid", laws::bytes_to_grid, &files(), &["PK\x01\x02", "\0\0", "\u{7f}\u{7f}"], 600);
}

#[test]
fn any_grids_are_returns_or_none() {
    hold("grid_to_return", laws::grid_to_return, &edits(), &["\0\0", "\u{4}", "5,5"], 300);
}

#[test]
fn any_text_is_points_or_a_finding() {
    hold("text_to_points", laws::text_to_points, &texts(), &DIGITS, 300);
}

#[test]
fn any_text_is_rules_or_mistakes() {
    hold("toml_to_rules", laws::toml_to_rules, &rules(), &TOML, 300);
}

#[test]
fn any_json_is_an_outcome_or_an_error() {
    hold("json_to_outcome", laws::json_to_outcome, &results(), &JSON, 600);
}

/// Inputs that broke a law once.
#[test]
fn what_broke_a_law_once_holds_now() {
    for (name, law) in LAWS {
        let Ok(found) = fs::read_dir(Path::new("tests/fuzz").join(name)) else { continue };
        for entry in found {
            law(&fs::read(entry.unwrap().path()).unwrap());
        }
    }
}

type Law = (&'static str, fn(&[u8]));
const LAWS: [Law; 5] = [
    ("bytes_to_grid", laws::bytes_to_grid),
    ("grid_to_return", laws::grid_to_return),
    ("text_to_points", laws::text_to_points),
    ("toml_to_rules", laws::toml_to_rules),
    ("json_to_outcome", laws::json_to_outcome),
];

#[test]
#[ignore = "writes the inputs that fuzzing begins with"]
fn write_corpora() {
    let all = [[sheets(), files()].concat(), edits(), texts(), rules(), results()];
    for ((name, _), inputs) in LAWS.iter().zip(all) {
        let folder = Path::new("fuzz/corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        for (number, input) in inputs.iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), input).unwrap();
        }
    }
}
