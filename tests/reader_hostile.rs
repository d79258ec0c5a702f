//! The reader stage on hostile bytes: each ends with its finding, the program unharmed.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::time::Duration;

use crate::reader_files;
use crate::reader_files::*;
use cds::finding::code;
use cds::grid::Value;
use cds::reader::{Content, Limits};

#[test]
fn broken_files_are_named() {
    let encrypted =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let ods = Zip::new()
        .stored("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        .file("META-INF/manifest.xml", encrypted)
        .file("content.xml", "rubbish");
    let numbers = Zip::new().file("Index/Document.iwa", "x").file("Metadata/Properties.plist", "x");
    let no_part = workbook().without("xl/workbook.xml");
    let no_type = Zip::new().file("[Content_Types].xml", "<Types/>").file("other/part.xml", "<x/>");
    let locked_xls = {
        // The second record of the workbook stream becomes FilePass.
        let mut bytes = std::fs::read(fixture("sheetjs-97.xls")).unwrap();
        let bof = bytes.windows(4).position(|w| w == [0x09, 0x08, 0x10, 0x00]).unwrap();
        bytes[bof + 20..bof + 22].copy_from_slice(&[0x2F, 0]);
        bytes
    };
    for (what, bytes, want) in [
        ("empty", vec![], code::EMPTY_FILE),
        ("one byte", vec![7], code::NOT_A_WORKBOOK),
        ("zeros", vec![0; 20_000], code::NOT_DOWNLOADED),
        ("random", (0..5000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), code::NOT_A_WORKBOOK),
        ("cyclic allocation table", cyclic_xls(), code::DAMAGED),
        ("locked .ods", ods.bytes(), code::PASSWORD),
        ("Numbers", numbers.bytes(), code::APPLE_DOCUMENT),
        ("no workbook part", no_part.bytes(), code::DAMAGED),
        ("unknown package", no_type.bytes(), code::NOT_A_WORKBOOK),
        ("no relationships", workbook().without("[Content_Types].xml").without("_rels/.rels").bytes(), code::DAMAGED),
        ("no sheet", workbook().bytes(), code::NO_WORKSHEET),
        ("locked .xls", locked_xls, code::PASSWORD),
        ("no entries", Zip::new().bytes(), code::EMPTY_ARCHIVE),
    ] {
        assert_eq!(codes(&read_bytes(&bytes)), [want.0], "{what}");
    }
}

#[test]
fn a_truncated_workbook_is_half_copied_wherever_it_is_cut() {
    let whole = std::fs::read(fixture("openpyxl.xlsx")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (1..whole.len())
        .step_by(512)
        .map(|end| {
            let path = folder.path().join(format!("{end:06}.xlsx"));
            std::fs::write(&path, &whole[..end]).unwrap();
            path
        })
        .collect();
    for reading in read_with(&paths, Limits::default(), 2).iter().skip(1) {
        assert_eq!(codes(reading), [code::HALF_COPIED.0]);
    }
}

#[test]
fn far_cells_cost_nothing() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).bytes());
    let grid = &book(&reading).grids[0];
    assert_eq!(grid.cells().len(), 2);
    assert_eq!(at(grid, "XFD1048576"), Some(&Value::Number(2.0)));
}

#[test]
fn a_stray_mark_at_the_far_corner_of_an_xls_is_read_where_it_stands() {
    let reading = read(&fixture("far.xls"));
    let book = book(&reading);
    let grid = &book.grids[0];
    assert_eq!(grid.cells().len(), 29 * 8 + 3);
    assert_eq!(at(grid, "H29"), Some(&Value::Number(116.0)));
    assert_eq!(at(grid, "C5"), Some(&Value::Error("#DIV/0!".into())));
    assert_eq!(at(grid, "D5"), Some(&text("chữ")));
    assert_eq!(at(grid, "Q40000"), Some(&Value::Number(1.0)));
    assert_eq!(at(grid, "R40000"), Some(&Value::Number(5.0)));
    assert_eq!(at(grid, "IV65536"), Some(&text("x")));
    assert_eq!(at(&book.grids[1], "B2"), Some(&Value::Number(2.0)));
    let plain = Limits { repack: false, ..Limits::default() };
    assert_eq!(codes(&read_with(&[fixture("far.xls")], plain, 1)[0]), [code::STOPPED_MEMORY.0]);
}

#[test]
fn numbers_that_are_none_stay_visible() {
    let rows = r#"<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1e400</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).bytes());
    let grid = &book(&reading).grids[0];
    assert!(matches!(at(grid, "A1"), Some(Value::Number(n)) if n.is_nan()));
    assert_eq!(at(grid, "B1"), Some(&Value::Number(f64::INFINITY)));
}

#[test]
fn an_error_that_calamine_does_not_know_is_an_error_at_its_cell() {
    let spill = sheet(r#"<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>"#);
    let both = spill.sheet("Hai", r#"<row r="1"><c r="A1"><v>2</v></c></row>"#);
    let reading = read_bytes(&both.bytes());
    let grids = &book(&reading).grids;
    let names: Vec<&str> = grids.iter().map(|grid| grid.name.as_str()).collect();
    assert_eq!(names, ["Phiếu", "Hai"]);
    assert_eq!(at(&grids[0], "A1"), Some(&Value::Error("#SPILL!".into())));

    let reading = read_bytes_with(&both.bytes(), Limits { repack: false, ..Limits::default() });
    let book = book(&reading);
    assert_eq!(book.grids.len(), 1);
    assert_eq!(book.findings[0].code, code::SHEET_WITH_NEW_ERROR);
    assert_eq!(book.findings[0].place.sheet.as_deref(), Some("Phiếu"));
    assert_eq!(book.findings[0].values["error"], "#SPILL!");
}

#[test]
fn lying_counts_and_missing_strings_harm_nobody() {
    let strings = r#"<sst count="4294967290" uniqueCount="4294967290"><si><t>một</t></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).strings(strings).bytes());
    assert_eq!(at(&book(&reading).grids[0], "A1"), Some(&text("một")));
    let plain = Limits { repack: false, ..Limits::default() };
    assert_eq!(codes(&read_bytes_with(&sheet(rows).strings(strings).bytes(), plain)), [code::STOPPED_MEMORY.0]);
    let rows = r#"<row r="1"><c r="A1" t="s"><v>9</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).strings(r#"<sst count="1"><si><t>một</t></si></sst>"#).bytes());
    assert_eq!(codes(&reading), [code::SHEET_UNREADABLE.0]);
}

#[test]
fn wild_references_are_left_out_and_said() {
    for reference in ["ZZZZZZZ99999999999", "A0", "XFE1", "A1048577", "1", "ZZZZZZZZ1"] {
        let rows = format!(r#"<row r="1"><c r="B1"><v>1</v></c><c r="{reference}"><v>2</v></c></row>"#);
        let reading = read_bytes(&sheet(&rows).bytes());
        let book = book(&reading);
        assert_eq!(book.grids[0].cells().len(), 1, "{reference}");
        assert_eq!(book.findings[0].code, code::CELL_OUT_OF_SHEET, "{reference}");
    }
    let reading = read_bytes(&sheet(r#"<row r="99999999999"><c><v>1</v></c></row>"#).bytes());
    assert_eq!(codes(&reading), [code::SHEET_UNREADABLE.0]);
}

#[test]
fn entities_are_not_expanded_and_depth_is_no_matter() {
    let deep = format!("<row r=\"1\">{}<c r=\"A1\"><v>1</v></c>", "<x>".repeat(200_000));
    let reading = read_bytes(&sheet(&deep).bytes());
    assert!(!matches!(reading.content, Content::Other(_)), "{:?}", reading.content);

    let laughs = r#"<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&b;&x;</t></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>"#;
    let reading = read_bytes(&sheet(rows).strings(laughs).bytes());
    match &reading.content {
        Content::Workbook(book) => {
            let shown = format!("{:?}", book.grids[0].cells());
            assert!(!shown.contains("root:") && !shown.contains("hahaha"), "{shown}");
        }
        _ => assert_eq!(codes(&reading), [code::DAMAGED.0]),
    }
}

#[test]
fn a_directory_of_a_hundred_thousand_entries_is_refused_or_cut() {
    let zip = (0..100_000).fold(Zip::new(), |zip, i| zip.stored(&format!("{i}.txt"), "x"));
    // The count of a plain zip ends at 65,535: what this one says is what is left of it.
    let reading = read_bytes(&zip.bytes());
    let Content::Archive(archive) = &reading.content else { panic!("{:?}", reading.content) };
    assert_eq!(archive.members.len(), Limits::default().archive_members);
    assert_eq!(archive.findings[0].code, code::ARCHIVE_CUT);
}

#[test]
fn too_many_cells_too_long_texts_and_too_many_sheets_are_cut_and_said() {
    let limits = Limits { sheet_cells: 3, sheets: 2, ..Limits::default() };
    let row = |n: usize| format!(r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>"#);
    let rows: String = (1..=5).map(row).collect();
    let many = sheet(&rows).sheet("Hai", &row(1)).sheet("Ba", &row(1));
    let reading = read_bytes_with(&many.bytes(), limits);
    let book_ = book(&reading);
    assert!(book_.grids[0].truncated);
    assert_eq!(book_.grids[0].cells().len(), 3);
    assert_eq!(book_.grids.len(), 2);
    assert_eq!(book_.findings[0].code, code::TOO_MANY_SHEETS);

    let long = format!(r#"<row r="1"><c r="B1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "ư".repeat(40_000));
    let reading = read_bytes(&sheet(&long).bytes());
    let book_ = book(&reading);
    assert!(matches!(at(&book_.grids[0], "B1"), Some(Value::Text(text)) if text.chars().count() == 32_767));
    assert_eq!(book_.findings[0].code, code::LONG_TEXT_CUT);
    assert_eq!(book_.findings[0].place.cell, Some("B1".parse().unwrap()));
}

#[test]
fn repeated_cells_of_an_ods_do_not_fill_the_memory() {
    let cell = r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let row = format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#);
    let reading = read_bytes(&reader_files::ods(&row).bytes());
    let grid = &book(&reading).grids[0];
    assert!(grid.truncated);
    assert_eq!(grid.cells().len(), Limits::default().sheet_cells);

    let stray = r#"<table:table-row><table:table-cell office:value-type="float" office:value="7.5"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"><text:p>a&amp;b</text:p><text:p>c<text:s text:c="2"/>d</text:p></table:table-cell></table:table-row>"#;
    let reading = read_bytes(&reader_files::ods(stray).bytes());
    let grid = &book(&reading).grids[0];
    assert_eq!(grid.cells().len(), 2);
    assert_eq!(at(grid, "XFD1048576"), Some(&text("a&b\nc  d")));
}

#[test]
fn formulas_and_errors_of_an_ods_are_told_apart() {
    let row = r##"<table:table-row>
        <table:table-cell table:formula="of:=1"/>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>
        <table:table-cell office:value-type="percentage" office:value="0.8"><text:p>80%</text:p></table:table-cell>
        <table:table-cell office:value-type="time" office:time-value="PT12H00M00S"/>
        <table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>có</text:p></table:table-cell>
        </table:table-row>"##;
    let reading = read_bytes(&reader_files::ods(row).bytes());
    let grid = &book(&reading).grids[0];
    assert_eq!(at(grid, "A1"), Some(&Value::Uncomputed));
    assert_eq!(at(grid, "B1"), Some(&Value::Error("#DIV/0!".into())));
    assert_eq!(at(grid, "C1"), None);
    assert_eq!(at(grid, "D1"), Some(&text("80%")));
    assert_eq!(at(grid, "E1"), Some(&Value::Time(cds::grid::Time { days: 0.5, is_length: true })));
    assert_eq!(at(grid, "F1"), Some(&text("có")));
}

/// Elsewhere the clock alone stops it: the next test.
#[cfg(unix)]
#[test]
fn a_workbook_that_takes_too_long_is_stopped_by_its_computing_time() {
    let limits = Limits { cpu: Duration::from_millis(1), inflated_bytes: 4 << 30, ratio: 2000, ..Limits::default() };
    let reading = read_bytes_with(&endless(), limits);
    assert_eq!(codes(&reading), [code::STOPPED_CPU.0]);
}

#[test]
fn a_workbook_that_does_not_answer_is_stopped_by_the_clock() {
    let limits = Limits { wall: Duration::from_millis(300), inflated_bytes: 4 << 30, ratio: 2000, ..Limits::default() };
    let reading = read_bytes_with(&endless(), limits);
    assert_eq!(codes(&reading), [code::STOPPED_WAITING.0]);
}

/// Blank cells without number: nothing that a cap on cells would stop.
fn endless() -> Vec<u8> {
    let cells = "<c/>".repeat(24 << 20);
    sheet(&format!(r#"<row r="1">{cells}</row>"#)).bytes()
}

#[test]
fn a_worker_out_of_memory_costs_its_file_only() {
    let limits = Limits { address_space: 64 << 20, ratio: 2000, ..Limits::default() };
    let text = "a".repeat(60 << 20);
    let bomb = sheet(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>"#)).bytes();
    let folder = tempfile::tempdir().unwrap();
    let mut paths = vec![fixture("openpyxl.xlsx"); 20];
    for place in [0, 5, 6, 19] {
        paths[place] = folder.path().join(format!("{place}.xlsx"));
        std::fs::write(&paths[place], &bomb).unwrap();
    }
    let alone = read(&fixture("openpyxl.xlsx"));
    for (place, reading) in read_with(&paths, limits, 2).iter().enumerate() {
        if [0, 5, 6, 19].contains(&place) {
            assert_eq!(codes(reading), [code::STOPPED_MEMORY.0], "{place}");
        } else {
            assert_eq!(*reading, alone, "{place}");
        }
    }
}

/// Bytes changed here and there, always the same way for the same seed.
fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % below.max(1)
    };
    let mut out = bytes.to_vec();
    for _ in 0..1 + next(8) {
        let at = next(out.len());
        match next(4) {
            0 => out[at] = next(256) as u8,
            1 => out[at] = [0, 0x7F, 0x80, 0xFF][next(4)],
            2 => drop(out.drain(at..(at + next(16)).min(bytes.len().min(at + 1)))),
            _ => out.insert(at, next(256) as u8),
        }
        if out.is_empty() {
            out.push(0);
        }
    }
    out
}

#[test]
fn mutated_workbooks_end_with_a_reading_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for name in ["openpyxl.xlsx", "sheetjs.xlsb", "lo.xls", "sheetjs-95.xls", "lo.ods"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        for seed in 0..60 {
            let path = folder.path().join(format!("{seed}-{name}"));
            std::fs::write(&path, mutated(&whole, seed)).unwrap();
            paths.push(path);
        }
    }
    // The parts of a package, changed before they are packed: what a changed zip would only call damaged.
    let rows: String = (1..40)
        .map(|n| format!(r#"<row r="{n}" ht="15"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" s="1"><f>A{n}</f><v>7.5</v></c><c r="C{n}" t="e"><v>#REF!</v></c></row>"#))
        .collect();
    for seed in 0..200 {
        let rows = String::from_utf8_lossy(&mutated(rows.as_bytes(), seed)).into_owned();
        let path = folder.path().join(format!("{seed}-rows.xlsx"));
        std::fs::write(&path, sheet(&rows).strings("<sst><si><t>một</t></si></sst>").bytes()).unwrap();
        paths.push(path);
    }
    let readings = read_with(&paths, Limits::default(), 2);
    let read = readings.iter().filter(|reading| matches!(reading.content, Content::Workbook(_))).count();
    assert!(read > 50 && read < paths.len(), "{read}");
}
